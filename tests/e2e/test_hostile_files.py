"""Hostile files: packs made to overwhelm, an index from elsewhere, links in its place; and no network, ever."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilatcli.citations.bibtex_reader import parse_bibtex
from bilatcli.citations.csl import parse_csl_json
from bilatcli.citations.reader import draft_source
from bilatcli.citations.ris import parse_ris
from bilatcli.cli.commands import COMMANDS
from bilatcli.environment import MAX_LINE_LENGTH
from bilatcli.errors import PackError
from bilatcli.packs import integrity, loader, text_file
from bilatcli.packs.models import Source
from bilatcli.views.catalog import VIEWS
from support import COMMAND, ROOT, Result, Run

HEAD = '[pack]\nname = "x"\ntitle = "X"\nlicence = "CC0-1.0"\nupdated = 2026-11-23\n'
SOURCE = '[[source]]\nid = "s"\ntype = "book"\ntitle = "T"\nreliability = "weak"\n'
MILLION = 1_000_000
LONGEST_TIME = 120
"""Seconds that any of these may take, on a machine that has other things to do."""
MOST_MEMORY = 2_500 << 20
"""Bytes of address space that any of these may take."""

OVERWHELMING: dict[str, tuple[Callable[[], str], str]] = {
    "arrays in arrays": (
        lambda: HEAD + "a = " + "[" * (MILLION - 10),
        ":6:37: error BL001: this TOML cannot be read",
    ),
    "closed arrays": (
        lambda: HEAD + "a = " + "[" * 10**5 + "]" * 10**5,
        ":6:34: error BL001: this TOML cannot be read",
    ),
    "tables in tables": (
        lambda: HEAD + "a = " + "{a = " * 10**5,
        r":\d+:\d+: error BL001: this TOML cannot be read",
    ),
    "dotted keys": (
        lambda: HEAD + ".".join("a" * 10**5) + " = 1",
        ":6:1: error BL001: this may be a key of 100,000 parts",
    ),
    "dotted headers": (
        lambda: HEAD + "[" + ".".join("a" * 10**5) + "]",
        ":6:1: error BL001: this may be a key of 100,000 parts",
    ),
    "a table of many keys": (
        lambda: HEAD + "[x]\n" + "".join(f"k{i} = 1\n" for i in range(MILLION - 10)),
        ":6:1: error BL001: unknown key `x`",
    ),
    "many tables": (
        lambda: HEAD + "".join(f"[t{i}]\n" for i in range(300_000)),
        ": error BL001: the file has more than 10,000 problems",
    ),
    "many records": (
        lambda: HEAD + "[[source]]\n" * 300_000,
        ": error BL001: the file has more than 10,000 problems",
    ),
    "many values": (
        lambda: HEAD + "a = [" + "1," * 3 * MILLION + "]",
        ":6:1999991: error BL001: the file has more than 1,000,000 values",
    ),
    "too many keys": (
        lambda: "".join(f"k{i} = 1\n" for i in range(MILLION + 1)),
        ":1000001:10: error BL001: the file has more than 1,000,000 values",
    ),
    "too large": (
        lambda: HEAD + "#" * text_file.MAX_BYTES,
        r":6:67108794: error BL001: the file is larger than 64 MiB",
    ),
    "headers of many parts": (
        lambda: HEAD + "".join(f"[k.b{i}{'.a' * 990}]\n" for i in range(95)),
        ":6:1: error BL001: unknown key `k`",
    ),
    "keys of many parts": (
        lambda: HEAD + "".join(f"k{i}{'.a' * 990} = 1\n" for i in range(900)),
        ":6:1: error BL001: this may be a key of 991 parts",
    ),
    "keys of some parts": (
        lambda: "".join(f"k{i}{'.a' * 9} = 1\n" for i in range(99_000)) + HEAD,
        ": error BL001: the file has more than 10,000 problems",
    ),
    "a long text": (
        lambda: HEAD + f'z = "{"a" * 10 * MILLION}"',
        ":6:1: error BL001: unknown key `z`",
    ),
    "a long key": (
        lambda: HEAD + "a" * 10 * MILLION + " = 1",
        ":6:1: error BL001: unknown key `aaa",
    ),
    "a long address": (
        lambda: HEAD + SOURCE + f'url = "ftp://{"a" * 10 * MILLION}"',
        ":11:7: error BL001: `url`: `ftp://aaa",
    ),
    "a long number": (
        lambda: HEAD + "z = " + "9" * MILLION,
        ":6:5: error BL001: this TOML cannot be read",
    ),
    "a text without end": (
        lambda: HEAD + 'a = """' + "x\n" * MILLION,
        ":1000006:1: error BL001: a text is not closed",
    ),
    "many comments": (
        lambda: HEAD + "a = [\n" + "#\n" * MILLION,
        ":1000007:1: error BL001: this is not valid TOML",
    ),
}
"""Packs made to overwhelm, with the beginning of what is said of each behind its name."""


