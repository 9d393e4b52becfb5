"""The six tables of an export: their columns and the keys that join them.

Names and values are those of documents and packs, so that a question gets the same answer from a
table as from the tool. Only the columns that exports add are declared here.
"""

from __future__ import annotations

from bilatcli.export.columns import (
    COUNT_COLUMNS,
    FACT_COLUMNS,
    RELATION_COLUMNS,
    SOURCE_COLUMNS,
    Column,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Table:
    """A table: what a row is, the columns of its primary key, and all columns in order."""

    __slots__ = ("columns", "key", "meaning", "name")

    def __init__(
        self, name: str, meaning: str, key: tuple[str, ...], columns: Iterable[Column]
    ) -> None:
        self.name = name
        self.meaning = meaning
        self.key = key
        self.columns = tuple(columns)


def _pick(columns: Sequence[Column], keys: str) -> list[Column]:
    """Return the columns with the given keys, in the order of the keys."""
    by_key = {column.key: column for column in columns}
    return [by_key[key] for key in keys.split()]


def _insert(columns: Sequence[Column], after: str, *new: Column) -> list[Column]:
    """Return the columns with new ones after the column `after`."""
    place = [column.key for column in columns].index(after) + 1
    return [*columns[:place], *new, *columns[place:]]


def _without(columns: Sequence[Column], *keys: str) -> list[Column]:
    return [column for column in columns if column.key not in keys]


COUNTRIES = Table(
    "countries",
    "Countries with their ISO 3166-1 codes and their capitals, as a reference work has them.",
    ("code",),
    (
        Column("code", "ISO 3166-1 alpha-2, or XK", is_required=True),
        Column("alpha3", "ISO 3166-1 alpha-3"),
        Column("numeric", "ISO 3166-1 numeric, three digits"),
        Column("name", "name that it is shown under", is_required=True),
        Column("capital", "capital"),
        Column("latitude", "degrees north of the capital", "number"),
        Column("longitude", "degrees east of the capital", "number"),
        Column("source", "id of the source of the capital", refers=("sources", "id")),
        Column("as_of", "date of that source, EDTF"),
    ),
)

SOURCES = Table(
    "sources",
    "The sources of facts, as bibliographic records with the types of CSL.",
    ("id",),
    [
        *_insert(
            _without(SOURCE_COLUMNS, "accessed"), "issued", *_pick(SOURCE_COLUMNS, "accessed")
        ),
        Column("packs", "names of the packs that have it", "texts"),
    ],
)

RELATIONS = Table(
    "relations",
    "Unordered pairs of countries with facts.",
    ("id",),
    [
        *_pick(COUNT_COLUMNS, "id name"),
        Column("country_1", "first code", refers=("countries", "code"), is_required=True),
        Column("country_2", "second code", refers=("countries", "code"), is_required=True),
        *_pick(RELATION_COLUMNS, "established established_sources status status_sources"),
        *_pick(RELATION_COLUMNS, "overview sources"),
        *_pick(COUNT_COLUMNS, "coverage"),
        Column("fact_count", "number of facts, superseded ones too", "integer", is_required=True),
        Column(
            "outline_count", "number of generated facts among them", "integer", is_required=True
        ),
        Column("source_count", "number of sources", "integer", is_required=True),
        *_pick(COUNT_COLUMNS, "newest verified packs"),
    ],
)

FACTS = Table(
    "facts",
    "Dated statements, including superseded, retracted and generated ones. `fact_sources` has their"
    " sources, `passages` the words of these.",
    ("id",),
    _insert(
        _without(FACT_COLUMNS, "sources", "first", "last", "passages"),
        "as_of",
        *_pick(FACT_COLUMNS, "first last"),
    ),
)

FACT_SOURCES = Table(
    "fact_sources",
    "The sources of each fact.",
    ("fact", "source"),
    (
        Column("fact", "id of the fact", refers=("facts", "id"), is_required=True),
        Column("source", "id of a source", refers=("sources", "id"), is_required=True),
        Column("place", "place among the fact's sources, from 1", "integer", is_required=True),
    ),
)

PASSAGES = Table(
    "passages",
    "Words of sources that facts rest on, in the language of the source.",
    ("fact", "place"),
    (
        Column("fact", "id of the fact", refers=("facts", "id"), is_required=True),
        Column("place", "place among the fact's passages, from 1", "integer", is_required=True),
        Column("source", "id of the source", refers=("sources", "id"), is_required=True),
        Column("quote", "words of the source", is_required=True),
        Column("locator", "where in the source: page, section or time"),
    ),
)

TABLES = (FACTS, SOURCES, RELATIONS, FACT_SOURCES, PASSAGES, COUNTRIES)
"""All tables, in the order in which they are listed."""
