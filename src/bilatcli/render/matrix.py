"""The matrix of stances: issues by holders."""

from __future__ import annotations

from bilatcli.render.foot import flow_words
from bilatcli.render.layout import GAP, Column, lay_out_table, measure
from bilatcli.render.names import Names
from bilatcli.render.table_head import format_title
from bilatcli.render.terminal import HEADING
from bilatcli.text import make_printable, plural
from bilatcli.views.stance_counts import count_stances

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from bilatcli.render.layout import Line
    from bilatcli.render.settings import Settings

    Loaded = Mapping[str, Any]
    Cells = Mapping[tuple[str, str], str]
    """The text of each cell, by its row and its column."""

NEUTRAL_MARK = "•"
AGAINST_MARK = "✕"
LEGEND = (
    "XX favours XX",
    f"{AGAINST_MARK}XX opposes XX without favouring anyone",
    f"{NEUTRAL_MARK} has a position but takes no side",
)


def render_matrix(loaded: Loaded, settings: Settings) -> Iterator[Line]:
    """Yield the matrix in as many tables as the width needs, the legend and the counts.

    Rows are the longer list of holders and issues. A row that is empty in one of the tables is left
    out of it. Countries are codes, which the legend explains.
    """
    yield from (format_title(loaded, "stance matrix"), "")
    names, width = Names(loaded), settings.width
    holders, issues = (loaded["matrix"][key] for key in ("holders", "issues"))
    sides = [("issue", issues), ("holder", holders)]
    (column_key, columns), (row_key, rows) = sorted(sides, key=lambda side: len(side[1]))
    titles = {each: names.issue(each) for each in issues}
    titles |= {each: make_printable(each) for each in holders}
    cells = {
        (cell[row_key], cell[column_key]): format_stance(cell) for cell in loaded["matrix"]["cells"]
    }
    for part in split_columns(rows, columns, cells, titles, width):
        found = [(row, [cells.get((row, column), "") for column in part]) for row in rows]
        yield from lay_out_table(
            [Column(row_key.capitalize()), *(Column(titles[each]) for each in part)],
            [[titles[row], *texts] for row, texts in found if any(texts)],
            width=width,
            header_style=HEADING,
        )
        yield ""
    codes = {code for cell in loaded["matrix"]["cells"] for code in _list_codes(cell)}
    known = names.find_codes(sorted(codes))
    yield from flow_words(LEGEND, width)
    yield from flow_words([f"{code} {names.country(code)}" for code in known], width)
    yield from flow_words(_list_counts(loaded, len(holders), len(issues)), width)


def _list_codes(cell: Loaded) -> list[str]:
    """Return the codes that a cell and its row or column show."""
    return [cell["holder"], *(cell["favours"] or cell["against"])]


def _list_counts(loaded: Loaded, holders: int, issues: int) -> list[str]:
    """Return the numbers of stances, holders and issues, and the command that lists them."""
    shown = {id for cell in loaded["matrix"]["cells"] for id in cell["facts"]}
    stances = count_stances(fact for fact in loaded["facts"] if fact["id"] in shown)
    noun = "stance" if loaded["query"]["all"] else "current stance"
    words = make_printable(loaded["query"]["text"]) or "ISSUE"
    return [
        plural(stances, noun),
        plural(holders, "holder"),
        plural(issues, "issue"),
        f"dates and sources: bilatcli stances {words}",
    ]


def format_stance(cell: Loaded) -> str:
    """Return whom a holder favours on an issue, or else whom it is against, or a neutral mark."""
    if cell["favours"]:
        return make_printable(", ".join(cell["favours"]))
    against = ", ".join(f"{AGAINST_MARK}{each}" for each in cell["against"])
    return make_printable(against) or NEUTRAL_MARK


def split_columns(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Cells,
    titles: Mapping[str, str],
    width: int,
) -> Iterator[list[str]]:
    """Yield the columns of each table: as many as fit next to the names of the rows."""
    names_width = max(measure(titles[row]) for row in rows)
    part: list[str] = []
    used = names_width
    for column in columns:
        texts = (titles[column], *(cells.get((row, column), "") for row in rows))
        column_width = len(GAP) + max(map(measure, texts))
        if part and used + column_width > width:
            yield part
            part, used = [], names_width
        part.append(column)
        used += column_width
    yield part
