"""Fuzz the loader of packs: coverage-guided bytes, starting from the packs of the tests.

    python scripts/fuzz.py [-max_total_time=60] [CORPUS...]

Invalid input must raise PackError, with a remedy for every problem, and nothing else. An input
that fails is written to a file `crash-…`: add it to `tests/packs/test_loader.py`, and fix the
loader.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports():
    from bilatcli.error_details import PackError
    from bilatcli.packs import loader

ROOT = Path(__file__).parent.parent
DEFAULT_TIME = "-max_total_time=60"
MAX_LENGTH = "-max_len=4096"


def load(path: str, content: bytes) -> None:
    """Load a pack. Raise AssertionError if a problem has no text or remedy."""
    with open(path, "wb") as file:
        file.write(content)
    try:
        loader.load_pack(path)
    except PackError as error:
        for problem in error.problems:
            if not (problem.what and problem.remedy):
                raise AssertionError(str(problem)) from error


def main() -> None:
    """Fuzz until the time is up or an input fails."""
    folder = tempfile.mkdtemp(prefix="bilatcli-fuzz-")
    for number, pack in enumerate(ROOT.glob("tests/data/*.toml")):
        shutil.copy(pack, os.path.join(folder, str(number)))
    target = os.path.join(tempfile.mkdtemp(prefix="bilatcli-fuzz-"), "pack.toml")
    options = sys.argv[1:] or [DEFAULT_TIME]
    atheris.Setup(
        [sys.argv[0], MAX_LENGTH, *options, folder], lambda content: load(target, content)
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
