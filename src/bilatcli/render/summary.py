"""The summary of a pair, on one screen."""

from __future__ import annotations

import re

from bilatcli.render import values
from bilatcli.render.foot import flow_words, list_meanings
from bilatcli.render.layout import Column, choose_widths, lay_out_row, wrap
from bilatcli.render.names import Names
from bilatcli.render.periods import format_period, get_first_day
from bilatcli.render.records import format_fact
from bilatcli.render.rows import is_filed_here
from bilatcli.render.sources import SourceNumbers, list_sources
from bilatcli.render.standing import format_counts
from bilatcli.render.statement import format_date
from bilatcli.render.terminal import DIM, HEADING, REGULAR, Text
from bilatcli.text import make_printable, plural

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from bilatcli.render.layout import Cell, Line
    from bilatcli.render.settings import Settings

    Loaded = Mapping[str, Any]

MIN_HEADLINES = 1
"""Headlines that are shown, however long they are."""
MAX_GENERATED = 2
"""Generated statements that follow curated ones on a screen."""
OVERVIEW_LINES = 2
"""Lines of the overview on a screen."""
SOURCE_LINES = 2
"""Lines of sources on a screen."""

_SENTENCE_END = re.compile(r"(?<=[a-z0-9)]\.) (?=[A-Z])")
_DATE_WIDTH = 13
_EXPECTED = ("politics", "conflict", "recognition", "stances")
"""What a reader looks for first, and what only an editor can write."""


def render_summary(loaded: Loaded, settings: Settings) -> Iterator[Line]:
    """Yield the relation, its overview, the newest headlines, the outline, and short sources.

    On a screen it is as long as the screen, with one source for each statement.
    """
    page = _Page(loaded, settings)
    head = list(page.list_head())
    yield from head
    yield from page.list_body(len(head))


def format_relation(relation: Loaded, marks: Text) -> Text:
    """Return the name of a relation, the date it was established, and its status."""
    text = Text(make_printable(relation["name"]), style=HEADING)
    if relation["established"]:
        date = make_printable(format_period(relation["established"]))
        text.append(f" · relations since {date}", style=REGULAR)
    if relation["status"]:
        text.append(f" · {make_printable(relation['status'])}", style=REGULAR)
    return text.append(" ", style=REGULAR).append_text(marks) if marks else text


def shorten_overview(overview: str, width: int, lines: int) -> str:
    """Return as many sentences of an overview as fit; at least the first."""
    sentences = _SENTENCE_END.split(overview)
    kept = sentences[:1]
    for sentence in sentences[1:]:
        if len(wrap(" ".join([*kept, sentence]), width)) > lines:
            break
        kept.append(sentence)
    return " ".join(kept)


