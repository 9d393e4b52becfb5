"""Typed, frozen records of what countries are called, and of what they are beside that."""

from __future__ import annotations

from typing import Annotated, Literal

from bilatcli.packs.models import Record
from bilatcli.packs.value_types import (
    FROM_LIST,
    CountryCode,
    Edtf,
    Latitude,
    Longitude,
    NameKind,
    Slug,
    Text,
    Texts,
)


class Name(Record):
    """A text that a country is found by, what kind of name it is, and where that was learnt."""

    text: Text
    kind: NameKind
    origin: Literal["cldr", "factbook", "bilatcli"]


class Country(Record):
    """A country of ISO 3166-1, or Kosovo (XK): codes, the name it is shown under, and all it is found by."""

    code: CountryCode
    alpha3: str
    numeric: str | None = None
    name: Text
    names: Annotated[tuple[Name, ...], FROM_LIST]


class CountryList(Record):
    """The file of countries."""

    country: Annotated[tuple[Country, ...], FROM_LIST]


class Translations(Record):
    """What a country is called beside the names that its `Country` has, and what its parts are called (`places`)."""

    code: CountryCode
    translations: Annotated[tuple[Text, ...], FROM_LIST] = ()
    places: Annotated[tuple[Text, ...], FROM_LIST] = ()


class Membership(Record):
    """An organisation, as it is abbreviated, and what a country is in it; `marked` is how the source puts that."""

    organisation: Text
    status: Text
    marked: Text | None = None


class Attributes(Record):
    """What a country is beside its names: its capital, where that lies in decimal degrees, what it takes part in."""

    code: CountryCode
    capital: Text | None = None
    capitals: Texts = ()
    capital_latitude: Latitude | None = None
    capital_longitude: Longitude | None = None
    source: Slug
    as_of: Edtf
    memberships_note: Text | None = None
    memberships: Annotated[tuple[Membership, ...], FROM_LIST] = ()


class AttributeList(Record):
    """The file of attributes."""

    country: Annotated[tuple[Attributes, ...], FROM_LIST]


class TranslationList(Record):
    """A file of names in many languages."""

    country: Annotated[tuple[Translations, ...], FROM_LIST]