def bounded(*arguments: str, home: Path, stdin: str = "", memory: int = MOST_MEMORY) -> Result:
    """Run the installed command within the bounds of time and memory."""

    def bind() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

    done = subprocess.run(
        [str(COMMAND), *arguments],
        env={"HOME": str(home), "PYTHONUTF8": "1"},
        input=stdin,
        capture_output=True,
        text=True,
        timeout=LONGEST_TIME,
        preexec_fn=bind,
        check=False,
    )
    return Result(done.returncode, done.stdout, done.stderr)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded as Linux has it")
@pytest.mark.parametrize("name", OVERWHELMING)
def test_overwhelming_packs(home: Path, tmp_path: Path, name: str) -> None:
    """A pack made to overwhelm is one placed error of a line, in bounded time and memory."""
    make, said = OVERWHELMING[name]
    pack = tmp_path / "pack.toml"
    pack.write_text(make(), encoding="utf-8")
    result = bounded("check", str(pack), home=home)
    assert result.code in (1, 2)
    assert re.match(re.escape(str(pack)) + said, result.out)
    assert (result.out.count("\n"), len(result.out) < 5_000) == (1, True)
    assert result.err == "bilatcli: 1 error in 1 pack\n"


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        (HEAD + SOURCE + "issued = 2001", ":11:10: `issued` must be text, not a whole number"),
        (HEAD + SOURCE + "authors = nan", ":11:11: `authors` must be a list, not a number"),
        (HEAD + SOURCE + "title = inf", ":11:12: this key is already set"),
        (
            HEAD.replace("2026-11-23", "2026-02-30"),
            ":5:11: this is not a real date",
        ),
        (
            HEAD.replace("2026-11-23", "0000-01-01"),
            ":5:11: this is not a real date",
        ),
        (HEAD.replace("2026-11-23", "10000-01-01"), ":5:16: this is not valid TOML"),
        (HEAD + 'title = "again"', ":6:16: this key is already set"),
        (HEAD + "[pack]", ":6:6: this is not valid TOML (cannot declare"),
        (HEAD + 'a = "\0"', ":6:6: this is not valid TOML (illegal character"),
        (HEAD + "\ufeff", ":6:1: this is not valid TOML (invalid statement)"),
        (HEAD.replace('"X"', '"\\ud800"'), ":3:"),
    ],
)
def test_values_that_cannot_be(tmp_path: Path, toml: str, told: str) -> None:
    """A number, date, key or character that cannot be is an error with line and column."""
    pack = tmp_path / "pack.toml"
    pack.write_text(toml, encoding="utf-8")
    with pytest.raises(PackError) as caught:
        loader.load_pack(pack)
    assert caught.value.lines()[0].startswith(f"{pack}{told}")


@pytest.mark.parametrize("byte", [0x80, 0xBF, 0xC0, 0xC3, 0xE2, 0xED, 0xF0, 0xF5, 0xFE, 0xFF])
def test_bytes_that_are_no_text(tmp_path: Path, byte: int) -> None:
    """A file that is not UTF-8 is told with the place of the first byte that is none; a byte order mark is none."""
    pack = tmp_path / "pack.toml"
    pack.write_bytes(
        b"\xef\xbb\xbf" + HEAD.encode() + "# \u00fc ".encode() + bytes([byte]) + b" \x28"
    )
    with pytest.raises(PackError) as caught:
        loader.load_pack(pack)
    assert caught.value.lines()[0] == f"{pack}:6:5: this is not UTF-8: save the file as UTF-8"


