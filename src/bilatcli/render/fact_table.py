"""A table of facts: in sections if it fits the screen, else the newest facts, as many as fit."""

from __future__ import annotations

from bilatcli.fields import FIELDS
from bilatcli.render import foot, table_head
from bilatcli.render.columns import columns_for, detail_columns_for
from bilatcli.render.layout import choose_widths, lay_out_header, lay_out_row
from bilatcli.render.names import Names
from bilatcli.render.rows import group_rows, list_rows, sort_rows
from bilatcli.render.sources import SourceNumbers
from bilatcli.render.statement import format_date, format_details, format_statement, format_value
from bilatcli.render.terminal import DIM, HEADING, Text, make_columns
from bilatcli.views import VIEWS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from bilatcli.fields import Field
    from bilatcli.render.layout import Cell, Line
    from bilatcli.render.rows import Row
    from bilatcli.render.settings import Settings
    from bilatcli.views import View
    from bilatcli.views.document import Document

    Loaded = Mapping[str, Any]

MIN_TABLE_WIDTH = 60
"""Width, in characters, below which a table becomes a list."""
MIN_SHARE = 0.5
"""Share of the rows that must have a value of a further field for it to have a column."""
MAX_DATE_WIDTH = 13
"""Width of the column of dates, in characters, above which periods wrap."""
MIN_ROWS = 1
"""Rows that are shown, however low the screen is."""

_DATE, _STATEMENT = (
    next(field for field in FIELDS["facts"] if field.key == key) for key in ("date", "text")
)
_IN_STATEMENT = (
    *("date", "text", "status", "sources", "topic", "relation"),
    *("issue", "holder", "position", "measure"),
)
"""Fields that the date, the statement or its label show, or that say the same in other words."""
_DETAILS_ONLY = ("favours", "stage")
"""Fields that are details at every width: a column of the same words tells little."""
MAX_INLINE_DETAILS = 24
"""Length of details, in characters, up to which they are on the line of the statement."""


