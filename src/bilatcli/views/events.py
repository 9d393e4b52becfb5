"""The view `events`: what several facts record, each with the relations that record it."""

from __future__ import annotations

from bilatcli.index import Statement
from bilatcli.views import View
from bilatcli.views.listing import count_facts, find_first_date, find_newest_date, list_slugs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.index import Row
    from bilatcli.index.store import Index
    from bilatcli.query.request import Request
    from bilatcli.text import JsonValue
    from bilatcli.views.document import Document

FACTS_BY_EVENT = Statement(
    "facts_by_event",
    """
    SELECT f.event AS slug, f.relation, f.date, f.first_day, f.last_day, f.status
    FROM fact f
    WHERE f.event IS NOT NULL
    """,
)


def build(request: Request, index: Index) -> Document:
    """Return the events that words or countries select, or all of them."""
    rows = list(index.rows(FACTS_BY_EVENT))
    return list_slugs(VIEW, request, index, rows=rows, describe=_describe)


def _describe(facts: list[Row]) -> dict[str, JsonValue]:
    first, newest = find_first_date(facts), find_newest_date(facts)
    return {**count_facts(facts), "first": first, "newest": newest}


VIEW = View(
    "events",
    "List the events that facts record; `show EVENT` prints the facts of one.",
    build=build,
    tool_hint="Small: the events that facts record.",
    examples=("bilatcli events", "bilatcli events india pakistan"),
    options=(),
    columns=(("id", 0), ("facts", 0), ("first", 60), ("newest", 76), ("relations", 90)),
    noun="event",
)
