"""Markers of facts in a draft: where their texts are, and what is no marker."""

from __future__ import annotations

import pytest

from bilatcli.render.drafts import Draft, escape_for, render_field

A = "<!-- bilatcli: az-pk/a -->"
END = "<!-- /bilatcli -->"


def read(text: str, name: str = "draft.md") -> list[tuple[str, str]]:
    """Return the id and the text of each marker of a draft without problems."""
    draft = Draft(text, name)
    assert list(map(str, draft.problems)) == []
    return [(marker.id, text[marker.start : marker.end]) for marker in draft.markers]


def complain(text: str) -> list[str]:
    """Return the problems of a draft."""
    return list(map(str, Draft(text, "draft.md").problems))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"So {A}one{END} goes on.", ["one"]),
        (f"{A}one to the end", ["one to the end"]),
        (f"{A}one\r\n\r\ntwo", ["one"]),
        (f"- {A}one\n- {A}two\n", ["one", "two"]),
        (f"{A}", [""]),
        (f"{A}\none\n{END}\n", ["\none\n"]),
        (f"{A}\n\none\n\n{END}\n", ["\n\none\n\n"]),
        (f"So {A}one\nand two{END}.", ["one\nand two"]),
        (f"| {A}one{END} | {A}two{END} |", ["one", "two"]),
        (f"> {A}one\n> {A}two", ["one", "two"]),
        (f"{A}one\n## Two\n", ["one"]),
        (f"{A}one\n1. two\n", ["one"]),
        (f"{A}one\n---\n", ["one"]),
        (f"{A}one\n</div>\n", ["one"]),
        ("<!--bilatcli:az-pk/a-->one", ["one"]),
        ("<!-- coverage -->one<!-- /coverage -->", []),
        ("<!-- a comment on bilatcli -->", []),
        ("", []),
    ],
)
def test_texts(text: str, found: list[str]) -> None:
    """A text ends at the closing marker, or else at the end of its line."""
    assert [old for _, old in read(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{A}one\n```\n",
        f"~~~~ markdown\n```\n{A}one\n```\n~~~~\n",
        f"Text.\n\n    {A}one\n",
        f"Write `{A}one` to begin.",
        f"Write `` {A}`one` `` to begin.",
        f"- list\n\n  ```\n  {A}one\n  ```\n",
        "```\n<!-- bilatcli: nonsense -->\n```\n",
    ],
)
def test_code_only_shows_the_syntax(text: str) -> None:
    """A marker in a block of code or between backticks is none."""
    assert read(text) == []


def test_escaped_backticks_are_not_code() -> None:
    """A backtick after a backslash, or without a partner, begins no code."""
    assert len(read(f"a \\` b {A}one{END} c ` d")) == 1
    assert len(read(f"a `` b {A}one{END} c ` d")) == 1


def test_html_has_no_code_blocks() -> None:
    """In HTML, indented lines and backticks mean nothing."""
    assert len(read(f"<p>\n\n    {A}one{END}\n", "page.html")) == 1


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f"a\n\n{A}one\ntwo\n", "draft.md:3:1: the text of `az-pk/a` has no end: write"),
        (f"{A}one\n*two*\n", "draft.md:1:1: the text of `az-pk/a` has no end: write"),
        (f"{A}one\n<b>two</b>\n", "draft.md:1:1: the text of `az-pk/a` has no end: write"),
        (f"a {A}one, {A}two{END}", "draft.md:1:3: the text of `az-pk/a` has no end: write"),
        (f"| {A}one |\n", "draft.md:1:3: the text of `az-pk/a` has no end: write"),
        (f"{A}one\n\ntwo{END}", "draft.md:1:1: the text of `az-pk/a` has a blank line: end"),
        (f"one{END}", "draft.md:1:4: `/bilatcli` ends no text: remove it"),
        ("<!-- bilatcli az-pk/a -->", "draft.md:1:1: `bilatcli az-pk/a` is not a marker: write"),
        ("<!-- bilatcli: -->", "draft.md:1:1: `bilatcli:` is not a marker: write"),
        ("<!-- bilatcli: jf17 -->", "draft.md:1:1: `jf17` is not the id of a fact: write"),
        (
            "<!-- bilatcli: az-pk/a quantiy -->",
            "draft.md:1:1: facts have no field `quantiy`: did you mean `quantity`?",
        ),
        ("<!-- bilatcli: az-pk/a date text -->", "draft.md:1:1: facts have no field `date text`"),
    ],
)
def test_problems(text: str, problem: str) -> None:
    """What cannot be read is a problem with its line and column."""
    (found,) = complain(text)
    assert found.startswith(problem)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        (f"So {A}x{END}", "\\$2 bn \\& more".replace("\\&", "&amp;")),
        (f"{A}x", "$2 bn &amp; more"),
        (f"{A}\nx\n{END}", "\\$2 bn &amp; more"),
        (f"<div>\n{A}\nx\n{END}\n</div>", "$2 bn &amp; more"),
    ],
)
def test_escapes(text: str, escaped: str) -> None:
    """A text is escaped for Markdown, or for HTML where Markdown means nothing."""
    (marker,) = Draft(text, "draft.md").markers
    assert escape_for(marker, "$2 bn & more") == escaped


def test_fields() -> None:
    """A marker may show a field: as people read it, sources as citations for pandoc."""
    fact = {"text": "T.", "quantity": 1200, "value_usd": None, "sources": ["a", "b"]}
    keys = {"a": "doe2020", "b": "roe2021"}
    shown = [render_field(fact, field, keys) for field in ("text", "quantity", "sources")]
    assert shown == ["T.", "1,200", "[@doe2020; @roe2021]"]
    assert render_field(fact, "value_usd", keys) is None
