"""Generated files are what their scripts would write."""

from __future__ import annotations

import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bilatcli import index
from support import ROOT

SCRIPTS = ROOT / "scripts"
DATA_SCRIPTS = ("countries", "words", "translations", "shapes")
"""Scripts that make data from other packages, which takes minutes."""


@pytest.mark.usefixtures("all_packs")
@pytest.mark.parametrize("name", ["checks", "coverage", "export", "manual"])
def test_pages_are_fresh(
    name: str, home: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page is what its script writes from the program."""
    monkeypatch.syspath_prepend(SCRIPTS)
    monkeypatch.setattr(sys, "argv", [f"{name}.py", "--check"])
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    # Statements of a script are not those of the program.
    monkeypatch.setattr(index, "STATEMENTS", [*index.STATEMENTS])
    runpy.run_path(str(SCRIPTS / f"{name}.py"), run_name="__main__")


def run_check(name: str) -> None:
    """Require that a script, as a process, has nothing to write."""
    command = [sys.executable, str(SCRIPTS / f"{name}.py"), "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_faults_are_listed() -> None:
    """docs/reliability.md has a row for each test of a fault, and no other."""
    run_check("reliability")


@pytest.mark.slow
@pytest.mark.parametrize("name", DATA_SCRIPTS)
def test_data_are_fresh(name: str) -> None:
    """The lists of names and the outlines of countries are what their scripts write."""
    if name == "shapes" and shutil.which("npm") is None:
        pytest.skip("npm is missing, which installs what outlines are made from")
    run_check(name)
