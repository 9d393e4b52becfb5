"""Lines of a table: the widths of its columns, wrapped cells side by side, a header and a rule.

Lines are plain strings where nothing has a style, so that long lists cost little.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

Line = str | Text
"""A line of the screen, or a paragraph that the terminal wraps."""
Cell = str | Text

GAP = "  "
"""What separates two columns."""
MIN_TEXT_WIDTH = 12
"""Width, in characters, below which a column is not narrowed, as long as others can be."""

_CONSOLE = Console(width=80, height=1, color_system=None, force_terminal=False)
"""Rich asks for one to wrap texts; nothing is printed on it."""


class Column:
    """A column: its heading, and whether its cells are right-aligned, or never wrapped.

    `max_width` is in characters. One column can take all the width that is left (`is_wide`).
    """

    __slots__ = ("heading", "is_right", "is_unbroken", "is_wide", "max_width")

    def __init__(
        self,
        heading: str = "",
        *,
        is_right: bool = False,
        is_unbroken: bool = False,
        is_wide: bool = False,
        max_width: int | None = None,
    ) -> None:
        self.heading = heading
        self.is_right = is_right
        self.is_unbroken = is_unbroken
        self.is_wide = is_wide
        self.max_width = max_width


def measure(cell: Cell) -> int:
    """Return the width of a cell if it is not wrapped, in characters of a terminal."""
    if isinstance(cell, str) and cell.isascii() and "\n" not in cell:
        return len(cell)
    text = cell if isinstance(cell, str) else cell.plain
    return max(map(cell_len, text.split("\n")))


def wrap(cell: Cell, width: int) -> Sequence[Line]:
    """Return a cell as lines of at most `width` characters; a longer word is broken."""
    if isinstance(cell, str):
        if measure(cell) <= width and "\n" not in cell:
            return [cell]
        return [line.plain.rstrip() for line in _wrap_text(Text(cell), width)]
    return _wrap_text(cell, width)


def _wrap_text(text: Text, width: int) -> list[Text]:
    lines = list(text.wrap(_CONSOLE, max(1, width), overflow="fold"))
    for line in lines:
        line.rstrip()
    return lines


def choose_widths(
    columns: Sequence[Column], rows: Iterable[Sequence[Cell]], width: int
) -> list[int]:
    """Return the width of each column for these rows on a screen of `width` columns."""
    widths = [measure(column.heading) for column in columns]
    for row in rows:
        for index, cell in enumerate(row):
            widths[index] = max(widths[index], measure(cell))
    limits = [column.max_width or width for column in columns]
    widths = [max(1, min(pair)) for pair in zip(widths, limits, strict=True)]
    excess = sum(widths) + len(GAP) * (len(columns) - 1) - width
    wide = [index for index, column in enumerate(columns) if column.is_wide]
    breakable = [index for index, column in enumerate(columns) if not column.is_unbroken]
    every = list(range(len(columns)))
    for chosen in (wide, breakable, every):
        excess = _shrink(widths, chosen, excess, MIN_TEXT_WIDTH)
    _shrink(widths, every, excess, 1)
    return widths


def _shrink(widths: list[int], chosen: Sequence[int], excess: int, least: int) -> int:
    """Take `excess` from the widest of the chosen columns; return what could not be taken."""
    while excess > 0 and chosen:
        widest = max(chosen, key=lambda index: widths[index])
        others = [widths[index] for index in chosen if widths[index] < widths[widest]]
        floor = max([least, *others]) if others else least
        cut = min(excess, max(1, widths[widest] - floor))
        if widths[widest] - cut < least:
            break
        widths[widest] -= cut
        excess -= cut
    return excess


def lay_out_row(
    cells: Sequence[Cell], columns: Sequence[Column], widths: Sequence[int]
) -> list[Line]:
    """Return the lines of a row, its cells side by side."""
    wrapped = [wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    height = max(map(len, wrapped))
    return [
        _join_line([lines[i] if i < len(lines) else "" for lines in wrapped], columns, widths)
        for i in range(height)
    ]


def _join_line(parts: Sequence[Line], columns: Sequence[Column], widths: Sequence[int]) -> Line:
    """Return the parts of one line, each padded to the width of its column."""
    pieces: list[Line] = []
    for index, (part, width) in enumerate(zip(parts, widths, strict=True)):
        space = " " * (width - measure(part))
        is_right = columns[index].is_right
        pieces += [GAP] if index else []
        pieces += [space, part] if is_right else [part, space]
    if all(isinstance(piece, str) for piece in pieces):
        return "".join(map(str, pieces)).rstrip()
    line = Text(no_wrap=True, end="")
    for piece in pieces:
        line.append(piece) if isinstance(piece, str) else line.append_text(piece)
    line.rstrip()
    return line


def lay_out_header(columns: Sequence[Column], widths: Sequence[int], style: str) -> list[Line]:
    """Return the headings of a table, and a rule as wide as the table."""
    headings = [Text(column.heading, style=style) for column in columns]
    rule = "─" * (sum(widths) + len(GAP) * (len(widths) - 1))
    return [*lay_out_row(headings, columns, widths), rule]


def lay_out_table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    *,
    width: int,
    header_style: str | None = None,
) -> Iterator[Line]:
    """Yield the lines of a table; it has no header without a `header_style`."""
    widths = choose_widths(columns, rows, width)
    if header_style is not None:
        yield from lay_out_header(columns, widths, header_style)
    for row in rows:
        yield from lay_out_row(row, columns, widths)
