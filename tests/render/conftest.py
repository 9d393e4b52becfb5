"""Fixtures for tests of renderers: an index with the small pack, and a report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bilatcli.environment import Environment
from bilatcli.index.store import Index, open_index
from render_support import SMALL
from report_support import HOSTILE_PACK
from support import make_environ, run_in_process


@pytest.fixture(scope="session")
def small_index(cache: Path) -> Iterator[Index]:
    """Yield the index of the bundled packs and the small pack."""
    environ = make_environ(cache / "no home", cache)
    index = open_index(Environment(environ=environ, platform="linux"), [SMALL])
    yield index
    index.close()


@pytest.fixture(scope="session")
def az_pk_page(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the report on Azerbaijan and Pakistan as an HTML file."""
    folder = tmp_path_factory.mktemp("report")
    path = folder / "az-pk.html"
    result = run_in_process(("report", "az", "pk", "-o", str(path)), make_environ(folder, cache))
    assert (result.code, result.out) == (0, "")
    return path


@pytest.fixture
def hostile_report_pack(tmp_path: Path) -> str:
    """Return the path of a pack in which each text tries to run code."""
    pack = tmp_path / "hostile.toml"
    pack.write_text(HOSTILE_PACK, "utf-8")
    return str(pack)
