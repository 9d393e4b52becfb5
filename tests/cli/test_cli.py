"""The installed command from outside: exit codes, both streams whole, options, hostile arguments, odd environment."""

from __future__ import annotations

import gc
import io
import json
import os
import pty
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tomllib
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from bilatcli import __version__
from bilatcli.cli import app, fast_args
from bilatcli.cli.main import run
from bilatcli.environment import Environment
from bilatcli.errors import UsageError
from bilatcli.query.request import Request
from bilatcli.views.catalog import CATALOGUE
from support import COMMAND, DATA, RELATIONS, ROOT, Result, Run

SMALL = str(DATA / "small.toml")

# A run ends with its process and leaves it to that to close the index; in this process Python says so, from 3.13 on.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed database:ResourceWarning")

FACT_KEYS = (
    "id relation topic headline text date until as_of event status superseded_by verification actors toward kind system"
    " stage quantity value_usd partners chain issue holder position favours against measure share note sources pack"
    " coverage"
)
NO_FACTS = FACT_KEYS.replace(" ", "\t") + "\n"
"""What a pipe gets of an answer without facts: the header alone."""

KOREA = """\
bilatcli: `korea` can mean North Korea (KP), South Korea (KR): say which
  bilatcli facts kp pakistan  North Korea (KP)
  bilatcli facts kr pakistan  South Korea (KR)
"""
CONGO = """\
bilatcli: `congo` can mean DR Congo (CD), Republic of the Congo (CG): say which
  bilatcli stances cd  DR Congo (CD)
  bilatcli stances cg  Republic of the Congo (CG)
"""
NARNIA = """\
bilatcli: no country is called `azrbjn`: did you mean Azerbaijan (AZ)?
  bilatcli facts az  Azerbaijan (AZ)
"""
JAPAN = """\
bilatcli: nothing recorded on France–Japan; there is an outline of France–Japan (fr-jp), Afghanistan–Pakistan (af-pk), \
Armenia–Azerbaijan (am-az), Armenia–India (am-in) and 19 more (`bilatcli list`)
  bilatcli summary fr-jp  an outline of France–Japan (fr-jp)
  bilatcli military af-pk  Afghanistan–Pakistan (af-pk)
  bilatcli military am-az  Armenia–Azerbaijan (am-az)
  bilatcli military am-in  Armenia–India (am-in)
"""
FIELDS = f"bilatcli: facts have no field `[x]`: there are {FACT_KEYS.replace(' ', ', ')}\n"

ERRORS = [
    # arguments, exit code, kind of error, standard error
    (["facts", "azrbjn"], 1, "no-such-country", NARNIA),
    (
        ["facts", "qqqqqq"],
        1,
        "no-such-country",
        "bilatcli: no country is called `qqqqqq`: give a country's name, code, capital or people\n",
    ),
    (["facts", "korea", "pakistan"], 1, "ambiguous", KOREA),
    (["stances", "Congo"], 1, "ambiguous", CONGO.replace("`congo`", "`Congo`")),
    (["military", "france", "japan"], 1, "nothing-recorded", JAPAN),
    (
        ["show", "az-pk/no-such-fact-at-all"],
        1,
        "no-such-record",
        "bilatcli: no fact or source has the id `az-pk/no-such-fact-at-all`: `bilatcli facts` lists the ids of facts\n",
    ),
    (
        ["summary"],
        2,
        "usage",
        "bilatcli: name a country or two, as in `bilatcli summary azerbaijan pakistan`\n",
    ),
    (
        ["show"],
        2,
        "usage",
        "bilatcli: name a fact or a source, as in `bilatcli show az-pk/recognition-1991`\n",
    ),
    (
        ["congo"],
        2,
        "usage",
        "bilatcli: there is no view `congo`: did you mean `bilatcli summary congo`?\n",
    ),
    (
        ["az", "pk"],
        2,
        "usage",
        "bilatcli: there is no view `az`: did you mean `bilatcli summary az pk`?\n",
    ),
    (
        ["facts", "az", "--bogus"],
        2,
        "usage",
        "bilatcli: no such option: --bogus: see `bilatcli facts --help`\n",
    ),
    (
        ["facts", "az", "--topic", "milit"],
        2,
        "usage",
        "bilatcli: --topic cannot be `milit`: did you mean `military`?\n",
    ),
    (
        ["facts", "az", "--format", "xml"],
        2,
        "usage",
        "bilatcli: --format cannot be `xml`: there are table, json, ndjson, csv, tsv, markdown\n",
    ),
    (
        ["facts", "az", "--color", "sometimes"],
        2,
        "usage",
        "bilatcli: --color cannot be `sometimes`: there are auto, always, never\n",
    ),
    (["facts", "az", "--fields", "id,[x]"], 2, "usage", FIELDS),
    (
        ["list", "--fields", "nam"],
        2,
        "usage",
        "bilatcli: relations have no field `nam`: did you mean `name`?\n",
    ),
    (
        ["facts", "az", "--fields", " , "],
        2,
        "usage",
        "bilatcli: --fields names nothing: give keys with commas between, such as `id,date,text`\n",
    ),
    (
        ["facts", "az", "pk", *map(str, range(63))],
        2,
        "usage",
        "bilatcli: 65 words are no question: give at most 64\n",
    ),
    (
        ["facts", *"france germany italy spain portugal poland chile fiji japan".split()],
        2,
        "usage",
        "bilatcli: 9 countries are too many: name at most 6\n",
    ),
]


