"""Partial matches: facts with most of the words, and the words that are missing."""

from __future__ import annotations

import json

import pytest

from bilatcli.query.filters import Filter
from bilatcli.query.interpret import Query
from bilatcli.query.partial import match_partly
from bilatcli.query.request import Request
from support import Run

TEXTS = [" embassi baku ", " embassi open ", " visit open ", " visit ", " visit "]


@pytest.mark.parametrize(
    ("words", "places", "missing"),
    [
        ("embassy opens kashmir", [1], ["kashmir"]),
        ("baku visit open", [2], ["baku"]),
        ("embassy visit", [0, 1], ["visit"]),
        ("kashmir drone", [], []),
    ],
)
def test_texts_with_most_words(words: str, places: list[int], missing: list[str]) -> None:
    """The most words count, then the rarest ones."""
    query = Query(Request("facts"), [], Filter(words.split()))
    assert (match_partly(query, TEXTS), query.missing) == (places, missing)


def test_no_texts() -> None:
    """Without texts nothing matches."""
    assert match_partly(Query(Request("facts"), [], Filter(["a", "b"])), []) == []


@pytest.mark.parametrize(
    ("argv", "missing"),
    [
        ("facts az pk thunder kashmir", ["kashmir"]),
        ("timeline az pk thunder kashmir", ["kashmir"]),
        ("military az pk thunder kashmir", ["thunder"]),
        ("search drone pipeline kashmir", ["pipeline"]),
        ("facts az pk thunder", []),
    ],
)
def test_views_show_partial_matches(run: Run, argv: str, missing: list[str]) -> None:
    """Facts with most words are shown, with exit code 0, and the missing words are named."""
    result = run(*argv.split(), "--json")
    document = json.loads(result.out)
    assert (result.code, document["query"]["missing"]) == (0, missing)
    assert document["facts"]
    named = ", ".join(f"`{word}`" for word in missing)
    assert (f": showing facts without {named}\n" in result.err) == bool(missing)


def test_no_partial_match(run: Run) -> None:
    """Nothing is shown, with exit code 1, if no fact has any of the words."""
    result = run("search", "qqqqqq", "zzzzzz")
    assert result.code == 1
    assert result.err == "bilatcli: no fact mentions `qqqqqq zzzzzz`; use fewer words\n"


@pytest.mark.parametrize(
    "argv",
    [
        "summary armenia xyzzyx",
        "summary az pk xyzzyx",
        "summary az pk --since 2030",
        "summary germany poland since 2030",
        "cite az pk xyzzyx",
        "map az pk xyzzyx",
    ],
)
def test_a_filter_that_leaves_nothing(run: Run, argv: str) -> None:
    """A view without a fact that answers exits with 1, and says why."""
    result = run(*argv.split())
    assert result.code == 1
    assert "bilatcli: no " in result.err


def test_a_summary_leads_to_other_facts(run: Run) -> None:
    """If only facts that are not headlines have the words, their number and command are noted."""
    result = run("summary", "az", "pk", "visa")
    assert result.code == 1
    assert "`bilatcli facts az pk visa`" in result.err
    assert run("facts", "az", "pk", "visa").code == 0


def test_a_filter_selects_relations(run: Run) -> None:
    """The summary of a country has the relations with facts that have the words."""
    document = json.loads(run("summary", "armenia", "embassy", "--json").out)
    everything = json.loads(run("summary", "armenia", "--json").out)
    assert 0 < len(document["relations"]) < len(everything["relations"])
