"""Text at the edges: escape untrusted text, write JSON."""

from __future__ import annotations

# The C parts of the standard `json` module: importing `json` itself doubles the time of a lookup.
from _json import encode_basestring, encode_basestring_ascii, make_encoder, scanstring

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bilatcli.normalization import CharacterMap

    JsonValue = None | bool | int | float | str | Sequence["JsonValue"] | Mapping[str, "JsonValue"]

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
        return text.translate(_make_escapes())
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


def _make_escapes() -> CharacterMap:
    from bilatcli.normalization import CharacterMap

    return CharacterMap(_escape_character)


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
