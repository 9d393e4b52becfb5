"""The front door: answers plain questions straight from `views`, hands all else to the Typer app, prints and exits."""

from __future__ import annotations

import gc
import os
import sys

from bilatcli.cli import fast_args
from bilatcli.environment import Environment
from bilatcli.errors import EXIT_EMPTY, BilatcliError, EnvironmentFault
from bilatcli.query.options import EXCHANGE, LIST_OF_STYLES, PANDOC
from bilatcli.text import json_ascii, printable
from bilatcli.version import __version__
from bilatcli.views.catalog import VIEWS
from bilatcli.views.document import error_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import NoReturn, TextIO

    from bilatcli.cli.command import Reply
    from bilatcli.index.store import Index
    from bilatcli.query.request import Request
    from bilatcli.views.document import Document

HELD = 200
"""So many names are resolved and written at a time."""

INTERRUPTED = 130
CLOSED_PIPE = 141


def main() -> NoReturn:
    """Answer the command line and exit.

    A lookup is over before there is garbage worth collecting, and once both streams are flushed there is nothing for
    the interpreter to tidy up; either would take a tenth of its time.
    """
    gc.disable()
    environment = Environment()
    try:
        code = carry_out(sys.argv[1:], environment)
    except BrokenPipeError:
        code = CLOSED_PIPE
    except KeyboardInterrupt:
        code = INTERRUPTED
    os._exit(code)


def carry_out(
    argv: Sequence[str],
    environment: Environment,
    *,
    door: Callable[[Sequence[str]], Request | None] = fast_args.read,
) -> int:
    """Print the answer to a command line and return the exit code; errors are told here, whoever raised them.

    What `door` does not take is left to the Typer app, which takes everything.
    """
    try:
        return _carry_out(argv, environment, door)
    except BilatcliError as caught:
        error = caught
    except MemoryError:
        error = EnvironmentFault("memory is used up: ask for less at a time, or split what is read")
    # Only now is what the question held let go.
    code, lines = error.exit_code, error.lines()
    try:
        if _wants_json(argv):
            _print(error_text(error) + "\n", environment, spell=json_ascii)
    except EnvironmentFault as fault:
        code, lines = fault.exit_code, fault.lines()
    _say(lines, environment.stderr)
    return code


def _carry_out(
    argv: Sequence[str], environment: Environment, door: Callable[[Sequence[str]], Request | None]
) -> int:
    if list(argv) == ["--version"]:
        return _print(f"bilatcli {__version__}\n", environment)
    if (packs := fast_args.asks_of_version(argv)) is not None:
        return _tell_version(packs, environment)
    if argv[:1] == ["--complete"]:
        return _complete(argv[1:], environment)
    argv = fast_args.spelt_out(argv)
    request = door(argv) or _read_whole(argv)
    return _print("", environment) if request is None else _answer(request, environment)


def _complete(words: Sequence[str], environment: Environment) -> int:
    """Print what the last of the words may become, a line each, with what it means behind a tab."""
    from bilatcli.cli.completer import offers
    from bilatcli.index.store import open_index

    lines = (
        f"{offer}\t{meaning}\n"
        for offer, meaning in offers(words, lambda: open_index(environment))
    )
    return _print("".join(lines), environment)


def _tell_version(packs: Sequence[str], environment: Environment) -> int:
    """Print what the program is and which packs it answers from, those at the paths `packs` laid over its own."""
    from bilatcli.cli.commands import version
    from bilatcli.index.store import open_index

    environment.on_progress = _watch(environment)
    index = open_index(environment, packs)
    try:
        return _print(version.document(index), environment, spell=json_ascii)
    finally:
        index.close()


def _read_whole(argv: Sequence[str]) -> Request | None:
    from bilatcli.cli import app

    try:
        return app.read(argv)
    except BrokenPipeError:
        raise
    except OSError as error:
        # Typer prints its help itself.
        raise _unwritable(error) from None


def _watch(environment: Environment) -> Callable[..., None] | None:
    """What shows on a terminal how far packs are compiled or exported, once that takes longer than a second."""
    stream = environment.stderr
    if stream is None or not stream.isatty():
        return None
    from time import monotonic

    start = monotonic()
    bars: dict[str, Callable[[int, int], None]] = {}

    def tell(done: int, total: int, what: str = "compiling packs") -> None:
        if what not in bars and monotonic() - start > 1:
            from bilatcli.render.terminal import progress

            bars[what] = progress(stream, what)
        if what in bars:
            bars[what](done, total)

    return tell


