"""Change the text of a pack without touching the rest of it, and write it back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from bilatcli.packs.positions import Positions


class Replacement(NamedTuple):
    """New bytes for the bytes from `start` to `end` of a text in UTF-8."""

    start: int
    end: int
    new: bytes


def apply_edits(text: str, replacements: Iterable[Replacement]) -> str:
    """Return the text with the replacements made. No two of them may overlap."""
    content = text.encode()
    parts = []
    done = 0
    for start, end, new in sorted(replacements):
        parts += [content[done:start], new]
        done = end
    return b"".join([*parts, content[done:]]).decode()


def detect_newline(text: str) -> str:
    """Return the line ending of a text."""
    return "\r\n" if "\r\n" in text else "\n"


def append_sources(text: str, sources: Sequence[Mapping[str, Any]]) -> str:
    """Return the text of a pack with more sources after the ones it has.

    Values are strings and lists of strings. A blank line separates the sources. All other bytes
    stay the same.
    """
    content = text.encode()
    offset = _find_insert_offset(content, Positions(text))
    before, after = content[:offset].decode(), content[offset:].decode()
    newline = detect_newline(text)
    follows_blank_line = before.rstrip(" \t").endswith(newline * 2)
    lines = [] if before.endswith("\n") else [""]
    for source in sources:
        table = ["[[source]]", *(f"{key} = {_to_toml(value)}" for key, value in source.items())]
        lines += [*table, ""] if follows_blank_line else ["", *table]
    return before + newline.join([*lines, ""]) + after


def _find_insert_offset(content: bytes, positions: Positions) -> int:
    """Return the offset in bytes after the last source, or else before the relations."""
    sources = [
        section
        for section in positions.sections
        if section.path[:1] == ("source",) and section.pairs
    ]
    if sources:
        return (content.find(b"\n", sources[-1].pairs[-1].value[1]) + 1) or len(content)
    relations = (section for section in positions.sections if section.path[:1] == ("relation",))
    relation = next(relations, None)
    if relation is None:
        return len(content)
    offset = content.rfind(b"\n", 0, relation.start - 1) + 1
    # The comments right above the first relation stay with it.
    while content[:offset].rstrip(b" \t").endswith(b"\n"):
        above = content.rfind(b"\n", 0, offset - 1) + 1
        if not content[above:offset].lstrip().startswith(b"#"):
            break
        offset = above
    return offset


def _to_toml(value: str | Sequence[str]) -> str:
    """Return a string or a list of strings in TOML.

    JSON is written the same way, but it does not escape the character DEL.
    """
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
