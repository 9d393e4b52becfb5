"""Tests of the view `latest`."""

from __future__ import annotations

import pytest

from bilatcli.errors import UsageError
from support import Run
from view_support import Ask


def test_newest_first(ask: Ask) -> None:
    """The newest dated facts of all relations come first: no plans, no generated facts."""
    document = ask("latest")
    facts = document["facts"]
    assert len(facts) == document["query"]["limit"] == 20
    days = [fact["first"] for fact in facts]
    assert days == sorted(days, reverse=True)
    assert {fact["status"] for fact in facts}.isdisjoint({"planned", "superseded"})
    assert {fact["coverage"] for fact in facts} == {"curated"}
    assert len({fact["relation"] for fact in facts}) > 1
    assert document["total"] > 20


def test_country(ask: Ask) -> None:
    """With a country these are the newest facts on its relations; other options select them."""
    everything = ask("latest", country="armenia", limit="9999")
    newest = ask("latest", country="armenia", limit="5")["facts"]
    assert newest == everything["facts"][:5]
    assert len(everything["facts"]) == everything["total"]
    assert all("am" in fact["relation"].split("-") for fact in newest)
    trade = ask("latest", country="armenia", topic="trade", since="2020", limit="5")["facts"]
    assert trade
    assert {fact["topic"] for fact in trade} == {"trade"}


def test_as_of(ask: Ask) -> None:
    """As of a day, these are the newest facts that had happened and were known then."""
    facts = ask("latest", as_of="2020-12-31")["facts"]
    assert len(facts) == 20
    assert max(fact["first"] for fact in facts) <= "2020-12-31"


def test_notes(run: Run) -> None:
    """Notes say how many facts are older, or that there are none."""
    assert "older facts (`--limit " in run("latest", "--limit", "2").err
    empty = run("latest", "--country", "bhutan")
    assert (empty.code, empty.err) == (1, "bilatcli: no dated fact; leave out options\n")


@pytest.mark.parametrize(
    ("words", "country"),
    [
        ("armenia", "am"),
        ("facts about Armenia", "am"),
        ("news on South Caucasus", "South Caucasus"),
        ("facts", None),
    ],
)
def test_words(ask: Ask, words: str, country: str | None) -> None:
    """Question words are dropped, and a country or region in words is that of the option."""
    assert ask("latest", words)["facts"] == ask("latest", country=country)["facts"]


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("armenia embassy", "bilatcli facts armenia embassy --sort newest"),
        ("armenia india", "bilatcli facts armenia india --sort newest"),
        ("qqqq", "bilatcli search qqqq --sort newest"),
    ],
)
def test_other_words(ask: Ask, words: str, command: str) -> None:
    """Other words are a usage error, whose hint is a command with an answer."""
    with pytest.raises(UsageError) as caught:
        ask("latest", words)
    assert command in caught.value.message
