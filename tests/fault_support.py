"""Shared by the tests of faults: a home with a small own pack, and the installed command in it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from bilatcli.environment import Environment
from bilatcli.index.cache import IndexCache
from support import COMMAND, DATA

SMALL = DATA / "small.toml"
QUESTION = ("facts", "is", "mn", "--all", "--json")
IS_SOAK = "SOAK" in os.environ
"""True if the tests run at full length, for docs/reliability.md."""
Seen = Callable[[str], None]
"""Records what a test has seen, for docs/reliability.md."""


class Place:
    """A home with an own pack. `cache` may be that of another home, to start from."""

    def __init__(self, folder: Path, cache: Path | None = None) -> None:
        self.home = folder
        self.pack = folder / "small.toml"
        shutil.copy(SMALL, self.pack)
        self.cache = folder / ".cache" / "bilatcli"
        self.env = {
            "HOME": str(folder),
            "PATH": os.environ["PATH"],
            "BILATCLI_DATA": str(self.pack),
        }
        if cache is not None and self.bundled_file(cache).exists():
            self.cache.mkdir(parents=True)
            shutil.copy2(self.bundled_file(cache), self.cache)

    @property
    def file(self) -> Path:
        """The index of the own pack."""
        return self._cached(str(self.pack))

    def bundled_file(self, cache: Path) -> Path:
        """Return the index of the bundled packs in a cache. Only a checkout has one there."""
        return cache / self._cached().name

    def _cached(self, *packs: str) -> Path:
        environment = Environment(environ={"HOME": str(self.home)}, platform="linux")
        return Path(IndexCache(environment, packs)._cache_path())  # noqa: SLF001

    def ask(self, *argv: str, **env: str) -> subprocess.CompletedProcess[bytes]:
        """Run the installed command."""
        command = [str(COMMAND), *(argv or QUESTION)]
        return subprocess.run(command, env={**self.env, **env}, capture_output=True, check=False)

    def require(self, done: subprocess.CompletedProcess[bytes], right: bytes) -> None:
        """Require the correct answer, without a message."""
        assert done.stderr == b""
        assert (done.returncode, done.stdout) == (0, right)


def fault(what: str, promise: str) -> pytest.MarkDecorator:
    """Mark a test as one of a fault and what is expected, for a row of docs/reliability.md."""
    return pytest.mark.fault(what, promise)
