"""What comes above a table: titles, charts and counts of changes."""

from __future__ import annotations

from typing import Any

import pytest

from bilatcli.render.table_head import count_changes, format_title, render_chart

QUERY: dict[str, Any] = {"countries": [], "filter": None, "text": ""}


@pytest.mark.parametrize(
    ("loaded", "title"),
    [
        ({"query": QUERY, "relation": None}, "All packs · facts"),
        ({"query": {**QUERY, "text": "jf-17"}, "relation": None}, "jf-17 · facts"),
        ({"query": {**QUERY, "filter": "jf-17"}, "relation": None}, "jf-17 · facts"),
        (
            {"query": {**QUERY, "filter": "jf-17"}, "relation": {"name": "A–B"}},
            "A–B · facts · jf-17",
        ),
        (
            {
                "query": {**QUERY, "countries": [{"name": "Fiji"}, {"name": "Fiji"}]},
                "relation": None,
                "between": {"from": "2001", "to": "2002"},
            },
            "Fiji · facts · 2001 to 2002",
        ),
        (
            {"query": {**QUERY, "topic": "trade"}, "relation": {"name": "A–B"}},
            "A–B · facts · trade",
        ),
    ],
)
def test_title(loaded: dict[str, Any], title: str) -> None:
    """A title has the subject, what is shown, the days compared and the filter."""
    assert format_title(loaded, "facts").plain == title


@pytest.mark.parametrize(
    ("width", "bars", "legend"),
    [
        (40, "2001 ▂ █ 2003", "     █ 4 facts per year"),
        (11, "2001 █ 2003", "     █ 5 facts in 3 years"),
    ],
)
def test_chart(width: int, bars: str, legend: str) -> None:
    """A chart fits the width: a bar covers as many years as needed."""
    years = [{"year": "2001", "facts": 1}, {"year": "2003", "facts": 4}]
    lines = [str(part) for part in render_chart({"years": years}, width)]
    assert lines == [bars, legend, ""]


def test_changes_are_counted() -> None:
    """A comparison begins with how many facts changed in which way."""
    changes = [{"change": "ended"}, {"change": "added"}, {"change": "added"}]
    assert count_changes({"changes": changes}).plain == "2 added, 1 ended"
