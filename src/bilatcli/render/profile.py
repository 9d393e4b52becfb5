"""The profile of a country on one screen: what it is in, and its relations that matter."""

from __future__ import annotations

from bilatcli.render import values
from bilatcli.render.fact_table import MAX_DATE_WIDTH, MIN_TABLE_WIDTH
from bilatcli.render.foot import flow_words
from bilatcli.render.layout import (
    GAP,
    Column,
    choose_widths,
    lay_out_row,
    lay_out_table,
    measure,
    wrap,
)
from bilatcli.render.memberships import format_memberships
from bilatcli.render.names import Names
from bilatcli.render.periods import format_period
from bilatcli.render.records import format_fact
from bilatcli.render.sources import SourceNumbers, list_sources
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

MAX_PARTNERS = 3
"""Trade partners that are named for exports, and for imports."""
MAX_DISPUTES = 6
FACT_LINES = 6
"""Lines of a screen that are kept for the newest facts, their sources and an empty line."""
MIN_RELATIONS = 3
"""Relations that have a line, however low the screen is."""
MAX_NAMED_PARTNERS = 12
"""Relations without an editor's facts that are named."""


def render_profile(loaded: Loaded, settings: Settings) -> Iterator[Line]:
    """Yield the name and capital of a country, its memberships, relations, disputes and facts.

    A document without a `profile` has relations only. On a screen it is as long as the screen.
    """
    yield from _Profile(loaded, settings).list_lines()


def shorten_status(status: str, width: int) -> str:
    """Return as many clauses of a status as fit on a line, or else words of the first one.

    >>> shorten_status("no diplomatic ties; peace treaty initialled", 30)
    'no diplomatic ties …'
    """
    if measure(status) <= width:
        return status
    clauses = status.split("; ")
    while len(clauses) > 1 and measure("; ".join(clauses)) + 2 > width:
        clauses.pop()
    words = "; ".join(clauses).split()
    while len(words) > 1 and measure(" ".join(words)) + 2 > width:
        words.pop()
    return f"{' '.join(words)} …"


