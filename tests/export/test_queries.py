"""The queries of docs/export.md have the tool's answers in the programs that the page names."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import duckdb
import pyarrow as pa
import pytest
import sqlglot
from pyarrow import parquet
from sqlglot import exp

from bilatcli.export.schema import TABLES
from support import COMMAND, ROOT

PAGE = (ROOT / "docs" / "export.md").read_text("utf-8")
NAMES = [table.name for table in TABLES]

Rows = list[tuple[Any, ...]]


def code_blocks(heading: str, language: str = "sql") -> list[str]:
    """Return the blocks of code under a heading of docs/export.md."""
    section = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert section is not None
    return re.findall(rf"```{language}\n(.*?)```", section[1], re.DOTALL)


QUERIES = dict(zip(("military", "stances", "list"), code_blocks("Three questions"), strict=True))


@pytest.fixture(scope="session")
def answers(document: Callable[..., Any]) -> dict[str, Rows]:
    """Return the answers to the queries from the tool's own documents, sorted."""
    military = document("military", "az", "pk", "jf-17")
    sources = {source["id"]: source for source in military["sources"]}
    fact_keys = ("id", "date", "stage", "status", "verification")
    orders = [
        (*(fact[key] for key in fact_keys), sources[id]["title"], sources[id].get("URL"))
        for fact in military["facts"]
        for id in fact["sources"]
    ]
    stance_keys = ("id", "holder", "position", "date")
    stances = [
        tuple(fact[key] for key in stance_keys)
        for fact in document("stances", "kashmir")["facts"]
        if fact["favours"] == "PK"
    ]
    relations = [
        (line["id"], line["coverage"], line["facts"])
        for line in document("list", "--curated")["relations"]
    ]
    found = {"military": orders, "stances": stances, "list": relations}
    assert all(len(rows) > 10 for rows in found.values())
    return {name: sorted(rows, key=str) for name, rows in found.items()}


def connect_duckdb(format: str, folder: Path) -> duckdb.DuckDBPyConnection:
    """Return a connection with a view per table, for Parquet as the page creates them."""
    connection = duckdb.connect()
    if format == "csv":
        for name in NAMES:
            connection.execute(f"CREATE VIEW {name} AS FROM '{folder}/{name}.csv'")
    else:
        whole, parts = code_blocks("DuckDB")
        statements = parts if format == "parts" else whole
        connection.execute(statements.replace("tables/", f"{folder}/"))
    return connection


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize("format", ["parquet", "parts", "csv"])
def test_duckdb(
    exported: dict[str, Path], answers: dict[str, Rows], format: str, name: str
) -> None:
    """DuckDB has the tool's answers from one file per table, from partitions and from CSV."""
    found = connect_duckdb(format, exported[format]).execute(QUERIES[name]).fetchall()
    assert sorted(found, key=str) == answers[name]


@pytest.mark.parametrize("dialect", ["trino", "spark"])
@pytest.mark.parametrize("name", QUERIES)
def test_trino_and_spark_dialects(
    exported: dict[str, Path], answers: dict[str, Rows], name: str, dialect: str
) -> None:
    """The queries mean the same in the dialects of Trino and Spark."""
    (statement,) = sqlglot.transpile(QUERIES[name], read=dialect, write="duckdb")
    found = connect_duckdb("parts", exported["parts"]).execute(statement).fetchall()
    assert sorted(found, key=str) == answers[name]


TYPES = {
    pa.string(): "TEXT",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.bool_(): "BOOLEAN",
    pa.date32(): "DATE",
    pa.list_(pa.field("element", pa.string())): "TEXT[]",
}


def test_trino_tables(exported: dict[str, Path]) -> None:
    """The statements for Trino have the columns of the files, then that of the folders."""
    (text,) = code_blocks("Trino")
    *created, call = sqlglot.parse(text, read="trino")
    assert "sync_partition_metadata('bilatcli', 'facts', 'FULL')" in str(call)
    assert len(created) == len(TABLES)
    for statement in created:
        assert isinstance(statement, exp.Create)
        name = statement.this.this.name
        columns = {
            each.name: each.args["kind"].sql("duckdb") for each in statement.find_all(exp.ColumnDef)
        }
        file = min((exported["parts"] / name).rglob("*.parquet"))
        expected = {field.name: TYPES[field.type] for field in parquet.read_schema(file)}
        if name == "facts":
            expected["topic"] = "TEXT"
        assert list(columns.items()) == list(expected.items())
        assert f"/tables/{name}/" in statement.sql("trino")


