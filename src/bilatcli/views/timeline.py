"""The view `timeline`: dated facts in the order of their dates, year by year."""

from __future__ import annotations

from bilatcli.query.interpret import interpret, require_country
from bilatcli.text import json_object, plural
from bilatcli.views import DATED_FACT_COLUMNS, FACT_OPTIONS, View
from bilatcli.views.arrange import get_day
from bilatcli.views.fetch import has_date, is_generated
from bilatcli.views.result import find_facts
from bilatcli.vocabulary import UNDATED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.index.store import Index
    from bilatcli.query.request import Request
    from bilatcli.views.document import Document


def build(request: Request, index: Index) -> Document:
    """Return the dated facts, and the number of them in each year.

    Of generated facts these are the ones on what happened: a state or figure as of a year, such as
    an embassy or a share of trade, is no event.
    """
    query = interpret(request, index)
    require_country(query, index, takes_subjects=True)
    found = find_facts(query, index, sort_by=lambda fact: (get_day(fact), fact["id"]))
    found.exclude(lambda fact: is_generated(fact) and not has_date(fact))
    undated = found.exclude(lambda fact: get_day(fact) == UNDATED)
    found.arrange()
    counts: dict[str, int] = {}
    for fact in found.facts:
        year = get_day(fact)[:4]
        counts[year] = counts.get(year, 0) + 1
    years = [json_object(year=year, facts=count) for year, count in counts.items()]
    document = found.document(VIEW, years=years)
    if undated:
        document.notes.append(f"left out {plural(undated, 'undated fact')}")
    document.has_chart = request.chart
    return document


VIEW = View(
    "timeline",
    "List dated facts year by year, with the number of facts in each year.",
    build=build,
    examples=("bilatcli timeline az pk --since 2020", "bilatcli timeline az pk --chart"),
    options=("topic", "elsewhere", *FACT_OPTIONS, "chart"),
    columns=DATED_FACT_COLUMNS,
    group="year",
    noun="dated fact",
)
