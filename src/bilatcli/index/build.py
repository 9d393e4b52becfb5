"""Compiling: packs into the index, one by one, so that memory stays flat and an unchanged pack costs nothing again."""

from __future__ import annotations

import gc
import hashlib
import json
import os
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from bilatcli import resources
from bilatcli.errors import PackError
from bilatcli.index.headers import lay
from bilatcli.index.rows import (
    Lore,
    Sayings,
    capital_row,
    country_rows,
    csl,
    fact_rows,
    json_text,
    plain_rows,
    spelling_rows,
    translation_rows,
)
from bilatcli.packs import loader
from bilatcli.packs.models import Pack
from bilatcli.packs.problems import PackProblem
from bilatcli.text import normalize, replace_surrogates

Watch = Callable[[int, int], None]
"""Is told after each pack how many bytes of how many are compiled."""

PATIENCE = 60.0
"""Seconds to wait while another process changes the same index."""


class Inputs:
    """What an index is made from: the folder with what countries are known by, the packs in their order, other files.

    `stamps` tell of each file what it looks like from outside; an index without any is never asked whether it is true.
    """

    def __init__(
        self, names: str, files: Sequence[str], *, stamps: Mapping[str, str], version: int
    ) -> None:
        self.names = names
        self.files = list(files)
        self.stamps = stamps
        self.version = version

    def key(self, path: str) -> str:
        """What a file goes by in the index: its path; in an index that travels, its name."""
        return replace_surrogates(path) if self.stamps else replace_surrogates(os.path.basename(path))


