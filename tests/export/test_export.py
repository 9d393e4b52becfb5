"""Export: tables answer as the tool does, in DuckDB, pandas, Datasette, SQL of Trino and Spark; whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO, cast

import duckdb
import pyarrow as pa
import pytest
import sqlglot
from frictionless import Package
from pyarrow import parquet
from sqlglot import exp

from bilatcli.cli import main as front
from bilatcli.cli.command import Invocation
from bilatcli.cli.commands.export import answer
from bilatcli.environment import Environment
from bilatcli.errors import EnvironmentFault
from bilatcli.export import rows, writers
from bilatcli.export.schema import FACTS, TABLES
from bilatcli.index import sqlite
from bilatcli.index.store import Index, open_index
from support import COMMAND, ROOT, Result, Run

HOSTILE = str(ROOT / "tests" / "data" / "hostile.toml")
PAGE = (ROOT / "docs" / "export.md").read_text("utf-8")
FORMATS = ("csv", "jsonl", "parquet", "sqlite")
NAMES = [table.name for table in TABLES]

Rows = list[tuple[Any, ...]]

# --- what is exported, once for all tests


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose cache is kept, so that packs are compiled once."""
    return tmp_path_factory.mktemp("home")


def command(home: Path, *arguments: str, **more: Any) -> Result:
    """Run the installed command in a home that is kept."""
    env = {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONUTF8": "1", **more.pop("env", {})}
    done = subprocess.run(
        [str(COMMAND), *arguments],
        env=env,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        **more,
    )
    return Result(done.returncode, done.stdout, done.stderr)


def export(home: Path, target: Path, *options: str) -> Path:
    """Export to a target that is not there yet."""
    result = command(home, "export", str(target), *options)
    assert (result.code, result.out) == (0, ""), result.err
    return target


@pytest.fixture(scope="module")
def exported(kept: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The bundled packs in every format, and in parts."""
    folder = tmp_path_factory.mktemp("exported")
    found = {
        format: export(kept, folder / format, "--format", format)
        for format in ("csv", "jsonl", "parquet")
    }
    found["parts"] = export(kept, folder / "parts", "--format", "parquet", "--partition", "topic")
    found["sqlite"] = export(kept, folder / "facts.sqlite")
    return found


@pytest.fixture(scope="module")
def hostile(kept: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same with a pack of trouble."""
    folder = tmp_path_factory.mktemp("hostile")
    own = ("--data", HOSTILE, "--format")
    return {
        format: export(
            kept, folder / f"{format}.db" if format == "sqlite" else folder / format, *own, format
        )
        for format in FORMATS
    }


def document(home: Path, *arguments: str) -> Any:
    """What the tool answers as JSON."""
    result = command(home, *arguments, "--json")
    assert result.code == 0, result.err
    return json.loads(result.out)


# --- the same questions


def blocks(heading: str, language: str = "sql") -> list[str]:
    """The blocks of code below a heading of docs/export.md."""
    section = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert section is not None
    return re.findall(rf"```{language}\n(.*?)```", section[1], re.DOTALL)


QUESTIONS = dict(zip(("military", "stances", "list"), blocks("Three questions"), strict=True))


@pytest.fixture(scope="module")
def answers(kept: Path) -> dict[str, Rows]:
    """What the tool's own documents say to the questions, sorted."""
    military = document(kept, "military", "az", "pk", "jf-17")
    sources = {source["id"]: source for source in military["sources"]}
    about = ("id", "date", "stage", "status", "verification")
    told = [
        (*(fact[key] for key in about), sources[id]["title"], sources[id].get("URL"))
        for fact in military["facts"]
        for id in fact["sources"]
    ]
    stances = document(kept, "stances", "kashmir")["facts"]
    held = ("id", "holder", "position", "date")
    favouring = [tuple(fact[key] for key in held) for fact in stances if fact["favours"] == "PK"]
    counted = [
        tuple(line[key] for key in ("id", "coverage", "facts"))
        for line in document(kept, "list")["relations"]
    ]
    return {
        "military": sorted(told, key=str),
        "stances": sorted(favouring, key=str),
        "list": sorted(counted, key=str),
    }


def views(format: str, folder: Path) -> duckdb.DuckDBPyConnection:
    """DuckDB with the tables as views, as the page has it for Parquet."""
    connection = duckdb.connect()
    if format in ("parquet", "parts"):
        statements = blocks("DuckDB")[format == "parts"].replace("tables/", f"{folder}/")
        connection.execute(statements)
        return connection
    for name in NAMES:
        connection.execute(f"CREATE VIEW {name} AS FROM '{folder}/{name}.{format}'")
    return connection


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("format", ["parquet", "parts", "csv", "jsonl"])
def test_duckdb(
    exported: dict[str, Path], answers: dict[str, Rows], format: str, name: str
) -> None:
    """DuckDB answers as the tool does, from one file a table, from parts, from CSV and from JSON Lines."""
    found = views(format, exported[format]).execute(QUESTIONS[name]).fetchall()
    assert sorted(found, key=str) == answers[name]
    assert len(found) > 10


@pytest.mark.parametrize("dialect", ["trino", "spark"])
@pytest.mark.parametrize("name", QUESTIONS)
def test_trino_and_spark(
    exported: dict[str, Path], answers: dict[str, Rows], name: str, dialect: str
) -> None:
    """Read as SQL of Trino and of Spark, the questions mean the same."""
    (statement,) = sqlglot.transpile(QUESTIONS[name], read=dialect, write="duckdb")
    found = views("parts", exported["parts"]).execute(statement).fetchall()
    assert sorted(found, key=str) == answers[name]


@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java")
def test_spark(exported: dict[str, Path], answers: dict[str, Rows]) -> None:
    """Where Spark is installed, it answers as the tool does."""
    session = pytest.importorskip(
        "pyspark.sql", reason="pyspark, of half a gigabyte, is not installed"
    ).SparkSession
    spark = session.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    for statement in (
        blocks("Spark")[0].replace("tables/", f"{exported['parts']}/").split(";\n")[:-1]
    ):
        spark.sql(statement)
    for name, question in QUESTIONS.items():
        assert sorted(map(tuple, spark.sql(question).collect()), key=str) == answers[name]
    spark.stop()


_TYPES = {
    pa.string(): "TEXT",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.bool_(): "BOOLEAN",
    pa.date32(): "DATE",
    pa.list_(pa.field("element", pa.string())): "ARRAY<TEXT>",
}


def test_trino_knows_the_columns(exported: dict[str, Path]) -> None:
    """The statements for Trino name each column of the files with its type, and the column of the folders last."""
    (text,) = blocks("Trino")
    *created, call = sqlglot.parse(text, read="trino")
    assert "sync_partition_metadata('bilatcli', 'facts', 'FULL')" in str(call)
    assert len(created) == len(TABLES)
    for statement in created:
        assert isinstance(statement, exp.Create)
        name = statement.this.this.name
        columns = {
            each.name: each.args["kind"].sql("duckdb") for each in statement.find_all(exp.ColumnDef)
        }
        (file, *_) = sorted((exported["parts"] / name).rglob("*.parquet"))
        expected = {
            field.name: _TYPES[field.type].replace("ARRAY<TEXT>", "TEXT[]")
            for field in parquet.read_schema(file)
        }
        assert list(columns.items()) == list(
            (expected | ({"topic": "TEXT"} if name == "facts" else {})).items()
        )
        assert f"/tables/{name}/" in statement.sql("trino")


def test_spark_names_the_folders(exported: dict[str, Path]) -> None:
    """The statements for Spark parse, and each names a folder that is there."""
    (text,) = blocks("Spark")
    assert len(
        [each for each in sqlglot.parse(text, read="spark") if isinstance(each, exp.Create)]
    ) == len(TABLES)
    for name in re.findall(r"path 'tables/(\w+)'", text):
        assert list((exported["parts"] / name).rglob("*.parquet"))


@pytest.mark.parametrize("format", ["parquet", "csv"])
def test_pandas(exported: dict[str, Path], answers: dict[str, Rows], format: str) -> None:
    """What the page has for pandas answers as the tool does, from Parquet and from CSV."""
    (code,) = blocks("pandas", "python")
    if format == "csv":
        code = code.replace("read_parquet", "read_csv").replace(
            '.parquet"', '.csv", keep_default_na=False, na_values=[""]'
        )
    names: dict[str, Any] = {}
    exec(code.replace("tables/", f"{exported[format]}/"), names)  # noqa: S102 -- the page's own example
    columns = ["id", "date", "stage", "status", "verification", "title", "url"]
    answer = names["answer"][columns].astype(object)
    found = [tuple(row) for row in answer.where(answer.notna(), None).itertuples(index=False)]
    assert sorted(found, key=str) == answers["military"]
    counts = Counter(names["facts"]["relation"])
    assert {(id, counts[id]) for id, _, count in answers["list"]} == {
        (id, count) for id, _, count in answers["list"]
    }


def test_pandas_and_namibia(exported: dict[str, Path]) -> None:
    """What the page says of the code NA is so: taken for nothing unless told not to."""
    import pandas as pd

    path = exported["csv"] / "countries.csv"
    assert "NA" not in set(pd.read_csv(path)["code"])
    assert "NA" in set(pd.read_csv(path, keep_default_na=False, na_values=[""])["code"])


def datasette(database: Path, statement: str) -> Rows:
    """What Datasette answers to SQL over HTTP."""
    from urllib.parse import urlencode

    about = urlencode({"sql": statement, "_shape": "arrays"})
    serve = [
        str(COMMAND.with_name("datasette")),
        "-i",
        str(database),
        "--get",
        f"/{database.stem}.json?{about}",
    ]
    done = subprocess.run(
        [
            *serve,
            *("--setting", "max_returned_rows", "100000"),
            *("--setting", "sql_time_limit_ms", "20000"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    answer = json.loads(done.stdout)
    assert answer["ok"], answer
    return [tuple(row) for row in answer["rows"]]


@pytest.mark.parametrize("name", QUESTIONS)
def test_datasette(exported: dict[str, Path], answers: dict[str, Rows], name: str) -> None:
    """Datasette answers as the tool does."""
    assert sorted(datasette(exported["sqlite"], QUESTIONS[name]), key=str) == answers[name]


def test_lists_in_datasette(exported: dict[str, Path], kept: Path) -> None:
    """The lists of SQLite are JSON: who acts is counted as the documents of the tool have it."""
    (statement,) = blocks("SQLite and Datasette")
    found: dict[str, int] = dict(datasette(exported["sqlite"], statement))
    holders = Counter(
        fact["holder"] for fact in document(kept, "stances", "pakistan", "--all")["facts"]
    )
    assert found["PK"] >= holders["PK"] > 10
    with sqlite3.connect(exported["sqlite"]) as connection:
        lists = connection.execute("SELECT actors FROM facts WHERE topic = 'stance'").fetchall()
    connection.close()
    assert found == Counter(actor for (text,) in lists for actor in json.loads(text))


# --- the values are the documents'


def read(format: str, path: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a table as dictionaries of values, by what is nearest to each format."""
    if format == "jsonl":
        return [
            json.loads(line)
            for line in (path / f"{name}.jsonl").read_text("utf-8").split("\n")[:-1]
        ]
    if format == "parquet":
        rows = parquet.read_table(path / f"{name}.parquet").to_pylist()
        return [
            {k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in row.items()}
            for row in rows
        ]
    fields = next(table for table in TABLES if table.name == name).fields
    if format == "csv":
        with (path / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            table = list(csv.reader(file, strict=True))
        values = {
            "integer": int,
            "number": float,
            "boolean": {"true": True, "false": False}.get,
            "texts": json.loads,
        }
        assert table[0] == [field.key for field in fields]
        return [
            {
                f.key: values.get(f.kind, str)(cell) if cell else None  # type: ignore[operator]
                for f, cell in zip(fields, row, strict=True)
            }
            for row in table[1:]
        ]
    connection = sqlite3.connect(path)
    rows = connection.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608 -- a name of ours
    connection.close()
    put: dict[str, Callable[[Any], Any]] = {"boolean": bool, "texts": json.loads}
    return [
        {
            f.key: put.get(f.kind, lambda v: v)(cell) if cell is not None else None
            for f, cell in zip(fields, row, strict=True)
        }
        for row in rows
    ]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("name", NAMES)
def test_formats_hold_the_same(hostile: dict[str, Path], format: str, name: str) -> None:
    """Every table has the same rows in the same order in each format; texts that mean trouble are what they were."""
    assert read(format, hostile[format], name) == read("jsonl", hostile["jsonl"], name)


@pytest.mark.parametrize("format", FORMATS)
def test_facts_are_the_documents(hostile: dict[str, Path], kept: Path, format: str) -> None:
    """A fact has the values of its document, whatever they are; what its topic does not know is null."""
    told = document(kept, "facts", "mn", "na", "--all", "--data", HOSTILE)
    facts = {fact["id"]: fact for fact in read(format, hostile[format], "facts")}
    places = read(format, hostile[format], "fact_sources")
    assert len(told["facts"]) == 2
    for fact in told["facts"]:
        sources = fact.pop("sources")
        found = facts[fact["id"]]
        assert {key: found[key] for key in fact} == fact
        assert all(found[key] in (None, []) for key in set(found) - set(fact) - {"first", "last"})
        assert [(row["source"], row["place"]) for row in places if row["fact"] == fact["id"]] == [
            (source, place) for place, source in enumerate(sources, 1)
        ]
    trouble = facts["mn-na/trouble"]
    assert "\u0000 here\u202e \u0085\u2028" in trouble["text"]
    assert (trouble["value_usd"], trouble["first"], trouble["last"]) == (0, None, "2004-12-31")
    assert (facts["mn-na/unknown"]["quantity"], facts["mn-na/unknown"]["first"]) == (0, None)


@pytest.mark.parametrize("format", FORMATS)
def test_sources_and_relations(hostile: dict[str, Path], format: str) -> None:
    """A source is what its pack says, and so is the header of a relation; counts are those of its facts."""
    (source,) = [
        each for each in read(format, hostile[format], "sources") if each["id"] == "trouble-1"
    ]
    assert source == {
        "id": "trouble-1",
        "type": "webpage",
        "title": "=cmd|' /C calc'!A0",
        "authors": ['O\'Neill, "Tip"', "Ministry, of Trouble; the", "NA"],
        "publisher": "line one\nline two\r\nline three",
        "issued": "2001/2002",
        "accessed": "2026-11-23",
        "url": "https://example.org/a?b=%22c%22&d='e'",
        "lang": None,
        "reliability": "news",
        "archive_url": "https://archive.example/copy",
        "archived": "2026-11",
        "packs": ["hostile"],
    }
    (relation,) = [
        each for each in read(format, hostile[format], "relations") if each["id"] == "mn-na"
    ]
    counted = {
        key: relation[key]
        for key in ("fact_count", "outline_count", "source_count", "verified", "newest")
    }
    assert counted == {
        "fact_count": 2,
        "outline_count": 0,
        "source_count": 1,
        "verified": 0.0,
        "newest": "../2003",
    }
    assert (relation["country_1"], relation["country_2"], relation["status"]) == (
        "MN",
        "NA",
        "null",
    )
    assert relation["overview"] == "-- '); DROP TABLE facts; --"
    assert (relation["sources"], relation["established_sources"]) == (["trouble-1"], [])


def test_every_key_of_a_document_is_a_column(kept: Path) -> None:
    """No key of a fact is left out, but for its sources, which have a table."""
    keys = {key for fact in document(kept, "facts", "az", "pk", "--all")["facts"] for key in fact}
    assert keys - {field.key for field in FACTS.fields} == {"sources"}


def test_countries(exported: dict[str, Path]) -> None:
    """A country has its codes, and its capital where one is known."""
    rows = {row["code"]: row for row in read("parquet", exported["parquet"], "countries")}
    assert rows["PK"] == {
        "code": "PK",
        "alpha3": "PAK",
        "numeric": "586",
        "name": "Pakistan",
        "capital": "Islamabad",
        "latitude": pytest.approx(33.7, abs=0.1),
        "longitude": pytest.approx(73.1, abs=0.1),
        "source": "factbook-pk",
        "as_of": "2026-01",
    }
    assert (rows["PS"]["capital"], rows["PS"]["latitude"]) == (None, None)
    assert all(
        len(row["alpha3"] or "AAA") == 3 and len(row["numeric"] or "000") == 3
        for row in rows.values()
    )
    assert len([row for row in rows.values() if row["alpha3"]]) >= 249


# --- described


@pytest.mark.parametrize("format", ["csv", "jsonl"])
def test_data_package(hostile: dict[str, Path], format: str) -> None:
    """The Data Package validates: types, closed lists of words, keys, and keys of other tables."""
    report = Package(str(hostile[format] / "datapackage.json")).validate()
    assert report.flatten(["name", "type", "fieldName", "rowNumber", "note"]) == []
    assert [task.stats["rows"] for task in report.tasks] == [
        len(read(format, hostile[format], name)) for name in NAMES
    ]


def test_data_package_finds_what_is_wrong(exported: dict[str, Path], tmp_path: Path) -> None:
    """The same validation sees a word that is in no list, a day that is none, and a key of nothing."""
    for file in exported["csv"].iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    facts = (tmp_path / "facts.csv").read_bytes().decode().split("\r\n", 2)
    broken = (
        facts[1]
        .replace(",trade,", ",trad,")
        .replace("2023-01-01", "2023-13-01")
        .replace(",ad-ae,", ",xx-yy,")
    )
    (tmp_path / "facts.csv").write_text(
        "\r\n".join([facts[0], broken, facts[2]]), "utf-8", newline=""
    )
    found = Package(str(tmp_path / "datapackage.json")).validate().flatten(["type", "fieldName"])
    assert sorted(map(str, found)) == sorted(
        map(str, [["constraint-error", "topic"], ["type-error", "first"], ["foreign-key", None]])
    )


@pytest.mark.parametrize("kind", ["parquet", "parts"])
def test_data_package_of_parquet(exported: dict[str, Path], kind: str) -> None:
    """Of Parquet too the Data Package is one; files are where it says, with the columns and types that it says."""
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
    listed = set()
    for each in described["resources"]:
        paths = each["path"] if isinstance(each["path"], list) else [each["path"]]
        fields = [(field["name"], types[field["type"]]) for field in each["schema"]["fields"]]
        required = [
            field["name"]
            for field in each["schema"]["fields"]
            if field.get("constraints", {}).get("required")
        ]
        for path in paths:
            schema = parquet.read_schema(exported[kind] / path)
            assert [(field.name, field.type) for field in schema] == fields
            assert [field.name for field in schema if not field.nullable] == required
            assert all(field.metadata[b"meaning"] for field in schema)
        listed |= set(paths)
    files = {
        str(path.relative_to(exported[kind]))
        for path in exported[kind].rglob("*")
        if path.is_file()
    }
    assert files == listed | {"datapackage.json"}


def test_licences(hostile: dict[str, Path]) -> None:
    """The package tells under which licence each pack is, in the pack's own words too."""
    licences = json.loads((hostile["csv"] / "datapackage.json").read_text("utf-8"))["licenses"]
    titles = {licence["name"]: licence["title"] for licence in licences}
    assert titles["CC0-1.0"].startswith("CC0-1.0: Azerbaijan–Pakistan relations; ")
    assert titles["Ask-Anna-and-nobody-else"] == 'Ask Anna, and nobody else: Trouble, "quoted"'
    assert "names of countries" in titles["Unicode-3.0"]


def test_database_is_described(hostile: dict[str, Path]) -> None:
    """The database has its keys, which hold, and tells what each column means."""
    connection = sqlite3.connect(hostile["sqlite"])
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    made = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
    for table in TABLES:
        assert made[table.name] == writers.created(table)
        assert all(f"-- {said}" in made[table.name] for said in [table.meaning])
        assert all(field.meaning in made[table.name] for field in table.fields)
        columns = connection.execute(f"PRAGMA table_info({table.name})").fetchall()
        keys = sorted((place, name) for _, name, _, _, _, place in columns if place)
        assert tuple(name for _, name in keys) == table.key
        refers = {
            (there[3], there[2])
            for there in connection.execute(f"PRAGMA foreign_key_list({table.name})")
        }
        assert refers == {(field.key, field.refers[0]) for field in table.fields if field.refers}
    connection.close()


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet", "parts"])
def test_same_bytes(exported: dict[str, Path], kept: Path, tmp_path: Path, kind: str) -> None:
    """Exported twice, every file has the same bytes."""
    options = (
        ["--format", "parquet", "--partition", "topic"] if kind == "parts" else ["--format", kind]
    )
    again = export(kept, tmp_path / "again", *options)
    files = {
        path.relative_to(exported[kind]) for path in exported[kind].rglob("*") if path.is_file()
    }
    assert len(files) == (18 if kind == "parts" else 6)
    for file in files:
        assert (again / file).read_bytes() == (exported[kind] / file).read_bytes()


def test_csv_is_rfc_4180(hostile: dict[str, Path]) -> None:
    """Lines end in CR LF, quotes are doubled, and there is no mark in front."""
    content = (hostile["csv"] / "facts.csv").read_bytes()
    assert content.startswith(b"id,relation,topic,")
    assert content.endswith(b"\r\n")
    assert b'"=1+1, ""quoted"",\ttabbed\nand \\ broken\rdown ' in content


# --- whole or not at all


def test_what_is_said(run: Run, tmp_path: Path) -> None:
    """The rows of each table are told on standard error; the folder has what a folder has, and CSV unless said."""
    target = tmp_path / "tables"
    result = run("export", str(target))
    assert (result.code, result.out) == (0, "")
    assert re.fullmatch(
        rf"bilatcli: `{target}` has [0-9,]+ facts, [0-9,]+ sources, [0-9,]+ relations, [0-9,]+ fact_sources and 250"
        r" countries\n",
        result.err,
    )
    assert sorted(path.name for path in target.iterdir()) == [
        "countries.csv",
        "datapackage.json",
        "fact_sources.csv",
        "facts.csv",
        "relations.csv",
        "sources.csv",
    ]
    mask = os.umask(0)
    os.umask(mask)
    assert target.stat().st_mode & 0o777 == 0o777 & ~mask
    assert (target / "facts.csv").stat().st_mode & 0o777 == 0o666 & ~mask
    assert sorted(os.listdir(tmp_path)) == ["home", "tables"]


REFUSED = [
    # what is there, arguments, what is said
    (
        {"t/note.txt": "mine"},
        ["t"],
        "`t` is not empty; name another folder, or add `--force` to replace the files of an earlier export",
    ),
    ({"t": "mine"}, ["t"], "`t` is a file; name a folder"),
    ({"t": "mine"}, ["t", "--force"], "`t` is a file; name a folder"),
    (
        {"t.db": "mine"},
        ["t.db"],
        "`t.db` exists; name another file, or add `--force` to replace it",
    ),
    ({"t.db/x": "mine"}, ["t.db", "--force"], "`t.db` is a folder; name a file"),
    (
        {"t/facts.csv/x": ""},
        ["t", "--force"],
        "`t/facts.csv` is in the way; move it, or name another folder",
    ),
    (
        {"t/facts": ""},
        ["t", "--force", "--format", "parquet", "--partition", "topic"],
        "`t/facts` is in the way; move it, or name another folder",
    ),
    ({"file": ""}, ["file/t"], "`file/t` cannot be written (not a directory)"),
    ({}, ["none/t"], "`none/t` cannot be written (no such file or directory)"),
    ({}, ["none/t.db"], "`none/t.db` cannot be written (no such file or directory)"),
    (
        {},
        ["t.csv"],
        "`t.csv` is called as one file, but csv is a folder with a file a table: name a folder, such as `t`",
    ),
    (
        {},
        ["t.sqlite", "--format", "jsonl"],
        "`t.sqlite` is called as one file, but jsonl is a folder with a file a table: name a folder, such as `t`",
    ),
    ({}, ["t", "--partition", "topic"], "--partition is for parquet: add --format parquet"),
    ({}, ["t", "--format", "parquets"], "--format cannot be `parquets`: did you mean `parquet`?"),
    (
        {},
        [],
        "name the folder or the database to write, as in `bilatcli export tables` or `… facts.sqlite`",
    ),
    (
        {},
        [""],
        "name the folder or the database to write, as in `bilatcli export tables` or `… facts.sqlite`",
    ),
    ({}, ["t", "u"], "`u` is a word too many: see `bilatcli export --help`"),
]


def contents(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize(("there", "arguments", "said"), REFUSED)
def test_refused(
    kept: Path, tmp_path: Path, there: dict[str, str], arguments: list[str], said: str
) -> None:
    """What cannot be done is told in one line, and what was there is as it was."""
    for name, text in there.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    result = command(kept, "export", *arguments, cwd=tmp_path)
    assert (result.code, result.out, result.err) == (2, "", f"bilatcli: {said}\n")
    assert contents(tmp_path) == {name: text.encode() for name, text in there.items()}
    assert len(list(tmp_path.iterdir())) == len(there)


def test_empty_folder(kept: Path, tmp_path: Path) -> None:
    """An empty folder, the current one too, is filled where it stands, also through a link."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    assert command(kept, "export", "link", cwd=tmp_path).code == 0
    assert len(os.listdir(tmp_path / "real")) == 6
    (tmp_path / "here").mkdir()
    assert command(kept, "export", ".", "--format", "jsonl", cwd=tmp_path / "here").code == 0
    assert len(os.listdir(tmp_path / "here")) == 6


def test_force(kept: Path, exported: dict[str, Path], tmp_path: Path) -> None:
    """With --force an earlier export gives way to the new one, parts included; all else in the folder stays."""
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "mine.txt").write_text("mine")
    (tmp_path / "facts.jsonl").write_text("mine, and of no export")
    mine = contents(tmp_path)
    parted = ["--format", "parquet", "--partition", "topic", "--force"]
    for kind, options in (
        ("csv", ["--force"]),
        ("parts", parted),
        ("parquet", ["--format", "parquet", "--force"]),
    ):
        result = command(kept, "export", str(tmp_path), *options)
        assert result.code == 0, result.err
        assert contents(tmp_path) == mine | contents(exported[kind])
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["facts"]
    database = tmp_path / "t.db"
    database.write_text("mine")
    database.chmod(0o600)
    assert command(kept, "export", str(database), "--force").code == 0
    assert database.read_bytes()[:15] == b"SQLite format 3"


def test_force_believes_no_stranger(kept: Path, tmp_path: Path) -> None:
    """A datapackage.json that is not ours, or names what no export writes, has nothing removed but itself."""
    (tmp_path / "t" / "facts").mkdir(parents=True)
    (tmp_path / "outside.csv").write_text("mine")
    (tmp_path / "t" / "facts" / "mine.txt").write_text("mine")
    paths = [
        "../outside.csv",
        "facts/../../outside.csv",
        "/etc/hostname",
        "facts/mine.txt",
        "facts/topic=a/../mine.txt",
    ]
    described = {
        "name": "bilatcli-export",
        "resources": [{"path": paths}, {"path": "facts/mine.txt"}, {"path": 3}],
    }
    for text in (
        json.dumps(described),
        json.dumps({"name": "x", "resources": [{"path": "notes.csv"}]}),
        "{",
        "[]",
        '"a"',
    ):
        (tmp_path / "t" / "datapackage.json").write_text(text)
        (tmp_path / "t" / "notes.csv").write_text("mine")
        assert command(kept, "export", str(tmp_path / "t"), "--force").code == 0
        assert (tmp_path / "outside.csv").read_text() == "mine"
        assert (tmp_path / "t" / "facts" / "mine.txt").read_text() == "mine"
        assert (tmp_path / "t" / "notes.csv").read_text() == "mine"


def small_files() -> None:
    """Let no file of this process grow beyond 100 kB, as on a disk that is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("is_there", [False, True], ids=["new", "forced"])
def test_full_disk(kept: Path, tmp_path: Path, format: str, is_there: bool) -> None:  # noqa: FBT001 -- a case of the test
    """Where the disk is full one line says so, nothing half is left, and an earlier export is as it was."""
    target = tmp_path / ("t.db" if format == "sqlite" else "t")
    if is_there:
        export(kept, target, "--format", format)
    before = contents(tmp_path)
    result = command(
        kept, "export", str(target), "--format", format, "--force", preexec_fn=small_files
    )
    assert (result.code, result.out) == (2, "")
    assert re.fullmatch(rf"bilatcli: `{target}` cannot be written \(.+\)\n", result.err)
    assert contents(tmp_path) == before
    assert len(list(tmp_path.iterdir())) == is_there


def test_without_pyarrow(run: Run, tmp_path: Path) -> None:
    """Without pyarrow, Parquet is refused in one line that says how to get it; all other formats do without."""
    (tmp_path / "pyarrow.py").write_text("raise ModuleNotFoundError('no pyarrow')")
    env = {"PYTHONPATH": str(tmp_path)}
    result = run("export", str(tmp_path / "t"), "--format", "parquet", env=env)
    said = "bilatcli: Parquet is written by pyarrow, which is not there: `pip install 'bilatcli[parquet]'` brings it\n"
    assert (result.code, result.out, result.err) == (2, "", said)
    assert not (tmp_path / "t").exists()
    for format in ("csv", "jsonl", "sqlite"):
        assert run("export", str(tmp_path / format), "--format", format, env=env).code == 0


# --- large, watched, interrupted


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Corpora of 10,000 and 50,000 made-up facts by their sizes, each compiled in a home of its own."""
    found = {}
    for facts in (10_000, 50_000):
        home = tmp_path_factory.mktemp(f"large-{facts}")
        folder = home / ".local" / "share" / "bilatcli"
        size = ["--facts", str(facts), "--relations", str(facts // 50), "--packs", "4"]
        subprocess.run(
            [sys.executable, str(ROOT / "benchmarks" / "corpus.py"), str(folder), *size], check=True
        )
        assert command(home, "list", "--json").code == 0
        found[facts] = home
    return found


def peak(home: Path, *arguments: str) -> int:
    """The most memory that a run of the command took, in kB."""
    with subprocess.Popen(
        [str(COMMAND), *arguments],
        env={"PATH": os.environ["PATH"], "HOME": str(home)},
        stderr=subprocess.PIPE,
    ) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return used.ru_maxrss


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the peak is counted in other units")
@pytest.mark.parametrize("options", [*FORMATS, "parquet --partition topic"])
def test_memory_is_bounded(large: dict[int, Path], tmp_path: Path, options: str) -> None:
    """Five times the facts take hardly more memory: 40,000 facts in memory would take 70 MB."""
    small, big = (
        peak(home, "export", str(tmp_path / str(n)), "--format", *options.split())
        for n, home in large.items()
    )
    assert big - small < 40_000


def test_interrupted(large: dict[int, Path], tmp_path: Path) -> None:
    """Ctrl-C leaves nothing behind."""
    for target in ("t", "t.db"):
        process = subprocess.Popen(
            [str(COMMAND), "export", target],
            cwd=tmp_path,
            env={"HOME": str(large[50_000])},
            stderr=subprocess.PIPE,
        )
        while not list(tmp_path.rglob("facts.csv")) and not list(tmp_path.rglob("t.db")):
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        assert process.communicate()[1] == b""
        assert process.returncode == 130
        assert list(tmp_path.iterdir()) == []


def test_progress_is_told(tmp_path: Path, home: Path) -> None:
    """Whoever watches is told how many rows of all are done, to the end; also where it comes to nothing."""
    told: list[tuple[int, int, str]] = []
    environment = Environment(environ={"HOME": str(home)})
    environment.on_progress = lambda *said: told.append(said)
    reply = answer(Invocation("export", [str(tmp_path / "t")]), environment)
    assert reply.code == 0
    done = [each for each, _, _ in told]
    total = told[0][1]
    assert done == sorted(done)
    assert done[-1] == total > 10_000
    assert len(done) > total // 2000
    assert {each[1:] for each in told} == {(total, "exporting")}
    told.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writers, "write_csv", full)
        with pytest.raises(EnvironmentFault, match=r"cannot be written \(disk full\)"):
            answer(Invocation("export", [str(tmp_path / "u")]), environment)
    assert told == [(total, total, "exporting")]


def full(*_: object) -> None:
    """Write to a disk that is full."""
    raise OSError(28, "Disk full")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_progress_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal shows what is going on once that takes a second, and one thing after the other."""
    stream = Terminal()
    environment = Environment(stderr=cast("TextIO", stream), environ={})
    now = iter([0.0, 0.5, 1.5, 1.5, 2.0])
    monkeypatch.setattr(time, "monotonic", lambda: next(now, 3.0))
    watch = front._watch(environment)  # noqa: SLF001 -- what a terminal sees is not to be had from outside in a second
    assert watch is not None
    watch(1, 10, "exporting")
    assert stream.getvalue() == ""
    watch(5, 10, "exporting")
    watch(10, 10, "exporting")
    assert "exporting" in stream.getvalue()
    watch(1, 10)
    watch(10, 10)
    assert "compiling packs" in stream.getvalue()


# --- an index that breaks


class Breaking:
    """A connection whose rows break off."""

    def __init__(self, connection: sqlite.Connection, rows: int) -> None:
        self.connection = connection
        self.left = rows

    def execute(
        self, statement: str, parameters: Sequence[object] = ()
    ) -> Iterator[tuple[Any, ...]]:
        """Yield so many rows, then find the file damaged."""
        if statement.startswith("PRAGMA"):
            return iter(())
        return self._rows(statement, parameters)

    def _rows(self, statement: str, parameters: Sequence[object]) -> Iterator[tuple[Any, ...]]:
        for row in self.connection.execute(statement, parameters):
            if not self.left:
                raise sqlite3.DatabaseError("database disk image is malformed")
            self.left -= 1
            yield row

    def close(self) -> None:
        """Let go."""
        self.connection.close()


def test_damaged_index(index: Index, home: Path) -> None:
    """Where the index turns out to be damaged midway, a new one goes on at the row where the other broke off."""
    whole = list(rows.rows(index, FACTS))
    broken = open_index(Environment(environ={"HOME": str(home)}))
    connection = cast("sqlite.Connection", broken._connection)  # noqa: SLF001 -- damage
    broken._connection = cast("sqlite.Connection", Breaking(connection, 1234))  # noqa: SLF001 -- damage
    assert list(rows.rows(broken, FACTS)) == whole
    broken.close()
