"""Text at the two edges: folding names so that they compare, and making untrusted text safe to print."""

from __future__ import annotations

from _json import encode_basestring, encode_basestring_ascii

# Letters that NFKD leaves whole although people type them plain.
_PLAIN = str.maketrans(
    {"ə": "e", "\u0131": "i", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h"}
)


def fold(text: str) -> str:
    """Return `text` as it is compared: no case, accents or punctuation, one space between words.

    Unicode NFKD and case folding, then every mark dropped and every other character that is neither a letter nor
    a digit taken for a space. Folding twice changes nothing.

    >>> fold("Côte d’Ivoire"), fold("AZƏRBAYCAN"), fold("JF-17")
    ('cote d ivoire', 'azerbaycan', 'jf 17')
    """
    if not text.isascii():
        text = _unmarked(text)
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def _unmarked(text: str) -> str:
    from unicodedata import category, normalize

    # Folding first and last: some letters only fold once they are decomposed, others decompose once folded.
    decomposed = normalize("NFKD", normalize("NFKD", text).casefold()).translate(_PLAIN)
    return "".join(c for c in decomposed if not category(c).startswith("M"))


def squeeze(word: str) -> str:
    """Return `word` folded and without the spaces inside: how a designation such as JF-17 is looked up.

    >>> squeeze("JF-17"), squeeze("jf17")
    ('jf17', 'jf17')
    """
    return fold(word).replace(" ", "")


def printable(text: str) -> str:
    r"""Return `text` so that a terminal shows it and does nothing else.

    Controls, escape sequences, bidirectional overrides, invisible and unassigned characters and lone surrogates are
    spelt out (`\x1b`, `<U+202E>`), never dropped.

    >>> printable("a\x1b[31mb\u202ec")
    'a\\x1b[31mb<U+202E>c'
    """
    return text if text.isprintable() else "".join(map(_visible, text))


def _visible(character: str) -> str:
    code = ord(character)
    if character.isprintable() or character in "\u00a0\u2007\u202f\u3000":
        return character
    if character in "\n\r\t":
        return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}[character]
    return f"\\x{code:02x}" if code < 0x100 else f"<U+{code:04X}>"


def json_string(text: str) -> str:
    """Return `text` as a JSON string, quotes included; what UTF-8 cannot carry (lone surrogates) is escaped.

    The encoder is the one inside the standard `json` module, taken from where it costs no import of that module.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return encode_basestring_ascii(text)
    return encode_basestring(text)
