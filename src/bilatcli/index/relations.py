"""The table `relation`: the headers of all packs merged, and the counts of facts."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from bilatcli.packs import edtf
from bilatcli.text import to_json
from bilatcli.vocabulary import COVERAGES

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
    identity = {"id": id, "name": name, "countries": countries}
    values = {key: header.get(key) for key in ("established", "status", "overview")}
    lists = {
        key: header.get(key, []) for key in ("established_sources", "status_sources", "sources")
    }
    sources = list(dict.fromkeys(source for listed in lists.values() for source in listed))
    connection.executemany(_INSERT_HEADER_REFERENCE, ((id, source) for source in sources))
    connection.execute(_INSERT_REFERENCES, (id,))
    established = values["established"]
    counts = _count_facts(connection, id)
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


def _count_facts(connection: sqlite3.Connection, relation: str) -> dict[str, Any]:
    """Return the counts of a relation's facts, as the document of the view `list` has them."""
    facts = connection.execute(_FACTS, (relation,)).fetchall()
    newest_day, newest = "", None
    for _, _, status, date, first_day, _ in facts:
        if date is not None and status != "planned" and first_day > newest_day:
            newest_day, newest = first_day, date
    topics = Counter(topic for topic, *_ in facts)
    verification = Counter(how for _, how, *_ in facts)
    generated = sum(is_generated for *_, is_generated in facts)
    (sources,) = connection.execute(_COUNT_SOURCES, (relation,)).fetchone()
    count = len(facts)
    is_outline = count > 0 and generated == count
    return {
        "coverage": COVERAGES[is_outline],
        "facts": count,
        "outline": generated,
        "sources": sources,
        "newest": newest,
        "topics": dict(topics),
        "verification": dict(sorted(verification.items())),
        "verified": round(100 * verification["cited"] / count, 1) if count else None,
    }
