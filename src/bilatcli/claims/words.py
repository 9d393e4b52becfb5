"""The words of a sentence with their places."""

from __future__ import annotations

import re

from bilatcli.index.stems import stem_word
from bilatcli.text import normalize

_WORD = re.compile(
    r"(?:[A-Z]\.){2,}(?:['’]s)?|\d+(?:[.,]\d+)*(?:st|nd|rd|th)?\b|[^\W\d_]+(?:['’][^\W\d_]+)?"
)
_POSSESSIVE = re.compile(r"['’]s?$")

_PREFIX = re.compile(r"\b(?:co|re)-(?=[a-z])", re.IGNORECASE)


class Word:
    """A word as typed at a place, normalized without a possessive (`plain`) and with it (`whole`).

    `is_capital` is True if it begins with a capital letter, `is_proper` if it does so within a
    sentence. `is_possessive` is True for `Turkey's` and `States'`.
    """

    __slots__ = (
        "end",
        "is_capital",
        "is_possessive",
        "is_proper",
        "plain",
        "start",
        "stem",
        "typed",
        "whole",
    )

    def __init__(self, typed: str, start: int, *, is_first: bool) -> None:
        self.typed = typed
        self.start = start
        self.end = start + len(typed)
        bare = _POSSESSIVE.sub("", typed)
        self.is_possessive = bare != typed
        self.plain = normalize(bare).replace(" ", "")
        self.whole = normalize(typed)
        self.stem = stem_word(self.plain)
        self.is_capital = typed[:1].isupper()
        self.is_proper = self.is_capital and not is_first

    @property
    def is_acronym(self) -> bool:
        """True for a word of capital letters, such as `START`."""
        return len(self.typed) > 1 and self.typed.isupper()


def _join_prefix(match: re.Match[str]) -> str:
    """Return a prefix without its hyphen, at the same length: `co-operation` is one word."""
    return f" {match.group()[:-1]}"


def split_words(text: str) -> list[Word]:
    """Return the words of a text. A hyphen ends a word.

    >>> [word.plain for word in split_words("Turkey's S-400, in mid-2019")]
    ['turkey', 's', '400', 'in', 'mid', '2019']
    """
    words: list[Word] = []
    for match in _WORD.finditer(_PREFIX.sub(_join_prefix, text)):
        word = Word(match.group(), match.start(), is_first=not words)
        if word.plain:
            word.is_possessive = word.is_possessive or text[word.end : word.end + 2] in ("' ", "’ ")
            words.append(word)
    return words
