"""The table `relation`: the headers of all packs merged, and the counts of facts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bilatcli.index.fact_counts import count_facts
from bilatcli.index.table_facts import TableFacts
from bilatcli.packs import edtf
from bilatcli.packs.table_plan import find_first_day
from bilatcli.text import to_json

if TYPE_CHECKING:
    from bilatcli.index.fact_counts import CountedFact

_HEADERS = """SELECT h.pack, h.json FROM header h JOIN pack p ON p.name = h.pack
    WHERE h.relation = ? ORDER BY p.precedence"""
_FACTS = """SELECT topic, verification, status, date, first_day, is_generated FROM fact
    WHERE relation = ? ORDER BY topic, sort_key"""
_TABLE_ROWS = """SELECT relation, data_table, key, cells FROM table_row
    WHERE relation = ? ORDER BY data_table, key"""
_INSERT_HEADER_REFERENCE = "INSERT INTO reference VALUES (?, 'header', ?)"
_INSERT_REFERENCES = """INSERT INTO reference SELECT DISTINCT f.relation, f.topic, e.source
    FROM fact f JOIN evidence e ON e.fact = f.id WHERE f.relation = ?"""
_SOURCES = "SELECT DISTINCT source FROM reference WHERE relation = ?"
_INSERT_RELATION = "INSERT INTO relation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"

_COUNTED_KEYS = ("topic", "date", "as_of", "status", "verification", "sources")
"""The keys of a fact that decide how it is counted."""


def merge_relations(connection: sqlite3.Connection, relations: Iterable[str]) -> None:
    """Write the rows of these relations again, from their headers, facts and rows of tables.

    Each key of a header comes from the pack with the highest precedence that gives it.
    """
    merger = _Merger(connection)
    for id in sorted(relations):
        merger.merge(id)


class _Merger:
    """Merges what packs say about a relation."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._names = dict(connection.execute("SELECT code, name FROM country"))
        tables = connection.execute("SELECT id, pack, plan FROM data_table").fetchall()
        self._pack_of_table = {id: pack for id, pack, _ in tables}
        self._table_facts = TableFacts(
            {id: plan for id, _, plan in tables}, self._names, keys=_COUNTED_KEYS
        )
        packs = connection.execute("SELECT name, precedence FROM pack")
        self._precedences = dict(packs)

    def merge(self, id: str) -> None:
        """Write the rows of a relation again, or remove them if no pack has it any more."""
        execute = self._connection.execute
        execute("DELETE FROM relation WHERE id = ?", (id,))
        execute("DELETE FROM reference WHERE relation = ?", (id,))
        headers = execute(_HEADERS, (id,)).fetchall()
        rows = execute(_TABLE_ROWS, (id,)).fetchall()
        if not headers and not rows:
            execute("DELETE FROM member WHERE relation = ?", (id,))
            return
        header: dict[str, Any] = {}
        for _, text in headers:
            header |= json.loads(text)
        packs = {pack for pack, _ in headers} | {self._pack_of_table[row[1]] for row in rows}
        listed = sorted(packs, key=self._precedences.__getitem__)
        self._insert(id, header if headers else None, listed, rows)

    def _insert(
        self, id: str, header: Mapping[str, Any] | None, packs: list[str], rows: Sequence[Any]
    ) -> None:
        """Insert the row of a relation; without a `header` it has no more than is needed."""
        codes = id.upper().split("-")
        name = "–".join(self._names[code] for code in codes)
        countries = [{"code": code, "name": self._names[code]} for code in codes]
        identity: dict[str, Any] = {"id": id, "name": name, "countries": countries}
        keys = ("established", "status", "overview")
        values = {key: (header or {}).get(key) for key in keys}
        keys = ("established_sources", "status_sources", "sources")
        lists = {key: (header or {}).get(key, []) for key in keys}
        sources = list(dict.fromkeys(source for listed in lists.values() for source in listed))
        references = ((id, source) for source in sources)
        self._connection.executemany(_INSERT_HEADER_REFERENCE, references)
        counts = self._count(id, rows)
        about = {**identity, "status": values["status"]} if header is not None else {}
        established = values["established"]
        row = (
            id,
            name,
            counts["coverage"],
            " ".join(sources),
            to_json({**identity, **values, **lists}) if header is not None else "",
            established,
            edtf.parse_date(established).earliest if established else None,
            " ".join(lists["established_sources"]),
            to_json({**about, **counts, "packs": packs}),
        )
        self._connection.execute(_INSERT_RELATION, row)

    def _count(self, id: str, rows: Sequence[Any]) -> dict[str, Any]:
        """Return the counts of the facts of a relation, and of those that rows of tables make."""
        self._connection.execute(_INSERT_REFERENCES, (id,))
        sources = {source for (source,) in self._connection.execute(_SOURCES, (id,))}
        facts: list[CountedFact] = self._connection.execute(_FACTS, (id,)).fetchall()
        for _, table, records in self._table_facts.group(rows):
            is_generated = self._table_facts.is_generated(table)
            for record in records:
                sources.update(record.sources)
                date, day = record.date or record.as_of, find_first_day(record)
                about = record.topic, record.verification, record.status
                facts.append((*about, date, day, is_generated))
        if rows:
            facts.sort(key=lambda fact: (fact[0], fact[5], fact[4]))
        return count_facts(facts, sources=len(sources))
