"""The standing of a fact, and the legend that explains its words."""

from __future__ import annotations

import pytest

from bilatcli.render.standing import (
    MEANINGS,
    STYLES,
    find_standing,
    format_counts,
    format_legend,
)
from bilatcli.vocabulary import STATUSES, VERIFICATIONS


@pytest.mark.parametrize(
    ("status", "verification", "words"),
    [
        ("current", "cited", []),
        ("historical", "cited", []),
        ("planned", "cited", ["planned"]),
        ("superseded", "single-source-claim", ["superseded", "single source"]),
        ("disputed", "conflicting", ["disputed"]),
        ("current", "conflicting", ["disputed"]),
        ("current", "citation-needed", ["citation needed"]),
    ],
)
def test_standing(status: str, verification: str, words: list[str]) -> None:
    """A plain fact has no word of doubt; two words that say the same are one."""
    assert find_standing({"status": status, "verification": verification}) == words


def test_every_word_has_a_meaning_and_a_style() -> None:
    """Each word that a fact can have is explained in the legend."""
    words = {
        word
        for status in STATUSES
        for verification in VERIFICATIONS
        for why in (None, "It was Nauru.")
        for word in find_standing(
            {"status": status, "verification": verification, "retracted": why}
        )
    }
    assert words == set(MEANINGS) == set(STYLES)


def test_legend() -> None:
    """A legend has the words that occur, each once, in one order; without words there is none."""
    legend = format_legend(["single source", "planned", "single source"])
    assert legend == (
        "planned: announced, not yet done · single source: from one origin only"
        " · bilatcli help words"
    )
    assert format_legend([]) == ""


def test_counts() -> None:
    """Words are counted, the most frequent first."""
    plain = {"status": "current", "verification": "cited"}
    facts = [{**plain, "verification": "conflicting"}, plain, {**plain, "status": "planned"}]
    facts.append({**plain, "status": "planned"})
    assert format_counts(facts) == "2 planned, 1 disputed"
