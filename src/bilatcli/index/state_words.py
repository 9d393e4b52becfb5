"""Words for the form of a state in many languages: names mean the same without them."""

from __future__ import annotations

import os
from functools import cache

from bilatcli import resources
from bilatcli.index.name_keys import is_generic
from bilatcli.normalization import is_unspaced

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_BARE_MARK, _PART_MARK = "+", "++"
"""Ends of the form of a bare name, which no normalized name has."""
MIN_REST_LETTERS = 2
"""Minimum letters that a name keeps in a script without spaces."""
MAX_ARTICLE_LETTERS = 3
"""Maximum letters of an article or of "of", which say nothing by themselves."""


class BareName:
    """A name without words for the form of a state: how many there were, besides articles.

    `marks` are what some of them say, which tells countries of one name apart: "democratic",
    "popular" (of the people), "republic", "kingdom", "part" (a territory or islands).
    """

    __slots__ = ("marks", "text", "word_count")

    def __init__(self, text: str, word_count: int = 0, marks: Collection[str] = ()) -> None:
        self.text = text
        self.word_count = word_count
        self.marks = frozenset(marks) - {""}

    @property
    def form(self) -> str:
        """The words of the name, each once and sorted, with a mark that says it is bare."""
        mark = _PART_MARK if self.is_part else _BARE_MARK
        return " ".join([*sorted(set(self.text.split())), mark])

    @property
    def is_part(self) -> bool:
        """True if one of the words is for a territory or islands."""
        return "part" in self.marks


@cache
def _load_words() -> Mapping[str, str]:
    """Return the mark of each word, normalized; most have none."""
    path = os.path.join(resources.data_folder(), "names", "state-words.txt")
    with open(path, encoding="utf-8") as file:
        lines = [line.split() for line in file if not line.startswith("#")]
    return {words[0]: words[-1] if len(words) > 1 else "" for words in lines if words}


def is_marked(word: str) -> bool:
    """Return True if a normalized word names one form of a state, such as "republic"."""
    return bool(_load_words().get(word))


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
    found = [word for word in words if is_state_word(word)]
    kept = [word for word in words if not is_state_word(word)]
    if not kept:
        return BareName(normalized)
    marks = [known.get(word, "") for word in found]
    count = sum(
        len(word) > MAX_ARTICLE_LETTERS or bool(mark) or is_unspaced(word[0])
        for word, mark in zip(found, marks, strict=True)
    )
    if len(kept) == 1 and not kept[0].isascii():
        kept, affixes = _strip_affixes(kept[0])
        count += len(affixes)
        marks += [known[affix] for affix in affixes]
    return BareName(" ".join(kept), count, marks)


def _strip_affixes(word: str) -> tuple[list[str], list[str]]:
    """Return a name of a script without spaces, and such words at its beginning and end."""
    affixes: list[str] = []
    while found := _find_affix(word):
        affix, word = found
        affixes.append(affix)
    return [word], affixes


def _find_affix(word: str) -> tuple[str, str] | None:
    """Return the longest such word at the beginning or end of a name, and the rest of it."""
    known = _load_words()
    for length in range(len(word) - MIN_REST_LETTERS, 0, -1):
        for affix, rest in ((word[-length:], word[:-length]), (word[:length], word[length:])):
            if affix in known and not affix.isascii() and is_unspaced(affix[0]):
                return affix, rest
    return None
