"""Statements: no text from outside becomes SQL, whatever is searched for."""

from __future__ import annotations

import ast
import re
import sqlite3
from contextlib import closing
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import bilatcli
from bilatcli.index import sqlite
from bilatcli.index.store import SQLiteIndex
from bilatcli.normalization import search_tokens

FTS5_SYNTAX = (
    *('"', "*", "NEAR(a b, 2)", "a: b", "^a", "OR", "NOT a", "-", "{a}", "a + b", "))", "\0", "'"),
)

INSERTED = {
    "export/writers.py": {
        "_quote(table.name)",
        "columns",
        "end",
        "name",
        "parameters",
        "place",
        "table.meaning",
    },
    "index/build.py": {"FORMAT"},
    "index/postgres.py": {"SCHEMA"},
    "index/publish.py": {"table", "', '.join(keys)"},
    "index/sqlite.py": {"CACHE_KIB", "_SEARCH_TABLE"},
    "index/store.py": {"sqlite.STREAM_CACHE_KIB"},
    "index/tables.py": {"verb", "table", "marks"},
}
"""What is inserted into SQL by module: names and numbers of our own, and question marks."""

_SQL = re.compile(
    r"\b(SELECT|INSERT|DELETE|UPDATE|PRAGMA|CREATE|DROP|ATTACH|WHERE|LIMIT|VALUES|INTO)\b"
)


def find_inserted(path: Path) -> set[str]:
    """Return the expressions that are inserted into SQL texts in a module."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.JoinedStr):
            constants = [str(part.value) for part in node.values if isinstance(part, ast.Constant)]
            if _SQL.search("".join(constants)):
                values = (
                    part.value for part in node.values if isinstance(part, ast.FormattedValue)
                )
                found |= {ast.unparse(value) for value in values}
        elif isinstance(node, ast.BinOp | ast.Attribute):
            left = node.left if isinstance(node, ast.BinOp) else node.value
            is_text = isinstance(left, ast.Constant) and isinstance(left.value, str)
            if is_text and _SQL.search(ast.unparse(left)):
                found.add(ast.unparse(node))
    return found


def test_statements_have_bound_parameters() -> None:
    """Only names and numbers of our own are inserted into SQL."""
    package = Path(bilatcli.__file__).parent
    found = {path.relative_to(package): find_inserted(path) for path in package.rglob("*.py")}
    assert {path.as_posix(): parts for path, parts in found.items() if parts} == INSERTED


_CHARACTERS = st.characters(exclude_categories=["Cs"])


@given(
    words=st.lists(st.text(_CHARACTERS, max_size=12) | st.sampled_from(FTS5_SYNTAX), max_size=4),
    whole=st.text(_CHARACTERS, max_size=5),
)
@settings(max_examples=100, deadline=None)
def test_search_words_are_quoted(words: list[str], whole: str) -> None:
    """Whatever is searched for, FTS5 gets quoted words only, and can parse them."""
    forms = [[token] for token in search_tokens(" ".join(words))]
    with closing(sqlite3.connect(":memory:")) as connection:
        index = SQLiteIndex(connection, lambda: sqlite.connect(":memory:"))
        joined = "".join(search_tokens(whole))
        query = index.match_expression(forms, [f"{joined}*"] if joined else [])
        assert not set(re.sub(r'"[^"]*"', "", query)) - set(" ANDOR()+*")
        connection.execute("CREATE VIRTUAL TABLE search USING fts5 (a, b)")
        if forms:
            connection.execute("SELECT * FROM search WHERE search MATCH ?", (query,)).fetchall()
