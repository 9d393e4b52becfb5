"""Resolve names from standard input, in constant memory."""

from __future__ import annotations

from itertools import islice

from bilatcli.cli import CommandResult
from bilatcli.errors import EXIT_EMPTY, UsageError
from bilatcli.index.store import open_index
from bilatcli.query.names import fetch_country_names
from bilatcli.render import render_document
from bilatcli.render.settings import Settings
from bilatcli.text import to_json
from bilatcli.views.resolve import resolve_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bilatcli.environment import Environment
    from bilatcli.index.store import Index
    from bilatcli.query.request import Request
    from bilatcli.views.document import Document

STREAM_FORMATS = ("tsv", "csv", "ndjson", "json")
"""Formats that can be written before all names are read."""
CHUNK_SIZE = 200
"""Number of names that are resolved and written at a time."""


def resolve_lines(request: Request, environment: Environment) -> CommandResult:
    """Return one answer for each line of standard input, blank lines included, in order.

    Each is written at once if a person waits for it. The exit code is 0 if all names were resolved.
    Raises UsageError for a format that needs all names first.
    """
    format = request.format or "tsv"
    if format not in STREAM_FORMATS:
        raise UsageError(
            f"names from standard input cannot be written as {format}",
            hint=f"choose from {', '.join(STREAM_FORMATS)}",
        )
    if request.receipt:
        raise UsageError(
            "names from standard input have no receipt",
            hint="leave `receipt` out, or give the names as words",
            options=("receipt",),
        )
    result = CommandResult(code=EXIT_EMPTY, is_json=True)

    def documents(index: Index) -> Iterator[Document]:
        names = (line.rstrip("\r\n") for line in environment.stdin)
        size = 1 if environment.is_interactive else CHUNK_SIZE
        is_incomplete = False
        while chunk := list(islice(names, size)):
            document = resolve_names(chunk, request, index)
            is_incomplete = is_incomplete or document.is_empty
            result.code = EXIT_EMPTY if is_incomplete else 0
            yield document

    def pieces() -> Iterator[str]:
        index = open_index(environment, request.data, engine=request.index)
        try:
            empty = resolve_names([], request, index)
            if format == "json":
                yield from _join_json(empty, documents(index), index)
            else:
                yield from _join_rows(empty, documents(index), format, is_raw=request.raw)
        finally:
            index.close()

    result.pieces = pieces()
    return result


def _join_rows(
    empty: Document, documents: Iterable[Document], format: str, *, is_raw: bool
) -> Iterator[str]:
    """Yield the rows of all documents as of one; `empty` gives the header of a table."""
    settings = Settings(is_raw=is_raw)
    header = render_document(empty, format, settings)
    start = header
    for document in documents:
        yield start + render_document(document, format, settings).removeprefix(header)
        start = ""
    yield start


def _join_json(empty: Document, documents: Iterable[Document], index: Index) -> Iterator[str]:
    """Yield the elements of all documents as of one, then the names of their countries."""
    yield empty.text().removesuffix("]}")
    codes: set[str] = set()
    separator = "\n"
    for document in documents:
        codes |= document.find_codes()
        yield separator + ",\n".join(document.elements)
        separator = ",\n"
    yield "]" if separator == "\n" else "\n]"
    if empty.fields is None:
        yield f',\n"countries":{to_json(fetch_country_names(codes, index))}'
    yield "}\n"
