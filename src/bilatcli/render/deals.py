"""The military page: one line for each arms deal, then agreements, exercises and the rest."""

from __future__ import annotations

from bilatcli.render import values
from bilatcli.render.fact_table import MIN_TABLE_WIDTH, FactTable
from bilatcli.render.layout import Column, choose_widths, lay_out_header, lay_out_row
from bilatcli.render.names import Names
from bilatcli.render.periods import format_fact_period, get_first_day
from bilatcli.render.rows import list_rows, sort_rows
from bilatcli.render.standing import find_standing
from bilatcli.render.statement import format_date, format_standing
from bilatcli.render.table_head import format_title
from bilatcli.render.terminal import DIM, HEADING, REGULAR, Text
from bilatcli.text import make_printable, plural
from bilatcli.views import VIEWS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from bilatcli.render.layout import Cell, Line
    from bilatcli.render.settings import Settings
    from bilatcli.render.sources import SourceNumbers
    from bilatcli.views.document import Document

    Loaded = Mapping[str, Any]

DEAL_KIND = "arms-transfer"
_STAGES = ("talks", "planned", "ordered", "delivered")
"""Stages of a deal, from the first to the last."""
UNKNOWN_NUMBER = "unknown"
MAX_REPORTS = 4
"""Differing reports that a folded deal names."""
OTHERS_SHARE = 3
"""The other facts, if any, get at least this part of the lines: one third."""


class Deal:
    """An arms deal: what was ordered, how far it has come, and which reports differ."""

    def __init__(self, facts: Sequence[Loaded], steps: Sequence[Loaded]) -> None:
        self.facts = facts
        self.steps = steps
        self.order = max(facts, key=_order_key)
        self.latest = max(facts, key=_latest_key)

    @property
    def sort_key(self) -> tuple[bool, bool, str]:
        """Sorts deals beyond talks first, then curated ones, then the newest."""
        is_beyond_talks = self.latest["stage"] not in (None, "talks")
        is_curated = self.order.get("coverage") in (None, "curated")
        return is_curated, is_beyond_talks, get_first_day(self.latest) or get_first_day(self.order)

    def list_differing(self) -> list[str]:
        """Return the figures of uncertain steps that differ from those of the deal, each once."""
        own = {format_figures(self.order), format_figures(self.latest)}
        shown = (self.order["id"], self.latest["id"])
        reports: dict[str, None] = {}
        for step in self.steps:
            if step["id"] in shown or "disputed" not in find_standing(step):
                continue
            figures = format_figures(step)
            stage = f"{step['stage']} " if step["stage"] not in ("ordered", None) else ""
            if figures and figures not in own:
                reports[f"{stage}{figures}"] = None
            elif not figures and stage == "":
                reports[UNKNOWN_NUMBER] = None
        return sorted(reports, key=_report_key)


def _report_key(report: str) -> tuple[bool, bool, str]:
    """Sort quantities first, then other figures, and unknown ones last."""
    return report == UNKNOWN_NUMBER, not report[0].isdigit(), report


def _stage_rank(fact: Loaded) -> int:
    return _STAGES.index(fact["stage"]) if fact["stage"] in _STAGES else -1


def _order_key(fact: Loaded) -> tuple[bool, bool, bool, bool, str]:
    """Prefer what holds, has figures, is a headline, and is an order."""
    has_figures = fact["quantity"] is not None or fact["value_usd"] is not None
    return (
        fact["status"] == "current",
        has_figures,
        fact["stage"] == "ordered",
        bool(fact.get("headline")),
        get_first_day(fact),
    )


def _latest_key(fact: Loaded) -> tuple[bool, int, bool, str]:
    """Prefer what is not disputed, the last stage, and what holds."""
    is_accepted = fact["status"] not in ("disputed", "superseded") and not fact.get("retracted")
    return is_accepted, _stage_rank(fact), fact["status"] == "current", get_first_day(fact)


def format_figures(step: Loaded) -> str:
    """Return the quantity and the value of a step, as far as they are known."""
    figures = [f"{step['quantity']:,}"] if step["quantity"] is not None else []
    figures += [values.format_money(step["value_usd"])] if step["value_usd"] is not None else []
    return " for ".join(figures)


