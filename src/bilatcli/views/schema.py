"""The published shape of every document, as types: `schema/` is generated from them and tests hold output against it.

A key is always there, with null where nothing is known. Adding a key is not a new version. Under `--fields`, rows keep
the keys that were asked for and no others.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel

from bilatcli.packs import models
from bilatcli.packs.value_types import (
    Actor,
    CountryCode,
    Dollars,
    Edtf,
    Kind,
    Measure,
    Quantity,
    Reliability,
    Share,
    Slug,
    SourceType,
    Stage,
    Status,
    Topic,
    Verification,
)

FactId = Annotated[
    str,
    Field(
        pattern="^[a-z]{2}-[a-z]{2}/[a-z0-9]+(-[a-z0-9]+)*$", examples=["az-pk/recognition-1991"]
    ),
]
FigureTopic = Literal["trade", "transport", "energy", "humanitarian", "education"]
PlainTopic = Literal["recognition", "diplomacy", "politics", "culture", "history", "geography"]
Day = Annotated[
    str, Field(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$", description="a day, as ISO 8601 writes it")
]


class Part(BaseModel):
    """What all parts of a document share: readers must be ready for keys that a later release adds."""

    model_config = ConfigDict(frozen=True)


class Fact(Part):
    """One dated, cited statement, with the keys that every fact has."""

    id: FactId
    relation: Slug
    topic: Topic
    headline: bool
    text: str
    date: Edtf | None
    until: Edtf | None
    as_of: Edtf | None
    event: Slug | None
    status: Status
    superseded_by: FactId | None
    verification: Verification
    actors: list[Actor]
    toward: list[Actor]
    note: str | None
    sources: list[Slug]
    pack: Slug
    coverage: Literal["curated", "outline"]


class PlainFact(Fact):
    """A fact of a topic that has no keys of its own."""

    topic: PlainTopic


class MilitaryFact(Fact):
    """A fact on arms, exercises or agreements; `chain` names the story of talks and orders that it is part of."""

    topic: Literal["military"]
    kind: Kind
    system: str | None
    stage: Stage | None
    quantity: Quantity | None
    value_usd: Dollars | None
    partners: list[CountryCode]
    chain: str | None


class Stance(Fact):
    """A fact that says which position a holder takes on an issue."""

    topic: Literal["stance"]
    issue: Slug
    holder: Actor
    position: str
    favours: Actor | None
    against: Actor | None


class TradeFact(Fact):
    """A fact that may carry a figure in US dollars."""

    topic: FigureTopic
    measure: Measure | None
    value_usd: Dollars | None
    share: Share | None


AnyFact = Annotated[PlainFact | MilitaryFact | Stance | TradeFact, Field(discriminator="topic")]


class NamedCountry(Part):
    """A country by its ISO 3166-1 alpha-2 code (or XK) and the name it is shown under."""

    code: CountryCode
    name: str


class Match(NamedCountry):
    """A country that words of the question were read as; `score` is 0 to 100."""

    input: str
    match: Literal["exact", "alias", "code", "fuzzy"]
    score: float


class Query(Part):
    """The question as it was understood."""

    text: str
    countries: list[Match]
    filter: str | None
    unused: list[str]
    topic: Topic | None
    all: bool
    verified: bool
    as_of: Day | None
    since: Day | None
    until: Day | None


class Relation(Part):
    """The pair that an answer is about."""

    id: Slug
    name: str
    countries: list[NamedCountry]
    established: Edtf | None
    status: str | None
    overview: str | None
    sources: list[Slug]
    established_sources: list[Slug]
    status_sources: list[Slug]


class RelationLine(Part):
    """A relation in a list, with what its facts add up to."""

    id: Slug
    name: str
    countries: list[NamedCountry]
    status: str | None
    coverage: Literal["curated", "outline"]
    facts: int
    outline: int
    sources: int
    newest: Edtf | None
    topics: dict[str, int]
    verification: dict[str, int]
    verified: (
        Annotated[
            float, Field(ge=0, le=100, description="facts that are `cited`, in per cent of all")
        ]
        | None
    )
    packs: list[Slug]


class Person(Part):
    """A CSL name: family and given, or one literal."""

    family: str | None = None
    given: str | None = None
    literal: str | None = None


class CslDate(Part):
    """A CSL date; an uncertain or approximate one is `circa`."""

    date_parts: list[list[int]] | None = Field(default=None, alias="date-parts")
    circa: bool = False
    literal: str | None = None


class Custom(Part):
    """What CSL has no field for."""

    reliability: Reliability
    archived: Edtf | None = None


class Source(Part):
    """A CSL-JSON item; as CSL has it, a field that is not known is absent."""

    id: Slug
    type: SourceType
    title: str
    author: list[Person] = []
    container_title: str | None = Field(default=None, alias="container-title")
    publisher: str | None = None
    issued: CslDate | None = None
    accessed: CslDate | None = None
    url: str | None = Field(default=None, alias="URL", pattern="^https?://")
    archive: str | None = Field(default=None, description="the host of the archive that has a copy")
    archive_location: str | None = Field(
        default=None, description="the address of the copy", pattern="^https?://"
    )
    language: str | None = None
    custom: Custom


class Step(Part):
    """A step of a chain, in the order of dates."""

    id: FactId
    date: Edtf | None
    stage: Stage | None
    quantity: Quantity | None
    value_usd: Dollars | None
    status: Status
    verification: Verification


class Chain(Part):
    """Talks, orders and deliveries of one system as one story, superseded steps included."""

    relation: Slug
    name: str
    steps: list[Step]


class Support(Part):
    """Whom a holder favours today, and on which issues; `mutual` where the answer has the other do so too, on any."""

    holder: Actor
    favours: Actor
    issues: list[Slug]
    mutual: bool


class Cell(Part):
    """Whom a holder favours on an issue, and whom it is against; the facts that say so."""

    holder: Actor
    issue: Slug
    favours: list[Actor]
    against: list[Actor]
    facts: list[FactId]


class Matrix(Part):
    """Holders by issues, with a cell where a position is recorded: one that holds today, or any under `--all`."""

    holders: list[Actor]
    issues: list[Slug]
    cells: list[Cell]


class Capital(Part):
    """Where a country is governed from, in decimal degrees north and east, to about a kilometre."""

    code: CountryCode
    name: str | None
    latitude: float | None
    longitude: float | None


class Shared(Part):
    """An organisation, as it is abbreviated, that both countries take part in, of how many, and as what each does."""

    organisation: str
    members: int
    statuses: dict[CountryCode, str]


class Outline(Part):
    """What a reference work says of both countries; `distance_km` is that between the capitals, to ten kilometres."""

    capitals: list[Capital]
    distance_km: int | None
    shared: list[Shared]
    as_of: Edtf
    sources: list[Slug]


class Document(Part):
    """What every answer begins with."""

    query: Query


class Facts(Document):
    """The answer of the view `facts`."""

    schema_: Literal["bilatcli/facts@1"] = Field(alias="schema")
    relation: Relation | None
    facts: list[AnyFact]
    sources: list[Source]


class Year(Part):
    """How many facts a year has; what lasted longer counts in its first."""

    year: Annotated[str, Field(pattern="^[0-9]{4}$")]
    facts: int


class Timeline(Facts):
    """The answer of the view `timeline`: dated facts by their first day, and the years that have any."""

    schema_: Literal["bilatcli/timeline@1"] = Field(alias="schema")  # type: ignore[assignment]  # a view has its own
    years: list[Year]


class Between(Part):
    """The last days of the two dates that are compared."""

    from_: Day = Field(alias="from")
    to: Day


class Change(Part):
    """What became of a fact; `was` is null where it was not known on the first day, `is` its status on the last."""

    fact: FactId
    change: Literal["added", "superseded", "ended"]
    was: Status | None
    is_: Status = Field(alias="is")


class Diff(Facts):
    """The answer of the view `diff`: facts as they stood on the last day, each with its change in the same order."""

    schema_: Literal["bilatcli/diff@1"] = Field(alias="schema")  # type: ignore[assignment]  # as above
    between: Between
    changes: list[Change]


class Summary(Facts):
    """The answer of the view `summary`: of a pair headlines, facts in outline and `outline`; of a country relations."""

    schema_: Literal["bilatcli/summary@1"] = Field(alias="schema")  # type: ignore[assignment]  # as above
    relations: list[RelationLine]
    outline: Outline | None


class Military(Facts):
    """The answer of the view `military`."""

    schema_: Literal["bilatcli/military@1"] = Field(alias="schema")  # type: ignore[assignment]  # as above
    chains: list[Chain]


class SearchQuery(Query):
    """A search as it was understood: `filter` has the words that are looked for, `countries` the one of `--country`."""

    verification: Verification | None
    limit: int


class Hit(Part):
    """How well a fact matches, the higher the better within one answer, and the words of its `text` that were sought.

    `spans` are their places there, from a character to the one behind the last, counted from 0 in Unicode characters;
    both are empty where only names, a subject, a note or titles have the words.
    """

    fact: FactId
    score: float
    words: list[str]
    spans: list[tuple[int, int]]


class Search(Facts):
    """The answer of the view `search`: facts by rank with a match each, and how many there are in `total`."""

    schema_: Literal["bilatcli/search@1"] = Field(alias="schema")  # type: ignore[assignment]  # as above
    query: SearchQuery
    total: int
    matches: list[Hit]


class Stances(Facts):
    """The answer of the view `stances`; `matrix` is null unless it was asked for."""

    schema_: Literal["bilatcli/stances@1"] = Field(alias="schema")  # type: ignore[assignment]  # as above
    support: list[Support]
    matrix: Matrix | None


class Cite(Document):
    """The answer of the view `cite`; for ids also the facts, and for a source those that rest on it alone.

    `unsourced` are the facts of the answer that no source is given for.
    """

    schema_: Literal["bilatcli/cite@1"] = Field(alias="schema")
    relation: Relation | None
    sources: list[Source]
    facts: list[AnyFact]
    alone: list[FactId]
    unsourced: list[FactId]


class Show(Document):
    """The answer of the view `show`: one fact with its chain, one source and no fact, or all facts of an event."""

    schema_: Literal["bilatcli/show@1"] = Field(alias="schema")
    facts: list[AnyFact]
    chain: list[AnyFact]
    sources: list[Source]


class List(Document):
    """The answer of the view `list`."""

    schema_: Literal["bilatcli/list@1"] = Field(alias="schema")
    relations: list[RelationLine]


class RunnerUp(NamedCountry):
    """The next likest country."""

    score: float


class ResolvedName(Part):
    """What a name was read as; `code` is null where it is no country, or where `candidates` are several."""

    input: str
    code: CountryCode | None
    name: str | None
    match: Literal["exact", "alias", "code", "fuzzy"] | None
    score: float | None
    runner_up: RunnerUp | None
    candidates: list[NamedCountry]


class Resolve(Document):
    """The answer of the view `resolve`, a name an element."""

    schema_: Literal["bilatcli/resolve@1"] = Field(alias="schema")
    names: list[ResolvedName]


class Candidate(Part):
    """Something that may have been meant, with the command that asks for it."""

    id: str
    name: str
    command: str
    score: float | None


class Problem(Part):
    """One thing wrong in a pack; lines and columns count from 1, 0 is the whole file."""

    file: str
    line: int
    column: int
    what: str
    remedy: str


class Fault(Part):
    """Why there is no answer; `line` is the number of the question in a batch."""

    kind: Literal[
        "usage",
        "environment",
        "pack",
        "no-such-country",
        "ambiguous",
        "nothing-recorded",
        "no-such-record",
    ]
    message: str
    line: int | None
    candidates: list[Candidate]
    problems: list[Problem]


class Error(Part):
    """What stands in for an answer where there is none."""

    schema_: Literal["bilatcli/error@1"] = Field(alias="schema")
    error: Fault


class Doubt(Part):
    """What a rule of `check` found; lines and columns count from 1, 0 is the whole file."""

    code: Annotated[str, Field(pattern="^BL[0-9]{3}$")]
    name: Slug
    severity: Literal["error", "warning", "note"]
    file: str
    line: int
    column: int
    what: str
    remedy: str


class Doubts(Part):
    """How many findings have each severity."""

    error: int
    warning: int
    note: int


class Check(Part):
    """The answer of the command `check`."""

    schema_: Literal["bilatcli/check@1"] = Field(alias="schema")
    files: list[str]
    counts: Doubts
    findings: list[Doubt]


class InstalledPack(Part):
    """A pack that is answered from, and how many facts it has."""

    name: Slug
    title: str
    licence: str
    updated: Day
    facts: int


class Kept(Part):
    """The index: the number of its arrangement, and where it is kept.

    It comes `bundled` with the program, is in the user's `cache` where there are packs of one's own, or in `memory`
    where the cache cannot be written; or it is asked of an `engine`.
    """

    format: int
    place: Literal["bundled", "cache", "memory", "engine"]


class Version(Part):
    """The answer to `--version --json`: the program, what it runs on, its packs in the order in which they are laid."""

    schema_: Literal["bilatcli/version@1"] = Field(alias="schema")
    version: str
    python: str
    sqlite: str
    index: Kept
    packs: list[InstalledPack]


class Line(RootModel[AnyFact | Source | RelationLine | ResolvedName | Cell]):
    """A line of NDJSON."""


PUBLISHED: dict[str, type[BaseModel]] = {
    "pack": models.Pack,
    "facts": Facts,
    "timeline": Timeline,
    "diff": Diff,
    "summary": Summary,
    "military": Military,
    "stances": Stances,
    "search": Search,
    "cite": Cite,
    "show": Show,
    "list": List,
    "resolve": Resolve,
    "check": Check,
    "version": Version,
    "error": Error,
    "line": Line,
}
"""The types that have a JSON Schema, by its name."""


def json_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of `pack` or of a document by the name of its view."""
    about = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {**about, **PUBLISHED[name].model_json_schema(mode="validation", by_alias=True)}