def test_spark_tables(exported: dict[str, Path]) -> None:
    """The statements for Spark parse, and their folders exist."""
    (text,) = code_blocks("Spark")
    statements = [each for each in sqlglot.parse(text, read="spark") if each is not None]
    assert sum(isinstance(each, exp.Create) for each in statements) == len(TABLES)
    names = re.findall(r"path 'tables/(\w+)'", text)
    assert names
    for name in names:
        assert list((exported["parts"] / name).rglob("*.parquet"))


@pytest.mark.parametrize("format", ["parquet", "csv"])
def test_pandas(exported: dict[str, Path], answers: dict[str, Rows], format: str) -> None:
    """The example for pandas has the tool's answer, from Parquet and from CSV."""
    (code,) = code_blocks("pandas", "python")
    if format == "csv":
        code = code.replace("read_parquet", "read_csv")
        code = code.replace('.parquet"', '.csv", keep_default_na=False, na_values=[""]')
    names: dict[str, Any] = {}
    exec(code.replace("tables/", f"{exported[format]}/"), names)  # noqa: S102 -- the page's example
    columns = ["id", "date", "stage", "status", "verification", "title", "url"]
    answer = names["answer"][columns].astype(object)
    found = [tuple(row) for row in answer.where(answer.notna(), None).itertuples(index=False)]
    assert sorted(found, key=str) == answers["military"]


def test_pandas_and_namibia(exported: dict[str, Path]) -> None:
    """The code NA is missing in pandas, unless the option of the page is given."""
    import pandas as pd

    path = exported["csv"] / "countries.csv"
    assert "NA" not in set(pd.read_csv(path)["code"])
    assert "NA" in set(pd.read_csv(path, keep_default_na=False, na_values=[""])["code"])


def query_datasette(database: Path, statement: str) -> Rows:
    """Return the answer of Datasette to SQL over HTTP."""
    query = urlencode({"sql": statement, "_shape": "arrays"})
    argv = [
        str(COMMAND.with_name("datasette")),
        *("-i", str(database)),
        *("--get", f"/{database.stem}.json?{query}"),
        *("--setting", "max_returned_rows", "100000"),
        *("--setting", "sql_time_limit_ms", "60000"),
    ]
    done = subprocess.run(argv, capture_output=True, encoding="utf-8", check=False)
    answer = json.loads(done.stdout)
    assert answer["ok"], answer
    return [tuple(row) for row in answer["rows"]]


def test_datasette(exported: dict[str, Path], answers: dict[str, Rows]) -> None:
    """Datasette has the tool's answer."""
    found = query_datasette(exported["sqlite"], QUERIES["military"])
    assert sorted(found, key=str) == answers["military"]


@pytest.mark.parametrize("name", QUERIES)
def test_sqlite(exported: dict[str, Path], answers: dict[str, Rows], name: str) -> None:
    """SQLite has the tool's answers."""
    connection = sqlite3.connect(exported["sqlite"])
    found = connection.execute(QUERIES[name]).fetchall()
    connection.close()
    assert sorted(found, key=str) == answers[name]


def test_lists_in_sqlite(exported: dict[str, Path], document: Callable[..., Any]) -> None:
    """Lists are JSON in SQLite: the example counts the actors of stances."""
    (statement,) = code_blocks("SQLite and Datasette")
    connection = sqlite3.connect(exported["sqlite"])
    found = dict(connection.execute(statement).fetchall())
    lists = connection.execute("SELECT actors FROM facts WHERE topic = 'stance'").fetchall()
    connection.close()
    assert found == Counter(actor for (text,) in lists for actor in json.loads(text))
    stances = document("stances", "pakistan", "--all")["facts"]
    assert found["PK"] >= Counter(fact["holder"] for fact in stances)["PK"] > 10
