"""The view `diff`: what changed between two dates."""

from __future__ import annotations

from bilatcli.query.date_words import pop_dates
from bilatcli.query.interpret import interpret, require_country
from bilatcli.text import json_object
from bilatcli.views import DATED_FACT_COLUMNS, KIND_OPTIONS, View
from bilatcli.views.as_of import status_on
from bilatcli.views.result import find_facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.index import Row
    from bilatcli.index.store import Index
    from bilatcli.query.request import Request
    from bilatcli.views.document import Document

CHANGES = ("added", "superseded", "ended")
"""The kinds of changes in the order in which they are listed."""


def build(request: Request, index: Index) -> Document:
    """Return the facts that became known, were superseded or ended between two dates."""
    first, last = pop_dates(request)
    query = interpret(request, index)
    require_country(query, index)

    def sort_key(fact: Row) -> tuple[int, str, str]:
        change = find_change(fact, first, last)
        return CHANGES.index(change) if change else -1, fact["first_day"], fact["id"]

    found = find_facts(query, index, day=last, sort_by=sort_key)
    found.exclude(lambda fact: find_change(fact, first, last) is None)
    found.arrange()
    changes = [
        json_object(
            fact=fact["id"],
            change=find_change(fact, first, last),
            was=None if fact["known_day"] > first else status_on(fact, first),
            **{"is": status_on(fact, last)},
        )
        for fact in found.facts
    ]
    between = json_object(**{"from": first, "to": last})
    return found.document(VIEW, between=between, changes=changes)


def find_change(fact: Row, first: str, last: str) -> str | None:
    """Return how a fact changed after the day `first` and until the day `last`, or None."""
    if fact["known_day"] > first:
        return "added"
    changed, ended = fact["status_day"], fact["until_day"]
    if changed is not None and first < changed <= last:
        return "superseded"
    is_over = ended is not None and first < ended <= last
    return "ended" if is_over and (changed is None or changed > last) else None


VIEW = View(
    "diff",
    "Show what changed between two dates: facts added, superseded or ended.",
    build=build,
    tool_hint="Smaller if the dates are closer together.",
    examples=("bilatcli diff az pk 2024 2026", "bilatcli diff az pk 2023"),
    words="WORDS DATE DATE",
    options=("topic", *KIND_OPTIONS, "sort", "limit", "citations"),
    columns=DATED_FACT_COLUMNS,
    group="change",
    noun="change",
)
