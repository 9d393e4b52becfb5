"""Build an index file from packs, or update it after packs have changed.

Packs are inserted one by one, and few are read ahead: memory does not grow with their number.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, suppress

from bilatcli import resources
from bilatcli.files import atomic_file, digest_file
from bilatcli.index.country_tables import fill_country_tables
from bilatcli.index.pack_reader import PackReader
from bilatcli.index.relations import merge_relations
from bilatcli.index.sqlite import FORMAT, SIDECARS
from bilatcli.index.sync import sync_packs
from bilatcli.index.table_sync import list_table_files, record_files
from bilatcli.text import replace_surrogates

ProgressCallback = Callable[[int, int], None]
"""Takes the bytes compiled and the bytes in all, after each pack."""

LOCK_TIMEOUT_S = 60.0
"""How long to wait while another process updates the same index."""


class Inputs:
    """The files that an index is made from: packs in the order of precedence, country names, code.

    `file_stats` has the size and time of every file. An index without any is one that travels: it
    is never checked against its files, and holds their names instead of their paths.
    """

    def __init__(
        self, data_folder: str, packs: Sequence[str], file_stats: Mapping[str, str] | None = None
    ) -> None:
        self.data_folder = data_folder
        self.packs = list(packs)
        self.file_stats = file_stats or {}

    @property
    def is_local(self) -> bool:
        """True if the index stays on this machine, and is checked against its files."""
        return bool(self.file_stats)

    def key(self, path: str) -> str:
        """Return what the index calls a file."""
        return replace_surrogates(path if self.is_local else os.path.basename(path))

    def digests(self) -> dict[str, str]:
        """Return a digest of the content of each file, by its key."""
        return {self.key(path): digest_file(path) for path in (self.file_stats or self.packs)}

    def others(self) -> set[str]:
        """Return the keys of all files except packs. If one changes, all is compiled again."""
        return set(map(self.key, self.file_stats)) - set(map(self.key, self.packs))


def compile_packs(packs: Sequence[str | os.PathLike[str]], target: str | os.PathLike[str]) -> None:
    """Compile pack files into an index at `target` that can be moved to other machines.

    Raises as `write` does.
    """
    write(os.fspath(target), Inputs(resources.data_folder(), [os.fspath(pack) for pack in packs]))


def write(
    target: str,
    inputs: Inputs,
    *,
    base: sqlite3.Connection | None = None,
    on_progress: ProgressCallback | None = None,
) -> None:
    """Build an index at `target`, which appears complete or not at all.

    With a `base`, an index of some of the packs, only the others are compiled. Raises PackError for
    errors in a pack; OSError or sqlite3.Error if the file cannot be written, or `base` is damaged.
    """
    folder, name = os.path.split(os.path.abspath(target))
    os.makedirs(folder, exist_ok=True)
    with atomic_file(os.path.join(folder, name)) as path:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            _fill(connection, inputs, base, on_progress)
        os.chmod(path, 0o644)
        for ending in SIDECARS:
            # SQLite would take a leftover of an older index for one of the new file.
            with suppress(FileNotFoundError):
                os.unlink(target + ending)


def in_memory(
    inputs: Inputs,
    *,
    base: sqlite3.Connection | None = None,
    on_progress: ProgressCallback | None = None,
) -> sqlite3.Connection:
    """Return an index in memory. Takes a `base` and raises PackError as `write` does."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        _fill(connection, inputs, base, on_progress)
    except BaseException:
        connection.close()
        raise
    return connection


