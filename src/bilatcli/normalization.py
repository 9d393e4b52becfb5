"""Normalize text for comparison: without case, accents and punctuation."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

# Letters that NFKD does not decompose, although people type them without the mark.
_PLAIN_LETTERS = {
    "ə": "e",
    "\u0131": "i",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ł": "l",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ħ": "h",
}

_ACCENT_NAMES = ("COMBINING", "HEBREW", "ARABIC", "SYRIAC", "VARIATION SELECTOR")
"""How the Unicode names of accents begin. The marks of other scripts are vowels and the like."""


class CharacterMap(dict[int, str | None]):
    """A table for `str.translate` whose entries are computed on first use."""

    def __init__(self, convert: Callable[[str], str | None]) -> None:
        super().__init__()
        self.convert = convert

    def __missing__(self, code: int) -> str | None:
        self[code] = self.convert(chr(code))
        return self[code]


def _fold(character: str, other: str | None) -> str | None:
    """Return a letter or digit plain, and None for an accent.

    The character must be decomposed and case-folded. All others become `other`, spaces a space.
    """
    plain = _PLAIN_LETTERS.get(character, character)
    if plain.isalnum():
        return plain
    if plain.isspace():
        return " "
    if plain.isascii() or not _is_mark(plain):
        return other
    return None if _is_accent(plain) else plain


def _is_mark(character: str) -> bool:
    from unicodedata import category

    return category(character[0]).startswith("M")


def _is_accent(mark: str) -> bool:
    """Return True if a word stays the same without the mark, unlike vowel signs and voiced Kana."""
    from unicodedata import name

    mark_name = name(mark[0])
    if "KATAKANA" in mark_name:
        return False
    return mark_name.endswith("NUKTA") or mark_name.startswith(_ACCENT_NAMES)


_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ASCII_MAP = f"{'0123456789':>58}{_LETTERS:>33}{_LETTERS:>32}     "
"""For each ASCII character its letter in lower case, its digit, or a space."""
_SPACED_MAP = CharacterMap(lambda character: _fold(character, " "))
_JOINED_MAP = CharacterMap(lambda character: _fold(character, None))


def normalize(text: str) -> str:
    """Return a text for comparison: without case, accents, punctuation or extra spaces.

    Applies Unicode NFKD and case folding, drops accents, and turns every other character that is
    not a letter, a digit or a vowel sign into a space. Normalizing twice changes nothing.

    >>> normalize("Côte d’Ivoire"), normalize("AZƏRBAYCAN"), normalize("JF-17")
    ('cote d ivoire', 'azerbaycan', 'jf 17')
    """
    if text.isascii():
        return " ".join(text.translate(_ASCII_MAP).split())
    return " ".join(_translate(text, _SPACED_MAP).split())


def normalize_joined(text: str) -> str:
    """Return a text normalized, but with punctuation removed: a designation becomes one word.

    >>> normalize_joined("JF-17 Block-III"), normalize_joined("jf17")
    ('jf17 blockiii', 'jf17')
    """
    return " ".join(_translate(text, _JOINED_MAP).split())


def _translate(text: str, characters: CharacterMap) -> str:
    if text.isascii():
        return text.lower().translate(characters)
    from unicodedata import normalize as unicode_normalize

    # Case-fold first and last: some letters only fold once decomposed, others decompose once
    # folded.
    decomposed = unicode_normalize("NFKD", unicode_normalize("NFKD", text).casefold())
    return decomposed.translate(characters).casefold()


# Blocks of scripts that write no space between words, or attach particles to them: Thai and Lao,
# Burmese, Hangul, Khmer, Kana and Han.
_UNSPACED_BLOCKS: tuple[tuple[int, int], ...] = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1100, 0x11FF),
    (0x1780, 0x17FF),
    (0x3005, 0x3007),
    (0x3040, 0x30FF),
    (0x3400, 0x9FFF),
    (0xAC00, 0xD7AF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


def is_unspaced(letter: str) -> bool:
    """Return True if a letter belongs to a script that writes no space between words."""
    code = ord(letter)
    return code > 0xE00 and any(first <= code <= last for first, last in _UNSPACED_BLOCKS)


def search_tokens(text: str) -> list[str]:
    """Return the search tokens of a text: words, or single letters in unspaced scripts.

    >>> search_tokens("JF-17: 冰岛")
    ['jf', '17', '冰', '岛']
    """
    normalized = normalize(text)
    if not normalized.isascii():
        normalized = "".join(
            f" {letter} " if is_unspaced(letter) else letter for letter in normalized
        )
    return normalized.split()
