"""The command from outside: answers, errors, exit codes, and both streams whole."""

from __future__ import annotations

import json
import os
import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bilatcli import __version__
from support import DATA, RELATIONS, ROOT, Result, Run

SMALL = str(DATA / "small.toml")

ERRORS = [
    # arguments, exit code, kind of error, a part of the message
    (["facts", "azrbjn"], 1, "no-such-country", "no country is called `azrbjn`; did you mean "),
    (["facts", "qqqqqq"], 1, "no-such-country", "no country is called `qqqqqq`; give a name"),
    (["facts", "korea", "pakistan"], 1, "ambiguous", "`korea` could mean North Korea (KP) or "),
    (["military", "france", "japan"], 1, "nothing-recorded", "no curated facts on France–Japan"),
    (
        ["show", "az-pk/no-such"],
        1,
        "no-such-record",
        "no fact or source has the id `az-pk/no-such`",
    ),
    (["summary"], 2, "usage", "`bilatcli summary azerbaijan pakistan`"),
    (["congo"], 2, "usage", "unknown command `congo`"),
    (["facts", "az", "--topic", "milit"], 2, "usage", "`milit`; did you mean `military`?"),
    (["facts", "az", "--format", "xml"], 2, "usage", "`xml`; choose from table, json, "),
    (["facts", "az", "--fields", "id,[x]"], 2, "usage", "`[x]`"),
    (["facts", "az", "--since", "soon"], 2, "usage", "`soon`"),
]


def schema(name: str) -> dict[str, Any]:
    """Return a published schema."""
    loaded: dict[str, Any] = json.loads((ROOT / "schema" / f"{name}.json").read_text("utf-8"))
    return loaded


def load_document(out: str, name: str) -> dict[str, Any]:
    """Return the one JSON document on standard output, which must match its schema."""
    assert out.endswith("}\n")
    loaded: dict[str, Any] = json.loads(out)
    assert [error.message for error in Draft202012Validator(schema(name)).iter_errors(loaded)] == []
    return loaded


@pytest.fixture
def small(run: Run) -> Run:
    """Return a function that runs a command line with the small pack added."""

    def call(*argv: str, env: dict[str, str] | None = None) -> Result:
        return run(*argv, "--data", SMALL, env=env)

    return call


# --- answers and errors


def test_exact_pair(small: Run) -> None:
    """The answer on a pair is on standard output alone."""
    result = small("facts", "chile", "fiji", "--fields", "id,text,date,quantity,note")
    expected = (
        "id\ttext\tdate\tquantity\tnote\n"
        "cl-fj/canoes\tChile lent Fiji two test canoes.\t1900\t2\t\n"
    )  # fmt: skip
    assert (result.code, result.out, result.err) == (0, expected, "")


def test_exact_pair_as_json(small: Run) -> None:
    """The JSON of a pair is one document, with one member per line."""
    result = small("facts", "chile", "fiji", "--json", "--fields", "id")
    expected = """\
{"schema":"bilatcli/facts@1",
"query":{"text":"chile fiji","countries":[\
{"input":"chile","code":"CL","name":"Chile","match":"exact","score":100.0},\
{"input":"fiji","code":"FJ","name":"Fiji","match":"exact","score":100.0}],\
"filter":null,"unused":[],"topic":null,"all":false,"verified":false,\
"as_of":null,"since":null,"until":null},
"relation":{"id":"cl-fj","name":"Chile–Fiji",\
"countries":[{"code":"CL","name":"Chile"},{"code":"FJ","name":"Fiji"}],\
"established":null,"status":null,"overview":null,"established_sources":[],"status_sources":[],"sources":[]},
"facts":[
{"id":"cl-fj/canoes"}
],
"sources":[
{"id":"gazette-1","type":"article-newspaper","title":"Iceland and Mongolia sign a test",\
"author":[{"family":"Jónsdóttir","given":"Anna"},{"literal":"An Institute"}],\
"container-title":"The Test Gazette","issued":{"date-parts":[[2001,2,3]]},"accessed":{"date-parts":[[2026,11,23]]},\
"URL":"https://example.org/gazette/1","language":"en","custom":{"reliability":"news"}}
]}
"""
    assert (result.code, result.out, result.err) == (0, expected, "")


