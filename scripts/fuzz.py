"""Looks for packs that bring the loader down: bytes guided by coverage, from the packs of the tests on.

    python scripts/fuzz.py [-max_total_time=60] [CORPUS...]

Whatever is not a pack must be told as problems with what to do, and nothing else may be raised. What it finds is left
as a file, `crash-…`: put it into tests/data/found, where a test holds it, and mend the loader.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports():
    from bilatcli.errors import PackError
    from bilatcli.packs import loader

ROOT = Path(__file__).parent.parent
USUAL_TIME = "-max_total_time=60"
USUAL_LENGTH = "-max_len=4096"


def load(path: str, content: bytes) -> None:
    """Load a pack; raises whatever the loader ought not to."""
    with open(path, "wb") as file:
        file.write(content)
    try:
        loader.load(path)
    except PackError as error:
        for problem in error.problems:
            if not (problem.what and problem.remedy):
                raise AssertionError(str(problem)) from error


def main() -> None:
    """Fuzz until the time is up or something is found."""
    folder = tempfile.mkdtemp(prefix="bilatcli-fuzz-")
    for number, pack in enumerate(
        [*ROOT.glob("tests/data/*.toml"), *ROOT.glob("tests/data/found/*")]
    ):
        shutil.copy(pack, os.path.join(folder, str(number)))
    target = os.path.join(tempfile.mkdtemp(prefix="bilatcli-fuzz-"), "pack.toml")
    given = sys.argv[1:] or [USUAL_TIME]
    atheris.Setup(
        [sys.argv[0], USUAL_LENGTH, *given, folder], lambda content: load(target, content)
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
