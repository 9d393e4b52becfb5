"""Single facts and bibliographies."""

from __future__ import annotations

from typing import Any

from bilatcli.render.records import render_bibliography, render_fact
from bilatcli.render.terminal import render_parts

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
    text = render_parts(render_fact(loaded, 60), width=60, has_colour=False)
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
        "2001 Iceland sold ten yaks. [1] current, cited\n"
        "     is-mn/yaks (this fact)\n"
        "\n"
        "  [1] A title. undated (news; a)\n"
    )


def test_bibliography() -> None:
    """A bibliography marks the facts of a source that have no other source."""
    other = {**FACT, "id": "is-mn/more"}
    loaded = {"sources": [SOURCE], "facts": [FACT, other], "alone": ["is-mn/yaks"], "unsourced": []}
    text = render_parts(render_bibliography(loaded, 60), width=60, has_colour=False)
    assert text.splitlines() == [
        "  [1] A title. undated (news; a)",
        "",
        "      Iceland sold ten yaks. current, cited",
        "      is-mn/yaks (depends on this source alone)",
        "",
        "      Iceland sold ten yaks. current, cited",
        "      is-mn/more",
    ]
