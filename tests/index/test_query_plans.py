"""Statements of lookups find their rows by an index, so that a larger corpus costs no time."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

import pytest

import bilatcli
from bilatcli import resources
from bilatcli.index import STATEMENTS, Statement
from bilatcli.index.store import Index, SQLiteIndex

LOOKUP_PACKAGES = ("bilatcli.query", "bilatcli.views")

LISTS = {
    "all_facts": {"fact"},
    "all_records": {"fact", "source"},
    "facts_by_event": {"fact"},
    "issues": {"issue"},
    "latest": {"fact"},
    "stances_by_issue": {"fact"},
    "relation_lines": {"relation"},
    "any_table": {"data_table"},
    "editions": {"pack"},
    "table_words": {"data_table"},
    "sources_of_tables": {"data_table"},
    "rows_of_table": {"table_row"},
    "table_slugs": {"table_row"},
}
"""Statements that list a whole table, or search it for the ids that are like a misspelt one."""


def find_statements(*packages: str) -> Iterator[Statement]:
    """Yield the statements that the modules of some packages declare."""
    for module in walk_packages(bilatcli.__path__, "bilatcli."):
        if module.name.startswith(packages) and not module.name.endswith("__main__"):
            for value in vars(import_module(module.name)).values():
                # Some modules have a tuple or a dictionary of statements.
                values = value.values() if isinstance(value, dict) else value
                several = values if isinstance(value, dict | tuple | list) else [value]
                yield from (each for each in several if isinstance(each, Statement))


LOOKUPS = {each.name: each for each in find_statements(*LOOKUP_PACKAGES)}


@pytest.fixture
def connection(index: Index) -> sqlite3.Connection:
    """Return the connection to the index of the bundled packs."""
    assert isinstance(index, SQLiteIndex)
    return index._connection  # noqa: SLF001 -- a plan is not an answer of an index


def find_scanned_tables(statement: Statement, connection: sqlite3.Connection) -> set[str]:
    """Return the tables that a statement reads whole, except virtual tables."""
    text = re.sub("--.*", "", statement.text)
    parameters = dict.fromkeys(re.findall(r":(\w+)", text))
    plan = connection.execute(f"EXPLAIN QUERY PLAN {text}", parameters).fetchall()
    assert plan
    aliases = {alias: table for table, alias in re.findall(r"(?:FROM|JOIN) (\w+) (\w+)", text)}
    steps = "\n".join(step[3] for step in plan)
    scanned = re.findall(r"^SCAN (\w+)\b(?! VIRTUAL TABLE)", steps, re.MULTILINE)
    tables: set[str] = {
        name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
    }
    return {aliases.get(name, name) for name in scanned} & tables


@pytest.mark.parametrize("name", LOOKUPS)
def test_no_table_is_scanned(connection: sqlite3.Connection, name: str) -> None:
    """A statement finds its rows by an index, except those that list a table."""
    assert find_scanned_tables(LOOKUPS[name], connection) == LISTS.get(name, set())


def test_a_scan_is_noticed(connection: sqlite3.Connection) -> None:
    """A statement without an index is one that scans its table, under any alias."""
    for text in ("SELECT id FROM fact WHERE json = :json", "SELECT f.id FROM fact f WHERE 1"):
        statement = Statement("scan", text)
        STATEMENTS.remove(statement)
        assert find_scanned_tables(statement, connection) == {"fact"}


def test_every_statement_is_translated() -> None:
    """The generated file for PostgreSQL has the schema and every statement, and nothing else."""
    translated = resources.read_text("index", "postgres.sql")
    names = re.findall(r"^-- name: (\w+)$", translated, re.MULTILINE)
    assert set(names) == {"schema"} | {
        each.name for each in find_statements("bilatcli") if not each.name.startswith("test_")
    }
    assert len(names) == len(set(names))
