"""The rows of all formats are equal, and have the values of documents and packs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bilatcli.export.rows import read_rows
from bilatcli.export.schema import FACTS, TABLES
from bilatcli.index.store import Index, SQLiteIndex
from support import DATA

HOSTILE = str(DATA / "hostile.toml")
NAMES = [table.name for table in TABLES]

ReadTable = Callable[[str, Path, str], list[dict[str, Any]]]


@pytest.mark.parametrize("format", ["csv", "parquet", "sqlite"])
@pytest.mark.parametrize("name", NAMES)
def test_formats_are_equal(
    hostile: dict[str, Path], read_table: ReadTable, format: str, name: str
) -> None:
    """Every table has the same rows in the same order in each format, hostile texts included."""
    rows = read_table("jsonl", hostile["jsonl"], name)
    assert rows
    assert read_table(format, hostile[format], name) == rows


def test_facts(
    hostile: dict[str, Path], read_table: ReadTable, document: Callable[..., Any]
) -> None:
    """A fact has the values of its document. Keys of other topics are null."""
    facts = document("facts", "mn", "na", "--all", "--data", HOSTILE)["facts"]
    rows = {row["id"]: row for row in read_table("jsonl", hostile["jsonl"], "facts")}
    evidence = read_table("jsonl", hostile["jsonl"], "fact_sources")
    assert len(facts) == 2
    for fact in facts:
        row, sources = rows[fact["id"]], fact.pop("sources")
        assert fact.pop("passages") == []
        assert {key: row[key] for key in fact} == fact
        others = set(row) - set(fact)
        assert all(row[key] in (None, []) for key in others)
        places = [(each["source"], each["place"]) for each in evidence if each["fact"] == row["id"]]
        assert places == [(source, place) for place, source in enumerate(sources, 1)]


def test_extreme_facts(hostile: dict[str, Path], read_table: ReadTable) -> None:
    """Control characters, zeros and open dates are kept."""
    rows = {row["id"]: row for row in read_table("jsonl", hostile["jsonl"], "facts")}
    trouble, unknown = rows["mn-na/trouble"], rows["mn-na/unknown"]
    assert "\u0000 here\u202e \u0085\u2028" in trouble["text"]
    assert (trouble["value_usd"], trouble["first"], trouble["last"]) == (0, None, "2004-12-31")
    assert (unknown["quantity"], unknown["first"]) == (0, None)


def test_every_key_is_a_column(document: Callable[..., Any]) -> None:
    """Every key of a fact is a column, except for its sources and passages, which have tables."""
    keys = {key for fact in document("facts", "az", "pk", "--all")["facts"] for key in fact}
    assert keys - {column.key for column in FACTS.columns} == {"sources", "passages"}


def test_passages(
    exported: dict[str, Path], read_table: ReadTable, document: Callable[..., Any]
) -> None:
    """A passage has the values of its fact, and its place there."""
    (fact,) = document("show", "az-pk/recognition-1991")["facts"]
    rows = read_table("jsonl", exported["jsonl"], "passages")
    own = [row for row in rows if row["fact"] == fact["id"]]
    assert [row.pop("place") for row in own] == [1, 2]
    assert own == [{"fact": fact["id"], **passage} for passage in fact["passages"]]


def test_sources(hostile: dict[str, Path], read_table: ReadTable) -> None:
    """A source has the values of its pack."""
    rows = read_table("jsonl", hostile["jsonl"], "sources")
    (source,) = [row for row in rows if row["id"] == "trouble-1"]
    assert source == {
        "id": "trouble-1",
        "type": "webpage",
        "title": "=cmd|' /C calc'!A0",
        "authors": ['O\'Neill, "Tip"', "Ministry, of Trouble; the", "NA"],
        "publisher": "line one\nline two\r\nline three",
        "issued": "2001/2002",
        "accessed": "2026-11-23",
        "url": "https://example.org/a?b=%22c%22&d='e'",
        "lang": None,
        "reliability": "news",
        "archive_url": "https://archive.example/copy",
        "archived": "2026-11",
        "origin": None,
        "packs": ["hostile"],
    }


def test_relations(hostile: dict[str, Path], read_table: ReadTable) -> None:
    """A relation has the header of its pack, its countries and the counts of its facts."""
    rows = read_table("jsonl", hostile["jsonl"], "relations")
    (relation,) = [row for row in rows if row["id"] == "mn-na"]
    expected = {
        "country_1": "MN",
        "country_2": "NA",
        "status": "null",
        "overview": "-- '); DROP TABLE facts; --",
        "sources": ["trouble-1"],
        "established_sources": [],
        "fact_count": 2,
        "outline_count": 0,
        "source_count": 1,
        "verified": 0.0,
        "newest": "../2003",
    }
    assert {key: relation[key] for key in expected} == expected


def test_countries(exported: dict[str, Path], read_table: ReadTable) -> None:
    """A country has its codes, and its capital if it is known."""
    rows = {row["code"]: row for row in read_table("parquet", exported["parquet"], "countries")}
    assert rows["PK"] == {
        "code": "PK",
        "alpha3": "PAK",
        "numeric": "586",
        "name": "Pakistan",
        "capital": "Islamabad",
        "latitude": pytest.approx(33.7, abs=0.1),
        "longitude": pytest.approx(73.1, abs=0.1),
        "source": "factbook-pk",
        "as_of": "2026-01",
    }
    assert (rows["PS"]["capital"], rows["PS"]["latitude"]) == (None, None)
    assert {len(row["alpha3"]) for row in rows.values() if row["alpha3"]} == {3}
    assert {len(row["numeric"]) for row in rows.values() if row["numeric"]} == {3}
    assert len([row for row in rows.values() if row["alpha3"]]) >= 249


class BreakingConnection(sqlite3.Connection):
    """A connection that finds the file damaged after some rows."""

    left = 1234

    def execute(self, sql: str, parameters: Any = ()) -> Any:
        """Return an iterator that breaks."""
        return self._break(super().execute(sql, parameters))

    def _break(self, rows: Iterator[Any]) -> Iterator[Any]:
        for row in rows:
            if not self.left:
                raise sqlite3.DatabaseError("database disk image is malformed")
            self.left -= 1
            yield row


def test_damaged_index(index: Index) -> None:
    """If an index is damaged, a new one continues after the last row that was read."""
    assert isinstance(index, SQLiteIndex)
    path = index._connection.execute("PRAGMA database_list").fetchone()[2]  # noqa: SLF001
    damaged = sqlite3.connect(path, factory=BreakingConnection)
    broken = SQLiteIndex(damaged, lambda: sqlite3.connect(path))
    assert list(read_rows(broken, FACTS)) == list(read_rows(index, FACTS))
    broken.close()