class _Profile:
    """The parts of the page."""

    def __init__(self, loaded: Loaded, settings: Settings) -> None:
        self.loaded = loaded
        self.profile = loaded.get("profile") or {}
        self.settings = settings
        self.width = settings.width
        self.names = Names(loaded)
        self.numbers = SourceNumbers(loaded["sources"], is_hidden=settings.sources == "none")
        (self.country,) = loaded["query"]["countries"][:1]
        self.code = self.country["code"]
        relations = loaded["relations"][: settings.limit]
        self.curated = [each for each in relations if each["coverage"] == "curated"]
        self.facts: Sequence[Loaded] = loaded.get("facts") or ()
        self.others = [each for each in relations if each["coverage"] != "curated"]

    def list_lines(self) -> Iterator[Line]:
        """Yield the page; the relations and the newest facts get the lines that are left."""
        head = [*wrap(self._format_head(), self.width), *self._list_labelled()]
        max_lines = self.settings.max_lines
        room = max_lines and max_lines - len(head) - len(self._list_foot())
        reserved = FACT_LINES if self.facts else 0
        relations = self._list_relations(room and max(0, room - reserved))
        facts = self._list_facts(max_lines and max_lines - len(head) - len(relations))
        yield from (*head, *relations, *facts, *self._list_foot())

    def _format_head(self) -> Text:
        """Return the name of the country and its capital."""
        text = Text(make_printable(self.country["name"]), style=HEADING)
        capitals = self.profile.get("capitals") or ()
        found = [make_printable(each["name"]) for each in capitals if each["name"]]
        if not found:
            return text
        text.append(f" · capital {', '.join(found)} ", style=REGULAR)
        return text.append_text(self.numbers.mark(self.profile.get("sources", ())))

    def _list_labelled(self) -> Iterator[Line]:
        """Yield what fits a label and a line: memberships, trade partners, disputes."""
        rows: list[tuple[Cell, Cell]] = []
        member_of = format_memberships(self.profile.get("memberships") or ())
        for label, text, sources in (
            ("Member of", member_of, self.profile.get("sources", ())),
            ("Exports to", *self._format_partners("exports")),
            ("Imports from", *self._format_partners("imports")),
            ("Disputes", self._format_disputes(), ()),
        ):
            if text:
                cell = Text(text).append(" ").append_text(self.numbers.mark(sources))
                rows.append((Text(label, style=DIM), cell))
        columns = (Column(is_unbroken=True), Column(is_wide=True))
        yield from lay_out_table(columns, rows, width=self.width) if rows else ()

    def _format_partners(self, direction: str) -> tuple[str, list[str]]:
        """Return the partners with the highest shares, their year, and the ids of the sources."""
        partners = [
            each for each in self.profile.get("trade") or () if each["direction"] == direction
        ][:MAX_PARTNERS]
        text = ", ".join(
            f"{self.names.country(each['country'])} {each['share']:g}%" for each in partners
        )
        years = dict.fromkeys(each["as_of"][:4] for each in partners if each.get("as_of"))
        sources = dict.fromkeys(source for each in partners for source in each.get("sources", ()))
        when = make_printable(", ".join(years))
        return f"{text} ({when})" if when else text, list(sources)

    def _format_disputes(self) -> str:
        """Return the issues on which the country takes positions, those with most stances first."""
        issues = self.profile.get("issues") or ()
        return ", ".join(
            f"{self.names.issue(each['issue'])} ({each['stances']})"
            for each in issues[:MAX_DISPUTES]
        )

    def _list_relations(self, room: int | None) -> list[Line]:
        """Return a line for each curated relation: with whom, its status, and its newest fact."""
        if not self.curated:
            return []
        ordered = sorted(self.curated, key=lambda each: -each["facts"])
        kept = ordered if room is None else ordered[: max(MIN_RELATIONS, room - 1)]
        rows = [self._format_relation(each) for each in kept]
        columns = (Column(max_width=24), Column(is_wide=True), Column(is_unbroken=True))
        widths = choose_widths(columns, rows, self.width)
        if room is not None and self.width >= MIN_TABLE_WIDTH:
            rows = [(name, shorten_status(status, widths[1]), end) for name, status, end in rows]
        blocks = [lay_out_row(row, columns, widths) for row in rows]
        while room is not None and len(blocks) > MIN_RELATIONS and sum(map(len, blocks)) >= room:
            blocks.pop()
        return ["", *(line for block in blocks for line in block)]

    def _format_relation(self, relation: Loaded) -> tuple[Text, str, Text]:
        newest = make_printable(format_period(relation["newest"])) if relation["newest"] else ""
        return (
            Text(self._name_partner(relation), style=HEADING),
            make_printable(relation["status"] or ""),
            Text(f"{plural(relation['facts'], 'fact')}, newest {newest}", style=DIM),
        )

    def _name_partner(self, relation: Loaded) -> str:
        """Return the name of the other country of a relation."""
        names = (each["name"] for each in relation["countries"] if each["code"] != self.code)
        return make_printable(", ".join(names))

    def _list_facts(self, room: int | None) -> list[Line]:
        """Return the newest facts that fit above the foot in `room` lines (None: all)."""
        columns = (Column(max_width=MAX_DATE_WIDTH), Column(is_wide=True))
        dates = [(format_date(fact), "") for fact in self.facts]
        widths = choose_widths(columns, dates, self.width)
        widths[1] = self.width - widths[0] - len(GAP)
        lines: list[Line] = []
        for fact in self.facts:
            count = self.numbers.count
            marks = self.numbers.mark_first(fact["sources"])
            added = lay_out_row((format_date(fact), format_fact(fact, marks)), columns, widths)
            foot = self._list_foot()
            if room is not None and 1 + len(lines) + len(added) + len(foot) > room:
                self.numbers.keep(count)
                break
            lines += added
        return ["", *lines] if lines else []

    def _list_others(self) -> Iterator[Line]:
        """Yield with whom else there are generated facts."""
        if not self.others:
            return
        partners = sorted(self.others, key=lambda each: -each["facts"])
        named = [self._name_partner(each) for each in partners[:MAX_NAMED_PARTNERS]]
        lines = self._wrap_others(named)
        while self.settings.max_lines and len(lines) > 1 and len(named) > 1:
            named.pop()
            lines = self._wrap_others(named)
        yield from lines

    def _wrap_others(self, named: Sequence[str]) -> Sequence[Line]:
        rest = len(self.others) - len(named)
        text = f"Only generated facts: {', '.join(named)}"
        return wrap(Text(text + (f" and {rest} more" if rest else "")), self.width)

    def _list_foot(self) -> list[Line]:
        """Return what follows the facts: other relations, sources, counts and commands."""
        sources = list_sources(self.numbers, self.settings)
        return ["", *self._list_others(), *sources, *self._list_pointers()]

    def _list_pointers(self) -> Iterator[Line]:
        """Yield how many relations there are, and the commands for the rest."""
        relations = self.loaded["relations"]
        code = self.code.lower()
        partner = next(iter(self.curated or self.others))
        facts = sum(each["facts"] for each in relations)
        counts = f"{plural(len(relations), 'relation')}, {len(self.curated)} curated"
        conditions = values.list_conditions(self.loaded["query"])
        yield from flow_words(
            [
                f"{counts}, {plural(facts, 'fact')}",
                *([f"only {', '.join(conditions)}"] if conditions else []),
                f"one: bilatcli summary {partner['id']}",
                f"all: bilatcli list --country {code}",
                f"facts: bilatcli facts {code}",
            ],
            self.width,
        )
