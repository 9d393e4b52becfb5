"""Insert and remove the tables of packs, and notice when their files change."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from bilatcli.files import digest_file
from bilatcli.index.stems import stem_words
from bilatcli.index.tables import insert_rows
from bilatcli.json_reader import parse_json
from bilatcli.packs import edtf
from bilatcli.packs.models import Pack
from bilatcli.packs.problems import PackProblem
from bilatcli.packs.table_reader import TableData
from bilatcli.packs.templates import parse_literals
from bilatcli.text import normalize, replace_surrogates, search_tokens, to_json

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


def find_issued_days(pack: Pack) -> dict[str, str]:
    """Return the first day of the issue of each source that has one."""
    dated = (source for source in pack.source if source.issued)
    return {source.id: edtf.parse_date(str(source.issued)).earliest for source in dated}


def insert_tables(
    connection: sqlite3.Connection, pack: Pack, tables: Sequence[TableData], *, is_local: bool
) -> set[str]:
    """Insert the tables of a pack with their rows, and return the relations of the rows.

    If the index `is_local`, the state of their files is recorded, as it was when they were read.
    Raises sqlite3.IntegrityError if another table has an id.
    """
    relations: set[str] = set()
    titles = {source.id: source.title for source in pack.source}
    issued = find_issued_days(pack)
    for data in tables:
        id = data.table.id
        sources = sorted(_find_source_ids(data))
        plan = {
            **data.plan,
            "pack": pack.pack.name,
            "updated": pack.pack.updated.isoformat(),
            "issued_days": {source: issued[source] for source in sources if source in issued},
        }
        literals = _list_literals(data, [titles[source] for source in sources])
        words = f" {' '.join(sorted(set(stem_words(search_tokens(literals)))))} "
        about = data.table.topic, plan["coverage"], data.table.file, len(data.rows)
        row = (id, pack.pack.name, *about, " ".join(sources), words, to_json(plan))
        insert_rows(connection, "data_table", [row])
        rows = sorted(data.rows)
        insert_rows(
            connection, "table_row", ((relation, id, key, cells) for relation, key, cells in rows)
        )
        found = {relation for relation, _, _ in rows}
        members = [(code, each) for each in sorted(found) for code in each.upper().split("-")]
        insert_rows(connection, "member", members, ignore_existing=True)
        if is_local:
            state = replace_surrogates(data.path), data.file_stat, data.digest
            connection.execute("INSERT OR REPLACE INTO input VALUES (?, ?, ?)", state)
        relations |= found
    return relations


def _find_source_ids(data: TableData) -> set[str]:
    """Return the ids of the sources of the facts of a table."""
    _, entries = data.plan["values"]["sources"]
    ids = {value for kind, value in entries if kind == "constant"}
    columns = {value for kind, value in entries if kind == "column"}
    first = 1 if data.plan["is_directed"] else 0
    places = [
        place for place, (name, _) in enumerate(data.plan["columns"], first) if name in columns
    ]
    if places:
        for _, _, cells in data.rows:
            values = parse_json(cells)
            ids.update(values[place] for place in places if values[place] is not None)
    return ids


def find_words(tables: Iterable[TableData]) -> list[str]:
    """Return the words of tables that a filter and a search can have, as they are written.

    These are the words of templates, and the words of texts in cells that have letters only.
    """
    words: set[str] = set()
    for data in tables:
        literals = _list_literals(data, map(str, _list_constants(data)))
        words.update(normalize(literals).split(), search_tokens(literals))
        first = 1 if data.plan["is_directed"] else 0
        places = [
            place for place, (_, kind) in enumerate(data.plan["columns"], first) if kind == "text"
        ]
        for _, _, cells in data.rows if places else ():
            values = parse_json(cells)
            texts = " ".join(values[place] or "" for place in places)
            words.update(word for word in normalize(texts).split() if word.isalpha())
    return sorted(words)


def _list_literals(data: TableData, more: Iterable[str]) -> str:
    """Return the texts of a table that all of its rows share, and some more."""
    templates = [*data.table.text, *(data.table.note or ())]
    literals = [part for template in templates for part in parse_literals(template)]
    return " ".join([data.table.id, data.table.topic, *literals, *more])


def _list_constants(data: TableData) -> Iterator[object]:
    """Yield the words that the keys of all facts of a table share, such as its kind."""
    for kind, value in data.plan["values"].values():
        if kind == "constant" and isinstance(value, str):
            yield value


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


def find_table_clashes(connection: sqlite3.Connection, pack: Pack) -> list[PackProblem]:
    """Return the tables of a pack whose ids, or ids of facts, another pack has too."""
    name = pack.pack.name
    problems = []
    for position, table in enumerate(pack.table):
        row = connection.execute(
            "SELECT pack FROM data_table WHERE id = ? AND pack <> ?", (table.id, name)
        ).fetchone()
        if row:
            what = f"pack `{row[0]}` has a table `{table.id}` already"
            problems.append(PackProblem(("table", position, "id"), what, "choose another id"))
    return problems


def find_shared_ids(connection: sqlite3.Connection, pack: Pack) -> Iterator[PackProblem]:
    """Yield the tables and facts of a pack with ids that those of another pack have too."""
    name = pack.pack.name
    tables = {table.id: ("table", position, "id") for position, table in enumerate(pack.table)}
    remedy = "choose another id"
    shared: dict[str, tuple[str, str]] = {}
    facts = connection.execute(_SHARED_WITH_FACTS).fetchall()
    for table, table_pack, fact, fact_pack in facts:
        if table_pack == name:
            shared[table] = fact, fact_pack
        elif fact_pack == name:
            what = f"table `{table}` of pack `{table_pack}` has a fact `{fact}` already"
            yield PackProblem(_find_fact(pack, fact), what, remedy)
    if tables:
        rows = connection.execute(_SHARED_WITH_TABLES, (name,)).fetchall()
        shared.update((table, (fact, other)) for table, fact, other in rows)
    for table, (fact, other) in shared.items():
        yield PackProblem(tables[table], f"pack `{other}` has a fact `{fact}` already", remedy)


def _find_fact(pack: Pack, id: str) -> tuple[str | int, ...]:
    """Return the path of the id of a fact in a pack."""
    return next(
        ("relation", place, "fact", position, "id")
        for place, relation in enumerate(pack.relation)
        for position, fact in enumerate(relation.fact)
        if f"{relation.id}/{fact.id}" == id
    )
