"""Tables: rows and statements, and that nothing is cut, too wide or able to control a terminal."""

from __future__ import annotations

import re
from typing import Any

import pytest
from rich.cells import cell_len

from bilatcli.fields import FACT_FIELDS, FIELDS
from bilatcli.index.store import Index
from bilatcli.render import values
from bilatcli.render.table import format_cell, format_statement, group_facts, highlight_hits
from bilatcli.render.terminal import HIT, format_standing
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
    "quantity": 1200,
    "sources": ["a", "b"],
}
NUMBERS = {"a": 1, "b": 2}

# --- one row


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("date", "2001"),
        ("quantity", "1,200"),
        ("value_usd", "—"),
        ("status", "current\nsingle source"),
        ("sources", "[1] [2]"),
    ],
)
def test_cell(key: str, text: str) -> None:
    """A cell is the value for people; the status has the verification with it."""
    assert format_cell(FACT, COLUMNS[key], NUMBERS).plain == text


def test_cell_without_sources() -> None:
    """A fact without sources has an unknown source."""
    assert format_cell({**FACT, "sources": []}, COLUMNS["sources"], NUMBERS).plain == "—"


@pytest.mark.parametrize(
    ("details", "lines"),
    [
        ([], ["Iceland sold ten yaks.", "is-mn/yaks"]),
        (
            ["date", "quantity", "value_usd", "status", "sources"],
            [
                "Iceland sold ten yaks.",
                "current, single source · date 2001 · quantity 1,200 · [1][2]",
                "is-mn/yaks",
            ],
        ),
    ],
)
def test_statement(details: list[str], lines: list[str]) -> None:
    """A statement ends with the details that have no column, if they are known, and its id."""
    statement = format_statement(FACT, [COLUMNS[key] for key in details], NUMBERS, ())
    assert statement.plain.split("\n") == lines


def test_statement_of_a_stance() -> None:
    """The position of a stance comes before the statement."""
    stance = {**FACT, "position": "yaks for all"}
    statement = format_statement(stance, [COLUMNS["position"]], NUMBERS, ())
    assert statement.plain.startswith("yaks for all\nIceland sold")


def test_hits_are_highlighted() -> None:
    """The spans that a search found have their own style, and the text stays the same."""
    text = highlight_hits("ten yaks", [(4, 8)])
    assert text.plain == "ten yaks"
    assert [(span.start, span.end) for span in text.spans if span.style == HIT] == [(4, 8)]


@pytest.mark.parametrize(
    ("word", "color"), [("conflicting", "red"), ("single-source-claim", "yellow"), ("cited", "")]
)
def test_verification_has_a_color(word: str, color: str) -> None:
    """The verification of an uncertain fact is coloured."""
    standing = format_standing({"status": "current", "verification": word}, ", ")
    assert {str(span.style) for span in standing.spans} - {""} == {color} - {""}


@pytest.mark.parametrize(
    ("view", "relation", "section"),
    [
        ("facts", {"name": "Iceland–Mongolia"}, "trade"),
        ("facts", None, "is-mn: trade"),
    ],
)
def test_section(view: str, relation: dict[str, str] | None, section: str) -> None:
    """A section is a topic, of which relation unless there is only one."""
    loaded = {"relation": relation, "facts": [FACT]}
    assert list(group_facts(loaded, VIEWS[view])) == [(section, FACT)]


def test_section_of_a_comparison() -> None:
    """A changed fact has its status before and after, in the section of its change."""
    changes = [{"change": "changed", "was": "planned"}]
    loaded = {"relation": None, "facts": [FACT], "changes": changes}
    ((section, fact),) = group_facts(loaded, VIEWS["diff"])
    assert (section, fact["status"]) == ("changed", "planned → current")


def test_section_of_a_timeline() -> None:
    """An undated fact is in the year of the day as of which it was reported."""
    undated = {**FACT, "date": None, "as_of": "2003-05"}
    loaded = {"relation": None, "facts": [undated], "years": [{"year": "2003", "facts": 1}]}
    ((section, fact),) = group_facts(loaded, VIEWS["timeline"])
    assert (section, fact["date"]) == ("2003", "2003-05")


# --- widths


@pytest.mark.parametrize("question", QUESTIONS)
def test_width(small_index: Index, question: str) -> None:
    """No line is wider than the terminal, except an address on a line of its own."""
    document = answer(small_index, question, all=True)
    for width in WIDTHS:
        for line in table(document, width).splitlines():
            assert cell_len(line) <= width or re.fullmatch(r" {6}https?://\S+", line), (width, line)


