"""The typed, frozen records of a pack: parsed once, here, and never raw again.

Every value is checked as it is read: types strictly, words against the closed lists of `vocabulary`, dates as EDTF.
What goes wrong carries its own remedy, so that `packs` only has to say where. Rules between records are in
`references`.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    Tag,
    ValidationError,
)
from pydantic_core import PydanticCustomError, core_schema

from bilatcli import urls, vocabulary
from bilatcli.fuzzy import nearest
from bilatcli.packs import edtf

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_URL = re.compile(r"https?://[^\s/?#]+[^\s]*")
_CODE = re.compile(r"[A-Z]{2}")


def wrong(what: str, remedy: str) -> PydanticCustomError:
    """Return the error that says what is wrong with a value and what to do about it."""
    return PydanticCustomError("pack", "{what}", {"what": what, "remedy": remedy})


def _slug(value: str) -> str:
    if not _SLUG.fullmatch(value):
        raise wrong(f"`{value}` is no id", "use lower-case letters, digits and single hyphens")
    return value


def _country(value: str) -> str:
    if value not in vocabulary.COUNTRY_CODES:
        near = value.strip().upper()
        hint = (
            f"did you mean `{near}`?"
            if near in vocabulary.COUNTRY_CODES
            else "use an ISO 3166-1 alpha-2 code"
        )
        raise wrong(f"`{value}` is no country code", hint)
    return value


def _actor(value: str) -> str:
    return _country(value) if _CODE.fullmatch(value) else _filled(value)


def _date(value: str) -> str:
    try:
        return edtf.parse(value).text
    except ValueError as error:
        raise wrong(
            str(error), "write YYYY, YYYY-MM or YYYY-MM-DD, with `?` or `~` where unsure"
        ) from None


def is_web(address: str) -> bool:
    """Return whether an address is one of the web, in full."""
    return _URL.fullmatch(address) is not None


def _url(value: str) -> str:
    if not is_web(value):
        raise wrong(f"`{value}` is no web address", "give it in full, from http:// or https:// on")
    if urls.has_credentials(value):
        raise wrong(
            f"`{value}` has a name or password before its host", "leave out what stands before `@`"
        )
    return value


def _filled(value: str) -> str:
    if not value.strip():
        raise wrong("the text is empty", "fill it in, or leave the key out")
    return value


def _statement(value: str) -> str:
    if len(value) > vocabulary.MAX_TEXT:
        raise wrong(
            f"the text has {len(value)} characters",
            f"shorten it to {vocabulary.MAX_TEXT}, or make it two facts",
        )
    return _filled(value)


class OneOf:
    """The type of a word from a closed list; a word outside it is answered with the nearest one inside.

    `published` is the part of the list that a JSON Schema names, where the type of the record decides on the rest.
    """

    def __init__(self, words: tuple[str, ...], *, published: tuple[str, ...] | None = None) -> None:
        self.words = words
        self.published = words if published is None else published

    def check(self, value: str) -> str:
        """Return `value`, or raise where the list does not have it."""
        if value not in self.words:
            near = nearest(value, self.words)
            hint = f"did you mean `{near}`?" if near else f"use one of {', '.join(self.words)}"
            raise wrong(f"`{value}` is not a word of this list", hint)
        return value

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """What pydantic asks of a type: text, then our own check."""
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """What a published schema says of it."""
        return {**handler(schema), "enum": list(self.published)}


def _unique(values: tuple[str, ...]) -> tuple[str, ...]:
    for position, value in enumerate(values):
        if value in values[:position]:
            raise wrong(f"`{value}` stands twice", "name it once")
    return values


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


Slug = Annotated[
    str, AfterValidator(_slug), Field(json_schema_extra={"pattern": f"^{_SLUG.pattern}$"})
]
CountryCode = Annotated[
    str, AfterValidator(_country), Field(json_schema_extra={"pattern": "^[A-Z]{2}$"})
]
Actor = Annotated[str, AfterValidator(_actor)]
Edtf = Annotated[
    str, AfterValidator(_date), Field(description="EDTF date, as ISO 8601-2:2019 writes it")
]
Text = Annotated[str, AfterValidator(_filled), Field(json_schema_extra={"minLength": 1})]
Url = Annotated[str, AfterValidator(_url), Field(json_schema_extra={"pattern": "^https?://"})]
Statement = Annotated[
    str, AfterValidator(_statement), Field(json_schema_extra={"maxLength": vocabulary.MAX_TEXT})
]
Dollars = Annotated[int, Field(ge=0, le=10**15, description="US dollars, whole")]
Share = Annotated[int | float, Field(ge=0, le=100, description="per cent, of what the text says")]
Quantity = Annotated[int, Field(ge=0, le=10**9)]


SourceType = Annotated[str, OneOf(vocabulary.SOURCE_TYPES)]
Reliability = Annotated[str, OneOf(vocabulary.RELIABILITIES)]
Topic = Annotated[str, OneOf(vocabulary.TOPICS)]
Coverage = Annotated[str, OneOf(vocabulary.COVERAGES)]
Status = Annotated[str, OneOf(vocabulary.STATUSES)]
Verification = Annotated[str, OneOf(vocabulary.VERIFICATIONS)]
Kind = Annotated[str, OneOf(vocabulary.KINDS)]
Stage = Annotated[str, OneOf(vocabulary.STAGES)]
Measure = Annotated[str, OneOf(vocabulary.MEASURES)]

LISTED = BeforeValidator(_as_tuple)
"""Reads a list of TOML as what does not change."""
Latitude = Annotated[int | float, Field(ge=-90, le=90)]
Longitude = Annotated[int | float, Field(ge=-180, le=180)]

Texts = Annotated[tuple[Text, ...], LISTED, AfterValidator(_unique)]
Actors = Annotated[tuple[Actor, ...], LISTED, AfterValidator(_unique)]
Countries = Annotated[tuple[CountryCode, ...], LISTED, AfterValidator(_unique)]
SourceIds = Annotated[tuple[Slug, ...], LISTED, AfterValidator(_unique)]


class Record(BaseModel):
    """What all records share: no value changes, no key is unknown, no type is bent into another."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


