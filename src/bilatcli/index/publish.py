"""Publish an index to PostgreSQL: write what differs from the index that is there."""

from __future__ import annotations

import json
import os
from hashlib import blake2b

from bilatcli.index import Statement
from bilatcli.index.postgres import MAX_WORD_LENGTH
from bilatcli.index.search_text import SearchText

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from bilatcli.index.postgres import PostgresWriter
    from bilatcli.index.store import Index

    Values = tuple[Any, ...]

MAX_POSITION = 16_383
"""The last position of a word that a `tsvector` distinguishes from others."""
WEIGHT_LABELS = "AABCD"
"""The label of each search column. The statement `search` weighs them."""

_PACKS = Statement("publish_packs", "SELECT name FROM pack ORDER BY precedence")
_COUNTRIES = Statement("publish_countries", "SELECT code, name FROM country")
_TITLES = Statement("publish_titles", "SELECT id, json FROM source WHERE pack = :pack")
_FACTS = Statement(
    "publish_facts", "SELECT relation, json FROM fact WHERE pack = :pack ORDER BY number"
)

_PACK_TABLES = {
    "header": Statement(
        "publish_pack_header", "SELECT * FROM header WHERE pack = :pack ORDER BY relation"
    ),
    "source": Statement(
        "publish_pack_source", "SELECT * FROM source WHERE pack = :pack ORDER BY id"
    ),
    "evidence": Statement(
        "publish_pack_evidence",
        """SELECT e.* FROM evidence e JOIN fact f ON f.id = e.fact
        WHERE f.pack = :pack ORDER BY e.fact, e.source""",
    ),
    "filed_elsewhere": Statement(
        "publish_pack_filed_elsewhere",
        """SELECT e.* FROM filed_elsewhere e JOIN fact f ON f.id = e.fact
        WHERE f.pack = :pack ORDER BY e.pair, e.fact""",
    ),
    "fact_word": Statement(
        "publish_pack_fact_word", "SELECT * FROM fact_word WHERE pack = :pack ORDER BY word"
    ),
    "data_table": Statement(
        "publish_pack_data_table", "SELECT * FROM data_table WHERE pack = :pack ORDER BY id"
    ),
    "table_row": Statement(
        "publish_pack_table_row",
        """SELECT r.* FROM table_row r JOIN data_table t ON t.id = r.data_table
        WHERE t.pack = :pack ORDER BY r.relation, r.data_table, r.key""",
    ),
    "fact": Statement("publish_pack_fact", "SELECT * FROM fact WHERE pack = :pack ORDER BY number"),
}
"""The tables whose rows belong to one pack. The number of a fact comes last in its row."""

_SHARED_TABLES = {
    "pack": ("name",),
    "country": ("code",),
    "name": ("normalized", "code"),
    "capital": ("country",),
    "membership": ("country", "organisation"),
    "plain_name": ("form",),
    "name_block": ("script", "length"),
    "name_word": ("word",),
    "common_word": ("word",),
    "place": ("normalized",),
    "subject": ("id",),
    "subject_name": ("normalized",),
    "subject_block": ("script",),
    "conjunction": ("word",),
    "question_word": ("word", "language"),
    "relation": ("id",),
    "member": ("country", "relation"),
    "reference": ("relation", "topic", "source"),
    "issue": ("slug",),
}
"""All other tables, with the columns of their keys, which come first."""

_SHARED_ROWS = {
    table: Statement(
        f"publish_{table}",
        f"SELECT * FROM {table} ORDER BY {', '.join(keys)}",  # noqa: S608 -- constants above
    )
    for table, keys in _SHARED_TABLES.items()
}

_DELETE_EVIDENCE = "DELETE FROM evidence WHERE fact IN (SELECT id FROM fact WHERE pack = %s)"
_DELETE_ELSEWHERE = (
    "DELETE FROM filed_elsewhere WHERE fact IN (SELECT id FROM fact WHERE pack = %s)"
)
_COUNT_TABLE_ROWS = "SELECT COALESCE(SUM(row_count), 0) FROM data_table WHERE pack = %s"
_DELETE_TABLE_ROWS = (
    "DELETE FROM table_row WHERE data_table IN (SELECT id FROM data_table WHERE pack = %s)"
)
_DELETE_SEARCH_ROWS = (
    "DELETE FROM fact_search WHERE rowid IN (SELECT number FROM fact WHERE pack = %s)"
)


class Publication:
    """What publishing has changed: packs written and their facts, packs removed, other rows."""

    def __init__(self) -> None:
        self.packs_written = 0
        self.facts_written = 0
        self.packs_removed = 0
        self.other_changes = 0
        self.packs = 0

    @property
    def is_empty(self) -> bool:
        """True if nothing has changed."""
        return not (self.packs_written or self.packs_removed or self.other_changes)