class FactTable:
    """A table of facts, and the sources and words that its foot explains.

    `order` are all rows in the order of the document, `rows` those to show, the most important
    first. Both are all facts of the document by default. `facts_above` are facts that the page
    shows above the table: the foot explains their words of doubt too.
    """

    def __init__(
        self,
        document: Document,
        loaded: Loaded,
        settings: Settings,
        *,
        order: list[Row] | None = None,
        rows: list[Row] | None = None,
    ) -> None:
        self.view: View = VIEWS[document.view]
        self.settings = settings
        self.names = Names(loaded)
        self.numbers = SourceNumbers(loaded["sources"], is_hidden=settings.sources == "none")
        self.order = list(list_rows(loaded, self.view, self.names)) if order is None else order
        self.rows = sort_rows(self.order, self.view, settings) if rows is None else rows
        self.hits = {match["fact"]: match["spans"] for match in loaded.get("matches", ())}
        self.facts_above: list[Loaded] = []
        self._choose_fields(document)

    def _choose_fields(self, document: Document) -> None:
        """Choose the fields that have a column, and those that are details of a statement."""
        sample = self.rows[: self.settings.height or None]
        declared = columns_for(document, self.settings.width)
        is_list = self.settings.width < MIN_TABLE_WIDTH
        self.fields = [] if is_list else [each for each in declared if _has_column(each, sample)]
        self.details = [
            field
            for field in (*declared, *detail_columns_for(document, declared))
            if field not in self.fields and field.key not in _IN_STATEMENT
        ]

    def render(self, room: int | None) -> Iterator[Line]:
        """Yield the lines of the table and its foot, as many as `room` has (None: all)."""
        if self.view.group == "year" and self.settings.is_screen:
            rows = group_rows(self.rows, self.rows)
        else:
            rows = self.rows if self.view.is_ranked else group_rows(self.rows, self.order)
        if room is None:
            yield from self._lay_out(rows, None)
            return
        if len(rows) <= room:
            lines = list(self._lay_out(rows, None))
            if len(lines) <= room:
                yield from lines
                return
            self.numbers.keep(0)
        yield from self._lay_out(self.rows, room)

    def _lay_out(self, rows: Sequence[Row], room: int | None) -> Iterator[Line]:
        """Yield rows, in sections if all are shown, and the foot.

        With `room` there is a label instead of a section, and only as many rows as fit.
        """
        columns = make_columns([_DATE, *self.fields, _STATEMENT])
        columns[0].is_unbroken, columns[0].max_width = False, MAX_DATE_WIDTH
        count = self.numbers.count
        cells = [self._format_row(row, room) for row in rows[: room and room // 2]]
        self.numbers.keep(count)
        widths = choose_widths(columns, cells, self.settings.width)
        lines: list[Line] = lay_out_header(columns, widths, HEADING) if self.fields else []
        shown: list[Loaded] = []
        section = ""
        for row in rows:
            count = self.numbers.count
            added = lay_out_row(self._format_row(row, room), columns, widths)
            if room is not None and len(shown) >= MIN_ROWS:
                foot_lines = self.list_foot([*shown, row.fact])
                if len(lines) + len(added) + len(foot_lines) > room:
                    self.numbers.keep(count)
                    break
            if room is None and row.section != section:
                lines += [""] if section else []
                lines.append(Text(row.section.upper(), style=HEADING, no_wrap=True))
                section = row.section
            lines += added
            shown.append(row.fact)
        yield from lines
        yield from self.list_foot(shown)

    def list_foot(
        self, shown: Sequence[Loaded], facts: Sequence[Loaded] | None = None
    ) -> list[Line]:
        """Return the foot of a table that shows some of the facts (default: of its rows)."""
        is_newest_first = (
            self.settings.is_screen and not self.view.is_ranked and not self.settings.is_sorted
        )
        return foot.list_foot(
            shown,
            [row.fact for row in self.order] if facts is None else facts,
            self.view.noun,
            self.numbers,
            self.settings,
            facts_above=self.facts_above,
            is_newest_first=is_newest_first,
        )

    def _format_row(self, row: Row, room: int | None) -> list[Cell]:
        """Return the cells of a row; with limited `room` it has no details."""
        label = row.full_label if room is not None or not row.section else row.label
        statement = format_statement(
            row.fact,
            self.numbers,
            self.settings,
            label=label[:1].upper() + label[1:],
            hits=self.hits.get(row.fact["id"], ()),
            is_short=room is not None,
        )
        if room is None and not self.settings.is_brief:
            details = format_details(row.fact, self.details, self.names)
            if details:
                separator = " · " if len(details) <= MAX_INLINE_DETAILS else "\n"
                statement.append(f"{separator}{details}", style=DIM)
        values = [format_value(row.fact, field, self.names) for field in self.fields]
        return [format_date(row.fact), *values, statement]


def _has_column(field: Field, rows: Sequence[Row]) -> bool:
    """Return True if a further field has a column of its own: enough rows have a value."""
    is_shown_otherwise = field.key in (*_IN_STATEMENT, *_DETAILS_ONLY) and field.key != "measure"
    if is_shown_otherwise or not rows:
        return False
    known = sum(row.fact.get(field.key) not in (None, [], {}) for row in rows)
    return known >= MIN_SHARE * len(rows)


def render_facts(document: Document, loaded: Loaded, settings: Settings) -> Iterator[Line]:
    """Yield a page of facts: title, chart, table, sources and what was left out."""
    head: list[Line] = [table_head.format_title(loaded, VIEWS[document.view].name), ""]
    if "changes" in loaded:
        head.insert(1, table_head.count_changes(loaded))
    if document.has_chart:
        head += table_head.render_chart(loaded, settings.width)
    yield from head
    room = settings.max_lines
    yield from FactTable(document, loaded, settings).render(room and room - len(head))
