"""Fixtures of the tests of views."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bilatcli.environment import Environment
from bilatcli.index.store import Index, open_index
from bilatcli.query.request import Request
from bilatcli.views.fetch import fetch_facts, to_fact_jsons
from bilatcli.views.record_ids import ALL_FACTS
from support import Result, Run, make_environ
from view_support import SMALL, Ask, Fact, make_ask, open_own, write_own_pack


@pytest.fixture(scope="session")
def small_index(cache: Path) -> Iterator[Index]:
    """Yield the index of the small pack and the bundled ones."""
    with open_own(cache, SMALL) as index:
        yield index


@pytest.fixture(scope="session")
def ask(index: Index) -> Ask:
    """Return a function that asks the bundled packs."""
    return make_ask(index)


@pytest.fixture
def ask_all(all_packs: None, cache: Path) -> Iterator[Ask]:  # noqa: ARG001
    """Yield a function that asks all bundled packs, those of tables too."""
    environ = make_environ(cache / "no home", cache)
    with closing(open_index(Environment(environ=environ, platform="linux"))) as index:
        yield make_ask(index)


@pytest.fixture(scope="session")
def ask_small(small_index: Index) -> Ask:
    """Return a function that asks the small pack and the bundled ones."""
    return make_ask(small_index)


@pytest.fixture(scope="session")
def every_fact(index: Index) -> list[Fact]:
    """Return all facts of the bundled packs that are not superseded."""
    ids = [row["id"] for row in index.rows(ALL_FACTS)]
    facts = map(json.loads, to_fact_jsons(fetch_facts(Request("facts"), index, ids=ids)))
    return [fact for fact in facts if fact["status"] != "superseded"]


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
