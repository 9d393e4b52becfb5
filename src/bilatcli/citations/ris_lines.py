"""Split a RIS file into references of clean lines, however its tags are written."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field

START, END = "TY", "ER"
MAX_BARE = 1_000
"""Number of references in a row that may have only a first line, until a file is not RIS."""
NOTES, ADDRESSES = "N1", "UR"
"""Tags whose next lines without a tag go on with the same value."""

_STYLE = re.compile(r"^([ \t]*)(TY|ty)([ \t]*)- ?", re.MULTILINE)
"""The first line of a reference, from which the style of all tags in a file is known."""
_TAG = re.compile(r"([ \t]*)([A-Za-z][A-Za-z0-9])([ \t]*)-(?:[ \t](.*)|(.*))", re.DOTALL)
_BARE_END = re.compile(r"\s*ER\s*")
_NUMBER = re.compile(r"\s*[0-9]+\.\s*")
"""What some programs write between references."""


@dataclass(slots=True)
class RisLines:
    """The lines of a reference as `TI  - …`, the number of its first line, and what is wrong.

    `is_reference` is False if it does not start with `TY`.
    """

    line: int
    lines: list[str]
    problems: list[str] = field(default_factory=list)
    is_reference: bool = True


class RisSplitter:
    """The references of a text; `known` has all tags, `repeated` those that have several values.

    Raises ValueError with the problem and line 1 if no line starts a reference.
    """

    def __init__(self, text: str, known: Container[str], repeated: Container[str]) -> None:
        style = _STYLE.search(text)
        if style is None:
            raise ValueError("a reference starts with `TY  - `", 1)
        self.found: list[RisLines] = []
        self._known, self._repeated = known, repeated
        self._is_indented, self._is_lower, self._gap = bool(style[1]), style[2].islower(), style[3]
        self._open: RisLines | None = None
        self._stray: list[int] = []
        self._bare = 0
        for number, line in enumerate(text.split("\n"), 1):
            self._read_line(number, line)
        self._close("it does not end with `ER  - `")
        self._place_stray()

    def _read_line(self, number: int, line: str) -> None:
        tag, value = self._read_tag(line)
        if tag == START:
            self._check_bare()
            self._close("it does not end with `ER  - `")
            self._place_stray()
            self._open = RisLines(number, [f"{START}  - {value}"], self._take_stray())
            self.found.append(self._open)
        elif tag == END or _BARE_END.fullmatch(line):
            self._close("")
        elif self._open is not None and tag:
            self._open.lines.append(f"{tag}  - {value}")
        elif self._open is not None and line.strip():
            self._continue(self._open, number, line.strip())
        elif tag:
            self._start_stray(number, f"{tag}  - {value}")
        elif line.strip() and not _NUMBER.fullmatch(line):
            self._stray.append(number)

    def _read_tag(self, line: str) -> tuple[str, str]:
        """Return the tag and the value of a line; both are empty if the line has no tag."""
        found = _TAG.fullmatch(line)
        if found is None or (found[1] and not self._is_indented):
            return "", ""
        tag, gap = found[2], found[3]
        is_wide = gap == "  " or (gap == self._gap and gap != "")
        if not tag.isupper() and not self._is_lower:
            return "", ""
        if not is_wide and tag.upper() not in self._known:
            return "", ""
        return tag.upper(), (found[4] or found[5] or "").strip()

    def _continue(self, reference: RisLines, number: int, text: str) -> None:
        """Add a line without a tag to the value before it."""
        last = reference.lines[-1]
        tag = last[:2]
        if tag == START:
            reference.problems.append(f"line {number} does not start with a tag, such as `TI  - `")
        elif tag == ADDRESSES and "://" not in text:
            reference.lines[-1] = last + text
        elif tag in self._repeated and tag != NOTES:
            reference.lines.append(f"{tag}  - {text}")
        else:
            reference.lines[-1] = f"{last} {text}"

    def _close(self, problem: str) -> None:
        if self._open is not None and problem:
            self._open.problems.append(problem)
        self._open = None

    def _start_stray(self, number: int, line: str) -> None:
        """Begin a reference that lacks its first line, up to the next `ER`."""
        problem = f"it does not start with `{START}  - `"
        self._open = RisLines(number, [line], [problem, *self._take_stray()], is_reference=False)
        self.found.append(self._open)

    def _check_bare(self) -> None:
        """Raise ValueError if too many references have only a first line."""
        self._bare = self._bare + 1 if self._open and len(self._open.lines) == 1 else 0
        if self._bare > MAX_BARE:
            first = self.found[-self._bare].line
            problem = f"the reference of line {first} does not end with `{END}  - `"
            raise ValueError(f"{problem} before the next one", first + 1)

    def _take_stray(self) -> list[str]:
        found = [f"line {number} is outside of a reference" for number in self._stray]
        self._stray = []
        return found

    def _place_stray(self) -> None:
        """Note the lines after the last reference at this reference."""
        if self._stray and self.found:
            self.found[-1].problems += self._take_stray()
