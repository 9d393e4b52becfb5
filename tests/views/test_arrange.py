"""The order of facts, and how many of them, by `sort` and `limit`."""

from __future__ import annotations

import pytest

from bilatcli.query.request import Request
from bilatcli.views import VIEWS
from bilatcli.views.arrange import arrange_facts
from support import Run, read_column
from view_support import Ask

DAYS = {
    "a": ("2001-01-01", "2001-01-01"),
    "b": ("~", "~"),
    "c": ("2020-01-01", "2020-12-31"),
    "d": ("0000-00-00", "1990-12-31"),
}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, "abcd"),
        ({"sort": "newest"}, "cadb"),
        ({"sort": "oldest"}, "dacb"),
        ({"sort": "oldest", "limit": "1"}, "d"),
        ({"sort": "relevance", "limit": "2"}, "ab"),
        ({"limit": "2"}, "ac"),
        ({"limit": "9"}, "abcd"),
    ],
)
def test_order(options: dict[str, str], expected: str) -> None:
    """Undated facts come last; a limit without an order keeps the newest, where they are."""
    rows = [{"id": id, "first_day": first, "last_day": last} for id, (first, last) in DAYS.items()]
    found = arrange_facts(rows, Request("facts", **options))  # type: ignore[arg-type]
    assert "".join(row["id"] for row in found) == expected


@pytest.mark.parametrize("view", ["facts", "timeline", "military", "stances", "search", "figures"])
def test_limit(run: Run, view: str) -> None:
    """Every view of facts has at most N facts, in every format, and a note counts the others."""
    words = ["kashmir"] if view == "search" else ["az", "pk"]
    result = run(view, *words, "-n", "2", "--fields", "id")
    assert len(result.out.splitlines()) == 3
    assert "more fact" in result.err
    for format in ("csv", "ndjson", "markdown", "table", "json"):
        assert run(view, *words, "--limit", "2", "--format", format).code == 0


def test_newest_first(ask: Ask) -> None:
    """The newest facts come first, and a timeline still counts the facts of each year."""
    document = ask("timeline", "az pk", sort="newest", limit="5")
    firsts = [fact["first"] for fact in document["facts"]]
    assert firsts == sorted(firsts, reverse=True)
    assert sum(year["facts"] for year in document["years"]) == 5
    assert len(document["sources"]) < len(ask("timeline", "az pk")["sources"])


def test_search_by_date(run: Run) -> None:
    """The oldest of all matches come first, not the oldest of the best ones."""
    found = read_column(run("search", "embassy", "--sort", "oldest", "-n", "3"), "date")
    every = read_column(run("search", "embassy", "--limit", "5000"), "date")
    assert found[0] == min(date for date in every if date)


def test_list(run: Run) -> None:
    """A list has at most N relations."""
    result = run("list", "-n", "3")
    assert len(result.out.splitlines()) == 4
    assert "more relations" in result.err


@pytest.mark.parametrize("view", list(VIEWS))
def test_display_options(view: str) -> None:
    """Every view has the options that say how much a table shows."""
    keys = {option.key for option in VIEWS[view].options}
    assert {"all_rows", "brief", "sources", "ids", "output", "force", "no_pager"} <= keys
