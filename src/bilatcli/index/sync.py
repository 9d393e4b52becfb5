"""Bring the packs in an index up to date: remove packs that are gone, insert those that are new."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from typing import Protocol

from bilatcli.error_details import PackError
from bilatcli.files import measure_file
from bilatcli.index.pack_reader import PackReader
from bilatcli.index.pack_rows import FACTS, SEARCH_ROWS, WORDS, PackRows
from bilatcli.index.search_text import SearchText
from bilatcli.index.table_sync import (
    find_shared_ids,
    find_stale_packs,
    find_table_clashes,
    remove_tables,
)
from bilatcli.index.tables import Values, insert_rows
from bilatcli.packs import loader
from bilatcli.packs.problems import PackProblem

MAX_WAITING_WORDS = 60_000
"""Number of words that wait in memory until they are inserted, about 12 MB."""

_TABLES_OF_RELATIONS = ("header", "table_row")
"""The tables whose first column is a relation of a pack."""
_OTHER_SOURCES = """SELECT s.rowid, s.id, o.pack FROM source s
    JOIN source o ON o.id = s.id AND o.pack <> s.pack AND o.json <> s.json
    WHERE s.rowid > :last ORDER BY s.rowid, o.pack"""
_DELETE_SEARCH_ROW = """INSERT INTO fact_search
    (fact_search, rowid, statement, subject, people, note, titles)
    VALUES ('delete', ?, ?, ?, ?, ?, ?)"""
_SHARED_RELATIONS = "SELECT relation FROM header GROUP BY relation HAVING COUNT(*) > 1"


class PackFiles(Protocol):
    """The pack files in the order of precedence, and what the index calls each."""

    packs: list[str]

    @property
    def is_local(self) -> bool:
        """True if the index stays on this machine, and is checked against its files."""

    def key(self, path: str) -> str:
        """Return what the index calls a file."""


def sync_packs(
    connection: sqlite3.Connection,
    files: PackFiles,
    digests: Mapping[str, str],
    on_progress: Callable[[int, int], None] | None,
    reader: PackReader | None = None,
) -> set[str]:
    """Make the packs in the index those of `files`, and return the relations that this affects.

    `digests` has the digest of each file by its key. A `reader` that was opened before is closed by
    its owner. Raises PackError for errors in a pack.
    """
    known = dict(connection.execute("SELECT path, digest FROM input"))
    old = dict(connection.execute("SELECT path, precedence FROM pack"))
    wanted = {files.key(path): place for place, path in enumerate(files.packs)}
    stale = {key for key in old if key not in wanted or digests[key] != known.get(key)}
    stale |= find_stale_packs(connection)
    affected: set[str] = set()
    for key in sorted(stale):
        affected |= _remove_pack(connection, key)
    kept = old.keys() - stale
    new = [path for path in files.packs if files.key(path) not in kept]
    with nullcontext(reader) if reader else PackReader(new) as source:
        names = dict(connection.execute("SELECT code, name FROM country"))
        report = _count_bytes(new, on_progress)
        words = _WordWriter(connection)
        for pack in source.read(new, names):
            key = files.key(pack.path)
            insertion = _Insertion(connection, pack, words)
            affected |= insertion.run(key, wanted[key], is_local=files.is_local)
            report(pack.path)
        words.flush()
    if any(wanted[key] != old[key] for key in kept):
        places = ((place, key) for key, place in wanted.items())
        connection.executemany("UPDATE pack SET precedence = ? WHERE path = ?", places)
        affected |= {id for (id,) in connection.execute(_SHARED_RELATIONS)}
    return affected


def _count_bytes(
    paths: Sequence[str], on_progress: Callable[[int, int], None] | None
) -> Callable[[str], None]:
    """Return what reports how many bytes of packs are compiled, given each pack that is."""
    sizes = {path: measure_file(path) or 0 for path in paths}
    total, done = sum(sizes.values()), 0

    def report(path: str) -> None:
        nonlocal done
        done += sizes[path]
        if on_progress is not None:
            on_progress(done, total)

    return report


# --- inserting


class _WordWriter:
    """Inserts the words of packs, many at a time and in order.

    They are spread over the whole table, so that those of each pack would change most of its pages.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._rows: list[Values] = []

    def add(self, rows: Sequence[Values]) -> None:
        """Take the words of a pack."""
        self._rows += rows
        if len(self._rows) > MAX_WAITING_WORDS:
            self.flush()

    def flush(self) -> None:
        """Insert the words that wait."""
        insert_rows(self._connection, WORDS, sorted(self._rows))
        self._rows.clear()