@pytest.mark.parametrize("question", FACT_QUESTIONS)
def test_width_of_chosen_fields(small_index: Index, question: str) -> None:
    """A table of chosen fields is not wider than the terminal."""
    keys = [column.key for column in FIELDS["facts"]]
    for fields in (["id"], ["text", "id"], ["value_usd", "quantity", "date", "id"], keys[:6]):
        document = answer(small_index, question, fields=",".join(fields))
        for line in table(document, 100).splitlines():
            assert cell_len(line) <= 100, line


def cut_columns(line: str, start: int, end: int) -> str:
    """Return the part of a line between two columns of the terminal."""
    kept, column = "", 0
    for character in line:
        kept += character if start <= column < end else ""
        column += cell_len(character)
    return kept.strip()


def join_statements(shown: str, width: int) -> str:
    """Return the text of the column of statements, wrapped lines joined; without it all text."""
    lines = shown.splitlines()
    header = next(
        (line for line in lines if re.search(r"\bStatement\b", line) and width >= 60), None
    )
    if header is None:
        return "".join(line.strip() for line in lines)
    start = cell_len(header[: header.index("Statement")])
    after = re.search(r"Statement\s+(?=\S)", header)
    end = start + cell_len(after[0]) if after else width
    return "".join(cut_columns(line, start, end) for line in lines)


@pytest.mark.parametrize("question", FACT_QUESTIONS)
def test_ids_are_complete(small_index: Index, question: str) -> None:
    """At every width each fact has its id: wrapped at most, never cut."""
    document = answer(small_index, question, all=True)
    for width in WIDTHS:
        text = join_statements(table(document, width), width)
        missing = [fact["id"] for fact in document.load()["facts"] if fact["id"] not in text]
        assert missing == [], width


@pytest.mark.parametrize("question", FACT_QUESTIONS)
def test_short_ids_are_not_wrapped(small_index: Index, question: str) -> None:
    """A short id is on one line, even next to a wide column."""
    document = answer(small_index, question, all=True)
    short = [fact["id"] for fact in document.load()["facts"] if len(fact["id"]) <= 18]
    assert short
    for width in WIDTHS:
        words = table(document, width).split()
        assert [id for id in short if id not in words] == [], width


@pytest.mark.parametrize("width", WIDTHS)
def test_figures_are_complete(small_index: Index, width: int) -> None:
    """At every width quantities, amounts and dates are complete."""
    shown = " ".join(table(answer(small_index, "military", all=True), width).split())
    for figure in (
        "1,000,000,000",
        "$1,234,567,890,123",
        "999,999,999",
        "$1,000 tn",
        "2006-03-04",
        "2008?",
    ):
        assert shown.count(figure) >= 2, figure  # once in the chain, once at its fact
    assert "$750,000" in " ".join(table(answer(small_index, "facts"), width).split())


@pytest.mark.parametrize("question", ["summary", "facts", "military", "stances", "show"])
@pytest.mark.parametrize("width", [30, 50, 60, 100, 200])
def test_verification_is_a_word(small_index: Index, question: str, width: int) -> None:
    """Status and verification are words at every width, without colour too."""
    document = answer(small_index, question, all=True)
    shown = " ".join(table(document, width).split())
    for fact in document.load()["facts"]:
        assert fact["status"] in shown
        assert values.format_word(fact["verification"]) in shown


@pytest.mark.parametrize("question", FACT_QUESTIONS)
@pytest.mark.parametrize("width", [50, 100])
def test_sources_are_numbered(small_index: Index, question: str, width: int) -> None:
    """The sources of all facts shown are listed below by their numbers, and no others."""
    document = answer(small_index, question)
    loaded = document.load()
    shown = table(document, width)
    listed = {int(number) for number in re.findall(r"^ +\[([0-9]+)\] ", shown, re.MULTILINE)}
    numbers = values.number_sources(loaded)
    assert listed == {numbers[id] for fact in loaded["facts"] for id in fact["sources"]}


def test_columns_are_aligned(small_index: Index) -> None:
    """Wide characters and right-to-left names do not shift the columns after them."""
    lines = table(answer(small_index, "facts"), 100).splitlines()
    header = next(line for line in lines if "Statement" in line)
    sources = cell_len(header[: header.index("Sources")])
    marks = [line for line in lines if re.search(r"\S.* \[[0-9]\]$", line)]
    assert {
        cell_len(re.sub(r"(\[[0-9]\] ?)+$", "", line)) for line in marks if line.count("[") < 3
    } == {sources}
    assert any("蒙古" in line for line in lines)
    assert any("آئس" in line for line in lines)


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
