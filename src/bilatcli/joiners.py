"""Joiners: invisible characters that change the shape of the letters or emoji beside them.

They are kept where they do that. Anywhere else they could make two names look alike.
"""

from __future__ import annotations

import re
from unicodedata import category

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_LETTER_JOINERS = "\u200c\u200d"
_JOINED_SCRIPTS = range(0x0600, 0x0900), range(0x0900, 0x0E00)
"""Scripts in which a joiner changes letters: the Arabic family; those of India and Sri Lanka."""

_EMOJI_STYLE = "\ufe0f"
_EMOJI = (
    "[©®\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u23cf\u23e9-\u23fa"
    "\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u27bf\u2934\u2935\u2b05-\u2b07\u2b1b\u2b1c\u2b50"
    "\u2b55\u3030\u303d\u3297\u3299\U0001f004-\U0001f3fa\U0001f400-\U0001faff]"
)
"""The characters of emoji, by blocks. A joiner among them hides no letter of a word or address."""
_STYLED_EMOJI = f"{_EMOJI}(?:{_EMOJI_STYLE}|[\U0001f3fb-\U0001f3ff])?"
_EMOJI_SEQUENCE = re.compile(
    f"({_STYLED_EMOJI}(?:\u200d{_STYLED_EMOJI})*|[0-9#*]{_EMOJI_STYLE}\u20e3)"
)


def escape_except_joiners(text: str, escape: Callable[[str], str]) -> str:
    """Return a text with each character escaped, except joiners that change a shape.

    `escape` returns a character that is visible as it is.
    """
    # Every second part is an emoji.
    parts = enumerate(_EMOJI_SEQUENCE.split(text))
    return "".join(
        part if i % 2 and _is_assigned(part) else _escape_words(part, escape) for i, part in parts
    )


def _is_assigned(emoji: str) -> bool:
    """Return True if all characters of an emoji are in the Unicode version of this Python."""
    return emoji.replace("\u200d", "").isprintable()


def _escape_words(text: str, escape: Callable[[str], str]) -> str:
    neighbours = zip(" " + text, text, text[1:] + " ", strict=False)
    return "".join(
        character if _is_shaping(before, character, after) else escape(character)
        for before, character, after in neighbours
    )


def _is_shaping(before: str, character: str, after: str) -> bool:
    """Return True for a joiner between letters, or their vowel signs, whose shape it changes."""
    return character in _LETTER_JOINERS and any(
        all(ord(each) in script and _is_letter(each) for each in (before, after))
        for script in _JOINED_SCRIPTS
    )


def _is_letter(character: str) -> bool:
    return character.isalpha() or category(character).startswith("M")
