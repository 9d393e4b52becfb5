"""Patterns: what a word is compared with."""

from __future__ import annotations

import pytest

from bilatcli.index.stems import stem_text, stem_word
from bilatcli.query.patterns import join_patterns, make_patterns, matches_text


@pytest.mark.parametrize(
    ("word", "patterns"),
    [
        ("Embassies", ["embassi"]),
        ("JF-17", ["jf 17*", "jf17*"]),
        ("jf-17s", ["jf 17*", "jf17*"]),
        ("2024", ["2024*"]),
        ("Nagorno-Karabakh", ["nagorno karabakh", "nagornokarabakh"]),
        ("pipel*", ["pipel*"]),
        ("jf-1*", ["jf 1*", "jf1*"]),
        ("кашмир", ["кашмир*"]),
        ("*", []),
        ("-", []),
        ("", []),
    ],
)
def test_patterns_of_a_word(word: str, patterns: list[str]) -> None:
    """A word of a language is its stem, a designation goes on, `*` marks a beginning."""
    assert make_patterns(word, stem_word) == patterns


def test_patterns_of_words() -> None:
    """Several words may be one word in a text, unless one of them is a beginning."""
    assert join_patterns(["jf", "17"]) == ["jf17*"]
    assert join_patterns(["jf-17"]) == []
    assert join_patterns(["jf*", "17"]) == []
    assert join_patterns(["-", "-"]) == []


@pytest.mark.parametrize(
    ("word", "text", "expected"),
    [
        ("embassies", "an embassy", True),
        ("sold", "soldiers", False),
        ("sold*", "soldiers", True),
        ("jf-17", "two jf 17s", True),
        ("karabakh", "nagorno karabakh", True),
        ("abakh", "nagorno karabakh", False),
    ],
)
def test_matching(word: str, text: str, *, expected: bool) -> None:
    """A text matches if it has the word in any form."""
    patterns = make_patterns(word, stem_word)
    assert matches_text(patterns, f" {stem_text(text)} ") is expected
