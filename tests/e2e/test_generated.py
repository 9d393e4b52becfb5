"""What is generated is what its script makes of the pinned packages."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from support import ROOT

HAS_NPM = pytest.mark.skipif(
    shutil.which("npm") is None, reason="npm is missing, which has what shapes are made from"
)


@pytest.mark.parametrize(
    "script", ["countries", "words", "translations", pytest.param("shapes", marks=HAS_NPM)]
)
def test_data_are_what_their_script_makes(script: str) -> None:
    """The files of names and of shapes are those that the scripts would write, byte for byte."""
    command = [sys.executable, f"scripts/{script}.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
