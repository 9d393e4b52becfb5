"""Tokens: words of a phrase, normalized, that know how they were typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilatcli.normalization import normalize
from bilatcli.query.tokenizer import (
    normalized_text,
    spell_flags,
    tokenize,
    typed_pieces,
    typed_text,
    typed_words,
)


@pytest.mark.parametrize(
    ("words", "tokens"),
    [
        (["Azerbaijan", "PAKISTAN"], ["azerbaijan", "pakistan"]),
        (["az pk", "tr"], ["az", "pk", "tr"]),
        (["az-pk/tr,ir"], ["az", "pk", "tr", "ir"]),
        (["az–pk", "a&b", "(x)"], ["az", "pk", "a", "b", "x"]),
        (["Côte d’Ivoire"], ["cote", "d", "ivoire"]),
        (["o'neil's U.S.A."], ["o", "neil", "s", "u", "s", "a"]),
        (["冰岛a"], ["冰", "岛", "a"]),
        (["ไทย"], ["ไ", "ท", "ย"]),
        (["中国-JF17"], ["中", "国", "jf17"]),
        (["", " ", "–", "!"], []),
    ],
)
def test_tokens(words: list[str], tokens: list[str]) -> None:
    """Words are split at spaces, punctuation and hyphens, unspaced scripts into letters."""
    assert [token.normalized for token in tokenize(words).tokens] == tokens


@pytest.mark.parametrize(
    ("words", "span", "text", "typed"),
    [
        (["South KOREA"], (0, 2), "south korea", "South KOREA"),
        (["South-KOREA"], (0, 2), "south korea", "South-KOREA"),
        (["South-KOREA"], (1, 2), "korea", "KOREA"),
        (["AZ-PK x"], (0, 1), "az", "AZ"),
        (["AZ-PK Tr"], (1, 3), "pk tr", "PK Tr"),
        (["U.S.A."], (0, 3), "u s a", "U.S.A."),
        (["Côte-d’Ivoire"], (0, 3), "cote d ivoire", "Côte-d’Ivoire"),
        (["Bakü冰岛"], (1, 3), "冰岛", "冰岛"),
        (["Bakü冰岛"], (0, 3), "baku冰岛", "Bakü冰岛"),
    ],
)
def test_a_run_is_quoted_as_typed(
    words: list[str], span: tuple[int, int], text: str, typed: str
) -> None:
    """A run of tokens has a normalized text, and is quoted as it was typed."""
    run = tokenize(words).run(span)
    assert normalized_text(run) == text
    assert typed_text(run) == typed


def test_words_and_pieces() -> None:
    """Tokens know the whole word and the piece between hyphens, each of which counts once."""
    phrase = tokenize(["Nagorno-Karabakh", "JF-17", "jf-17"])
    assert typed_words(phrase.tokens) == "Nagorno-Karabakh JF-17 jf-17"
    assert typed_pieces(phrase.tokens) == "Nagorno Karabakh JF 17 jf 17"
    assert phrase.word_boundaries() == {0, 2, 4, 6}


@pytest.mark.parametrize(
    ("words", "taken", "runs"),
    [
        ("jf-17 az", [(2, 3)], [[0, 1]]),
        ("az-jf-17", [(0, 1)], [[1, 2]]),
        ("a-az-b", [(1, 2)], [[0], [2]]),
        ("one two", [], [[0], [1]]),
        ("az and pk", [(0, 1), (2, 3)], []),
        ("azerbaijan's oil", [(0, 1)], [[2]]),
    ],
)
def test_free_runs(words: str, taken: list[tuple[int, int]], runs: list[list[int]]) -> None:
    """Free tokens are grouped by word. Conjunctions and possessives are not free."""
    assert tokenize([words]).free_runs(taken) == runs


def test_conjunctions_are_added_to_a_copy() -> None:
    """A phrase with more conjunctions is another phrase."""
    phrase = tokenize(["az", "und", "pk"])
    assert phrase.with_conjunctions([1]).free_positions([]) == [0, 2]
    assert phrase.free_positions([]) == [0, 1, 2]


@given(st.lists(st.text(st.characters(), max_size=12), max_size=4))
def test_tokens_keep_all_letters(words: list[str]) -> None:
    """The tokens of any text together are its normalized letters, with flags as codes."""
    tokens = tokenize(words).tokens
    spelled = (spell_flags(word.replace("+", " ").replace("|", " ")) for word in words)
    text = normalize(" ".join(spelled))
    assert "".join(token.normalized for token in tokens) == text.replace(" ", "")
