"""What describes an export: the Data Package, the schema of the database, the bytes of files."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from frictionless import Package
from pyarrow import parquet

from bilatcli.export.schema import TABLES
from bilatcli.export.writers import format_create_table

NAMES = [table.name for table in TABLES]

ReadTable = Callable[[str, Path, str], list[dict[str, Any]]]


def files_in(folder: Path) -> dict[str, bytes]:
    """Return the content of all files in a folder by their paths within it."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("format", ["csv", "jsonl"])
def test_data_package(hostile: dict[str, Path], read_table: ReadTable, format: str) -> None:
    """The Data Package is valid: types, allowed words, keys, and keys of other tables."""
    report = Package(str(hostile[format] / "datapackage.json")).validate()
    assert report.flatten(["name", "type", "fieldName", "rowNumber", "note"]) == []
    counts = [len(read_table(format, hostile[format], name)) for name in NAMES]
    assert [task.stats["rows"] for task in report.tasks] == counts


def test_data_package_finds_errors(exported: dict[str, Path], tmp_path: Path) -> None:
    """The validation finds an unknown word, an impossible date and an unknown key."""
    for name, content in files_in(exported["csv"]).items():
        (tmp_path / name).write_bytes(content)
    header, first, rest = (tmp_path / "facts.csv").read_bytes().decode().split("\r\n", 2)
    broken = first.replace(",geography,", ",geographie,").replace("2026-01-01", "2026-13-01")
    broken = broken.replace(",ad-es,", ",xx-yy,")
    (tmp_path / "facts.csv").write_bytes(f"{header}\r\n{broken}\r\n{rest}".encode())
    report = Package(str(tmp_path / "datapackage.json")).validate()
    found = {(type, field) for type, field in report.flatten(["type", "fieldName"])}
    assert found == {("constraint-error", "topic"), ("type-error", "first"), ("foreign-key", None)}


@pytest.mark.parametrize("kind", ["parquet", "parts"])
def test_data_package_of_parquet(exported: dict[str, Path], kind: str) -> None:
    """The Data Package of Parquet has the files with their columns and types."""
    described = json.loads((exported[kind] / "datapackage.json").read_text("utf-8"))
    package = Package(str(exported[kind] / "datapackage.json"))
    assert [resource.name for resource in package.resources] == NAMES
    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "array": pa.list_(pa.field("element", pa.string())),
    }
    listed = {"datapackage.json"}
    for resource in described["resources"]:
        fields = resource["schema"]["fields"]
        columns = [(field["name"], types[field["type"]]) for field in fields]
        required = [field["name"] for field in fields if "required" in field.get("constraints", {})]
        path = resource["path"]
        for each in path if isinstance(path, list) else [path]:
            schema = parquet.read_schema(exported[kind] / each)
            assert [(field.name, field.type) for field in schema] == columns
            assert [field.name for field in schema if not field.nullable] == required
            assert all(field.metadata[b"meaning"] for field in schema)
            listed.add(each)
    assert set(files_in(exported[kind])) == listed


def test_licences(hostile: dict[str, Path]) -> None:
    """The Data Package has the licence of each pack in the pack's own words."""
    licences = json.loads((hostile["csv"] / "datapackage.json").read_text("utf-8"))["licenses"]
    titles = {licence["name"]: licence["title"] for licence in licences}
    assert titles["CC0-1.0"].startswith("CC0-1.0: ")
    assert "; Azerbaijan–Pakistan relations; " in titles["CC0-1.0"]
    assert titles["Ask-Anna-and-nobody-else"] == 'Ask Anna, and nobody else: Trouble, "quoted"'
    assert "Unicode-3.0" in titles


def test_database_schema(hostile: dict[str, Path]) -> None:
    """The keys of the database hold, and its schema has the meaning of each column."""
    connection = sqlite3.connect(hostile["sqlite"])
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    created = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
    for table in TABLES:
        assert created[table.name] == format_create_table(table)
        assert f"-- {table.meaning}" in created[table.name]
        assert all(column.meaning in created[table.name] for column in table.columns)
        columns = connection.execute(f"PRAGMA table_info({table.name})").fetchall()
        keys = sorted((place, name) for _, name, _, _, _, place in columns if place)
        assert tuple(name for _, name in keys) == table.key
        foreign = connection.execute(f"PRAGMA foreign_key_list({table.name})").fetchall()
        expected = {(column.key, column.refers[0]) for column in table.columns if column.refers}
        assert {(row[3], row[2]) for row in foreign} == expected
    connection.close()


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parts"])
def test_same_bytes(
    exported: dict[str, Path], export: Callable[..., Path], tmp_path: Path, kind: str
) -> None:
    """Two exports have the same bytes."""
    parts = ["--format", "parquet", "--partition", "topic"]
    again = export(tmp_path / "again", *(parts if kind == "parts" else ["--format", kind]))
    files = files_in(again)
    assert len(files) == (19 if kind == "parts" else 7)
    assert files == files_in(exported[kind])


def test_csv_is_rfc_4180(hostile: dict[str, Path]) -> None:
    """Lines of CSV end with CR LF, quotes are doubled, and there is no byte order mark."""
    content = (hostile["csv"] / "facts.csv").read_bytes()
    assert content.startswith(b"id,relation,topic,")
    assert content.endswith(b"\r\n")
    assert b'"=1+1, ""quoted"",\ttabbed\nand \\ broken\rdown ' in content