@pytest.mark.parametrize("is_one", [True, False])
def test_circles_are_found_at_once(*, is_one: bool) -> None:
    """A hundred thousand facts that supersede each other are found in a circle, or in many, within seconds."""
    count = 100_000
    after = [(i + 1) % count if is_one else i ^ 1 for i in range(count)]
    facts = [{"id": f"f{i}", "superseded_by": f"f{next}"} for i, next in enumerate(after)]
    start = time.monotonic()
    found = list(integrity.find_problems({"relation": [{"id": "is-mn", "fact": facts}]}))
    assert time.monotonic() - start < LONGEST_TIME
    assert len(found) == (1 if is_one else count // 2)
    assert all(len(problem.what) < 500 for problem in found)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded as Linux has it")
def test_long_lines_of_a_batch(home: Path) -> None:
    """A line of megabytes in a batch is answered by an error of no great length, and the next line as ever."""
    lines = [
        "facts " + "a" * 10**7,
        "facts " + "a " * 10**6,
        "x" * 10**7,
        '{"view":' * 10**6,
        "facts az pk",
    ]
    result = bounded("batch", home=home, stdin="\n".join(lines))
    assert result.code == 0, result.err[-500:]
    *errors, answer = result.out.splitlines()
    assert len(errors) == len(lines) - 1
    assert all(
        line.startswith('{"schema":"bilatcli/error@1"') and len(line) < 10_000 for line in errors
    )
    assert answer.startswith('{"schema":"bilatcli/facts@1"')


def _doubling() -> str:
    """Forty abbreviations, each of which stands for the one before it twice."""
    doubled = "".join(f"@string{{a{i + 1} = a{i} # a{i}}}\n" for i in range(40))
    return f"@string{{a0 = {{xxxxxxxxxx}}}}\n{doubled}@book{{b, title = a40}}"


BOUNDLESS: dict[str, tuple[Callable[[], str], str]] = {
    "refs.bib": (
        _doubling,
        ": this is no bibtex (its @string abbreviations stand for more than 10,000,000 characters)",
    ),
    "braces.bib": (
        lambda: "@book{b, title = {" + "{" * MILLION,
        ":1:1: this is no bibtex (too many nested braces)",
    ),
    "arrays.json": (lambda: "[" * MILLION, ": this is no csl-json (nested too deep)"),
    "numbers.json": (lambda: '[{"id": ' + "9" * MILLION + "}]", ": this is no csl-json ("),
    "long.ris": (
        lambda: "TY  - JOUR\nTI  - " + "a" * MAX_LINE_LENGTH,
        "bilatcli: a line has more than 64,000,000 characters",
    ),
    "large.ris": (
        lambda: "TY  - JOUR\n" + ("N1  - " + "a" * MILLION + "\n") * 64,
        ":65:1: this has more than 64,000,000 characters: split it into several files",
    ),
    "many.ris": (
        lambda: "TY  - JOUR\n" * MILLION,
        ":2:1: this is no ris (the reference of line 1 does not end with",
    ),
}
"""References made to overwhelm, by the name of their file, with the beginning of what is said of each behind it."""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded as Linux has it")
@pytest.mark.parametrize("name", BOUNDLESS)
@pytest.mark.parametrize("is_piped", [False, True])
def test_overwhelming_references(home: Path, tmp_path: Path, name: str, *, is_piped: bool) -> None:
    """References made to overwhelm are one error of a line, from a file and from a pipe; the pack stays as it was."""
    make, said = BOUNDLESS[name]
    pack, given_file = tmp_path / "pack.toml", tmp_path / name
    pack.write_text(HEAD, encoding="utf-8")
    text = make()
    given_file.write_text(text, encoding="utf-8")
    kind = {"bib": "bibtex", "ris": "ris", "json": "csl-json"}[name.partition(".")[2]]
    given, name = ("-", "-") if is_piped else (str(given_file), str(given_file))
    asked = ("import", given, str(pack), "--format", kind, "--reliability", "weak")
    result = bounded(*asked, home=home, stdin=text if is_piped else "")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(said if said.startswith("bilatcli") else name + said)
    assert len(result.err) < 1_000
    assert pack.read_text("utf-8") == HEAD


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded as Linux has it")
@pytest.mark.parametrize("command", ["resolve -", "cite -", "mcp"])
def test_line_without_end(home: Path, command: str) -> None:
    """A line that never ends is an error before it fills the memory."""
    result = bounded(*command.split(), home=home, stdin="a" * (MAX_LINE_LENGTH + 1))
    message = "bilatcli: a line has more than 64,000,000 characters; split it into several lines\n"
    assert (result.code, result.out, result.err) == (2, "", message)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded as Linux has it")
def test_line_without_end_in_a_batch(home: Path) -> None:
    """A line that never ends does not end a batch."""
    result = bounded("batch", home=home, stdin="a" * (MAX_LINE_LENGTH + 1) + "\nresolve az\n")
    assert (result.code, result.err) == (0, "")
    error, answer = map(json.loads, result.out.splitlines())
    assert "more than 64,000,000 characters" in error["error"]["message"]
    assert answer["names"][0]["code"] == "AZ"


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded as Linux has it")
def test_memory_that_is_used_up(home: Path, tmp_path: Path) -> None:
    """Where memory is short, one line says so, and JSON is a document all the same."""
    pack = tmp_path / "pack.toml"
    pack.write_text(HEAD + f'z = "{"a" * 60 * MILLION}"', encoding="utf-8")
    for format, out in (("tsv", ""), ("json", '{"schema":"bilatcli/error@1"')):
        result = bounded(
            "facts", "az", "--data", str(pack), "--format", format, home=home, memory=150 << 20
        )
        assert (result.code, result.out[:28]) == (2, out)
        assert (
            result.err
            == "bilatcli: memory is used up: ask for less at a time, or split what is read\n"
        )


OF_BIBTEX = (
    *'{}"=,#$%\\\0é\n',
    *(
        "@book{",
        "@string{a = ",
        "@comment",
        "@preamble{",
        "key",
        "a",
        " and ",
        " von ",
        "title = {",
        "author = {",
        "year = ",
    ),
    *(
        "date = {",
        "url = {",
        "month = ",
        "jan",
        "\\url{",
        "%20",
        "9" * 40,
        "https://a.b",
        "note={archived ",
        "2020-01/",
        "..",
    ),
)
OF_RIS = (
    *(
        "TY  - JOUR\n",
        "ER  - \n",
        "TI  - ",
        "AU  - ",
        "PY  - ",
        "DA  - ",
        "UR  - ",
        "KW  - ",
        "N1  - ",
        "AV  - ",
        "ZZ  - ",
    ),
    *("ty  - ", "M3  - ", "2020/1/", "https://a.b", "a\n", "\n", "\r", "\f", "\u2028", "/", ", "),
)
FIELDS = "id type title author issued accessed URL DOI note keyword custom publisher container-title language editor".split()
INNER = "date-parts raw literal circa family given suffix reliability archived".split()
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["2020", "weak"])
)
VALUES = st.recursive(
    LEAVES,
    lambda each: (
        st.lists(each, max_size=3) | st.dictionaries(st.sampled_from(INNER), each, max_size=3)
    ),
    max_leaves=6,
)
REFERENCES: dict[Callable[[str], list[dict[str, Any]]], st.SearchStrategy[str]] = {
    parse_bibtex: st.lists(st.sampled_from(OF_BIBTEX), max_size=40).map(
        lambda parts: "@book{k, title={x}, " + "".join(parts)
    ),
    parse_ris: st.lists(st.sampled_from(OF_RIS), max_size=40).map(
        lambda parts: "TY  - JOUR\n" + "".join(parts)
    ),
    parse_csl_json: st.lists(
        st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=8), max_size=3
    ).map(json.dumps),
}


