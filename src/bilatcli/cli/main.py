"""Entry point: parse a command line, run it, print the result or the error, and exit."""

from __future__ import annotations

import gc
import os
import sys

from bilatcli.cli import CommandResult, print_result, write_notes
from bilatcli.environment import STANDARD_STREAM, Environment
from bilatcli.errors import EXIT_EMPTY, BilatcliError, EnvironmentFault
from bilatcli.query.request import Request, is_newest
from bilatcli.views import VIEWS
from bilatcli.views import run as run_view

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

    from bilatcli.cli.receipt import Receipt
    from bilatcli.index.store import Index
    from bilatcli.views.document import Document

JSON_FORMATS = ("json", "ndjson")
_JSON_FLAG = "--json"
"""The flag that every view has."""

GC_THRESHOLD = 50_000
"""Number of new objects after which garbage is collected."""

EXIT_INTERRUPTED = 130
EXIT_CLOSED_PIPE = 141


def main() -> NoReturn:
    """Run the command line of this process and exit."""
    # Most runs end before there is garbage worth collecting.
    gc.set_threshold(GC_THRESHOLD)
    environment = Environment()
    environment.ends_with_run = True
    environment.unify_pipes()
    try:
        code = run(sys.argv[1:], environment)
    except BrokenPipeError:
        code = EXIT_CLOSED_PIPE
    except KeyboardInterrupt:
        code = EXIT_INTERRUPTED
    # Both streams are flushed; tidying up the interpreter would take a tenth of a lookup's time.
    os._exit(code)


def run(argv: Sequence[str], environment: Environment) -> int:
    """Run a command line, print its result or its error, and return the exit code."""
    try:
        return _run(argv, environment)
    except BilatcliError as caught:
        error = caught
    except MemoryError:
        error = EnvironmentFault("out of memory", hint="ask for less at a time, or split the input")
    from bilatcli.cli.error_output import print_error

    return print_error(error, argv, environment)


def _run(argv: Sequence[str], environment: Environment) -> int:
    if argv[:1] == ["--complete"]:
        from bilatcli.cli.completer import print_completions

        return print_completions(argv[1:], environment)
    _show_progress(environment)
    if any(":" in argument or "=" in argument for argument in argv):
        from bilatcli.cli.addresses import refuse_addresses

        refuse_addresses(argv)
    request = _parse_plain(argv, environment) or _parse(argv, environment)
    if isinstance(request, CommandResult):
        return print_result(request, environment)
    if isinstance(request, str):
        return print_result(CommandResult([request]), environment, has_pager=True)
    _choose_user_packs(request, environment)
    if request.view in VIEWS:
        if environment.is_terminal:
            from bilatcli.cli.config import apply_config

            apply_config(request, environment)
        result = answer_view(request, environment)
        if request.writes_file:
            return _write_result(result, request, environment)
        return print_result(result, environment, has_pager=not request.no_pager)
    from bilatcli.cli.command import run_command

    return print_result(run_command(request, environment), environment)


def _parse_plain(argv: Sequence[str], environment: Environment) -> Request | None:
    """Return the request of a view and words, perhaps with `--json`; None for another command line.

    Most command lines need no declaration of an option.
    """
    name, *rest = argv or ("",)
    words = [argument for argument in rest if argument != _JSON_FLAG]
    if name not in VIEWS or name == "latest" or is_newest(" ".join(words)):
        return None
    if any(word.startswith("-") and word != STANDARD_STREAM for word in words):
        return None
    return Request(name, words, environment, **({"json": True} if len(words) < len(rest) else {}))


def _parse(argv: Sequence[str], environment: Environment) -> Request | CommandResult | str:
    """Return the request that a command line makes, the version, or the help that it asks for.

    If it has no command, find the view that answers it. Only a command line that is not a simple
    one imports the whole parser.
    """
    from bilatcli.cli.fast_args import add_command, parse_fast

    argv = add_command(argv)
    if "--version" in argv[:2] and (result := _answer_version(argv, environment)) is not None:
        return result
    if (request := parse_fast(argv, environment)) is not None:
        return request
    from bilatcli.cli.routing import route

    routed = route(argv, environment)
    if routed is not argv and (request := parse_fast(routed, environment)) is not None:
        return request
    from bilatcli.cli.app import parse

    return parse(routed, environment)


