"""The view `timeline`: dated facts in the order of their dates, year by year."""

from __future__ import annotations

from bilatcli.query import options
from bilatcli.query.interpret import interpret, require_country
from bilatcli.text import json_object, plural
from bilatcli.views import DATED_FACT_COLUMNS, View
from bilatcli.views.result import find_facts
from bilatcli.vocabulary import UNDATED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.index import Row
    from bilatcli.index.store import Index
    from bilatcli.query.request import Request
    from bilatcli.views.document import Document

OPEN_START, OPEN_END = "0000-00-00", "9999-99-99"
"""The first and last day of an interval without a start or an end."""


def build(request: Request, index: Index) -> Document:
    """Return the dated facts an editor wrote, and the number of them in each year."""
    query = interpret(request, index)
    require_country(query, index, takes_subjects=True)
    found = find_facts(query, index, sort_by=lambda fact: (_day_of(fact), fact["id"]), is_curated=1)
    undated = found.exclude(lambda fact: _day_of(fact) == UNDATED)
    counts: dict[str, int] = {}
    for fact in found.facts:
        year = _day_of(fact)[:4]
        counts[year] = counts.get(year, 0) + 1
    years = [json_object(year=year, facts=count) for year, count in counts.items()]
    document = found.document(VIEW, years=years)
    if undated:
        document.notes.append(f"left out {plural(undated, 'undated fact')}")
    document.has_chart = request.chart
    return document


def _day_of(fact: Row) -> str:
    """Return the first day of a fact's date, or the last one if its start is open."""
    first: str = fact["first_day"]
    if first > OPEN_START:
        return first
    last: str = fact["last_day"]
    return last if last < OPEN_END else UNDATED


VIEW = View(
    "timeline",
    "List dated facts year by year, with the number of facts in each year.",
    build=build,
    examples=("bilatcli timeline az pk --since 2020", "bilatcli timeline az pk --chart"),
    options=(options.TOPIC, *options.FACT_OPTIONS, options.CHART),
    columns=DATED_FACT_COLUMNS,
    group="year",
    noun="dated fact",
)
