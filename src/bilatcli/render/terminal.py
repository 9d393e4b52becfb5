"""Text for a terminal with Rich, which no other module imports. Strings are never markup."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TextIO

from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bilatcli import urls
from bilatcli.citations import csl
from bilatcli.fields import Field
from bilatcli.render import values
from bilatcli.text import make_printable

__all__ = [
    "DIM",
    "HEADING",
    "HIT",
    "REGULAR",
    "RenderableType",
    "Text",
    "add_space",
    "flow_entries",
    "format_numbered_source",
    "format_source",
    "format_standing",
    "make_link_style",
    "make_pairs",
    "make_table",
    "render_parts",
    "start_progress_bar",
    "style_word",
]

DIM = "dim"
HEADING = "bold"
REGULAR = "not bold"
HIT = "bold reverse"
"""The style of words that a search found."""

_WORD_STYLES = {
    "conflicting": "red",
    "citation needed": "red",
    "single source": "yellow",
    "disputed": "red",
    "planned": "cyan",
    "superseded": "dim",
    "historical": "dim",
}
_SOURCE_INDENT = 6
_RIGHT_ALIGNED_KINDS = ("number", "money")
_UNBROKEN_KINDS = ("date", "number", "money", "word")
_MAX_COLUMN_WIDTHS = {
    "system": 24,
    "position": 32,
    "sources": 10,
    "measure": 14,
    "name": 44,
    "status": 28,
}
"""Maximum width of a column, in characters, by its key."""

# --- printing


def render_parts(parts: Iterable[RenderableType], *, width: int, has_colour: bool) -> str:
    """Return parts, one below the other, for a terminal of `width` columns.

    Lines have no trailing spaces. A `Text` that must not wrap is left to the terminal, whatever its
    length.
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
    for part in parts:
        console.print(part, soft_wrap=isinstance(part, Text) and part.no_wrap is True)
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


def flow_entries(entries: Sequence[Text], *, separator: str, width: int) -> Iterable[Text]:
    """Yield lines of entries; an entry is broken only if it is wider than a line."""
    line = Text()
    for entry in entries:
        if line and line.cell_len + len(separator) + entry.cell_len > width:
            yield line
            line = Text()
        line = line.append(separator).append_text(entry) if line else entry.copy()
    if line:
        yield line


def add_space(part: RenderableType, *, indent: int = 0, after: int = 0) -> RenderableType:
    """Return a part with a blank line before it and `after` blank lines after it."""
    return Padding(part, (1, 0, after, indent))


def make_table(columns: Sequence[Field], *, has_header: bool = True) -> Table:
    """Return an empty table, in which texts wrap but numbers, dates and words are never broken.

    Without a header it is a list, with a blank line between rows.
    """
    table = Table(
        box=box.SIMPLE_HEAD,
        show_header=has_header,
        show_edge=False,
        pad_edge=False,
        header_style=HEADING,
    )
    table.leading = 0 if has_header else 1
    for column in columns:
        table.add_column(
            Text(column.heading),
            justify="right" if column.kind in _RIGHT_ALIGNED_KINDS else "left",
            no_wrap=column.kind in _UNBROKEN_KINDS and column.key != "status",
            overflow="fold",
            ratio=1 if column.key == "text" else None,
            max_width=_MAX_COLUMN_WIDTHS.get(column.key),
        )
    return table


def make_pairs(rows: Iterable[tuple[Text, Text]], *, gap: int = 1) -> Table:
    """Return two columns without lines: short labels, which never wrap, and texts, which do."""
    table = Table.grid(padding=(0, gap))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold", ratio=1)
    for label, text in rows:
        table.add_row(label, text)
    return table


# --- words and sources


def format_standing(fact: Mapping[str, Any], separator: str) -> Text:
    """Return the status and verification of a fact; colour only repeats the words."""
    words = [values.format_word(fact["status"]), values.format_word(fact["verification"])]
    return Text(separator).join(style_word(word) for word in words)


def style_word(word: str) -> Text:
    """Return a word for a status or a verification in its colour."""
    return Text(word, style=_WORD_STYLES.get(word, ""))


def format_source(source: Mapping[str, Any]) -> Text:
    """Return a source as in a bibliography, without its address."""
    text = Text(f"{values.format_credit(source)} ")
    details = [csl.get_outlet(source), csl.get_date(source, "issued") or "undated"]
    text.append(", ".join(make_printable(each) for each in details if each))
    reliability = values.format_for_machines(source["custom"], "custom")
    text.append(f" ({reliability}; {make_printable(source['id'])})", style=DIM)
    copy = values.format_archived_copy(source)
    return text.append(f"\n{copy}", style=DIM) if copy else text


def format_numbered_source(
    number: int, text: Text, source: Mapping[str, Any], *, width: int
) -> Iterable[RenderableType]:
    """Yield a number, the text of a source and its address, on one line if they fit.

    An address is never broken: the terminal wraps it, so that a copy of it is complete.
    """
    table = Table.grid(padding=(0, 1))
    table.add_column(width=_SOURCE_INDENT - 1, justify="right", no_wrap=True)
    table.add_column(overflow="fold", ratio=1)
    url = urls.display_url(source.get("URL", ""))
    address = Text(url, style=make_link_style(source), no_wrap=True)
    fits = _SOURCE_INDENT + text.cell_len + 2 + address.cell_len <= width
    if address and fits and "\n" not in text.plain:
        text, address = text.append("  ").append_text(address), Text()
    table.add_row(Text(f"[{number}]"), text)
    yield table
    if address:
        yield Text(" " * _SOURCE_INDENT, no_wrap=True).append_text(address)


def make_link_style(source: Mapping[str, Any]) -> Style:
    """Return the style of the address of a source: a hyperlink if it is a plain web address."""
    return Style(dim=True, link=urls.to_link(source.get("URL", "")))