def shortened(value: object) -> str:
    """A command line as the name of a test; what is no command line goes without one."""
    return " ".join(value)[:40] if isinstance(value, list) else ""


def schema(name: str) -> dict[str, Any]:
    """A published schema."""
    loaded: dict[str, Any] = json.loads((ROOT / "schema" / f"{name}.json").read_text("utf-8"))
    return loaded


def one_document(out: str, name: str) -> dict[str, Any]:
    """The one JSON document that standard output must be, of the schema it must have."""
    assert out.endswith("}\n")
    loaded: dict[str, Any] = json.loads(out)
    assert [error.message for error in Draft202012Validator(schema(name)).iter_errors(loaded)] == []
    return loaded


@pytest.fixture(scope="session")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose cache is kept from test to test, where compiling again would show nothing new."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module", autouse=True)
def tidied() -> Iterator[None]:
    """Leave no open index behind for the tests of other modules."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture
def small(run: Run, shared_home: Path) -> Run:
    """Run the command with the small pack laid over the bundled ones."""

    def call(*arguments: str, env: dict[str, str] | None = None) -> Result:
        return run(*arguments, "--data", SMALL, env={"HOME": str(shared_home), **(env or {})})

    return call


# --- answers and errors, both streams whole


def test_exact_pair(small: Run) -> None:
    """A pair named exactly is answered on standard output alone."""
    result = small("facts", "chile", "fiji", "--fields", "id,text,date,quantity,note")
    expected = (
        "id\ttext\tdate\tquantity\tnote\n"
        "cl-fj/canoes\tChile lent Fiji two test canoes.\t1900\t2\t\n"
    )  # fmt: skip
    assert (result.code, result.out, result.err) == (0, expected, "")


def test_exact_pair_json(small: Run) -> None:
    """The JSON of a pair named exactly is one document, a member a line, with nothing beside it."""
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


def test_fuzzy_words(run: Run) -> None:
    """A misspelt country is read as the likeliest one, and one line on standard error says so."""
    result = run("military", "azerbaijn", "pak", "jf-17", "--json")
    assert (result.code, result.err) == (0, "bilatcli: reading `azerbaijn` as Azerbaijan (AZ)\n")
    document = one_document(result.out, "military")
    read = [
        (match["input"], match["code"], match["match"]) for match in document["query"]["countries"]
    ]
    assert read == [("azerbaijn", "AZ", "fuzzy"), ("pak", "PK", "code")]
    assert document["query"]["filter"] == "jf-17"
    assert document["facts"]


@pytest.mark.parametrize(
    ("arguments", "code", "err"), [(a, c, e) for a, c, _, e in ERRORS], ids=shortened
)
def test_errors(run: Run, arguments: list[str], code: int, err: str) -> None:
    """An error is told on standard error alone, and standard output stays empty."""
    result = run(*arguments)
    assert (result.code, result.out, result.err) == (code, "", err)


@pytest.mark.parametrize(("arguments", "code", "kind", "err"), ERRORS, ids=shortened)
def test_errors_json(run: Run, arguments: list[str], code: int, kind: str, err: str) -> None:
    """Once JSON is asked for an error is one document, in the same words as on standard error."""
    result = run(*arguments, "--json")
    assert (result.code, result.err.replace(" --json`", "`")) == (code, err)
    error = one_document(result.out, "error")["error"]
    assert error["kind"] == kind
    assert f"bilatcli: {error['message']}" == result.err.splitlines()[0]
    assert [
        f"  {each['command']}  {each['name']} ({each['id']})" for each in error["candidates"]
    ] == err.splitlines()[1:]


def test_two_formats(run: Run) -> None:
    """--json with another format is bad usage, told as JSON."""
    result = run("facts", "az", "--json", "--format", "csv")
    err = "bilatcli: --json and --format csv ask for two formats: give one of them\n"
    assert (result.code, result.err) == (2, err)
    assert one_document(result.out, "error")["error"]["kind"] == "usage"


@pytest.mark.parametrize(
    "arguments",
    [
        ["facts", "az", "--json", "--topic"],
        ["--json", "facts"],
        ["--json"],
        ["list", "x", "--json"],
    ],
)
def test_bad_usage_json(run: Run, arguments: list[str]) -> None:
    """A command line that only Typer can turn down is turned down as JSON too, in one line."""
    result = run(*arguments)
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert one_document(result.out, "error")["error"]["kind"] == "usage"


@pytest.mark.parametrize(
    ("arguments", "err"),
    [
        (
            ["zzzz"],
            "bilatcli: no fact on Chile–Fiji has `zzzz`; 1 without that filter: leave words out\n",
        ),
        (
            ["--topic", "trade"],
            "bilatcli: no fact of topic trade on Chile–Fiji; `bilatcli list` shows what there is\n",
        ),
    ],
)
def test_filter_leaves_none(small: Run, arguments: list[str], err: str) -> None:
    """A filter that leaves nothing is an empty answer with exit code 1, and standard error says how to widen it."""
    result = small("facts", "chile", "fiji", *arguments)
    assert (result.code, result.out, result.err) == (1, NO_FACTS, err)
    as_json = small("facts", "chile", "fiji", *arguments, "--json")
    assert (as_json.code, as_json.err) == (1, err)
    assert one_document(as_json.out, "facts")["facts"] == []


@pytest.mark.parametrize(
    ("format", "out"),
    [
        ("table", ""),
        ("ndjson", ""),
        ("csv", "id,text\n"),
        ("tsv", "id\ttext\n"),
        ("markdown", "| Id | Statement |\n| --- | --- |\n"),
    ],
)
def test_empty_answer(small: Run, format: str, out: str) -> None:
    """An empty answer is a valid one in every format."""
    result = small("facts", "chile", "fiji", "zzzz", "--format", format, "--fields", "id,text")
    assert (result.code, result.out) == (1, out)


@pytest.mark.parametrize(
    "arguments",
    [
        ["facts", "korea", "pakistan"],
        ["facts", "pakistan", "and", "south", "congo", "jf-17"],
        ["military", "congo", "az", "--all", "--verified"],
        ["facts", "korea", "--topic", "trade"],
        ["stances", "korea", "o'brien", "{}"],
        ["summary", "azrbjn"],
        ["facts", "france", "japan"],
        ["show", "jf17-order"],
        ["cite", "korea"],
    ],
    ids=" ".join,
)
def test_suggested_commands(run: Run, arguments: list[str]) -> None:
    """Each command that an error suggests can be run, and is no error of usage."""
    error = one_document(run(*arguments, "--json").out, "error")["error"]
    assert error["candidates"]
    for candidate in error["candidates"]:
        program, *suggested = shlex.split(candidate["command"])
        result = run(*suggested, "--json")
        assert program == "bilatcli"
        assert result.code in (0, 1)
        assert json.loads(result.out).get("error", {}).get("kind") != "ambiguous"


def test_what_there_is_instead(small: Run, run: Run, shared_home: Path) -> None:
    """Where nothing is recorded, the command for what there is instead finds it, packs of one's own included."""
    error = one_document(small("facts", "france", "japan", "--json").out, "error")["error"]
    assert [candidate["id"] for candidate in error["candidates"]] == [
        "fr-jp",
        "af-pk",
        "am-az",
        "am-in",
    ]
    for candidate in error["candidates"]:
        found = run(*shlex.split(candidate["command"])[1:], env={"HOME": str(shared_home)})
        assert (found.code, found.err) == (0, "")


