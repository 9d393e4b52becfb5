"""What keeps answers quick: how much is imported, how rows are found, what is compiled again; no time is judged."""

from __future__ import annotations

import io
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilatcli.cli.main import run
from bilatcli.environment import Environment
from bilatcli.index import store
from bilatcli.query.filters import Filter
from bilatcli.query.request import Query, Request
from bilatcli.views import answers, search
from bilatcli.views.catalog import CATALOGUE
from support import COMMAND, ROOT, Run

LOOKUP = """__main__ answers documents errors filters found index names options plain query reading render spellings
    sqlite environment text view views vocabulary""".split()
"""Our own modules that an exact lookup as JSON needs, and no more."""

PATHS = {
    "facts az pk --json": LOOKUP,
    "facts az pk --format ndjson": LOOKUP,
    "facts az pk --format tsv": [
        *LOOKUP,
        "addresses",
        "columns",
        "render.cells",
        "render.delimited",
    ],
    "facts az pk --fields id --json": [*LOOKUP, "columns"],
    "facts azerbaijn pk --json": [*LOOKUP, "likeness", "similar"],
    "search kashmir --json": [*LOOKUP, "searching"],
    "list --format table": [
        *LOOKUP,
        "addresses",
        "citations",
        "columns",
        "render.cells",
        "render.pages",
        "render.table",
        "render.terminal",
    ],
    "--complete facts az": [*(set(LOOKUP) - {"render"}), "columns", "completion"],
    "--version": set(LOOKUP) - {"index", "render", "sqlite"},
    "--version --json": [*(set(LOOKUP) - {"render"}), "version"],
}
"""Our own modules that each path imports."""

FORBIDDEN = {
    "functools",
    "typer",
    "rich",
    "pydantic",
    "rapidfuzz",
    "re",
    "inspect",
    "dataclasses",
    "importlib.metadata",
}


def imported(line: str, home: Path) -> set[str]:
    """The modules that the installed command imports for a command line, beside those that Python itself does."""
    code = f"import sys; before = set(sys.modules); sys.argv = ['bilatcli', *{line.split()!r}]\n"
    code += "import os; os._exit = lambda code: print(*sorted(set(sys.modules) - before), file=sys.stderr)\n"
    code += "from bilatcli.__main__ import main; main()"
    env = {"HOME": str(home), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
    )
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("line", PATHS)
def test_each_path_imports_its_own(home: Path, line: str) -> None:
    """A path through the program imports just the modules that it needs."""
    own = {
        name.removeprefix("bilatcli.")
        for name in imported(line, home)
        if name.startswith("bilatcli.")
    }
    assert own == set(PATHS[line])


def test_an_exact_lookup_imports_no_library(home: Path) -> None:
    """An exact lookup as JSON does without every library, and without the heavy parts of the standard one."""
    assert imported("military az pk jf-17 --json", home) & FORBIDDEN == set()


def test_a_batch_does_without_what_other_commands_need(home: Path) -> None:
    """The catalogue of commands brings neither the authoring half nor the library of any command."""
    heavy = {
        "typer",
        "pydantic",
        "edtf",
        "rich",
        "rapidfuzz",
        "psycopg",
        "jinja2",
        "vl_convert",
        "pyarrow",
        "mcp",
    }
    heavy |= {"asyncio", "tempfile", "bilatcli.records", "bilatcli.rows"}
    assert imported("batch", home) & heavy == set()


