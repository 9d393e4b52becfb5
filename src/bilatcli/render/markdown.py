"""Markdown: a table to paste, its sources as footnotes, or as citations that pandoc sets."""

from __future__ import annotations

from bilatcli import urls
from bilatcli.citations import csl
from bilatcli.fields import CHANGE, ROWS
from bilatcli.render import values
from bilatcli.render.bibliography import missing_sources
from bilatcli.text import make_printable
from bilatcli.views.catalog import NEVER, VIEWS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from bilatcli.views.document import Document


def render(document: Document) -> str:
    """Return a document as a GitHub table, or sources as a numbered list.

    Facts name their sources by footnotes, which stand beneath, or by the citation keys that the document has.
    """
    loaded = document.load()
    if document.rows == "sources" and document.fields is None:
        missing = missing_sources(loaded.get("unsourced", []))
        listed = "".join(
            f"{number}. {entry(source)}\n" for number, source in enumerate(loaded["sources"], 1)
        )
        return listed + (f"\n{escaped(missing)}\n" if missing else "")
    marks = _Marks(document.keys)
    head = (
        "".join(f"{each}\n\n" for each in _head(loaded, marks))
        if document.view == "summary"
        else ""
    )
    fields = document.fields or _fields(document)
    columns = [
        column for key in fields for column in (*CHANGE, *ROWS[document.rows]) if column.key == key
    ]
    rows = values.rows(loaded, document.rows)
    lines = [
        _row(column.heading for column in columns),
        _row("---:" if c.kind == "number" else "---" for c in columns),
    ]
    lines += [_row(_cell(row.get(c.key), c.key, c.kind, marks) for c in columns) for row in rows]
    return "\n".join(
        [head + "".join(f"{line}\n" for line in lines), *marks.notes(loaded.get("sources", ()))]
    )


class _Marks:
    """How facts name their sources: by footnotes, of which it remembers which are called for, or by citation keys."""

    def __init__(self, keys: Mapping[str, str] | None) -> None:
        self._keys = keys
        self._called: set[str] = set()

    def of(self, sources: Iterable[str]) -> str:
        """Return the marks for sources, nothing where there are none."""
        if self._keys is not None:
            cited = "; ".join(f"@{self._keys[id]}" for id in sources)
            return f"[{cited}]" if cited else ""
        named = list(sources)
        self._called.update(named)
        return "".join(f"[^{id}]" for id in named)

    def notes(self, sources: Iterable[Mapping[str, Any]]) -> list[str]:
        """Return the text of the footnotes that were called for, if any."""
        called = [
            f"[^{source['id']}]: {entry(source)}\n"
            for source in sources
            if source["id"] in self._called
        ]
        return ["".join(called)] if called else []


def _head(loaded: Mapping[str, Any], marks: _Marks) -> Iterable[str]:
    """What a summary says of a pair as a whole, a paragraph each."""
    relation, outline = loaded["relation"], loaded["outline"]
    if relation is not None:
        since = (
            f" · relations since {escaped(make_printable(relation['established']))}"
            if relation["established"]
            else ""
        )
        status = f" · {escaped(make_printable(relation['status']))}" if relation["status"] else ""
        since += marks.of(relation["established_sources"])
        yield f"**{escaped(make_printable(relation['name']))}**{since}{status}{marks.of(relation['status_sources'])}"
        if relation["overview"]:
            yield escaped(make_printable(relation["overview"])) + marks.of(relation["sources"])
    if outline is not None:
        yield escaped(values.apart(outline)) + marks.of(outline["sources"])


def _fields(document: Document) -> Sequence[str]:
    """What the view's table shows, verification and id included; of a matrix, its cells."""
    if document.rows == "cells":
        return [column.key for column in ROWS["cells"]]
    if document.rows in ("relations", "names"):
        return [
            key for key, _ in VIEWS["list" if document.rows == "relations" else "resolve"].columns
        ]
    own = [
        key
        for key, own_from in VIEWS[document.view].columns or VIEWS["facts"].columns
        if own_from != NEVER
    ]
    own[:0] = ["change"] if VIEWS[document.view].group == "change" else []
    at = own.index("status") + 1
    return [*own[:at], "verification", *own[at:], "id"]


def _row(texts: Any) -> str:
    return f"| {' | '.join(texts)} |"


def _cell(value: Any, key: str, kind: str, marks: _Marks) -> str:
    if key == "sources" and isinstance(value, list):
        return marks.of(value) or values.UNKNOWN
    if key in ("URL", "archive_location") and value:
        return _link(value)
    return escaped(values.shown(value, kind))


def escaped(text: str) -> str:
    """Return text in which nothing is Markdown."""
    for character in "\\`*_[]<>|#~$@":
        text = text.replace(character, f"\\{character}")
    return text.replace("&", "&amp;")


def _link(address: str) -> str:
    """An address as a link, or as text where it had better be none."""
    target = urls.to_link(address)
    return escaped(urls.display_url(address)) if target is None else f"<{target}>"


def entry(source: Mapping[str, Any]) -> str:
    """Return a source as a list or a footnote has it."""
    when = f" ({csl.get_date(source, 'issued')})" if "issued" in source else ""
    where = f" {escaped(make_printable(outlet))}{when}." if (outlet := csl.get_outlet(source)) else when
    link = f" {_link(source['URL'])}" if "URL" in source else ""
    return f"{escaped(values.credit(source))}{where}{link}{_copy(source)}"


def _copy(source: Mapping[str, Any]) -> str:
    """Where a copy of a source is archived, if it is."""
    if "archive_location" not in source:
        return ""
    when = (
        f" {escaped(make_printable(source['custom']['archived']))}"
        if "archived" in source["custom"]
        else ""
    )
    return f" (archived{when}: {_link(source['archive_location'])})"
