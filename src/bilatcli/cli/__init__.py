"""The command line: the results of commands, and the functions that print them."""

from __future__ import annotations

from bilatcli.errors import EnvironmentFault
from bilatcli.text import json_to_ascii, make_printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from bilatcli.environment import Environment


UTF_8 = ("utf-8", None)
"""What a stream calls its encoding if it takes all characters; None is a text in memory."""


class CommandResult:
    """The output of a command: text in pieces, notes for standard error, and an exit code.

    The pieces are printed one by one. Notes and code are read after the last piece, so a
    generator of pieces may still change them. `is_json` says that the text is JSON, which
    `write_stdout` writes so that any encoding of the stream gives valid JSON.
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

    Pieces that are ready as a list are printed at once. With `has_pager`, they are shown in a pager
    if they are longer than the screen.
    """
    pieces = result.pieces
    is_ready = isinstance(pieces, list)
    if has_pager and is_ready and environment.is_terminal:
        from bilatcli.cli.pager import show_in_pager

        pieces = () if show_in_pager("".join(pieces), environment) else pieces
    for texts in [pieces] if is_ready else ([piece] for piece in pieces):
        write_stdout(texts, environment, is_json=result.is_json)
    write_notes(result.notes, environment)
    return result.code


def write_stdout(texts: Iterable[str], environment: Environment, *, is_json: bool = False) -> None:
    """Write texts to standard output and flush it; raises EnvironmentFault if that fails.

    Readers of JSON expect UTF-8 (RFC 8259), so that in other encodings only ASCII is written, with
    escapes. In other text a character that the encoding lacks becomes a backslash escape.
    """
    stream = environment.stdout
    if stream is None:
        raise EnvironmentFault("standard output is closed")
    try:
        is_utf8 = stream.encoding in UTF_8
        # In other encodings a single character decides how all of the text is written.
        for text in texts if is_utf8 else ["".join(texts)]:
            try:
                stream.write(json_to_ascii(text) if is_json and not is_utf8 else text)
            except UnicodeEncodeError:
                encoding = stream.encoding
                stream.write(
                    json_to_ascii(text)
                    if is_json
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


def _hide_passwords(line: str) -> str:
    """Return a line without passwords. Most lines have none, and import nothing."""
    lower = line.lower()
    if "@" not in line and "://" not in line and "pass" not in lower and "pwd" not in lower:
        return line
    from bilatcli.urls import hide_passwords

    return hide_passwords(line)


def write_stderr(lines: Iterable[str], environment: Environment) -> None:
    """Write lines to standard error, safe for a terminal. A failure to write is ignored."""
    stream = environment.stderr
    try:
        if stream is not None:
            stream.writelines(f"{make_printable(_hide_passwords(line))}\n" for line in lines)
            stream.flush()
    except OSError:
        pass