def test_misspelt_country(run: Run) -> None:
    """A misspelt country is corrected, with a note on standard error."""
    result = run("military", "azerbaijn", "pak", "jf-17", "--json")
    assert (result.code, result.err) == (0, "bilatcli: reading `azerbaijn` as Azerbaijan (AZ)\n")
    document = load_document(result.out, "military")
    read = [
        (match["input"], match["code"], match["match"]) for match in document["query"]["countries"]
    ]
    assert read == [("azerbaijn", "AZ", "fuzzy"), ("pak", "PK", "code")]
    assert document["query"]["filter"] == "jf-17"
    assert document["facts"]


@pytest.mark.parametrize(("argv", "code", "kind", "message"), ERRORS, ids=lambda value: str(value))
def test_error(run: Run, argv: list[str], code: int, kind: str, message: str) -> None:
    """An error goes to standard error; with --json it is also a document with the same message."""
    result = run(*argv)
    assert (result.code, result.out) == (code, "")
    assert result.err.startswith("bilatcli: ")
    assert message in result.err.splitlines()[0]
    as_json = run(*argv, "--json")
    assert (as_json.code, as_json.err.splitlines()[0].replace(" --json`", "`")) == (
        code,
        result.err.splitlines()[0],
    )
    error = load_document(as_json.out, "error")["error"]
    assert error["kind"] == kind
    assert as_json.err.splitlines() == [
        f"bilatcli: {error['message']}",
        *(f"  {c['command']}  {c['name']} ({c['id']})" for c in error["candidates"]),
    ]


@pytest.mark.parametrize("argv", [["--json"], ["list", "x", "--json"], ["facts", "--json", "-x"]])
def test_usage_error_as_json(run: Run, argv: list[str]) -> None:
    """A command line that only the whole parser rejects is a document too."""
    result = run(*argv)
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert load_document(result.out, "error")["error"]["kind"] == "usage"


@pytest.mark.parametrize("argv", [["zzzz"], ["--topic", "trade"], ["--since", "2030"]])
def test_filter_that_leaves_nothing(small: Run, argv: list[str]) -> None:
    """An empty answer is a valid document with exit code 1, and a note says how to widen it."""
    result = small("facts", "chile", "fiji", *argv, "--fields", "id")
    assert (result.code, result.out, result.err.count("\n")) == (1, "id\n", 1)
    as_json = small("facts", "chile", "fiji", *argv, "--json")
    assert (as_json.code, as_json.err) == (1, result.err)
    assert load_document(as_json.out, "facts")["facts"] == []


@pytest.mark.parametrize(
    ("format", "out"),
    [
        ("table", ""),
        ("ndjson", ""),
        ("csv", "id,text\r\n"),
        ("tsv", "id\ttext\n"),
        ("markdown", "| Id | Statement |\n| --- | --- |\n"),
    ],
)
def test_empty_answer(small: Run, format: str, out: str) -> None:
    """An empty answer is valid in every format."""
    result = small("facts", "chile", "fiji", "zzzz", "--format", format, "--fields", "id,text")
    assert (result.code, result.out) == (1, out)


def test_two_formats(run: Run) -> None:
    """`--json` with another format is a usage error."""
    result = run("facts", "az", "--json", "--format", "csv")
    assert result.code == 2
    assert "--json" in result.err
    assert "csv" in result.err


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["report", "az", "pk", "-o", "a.pdf"], "unsupported report format: .pdf; use .html or "),
        (["report", "az", "-o", "a.md", "--format", "html"], "`a.md` contradicts --format html"),
        (["report", "az", "pk", "--style", "ris"], "`ris` is not a bibliography style"),
        (["completion"], "name a shell; choose from bash, fish, zsh"),
        (["completion", "tcsh"], "unknown shell `tcsh`; choose from bash, fish, zsh"),
        (["schema", "fact"], "unknown schema `fact`; did you mean `facts`?"),
        (["export"], "name the folder or the database to write"),
        (["publish"], "bilatcli publish postgresql://"),
        (["check"], "name the packs to check"),
        (["check", ""], "a path is empty"),
        (["check", "--explain", "BL999x"], "unknown rule `BL999x`"),
        (["check", "--select", ","], "--select is empty"),
        (["import", "notes.toml"], "name files of references, then a pack"),
    ],
    ids=" ".join,
)
def test_error_of_a_command(run: Run, argv: list[str], message: str) -> None:
    """An error of a command that is not a view goes to standard error, with exit code 2."""
    result = run(*argv)
    assert (result.code, result.out) == (2, "")
    assert message in result.err


