"""The document of `compare` as text: what is shortened, and what only has another order."""

from __future__ import annotations

from typing import Any

from bilatcli.render.comparison import MAX_IDS, render_text

EDITION = {"path": "", "packs": [], "cited": 0}


def make_document(*changes: dict[str, Any]) -> dict[str, Any]:
    """Return a document of `compare` with changes of sources."""
    about = {"record": "source", "worse": False, "relation": None, "table": None, "text": None}
    rows = [{**about, "values": [], **change} for change in changes]
    return {"old": EDITION, "new": EDITION, "counts": {"corrected": 0, "added": 0}, "changes": rows}


def test_many_sources_are_counted() -> None:
    """A line names as many sources as fit, and counts the others."""
    ids = [f"page-{number}" for number in range(MAX_IDS + 1_000)]
    lines = render_text(make_document(*({"id": id, "change": "added"} for id in ids))).splitlines()
    assert lines == ["sources", f"  added       {', '.join(ids[:MAX_IDS])}, 1,000 more"]


def test_order_of_authors() -> None:
    """A list in another order is shown as a whole, before and after."""
    value = {"key": "authors", "old": ["One", "Two"], "new": ["Two", "One"]}
    text = render_text(make_document({"id": "page", "change": "corrected", "values": [value]}))
    assert text.splitlines()[1] == "  corrected   page: authors: One, Two -> Two, One"


def test_long_value_that_is_new() -> None:
    """A long value without an old one has a line for the new one alone."""
    value = {"key": "title", "old": None, "new": "a" * 100}
    text = render_text(make_document({"id": "page", "change": "corrected", "values": [value]}))
    assert text.splitlines()[2:] == ["      title", f"      + {'a' * 100}"]


def test_list_of_tables() -> None:
    """Each element of a list of tables has a line."""
    kept, lost = {"source": "page", "quote": "One."}, {"source": "page", "quote": "Two."}
    value = {"key": "passages", "old": [kept, lost], "new": [kept]}
    text = render_text(make_document({"id": "page", "change": "corrected", "values": [value]}))
    lost_line = "      - page: “Two.”"
    assert text.splitlines()[2:] == ["      passages", lost_line]
