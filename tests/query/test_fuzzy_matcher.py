"""Fuzzy matching: misspelt names in a phrase find their country; common words find none."""

from __future__ import annotations

import pytest

from bilatcli.index.store import Index
from bilatcli.query.errors import Ambiguous
from bilatcli.query.interpret import interpret
from bilatcli.query.request import Request

LONG_NAMES = {
    "KP": "north korea",
    "SA": "saudi arabia",
    "LK": "sri lanka",
    "NZ": "new zealand",
    "ZA": "south africa",
    "CR": "costa rica",
    "BF": "burkina faso",
    "SL": "sierra leone",
    "SV": "el salvador",
    "GB": "united kingdom",
    "US": "united states",
    "AE": "united arab emirates",
    "CZ": "czech republic",
    "CD": "democratic republic of the congo",
    "CF": "central african republic",
    "MH": "marshall islands",
    "GW": "guinea bissau",
    "SS": "south sudan",
}


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
        "🇦",
        "🇿🇿",
    ],
)
def test_other_words_are_not_countries(index: Index, word: str) -> None:
    """Common words, words of facts, and words that resemble no name are not countries."""
    assert interpret(Request("facts", [word, "pakistan"]), index).codes == ["PK"]


def typos(name: str) -> list[str]:
    """Return a name with each letter dropped, doubled, or swapped with the next one."""
    found: dict[str, None] = {}
    for i, letter in enumerate(name):
        if letter != " ":
            found[name[:i] + name[i + 1 :]] = None
            found[name[:i] + letter + name[i:]] = None
            if name[i + 1 : i + 2].strip():
                found[name[:i] + name[i + 1] + letter + name[i + 2 :]] = None
    return [text for text in found if text != name]


@pytest.mark.parametrize(("code", "name"), LONG_NAMES.items())
def test_typos_in_long_names(index: Index, code: str, name: str) -> None:
    """A name of several words is found beside another with any one typo, in either order."""
    phrases = [form for text in typos(name) for form in (f"{text} pakistan", f"pakistan {text}")]
    found = {phrase: set(interpret(Request("facts", [phrase]), index).codes) for phrase in phrases}
    assert {phrase: codes for phrase, codes in found.items() if codes != {code, "PK"}} == {}


@pytest.mark.parametrize(
    ("text", "codes", "words"),
    [
        ("pakistan and saud arabia", {"PK", "SA"}, []),
        ("ddemocratic republic of the congo and pakistan", {"CD", "PK"}, []),
        ("central africa republic and pakistan", {"CF", "PK"}, []),
        ("unted kingdom and pakistan", {"GB", "PK"}, []),
        ("unite kingdom and pakistan", {"GB", "PK"}, []),
        ("sale republic of korea pakistan", {"KR", "PK"}, ["sale"]),
        ("port republic of the congo china", {"CG", "CN"}, ["port"]),
        ("defence kingdom of denmark poland", {"DK", "PL"}, ["defence"]),
        ("south arabia pakistan", {"PK"}, ["south", "arabia"]),
        ("central africa pakistan", {"PK"}, ["central africa"]),
        ("last africa pakistan", {"PK"}, ["last", "africa"]),
        ("united nation pakistan", {"PK"}, ["united nation"]),
    ],
)
def test_words_next_to_names(index: Index, text: str, codes: set[str], words: list[str]) -> None:
    """A word next to a name is part of it only if both together are a misspelt name."""
    query = interpret(Request("facts", [text]), index)
    assert (set(query.codes), query.words) == (codes, words)


def test_known_words_beside_an_ambiguous_name(index: Index) -> None:
    """A word of facts does not choose among the countries of an ambiguous name."""
    for text in ("support korea pakistan", "worth korea pakistan", "can congo pakistan"):
        with pytest.raises(Ambiguous):
            interpret(Request("facts", [text]), index)