# --- suggestions

SUGGESTING = [
    ["facts", "korea", "pakistan"],
    ["facts", "azrbjn"],
    ["facts", "pakistan", "and", "south", "congo", "jf-17"],
    ["military", "congo", "az", "--all", "--verified"],
    ["facts", "korea", "--topic", "trade"],
    ["stances", "korea", "o'brien", "{}"],
    ["diff", "korea", "us", "2020", "2024"],
    ["search", "visit", "--country", "korea", "--limit", "3"],
    ["summary", "korea", "--as-of", "2020"],
    ["cite", "korea", "--style", "bibtex"],
    ["facts", "france", "japan"],
    ["military", "iran", "israel", "--since", "2020"],
    ["facts", "antarctica", "aland islands"],
    ["report", "korea", "japan", "--verified", "-o", "-"],
    ["report", "antarctica", "aland islands", "-o", "-"],
    ["map", "korea", "japan", "--svg", "-"],
    ["map", "azrbjn", "--as-of", "2020"],
    ["new", "korea", "japan", "-o", "-"],
]


@pytest.mark.parametrize("argv", SUGGESTING, ids=" ".join)
def test_suggestions_work(run: Run, argv: list[str]) -> None:
    """A suggested command is of the same command, except for an outline, and works when pasted."""
    result = run(*argv)
    assert result.code == 1
    suggested = [line[2:].split("  ")[0] for line in result.err.splitlines()[1:]]
    suggested += re.findall(r"`(bilatcli [^`]+ [^`]+)`", result.err.splitlines()[0])
    assert suggested
    for command in suggested:
        program, name, *rest = shlex.split(command)
        assert (program, name in (argv[0], "summary")) == ("bilatcli", True)
        again = run(name, *rest)
        assert again.code in (0, 1)
        assert "no country" not in again.err
        assert "could mean" not in again.err
        assert "no facts on" not in again.err


def test_suggestion_keeps_options(run: Run) -> None:
    """A suggestion has the options that were typed."""
    result = run("map", "korea", "--svg", "-", "--as-of", "2020-01-01")
    assert "  bilatcli map kp --svg - --as-of 2020-01-01  North Korea (KP)\n" in result.err
    result = run("report", "korea", "-o", "k.md", "--style", "apa", "--verified", "--force")
    assert (
        "  bilatcli report kp --output k.md --force --style apa --verified  North Korea (KP)\n"
        in result.err
    )


def test_pair_without_facts(run: Run) -> None:
    """Of several pairs, those without facts are named in a note."""
    result = run("facts", "az", "fj", "pk", "--fields", "relation")
    assert result.code == 0
    assert "Azerbaijan–Fiji" in result.err
    assert "Fiji–Pakistan" in result.err
    assert set(result.out.splitlines()) == {"relation", "az-pk"}


# --- other ways in


def test_version(run: Run) -> None:
    """`--version` prints the name and the version."""
    result = run("--version")
    assert (result.code, result.out, result.err) == (0, f"bilatcli {__version__}\n", "")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["facts", "az", "pk", "--json"], ["facts", "--format=json", "az", "pk"]),
        (["facts", "az", "pk"], ["facts", "az", "pk", "--format", "tsv"]),
        (["facts", "az", "pk"], ["facts", "pk-az"]),
        (["show", "az-pk/recognition-1991", "--json"], ["az-pk/recognition-1991", "--json"]),
        (["facts", "az", "pk"], ["facts", "Azerbaijan and Pakistan"]),
        (["military", "az", "pk", "jf-17"], ["military", "jf-17", "PAK/AZE"]),
    ],
    ids=" ".join,
)
def test_two_spellings(run: Run, one: list[str], other: list[str]) -> None:
    """Two spellings of one question have the same answer, byte for byte."""
    first, second = run(*one), run(*other)
    assert first.out
    assert (first.code, first.out, first.err) == (second.code, second.out, second.err)


