"""Phrases as people type them, in many scripts: the countries that stand in them, and the words that are left over."""

from __future__ import annotations

import tomllib
from unicodedata import name as character_name

import pytest

from bilatcli.index.store import Index
from bilatcli.query.request import Request, read
from support import DATA

PHRASES = tomllib.loads((DATA / "phrases.toml").read_text("utf-8"))["phrase"]


def test_there_are_phrases_in_many_scripts() -> None:
    """The table has at least 150 phrases in at least twelve scripts, no phrase twice."""
    texts = [phrase["text"] for phrase in PHRASES]
    scripts = {
        character_name(letter).split()[0] for text in texts for letter in text if letter.isalpha()
    }
    assert len(set(texts)) == len(texts) >= 150
    assert len(scripts) >= 12


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase["text"])
def test_a_phrase_is_read_as_it_is_meant(index: Index, phrase: dict[str, object]) -> None:
    """Countries come in the order in which they stand; what is left over, joining words aside, is as it was typed."""
    countries, left = read(Request("facts", [str(phrase["text"])]), index)
    assert ([match.code for match in countries], " ".join(left)) == (
        phrase["countries"],
        phrase["filter"],
    )
