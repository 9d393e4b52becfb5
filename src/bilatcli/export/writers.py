"""Tables as CSV, JSON Lines and SQLite: rows in, a file out, one row in memory at a time."""

from __future__ import annotations

import csv
import json
import sqlite3

from bilatcli.text import json_safe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from bilatcli.export.schema import Field, Table

    Rows = Iterable[tuple[Any, ...]]

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def _listed(value: list[str]) -> str:
    """A list as JSON text, for formats without lists."""
    return _encode(value)


def _truth(value: bool) -> str:  # noqa: FBT001 -- a value, not a switch
    return "true" if value else "false"


_AS_TEXT: dict[str, Callable[[Any], str]] = {"texts": _listed, "boolean": _truth}


def write_csv(path: str, table: Table, rows: Rows) -> None:
    """Write a table as RFC 4180 has it, in UTF-8 under a header of keys; null is an empty field."""
    convert = [
        (place, _AS_TEXT[field.kind])
        for place, field in enumerate(table.fields)
        if field.kind in _AS_TEXT
    ]
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([field.key for field in table.fields])
        writer.writerows(_converted(rows, convert))


def write_jsonl(path: str, table: Table, rows: Rows) -> None:
    """Write a table as one JSON object a line, in UTF-8, every key in each."""
    keys = [field.key for field in table.fields]
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.writelines(
            json_safe(_encode(dict(zip(keys, row, strict=True)))) + "\n" for row in rows
        )


_TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
"""What SQLite calls kinds; all others are TEXT."""


def write_sqlite(path: str, tables: Iterable[tuple[Table, Rows]]) -> None:
    """Write all tables into a new database, with keys, and meanings as comments that `.schema` shows."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        # Nobody else sees this file before it is whole.
        connection.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;"
        )
        connection.execute("BEGIN")
        for table, rows in tables:
            connection.execute(created(table))
            convert = [
                (place, _listed)
                for place, field in enumerate(table.fields)
                if field.kind == "texts"
            ]
            marks = ", ".join("?" for _ in table.fields)
            connection.executemany(
                f"INSERT INTO {table.name} VALUES ({marks})", _converted(rows, convert)
            )  # noqa: S608 -- our own name
            for field in table.fields:
                if field.refers and table.key[0] != field.key:
                    name = f"{table.name}_{field.key}"
                    connection.execute(f'CREATE INDEX "{name}" ON "{table.name}" ("{field.key}")')
        connection.execute("COMMIT")
    finally:
        connection.close()


def created(table: Table) -> str:
    """Return the statement that creates a table in SQLite."""
    keys = [f"PRIMARY KEY ({', '.join(_quoted(key) for key in table.key)})"]
    for field in table.fields:
        if field.refers:
            other, column = map(_quoted, field.refers)
            keys.append(f"FOREIGN KEY ({_quoted(field.key)}) REFERENCES {other} ({column})")
    body = "".join(f"    {_declared(field)}, -- {_meaning(field)}\n" for field in table.fields)
    joined = ",\n    ".join(keys)
    return f"CREATE TABLE {_quoted(table.name)} ( -- {table.meaning}\n{body}    {joined}\n)"


def _declared(field: Field) -> str:
    return f"{_quoted(field.key)} {_TYPES.get(field.kind, 'TEXT')}{' NOT NULL' if field.required else ''}"


def _meaning(field: Field) -> str:
    said = {"texts": "JSON array: ", "day": "YYYY-MM-DD: ", "boolean": "0 or 1: "}
    return said.get(field.kind, "") + field.meaning


def _quoted(name: str) -> str:
    return f'"{name}"'


def _converted(rows: Rows, convert: Sequence[tuple[int, Callable[[Any], str]]]) -> Rows:
    """Rows in which some values are put into other words; what is not known stays null."""
    for row in rows:
        cells = list(row)
        for place, put in convert:
            cells[place] = put(cells[place])
        yield tuple(cells)
