"""Invented facts for tests of renderers."""

from __future__ import annotations

from typing import Any

from bilatcli.render.layout import Line
from bilatcli.render.terminal import render_lines

FACT: dict[str, Any] = {
    "id": "is-mn/yaks",
    "relation": "is-mn",
    "topic": "military",
    "headline": False,
    "text": "Iceland sold ten yaks.",
    "date": "2001",
    "until": None,
    "as_of": None,
    "status": "current",
    "verification": "cited",
    "actors": ["IS"],
    "toward": ["MN"],
    "kind": "arms-transfer",
    "system": "Yak",
    "stage": "ordered",
    "quantity": None,
    "value_usd": None,
    "chain": None,
    "issue": None,
    "holder": None,
    "favours": None,
    "against": None,
    "sources": ["a"],
    "coverage": "curated",
}
SOURCE = {"id": "a", "title": "A title", "custom": {"reliability": "news"}}
COUNTRIES = {"IS": "Iceland", "MN": "Mongolia", "FJ": "Fiji", "CL": "Chile"}


def make_loaded(facts: list[dict[str, Any]], **more: object) -> dict[str, Any]:
    """Return a document with facts on Iceland and Mongolia, as plain data."""
    names = [{"code": code, "name": COUNTRIES[code]} for code in ("IS", "MN")]
    query = {"text": "is mn", "countries": names, "filter": None, "all": False, "topic": None}
    relation = {
        "id": "is-mn",
        "name": "Iceland–Mongolia",
        "countries": names,
        "established": None,
        "established_sources": [],
        "status": None,
        "status_sources": [],
        "overview": None,
        "sources": [],
    }
    filled = [{**FACT, "id": f"is-mn/{number}", **fact} for number, fact in enumerate(facts)]
    return {
        "query": query,
        "relation": relation,
        "facts": filled,
        "sources": [SOURCE],
        "countries": COUNTRIES,
        **more,
    }


def to_lines(lines: Any, width: int = 80) -> list[str]:
    """Return lines as a terminal without colour shows them."""
    found: list[Line] = list(lines)
    return render_lines(found, width=width, has_colour=False).splitlines()