# --- rows are found, not searched for


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the bundled packs."""
    path = tmp_path_factory.mktemp("index") / "index.sqlite"
    store.compile_packs(store.bundled_packs(), path)
    return path


@pytest.mark.parametrize(
    "view",
    [view for view in CATALOGUE if view.has_statement and view.name != "list"],
    ids=lambda view: view.name,
)
def test_no_statement_scans_a_table(compiled: Path, view: Any) -> None:
    """Every statement finds its rows by an index, of words too; only `list` reads a table whole, since it lists it."""
    query = Query(Request(view.name), wanted=Filter(["kashmir"]))
    asked = (
        answers.parameters(query)
        | search.parameters(query)
        | {f"i{i + 1}": None for i in range(answers.MAX_ISSUES)}
    )
    asked |= dict.fromkeys(
        (
            "id",
            "one",
            "other",
            "event",
            "from",
            "to",
            "from_issue",
            *(f"r{i}" for i in range(1, 25)),
        )
    )
    with closing(sqlite3.connect(compiled)) as connection:
        tables = {
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        statements = {view.statement, view.statement_for(query)}
        plan = [
            row[3]
            for each in statements
            for row in connection.execute(f"EXPLAIN QUERY PLAN {each}", asked)
        ]
    # Room for all pairs is made only where there are several.
    assert ":p2" not in view.statement_for(query)
    assert len(statements) == 1 + (":p15" in view.statement)
    aliases = dict(re.findall(r"(?:FROM|JOIN) (\w+) (\w)\b", view.statement))
    scanned = [
        name
        for line in plan
        for name in re.findall(r"^SCAN (\w+)\b(?! VIRTUAL TABLE INDEX \d+:M)", line)
    ]
    assert plan
    assert [
        name
        for name in scanned
        if aliases.get(name, name) in tables or name in _of_tables(view, tables)
    ] == []


def _of_tables(view: Any, tables: set[str]) -> set[str]:
    """The aliases that a statement gives to tables rather than to its own parts."""
    return {
        alias
        for table, alias in re.findall(r"(?:FROM|JOIN) (\w+) (\w)\b", view.statement)
        if table in tables
    }


# --- two doors, one answer

WORDS = [
    "az",
    "pk",
    "az-pk",
    "azerbaijn",
    "korea",
    "fr",
    "kashmir",
    "jf-17",
    "recognition-1991",
    "az-pk/jf17-order-2024",
]
FLAGS = [
    "--json",
    "--all",
    "--verified",
    "--format",
    "--format=csv",
    "tsv",
    "markdown",
    "--topic",
    "trade",
    "--fields",
]
MORE = [
    "id,date",
    "--fields=text",
    "--color",
    "never",
    "--colour",
    "-x",
    "--",
    "-",
    "",
    "{}",
    "--json=1",
    "--data",
    "é",
]


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(
        [*(view.name for view in CATALOGUE), "fcts", "schema", "az-pk/recognition-1991"]
    ),
    st.lists(st.sampled_from([*WORDS, *FLAGS, *MORE]), max_size=6),
)
def test_both_doors_give_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, view: str, rest: list[str]
) -> None:
    """Whether the front door or the Typer app reads a command line, both streams and the exit code are the same."""
    folder = str(tmp_path_factory.getbasetemp())

    def answered(**door: Any) -> tuple[int, str, str]:
        out, err = io.StringIO(), io.StringIO()
        environment = Environment(
            stdout=out, stderr=err, environ={"HOME": folder, "COLUMNS": "80"}
        )
        return run([view, *rest], environment, **door), out.getvalue(), err.getvalue()

    assert answered() == answered(door=lambda _: None)


# --- compiling


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up corpus that takes some seconds to compile."""
    folder = tmp_path_factory.mktemp("corpus")
    script = ROOT / "benchmarks" / "corpus.py"
    made = [
        sys.executable,
        str(script),
        str(folder),
        "--relations",
        "600",
        "--facts",
        "30000",
        "--packs",
        "8",
    ]
    subprocess.run(made, check=True, capture_output=True)
    return folder


def environment(home: Path) -> dict[str, str]:
    """An environment with nothing but a home."""
    return {"HOME": str(home), "PYTHONUTF8": "1", "PATH": os.environ["PATH"]}


def test_two_compile_at_once(home: Path, corpus: Path) -> None:
    """Processes that compile the same packs at the same time all end well, with the same answer."""
    command = [str(COMMAND), "facts", "az", "pk", "--json", "--data", str(corpus)]
    running = [
        subprocess.Popen(command, env=environment(home), stdout=subprocess.PIPE) for _ in range(3)
    ]
    outs = [process.communicate()[0] for process in running]
    assert [process.returncode for process in running] == [0, 0, 0]
    assert len(set(outs)) == 1
    cache = home / ".cache" / "bilatcli"
    assert [path.suffix for path in cache.iterdir()] == [".sqlite"]


