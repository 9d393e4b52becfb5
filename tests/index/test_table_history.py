"""Rows that are history since a newer one: what was true stays in answers, after what is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support import Run
from table_support import HEAD, TABLE, write_table_pack

HISTORY = TABLE.replace('"newest"', '"history"\nrank = 4')
ROWS = """\
a,b,year,alike,percent
AX,PN,1999,1,50
AX,PN,2009,2,
AX,PN,2019,3,70
"""
"""Rows on two territories that no bundled pack relates."""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Write a pack whose table keeps the history of its rows."""
    return write_table_pack(tmp_path, pack=HEAD + HISTORY, votes=ROWS)


def find_facts(run: Run, pack: Path, view: str, *options: str) -> list[dict[str, Any]]:
    """Return the facts of a view on the two territories."""
    result = run(view, "ax", "pn", "--json", "--data", str(pack), *options)
    facts: list[dict[str, Any]] = json.loads(result.out)["facts"]
    return facts


def find_statuses(run: Run, pack: Path, *options: str) -> dict[str, str]:
    """Return the statuses of the facts on the two territories by their dates."""
    facts = find_facts(run, pack, "facts", *options)
    assert all(fact["superseded_by"] is None for fact in facts)
    return {fact["date"]: fact["status"] for fact in facts}


def test_older_rows_are_history(pack: Path, run: Run) -> None:
    """Every row stays in answers; only the newest one is current."""
    assert find_statuses(run, pack) == {
        "1999": "historical",
        "2009": "historical",
        "2019": "current",
    }
    assert find_statuses(run, pack, "--status", "current") == {"2019": "current"}


def test_a_row_was_current_until_the_next_one(pack: Path, run: Run) -> None:
    """On an earlier day, the newest row of that day was current, and a later one unknown."""
    earlier = find_statuses(run, pack, "--as-of", "2010-05-01")
    assert earlier == {"1999": "historical", "2009": "current"}


def test_history_comes_late_in_a_summary(tmp_path: Path, run: Run) -> None:
    """The newest row keeps its rank; older ones come after facts that are less telling."""
    polls = TABLE.replace('"votes"', '"polls"').replace('"newest"', '"all"\nrank = 5')
    one = "a,b,year,alike,percent\nAX,PN,1990,1,\n"
    polls = polls.replace("votes.csv", "polls.csv")
    pack = write_table_pack(tmp_path, pack=HEAD + HISTORY + polls, votes=ROWS, polls=one)
    for options, expected in (
        ((), ["votes-2019", "polls-1990", "votes-2009", "votes-1999"]),
        (("--as-of", "2010"), ["votes-2009", "polls-1990", "votes-1999"]),
    ):
        facts = find_facts(run, pack, "summary", *options)
        assert [fact["id"].removeprefix("ax-pn/") for fact in facts] == expected


def test_rows_on_what_happened_are_in_timelines(tmp_path: Path, run: Run) -> None:
    """A row with a date is an event of a timeline; a generated state as of a year is none."""
    states = TABLE.replace('"votes"', '"states"').replace('date = "{year}"', 'as_of = "{year}"')
    states = states.replace('keep = "newest"', 'key = "{year}"')
    pack = write_table_pack(tmp_path, pack=HEAD + HISTORY + states, votes=ROWS)
    ids = ["votes-1999", "votes-2009", "votes-2019"]
    facts = find_facts(run, pack, "timeline")
    assert [fact["id"].removeprefix("ax-pn/") for fact in facts] == ids
    for options in ((), ("--as-of", "2020"), ("--limit", "2")):
        result = run("latest", "--country", "ax", "--json", "--data", str(pack), *options)
        document = json.loads(result.out)
        newest = [fact["id"].removeprefix("ax-pn/") for fact in document["facts"]]
        assert newest == ids[::-1][: document["query"]["limit"]]
        assert document["total"] == 3
