"""Single facts and bibliographies."""

from __future__ import annotations

from typing import Any

from bilatcli.render.records import render_bibliography, render_fact
from bilatcli.render.settings import Settings
from bilatcli.render.terminal import render_lines

FACT: dict[str, Any] = {
    "id": "is-mn/yaks",
    "text": "Iceland sold ten yaks.",
    "date": "2001",
    "as_of": None,
    "status": "current",
    "verification": "cited",
    "headline": True,
    "actors": [],
    "sources": ["a"],
}
SOURCE = {"id": "a", "title": "A title", "custom": {"reliability": "news"}}


def test_fact() -> None:
    """A fact has the fields that are known, its history with itself marked, and its sources."""
    loaded = {"facts": [FACT], "chain": [FACT], "sources": [SOURCE]}
    text = render_lines(render_fact(loaded, Settings(width=60)), width=60, has_colour=False)
    assert text == (
        "Iceland sold ten yaks.\n"
        "\n"
        "Id            is-mn/yaks\n"
        "Headline      yes\n"
        "Date          2001\n"
        "Status        current\n"
        "Verification  cited\n"
        "\n"
        "History\n"
        "2001  Iceland sold ten yaks. [1]\n"
        "      is-mn/yaks (this fact)\n"
        "\n"
        "  [1]  A title. undated (news; a)\n"
    )


def test_passages() -> None:
    """The words that a fact rests on are in quotation marks, with their source and place."""
    passages = [
        {"source": "a", "quote": "Ten yaks \x1b went.", "locator": "p. 4"},
        {"source": "a", "quote": "Tíu jakuxar", "locator": None},
    ]
    fact = {**FACT, "passages": passages, "checked": "2026-11-28", "retracted": None}
    loaded = {"facts": [fact], "chain": [], "sources": [SOURCE]}
    text = render_lines(render_fact(loaded, Settings(width=60)), width=60, has_colour=False)
    assert text.endswith(
        "Verification  cited\n"
        "Checked       2026-11-28\n"
        "\n"
        "Passages\n"
        "[1]  “Ten yaks \\x1b went.” (p. 4)\n"
        "[1]  “Tíu jakuxar”\n"
        "\n"
        "  [1]  A title. undated (news; a)\n"
    )


def test_passages_of_a_source() -> None:
    """A source is listed with the words of it that its facts rest on."""
    passages = [
        {"source": "a", "quote": "Ten yaks.", "locator": None},
        {"source": "b", "quote": "No yaks.", "locator": None},
    ]
    loaded = {"sources": [SOURCE], "facts": [{**FACT, "passages": passages}], "alone": []}
    text = render_lines(render_bibliography(loaded, Settings(width=60)), width=60, has_colour=False)
    assert text.splitlines()[2:] == [
        "       Iceland sold ten yaks.",
        "       “Ten yaks.”",
        "       is-mn/yaks",
    ]


def test_bibliography() -> None:
    """A bibliography marks the facts of a source that have no other source."""
    other = {**FACT, "id": "is-mn/more"}
    loaded = {"sources": [SOURCE], "facts": [FACT, other], "alone": ["is-mn/yaks"], "unsourced": []}
    text = render_lines(render_bibliography(loaded, Settings(width=60)), width=60, has_colour=False)
    assert text.splitlines() == [
        "  [1]  A title. undated (news; a)",
        "",
        "       Iceland sold ten yaks.",
        "       is-mn/yaks (depends on this source alone)",
        "",
        "       Iceland sold ten yaks.",
        "       is-mn/more",
    ]


def test_a_screen_has_as_many_sources_as_fit() -> None:
    """A bibliography on a screen fits it, and says how many sources there are."""
    sources = [{**SOURCE, "id": f"source-{number}"} for number in range(100)]
    loaded = {"sources": sources, "unsourced": []}
    for height in (10, 24, 50):
        lines = render_bibliography(loaded, Settings(width=60, height=height))
        text = render_lines(lines, width=60, has_colour=False)
        assert len(text.splitlines()) < height
        assert "of 100 sources · more: --limit N or --all-rows" in text
    lines = render_bibliography(loaded, Settings(width=60))
    assert len(render_lines(lines, width=60, has_colour=False).splitlines()) == 100
