"""The view `figures`: trade, investment, loans and aid by year, with every source's figure."""

from __future__ import annotations

from bilatcli.errors import IndexDamaged
from bilatcli.json_reader import parse_json
from bilatcli.query.interpret import interpret, require_country
from bilatcli.text import json_object, plural, to_json
from bilatcli.views import FACT_OPTIONS, STATUS_COLUMNS, View
from bilatcli.views.as_of import fact_json_on
from bilatcli.views.result import find_facts
from bilatcli.vocabulary import MEASURES, UNDATED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any, TypeAlias

    from bilatcli.index import Row
    from bilatcli.index.store import Index
    from bilatcli.query.request import Request
    from bilatcli.views.document import Document

    Figure: TypeAlias = Mapping[str, Any]
    """One figure: a row of its series, with the `key` of the series."""

KINDS = ("value_usd", "share")
"""The keys of a fact that have a figure: an amount in US dollars, a percentage."""

DIRECTED_MEASURES = ("exports", "imports", "loan", "aid")
"""Measures whose facts say whose figure it is; those on investment may name who announced it."""

COMPARED_MEASURES = ("trade turnover", "exports", "imports")
"""Measures with one figure for a period; there may be several loans, or stages of a project."""


def build(request: Request, index: Index) -> Document:
    """Return the facts with figures and their series; superseded figures are part of them."""
    query = interpret(request, index)
    query.includes_superseded = True
    require_country(query, index, takes_subjects=True)
    found = find_facts(query, index, is_figure=1, measure=request.measure)
    figures = {
        fact["id"]: list(_read_figures(fact, found.day))
        for fact in [*found.all_facts, *found.elsewhere]
    }
    unnumbered = found.exclude(lambda fact: not figures[fact["id"]])
    found.arrange()
    question = f"{query.to_json()[:-1]},{json_object(measure=request.measure)[1:]}"
    series = _series_jsons(found.facts, figures)
    document = found.document(VIEW, query=question, measures=series)
    if unnumbered:
        document.notes.append(f"left out {plural(unnumbered, 'fact')} without a number")
    return document


def _read_figures(fact: Row, day: str | None) -> Iterator[Figure]:
    """Yield the figures of a fact, with its status on a day."""
    try:
        record = parse_json(fact_json_on(fact, day))
    except ValueError:
        raise IndexDamaged from None
    if record["coverage"] != "curated" and record["measure"] is None:
        # A figure on one product among many: nothing else counts the same.
        return
    date = record["as_of"] or record["date"]
    sides = _find_direction(record)
    for kind in KINDS:
        if record.get(kind) is None:
            continue
        yield {
            "key": (record["relation"], record["topic"], record["measure"], kind, *sides),
            "year": _find_year(date),
            "date": date,
            "value": record[kind],
            "kind": kind,
            "fact": record["id"],
            **{key: record[key] for key in ("status", "verification", "sources")},
        }


def _find_year(date: str | None) -> str | None:
    """Return the last year of a date in EDTF, or None if it has none."""
    for part in reversed((date or "").split("/")):
        if part[:4].isdigit():
            return part[:4]
    return None


def _find_direction(record: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Return from whom goods or money go to whom; None for both if the fact does not say."""
    actors, toward = record["actors"], record["toward"]
    if record["measure"] not in DIRECTED_MEASURES or (len(actors), len(toward)) != (1, 1):
        return None, None
    sides = actors[0], toward[0]
    return sides[::-1] if record["measure"] == "imports" else sides


def _series_jsons(facts: Sequence[Row], figures: Mapping[str, Sequence[Figure]]) -> list[str]:
    """Return the JSON of each series of figures that count the same, by relation and measure."""
    series: dict[tuple[Any, ...], list[Figure]] = {}
    for fact in facts:
        for figure in figures[fact["id"]]:
            series.setdefault(figure["key"], []).append(figure)
    return [_series_json(key, series[key]) for key in sorted(series, key=_series_sort_key)]


def _series_sort_key(key: tuple[Any, ...]) -> tuple[Any, ...]:
    relation, topic, measure, kind, source, target = key
    place = MEASURES.index(measure) if measure in MEASURES else len(MEASURES)
    return relation, place, topic, KINDS.index(kind), source or "", target or ""


def _series_json(key: tuple[Any, ...], figures: Sequence[Figure]) -> str:
    relation, topic, measure, _, source, target = key
    rows = sorted(
        figures, key=lambda each: (each["year"] or UNDATED, each["date"] or "", each["fact"])
    )
    return to_json(
        {
            "relation": relation,
            "topic": topic,
            "measure": measure,
            "from": source,
            "to": target,
            "rows": [{name: row[name] for name in row if name != "key"} for row in rows],
            "spread": list(_find_spread(rows)),
        }
    )


def _find_spread(rows: Sequence[Figure]) -> Iterator[dict[str, Any]]:
    """Yield the lowest and highest figure for each year for which figures of trade differ.

    Plans are left out. Figures for a year may cover different months of it.
    """
    if rows[0]["key"][2] not in COMPARED_MEASURES:
        return
    by_year: dict[str, list[Figure]] = {}
    for row in rows:
        if row["year"] and row["status"] != "planned":
            by_year.setdefault(row["year"], []).append(row)
    for year, same in by_year.items():
        values = [row["value"] for row in same]
        if min(values) < max(values):
            facts = [row["fact"] for row in same]
            yield {"year": year, "lowest": min(values), "highest": max(values), "facts": facts}


VIEW = View(
    "figures",
    "List trade, investment, loans and aid by year, with the figure of every source.",
    build=build,
    tool_hint="Smaller with a measure, or for a pair than for a country.",
    examples=("bilatcli figures az pk", "bilatcli figures china pakistan --measure investment"),
    options=("measure", "topic", "elsewhere", *FACT_OPTIONS),
    columns=(
        ("date", 0),
        ("measure", 60),
        ("value_usd", 60),
        ("share", 60),
        ("text", 0),
        *STATUS_COLUMNS,
    ),
    noun="figure",
)
