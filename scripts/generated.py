"""Shared by the scripts that generate files: write them, or check that they are fresh."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def write_or_check(files: Mapping[Path, bytes], command: str) -> None:
    """Write the files; with `--check` on the command line, exit with 1 if a file differs.

    `command` generates the files. The error names it.
    """
    if "--check" in sys.argv:
        stale = [
            str(path.relative_to(ROOT))
            for path, content in files.items()
            if not path.exists() or path.read_bytes() != content
        ]
        if stale:
            sys.exit(f"{', '.join(stale)}: stale; run `{command}`")
        return
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def require_packages(pinned: Mapping[str, str]) -> None:
    """Exit with a message unless the packages are installed in the pinned versions."""
    for package, wanted in pinned.items():
        try:
            found = version(package)
        except PackageNotFoundError:
            found = "not installed"
        if found != wanted:
            sys.exit(f"{package} is {found}; install {package}=={wanted}")
