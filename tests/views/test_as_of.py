"""What held on an earlier day and was known then: plans are plans again, what was superseded later still holds."""

from __future__ import annotations

import json
from typing import Any

import pytest

from support import Run

PAIR = ("military", "az", "pk", "--json")


def standing(run: Run, *options: str) -> dict[str, str]:
    """The status of each military fact of Azerbaijan–Pakistan."""
    facts: list[dict[str, Any]] = json.loads(run(*PAIR, *options).out)["facts"]
    return {fact["id"].removeprefix("az-pk/"): fact["status"] for fact in facts}


def test_december_2016_and_today(run: Run) -> None:
    """At the end of 2016 the JF-17 is talked of and joint exercises are planned; today there are orders."""
    then, today = standing(run, "--as-of", "2016-12-31"), standing(run)
    assert then["jf17-interest-renewed-2016"] == "current"
    assert then["joint-exercise-plans-2016"] == then["sharif-2016-visa-joint-training"] == "planned"
    assert today["joint-exercise-plans-2016"] == "historical"
    assert "jf17-interest-renewed-2016" not in today
    later = {"three-brothers-2021", "indus-shield-alpha", "jf17-order-2025-sources"}
    assert not later & then.keys()
    assert any(id.startswith("jf17") and "40" in id for id in today)
    dates = [
        fact["date"]
        for fact in json.loads(run(*PAIR, "--as-of", "2016").out)["facts"]
        if fact["date"]
    ]
    assert max(date[:4] for date in dates) == "2016"


def test_what_is_superseded_today_held_then(run: Run) -> None:
    """A fact that was superseded later has no successor as of a day before, in facts and in the steps of chains."""
    document = json.loads(run(*PAIR, "--as-of", "2025-03-01").out)
    awaited = next(
        fact for fact in document["facts"] if fact["id"] == "az-pk/jf17-first-batch-awaited-2025"
    )
    assert (awaited["status"], awaited["superseded_by"]) == ("planned", None)
    steps = [
        step
        for chain in document["chains"]
        for step in chain["steps"]
        if step["id"] == awaited["id"]
    ]
    assert [step["status"] for step in steps] == ["planned"]
    today = json.loads(run(*PAIR, "--all").out)["facts"]
    assert next(fact for fact in today if fact["id"] == awaited["id"])["status"] == "superseded"


def test_what_holds_today_is_not_said_of_then(run: Run) -> None:
    """Overview and status of a relation are of today, and are left out as of another day."""
    relation = json.loads(run("summary", "az", "pk", "--as-of", "2016", "--json").out)["relation"]
    assert (relation["overview"], relation["status"], relation["established"]) == (
        None,
        None,
        "1992-06-09",
    )


def test_an_outline_is_not_of_then(run: Run) -> None:
    """What a reference work says of 2026 is no answer as of an earlier day; as of its own it is one."""
    earlier, own = (
        json.loads(run("summary", "az", "pk", "--as-of", day, "--json").out)
        for day in ("2016", "2026-01")
    )
    assert earlier["outline"] is None
    assert all(fact["coverage"] == "curated" for fact in earlier["facts"])
    assert own["outline"]["distance_km"] == 2180
    assert run("summary", "fiji", "peru", "--as-of", "2016").code == 1


def test_since_and_until(run: Run) -> None:
    """Facts are kept whose time reaches into the one that is asked for; undated ones are not."""
    facts = json.loads(
        run("facts", "az", "pk", "--since", "2021", "--until", "2021-06", "--json").out
    )["facts"]
    years = {(fact["date"] or fact["as_of"])[:4] for fact in facts}
    assert {"2021"} <= years
    assert all(
        fact["until"] or (fact["date"] or fact["as_of"])[:4] in ("2020", "2021") for fact in facts
    )
    assert json.loads(run("facts", "az", "pk", "--since", "9999", "--json").out)["facts"] == []


@pytest.mark.parametrize("option", ["--as-of", "--since", "--until"])
@pytest.mark.parametrize(
    "value", ["yesterday", "2016-13", "2016-02-30", "16", "2016-1-1", "", "20161231", "0000"]
)
def test_what_is_no_date(run: Run, option: str, value: str) -> None:
    """A date that is none is refused in one line that says how to write one."""
    result = run("facts", "az", "pk", f"{option}={value}")
    wanted = (
        f"bilatcli: {option} cannot be `{value}`: write a date as 2016, 2016-12 or 2016-12-31\n"
    )
    assert (result.code, result.out, result.err) == (2, "", wanted)


def test_the_document_says_which_day(run: Run) -> None:
    """`query` has the last day of the date that was asked for."""
    query = json.loads(
        run("facts", "az", "pk", "--as-of", "2016-02", "--since", "2015", "--json").out
    )["query"]
    assert (query["as_of"], query["since"], query["until"]) == ("2016-02-29", "2015-01-01", None)


def test_what_ended_later_held_then(run: Run) -> None:
    """A fact whose end lies ahead held on the day; one that was superseded by then did not, whatever end it has."""
    facts = json.loads(run("facts", "az", "ru", "--as-of", "2018", "--all", "--json").out)["facts"]
    known = {fact["id"]: fact for fact in facts}
    assert known["az-ru/sipri-share-2015-2019"]["status"] == "superseded"


def test_what_has_an_end_held_until_then(run: Run) -> None:
    """A historical fact was current as of the last day before its end, if nothing superseded it."""
    today = json.loads(run("facts", "az", "tr", "pk", "ru", "in", "am", "--all", "--json").out)[
        "facts"
    ]
    ended = [
        f
        for f in today
        if f["until"] and f["status"] == "historical" and len(f["until"]) == 10 and f["date"]
    ]
    ended = [fact for fact in ended if fact["date"][:10] < fact["until"]]
    assert ended
    for fact in ended[:6]:
        day = (
            f"{fact['until'][:8]}{int(fact['until'][8:]) - 1:02}"
            if fact["until"][8:] != "01"
            else fact["date"][:10]
        )
        shown = json.loads(run("facts", fact["relation"], "--as-of", day, "--all", "--json").out)[
            "facts"
        ]
        assert {f["id"]: f["status"] for f in shown}[fact["id"]] == "current"
