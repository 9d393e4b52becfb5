"""Text for a terminal with Rich: printing, columns of fields, labels, paragraphs.

Rich is imported only here and in `layout`. Strings are never markup.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TextIO

from rich.console import Console
from rich.style import Style
from rich.text import Text

from bilatcli.fields import Field
from bilatcli.render.layout import Cell, Column, Line, lay_out_table, wrap

__all__ = [
    "DIM",
    "HEADING",
    "HIT",
    "REGULAR",
    "Line",
    "Style",
    "Text",
    "flow_entries",
    "indent_lines",
    "make_columns",
    "make_pairs",
    "render_lines",
    "start_progress_bar",
]

DIM = "dim"
HEADING = "bold"
REGULAR = "not bold"
HIT = "bold reverse"
"""The style of words that a search found."""

_RIGHT_ALIGNED_KINDS = ("number", "money")
_UNBROKEN_KINDS = ("date", "id", "number", "money", "word")
_MAX_COLUMN_WIDTHS = {
    "system": 24,
    "position": 32,
    "sources": 10,
    "measure": 14,
    "name": 44,
    "status": 48,
}
"""Maximum width of a column, in characters, by its key."""

# --- printing


def render_lines(lines: Iterable[Line], *, width: int, has_colour: bool) -> str:
    """Return lines and paragraphs, one below the other, for a terminal of `width` columns.

    Lines have no trailing spaces. A `Text` that must not wrap is left to the terminal, whatever its
    length; a string is a line that fits.
    """
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=width,
        height=1,  # or else Rich asks the environment
        color_system="standard" if has_colour else None,
        force_terminal=has_colour,
        no_color=not has_colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for line in lines:
        if isinstance(line, str):
            stream.write(f"{line}\n")
        else:
            is_unbroken = line.no_wrap is True
            console.print(line, soft_wrap=is_unbroken)
    # Rich gives links random ids; the same answer must be the same bytes.
    text = re.sub("\x1b\\]8;id=[^;]*;", "\x1b]8;;", stream.getvalue())
    return "".join(f"{line.rstrip()}\n" for line in text.rstrip("\n").split("\n"))


def start_progress_bar(stream: TextIO, label: str) -> Callable[[int, int], None]:
    """Draw a progress bar and return its callback (done, total), which removes it at the end."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(file=stream, markup=False), transient=True)
    task = bar.add_task(label)
    bar.start()

    def report_progress(done: int, total: int) -> None:
        bar.update(task, completed=done, total=total)
        if done >= total:
            bar.stop()

    return report_progress


# --- layout


def flow_entries(entries: Sequence[Text], *, separator: str, width: int) -> Iterator[Text]:
    """Yield lines of entries; an entry is broken only if it is wider than a line."""
    line = Text()
    for entry in entries:
        if line and line.cell_len + len(separator) + entry.cell_len > width:
            yield line
            line = Text()
        line = line.append(separator).append_text(entry) if line else entry.copy()
    if line:
        yield line


def indent_lines(text: Text, indent: int, width: int) -> Iterator[Line]:
    """Yield the lines of a paragraph, each after `indent` spaces."""
    for line in wrap(text, width - indent):
        yield Text(" " * indent, no_wrap=True).append_text(Text() + line)


def make_columns(fields: Sequence[Field]) -> list[Column]:
    """Return a column for each field, in which numbers, dates and words are never broken."""
    return [
        Column(
            field.heading,
            is_right=field.kind in _RIGHT_ALIGNED_KINDS,
            is_unbroken=field.kind in _UNBROKEN_KINDS and field.key != "status",
            is_wide=field.key == "text",
            max_width=_MAX_COLUMN_WIDTHS.get(field.key),
        )
        for field in fields
    ]


def make_pairs(rows: Iterable[tuple[Cell, Cell]], width: int) -> Iterator[Line]:
    """Yield two columns without lines: short labels, which do not wrap, and texts, which do."""
    columns = (Column(is_unbroken=True), Column(is_wide=True))
    yield from lay_out_table(columns, list(rows), width=width)