def list_deals(facts: Iterable[Loaded], chains: Iterable[Loaded]) -> list[Deal]:
    """Return the deals among facts: those of a chain, or on one system, are one deal."""
    groups: dict[tuple[str, str], list[Loaded]] = {}
    for fact in facts:
        if fact["kind"] == DEAL_KIND and (fact["chain"] or fact["system"]):
            name = fact["chain"] or fact["system"].casefold()
            groups.setdefault((fact["relation"], name), []).append(fact)
    steps = {(chain["relation"], chain["name"]): chain["steps"] for chain in chains}
    deals = [Deal(group, steps.get(key, group)) for key, group in groups.items()]
    return sorted(deals, key=lambda deal: deal.sort_key, reverse=True)


def format_direction(fact: Loaded, names: Names) -> str:
    """Return `supplier → recipient`, or the actors if the supplier is unknown."""
    supplier, recipient = (_as_list(fact.get(key)) for key in ("supplier", "recipient"))
    if supplier and recipient:
        return f"{names.countries(supplier)} → {names.countries(recipient)}"
    if fact.get("coverage") not in (None, "curated") and fact["actors"] and fact["toward"]:
        return f"{names.countries(fact['actors'])} → {names.countries(fact['toward'])}"
    return names.relation(fact["relation"])


