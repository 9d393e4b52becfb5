"""Fixtures for tests of renderers: an index with the small pack."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bilatcli.environment import Environment
from bilatcli.index.store import Index, open_index
from render_support import SMALL
from support import make_environ


@pytest.fixture(scope="session")
def small_index(cache: Path) -> Iterator[Index]:
    """Yield the index of the bundled packs and the small pack."""
    environ = make_environ(cache / "no home", cache)
    index = open_index(Environment(environ=environ, platform="linux"), [SMALL])
    yield index
    index.close()
