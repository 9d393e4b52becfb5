"""Sources in a citation style, as `cite` prints them; ids on standard input."""

from __future__ import annotations

from bilatcli.cli import CommandResult
from bilatcli.errors import EXIT_EMPTY
from bilatcli.query.options import EXCHANGE_STYLES, LIST_STYLES, PANDOC

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.environment import Environment
    from bilatcli.index.store import Index
    from bilatcli.query.request import Request
    from bilatcli.views.document import Document


def answer_with_sources(
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


def list_styles(request: Request) -> CommandResult | None:
    """Return the names of all styles, one per line, or None if a request does not ask for them.

    A note says how to install more if there are none.
    """
    if request.style != LIST_STYLES:
        return None
    from bilatcli.citations import styles

    ids = styles.list_style_ids()
    return CommandResult(
        ["".join(f"{style}\n" for style in (*EXCHANGE_STYLES, *ids))],
        notes=[] if ids else [styles.missing_styles_message()],
    )


def add_citation_keys(document: Document, request: Request, index: Index) -> None:
    """Give a document the keys of its sources, if the request asks for citations by keys."""
    if request.citations == PANDOC:
        from bilatcli.render.bibliography import fetch_citation_keys

        document.keys = fetch_citation_keys(index)


def read_ids_from_stdin(request: Request, environment: Environment) -> None:
    """Replace the words of a request by the ids on standard input."""
    from bilatcli.views.record_ids import read_ids

    request.words = read_ids(environment.stdin)
    request.has_ids = True
