"""Fixtures of the tests of the index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bilatcli import resources
from bilatcli.index import build
from bilatcli.index.cache import bundled_packs
from postgres_server import COPY, HOST, OWN_PACKS, PASSWORD, Server, find_program
from support import make_environ, run_in_process


@pytest.fixture(scope="session")
def bundled_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the index that a wheel has."""
    path = tmp_path_factory.mktemp("bundled") / "index.sqlite"
    build.compile_packs(bundled_packs(), path)
    return path


@pytest.fixture
def installed(bundled_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the package have a bundled index, as if it were installed from a wheel."""
    monkeypatch.setattr(resources, "BUNDLED_INDEX", str(bundled_index))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Yield a server for the tests of this session."""
    if find_program("initdb") is None:
        pytest.skip("PostgreSQL is not installed")
    # The folders of pytest are closed to other users.
    with TemporaryDirectory(prefix="bilatcli-pg-", ignore_cleanup_errors=True) as folder:
        started = Server(Path(folder))
        yield started
        started.stop()


@pytest.fixture(scope="session")
def published(server: Server, cache: Path) -> str:
    """Return the address of an index of the bundled and two small packs."""
    address = server.create("whole")
    argv = ["publish", address, *OWN_PACKS]
    result = run_in_process(argv, make_environ(cache / "no home", cache))
    assert result.err.startswith(f"bilatcli: `postgresql://boss@{HOST}:{server.port}/whole`")
    assert (result.code, PASSWORD in result.err) == (0, False)
    server.create(COPY, template="whole")
    return address