class _Page:
    """The lines of a summary. `is_short` is True on a screen that shows what fits."""

    def __init__(self, loaded: Loaded, settings: Settings) -> None:
        self.relation = loaded["relation"]
        self.facts = loaded["facts"]
        self.outline = loaded["outline"]
        self.conditions = values.list_conditions(loaded["query"])
        self.settings = settings
        self.width = settings.width
        self.is_short = settings.max_lines is not None
        self.numbers = SourceNumbers(loaded["sources"], is_hidden=settings.sources == "none")
        self.headlines = [each for each in self.facts if each["coverage"] == "curated"]
        self.generated = [each for each in self.facts if each["coverage"] != "curated"]
        self.generated_count = len(self.generated)
        if settings.is_screen:
            self.headlines.sort(key=get_first_day, reverse=True)
        self.headlines = self.headlines[: settings.limit]
        self.is_curated = any(is_filed_here(each, loaded) for each in self.headlines)
        self.loaded, self.names = loaded, Names(loaded)

    def _mark(self, ids: Sequence[str]) -> Text:
        """Return the numbers of sources; on a screen of the first one only."""
        return self.numbers.mark_first(ids) if self.is_short else self.numbers.mark(ids)

    def list_head(self) -> Iterator[Line]:
        """Yield the names, the status and the overview."""
        relation = self.relation
        cited = [*relation["established_sources"], *relation["status_sources"]]
        status = relation["status_sources"] or relation["established_sources"]
        marks = self._mark(status if self.is_short else list(dict.fromkeys(cited)))
        yield from wrap(format_relation(relation, marks), self.width)
        overview = make_printable(relation["overview"] or "")
        if overview:
            if self.is_short:
                overview = shorten_overview(overview, self.width - 8, OVERVIEW_LINES)
            text = Text(f"{overview} ").append_text(self._mark(relation["sources"]))
            yield from wrap(text, self.width)
        yield ""

    def list_body(self, used: int) -> Iterator[Line]:
        """Yield the facts and the foot; `used` is the number of lines above them."""
        max_lines = self.settings.max_lines
        columns = (Column(max_width=_DATE_WIDTH), Column(is_wide=True))
        count = self.numbers.count
        rows = [self._format_row(fact) for fact in self.headlines] + self._list_generated()
        widths = choose_widths(columns, rows, self.width)
        self.numbers.keep(count)
        if max_lines is not None and not self.headlines:
            self._drop_generated(max_lines - used, columns, widths)
        shown: list[Loaded] = []
        lines: list[Line] = []
        for fact in self.headlines:
            count = self.numbers.count
            added = lay_out_row(self._format_row(fact), columns, widths)
            if max_lines is not None and len(shown) >= MIN_HEADLINES:
                after = self._list_rest(columns, widths, [*shown, fact])
                if used + len(lines) + len(added) + len(after) > max_lines:
                    self.numbers.keep(count)
                    break
            lines += added
            shown.append(fact)
        yield from lines
        yield from self._list_rest(columns, widths, shown)

    def _drop_generated(
        self, max_lines: int, columns: Sequence[Column], widths: Sequence[int]
    ) -> None:
        """Drop the last generated facts until the rest of the page fits; the first one stays."""
        while len(self.generated) > 1 and len(self._list_rest(columns, widths, [])) > max_lines:
            self.generated.pop()

    def _list_rest(
        self,
        columns: Sequence[Column],
        widths: Sequence[int],
        shown: Sequence[Loaded],
    ) -> list[Line]:
        """Return what follows the headlines: generated statements, and the foot."""
        count = self.numbers.count
        lines: list[Line] = []
        generated = self._list_generated()
        if generated:
            lines += [""] if shown else []
            if not self._has_both:
                lines.append(Text(f"Generated from {self._name_origin()}", style=HEADING))
            for row in generated:
                lines += lay_out_row(row, columns, widths)
        if not self.is_curated:
            lines += flow_words([f"Not curated: {', '.join(_EXPECTED)}"], self.width)
        lines.append("")
        sources = list(list_sources(self.numbers, self.settings))
        has_more = self.is_short and len(sources) > SOURCE_LINES
        lines += sources[:SOURCE_LINES] if has_more else sources
        pointers = list(self._list_pointers(shown))
        if self.is_short and (self.relation["overview"] or has_more):
            pointers.append(f"sources: bilatcli cite {self.relation['id']}")
        lines += flow_words([*pointers, *list_meanings(shown)], self.width)
        if self.is_short:
            self.numbers.keep(count)
        return lines

    def _list_pointers(self, shown: Sequence[Loaded]) -> Iterator[str]:
        """Yield how many facts are shown, of which kind, and the command for all of them."""
        id = self.relation["id"]
        if self.headlines and not self.is_curated:
            yield "newest facts filed under other pairs"
        elif self.headlines:
            counts = format_counts(self.headlines)
            total = plural(len(self.headlines), "headline")
            if len(shown) < len(self.headlines):
                yield f"{len(shown)} of {total}"
            else:
                yield total + (f": {counts}" if counts else "")
        elif len(self.generated) < self.generated_count:
            total = plural(self.generated_count, "generated fact")
            yield f"{len(self.generated)} of {total}"
        if self.conditions:
            yield f"only {', '.join(self.conditions)}"
        if self.facts:
            yield f"every fact: bilatcli facts {id}"

    def _format_row(self, fact: Loaded) -> tuple[Cell, Cell]:
        text = format_fact(fact, self._mark(fact["sources"]))
        if not is_filed_here(fact, self.loaded):
            label = Text(f"{self.names.relation(fact['relation'])}: ", style=HEADING)
            text = label.append_text(text)
        return format_date(fact), text

    def _list_generated(self) -> list[tuple[Cell, Cell]]:
        """Return the rows of what was generated from a reference work."""
        rows: list[tuple[Cell, Cell]] = []
        if self.outline is not None:
            date = Text(f"as of {make_printable(self.outline['as_of'][:4])}", style=DIM)
            text = Text(f"{values.format_outline(self.outline)} ", style=REGULAR)
            rows.append((date, text.append_text(self._mark(self.outline["sources"]))))
        facts = self.generated[:MAX_GENERATED] if self._has_both else self.generated
        return rows + [self._format_row(fact) for fact in facts]

    def _name_origin(self) -> str:
        """Return what the generated statements come from."""
        is_outline = all(fact["coverage"] == "outline" for fact in self.generated)
        return "The World Factbook" if is_outline else "reference works and data sets"

    @property
    def _has_both(self) -> bool:
        return self.is_short and bool(self.headlines)
