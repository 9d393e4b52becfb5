"""Fixtures of the tests of views."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bilatcli.index.store import Index
from support import Result, Run
from view_support import SMALL, Ask, make_ask, open_own, write_own_pack


@pytest.fixture(scope="session")
def small_index(cache: Path) -> Iterator[Index]:
    """Yield the index of the small pack and the bundled ones."""
    with open_own(cache, SMALL) as index:
        yield index


@pytest.fixture(scope="session")
def ask(index: Index) -> Ask:
    """Return a function that asks the bundled packs."""
    return make_ask(index)


@pytest.fixture(scope="session")
def ask_small(small_index: Index) -> Ask:
    """Return a function that asks the small pack and the bundled ones."""
    return make_ask(small_index)


@pytest.fixture
def small(run: Run) -> Run:
    """Return a function that runs a command line with the small pack."""

    def call(*argv: str, **options: Any) -> Result:
        return run(*argv, "--data", str(SMALL), **options)

    return call


@pytest.fixture
def own(run: Run, tmp_path: Path) -> Run:
    """Return a function that runs a command line with own facts on Chile and Niue.

    Each fact is its id, its status and further lines of TOML.
    """

    def call(*argv: str, facts: list[tuple[str, str, str]], **options: Any) -> Result:
        return run(*argv, "--data", str(write_own_pack(tmp_path / "own.toml", facts)), **options)

    return call
