"""Run mutation tests: change modules in small ways, and list the changes that no test notices.

python scripts/mutants.py [MODULE...]     exit with 1 if 10 % or more of the changes survive

The package is copied, with a compiled index, to a temporary folder. There, mutmut changes one
module and runs its tests. docs/mutation.md gives the reason for every survivor.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from pathlib import Path

import bilatcli
from bilatcli.index import build, cache
from generated import ROOT

PACKAGE = Path(bilatcli.__file__).parent
TESTS = {
    "text": ["tests/test_text.py", "tests/test_text_output.py"],
    "query/interpret": ["tests/query/test_interpret.py", "tests/query/test_request.py"],
    "query/countries": ["tests/query/test_countries.py"],
    "query/names": ["tests/query/test_countries.py", "tests/query/test_exact_matcher.py"],
    "packs/loader": ["tests/packs/test_loader.py", "tests/packs/test_validation.py"],
    "packs/validation": ["tests/packs/test_loader.py", "tests/packs/test_validation.py"],
}
"""The modules, with fast tests of each. The tests run the command in process."""

PYTEST_OPTIONS = [*"-x -q -p no:cacheprovider --import-mode=importlib -m".split(), "not slow"]

MAX_SURVIVORS = 10
"""Per cent of changes that may survive."""

CONFTEST = """

from hypothesis import settings

settings.register_profile("mutants", max_examples=25, derandomize=True, database=None)
settings.load_profile("mutants")


@pytest.fixture(autouse=True)
def _clear_character_maps() -> None:
    # They hold results from before the change.
    from bilatcli import normalization

    normalization._SPACED_MAP.clear()
    normalization._JOINED_MAP.clear()
"""

SHOW = """
import sys
from mutmut.mutation.diff_apply import get_diff_for_mutant
for name in sys.argv[1:]:
    print(get_diff_for_mutant(name), end="\\0")
"""

KILLED, SURVIVED, UNTESTED = "killed", "survived", "no test runs it"
MEANINGS = {0: SURVIVED, 33: UNTESTED, 5: UNTESTED}
"""The meaning of mutmut's exit codes. All others mean that tests failed or did not end."""


def create_project(folder: Path, module: str) -> None:
    """Copy the package and its tests into a folder, with a configuration of mutmut."""
    ignored = shutil.ignore_patterns("__pycache__")
    package = folder / "src" / "bilatcli"
    shutil.copytree(PACKAGE, package, ignore=ignored)
    if not (package / "index.sqlite").exists():
        build.compile_packs(cache.bundled_packs(), package / "index.sqlite")
    for name in ("tests", "data", "schema"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    with (folder / "tests" / "conftest.py").open("a", encoding="utf-8") as file:
        file.write(CONFTEST)
    pytest = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["pytest"]
    options = pytest["ini_options"]
    lines = [
        "[tool.mutmut]",
        'source_paths = ["src"]',
        f'only_mutate = ["src/bilatcli/{module}.py"]',
        'also_copy = ["data", "schema"]',
        f"pytest_add_cli_args = {json.dumps(PYTEST_OPTIONS)}",
        f"pytest_add_cli_args_test_selection = {json.dumps(TESTS[module])}",
        "[tool.pytest.ini_options]",
        f"filterwarnings = {json.dumps(options['filterwarnings'])}",
        f"markers = {json.dumps(options['markers'])}",
        f"pythonpath = {json.dumps(options.get('pythonpath', []))}",
    ]
    (folder / "pyproject.toml").write_text("\n".join([*lines, ""]), encoding="utf-8")


def read_results(folder: Path, module: str) -> dict[str, str]:
    """Map the names of changes to their results."""
    path = folder / "mutants" / "src" / "bilatcli" / f"{module}.py.meta"
    codes = json.loads(path.read_text("utf-8"))["exit_code_by_key"]
    return {name: MEANINGS.get(code, KILLED) for name, code in codes.items() if code is not None}


def print_results(folder: Path, module: str) -> Counter[str]:
    """Print the figures and the survivors of a module. Return the counts of results."""
    results = read_results(folder, module)
    counts = Counter(results.values())
    print(summary(module, counts), flush=True)
    survivors = {name: result for name, result in results.items() if result != KILLED}
    show = [sys.executable, "-c", SHOW, *survivors]
    done = subprocess.run(show, cwd=folder, capture_output=True, text=True, check=True)
    for (name, result), diff in zip(survivors.items(), done.stdout.split("\0"), strict=False):
        lines = [
            line
            for line in diff.splitlines()
            if line[:1] in ("+", "-") and line[:3] not in ("+++", "---")
        ]
        print(f"  {name} ({result})", *lines, sep="\n    ")
    return counts


def summary(name: str, counts: Counter[str]) -> str:
    """Return the figures in one line."""
    total, rest = counts.total(), counts[SURVIVED] + counts[UNTESTED]
    return f"{name}: {total} changes, {counts[KILLED]} noticed, {rest} not ({rest / total:.1%})"


def mutate(module: str) -> Counter[str]:
    """Run mutmut on a module, and print the results."""
    with tempfile.TemporaryDirectory(prefix="bilatcli-mutants-") as name:
        folder = Path(name)
        create_project(folder, module)
        run = [sys.executable, "-m", "mutmut", "run", "--max-children", str(os.cpu_count() or 1)]
        done = subprocess.run(run, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            print(done.stdout[-5000:], done.stderr[-5000:])
            sys.exit(done.returncode)
        return print_results(folder, module)


def main() -> None:
    """Run mutation tests on the given modules, or on all."""
    counts: Counter[str] = Counter()
    for module in sys.argv[1:] or TESTS:
        counts += mutate(module)
    print(summary("all", counts))
    survivors = counts[SURVIVED] + counts[UNTESTED]
    sys.exit(survivors >= MAX_SURVIVORS / 100 * counts.total())


if __name__ == "__main__":
    main()
