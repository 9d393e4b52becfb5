"""The parts of documents as types: sources, relations and what views add to them.

Each key with a `Key` is a column of tables; `scripts/fields.py` puts it into `bilatcli.fields`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bilatcli.packs.keys import Key, Shown
from bilatcli.packs.value_types import (
    Actor,
    CountryCode,
    Coverage,
    Dollars,
    Edtf,
    Quantity,
    Reliability,
    Slug,
    SourceType,
    Stage,
    Status,
    Topic,
    Verification,
)
from bilatcli.views.schema_facts import Day, FactId
from bilatcli.views.schema_names import Match, NamedCountry, NamedParty, NamedSubject, Part

WebAddress = Annotated[str, Field(pattern="^https?://"), Shown("address")]
Percent = Annotated[float, Field(ge=0, le=100), Shown("share")]


class Query(Part):
    """The question as it was interpreted.

    Facts are those on what `from` did, said or supplied to `to`, and that mention `mentions`.
    """

    text: str
    countries: list[Match]
    subjects: list[NamedSubject]
    filter: str | None
    unused: list[str]
    dropped: list[str]
    missing: list[str]
    topic: Topic | None
    all: bool
    verified: bool
    as_of: Day | None
    since: Day | None
    until: Day | None
    verification: Verification | None
    status: Status | None
    from_: NamedParty | None = Field(alias="from")
    to: NamedParty | None
    mentions: NamedParty | None


class SearchQuery(Query):
    """A search as it was interpreted; `filter` has the search words."""

    limit: int


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
    """A relation in a list, with counts of its facts."""

    id: Annotated[Slug, Key("Id", "both codes in order, such as az-pk")]
    name: Annotated[str, Key("Relation", "names of both countries")]
    countries: Annotated[list[NamedCountry], Key("Countries", "both countries", kind="countries")]
    status: Annotated[str | None, Key("Status", "the relation in a few words")]
    facts: Annotated[int, Key("Facts", "number of facts, superseded ones included")]
    outline: Annotated[int, Key("Outline", "number of generated facts among them")]
    sources: Annotated[int, Key("Sources", "number of sources of the facts and the relation")]
    newest: Annotated[
        Edtf | None, Key("Newest", "date of the newest fact that is not a plan, EDTF")
    ]
    topics: Annotated[dict[str, int], Key("Topics", "number of facts by topic", kind="counts")]
    verification: Annotated[
        dict[str, int], Key("Verification", "number of facts by verification", kind="counts")
    ]
    verified: Annotated[Percent | None, Key("Verified", "percentage of facts that are `cited`")]
    coverage: Annotated[Coverage, Key("Coverage", "`outline` if all its facts are generated")]
    packs: Annotated[list[Slug], Key("Packs", "names of the packs that have it")]


class Person(Part):
    """A CSL name: family and given name, or one literal."""

    family: str | None = None
    given: str | None = None
    literal: str | None = None


class CslDate(Part):
    """A CSL date. An uncertain or approximate one is `circa`."""

    date_parts: list[list[int]] | None = Field(default=None, alias="date-parts")
    circa: bool = False
    literal: str | None = None


class Custom(Part):
    """What CSL has no field for."""

    reliability: Reliability
    archived: Edtf | None = None
    origin: Slug | None = None


class Source(Part):
    """A CSL-JSON item. As CSL has it, an unknown field is absent."""

    id: Annotated[Slug, Key("Id", "id of the source in packs")]
    type: Annotated[SourceType, Key("Type", "type of the source")]
    title: Annotated[
        str, Key("Title", "title; in [brackets] if it describes the page instead of quoting it")
    ]
    author: Annotated[list[Person], Key("Authors", "its authors", kind="people")] = Field(
        default=[]
    )
    container_title: Annotated[str | None, Key("In", "periodical or site")] = Field(
        default=None, alias="container-title"
    )
    publisher: Annotated[str | None, Key("Publisher", "its publisher")] = None
    issued: Annotated[CslDate | None, Key("Issued", "date of publication", kind="csl-date")] = None
    accessed: Annotated[CslDate | None, Key("Accessed", "when it was read", kind="csl-date")] = None
    url: Annotated[WebAddress | None, Key("Address", "address on the web")] = Field(
        default=None, alias="URL"
    )
    archive: Annotated[str | None, Field(description="host of the archive that has a copy")] = None
    archive_location: Annotated[
        WebAddress | None, Key("Archived copy", "address of the archived copy")
    ] = None
    language: Annotated[str | None, Key("Language", "language, BCP 47")] = None
    custom: Annotated[Custom, Key("Reliability", "what CSL has no field for", kind="custom")]


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
    """The talks, orders and deliveries of one system, superseded steps included."""

    relation: Slug
    name: str
    steps: list[Step]


class Change(Part):
    """What became of a fact: `was` is its status on the first day, `is` that on the last.

    `was` is null if the fact was not known on the first day.
    """

    fact: FactId
    change: Annotated[
        Literal["added", "superseded", "ended"], Key("Change", "what became of the fact")
    ]
    was: Annotated[Status | None, Key("Was", "its status before")]
    is_: Status = Field(alias="is")


class SearchMatch(Part):
    """How well a fact matches a search, and the words of its `text` that match.

    A higher `score` is a better match within one answer. `spans` are the places of the words: the
    first character and the one after the last, counted from 0 in Unicode characters. `words` and
    `spans` are empty if the words are only in names, a subject, a note or titles.
    """

    fact: FactId
    score: float
    words: list[str]
    spans: list[tuple[int, int]]


class Support(Part):
    """Whom a holder favours today, and on which issues.

    `mutual` is true if the answer also has the other favouring the holder, on any issue.
    """

    holder: Actor
    favours: Actor
    issues: list[Slug]
    mutual: bool


class Cell(Part):
    """The position of a holder on an issue, with the facts that record it."""

    holder: Annotated[Actor, Key("Holder", "whose position it is")]
    issue: Annotated[Slug, Key("Issue", "what it is on", kind="word")]
    favours: Annotated[list[Actor], Key("Favours", "whom the holder favours")]
    against: Annotated[list[Actor], Key("Against", "whom the holder opposes")]
    facts: Annotated[list[FactId], Key("Facts", "ids of the facts that record it")]


class Matrix(Part):
    """Holders by issues, with a cell for each recorded position.

    Positions are those that hold today, or all under `--all`.
    """

    holders: list[Actor]
    issues: list[Slug]
    cells: list[Cell]


class Capital(Part):
    """The capital of a country, in decimal degrees north and east, to about a kilometre."""

    code: CountryCode
    name: str | None
    latitude: float | None
    longitude: float | None


class SharedOrganisation(Part):
    """An organisation that both countries take part in: its abbreviation, and its name.

    `members` is the number of its members, without observers; `statuses` is what each of the two
    is in it.
    """

    organisation: str
    name: str
    members: int
    statuses: dict[CountryCode, str]


class TradePartner(Part):
    """The share of a partner in the exports or imports of a country, in per cent."""

    direction: Literal["exports", "imports"]
    country: CountryCode
    share: Percent
    as_of: Edtf | None
    fact: FactId
    sources: list[Slug]


class HeldIssue(Part):
    """An issue, and the number of current stances that a country takes on it."""

    issue: Slug
    stances: int


class Profile(Part):
    """What the packs say about one country as a whole.

    `as_of` and `sources` are those of the capital and the memberships, from a reference work.
    """

    capitals: list[Capital]
    memberships: list[SharedOrganisation]
    as_of: Edtf | None
    sources: list[Slug]
    trade: list[TradePartner]
    issues: list[HeldIssue]


class Outline(Part):
    """What a reference work has on both countries.

    `distance_km` is the distance between the capitals, rounded to ten kilometres.
    """

    capitals: list[Capital]
    distance_km: int | None
    shared: list[SharedOrganisation]
    as_of: Edtf
    sources: list[Slug]
