"""The parts that every rule of `check` is made of, and the registry of all rules.

A rule is a generator over one pack. Its docstring is its explanation: the first line says what the
rule finds, the rest says why this matters and what to do.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from inspect import cleandoc
from typing import NamedTuple

from bilatcli.packs import edtf
from bilatcli.packs.models import Fact, Pack, Relation, Source
from bilatcli.packs.positions import Path, Positions

ERROR, WARNING, NOTE = "error", "warning", "note"
SEVERITIES = (ERROR, WARNING, NOTE)


class Position(NamedTuple):
    """A line and a column of a text, both in characters from 1."""

    line: int
    column: int


class FactRef(NamedTuple):
    """A fact with its path in the pack and its relation."""

    path: Path
    relation: Relation
    fact: Fact


Violation = tuple[Path | Position, str, str]
"""A result of a rule: the place (a value's path or a position), the problem and the remedy."""

EventFacts = Mapping[str, Sequence[tuple[str, Fact]]]
"""For each event, its facts with their global ids."""


class LinkAnswer(NamedTuple):
    """What a web address answered: a kind of `links.LINK_KINDS`, and a new address or a reason."""

    kind: str
    detail: str = ""


LinkAnswers = Mapping[str, LinkAnswer]
"""What web addresses answered. An address that was not asked is not in it."""


class LintContext:
    """The pack that rules examine, with the look-ups that they share.

    `today` (`YYYY-MM-DD`) is the date against which figures and plans are checked. `events` covers
    all packs that are checked together; it has only dated facts that are not `conflicting`.
    `links` are the answers of web addresses, if they were asked.
    """

    def __init__(
        self,
        pack: Pack,
        text: str,
        today: str,
        events: EventFacts,
        *,
        links: LinkAnswers | None = None,
    ) -> None:
        self.pack = pack
        self.text = text
        self.today = today
        self.events = events
        self.links = links or {}
        self.sources = {source.id: source for source in pack.source}
        self.facts = [
            FactRef(("relation", i, "fact", j), relation, fact)
            for i, relation in enumerate(pack.relation)
            for j, fact in enumerate(relation.fact)
        ]
        self.fact_by_id = {(relation.id, fact.id): fact for _, relation, fact in self.facts}

    @property
    def is_generated(self) -> bool:
        """True if a script produced the pack. Some rules skip it: its source has no more."""
        return self.pack.pack.coverage != "curated"

    @cached_property
    def positions(self) -> Positions:
        """The positions of all values in the text."""
        return Positions(self.text)

    def sources_of(self, fact: Fact) -> list[Source]:
        """Return the sources of a fact."""
        return [self.sources[id] for id in fact.sources]


RuleFunc = Callable[[LintContext], Iterator[Violation]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its stable code, name, severity and the explanation that `--explain` prints."""

    code: str
    name: str
    severity: str
    explanation: str
    find: RuleFunc

    @property
    def summary(self) -> str:
        """The first line of the explanation."""
        return self.explanation.partition("\n")[0]


RULES: dict[str, Rule] = {}
"""All rules by code, in the order of their modules."""


def rule(code: str, name: str, severity: str) -> Callable[[RuleFunc], RuleFunc]:
    """Return a decorator that registers a generator as the rule `code`."""

    def register(find: RuleFunc) -> RuleFunc:
        RULES[code] = Rule(code, name, severity, cleandoc(find.__doc__ or ""), find)
        return find

    return register


def get_date_range(fact: Fact) -> tuple[str, str] | None:
    """Return the earliest and latest day of a fact's date up to its `until`; None if undated."""
    if fact.date is None:
        return None
    start = edtf.parse_date(fact.date)
    if fact.until is None:
        return start.earliest, start.latest
    return start.earliest, max(start.latest, edtf.parse_date(fact.until).latest)


def ranges_overlap(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Return True if two ranges of days have a day in common."""
    return one[0] <= other[1] and other[0] <= one[1]


def subtract_months(day: str, months: int) -> str:
    """Return the same day some months earlier, or the last of a shorter month (`YYYY-MM-DD`)."""
    year, month, number = map(int, day.split("-"))
    year, month = divmod(year * 12 + month - 1 - months, 12)
    last = monthrange(max(year, 1), month + 1)[1]
    return f"{year:04d}-{month + 1:02d}-{min(number, last):02d}"


@rule("BL001", "refused", ERROR)
def load_error(_: LintContext) -> Iterator[Violation]:
    """A pack cannot be loaded: its TOML, a key, a value or a reference is wrong.

    No command reads such a pack, and no other rule examines it. This finding cannot be ignored,
    and `--select` does not hide it. `docs/packs.md` describes the format.
    """
    yield from ()


@rule("BL901", "unused-ignore", WARNING)
def unused_ignore(_: LintContext) -> Iterator[Violation]:
    """A comment `# bilatcli: ignore[…]` names a code that has no finding there.

    The finding was fixed, the comment was moved away from its line, or the code is mistyped.
    Remove the code. A comment applies to its own line. If it is alone on its line, it also applies
    to the next line.
    """
    yield from ()
