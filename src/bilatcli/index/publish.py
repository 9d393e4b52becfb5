"""The command `publish`: the index put into an engine for many to ask, in one transaction; only what has changed."""

from __future__ import annotations

import json
import os
import re
from hashlib import blake2b

from bilatcli import resources
from bilatcli.cli.command import Invocation, CommandResult
from bilatcli.errors import EnvironmentFault, UsageError
from bilatcli.index.ranking import LONGEST
from bilatcli.index.store import FORMAT, NO_ENGINES, local_index
from bilatcli.query.options import DATA
from bilatcli.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from bilatcli.environment import Environment
    from bilatcli.index.postgres import Writer
    from bilatcli.index.store import Index

    Row = tuple[Any, ...]

OPTIONS = (DATA,)

OF_A_PACK = {
    "header": "SELECT * FROM header WHERE pack = ? ORDER BY relation",
    "source": "SELECT * FROM source WHERE pack = ? ORDER BY id",
    "evidence": "SELECT e.* FROM evidence e JOIN fact f ON f.id = e.fact WHERE f.pack = ? ORDER BY e.fact, e.source",
    "fact": "SELECT * FROM fact WHERE pack = ? ORDER BY number",
}
"""The tables whose rows come with a pack, and go with it."""
SHARED = {
    "pack": ("name",),
    "country": ("code",),
    "name": ("normalized", "code"),
    "capital": ("country",),
    "membership": ("country", "organisation"),
    "plain_name": ("form",),
    "name_block": ("script", "length"),
    "name_word": ("word",),
    "common_word": ("word",),
    "conjunction": ("word",),
    "relation": ("id",),
    "member": ("country", "relation"),
    "reference": ("relation", "topic", "source"),
    "issue": ("slug",),
    "filter_word": ("word",),
    "search_term": ("term",),
}
"""The other tables, each with its key: what follows from all packs together, and what countries are called."""
_KEPT = {
    "pack": "SELECT name, path, precedence, title, licence, updated FROM pack",
    "search_term": "SELECT term FROM search_term",
}

FARTHEST = 16_383
"""The last place that PostgreSQL can tell from others."""


def answer(order: Invocation, environment: Environment) -> CommandResult:
    """Publish the index, and say what has changed by that.

    Raises UsageError for what is no address, EnvironmentFault where the engine does not answer or may not be written.
    """
    if not order.words:
        raise UsageError("name an engine, as in `bilatcli publish postgresql://user@host/database`")
    try:
        from bilatcli.index.postgres import Writer
    except ImportError:
        raise EnvironmentFault(NO_ENGINES) from None
    index = local_index(environment, order.data)
    try:
        with Writer(order.words[0], FORMAT) as writer:
            told = publish(index, writer, environment.on_progress)
    finally:
        index.close()
    return CommandResult(notes=[f"`{writer.shown}` {told}"])


def publish(index: Index, writer: Writer, watch: Callable[..., None] | None = None) -> str:
    """Bring an engine up to date, and return what was done."""
    writer.create("edition", definitions())
    writer.hold("edition")
    there: dict[str, str] = dict(writer.rows("SELECT pack, digest FROM publication"))
    here = {
        name: _digest(index, name)
        for (name,) in index.rows("SELECT name FROM pack ORDER BY precedence")
    }
    stale = [name for name, digest in there.items() if here.get(name) != digest]
    new = [name for name, digest in here.items() if there.get(name) != digest]
    for name in stale:
        _take_out(writer, name)
    done = 0
    for place, name in enumerate(new):
        if watch is not None:
            watch(place, len(new), "publishing")
        done += _put_in(index, writer, name, here[name])
    if watch is not None:
        watch(len(new), len(new), "publishing")
    others = sum(_synchronise(index, writer, table, keys) for table, keys in SHARED.items())
    if new or stale:
        writer.execute("DELETE FROM edition")
        writer.execute(
            "INSERT INTO edition SELECT %s, COUNT(*), COALESCE(SUM(words), 0) FROM fact_search",
            [__version__],
        )
    if not new and not stale and not others:
        return "is up to date"
    gone = len(set(stale) - set(new))
    packs = f"{len(new)} pack{'s' if len(new) != 1 else ''}"
    return f"has {packs} anew, with {done:,} facts{f', and {gone} fewer' if gone else ''}; {len(here)} in all"