def test_joined_countries(run: Run) -> None:
    """However countries are joined, the documents differ only in the words of the query."""
    documents = [
        json.loads(run("facts", *words, "--json").out)
        for words in (["az", "pk"], ["az-pk"], ["Islamabad & Bak\u0131"])
    ]
    assert len({document.pop("query")["text"] for document in documents}) == 3
    assert documents[0] == documents[1] == documents[2]


# --- options


def column(result: Result, key: str) -> list[str]:
    """Return the values of one column of a TSV answer."""
    header, *rows = (line.split("\t") for line in result.out.splitlines())
    return [row[header.index(key)] for row in rows]


def test_all(small: Run) -> None:
    """`--all` adds superseded facts."""
    without, whole = (small("military", "is", "mn", *more) for more in ([], ["--all"]))
    assert column(without, "id") == ["is-mn/yak-1-delivery", "is-mn/exercise"]
    assert column(whole, "id") == [
        "is-mn/yak-1-talks",
        "is-mn/yak-1-order",
        "is-mn/yak-1-delivery",
        "is-mn/exercise",
    ]


@pytest.mark.parametrize(
    ("option", "key", "value"),
    [(["--verified"], "verification", "cited"), (["--topic", "stance"], "topic", "stance")],
    ids=["verified", "topic"],
)
def test_selecting_options(small: Run, option: list[str], key: str, value: str) -> None:
    """An option that selects facts leaves those with its value, in the same order."""
    whole, selected = small("facts", "is", "mn"), small("facts", "is", "mn", *option)
    rows = zip(column(whole, "id"), column(whole, key), strict=True)
    expected = [id for id, found in rows if found == value]
    assert 0 < len(expected) < len(column(whole, "id"))
    assert column(selected, "id") == expected


@pytest.mark.parametrize("format", ["json", "ndjson", "tsv", "csv", "markdown", "table"])
def test_fields(small: Run, format: str) -> None:
    """`--fields` keeps the given keys in the given order, in every format."""
    out = small("facts", "is", "mn", "embassy", "--fields", "date,id", "--format", format).out
    if format == "json":
        assert list(json.loads(out)["facts"][0].items()) == [
            ("date", "1980~"),
            ("id", "is-mn/embassy"),
        ]
    elif format == "ndjson":
        assert out == '{"date":"1980~","id":"is-mn/embassy"}\n'
    else:
        words = [
            re.findall(r"[A-Za-z0-9~/-]+", line.replace("\\", "").lower())
            for line in out.splitlines()
        ]
        shown = [line for line in words if line and "---" not in line]
        assert shown == [["date", "id"], ["1980~", "is-mn/embassy"]]


# --- your own packs

OTHER_BUNDLED = {
    relation["id"]
    for pack in ("south-asia", "south-caucasus")
    for relation in tomllib.loads(RELATIONS.with_name(f"{pack}.toml").read_text("utf-8"))[
        "relation"
    ]
}
"""The curated relations of the bundled packs, except Azerbaijan–Pakistan."""


def listed_ids(result: Result) -> list[str]:
    """Return the ids of the curated relations of a list, without the other bundled ones."""
    assert result.code == 0, result.err
    listed = zip(column(result, "id"), column(result, "coverage"), strict=True)
    return [id for id, coverage in listed if coverage == "curated" and id not in OTHER_BUNDLED]


OWN = """\
[pack]
name = "{name}"
title = "Another test pack"
licence = "CC0-1.0"
updated = 2026-11-23

[[relation]]
id = "{id}"
countries = {countries}
"""


def write_pack(folder: Path, name: str, one: str, other: str) -> Path:
    """Write a pack with one relation and no fact."""
    folder.mkdir(exist_ok=True, parents=True)
    file = folder / f"{name}.toml"
    countries = json.dumps([one, other])
    file.write_text(
        OWN.format(name=name, id=f"{one}-{other}".lower(), countries=countries), encoding="utf-8"
    )
    return file


