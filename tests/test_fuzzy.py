"""Fuzzy matching of words."""

from __future__ import annotations

import pytest

from bilatcli.fuzzy import (
    MAX_RESULTS,
    best_matches,
    did_you_mean,
    find_nearest,
    rank_misspellings,
)

TOPICS = ["recognition", "trade", "transport"]


@pytest.mark.parametrize(
    ("word", "nearest", "hint"),
    [
        ("trad", "trade", "did you mean `trade`?"),
        ("trnasport", "transport", "did you mean `transport`?"),
        ("arms", None, "choose from recognition, trade, transport"),
        ("", None, "choose from recognition, trade, transport"),
    ],
)
def test_did_you_mean(word: str, nearest: str | None, hint: str) -> None:
    """A hint suggests the nearest choice, or lists all choices in their order."""
    assert find_nearest(word, TOPICS) == nearest
    assert did_you_mean(word, iter(TOPICS)) == hint


def test_another_hint_than_all_choices() -> None:
    """A caller with too many choices for a list gives another hint."""
    assert did_you_mean("arms", TOPICS, otherwise="see `help`") == "see `help`"
    assert did_you_mean("trad", TOPICS, otherwise="see `help`") == "did you mean `trade`?"
    assert did_you_mean("trad", TOPICS, cutoff=95, otherwise="see `help`") == "see `help`"


def test_best_matches() -> None:
    """Choices come best first, each with its score and its position."""
    assert best_matches("trade", TOPICS, limit=2, cutoff=40) == [
        ("trade", 100.0, 1),
        ("transport", 42.9, 2),
    ]


def test_rank_misspellings() -> None:
    """A swap counts as one error; the prefix score is higher if the words begin alike."""
    ((choice, score, prefix_score, position),) = rank_misspellings("traed", TOPICS, cutoff=60)
    assert (choice, score, position) == ("trade", 80.0, 1)
    assert 90 < prefix_score < 100
    assert len(rank_misspellings("aa", ["ab"] * 50, cutoff=10)) == MAX_RESULTS
