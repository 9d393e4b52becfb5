"""What all tests share: the installed command, and the packs and folders it runs on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bilatcli.environment import Surroundings
from bilatcli.index.store import Index, open_index

ROOT = Path(__file__).parent.parent
DATA = Path(__file__).parent / "data"
RELATIONS = ROOT / "data" / "relations.toml"
COMMAND = Path(sys.executable).with_name("bilatcli")


class Result:
    """What a command answered, both streams whole."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code = code
        self.out = out
        self.err = err


Run = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home, so that no pack or cache of the machine's takes part."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def run(home: Path) -> Run:
    """Run the installed command as a script would, in an empty home, and return what it answered."""

    def call(*arguments: str, env: dict[str, str] | None = None, stdin: str = "") -> Result:
        kept = {key: os.environ[key] for key in ("PATH", "LANG", "SYSTEMROOT") if key in os.environ}
        surroundings = {**kept, "HOME": str(home), "PYTHONUTF8": "1", **(env or {})}
        done = subprocess.run(
            [str(COMMAND), *arguments],
            env=surroundings,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    return call


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """The index of the packs that come with the tool."""
    home = str(tmp_path_factory.mktemp("home"))
    opened = open_index(
        Surroundings(environ={"HOME": home, "XDG_CACHE_HOME": home}, platform="linux")
    )
    yield opened
    opened.close()
