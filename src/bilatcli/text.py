"""Text at the edges: normalize names for comparison, escape untrusted text, write JSON."""

from __future__ import annotations

# The C parts of the standard `json` module: importing `json` itself doubles the time of a lookup.
from _json import encode_basestring, encode_basestring_ascii, make_encoder, scanstring

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    JsonValue = None | bool | int | float | str | Sequence["JsonValue"] | Mapping[str, "JsonValue"]

# --- normalizing

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


class _CharacterMap(dict[int, str | None]):
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
_SPACED_MAP = _CharacterMap(lambda character: _fold(character, " "))
_JOINED_MAP = _CharacterMap(lambda character: _fold(character, None))


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


def _translate(text: str, characters: _CharacterMap) -> str:
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


# --- writing and escaping


def plural(count: int, noun: str) -> str:
    """Return a number with its noun, in the plural unless the number is 1.

    >>> plural(1, "fact"), plural(2_000, "country"), plural(0, "embassy")
    ('1 fact', '2,000 countries', '0 embassies')
    """
    if count != 1:
        noun = f"{noun[:-1]}ies" if noun[-1] == "y" and noun[-2] not in "aeiou" else f"{noun}s"
    return f"{count:,} {noun}"


_SAFE_SPACES = "\u00a0\u2007\u202f\u3000"

# Characters that Unicode counts as printable although they are invisible.
_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
_INVISIBLE: set[str] = set()
"""Filled on first use: that takes as long as importing a module, and a lookup needs none."""

_JOINERS = frozenset("\u200c\u200d\ufe0f")
"""Invisible characters that are kept where they shape what is beside them."""


def make_printable(text: str) -> str:
    r"""Return a text that a terminal displays and never acts on.

    Controls, escape sequences, bidirectional overrides, invisible and unassigned characters and
    lone surrogates are escaped (`\x1b`, `<U+202E>`), never dropped. A joiner or non-joiner is kept
    between letters whose shape it changes, as in Persian and the languages of India. The joiner and
    U+FE0F are kept within an emoji.

    >>> make_printable("a\x1b[31mb\u202ec")
    'a\\x1b[31mb<U+202E>c'
    """
    if text.isprintable() and (text.isascii() or _invisible_characters().isdisjoint(text)):
        return text
    if _JOINERS.isdisjoint(text):
        return text.translate(_ESCAPES)
    from bilatcli.joiners import escape_except_joiners

    return escape_except_joiners(text, _escape_character)


def _escape_character(character: str) -> str:
    code = ord(character)
    is_visible = character.isprintable() and character not in _invisible_characters()
    if is_visible or character in _SAFE_SPACES:
        return character
    if character in "\n\r\t":
        return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}[character]
    return f"\\x{code:02x}" if code < 0x100 else f"<U+{code:04X}>"


def _invisible_characters() -> set[str]:
    """Return the fillers and variation selectors."""
    if not _INVISIBLE:
        _INVISIBLE.update(_FILLERS, map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
    return _INVISIBLE


_ESCAPES = _CharacterMap(_escape_character)


def replace_surrogates(text: str) -> str:
    """Return a text with lone surrogates escaped.

    UTF-8 cannot encode them, and a path that is not UTF-8 contains them.
    """
    return text.encode(errors="backslashreplace").decode()


# --- JSON


def _refuse_type(value: object) -> object:
    raise TypeError(f"a {type(value).__name__} has no JSON form")


# Arguments: markers, default, encoder, indent, key separator, item separator, sort keys, skip keys,
# allow NaN.
_encode = make_encoder(None, _refuse_type, encode_basestring, None, ":", ",", False, False, False)  # noqa: FBT003


def to_json(value: JsonValue) -> str:
    r"""Return a value as compact JSON text, safe on a terminal (see `escape_json`).

    >>> to_json({"code": "AZ", "score": 98.5, "names": ["Azərbaycan", "a\u202eb"]})
    '{"code":"AZ","score":98.5,"names":["Azərbaycan","a\\u202eb"]}'
    """
    return escape_json("".join(_encode(value, 0)))


def json_object(**members: JsonValue) -> str:
    """Return a JSON object with the given members, in their order.

    >>> json_object(code="AZ", score=100.0, name=None)
    '{"code":"AZ","score":100.0,"name":null}'
    """
    return to_json(members)


def json_string(text: str) -> str:
    """Return a text as a JSON string with its quotes: `to_json` for a single text, but faster."""
    return escape_json(encode_basestring(text))


def get_json_text(json: str, key: str) -> str:
    r"""Return the text of the first member with this key in a JSON object.

    Quotation marks inside texts are escaped, so only a key can match.

    >>> get_json_text('{"id":"a","text":"b"}', "text")
    'b'
    """
    start = f'"{key}":"'
    text: str = scanstring(json, json.index(start) + len(start), True)[0]  # noqa: FBT003 -- takes no keywords
    return text


def escape_json(text: str) -> str:
    r"""Return JSON text with `\u` escapes for what a terminal may act on or UTF-8 lacks.

    The values stay the same.

    >>> escape_json('"a\u202eb"')
    '"a\\u202eb"'
    """
    return text if text.isprintable() else "".join(map(_escape_json_character, text))


def json_to_ascii(text: str) -> str:
    """Return JSON text in ASCII, for a stream whose encoding lacks other characters."""
    return "".join(
        character if character.isascii() else encode_basestring_ascii(character)[1:-1]
        for character in text
    )


def _escape_json_character(character: str) -> str:
    if character.isprintable() or character in _SAFE_SPACES or character == "\n":
        return character
    return encode_basestring_ascii(character)[1:-1]
