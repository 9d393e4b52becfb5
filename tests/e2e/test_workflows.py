"""The workflows of the public forge are valid, pinned, and run what `make` runs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from support import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TESTS = (ROOT / ".github" / "workflows" / "tests.yml").read_text("utf-8")


def find_actionlint() -> str | None:
    """Return the program `actionlint` of this environment or of the machine."""
    return shutil.which("actionlint", path=str(Path(sys.executable).parent)) or shutil.which(
        "actionlint"
    )


@pytest.mark.parametrize("path", WORKFLOWS, ids=[path.name for path in WORKFLOWS])
def test_actionlint(path: Path) -> None:
    """`actionlint` finds nothing."""
    program = find_actionlint()
    if program is None:
        pytest.skip("`actionlint` is missing: pip install --group workflows")
    done = subprocess.run([program, str(path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("path", WORKFLOWS, ids=[path.name for path in WORKFLOWS])
def test_pinned_and_without_secrets(path: Path) -> None:
    """An action is named by its commit, with its version as a comment; no secret is read."""
    text = path.read_text("utf-8")
    used = re.findall(r"uses: *(.*)", text)
    pinned = [each for each in used if re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", each)]
    assert used == pinned != []
    assert "secrets" not in text
    assert "permissions:\n  contents: read\n" in text


def test_systems_and_versions() -> None:
    """The tests run on three systems, with every version of Python in pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    prefix = "Programming Language :: Python :: 3."
    versions = [each[-4:] for each in project["classifiers"] if each.startswith(prefix)]
    assert "system: [ubuntu, macos, windows]" in TESTS
    quoted = ", ".join(f'"{each}"' for each in versions)
    assert f"python: [{quoted}]" in TESTS


def test_the_targets_of_make() -> None:
    """The workflow runs targets that there are, the same on every system, in one kind of shell."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = re.findall(r"run: make ([a-z-]+) PYTHON=python$", TESTS, re.MULTILINE)
    assert targets == ["test", "lint", "release"]
    assert all(f"\n{target}:" in makefile for target in targets)
    assert "\ndefaults:\n  run:\n" in TESTS
    assert TESTS.count("shell: bash\n") == 1


@pytest.mark.skipif(shutil.which("make") is None, reason="`make` is missing")
@pytest.mark.parametrize(("system", "folder"), [("Windows_NT", "Scripts"), ("", "bin")])
def test_commands_of_an_environment(system: str, folder: str) -> None:
    """The commands are where an environment has them: on Windows in `Scripts`."""
    command = ["make", "--dry-run", "--always-make", f"OS={system}", "test", "lint"]
    printed = subprocess.check_output(command, cwd=ROOT, text=True)
    assert set(re.findall(r"\.venv/(\w+)/", printed)) == {folder}
    assert f".venv/{folder}/pytest -n auto" in printed


@pytest.mark.parametrize("path", WORKFLOWS, ids=[path.name for path in WORKFLOWS])
def test_schema(path: Path) -> None:
    """A workflow is valid by the published schema."""
    command = Path(sys.executable).with_name("check-jsonschema")
    options = ["--builtin-schema", "vendor.github-workflows", str(path)]
    done = subprocess.run([command, *options], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
