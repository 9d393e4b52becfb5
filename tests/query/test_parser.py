"""Phrases as people type them, in many scripts: the countries in them, and the other words."""

from __future__ import annotations

import tomllib
from unicodedata import name as character_name

import pytest

from bilatcli.index.store import Index
from bilatcli.query.interpret import interpret, parse_request
from bilatcli.query.parser import parse_phrase
from bilatcli.query.request import Request
from bilatcli.query.tokenizer import tokenize
from support import DATA

PHRASES = tomllib.loads((DATA / "phrases.toml").read_text("utf-8"))["phrase"]


def test_phrases_are_in_many_scripts() -> None:
    """The table has at least 150 phrases in at least twelve scripts, no phrase twice."""
    texts = [phrase["text"] for phrase in PHRASES]
    scripts = {
        character_name(letter).split()[0] for text in texts for letter in text if letter.isalpha()
    }
    assert len(set(texts)) == len(texts) >= 150
    assert len(scripts) >= 12


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase["text"])
def test_a_phrase(index: Index, phrase: dict[str, object]) -> None:
    """Countries come in their order. Other words are as typed, without conjunctions."""
    request = Request("facts", [str(phrase["text"])])
    assert [match.code for match in interpret(request, index).countries] == phrase["countries"]
    assert " ".join(parse_request(request, index).other_words) == phrase["filter"]


@pytest.mark.parametrize(
    ("text", "codes", "words"),
    [
        ("", [], []),
        ("and of", [], []),
        ("armenia-not-a-state", [], ["armenia-not-a-state"]),
        ("az-pk-deal", ["AZ", "PK"], ["deal"]),
        ("Azerbaijan's JF-17s", ["AZ"], ["JF-17s"]),
        ("nagorno-karabakh az", ["AZ"], ["nagorno-karabakh"]),
    ],
)
def test_other_words(index: Index, text: str, codes: list[str], words: list[str]) -> None:
    """A compound that says more than a country stays whole, as does a designation."""
    parsed = parse_phrase(tokenize([text]), index)
    found = [parsed.countries[span] for span in sorted(parsed.countries)]
    assert [match.code for matches in found for match in matches] == codes
    assert parsed.other_words == words
