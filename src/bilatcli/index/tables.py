"""Fill tables of the index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

Values = tuple[object, ...]
"""The values of a row that is written, in the order of the table's columns."""


def insert_rows(
    connection: sqlite3.Connection,
    table: str,
    rows: Iterable[Sequence[object]],
    *,
    ignore_existing: bool = False,
) -> None:
    """Insert rows. If a key exists, sqlite3.IntegrityError is raised, or the row is ignored."""
    rows = iter(rows)
    first = next(rows, None)
    if first is not None:
        marks = ", ".join("?" * len(first))
        verb = "INSERT OR IGNORE" if ignore_existing else "INSERT"
        statement = f"{verb} INTO {table} VALUES ({marks})"
        connection.execute(statement, first)
        connection.executemany(statement, rows)