def test_no_outline_is_offered_where_there_is_none(run: Run) -> None:
    """Of two countries that the reference work does not both cover, only relations are offered instead."""
    error = one_document(run("facts", "antarctica", "aland islands", "--json").out, "error")[
        "error"
    ]
    assert [candidate["id"] for candidate in error["candidates"]] == ["af-pk", "am-az", "am-in"]


def test_pairs_without_relation(run: Run) -> None:
    """Of three countries, the pairs that nothing is recorded on are named beside the answer."""
    result = run("facts", "az", "fj", "pk", "--fields", "relation")
    assert (result.code, result.err) == (
        0,
        "bilatcli: nothing recorded on Azerbaijan–Fiji, Fiji–Pakistan\n",
    )
    assert set(result.out.splitlines()) == {"relation", "az-pk"}


# --- version, help, other ways in


def test_version(run: Run) -> None:
    """--version prints the name and version."""
    result = run("--version")
    assert (result.code, result.out, result.err) == (0, f"bilatcli {__version__}\n", "")


@pytest.mark.parametrize("view", CATALOGUE, ids=lambda view: view.name)
def test_help(run: Run, view: Any) -> None:
    """The help of a view tells what it answers and each of its options."""
    result = run(view.name, "--help", env={"COLUMNS": "200"})
    assert (result.code, result.err) == (0, "")
    assert view.help in result.out
    assert [option.flag for option in view.options if option.flag not in result.out] == []


