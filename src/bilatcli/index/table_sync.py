"""Remove the tables of packs, notice when their files change, and find ids that packs share."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator

from bilatcli.files import digest_file
from bilatcli.index.pack_rows import PackRows
from bilatcli.packs import loader
from bilatcli.packs.problems import PackProblem

_FILES = """SELECT p.path, t.file FROM data_table t JOIN pack p ON p.name = t.pack
    ORDER BY p.path, t.file"""
_RELATIONS_OF_PACK = """SELECT DISTINCT relation FROM table_row
    WHERE data_table IN (SELECT id FROM data_table WHERE pack = ?)"""
_DELETE_ROWS = """DELETE FROM table_row
    WHERE data_table IN (SELECT id FROM data_table WHERE pack = ?)"""
_SHARED_WITH_TABLES = """SELECT t.id, r.relation || '/' || t.id || '-' || r.key, o.pack
    FROM data_table t
    CROSS JOIN data_table o ON o.pack <> t.pack
        AND (substr(o.id, 1, length(t.id) + 1) = t.id || '-'
            OR substr(t.id, 1, length(o.id) + 1) = o.id || '-')
    CROSS JOIN table_row r ON r.data_table = t.id
    CROSS JOIN table_row s ON s.relation = r.relation AND s.data_table = o.id
        AND s.data_table || '-' || s.key = r.data_table || '-' || r.key
    WHERE t.pack = ?"""
_SHARED_WITH_FACTS = """SELECT t.id, t.pack, f.id, f.pack
    FROM data_table t
    CROSS JOIN fact f ON f.slug > t.id || '-' AND f.slug < t.id || '.' AND f.pack <> t.pack
    CROSS JOIN table_row r ON r.relation = f.relation AND r.data_table = t.id
        AND f.slug = r.data_table || '-' || r.key"""


def remove_tables(connection: sqlite3.Connection, pack: str) -> set[str]:
    """Remove the tables of a pack with their rows, and return the relations of the rows."""
    relations = {relation for (relation,) in connection.execute(_RELATIONS_OF_PACK, (pack,))}
    if relations:
        connection.execute(_DELETE_ROWS, (pack,))
    connection.execute("DELETE FROM data_table WHERE pack = ?", (pack,))
    return relations


def find_stale_packs(connection: sqlite3.Connection) -> set[str]:
    """Return what the index calls the packs of which a table's file has changed."""
    known = dict(connection.execute("SELECT path, digest FROM input"))
    return {
        pack
        for path, pack in list_table_files(connection)
        if path in known and digest_file(path) != known[path]
    }


def record_files(connection: sqlite3.Connection) -> None:
    """Record the state of the files of all tables that have none recorded.

    That is so in an index that came from another machine.
    """
    for path, _ in list_table_files(connection):
        try:
            status = os.stat(path)
        except OSError:
            continue
        state = path, f"{status.st_size}:{status.st_mtime_ns}", digest_file(path)
        connection.execute("INSERT OR IGNORE INTO input VALUES (?, ?, ?)", state)


def list_table_files(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Yield the file of each table, and what the index calls its pack."""
    for pack, file in connection.execute(_FILES).fetchall():
        yield os.path.join(os.path.dirname(pack), file), pack


def find_table_clashes(connection: sqlite3.Connection, pack: PackRows) -> Iterator[PackProblem]:
    """Yield the tables of a pack whose ids another pack has too."""
    for position, id in enumerate(pack.tables):
        row = connection.execute(
            "SELECT pack FROM data_table WHERE id = ? AND pack <> ?", (id, pack.name)
        ).fetchone()
        if row:
            what = f"pack `{row[0]}` has a table `{id}` already"
            yield PackProblem(("table", position, "id"), what, "choose another id")


def find_shared_ids(connection: sqlite3.Connection, pack: PackRows) -> Iterator[PackProblem]:
    """Yield the tables and facts of a pack with ids that those of another pack have too."""
    tables = {id: ("table", position, "id") for position, id in enumerate(pack.tables)}
    remedy = "choose another id"
    shared: dict[str, tuple[str, str]] = {}
    facts = connection.execute(_SHARED_WITH_FACTS).fetchall()
    for table, table_pack, fact, fact_pack in facts:
        if table_pack == pack.name:
            shared[table] = fact, fact_pack
        elif fact_pack == pack.name:
            what = f"table `{table}` of pack `{table_pack}` has a fact `{fact}` already"
            yield PackProblem(find_fact_path(pack, fact), what, remedy)
    if tables:
        rows = connection.execute(_SHARED_WITH_TABLES, (pack.name,)).fetchall()
        shared.update((table, (fact, other)) for table, fact, other in rows)
    for table, (fact, other) in shared.items():
        yield PackProblem(tables[table], f"pack `{other}` has a fact `{fact}` already", remedy)


def find_fact_path(pack: PackRows, id: str) -> tuple[str | int, ...]:
    """Return the path of the id of a fact in a pack, which is read again for that."""
    return next(
        (
            ("relation", place, "fact", position, "id")
            for place, relation in enumerate(loader.load_pack(pack.path).relation)
            for position, fact in enumerate(relation.fact)
            if f"{relation.id}/{fact.id}" == id
        ),
        ("relation",),
    )