@pytest.mark.parametrize("read", REFERENCES)
@settings(max_examples=500, deadline=None)
@given(data=st.data())
def test_any_references(read: Callable[[str], list[dict[str, Any]]], data: st.DataObject) -> None:
    """Whatever a file of references has, it is read, or refused as no references."""
    try:
        items = read(data.draw(REFERENCES[read]))
    except ValueError:
        return
    for item in items:
        told = draft_source(item)
        assert set(told.values) <= set(Source.model_fields)


FOUND = sorted((ROOT / "tests" / "data" / "found").glob("*"))


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_the_fuzzer_found(path: Path) -> None:
    """What `make fuzz` once brought the loader down with is a problem of the pack, each told with what to do."""
    with pytest.raises(PackError) as caught:
        loader.load_pack(path)
    assert all(problem.what and problem.remedy for problem in caught.value.problems)


# --- options


@pytest.mark.parametrize("view", sorted(VIEWS))
def test_fields_are_of_a_list(run: Run, view: str) -> None:
    """A field or topic that is on no list is refused before anything is asked."""
    for option in ("--fields", "--topic"):
        result = run(view, "az", "pk", option, "text FROM fact; DROP TABLE fact; --", "--json")
        assert result.code in (1, 2)
        assert result.out.startswith('{"schema":"bilatcli/error@1"')


