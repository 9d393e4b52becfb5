"""Read the rows of an export from the index, one at a time."""

from __future__ import annotations

import json
from itertools import chain, groupby

from bilatcli.citations import csl
from bilatcli.export.schema import (
    COUNTRIES,
    FACT_SOURCES,
    FACTS,
    PASSAGES,
    RELATIONS,
    SOURCES,
    Table,
)
from bilatcli.index import Statement
from bilatcli.index.relation_json import get_line_json, get_relation_json
from bilatcli.index.rows import FactRow
from bilatcli.index.table_facts import make_table_facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any

    from bilatcli.index import Row
    from bilatcli.index.store import Index

    Record = tuple[Any, ...]

LICENCES = Statement("export_licences", "SELECT licence, title FROM pack ORDER BY precedence")

FACT_ROWS = Statement(
    "export_facts",
    "SELECT json FROM fact ORDER BY relation, sort_key, id",
)
FACT_SOURCE_ROWS = Statement(
    "export_fact_sources", "SELECT id, source_ids FROM fact ORDER BY relation, sort_key, id"
)
PASSAGE_ROWS = Statement(
    "export_passages",
    """
    SELECT id, json FROM fact WHERE INSTR(json, '"passages":[{') > 0 ORDER BY relation, sort_key, id
    """,
)
SOURCE_ROWS = Statement(
    "export_sources",
    """
    SELECT s.id, s.json, s.pack
    FROM source s JOIN pack p ON p.name = s.pack
    ORDER BY s.id, p.precedence
    """,
)
TABLE_ROWS = Statement(
    "export_table_rows",
    "SELECT relation, data_table, key, cells FROM table_row ORDER BY relation, data_table, key",
)
TABLES = Statement("export_tables", "SELECT id FROM data_table")
RELATION_ROWS = Statement(
    "export_relations",
    """
    SELECT id, name, json, list_json, CASE WHEN json = '' THEN 1 ELSE 0 END AS is_bare
    FROM relation ORDER BY id
    """,
)
COUNTRY_ROWS = Statement(
    "export_countries",
    """
    SELECT c.code, c.name, n.normalized AS other_code, k.name AS capital, k.latitude, k.longitude,
        k.source, k.as_of
    FROM country c
    LEFT JOIN name n ON n.code = c.code AND n.kind = 'code'
    LEFT JOIN capital k ON k.country = c.code
    ORDER BY c.code, n.normalized
    """,
)

COUNTS = {
    FACTS.name: Statement(
        "export_fact_count",
        "SELECT (SELECT COUNT(*) FROM fact)"
        " + (SELECT COALESCE(SUM(row_count), 0) FROM data_table) AS facts",
    ),
    FACT_SOURCES.name: Statement(
        "export_fact_source_count",
        "SELECT (SELECT COUNT(*) FROM evidence)"
        " + (SELECT COALESCE(SUM(row_count), 0) FROM data_table) AS pairs",
    ),
    PASSAGES.name: Statement(
        "export_passage_count",
        """SELECT COUNT(*) FROM fact WHERE INSTR(json, '"passages":[{') > 0""",
    ),
    SOURCES.name: Statement("export_source_count", "SELECT COUNT(DISTINCT id) FROM source"),
    RELATIONS.name: Statement("export_relation_count", "SELECT COUNT(*) FROM relation"),
    COUNTRIES.name: Statement("export_country_count", "SELECT COUNT(*) FROM country"),
}


def count_rows(index: Index, table: Table) -> int:
    """Return the number of rows of a table; of what facts have several of, about that number."""
    ((number,),) = index.rows(COUNTS[table.name])
    return int(number)


def read_rows(index: Index, table: Table) -> Iterator[Record]:
    """Yield the rows of a table in a fixed order, with the values in the order of the columns.

    Values are str, int, float, bool, a list of str, or None. A day is a str in ISO 8601. Only one
    row is in memory at a time.
    """
    statement, convert = _TABLES[table.name]
    rows = index.stream(statement)
    more = _MORE.get(table.name)
    return convert(chain(rows, more(index)) if more else rows)


def _make_facts(index: Index) -> Iterator[FactRow]:
    """Yield the facts that rows of tables make, after all other facts."""
    tables = [row["id"] for row in index.rows(TABLES)]
    yield from make_table_facts(tables, index).make(index.stream(TABLE_ROWS))


