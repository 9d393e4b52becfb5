"""Read files of references: their encoding, their format, and the references in them."""

from __future__ import annotations

import os
from io import TextIOWrapper

from bilatcli.environment import MAX_LINE_LENGTH, STANDARD_STREAM, BoundedLines
from bilatcli.error_details import PackError, Problem
from bilatcli.errors import EnvironmentFault, UsageError
from bilatcli.files import open_to_read, os_error_message
from bilatcli.text import replace_surrogates

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from bilatcli.citations.references import Reference
    from bilatcli.environment import Environment

EXTENSIONS = {".bib": "bibtex", ".ris": "ris", ".json": "csl-json"}
FORMATS = tuple(EXTENSIONS.values())
OTHER_EXTENSIONS = (".ciw", ".enl", ".enw", ".isi", ".nbib", ".xml", ".yaml", ".yml")
"""The extensions of formats that programs write and that cannot be imported."""

MAX_FILE_LENGTH = MAX_LINE_LENGTH
"""Maximum characters of a file: about 250,000 references, which take minutes to read."""
MAX_HEAD_LENGTH = 1024
"""Number of bytes in which a file may name its encoding."""

_EXPORT = "export the references as RIS or BibTeX"


def read_references(file: str, format: str | None, environment: Environment) -> list[Reference]:
    """Return the references of a file; raises PackError if it has none that can be read."""
    from bilatcli.citations.bibtex_reader import parse_bibtex
    from bilatcli.citations.csl import parse_csl_json
    from bilatcli.citations.ris import parse_ris

    kind = format or _find_format(file)
    text = _read_text(file, environment)
    readers = {"bibtex": parse_bibtex, "ris": parse_ris, "csl-json": parse_csl_json}
    try:
        found = readers[kind](text)
    except ValueError as error:
        what, line = (*error.args, 0)[:2]
        raise _not_of_kind(file, kind, text, what, line) from None
    if not found:
        if _name_other_format(kind, text):
            raise _not_of_kind(file, kind, text, "it has no entries", 1)
        raise _file_error(file, "there are no references", f"give a {kind} file with references")
    if all(each.item is None for each in found):
        raise _not_of_kind(file, kind, text, found[0].problems[0], found[0].line)
    return found


def name_place(file: str, reference: Reference, number: int) -> str:
    """Return where a reference is: its line, or its number if its line is unknown."""
    return f"{file}:{reference.line}" if reference.line else f"reference {number} of {file}"


def _find_format(file: str) -> str:
    """Return the format that a file has by its name; raises UsageError if it is not known."""
    extension = os.path.splitext(file)[1].lower()
    if extension not in EXTENSIONS:
        otherwise = f"add --format {'|'.join(FORMATS)}"
        hint = f"{_EXPORT}, or {otherwise}" if extension in OTHER_EXTENSIONS else otherwise
        raise UsageError(f"cannot tell the format of `{file}`", hint=hint)
    return EXTENSIONS[extension]


def _name_other_format(kind: str, text: str) -> str:
    from bilatcli.citations.other_formats import name_format

    found = name_format(text)
    return "" if found == kind else found


def _not_of_kind(file: str, kind: str, text: str, what: str, line: int) -> PackError:
    """Return the error for a file that is not what it should be, with what it is if known."""
    remedy = "correct it here"
    if other := _name_other_format(kind, text):
        what = f"it looks like {other}"
        remedy = f"add --format {other}" if other in FORMATS else _EXPORT
    return _file_error(file, f"this is not {kind} ({what.rstrip('.')})", remedy, line)


def _read_text(file: str, environment: Environment) -> str:
    """Return the text of a file or of standard input; raises PackError if it cannot be decoded.

    The text is UTF-8, unless the file begins with a mark of UTF-16 or names its encoding.
    """
    encoding = "utf-8"
    try:
        if file == STANDARD_STREAM:
            text = _join_lines(file, environment.stdin)
        else:
            with open_to_read(file) as binary:
                encoding = _find_encoding(binary.peek(MAX_HEAD_LENGTH)[:MAX_HEAD_LENGTH])
                errors = "surrogateescape" if encoding == "utf-8" else "strict"
                with TextIOWrapper(binary, encoding, errors) as stream:
                    text = _join_lines(file, BoundedLines(stream))
    except OSError as error:
        raise EnvironmentFault(f"`{file}` cannot be read ({os_error_message(error)})") from None
    except UnicodeError:
        raise _file_error(file, f"this is not {encoding}", "save the file as UTF-8") from None
    if replace_surrogates(text) != text:
        lines = enumerate(text.split("\n"), 1)
        line = next(number for number, line in lines if replace_surrogates(line) != line)
        raise _file_error(file, "this is not UTF-8", "save the file as UTF-8", line)
    return text.removeprefix("\ufeff")


def _find_encoding(head: bytes) -> str:
    """Return the encoding of a file by its first bytes, or by the name in a comment of BibTeX."""
    import codecs
    import re
    from json import detect_encoding

    found = detect_encoding(head)
    if not found.startswith("utf-8"):
        return found
    pattern = rb"^\s*%[ \t]*(?:Encoding:|-\*-.*coding:)[ \t]*([\w.-]+)"
    name = re.search(pattern, head, re.MULTILINE | re.IGNORECASE)
    try:
        return codecs.lookup(name[1].decode()).name if name else "utf-8"
    except (LookupError, UnicodeDecodeError):
        return "utf-8"


def _join_lines(file: str, lines: Iterable[str]) -> str:
    """Return lines as one text; raises PackError if they are too long together."""
    kept: list[str] = []
    length = 0
    for line in lines:
        length += len(line)
        if length > MAX_FILE_LENGTH:
            what = f"the file has more than {MAX_FILE_LENGTH:,} characters"
            raise _file_error(file, what, "split it into several files", len(kept) + 1)
        kept.append(line)
    return "".join(kept)


def _file_error(file: str, what: str, remedy: str, line: int = 0) -> PackError:
    problem = Problem(what, remedy, file=file, line=line, column=int(line > 0))
    return PackError([problem], what="references")
