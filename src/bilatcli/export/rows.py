"""Rows of the tables of an export out of the index, one at a time: only what SQLite keeps of it is ever in memory."""

from __future__ import annotations

import json
from itertools import groupby

from bilatcli.citations import csl
from bilatcli.export.schema import COUNTRIES, FACT_SOURCES, FACTS, RELATIONS, SOURCES, Table
from bilatcli.packs.edtf import OPEN_END, OPEN_START
from bilatcli.vocabulary import UNDATED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any

    from bilatcli.index.store import Index

    Record = tuple[Any, ...]

_NO_DAY = ("", UNDATED, OPEN_START, OPEN_END)


def count(index: Index, table: Table) -> int:
    """Return how many rows a table has."""
    ((number,),) = index.rows(_COUNTS[table.name])
    return int(number)


def rows(index: Index, table: Table) -> Iterator[Record]:
    """Yield the rows of a table, always in the same order, each with its values in the order of the columns.

    Values are text, int, float, bool, lists of texts, or None; a day is ISO 8601 text.
    """
    statement, read = _READERS[table.name]
    return read(index.stream(statement))


def licences(index: Index) -> dict[str, list[str]]:
    """Return the licences of the packs, each with the titles of those that are under it, in the order of layers."""
    found: dict[str, list[str]] = {}
    for licence, title in index.rows("SELECT licence, title FROM pack ORDER BY precedence"):
        found.setdefault(licence, []).append(title)
    return found


def _facts(found: Iterable[Record]) -> Iterator[Record]:
    keys = [field.key for field in FACTS.fields]
    lists = {field.key: () for field in FACTS.fields if field.kind == "texts"}
    for text, first, last in found:
        days = {"first": _day(first), "last": _day(last)}
        fact = {**lists, **json.loads(text), **days}
        yield tuple(map(fact.get, keys))


def _day(text: str) -> str | None:
    return None if text in _NO_DAY else text


def _fact_sources(found: Iterable[Record]) -> Iterator[Record]:
    for fact, sources in found:
        for place, source in enumerate(sources.split(), 1):
            yield fact, source, place


def _sources(found: Iterable[Record]) -> Iterator[Record]:
    for (id, text), same in groupby(found, lambda row: row[:2]):
        item = json.loads(text)
        custom = item["custom"]
        yield (
            id,
            item["type"],
            item["title"],
            [_author(name) for name in item.get("author", ())],
            item.get("container-title") or item.get("publisher"),
            csl.edtf(item, "issued") or None,
            csl.edtf(item, "accessed") or None,
            item.get("URL"),
            item.get("language"),
            custom["reliability"],
            item.get("archive_location"),
            custom.get("archived"),
            [pack for _, _, pack in same],
        )


def _author(name: Mapping[str, str]) -> str:
    return name["literal"] if "literal" in name else f"{name['family']}, {name['given']}"


def _relations(found: Iterable[Record]) -> Iterator[Record]:
    counts = {"fact_count": "facts", "outline_count": "outline", "source_count": "sources"}
    keys = [field.key for field in RELATIONS.fields]
    for text, counted in found:
        header, line = json.loads(text), json.loads(counted)
        one, other = (country["code"] for country in header["countries"])
        told = {key: line[key] for key in ("coverage", "newest", "verified", "packs")}
        told |= {key: line[name] for key, name in counts.items()}
        relation = {**header, **told, "country_1": one, "country_2": other}
        yield tuple(map(relation.get, keys))


def _countries(found: Iterable[Record]) -> Iterator[Record]:
    for country, same in groupby(found, lambda row: (*row[:2], *row[3:])):
        code, name, *capital = country
        known = [row[2] for row in same if row[2]]
        alpha3 = next((each.upper() for each in known if len(each) == 3 and each.isalpha()), None)
        numeric = next((each for each in known if each.isdigit()), None)
        yield (code, alpha3, numeric, name, *capital)


_CAPITALS = """SELECT c.code, c.name, n.normalized, k.name, k.latitude, k.longitude, k.source, k.as_of FROM country c
    LEFT JOIN name n ON n.code = c.code AND n.kind = 'code' LEFT JOIN capital k ON k.country = c.code
    ORDER BY c.code, n.normalized"""

_READERS: Mapping[str, tuple[str, Callable[[Iterable[Record]], Iterator[Record]]]] = {
    FACTS.name: ("SELECT json, first_day, last_day FROM fact ORDER BY relation, sort_key, id", _facts),
    FACT_SOURCES.name: (
        "SELECT id, source_ids FROM fact ORDER BY relation, sort_key, id",
        _fact_sources,
    ),
    SOURCES.name: (
        "SELECT s.id, s.json, s.pack FROM source s JOIN pack p ON p.name = s.pack ORDER BY s.id, p.precedence",
        _sources,
    ),
    RELATIONS.name: ("SELECT json, list_json FROM relation ORDER BY id", _relations),
    COUNTRIES.name: (
        _CAPITALS,
        _countries,
    ),
}

_COUNTS = {
    FACTS.name: "SELECT COUNT(*) FROM fact",
    FACT_SOURCES.name: "SELECT COUNT(*) FROM evidence",
    SOURCES.name: "SELECT COUNT(DISTINCT id) FROM source",
    RELATIONS.name: "SELECT COUNT(*) FROM relation",
    COUNTRIES.name: "SELECT COUNT(*) FROM country",
}
