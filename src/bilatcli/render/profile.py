"""The profile of a country on one screen: what it is in, and its relations that matter."""

from __future__ import annotations

from bilatcli.render import values
from bilatcli.render.foot import flow_words
from bilatcli.render.layout import Column, lay_out_table, wrap
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
MIN_RELATIONS = 3
"""Relations that have a line, however low the screen is."""
MAX_NAMED_PARTNERS = 12
"""Relations without an editor's facts that are named."""


def render_profile(loaded: Loaded, settings: Settings) -> Iterator[Line]:
    """Yield the name and capital of a country, its memberships, relations, disputes and facts.

    A document without a `profile` has relations only. On a screen it is as long as the screen.
    """
    yield from _Profile(loaded, settings).list_lines()


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
        self.others = [each for each in relations if each["coverage"] != "curated"]

    def list_lines(self) -> Iterator[Line]:
        """Yield the page; the relations and the newest facts get the lines that are left."""
        head = [*wrap(self._format_head(), self.width), *self._list_labelled()]
        foot = ["", *self._list_others(), *self._list_foot()]
        yield from head
        max_lines = self.settings.max_lines
        room = max_lines and max_lines - len(head) - len(foot)
        relations = self._list_relations(room)
        facts = self._list_facts(room and room - len(relations))
        if facts:
            foot = ["", *self._list_others(), *list_sources(self.numbers, self.settings)]
            foot += self._list_foot()
        yield from (*relations, *facts, *foot)

    def _format_head(self) -> Text:
        """Return the name of the country and its capital."""
        text = Text(make_printable(self.country["name"]), style=HEADING)
        capitals = self.profile.get("capitals") or ()
        found = [make_printable(each["name"]) for each in capitals if each["name"]]
        return text.append(f" · capital {', '.join(found)}", style=REGULAR) if found else text

    def _list_labelled(self) -> Iterator[Line]:
        """Yield what fits a label and a line: memberships, trade partners, disputes."""
        rows: list[tuple[Cell, Cell]] = []
        member_of = format_memberships(self.profile.get("memberships") or ())
        for label, text in (
            ("Member of", member_of),
            ("Exports to", self._format_partners("exports")),
            ("Imports from", self._format_partners("imports")),
            ("Disputes", self._format_disputes()),
        ):
            if text:
                rows.append((Text(label, style=DIM), Text(text)))
        columns = (Column(is_unbroken=True), Column(is_wide=True))
        yield from lay_out_table(columns, rows, width=self.width) if rows else ()
        yield ""

    def _format_partners(self, direction: str) -> str:
        """Return the partners that take or supply most, with their shares."""
        partners = [
            each for each in self.profile.get("trade") or () if each["direction"] == direction
        ]
        return ", ".join(
            f"{self.names.country(each['country'])} {each['share']:g}%"
            for each in partners[:MAX_PARTNERS]
        )

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
        rows: list[list[Cell]] = [self._format_relation(each) for each in ordered]
        columns = (Column(max_width=24), Column(is_wide=True), Column(is_unbroken=True))
        lines = list(lay_out_table(columns, rows, width=self.width))
        while room and len(lines) > room and len(rows) > MIN_RELATIONS:
            rows.pop()
            lines = list(lay_out_table(columns, rows, width=self.width))
        return lines

    def _format_relation(self, relation: Loaded) -> list[Cell]:
        newest = make_printable(format_period(relation["newest"])) if relation["newest"] else ""
        return [
            Text(self._name_partner(relation), style=HEADING),
            make_printable(relation["status"] or ""),
            Text(f"{plural(relation['facts'], 'fact')}, newest {newest}", style=DIM),
        ]

    def _name_partner(self, relation: Loaded) -> str:
        """Return the name of the other country of a relation."""
        names = (each["name"] for each in relation["countries"] if each["code"] != self.code)
        return make_printable(", ".join(names))

    def _list_facts(self, room: int | None) -> list[Line]:
        """Return the newest facts of the country that fit in `room` lines (None: all)."""
        facts: Sequence[Loaded] = self.loaded.get("facts") or ()
        columns = (Column(max_width=13), Column(is_wide=True))
        lines: list[Line] = []
        for fact in facts:
            count = self.numbers.count
            row = (
                format_date(fact),
                format_fact(fact, self.numbers.mark(fact["sources"][:1])),
            )
            added = list(lay_out_table(columns, [row], width=self.width))
            sources = len(list(list_sources(self.numbers, self.settings)))
            if room is not None and len(lines) + len(added) + sources + 1 > room:
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
        rest = len(partners) - len(named)
        text = f"Only generated facts: {', '.join(named)}"
        yield from wrap(Text(text + (f" and {rest} more" if rest else "")), self.width)

    def _list_foot(self) -> Iterator[Line]:
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
