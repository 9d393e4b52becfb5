"""Tests of the views `issues` and `events`."""

from __future__ import annotations

import pytest

from support import Run
from view_support import Ask


def test_every_issue(ask: Ask) -> None:
    """Each issue of a stance is listed, with its facts, stances, holders and relations."""
    stances = ask("stances", matrix=True, all=True)["facts"]
    issues = ask("issues")["issues"]
    assert [each["id"] for each in issues] == sorted({fact["issue"] for fact in stances})
    for each in issues:
        facts = [fact for fact in stances if fact["issue"] == each["id"]]
        assert each["facts"] == len(facts)
        assert each["holders"] == sorted({fact["holder"] for fact in facts})
        assert each["relations"] == sorted({fact["relation"] for fact in facts})
        assert each["stances"] <= sum(fact["status"] == "current" for fact in facts)


def test_an_event_counts_once(ask: Ask) -> None:
    """A stance of an event that two relations record is one stance."""
    issues = {each["id"]: each for each in ask("issues", "karabakh")["issues"]}
    issue = issues["nagorno-karabakh"]
    facts = ask("stances", "nagorno-karabakh")["facts"]
    current = [
        fact for fact in facts if fact["status"] == "current" and fact["issue"] == issue["id"]
    ]
    assert 0 < issue["stances"] < len(current)


def test_every_event(ask: Ask) -> None:
    """Each event has the facts that `show` prints, and the relations that record it."""
    events = {each["id"]: each for each in ask("events")["events"]}
    assert len(events) > 50
    for id in ("india-pakistan-2025", "galwan-2020"):
        facts = ask("show", id)["facts"]
        assert events[id]["facts"] == len(facts)
        assert events[id]["relations"] == sorted({fact["relation"] for fact in facts})
        assert events[id]["first"] <= events[id]["newest"]


@pytest.mark.parametrize(
    ("view", "words", "expected"),
    [
        ("issues", "cyprus dispute", {"cyprus-dispute"}),
        ("issues", "kashmir", {"kashmir", "article-370"}),
        ("issues", "armenia", {"armenian-genocide", "recognition-of-armenia", "csto"}),
        ("events", "karabakh", {"karabakh-war-2020", "karabakh-offensive-2023"}),
        ("events", "india pakistan war", {"india-pakistan-war-1965", "india-pakistan-war-1971"}),
        ("events", "india china", {"galwan-2020", "sino-indian-war-1962"}),
    ],
)
def test_words_select(ask: Ask, view: str, words: str, expected: set[str]) -> None:
    """Words of the name, countries and subjects select issues and events."""
    found = {each["id"] for each in ask(view, words)[view]}
    assert expected <= found
    assert len(found) < len(ask(view)[view])


def test_unknown_words(run: Run) -> None:
    """Words that select nothing are an empty answer with a command that has one."""
    result = run("issues", "xyzzy")
    assert result.code == 1
    assert "no such issue; `bilatcli issues` lists all of them" in result.err
    table = run("events", "galwan", "--format", "table")
    assert "galwan-2020" in table.out
