"""The military page: one line per deal, differing reports folded below."""

from __future__ import annotations

from typing import Any

import pytest

from bilatcli.render.deals import format_direction, list_deals, render_military
from bilatcli.render.names import Names
from bilatcli.render.settings import Settings
from bilatcli.views.document import Document
from facts_support import COUNTRIES, FACT, make_loaded, to_lines

ORDER = {"chain": "Yak", "quantity": 40, "value_usd": 4_600_000_000, "headline": True}
REPORTS: list[dict[str, Any]] = [
    {"date": "2002-03", **ORDER},
    {"date": "2002", "chain": "Yak", "quantity": 8, "status": "disputed"},
    {"date": "2002", "chain": "Yak", "quantity": 16, "verification": "conflicting"},
    {"date": "2002", "chain": "Yak", "status": "disputed"},
    {"date": "2003-05-04", "chain": "Yak", "stage": "delivered", "quantity": 5},
]


def render(loaded: dict[str, Any], **options: Any) -> list[str]:
    """Return the lines of the military page."""
    chains = [{"relation": "is-mn", "name": "Yak", "steps": loaded["facts"]}]
    document = Document("military", {"facts": []}, rows="facts")
    page = render_military(document, {**loaded, "chains": chains}, Settings(width=80, **options))
    return to_lines(page)


def test_one_order_is_one_line() -> None:
    """A chain is one deal: what is best known of the order, the latest stage, other reports."""
    lines = render(make_loaded(REPORTS))
    assert lines[2] == "Arms: Iceland–Mongolia"
    assert lines[5].split("  ")[0] == "Mar 2002"
    assert lines[5].endswith("40  $4.6 bn  delivered 5, 4 May 2003 [1]")
    assert lines[6] == "    (+3 differing reports: 16, 8, unknown)"


def test_all_unfolds_a_deal() -> None:
    """With all facts each report is a line of its own below the deal, the oldest first."""
    loaded = make_loaded(REPORTS)
    loaded["query"]["all"] = True
    lines = [line for line in render(loaded) if "Iceland sold" in line]
    assert len(lines) == len(REPORTS)
    assert lines[-1].split()[:5] == ["4", "May", "2003", "delivered", "5:"]


def test_facts_on_one_system_are_one_deal() -> None:
    """Without a chain, facts of one relation on one system are a deal; other kinds are none."""
    facts = [
        {**FACT, "id": "a"},
        {**FACT, "id": "b", "system": "YAK"},
        {**FACT, "id": "c", "system": "Horse"},
        {**FACT, "id": "d", "kind": "exercise"},
        {**FACT, "id": "e", "system": None},
    ]
    deals = list_deals(facts, [])
    assert sorted(len(deal.facts) for deal in deals) == [1, 2]


def test_talks_come_last() -> None:
    """Orders come before talks, however old they are."""
    facts = [
        {**FACT, "id": "a", "stage": "talks", "system": "Horse", "date": "2020"},
        {**FACT, "id": "b"},
    ]
    assert [deal.order["id"] for deal in list_deals(facts, [])] == ["b", "a"]


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({"supplier": ["IS"], "recipient": ["MN"]}, "Iceland → Mongolia"),
        ({"supplier": "IS", "recipient": "MN"}, "Iceland → Mongolia"),
        ({}, "Iceland–Mongolia"),
        ({"coverage": "outline"}, "Iceland → Mongolia"),
    ],
)
def test_direction(more: dict[str, Any], text: str) -> None:
    """A deal goes from supplier to recipient; without them only the pair is named."""
    assert format_direction({**FACT, **more}, Names({"countries": COUNTRIES})) == text


def test_directions_have_a_column_if_there_are_several() -> None:
    """Deals in several directions name each; other facts follow the deals."""
    ways: list[dict[str, Any]] = [
        {"supplier": ["IS"], "recipient": ["MN"]},
        {"supplier": ["MN"], "recipient": ["IS"], "system": "Horse"},
        {"kind": "exercise", "text": "Both rode."},
    ]
    lines = render(make_loaded(ways))
    assert "From → to" in lines[3]
    assert any("Mongolia → Iceland" in line for line in lines)
    assert [line for line in lines if "Both rode." in line]


@pytest.mark.parametrize("height", [24, 40])
def test_a_screen_is_not_overflowed(height: int) -> None:
    """Deals and other facts share the screen, and both say what was left out."""
    facts: list[dict[str, Any]] = [
        {"system": f"Yak {number}", "date": f"{1990 + number}"} for number in range(30)
    ]
    facts += [{"kind": "visit", "date": f"{1990 + number}"} for number in range(30)]
    lines = render(make_loaded(facts), height=height)
    assert len(lines) < height
    assert any("more deals: --all-rows" in line for line in lines)
    assert any("more: --limit N" in line for line in lines)
