"""Bring the packs in an index up to date: remove packs that are gone, insert those that are new."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Protocol

from bilatcli.citations.csl import source_to_csl
from bilatcli.errors import PackError
from bilatcli.files import hash_files
from bilatcli.index.rows import PackContext, fact_rows, row_values
from bilatcli.index.search_text import CountryPhrases, SearchText
from bilatcli.index.stems import Words, has_forms
from bilatcli.index.table_sync import (
    find_issued_days,
    find_shared_ids,
    find_stale_packs,
    find_table_clashes,
    find_words,
    insert_tables,
    remove_tables,
)
from bilatcli.index.tables import Values, insert_rows
from bilatcli.packs import loader
from bilatcli.packs.models import Pack, Relation
from bilatcli.packs.problems import PackProblem
from bilatcli.text import to_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.index.search_text import SearchColumns

_INSERT_SEARCH_ROW = """INSERT INTO fact_search (rowid, statement, subject, people, note, titles)
    VALUES (?, ?, ?, ?, ?, ?)"""
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
) -> set[str]:
    """Make the packs in the index those of `files`, and return the relations that this affects.

    `digests` has the digest of each file by its key. Raises PackError for errors in a pack.
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
    sizes = [os.path.getsize(path) if os.path.exists(path) else 0 for path in new]
    for place, path in enumerate(new):
        key = files.key(path)
        affected |= _add_pack(connection, path, key, wanted[key], is_local=files.is_local)
        if on_progress is not None:
            on_progress(sum(sizes[: place + 1]), sum(sizes))
    if any(wanted[key] != old[key] for key in kept):
        places = ((place, key) for key, place in wanted.items())
        connection.executemany("UPDATE pack SET precedence = ? WHERE path = ?", places)
        affected |= {id for (id,) in connection.execute(_SHARED_RELATIONS)}
    return affected


# --- inserting


def _add_pack(
    connection: sqlite3.Connection, path: str, key: str, precedence: int, *, is_local: bool
) -> set[str]:
    """Insert a pack and return its relations. Raises PackError if its ids clash with others."""
    pack, tables = loader.load_pack_with_tables(path)
    clashes = _find_source_clashes(connection, pack)
    try:
        digest = hash_files([path, *(each.path for each in tables)])
        _insert_pack(connection, pack, (key, precedence, digest), find_words(tables))
        in_tables = insert_tables(connection, pack, tables, is_local=is_local)
        clashes += find_shared_ids(connection, pack)
    except sqlite3.IntegrityError:
        clashes += _find_id_clashes(connection, pack, key)
        if not clashes:
            raise
    if clashes:
        raise PackError(loader.locate(path, clashes))
    return in_tables.union(relation.id for relation in pack.relation)


def _insert_pack(
    connection: sqlite3.Connection,
    pack: Pack,
    file: tuple[str, int, str],
    table_words: Sequence[str],
) -> None:
    """Insert a pack without its tables, but with their words.

    `file` has the key of its file, its precedence and its digest.
    """
    head = pack.pack
    *place, digest = file
    about = head.title, head.licence, head.updated.isoformat()
    insert_rows(connection, "pack", [(head.name, *place, *about, digest)])
    sources = ((s.id, head.name, to_json(source_to_csl(s))) for s in pack.source)
    insert_rows(connection, "source", sources)
    names = dict(connection.execute("SELECT code, name FROM country"))
    context = PackContext(
        pack=head.name,
        coverage=head.coverage,
        updated=head.updated.isoformat(),
        issued_days=find_issued_days(pack),
        names=names,
    )
    search_text = SearchText(names, {source.id: source.title for source in pack.source})
    phrases = None if context.is_generated else CountryPhrases(names)
    (last,) = connection.execute("SELECT COALESCE(MAX(number), 0) FROM fact").fetchone()
    for relation in pack.relation:
        header = relation.model_dump(exclude={"id", "countries", "fact"}, exclude_unset=True)
        insert_rows(connection, "header", [(relation.id, head.name, to_json(header))])
        members = ((country, relation.id) for country in relation.countries)
        insert_rows(connection, "member", members, ignore_existing=True)
        made = fact_rows(relation.id, relation.fact, context)
        rows = [(*row_values(row), last + place) for place, row in enumerate(made, 1)]
        columns = [search_text.columns(relation.id, fact.__dict__) for fact in relation.fact]
        _insert_facts(connection, relation, rows, columns)
        if phrases is not None:
            elsewhere = _find_other_pairs(relation, columns, phrases)
            insert_rows(connection, "filed_elsewhere", elsewhere)
        last += len(rows)
    for words in (context.words, search_text.words):
        words.stem_all(table_words)
    insert_rows(connection, "fact_word", _word_rows(head.name, context.words, search_text.words))


