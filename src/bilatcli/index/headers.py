"""Relations in the index: what packs say of each laid over one another, and what its facts add up to."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from bilatcli.index.rows import json_text
from bilatcli.vocabulary import COVERAGES


def lay(connection: sqlite3.Connection, relations: Iterable[str]) -> None:
    """Make relations again: of each key of a header the last layer that gives it, then what the facts add up to."""
    names = dict(connection.execute("SELECT code, name FROM country"))
    for id in sorted(relations):
        for table, key in (("relation", "id"), ("reference", "relation")):
            connection.execute(f"DELETE FROM {table} WHERE {key} = ?", (id,))  # noqa: S608 -- words of the line above
        headers = connection.execute(_HEADERS, (id,)).fetchall()
        if not headers:
            connection.execute("DELETE FROM member WHERE relation = ?", (id,))
            continue
        header: dict[str, Any] = {}
        for _, text in headers:
            header |= json.loads(text)
        countries = [{"code": code, "name": names[code]} for code in id.upper().split("-")]
        who = {
            "id": id,
            "name": "–".join(country["name"] for country in countries),
            "countries": countries,
        }
        said: dict[str, Any] = {
            key: header.get(key) for key in ("established", "status", "overview")
        }
        said |= {
            key: header.get(key, []) for key in ("established_sources", "status_sources", "sources")
        }
        sources = dict.fromkeys(
            source for key in said if key.endswith("sources") for source in said[key]
        )
        connection.executemany(
            "INSERT INTO reference VALUES (?, 'header', ?)", ((id, source) for source in sources)
        )
        connection.execute(_REFERENCES, (id,))
        packs_of = [pack for pack, _ in headers]
        line = {**who, "status": said["status"], **_counts(connection, id), "packs": packs_of}
        past = {**said, "status": None, "overview": None, "status_sources": [], "sources": []}
        texts = (" ".join(sources), *map(json_text, ({**who, **said}, {**who, **past}, line)))
        connection.execute(_RELATION, (id, who["name"], line["coverage"], *texts))


_RELATION = "INSERT INTO relation VALUES (?, ?, ?, ?, ?, ?, ?)"
_HEADERS = """SELECT h.pack, h.json FROM header h JOIN pack p ON p.name = h.pack
    WHERE h.relation = ? ORDER BY p.precedence"""
_REFERENCES = """INSERT INTO reference SELECT DISTINCT f.relation, f.topic, e.source
    FROM fact f JOIN evidence e ON e.fact = f.id WHERE f.relation = ?"""


def _counts(connection: sqlite3.Connection, relation: str) -> dict[str, Any]:
    """What the facts of a relation add up to: how many, on what, how well verified, from how many sources."""
    topics: dict[str, int] = {}
    verification: dict[str, int] = {}
    newest: tuple[str, str] | None = None
    facts = connection.execute(
        "SELECT topic, verification, status, date, first_day, is_generated FROM fact WHERE relation = ?"
        " ORDER BY topic, sort_key",
        (relation,),
    )
    outline = 0
    for topic, how, status, date, earliest, is_outline in facts:
        outline += is_outline
        topics[topic] = topics.get(topic, 0) + 1
        verification[how] = verification.get(how, 0) + 1
        if date is not None and status != "planned" and (newest is None or earliest > newest[0]):
            newest = earliest, date
    (sources,) = connection.execute(
        "SELECT COUNT(DISTINCT source) FROM reference WHERE relation = ?", (relation,)
    ).fetchone()
    count = sum(topics.values())
    coverage = COVERAGES[count > 0 and outline == count]
    counts = {"coverage": coverage, "facts": count, "outline": outline, "sources": sources}
    newest_date = {"newest": newest and newest[1]}
    verified = round(100 * verification.get("cited", 0) / count, 1) if count else None
    standing = {"verification": dict(sorted(verification.items())), "verified": verified}
    return {**counts, **newest_date, "topics": topics, **standing}
