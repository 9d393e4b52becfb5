"""The page of stances: who favours whom on what, then the newest stance of each holder."""

from __future__ import annotations

from bilatcli.render.fact_table import FactTable
from bilatcli.render.layout import Column, choose_widths, lay_out_row
from bilatcli.render.names import Names
from bilatcli.render.periods import format_fact_period, get_first_day
from bilatcli.render.rows import Row, list_rows
from bilatcli.render.table_head import format_title
from bilatcli.render.terminal import DIM, HEADING, Text
from bilatcli.text import make_printable, plural
from bilatcli.views import VIEWS
from bilatcli.views.stance_counts import count_stances

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from bilatcli.render.layout import Cell, Line
    from bilatcli.render.settings import Settings
    from bilatcli.views.document import Document

    Loaded = Mapping[str, Any]

NO_SIDE = "takes no side"
MIN_NEWEST_LINES = 9
"""Lines that are kept for the newest stances, however many positions there are."""


class Position:
    """The stances of a holder on an issue.

    The `cell` says whom it favours today, by facts of all relations; None if no stance is current.
    """

    def __init__(self, rows: Sequence[Row], cell: Loaded | None, names: Names) -> None:
        self.rows = sorted(rows, key=lambda row: _newest_key(row.fact), reverse=True)
        facts = [row.fact for row in self.rows]
        self.current = [fact for fact in facts if fact["status"] == "current"]
        self.newest = self.rows[0].fact
        self.holder: str = names.country(self.newest["holder"])
        self.issue: str = names.issue(self.newest["issue"])
        self.is_held = cell is not None
        self.side = _format_side(cell or _make_cell(facts[0]), names)

    @property
    def count(self) -> Text:
        """How many stances there are, and the date of the newest one."""
        facts = self.current or [row.fact for row in self.rows]
        was = "" if self.is_held else "formerly, "
        when = make_printable(format_fact_period(self.newest))
        latest = f", latest {when}" if count_stances(facts) > 1 else f", {when}"
        count = plural(count_stances(facts), "stance")
        return Text(f"{was}{count}{latest if when else ''}", style=DIM)


def _newest_key(fact: Loaded) -> tuple[bool, str]:
    return fact["status"] == "current", get_first_day(fact) or fact["as_of"] or ""


def _make_cell(fact: Loaded) -> Loaded:
    """Return the position that a single stance records."""
    sides = {key: [fact[key]] if fact[key] else [] for key in ("favours", "against")}
    return {"holder": fact["holder"], **sides}


def _format_side(cell: Loaded, names: Names) -> str:
    """Return whom a position favours, or else whom it is against."""
    if cell["favours"] == [cell["holder"]]:
        return "favours itself"
    if cell["favours"]:
        return f"favours {names.countries(cell['favours'])}"
    against = names.countries(cell["against"])
    return f"opposes {against}" if against else NO_SIDE


def render_stances(document: Document, loaded: Loaded, settings: Settings) -> Iterator[Line]:
    """Yield the position of each holder with count and date, then its newest stance.

    All stances follow if the settings ask for all of them, or if the output is not a screen.
    """
    names = Names(loaded)
    order = list(list_rows(loaded, VIEWS[document.view], names))
    positions = list_positions(order, loaded["positions"], names)
    yield from (format_title(loaded, "stances"), "")
    room = settings.max_lines and settings.max_lines - 2
    lines: list[Line] = []
    blocks = _lay_out_positions(positions, settings)
    for number, block in enumerate(blocks):
        if room and number and len(lines) + len(block) > room - MIN_NEWEST_LINES:
            lines.append(Text(f"{len(blocks) - number} more: --all-rows", style=DIM))
            break
        lines += block
    yield from (*lines, "")
    rows = [position.rows[0] for position in positions] if room else None
    table = FactTable(document, loaded, settings, order=order, rows=rows)
    yield from table.render(room and room - len(lines) - 1)


def list_positions(rows: Sequence[Row], cells: Sequence[Loaded], names: Names) -> list[Position]:
    """Return the positions that rows show: taken sides first, then those with most stances."""
    held = {(cell["issue"], cell["holder"]): cell for cell in cells}
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.fact["issue"], row.fact["holder"]), []).append(row)
    positions = [Position(group, held.get(key), names) for key, group in groups.items()]
    weights: dict[str, int] = {}
    for position in positions:
        weights[position.side] = weights.get(position.side, 0) + len(position.current)
    return sorted(
        positions,
        key=lambda each: (
            not each.is_held,
            each.side == NO_SIDE,
            -weights[each.side],
            each.side,
            -len(each.current),
            each.holder,
        ),
    )


def _lay_out_positions(positions: Sequence[Position], settings: Settings) -> list[list[Line]]:
    """Return the lines of each holder that takes a side, with the issues if there are several."""
    has_issues = len({position.issue for position in positions}) > 1
    groups: dict[tuple[str, str, bool], list[Position]] = {}
    for position in positions:
        key = (position.holder, position.side, position.is_held)
        groups.setdefault(key, []).append(position)
    rows: list[tuple[Cell, Cell, Cell]] = []
    for (holder, side, _), group in groups.items():
        issues = Text("; ").join(
            Text(f"{position.issue}: ").append_text(position.count)
            if has_issues
            else position.count
            for position in group
        )
        rows.append((holder, Text(side, style=HEADING if side != NO_SIDE else ""), issues))
    columns = (Column(is_unbroken=True), Column(is_unbroken=True), Column(is_wide=True))
    widths = choose_widths(columns, rows, settings.width)
    return [lay_out_row(row, columns, widths) for row in rows]
