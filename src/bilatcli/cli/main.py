"""Entry point: parse a command line, run it, print the result or the error, and exit."""

from __future__ import annotations

import gc
import os
import sys

from bilatcli.cli.fast_args import add_command, parse_fast, parse_version
from bilatcli.cli.lookup import answer_view
from bilatcli.cli.output import print_result, write_stderr, write_stdout
from bilatcli.environment import Environment
from bilatcli.errors import BilatcliError, EnvironmentFault
from bilatcli.text import json_to_ascii
from bilatcli.version import __version__
from bilatcli.views.catalog import VIEWS
from bilatcli.views.document import error_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

    from bilatcli.index.store import Index

GC_THRESHOLD = 50_000
"""Number of new objects after which garbage is collected."""

EXIT_INTERRUPTED = 130
EXIT_CLOSED_PIPE = 141


def main() -> NoReturn:
    """Run the command line of this process and exit."""
    # Most runs end before there is garbage worth collecting.
    gc.set_threshold(GC_THRESHOLD)
    environment = Environment()
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
    return _print_error(error, argv, environment)


def _run(argv: Sequence[str], environment: Environment) -> int:
    if list(argv) == ["--version"]:
        write_stdout(f"bilatcli {__version__}\n", environment)
        return 0
    if (packs := parse_version(argv)) is not None:
        return _print_version(packs, environment)
    if argv[:1] == ["--complete"]:
        return _complete(argv[1:], environment)
    argv = add_command(argv)
    request = parse_fast(argv)
    if request is None:
        from bilatcli.cli.app import parse

        parsed = parse(argv, width=environment.width)
        if isinstance(parsed, str):
            write_stdout(parsed, environment)
            return 0
        request = parsed
    _show_progress(environment)
    if request.view in VIEWS:
        return print_result(answer_view(request, environment), environment)
    from bilatcli.cli.command import run_command

    return print_result(run_command(request, environment), environment)


def _show_progress(environment: Environment) -> None:
    """Draw a progress bar for what takes long, if standard error is a terminal."""
    if environment.stderr is not None and environment.stderr.isatty():
        from bilatcli.cli.progress import make_progress_callback

        environment.on_progress = make_progress_callback(environment.stderr)


def _print_version(packs: Sequence[str], environment: Environment) -> int:
    """Print the version document; `packs` are the paths of packs to add to the bundled ones."""
    from bilatcli.cli.commands import version
    from bilatcli.index.store import open_index

    _show_progress(environment)
    index = open_index(environment, packs)
    try:
        write_stdout(version.make_document(index), environment, encode_fallback=json_to_ascii)
    finally:
        index.close()
    return 0


def _complete(words: Sequence[str], environment: Environment) -> int:
    """Print the completions of the last word, one per line, each with its meaning after a tab."""
    from bilatcli.cli.completer import complete
    from bilatcli.index.store import open_index

    opened: list[Index] = []

    def open_for_completions() -> Index:
        opened.append(open_index(environment))
        return opened[-1]

    try:
        found = complete(words, open_for_completions)
    finally:
        for index in opened:
            index.close()
    write_stdout("".join(f"{offer}\t{meaning}\n" for offer, meaning in found), environment)
    return 0


def _print_error(error: BilatcliError, argv: Sequence[str], environment: Environment) -> int:
    """Print an error for people, and as a document if the command line asks for JSON."""
    code, lines = error.exit_code, error.lines()
    try:
        if _wants_json(argv):
            document = error_text(error, is_command_line=True) + "\n"
            write_stdout(document, environment, encode_fallback=json_to_ascii)
    except EnvironmentFault as fault:
        code, lines = fault.exit_code, fault.lines()
    write_stderr(lines, environment)
    return code


def _wants_json(argv: Sequence[str]) -> bool:
    """Return True if a command line asks for JSON, even if it is invalid otherwise."""
    pairs = zip(argv, [*argv[1:], ""], strict=False)
    return any(
        one in ("--json", "--format=json") or (one, two) == ("--format", "json")
        for one, two in pairs
    )
