"""The page of figures: for each measure its values by year, with sources, and a sparkline."""

from __future__ import annotations

from bilatcli.render import values
from bilatcli.render.foot import list_foot
from bilatcli.render.layout import Column, lay_out_table
from bilatcli.render.names import Names
from bilatcli.render.periods import format_fact_period, get_first_day
from bilatcli.render.sources import SourceNumbers
from bilatcli.render.statement import format_standing
from bilatcli.render.table_head import format_title
from bilatcli.render.terminal import DIM, HEADING, Text
from bilatcli.text import make_printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from bilatcli.render.layout import Cell, Line
    from bilatcli.render.settings import Settings

    Loaded = Mapping[str, Any]

MAX_BARS = 60
"""Years of a sparkline, so that it fits on a line."""


def render_figures(loaded: Loaded, settings: Settings) -> Iterator[Line]:
    """Yield each measure with a sparkline, its figures by year, and what is uncertain.

    A year has a line for each figure that a source gives; superseded ones are marked.
    """
    names = Names(loaded)
    numbers = SourceNumbers(loaded["sources"], is_hidden=settings.sources == "none")
    yield format_title(loaded, "figures")
    facts = [fact for fact in loaded["facts"] if format_figure(fact)]
    for heading, group in group_figures(facts, names).items():
        yield ""
        yield format_heading(heading, group)
        rows: list[list[Cell]] = [
            [
                Text(make_printable(format_fact_period(fact)), style=DIM),
                format_figure(fact),
                numbers.mark(fact["sources"]),
                format_standing(fact),
            ]
            for fact in sorted(group, key=_find_day)
        ]
        columns = [Column("Year"), Column("Value", is_right=True), Column("Sources"), Column()]
        kept = [index for index in range(len(columns)) if any(row[index] for row in rows)]
        yield from lay_out_table(
            [columns[index] for index in kept],
            [[row[index] for index in kept] for row in rows],
            width=settings.width,
            header_style=HEADING,
        )
    yield from list_foot(facts, facts, "figure", numbers, settings)


def format_figure(fact: Loaded) -> str:
    """Return the value of a fact for people: money or a share; empty if it has none."""
    if fact.get("value_usd") is not None:
        return values.format_money(fact["value_usd"])
    return f"{fact['share']:g}%" if fact.get("share") is not None else ""


def group_figures(facts: Iterable[Loaded], names: Names) -> dict[str, list[Loaded]]:
    """Return facts by their measure, after the relation if there are several of them."""
    found = list(facts)
    has_pairs = len({fact["relation"] for fact in found}) > 1
    groups: dict[str, list[Loaded]] = {}
    for fact in found:
        unit = "share" if fact.get("value_usd") is None else "US dollars"
        pair = f"{names.relation(fact['relation'])}, " if has_pairs else ""
        measure = make_printable(fact.get("measure") or fact["topic"])
        groups.setdefault(f"{pair}{measure}, {unit}", []).append(fact)
    return groups


def format_heading(heading: str, facts: Sequence[Loaded]) -> Text:
    """Return the name of a measure with a sparkline from its first year to its last."""
    text = Text(heading, style=HEADING)
    by_year: dict[int, int] = {}
    for fact in facts:
        year = _find_day(fact)[:4]
        if year.isdecimal() and fact["status"] not in ("superseded", "disputed"):
            value = fact["share"] if fact.get("value_usd") is None else fact["value_usd"]
            by_year[int(year)] = max(by_year.get(int(year), 0), round(value))
    if len(by_year) > 1 and max(by_year.values()) > 0:
        bars, _, _ = values.draw_bars(by_year, MAX_BARS)
        text.append(f"  {min(by_year)} {bars} {max(by_year)}", style="")
    return text


def _find_day(fact: Loaded) -> str:
    return get_first_day(fact) or fact["as_of"] or ""
