"""Words for the form of a state in many languages: names mean the same without them."""

from __future__ import annotations

import os
from functools import cache

from bilatcli import resources
from bilatcli.index.name_keys import is_generic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

MIN_REST_LETTERS = 2
"""Minimum letters that a name keeps in a script without spaces."""
MAX_ARTICLE_LETTERS = 3
"""Up to so many letters, a word is an article or "of", which says nothing by itself."""


class BareName:
    """A name without words for the form of a state: how many there were, besides articles.

    `is_democratic` is True if one of them is "democratic", which tells some countries apart.
    """

    __slots__ = ("is_democratic", "text", "word_count")

    def __init__(self, text: str, word_count: int = 0, *, is_democratic: bool = False) -> None:
        self.text = text
        self.word_count = word_count
        self.is_democratic = is_democratic


@cache
def _load_words() -> Mapping[str, bool]:
    """Return the words, normalized. True marks "democratic"."""
    path = os.path.join(resources.data_folder(), "names", "state-words.txt")
    with open(path, encoding="utf-8") as file:
        lines = [line.split() for line in file if not line.startswith("#")]
    return {words[0]: len(words) > 1 for words in lines if words}


def is_state_word(word: str) -> bool:
    """Return True if a normalized word says what kind of state a country is."""
    return word in _load_words() or is_generic(word)


def strip_state_words(normalized: str) -> BareName:
    """Return a normalized name without words for the form of a state, if it has other words.

    >>> strip_state_words("republique d irlande").text, strip_state_words("索马里共和国").text
    ('irlande', '索马里')
    """
    known = _load_words()
    words = normalized.split()
    if len(words) == 1:
        return _strip_affix(normalized)
    found = [word for word in words if word in known]
    kept = [word for word in words if word not in known]
    if not kept:
        return BareName(normalized)
    count = sum(len(word) > MAX_ARTICLE_LETTERS for word in found)
    is_democratic = any(known[word] for word in found)
    return BareName(" ".join(kept), count, is_democratic=is_democratic)


def _strip_affix(word: str) -> BareName:
    """Return a name of a script without spaces, without such a word at its beginning or end."""
    if word.isascii():
        return BareName(word)
    known = _load_words()
    for length in range(len(word) - MIN_REST_LETTERS, 0, -1):
        for affix, rest in ((word[-length:], word[:-length]), (word[:length], word[length:])):
            if affix in known and not affix.isascii():
                return BareName(rest, 1, is_democratic=known[affix])
    return BareName(word)
