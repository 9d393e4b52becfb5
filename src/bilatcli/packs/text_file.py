"""Read the text of a pack's file, within limits that keep parsing cheap."""

from __future__ import annotations

import os
import re
from codecs import BOM_UTF8
from itertools import islice
from pathlib import Path

from bilatcli.files import open_to_read, os_error_message
from bilatcli.packs.problems import file_error

MAX_BYTES = 64 * 1024 * 1024
"""Maximum size of a file: reading a larger one would take gigabytes of memory."""
MAX_MARKS = 1_000_000
"""Maximum number of `=`, `,`, `[`, `{` and `.`, which come with keys and values.

Parsing each of these may take a kilobyte of memory.
"""
MAX_PREFIXES = 50_000_000
"""Maximum number of prefixes of dotted keys, estimated from the dots of each line.

tomli stores every prefix.
"""
MIN_LONG_LINE = 200
"""Minimum bytes of a line whose dots are counted: a shorter one has at most a hundred parts."""

_MARKS = (b"=", b",", b"[", b"{", b".")


def read_text(path: str | os.PathLike[str]) -> str:
    """Return the text of a file without a byte order mark.

    Raises PackError if the file cannot be read, is empty, is not UTF-8 or exceeds a limit.
    """
    file = Path(path)
    try:
        if file.is_dir():
            raise file_error(path, "this is a folder", "name the .toml files in it")
        with open_to_read(file) as stream:
            content = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        what = f"cannot read the file ({os_error_message(error)})"
        raise file_error(path, what, "check the path") from None
    _check_limits(content.removeprefix(BOM_UTF8), path)
    text = decode(content, path)
    if not text.strip():
        remedy = "start the pack with a [pack] table"
        raise file_error(path, "the file is empty", remedy, line=1, column=1)
    return text


def decode(content: bytes, path: str | os.PathLike[str]) -> str:
    """Return the content of a file as text, without a byte order mark.

    Raises PackError if it is not UTF-8.
    """
    content = content.removeprefix(BOM_UTF8)
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line, column = _line_and_column(content, error.start)
        raise file_error(
            path, "this is not UTF-8", "save the file as UTF-8", line=line, column=column
        ) from None


def _check_limits(content: bytes, path: str | os.PathLike[str]) -> None:
    """Raise PackError at the first byte or line that exceeds a limit."""
    split = "split it into several packs"
    if len(content) > MAX_BYTES:
        line, column = _line_and_column(content, MAX_BYTES)
        what = f"the file is larger than {MAX_BYTES >> 20} MiB"
        raise file_error(path, what, split, line=line, column=column)
    if sum(map(content.count, _MARKS)) > MAX_MARKS:
        marks = re.finditer(b"[%s]" % re.escape(b"".join(_MARKS)), content)
        last = next(islice(marks, MAX_MARKS, None)).start()
        line, column = _line_and_column(content, last)
        what = f"the file has more than {MAX_MARKS:,} values"
        raise file_error(path, what, split, line=line, column=column)
    lines = content.split(b"\n")
    dots = [line.count(b".") for line in lines if len(line) > MIN_LONG_LINE]
    # A key of n parts has n prefixes of n/2 parts on average.
    if sum(count * count for count in dots) > 2 * MAX_PREFIXES:
        most = max(dots)
        number = next(number for number, line in enumerate(lines, 1) if line.count(b".") == most)
        what = f"this may be a key of {most + 1:,} parts; keys of packs have at most three"
        raise file_error(path, what, "break the line, or remove it", line=number, column=1)


def _line_and_column(content: bytes, offset: int) -> tuple[int, int]:
    """Return the line and column of a byte, counted from 1, the column in characters."""
    before = content[:offset].split(b"\n")
    return len(before), len(before[-1].decode(errors="replace")) + 1
