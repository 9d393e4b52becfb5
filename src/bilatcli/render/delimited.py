"""CSV and TSV: a header of keys, then one line per row, for scripts and spreadsheets."""

from __future__ import annotations

import csv
import io

from bilatcli.render import values
from bilatcli.render.columns import machine_columns_for
from bilatcli.text import make_printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from bilatcli.fields import Field
    from bilatcli.views.document import Document

_FORMULA_STARTS = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
"""How a cell begins that a spreadsheet runs as a formula, in full-width forms too."""
_SAFE_KINDS = frozenset(("boolean", "csl-date", "date", "day", "money", "number", "share"))
"""Kinds of values that a spreadsheet cannot run: numbers and dates."""


def render_delimited(document: Document, format: str, *, is_raw: bool = False) -> str:
    """Return the rows of a document as CSV (RFC 4180) or TSV, control characters escaped.

    A text that a spreadsheet would run as a formula gets an apostrophe before it, unless `is_raw`.
    """
    columns = machine_columns_for(document)
    format_cell = _format_raw if is_raw else _format_protected
    table = [[column.key for column in columns]]
    rows = values.get_rows(document.load(), document.rows)
    table += [[format_cell(row.get(column.key), column) for column in columns] for row in rows]
    if format == "csv":
        stream = io.StringIO()
        csv.writer(stream).writerows(table)
        return stream.getvalue()
    return "".join("\t".join(row) + "\n" for row in table)


def _format_raw(value: Any, column: Field) -> str:
    return make_printable(values.format_for_machines(value, column.kind))


def _format_protected(value: Any, column: Field) -> str:
    """Return a cell that every spreadsheet takes for text.

    A tab or line end cannot come first, because it is escaped. Quotation marks can: a spreadsheet
    removes them from a cell of TSV and would run what is between them.
    """
    text = _format_raw(value, column)
    if column.kind not in _SAFE_KINDS and text.lstrip('"')[:1] in _FORMULA_STARTS:
        return f"'{text}"
    return text
