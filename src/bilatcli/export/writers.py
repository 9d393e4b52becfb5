"""Write tables as CSV, JSON Lines and SQLite, with one row in memory at a time."""

from __future__ import annotations

import csv
import json
import sqlite3

from bilatcli.text import escape_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from bilatcli.export.columns import Column
    from bilatcli.export.schema import Table

    Rows = Iterable[tuple[Any, ...]]
    Converters = Mapping[str, Callable[[Any], str]]

# The encoder in C: an export may have millions of values.
_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode

_CSV_CONVERTERS: Converters = {"texts": _to_json, "boolean": _to_json}
_SQLITE_CONVERTERS: Converters = {"texts": _to_json}
"""The functions that convert values of a kind that the format does not have."""

_SQLITE_TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
"""The type of SQLite for a kind. All other kinds are TEXT."""


def write_csv(path: str, table: Table, rows: Rows) -> None:
    """Write a table as CSV (RFC 4180) in UTF-8 with a header of keys. Null is an empty field."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.key for column in table.columns])
        writer.writerows(_convert_rows(rows, table, _CSV_CONVERTERS))


def write_jsonl(path: str, table: Table, rows: Rows) -> None:
    """Write a table in UTF-8 as one JSON object per line, each with every key."""
    keys = [column.key for column in table.columns]
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.writelines(
            escape_json(_to_json(dict(zip(keys, row, strict=True)))) + "\n" for row in rows
        )


def write_sqlite(path: str, tables: Iterable[tuple[Table, Rows]]) -> None:
    """Write tables into a new database, with keys, and with meanings as comments of the schema."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        # The file is incomplete until the end, so a journal would not help.
        connection.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;"
        )
        connection.execute("BEGIN")
        for table, rows in tables:
            connection.execute(format_create_table(table))
            parameters = ", ".join("?" for _ in table.columns)
            connection.executemany(
                f"INSERT INTO {_quote(table.name)} VALUES ({parameters})",  # noqa: S608 -- our name
                _convert_rows(rows, table, _SQLITE_CONVERTERS),
            )
            for column in table.columns:
                if column.refers and table.key[0] != column.key:
                    name = _quote(f"{table.name}_{column.key}")
                    place = f"{_quote(table.name)} ({_quote(column.key)})"
                    connection.execute(f"CREATE INDEX {name} ON {place}")
        connection.execute("COMMIT")
    finally:
        connection.close()


def format_create_table(table: Table) -> str:
    """Return the SQL that creates a table in SQLite."""
    constraints = [f"PRIMARY KEY ({', '.join(map(_quote, table.key))})"]
    for column in table.columns:
        if column.refers:
            other, key = map(_quote, column.refers)
            constraints.append(f"FOREIGN KEY ({_quote(column.key)}) REFERENCES {other} ({key})")
    columns = "".join(
        f"    {_define_column(column)}, -- {_format_comment(column)}\n" for column in table.columns
    )
    end = ",\n    ".join(constraints)
    return f"CREATE TABLE {_quote(table.name)} ( -- {table.meaning}\n{columns}    {end}\n)"


def _define_column(column: Column) -> str:
    null = " NOT NULL" if column.is_required else ""
    return f"{_quote(column.key)} {_SQLITE_TYPES.get(column.kind, 'TEXT')}{null}"


def _format_comment(column: Column) -> str:
    prefixes = {"texts": "JSON array: ", "day": "YYYY-MM-DD: ", "boolean": "0 or 1: "}
    return prefixes.get(column.kind, "") + column.meaning


def _quote(name: str) -> str:
    return f'"{name}"'


def _convert_rows(rows: Rows, table: Table, converters: Converters) -> Rows:
    """Yield rows with the values converted whose kind has a converter."""
    places = [
        (i, converters[column.kind])
        for i, column in enumerate(table.columns)
        if column.kind in converters
    ]
    for row in rows:
        cells = list(row)
        for i, convert in places:
            cells[i] = convert(cells[i])
        yield tuple(cells)
