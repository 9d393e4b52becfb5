"""CSV and TSV: a header of keys, then a row a line, for scripts and spreadsheets."""

from __future__ import annotations

import csv
import io

from bilatcli.fields import CHANGE, ROWS
from bilatcli.render import values
from bilatcli.text import printable
from bilatcli.views.catalog import VIEWS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from bilatcli.fields import Column
    from bilatcli.views.document import Document

_RUN = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
"""What a cell begins with that a spreadsheet runs, the wide forms of East Asian ones included."""
_INERT = frozenset(("csl-date", "date", "money", "number", "share", "truth"))
"""Columns that hold numbers and dates, of which nothing is run."""


def render(document: Document, format: str, *, is_raw: bool = False) -> str:
    """Return the rows of a document, a line each, control characters spelt out; CSV as RFC 4180 has it.

    Which columns there are depends on the view alone, not on what was found. A text that a spreadsheet would run gets
    an apostrophe before it, unless `is_raw`.
    """
    rows = values.rows(document.load(), document.rows)
    fields = document.fields
    columns = [column for column in ROWS[document.rows] if fields is None or column.key in fields]
    if fields is not None:
        columns.sort(key=lambda column: fields.index(column.key))
    elif topic := VIEWS[document.view].topic:
        columns = [column for column in columns if not column.topics or topic in column.topics]
    elif VIEWS[document.view].group == "change":
        columns = [*CHANGE, *columns]
    table = [[column.key for column in columns]]
    spell = _plain if is_raw else _inert
    table += [[spell(row.get(column.key), column) for column in columns] for row in rows]
    if format == "csv":
        stream = io.StringIO()
        csv.writer(stream).writerows(table)
        return stream.getvalue()
    return "".join("\t".join(row) + "\n" for row in table)


def _plain(value: Any, column: Column) -> str:
    return printable(values.plain(value, column.kind))


def _inert(value: Any, column: Column) -> str:
    """A cell that every spreadsheet takes for text.

    A tab or line end cannot come first, for it is spelt out. Quotation marks may: a spreadsheet takes them off a cell
    of TSV, and would run what is between them.
    """
    text = _plain(value, column)
    return f"'{text}" if column.kind not in _INERT and text.lstrip('"')[:1] in _RUN else text
