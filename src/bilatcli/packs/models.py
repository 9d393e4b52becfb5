"""The typed, frozen records of a pack: parsed once, here, and never raw again.

Every value is checked as it is read: types strictly, words against the closed lists of
`vocabulary`, dates as EDTF. What goes wrong carries its own remedy, so that `packs` only has to say
where. Rules between records are in `references`.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Tag

from bilatcli import vocabulary
from bilatcli.packs.value_types import (
    FROM_LIST,
    Actor,
    Actors,
    Countries,
    Coverage,
    Dollars,
    Edtf,
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


class Record(BaseModel):
    """What all records share: no value changes, no key is unknown, no type is bent into another."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Source(Record):
    """A bibliographic record; `type` is CSL's, names are written "Family, Given" or as one name.

    `archive_url` is a copy in an archive of web pages, `archived` the day on which it was made.
    """

    id: Slug
    type: SourceType
    title: Text
    authors: Texts = ()
    publisher: Text | None = None
    issued: Edtf | None = None
    url: Url | None = None
    lang: Text | None = None
    reliability: Reliability
    accessed: Edtf | None = None
    archive_url: Url | None = None
    archived: Edtf | None = None


class Fact(Record):
    """One dated, cited statement; the base of all facts."""

    id: Slug
    topic: Topic
    headline: bool = False
    text: Statement
    date: Edtf | None = None
    until: Edtf | None = None
    as_of: Edtf | None = None
    event: Slug | None = None
    status: Status
    superseded_by: Slug | None = None
    actors: Actors
    toward: Actors = ()
    sources: SourceIds
    verification: Verification
    note: Text | None = None


class PlainFact(Fact):
    """A fact of a topic that has no keys of its own."""

    topic: PlainTopic


class MilitaryFact(Fact):
    """Arms, exercises, agreements; `stage` follows SIPRI's order and delivery, `quantity` counts items."""

    topic: Literal["military"]
    kind: Kind
    system: Text | None = None
    stage: Stage | None = None
    quantity: Quantity | None = None
    value_usd: Dollars | None = None
    partners: Countries = ()


class Stance(Fact):
    """Which position a holder takes on an issue, and whom that favours."""

    topic: Literal["stance"]
    issue: Slug
    holder: Actor
    position: Text
    favours: Actor | None = None
    against: Actor | None = None


class TradeFact(Fact):
    """A fact that may carry a figure: trade, and the topics that are counted in money as trade is."""

    topic: FigureTopic
    measure: Measure | None = None
    value_usd: Dollars | None = None
    share: Share | None = None


FACT_TYPES: dict[str, type[Fact]] = {
    "military": MilitaryFact,
    "stance": Stance,
    "figure": TradeFact,
    "plain": PlainFact,
}
"""The types of facts by the tag that a topic gives them."""


def tag(fact: Any) -> str:
    """Return which type of fact a raw table or a record is: `military`, `stance`, `figure` or `plain`."""
    topic = fact.get("topic") if isinstance(fact, dict) else getattr(fact, "topic", None)
    if topic in ("military", "stance"):
        return str(topic)
    return "figure" if topic in vocabulary.FIGURE_TOPICS else "plain"


AnyFact = Annotated[
    Annotated[MilitaryFact, Tag("military")]
    | Annotated[Stance, Tag("stance")]
    | Annotated[TradeFact, Tag("figure")]
    | Annotated[PlainFact, Tag("plain")],
    Discriminator(tag),
]


class Relation(Record):
    """An unordered pair of countries with what is recorded on it.

    `sources` carry the overview; `established_sources` and `status_sources` carry those two
    statements.
    """

    id: Slug
    countries: Countries
    established: Edtf | None = None
    established_sources: SourceIds = ()
    status: Text | None = None
    status_sources: SourceIds = ()
    overview: Text | None = None
    sources: SourceIds = ()
    fact: Annotated[tuple[AnyFact, ...], FROM_LIST] = ()


class Header(Record):
    """What a pack says of itself."""

    name: Slug
    title: Text
    licence: Text
    updated: dt.date
    coverage: Coverage = "curated"


class Pack(Record):
    """One file of sources and relations, in the file's own words for its tables."""

    pack: Header
    source: Annotated[tuple[Source, ...], FROM_LIST] = ()
    relation: Annotated[tuple[Relation, ...], FROM_LIST] = ()
