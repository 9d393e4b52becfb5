"""What comes above a table: titles, charts, support and chains."""

from __future__ import annotations

from typing import Any

import pytest

from bilatcli.render.table_head import format_chain, format_title, render_chart, render_support

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
    ],
)
def test_title(loaded: dict[str, Any], title: str) -> None:
    """A title has the subject, what is shown, the days compared and the filter."""
    assert format_title(loaded, "facts").plain == f"{title}\n"


@pytest.mark.parametrize(
    ("width", "bars", "legend"),
    [
        (40, "2001 ▂ █ 2003", "     █ 4 facts per year\n"),
        (11, "2001 █ 2003", "     █ 5 facts in 3 years\n"),
    ],
)
def test_chart(width: int, bars: str, legend: str) -> None:
    """A chart fits the width: a bar covers as many years as needed."""
    years = [{"year": "2001", "facts": 1}, {"year": "2003", "facts": 4}]
    lines = [str(part) for part in render_chart({"years": years}, width)]
    assert lines == [bars, legend]


def test_mutual_support_is_one_line() -> None:
    """Two countries that support each other are on one line, others on lines of their own."""
    countries = [{"code": "IS", "name": "Iceland"}, {"code": "MN", "name": "Mongolia"}]
    support = [
        {"holder": "IS", "favours": "MN", "issues": ["glaciers", "yaks"]},
        {"holder": "CL", "favours": "IS", "issues": ["fish"]},
        {"holder": "MN", "favours": "IS", "issues": ["steppe"]},
    ]
    loaded = {"relation": {"countries": countries}, "support": support}
    assert [str(part) for part in render_support(loaded)] == [
        "Iceland supports Mongolia on glaciers, yaks  ⇄  Mongolia supports Iceland on steppe",
        "CL supports Iceland on fish",
        "",
    ]


def test_no_support_is_no_line() -> None:
    """Without support there is not even a blank line."""
    assert list(render_support({"relation": {"countries": []}})) == []


STEP: dict[str, Any] = {
    "stage": "ordered",
    "date": "2001",
    "quantity": None,
    "value_usd": None,
    "status": "current",
    "verification": "cited",
}


@pytest.mark.parametrize(
    ("steps", "line"),
    [
        ([{}], "Yak: ordered 2001"),
        ([{"quantity": 8, "value_usd": 2_000_000}], "Yak: ordered 2001 (8, $2 m)"),
        ([{}, {"date": "2003"}], "Yak: ordered 2001 to 2003 (2 reports)"),
        (
            [{}, {"stage": "delivered", "verification": "conflicting", "status": "disputed"}],
            "Yak: ordered 2001 → delivered 2001 disputed",
        ),
        (
            [{"verification": "single-source-claim"}, {"stage": None, "date": None}],
            "Yak: ordered 2001 single source · undated: reported",
        ),
    ],
)
def test_chain(steps: list[dict[str, Any]], line: str) -> None:
    """A chain has its steps in order, with figures and what is uncertain; equal steps are one."""
    chain = {"name": "Yak", "steps": [{**STEP, **step} for step in steps]}
    assert format_chain(chain).plain == line
