"""Markdown: a table to paste, its sources numbered beneath."""

from __future__ import annotations

from bilatcli.citations import missing_sources
from bilatcli.columns import CHANGE, ROWS
from bilatcli.render import cells
from bilatcli.text import printable
from bilatcli.views import NEVER, VIEWS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from bilatcli.documents import Document


def render(document: Document) -> str:
    """Return a document as a GitHub table, or sources as a numbered list.

    Facts are followed by the sources that their numbers stand for.
    """
    loaded = document.load()
    if document.rows == "sources" and document.fields is None:
        missing = missing_sources(loaded.get("unsourced", []))
        return _listed(enumerate(loaded["sources"], 1)) + (f"\n{_escaped(missing)}\n" if missing else "")
    fields = document.fields or _fields(document)
    columns = [column for key in fields for column in (*CHANGE, *ROWS[document.rows]) if column.key == key]
    numbered, rows = cells.numbers(loaded), cells.rows(loaded, document.rows)
    lines = [_row(column.heading for column in columns), _row("---:" if c.kind == "number" else "---" for c in columns)]
    lines += [_row(_cell(row.get(c.key), c.key, c.kind, numbered) for c in columns) for row in rows]
    table = "".join(f"{line}\n" for line in lines)
    return f"{table}\n{_listed(cells.used(loaded))}" if document.rows == "facts" and "sources" in fields else table


def _fields(document: Document) -> Sequence[str]:
    """What the view's table shows, verification and id included; of a matrix, its cells."""
    if document.rows == "cells":
        return [column.key for column in ROWS["cells"]]
    if document.rows in ("relations", "names"):
        return [key for key, _ in VIEWS["list" if document.rows == "relations" else "resolve"].columns]
    own = [key for key, own_from in VIEWS[document.view].columns or VIEWS["facts"].columns if own_from != NEVER]
    own[:0] = ["change"] if VIEWS[document.view].group == "change" else []
    at = own.index("status") + 1
    return [*own[:at], "verification", *own[at:], "id"]


def _listed(sources: Iterable[tuple[int, Mapping[str, Any]]]) -> str:
    return "".join(f"{number}. {_source(source)}\n" for number, source in sources)


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
    when = f" ({cells.csl_date(source['issued'])})" if "issued" in source else ""
    where = f" {_escaped(printable(outlet))}{when}." if (outlet := cells.outlet(source)) else when
    link = f" {_link(source['URL'])}" if "URL" in source else ""
    return f"{_escaped(cells.credit(source))}{where}{link}"
