"""Run the tests with the lowest or the newest libraries that pyproject.toml allows.

python scripts/bounds.py lowest|newest [--python PATH] [PYTEST ARGUMENTS]

Creates an environment with all extras in a temporary folder. By default, all tests run except
`tests/e2e`, which test the checkout rather than the program.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from generated import ROOT

RESOLUTIONS = {"lowest": "lowest-direct", "newest": "highest"}
DEFAULT_TESTS = ["tests", "--ignore=tests/e2e"]


def create_environment(folder: Path, python: str, resolution: str) -> tuple[Path, list[str]]:
    """Create an environment. Return its Python, and `name==version` of the project's libraries."""
    subprocess.run([python, "-m", "venv", str(folder)], check=True)
    new_python = folder / "bin" / "python"
    subprocess.run([str(new_python), "-m", "pip", "install", "--quiet", "uv"], check=True)
    pins = folder / "pins.txt"

    def run_uv(*arguments: str) -> None:
        subprocess.run([str(new_python), "-m", "uv", "pip", *arguments], cwd=ROOT, check=True)

    options = ["--all-extras", "--no-header", "--no-annotate", "--output-file", str(pins)]
    how = RESOLUTIONS[resolution]
    run_uv("compile", "--quiet", "pyproject.toml", "--resolution", how, *options)
    install = ["install", "--quiet", "--python", str(new_python)]
    # Test libraries must not change the versions of the project's libraries.
    run_uv(
        *install, "-r", str(pins), "--group", "test", "--group", "data", "--overrides", str(pins)
    )
    run_uv(*install, "--no-deps", str(ROOT))
    return new_python, pins.read_text("utf-8").split()


def select_direct(pins: list[str]) -> list[str]:
    """Return the pins of the libraries that the project itself requires."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    required = [*project["dependencies"], *(each for extra in extras for each in extra)]
    names = {re.split(r"[<>=~\[ ]", each)[0] for each in required}
    return [pin for pin in pins if pin.partition("==")[0] in names]


def main() -> None:
    """Create the environment and run the tests in it."""
    parser = argparse.ArgumentParser(description="Test with the lowest or newest libraries.")
    parser.add_argument("resolution", choices=RESOLUTIONS)
    parser.add_argument("--python", default=sys.executable)
    options, arguments = parser.parse_known_args()
    with tempfile.TemporaryDirectory(prefix="bilatcli-bounds-") as name:
        python, pins = create_environment(Path(name), options.python, options.resolution)
        print(f"{options.resolution}: {', '.join(select_direct(pins))}", flush=True)
        has_tests = any(each.startswith("tests") for each in arguments)
        tests = arguments if has_tests else [*arguments, *DEFAULT_TESTS]
        path = f"{python.parent}{os.pathsep}{os.environ['PATH']}"
        command = [str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
        environ = {**os.environ, "PATH": path}
        sys.exit(subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode)


if __name__ == "__main__":
    main()
