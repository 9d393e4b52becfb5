"""The records of a pack: typed, frozen and checked once, when they are loaded.

Each key is declared here, with its type, its heading in tables and its meaning. JSON Schemas, the
columns of tables, the tables of exports and their docs are derived from this. `integrity` has the
rules between records.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, Tag

from bilatcli import vocabulary
from bilatcli.packs.keys import Key, Section, Shown
from bilatcli.packs.record import Record
from bilatcli.packs.table_models import Table
from bilatcli.packs.value_types import (
    FROM_LIST,
    Actor,
    Actors,
    Countries,
    Coverage,
    Dollars,
    Edtf,
    FactIds,
    FigureTopic,
    Kind,
    Measure,
    PlainTopic,
    Quantity,
    Reliability,
    Share,
    Slug,
    SourceIds,
    SourceType,
    Stage,
    Statement,
    Status,
    Text,
    Texts,
    Topic,
    Url,
    Verification,
)


class Source(Record):
    """A bibliographic record, with the types of CSL."""

    id: Annotated[Slug, Key("Id", "id of the source in packs")]
    type: Annotated[SourceType, Key("Type", "type of the source, as CSL has it")]
    title: Annotated[
        Text, Key("Title", "title; in [brackets] if it describes the page instead of quoting it")
    ]
    authors: Annotated[Texts, Key("Authors", "`Family, Given`, or a single name")] = ()
    publisher: Annotated[Text | None, Key("Publisher", "periodical, site or publisher")] = None
    issued: Annotated[Edtf | None, Key("Issued", "date of publication, EDTF")] = None
    url: Annotated[Url | None, Key("Address", "address on the web")] = None
    lang: Annotated[Text | None, Key("Language", "language, BCP 47")] = None
    reliability: Annotated[Reliability, Key("Reliability", "what kind of source it is")]
    accessed: Annotated[Edtf | None, Key("Accessed", "when it was read, EDTF")] = None
    archive_url: Annotated[Url | None, Key("Archived copy", "address of an archived copy")] = None
    archived: Annotated[Edtf | None, Key("Archived", "date of the archived copy, EDTF")] = None
    origin: Annotated[
        Slug | None, Key("Origin", "id that sources share if they pass on one report")
    ] = None


class Passage(Record):
    """The words of a source that a fact rests on, in the language of the source."""

    source: Annotated[Slug, Key("Source", "id of one of the sources of the fact")]
    quote: Annotated[Text, Key("Quote", "words of the source, in its language")]
    locator: Annotated[
        Text | None, Key("Locator", "where in the source: page, section or time")
    ] = None


class Fact(Record):
    """A dated, cited statement, with the keys that every fact has."""

    id: Annotated[Slug, Key("Id", "id of the fact, unique in its relation", Section.IDENTITY)]
    topic: Annotated[Topic, Key("Topic", "subject area", kind="text")]
    headline: Annotated[bool, Key("Headline", "true if a summary shows the fact")] = False
    text: Annotated[Statement, Key("Statement", "the statement")]
    date: Annotated[Edtf | None, Key("Date", "when it happened or began, EDTF")] = None
    until: Annotated[Edtf | None, Key("Until", "when it ended, EDTF")] = None
    as_of: Annotated[
        Edtf | None, Key("As of", "date of a figure, or of the report of a plan, EDTF")
    ] = None
    event: Annotated[
        Slug | None, Key("Event", "id that facts of several relations on one event share")
    ] = None
    status: Annotated[Status, Key("Status", "whether it holds today")]
    superseded_by: Annotated[
        Slug | None, Key("Superseded by", "id of the fact that replaced it", refers=("facts", "id"))
    ] = None
    actors: Annotated[
        Actors,
        Key(
            "Actors",
            "who acted or spoke, or supplies arms: codes of countries, names of others",
            Section.ACTORS,
        ),
    ]
    toward: Annotated[
        Actors,
        Key(
            "Toward",
            "whom it concerns, or who receives arms: codes of countries, names of others",
            Section.ACTORS,
        ),
    ] = ()
    sources: Annotated[SourceIds, Key("Sources", "ids of its sources", Section.ORIGIN)]
    passages: Annotated[
        tuple[Passage, ...],
        FROM_LIST,
        Key("Passages", "words of its sources that it rests on", Section.REVIEW, kind="passages"),
    ] = ()
    verification: Annotated[Verification, Key("Verification", "how well it is verified")]
    checked: Annotated[
        dt.date | None,
        Key("Checked", "day on which it was last held against its sources", Section.REVIEW),
        Shown("day"),
    ] = None
    note: Annotated[Text | None, Key("Note", "what is uncertain, and why", Section.DOUBT)] = None
    retracted: Annotated[
        Text | None, Key("Retracted", "why it was wrong from the start", Section.REVIEW)
    ] = None
    followed_by: ClassVar[None] = None
    """No key: only the rows of a table have followers that leave them standing."""


class PlainFact(Fact):
    """A fact of a topic that has no keys of its own."""

    topic: PlainTopic


class MilitaryFact(Fact):
    """A fact on arms, exercises or agreements; its stages follow SIPRI's order and delivery."""

    topic: Literal["military"]
    kind: Annotated[Kind, Key("Kind", "kind of military fact", Section.TOPIC)]
    system: Annotated[Text | None, Key("System", "weapon or equipment", Section.TOPIC)] = None
    stage: Annotated[
        Stage | None, Key("Stage", "how far an order or agreement has come", Section.TOPIC)
    ] = None
    quantity: Annotated[Quantity | None, Key("Quantity", "number of items", Section.TOPIC)] = None
    value_usd: Annotated[Dollars | None, Key("Value", "US dollars", Section.TOPIC)] = None
    partners: Annotated[
        Countries, Key("Partners", "codes of other countries that took part", Section.TOPIC)
    ] = ()


