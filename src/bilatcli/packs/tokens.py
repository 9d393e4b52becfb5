"""The tokens of a TOML text, valid or not: texts, comments, brackets, words.

They show what is not closed where a parser stops, and let a parser of TOML 1.0 read TOML 1.1.
Offsets are those of bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    rb"""
      (?P<text> "{3}(?:[^"\\]++|\\[\s\S]|"{1,2}(?!"))*+"{3,5}+
              | '{3}(?:[^']++|'{1,2}(?!'))*+'{3,5}+ )
    | (?P<open_text> "{3}[\s\S]*+ | '{3}[\s\S]*+ )
    | (?P<line_text> "(?:[^"\\\n]++|\\[^\n])*+" | '[^'\n]*+' )
    | (?P<open_line_text> "[^\n]*+ | '[^\n]*+ )
    | (?P<comment> \#[^\n]*+ )
    | (?P<line_end> \n )
    | (?P<mark> [][{},=] )
    | (?P<word> [^\s\[\]{},="'\#]++ )
    """,
    re.VERBOSE,
)
_TIME = re.compile(rb"\d\d:\d\d(?:[Zz]|[+-]\d\d:\d\d)?")
_DAY = re.compile(rb"\d{4}-\d\d-\d\d")
_PLAIN = bytes(byte if chr(byte) in "\r\n" else ord("x") for byte in range(256))
"""For `bytes.translate`: a text that has nothing to escape, in as many lines."""

_OPENING = {b"[": b"]", b"{": b"}"}


class Token(NamedTuple):
    """A piece of a text: its kind, which is a group of the pattern, and its offsets."""

    kind: str
    start: int
    end: int


class Opening(NamedTuple):
    """What is not closed: `text`, `list`, `inline table` or `header`, its offsets and its end.

    `close` is what would close it. A text in one line ends with the line.
    """

    kind: str
    start: int
    end: int
    close: str


def read_tokens(content: bytes) -> Iterator[Token]:
    """Yield the tokens of a text without those that only separate others: blanks, CR."""
    for match in _TOKEN.finditer(content):
        yield Token(match.lastgroup or "", *match.span())


def find_opening(content: bytes, offset: int) -> Opening | None:
    """Return what is open at an offset, the innermost, or None if nothing is."""
    stack: list[Opening] = []
    is_value = False
    for kind, start, end in read_tokens(content):
        if start >= offset:
            break
        token = content[start:end] if kind == "mark" else b""
        if kind.startswith("open"):
            quote = content[start : start + (3 if kind == "open_text" else 1)].decode()
            return Opening("text", start, end, quote)
        if kind == "line_end" and (not stack or stack[0].kind == "header"):
            stack.clear()
            is_value = False
        elif token == b"=" and not stack:
            is_value = True
        elif token in _OPENING:
            kinds = {b"[": "list" if is_value else "header", b"{": "inline table"}
            stack.append(Opening(kinds[token], start, end, _OPENING[token].decode()))
        elif token in (b"]", b"}") and stack:
            stack.pop()
    if stack and stack[0].kind == "header":
        start = stack[0].start
        return stack[0]._replace(close="]]" if content.startswith(b"[[", start) else "]")
    return stack[-1] if stack else None


def mask_new_forms(content: bytes) -> bytes:
    """Return a valid text in which the forms of TOML 1.1 are forms of TOML 1.0 of the same length.

    These are line breaks, comments and a last comma in inline tables, times without seconds, and
    new escapes in texts. The values differ; the places of all keys and values are the same.
    """
    masked = bytearray(content)
    brackets: list[bytes] = []
    previous = Token("", 0, 0)
    for token in read_tokens(content):
        kind, start, end = token
        word = content[start:end]
        if brackets[-1:] == [b"{"] and kind in ("comment", "line_end"):
            masked[start:end] = b" " * (end - start)
            continue
        if word == b"}" and content[previous.start : previous.end] == b",":
            masked[previous.start] = ord(" ")
        if word in _OPENING:
            brackets.append(word)
        elif word in (b"]", b"}") and brackets:
            brackets.pop()
        elif kind in ("text", "line_text"):
            quotes = 3 if kind == "text" else 1
            masked[start + quotes : end - quotes] = word[quotes:-quotes].translate(_PLAIN)
        elif kind == "word" and _TIME.fullmatch(word[11:] if _DAY.match(word) else word):
            has_day = _DAY.fullmatch(content, previous.start, previous.end)
            begin = previous.start if has_day else start
            masked[begin:end] = b"1" * (end - begin)
        previous = token
    return bytes(masked)
