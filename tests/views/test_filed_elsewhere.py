"""Tests of facts on a pair that are filed under another pair."""

from __future__ import annotations

import pytest

from support import Run
from view_support import Ask


@pytest.mark.parametrize(
    ("words", "codes"),
    [("saudi arabia turkey", "sa-tr"), ("armenia israel", "am-il"), ("india turkey", "in-tr")],
)
def test_other_pairs_are_searched(ask: Ask, words: str, codes: str) -> None:
    """If no editor wrote a fact on a pair, the facts on it of other pairs are shown."""
    facts = ask("facts", words)["facts"]
    assert codes not in {fact["relation"] for fact in facts if fact["coverage"] == "curated"}
    assert len({fact["relation"] for fact in facts}) > 1


def test_event_of_two_other_pairs(ask: Ask) -> None:
    """A pact of one of two countries is found under the pair of each with its partner."""
    events = {fact["event"] for fact in ask("facts", "saudi arabia turkey")["facts"]}
    assert "saudi-pact-turkiye-2026" in events


def test_note(run: Run) -> None:
    """A note says how many facts there are, and where they are filed."""
    result = run("facts", "saudi arabia", "turkey", "--fields", "relation")
    relations = result.out.split()[1:]
    assert result.code == 0
    assert f"{len(relations)} facts on Saudi Arabia and Türkiye filed under" in result.err


def test_topic(ask: Ask) -> None:
    """Only facts on the topic of the view or of the option are added."""
    assert {fact["topic"] for fact in ask("facts", "india turkey", topic="stance")["facts"]} == {
        "stance"
    }
    assert {fact["topic"] for fact in ask("stances", "india turkey")["facts"]} == {"stance"}


def test_own_facts_come_alone(ask: Ask) -> None:
    """A pair with facts of an editor has those only, also if none of them answers the question."""
    assert {fact["relation"] for fact in ask("facts", "az pk")["facts"]} == {"az-pk"}
    assert ask("military", "az ru", as_of="1921")["facts"] == []
