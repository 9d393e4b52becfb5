"""Parties: whom the options `from`, `to` and `mentions` name, a country or something else."""

from __future__ import annotations

from bilatcli.index import Statement
from bilatcli.index.stems import stem_words
from bilatcli.normalization import normalize, search_tokens
from bilatcli.query.countries import resolve_name
from bilatcli.query.errors import NotACountry
from bilatcli.query.options import FROM, MENTIONS, TO
from bilatcli.query.refusals import refuse_option, resolve_option

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilatcli.index.store import Index
    from bilatcli.query.countries import Resolution
    from bilatcli.query.names import Match
    from bilatcli.query.options import Option
    from bilatcli.query.request import Request
    from bilatcli.query.subjects import Subject
    from bilatcli.text import JsonValue

_FACTS_WITH_WORDS = Statement(
    "facts_with_words",
    """
    SELECT f.json FROM fact_search w JOIN fact f ON f.number = w.rowid
    WHERE w.fact_search MATCH :sought
    """,
)

_ACTOR_LISTS = {FROM: "actors", TO: "toward"}
"""The list of a fact that an option looks in."""
_NOT_FOUND = {FROM: "acts in no fact", TO: "is addressed in no fact"}


class Party:
    """Whom an option names: a country (`match`), a `subject`, or an actor as facts write it.

    `input` is the text as typed. `actors` are the texts that stand for it in the lists of a fact,
    and `patterns` what full text finds it by.
    """

    __slots__ = ("actors", "input", "match", "name", "patterns", "subject")

    def __init__(
        self,
        input: str,
        name: str,
        actors: Sequence[str],
        *,
        match: Match | None = None,
        subject: Subject | None = None,
    ) -> None:
        self.input = input
        self.name = name
        self.actors = frozenset(actors)
        self.match = match
        self.subject = subject
        self.patterns = subject.patterns if subject else [_to_pattern(name)]

    def to_dict(self) -> dict[str, JsonValue]:
        """Return how the name was read, as documents have it."""
        match, subject = self.match, self.subject
        return {
            "input": self.input,
            "code": match.code if match else None,
            "subject": subject.id if subject else None,
            "name": self.name,
            "match": match.match if match else None,
            "score": match.score if match else subject.score if subject else 100.0,
        }


class Parties:
    """Who did it, to whom, and what facts mention; None for what no option says."""

    __slots__ = ("from_", "mentions", "to")

    def __init__(self, from_: Party | None, to: Party | None, mentions: Party | None) -> None:
        self.from_ = from_
        self.to = to
        self.mentions = mentions

    @property
    def all(self) -> list[Party]:
        """Those that are given."""
        return [each for each in (self.from_, self.to, self.mentions) if each is not None]

    @property
    def countries(self) -> list[Match]:
        """The countries that did it, or that it was done to."""
        return [each.match for each in (self.from_, self.to) if each and each.match]

    @property
    def matches(self) -> list[Match]:
        """All countries among them."""
        return [each.match for each in self.all if each.match]

    @property
    def readings(self) -> list[str]:
        """How subjects that were misspelt were read."""
        subjects = [each.subject for each in self.all if each.subject]
        return [f"reading {subject.reading}" for subject in subjects if subject.reading]

    def to_dict(self) -> dict[str, JsonValue]:
        """Return how the name in each option was read, as documents have it."""
        named = {FROM: self.from_, TO: self.to, MENTIONS: self.mentions}
        return {option.key: party.to_dict() if party else None for option, party in named.items()}

    def describe(self) -> str:
        """Return what facts are asked for, for messages: `from Pakistan to Azerbaijan`."""
        named = (("from", self.from_), ("to", self.to), ("mentioning", self.mentions))
        return " ".join(f"{how} {party.name}" for how, party in named if party)


def read_parties(request: Request, index: Index) -> Parties:
    """Return whom the options of a request name.

    Raises UsageError for an empty name, NoSuchCountry or Ambiguous for one that is not known.
    """
    from_, to, mentions = (
        None if text is None else _read_party(option, text, request, index)
        for option, text in ((FROM, request.from_), (TO, request.to), (MENTIONS, request.mentions))
    )
    return Parties(from_, to, mentions)


def _read_party(option: Option, text: str, request: Request, index: Index) -> Party:
    """Return whom an option names: exactly, or else as facts write it, or else misspelt."""
    found = resolve_option(option, text, index)
    match = found.match
    if match is not None and match.match != "fuzzy":
        return _to_country(match)
    if option is MENTIONS and found.subject is not None:
        return Party(text, found.subject.name, (), subject=found.subject)
    actors = _find_actors(option, text, found, index)
    if actors:
        return Party(text, actors[0], actors)
    if match is not None:
        return _to_country(match)
    subject = found.subject
    if subject is not None and not (subject.part_of or subject.successors):
        raise _refuse_subject(option, subject)
    raise refuse_option(option, request, found, index)


def _to_country(match: Match) -> Party:
    return Party(match.input, match.name, [match.code], match=match)


def _refuse_subject(option: Option, subject: Subject) -> NotACountry:
    """Return the error for an organisation, or another subject, that no fact has as an actor."""
    from shlex import quote

    typed = quote(subject.input if subject.score == 100 else subject.name)
    hint = f"try `bilatcli facts {MENTIONS.flag} {typed}`"
    return NotACountry(f"{subject.label} {_NOT_FOUND[option]}", hint=hint)


def _find_actors(option: Option, text: str, found: Resolution, index: Index) -> list[str]:
    """Return the actors that are not countries and that a name means, as facts write them."""
    from json import loads

    patterns = found.subject.patterns if found.subject else [_to_pattern(text)]
    sought = index.match_expression([patterns])
    keys = [_ACTOR_LISTS[option]] if option in _ACTOR_LISTS else list(_ACTOR_LISTS.values())
    records = [loads(row["json"]) for row in index.rows(_FACTS_WITH_WORDS, {"sought": sought})]
    names = sorted({name for record in records for key in keys for name in record[key]})
    return [name for name in names if _is_same(name, text, found, index)]


def _is_same(name: str, text: str, found: Resolution, index: Index) -> bool:
    """Return True if an actor of facts is what a text names, in the same words or as a subject."""
    if normalize(name) == normalize(text):
        return True
    if found.subject is None or (name.isupper() and len(name) == 2):
        return False
    subject = resolve_name(name, index).subject
    return subject is not None and subject.id == found.subject.id


def _to_pattern(name: str) -> str:
    """Return the pattern of a name: its words in order."""
    return " ".join(stem_words(search_tokens(name)))
