"""Conditions that a question does not ask for are left out of a statement, with the same rows."""

from __future__ import annotations

import json
import re
import sqlite3
from itertools import product

import pytest

from bilatcli.index import STATEMENTS, Statement
from bilatcli.index.store import Index, SQLiteIndex
from bilatcli.views.fetch import FACTS, TABLE_ROWS

CODE_KEYS = ("actors", "toward", "partners", "holder", "favours", "against")
"""The keys of facts with codes of countries."""

CHOICES = {
    "relations": (None, '["az-pk","am-az"]'),
    "ids": (None, '["az-pk/recognition-1991"]'),
    "pair": (None, "az-pk"),
    "topic": (None, "military"),
    "as_of": (None, "2016-12-31"),
    "is_curated": (None, 1),
    "measure": (None, "exports"),
}
UNSET = dict.fromkeys(("since", "until", "is_summary", "is_figure"))


@pytest.fixture
def connection(index: Index) -> sqlite3.Connection:
    """Return the connection to the index of the bundled packs."""
    assert isinstance(index, SQLiteIndex)
    return index._connection  # noqa: SLF001 -- to compare with what an index sends


def test_rows_are_the_same(connection: sqlite3.Connection) -> None:
    """Whatever is asked, a statement finds the same rows with all its conditions and without."""
    found = set()
    for values in product(*CHOICES.values()):
        parameters = UNSET | dict(zip(CHOICES, values, strict=True))
        for statement in (FACTS, TABLE_ROWS):
            texts = (statement.text, statement.fit(parameters))
            whole, fitted = ([*map(tuple, connection.execute(each, parameters))] for each in texts)
            assert fitted == whole
            found.add(len(whole))
    assert len(found) > len(CHOICES)


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda each: each.name)
def test_every_statement_stays_valid(connection: sqlite3.Connection, statement: Statement) -> None:
    """A statement without a single condition is one that SQLite can prepare."""
    if "%s" in statement.text or statement.name.startswith(("test_", "publish_")):
        pytest.skip("it is not sent to SQLite")
    parameters = dict.fromkeys(re.findall(r":(\w+)", re.sub("--.*", "", statement.text)))
    connection.execute(f"EXPLAIN {statement.fit(parameters)}", parameters)


def test_only_what_is_none_is_left_out() -> None:
    """A condition stays if its parameter has a value, or is not given at all."""
    statement = Statement("conditions", "SELECT 1\nWHERE TRUE\n    AND (:a IS NULL OR x = :a)")
    block = Statement("blocks", "SELECT 1\n-- if :a\nUNION ALL\nSELECT 2\n-- end if\nLIMIT 3")
    del STATEMENTS[-2:]
    assert statement.fit({"a": None}) == "SELECT 1\nWHERE TRUE"
    assert statement.fit({"a": 0, "b": None}) == "SELECT 1\nWHERE TRUE\nAND (x = :a)"
    assert statement.fit({}) == statement.text
    assert block.fit({"a": None}) == "SELECT 1\nLIMIT 3"
    assert block.fit({"a": 1, "b": None}) == "SELECT 1\nUNION ALL\nSELECT 2\nLIMIT 3"


def test_codes_of_facts(index: Index) -> None:
    """The codes of a fact are those of its relation, and of all countries among its values."""
    facts = index.rows(FACTS, UNSET | dict.fromkeys(CHOICES) | {"relations": '["az-pk","in-pk"]'})
    assert facts
    for fact in facts:
        values = json.loads(fact["json"])
        codes = set(fact["relation"].upper().split("-"))
        for key in CODE_KEYS:
            value = values.get(key) or []
            codes.update([value] if isinstance(value, str) else value)
        assert set(fact["codes"].split()) == codes
