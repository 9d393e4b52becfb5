"""Answering a view: ask the index, and render the document for the terminal or the pipe."""

from __future__ import annotations

from bilatcli.cli.output import CommandResult
from bilatcli.environment import STANDARD_STREAM
from bilatcli.errors import EXIT_EMPTY
from bilatcli.query.options import EXCHANGE_STYLES, LIST_STYLES, PANDOC
from bilatcli.views.catalog import VIEWS, run

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.environment import Environment
    from bilatcli.index.store import Index
    from bilatcli.query.request import Request
    from bilatcli.views.document import Document

JSON_FORMATS = ("json", "ndjson")


def answer_view(request: Request, environment: Environment) -> CommandResult:
    """Return what a view prints; raises a BilatcliError if it has no answer."""
    from bilatcli.index.store import open_index

    if request.style == LIST_STYLES:
        return _list_styles()
    reads_stdin = request.words == [STANDARD_STREAM]
    if request.view == "resolve" and reads_stdin:
        from bilatcli.cli.resolve_stream import resolve_lines

        return resolve_lines(request, environment)
    index = open_index(environment, request.data, engine=request.index)
    try:
        if request.view == "cite" and reads_stdin:
            _read_ids_from_stdin(request, environment)
        document = run(VIEWS[request.view], request, index)
        if request.style is not None:
            return _format_sources(document, request, index, environment)
        if request.citations == PANDOC:
            from bilatcli.render.bibliography import fetch_citation_keys

            document.keys = fetch_citation_keys(index)
    finally:
        index.close()
    return _render_document(document, request, environment)


def _render_document(
    document: Document, request: Request, environment: Environment
) -> CommandResult:
    from bilatcli.render import render_document

    format = request.format or ("table" if environment.is_terminal else "tsv")
    has_colour = request.color == "always" or (request.color == "auto" and environment.has_colour)
    width = environment.width if format == "table" else 0
    text = render_document(document, format, width=width, has_colour=has_colour, is_raw=request.raw)
    return CommandResult(
        [text],
        notes=document.notes,
        code=EXIT_EMPTY if document.is_empty else 0,
        is_json=format in JSON_FORMATS,
    )


def _format_sources(
    document: Document, request: Request, index: Index, environment: Environment
) -> CommandResult:
    """Return the sources of a document in the style of the request."""
    from bilatcli.render.bibliography import format_sources, missing_sources_message

    style = request.style or ""
    path = environment.environ.get("PATH")
    text = format_sources(document, style, request.format or "text", index, path=path)
    # A bibliography has this note in its text.
    missing = (
        missing_sources_message(document.load()["unsourced"]) if style in EXCHANGE_STYLES else ""
    )
    return CommandResult(
        [text],
        notes=[*document.notes, *([missing] if missing else [])],
        code=EXIT_EMPTY if document.is_empty else 0,
        is_json=style == "csl-json",
    )


def _list_styles() -> CommandResult:
    """Return the names of all styles, one per line, and how to install more if there are none."""
    from bilatcli.citations import styles

    ids = styles.list_style_ids()
    return CommandResult(
        ["".join(f"{style}\n" for style in (*EXCHANGE_STYLES, *ids))],
        notes=[] if ids else [styles.missing_styles_message()],
    )


def _read_ids_from_stdin(request: Request, environment: Environment) -> None:
    """Replace the words of a request by the ids on standard input."""
    from bilatcli.views.record_ids import read_ids

    request.words = read_ids(environment.stdin)
    request.has_ids = True
