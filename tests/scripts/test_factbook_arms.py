"""The rule for arms suppliers reads only what the grammar of a sentence supports."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import factbook_arms
from bilatcli.environment import Environment
from bilatcli.index.store import open_index
from factbook import Entry, Work


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Work]:
    """Return the names of countries, without readings of our own."""
    home = str(tmp_path_factory.mktemp("home"))
    index = open_index(
        Environment(environ={"HOME": home, "XDG_CACHE_HOME": home}, platform="linux")
    )
    yield Work({"arms": {}, "name": {}}, [], {}, index)
    index.close()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "it imported arms from suppliers such as Iran and Chad to support its war on Ukraine",
            {"IR": "supplier", "TD": "supplier"},
        ),
        (
            "Chinese- and Russian-origin equipment, but in recent years suppliers include Germany",
            {"CN": "origin", "RU": "origin", "DE": "supplier"},
        ),
        (
            "older and donated (typically secondhand) equipment from suppliers, including Italy",
            {"IT": "older, donated or secondhand"},
        ),
        ("countries besides Russia provide arms, including India", {"IN": "supplier"}),
        ("in recent years, the US has been the largest supplier of arms", {"US": "leading"}),
        ("prior to the invasion it was equipped with Russian-origin weapons", {}),
        ("it has a defense industry that cooperates with France and the US", {}),
    ],
)
def test_suppliers(work: Work, text: str, expected: dict[str, str]) -> None:
    """Suppliers, origins and old stock are kept apart; other countries do not count."""
    assert factbook_arms.suppliers(work, Entry("MN", None, {}, ""), text) == expected
