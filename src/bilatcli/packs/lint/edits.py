"""Edits of the layout of a pack: spacing, the form of dates and the order of keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bilatcli.packs.editor import Replacement, detect_newline
from bilatcli.packs.edtf import DOUBTS, parse_date
from bilatcli.packs.lint.base import Position
from bilatcli.packs.models import Pack
from bilatcli.packs.positions import Pair, Path, Positions, Section
from bilatcli.packs.tokens import Token, read_tokens

EDTF_KEYS = ("issued", "accessed", "archived", "established", "date", "until", "as_of")
"""Keys whose value is an EDTF date, in quotes."""

TOML_DATE_KEYS = ("updated", "checked")
"""Keys whose value is a TOML date, without quotes."""

_TIME = re.compile(
    r"(\d{4}-\d\d?-\d\d?)[Tt ](\d\d:\d\d)(:\d\d)?(?:\.\d+)?([Zz]|[+-]\d\d:\d\d)?", re.ASCII
)
_MONTH_FIRST = re.compile(r"(\d\d?)[/.-](\d{4})", re.ASCII)
_SLASHES = re.compile(r"(\d{4})[/.](\d\d?)(?:[/.](\d\d?))?", re.ASCII)
_UNPADDED = re.compile(r"(?<![\d-])(\d{4})-(\d\d?)(?:-(\d\d?))?(?![\d-])", re.ASCII)
_TOML_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

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


def find_date_replacements(text: str) -> Iterator[Replacement]:
    """Yield the replacements that give dates their form: quotes or none, and YYYY-MM-DD.

    A date without quotes may be no TOML, so tokens are read, not values.
    """
    content = text.encode()
    for key, *rest in _read_statements(content):
        name = content[key.start : key.end].decode(errors="replace").strip("\"'").split(".")[-1]
        if name not in (*EDTF_KEYS, *TOML_DATE_KEYS) or len(rest) < 2:
            continue
        equals, *value = rest
        if content[equals.start : equals.end] != b"=" or any(each.kind == "mark" for each in value):
            continue
        start, end = value[0].start, value[-1].end
        written = content[start:end].decode(errors="replace")
        new = _write_date(written, has_quotes=name in EDTF_KEYS)
        if new != written:
            yield Replacement(start, end, new.encode())


def _read_statements(content: bytes) -> Iterator[list[Token]]:
    """Yield the tokens of each line, or lines in brackets, without comments."""
    statement: list[Token] = []
    depth = 0
    for token in [*read_tokens(content), Token("line_end", len(content), len(content))]:
        mark = content[token.start : token.end]
        depth += (mark in (b"[", b"{")) - (mark in (b"]", b"}"))
        if token.kind not in ("comment", "line_end"):
            statement.append(token)
        elif token.kind == "line_end" and depth <= 0 and statement:
            yield statement
            statement = []


def _write_date(written: str, *, has_quotes: bool) -> str:
    """Return a value as a date in its form, or as written if it is not a date."""
    quotes = re.match(r"\"{3}|'{3}|[\"']", written)
    mark = quotes[0] if quotes else ""
    text = written[len(mark) : len(written) - len(mark)]
    is_number = not mark and "." in text and ":" not in text
    date = text if is_number or (mark and _is_edtf(text)) else _to_iso(text.strip())
    if not has_quotes:
        day = date.partition("T")[0]
        return day if _TOML_DATE.fullmatch(day) and _is_edtf(day) else written
    mark = mark or '"'
    return f"{mark}{date}{mark}" if _is_edtf(date) else written


def _to_iso(text: str) -> str:
    """Return a date with its parts in the order of ISO 8601, padded; other texts as they are."""
    if time := _TIME.fullmatch(text):
        day, clock, seconds, zone = time.groups()
        return f"{_UNPADDED.sub(_pad, day)}T{clock}{seconds or ':00'}{(zone or '').upper()}"
    plain = text.rstrip(DOUBTS)
    if turned := _MONTH_FIRST.fullmatch(plain):
        text = f"{turned[2]}-{turned[1]}{text[len(plain) :]}"
    elif slashes := _SLASHES.fullmatch(plain):
        text = "-".join(filter(None, slashes.groups())) + text[len(plain) :]
    return _UNPADDED.sub(_pad, text)


def _is_edtf(text: str) -> bool:
    try:
        parse_date(text)
    except ValueError:
        return False
    return True


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
