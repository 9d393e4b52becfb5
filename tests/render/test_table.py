"""Tables: rows and statements, and that nothing is cut, too wide or able to control a terminal."""

from __future__ import annotations

import re
from typing import Any

import pytest
from rich.cells import cell_len

from bilatcli.fields import FACT_FIELDS, FIELDS
from bilatcli.index.store import Index
from bilatcli.render.foot import list_foot
from bilatcli.render.names import Names
from bilatcli.render.rows import list_rows
from bilatcli.render.settings import Settings
from bilatcli.render.sources import SourceNumbers
from bilatcli.render.standing import find_standing
from bilatcli.render.statement import (
    format_details,
    format_standing,
    format_statement,
    format_value,
    highlight_hits,
)
from bilatcli.render.terminal import HIT
from bilatcli.views import VIEWS
from render_support import FACT_QUESTIONS, QUESTIONS, WIDTHS, answer, table

COLUMNS = {field.key: field for field in FACT_FIELDS}
FACT: dict[str, Any] = {
    "id": "is-mn/yaks",
    "relation": "is-mn",
    "topic": "trade",
    "text": "Iceland sold ten yaks.",
    "date": "2001",
    "as_of": None,
    "status": "current",
    "verification": "single-source-claim",
    "actors": ["IS"],
    "quantity": 1200,
    "sources": ["b", "a"],
}
SOURCES = [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]
NAMES = Names({"countries": {"IS": "Iceland", "MN": "Mongolia"}})

# --- one row


@pytest.mark.parametrize(
    ("key", "text"),
    [("quantity", "1,200"), ("value_usd", ""), ("actors", "Iceland"), ("date", "2001")],
)
def test_value(key: str, text: str) -> None:
    """A value is for people, countries by name; an unknown one is blank."""
    assert format_value(FACT, COLUMNS[key], NAMES) == text


@pytest.mark.parametrize(
    ("options", "more", "text"),
    [
        ({}, {}, "Iceland sold ten yaks. [1][2] single source"),
        ({"has_ids": True}, {}, "Iceland sold ten yaks. [1][2] single source\nis-mn/yaks"),
        ({"sources": "none"}, {}, "Iceland sold ten yaks. single source"),
        ({"is_brief": True}, {"label": "Trade"}, "Trade: Iceland sold ten yaks."),
        ({}, {"is_short": True}, "Iceland sold ten yaks. [1]+1 single source"),
    ],
)
def test_statement(options: dict[str, Any], more: dict[str, Any], text: str) -> None:
    """A statement has sources and doubts on its line, and an id only if that is asked for."""
    settings = Settings(**options)
    numbers = SourceNumbers(SOURCES, is_hidden=settings.sources == "none")
    assert format_statement(FACT, numbers, settings, **more).plain == text


def test_details() -> None:
    """Details are the fields that are known, on one line."""
    fields = [COLUMNS[key] for key in ("actors", "quantity", "value_usd")]
    assert format_details(FACT, fields, NAMES) == "actors Iceland · quantity 1,200"


def test_sources_are_numbered_as_they_are_cited() -> None:
    """The first source that is cited has the number 1; numbers can be taken back."""
    numbers = SourceNumbers(SOURCES)
    assert numbers.mark(["b"]).plain == "[1]"
    assert numbers.mark(["a", "b"]).plain == "[2][1]"
    numbers.keep(1)
    assert [(number, source["id"]) for number, source in numbers.list_cited()] == [(1, "b")]


def test_hits_are_highlighted() -> None:
    """The spans that a search found have their own style, and the text stays the same."""
    text = highlight_hits("ten yaks", [(4, 8)])
    assert text.plain == "ten yaks"
    assert [(span.start, span.end) for span in text.spans if span.style == HIT] == [(4, 8)]


@pytest.mark.parametrize(
    ("word", "color"), [("conflicting", "red"), ("single-source-claim", "yellow"), ("cited", "")]
)
def test_standing_has_a_color(word: str, color: str) -> None:
    """What is uncertain about a fact is coloured."""
    standing = format_standing({"status": "current", "verification": word})
    assert {str(span.style) for span in standing.spans} - {""} == {color} - {""}


