"""A lookup starts in milliseconds: what each kind of command line imports."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from support import COMMAND, make_environ
from table_support import write_table_pack

AUTHORING = (
    "bilatcli.packs.models",
    "bilatcli.packs.loader",
    "bilatcli.packs.table_models",
    "bilatcli.index.build",
    "bilatcli.index.pack_",
    "bilatcli.cli.app",
)
"""The half of the program that compiles packs, and the parser with help; a lookup needs neither."""

LIBRARIES = {
    "edtf",
    "jinja2",
    "mcp",
    "psycopg",
    "pyarrow",
    "bibtexparser",
    "pylatexenc",
    "pydantic",
    "pydantic_core",
    "rapidfuzz",
    "rich",
    "rispy",
    "tomli",
    "tree_sitter",
    "click",
    "vl_convert",
}
SLOW_STANDARD_MODULES = {"dataclasses", "inspect", "json", "re", "typing"}

MAX_MODULES = {"military az pk --json": 22, "military az pk jf-17 --json": 34}
"""Maximum number of modules of the package that an exact lookup in a checkout imports.

Importing a module takes about 1/100 of the time of a lookup. In a wheel there are three fewer: the
index needs no cache.
"""

WORD_MODULES = {
    "bilatcli.index.name_keys",
    "bilatcli.query.filters",
    "bilatcli.query.patterns",
    "bilatcli.query.question_words",
}
"""Modules for the words beside the names of countries."""

TEXT_MODULES = {"bilatcli.normalization", "bilatcli.vocabulary"}
"""Modules for words that are not codes, and for the values of options."""

PARSER_MODULES = {
    "bilatcli.query.exact_matcher",
    "bilatcli.query.parser",
    "bilatcli.query.tokenizer",
}
"""Modules for phrases, in which names have several words or other words beside them."""

RARE_MODULES = {
    "bilatcli.cli.fast_args",
    "bilatcli.error_details",
    "bilatcli.query.command_line",
    "bilatcli.query.countries",
    "bilatcli.query.errors",
    "bilatcli.query.option_values",
    "bilatcli.query.options",
    "bilatcli.views.as_of",
    "bilatcli.views.newest",
    "bilatcli.views.notes",
}
"""Modules for other names, options, errors, days and files, which an exact lookup does without."""

LOOKUPS = (
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
)


@pytest.fixture(scope="module")
def environ(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the environment of a command whose index is compiled already."""
    environ = make_environ(tmp_path_factory.mktemp("home"), cache)
    subprocess.run([COMMAND, "list", "--json"], env=environ, capture_output=True, check=True)
    return environ


def read_imports(argv: list[str], environ: dict[str, str], stdin: str = "") -> set[str]:
    """Return the modules that a run of the installed command imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", str(COMMAND), *argv],
        env=environ,
        input=stdin,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout
    return set(re.findall(r"^import time:.*\| +(\S+)$", done.stderr, re.MULTILINE))


@pytest.mark.parametrize("line", LOOKUPS)
def test_a_lookup_imports_little(environ: dict[str, str], line: str) -> None:
    """A lookup as JSON imports no library, no slow standard module, and no view but its own."""
    modules = read_imports([*line.split(), "--json"], environ)
    assert {name.split(".")[0] for name in modules} & (LIBRARIES | SLOW_STANDARD_MODULES) == set()
    assert {name for name in modules if name.startswith(AUTHORING)} == set()
    views = {line.partition(" ")[0] for line in LOOKUPS}
    imported = {view for view in views if f"bilatcli.views.{view}" in modules}
    assert imported == {line.partition(" ")[0]}


@pytest.mark.parametrize("line", ["facts fj is", "show fj-is/votes-2003", "summary fj is"])
def test_rows_of_tables_import_little(tmp_path: Path, environ: dict[str, str], line: str) -> None:
    """A fact that a row makes is made without the half of the program that compiles packs."""
    argv = [*line.split(), "--json", "--data", str(write_table_pack(tmp_path))]
    read_imports(argv, environ)
    modules = read_imports(argv, environ)
    assert "bilatcli.index.table_facts" in modules
    assert {name.split(".")[0] for name in modules} & (LIBRARIES | SLOW_STANDARD_MODULES) == set()
    assert {name for name in modules if name.startswith(AUTHORING)} == set()


@pytest.mark.parametrize("line", MAX_MODULES)
def test_an_exact_lookup_imports_few_modules(environ: dict[str, str], line: str) -> None:
    """An exact lookup imports no renderer, no fuzzy matching, and few modules in all."""
    modules = read_imports(line.split(), environ)
    own = {name for name in modules if name.partition(".")[0] == "bilatcli"}
    assert {name for name in own if "render" in name or "fuzzy" in name} == set()
    assert own & RARE_MODULES == set()
    assert len(own) <= MAX_MODULES[line], sorted(own)


def test_names_alone_need_no_filter(environ: dict[str, str]) -> None:
    """A question that only names countries imports no parser, and nothing for other words."""
    modules = read_imports("military az pk --json".split(), environ)
    assert modules & (WORD_MODULES | PARSER_MODULES | TEXT_MODULES) == set()


def test_words_without_a_command_import_no_parser(environ: dict[str, str]) -> None:
    """Once its view is found, a command line without a command is parsed as fast as with one."""
    modules = read_imports(["az", "pk", "--json"], environ)
    assert {name.split(".")[0] for name in modules} & LIBRARIES == set()
    assert {name for name in modules if name.startswith(AUTHORING)} == set()
    assert modules & {f"bilatcli.views.{view}" for view in ("facts", "timeline", "search")} == set()


@pytest.mark.parametrize(
    ("line", "library"),
    [
        ("facts azerbaijn pak --json", "rapidfuzz"),
        ("list --format table", "rich"),
        ("list --help", "click"),
    ],
)
def test_what_needs_a_library_imports_it(environ: dict[str, str], line: str, library: str) -> None:
    """A misspelt name, a table and help import the library that they need."""
    roots = {name.split(".")[0] for name in read_imports(line.split(), environ)}
    assert library in roots


def test_a_batch_imports_no_library(environ: dict[str, str]) -> None:
    """A batch imports no library: the list of commands does not import them."""
    modules = read_imports(["batch"], environ, "facts az pk jf-17\n")
    assert {name.split(".")[0] for name in modules} & LIBRARIES == set()
