"""Holds the bounds of pyproject.toml: tests bilatcli with the lowest or newest libraries that they allow.

python scripts/bounds.py lowest|newest [--python PATH] [PYTEST ARGUMENTS]

In an environment of its own, in a temporary folder, with all extras. Where no tests are named, those run that call
each library, but for those that take long and those that hold the checkout rather than the program.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FAST = (
    "as_of batch breaks cells chains checks citations completion dates export facts list map matrix mending names "
    "packs packs_of_ones_own phrases query references render report resolve round_trip schema search text timeline"
).split()


def install(folder: Path, python: str, resolution: str) -> tuple[Path, list[str]]:
    """Make the environment; return its Python, and the libraries of the project with their versions."""
    subprocess.run([python, "-m", "venv", str(folder)], check=True)
    there = folder / "bin" / "python"
    subprocess.run([str(there), "-m", "pip", "install", "--quiet", "uv"], check=True)
    uv = [str(there), "-m", "uv", "pip"]
    pins = folder / "pins.txt"
    how = {"lowest": "lowest-direct", "newest": "highest"}[resolution]
    asked = [
        "--resolution",
        how,
        "--all-extras",
        "--no-header",
        "--no-annotate",
        "--output-file",
        str(pins),
    ]
    subprocess.run([*uv, "compile", "--quiet", "pyproject.toml", *asked], cwd=ROOT, check=True)
    # What the tests need beside them has no say in the versions.
    tests = ["--group", "test", "--overrides", str(pins)]
    subprocess.run(
        [*uv, "install", "--quiet", "--python", str(there), "-r", str(pins), *tests],
        cwd=ROOT,
        check=True,
    )
    subprocess.run(
        [*uv, "install", "--quiet", "--python", str(there), "--no-deps", str(ROOT)],
        cwd=ROOT,
        check=True,
    )
    return there, pins.read_text("utf-8").split()


def direct(pins: list[str]) -> list[str]:
    """The versions of the libraries that the project asks for itself."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [
        *project["dependencies"],
        *(each for extra in project["optional-dependencies"].values() for each in extra),
    ]
    names = {re.split(r"[<>=~\[ ]", each)[0] for each in asked}
    return [pin for pin in pins if pin.partition("==")[0] in names]


def main() -> None:
    """Install and test."""
    parser = argparse.ArgumentParser(
        description="Test with the lowest or newest libraries that pyproject.toml allows."
    )
    parser.add_argument("resolution", choices=("lowest", "newest"))
    parser.add_argument("--python", default=sys.executable)
    given, others = parser.parse_known_args()
    with tempfile.TemporaryDirectory(prefix="bilatcli-bounds-") as name:
        start = time.monotonic()
        python, pins = install(Path(name), given.python, given.resolution)
        version = subprocess.run(
            [str(python), "-V"], capture_output=True, text=True, check=True
        ).stdout.strip()
        print(
            f"{version}, {given.resolution}: {', '.join(direct(pins))} ({time.monotonic() - start:.0f} s)",
            flush=True,
        )
        are_named = any(each.startswith("tests") for each in others)
        tests = [*others, *([] if are_named else [f"tests/test_{each}.py" for each in FAST])]
        path = f"{python.parent}{os.pathsep}{os.environ['PATH']}"
        command = [str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
        sys.exit(
            subprocess.run(
                command, cwd=ROOT, env={**os.environ, "PATH": path}, check=False
            ).returncode
        )


if __name__ == "__main__":
    main()
