"""Text at the two edges: folding names so that they compare, and making untrusted text safe to print."""

from __future__ import annotations

from _json import encode_basestring, encode_basestring_ascii, scanstring

# Letters that NFKD leaves whole although people type them plain.
_PLAIN = {
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


class _Folding(dict[int, str | None]):
    """What each decomposed, case-folded character becomes: itself, a plain letter, nothing (an accent), or `mark`."""

    def __init__(self, mark: str | None) -> None:
        super().__init__()
        self.mark = mark

    def __missing__(self, code: int) -> str | None:
        character = _PLAIN.get(chr(code), chr(code))
        self[code] = character if character.isalnum() else self._other(character)
        return self[code]

    def _other(self, character: str) -> str | None:
        if character.isspace():
            return " "
        return (
            self.mark
            if character.isascii() or not _is_mark(character)
            else None
            if _is_accent(character)
            else character
        )


def _is_mark(character: str) -> bool:
    from unicodedata import category

    return category(character[0]).startswith("M")


def _is_accent(mark: str) -> bool:
    """Whether a word is the same without a mark: not so a vowel sign, nor what makes another letter in Kana."""
    from unicodedata import name

    called = name(mark[0])
    return called.endswith("NUKTA") or (called.startswith(_ACCENTED) and "KATAKANA" not in called)


_ACCENTED = ("COMBINING", "HEBREW", "ARABIC", "SYRIAC", "VARIATION SELECTOR")
"""What accents are called; the marks of other scripts are vowels and the like."""

_ASCII = "".join(
    character.lower() if character.isalnum() else " " for character in map(chr, range(128))
)
_APART = _Folding(" ")
_TOGETHER = _Folding(None)


def fold(text: str) -> str:
    """Return `text` as it is compared: no case, accents or punctuation, one space between words.

    Unicode NFKD and case folding, then every accent dropped and every other character that is neither a letter, a digit
    nor a vowel sign taken for a space. Folding twice changes nothing.

    >>> fold("Côte d’Ivoire"), fold("AZƏRBAYCAN"), fold("JF-17")
    ('cote d ivoire', 'azerbaycan', 'jf 17')
    """
    return " ".join((text.translate(_ASCII) if text.isascii() else _folded(text, _APART)).split())


def squeeze(text: str) -> str:
    """Return `text` folded, but with nothing in the place of punctuation: how a designation is written as one word.

    >>> squeeze("JF-17 Block-III"), squeeze("jf17")
    ('jf17 blockiii', 'jf17')
    """
    return " ".join(_folded(text, _TOGETHER).split())


def designations(text: str) -> set[str]:
    """Return the words of `text` that have more than plain letters and digits in them, each squeezed.

    >>> sorted(designations("Two JF-17s, and a T-129."))
    ['jf17s', 't129']
    """
    return set(
        squeeze(
            " ".join(word for word in text.split() if not (word.isascii() and word.isalnum()))
        ).split()
    )


def _folded(text: str, folding: _Folding) -> str:
    if text.isascii():
        return text.lower().translate(folding)
    from unicodedata import normalize

    # Folding first and last: some letters only fold once they are decomposed, others decompose once folded.
    return normalize("NFKD", normalize("NFKD", text).casefold()).translate(folding).casefold()


# Blocks of scripts that put no space between words, or attach particles to them: Thai and Lao, Burmese, Hangul, Khmer,
# Kana and Han.
_GLUED: tuple[tuple[int, int], ...] = (
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


def is_glued(letter: str) -> bool:
    """Whether a letter is of a script that puts no space between words."""
    code = ord(letter)
    return code > 0xE00 and any(first <= code <= last for first, last in _GLUED)


def cut(text: str) -> list[str]:
    """Return the words of `text` as they are searched: folded, and each letter by itself where words have no spaces.

    >>> cut("JF-17: 冰岛")
    ['jf', '17', '冰', '岛']
    """
    folded = fold(text)
    if not folded.isascii():
        folded = "".join(f" {letter} " if is_glued(letter) else letter for letter in folded)
    return folded.split()


_SPACES = "\u00a0\u2007\u202f\u3000"

# Letters and marks that Unicode counts as printable although nothing is seen of them: fillers, variation selectors.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0") | frozenset(
    map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)


def printable(text: str) -> str:
    r"""Return `text` so that a terminal shows it and does nothing else.

    Controls, escape sequences, bidirectional overrides, invisible and unassigned characters and lone surrogates are
    spelt out (`\x1b`, `<U+202E>`), never dropped. A joiner or non-joiner stays between letters that
    it gives another shape to, as Persian and the languages of India write it: there it is seen.

    >>> printable("a\x1b[31mb\u202ec")
    'a\\x1b[31mb<U+202E>c'
    """
    is_plain = text.isprintable() and (text.isascii() or _INVISIBLE.isdisjoint(text))
    if is_plain:
        return text
    if "\u200c" in text or "\u200d" in text:
        around = zip(" " + text, text, text[1:] + " ", strict=False)
        return "".join(
            each if _is_shaping(before, each, after) else _visible(each)
            for before, each, after in around
        )
    return "".join(map(_visible, text))


_SHAPED = range(0x0600, 0x0900), range(0x0900, 0x0E00)
"""The scripts whose letters a joiner shapes: Arabic and its kin; those of India and Sri Lanka."""


def _is_shaping(before: str, character: str, after: str) -> bool:
    """Whether a joiner or non-joiner stands between letters, or their vowel signs, that it gives another shape to."""
    return character in "\u200c\u200d" and any(
        all(ord(each) in script and (each.isalpha() or _is_mark(each)) for each in (before, after))
        for script in _SHAPED
    )


def storable(text: str) -> str:
    """Return `text` with what UTF-8 cannot carry (lone surrogates, as in a path of other bytes) spelt out."""
    return text.encode(errors="backslashreplace").decode()


def _visible(character: str) -> str:
    code = ord(character)
    if (character.isprintable() and character not in _INVISIBLE) or character in _SPACES:
        return character
    if character in "\n\r\t":
        return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}[character]
    return f"\\x{code:02x}" if code < 0x100 else f"<U+{code:04X}>"


def json_string(text: str) -> str:
    """Return `text` as a JSON string, quotes included.

    The encoder is the one inside the standard `json` module, taken from where it costs no import of that module.
    """
    return json_safe(encode_basestring(text))


def json_value(json: str, key: str) -> str:
    r"""Return the text that the first key of a name has in a JSON object.

    A quotation mark inside of a text is escaped, so that a key is found as it is.

    >>> json_value('{"id":"a","text":"b"}', "text")
    'b'
    """
    mark = f'"{key}":"'
    text: str = scanstring(json, json.index(mark) + len(mark), True)[0]  # noqa: FBT003 -- C code that takes no names
    return text


def json_safe(text: str) -> str:
    r"""Return JSON text with what a terminal may act on, or UTF-8 cannot carry, as `\u` escapes: the values stay.

    >>> json_safe('"a\u202eb"')
    '"a\\u202eb"'
    """
    return text if text.isprintable() else "".join(map(_escaped, text))


def json_ascii(text: str) -> str:
    """Return JSON text in ASCII, for a stream that takes no other letters."""
    return "".join(
        character if character.isascii() else encode_basestring_ascii(character)[1:-1]
        for character in text
    )


def _escaped(character: str) -> str:
    if character.isprintable() or character in _SPACES or character == "\n":
        return character
    return encode_basestring_ascii(character)[1:-1]
