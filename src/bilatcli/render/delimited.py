"""CSV and TSV: a header of keys, then a row a line, for scripts and spreadsheets."""

from __future__ import annotations

import csv
import io

from bilatcli.columns import ROWS
from bilatcli.render import cells
from bilatcli.text import printable
from bilatcli.views import VIEWS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.documents import Document


def render(document: Document, format: str) -> str:
    """Return the rows of a document, a line each, control characters spelt out; CSV as RFC 4180 has it.

    Which columns there are depends on the view alone, not on what was found.
    """
    rows = cells.rows(document.load(), document.rows)
    fields = document.fields
    columns = [column for column in ROWS[document.rows] if fields is None or column.key in fields]
    if fields is not None:
        columns.sort(key=lambda column: fields.index(column.key))
    elif topic := VIEWS[document.view].topic:
        columns = [column for column in columns if not column.topics or topic in column.topics]
    table = [[column.key for column in columns]]
    table += [[printable(cells.plain(row.get(column.key), column.kind)) for column in columns] for row in rows]
    if format == "csv":
        stream = io.StringIO()
        csv.writer(stream).writerows(table)
        return stream.getvalue()
    return "".join("\t".join(row) + "\n" for row in table)
