"""Markdown: a table to paste, its sources numbered beneath."""

from __future__ import annotations

from bilatcli.columns import ROWS
from bilatcli.render import cells
from bilatcli.text import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from bilatcli.documents import Document

_DEFAULT = {
    "facts": ("date", "text", "status", "verification", "sources"),
    "sources": ("title", "container-title", "publisher", "issued", "URL"),
    "relations": ("id", "name", "status", "facts", "sources", "newest"),
}


def render(document: Document) -> str:
    """Return a document as one GitHub table; facts are followed by the sources that their numbers stand for."""
    loaded = document.load()
    fields = document.fields or _DEFAULT[document.rows]
    columns = [column for key in fields for column in ROWS[document.rows] if column.key == key]
    numbered = cells.numbers(loaded)
    lines = [_row(column.heading for column in columns), _row("---:" if c.kind == "number" else "---" for c in columns)]
    lines += [_row(_cell(row.get(c.key), c.key, c.kind, numbered) for c in columns) for row in loaded[document.rows]]
    if document.rows == "facts" and "sources" in fields:
        lines += ["", *(f"{number}. {_source(each)}" for number, each in cells.used(loaded))]
    return "\n".join(lines) + "\n"


def _row(texts: Any) -> str:
    return f"| {' | '.join(texts)} |"


def _cell(value: Any, key: str, kind: str, numbered: Mapping[str, int]) -> str:
    if key == "sources" and isinstance(value, list):
        return ", ".join(str(numbered[id]) for id in value) or cells.UNKNOWN
    if key == "URL" and value:
        return _link(value)
    return _escaped(cells.shown(value, kind))


def _escaped(text: str) -> str:
    for character in "\\`*_[]<>|#~$":
        text = text.replace(character, f"\\{character}")
    return text.replace("&", "&amp;")


def _link(address: str) -> str:
    escaped = printable(address)
    for character in "<>|\\":
        escaped = escaped.replace(character, f"%{ord(character):02X}")
    return f"<{escaped}>"


def _source(source: Mapping[str, Any]) -> str:
    where = f" {_escaped(printable(outlet))}." if (outlet := cells.outlet(source)) else ""
    when = f" {cells.csl_date(source['issued'])}." if "issued" in source else ""
    link = f" {_link(source['URL'])}" if "URL" in source else ""
    return f"{_escaped(cells.credit(source))}{where}{when}{link}"
