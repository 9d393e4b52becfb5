"""The matrix of stances: holders by issues."""

from __future__ import annotations

from bilatcli.fields import Field
from bilatcli.render import values
from bilatcli.render.table_head import format_title
from bilatcli.render.terminal import DIM, Text, make_table
from bilatcli.text import make_printable, plural

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from bilatcli.render.terminal import RenderableType

    Loaded = Mapping[str, Any]
    Cells = Mapping[tuple[str, str], str]
    """The text of each cell, by its row and its column."""

NEUTRAL_MARK = "•"
AGAINST_MARK = "✕"
LEGEND = (
    f"XX supports XX · {AGAINST_MARK}XX opposes XX without backing anyone"
    f" · {NEUTRAL_MARK} has a position but takes no side"
)
COLUMN_GAP = 3
"""Characters between two columns of a table."""


def render_matrix(loaded: Loaded, width: int) -> Iterator[RenderableType]:
    """Yield the matrix in as many tables as the width needs, the legend and the counts.

    Rows are the longer list of holders and issues. A row that is empty in one of the tables is left
    out of it.
    """
    yield format_title(loaded, "stance matrix")
    holders, issues = (loaded["matrix"][key] for key in ("holders", "issues"))
    sides = [("issue", issues), ("holder", holders)]
    (column_key, columns), (row_key, rows) = sorted(sides, key=lambda side: len(side[1]))
    cells = {
        (cell[row_key], cell[column_key]): format_stance(cell) for cell in loaded["matrix"]["cells"]
    }
    for part in split_columns(rows, columns, cells, width):
        headings = [Field(each, values.format_word(each), "word") for each in part]
        table = make_table([Field(row_key, row_key.capitalize(), "text"), *headings])
        for row in rows:
            texts = [cells.get((row, column), "") for column in part]
            if any(texts):
                table.add_row(*map(Text, (make_printable(row), *texts)))
        yield table
        yield Text()
    yield Text(LEGEND, style=DIM)
    yield Text(_format_counts(loaded, len(holders), len(issues)), style=DIM)


def _format_counts(loaded: Loaded, holders: int, issues: int) -> str:
    """Return the numbers of stances, holders and issues, and the command that lists them."""
    stances = sum(len(cell["facts"]) for cell in loaded["matrix"]["cells"])
    noun = "stance" if loaded["query"]["all"] else "current stance"
    counts = (plural(stances, noun), plural(holders, "holder"), plural(issues, "issue"))
    words = make_printable(loaded["query"]["text"]) or "ISSUE"
    return f"{' · '.join(counts)} · dates and sources: bilatcli stances {words}"


def format_stance(cell: Loaded) -> str:
    """Return whom a holder favours on an issue, or else whom it is against, or a neutral mark."""
    if cell["favours"]:
        return make_printable(", ".join(cell["favours"]))
    against = ", ".join(f"{AGAINST_MARK}{each}" for each in cell["against"])
    return make_printable(against) or NEUTRAL_MARK


def split_columns(
    rows: Sequence[str], columns: Sequence[str], cells: Cells, width: int
) -> Iterator[list[str]]:
    """Yield the columns of each table: as many as fit next to the names of the rows."""
    names_width = max(_cell_width(row) for row in rows)
    part: list[str] = []
    used = names_width
    for column in columns:
        texts = (column, *(cells.get((row, column), "") for row in rows))
        column_width = COLUMN_GAP + max(map(_cell_width, texts))
        if part and used + column_width > width:
            yield part
            part, used = [], names_width
        part.append(column)
        used += column_width
    yield part


def _cell_width(text: str) -> int:
    """Return the characters of a terminal that a text takes."""
    return Text(make_printable(text)).cell_len
