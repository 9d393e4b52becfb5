"""The view `diff`: what changed between two dates."""

from __future__ import annotations

import json
from typing import Any

import pytest

from support import Run
from view_support import Ask

DATE_HINT = "write a date as 2016, 2016-12, 2016-12-31, `March 2024` or `last year`"
HINT = "255 other facts: `bilatcli facts az pk`"
TWO = "end with one or two, as in `bilatcli diff azerbaijan pakistan 2024`"


def test_changes(ask_small: Ask) -> None:
    """Added facts come first, then superseded ones, each with the status before and after."""
    document = ask_small("diff", "is mn 2005 2010")
    assert document["query"]["text"] == "is mn 2005 2010"
    assert document["between"] == {"from": "2005-12-31", "to": "2010-12-31"}
    assert document["changes"] == [
        {"fact": "is-mn/yak-1-delivery", "change": "added", "was": None, "is": "current"},
        {"fact": "is-mn/yak-1-order", "change": "superseded", "was": "planned", "is": "superseded"},
    ]
    assert [fact["id"] for fact in document["facts"]] == [
        change["fact"] for change in document["changes"]
    ]


@pytest.mark.parametrize(
    ("dates", "is_ended"),
    [("1985 1990", True), ("1990-12-30 1990-12-31", True), ("1990 1991", False)],
)
def test_ended(ask_small: Ask, dates: str, is_ended: bool) -> None:  # noqa: FBT001
    """A fact ends on the last day of its `until`, which belongs to the earlier date."""
    ended = {"fact": "is-mn/embassy", "change": "ended", "was": "current", "is": "historical"}
    assert (ended in ask_small("diff", f"is mn {dates}")["changes"]) is is_ended


def test_superseded_before_its_end(own: Run) -> None:
    """The end of a fact that was superseded before is no change."""
    facts = [
        ("old", "superseded", 'date = "2000"\nuntil = "2010"\nsuperseded_by = "new"'),
        ("new", "current", 'date = "2005"'),
    ]
    document = json.loads(own("diff", "cl", "nu", "2004", "2006", "--json", facts=facts).out)
    assert document["changes"] == [
        {"fact": "cl-nu/new", "change": "added", "was": None, "is": "current"},
        {"fact": "cl-nu/old", "change": "superseded", "was": "current", "is": "superseded"},
    ]
    assert own("diff", "cl", "nu", "2006", "2012", "--json", facts=facts).code == 1


@pytest.mark.parametrize("dates", [("2015", "2017-06"), ("2021-03-01", "2024"), ("2024", "2026")])
def test_difference_of_two_states(ask: Ask, dates: tuple[str, str]) -> None:
    """The changes are those between the answers as of both dates; facts are as of the later."""
    before, after = (
        {fact["id"]: fact for fact in ask("facts", "az pk", all=True, as_of=date)["facts"]}
        for date in dates
    )
    document = ask("diff", f"az pk {' '.join(dates)}")
    assert all(after[fact["id"]] == fact for fact in document["facts"])
    changes: dict[str, Any] = {change["fact"]: change for change in document["changes"]}
    added = {id for id, change in changes.items() if change["change"] == "added"}
    assert added == after.keys() - before.keys()
    for id, change in changes.items():
        assert change["was"] == (before[id]["status"] if id in before else None)
        assert change["is"] == after[id]["status"]
    assert {id for id in before if before[id]["status"] != after[id]["status"]} <= changes.keys()


def test_topic(ask: Ask) -> None:
    """Between 2024 and 2026 Pakistan's stance on Armenia was superseded."""
    document = ask("diff", "az pk 2024 2026", topic="stance")
    changes = {change["fact"]: change["change"] for change in document["changes"]}
    assert changes["az-pk/pk-armenia-relations-2025"] == "added"
    assert changes["az-pk/pk-no-ties-armenia"] == "superseded"
    assert {fact["topic"] for fact in document["facts"]} == {"stance"}


def test_filters(ask_small: Ask) -> None:
    """Words and `verified` filter the changes; dates may be part of a quoted text."""
    facts = ask_small("diff", "iceland mongolia yak 2005 2010")["facts"]
    assert [fact["id"] for fact in facts] == ["is-mn/yak-1-delivery", "is-mn/yak-1-order"]
    facts = ask_small("diff", "is mn 2005 2010", verified=True)["facts"]
    assert [fact["id"] for fact in facts] == ["is-mn/yak-1-order"]


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ("", 2, f"`diff` compares two dates, but got none; {TWO}"),
        ("az pk 2022 2024 2026", 2, f"`diff` compares two dates, but got 3; {TWO}"),
        ("2024 az 2026 pk", 2, f"`diff` compares two dates, but got none; {TWO}"),
        (
            "az pk 2024 2024-13",
            2,
            f"`2024-13` is not a date; {DATE_HINT}",
        ),
        ("az pk 2026 2024", 2, "`2026` does not end before `2024`; write the earlier date first"),
        (
            "az pk 1700 1701",
            1,
            f"no change on Azerbaijan–Pakistan between 1700 and 1701; {HINT}",
        ),
    ],
)
def test_errors(run: Run, words: str, code: int, message: str) -> None:
    """Words that cannot be compared are an error with a hint."""
    result = run("diff", *words.split())
    assert (result.code, result.err) == (code, f"bilatcli: {message}\n")


def test_ambiguous_country(run: Run) -> None:
    """The commands for the meanings of a name keep the dates."""
    result = run("diff", "korea", "pk", "2024", "2026")
    assert result.code == 1
    assert "  bilatcli diff kp pk 2024 2026  North Korea (KP)\n" in result.err


def test_unverified(small: Run) -> None:
    """If `verified` leaves nothing of the changes, a note says so."""
    result = small("diff", "is", "mn", "delivered", "2007", "2008", "--verified", "--fields", "id")
    problem = "no change on Iceland–Mongolia between 2007 and 2008 mentions `delivered`"
    hint = "1 fact is not verified: leave out `--verified`"
    assert (result.code, result.err) == (1, f"bilatcli: {problem}; {hint}\n")


@pytest.mark.parametrize("words", ["2023", "since 2023", "2023 now", "2023 to today"])
def test_one_date_is_compared_with_today(run: Run, words: str) -> None:
    """With one date, the other is today."""
    env = {"SOURCE_DATE_EPOCH": "1795824000"}
    result = run("diff", "az", "pk", *words.split(), "--json", env=env)
    assert json.loads(result.out)["between"] == {"from": "2023-12-31", "to": "2026-11-28"}
    assert result.code == 0
