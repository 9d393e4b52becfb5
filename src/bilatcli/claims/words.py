"""The words of a sentence with their places."""

from __future__ import annotations

import re

from bilatcli.index.stems import stem_word
from bilatcli.normalization import normalize

_LETTERS = (
    r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    r"\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u09bc-\u09d7\u200c\u200d])*"
)
"""Letters with their marks: accents that are not composed, vowels of Arabic, Hebrew and Hindi."""
_WORD = re.compile(
    r"(?:[A-Z]\.){2,}(?:['’]s)?|\d+(?:[.,]\d+)*(?:st|nd|rd|th)?\b"
    rf"|{_LETTERS}(?:['’]{_LETTERS})?"
)
_SAME = {0xFEE0 + code: chr(code) for code in range(0x21, 0x7F)} | dict.fromkeys(
    map(ord, "\u02bb\u02bc\u02be\u02bf\u00b4`"), "'"
)
"""Full-width characters and apostrophes that are letters, with the character they stand for."""
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


def unify_characters(text: str) -> str:
    """Return a text of the same length in which characters with one meaning are one.

    >>> unify_characters("\uff2a\uff26\uff0d17, San\u02bfa")
    "JF-17, San'a"
    """
    return text if text.isascii() else text.translate(_SAME)


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