def update(target: str, inputs: Inputs, on_progress: ProgressCallback | None = None) -> bool:
    """Compile the packs that are new or changed into an index, and remove those that are gone.

    All happens in one transaction. Returns False, and changes nothing, if the index must be built
    again because other files have changed. Raises as `write` does.
    """
    with closing(sqlite3.connect(target, isolation_level=None, timeout=LOCK_TIMEOUT_S)) as kept:
        kept.execute("PRAGMA trusted_schema = OFF")
        kept.execute("BEGIN IMMEDIATE")
        digests = inputs.digests()
        known = dict(kept.execute("SELECT path, digest FROM input"))
        if any(digests[key] != known.get(key) for key in inputs.others()):
            return False
        _update_derived_tables(kept, sync_packs(kept, inputs, digests, on_progress))
        others = {replace_surrogates(path) for path, _ in list_table_files(kept)}
        gone = ((key,) for key in known.keys() - digests.keys() - others)
        kept.executemany("DELETE FROM input WHERE path = ?", gone)
        _record_inputs(kept, inputs, digests, inputs.file_stats)
        kept.execute("COMMIT")
        return True


def _fill(
    connection: sqlite3.Connection,
    inputs: Inputs,
    base: sqlite3.Connection | None,
    on_progress: ProgressCallback | None,
) -> None:
    """Fill an empty database."""
    connection.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;"
    )
    if base is None:
        _compile_all(connection, inputs, on_progress)
    else:
        base.backup(connection)
        _extend(connection, inputs, on_progress)


def _compile_all(
    connection: sqlite3.Connection, inputs: Inputs, on_progress: ProgressCallback | None
) -> None:
    connection.executescript(resources.read_text("index", "schema.sql"))
    connection.execute("BEGIN")
    # Workers start while the names of countries are read.
    with PackReader(inputs.packs) as reader:
        fill_country_tables(connection, inputs.data_folder)
        digests = inputs.digests()
        relations = sync_packs(connection, inputs, digests, on_progress, reader)
    # Filling tables is faster without indexes.
    for statement in resources.read_text("index", "indexes.sql").split(";"):
        connection.execute(statement)
    _update_derived_tables(connection, relations)
    _record_inputs(connection, inputs, digests, inputs.file_stats)
    connection.execute("INSERT INTO fact_search (fact_search) VALUES ('optimize')")
    connection.execute(f"PRAGMA user_version = {FORMAT:d}")
    connection.execute("COMMIT")


def _extend(
    connection: sqlite3.Connection, inputs: Inputs, on_progress: ProgressCallback | None
) -> None:
    """Add packs to a copy of an index of the bundled packs."""
    connection.execute("BEGIN")
    digests = inputs.digests()
    if connection.execute("SELECT COUNT(*) FROM input").fetchone()[0] == 0:
        _localize(connection, inputs, digests)
    relations = sync_packs(connection, inputs, digests, on_progress)
    _update_derived_tables(connection, relations)
    # The other files stay as recorded: if one has changed since, the index will be built again.
    _record_inputs(connection, inputs, digests, inputs.packs)
    connection.execute("COMMIT")


def _localize(connection: sqlite3.Connection, inputs: Inputs, digests: Mapping[str, str]) -> None:
    """Replace the file names in an index that travels by the paths on this machine."""
    own = []
    for path in inputs.packs:
        names = inputs.key(path), replace_surrogates(os.path.basename(path))
        # Own packs come last, so that one with the name of a bundled pack finds it taken.
        found = connection.execute("UPDATE pack SET path = ? WHERE path = ?", names)
        if found.rowcount == 0:
            own.append(path)
    _record_inputs(connection, inputs, digests, set(inputs.file_stats).difference(own))
    record_files(connection)


def _update_derived_tables(connection: sqlite3.Connection, relations: set[str]) -> None:
    """Update what follows from all packs, for these relations."""
    merge_relations(connection, relations)
    connection.execute("DELETE FROM issue")
    connection.execute("INSERT INTO issue SELECT DISTINCT issue FROM fact WHERE issue IS NOT NULL")


def _record_inputs(
    connection: sqlite3.Connection,
    inputs: Inputs,
    digests: Mapping[str, str],
    paths: Iterable[str],
) -> None:
    stats = inputs.file_stats
    keys = ((inputs.key(path), stats[path]) for path in paths if path in stats)
    rows = ((key, stat, digests[key]) for key, stat in keys)
    connection.executemany("INSERT OR REPLACE INTO input VALUES (?, ?, ?)", rows)
