"""The page of figures: each series with a sparkline, its values by year, and their spread."""

from __future__ import annotations

from bilatcli.render import values
from bilatcli.render.foot import list_foot
from bilatcli.render.layout import Column, lay_out_table
from bilatcli.render.names import Names
from bilatcli.render.periods import format_period
from bilatcli.render.sources import SourceNumbers
from bilatcli.render.statement import format_standing
from bilatcli.render.table_head import format_title
from bilatcli.render.terminal import DIM, HEADING, Text
from bilatcli.text import make_printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from bilatcli.render.layout import Cell, Line
    from bilatcli.render.settings import Settings

    Loaded = Mapping[str, Any]

MAX_BARS = 40
"""Bars of a sparkline, so that it fits on a line with the name of its series."""

_UNITS = {"value_usd": "US dollars", "share": "per cent"}
_FIELD_KINDS = {"value_usd": "money", "share": "share"}
"""How figures are shown, by the key that they have in a fact."""


def render_figures(loaded: Loaded, settings: Settings) -> Iterator[Line]:
    """Yield each series with a sparkline, its figures by year, and for which years they differ.

    A year has a line for each figure that a source gives; superseded ones are marked.
    """
    names = Names(loaded)
    numbers = SourceNumbers(loaded["sources"], is_hidden=settings.sources == "none")
    has_pairs = len({series["relation"] for series in loaded["measures"]}) > 1
    yield format_title(loaded, "figures")
    for series in loaded["measures"]:
        yield ""
        yield _format_heading(series, names, has_pair=has_pairs)
        yield from _lay_out_rows(series, numbers, settings)
        yield from (_format_spread(each, series) for each in series["spread"])
    yield from list_foot(loaded["facts"], loaded["facts"], "figure", numbers, settings)


def _lay_out_rows(series: Loaded, numbers: SourceNumbers, settings: Settings) -> Iterator[Line]:
    rows: list[list[Cell]] = [
        [
            Text(make_printable(format_period(row["date"])) if row["date"] else "", style=DIM),
            _format_value(row["value"], row["kind"]),
            numbers.mark(row["sources"]),
            format_standing(row),
        ]
        for row in series["rows"]
    ]
    columns = [Column("Date"), Column("Value", is_right=True), Column("Sources"), Column("Status")]
    kept = [index for index in range(len(columns)) if any(row[index] for row in rows)]
    yield from lay_out_table(
        [columns[index] for index in kept],
        [[row[index] for index in kept] for row in rows],
        width=settings.width,
        header_style=HEADING,
    )


def _format_heading(series: Loaded, names: Names, *, has_pair: bool) -> Text:
    """Return the name of a series with a sparkline from its first year to its last."""
    topic, measure = series["topic"], series["measure"] or "other"
    is_directed = series["from"] is not None
    parts = [names.relation(series["relation"])] if has_pair and not is_directed else []
    parts.append(measure if topic == "trade" else f"{topic} {measure}")
    if is_directed:
        parts.append(f"{names.country(series['from'])} → {names.country(series['to'])}")
    parts.append(_UNITS[series["rows"][0]["kind"]])
    text = Text(", ".join(parts), style=HEADING)
    by_year = _count_by_year(series)
    if len(by_year) > 1 and max(by_year.values()) > 0:
        bars, _, _ = values.draw_bars(by_year, MAX_BARS)
        text.append(f"  {min(by_year)} {bars} {max(by_year)}", style="not bold")
    return text


def _count_by_year(series: Loaded) -> dict[int, int]:
    """Return a figure for each year: the highest; plans are left out."""
    by_year: dict[int, int] = {}
    for row in series["rows"]:
        if row["year"] is not None and row["status"] != "planned":
            year = int(row["year"])
            by_year[year] = max(by_year.get(year, 0), round(row["value"]))
    return by_year


def _format_spread(spread: Loaded, series: Loaded) -> Text:
    kind = series["rows"][0]["kind"]
    lowest, highest = (_format_value(spread[key], kind) for key in ("lowest", "highest"))
    return Text(f"{spread['year']}: figures from {lowest} to {highest}", style=DIM)


def _format_value(value: float, kind: str) -> str:
    return values.format_for_people(value, _FIELD_KINDS[kind])
