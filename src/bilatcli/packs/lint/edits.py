"""Edits of the layout of a pack: spacing, the form of dates and the order of keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bilatcli.packs.editor import Replacement, detect_newline
from bilatcli.packs.lint.base import Position
from bilatcli.packs.models import Pack
from bilatcli.packs.positions import Pair, Path, Positions, Section

EDTF_KEYS = ("issued", "accessed", "archived", "established", "date", "until", "as_of")
"""Keys whose value is an EDTF date, in quotes."""

TOML_DATE_KEYS = ("updated", "checked")
"""Keys whose value is a TOML date, without quotes."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_QUOTED_DAY = re.compile(r"""(["'])([0-9]{4}-[0-9]{2}-[0-9]{2})\1""")
_BARE_YEAR = re.compile(r"[0-9]{4}")
_UNPADDED = re.compile(r"""(?<=["'/])([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?(?=["'/?~%])""")

_BLANKS = b" \t"


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement with its position, the problem that it solves and the remedy in words."""

    position: Position
    what: str
    remedy: str
    replacement: Replacement


def find_spacing_edits(text: str, positions: Positions) -> Iterator[Edit]:
    """Yield the edits that make the spacing of a pack regular."""
    content = text.encode()
    yield from _find_line_edits(content, positions.pairs)
    yield from _find_final_newline_edits(content, detect_newline(text))
    yield from _find_separator_edits(content, positions.pairs)


def _find_line_edits(content: bytes, pairs: Sequence[Pair]) -> Iterator[Edit]:
    """Yield the edits that remove blank lines, trailing blanks and indents.

    The inside of a value that spans several lines is left alone.
    """
    open_at_end = {line for pair in pairs for line in pair.lines[:-1]}
    open_at_start = {line for pair in pairs for line in pair.lines[1:]}
    last = content.rstrip(b" \t\r\n").count(b"\n") + 1
    start, follows_blank_line = 0, True
    for number, line in enumerate(content.split(b"\n"), 1):
        bare = line.removesuffix(b"\r")
        full = bare.rstrip(_BLANKS)
        is_blank = not full and number not in open_at_start
        indent = 0 if number in open_at_start else len(full) - len(full.lstrip(_BLANKS))
        if is_blank and (follows_blank_line or number > last):
            end = min(start + len(line) + 1, len(content))
            if end > start:
                cut = Replacement(start, end, b"")
                yield Edit(Position(number, 1), "superfluous blank line", "remove it", cut)
        elif full != bare and number not in open_at_end:
            position = Position(number, len(full.decode()) + 1)
            cut = Replacement(start + len(full), start + len(bare), b"")
            yield Edit(position, "trailing blanks", "remove them", cut)
        if indent:
            cut = Replacement(start, start + indent, b"")
            yield Edit(Position(number, 1), "indented line", "remove the indent", cut)
        follows_blank_line = is_blank
        start += len(line) + 1


def _find_final_newline_edits(content: bytes, newline: str) -> Iterator[Edit]:
    """Yield the edit that adds a line break at the end of the file, if it lacks one."""
    line = content[content.rfind(b"\n") + 1 :]
    if line.strip(_BLANKS):
        position = Position(content.count(b"\n") + 1, len(line.decode()) + 1)
        end = Replacement(len(content), len(content), newline.encode())
        yield Edit(position, "no line break at the end of the file", "add one", end)


def _find_separator_edits(content: bytes, pairs: Sequence[Pair]) -> Iterator[Edit]:
    """Yield the edits that put one blank on each side of `=`."""
    for pair in pairs:
        start, end = pair.key[1], pair.value[0]
        if content[start:end] != b" = ":
            column = len(content[content.rfind(b"\n", 0, start) + 1 : start].decode()) + 1
            what = "not exactly one blank on each side of `=`"
            spaced = Replacement(start, end, b" = ")
            yield Edit(Position(pair.lines[0], column), what, "write ` = `", spaced)


def find_date_replacements(text: str, positions: Positions) -> Iterator[Replacement]:
    """Yield the replacements that add or remove quotes and pad months and days of dates."""
    content = text.encode()
    for pair in positions.pairs:
        start, end = pair.value
        written = new = content[start:end].decode()
        if pair.path[-1] in TOML_DATE_KEYS:
            new = _QUOTED_DAY.sub(r"\2", written) if _QUOTED_DAY.fullmatch(written) else written
        elif pair.path[-1] in EDTF_KEYS:
            is_bare = _DAY.fullmatch(written) or _BARE_YEAR.fullmatch(written)
            new = f'"{written}"' if is_bare else _UNPADDED.sub(_pad, written)
        if new != written:
            yield Replacement(start, end, new.encode())


def _pad(match: re.Match[str]) -> str:
    year, *rest = match.groups()
    return "-".join([year, *(part.zfill(2) for part in rest if part)])


def get_key_order(pack: Pack, path: Path) -> list[str]:
    """Return the keys that the table at `path` may have, in order; empty for an unknown table."""
    record: Any = pack
    for part in path:
        record = record[part] if isinstance(part, int) else getattr(record, part, None)
    return list(getattr(type(record), "model_fields", ()))


def sort_keys(content: bytes, section: Section, order: Sequence[str]) -> Replacement:
    """Return the replacement that sorts the keys of a table.

    The lines above a key, such as its comments, move with it.
    """
    chunks = []
    start = section.start
    for pair in section.pairs:
        line_end = content.find(b"\n", pair.value[1])
        end = section.end if line_end < 0 else line_end + 1
        chunks.append((order.index(str(pair.path[-1])), content[start:end]))
        start = end
    newline = detect_newline(content.decode()).encode()
    body = b"".join(
        chunk if chunk.endswith(b"\n") else chunk + newline
        for _, chunk in sorted(chunks, key=lambda chunk: chunk[0])
    )
    if chunks and not content.endswith(b"\n") and start == len(content):
        body = body.removesuffix(newline)
    return Replacement(section.start, start, body)
