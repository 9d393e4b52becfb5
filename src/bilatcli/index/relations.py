"""The table `relation`: the headers of all packs merged, and the counts of facts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from bilatcli.index.fact_counts import count_facts
from bilatcli.packs import edtf
from bilatcli.text import to_json

_HEADERS = """SELECT h.pack, h.json FROM header h JOIN pack p ON p.name = h.pack
    WHERE h.relation = ? ORDER BY p.precedence"""
_FACTS = """SELECT topic, verification, status, date, first_day, is_generated FROM fact
    WHERE relation = ? ORDER BY topic, sort_key"""
_INSERT_HEADER_REFERENCE = "INSERT INTO reference VALUES (?, 'header', ?)"
_INSERT_REFERENCES = """INSERT INTO reference SELECT DISTINCT f.relation, f.topic, e.source
    FROM fact f JOIN evidence e ON e.fact = f.id WHERE f.relation = ?"""
_COUNT_SOURCES = "SELECT COUNT(DISTINCT source) FROM reference WHERE relation = ?"
_INSERT_RELATION = "INSERT INTO relation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"


def merge_relations(connection: sqlite3.Connection, relations: Iterable[str]) -> None:
    """Write the rows of these relations again, from their headers and facts.

    Each key of a header comes from the pack with the highest precedence that gives it.
    """
    names = dict(connection.execute("SELECT code, name FROM country"))
    for id in sorted(relations):
        connection.execute("DELETE FROM relation WHERE id = ?", (id,))
        connection.execute("DELETE FROM reference WHERE relation = ?", (id,))
        headers = connection.execute(_HEADERS, (id,)).fetchall()
        if headers:
            header: dict[str, Any] = {}
            for _, text in headers:
                header |= json.loads(text)
            packs = [pack for pack, _ in headers]
            countries = [{"code": code, "name": names[code]} for code in id.upper().split("-")]
            _insert_relation(connection, id, countries, header, packs)
        else:
            connection.execute("DELETE FROM member WHERE relation = ?", (id,))


def _insert_relation(
    connection: sqlite3.Connection,
    id: str,
    countries: list[dict[str, str]],
    header: Mapping[str, Any],
    packs: list[str],
) -> None:
    name = "–".join(country["name"] for country in countries)
    identity: dict[str, Any] = {"id": id, "name": name, "countries": countries}
    values = {key: header.get(key) for key in ("established", "status", "overview")}
    lists = {
        key: header.get(key, []) for key in ("established_sources", "status_sources", "sources")
    }
    sources = list(dict.fromkeys(source for listed in lists.values() for source in listed))
    connection.executemany(_INSERT_HEADER_REFERENCE, ((id, source) for source in sources))
    connection.execute(_INSERT_REFERENCES, (id,))
    established = values["established"]
    facts = connection.execute(_FACTS, (id,)).fetchall()
    (source_count,) = connection.execute(_COUNT_SOURCES, (id,)).fetchone()
    counts = count_facts(facts, sources=source_count)
    row = (
        id,
        name,
        counts["coverage"],
        " ".join(sources),
        to_json({**identity, **values, **lists}),
        established,
        edtf.parse_date(established).earliest if established else None,
        " ".join(lists["established_sources"]),
        to_json({**identity, "status": values["status"], **counts, "packs": packs}),
    )
    connection.execute(_INSERT_RELATION, row)