def _answer(request: Request, environment: Environment) -> int:
    environment.on_progress = _watch(environment)
    if request.view not in VIEWS:
        from bilatcli.cli.commands import carry_out

        return _reply(carry_out(request, environment), environment)
    if request.style == LIST_OF_STYLES:
        from bilatcli.render.bibliography import styles

        return _reply(styles(), environment)
    return _ask(request, environment)


def _reply(reply: Reply, environment: Environment) -> int:
    """Print an answer piece by piece, and return its exit code."""
    for piece in reply.pieces:
        _print(piece, environment, spell=json_ascii if reply.is_json else None)
    _say((f"bilatcli: {note}" for note in reply.notes), environment.stderr)
    return reply.code


def _ask(request: Request, environment: Environment) -> int:
    """Answer a question that the index is asked."""
    from bilatcli.index.store import open_index
    from bilatcli.views.catalog import run

    index = open_index(environment, request.data, engine=request.index)
    try:
        if request.view == "resolve" and request.words == ["-"]:
            return _resolve_lines(request, index, environment)
        if request.view == "cite" and request.words == ["-"]:
            _take_ids(request, environment)
        document = run(VIEWS[request.view], request, index)
        if request.style is not None:
            return _cite(document, request, index, environment)
        if request.citations == PANDOC:
            from bilatcli.render.bibliography import keys

            document.keys = keys(index)
    finally:
        index.close()
    format = request.format or ("table" if environment.is_terminal else "tsv")
    spell = json_ascii if format in ("json", "ndjson") else None
    _print(_rendered(document, format, request, environment), environment, spell=spell)
    _say((f"bilatcli: {note}" for note in document.notes), environment.stderr)
    return EXIT_EMPTY if document.is_empty else 0


def _take_ids(request: Request, environment: Environment) -> None:
    """Put the ids of standard input in the place of the words."""
    from bilatcli.views.cite import ids_in

    request.words = ids_in(environment.stdin)
    request.has_ids = True


def _cite(document: Document, request: Request, index: Index, environment: Environment) -> int:
    """Print the sources of a document in the style that was asked for."""
    from bilatcli.render.bibliography import missing_sources, styled

    style = request.style or ""
    text = styled(
        document, style, request.format or "text", index, path=environment.environ.get("PATH")
    )
    _print(text, environment, spell=json_ascii if style == "csl-json" else None)
    missing = missing_sources(document.load()["unsourced"]) if style in EXCHANGE else ""
    said = [*document.notes, *([missing] if missing else [])]
    _say((f"bilatcli: {note}" for note in said), environment.stderr)
    return EXIT_EMPTY if document.is_empty else 0


def _resolve_lines(request: Request, index: Index, environment: Environment) -> int:
    """Resolve names from standard input, each at once where somebody waits for it."""
    from bilatcli.cli.commands.batch import resolutions

    code = EXIT_EMPTY
    size = 1 if environment.is_interactive else HELD
    for text, is_found in resolutions(environment.stdin, index, request, size=size):
        _print(text, environment, spell=json_ascii)
        code = 0 if is_found else code
    return code


def _rendered(document: Document, format: str, request: Request, environment: Environment) -> str:
    from bilatcli.render import render

    has_colour = request.color == "always" or (request.color == "auto" and environment.has_colour)
    width = environment.width if format == "table" else 0
    return render(document, format, width=width, has_colour=has_colour, is_raw=request.raw)


def _print(
    text: str, environment: Environment, *, spell: Callable[[str], str] | None = None
) -> int:
    """Write to standard output, whole and at once; `spell` says how to put what its encoding lacks."""
    stream = environment.stdout
    if stream is None:
        raise EnvironmentFault("standard output is closed: there is nowhere to print to")
    try:
        try:
            stream.write(text)
        except UnicodeEncodeError:
            encoding = stream.encoding
            stream.write(
                spell(text) if spell else text.encode(encoding, "backslashreplace").decode(encoding)
            )
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _unwritable(error) from None
    return 0


def _unwritable(error: OSError) -> EnvironmentFault:
    return EnvironmentFault(
        f"standard output cannot be written ({(error.strerror or 'error').lower()})"
    )


def _say(lines: Iterable[str], stream: TextIO | None) -> None:
    """Write lines to standard error, each safe on a terminal; where it is closed or full, nobody can be told."""
    try:
        if stream is not None:
            stream.writelines(f"{printable(line)}\n" for line in lines)
            stream.flush()
    except OSError:
        pass


def _wants_json(argv: Sequence[str]) -> bool:
    """Whether JSON was asked for, also on a command line that makes no sense otherwise."""
    pairs = zip(argv, [*argv[1:], ""], strict=False)
    return any(
        one in ("--json", "--format=json") or (one, two) == ("--format", "json")
        for one, two in pairs
    )
