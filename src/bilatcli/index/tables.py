"""Fill tables of the index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import chain

Values = tuple[object, ...]
"""The values of a row that is written, in the order of the table's columns."""
Chunk = tuple[str, Sequence[Values]]
"""Some rows of a table, and its name."""


def insert_rows(
    connection: sqlite3.Connection,
    table: str,
    rows: Iterable[Sequence[object]],
    *,
    ignore_existing: bool = False,
    last: int | None = None,
) -> None:
    """Insert rows. If a key exists, sqlite3.IntegrityError is raised, or the row is ignored.

    With `last`, the values at the ends of rows are numbers that follow it: 1 is the next one.
    """
    rows = iter(rows)
    first = next(rows, None)
    if first is not None:
        marks = ", ".join("?" * len(first)) + (f" + {last:d}" if last is not None else "")
        verb = "INSERT OR IGNORE" if ignore_existing else "INSERT"
        statement = f"{verb} INTO {table} VALUES ({marks})"
        connection.executemany(statement, chain((first,), rows))
