"""Records of countries: their codes and names, their capitals and memberships."""

from __future__ import annotations

from typing import Annotated

from bilatcli.packs.record import Record
from bilatcli.packs.value_types import (
    FROM_LIST,
    CountryCode,
    Edtf,
    Latitude,
    Longitude,
    NameKind,
    Slug,
    Text,
)


class Name(Record):
    """A name of a country and its kind."""

    text: Text
    kind: NameKind


class Country(Record):
    """A country of ISO 3166-1, or Kosovo (XK), with its codes and all names that find it."""

    code: CountryCode
    alpha3: str
    numeric: str | None = None
    name: Text
    names: Annotated[tuple[Name, ...], FROM_LIST]


class CountryList(Record):
    """The file of countries."""

    country: Annotated[tuple[Country, ...], FROM_LIST]


class Translations(Record):
    """Further names of a country, in other languages, and names of its subdivisions (`places`).

    `spellings` are names of it only with their accents and punctuation.
    """

    code: CountryCode
    translations: Annotated[tuple[Text, ...], FROM_LIST] = ()
    spellings: Annotated[tuple[Text, ...], FROM_LIST] = ()
    places: Annotated[tuple[Text, ...], FROM_LIST] = ()


class TranslationList(Record):
    """A file of names in many languages."""

    country: Annotated[tuple[Translations, ...], FROM_LIST]


class Membership(Record):
    """An organisation, as it is abbreviated, and what a country is in it."""

    organisation: Text
    status: Text


class Attributes(Record):
    """The capital of a country, in decimal degrees, and its memberships, from a reference work."""

    code: CountryCode
    capital: Text | None = None
    capital_latitude: Latitude | None = None
    capital_longitude: Longitude | None = None
    source: Slug
    as_of: Edtf
    memberships: Annotated[tuple[Membership, ...], FROM_LIST] = ()


class AttributeList(Record):
    """The file of attributes."""

    country: Annotated[tuple[Attributes, ...], FROM_LIST]
