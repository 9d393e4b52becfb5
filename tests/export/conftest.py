"""The bundled packs and a pack of hostile values, exported once to every format."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from bilatcli.export.columns import Column
from bilatcli.export.schema import TABLES
from support import DATA, Result, make_environ, run_in_process

FORMATS = ("csv", "jsonl", "parquet", "sqlite")

Record = dict[str, Any]


@pytest.fixture(scope="session")
def command(cache: Path) -> Callable[..., Result]:
    """Return a function that runs a command line in this process, in an empty home."""
    environ = make_environ(cache / "no home", cache)
    return lambda *argv: run_in_process(argv, environ)


@pytest.fixture(scope="session")
def document(command: Callable[..., Result]) -> Callable[..., Any]:
    """Return a function that returns the document of a question."""

    def ask(*argv: str) -> Any:
        result = command(*argv, "--json")
        assert result.code == 0, result.err
        return json.loads(result.out)

    return ask


@pytest.fixture(scope="session")
def export(command: Callable[..., Result]) -> Callable[..., Path]:
    """Return a function that exports to a new target and returns it."""

    def run(target: Path, *options: str) -> Path:
        result = command("export", str(target), *options)
        assert (result.code, result.out) == (0, ""), result.err
        return target

    return run


@pytest.fixture(scope="session")
def exported(
    export: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """Return the exports of the bundled packs by format; `parts` is partitioned Parquet."""
    folder = tmp_path_factory.mktemp("exported")
    targets = {
        format: export(folder / format, "--format", format)
        for format in ("csv", "jsonl", "parquet")
    }
    targets["parts"] = export(folder / "parts", "--format", "parquet", "--partition", "topic")
    targets["sqlite"] = export(folder / "facts.sqlite")
    return targets


@pytest.fixture(scope="session")
def hostile(
    export: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """Return the exports of the bundled packs and of a pack with hostile values, by format."""
    folder = tmp_path_factory.mktemp("hostile")
    return {
        format: export(
            folder / ("facts.db" if format == "sqlite" else format),
            *("--data", str(DATA / "hostile.toml")),
            *("--format", format),
        )
        for format in FORMATS
    }


def read_jsonl(path: Path, name: str) -> list[Record]:
    """Return the rows of a table in JSON Lines."""
    lines = (path / f"{name}.jsonl").read_text("utf-8").split("\n")
    return [json.loads(line) for line in lines[:-1]]


def read_parquet(path: Path, name: str) -> list[Record]:
    """Return the rows of a table in Parquet, with days as text."""
    return [
        {key: v.isoformat() if hasattr(v, "isoformat") else v for key, v in row.items()}
        for row in parquet.read_table(path / f"{name}.parquet").to_pylist()
    ]


def columns_of(name: str) -> tuple[Column, ...]:
    """Return the columns of a table."""
    return next(table.columns for table in TABLES if table.name == name)


def read_csv(path: Path, name: str) -> list[Record]:
    """Return the rows of a table in CSV, with values of the types of its columns."""
    columns = columns_of(name)
    with (path / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file, strict=True)
    assert header == [column.key for column in columns]
    parsers: dict[str, Callable[[str], Any]] = {
        "integer": int,
        "number": float,
        "boolean": {"true": True, "false": False}.__getitem__,
        "texts": json.loads,
    }
    return [
        {
            column.key: parsers.get(column.kind, str)(cell) if cell else None
            for column, cell in zip(columns, row, strict=True)
        }
        for row in rows
    ]


def read_sqlite(path: Path, name: str) -> list[Record]:
    """Return the rows of a table in SQLite, with values of the types of its columns."""
    columns = columns_of(name)
    connection = sqlite3.connect(path)
    rows = connection.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608 -- our name
    connection.close()
    parsers: dict[str, Callable[[Any], Any]] = {"boolean": bool, "texts": json.loads}
    return [
        {
            column.key: cell if cell is None else parsers.get(column.kind, lambda v: v)(cell)
            for column, cell in zip(columns, row, strict=True)
        }
        for row in rows
    ]


@pytest.fixture(scope="session")
def read_table() -> Callable[[str, Path, str], list[Record]]:
    """Return a function that returns the rows of a table: (format, target, name)."""
    readers = {
        "jsonl": read_jsonl,
        "parquet": read_parquet,
        "csv": read_csv,
        "sqlite": read_sqlite,
    }

    def read(format: str, path: Path, name: str) -> list[Record]:
        return readers[format](path, name)

    return read
