"""The command from outside: answers, errors, exit codes, and both streams whole."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bilatcli import __version__
from support import DATA, ROOT, Result, Run, read_column

SMALL = str(DATA / "small.toml")

ERRORS = [
    # arguments, exit code, kind of error, a part of the message
    (["facts", "azrbjn"], 1, "no-such-country", "no country is called `azrbjn`; did you mean "),
    (["facts", "qqqqqq"], 1, "no-such-country", "no country is called `qqqqqq`; give a name"),
    (["facts", "korea", "pakistan"], 1, "ambiguous", "`korea` could mean North Korea (KP) or "),
    (["military", "france", "japan"], 1, "nothing-recorded", "no facts on France–Japan"),
    (
        ["show", "az-pk/no-such"],
        1,
        "no-such-record",
        "no fact or source has the id `az-pk/no-such`",
    ),
    (["summary"], 2, "usage", "`bilatcli summary azerbaijan pakistan`"),
    (["militray", "az"], 2, "usage", "unknown command `militray`"),
    (["facts", "congo"], 1, "ambiguous", "`congo` could mean DR Congo (CD) or "),
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
"subjects":[],"filter":null,"unused":[],"dropped":[],"missing":[],"topic":null,"all":false,\
"verified":false,"as_of":null,"since":null,"until":null,"verification":null,"status":null,\
"from":null,"to":null,"mentions":null},
"relation":{"id":"cl-fj","name":"Chile–Fiji",\
"countries":[{"code":"CL","name":"Chile"},{"code":"FJ","name":"Fiji"}],\
"established":null,"status":null,"overview":null,"established_sources":[],"status_sources":[],"sources":[]},
"facts":[
{"id":"cl-fj/canoes"}
],
"sources":[
{"id":"gazette-1","type":"article-newspaper","title":"Iceland and Mongolia sign a test",\
"author":[{"family":"Jónsdóttir","given":"Anna"},{"literal":"An Institute"}],\
"container-title":"The Test Gazette","issued":{"date-parts":[[2001,2,3]]},\
"accessed":{"date-parts":[[2026,11,23]]},\
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


def _label(candidate: dict[str, str]) -> str:
    """Return the name of a candidate, and its id if that is another."""
    name, id = candidate["name"], candidate["id"]
    return name if name == id else f"{name} ({id})"


@pytest.mark.parametrize(("argv", "code", "kind", "message"), ERRORS, ids=str)
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
        *(f"  {c['command']}  {_label(c)}" for c in error["candidates"]),
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


# --- other ways in


def test_pair_without_facts(run: Run) -> None:
    """Of several pairs, those without facts are named in a note."""
    result = run("facts", "az", "fj", "pk", "--fields", "relation")
    assert result.code == 0
    assert "Azerbaijan–Fiji" in result.err
    assert "Fiji–Pakistan" in result.err
    assert set(result.out.splitlines()) == {"relation", "az-pk"}


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


def test_all(small: Run) -> None:
    """`--all` adds superseded facts."""
    without, whole = (small("military", "is", "mn", *more) for more in ([], ["--all"]))
    assert read_column(without, "id") == ["is-mn/yak-1-delivery", "is-mn/exercise"]
    assert read_column(whole, "id") == [
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
    rows = zip(read_column(whole, "id"), read_column(whole, key), strict=True)
    expected = [id for id, found in rows if found == value]
    assert 0 < len(expected) < len(read_column(whole, "id"))
    assert read_column(selected, "id") == expected


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


# --- tables


def test_width_of_a_table(run: Run) -> None:
    """A table is as wide as COLUMNS says, and 100 columns if that is not a number."""
    argv = ["facts", "az", "pk", "--topic", "history", "--format", "table"]
    lines = {
        columns: run(*argv, env={"COLUMNS": columns}).out.splitlines()
        for columns in ("70", "100", "130")
    }
    widths = {columns: max(map(len, found)) for columns, found in lines.items()}
    assert all(int(columns) - 12 < widths[columns] <= int(columns) for columns in lines), widths
    for columns in ("", "0", "wide", "-5", "²", "1e3"):
        assert run(*argv, env={"COLUMNS": columns}).out == run(*argv).out
    assert run(*argv).out.splitlines() == lines["100"]


def test_colour_in_a_pipe(run: Run) -> None:
    """In a pipe only a table has colour, and only with `--color always`."""
    argv = ["facts", "az", "pk", "--topic", "history", "--format"]
    forced = {"TERM": "xterm", "FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"}
    assert "\x1b" not in run(*argv, "table", env=forced).out
    assert "\x1b" not in run(*argv, "table", "--color", "auto").out
    assert "\x1b[" in run(*argv, "table", "--color", "always").out
    for format in ("json", "ndjson", "csv", "tsv", "markdown"):
        assert "\x1b" not in run(*argv, format, "--color", "always").out