Read = TypeVar("Read", bound=Record)


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

    topic: Annotated[str, OneOf(vocabulary.TOPICS, published=vocabulary.PLAIN_TOPICS)]


class MilitaryFact(Fact):
    """Arms, exercises, agreements; `stage` follows SIPRI's order and delivery, `quantity` counts items."""

    topic: Annotated[str, OneOf(("military",))]
    kind: Kind
    system: Text | None = None
    stage: Stage | None = None
    quantity: Quantity | None = None
    value_usd: Dollars | None = None
    partners: Countries = ()


class Stance(Fact):
    """Which position a holder takes on an issue, and whom that favours."""

    topic: Annotated[str, OneOf(("stance",))]
    issue: Slug
    holder: Actor
    position: Text
    favours: Actor | None = None
    against: Actor | None = None


class TradeFact(Fact):
    """A fact that may carry a figure: trade, and the topics that are counted in money as trade is."""

    topic: Annotated[str, OneOf(vocabulary.FIGURE_TOPICS)]
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

    `sources` carry the overview; `established_sources` and `status_sources` carry those two statements.
    """

    id: Slug
    countries: Countries
    established: Edtf | None = None
    established_sources: SourceIds = ()
    status: Text | None = None
    status_sources: SourceIds = ()
    overview: Text | None = None
    sources: SourceIds = ()
    fact: Annotated[tuple[AnyFact, ...], LISTED] = ()


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
    source: Annotated[tuple[Source, ...], LISTED] = ()
    relation: Annotated[tuple[Relation, ...], LISTED] = ()


def parse(kind: type[Read], raw: object) -> tuple[Read | None, ValidationError | None]:
    """Read a raw table as a record of `kind`; where it is none, return pydantic's findings, all of them."""
    try:
        return kind.model_validate(raw), None
    except ValidationError as error:
        return None, error