def _list_sources(index: Index) -> Iterator[dict[str, str]]:
    """Yield the ids of the facts that rows of tables make, with those of their sources."""
    tables = [row["id"] for row in index.rows(TABLES)]
    facts = make_table_facts(tables, index, keys=("date", "as_of", "sources"))
    for relation, _, records in facts.group(index.stream(TABLE_ROWS)):
        for each in records:
            yield {"id": f"{relation}/{each.id}", "source_ids": " ".join(each.sources)}


def read_licences(index: Index) -> dict[str, list[str]]:
    """Return the titles of the packs by their licence, in the order of precedence."""
    licences: dict[str, list[str]] = {}
    for row in index.rows(LICENCES):
        licences.setdefault(row["licence"], []).append(row["title"])
    return licences


def _convert_facts(rows: Iterable[Any]) -> Iterator[Record]:
    keys = [column.key for column in FACTS.columns]
    empty_lists = {column.key: () for column in FACTS.columns if column.kind == "texts"}
    for row in rows:
        found = row.make_document() if isinstance(row, FactRow) else json.loads(row["json"])
        fact = {**empty_lists, **found}
        yield tuple(map(fact.get, keys))


def _convert_fact_sources(rows: Iterable[Row]) -> Iterator[Record]:
    for row in rows:
        for place, source in enumerate(row["source_ids"].split(), 1):
            yield row["id"], source, place


def _convert_passages(rows: Iterable[Row]) -> Iterator[Record]:
    for row in rows:
        for place, passage in enumerate(json.loads(row["json"])["passages"], 1):
            yield row["id"], place, passage["source"], passage["quote"], passage["locator"]


def _convert_sources(rows: Iterable[Row]) -> Iterator[Record]:
    for (id, text), same in groupby(rows, lambda row: (row["id"], row["json"])):
        item = json.loads(text)
        custom = item["custom"]
        yield (
            id,
            item["type"],
            item["title"],
            [csl.format_name(name) for name in item.get("author", ())],
            item.get("container-title") or item.get("publisher"),
            csl.get_date(item, "issued") or None,
            csl.get_date(item, "accessed") or None,
            item.get("URL"),
            item.get("language"),
            custom["reliability"],
            item.get("archive_location"),
            custom.get("archived"),
            custom.get("origin"),
            [row["pack"] for row in same],
        )


def _convert_relations(rows: Iterable[Row]) -> Iterator[Record]:
    counts = {"fact_count": "facts", "outline_count": "outline", "source_count": "sources"}
    keys = [column.key for column in RELATIONS.columns]
    for row in rows:
        header, listed = json.loads(get_relation_json(row)), json.loads(get_line_json(row))
        one, other = (country["code"] for country in header["countries"])
        relation = {
            **header,
            **{key: listed[key] for key in ("coverage", "newest", "verified", "packs")},
            **{key: listed[name] for key, name in counts.items()},
            "country_1": one,
            "country_2": other,
        }
        yield tuple(map(relation.get, keys))


def _convert_countries(rows: Iterable[Row]) -> Iterator[Record]:
    """Yield a row per country. Its codes are in several rows of the statement."""
    for _, same in groupby(rows, lambda row: row["code"]):
        group = list(same)
        country = group[0]
        codes = [row["other_code"] for row in group if row["other_code"]]
        alpha3 = next((code.upper() for code in codes if len(code) == 3 and code.isalpha()), None)
        numeric = next((code for code in codes if code.isdigit()), None)
        place = (country["capital"], country["latitude"], country["longitude"])
        code, name = country["code"], country["name"]
        yield code, alpha3, numeric, name, *place, country["source"], country["as_of"]


_TABLES: Mapping[str, tuple[Statement, Callable[[Iterable[Row]], Iterator[Record]]]] = {
    FACTS.name: (FACT_ROWS, _convert_facts),
    FACT_SOURCES.name: (FACT_SOURCE_ROWS, _convert_fact_sources),
    PASSAGES.name: (PASSAGE_ROWS, _convert_passages),
    SOURCES.name: (SOURCE_ROWS, _convert_sources),
    RELATIONS.name: (RELATION_ROWS, _convert_relations),
    COUNTRIES.name: (COUNTRY_ROWS, _convert_countries),
}
_MORE: Mapping[str, Callable[[Index], Iterator[Any]]] = {
    FACTS.name: _make_facts,
    FACT_SOURCES.name: _list_sources,
}
"""What rows of tables add after the other rows."""