def test_short_help(run: Run) -> None:
    """-h is --help."""
    assert run("list", "-h").out == run("list", "--help").out != ""


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"]])
def test_general_help(run: Run, arguments: list[str]) -> None:
    """Without a view, or with --help, every view is named."""
    result = run(*arguments, env={"COLUMNS": "200"})
    assert (result.code, result.err) == (0, "")
    assert [view.name for view in CATALOGUE if view.name not in result.out] == []


def test_module(run: Run, home: Path) -> None:
    """`python -m bilatcli` is the same program."""
    done = subprocess.run(
        [sys.executable, "-m", "bilatcli", "list", "--json"],
        env={"HOME": str(home), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    result = run("list", "--json")
    assert (done.returncode, done.stdout, done.stderr) == (result.code, result.out, result.err)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["facts", "az", "pk", "--json"], ["facts", "az", "pk", "--format", "json"]),
        (["facts", "az", "pk", "--json"], ["facts", "--format=json", "az", "pk"]),
        (["facts", "az", "pk", "--json"], ["facts", "--json", "--", "az", "pk"]),
        (["facts", "az", "pk"], ["facts", "az", "pk", "--format", "tsv"]),
        (
            ["facts", "az", "pk", "--topic=trade"],
            ["facts", "--topic", "trade", "--topic", "trade", "az", "pk"],
        ),
        (["facts", "az", "pk"], ["facts", "pk-az"]),
        (["show", "az-pk/recognition-1991", "--json"], ["az-pk/recognition-1991", "--json"]),
        (
            ["facts", "az", "pk", "--format", "table"],
            ["facts", "Baku–Islamabad", "--format", "table"],
        ),
        (["facts", "az", "pk"], ["facts", "Azerbaijan and Pakistan"]),
        (
            ["military", "az", "pk", "jf-17", "--format", "csv"],
            ["military", "jf-17", "PAK/AZE", "--format", "csv"],
        ),
    ],
    ids=" ".join,
)
def test_two_ways(run: Run, one: list[str], other: list[str]) -> None:
    """Two ways to one question give the same bytes."""
    first, second = run(*one), run(*other)
    assert first.out
    assert (first.code, first.out, first.err) == (second.code, second.out, second.err)


def test_joined_countries(run: Run) -> None:
    """However countries are joined, the document differs in nothing but the words of the query."""
    documents = [
        json.loads(run("facts", *words, "--json").out)
        for words in (["az", "pk"], ["az-pk"], ["Islamabad & Bak\u0131"])
    ]
    assert len({document.pop("query")["text"] for document in documents}) == 3
    assert documents[0] == documents[1] == documents[2]


def test_cached_index(run: Run) -> None:
    """A fresh index and a kept one give the same bytes."""
    fresh, kept = run("list", "--data", SMALL, "--json"), run("list", "--data", SMALL, "--json")
    assert "is-mn" in fresh.out
    assert (fresh.code, fresh.out, fresh.err) == (kept.code, kept.out, kept.err)


# --- the front door and the Typer app

COMMAND_LINES = [
    ["facts", "az", "pk"],
    ["facts"],
    ["facts", "az-pk", "--json"],
    ["facts", "--json", "az", "--all", "pk", "--verified"],
    ["facts", "az", "--topic", "trade", "--fields", "id, date"],
    ["facts", "az", "--topic=trade", "--fields=id,,date"],
    ["facts", "--data", "a.toml", "--data=b=c.toml", "az"],
    ["facts", "--data=", "az"],
    ["facts", "--format", "csv", "--format", "tsv", "az"],
    ["facts", "--json", "--json", "--format", "json"],
    ["facts", "--color", "never", ""],
    ["facts", "a b", "é", "\udcff", "\x1b"],
    ["military", "az", "pk", "jf-17"],
    ["show", "az-pk/recognition-1991", "--json"],
    ["cite", "az", "--all"],
    ["summary", "az", "--verified"],
    ["stances", "kashmir", "--format=table"],
    ["list"],
    ["list", "--json", "--fields", "id"],
]
TURNED_DOWN = [
    ["facts", "--topic", "x", "az"],
    ["facts", "--json", "--format", "csv"],
    ["facts", "--fields", ","],
    ["facts", "--color=", "az"],
]
LEFT_TO_TYPER = [
    [],
    ["--help"],
    ["facts", "--help"],
    ["facts", "-h"],
    ["schema", "facts"],
    ["list", "--all"],
    ["show", "--verified", "x"],
    ["military", "--topic", "trade"],
    ["facts", "--", "az"],
    ["facts", "--json=yes"],
    ["facts", "--topic"],
    ["facts", "--topic", "--json"],
    ["facts", "-j"],
    ["Facts", "az"],
]


