"""Split a text into sentences with their places; of Markdown, only what is running text."""

from __future__ import annotations

import re
from bisect import bisect_right

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_MASKED = re.compile(
    r"""
    \A---\n.*?\n---\n                        # front matter
    | ^(?P<fence>```|~~~)[^\n]*\n.*?(?:^(?P=fence)[^\n]*$|\Z)
    | <!--.*?(?:-->|\Z)
    | ^\[\^[^\]\n]+\]:[^\n]*                 # a footnote
    | ^\[[^\]\n]+\]:\s[^\n]*                 # the address of a link
    | ^\#{1,6}\s[^\n]*                       # a heading
    | ^\s*\|[^\n]*                           # a row of a table
    | ^[=-]{3,}\s*$
    | !\[[^\[\]\n]*\]\([^()\n]*\)
    | `[^`\n]+`
    | (?<=\])\([^()\n]*\)
    | \[\^[^\[\]\n]+\]
    | \[-?@[^\[\]\n]+\]
    | <?\bhttps?://[^\s>]+>?
    | </?[a-z][^<>\n]*>
    """,
    re.MULTILINE | re.DOTALL | re.VERBOSE | re.IGNORECASE,
)
_MARKS = re.compile(
    r"^[ \t]*(?:>[ \t]?)*(?:[-*+]|\d{1,3}[.)])?[ \t]+(?:\[[ xX]\][ \t])?|^>[ \t]?", re.MULTILINE
)
_BLOCK_END = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t])|\n(?=[ \t]*>)")
_END = re.compile(r"""[.!?…]+(?:["”’'»)\]*_]+)?(?=\s+["“«(\[*_]*[A-Z0-9À-ÞĀ-Ž]|\s*\Z)|\u3002""")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr gen col lt st sr jr prof rev hon no nos vol art fig approx ca cf vs eg ie etc "
    "inc ltd co corp jan feb mar apr jun jul aug sep sept oct nov dec pres sen rep gov amb".split()
)
MAX_ABBREVIATION_LENGTH = 12
"""Maximum characters before a full stop that may be an abbreviation."""
_LAST_WORD = re.compile(r"([\w.]+)$")


class Sentence:
    """A sentence of a text: from `start` to `end`, at a line and column that count from 1.

    `text` has spaces in place of what is not running text, so that places stay the same.
    `is_quotation` is True in a block that is quoted.
    """

    __slots__ = ("column", "end", "is_quotation", "line", "start", "text")

    def __init__(self, text: str, start: int, line: int, column: int) -> None:
        self.text = text
        self.start = start
        self.end = start + len(text)
        self.line = line
        self.column = column
        self.is_quotation = False


def split_sentences(text: str, *, by_line: bool = False) -> list[Sentence]:
    r"""Return the sentences of a text in order; a line is a paragraph of its own with `by_line`.

    >>> [each.text for each in split_sentences("# Ties\n\nOne.  Two,\nas `code`. U.S. ties.")]
    ['One.', 'Two,\nas       .', 'U.S. ties.']
    """
    masked = _MASKED.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    found: list[Sentence] = []
    for start, end in _split_blocks(masked, by_line=by_line):
        is_quotation = masked[start:end].lstrip().startswith(">")
        for first, last in _split_block(_drop_marks(masked, start, end), start):
            place = bisect_right(starts, first)
            sentence = Sentence(masked[first:last], first, place, first - starts[place - 1] + 1)
            sentence.is_quotation = is_quotation
            found.append(sentence)
    return found


def _split_blocks(text: str, *, by_line: bool) -> Iterator[tuple[int, int]]:
    start = 0
    for match in re.finditer("\n", text) if by_line else _BLOCK_END.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _drop_marks(text: str, start: int, end: int) -> str:
    """Return a block with spaces in place of the marks of lists and quotations."""
    return _MARKS.sub(lambda match: " " * len(match.group()), text[start:end])


def _split_block(block: str, offset: int) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(block):
        begin = max(start, match.start() - MAX_ABBREVIATION_LENGTH)
        word = _LAST_WORD.search(block[begin : match.start()])
        if match.group()[0] == "." and word and match.end() < len(block.rstrip()):
            last = word.group(1)
            is_initials = "." in last or (len(last) == 1 and last.isupper())
            if is_initials or last.lower() in _ABBREVIATIONS:
                continue
        yield from _strip(block, start, match.end(), offset)
        start = match.end()
    yield from _strip(block, start, len(block), offset)


def _strip(block: str, start: int, end: int, offset: int) -> Iterator[tuple[int, int]]:
    while start < end and (block[start].isspace() or block[start] in "*_"):
        start += 1
    while end > start and block[end - 1].isspace():
        end -= 1
    if any(letter.isalnum() for letter in block[start:end]):
        yield start + offset, end + offset
