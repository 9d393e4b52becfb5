"""The command line: the results of commands, and the functions that print them."""

from __future__ import annotations

from bilatcli.errors import EnvironmentFault
from bilatcli.text import json_to_ascii, make_printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bilatcli.environment import Environment


class CommandResult:
    """The output of a command: text in pieces, notes for standard error, and an exit code.

    The pieces are printed one by one. Notes and code are read after the last piece, so a
    generator of pieces may still change them. `is_json` says that a character that the encoding
    of the stream lacks may be written as a JSON escape.
    """

    __slots__ = ("code", "is_json", "notes", "pieces")

    def __init__(
        self,
        pieces: Iterable[str] = (),
        *,
        notes: Iterable[str] = (),
        code: int = 0,
        is_json: bool = False,
    ) -> None:
        self.pieces = pieces
        self.notes = list(notes)
        self.code = code
        self.is_json = is_json


def print_result(
    result: CommandResult, environment: Environment, *, has_pager: bool = False
) -> int:
    """Print the pieces of a result, then its notes; return its exit code.

    With `has_pager`, a result that is ready as a list of pieces is shown in a pager if it is longer
    than the screen.
    """
    pieces = result.pieces
    if has_pager and environment.is_terminal and isinstance(pieces, list):
        from bilatcli.cli.pager import show_in_pager

        pieces = () if show_in_pager("".join(pieces), environment) else pieces
    for piece in pieces:
        write_stdout(piece, environment, encode_fallback=json_to_ascii if result.is_json else None)
    write_notes(result.notes, environment)
    return result.code


def write_stdout(
    text: str, environment: Environment, *, encode_fallback: Callable[[str], str] | None = None
) -> None:
    """Write text to standard output and flush it; raises EnvironmentFault if that fails.

    If the encoding of the stream lacks a character, `encode_fallback` converts the text;
    by default such characters become backslash escapes.
    """
    stream = environment.stdout
    if stream is None:
        raise EnvironmentFault("standard output is closed")
    try:
        try:
            stream.write(text)
        except UnicodeEncodeError:
            encoding = stream.encoding
            stream.write(
                encode_fallback(text)
                if encode_fallback
                else text.encode(encoding, "backslashreplace").decode(encoding)
            )
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        from bilatcli.files import os_error_message

        reason = os_error_message(error)
        raise EnvironmentFault(f"standard output cannot be written ({reason})") from None


def write_notes(notes: Iterable[str], environment: Environment) -> None:
    """Write notes to standard error, each with the name of the program."""
    write_stderr((f"bilatcli: {note}" for note in notes), environment)


def write_stderr(lines: Iterable[str], environment: Environment) -> None:
    """Write lines to standard error, safe for a terminal. A failure to write is ignored."""
    stream = environment.stderr
    try:
        if stream is not None:
            stream.writelines(f"{make_printable(line)}\n" for line in lines)
            stream.flush()
    except OSError:
        pass
