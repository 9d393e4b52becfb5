"""The markers of facts in a draft: `<!-- bilatcli: ID -->text<!-- /bilatcli -->`.

They are found outside code, which only shows the syntax. A draft is Markdown or HTML.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from html import escape
from operator import itemgetter

from bilatcli.error_details import Problem
from bilatcli.fields import FIELDS
from bilatcli.fuzzy import did_you_mean
from bilatcli.render import values
from bilatcli.render.markdown import escape_markdown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

HTML_EXTENSIONS = (".html", ".htm", ".xhtml")
ACCEPTED = "superseded"
"""The word of a marker that accepts that its fact was superseded."""
TEXT, SOURCES = "text", "sources"
_KEYS = tuple(field.key for field in FIELDS["facts"])

_TOKEN = re.compile(r"\\.|(?P<code>`+)|<!--(?P<comment>.*?)-->", re.DOTALL)
"""An escaped character, the beginning of code, or a comment."""
_OUR_COMMENT = re.compile(r"\s*/?\s*bilatcli\b", re.IGNORECASE)
_OPENING = re.compile(r"\s*bilatcli:\s*(?P<words>\S.*?)\s*", re.DOTALL)
_CLOSING = re.compile(r"\s*/bilatcli\s*")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_BLOCK_START = re.compile(
    r"""[ \t]*(?:
        $ | [>|] | `{3} | ~{3} | <!--
        | [-*+](?:[ \t]|$) | \d{1,9}[.)](?:[ \t]|$) | \#{1,6}(?:[ \t]|$)
        | (?:-+|=+|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$
        | </?(?:div|p|table|t[dhr]|[uod]l|li|pre|hr|h[1-6]|section|article|figure|details)\b
    )""",
    re.VERBOSE | re.IGNORECASE,
)
"""The beginning of a line that does not go on with the paragraph above it."""
_FACT_ID = re.compile(r"[a-z]{2}-[a-z]{2}/[a-z0-9]+(?:-[a-z0-9]+)*")


class Marker:
    """A fact in a draft: its id, the field that is shown, and where its text is.

    `start` and `end` are the offsets of the text, `line` and `column` those of the marker, from 1.
    `is_html` says that the text is in a block of HTML, where Markdown means nothing.
    """

    __slots__ = ("accepts_superseded", "column", "end", "field", "id", "is_html", "line", "start")

    def __init__(self, words: Sequence[str], *, line: int, column: int, start: int) -> None:
        self.id = words[0]
        self.accepts_superseded = ACCEPTED in words[1:]
        self.field = next((word for word in words[1:] if word != ACCEPTED), TEXT)
        self.line = line
        self.column = column
        self.start = self.end = start
        self.is_html = False


class Draft:
    """The markers of a text, and the problems of those that cannot be read.

    `name` is what the problems call the draft. Text is taken as HTML if the name says so. `mark` is
    the byte order mark before the text.
    """

    def __init__(self, text: str, name: str, *, mark: str = "") -> None:
        self.text = text
        self.mark = mark
        self.name = name
        self.markers: list[Marker] = []
        self.problems: list[Problem] = []
        self._lines = [match.span() for match in _LINE.finditer(text) if match.group()]
        is_html = name.lower().endswith(HTML_EXTENSIONS)
        blocks: tuple[set[int], set[int] | None] = (set(), None)
        self._code, self._html = blocks if is_html else _find_blocks(text)
        self._read()

    def _read(self) -> None:
        comments = list(self._find_comments())
        for place, (start, end, content) in enumerate(comments):
            if (words := self._read_opening(start, content)) is None:
                continue
            line, column = self._locate(start)
            marker = Marker(words, line=line, column=column, start=end)
            following = comments[place + 1] if place + 1 < len(comments) else None
            if following is not None and _CLOSING.fullmatch(following[2]):
                marker.end = following[0]
                self._require_one_paragraph(marker)
            else:
                self._end_with_line(marker, None if following is None else following[0])
            marker.is_html = self._is_html(marker)
            self.markers.append(marker)
        self._report_stray_ends(comments)

    def _find_comments(self) -> Iterator[tuple[int, int, str]]:
        """Yield the start, the end and the content of each comment of ours outside code."""
        for start, end in self._list_chunks():
            offset = start
            while match := _TOKEN.search(self.text, offset, end):
                offset = match.end()
                if run := match["code"]:
                    closing = re.compile(rf"(?<!`){run}(?!`)").search(self.text, offset, end)
                    offset = closing.end() if closing else offset
                elif _OUR_COMMENT.match(match["comment"] or ""):
                    yield match.start(), match.end(), match["comment"]

    def _list_chunks(self) -> Iterator[tuple[int, int]]:
        """Yield the start and the end of each run of lines without blank lines and code."""
        start: int | None = None
        for number, (first, last) in enumerate(self._lines):
            is_gap = number in self._code or not self.text[first:last].strip()
            if is_gap and start is not None:
                yield start, first
            start = None if is_gap else first if start is None else start
        if start is not None:
            yield start, len(self.text)

    def _read_opening(self, start: int, content: str) -> list[str] | None:
        """Return the words of an opening marker; None for another comment, which is reported."""
        match = _OPENING.fullmatch(content)
        if match is None:
            if not _CLOSING.fullmatch(content):
                what = f"`{' '.join(content.split())}` is not a marker"
                self._add(start, what, "write `bilatcli: az-pk/recognition-1991` or `/bilatcli`")
            return None
        words = match["words"].split()
        fields = [word for word in words[1:] if word != ACCEPTED]
        if not _FACT_ID.fullmatch(words[0]):
            self._add(start, f"`{words[0]}` is not the id of a fact", "write it as `az-pk/…`")
        elif fields and (fields[1:] or fields[0] not in _KEYS):
            hint = did_you_mean(fields[0], _KEYS, otherwise=f"fields are {', '.join(_KEYS)}")
            self._add(start, f"facts have no field `{' '.join(fields)}`", hint)
        else:
            return words
        return None

    def _require_one_paragraph(self, marker: Marker) -> None:
        """Report a text with a blank line: its end is that of another marker, or misplaced."""
        inner = self.text[marker.start : marker.end].strip()
        if re.search(r"\n[ \t\r]*\n|\r[ \t]*\r", inner):
            what = f"the text of `{marker.id}` has a blank line"
            self._add_at(marker, what, "end it with `<!-- /bilatcli -->` in its paragraph")

    def _end_with_line(self, marker: Marker, following: int | None) -> None:
        """End the text of a marker with its line; report one that may go on, or end before.

        `following` is where the next marker starts.
        """
        first, last = self._lines[marker.line - 1]
        line = self.text[first:last].rstrip("\r\n")
        marker.end = first + len(line)
        below = self._lines[marker.line : marker.line + 1]
        goes_on = below and not _BLOCK_START.match(self.text[slice(*below[0])].rstrip("\r\n"))
        is_followed = following is not None and following < marker.end
        if goes_on or is_followed or line.lstrip().startswith("|"):
            what = f"the text of `{marker.id}` has no end"
            self._add_at(marker, what, "write `<!-- /bilatcli -->` after it")

    def _is_html(self, marker: Marker) -> bool:
        """Return True if the text of a marker begins in a block of HTML."""
        old = self.text[marker.start : marker.end]
        offset = marker.start + (len(old) - len(old.lstrip()) if old.strip() else 0)
        line, _ = self._locate(min(offset, len(self.text) - 1))
        return self._html is None or line - 1 in self._html

    def _report_stray_ends(self, comments: Sequence[tuple[int, int, str]]) -> None:
        is_open = False
        for start, _, content in comments:
            is_end = _CLOSING.fullmatch(content) is not None
            if is_end and not is_open:
                self._add(start, "`/bilatcli` ends no text", "remove it, or write a marker")
            is_open = not is_end

    def _locate(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of an offset, both from 1."""
        number = bisect_right(self._lines, offset, key=itemgetter(0))
        return number, offset - self._lines[number - 1][0] + 1

    def _add(self, offset: int, what: str, remedy: str) -> None:
        line, column = self._locate(offset)
        self.problems.append(Problem(what, remedy, file=self.name, line=line, column=column))

    def _add_at(self, marker: Marker, what: str, remedy: str) -> None:
        self.problems.append(
            Problem(what, remedy, file=self.name, line=marker.line, column=marker.column)
        )

    def read_old(self, marker: Marker) -> str:
        """Return what a draft says now, on one line."""
        return " ".join(self.text[marker.start : marker.end].split())

    def replace(self, texts: Mapping[Marker, str]) -> str:
        """Return the draft with other texts after some markers; the space around a text stays."""
        pieces: list[str] = []
        done = 0
        for marker, text in texts.items():
            old = self.text[marker.start : marker.end]
            before = old[: len(old) - len(old.lstrip())]
            after = old[len(old.rstrip()) :] if old.strip() else ""
            pieces += self.text[done : marker.start], before, text, after
            done = marker.end
        return "".join([*pieces, self.text[done:]])


def _find_blocks(text: str) -> tuple[set[int], set[int]]:
    """Return the numbers of the lines in blocks of code, and of those in blocks of HTML, from 0."""
    from markdown_it import MarkdownIt

    code: set[int] = set()
    html: set[int] = set()
    for token in MarkdownIt("commonmark").parse(text):
        if token.map and token.type in ("fence", "code_block"):
            code.update(range(*token.map))
        if token.map and token.type == "html_block":
            html.update(range(*token.map))
    return code, html


def render_field(fact: Mapping[str, Any], field: str, keys: Mapping[str, str]) -> str | None:
    """Return a field of a fact for people, or None if it is unknown.

    Sources are citations for pandoc, by their citation `keys`.
    """
    value = fact.get(field)
    if value is None or value in ([], {}):
        return None
    if field == SOURCES:
        return f"[{'; '.join(f'@{keys[id]}' for id in value)}]"
    kind = next(each.kind for each in FIELDS["facts"] if each.key == field)
    return values.format_for_people(value, kind)


def escape_for(marker: Marker, text: str) -> str:
    """Return a text as the draft has it: escaped for HTML or Markdown; citations stay."""
    if marker.is_html:
        return escape(text, quote=False)
    return text if marker.field == SOURCES else escape_markdown(text)


def is_same(old: str, new: str, marker: Marker) -> bool:
    """Return True if a draft has a text already, wrapped or escaped in another way."""
    return old in (" ".join(new.split()), " ".join(escape_for(marker, new).split()))
