"""SQLite for a lookup: the C half of the `sqlite3` module, and how an index file is opened.

The Python half of `sqlite3` adds date converters, which the index does not use. Importing it takes
a tenth of the time of a lookup.
"""

from __future__ import annotations

import os
from _sqlite3 import (
    Connection,
    DatabaseError,
    Error,
    ProgrammingError,
    Row,
    connect,
    sqlite_version,
)

from bilatcli import resources

__all__ = [
    "Connection",
    "DatabaseError",
    "Error",
    "ProgrammingError",
    "Row",
    "connect",
    "sqlite_version",
]

FORMAT = 19
"""The version of the schema, which the header of an index file holds. Others are not read."""

CACHE_KIB = 65_536
"""Memory for pages of the file. With SQLite's default of 2 MiB, a batch would read most pages
over and over."""

STREAM_CACHE_KIB = 4_096
"""Memory for pages while rows are streamed, when each page is read once."""

SIDECARS = ("-journal", "-wal", "-shm")
"""The endings of the files that SQLite keeps next to a database."""

SQLITE_ERROR = 1
"""SQLite's code for an incorrect statement."""

_DEFENSIVE = 1010
"""SQLITE_DBCONFIG_DEFENSIVE: no statement on the connection can damage the file."""

_SEARCH_TABLE = "fact_search"
"""The full-text table, for which SQLite creates further tables."""


def open_bundled() -> Connection | None:
    """Open the bundled index, or return None if there is none that is usable."""
    if not os.path.exists(resources.BUNDLED_INDEX):
        return None
    return open_read_only(resources.BUNDLED_INDEX, is_immutable=True)


def open_read_only(path: str, *, is_immutable: bool = False) -> Connection | None:
    """Open an index file, or return None if it is not an index of this FORMAT.

    An immutable file needs no locks.
    """
    mode = "mode=ro&immutable=1" if is_immutable else "mode=ro"
    escaped = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    try:
        connection = connect(f"file:{escaped}?{mode}", uri=True, isolation_level=None)
    except Error:
        return None
    try:
        # Whoever wrote the file, nothing in it may run or write.
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA query_only = ON")
        if hasattr(connection, "setconfig"):
            # From Python 3.12 on.
            connection.setconfig(_DEFENSIVE, True)  # noqa: FBT003 -- C code, positional only
        if connection.execute("PRAGMA user_version").fetchone()[0] == FORMAT:
            connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
            return connection
    except Error:
        pass
    connection.close()
    return None


def has_our_schema(connection: Connection) -> bool:
    """Return True if the tables and indexes are exactly ours, without views and triggers."""
    ours = resources.read_text("index", "schema.sql") + resources.read_text("index", "indexes.sql")
    definitions = connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")
    # SQLite itself defines the tables that hold the full-text index.
    inner = f"CREATE TABLE '{_SEARCH_TABLE}_"
    found = {sql for (sql,) in definitions if not sql.startswith(inner)}
    return len(found) == ours.count("\nCREATE ") and all(sql in ours for sql in found)


def is_trusted_file(path: str) -> bool:
    """Return True if an index, its folder and its sidecars have a trusted owner and are not links.

    Others can guess the name of the file. If they can write to the cache folder, they might have
    put a file of theirs there.
    """
    files = (path, *(path + ending for ending in SIDECARS))
    return has_trusted_owner(os.path.dirname(path)) and all(
        has_trusted_owner(file) and not os.path.islink(file) for file in files
    )


def has_trusted_owner(path: str) -> bool:
    """Return True if a path belongs to the user or to root, or does not exist.

    A link is not followed.
    """
    try:
        return not hasattr(os, "geteuid") or os.lstat(path).st_uid in (os.geteuid(), 0)
    except OSError:
        return True
