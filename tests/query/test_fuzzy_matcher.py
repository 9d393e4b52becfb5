"""Fuzzy matching: misspelt names in a phrase find their country; common words find none."""

from __future__ import annotations

import pytest

from bilatcli.index.store import Index
from bilatcli.query.interpret import interpret
from bilatcli.query.request import Request


@pytest.mark.parametrize(
    ("text", "code", "score"),
    [
        ("azerbaijn", "AZ", 90.0),
        ("azerbaijann", "AZ", 90.9),
        ("pakstan", "PK", 87.5),
        ("afganistna", "AF", 81.8),
        ("germny", "DE", 85.7),
        ("AZERBAIJN", "AZ", 90.0),
        ("sri lanak", "LK", 88.9),
        ("hong kng", "HK", 88.9),
        ("cote divoire", "CI", 92.3),
        ("united kingdon", "GB", 92.9),
        ("soth africa", "ZA", 91.7),
        ("new zeland", "NZ", 90.9),
        ("north macedona", "MK", 93.3),
        ("united arab emirats", "AE", 95.0),
        ("equatorial guinee", "GQ", 94.1),
        ("guinea bisssau", "GW", 92.9),
    ],
)
def test_misspelt_names(index: Index, text: str, code: str, score: float) -> None:
    """A misspelt name of one word or several finds its country, with a score below 100."""
    query = interpret(Request("facts", [text]), index)
    (found,) = query.countries
    assert (found.input, found.code, found.match, found.score) == (text, code, "fuzzy", score)
    assert query.filter is None


@pytest.mark.parametrize(
    "word",
    [
        "banana",
        "trade",
        "none",
        "engine",
        "island",
        "roman",
        "human",
        "march",
        "river",
        "2015",
        "jf-17",
        "xyz",
        "–",
        "🇦🇿",
    ],
)
def test_other_words_are_not_countries(index: Index, word: str) -> None:
    """Common words, words of facts, and words that resemble no name are not countries."""
    assert interpret(Request("facts", [word, "pakistan"]), index).codes == ["PK"]