def test_places_of_packs(run: Run, tmp_path: Path, home: Path) -> None:
    """Packs come from --data (repeated), BILATCLI_DATA and the user's data folder together."""
    file = write_pack(tmp_path / "one", "one", "BR", "TO")
    folder = write_pack(tmp_path / "many", "two", "BR", "WS").parent
    write_pack(folder, "three", "BR", "PG")
    (folder / "notes.txt").write_text("not a pack", encoding="utf-8")
    variable = [
        str(write_pack(tmp_path / "variable", name, "BR", code))
        for name, code in (("a", "NR"), ("b", "TV"))
    ]
    write_pack(home / ".local" / "share" / "bilatcli", "user", "BR", "KI")
    env = {"BILATCLI_DATA": os.pathsep.join(variable)}
    assert listed_ids(run("list")) == ["az-pk", "br-ki"]
    assert listed_ids(run("list", "--data", str(folder), f"--data={file}", env=env)) == [
        "az-pk",
        *("br-ki", "br-nr", "br-pg", "br-to", "br-tv", "br-ws"),
    ]


def test_own_facts_on_a_bundled_relation(run: Run, tmp_path: Path) -> None:
    """Your facts are added to those of the bundled relation, each with its pack."""
    file = write_pack(tmp_path, "mine", "AZ", "PK")
    fact = """
[[relation.fact]]
id = "invented-for-this-test"
topic = "history"
text = "An invented statement."
status = "historical"
actors = ["AZ"]
sources = []
verification = "citation-needed"
"""
    file.write_text(file.read_text("utf-8") + fact, encoding="utf-8")
    result = run("facts", "az", "pk", "--topic", "history", "--data", str(file))
    packs = dict(zip(column(result, "id"), column(result, "pack"), strict=True))
    assert packs["az-pk/invented-for-this-test"] == "mine"
    assert set(packs.values()) == {"mine", "relations"}


def test_invalid_pack(run: Run, tmp_path: Path) -> None:
    """Every problem of an invalid pack has its place, in words and in JSON."""
    file = write_pack(tmp_path, "bad", "FJ", "CL")
    file.write_text(file.read_text("utf-8").replace("licence", "brace"), encoding="utf-8")
    result = run("list", "--data", str(file))
    assert (result.code, result.out) == (2, "")
    *problems, last = result.err.splitlines()
    assert last == f"bilatcli: {len(problems)} problems in the packs"
    as_json = run("list", "--json", "--data", str(file))
    assert (as_json.code, as_json.err) == (2, result.err)
    error = load_document(as_json.out, "error")["error"]
    assert error["kind"] == "pack"
    printed = ["{file}:{line}:{column}: {what}: {remedy}".format(**p) for p in error["problems"]]
    assert printed == problems
    assert len(printed) == 3


def test_missing_pack(run: Run, tmp_path: Path) -> None:
    """A pack that does not exist is an error with its path."""
    result = run("list", "--data", str(tmp_path / "none.toml"))
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"{tmp_path}/none.toml: ")
    assert "no such file or directory" in result.err


# --- tables


def test_width_of_a_table(run: Run) -> None:
    """A table is as wide as COLUMNS says, and 100 columns if that is not a number."""
    argv = ["facts", "az", "pk", "--topic", "history", "--format", "table"]
    rule = {
        columns: run(*argv, env={"COLUMNS": columns}).out.splitlines()[3]
        for columns in ("70", "100", "130")
    }
    assert {columns: len(line) for columns, line in rule.items()} == {
        "70": 70,
        "100": 100,
        "130": 130,
    }
    for columns in ("", "0", "wide", "-5", "²", "1e3"):
        assert run(*argv, env={"COLUMNS": columns}).out == run(*argv).out
    assert run(*argv).out.splitlines()[3] == rule["100"]


def test_colour_in_a_pipe(run: Run) -> None:
    """In a pipe only a table has colour, and only with `--color always`."""
    argv = ["facts", "az", "pk", "--topic", "history", "--format"]
    forced = {"TERM": "xterm", "FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"}
    assert "\x1b" not in run(*argv, "table", env=forced).out
    assert "\x1b" not in run(*argv, "table", "--color", "auto").out
    assert "\x1b[" in run(*argv, "table", "--color", "always").out
    for format in ("json", "ndjson", "csv", "tsv", "markdown"):
        assert "\x1b" not in run(*argv, format, "--color", "always").out
