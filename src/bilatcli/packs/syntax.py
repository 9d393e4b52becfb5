"""Parse TOML, and explain what is wrong in a text that is not: what, where it began, what to do."""

from __future__ import annotations

import os
import re
from typing import Any
from unicodedata import category

import tomli

from bilatcli.error_details import PackError
from bilatcli.packs.problems import file_error
from bilatcli.packs.tokens import Opening, find_opening

MAX_DIGITS = 4_300
"""Maximum digits of a whole number: Python converts no more."""
MAX_DEPTH = 32
"""Maximum depth of nested values; those of a pack are less than four deep."""

_OPEN_TEXT = ("Unterminated string", "Expected \"'", "Illegal character '\\n", "Found invalid char")
_SECOND_KEY = ("Cannot overwrite a value", "Duplicate inline table key")
_REMEDIES = {
    "Unescaped": "write `\\\\` for a backslash",
    "Invalid hex value": "write `\\\\` for a backslash",
    "Cannot declare": "remove one of the two headers",
    "Illegal character": "remove the character, or write it as an escape such as `\\u0007`",
    "Found invalid character": "remove the character",
}
"""What to do, by the first words of a message of tomli."""
_CLOSE = {
    "list": "add `]`, or a comma between its values",
    "inline table": "add `}`, or a comma between its keys",
}
_STATEMENT = re.compile(r"\s*(?:\[+\s*)?[\w.\"' -]+?\s*(?:=|\]+\s*(?:#.*)?$)")
"""A line that looks like the next key or header."""
_DATE = re.compile(r"\d+[-/.]\d+[-/.]\d+")
_CURLY_QUOTES = frozenset("\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb")


def parse_toml(text: str, path: str | os.PathLike[str]) -> dict[str, Any]:
    """Return the content of `text`, that of the file `path`. Raises PackError if it is not TOML."""
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise _explain(error, path) from None
    except (RecursionError, ValueError):
        raise _too_complex(text, path) from None


def unquote_key(text: str) -> str:
    """Return what a key in quotes says."""
    try:
        key: str = tomli.loads(f"key = {text}")["key"] if "\\" in text else text[1:-1]
    except tomli.TOMLDecodeError:
        return text[1:-1]
    return key


def _explain(error: tomli.TOMLDecodeError, path: str | os.PathLike[str]) -> PackError:
    # The text of the error has no CR before LF, so offsets are of this text.
    content, offset = error.doc.encode(), len(error.doc[: error.pos].encode())
    line, column = error.lineno, error.colno
    opening = find_opening(content, offset)
    if opening and opening.kind == "text" and error.msg.startswith(_OPEN_TEXT):
        what, remedy = "a text is not closed", "add the closing quotation mark"
        line, column = _place(content, opening.end)
        remedy = f"{remedy}; it begins at {_show_place(content, opening)}"
    elif error.msg.startswith(_SECOND_KEY):
        what, remedy = "this key is already set", "remove one of the two"
    elif error.msg == "Invalid date or datetime":
        what, remedy = "this is not a real date", "correct it"
    else:
        reason = f"{error.msg[:1].lower()}{error.msg[1:]}"
        remedy = _find_remedy(error)
        if (opening := _find_unclosed(content, opening, error)) is not None:
            reason = f"the {opening.kind} that begins at {_show_place(content, opening)}"
            reason = f"{reason} is not closed"
            remedy = _CLOSE.get(opening.kind, f"close it with `{opening.close}`")
        what = f"this is not valid TOML ({reason})"
    return file_error(path, what, remedy, line=line, column=column)


def _place(content: bytes, offset: int) -> tuple[int, int]:
    before = content[:offset]
    start = before.rfind(b"\n") + 1
    return before.count(b"\n") + 1, len(before[start:].decode()) + 1


def _show_place(content: bytes, opening: Opening) -> str:
    line, column = _place(content, opening.start)
    return f"{line}:{column}"


def _find_unclosed(
    content: bytes, opening: Opening | None, error: tomli.TOMLDecodeError
) -> Opening | None:
    """Return the bracket or header that is not closed, if a parser stopped because of it."""
    if opening is None:
        return None
    if opening.kind == "header":
        rest = error.doc[error.pos :].partition("\n")[0].rstrip()
        is_cut = error.msg.startswith("Expected ']") and not rest.endswith(opening.close)
        return opening if is_cut else None
    if error.msg.startswith("Unclosed") or not error.doc[error.pos :].strip():
        return opening
    start = error.doc.rfind("\n", 0, error.pos) + 1
    if _STATEMENT.match(error.doc[start:].partition("\n")[0]):
        # The next key or header is in the list, or is taken for one of its values.
        return find_opening(content, len(error.doc[:start].encode()))
    return None


def _find_remedy(error: tomli.TOMLDecodeError) -> str:
    """Return what to do about the character or word at which the parser stopped."""
    known = next((text for key, text in _REMEDIES.items() if error.msg.startswith(key)), None)
    rest = error.doc[error.pos :].partition("\n")[0]
    line = error.doc[error.doc.rfind("\n", 0, error.pos) + 1 : error.pos] + rest
    if rest.startswith("\r"):
        return "end lines with LF or CRLF, not with CR alone"
    if known is not None or not rest:
        return known or "correct the syntax"
    if rest[0] in _CURLY_QUOTES:
        return "write straight quotation marks"
    if category(rest[0]) in ("Cc", "Cf", "Zs"):
        return f"remove the invisible character U+{ord(rest[0]):04X}"
    hints = {
        "write `=` after a key, not `:`": error.msg.startswith("Expected '=") and rest[0] == ":",
        "write a date as 2026-01-31": _DATE.search(line) is not None,
        "write it in lower case": rest.lower().startswith(("true", "false")),
        "put a text in quotes": error.msg == "Invalid value" and rest[0].isalpha(),
    }
    return next((hint for hint, is_apt in hints.items() if is_apt), "correct the syntax")


def _too_complex(text: str, path: str | os.PathLike[str]) -> PackError:
    """Return the error for a number with too many digits, or for values nested too deeply."""
    from bilatcli.packs.positions import Positions

    line, column = Positions(text).find_excess(MAX_DIGITS, MAX_DEPTH)
    limits = f"a number of more than {MAX_DIGITS:,} digits, or values {MAX_DEPTH} deep"
    what = f"this TOML cannot be read ({limits})"
    return file_error(path, what, "simplify it", line=line, column=column)
