"""Fetch the newest facts; the parameters of statements that select facts of any relation."""

from __future__ import annotations

from operator import itemgetter

from bilatcli.errors import IndexDamaged
from bilatcli.index import Statement
from bilatcli.query.options import DATE_ORDERS, DEFAULT_LIMIT, MAX_LIMIT
from bilatcli.text import to_json
from bilatcli.views.fetch import fetch_facts, fetch_of_country

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.index import Row
    from bilatcli.index.store import Index
    from bilatcli.query.interpret import Query

LATEST = Statement("latest")


def fetch_latest(query: Query, index: Index, **choice: int) -> tuple[list[Row], int]:
    """Return the newest dated facts, and how many there are in all.

    These are facts that an editor wrote; if the query has countries, generated ones on what
    happened, too. `choice` are further parameters of the statement: `limit`, and `has_plans` (0 or
    1).
    """
    parameters: dict[str, object] = {**select_parameters(query), "has_plans": 0, **choice}
    rows = index.rows(LATEST, parameters)
    ids = [row["id"] for row in rows]
    found = {fact["id"]: fact for fact in fetch_facts(query.request, index, ids=ids)} if ids else {}
    if len(found) != len(ids):
        raise IndexDamaged
    facts, total = [found[id] for id in ids], rows[0]["total"] if rows else 0
    if not query.codes:
        return facts, total
    from bilatcli.views.table_facts import fetch_newest

    relations = {row["id"] for code in query.codes for row in fetch_of_country(code, index)}
    of_tables, count = fetch_newest(sorted(relations), parameters, index)
    facts = sorted([*facts, *of_tables], key=itemgetter("id"))
    facts.sort(key=itemgetter("first_day"), reverse=True)
    return facts[: int(str(parameters["limit"]))], total + count


def select_parameters(query: Query) -> dict[str, object]:
    """Return the parameters of a statement that selects facts by the options of a query."""
    request = query.request
    is_whole = request.sort in DATE_ORDERS or request.is_selected_late
    return {
        # Facts that are sorted by date, or selected, afterwards are all needed here.
        "limit": MAX_LIMIT if is_whole else request.limit or DEFAULT_LIMIT,
        "topic": request.topic,
        "countries": to_json(query.codes) if query.codes else None,
        "verification": request.wanted_verification,
        "all": int(query.includes_superseded or request.status is not None),
        "as_of": request.as_of,
        "since": request.since,
        "until": request.until,
    }
