"""Tests of the view `latest`."""

from __future__ import annotations

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
    """Notes say how many facts are older, or that there are none; words are a usage error."""
    assert "older facts (`--limit " in run("latest", "--limit", "2").err
    empty = run("latest", "--country", "bhutan")
    assert (empty.code, empty.err) == (1, "bilatcli: no dated fact; leave out options\n")
    wrong = run("latest", "armenia")
    assert wrong.code == 2
    assert "try `bilatcli latest --country armenia`" in wrong.err
