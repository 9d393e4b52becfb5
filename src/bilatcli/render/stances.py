"""The page of stances: who favours whom on what, then the newest stance of each holder."""

from __future__ import annotations

from bilatcli.render.fact_table import FactTable
from bilatcli.render.layout import Column, lay_out_table
from bilatcli.render.names import Names
from bilatcli.render.periods import format_fact_period, get_first_day
from bilatcli.render.rows import Row, list_rows
from bilatcli.render.table_head import format_title
from bilatcli.render.terminal import DIM, HEADING, Text
from bilatcli.text import make_printable, plural
from bilatcli.views import VIEWS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from bilatcli.render.layout import Line
    from bilatcli.render.settings import Settings
    from bilatcli.views.document import Document

    Loaded = Mapping[str, Any]

NO_SIDE = "takes no side"
MIN_NEWEST_LINES = 8
"""Lines that are kept for the newest stances, however many positions there are."""


class Position:
    """The stances of a holder on an issue; the current ones decide whom it favours."""

    def __init__(self, rows: Sequence[Row], names: Names) -> None:
        self.rows = sorted(rows, key=lambda row: _newest_key(row.fact), reverse=True)
        facts = [row.fact for row in self.rows]
        self.current = [fact for fact in facts if fact["status"] == "current"]
        self.newest = self.rows[0].fact
        self.holder: str = names.country(self.newest["holder"])
        self.issue: str = names.issue(self.newest["issue"])
        self.side = _format_side(self.current or facts[:1], names)

    @property
    def count(self) -> Text:
        """How many stances there are, and the date of the newest one."""
        facts = self.current or [row.fact for row in self.rows]
        was = "" if self.current else "formerly, "
        when = make_printable(format_fact_period(self.newest))
        latest = f", latest {when}" if len(facts) > 1 else f", {when}"
        return Text(f"{was}{plural(len(facts), 'stance')}{latest if when else ''}", style=DIM)


def _newest_key(fact: Loaded) -> tuple[bool, str]:
    return fact["status"] == "current", get_first_day(fact) or fact["as_of"] or ""


def _format_side(facts: Sequence[Loaded], names: Names) -> str:
    """Return whom stances favour, or else whom they are against."""
    favoured = sorted({fact["favours"] for fact in facts if fact["favours"]})
    if favoured == [facts[0]["holder"]]:
        return "favours itself"
    if favoured:
        return f"favours {names.countries(favoured)}"
    against = sorted({fact["against"] for fact in facts if fact["against"]})
    return f"opposes {names.countries(against)}" if against else NO_SIDE


def render_stances(document: Document, loaded: Loaded, settings: Settings) -> Iterator[Line]:
    """Yield the position of each holder with count and date, then its newest stance.

    All stances follow if the settings ask for all of them, or if no screen is too low for them.
    """
    names = Names(loaded)
    order = list(list_rows(loaded, VIEWS[document.view], names))
    positions = list_positions(order, names)
    title = format_title(loaded, "stances")
    yield from (title, "")
    room = settings.max_lines and settings.max_lines - 2
    lines = list(_lay_out_positions(positions, settings))
    if room and len(lines) > room - MIN_NEWEST_LINES:
        lines = lines[: max(1, room - MIN_NEWEST_LINES - 1)]
        lines.append(Text(f"{len(positions) - len(lines)} more: --all-rows", style=DIM))
    yield from (*lines, "")
    rows = [position.rows[0] for position in positions] if room else None
    table = FactTable(document, loaded, settings, order=order, rows=rows)
    yield from table.render(room and room - len(lines) - 1)


def list_positions(rows: Sequence[Row], names: Names) -> list[Position]:
    """Return the positions that rows show: taken sides first, then those with most stances."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.fact["issue"], row.fact["holder"]), []).append(row)
    positions = [Position(group, names) for group in groups.values()]
    weights: dict[str, int] = {}
    for position in positions:
        weights[position.side] = weights.get(position.side, 0) + len(position.current)
    return sorted(
        positions,
        key=lambda each: (
            not each.current,
            each.side == NO_SIDE,
            -weights[each.side],
            each.side,
            -len(each.current),
            each.holder,
        ),
    )


def _lay_out_positions(positions: Sequence[Position], settings: Settings) -> Iterator[Line]:
    """Yield a line for each position; the issue has a column if there are several."""
    has_issues = len({position.issue for position in positions}) > 1
    columns = [Column(is_unbroken=True), Column(), Column()]
    rows: list[list[str | Text]] = []
    for position in positions:
        side = Text(position.side, style=HEADING if position.side != NO_SIDE else "")
        rows.append([position.holder, side])
        if has_issues:
            rows[-1].append(f"on {position.issue}")
        rows[-1].append(position.count)
    columns += [Column()] if has_issues else []
    yield from lay_out_table(columns, rows, width=settings.width)
