"""Read the entries of BibTeX and BibLaTeX files: their fields and abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from bilatcli.citations.bibtex_entries import Entry, inherit_fields
from bilatcli.citations.bibtex_fields import MONTHS
from bilatcli.citations.bibtex_items import to_item
from bilatcli.citations.references import Reference
from bilatcli.months import MONTH_NUMBERS

if TYPE_CHECKING:
    from bibtexparser.model import Block
    from bibtexparser.model import Entry as EntryBlock

MAX_ABBREVIATED = 10_000_000
"""Number of characters that all uses of the @string abbreviations of a file may expand to."""
MAX_REASON_LENGTH = 120
"""Number of characters of the parser's reason for an entry with an error."""

_COMMENT = re.compile(r"%[^\n]*\n")
_REPAIRS = (
    # BibLaTeX has comments within an entry, BibTeX has none.
    (re.compile(r"(^|[,{}\"])[ \t]*%[^\n]*$", re.MULTILINE), r"\1"),
    (re.compile(r"^(@\w+\s*[{(])(?=\s*[A-Za-z][\w-]*\s*=)"), r"\1,"),
    (re.compile(r"^(@\w+\s*[{(]\s*[^\s,={}\"]+)(?=\s+[A-Za-z][\w-]*\s*=)"), r"\1,"),
    (re.compile(r"([}\"\w]\s*,)(?:\s*,)+"), r"\1"),
    (re.compile(r"^(@\w+\s*\{.*)\)\s*$", re.DOTALL), r"\1}"),
)
"""What makes an entry readable that lacks its key or a comma, or has a comma too many."""


def parse_bibtex(text: str) -> list[Reference]:
    """Return the entries of a .bib file. Those that cannot be read have only a problem.

    Dates are EDTF under `raw`. Fields that CSL does not have keep their names. Raises ValueError
    with the problem and a line of 0 if the abbreviations of the file expand too far.
    """
    import logging

    # It warns on standard error of what the caller reports.
    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
    found = list(_read_blocks(_repair_blocks(_split_blocks(text), text)))
    inherit_fields([each for each in found if isinstance(each, Entry)])
    return [_to_reference(each) if isinstance(each, Entry) else each for each in found]


def _split_blocks(text: str) -> list[Block]:
    """Return the entries, abbreviations and errors of a .bib file, without its comments."""
    from bibtexparser.model import ImplicitComment
    from bibtexparser.splitter import Splitter

    return [each for each in Splitter(text).split().blocks if not isinstance(each, ImplicitComment)]


def _repair_blocks(blocks: Sequence[Block], text: str) -> Iterator[tuple[Block, int, bool]]:
    """Yield each block with its line from 1, and whether its source had to be repaired."""
    from bibtexparser.model import Entry as EntryBlock
    from bibtexparser.model import ParsingFailedBlock

    lines = text.split("\n")
    for block, following in zip_longest(blocks, blocks[1:]):
        start = block.start_line or 0
        if type(block) is ParsingFailedBlock:
            end = following.start_line if following else None
            source = "\n".join(lines[start:end]).strip()
            for pattern, replacement in _REPAIRS:
                source = pattern.sub(replacement, source)
            found = _split_blocks(source)
            if len(found) == 1 and isinstance(found[0], EntryBlock):
                yield found[0], start + 1, True
                continue
        yield block, start + 1, False


def _read_blocks(blocks: Iterable[tuple[Block, int, bool]]) -> Iterator[Entry | Reference]:
    """Yield the entries of the blocks, and a reference without an item for each with an error."""
    from bibtexparser.model import Entry as EntryBlock
    from bibtexparser.model import ParsingFailedBlock, String

    macros = _Macros()
    for block, line, is_repaired in blocks:
        # A key that is given twice is no error to us: the ids of sources are made unique.
        content = getattr(block, "ignore_error_block", None) or block
        if isinstance(content, String):
            macros.define(content.key, content.value)
        elif isinstance(content, EntryBlock):
            key = _COMMENT.sub("", content.key).strip()
            entry = Entry(content.entry_type, key, line, {})
            if is_repaired:
                entry.problems.append("its key or a comma is missing, or there is a comma too many")
            _read_fields(content, entry, macros)
            yield entry
        elif isinstance(content, ParsingFailedBlock):
            reason = " ".join(str(getattr(content.error, "abort_reason", content.error)).split())
            reason = f"{reason[:1].lower()}{reason[1:MAX_REASON_LENGTH]}".rstrip(". ")
            yield Reference(None, line, (reason,))


def _read_fields(block: EntryBlock, entry: Entry, macros: _Macros) -> None:
    """Add the fields of a block to its entry, without braces and abbreviations."""
    repeated: list[str] = []
    for each in block.fields:
        for key, value in _split_fields(each.key, each.value, entry.problems):
            name = _COMMENT.sub("", key).strip().lower()
            if name in entry.fields:
                repeated.append(f"`{name}`")
            else:
                entry.fields[name] = macros.expand(name, value, entry.problems)
    if repeated:
        names = ", ".join(sorted(set(repeated)))
        entry.problems.insert(0, f"{names} is given twice, so the first one is kept")


def _split_fields(key: str, value: str, problems: list[str]) -> Iterator[tuple[str, str]]:
    """Yield a field, and those that follow it without a comma before them."""
    *parts, last = _split_at("=", value)
    for number, part in enumerate(parts):
        found = _LAST_WORD.fullmatch(part)
        if found is None:
            yield key, "=".join([*parts[number:], last])
            return
        yield key, found[1].strip()
        key = found[2]
        problems.append(f"a comma is missing before `{key}`")
    yield key, last


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
        for part in _split_at("#", value):
            if part[:1] in ("{", '"'):
                found.append(part[1:-1])
            elif part.isdigit() or not part:
                found.append(part)
            elif field == "month" and part.lower() in MONTH_NUMBERS:
                # Styles in other languages define `okt` and the like.
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


_MARKS = re.compile(r'\\.|[{}"#=]', re.DOTALL)
_LAST_WORD = re.compile(r"(.*?)([A-Za-z][\w-]*)\s*", re.DOTALL)


def _split_at(separator: str, value: str) -> Iterator[str]:
    """Yield the parts of a value between separators outside of braces and quotes."""
    start = depth = 0
    is_quoted = False
    for mark in _MARKS.finditer(value):
        if mark[0] == "{":
            depth += 1
        elif mark[0] == "}":
            depth -= 1
        elif mark[0] == '"' and depth == 0:
            is_quoted = not is_quoted
        elif mark[0] == separator and depth == 0 and not is_quoted:
            yield value[start : mark.start()].strip()
            start = mark.end()
    yield value[start:].strip()


def _to_reference(entry: Entry) -> Reference:
    fields = {name: value for name, value in entry.fields.items() if value.strip()}
    item = to_item(entry.type, entry.key, fields, entry.problems)
    return Reference(item, entry.line, tuple(dict.fromkeys(entry.problems)))