def write(target: str, inputs: Inputs, watch: Watch | None = None) -> None:
    """Compile a new index at `target`, which appears whole or not at all.

    Raises PackError for what is wrong in a pack, OSError or sqlite3.Error where the folder cannot be written.
    """
    folder, name = os.path.split(os.path.abspath(target))
    os.makedirs(folder, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{name}-")
    os.close(handle)
    try:
        connection = sqlite3.connect(temporary, isolation_level=None)
        try:
            _fill(connection, inputs, watch)
            connection.execute("PRAGMA journal_mode = DELETE")
        finally:
            connection.close()
        with open(temporary, "rb+") as stream:
            os.fsync(stream.fileno())
        os.chmod(temporary, 0o644)
        for ending in ("-journal", "-wal", "-shm"):
            # What is left of another index must not be taken for this one's.
            with suppress(FileNotFoundError):
                os.unlink(target + ending)
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise


def in_memory(inputs: Inputs, watch: Watch | None = None) -> sqlite3.Connection:
    """Return an index that lives as long as its connection; raises PackError as `write` does."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    _fill(connection, inputs, watch)
    return connection


def update(target: str, inputs: Inputs, watch: Watch | None = None) -> bool:
    """Bring the index at `target` up to date in one transaction: packs that have changed, come or gone.

    Returns whether that was possible: where anything but a pack has changed, all must be compiled again. Raises as
    `write` does, and leaves the index as it was.
    """
    connection = sqlite3.connect(target, isolation_level=None, timeout=PATIENCE)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("BEGIN IMMEDIATE")
        digests = _digests(inputs)
        known = dict(connection.execute("SELECT path, digest FROM input"))
        others = [inputs.key(path) for path in inputs.stamps if path not in inputs.files]
        if any(digests[key] != known.get(key) for key in others):
            return False
        _settle(connection, inputs, digests, _exchange(connection, inputs, digests, watch))
        connection.execute("COMMIT")
        return True
    finally:
        connection.close()


def _fill(connection: sqlite3.Connection, inputs: Inputs, watch: Watch | None) -> None:
    """Compile everything into an empty database."""
    # Nothing here is part of a circle, and looking for circles takes a twentieth of the time.
    gc.disable()
    try:
        _fill_all(connection, inputs, watch)
    finally:
        gc.enable()


def _fill_all(connection: sqlite3.Connection, inputs: Inputs, watch: Watch | None) -> None:
    connection.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;"
    )
    connection.executescript(resources.read_text("index", "schema.sql"))
    connection.execute("BEGIN")
    _fill_names(connection, inputs.names)
    digests = _digests(inputs)
    touched = _exchange(connection, inputs, digests, watch)
    for statement in resources.read_text("index", "indexes.sql").split(";"):
        connection.execute(statement)
    _settle(connection, inputs, digests, touched)
    connection.execute("INSERT INTO fact_search (fact_search) VALUES ('optimize')")
    connection.execute(f"PRAGMA user_version = {inputs.version:d}")
    connection.execute("COMMIT")


def _fill_names(connection: sqlite3.Connection, folder: str) -> None:
    """Put in what countries are called; of a text that a country has twice the kind that comes first is kept."""
    for country in loader.load_countries(os.path.join(folder, "countries.toml")):
        connection.execute("INSERT INTO country VALUES (?, ?)", (country.code, country.name))
        _insert(connection, "name", country_rows(country), ignore=True)
    plain = connection.execute(
        f"SELECT normalized, code, kind FROM name WHERE kind IN ({_PLAIN})"
    ).fetchall()  # noqa: S608
    _insert(connection, "plain_name", plain_rows(plain))
    parts = {word for folded, _, _ in plain if " " in folded for word in folded.split()}
    _insert(connection, "name_word", ((word,) for word in sorted(parts)))
    for file in _TRANSLATIONS:
        for translated in loader.load_translations(os.path.join(folder, file)):
            _insert(connection, "name", translation_rows(translated), ignore=True)
            _insert(
                connection, "common_word", ((normalize(place),) for place in translated.places), ignore=True
            )
    _insert(
        connection,
        "name_block",
        spelling_rows(connection.execute("SELECT normalized, code, kind FROM name")),
    )
    attributes = loader.load_attributes(os.path.join(folder, _ATTRIBUTES))
    members = Counter(each.organisation for known in attributes for each in known.memberships)
    for known in attributes:
        _insert(connection, "capital", [capital_row(known)])
        memberships = (
            (known.code, m.organisation, m.status, members[m.organisation])
            for m in known.memberships
        )
        _insert(connection, "membership", memberships)
    for table, file in _WORD_LISTS.items():
        words = loader.load_words(os.path.join(folder, file))
        _insert(connection, table, ((word,) for word in words), ignore=True)


_TRANSLATIONS = ("names/translations.toml", "names/iso-codes.toml")
_ATTRIBUTES = "names/attributes.toml"
_WORD_LISTS = {"common_word": "names/everyday.txt", "conjunction": "names/joiners.txt"}

_PLAIN = "'name', 'official', 'alias'"
"""The kinds of names whose words may stand in another order."""


def _exchange(
    connection: sqlite3.Connection, inputs: Inputs, digests: Mapping[str, str], watch: Watch | None
) -> set[str]:
    """Take out packs that have changed or gone and put in those that are new; return the relations they touch."""
    known = dict(connection.execute("SELECT path, digest FROM input"))
    layers = dict(connection.execute("SELECT path, precedence FROM pack"))
    files = {inputs.key(path): layer for layer, path in enumerate(inputs.files)}
    stale = {path for path in layers if path not in files or digests[path] != known.get(path)}
    touched: set[str] = set()
    for path in stale:
        touched |= _take_out(connection, path)
    new = [
        path for path in inputs.files if inputs.key(path) not in layers or inputs.key(path) in stale
    ]
    sizes = [os.path.getsize(path) if os.path.exists(path) else 0 for path in new]
    for place, path in enumerate(new):
        touched |= _add(connection, loader.load_pack(path), files[inputs.key(path)], path, inputs)
        if watch is not None:
            watch(sum(sizes[: place + 1]), sum(sizes))
    if any(files[path] != layer for path, layer in layers.items() if path not in stale):
        connection.executemany(
            "UPDATE pack SET precedence = ? WHERE path = ?", ((n, path) for path, n in files.items())
        )
        shared = "SELECT relation FROM header GROUP BY relation HAVING COUNT(*) > 1"
        touched |= {id for (id,) in connection.execute(shared)}
    return touched


def _settle(
    connection: sqlite3.Connection, inputs: Inputs, digests: Mapping[str, str], touched: set[str]
) -> None:
    """Bring up to date what follows from the packs, and note what they were."""
    lay(connection, touched)
    connection.execute("DELETE FROM issue")
    connection.execute("INSERT INTO issue SELECT DISTINCT issue FROM fact WHERE issue IS NOT NULL")
    connection.execute("DELETE FROM input")
    _insert(
        connection,
        "input",
        (
            (inputs.key(path), stamp, digests[inputs.key(path)])
            for path, stamp in inputs.stamps.items()
        ),
    )


def _digests(inputs: Inputs) -> dict[str, str]:
    """What tells the content of each input, by its key; no index without stamps is ever asked."""
    return {inputs.key(path): _digest(path) for path in (inputs.stamps or inputs.files)}


def _digest(path: str) -> str:
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "blake2b").hexdigest()
    except OSError:
        return "unreadable"


def _insert(
    connection: sqlite3.Connection,
    table: str,
    rows: Iterable[Sequence[object]],
    *,
    ignore: bool = False,
) -> None:
    rows = iter(rows)
    first = next(rows, None)
    if first is not None:
        marks = ", ".join("?" * len(first))
        verb = "INSERT OR IGNORE" if ignore else "INSERT"
        statement = f"{verb} INTO {table} VALUES ({marks})"
        connection.execute(statement, first)
        connection.executemany(statement, rows)


def _add(
    connection: sqlite3.Connection, pack: Pack, layer: int, path: str, inputs: Inputs
) -> set[str]:
    """Put in a pack; return the relations that it is about. Raises PackError where another pack has its ids."""
    clashes = _source_clashes(connection, pack)
    try:
        _put_in(connection, pack, layer, inputs.key(path))
    except sqlite3.IntegrityError:
        clashes += _clashes(connection, pack, inputs.key(path))
        if not clashes:
            raise
    if clashes:
        raise PackError(loader.locate(path, clashes))
    return {relation.id for relation in pack.relation}


def _put_in(connection: sqlite3.Connection, pack: Pack, layer: int, key: str) -> None:
    name = pack.pack.name
    lore = Lore(pack, dict(connection.execute("SELECT code, name FROM country")))
    sayings = Sayings(lore.names, {source.id: source.title for source in pack.source})
    (number,) = connection.execute("SELECT COALESCE(MAX(number), 0) FROM fact").fetchone()
    head = pack.pack
    about = head.title, head.licence, head.updated.isoformat()
    _insert(connection, "pack", [(name, key, layer, *about)])
    _insert(
        connection, "source", ((source.id, name, json_text(csl(source))) for source in pack.source)
    )
    words: set[str] = set()
    for relation in pack.relation:
        header = relation.model_dump(exclude={"id", "countries", "fact"}, exclude_unset=True)
        _insert(connection, "header", [(relation.id, name, json_text(header))])
        _insert(
            connection,
            "member",
            ((country, relation.id) for country in relation.countries),
            ignore=True,
        )
        rows = [(*row, number + place) for place, row in enumerate(fact_rows(relation, lore), 1)]
        _insert(connection, "fact", rows)
        said = (
            sayings.row(row[-1], relation.id, fact.__dict__)
            for row, fact in zip(rows, relation.fact, strict=True)
        )
        connection.executemany(_SAY, said)
        number += len(rows)
        evidence = (
            (f"{relation.id}/{fact.id}", source)
            for fact in relation.fact
            for source in fact.sources
        )
        _insert(connection, "evidence", evidence)
        words.update(*(str(row[_WORDS]).split() for row in rows))
    counting = "INSERT INTO filter_word VALUES (?, 1) ON CONFLICT (word) DO UPDATE SET packs = packs + 1"
    connection.executemany(counting, ((word,) for word in sorted(words)))


_SAY = (
    "INSERT INTO fact_search (rowid, statement, subject, people, note, titles) VALUES (?, ?, ?, ?, ?, ?)"
)
_UNSAY = "INSERT INTO fact_search (fact_search, rowid, statement, subject, people, note, titles) VALUES ('delete', ?, ?, ?, ?, ?, ?)"

_WORDS = 27
"""Where a fact's words are in its row."""


def _source_clashes(connection: sqlite3.Connection, pack: Pack) -> list[PackProblem]:
    """Sources whose ids mean other records in a pack that is there already."""
    findings: list[PackProblem] = []
    for position, source in enumerate(pack.source):
        for other, text in connection.execute(
            "SELECT pack, json FROM source WHERE id = ?", (source.id,)
        ):
            if text != json_text(csl(source)):
                what = f"the source `{source.id}` differs from the one in pack `{other}`"
                findings.append(
                    PackProblem(
                        ("source", position, "id"), what, "write the same record, or another id"
                    )
                )
    return findings


def _clashes(connection: sqlite3.Connection, pack: Pack, key: str) -> list[PackProblem]:
    """The name and the ids of facts that a pack which is there already has taken."""
    findings: list[PackProblem] = []
    name = pack.pack.name
    for (other,) in connection.execute(
        "SELECT path FROM pack WHERE name = ? AND path <> ?", (name, key)
    ):
        findings.append(
            PackProblem(
                ("pack", "name"), f"`{other}` is called `{name}` too", "choose another name"
            )
        )
    for place, relation in enumerate(pack.relation):
        for position, fact in enumerate(relation.fact):
            id = f"{relation.id}/{fact.id}"
            for (other,) in connection.execute(
                "SELECT pack FROM fact WHERE id = ? AND pack <> ?", (id, name)
            ):
                what = f"pack `{other}` has a fact `{id}` already"
                path = ("relation", place, "fact", position, "id")
                findings.append(PackProblem(path, what, "choose a different id"))
    return findings


def _take_out(connection: sqlite3.Connection, key: str) -> set[str]:
    """Remove a pack; return the relations that it was about."""
    (name,) = connection.execute("SELECT name FROM pack WHERE path = ?", (key,)).fetchone()
    relations = {
        id for (id,) in connection.execute("SELECT relation FROM header WHERE pack = ?", (name,))
    }
    _unsay(connection, name)
    words: set[str] = set()
    for (said,) in connection.execute("SELECT filter_words FROM fact WHERE pack = ?", (name,)):
        words.update(said.split())
    connection.executemany(
        "UPDATE filter_word SET packs = packs - 1 WHERE word = ?", ((word,) for word in words)
    )
    connection.execute("DELETE FROM filter_word WHERE packs = 0")
    connection.execute(
        "DELETE FROM evidence WHERE fact IN (SELECT id FROM fact WHERE pack = ?)", (name,)
    )
    for table in ("fact", "source", "header"):
        connection.execute(f"DELETE FROM {table} WHERE pack = ?", (name,))  # noqa: S608 -- a word of this line
    connection.execute("DELETE FROM pack WHERE name = ?", (name,))
    return relations


def _unsay(connection: sqlite3.Connection, pack: str) -> None:
    """Take out of the searched words those of a pack, before its facts and sources go."""
    titles = {
        id: json.loads(text)["title"] for id, text in _of_pack(connection, "id", "source", pack)
    }
    sayings = Sayings(dict(connection.execute("SELECT code, name FROM country")), titles)
    facts = (
        (number, json.loads(text)) for number, text in _of_pack(connection, "number", "fact", pack)
    )
    connection.executemany(
        _UNSAY, [sayings.row(number, fact["relation"], fact) for number, fact in facts]
    )


def _of_pack(
    connection: sqlite3.Connection, key: str, table: str, pack: str
) -> Iterable[tuple[Any, str]]:
    return connection.execute(f"SELECT {key}, json FROM {table} WHERE pack = ?", (pack,))  # noqa: S608 -- our own words
