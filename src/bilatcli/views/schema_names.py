"""The parts of documents that say what names mean, as types.

Each key with a `Key` is a column of tables; `scripts/fields.py` puts it into `bilatcli.fields`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict

from bilatcli.packs.keys import Key
from bilatcli.packs.subject_models import SubjectKind
from bilatcli.packs.value_types import CountryCode, Slug

MatchKind = Literal["exact", "alias", "code", "fuzzy", "member"]


class Part(BaseModel):
    """The base of all parts of a document. A later release may add keys."""

    model_config = ConfigDict(frozen=True)


class NamedCountry(Part):
    """A country: its ISO 3166-1 alpha-2 code (or XK) and the name that it is shown under."""

    code: CountryCode
    name: str


class Match(NamedCountry):
    """A country that words of the question mean; `score` goes from 0 to 100."""

    input: str
    match: MatchKind
    score: float


class NamedSubject(Part):
    """A subject of the question that is not a country. Its name is also in `filter`."""

    input: str
    id: Slug
    name: str
    kind: SubjectKind


class NamedParty(Part):
    """Whom an option names: a country, a subject (its id), or an actor as facts write it."""

    input: str
    code: CountryCode | None
    subject: Slug | None
    name: str
    match: MatchKind | None
    score: float


class RunnerUp(NamedCountry):
    """The second-best match."""

    score: float


class ResolvedName(Part):
    """The country that a name means. `code` is null if there is none, or several `candidates`."""

    input: Annotated[str, Key("Name", "the name as typed")]
    code: Annotated[CountryCode | None, Key("Code", "code of the country")]
    name: Annotated[str | None, Key("Country", "name of the country")]
    match: Annotated[MatchKind | None, Key("Match", "how the name was found")]
    score: Annotated[float | None, Key("Score", "similarity, 0 to 100")]
    runner_up: Annotated[
        RunnerUp | None, Key("Runner-up", "the second-best match", kind="runner-up")
    ]
    candidates: Annotated[
        list[NamedCountry],
        Key("Candidates", "the countries that an ambiguous name may mean", kind="countries"),
    ]
    kind: Annotated[
        Literal["country"] | SubjectKind | None, Key("Kind", "what the name means", kind="word")
    ]
    subject: Annotated[Slug | None, Key("Subject", "id of the subject that is not a country")]
    members: Annotated[list[CountryCode], Key("Members", "the members of the subject")]
    part_of: Annotated[list[CountryCode], Key("Part of", "the country that it is part of")]
