"""The tables of capitals and memberships."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter

from bilatcli.index.tables import insert_rows
from bilatcli.normalization import normalize
from bilatcli.packs import loader

_ATTRIBUTES = "names/attributes.toml"
_MEMBERSHIPS = "names/memberships.toml"
_MEMBER_STATUSES = ("member", "permanent", "nonregional member", "regional", "suspended")
"""The statuses of members. All others are those of observers, partners and candidates."""


def fill_attribute_tables(connection: sqlite3.Connection, folder: str) -> None:
    """Fill the tables from the files in the data folder. Raises PackError for errors in them."""
    countries = loader.load_attributes(os.path.join(folder, _ATTRIBUTES))
    corrections = loader.load_memberships(os.path.join(folder, _MEMBERSHIPS))
    listed = {each.organisation for country in countries for each in country.memberships}
    # `IEA` is not a misspelt Guinea.
    words = ((normalize(organisation),) for organisation in sorted(listed))
    insert_rows(connection, "common_word", words, ignore_existing=True)
    memberships = {country.code: corrections.correct(country) for country in countries}
    members = Counter(
        each.organisation
        for kept in memberships.values()
        for each in kept
        if each.status in _MEMBER_STATUSES
    )
    names = corrections.names
    for country in countries:
        place = country.capital_latitude, country.capital_longitude
        capital = country.code, country.capital, *place, country.source, country.as_of
        insert_rows(connection, "capital", [capital])
        rows = (
            (
                country.code,
                each.organisation,
                names[each.organisation],
                each.status,
                members[each.organisation],
            )
            for each in memberships[country.code]
        )
        insert_rows(connection, "membership", rows)
