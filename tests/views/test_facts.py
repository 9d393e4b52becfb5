"""The view `facts`, and what all views of facts share: the filter, hidden facts, missing pairs."""

from __future__ import annotations

import json

import pytest

from bilatcli.vocabulary import TOPICS
from support import Result, Run
from view_support import Ask


def list_ids(document: dict[str, list[dict[str, str]]]) -> list[str]:
    """Return the ids of the facts of a document."""
    return [fact["id"] for fact in document["facts"]]


def test_order(ask: Ask) -> None:
    """Facts come by relation, curated ones first, then by topic and day; undated ones last."""
    facts = ask("facts", "az pk tr")["facts"]
    assert [fact["relation"] for fact in facts] == sorted(fact["relation"] for fact in facts)
    keys = [
        (fact["relation"], fact["coverage"], TOPICS.index(fact["topic"]), not fact["date"])
        for fact in facts
        if fact["date"] is None or "/" not in fact["date"]
        if not fact["as_of"]
    ]
    assert keys == sorted(keys)


def test_sources_in_the_order_of_use(ask: Ask) -> None:
    """Each source is listed once, in the order in which facts use them, then the header."""
    document = ask("facts", "az pk")
    used = dict.fromkeys(id for fact in document["facts"] for id in fact["sources"])
    relation = document["relation"]
    header = (id for key in relation if key.endswith("sources") for id in relation[key])
    assert [source["id"] for source in document["sources"]] == list(dict.fromkeys([*used, *header]))


@pytest.mark.parametrize("words", ["az pk jf-17", "az pk JF17", "jf 17 az pk", "az pk jf"])
def test_filter(ask: Ask, words: str) -> None:
    """Facts have words that begin with each word of the filter; model numbers may be joined."""
    document = ask("facts", words)
    assert document["facts"]
    assert "az-pk/jf17-interest-renewed-2016" in list_ids(ask("facts", words, all=True))
    every = list_ids(ask("facts", "az pk"))
    assert list_ids(document) == [id for id in every if id in list_ids(document)]


def test_topic(ask: Ask) -> None:
    """A topic keeps the facts on it."""
    every = ask("facts", "az pk")["facts"]
    found = ask("facts", "az pk", topic="trade")["facts"]
    assert found == [fact for fact in every if fact["topic"] == "trade"] != []


def test_superseded_and_unverified(ask: Ask) -> None:
    """Superseded facts are left out unless asked for; `verified` keeps cited facts only."""
    every = ask("facts", "az pk", all=True)["facts"]
    current = [fact for fact in every if fact["status"] != "superseded"]
    assert ask("facts", "az pk")["facts"] == current != every
    cited = [fact for fact in current if fact["verification"] == "cited"]
    assert ask("facts", "az pk", verified=True)["facts"] == cited != current


def test_fields(ask: Ask) -> None:
    """Chosen fields are kept in their order; a fact without the field has null."""
    facts = ask("facts", "az pk", fields="status,system,id")["facts"]
    assert {tuple(fact) for fact in facts} == {("status", "system", "id")}
    assert None in {fact["system"] for fact in facts}


@pytest.mark.parametrize(
    ("argv", "note"),
    [
        (("az", "pk", "xyzzyx"), "no fact on Azerbaijan–Pakistan mentions `xyzzyx`; {n} facts"),
        (("is", "mn", "talks", "yak"), "mentions `talks yak`; 1 fact is superseded: add `--all`"),
        (
            ("is", "mn", "blankets", "--verified"),
            "1 fact is superseded or not verified: add `--all` or leave out `--verified`",
        ),
        (
            ("is", "mn", "--topic", "trade", "--since", "2020"),
            "no fact on Iceland–Mongolia with topic `trade`; 15 other facts: `bilatcli facts is",
        ),
    ],
    ids=lambda value: value[-1] if isinstance(value, tuple) else "",
)
def test_why_nothing_is_found(small: Run, argv: tuple[str, ...], note: str) -> None:
    """An empty answer says what was asked, and how many facts a wider question has."""
    result = small("facts", *argv, "--json")
    count = len(json.loads(small("facts", *argv[:2], "--all", "--json").out)["facts"])
    assert (result.code, json.loads(result.out)["facts"]) == (1, [])
    assert note.format(n=count) in result.err


def test_missing_pairs(run: Run) -> None:
    """Of three countries, the pairs without a relation are named."""
    result = run("facts", "az", "pk", "niue", "--json")
    assert result.code == 0
    assert result.err == "bilatcli: no facts on Azerbaijan–Niue, Niue–Pakistan\n"


def test_no_relation(run: Run) -> None:
    """Countries without a relation are an error with what is generated, and their relations."""
    result: Result = run("facts", "iran", "mongolia", "--json")
    error = json.loads(result.out)["error"]
    assert (result.code, error["kind"]) == (1, "nothing-recorded")
    assert error["message"].startswith("no facts on Iran–Mongolia, only generated data: ")
    assert error["candidates"][0]["command"] == "bilatcli summary ir-mn"
    assert "AZ" not in error["message"]
    filtered = run("facts", "iran", "mongolia", "nuclear").err
    assert "no facts on Iran–Mongolia (using `nuclear` as a filter)" in filtered


@pytest.mark.parametrize("view", ["summary", "facts", "military", "stances", "timeline", "cite"])
def test_no_data_at_all(run: Run, view: str) -> None:
    """Neither facts nor generated data on a pair are an error with a command that has an answer."""
    result = run(view, "antarctica", "bouvet")
    assert (result.code, result.out) == (1, "")
    message = "no facts on Antarctica–Bouvet Island; `bilatcli list` shows what is recorded"
    assert result.err == f"bilatcli: {message}\n"


def test_only_relations_of_a_country_are_related(run: Run) -> None:
    """Relations of other countries are not suggested as related."""
    lines = run("facts", "bhutan", "tuvalu").err.splitlines()
    suggested = {
        "bilatcli summary bt-tv": "generated data on Bhutan–Tuvalu (bt-tv)",
        "bilatcli facts bt": "Bhutan (BT)",
        "bilatcli facts tv": "Tuvalu (TV)",
    }
    hint = "`bilatcli summary bt-tv`; related: Bhutan (BT), Tuvalu (TV)"
    assert lines == [
        f"bilatcli: no facts on Bhutan–Tuvalu, only generated data: {hint}",
        *(f"  {command}  {label}" for command, label in suggested.items()),
    ]
    for command in suggested:
        assert run(*command.split()[1:]).code == 0
