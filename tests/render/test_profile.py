"""The profile of a country."""

from __future__ import annotations

from typing import Any

import pytest

from bilatcli.render.profile import render_profile
from bilatcli.render.settings import Settings
from facts_support import COUNTRIES, SOURCE, make_loaded, to_lines

PARTNERS = [("MN", "curated", "close"), ("FJ", "outline", None), ("CL", "curated", "distant")]


def make_profile(**more: object) -> dict[str, Any]:
    """Return the document of a country."""
    relations = [
        {
            "id": f"is-{code.lower()}",
            "name": f"Iceland–{COUNTRIES[code]}",
            "countries": [{"code": each, "name": COUNTRIES[each]} for each in ("IS", code)],
            "status": status,
            "coverage": coverage,
            "facts": number + 1,
            "newest": "2026-02-01",
        }
        for number, (code, coverage, status) in enumerate(PARTNERS)
    ]
    query = {"countries": [{"code": "IS", "name": "Iceland"}]}
    base = {"query": query, "relation": None, "relations": relations, "sources": [SOURCE]}
    return {**base, "countries": COUNTRIES, **more}


def test_relations_of_a_country() -> None:
    """Curated relations have a line each, those with most facts first; others are named."""
    lines = to_lines(render_profile(make_profile(), Settings(width=80)))
    assert lines == [
        "Iceland",
        "",
        "Chile     distant  3 facts, newest 1 Feb 2026",
        "Mongolia  close    1 fact, newest 1 Feb 2026",
        "",
        "Only generated facts: Fiji",
        "3 relations, 2 curated, 6 facts · one: bilatcli summary is-mn",
        "all: bilatcli list --country is · facts: bilatcli facts is",
    ]


def test_profile() -> None:
    """A profile has the capital, memberships, trade partners, disputes and newest facts."""
    profile = {
        "capitals": [{"code": "IS", "name": "Reykjavík"}],
        "memberships": [
            {
                "organisation": "NATO",
                "name": "North Atlantic Alliance",
                "members": 32,
                "statuses": {"IS": "member"},
            },
        ],
        "trade": [
            {"direction": "exports", "country": "FJ", "share": 12.5, "as_of": "2023"},
            {"direction": "exports", "country": "MN", "share": 7, "as_of": "2023"},
            {"direction": "imports", "country": "CL", "share": 3, "as_of": "2022-06"},
        ],
        "issues": [{"issue": "fishing-rights", "stances": 4}],
    }
    facts = make_loaded([{"date": "2026-03-01"}])["facts"]
    document = make_profile(profile=profile, facts=facts)
    text = "\n".join(to_lines(render_profile(document, Settings(width=80))))
    for part in (
        "Iceland · capital Reykjavík",
        "Member of     North Atlantic Alliance",
        "Exports to    Fiji 12.5%, Mongolia 7% (2023)",
        "Imports from  Chile 3% (2022)",
        "Disputes      Fishing Rights (4)",
        "1 Mar 2026  Iceland sold ten yaks. [1]",
        "[1] A title",
    ):
        assert part in text


@pytest.mark.parametrize("height", [24, 40])
def test_a_profile_fits_the_screen(height: int) -> None:
    """A country with many relations and facts fits a screen."""
    document = make_profile(facts=make_loaded([{"date": "2020"}] * 50)["facts"])
    document["relations"] *= 30
    assert len(to_lines(render_profile(document, Settings(width=80, height=height)))) < height
