"""What a rule of `check` is: its code, name, severity and explanation, and the register of all rules.

A rule is a generator over one pack. Its docstring is its explanation: the first line says what is found, the rest why
an editor should care and what to do.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from inspect import cleandoc

from bilatcli.packs import edtf
from bilatcli.packs.models import Fact, Pack, Relation, Source
from bilatcli.packs.positions import Path, Positions

ERROR, WARNING, NOTE = "error", "warning", "note"
SEVERITIES = (ERROR, WARNING, NOTE)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the text of a pack that is no value's; line and column count characters from 1."""

    line: int
    column: int


Doubt = tuple[Path | Spot, str, str]
"""The path of the value in its pack, or a spot in its text; what is doubtful, what to do."""

Cited = tuple[Path, Relation, Fact]
"""A fact with its path and its relation."""


class Checked:
    """A pack under examination, with what rules ask of it time and again.

    `today` is the day against which figures and plans are held, as `YYYY-MM-DD`; `events` has the dated, undoubted
    facts of each event in all packs that are checked together, each behind its whole id.
    """

    def __init__(
        self, pack: Pack, text: str, today: str, events: dict[str, list[tuple[str, Fact]]]
    ) -> None:
        self.pack = pack
        self.text = text
        self.today = today
        self.events = events
        self.sources = {source.id: source for source in pack.source}
        self.facts: list[Cited] = [
            (("relation", place, "fact", position), relation, fact)
            for place, relation in enumerate(pack.relation)
            for position, fact in enumerate(relation.fact)
        ]
        self.by_id = {(relation.id, fact.id): fact for _, relation, fact in self.facts}

    @cached_property
    def positions(self) -> Positions:
        """Where each value stands in the text."""
        return Positions(self.text)

    def sources_of(self, fact: Fact) -> list[Source]:
        """The records of a fact's sources."""
        return [self.sources[id] for id in fact.sources]


Finder = Callable[[Checked], Iterator[Doubt]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: stable code, name, severity, and the explanation that `--explain` prints."""

    code: str
    name: str
    severity: str
    explanation: str
    find: Finder

    @property
    def summary(self) -> str:
        """What is found, in one line."""
        return self.explanation.partition("\n")[0]


RULES: dict[str, Rule] = {}
"""Every rule by its code."""


def rule(code: str, name: str, severity: str) -> Callable[[Finder], Finder]:
    """Register a generator as the rule `code`; its docstring is the explanation."""

    def register(find: Finder) -> Finder:
        RULES[code] = Rule(code, name, severity, cleandoc(find.__doc__ or ""), find)
        return find

    return register


def span(fact: Fact) -> tuple[str, str] | None:
    """The first and last day that a fact's date may mean, up to its `until`; None without a date."""
    if fact.date is None:
        return None
    begun = edtf.parse(fact.date)
    return begun.earliest, max(
        begun.latest, edtf.parse(fact.until).latest
    ) if fact.until else begun.latest


def overlap(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two spans of days have a day in common."""
    return one[0] <= other[1] and other[0] <= one[1]


def months_before(day: str, months: int) -> str:
    """The day so many months before a day, or the last of its month, both as `YYYY-MM-DD`."""
    year, month, number = map(int, day.split("-"))
    year, month = divmod(year * 12 + month - 1 - months, 12)
    return f"{year:04d}-{month + 1:02d}-{min(number, monthrange(max(year, 1), month + 1)[1]):02d}"


@rule("BL001", "refused", ERROR)
def refused(_: Checked) -> Iterator[Doubt]:
    """A pack that cannot be loaded: its TOML, a value, a key, or what it refers to is wrong.

    No view reads such a pack, and no other rule looks at it until it is mended. This finding cannot be ignored or
    left out by `--select`. `docs/packs.md` says what a pack may hold.
    """
    yield from ()


@rule("BL901", "unused-ignore", WARNING)
def unused_ignore(_: Checked) -> Iterator[Doubt]:
    """A comment `# bilatcli: ignore[…]` names a code that has nothing to silence there.

    The finding was mended, the comment has moved away from its line, or the code is mistyped. Take the code out. A
    comment silences findings on its own line; one that has a line to itself also those on the line below.
    """
    yield from ()
