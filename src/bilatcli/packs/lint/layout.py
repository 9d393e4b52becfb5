"""The rules of `check` on how a pack is laid out, and the edits of spacing and dates that `--fix` makes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bilatcli.packs.lint.base import NOTE, Checked, Doubt, Spot, rule
from bilatcli.packs.models import Pack
from bilatcli.packs.positions import Pair, Path, Positions

DATES = ("issued", "accessed", "archived", "established", "date", "until", "as_of")
"""Keys whose value is an EDTF date, in quotes."""
DAYS = ("updated",)
"""Keys whose value is a date of TOML, without quotes."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_QUOTED_DAY = re.compile(r"""(["'])([0-9]{4}-[0-9]{2}-[0-9]{2})\1""")
_UNPADDED = re.compile(r"""(?<=["'/])([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?=["'/?~%])""")

_BLANKS = b" \t"


Piece = tuple[int, int, bytes]
"""From where to where in a text, as UTF-8, something else is to stand, and what."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A piece of a text that is to be another: where it is found, why, and what to do."""

    spot: Spot
    what: str
    remedy: str
    piece: Piece


def applied(text: str, pieces: Iterable[Piece]) -> str:
    """The text with other pieces, of which no two overlap."""
    content, kept, done = text.encode(), [], 0
    for start, end, new in sorted(pieces):
        kept += [content[done:start], new]
        done = end
    return b"".join([*kept, content[done:]]).decode()


@rule("BL301", "key-order", NOTE)
def key_order(checked: Checked) -> Iterator[Doubt]:
    """A key does not stand where it stands in the other tables of its kind.

    The order is that of `docs/packs.md`: what a fact is, what it says, when, who, on what it rests, then the keys of
    its topic. Tables that are written alike are read and compared faster. Of each table the first key that would have
    to move is told. `--fix` puts keys in order, and leaves each comment with the key that it stands above or behind.
    """
    for section in checked.positions.sections:
        order = order_of(checked.pack, section.path)
        keys = [str(pair.path[-1]) for pair in section.pairs]
        if not set(keys) <= set(order):
            continue
        ranks = [order.index(key) for key in keys]
        if ranks == sorted(ranks):
            continue
        key = keys[_first_to_move(ranks)]
        before = [each for each in order[: order.index(key)] if each in keys]
        where = f"behind `{before[-1]}`" if before else "first"
        yield (
            (*section.path, key),
            f"`{key}` is out of order",
            f"put it {where}, or let `--fix` do it",
        )


def order_of(pack: Pack, path: Path) -> list[str]:
    """The keys that the table at `path` may have, in their order; none where the pack has no such table."""
    record: Any = pack
    for part in path:
        record = record[part] if isinstance(part, int) else getattr(record, part, None)
    return list(getattr(type(record), "model_fields", ()))


def _first_to_move(ranks: Sequence[int]) -> int:
    """The first position that is not in the longest run of rising ranks: all in that run may stay."""
    runs: list[list[int]] = []
    for position, rank in enumerate(ranks):
        before = max((run for run in runs if ranks[run[-1]] < rank), key=len, default=[])
        runs.append([*before, position])
    longest = max(runs, key=len)
    return next(position for position in range(len(ranks)) if position not in longest)


@rule("BL302", "spacing", NOTE)
def spacing(checked: Checked) -> Iterator[Doubt]:
    """A line has blanks that nobody sees, or lacks those that the others have.

    Blanks at the end of a line, before a key, a header or a comment; no single blank on each side of `=`; more than
    one blank line, or one at the beginning or end of the file; no line break at the end. They show up as changes that
    are none. What stands within a value of several lines is left alone. `--fix` mends all of it.
    """
    for edit in spacing_edits(checked.text, checked.positions):
        yield edit.spot, edit.what, edit.remedy


def spacing_edits(text: str, positions: Positions) -> Iterator[Edit]:
    """The edits that mend spacing."""
    content = text.encode()
    ended = {line for pair in positions.pairs for line in pair.lines[:-1]}
    begun = {line for pair in positions.pairs for line in pair.lines[1:]}
    last = content.rstrip(b" \t\r\n").count(b"\n") + 1
    start, is_after_blank = 0, True
    for number, line in enumerate(content.split(b"\n"), 1):
        bare = line.removesuffix(b"\r")
        full = bare.rstrip(_BLANKS)
        indent = 0 if number in begun else len(full) - len(full.lstrip(_BLANKS))
        spot = Spot(number, 1)
        if not full and number not in begun and (is_after_blank or number > last):
            end = min(start + len(line) + 1, len(content))
            if end > start:
                yield Edit(spot, "there is a blank line too many", "take it out", (start, end, b""))
        elif full != bare and number not in ended:
            at = Spot(number, len(full.decode()) + 1)
            piece = start + len(full), start + len(bare), b""
            yield Edit(at, "there are blanks at the end of the line", "take them out", piece)
        if indent:
            yield Edit(
                spot, "the line is indented", "begin it at the margin", (start, start + indent, b"")
            )
        is_after_blank = not full and number not in begun
        start += len(line) + 1
    yield from _unended(content, newline(text))
    yield from _separators(content, positions.pairs)


def _unended(content: bytes, newline: str) -> Iterator[Edit]:
    """The edit that ends the last line, where something stands on it."""
    number, line = content.count(b"\n") + 1, content[content.rfind(b"\n") + 1 :]
    if line.strip(_BLANKS):
        spot, end = Spot(number, len(line.decode()) + 1), len(content)
        yield Edit(
            spot, "the last line does not end", "add a line break", (end, end, newline.encode())
        )


def newline(text: str) -> str:
    """What ends the lines of a text."""
    return "\r\n" if "\r\n" in text else "\n"


def _separators(content: bytes, pairs: Sequence[Pair]) -> Iterator[Edit]:
    for pair in pairs:
        start, end = pair.key[1], pair.value[0]
        if content[start:end] != b" = ":
            column = len(content[content.rfind(b"\n", 0, start) + 1 : start].decode()) + 1
            what, remedy = "`=` does not have one blank on each side", "write one on each"
            yield Edit(Spot(pair.lines[0], column), what, remedy, (start, end, b" = "))


def date_pieces(text: str, positions: Positions) -> Iterator[Piece]:
    """The pieces that write dates as records want them: in quotes or without, month and day in two digits."""
    content = text.encode()
    for pair in positions.pairs:
        start, end = pair.value
        written = new = content[start:end].decode()
        if pair.path[-1] in DAYS:
            new = _QUOTED_DAY.sub(r"\2", written) if _QUOTED_DAY.fullmatch(written) else written
        elif pair.path[-1] in DATES:
            new = f'"{written}"' if _DAY.fullmatch(written) else _UNPADDED.sub(_padded, written)
        if new != written:
            yield start, end, new.encode()


def _padded(found: re.Match[str]) -> str:
    year, month, day = found.groups()
    return f"{year}-{month:0>2}-{day:0>2}"
