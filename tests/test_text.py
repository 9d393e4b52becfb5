"""Text that is compared: normalized text, search tokens, designations; and plurals."""

from __future__ import annotations

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilatcli.normalization import is_unspaced, normalize, normalize_joined, search_tokens
from bilatcli.text import plural

ANY_TEXT = st.text(st.characters())
"""Text of all code points, lone surrogates included."""


@given(ANY_TEXT)
def test_normalizing_twice_changes_nothing(text: str) -> None:
    """Normalized text is stored and compared, so normalizing it again leaves it alone."""
    assert normalize(normalize(text)) == normalize(text)


@given(ANY_TEXT)
def test_normalized_text_is_words_and_single_spaces(text: str) -> None:
    """Normalized text has letters, vowel signs and digits, with one space between words."""
    letters = normalize(text).replace(" ", "")
    assert all(letter.isalnum() or category(letter).startswith("M") for letter in letters)
    assert normalize(text) == " ".join(normalize(text).split())


@pytest.mark.parametrize(
    ("text", "normalized"),
    [
        ("Pakistan", "pakistan"),
        ("  South \t KOREA\n", "south korea"),
        ("Straße", "strasse"),
        ("Türkiye", "turkiye"),
        ("TÜRKİYE", "turkiye"),
        ("أذربيجان", "اذربيجان"),
        ("पेरू", "पेरू"),
        ("\u0958", "क"),
        ("\u0915\u093c", "क"),
        ("ガ", "カ\u3099"),
        ("ぱ", "は\u309a"),
        ("\u05e9\u05b8\u05dc\u05d5\u05dd", "\u05e9\u05dc\u05d5\u05dd"),
        ("\u0643\u064e\u062a\u064e\u0628", "\u0643\u062a\u0628"),
        ("\u2764\ufe0f a", "a"),
        ("葛\U000e0100", "葛"),
        ("ไทย", "ไทย"),
        ("\u0131sparta", "isparta"),
        ("AZƏRBAYCAN", "azerbaycan"),
        ("Côte d’Ivoire", "cote d ivoire"),
        ("São Tomé & Príncipe", "sao tome principe"),
        ("Việt Nam", "viet nam"),
        ("Đà Nẵng", "da nang"),
        ("Łódź", "lodz"),
        ("Færøerne", "faeroerne"),
        ("Þingvellir", "thingvellir"),
        ("e\u0301", "e"),
        ("\ufb01ji", "fiji"),
        ("\uff11\uff19\uff19\uff12", "1992"),
        ("日本", "日本"),
        ("JF-17", "jf 17"),
        ("U.A.E.", "u a e"),
        ("–", ""),
        ("", ""),
    ],
)
def test_normalize(text: str, normalized: str) -> None:
    """Case, accents, letters that people type plain, and punctuation make no difference."""
    assert normalize(text) == normalized


@pytest.mark.parametrize("text", ["JF-17", "jf17", "jf–17", "J.F.17", "JF-1-7"])
def test_normalize_joined(text: str) -> None:
    """A designation becomes one word, whatever punctuation is in it."""
    assert normalize_joined(text) == "jf17"


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("JF-17 Block-III", "jf17 blockiii"),
        ("  T–129\tATAK ", "t129 atak"),
        ("Bayraktar TB-2 «Çöl»", "bayraktar tb2 col"),
    ],
)
def test_words_are_joined_one_by_one(text: str, joined: str) -> None:
    """Spaces between words stay, in all scripts."""
    assert normalize_joined(text) == joined


UNSPACED = [
    "\u0e01",
    "\u0eff",
    "\u1000",
    "\u11ff",
    "\u1780",
    "\u3005",
    "\u30ff",
    "冰",
    "\u9fff",
    "한",
    "\ud7af",
]
SPACED = [
    "a",
    "é",
    "\u0dff",
    "\u0f00",
    "\u0fff",
    "\u10a0",
    "\u1200",
    "\u3008",
    "\u31ff",
    "\ud7b0",
    "क",
    "\u0627",
]


@pytest.mark.parametrize("letter", [*UNSPACED, "\U00020000", "\U0003ffff"])
def test_unspaced_letters(letter: str) -> None:
    """Letters of scripts without spaces are unspaced, the first and last of each block too."""
    assert is_unspaced(letter)


@pytest.mark.parametrize("letter", [*SPACED, "\U0001ffff", "\U00040000"])
def test_spaced_letters(letter: str) -> None:
    """Letters of scripts with spaces, and those next to the blocks, are not unspaced."""
    assert not is_unspaced(letter)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("JF-17: 冰岛", ["jf", "17", "冰", "岛"]),
        ("Iceland冰岛a", ["iceland", "冰", "岛", "a"]),
        ("Bak\u0131 şəhəri", ["baki", "seheri"]),
        ("", []),
    ],
)
def test_search_tokens(text: str, words: list[str]) -> None:
    """Words are normalized, and each letter of a script without spaces is a token."""
    assert search_tokens(text) == words


@pytest.mark.parametrize(
    ("count", "noun", "text"),
    [
        (0, "fact", "0 facts"),
        (1, "fact", "1 fact"),
        (2, "headline fact", "2 headline facts"),
        (1, "country", "1 country"),
        (1_234, "country", "1,234 countries"),
        (3, "day", "3 days"),
    ],
)
def test_plural(count: int, noun: str, text: str) -> None:
    """A noun is plural unless the number is 1."""
    assert plural(count, noun) == text
