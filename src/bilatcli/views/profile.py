"""The profile of a country: its capital, memberships, trade partners, positions, newest facts."""

from __future__ import annotations

from bilatcli.errors import IndexDamaged
from bilatcli.index import Statement
from bilatcli.json_reader import parse_json
from bilatcli.text import to_json
from bilatcli.views.as_of import is_current_on
from bilatcli.views.fetch import fetch_facts
from bilatcli.views.newest import fetch_latest
from bilatcli.views.outline import CAPITALS, SHARED_MEMBERSHIPS, capital_to_dict
from bilatcli.views.stance_counts import count_stances

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from bilatcli.index import Row
    from bilatcli.index.store import Index
    from bilatcli.query.interpret import Query
    from bilatcli.query.request import Request
    from bilatcli.text import JsonValue

HOLDER_STANCES = Statement(
    "holder_stances",
    """
    SELECT f.id, f.issue, f.holder, f.event, f.date, f.relation
    FROM fact f
    WHERE f.issue IN (SELECT slug FROM issue) AND f.holder = :holder
    """,
)

MAX_NEWEST = 10
"""Maximum number of newest facts of a profile."""
DIRECTIONS = ("exports", "imports")


class Profile:
    """What the packs say about one country as a whole, and the newest facts on it."""

    def __init__(self, query: Query, relations: Sequence[Row], index: Index) -> None:
        request, (code,) = query.request, query.codes
        pair = {"one": code, "other": code}
        self._capitals = index.rows(CAPITALS, {**pair, "as_of": request.as_of})
        self._memberships = index.rows(SHARED_MEMBERSHIPS, pair) if self._capitals else []
        ids = [relation["id"] for relation in relations]
        self._trade = _find_trade(code, ids, request, index)
        self._issues = _count_issues(code, request, index)
        self._code = code
        self.newest = _fetch_newest(query, index)

    @property
    def source_ids(self) -> list[str]:
        """The ids of the sources of all but the newest facts."""
        of_trade = [source for each in self._trade for source in each["sources"]]
        return [*(capital["source"] for capital in self._capitals), *of_trade]

    def to_json(self) -> str:
        """Return the profile as JSON, without the newest facts."""
        memberships = sorted(self._memberships, key=lambda row: row["organisation"].casefold())
        shared: list[JsonValue] = [
            {
                "organisation": row["organisation"],
                "name": row["name"],
                "members": row["members"],
                "statuses": {self._code: row["status"]},
            }
            for row in memberships
        ]
        return to_json(
            {
                "capitals": [capital_to_dict(capital) for capital in self._capitals],
                "memberships": shared,
                "as_of": self._capitals[0]["as_of"] if self._capitals else None,
                "sources": [capital["source"] for capital in self._capitals],
                "trade": self._trade,
                "issues": self._issues,
            }
        )


def _load(fact: Row) -> dict[str, Any]:
    try:
        record: dict[str, Any] = parse_json(fact["json"])
    except ValueError:
        raise IndexDamaged from None
    return record


def _find_trade(
    code: str, relations: Sequence[str], request: Request, index: Index
) -> list[dict[str, Any]]:
    """Return the partners in a country's current generated trade facts, by direction and share.

    Of several figures for one partner and direction, the one of the latest date is kept.
    """
    choice = {"topic": "trade", "is_figure": 1}
    facts = fetch_facts(request, index, relations=relations, choice=choice)
    mark = f'"actors":["{code}"],'
    own = [
        _load(fact) for fact in facts if mark in fact["json"] and is_current_on(fact, request.as_of)
    ]
    partners: dict[tuple[str, str], dict[str, Any]] = {}
    for record in sorted(own, key=lambda record: record["as_of"] or ""):
        is_share = record["coverage"] != "curated" and record["share"] is not None
        if is_share and record["measure"] in DIRECTIONS:
            (partner,) = record["toward"][:1] or (None,)
            if partner:
                partners[record["measure"], partner] = {
                    "direction": record["measure"],
                    "country": partner,
                    "share": record["share"],
                    "as_of": record["as_of"],
                    "fact": record["id"],
                    "sources": record["sources"],
                }
    return sorted(
        partners.values(), key=lambda each: (each["direction"], -each["share"], each["country"])
    )


def _count_issues(code: str, request: Request, index: Index) -> list[JsonValue]:
    """Return the issues on which a country takes positions, those with most stances first."""
    held = {row["id"]: row for row in index.rows(HOLDER_STANCES, {"holder": code})}
    facts = fetch_facts(request, index, ids=list(held)) if held else []
    stances: dict[str, list[Row]] = {}
    for fact in facts:
        if is_current_on(fact, request.as_of):
            stances.setdefault(fact["issue"], []).append(held[fact["id"]])
    counts = {issue: count_stances(rows) for issue, rows in stances.items()}
    return [
        {"issue": issue, "stances": counts[issue]}
        for issue in sorted(counts, key=lambda issue: (-counts[issue], issue))
    ]


def _fetch_newest(query: Query, index: Index) -> list[Row]:
    """Return the newest dated facts on a country, without plans."""
    return fetch_latest(query, index, limit=MAX_NEWEST)[0]
