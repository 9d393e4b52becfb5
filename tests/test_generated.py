"""What is generated is what its script makes of the pinned packages."""

from __future__ import annotations

import subprocess
import sys

import pytest

from conftest import ROOT


@pytest.mark.parametrize("script", ["countries", "words", "translations"])
def test_names_are_what_their_script_makes(script: str) -> None:
    """The files of names are those that the scripts would write, byte for byte."""
    command = [sys.executable, f"scripts/{script}.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