class Stance(Fact):
    """A fact on the position that a holder takes on an issue, and whom it favours."""

    topic: Literal["stance"]
    issue: Annotated[Slug, Key("Issue", "what the stance is on", Section.TOPIC, kind="word")]
    holder: Annotated[
        Actor, Key("Holder", "whose stance it is: code of a country, or a name", Section.TOPIC)
    ]
    position: Annotated[Text, Key("Position", "what the holder wants", Section.TOPIC)]
    favours: Annotated[
        Actor | None, Key("Favours", "whom it favours: code of a country, or a name", Section.TOPIC)
    ] = None
    against: Annotated[
        Actor | None, Key("Against", "whom it opposes: code of a country, or a name", Section.TOPIC)
    ] = None


class TradeFact(Fact):
    """A fact that may have a figure: on trade, or on another topic that is counted in money."""

    topic: FigureTopic
    measure: Annotated[
        Measure | None, Key("Measure", "what the figure counts", Section.TOPIC, kind="text")
    ] = None
    value_usd: Annotated[Dollars | None, Key("Value", "US dollars", Section.TOPIC)] = None
    share: Annotated[
        Share | None, Key("Share", "percentage, of what the text names", Section.TOPIC)
    ] = None


FACT_TYPES: dict[str, type[Fact]] = {
    "military": MilitaryFact,
    "stance": Stance,
    "figure": TradeFact,
    "plain": PlainFact,
}
"""The types of facts by their tags."""


def get_tag(fact: Any) -> str:
    """Return the tag of a fact, raw or loaded: its type in `FACT_TYPES`, by its topic."""
    topic = fact.get("topic") if isinstance(fact, dict) else getattr(fact, "topic", None)
    if topic in ("military", "stance"):
        return str(topic)
    return "figure" if topic in vocabulary.FIGURE_TOPICS else "plain"


AnyFact = Annotated[
    Annotated[MilitaryFact, Tag("military")]
    | Annotated[Stance, Tag("stance")]
    | Annotated[TradeFact, Tag("figure")]
    | Annotated[PlainFact, Tag("plain")],
    Discriminator(get_tag),
]


class Floor(Record):
    """The facts of a relation that answer what readers ask first, as ids of its facts."""

    relations: Annotated[FactIds, Key("Relations", "start of diplomatic relations, or none")] = ()
    embassies: Annotated[FactIds, Key("Embassies", "embassies both ways, or none")] = ()
    agreement: Annotated[FactIds, Key("Agreement", "the main agreement")] = ()
    trade: Annotated[FactIds, Key("Trade", "a recent figure of trade")] = ()
    stances: Annotated[FactIds, Key("Stances", "both parties on each main dispute")] = ()
    contact: Annotated[FactIds, Key("Contact", "the latest contact of leaders or ministers")] = ()


class Gaps(Record):
    """What a relation lacks of its floor, in a sentence each: what was looked for and not found."""

    relations: Text | None = None
    embassies: Text | None = None
    status: Text | None = None
    agreement: Text | None = None
    trade: Text | None = None
    stances: Text | None = None
    contact: Text | None = None
    transfers: Text | None = None


class Relation(Record):
    """An unordered pair of countries and the facts on it."""

    id: Annotated[Slug, Key("Id", "both codes in order, such as az-pk")]
    countries: Annotated[Countries, Key("Countries", "codes of both countries")]
    established: Annotated[
        Edtf | None, Key("Established", "start of diplomatic relations, EDTF")
    ] = None
    established_sources: Annotated[
        SourceIds, Key("Sources", "ids of the sources of `established`")
    ] = ()
    status: Annotated[Text | None, Key("Status", "the relation in a few words")] = None
    status_sources: Annotated[SourceIds, Key("Sources", "ids of the sources of `status`")] = ()
    overview: Annotated[Text | None, Key("Overview", "one paragraph on the relation")] = None
    sources: Annotated[SourceIds, Key("Sources", "ids of the sources of `overview`")] = ()
    floor: Annotated[Floor, Key("Floor", "facts that answer what readers ask first")] = Floor()
    gaps: Annotated[Gaps, Key("Gaps", "what was looked for and not found")] = Gaps()
    fact: Annotated[tuple[AnyFact, ...], FROM_LIST] = ()


class Expect(Record):
    """What a pack has at least, so that no edit takes facts or sources away unnoticed."""

    facts: Annotated[Quantity | None, Key("Facts", "least number of facts")] = None
    cited: Annotated[Share | None, Key("Cited", "least percentage of facts that are cited")] = None
    floor: Annotated[
        bool, Key("Floor", "true if each relation has all of its floor, or names the gap")
    ] = False


class Header(Record):
    """The header of a pack: its name, title, licence and date."""

    name: Slug
    title: Text
    licence: Text
    updated: dt.date
    coverage: Coverage = "curated"
    expect: Expect | None = None


class Pack(Record):
    """A file of sources, relations and tables, under the names that its tables have in the file."""

    pack: Header
    source: Annotated[tuple[Source, ...], FROM_LIST] = ()
    relation: Annotated[tuple[Relation, ...], FROM_LIST] = ()
    table: Annotated[tuple[Table, ...], FROM_LIST] = ()