class _Insertion:
    """Inserts a pack. `run` raises PackError if its ids clash with those of others."""

    def __init__(self, connection: sqlite3.Connection, pack: PackRows, words: _WordWriter) -> None:
        self._connection = connection
        self._pack = pack
        self._words = words
        self._clashes: list[PackProblem] = []
        self._relations: set[str] = set()

    def run(self, key: str, precedence: int, *, is_local: bool) -> set[str]:
        """Insert all rows and return the relations of the pack."""
        connection, pack, clashes = self._connection, self._pack, self._clashes
        title, licence, updated, digest = pack.about
        try:
            row = pack.name, key, precedence, title, licence, updated, digest
            insert_rows(connection, "pack", [row])
            self._insert_chunks()
            if is_local:
                statement = "INSERT OR REPLACE INTO input VALUES (?, ?, ?)"
                connection.executemany(statement, pack.table_files)
            clashes += find_shared_ids(connection, pack)
        except sqlite3.IntegrityError:
            clashes += _find_id_clashes(connection, pack, key)
            if not clashes:
                raise
        if clashes:
            raise PackError(loader.locate(pack.path, clashes))
        return self._relations

    def _insert_chunks(self) -> None:
        execute = self._connection.execute
        (last,) = execute("SELECT COALESCE(MAX(number), 0) FROM fact").fetchone()
        (source,) = execute("SELECT COALESCE(MAX(rowid), 0) FROM source").fetchone()
        for table, rows in self._pack.chunks:
            if table == WORDS:
                self._words.add(rows)
                continue
            number = last if table in (FACTS, SEARCH_ROWS) else None
            is_shared = table == "member"
            insert_rows(self._connection, table, rows, ignore_existing=is_shared, last=number)
            if table == "source":
                self._clashes += _find_source_clashes(self._connection, source)
            elif table in _TABLES_OF_RELATIONS:
                self._relations.update([str(row[0]) for row in rows])


def _find_source_clashes(connection: sqlite3.Connection, last: int) -> Iterator[PackProblem]:
    """Yield the sources that differ from those of other packs with their ids.

    Those of the pack are all after the row `last`, in its order.
    """
    found = connection.execute(_OTHER_SOURCES, {"last": last}).fetchall()
    for number, id, other in found:
        yield PackProblem(
            ("source", number - last - 1, "id"),
            f"the source `{id}` differs from the one in pack `{other}`",
            "write the same record, or another id",
        )


def _find_id_clashes(
    connection: sqlite3.Connection, pack: PackRows, key: str
) -> Iterator[PackProblem]:
    """Yield the name and the ids of the pack that another pack has too. The pack is read again."""
    clash = pack.name, key
    others = connection.execute("SELECT path FROM pack WHERE name = ? AND path <> ?", clash)
    for (other,) in others.fetchall():
        what = f"`{other}` has the name `{pack.name}` too"
        yield PackProblem(("pack", "name"), what, "choose another name")
    yield from find_table_clashes(connection, pack)
    statement = "SELECT pack FROM fact WHERE id = ? AND pack <> ?"
    for place, relation in enumerate(loader.load_pack(pack.path).relation):
        for position, fact in enumerate(relation.fact):
            id = f"{relation.id}/{fact.id}"
            for (other,) in connection.execute(statement, (id, pack.name)).fetchall():
                path = ("relation", place, "fact", position, "id")
                what = f"pack `{other}` has a fact `{id}` already"
                yield PackProblem(path, what, "choose another id")


# --- removing


def _remove_pack(connection: sqlite3.Connection, key: str) -> set[str]:
    """Remove a pack and return its relations."""
    (name,) = connection.execute("SELECT name FROM pack WHERE path = ?", (key,)).fetchone()
    found = connection.execute("SELECT relation FROM header WHERE pack = ?", (name,))
    relations = {relation for (relation,) in found} | remove_tables(connection, name)
    _remove_search_rows(connection, name)
    connection.execute("DELETE FROM fact_word WHERE pack = ?", (name,))
    for statement in (
        "DELETE FROM evidence WHERE fact IN (SELECT id FROM fact WHERE pack = ?)",
        "DELETE FROM filed_elsewhere WHERE fact IN (SELECT id FROM fact WHERE pack = ?)",
    ):
        connection.execute(statement, (name,))
    connection.execute("DELETE FROM fact WHERE pack = ?", (name,))
    connection.execute("DELETE FROM source WHERE pack = ?", (name,))
    connection.execute("DELETE FROM header WHERE pack = ?", (name,))
    connection.execute("DELETE FROM pack WHERE name = ?", (name,))
    return relations


def _remove_search_rows(connection: sqlite3.Connection, pack: str) -> None:
    """Remove the facts of a pack from the full-text table, while they are still in `fact`."""
    sources = connection.execute("SELECT id, json FROM source WHERE pack = ?", (pack,))
    titles = {id: json.loads(text)["title"] for id, text in sources}
    names = dict(connection.execute("SELECT code, name FROM country"))
    search_text = SearchText(names, titles)
    facts = connection.execute("SELECT number, relation, json FROM fact WHERE pack = ?", (pack,))
    rows = [
        (number, *search_text.columns(relation, json.loads(text)))
        for number, relation, text in facts
    ]
    connection.executemany(_DELETE_SEARCH_ROW, rows)