def publish(
    index: Index, writer: PostgresWriter, on_progress: Callable[..., None] | None = None
) -> Publication:
    """Make the published index the same as a local one. Only packs that differ are written.

    `on_progress` is called with the packs done, their number and a label.
    """
    writer.prepare()
    published: dict[str, str] = dict(writer.rows("SELECT pack, digest FROM publication"))
    digests = {row["name"]: _digest_pack(index, row["name"]) for row in index.rows(_PACKS)}
    stale = [name for name, digest in published.items() if digests.get(name) != digest]
    new = [name for name, digest in digests.items() if published.get(name) != digest]
    done = Publication()
    for name in stale:
        _remove_pack(writer, name)
    for place, name in enumerate(new):
        if on_progress is not None:
            on_progress(place, len(new), "publishing")
        done.facts_written += _insert_pack(index, writer, name, digests[name])
    if on_progress is not None:
        on_progress(len(new), len(new), "publishing")
    for table in _SHARED_TABLES:
        done.other_changes += _sync_table(index, writer, table)
    done.packs_written = len(new)
    done.packs_removed = len(set(stale).difference(new))
    done.packs = len(digests)
    return done


def _digest_pack(index: Index, pack: str) -> str:
    """Return a digest of all rows of a pack, without the numbers of its facts."""
    digest = blake2b(digest_size=16)
    for table, statement in _PACK_TABLES.items():
        for row in index.stream(statement, {"pack": pack}):
            values = tuple(row)[:-1] if table == "fact" else tuple(row)
            digest.update(repr(values).encode("utf-8", "backslashreplace"))
    return digest.hexdigest()


def _remove_pack(writer: PostgresWriter, pack: str) -> None:
    writer.execute(_DELETE_EVIDENCE, [pack])
    writer.execute(_DELETE_ELSEWHERE, [pack])
    writer.execute(_DELETE_SEARCH_ROWS, [pack])
    writer.execute(_DELETE_TABLE_ROWS, [pack])
    for table in ("fact", "source", "header", "fact_word", "data_table", "publication"):
        writer.remove(table, ["pack"], [(pack,)])


def _insert_pack(index: Index, writer: PostgresWriter, pack: str, digest: str) -> int:
    """Insert the rows of a pack and return the number of its facts, those of tables included."""
    ((first,),) = writer.rows("SELECT COALESCE(MAX(number), 0) + 1 FROM fact")
    for table, statement in _PACK_TABLES.items():
        rows: Iterator[Values] = map(tuple, index.stream(statement, {"pack": pack}))
        if table == "fact":
            rows = ((*row[:-1], number) for number, row in enumerate(rows, first))
        writer.copy(table, rows)
    writer.copy("fact_search", _search_rows(index, pack, first))
    writer.execute("INSERT INTO publication VALUES (%s, %s)", [pack, digest])
    ((last,),) = writer.rows("SELECT COALESCE(MAX(number), 0) + 1 FROM fact")
    ((in_tables,),) = writer.rows(_COUNT_TABLE_ROWS, [pack])
    return int(last) - int(first) + int(in_tables)


def _search_rows(index: Index, pack: str, first: int) -> Iterator[Values]:
    """Yield the rows of `fact_search` for the facts of a pack, numbered from `first`."""
    titles = {
        row["id"]: json.loads(row["json"])["title"] for row in index.stream(_TITLES, {"pack": pack})
    }
    names = {row["code"]: row["name"] for row in index.rows(_COUNTRIES)}
    search_text = SearchText(names, titles)
    for number, row in enumerate(index.stream(_FACTS, {"pack": pack}), first):
        columns = search_text.columns(row["relation"], json.loads(row["json"]))
        yield number, to_tsvector(columns)


def to_tsvector(columns: Sequence[str]) -> str:
    """Return the words of the search columns as the text of a `tsvector`.

    There is a gap between the columns, so that a phrase is found in one column only.

    >>> to_tsvector(["jf 17", "jf", "", "", ""])
    "'jf':1A,4A '17':2A"
    """
    positions: dict[str, list[str]] = {}
    place = 1
    for label, column in zip(WEIGHT_LABELS, columns, strict=True):
        for word in column.split():
            position = f"{min(place, MAX_POSITION)}{label}"
            positions.setdefault(word[:MAX_WORD_LENGTH], []).append(position)
            place += 1
        place += 1
    return " ".join(f"'{word}':{','.join(places)}" for word, places in positions.items())


def _sync_table(index: Index, writer: PostgresWriter, table: str) -> int:
    """Make the rows of a shared table the same as in the index, and return how many differed.

    Only digests of the rows are in memory.
    """
    statement = _SHARED_ROWS[table]
    wanted = {_digest_row(row) for row in _portable_rows(index, table)}
    there = {_digest_row(row) for row in writer.stream(statement)}
    stale, new = there - wanted, wanted - there
    if stale:
        keys = _SHARED_TABLES[table]
        old = (row for row in writer.stream(statement) if _digest_row(row) in stale)
        writer.remove(table, keys, [row[: len(keys)] for row in old])
    if new:
        rows = _portable_rows(index, table)
        writer.copy(table, (row for row in rows if _digest_row(row) in new))
    return len(stale) + len(new)


def _portable_rows(index: Index, table: str) -> Iterator[Values]:
    """Yield the rows of a table, without the folders of packs on this machine."""
    for row in index.stream(_SHARED_ROWS[table]):
        values = tuple(row)
        if table == "pack":
            name, path, *rest = values
            values = (name, os.path.basename(path), *rest)
        yield values


def _digest_row(row: Values) -> bytes:
    return blake2b(repr(row).encode("utf-8", "backslashreplace"), digest_size=16).digest()
