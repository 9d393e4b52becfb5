"""Filters: words that facts must have, corrected to words that facts do have."""

from __future__ import annotations

import pytest

from bilatcli.index.store import Index
from bilatcli.query.filters import SEARCH_WORDS, Filter, build_filter, is_fact_word, is_prefix


def corrected(word: str, correction: str) -> str:
    """Return the note on a corrected word."""
    return f"reading `{word}` as the word `{correction}`"


@pytest.mark.parametrize(
    ("typed", "words", "readings", "unused"),
    [
        ("thunder", "thunder", [], []),
        ("JF-17", "JF-17", [], []),
        ("jf17 block", "jf17 block", [], []),
        ("excercises", "exercises", [corrected("excercises", "exercises")], []),
        ("khojali", "khojali", [], []),
        ("embassies", "embassies", [], []),
        ("defense recognizes", "defense recognizes", [], []),
        ("pipel*", "pipel*", [], []),
        ("xqzpipel*", "xqzpipel*", [], []),
        (
            "thunder pipel",
            "thunder",
            ["`pipel*` finds the words that begin with `pipel`"],
            ["pipel"],
        ),
        (
            "nagorno-karabah",
            "nagorno-karabakh",
            [corrected("nagorno-karabah", "nagorno-karabakh")],
            [],
        ),
        ("jf-17 zzz qqq", "jf-17", [], ["zzz", "qqq"]),
        ("zzz", "zzz", [], []),
        ("jf-99", "jf-99", [], []),
    ],
)
def test_words_are_corrected_or_ignored(
    index: Index, typed: str, words: str, readings: list[str], unused: list[str]
) -> None:
    """Misspelt words are corrected, unknown ones ignored unless no word is left."""
    found = build_filter(typed.split(), index)
    assert (" ".join(found.words), found.readings, found.unused) == (words, readings, unused)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("Şuşa", "shusha"),
        ("ŞUŞA", "shusha"),
        ("Xankəndi", "khankendi"),
        ("LAÇIN", "lachin"),
        ("Kəlbəcər", "kalbajar"),
        ("Naxç\u0131van", "nakhchivan"),
        ("s\u0327us\u0327a", "shusha"),
    ],
)
def test_words_in_other_latin_letters(index: Index, typed: str, word: str) -> None:
    """A word with letters of its own is found as facts write it in English."""
    found = build_filter([typed], index, SEARCH_WORDS)
    assert (found.words, found.readings) == ([word], [corrected(typed, word)])


def test_both_spellings_are_found(index: Index) -> None:
    """A word that a title has with its marks is also found where facts have it in English."""
    found = build_filter(["Paşinyan"], index, SEARCH_WORDS)
    assert (found.words, found.readings) == (["Paşinyan"], [])
    assert found.patterns["Paşinyan"] == ["pasinyan", "pashinyan"]


@pytest.mark.parametrize("word", ["Erdoğan", "Shusha", "Baku"])
def test_words_that_facts_have_stay(index: Index, word: str) -> None:
    """A word that facts have without its marks is not spelled in another way."""
    found = build_filter([word], index, SEARCH_WORDS)
    assert (found.words, found.readings) == ([word], [])


def test_a_filter_knows_what_was_typed(index: Index) -> None:
    """Each word is known as typed, for messages that quote it."""
    found = build_filter(["excercises", "zzz", "JF-17"], index)
    assert (found.words, found.typed) == (["exercises", "JF-17"], ["excercises", "JF-17"])
    assert Filter(["a"]).typed == ["a"]


def test_a_search_has_more_words_than_a_filter(index: Index) -> None:
    """A search also finds the titles of sources, and single letters of unspaced scripts."""
    (word,) = build_filter(["recognised"], index, SEARCH_WORDS).words
    assert word == "recognised"
    assert is_prefix("kashm", index, SEARCH_WORDS)
    assert not is_prefix("qqq", index, SEARCH_WORDS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kashmir", True),
        ("jf", True),
        ("south", False),
        ("azerbaija", False),
        ("pipel", False),
        ("qqq", False),
    ],
)
def test_words_of_facts(index: Index, text: str, *, expected: bool) -> None:
    """A word of a country name is not a word of facts, nor is the beginning of a word."""
    assert is_fact_word(text, index) is expected