def test_a_changed_pack_is_compiled_alone(home: Path, corpus: Path, run: Run) -> None:
    """When one of many packs changes, the answer follows, and the index is brought up to date where it is."""
    assert run("list", "--data", str(corpus), "--fields", "facts", "--json").code == 0
    (kept,) = (home / ".cache" / "bilatcli").iterdir()
    before = kept.stat().st_ino
    pack = min(corpus.iterdir())
    text = pack.read_text("utf-8")
    changed = re.sub(r'^text = "', 'text = "Changed: ', text, count=1, flags=re.MULTILINE)
    try:
        pack.write_text(changed, encoding="utf-8")
        id = re.search(r'^id = "(\w\w-\w\w)"', text, re.MULTILINE)
        assert id is not None
        assert (
            '"text":"Changed: ' in run("facts", id[1], "--all", "--json", "--data", str(corpus)).out
        )
        assert kept.stat().st_ino == before
    finally:
        pack.write_text(text, encoding="utf-8")


def test_a_pack_that_comes_or_goes_is_taken_alone(
    home: Path, corpus: Path, run: Run, tmp_path: Path
) -> None:
    """When a pack comes to a folder or goes from it, the index that is there is brought up to date."""
    folder = tmp_path / "packs"
    folder.mkdir()
    one, other = sorted(corpus.iterdir())[:2]
    (folder / one.name).write_bytes(one.read_bytes())
    counts = [len(run("list", "--data", str(folder), "--fields", "id").out.splitlines())]
    (kept,) = (home / ".cache" / "bilatcli").iterdir()
    before = kept.stat().st_ino
    (folder / other.name).write_bytes(other.read_bytes())
    counts.append(len(run("list", "--data", str(folder), "--fields", "id").out.splitlines()))
    (folder / other.name).unlink()
    counts.append(len(run("list", "--data", str(folder), "--fields", "id").out.splitlines()))
    assert counts[1] > counts[0] == counts[2]
    assert [path.stat().st_ino for path in (home / ".cache" / "bilatcli").iterdir()] == [before]


def test_an_interrupt_leaves_the_old_index(home: Path, corpus: Path, run: Run) -> None:
    """Ctrl-C while packs are compiled ends with 130, without a word, and leaves no half file."""
    cache = home / ".cache" / "bilatcli"
    process = subprocess.Popen(
        [str(COMMAND), "list", "--data", str(corpus)],
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 -- a shell may have it ignored
    )
    until = time.monotonic() + 30
    while not (cache.is_dir() and list(cache.iterdir())) and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"")
    assert list(cache.iterdir()) == []
    assert run("list", "--data", str(corpus)).code == 0


def test_progress_shows_on_a_terminal_alone(home: Path, corpus: Path) -> None:
    """A compilation of more than a second shows a bar on a terminal, which is gone at its end, and none elsewhere."""
    pty = pytest.importorskip("pty")
    command = [str(COMMAND), "show", "az-pk/recognition-1991", "--data", str(corpus), "--json"]
    quiet = subprocess.run(command, env=environment(home), capture_output=True, check=True)
    assert quiet.stderr == b""
    for path in (home / ".cache" / "bilatcli").iterdir():
        path.unlink()
    master, slave = pty.openpty()
    with subprocess.Popen(
        command, env=environment(home) | {"TERM": "xterm"}, stdout=subprocess.PIPE, stderr=slave
    ) as process:
        os.close(slave)
        seen = b""
        try:
            while chunk := os.read(master, 4096):
                seen += chunk
        except OSError:  # how Linux says that the other end is closed
            pass
        assert process.stdout is not None
        assert process.stdout.read() == quiet.stdout
    os.close(master)
    assert b"compiling packs" in seen
