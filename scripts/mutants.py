"""Mutates `packs`, `text`, `names`, `query` and `views`, and tells which changes no test notices.

python scripts/mutants.py [MODULE...]     run, print the survivors, exit 1 where they are 10 per cent or more

The package is copied as it is installed, with its index, into a temporary folder where mutmut changes it, one small
change at a time, and runs the tests below. The tests there call the command in their own process instead of starting
it, so that they meet the changed code. docs/mutation.md says of every survivor why it is one.
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

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = Path(bilatcli.__file__).parent
TESTS = {
    "text": "text",
    "query": "query",
    "packs": "packs",
    "names": "names",
    "views": "query",
}
"""The modules, each with the tests that run it fast."""

MOST = 10
"""Per cent of survivors that are too many."""

IN_PROCESS = '''

settings.register_profile("mutants", max_examples=25, derandomize=True, database=None)
settings.load_profile("mutants")


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> None:
    """Forget what was folded before the code was changed."""
    from bilatcli import text

    text._APART.clear()
    text._TOGETHER.clear()


@pytest.fixture
def run(home: Path) -> Run:
    """Run the command in this process."""
    import io

    from bilatcli.cli.main import run

    def call(*arguments: str, env: dict[str, str] | None = None, stdin: str = "") -> Result:
        out, err = io.StringIO(), io.StringIO()
        environ = {"HOME": str(home), **(env or {})}
        around = Environment(stdin=io.StringIO(stdin), stdout=out, stderr=err, environ=environ)
        return Result(run(list(arguments), around), out.getvalue(), err.getvalue())

    return call
'''

SHOW = """
import sys
from mutmut.mutation.diff_apply import get_diff_for_mutant
for name in sys.argv[1:]:
    print(get_diff_for_mutant(name), end="\\0")
"""

KILLED, SURVIVED, UNTESTED = "killed", "survived", "no test runs it"
MEANINGS = {0: SURVIVED, 33: UNTESTED, 5: UNTESTED}
"""What mutmut's exit codes mean; all others are of tests that failed, or did not end."""


def prepare(folder: Path, module: str) -> None:
    """Lay out what mutmut works on."""
    shutil.copytree(
        PACKAGE, folder / "src" / "bilatcli", ignore=shutil.ignore_patterns("__pycache__")
    )
    for name in ("tests", "data", "schema"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    with (folder / "tests" / "conftest.py").open("a", encoding="utf-8") as file:
        file.write(f"\n\nfrom hypothesis import settings\n{IN_PROCESS}")
    tests = [f"tests/test_{name}.py" for name in TESTS[module].split()]
    filters = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["pytest"][
        "ini_options"
    ]
    (folder / "pyproject.toml").write_text(
        f'[tool.mutmut]\nsource_paths = ["src"]\nonly_mutate = ["src/bilatcli/{module}.py"]\n'
        f'also_copy = ["data", "schema"]\npytest_add_cli_args = ["-x", "-q", "-p", "no:cacheprovider"]\n'
        f"pytest_add_cli_args_test_selection = {json.dumps(tests)}\n"
        f"[tool.pytest.ini_options]\nfilterwarnings = {json.dumps(filters['filterwarnings'])}\n",
        encoding="utf-8",
    )


def results(folder: Path, module: str) -> dict[str, str]:
    """What became of each change in a module."""
    noted = json.loads(
        (folder / "mutants" / "src" / "bilatcli" / f"{module}.py.meta").read_text("utf-8")
    )
    return {
        name: MEANINGS.get(code, KILLED)
        for name, code in noted["exit_code_by_key"].items()
        if code is not None
    }


def tell(folder: Path, module: str) -> Counter[str]:
    """Print figures and survivors; return how many changes there were of each kind."""
    found = results(folder, module)
    counts = Counter(found.values())
    print(said(module, counts), flush=True)
    left = {name: what for name, what in found.items() if what != KILLED}
    shown = subprocess.run(
        [sys.executable, "-c", SHOW, *left], cwd=folder, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    for (name, what), diff in zip(left.items(), shown, strict=False):
        lines = [
            line
            for line in diff.splitlines()
            if line[:1] in ("+", "-") and line[:3] not in ("+++", "---")
        ]
        print(f"  {name} ({what})", *lines, sep="\n    ")
    return counts


def said(what: str, counts: Counter[str]) -> str:
    """The figures in a line."""
    total, rest = counts.total(), counts[SURVIVED] + counts[UNTESTED]
    return f"{what}: {total} changes, {counts[KILLED]} noticed, {rest} not ({rest / total:.1%})"


def mutate(module: str) -> Counter[str]:
    """Change a module in all ways, and tell what was noticed."""
    with tempfile.TemporaryDirectory(prefix="bilatcli-mutants-") as name:
        folder = Path(name)
        prepare(folder, module)
        run = [sys.executable, "-m", "mutmut", "run", "--max-children", str(os.cpu_count() or 1)]
        done = subprocess.run(run, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            print(done.stdout[-5000:], done.stderr[-5000:])
            sys.exit(done.returncode)
        return tell(folder, module)


def main() -> None:
    """Run."""
    every: Counter[str] = Counter()
    for module in sys.argv[1:] or TESTS:
        every += mutate(module)
    print(said("all", every))
    sys.exit(every[SURVIVED] + every[UNTESTED] >= MOST / 100 * every.total())


if __name__ == "__main__":
    main()