def definitions() -> list[str]:
    """Return the statements that make the tables: those of the local index, spelt for an engine, and its own.

    Texts are compared by their bytes, as SQLite does, in whatever language the database sorts.
    """
    found = []
    for name in ("schema.sql", "published.sql", "indexes.sql"):
        with open(resources.package_path("index", name), encoding="utf-8") as file:
            plain = re.sub(r"--[^\n]*", "", file.read())
        found += [each.strip() for each in plain.split(";") if each.strip()]
    kept = [each for each in found if not each.startswith("CREATE VIRTUAL TABLE")]
    return [
        re.sub(r"\bTEXT\b", 'TEXT COLLATE "C"', each).replace("WITHOUT ROWID", "") for each in kept
    ]


def _digest(index: Index, pack: str) -> str:
    """What tells the rows of a pack; the numbers of facts are those of one index alone."""
    found = blake2b(digest_size=16)
    for table, statement in OF_A_PACK.items():
        for row in index.stream(statement, (pack,)):
            found.update(
                repr(row[:-1] if table == "fact" else row).encode("utf-8", "backslashreplace")
            )
    return found.hexdigest()


def _take_out(writer: Writer, pack: str) -> None:
    writer.execute(
        "DELETE FROM evidence WHERE fact IN (SELECT id FROM fact WHERE pack = %s)", [pack]
    )
    for table in ("fact_search", "fact", "source", "header", "publication"):
        writer.execute(f"DELETE FROM {table} WHERE pack = %s", [pack])  # noqa: S608 -- a word of this line


def _put_in(index: Index, writer: Writer, pack: str, digest: str) -> int:
    """Put in the rows of a pack; return how many facts it has."""
    ((first,),) = writer.rows("SELECT COALESCE(MAX(number), 0) + 1 FROM fact")
    for table, statement in OF_A_PACK.items():
        rows = index.stream(statement, (pack,))
        if table == "fact":
            rows = ((*row[:-1], number) for number, row in enumerate(rows, first))
        writer.copy(table, rows)
    writer.copy("fact_search", _said(index, pack, first))
    writer.execute("INSERT INTO publication VALUES (%s, %s)", [pack, digest])
    ((last,),) = writer.rows("SELECT COALESCE(MAX(number), 0) + 1 FROM fact")
    return int(last) - int(first)


def _said(index: Index, pack: str, first: int) -> Iterator[Row]:
    """The rows of `said` for the facts of a pack: how many words there are, the words, and where each stands."""
    # The authoring half, which all other commands start without.
    from bilatcli.index.rows import Sayings

    titles = {
        id: json.loads(text)["title"]
        for id, text in index.stream("SELECT id, json FROM source WHERE pack = ?", (pack,))
    }
    sayings = Sayings(
        {row[0]: row[1] for row in index.rows("SELECT code, name FROM country")}, titles
    )
    statement = "SELECT relation, json FROM fact WHERE pack = ? ORDER BY number"
    for number, (relation, text) in enumerate(index.stream(statement, (pack,)), first):
        _, *texts = sayings.row(number, relation, json.loads(text))
        columns = [str(each).split() for each in texts]
        yield number, pack, sum(map(len, columns)), *texts, _places(columns)


def _places(columns: Sequence[Sequence[str]]) -> str:
    """The words of columns as a `tsvector` is written; between two columns no phrase can stand."""
    at: dict[str, list[int]] = {}
    first = 1
    for words in columns:
        for place, word in enumerate(words, first):
            at.setdefault(word[:LONGEST], []).append(min(place, FARTHEST))
        first += len(words) + 1
    return " ".join(f"'{word}':{','.join(map(str, places))}" for word, places in at.items())


def _synchronise(index: Index, writer: Writer, table: str, keys: Sequence[str]) -> int:
    """Make a shared table what it is here; return how many rows that changed. Of most rows only a mark is in memory."""
    statement = _KEPT.get(table, f"SELECT * FROM {table}")  # noqa: S608 -- a table of ours
    here = {_mark(_portable(table, row)) for row in index.stream(statement)}
    there = {_mark(row) for row in writer.stream(statement)}
    stale, new = there - here, here - there
    if stale:
        columns = writer.columns(table)
        at = [columns.index(key) for key in keys]
        gone = [
            tuple(row[place] for place in at)
            for row in writer.stream(statement)
            if _mark(row) in stale
        ]
        writer.remove(table, keys, gone)
    if new:
        rows = (_portable(table, row) for row in index.stream(statement))
        writer.copy(table, (row for row in rows if _mark(row) in new))
    return len(stale) + len(new)


def _mark(row: Row) -> bytes:
    """What tells a row from all others, in few bytes."""
    return blake2b(repr(row).encode("utf-8", "backslashreplace"), digest_size=16).digest()


def _portable(table: str, row: Row) -> Row:
    """A row without what is true of this machine alone: the folder of a pack."""
    return (row[0], os.path.basename(row[1]), *row[2:]) if table == "pack" else row
