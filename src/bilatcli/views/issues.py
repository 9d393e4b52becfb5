"""The view `issues`: the issues of stances, with who takes a position on each."""

from __future__ import annotations

from bilatcli.index import Statement
from bilatcli.views import View
from bilatcli.views.listing import count_facts, find_newest_date, list_slugs
from bilatcli.views.stance_counts import count_stances

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.index import Row
    from bilatcli.index.store import Index
    from bilatcli.query.request import Request
    from bilatcli.text import JsonValue
    from bilatcli.views.document import Document

STANCES_BY_ISSUE = Statement(
    "stances_by_issue",
    """
    SELECT f.issue AS slug, f.issue, f.id, f.relation, f.holder, f.event, f.date, f.first_day,
        f.last_day, f.status,
        f.is_retracted
    FROM fact f
    WHERE f.issue IS NOT NULL
    """,
)


def build(request: Request, index: Index) -> Document:
    """Return the issues that words or countries select, or all of them."""
    rows = list(index.rows(STANCES_BY_ISSUE))
    return list_slugs(VIEW, request, index, rows=rows, describe=_describe)


def _describe(facts: list[Row]) -> dict[str, JsonValue]:
    current = [fact for fact in facts if fact["status"] == "current" and not fact["is_retracted"]]
    return {
        **count_facts(facts),
        "stances": count_stances(current),
        "holders": sorted({fact["holder"] for fact in facts}),
        "newest": find_newest_date(facts),
    }


VIEW = View(
    "issues",
    "List the issues of stances: who takes a position on each, and when last.",
    build=build,
    tool_hint="Small: the issues that stances are on.",
    examples=("bilatcli issues", "bilatcli issues armenia"),
    options=(),
    columns=(("id", 0), ("stances", 0), ("facts", 0), ("holders", 60), ("newest", 70)),
    noun="issue",
)