@pytest.mark.parametrize(
    ("view", "more", "section", "labels"),
    [
        ("facts", {"relation": {"name": "Iceland–Mongolia"}}, "trade", ("trade", "")),
        (
            "facts",
            {"relation": None},
            "Iceland–Mongolia, trade",
            ("Iceland–Mongolia, trade", ""),
        ),
        (
            "facts",
            {"relation": {"name": "Iceland–Mongolia"}, "query": {"topic": "trade"}},
            "",
            ("", ""),
        ),
        (
            "timeline",
            {"relation": {"name": "A–B"}, "years": [{"year": "2001", "facts": 1}]},
            "2001",
            ("trade", "trade"),
        ),
        (
            "diff",
            {"relation": {"name": "A–B"}, "changes": [{"change": "ended", "was": "current"}]},
            "ended",
            ("ended, trade", "trade"),
        ),
    ],
)
def test_section(view: str, more: dict[str, Any], section: str, labels: tuple[str, str]) -> None:
    """A section is a topic, a year or a change; a row names its topic if no section does."""
    names = {"countries": {"IS": "Iceland", "MN": "Mongolia"}}
    loaded = {"facts": [FACT], **names, **more}
    (row,) = list_rows(loaded, VIEWS[view], NAMES)
    assert (row.section, (row.full_label, row.label)) == (section, labels)


# --- widths


@pytest.mark.parametrize("question", QUESTIONS)
def test_width(small_index: Index, question: str) -> None:
    """No line is wider than the terminal, except an address on a line of its own."""
    document = answer(small_index, question, all=True)
    for width in WIDTHS:
        for line in table(document, width).splitlines():
            assert cell_len(line) <= width or re.fullmatch(r" {7}https?://\S+", line), (width, line)


@pytest.mark.parametrize("question", FACT_QUESTIONS)
def test_width_of_chosen_fields(small_index: Index, question: str) -> None:
    """A table of chosen fields is not wider than the terminal."""
    keys = [column.key for column in FIELDS["facts"]]
    for fields in (["id"], ["text", "id"], ["value_usd", "quantity", "date", "id"], keys[:6]):
        document = answer(small_index, question, fields=",".join(fields))
        for line in table(document, 100).splitlines():
            assert cell_len(line) <= 100, line


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(("width", "height"), [(80, 24), (100, 40), (160, 50)])
def test_a_screen_is_not_overflowed(
    small_index: Index, question: str, width: int, height: int
) -> None:
    """Answers fit the screen, except single facts and matrices; more rows come if asked for."""
    if question.startswith("show"):
        pytest.skip("a single record is shown in full")
    document = answer(small_index, question)
    assert len(table(document, width, height=height).splitlines()) < height


def test_the_newest_facts_are_on_a_screen(small_index: Index) -> None:
    """A screen has the newest facts, labelled, and says how many there are."""
    document = answer(small_index, "facts", all=True)
    shown = table(document, 80, height=15)
    count = len(document.load()["facts"])
    assert re.search(rf"[1-9] of {count} facts, newest first · more: --limit N", shown)
    assert "Recognition: Iceland recognised" not in shown
    everything = table(document, 80, height=15, has_all_rows=True)
    assert f"{count} facts" in everything
    assert "RECOGNITION\n" in everything


def test_generated_facts_are_counted_apart() -> None:
    """Under curated facts on a screen, the foot counts the generated ones that are not shown."""
    curated, generated = (
        FACT | {"coverage": each, "verification": "cited"} for each in ("curated", "generated")
    )
    facts = [*[curated] * 3, *[generated] * 2000]
    numbers, settings = SourceNumbers([]), Settings(width=100, height=24)

    def describe(shown: int) -> str:
        lines = list_foot(facts[:shown], facts, "fact", numbers, settings)
        return " ".join(map(str, lines)).strip()

    more = "more: --limit N or --all-rows"
    assert describe(2) == f"2 of 3 curated facts · 2,000 generated facts · {more}"
    assert describe(5) == f"5 of 2,003 facts · {more}"


def test_a_limit_is_a_number_of_rows(small_index: Index) -> None:
    """With a limit there are as many facts as that, however high the screen is."""
    document = answer(small_index, "facts", all=True)
    assert "7 of " in table(document, 80, height=15, limit=7)


