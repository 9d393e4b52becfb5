"""Sources in a table: numbers that are links, and the list of sources below it."""

from __future__ import annotations

from itertools import groupby

from bilatcli import urls
from bilatcli.citations import csl
from bilatcli.render import periods, values
from bilatcli.render.layout import Column, lay_out_table
from bilatcli.render.terminal import DIM, Style, Text, flow_entries
from bilatcli.text import make_printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from bilatcli.render.settings import Settings
    from bilatcli.render.terminal import Line

    Loaded = Mapping[str, Any]

_LABEL_WIDTH = 5
"""Width of a number in brackets, in characters."""


class SourceNumbers:
    """The numbers, from 1, of the sources of a document, in the order in which they are cited."""

    def __init__(self, sources: Iterable[Loaded], *, is_hidden: bool = False) -> None:
        self._sources = {source["id"]: source for source in sources}
        self._cited: list[str] = []
        self._is_hidden = is_hidden

    def mark(self, ids: Sequence[str], separator: str = "") -> Text:
        """Return the numbers of sources in brackets, as in `[1][2]`, each a link to its source.

        They are empty if no sources are to be shown.
        """
        if self._is_hidden:
            return Text()
        return Text(separator).join(self._format_mark(id) for id in ids if id in self._sources)

    def mark_first(self, ids: Sequence[str]) -> Text:
        """Return the number of the first source, and how many others there are, as in `[1]+2`."""
        text = self.mark(ids[:1])
        return text.append(f"+{len(ids) - 1}", style=DIM) if text and len(ids) > 1 else text

    def _format_mark(self, id: str) -> Text:
        if id not in self._cited:
            self._cited.append(id)
        return Text(
            f"[{self._cited.index(id) + 1}]", style=make_link_style(self._sources[id], is_dim=False)
        )

    @property
    def count(self) -> int:
        """How many sources have a number."""
        return len(self._cited)

    def keep(self, count: int) -> None:
        """Forget the numbers after `count`."""
        del self._cited[count:]

    def list_cited(self) -> list[tuple[int, Loaded]]:
        """Return the sources that have a number, with it."""
        return [(number, self._sources[id]) for number, id in enumerate(self._cited, 1)]


def list_sources(numbers: SourceNumbers, settings: Settings) -> Iterator[Line]:
    """Yield the list of the sources that were cited, as the settings have it."""
    cited = numbers.list_cited()
    if settings.sources == "none" or not cited:
        return
    if settings.sources == "full":
        for number, source in cited:
            yield from format_numbered_source(
                number, format_source(source), source, width=settings.width
            )
        return
    entries = []
    for outlet, group in groupby(cited, key=lambda pair: _format_outlet(pair[1])):
        marks = Text().join(
            Text(f"[{number}]", style=make_link_style(source)) for number, source in group
        )
        entries.append(marks.append(f" {outlet}", style=DIM))
    yield from flow_entries(entries, separator="  ", width=settings.width)


def _format_outlet(source: Loaded) -> str:
    """Return the outlet of a source, or else its title, and its year."""
    year = periods.find_year(csl.get_date(source, "issued"))
    return make_printable(f"{csl.get_outlet(source) or source['title']} {year}".strip())


def format_source(source: Loaded) -> Text:
    """Return a source as in a bibliography, without its address."""
    text = Text(f"{values.format_credit(source)} ")
    details = [csl.get_outlet(source), csl.get_date(source, "issued") or "undated"]
    text.append(", ".join(make_printable(each) for each in details if each))
    reliability = values.format_for_machines(source["custom"], "custom")
    text.append(f" ({reliability}; {make_printable(source['id'])})", style=DIM)
    copy = values.format_archived_copy(source)
    return text.append(f"\n{copy}", style=DIM) if copy else text


def format_numbered_source(
    number: int, text: Text, source: Loaded, *, width: int
) -> Iterator[Line]:
    """Yield a number, the text of a source and its address, on one line if they fit.

    An address is never broken: the terminal wraps it, so that a copy of it is complete.
    """
    url = urls.display_url(source.get("URL", ""))
    address = Text(url, style=make_link_style(source), no_wrap=True)
    indent = _LABEL_WIDTH + 2
    fits = indent + text.cell_len + 2 + address.cell_len <= width
    if address and fits and "\n" not in text.plain:
        text, address = text.append("  ").append_text(address), Text()
    columns = (Column(is_right=True, is_unbroken=True), Column(is_wide=True))
    label = f"[{number}]".rjust(_LABEL_WIDTH)
    yield from lay_out_table(columns, [(label, text)], width=width)
    if address:
        yield Text(" " * indent, no_wrap=True).append_text(address)


def make_link_style(source: Loaded, *, is_dim: bool = True) -> Style:
    """Return the style of the address of a source: a hyperlink if it is a plain web address."""
    return Style(dim=is_dim or None, link=urls.to_link(source.get("URL", "")))
