"""Fixtures of the tests of faults."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fault_support import Place, Seen
from postgres_server import published, server

__all__ = ["published", "server"]
"""The fixtures of a server, which the tests of the index have too."""


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Return a home with a current index, which all tests only read."""
    made = Place(tmp_path_factory.mktemp("shared"))
    made.ask()
    return made


@pytest.fixture(scope="session")
def right(shared: Place) -> bytes:
    """Return the correct answer to the question."""
    done = shared.ask()
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout


@pytest.fixture
def place(tmp_path: Path, shared: Place) -> Place:
    """Return a home without an index of its own pack."""
    return Place(tmp_path, shared.cache)


@pytest.fixture
def indexed(place: Place, right: bytes) -> Place:
    """Return a home with a current index."""
    place.require(place.ask(), right)
    return place


@pytest.fixture
def seen(record_property: Callable[[str, object], None]) -> Seen:
    """Return a function that records what a test has seen."""
    return lambda text: record_property("seen", text)