@pytest.mark.parametrize("question", ["facts", "stances"])
def test_ids_on_request(small_index: Index, question: str) -> None:
    """Facts have ids if that is asked for: wrapped at most, never cut."""
    document = answer(small_index, question, all=True)
    ids = [fact["id"] for fact in document.load()["facts"]]
    for width in WIDTHS:
        text = "".join(table(document, width, has_ids=True).split())
        assert [id for id in ids if id not in text] == [], width
        assert not any(id in table(document, width) for id in ids)


@pytest.mark.parametrize("width", WIDTHS)
def test_figures_are_complete(small_index: Index, width: int) -> None:
    """At every width quantities and amounts are complete."""
    shown = "".join(table(answer(small_index, "military", all=True), width).split())
    for figure in ("1,000,000,000", "$1,234,567,890,123", "999,999,999", "$1,000tn", "4Mar2006"):
        assert figure in shown, figure


@pytest.mark.parametrize("question", ["facts", "stances"])
@pytest.mark.parametrize("width", [30, 50, 60, 100, 200])
def test_doubt_is_a_word(small_index: Index, question: str, width: int) -> None:
    """What is uncertain is said in words at every width, and each word is explained."""
    document = answer(small_index, question, all=True)
    shown = " ".join(table(document, width).split())
    words = {word for fact in document.load()["facts"] for word in find_standing(fact)}
    assert words
    for word in words:
        assert f"{word}: " in shown


@pytest.mark.parametrize("question", FACT_QUESTIONS)
@pytest.mark.parametrize("width", [50, 100])
def test_sources_are_numbered(small_index: Index, question: str, width: int) -> None:
    """Each source that is cited is listed once below, in short or in full, or not at all."""
    document = answer(small_index, question, all=True)
    shown = table(document, width)
    cited = set(re.findall(r"\[[0-9]+\]", shown))
    full = table(document, width, sources="full")
    assert set(re.findall(r"^ +(\[[0-9]+\])  ", full, re.MULTILINE)) == cited
    address = re.compile(r"^ {7}https?://", re.MULTILINE)
    assert address.search(full)
    assert not address.search(shown)
    assert "[1]" not in table(document, width, sources="none")


# --- safety and colour


def test_markup_is_text(small_index: Index) -> None:
    """What Rich would read as markup is text."""
    for width in (50, 100, 200):
        shown = " ".join(table(answer(small_index, "facts"), width).split())
        assert "[/x] [bold]loud[/bold]" in shown
        assert "\\x1b[31mred" in shown
        assert "<U+202E>reversed<U+200B>\\ttab\\nline <U+2028> =1+1" in shown or width == 50


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_colour(small_index: Index, question: str) -> None:
    """Without colour a table has no escape sequence, nor anything else that controls a terminal."""
    for width in (30, 60, 100, 200):
        shown = table(answer(small_index, question, all=True), width)
        assert all(character.isprintable() or character in "\n\u00a0" for character in shown)


@pytest.mark.parametrize("question", QUESTIONS)
def test_colour(small_index: Index, question: str) -> None:
    """In colour a table has colours and links, and the same text."""
    style = r"\x1b\[[0-9;]*m"
    link = r"\x1b\]8;(?:id=[0-9]+)?;(?:https?://[!-~]+)?\x1b\\"
    for width in (30, 100):
        document = answer(small_index, question, all=True)
        coloured = table(document, width, has_colour=True)
        assert "\x1b[" in coloured
        bare = re.sub(f"{style}|{link}", "", coloured)
        assert "\x1b" not in bare
        assert [line.rstrip() for line in bare.splitlines()] == table(document, width).splitlines()


def test_links(small_index: Index) -> None:
    """Only a plain ASCII address becomes a hyperlink; a hostile one is text."""
    document = answer(small_index, "cite")
    shown = table(document, 100, has_colour=True)
    links = set(re.findall(r"\x1b\]8;[^;]*;([^\x1b]+)\x1b", shown))
    addresses = [source["URL"] for source in document.load()["sources"]]
    assert links == {address for address in addresses if address.isprintable()}
    assert len(links) == len(addresses) - 1


def test_rendering_is_repeatable(small_index: Index) -> None:
    """The same document gives the same bytes, in colour too."""
    document = answer(small_index, "cite")
    assert table(document, 100, has_colour=True) == table(document, 100, has_colour=True)
