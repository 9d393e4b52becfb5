"""Relations as they are listed, a line each, with the counts of their facts."""

from __future__ import annotations

from bilatcli.errors import IndexDamaged
from bilatcli.index import Statement
from bilatcli.index.relation_json import get_line_json
from bilatcli.json_reader import parse_json
from bilatcli.text import plural, to_json
from bilatcli.views.as_of import relation_source_ids_on, status_on
from bilatcli.views.fetch import fetch_facts
from bilatcli.views.parties import select_facts
from bilatcli.views.result import BY_TOPIC

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from typing import Any

    from bilatcli.index import Row
    from bilatcli.index.store import Index
    from bilatcli.query.interpret import Query


RELATION_LINES = Statement("relation_lines")


def fetch_lines(
    index: Index,
    *,
    countries: Sequence[str],
    partners: Collection[str] = (),
    is_curated: bool = False,
) -> list[str]:
    """Return the JSON of relations as they are listed, curated ones first, then by id.

    One of the `countries` (codes) takes part in each of them, and one of the `partners`, if there
    are any. `is_curated` leaves out relations whose facts are all generated.
    """
    parameters = {
        "countries": to_json(list(countries)) if countries else None,
        "partners": to_json(sorted(partners)) if partners else None,
        "is_curated": 1 if is_curated else None,
    }
    return [get_line_json(row) for row in index.rows(RELATION_LINES, parameters)]


def count_lines(
    query: Query, relations: Sequence[Row], index: Index, *, partners: Collection[str] = ()
) -> tuple[list[str], list[str]]:
    """Return the JSON of the relations of a country, curated ones first, and notes.

    If there are `partners` (codes), one of them takes part in each of the `relations`.

    With a filter or an option that selects facts, each relation is counted anew from the facts that
    it includes, and a relation without such facts is left out.
    """
    lines = fetch_lines(index, countries=query.codes, partners=partners)
    request = query.request
    if not (request.verified or request.as_of or query.is_filtered):
        return lines, []
    facts = _facts_by_relation(relations, query, index)
    counted = [
        _count_again(line, relation, facts[relation["id"]], request.as_of)
        for line, relation in zip(_load(lines), relations, strict=True)
        if facts[relation["id"]]
    ]
    counted.sort(key=lambda line: (line["coverage"], line["id"]))
    omitted = len(relations) - len(counted)
    notes = [f"left out {plural(omitted, 'relation')} without matching facts"] if omitted else []
    return [to_json(line) for line in counted], notes


def _facts_by_relation(
    relations: Iterable[Row], query: Query, index: Index
) -> dict[str, list[Row]]:
    """Return the facts that a query includes, superseded ones too, by the ids of relations."""
    request = query.request
    has_words = query.make_word_matcher()
    found: dict[str, list[Row]] = {relation["id"]: [] for relation in relations}
    facts = select_facts(fetch_facts(request, index, relations=list(found)), query)
    for fact in sorted(facts, key=BY_TOPIC):
        if not query.words or has_words(fact["filter_words"]):
            found[fact["relation"]].append(fact)
    return found


def _load(lines: Iterable[str]) -> list[dict[str, Any]]:
    """Return lines as plain data, sorted by the ids of their relations."""
    try:
        return sorted(map(parse_json, lines), key=lambda line: line["id"])
    except ValueError:
        raise IndexDamaged from None


def _count_again(
    line: dict[str, Any], relation: Row, facts: Sequence[Row], day: str | None
) -> dict[str, Any]:
    """Return a line with the counts of some of its facts, as of a day.

    The status of a relation describes today, so it is left out for any other day.
    """
    from bilatcli.index.fact_counts import count_facts

    records = [(parse_json(fact["json"]), fact) for fact in facts]
    counted = [
        (
            record["topic"],
            record["verification"],
            status_on(fact, day),
            record["date"] or record["as_of"],
            fact["first_day"],
            record["coverage"] != "curated",
        )
        for record, fact in records
    ]
    counted.sort(key=lambda fact: fact[0])
    sources = set(relation_source_ids_on(relation, day).split())
    sources.update(source for record, _ in records for source in record["sources"])
    status = line["status"] if day is None else None
    return {**line, "status": status, **count_facts(counted, sources=len(sources))}
