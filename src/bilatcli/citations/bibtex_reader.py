"""Read the entries of BibTeX and BibLaTeX files: their fields, abbreviations and crossrefs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bilatcli.citations.bibtex_fields import MONTHS
from bilatcli.citations.bibtex_items import to_item
from bilatcli.citations.references import Reference

if TYPE_CHECKING:
    from bibtexparser.model import Block

MAX_ABBREVIATED = 10_000_000
"""Number of characters that all uses of the @string abbreviations of a file may expand to."""
MAX_REASON_LENGTH = 120
"""Number of characters of the parser's reason for an entry with an error."""

_NOT_INHERITED = frozenset(
    "crossref entrysubtype ids keywords label note options related shorthand sortkey title".split()
)
"""Fields that an entry does not take from the one it refers to."""


@dataclass(slots=True)
class _Entry:
    """An entry: its type and key, its line from 1, and its fields in lower case, without braces."""

    type: str
    key: str
    line: int
    fields: dict[str, str]
    problems: list[str] = field(default_factory=list)


def parse_bibtex(text: str) -> list[Reference]:
    """Return the entries of a .bib file. Those that cannot be read have only a problem.

    Dates are EDTF under `raw`. Fields that CSL does not have keep their names. Raises ValueError
    with the problem and a line of 0 if the abbreviations of the file expand too far.
    """
    import logging

    from bibtexparser.splitter import Splitter

    # It warns on standard error of what the caller reports.
    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
    found = list(_read_blocks(Splitter(text).split().blocks))
    _inherit_fields([each for each in found if isinstance(each, _Entry)])
    return [_to_reference(each) if isinstance(each, _Entry) else each for each in found]


def _read_blocks(blocks: Sequence[Block]) -> Iterator[_Entry | Reference]:
    """Yield the entries of the blocks, and a reference without an item for each with an error."""
    from bibtexparser.model import DuplicateFieldKeyBlock, Entry, ParsingFailedBlock, String

    macros = _Macros()
    for block in blocks:
        # A key that is given twice is no error to us: the ids of sources are made unique.
        content = getattr(block, "ignore_error_block", None) or block
        line = (block.start_line or 0) + 1
        if isinstance(content, String):
            macros.define(content.key, content.value)
        elif isinstance(content, Entry):
            entry = _Entry(content.entry_type, content.key, line, {})
            if isinstance(block, DuplicateFieldKeyBlock):
                names = ", ".join(f"`{name}`" for name in sorted(block.duplicate_keys))
                entry.problems.append(f"{names} is given twice, so the first one is kept")
            for each in content.fields:
                name = each.key.lower()
                if name not in entry.fields:
                    entry.fields[name] = macros.expand(name, each.value, entry.problems)
            yield entry
        elif isinstance(content, ParsingFailedBlock):
            reason = " ".join(str(getattr(content.error, "abort_reason", content.error)).split())
            reason = f"{reason[:1].lower()}{reason[1:MAX_REASON_LENGTH]}".rstrip(". ")
            yield Reference(None, line, (reason,))


class _Macros:
    """The abbreviations that a file defines with @string, and the months that BibTeX defines."""

    def __init__(self) -> None:
        self._texts = {name[:3].lower(): name for name in MONTHS}
        self._left = MAX_ABBREVIATED

    def define(self, name: str, value: str) -> None:
        """Add an abbreviation. Unknown ones in it are empty."""
        self._texts[name.lower()] = self.expand(name, value, [])

    def expand(self, field: str, value: str, problems: list[str]) -> str:
        """Return a value without its braces or quotes; `problems` gets unknown abbreviations.

        A value has parts in braces or quotes, numbers and abbreviations, joined by `#`.
        """
        found: list[str] = []
        for part in _split_parts(value):
            if part[:1] in ("{", '"'):
                found.append(part[1:-1])
            elif part.isdigit() or not part:
                found.append(part)
            elif part.lower() in self._texts:
                text = self._texts[part.lower()]
                self._left -= len(text)
                found.append(text)
            else:
                problems.append(f"`{field}`: the abbreviation `{part}` is not defined")
        if self._left < 0:
            raise ValueError(f"its @string abbreviations exceed {MAX_ABBREVIATED:,} characters", 0)
        return "".join(found)


_MARKS = re.compile(r'\\.|[{}"#]', re.DOTALL)


def _split_parts(value: str) -> Iterator[str]:
    """Yield the parts of a value, which `#` joins outside of braces and quotes."""
    start = depth = 0
    is_quoted = False
    for mark in _MARKS.finditer(value):
        match mark[0]:
            case "{":
                depth += 1
            case "}":
                depth -= 1
            case '"' if depth == 0:
                is_quoted = not is_quoted
            case "#" if depth == 0 and not is_quoted:
                yield value[start : mark.start()].strip()
                start = mark.end()
    yield value[start:].strip()


def _inherit_fields(entries: Sequence[_Entry]) -> None:
    """Give each entry the fields of the one that its `crossref` names, and which it lacks.

    The title of a book or a conference is the `booktitle` of its parts. An entry inherits once, so
    that a circle ends.
    """
    by_key = {entry.key.lower(): entry for entry in reversed(entries)}
    own = {id(entry): dict(entry.fields) for entry in entries}
    for entry in entries:
        key = entry.fields.pop("crossref", "").strip()
        parent = by_key.get(key.lower()) if key else None
        if parent is not None:
            given = own[id(parent)]
            if "title" in given:
                entry.fields.setdefault("booktitle", given["title"])
            for name in given.keys() - _NOT_INHERITED:
                entry.fields.setdefault(name, given[name])
        elif key:
            entry.problems.append(f"`crossref` is left out: the file has no entry `{key}`")


def _to_reference(entry: _Entry) -> Reference:
    fields = {name: value for name, value in entry.fields.items() if value.strip()}
    item = to_item(entry.type, entry.key, fields, entry.problems)
    return Reference(item, entry.line, tuple(dict.fromkeys(entry.problems)))
