"""Lines of tables: widths, wrapping, alignment."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from bilatcli.render.layout import Column, Line, choose_widths, lay_out_table
from bilatcli.render.terminal import Text


def to_text(line: Line) -> str:
    """Return a line without its styles."""
    return line if isinstance(line, str) else line.plain


COLUMNS = [Column("Date"), Column("Statement", is_wide=True), Column("N", is_right=True)]


def test_cells_wrap_side_by_side() -> None:
    """A wide column wraps, numbers are right-aligned, and lines have no trailing spaces."""
    rows: list[list[str | Text]] = [
        ["2001", Text("ten yaks were sold"), "12"],
        ["2002", "one", "1"],
    ]
    assert [to_text(line) for line in lay_out_table(COLUMNS, rows, width=24)] == [
        "2001  ten yaks were   12",
        "      sold",
        "2002  one              1",
    ]


def test_wide_characters_are_measured() -> None:
    """Characters that take two columns do not shift what follows."""
    rows = [["2001", "蒙古" * 9, "12"], ["2002", "one", "1"]]
    lines = [to_text(line) for line in lay_out_table(COLUMNS, rows, width=40)]
    assert {cell_len(line) for line in lines if line.endswith(("1", "2"))} == {40}


@pytest.mark.parametrize("width", range(1, 60))
def test_no_table_is_too_wide(width: int) -> None:
    """Columns are narrowed until they fit: first the wide one, then those that may wrap."""
    rows = [["2001-02-03", "a statement of some length, wrapped", "1,000,000"]]
    widths = choose_widths(COLUMNS, rows, width)
    assert sum(widths) + 4 <= max(width, 7)
    if width >= 40:
        assert (widths[0], widths[2]) == (10, 9)


def test_a_maximum_width_wraps() -> None:
    """A column that is wider than its maximum wraps."""
    columns = [Column(max_width=13), Column(is_wide=True)]
    lines = lay_out_table(columns, [["30 Dec 2025 – 2 Jan 2026", "text"]], width=60)
    assert [to_text(line) for line in lines] == ["30 Dec 2025 –  text", "2 Jan 2026"]