def asked(request: Request | None) -> dict[str, object] | None:
    """Every attribute of a request."""
    return (
        None
        if request is None
        else {name: getattr(request, name, None) for name in Request.__slots__}
    )


def outcome(read: Callable[[Sequence[str]], Request | None], argv: Sequence[str]) -> object:
    """What a reader of command lines makes of one: the request's attributes, None, or the words of its error."""
    try:
        return asked(read(argv))
    except UsageError as error:
        return error.message


@pytest.mark.parametrize("argv", COMMAND_LINES, ids=repr)
def test_front_door_agrees(argv: list[str]) -> None:
    """The front door reads a plain command line as the Typer app does."""
    request = fast_args.parse_fast(argv)
    assert request is not None
    assert asked(request) == asked(app.read(argv))


@pytest.mark.parametrize("argv", TURNED_DOWN, ids=repr)
def test_front_door_turns_down(argv: list[str]) -> None:
    """What the front door turns down, the Typer app turns down in the same words."""
    assert isinstance(outcome(fast_args.parse_fast, argv), str)
    assert outcome(fast_args.parse_fast, argv) == outcome(app.read, argv)


@pytest.mark.parametrize("argv", LEFT_TO_TYPER, ids=repr)
def test_front_door_leaves(argv: list[str]) -> None:
    """Whatever is not surely plain, the front door leaves to the Typer app."""
    assert fast_args.parse_fast(argv) is None


OPTIONS = [
    "--json",
    "--all",
    "--verified",
    "--topic",
    "--topic=trade",
    "--fields",
    "--fields=id",
    "--format",
    "--color",
]
VALUES = [
    "trade",
    "json",
    "csv",
    "always",
    "id,text",
    "az",
    "pk",
    "jf-17",
    "a=b",
    "-",
    "--",
    "-x",
    "--x=1",
    "",
    " ",
    "é",
]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([view.name for view in CATALOGUE]),
    st.lists(st.sampled_from(OPTIONS + VALUES) | st.text(max_size=4), max_size=7),
)
def test_front_door_agrees_on_any(view: str, arguments: list[str]) -> None:
    """Any command line that the front door answers, the Typer app reads alike."""
    assume(not any(argument.startswith(("-h", "--help")) for argument in arguments))
    argv = [view, *arguments]
    read = outcome(fast_args.parse_fast, argv)
    assume(read is not None)
    assert read == outcome(app.read, argv)


# --- hostile arguments

HOSTILE = [
    "\x1b[31mred\x1b[0m",
    "\x1b]8;;https://evil.example\x07here",
    "\x9b31m",
    "\u202eevil\u2066",
    "line\nbreak\rtab\t",
    "\u2028\u0085\x7f",
    "\udcff\udc80",
    "\ud83d",
    "{} {0} {name} {{",
    "%s %(x)s",
    "'\"`$(x)\\",
    "[bold]x[/bold] [/x]",
    "",
    "   ",
    "\U000e0001\u200b\ufeff",
    "İßŉ",
    "冰岛",
    "آئس",
    "--\x1b[31m",
    "-\u202e",
    "--topic=\x1b",
    "--format=\n",
    "--color=\u202e",
    "--fields=\x1b,id",
    "--fields=\udcff",
]


def printed(argv: list[str], home: str) -> tuple[int, str, str]:
    """What a command line prints, asked in this process."""
    out, err = io.StringIO(), io.StringIO()
    code = run(argv, Environment(stdout=out, stderr=err, environ={"HOME": home}))
    return code, out.getvalue(), err.getvalue()


def is_safe(text: str) -> bool:
    """Whether a terminal shows a text and does nothing else."""
    return all(
        character.isprintable() or character in "\n\u00a0\u2007\u202f\u3000" for character in text
    )


# What cannot stand in an argument (NUL) is left out, and help, which Typer prints itself.
argument = st.text(
    st.characters(exclude_characters="\0", exclude_categories=()), max_size=8
).filter(lambda text: not text.startswith(("-h", "--help")))
hostile = st.lists(
    st.sampled_from(HOSTILE) | argument | st.sampled_from(["az", "pk", "kashmir", "jf-17"]),
    max_size=4,
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from([*(view.name for view in CATALOGUE), "schema"]) | st.sampled_from(HOSTILE),
    hostile,
)
def test_hostile_arguments_json(shared_home: Path, view: str, arguments: list[str]) -> None:
    """Whatever is typed, JSON is one valid document, and standard error is safe on a terminal."""
    code, out, err = printed([view, "--json", *arguments], str(shared_home))
    assert code in (0, 1, 2)
    assert json.loads(out)["schema"].startswith("bilatcli/")
    assert is_safe(err)
    out.encode()


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from([view.name for view in CATALOGUE]),
    st.sampled_from(["table", "tsv", "markdown", "ndjson"]),
    hostile,
)
def test_hostile_arguments_text(
    shared_home: Path, view: str, format: str, arguments: list[str]
) -> None:
    """Whatever is typed, nothing of it reaches the terminal as anything but text."""
    code, out, err = printed([view, "--format", format, *arguments], str(shared_home))
    assert code in (0, 1, 2)
    assert is_safe(err)
    assert is_safe(out.replace("\t", " "))


