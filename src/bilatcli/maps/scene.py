"""Scenes: what a map of a question shows, out of the facts that answer it."""

from __future__ import annotations

from bilatcli.maps.geometry import Atlas, Scene

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from bilatcli.index.store import Index
    from bilatcli.query.interpret import Query

MOST_NEAR = 8
"""So many countries are shown that the facts name, those that most of them do."""

_MANY = ("actors", "toward", "partners")
_ONE = ("holder", "favours", "against")


def scene(query: Query, facts: Iterable[Mapping[str, Any]], index: Index) -> Scene:
    """Return what a map of a question shows, given the facts that answer it."""
    asked = {match.code: match.name for match in query.countries}
    counts: dict[str, int] = {}
    for fact in facts:
        for code in _named(fact) - asked.keys():
            counts[code] = counts.get(code, 0) + 1
    names = {row[0]: row[1] for row in index.rows("SELECT code, name FROM country")}
    often = sorted(counts, key=lambda code: (-counts[code], names.get(code, "")))[:MOST_NEAR]
    near = {code: names[code] for code in often if code in names}
    places = index.rows(
        "SELECT country, name, latitude, longitude FROM capital WHERE latitude IS NOT NULL"
    )
    capitals = {row[0]: (row[1], (float(row[3]), float(row[2]))) for row in places}
    return Scene(Atlas(), asked=asked, near=near, facts=counts, capitals=capitals)


def _named(fact: Mapping[str, Any]) -> set[str]:
    """The codes of all that a fact names."""
    pair = fact["relation"].upper().split("-")
    many = (code for key in _MANY for code in fact.get(key) or ())
    return {*pair, *many, *(fact[key] for key in _ONE if fact.get(key))}
