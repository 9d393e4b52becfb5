"""The terminal: what this tool asks of Rich, and the one file that asks. Strings are never markup, always `Text`."""

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
from bilatcli.fields import Column
from bilatcli.render import values
from bilatcli.text import make_printable

__all__ = [
    "DIM",
    "HEADING",
    "HIT",
    "RenderableType",
    "Text",
    "below",
    "grid",
    "linked",
    "numbered",
    "pairs",
    "printed",
]

DIM = "dim"
HEADING = "bold"
HIT = "bold reverse"

_STYLES = {
    "conflicting": "red",
    "citation needed": "red",
    "single source": "yellow",
    "disputed": "red",
    "planned": "cyan",
    "superseded": "dim",
    "historical": "dim",
}
_INDENT = 6
_RIGHT = ("number", "money")
_WHOLE = ("date", "number", "money", "word")
_MAX_WIDTHS = {"system": 24, "position": 32, "sources": 10, "measure": 14, "name": 44, "status": 28}


def printed(parts: Iterable[RenderableType], *, width: int, has_colour: bool) -> str:
    """Return parts, one below the other, as a terminal of `width` columns shows them, without trailing spaces.

    A `Text` that must not wrap is left to the terminal, however long.
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
    # Rich numbers its links at random; the same answer is to be the same bytes.
    text = re.sub("\x1b\\]8;id=[^;]*;", "\x1b]8;;", stream.getvalue())
    return "".join(f"{line.rstrip()}\n" for line in text.rstrip("\n").split("\n"))


def progress(stream: TextIO, what: str) -> Callable[[int, int], None]:
    """Return what shows a bar on a terminal when it is told how many of how many are done; at the end it is gone."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(file=stream, markup=False), transient=True)
    task = bar.add_task(what)
    bar.start()

    def tell(done: int, total: int) -> None:
        bar.update(task, completed=done, total=total)
        if done >= total:
            bar.stop()

    return tell


def flowed(entries: Sequence[Text], *, between: str, width: int) -> Iterable[Text]:
    """Return entries one behind the other, none of them broken unless it is wider than a line."""
    line = Text()
    for entry in entries:
        if line and line.cell_len + len(between) + entry.cell_len > width:
            yield line
            line = Text()
        line = line.append(between).append_text(entry) if line else entry.copy()
    if line:
        yield line


def below(part: RenderableType, *, indent: int = 0, after: int = 0) -> RenderableType:
    """Return a part with a blank line above it, and `after` blank lines behind it."""
    return Padding(part, (1, 0, after, indent))


def grid(columns: Sequence[Column], *, header: bool = True) -> Table:
    """Return an empty table in which only texts give way: numbers, dates and words are never broken."""
    table = Table(
        box=box.SIMPLE_HEAD,
        show_header=header,
        show_edge=False,
        pad_edge=False,
        header_style=HEADING,
    )
    # A list has no lines between columns, so its rows are set apart.
    table.leading = 0 if header else 1
    for column in columns:
        table.add_column(
            Text(column.heading),
            justify="right" if column.kind in _RIGHT else "left",
            no_wrap=column.kind in _WHOLE and column.key != "status",
            overflow="fold",
            ratio=1 if column.key == "text" else None,
            max_width=_MAX_WIDTHS.get(column.key),
        )
    return table


def pairs(told: Iterable[tuple[Text, Text]], *, gap: int = 1) -> Table:
    """Return two columns without lines: short labels that stay whole, and texts that wrap."""
    table = Table.grid(padding=(0, gap))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold", ratio=1)
    for label, text in told:
        table.add_row(label, text)
    return table


def numbered(
    number: int, text: Text, source: Mapping[str, Any], *, width: int
) -> Iterable[RenderableType]:
    """Return what is said of a source behind its number, and its address: on the same line where it fits.

    An address is never broken: a terminal wraps it itself, and what is copied is whole.
    """
    table = Table.grid(padding=(0, 1))
    table.add_column(width=_INDENT - 1, justify="right", no_wrap=True)
    table.add_column(overflow="fold", ratio=1)
    address = Text(urls.display_url(source.get("URL", "")), style=linked(source), no_wrap=True)
    if (
        address
        and "\n" not in text.plain
        and _INDENT + text.cell_len + 2 + address.cell_len <= width
    ):
        text, address = text.append("  ").append_text(address), Text()
    table.add_row(Text(f"[{number}]"), text)
    yield table
    if address:
        yield Text(" " * _INDENT, no_wrap=True).append_text(address)


def standing(fact: Mapping[str, Any], between: str) -> Text:
    """Return status and verification of a fact in words; colour only repeats them."""
    words = [values.word(fact["status"]), values.word(fact["verification"])]
    return Text(between).join(coloured(word) for word in words)


def coloured(word: str) -> Text:
    """Return a word of doubt or standing in its colour."""
    return Text(word, style=_STYLES.get(word, ""))


def linked(source: Mapping[str, Any]) -> Style:
    """Return the style of a source's address, which shows its host: a hyperlink where it is a plain web address."""
    return Style(dim=True, link=urls.to_link(source.get("URL", "")))


def entry(source: Mapping[str, Any]) -> Text:
    """Return a source as a bibliography has it, but for its address."""
    text = Text(f"{values.credit(source)} ")
    said = [
        csl.get_outlet(source),
        csl.get_date(source, "issued") or "undated",
    ]
    text.append(", ".join(make_printable(each) for each in said if each))
    text.append(
        f" ({values.plain(source['custom'], 'custom')}; {make_printable(source['id'])})", style=DIM
    )
    return text.append(f"\n{copy}", style=DIM) if (copy := values.archived_copy(source)) else text
