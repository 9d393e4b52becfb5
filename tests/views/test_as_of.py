"""What was true on a day: one rule, which all views share."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bilatcli.index import Statement
from bilatcli.index.store import Index
from bilatcli.query.options import DATE_HINT
from bilatcli.query.request import Request
from bilatcli.views import VIEWS
from bilatcli.views import run as run_view
from bilatcli.views.as_of import fact_json_on, status_on
from bilatcli.vocabulary import STATUSES
from support import Run

CHANGING_FACTS = Statement(
    "test_changing_facts",
    """SELECT id, relation, topic, status, status_day, status_before, until_day, known_day, issue
    FROM fact WHERE is_generated = 0 AND (status_day IS NOT NULL OR until_day IS NOT NULL)
    ORDER BY id""",
)
DAYS_EACH_SIDE = 1


def make_fact(status: str, **values: str | None) -> Any:
    """Return a row of the statement `facts` with only the columns that decide its status."""
    columns = {"status_day": None, "status_before": status, "until_day": None}
    json = f'{{"text":"a \\"status\\":\\"b\\"","status":"{status}","superseded_by":null}}'
    return {"status": status, "json": json, **columns, **values}


@pytest.mark.parametrize(
    ("fact", "day", "status"),
    [
        (make_fact("current"), None, "current"),
        (make_fact("current"), "1900-01-01", "current"),
        (
            make_fact("superseded", status_day="2020-05-01", status_before="planned"),
            None,
            "superseded",
        ),
        (
            make_fact("superseded", status_day="2020-05-01", status_before="planned"),
            "2020-04-30",
            "planned",
        ),
        (
            make_fact("superseded", status_day="2020-05-01", status_before="planned"),
            "2020-05-01",
            "superseded",
        ),
        (
            make_fact(
                "superseded", status_day="2020", status_before="current", until_day="2030-12-31"
            ),
            "2025-01-01",
            "superseded",
        ),
        (make_fact("historical", until_day="2020-12-31"), "2020-12-30", "current"),
        (make_fact("historical", until_day="2020-12-31"), "2020-12-31", "historical"),
        (make_fact("disputed", until_day="2020-12-31"), "2019-01-01", "disputed"),
        (make_fact("planned", until_day="2020-12-31"), "2019-01-01", "planned"),
    ],
)
def test_status_on(fact: Any, day: str | None, status: str) -> None:
    """Before its status day a fact has its earlier status; until its end it was current."""
    assert status_on(fact, day) == status
    assert f'"status":"{status}"' in fact_json_on(fact, day)


def test_successor_is_hidden_before_it_is_known() -> None:
    """A fact has no successor on a day on which it was not superseded."""
    fact = make_fact("superseded", status_day="2020-05-01", status_before="current")
    fact["json"] = '{"id":"a-b/c","status":"superseded","superseded_by":"a-b/d","note":null}'
    assert fact_json_on(fact, None) == fact["json"]
    earlier = '{"id":"a-b/c","status":"current","superseded_by":null,"note":null}'
    assert fact_json_on(fact, "2020-04-30") == earlier


# --- all views give the same status


def add_days(day: str, number: int) -> str:
    """Return the day a number of days later."""
    return (date.fromisoformat(day) + timedelta(number)).isoformat()


def find_days(fact: Any) -> set[str]:
    """Return the days around which a fact changes, and the first day on which it was known."""
    changes = [
        day for day in (fact["status_day"], fact["until_day"]) if day and "0001" < day < "9998"
    ]
    around = range(-DAYS_EACH_SIDE, DAYS_EACH_SIDE + 1)
    days = {add_days(day, number) for day in changes for number in around}
    return {day for day in days if fact["known_day"] <= day}


def ask_statuses(index: Index, view: str, words: str, **options: object) -> dict[str, str]:
    """Return the status of each fact of a document, and of each step of a chain, by its id."""
    document = run_view(VIEWS[view], Request(view, words.split(), **options), index).load()
    steps = [step for chain in document.get("chains", ()) for step in chain["steps"]]
    return {each["id"]: each["status"] for each in (*document["facts"], *steps)}


def test_views_agree_on_every_day(index: Index) -> None:
    """Of every fact that changes, on every day around a change, all views give the same status."""
    relations: dict[str, list[Any]] = {}
    for fact in index.rows(CHANGING_FACTS):
        relations.setdefault(fact["relation"], []).append(fact)
    assert len(relations) > 10
    for relation, facts in relations.items():
        topics = {fact["topic"] for fact in facts}
        for day in sorted({day for fact in facts for day in find_days(fact)}):
            known = {fact["id"]: status_on(fact, day) for fact in facts if fact["known_day"] <= day}
            told = ask_statuses(index, "facts", relation, all=True, as_of=day)
            assert {id: told[id] for id in known} == known
            others = [
                ask_statuses(index, "timeline", relation, all=True, as_of=day),
                ask_statuses(index, "summary", relation, all=True, as_of=day),
            ]
            if "military" in topics:
                others.append(ask_statuses(index, "military", relation, all=True, as_of=day))
            if "stance" in topics:
                others.append(ask_statuses(index, "stances", relation, all=True, as_of=day))
            for statuses in others:
                assert {id: told[id] for id in statuses} == statuses, (relation, day)


def test_search_and_cite_and_diff_agree(index: Index) -> None:
    """The views that find facts by words, by their sources or by a change give the same status."""
    for fact in index.rows(CHANGING_FACTS)[::4]:
        slug = fact["id"].partition("/")[2]
        for day in sorted(find_days(fact)):
            status = status_on(fact, day)
            cited = ask_statuses(index, "cite", fact["id"], as_of=day)
            assert cited == {fact["id"]: status}, (slug, day)
            earlier = add_days(day, -1)
            changed = ask_statuses(index, "diff", f"{fact['relation']} {earlier} {day}")
            assert changed.get(fact["id"], status) == status
            if fact["issue"]:
                stances = ask_statuses(index, "stances", fact["issue"], all=True, as_of=day)
                assert stances[fact["id"]] == status


@pytest.mark.parametrize("day", ["2016-12-31", "2020-11-10", "2023-01-01", "2025-03-01"])
@pytest.mark.parametrize("words", ["azerbaijan", "pakistan", "agreement", "jf-17"])
def test_search_agrees(index: Index, words: str, day: str) -> None:
    """Search shows facts with the status that `facts` shows, and no superseded one unless asked."""
    for is_all in (False, True):
        found = ask_statuses(index, "search", words, limit="500", as_of=day, all=is_all)
        for relation in {id.partition("/")[0] for id in found}:
            expected = ask_statuses(index, "facts", relation, as_of=day, all=is_all)
            own = {id: status for id, status in found.items() if id.startswith(f"{relation}/")}
            assert own == {id: expected[id] for id in own}


def test_disputed_in_all_views(run: Run, index: Index) -> None:
    """A claim that ended later was disputed before its end as well, in every view."""
    id = "am-az/lachin-corridor-2022"
    assert ask_statuses(index, "facts", "am az", as_of="2023-01-01")[id] == "disputed"
    assert ask_statuses(index, "search", "lachin", as_of="2023-01-01")[id] == "disputed"
    assert ask_statuses(index, "diff", "am az 2021 2023-01")[id] == "disputed"
    assert run("timeline", "am", "az", "lachin", "--as-of", "2023-01-01").code == 0


def test_statuses_are_known_words(index: Index) -> None:
    """An earlier status is a word of the vocabulary, and never `superseded`."""
    for fact in index.rows(CHANGING_FACTS):
        assert fact["status_before"] in STATUSES
        assert fact["status_day"] is None or fact["status_before"] != "superseded"


# --- the bundled packs


def find_military(index: Index, **options: object) -> dict[str, str]:
    """Return the status of each military fact on Azerbaijan and Pakistan, by its id there."""
    document = run_view(VIEWS["military"], Request("military", ["az", "pk"], **options), index)
    facts = document.load()["facts"]
    return {fact["id"].removeprefix("az-pk/"): fact["status"] for fact in facts}


def test_december_2016_and_today(index: Index) -> None:
    """At the end of 2016 the JF-17 is under discussion; later facts are not known."""
    then, today = find_military(index, as_of="2016-12-31"), find_military(index)
    assert then["jf17-interest-renewed-2016"] == "current"
    assert then["joint-exercise-plans-2016"] == then["sharif-2016-visa-joint-training"] == "planned"
    assert today["joint-exercise-plans-2016"] == "historical"
    assert "jf17-interest-renewed-2016" not in today
    later = {"three-brothers-2021", "indus-shield-alpha"}
    assert later <= today.keys()
    assert not later & then.keys()


def test_superseded_later(index: Index) -> None:
    """A fact that was superseded later has no successor before, in facts and in chains."""
    id = "az-pk/jf17-first-batch-awaited-2025"
    request = Request("military", ["az", "pk"], as_of="2025-03-01")
    document = run_view(VIEWS["military"], request, index).load()
    (awaited,) = [fact for fact in document["facts"] if fact["id"] == id]
    assert (awaited["status"], awaited["superseded_by"]) == ("planned", None)
    steps = [step for chain in document["chains"] for step in chain["steps"] if step["id"] == id]
    assert [step["status"] for step in steps] == ["planned"]
    assert find_military(index, all=True)["jf17-first-batch-awaited-2025"] == "superseded"


def test_superseded_before_its_end(index: Index) -> None:
    """A fact that was superseded by then is superseded, whatever its end."""
    statuses = ask_statuses(index, "facts", "az ru", as_of="2018", all=True)
    assert statuses["az-ru/sipri-share-2015-2019"] == "superseded"


def test_since_and_until(index: Index) -> None:
    """Facts overlap with the time from `since` to `until`; undated ones are left out."""
    request = Request("facts", ["az", "pk"], since="2021", until="2021-06")
    facts = run_view(VIEWS["facts"], request, index).load()["facts"]
    dates = {fact["id"]: (fact["date"] or fact["as_of"])[:4] for fact in facts}
    assert "2021" in dates.values()
    assert all(fact["until"] or dates[fact["id"]] in ("2020", "2021") for fact in facts)
    assert ask_statuses(index, "facts", "az pk", since="9999") == {}


def test_query_has_the_days(index: Index) -> None:
    """The query has the last day of `as_of` and the first day of `since`."""
    request = Request("facts", ["az", "pk"], as_of="2016-02", since="2015")
    query = run_view(VIEWS["facts"], request, index).load()["query"]
    assert (query["as_of"], query["since"], query["until"]) == ("2016-02-29", "2015-01-01", None)


@pytest.mark.parametrize("option", ["--as-of", "--since", "--until"])
@pytest.mark.parametrize(
    "value", ["soon", "2016-13", "2016-02-30", "16", "2016-1-1", "", "20161231", "0000"]
)
def test_invalid_date(run: Run, option: str, value: str) -> None:
    """An invalid date is a usage error that names the option and shows the forms of a date."""
    result = run("facts", "az", "pk", f"{option}={value}")
    assert (result.code, result.out) == (2, "")
    assert result.err == f"bilatcli: `{option}` cannot be `{value}`; {DATE_HINT}\n"