def _write_result(result: CommandResult, request: Request, environment: Environment) -> int:
    """Write the result of a view to the file of the option `output`; return its exit code."""
    from bilatcli.files import atomic_write

    text = "".join(result.pieces)
    atomic_write(request.output or "", text, force=request.force)
    write_notes([*result.notes, f"wrote {request.output}"], environment)
    return result.code


def _answer_version(argv: Sequence[str], environment: Environment) -> CommandResult | None:
    """Return the version, as JSON if asked; None if the command line has anything else."""
    if len(argv) == 1:
        from bilatcli.version import __version__

        return CommandResult([f"bilatcli {__version__}\n"])
    from bilatcli.cli.fast_args import parse_version

    request = parse_version(argv)
    if request is None:
        return None
    from bilatcli.cli.commands.version import describe_packs

    _choose_user_packs(request, environment)
    return CommandResult([describe_packs(request, environment)], is_json=True)


def _choose_user_packs(request: Request, environment: Environment) -> None:
    """Leave out the user's packs if a request asks for that; warn of those with errors if not.

    Routing a command line without a command opens the index too. It does not warn, so that a
    warning is written once.
    """
    environment.has_user_packs = not request.no_user_packs
    environment.on_warning = lambda message: write_notes([message], environment)


def _show_progress(environment: Environment) -> None:
    """Draw a progress bar for slow work, if standard error is a terminal."""
    if environment.stderr is not None and environment.stderr.isatty():
        from bilatcli.cli.progress import make_progress_callback

        environment.on_progress = make_progress_callback(environment.stderr)


def answer_view(request: Request, environment: Environment) -> CommandResult:
    """Return what a view prints; raises a BilatcliError if it has no answer."""
    from bilatcli.index.store import open_index

    if request.style is not None:
        from bilatcli.cli.bibliography import list_styles

        if (styles := list_styles(request)) is not None:
            return styles
    reads_stdin = request.words == [STANDARD_STREAM]
    if request.view == "resolve" and reads_stdin:
        from bilatcli.cli.resolve_stream import resolve_lines

        return resolve_lines(request, environment)
    index = open_index(environment, request.data, engine=request.index)
    try:
        if request.view == "cite" and reads_stdin:
            from bilatcli.cli.bibliography import read_ids_from_stdin

            read_ids_from_stdin(request, environment)
        # Views change a request: they move the dates in its words to options.
        question = request.command(request.words, style=None) if request.receipt else None
        document = run_view(VIEWS[request.view], request, index)
        receipt = _make_receipt(question, document, index, environment) if question else None
        if request.style is not None:
            from bilatcli.cli.bibliography import answer_with_sources

            result = answer_with_sources(document, request, index, environment)
            return _add_receipt(receipt, result, request, environment)
        if request.citations is not None:
            from bilatcli.cli.bibliography import add_citation_keys

            add_citation_keys(document, request, index)
    finally:
        environment.release(index)
    result = _render(document, request, environment)
    return _add_receipt(receipt, result, request, environment)


def _make_receipt(
    question: str, document: Document, index: Index, environment: Environment
) -> Receipt:
    """Return the receipt of a document, which gets it as a member."""
    from bilatcli.cli.receipt import Receipt

    receipt = Receipt(question, document, index, environment.today)
    document.members["receipt"] = receipt.to_json()
    return receipt


def _add_receipt(
    receipt: Receipt | None, result: CommandResult, request: Request, environment: Environment
) -> CommandResult:
    return receipt.add_to(result, _choose_format(request, environment)) if receipt else result


def _choose_format(request: Request, environment: Environment) -> str:
    """Return the format of an answer, or the style of sources for a reference manager."""
    if request.style is not None:
        from bilatcli.query.options import EXCHANGE_STYLES

        return request.style if request.style in EXCHANGE_STYLES else request.format or "text"
    return request.format or ("table" if environment.is_terminal else "tsv")


def _render(document: Document, request: Request, environment: Environment) -> CommandResult:
    format = _choose_format(request, environment)
    return CommandResult(
        _to_texts(document, format, request, environment),
        notes=document.notes,
        code=EXIT_EMPTY if document.is_empty else 0,
        is_json=format in JSON_FORMATS,
    )


def _to_texts(
    document: Document, format: str, request: Request, environment: Environment
) -> list[str]:
    if format == "json":
        return document.pieces(end="\n")
    from bilatcli.cli.presentation import make_settings
    from bilatcli.render import render_document

    return [render_document(document, format, make_settings(request, environment, format))]