def _as_list(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else value or []


def render_military(document: Document, loaded: Loaded, settings: Settings) -> Iterator[Line]:
    """Yield the deals, one line each with differing reports below, then the other facts."""
    names = Names(loaded)
    order = list(list_rows(loaded, VIEWS[document.view], names))
    deals = list_deals(loaded["facts"], loaded.get("chains", ()))
    in_deals = {fact["id"] for deal in deals for fact in deal.facts}
    others = [row for row in order if row.fact["id"] not in in_deals]
    table = FactTable(
        document,
        loaded,
        settings,
        order=others,
        rows=sort_rows(others, VIEWS[document.view], settings),
    )
    head: list[Line] = [format_title(loaded, "military"), ""]
    yield from head
    room = settings.max_lines and settings.max_lines - len(head)
    lines: list[Line] = []
    if deals:
        max_lines = room and room - (max(10, room // OTHERS_SHARE) if others else 5)
        is_unfolded = bool(loaded["query"]["all"])
        register = DealRegister(deals, table.numbers, names, settings)
        lines = register.lay_out(max_lines, is_unfolded=is_unfolded)
        table.facts_above = [deal.order for deal in register.shown]
        yield from lines
    if others:
        if lines:
            yield ""
        yield from table.render(room and room - len(lines) - 1)
    else:
        yield from table.list_foot([deal.order for deal in deals], loaded["facts"])


_HEADINGS = ("Date", "From → to", "System", "Number", "Value", "Latest")
_DIRECTION, _NUMBERS = 1, (3, 4)
_MAX_WIDTHS = {0: 13, _DIRECTION: 40, 2: 28}
"""Maximum width of a column, in characters, by its place."""


class DealRegister:
    """The table of deals."""

    def __init__(
        self, deals: Sequence[Deal], numbers: SourceNumbers, names: Names, settings: Settings
    ) -> None:
        self.deals = deals
        self.numbers = numbers
        self.names = names
        self.settings = settings
        self.shown: list[Deal] = []
        self.directions = [format_direction(deal.order, names) for deal in deals]

    def lay_out(self, max_lines: int | None, *, is_unfolded: bool) -> list[Line]:
        """Return at most `max_lines` lines of the table; the last one counts the deals left out."""
        is_one_way = len(set(self.directions)) == 1
        count = self.numbers.count
        pairs = list(zip(self.deals, self.directions, strict=True))
        cells = [self._list_cells(deal, direction) for deal, direction in pairs]
        self.numbers.keep(count)
        kept = [
            index
            for index in range(len(_HEADINGS))
            if (index != _DIRECTION or not is_one_way) and any(row[index] for row in cells)
        ]
        columns = self._make_columns(kept)
        rows = [self._join_cells(row, kept) for row in cells]
        widths = choose_widths(columns, rows, self.settings.width)
        title = f"Arms: {self.directions[0]}" if is_one_way else "Arms"
        lines: list[Line] = [Text(title, style=HEADING)]
        lines += lay_out_header(columns, widths, HEADING) if self.is_table else []
        for number, (deal, direction) in enumerate(pairs):
            row = self._join_cells(self._list_cells(deal, direction), kept)
            added = lay_out_row(row, columns, widths)
            added += self._unfold(deal) if is_unfolded else self._fold(deal)
            if max_lines and number and len(lines) + len(added) + 1 > max_lines:
                more = plural(len(self.deals) - number, "more deal")
                lines.append(Text(f"{more}: --all-rows", style=DIM))
                break
            lines += added
            self.shown.append(deal)
        return lines

    @property
    def is_table(self) -> bool:
        """True if the screen is wide enough for columns; else each deal is a paragraph."""
        return self.settings.width >= MIN_TABLE_WIDTH

    def _make_columns(self, kept: Sequence[int]) -> list[Column]:
        """Return the columns of the cells that are kept."""
        if not self.is_table:
            return [Column(max_width=13), Column(is_wide=True)]
        return [
            Column(_HEADINGS[index], is_right=index in _NUMBERS, is_unbroken=index in _NUMBERS)
            if index not in _MAX_WIDTHS
            else Column(_HEADINGS[index], max_width=_MAX_WIDTHS[index])
            for index in kept
        ]

    def _join_cells(self, cells: Sequence[Cell], kept: Sequence[int]) -> list[Cell]:
        """Return the cells that are kept; on a narrow screen all but the date are one paragraph."""
        if self.is_table:
            return [cells[index] for index in kept]
        rest = [cells[index] for index in kept if index > 0 and cells[index]]
        parts = [Text(cell) if isinstance(cell, str) else cell for cell in rest]
        return [cells[0], Text(" · ").join(parts)]

    def _list_cells(self, deal: Deal, direction: str) -> list[Cell]:
        """Return the cells of a deal; its standing and its sources follow the latest stage."""
        order, latest = deal.order, deal.latest
        quantity = order["quantity"]
        money = order["value_usd"]
        return [
            format_date(order),
            direction,
            make_printable(order["system"] or order["chain"] or ""),
            "" if quantity is None else f"{quantity:,}",
            "" if money is None else values.format_money(money),
            self._format_latest(order, latest),
        ]

    def _format_latest(self, order: Loaded, latest: Loaded) -> Text:
        parts = [values.format_word(latest["stage"] or "reported")]
        if latest["quantity"] is not None and latest["quantity"] != order["quantity"]:
            parts.append(f"{latest['quantity']:,}")
        text = Text(" ".join(parts))
        when = make_printable(format_fact_period(latest))
        if latest is not order and when:
            text.append(f", {when}")
        for part in (
            self.numbers.mark_first(list(dict.fromkeys([*order["sources"], *latest["sources"]]))),
            format_standing(order),
        ):
            if part and not self.settings.is_brief:
                text.append(" ").append_text(part)
        return text

    def _fold(self, deal: Deal) -> list[Line]:
        """Return a line on differing reports and earlier steps, if there are any."""
        differing = deal.list_differing()
        parts = []
        if differing:
            named = ", ".join(differing[:MAX_REPORTS])
            rest = ", …" if len(differing) > MAX_REPORTS else ""
            parts.append(f"+{plural(len(differing), 'differing report')}: {named}{rest}")
        shown = len({deal.order["id"], deal.latest["id"]}) + len(differing)
        if len(deal.steps) > shown:
            parts.append(f"+{plural(len(deal.steps) - shown, 'earlier step')}, see --all")
        if not parts or self.settings.is_brief:
            return []
        text = f"({'; '.join(parts)})"
        columns = [Column(is_unbroken=True), Column(is_wide=True)]
        row: list[Cell] = ["  ", Text(text, style=DIM)]
        return lay_out_row(row, columns, [2, self.settings.width - 4])

    def _unfold(self, deal: Deal) -> list[Line]:
        """Return all steps of a deal, from the first to the last."""
        columns = [Column(), Column(max_width=13), Column(is_wide=True)]
        rows: list[list[Cell]] = []
        for fact in sorted(deal.facts, key=get_first_day):
            stage = " ".join(filter(None, (fact["stage"], format_figures(fact))))
            text = Text(f"{stage}: " if stage else "", style=HEADING)
            text.append(make_printable(fact["text"]), style=REGULAR)
            for part in (self.numbers.mark(fact["sources"]), format_standing(fact)):
                if part:
                    text.append(" ", style=REGULAR).append_text(part)
            rows.append(["", format_date(fact), text])
        widths = choose_widths(columns, rows, self.settings.width)
        return [line for row in rows for line in lay_out_row(row, columns, widths)]
