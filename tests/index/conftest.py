"""Fixtures of the tests of the index."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilatcli import resources
from bilatcli.index import build
from bilatcli.index.cache import bundled_packs
from postgres_server import published, server

__all__ = ["published", "server"]
"""The fixtures of a server, which the tests of faults have too."""


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
