"""Misspellings: how many letters of a name may be wrong, and which of two names is closer."""

from __future__ import annotations

import pytest

from bilatcli.index.store import Index
from bilatcli.query.misspellings import FuzzyMatch, find_misspelt, find_similar, is_common_word


def make_match(text: str, name: str, kind: str = "name", *, wrong: int) -> FuzzyMatch:
    """Return the match of a text that differs from a name in this number of letters."""
    score = 100 * (1 - wrong / max(len(text), len(name)))
    return FuzzyMatch(text, name, "XX", kind=kind, score=score, prefix_score=90)


@pytest.mark.parametrize(
    ("text", "name", "kind", "wrong", "alone", "in_phrase"),
    [
        ("ira", "iran", "name", 1, True, False),
        ("ire", "iran", "name", 2, False, False),
        ("irab", "iran", "name", 1, True, False),
        ("irxx", "iran", "name", 2, True, False),
        ("xxan", "iran", "name", 2, False, False),
        ("rixn", "iran", "name", 2, True, False),
        ("xirn", "iran", "name", 2, True, False),
        ("ira", "iranxx", "name", 3, True, False),
        ("ran", "iranxx", "name", 3, False, False),
        ("brazl", "brazil", "name", 1, True, True),
        ("brzzl", "brazil", "name", 2, True, False),
        ("brzz", "brazil", "name", 3, False, False),
        ("germny", "germany", "capital", 1, True, True),
        ("grmny", "germany", "capital", 2, False, False),
        ("azrbaijn", "azerbaijan", "name", 2, True, True),
        ("azrbijn", "azerbaijan", "name", 3, False, False),
        ("kingdom of tunsia", "kingdom of tunisia", "official", 1, True, True),
    ],
)
def test_how_many_letters_may_be_wrong(
    text: str, name: str, kind: str, wrong: int, *, alone: bool, in_phrase: bool
) -> None:
    """More letters may be wrong in a long name, and in a plain name that stands alone."""
    match = make_match(text, name, kind, wrong=wrong)
    assert match.wrong == wrong
    assert match.is_acceptable(is_alone=True) is alone
    assert match.is_acceptable(is_alone=False) is in_phrase


def test_generic_words_do_not_count_for_the_length() -> None:
    """All kingdoms would resemble each other otherwise."""
    assert make_match("kingdom of tunsia", "kingdom of tunisia", wrong=1).length == 7


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (make_match("iran", "iran", wrong=0), make_match("iran", "iraq", wrong=1)),
        (make_match("x", "y", "name", wrong=1), make_match("x", "y", "alias", wrong=1)),
        (make_match("x", "y", "alias", wrong=1), make_match("x", "y", "capital", wrong=1)),
        (make_match("nigr", "niger", wrong=1), make_match("nigrr", "niger", wrong=1)),
    ],
)
def test_which_name_is_closer(better: FuzzyMatch, worse: FuzzyMatch) -> None:
    """Fewer wrong letters, a plainer name, and missing letters rather than others rank higher."""
    assert better.rank_score > worse.rank_score


@pytest.mark.parametrize(
    ("text", "is_alone", "codes"),
    [
        ("azerbaijn", False, ["AZ"]),
        ("brazl", True, ["BR"]),
        ("ir", True, []),
        ("jf17", True, []),
        ("march", True, []),
        ("საქართვლო", False, ["GE"]),
    ],
)
def test_find_misspelt(index: Index, text: str, is_alone: bool, codes: list[str]) -> None:  # noqa: FBT001
    """Short texts, texts with digits and common words are not misspelt names."""
    found = find_misspelt(text, index, is_alone=is_alone)
    assert [match.code for match in found] == codes


def test_common_words(index: Index) -> None:
    """The index knows common English words."""
    assert is_common_word("march", index)
    assert not is_common_word("azerbaijan", index)


def test_similar_names_are_limited(index: Index) -> None:
    """At most `limit` countries are returned, best first."""
    assert [match.code for match in find_similar("azrbjn", index, limit=1)] == ["AZ"]