def _word_rows(pack: str, in_filters: Words, in_searches: Words) -> Iterator[Values]:
    """Yield the rows of the words of a pack."""
    for word, stem in sorted({**in_filters, **in_searches}.items()):
        yield word, pack, stem if has_forms(word) else "", word in in_filters, word in in_searches


def _insert_facts(
    connection: sqlite3.Connection,
    relation: Relation,
    rows: Sequence[tuple[object, ...]],
    columns: Sequence[SearchColumns],
) -> None:
    """Insert the facts of a relation, given with their rows and their words."""
    insert_rows(connection, "fact", rows)
    search_rows = ((row[-1], *words) for row, words in zip(rows, columns, strict=True))
    connection.executemany(_INSERT_SEARCH_ROW, search_rows)
    evidence = (
        (f"{relation.id}/{fact.id}", source) for fact in relation.fact for source in fact.sources
    )
    insert_rows(connection, "evidence", evidence)


def _find_other_pairs(
    relation: Relation, columns: Sequence[SearchColumns], phrases: CountryPhrases
) -> Iterator[Values]:
    """Yield the pairs of countries in each fact, except that of its relation, and the fact."""
    for fact, words in zip(relation.fact, columns, strict=True):
        codes = sorted(code.lower() for code in phrases.find(words))
        pairs = map("-".join, combinations(codes, 2))
        yield from ((pair, f"{relation.id}/{fact.id}") for pair in pairs if pair != relation.id)


def _find_source_clashes(connection: sqlite3.Connection, pack: Pack) -> list[PackProblem]:
    """Return the sources whose ids belong to different records in other packs."""
    problems = []
    for position, source in enumerate(pack.source):
        text = to_json(source_to_csl(source))
        others = connection.execute("SELECT pack, json FROM source WHERE id = ?", (source.id,))
        problems += [
            PackProblem(
                ("source", position, "id"),
                f"the source `{source.id}` differs from the one in pack `{other}`",
                "write the same record, or another id",
            )
            for other, other_text in others
            if other_text != text
        ]
    return problems


def _find_id_clashes(connection: sqlite3.Connection, pack: Pack, key: str) -> list[PackProblem]:
    """Return the name and the fact ids of the pack that another pack has too."""
    name = pack.pack.name
    others = connection.execute("SELECT path FROM pack WHERE name = ? AND path <> ?", (name, key))
    problems = [
        PackProblem(("pack", "name"), f"`{other}` has the name `{name}` too", "choose another name")
        for (other,) in others
    ]
    problems += find_table_clashes(connection, pack)
    for place, relation in enumerate(pack.relation):
        for position, fact in enumerate(relation.fact):
            id = f"{relation.id}/{fact.id}"
            found = connection.execute(
                "SELECT pack FROM fact WHERE id = ? AND pack <> ?", (id, name)
            )
            problems += [
                PackProblem(
                    ("relation", place, "fact", position, "id"),
                    f"pack `{other}` has a fact `{id}` already",
                    "choose another id",
                )
                for (other,) in found
            ]
    return problems


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
