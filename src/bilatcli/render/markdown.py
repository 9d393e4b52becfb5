"""Markdown: a table to paste, with its sources as footnotes or as citations for pandoc."""

from __future__ import annotations

from bilatcli import urls
from bilatcli.citations import csl
from bilatcli.fields import CHANGE_FIELDS, FIELDS
from bilatcli.render import values
from bilatcli.render.bibliography import missing_sources_message
from bilatcli.render.columns import columns_for
from bilatcli.text import make_printable
from bilatcli.views import VIEWS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from bilatcli.fields import Field
    from bilatcli.views.document import Document

_SPECIAL_CHARACTERS = "\\`*_[]<>|#~$@"


def render_markdown(document: Document) -> str:
    """Return a document as a GitHub table, or its sources as a numbered list.

    Facts cite their sources by footnotes, which follow the table, or by the citation keys of the
    document.
    """
    loaded = document.load()
    if document.rows == "sources" and document.fields is None:
        return _format_list(loaded)
    citations = _Citations(document.keys)
    head = _format_head(loaded, citations) if document.view == "summary" else ()
    paragraphs = "".join(f"{each}\n\n" for each in head)
    columns = _choose_columns(document)
    lines = [
        format_row(column.heading for column in columns),
        format_row(format_divider(column) for column in columns),
    ]
    lines += [
        format_row(_format_cell(row, column, citations) for column in columns)
        for row in values.get_rows(loaded, document.rows)
    ]
    table = "".join(f"{line}\n" for line in lines)
    return f"{paragraphs}{table}{citations.format_footnotes(loaded.get('sources', ()))}"


class _Citations:
    """How facts cite sources: by citation keys, or by footnotes, of which it collects the used."""

    def __init__(self, keys: Mapping[str, str] | None) -> None:
        self._keys = keys
        self._cited: set[str] = set()

    def cite(self, sources: Sequence[str]) -> str:
        """Return the citation of sources, empty if there are none."""
        if self._keys is not None:
            keys = "; ".join(f"@{self._keys[id]}" for id in sources)
            return f"[{keys}]" if keys else ""
        self._cited.update(sources)
        return "".join(f"[^{id}]" for id in sources)

    def format_footnotes(self, sources: Iterable[Mapping[str, Any]]) -> str:
        """Return the footnotes that were cited, after a blank line; empty if there are none."""
        cited = [each for each in sources if each["id"] in self._cited]
        footnotes = "".join(f"[^{each['id']}]: {format_source(each)}\n" for each in cited)
        return f"\n{footnotes}" if footnotes else ""


def _choose_columns(document: Document) -> list[Field]:
    """Return the columns of a table; facts have their verification, id and change too."""
    columns = columns_for(document)
    if document.rows != "facts" or document.fields is not None:
        return columns
    fields = {field.key: field for field in FIELDS["facts"]}
    after_status = columns.index(fields["status"]) + 1
    columns.insert(after_status, fields["verification"])
    columns.append(fields["id"])
    if VIEWS[document.view].group == "change":
        columns.insert(0, CHANGE_FIELDS[0])
    return columns


def _format_list(loaded: Mapping[str, Any]) -> str:
    """Return the sources as a numbered list, then the facts that have none."""
    lines = (
        f"{number}. {format_source(source)}\n" for number, source in enumerate(loaded["sources"], 1)
    )
    missing = missing_sources_message(loaded.get("unsourced", []))
    return "".join(lines) + (f"\n{escape_markdown(missing)}\n" if missing else "")


def _format_head(loaded: Mapping[str, Any], citations: _Citations) -> Iterable[str]:
    """Yield the paragraphs of a summary: the relation, its overview, its outline."""
    relation, outline = loaded["relation"], loaded["outline"]
    if relation is not None:
        parts = [f"**{_escape_text(relation['name'])}**"]
        if relation["established"]:
            parts.append(f"relations since {_escape_text(relation['established'])}")
        parts[-1] += citations.cite(relation["established_sources"])
        if relation["status"]:
            parts.append(_escape_text(relation["status"]))
        yield " · ".join(parts) + citations.cite(relation["status_sources"])
        if relation["overview"]:
            yield _escape_text(relation["overview"]) + citations.cite(relation["sources"])
    if outline is not None:
        text = escape_markdown(values.format_outline(outline))
        yield text + citations.cite(outline["sources"])


def format_row(cells: Iterable[str]) -> str:
    """Return a row of a table."""
    return f"| {' | '.join(cells)} |"


def format_divider(column: Field) -> str:
    """Return the line below the heading of a column, which sets its alignment."""
    return "---:" if column.kind == "number" else "---"


def _format_cell(row: Mapping[str, Any], column: Field, citations: _Citations) -> str:
    value = row.get(column.key)
    if column.key == "sources" and isinstance(value, list):
        return citations.cite(value) or values.UNKNOWN
    return format_cell(value, column)


def format_cell(value: Any, column: Field) -> str:
    """Return a value as a cell: a link if it is an address, else escaped text."""
    if column.kind == "address" and value:
        return _format_link(value)
    return escape_markdown(values.format_for_people(value, column.kind))


def escape_markdown(text: str) -> str:
    """Return a text with everything escaped that Markdown gives a meaning to."""
    for character in _SPECIAL_CHARACTERS:
        text = text.replace(character, f"\\{character}")
    return text.replace("&", "&amp;")


def _escape_text(text: str) -> str:
    return escape_markdown(make_printable(text))


def _format_link(address: str) -> str:
    """Return an address as a link, or as text unless it is a plain web address."""
    link = urls.to_link(address)
    return escape_markdown(urls.display_url(address)) if link is None else f"<{link}>"


def format_source(source: Mapping[str, Any]) -> str:
    """Return a source as in a list or a footnote."""
    text = escape_markdown(values.format_credit(source))
    outlet = csl.get_outlet(source)
    if outlet:
        text += f" {escape_markdown(outlet)}"
    if "issued" in source:
        text += f" ({escape_markdown(csl.get_date(source, 'issued'))})"
    if outlet:
        text += "."
    if "URL" in source:
        text += f" {_format_link(source['URL'])}"
    return text + _format_archived_copy(source)


def _format_archived_copy(source: Mapping[str, Any]) -> str:
    """Return the archived copy of a source in brackets; empty if it has none."""
    if "archive_location" not in source:
        return ""
    link = _format_link(source["archive_location"])
    when = escape_markdown(csl.get_archive_date(source))
    return f" (archived {when}: {link})" if when else f" (archived: {link})"