@pytest.mark.parametrize(
    "argument", [each for each in HOSTILE if not each.startswith("-")], ids=ascii
)
def test_hostile_title(shared_home: Path, argument: str) -> None:
    """The title of a table repeats the words asked for, spelt out where they are no plain text."""
    code, out, err = printed(
        ["stances", "az", "pk", f"kashmir{argument}", "--format", "table"], str(shared_home)
    )
    assert code in (0, 1)
    assert is_safe(out + err)


@pytest.mark.parametrize(
    "argument", [b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\x1b[31m", b"a\nb", b"{}"], ids=ascii
)
def test_raw_bytes(home: Path, argument: bytes) -> None:
    """Bytes that are no UTF-8 are as harmless in a real process as anything else."""
    done = subprocess.run(
        [os.fsencode(COMMAND), b"facts", argument, b"--json"],
        env={"HOME": str(home), "PYTHONUTF8": "1"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["kind"] == "no-such-country"
    assert done.stderr.startswith(b"bilatcli: no country is called `")
    assert is_safe(done.stderr.decode())


# --- options


def column(result: Result, key: str) -> list[str]:
    """The values of one column of a TSV answer."""
    header, *rows = (line.split("\t") for line in result.out.splitlines())
    return [row[header.index(key)] for row in rows]


def test_all(small: Run) -> None:
    """Superseded facts are shown with --all alone."""
    without, whole = (small("military", "is", "mn", *more) for more in ([], ["--all"]))
    assert column(without, "id") == ["is-mn/yak-1-delivery", "is-mn/exercise"]
    assert column(whole, "id") == [
        "is-mn/yak-1-talks",
        "is-mn/yak-1-order",
        "is-mn/yak-1-delivery",
        "is-mn/exercise",
    ]


def test_verified(small: Run) -> None:
    """--verified leaves only what is cited."""
    whole, verified = small("facts", "is", "mn"), small("facts", "is", "mn", "--verified")
    cited = [
        id
        for id, how in zip(column(whole, "id"), column(whole, "verification"), strict=True)
        if how == "cited"
    ]
    assert 0 < len(cited) < len(column(whole, "id"))
    assert column(verified, "id") == cited


def test_topic(small: Run) -> None:
    """--topic leaves only the facts of that topic."""
    whole, topic = small("facts", "is", "mn"), small("facts", "is", "mn", "--topic", "stance")
    stances = [
        id
        for id, of in zip(column(whole, "id"), column(whole, "topic"), strict=True)
        if of == "stance"
    ]
    assert len(stances) == 3
    assert column(topic, "id") == stances


@pytest.mark.parametrize("format", ["json", "ndjson", "tsv", "csv", "markdown", "table"])
def test_fields(small: Run, format: str) -> None:
    """--fields keeps the keys asked for, in the order asked for, in every format."""
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


OTHERS = {
    relation["id"]
    for pack in ("south-asia", "south-caucasus")
    for relation in tomllib.loads(RELATIONS.with_name(f"{pack}.toml").read_text("utf-8"))[
        "relation"
    ]
}
"""The curated relations that come with the tool beside Azerbaijan–Pakistan."""


def ids(result: Result) -> list[str]:
    """The ids of the curated relations of a list, without those of the bundled packs but the first."""
    assert result.code == 0, result.err
    listed = zip(column(result, "id"), column(result, "coverage"), strict=True)
    return [id for id, coverage in listed if coverage == "curated" and id not in OTHERS]


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


def own_pack(folder: Path, name: str, one: str, other: str) -> Path:
    """Write a pack with one relation and no fact."""
    folder.mkdir(exist_ok=True, parents=True)
    file = folder / f"{name}.toml"
    countries = json.dumps([one, other])
    file.write_text(
        OWN.format(name=name, id=f"{one}-{other}".lower(), countries=countries), encoding="utf-8"
    )
    return file


def test_data(run: Run, tmp_path: Path, home: Path) -> None:
    """Packs come from --data (files and folders, repeated), BILATCLI_DATA and the user data folder, all together."""
    file = own_pack(tmp_path / "one", "one", "BR", "TO")
    folder = own_pack(tmp_path / "many", "two", "BR", "WS").parent
    own_pack(folder, "three", "BR", "PG")
    (folder / "notes.txt").write_text("no pack", encoding="utf-8")
    variable = [
        str(own_pack(tmp_path / "variable", name, "BR", code))
        for name, code in (("a", "NR"), ("b", "TV"))
    ]
    own_pack(home / ".local" / "share" / "bilatcli", "user", "BR", "KI")
    assert ids(run("list")) == ["az-pk", "br-ki"]
    assert ids(run("list", "--data", str(file))) == ["az-pk", "br-ki", "br-to"]
    assert ids(run("list", "--data", str(folder))) == ["az-pk", "br-ki", "br-pg", "br-ws"]
    assert ids(run("list", "--data", str(folder), f"--data={file}")) == [
        "az-pk",
        "br-ki",
        "br-pg",
        "br-to",
        "br-ws",
    ]
    env = {"BILATCLI_DATA": os.pathsep.join(variable)}
    assert ids(run("list", env=env)) == ["az-pk", "br-ki", "br-nr", "br-tv"]
    assert ids(run("list", "--data", str(file), env=env)) == [
        "az-pk",
        "br-ki",
        "br-nr",
        "br-to",
        "br-tv",
    ]


def test_data_joins_a_relation(run: Run, tmp_path: Path) -> None:
    """Facts of one's own join the bundled relation, each marked with its pack."""
    file = own_pack(tmp_path, "mine", "AZ", "PK")
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


BAD = """\
[pack]
name = "bad"
title = "A pack with three mistakes"
licence = "CC0-1.0"
updated = 2026-11-23
{brace} = 1

[[relation]]
id = "fj-cl"
countries = ["CL", "FJ"]
established = "1990-13-01"
"""
PROBLEMS = [
    (6, 1, "unknown key `brace`", "remove it; known keys are name, title, licence, updated, coverage"),
    (9, 6, "`fj-cl` is not the id of this pair", "write `cl-fj`"),
    (
        11,
        15,
        "`established`: `1990-13-01` is not an EDTF date",
        "write YYYY, YYYY-MM or YYYY-MM-DD, followed by `?` or `~` if it is uncertain",
    ),
]


def test_bad_pack(run: Run, tmp_path: Path) -> None:
    """A bad pack is bad data: every problem is listed with its place, in words and in JSON."""
    file = tmp_path / "bad.toml"
    file.write_text(BAD.replace("{brace}", "brace"), encoding="utf-8")
    told = "".join(
        f"{file}:{line}:{place}: {what}: {remedy}\n" for line, place, what, remedy in PROBLEMS
    )
    err = f"{told}bilatcli: 3 problems in the packs\n"
    result = run("list", "--data", str(file))
    assert (result.code, result.out, result.err) == (2, "", err)
    as_json = run("list", "--json", "--data", str(file))
    assert (as_json.code, as_json.err) == (2, err)
    error = one_document(as_json.out, "error")["error"]
    assert (error["kind"], error["message"]) == ("pack", "3 problems in the packs")
    assert [tuple(each.values()) for each in error["problems"]] == [
        (str(file), *problem) for problem in PROBLEMS
    ]


def test_missing_pack(run: Run, tmp_path: Path) -> None:
    """A pack that is not there is told by its path."""
    result = run("list", "--data", str(tmp_path / "none.toml"))
    err = (
        f"{tmp_path}/none.toml: cannot read the file (no such file or directory): check the path\n"
        "bilatcli: 1 problem in the packs\n"
    )
    assert (result.code, result.out, result.err) == (2, "", err)


def test_pack_named_in_bytes(shared_home: Path, tmp_path: Path) -> None:
    """A pack whose file name is no UTF-8 is read like any other."""
    name = os.fsencode(tmp_path) + b"/\xff.toml"
    shutil.copy(os.fsencode(SMALL), name)
    done = subprocess.run(
        [os.fsencode(COMMAND), b"list", b"--data", name],
        env={"HOME": str(shared_home), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert ids(Result(0, done.stdout, "")) == ["az-pk", "cl-fj", "is-mn"]


# --- terminals and pipes


def on_terminal(arguments: list[str], home: Path, **env: str) -> str:
    """What the command writes on a terminal of 80 columns."""
    ours, theirs = pty.openpty()
    variables = {"HOME": str(home), "PYTHONUTF8": "1", "TERM": "xterm", "COLUMNS": "80", **env}
    process = subprocess.Popen(
        [str(COMMAND), *arguments], env=variables, stdout=theirs, stderr=subprocess.PIPE
    )
    os.close(theirs)
    read = []
    try:
        while chunk := os.read(ours, 65536):
            read.append(chunk)
    except OSError:
        pass  # how a terminal says on Linux that nobody writes to it any more
    finally:
        os.close(ours)
    _, err = process.communicate()
    assert (process.returncode, err) == (0, b"")
    return unnumbered(b"".join(read).decode().replace("\r\n", "\n"))


def unnumbered(text: str) -> str:
    """A text without the numbers that Rich draws by lot for its hyperlinks."""
    return re.sub("\x1b]8;id=[0-9]+;", "\x1b]8;;", text)


def test_terminal(home: Path, run: Run) -> None:
    """On a terminal the answer is a table in colour; NO_COLOR, TERM=dumb and --color never take the colour out."""
    arguments = ["facts", "az", "pk", "--topic", "history"]
    table = run(*arguments, "--format", "table", env={"COLUMNS": "80"}).out
    assert "\x1b" not in table
    coloured = on_terminal(arguments, home)
    assert "\x1b[1m" in coloured
    assert on_terminal([*arguments, "--color", "never"], home) == table
    assert on_terminal(arguments, home, NO_COLOR="1") == table
    assert on_terminal(arguments, home, TERM="dumb") == table
    assert on_terminal([*arguments, "--color", "always"], home, NO_COLOR="1") == coloured
    assert on_terminal(arguments, home, NO_COLOR="") == coloured
    assert on_terminal([*arguments, "--json"], home) == run(*arguments, "--json").out


def test_colour_in_a_pipe(run: Run) -> None:
    """In a pipe a table has colour only where it is asked for, and no other format ever has."""
    arguments = ["facts", "az", "pk", "--topic", "history", "--format"]
    assert (
        "\x1b"
        not in run(
            *arguments, "table", env={"TERM": "xterm", "FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"}
        ).out
    )
    assert "\x1b" not in run(*arguments, "table", "--color", "auto").out
    assert "\x1b[" in run(*arguments, "table", "--color", "always").out
    for format in ("json", "ndjson", "csv", "tsv", "markdown"):
        assert "\x1b" not in run(*arguments, format, "--color", "always").out


def test_columns(run: Run) -> None:
    """A table is as wide as COLUMNS says, and 100 columns where it says nothing of use."""
    arguments = ["facts", "az", "pk", "--topic", "history", "--format", "table"]
    rule = {
        columns: run(*arguments, env={"COLUMNS": columns}).out.splitlines()[3]
        for columns in ("70", "100", "130")
    }
    assert {columns: len(line) for columns, line in rule.items()} == {
        "70": 70,
        "100": 100,
        "130": 130,
    }
    for columns in ("", "0", "wide", "-5", "²", "1e3"):
        assert run(*arguments, env={"COLUMNS": columns}).out == run(*arguments).out
    assert run(*arguments).out.splitlines()[3] == rule["100"]


@pytest.mark.parametrize("format", ["json", "tsv", "table"])
def test_closed_pipe(home: Path, format: str) -> None:
    """`| head -1` gets its line, and nobody complains."""
    script = f"{shlex.quote(str(COMMAND))} facts az pk --all --format {format} | head -1"
    env = {"HOME": str(home), "PATH": os.environ["PATH"], "PYTHONUTF8": "1"}
    done = subprocess.run(
        ["sh", "-c", script], env=env, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device that Linux has")
@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["facts", "az", "pk", "--json"],
        ["--version"],
        ["schema"],
        ["facts", "korea", "--json"],
        ["--help"],
    ],
)
def test_full_disk(home: Path, arguments: list[str]) -> None:
    """Where standard output cannot be written, one line says so, and the exit code is 2."""
    env = {"HOME": str(home), "PYTHONUTF8": "1"}
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [str(COMMAND), *arguments],
            env=env,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    err = "bilatcli: standard output cannot be written (no space left on device)\n"
    assert (done.returncode, done.stderr) == (2, err)


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
@pytest.mark.parametrize("question", ["list", "facts korea --json", "facts --bogus"])
def test_closed_streams(home: Path, closed: str, question: str) -> None:
    """A stream that is closed from the start is no reason for a traceback."""
    script = f"{shlex.quote(str(COMMAND))} {question} {closed}"
    done = subprocess.run(
        ["sh", "-c", script],
        env={"HOME": str(home), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 1, 2)
    if question == "facts --bogus":
        assert done.returncode == 2


def test_json_in_ascii(home: Path) -> None:
    """JSON stays valid, and says the same, on a stream that cannot carry all of Unicode."""
    env = {"HOME": str(home), "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [str(COMMAND), "facts", "az", "pk", "--json"],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["relation"]["name"] == "Azerbaijan–Pakistan"


def test_interrupted(home: Path, tmp_path: Path) -> None:
    """Ctrl-C ends a run at once, with exit code 130 and without a word."""
    pipe = tmp_path / "slow.toml"
    os.mkfifo(pipe)
    process = subprocess.Popen(
        [str(COMMAND), "list", "--data", str(pipe)],
        env={"HOME": str(home), "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    # Opening succeeds once the command waits for the pack at the other end.
    with pipe.open("w"):
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (130, "", "")