# --- no network

WATCHER = """
import os, sys

def watch(event, arguments):
    if event == "socket.__new__" and arguments[1] == 1:  # a pair of ends within the process, as asyncio has
        return
    if event.startswith("socket.") or event.startswith(("urllib.", "http.", "ftplib.", "smtplib.")):
        os.write(2, f"NETWORK {event} {arguments}\\n".encode())
        os._exit(99)

sys.addaudithook(watch)
"""
"""What stops Python at the first socket, also one that C code asks Python for."""

LINES = (
    *(f"{view} az pk" for view in sorted(set(VIEWS) - {"show", "search", "diff", "list"})),
    "show az-pk/recognition-1991",
    "search kashmir",
    "diff az pk 2000 2020",
    "list --curated",
    "facts azerbaijn pakistn --format table --color always",
    "cite az pk --style apa",
    "cite az pk --style bibtex",
    "batch",
    "mcp",
    "completion bash",
    "schema facts",
    "map az pk",
    "map az pk --svg map.svg",
    "new az is -o new.toml",
    "check new.toml",
    "import refs.bib new.toml --reliability news",
    "export tables",
    "export tables-of-parquet --format parquet",
    "export tables.sqlite",
    "report az pk -o page.html --style apa",
    "report az pk -o page.md",
    "facts az pk --data new.toml",
    "--help",
    "--version",
    "--complete facts az",
)
"""Every view and command; those further down use what those above them wrote."""

BIB = "@book{a, title = {T}, year = {2001}, url = {https://example.org/a}, doi = {10.1000/182}}\n"


def apart() -> list[str]:
    """What puts a command into a namespace without a network, where that is allowed."""
    unshare = ["unshare", "--user", "--map-root-user", "--net"]
    try:
        works = subprocess.run([*unshare, "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        works = False
    return unshare if works else []


def test_no_network(home: Path, tmp_path: Path) -> None:
    """No command opens a socket; where the system allows, all do their work in a namespace without a network."""
    (tmp_path / "sitecustomize.py").write_text(WATCHER, encoding="utf-8")
    (tmp_path / "refs.bib").write_text(BIB, encoding="utf-8")
    env = {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        "PYTHONUTF8": "1",
        "PYTHONPATH": str(tmp_path),
    }
    seen = subprocess.run(
        [sys.executable, "-c", "import socket; socket.socket()"],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (seen.returncode, seen.stderr[:15]) == (99, "NETWORK socket.")
    prefix = apart()
    for line in LINES:
        command = [*prefix, str(COMMAND), *line.split()]
        stdin = "facts az pk\n"
        done = subprocess.run(
            command, env=env, cwd=tmp_path, input=stdin, capture_output=True, text=True, check=False
        )
        assert "NETWORK" not in done.stderr, line
        assert done.returncode == 0, (line, done.stderr)


def test_every_command_is_run_without_a_network() -> None:
    """No view and no command is left out of that test, but the one that is for an engine elsewhere."""
    assert {line.split()[0] for line in LINES if not line.startswith("--")} == {
        *VIEWS,
        *COMMANDS,
    } - {"publish"}
