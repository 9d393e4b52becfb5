"""Find the line and column of keys and values in a TOML text, with tree-sitter.

A path is the keys and positions that lead to a value, such as `("relation", 0, "fact", 3, "date")`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from bilatcli.packs.syntax import unquote_key
from bilatcli.packs.tokens import mask_new_forms

Path = tuple[str | int, ...]

MAX_IMPLIED_DEPTH = 3
"""Maximum depth of tables that a header implies, as `[a.b.c]` implies `a` and `a.b`."""

_OPENING, _CLOSING = ("[", "{"), ("]", "}")

_Entry = tuple[Node, Node]
"""A key and its value. An element of an array is both."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A key with its value in a table under a header.

    `key` and `value` are the byte offsets of start and end in the text as UTF-8; `lines` are the
    lines of the value.
    """

    path: Path
    key: tuple[int, int]
    value: tuple[int, int]
    lines: range


@dataclass(slots=True)
class Section:
    """A table under a header: its path, its pairs, and the byte offsets of the lines below it."""

    path: Path
    start: int
    end: int
    pairs: list[Pair]


class Positions:
    """The places of all keys and values of a TOML text.

    Lines and columns count from 1, columns in characters. All is computed on demand: for a text of
    megabytes, a few places are needed and memory for all of them is not.
    """

    def __init__(self, text: str) -> None:
        self._source = text.encode()
        self._root = _parse(self._source)
        self._headers: list[tuple[Path, Node]] = []
        self._tables: dict[Path, Node] = {(): self._root}
        self._implied: dict[Path, Node] = {}
        self._last_index: dict[Path, int] = {}
        self._last_entries: tuple[int, dict[Path, _Entry]] = (0, {})
        for node in self._root.children:
            if node.type in ("table", "table_array_element"):
                self._add_table(node)

    @cached_property
    def pairs(self) -> list[Pair]:
        """All pairs in order, except those of inline tables."""
        top_level = [self._to_pair((), node) for node in self._root.children if node.type == "pair"]
        return [*top_level, *(pair for section in self.sections for pair in section.pairs)]

    @cached_property
    def sections(self) -> list[Section]:
        """The tables by their headers, in order."""
        sections: list[Section] = []
        for path, node in self._headers:
            if sections:
                sections[-1].end = node.start_byte
            start = self._source.find(b"\n", _header_of(node).end_byte) + 1
            pairs = [
                self._to_pair(path, each) for each in node.named_children if each.type == "pair"
            ]
            sections.append(Section(path, start or len(self._source), len(self._source), pairs))
        return sections

    def locate(self, path: Path, *, key: bool = False) -> tuple[int, int]:
        """Return the line and column of the value at a path, or of its key.

        If there is no such value, return the place of the innermost table or array that there is on
        its path.
        """
        depth = len(path)
        while path[:depth] not in self._tables:
            depth -= 1
        table, rest = self._tables[path[:depth]], path[depth:]
        entry = table, table
        while rest:
            entries = self._entries_of(entry[1])
            length = next((n for n in range(1, len(rest) + 1) if rest[:n] in entries), 0)
            if not length:
                # Of `a.b = 1`, there is no value at `a`, but the key has a place.
                dotted = next((each for each in entries if each[: len(rest)] == rest), None)
                if dotted is not None:
                    return self._place(entries[dotted][0])
                key = False
                break
            entry, rest = entries[rest[:length]], rest[length:]
        if entry[1] == self._root:
            header = self._implied.get(path)
            return (1, 1) if header is None else self._place(header)
        return self._place(entry[0 if key else 1])

    def find_excess(self, max_digits: int, max_depth: int) -> tuple[int, int]:
        """Return the place of the first number with more digits, or value nested deeper.

        Return 1, 1 if there is none.
        """
        cursor = self._root.walk()
        # A bracket that is never closed opens no level in the tree, so brackets are counted too.
        level = unclosed = 0
        while True:
            node = cursor.node
            kind = "" if node is None else node.type
            unclosed += (kind in _OPENING) - (kind in _CLOSING)
            is_too_deep = max(level, unclosed) > max_depth
            if node is not None and (is_too_deep or _is_long_number(node, max_digits)):
                return self._place(node)
            if cursor.goto_first_child():
                level += 1
                continue
            while not cursor.goto_next_sibling():
                if not cursor.goto_parent():
                    return 1, 1
                level -= 1

    def is_comment(self, line: int, column: int) -> bool:
        """Return True if a comment is at a place, rather than text that looks like one."""
        start = self._line_starts[line - 1]
        before = self._source[start : start + 4 * column].decode(errors="replace")[: column - 1]
        offset = start + len(before.encode())
        node = self._root.descendant_for_byte_range(offset, offset)
        return node is not None and node.type == "comment"

    def _place(self, node: Node) -> tuple[int, int]:
        line = self._line_of(node.start_byte)
        before = self._source[self._line_starts[line - 1] : node.start_byte]
        return line, len(before.decode(errors="replace")) + 1

    @cached_property
    def _line_starts(self) -> list[int]:
        """The offsets of all lines. Those of the tree may be of a text with fewer."""
        starts = [0]
        while end := self._source.find(b"\n", starts[-1]) + 1:
            starts.append(end)
        return starts

    def _line_of(self, offset: int) -> int:
        return bisect_right(self._line_starts, offset)

    def _add_table(self, node: Node) -> None:
        """Record the table under a header, and the tables that the header implies."""
        is_element = node.type == "table_array_element"
        *parents, name = self._key_parts(_header_of(node))
        path: Path = ()
        for part in parents:
            path = self._newest_element((*path, part))
        path = (*path, name)
        if is_element:
            self._tables.setdefault(path, node)
            self._last_index[path] = self._last_index.get(path, -1) + 1
        path = self._newest_element(path)
        self._tables[path] = node
        for length in range(1, min(len(path), MAX_IMPLIED_DEPTH + 1)):
            self._implied.setdefault(path[:length], node)
        self._headers.append((path, node))

    def _newest_element(self, path: Path) -> Path:
        """Return the path, or that of the newest element if it leads to an array of tables."""
        return (*path, self._last_index[path]) if path in self._last_index else path

    def _entries_of(self, node: Node) -> dict[Path, _Entry]:
        """Return the entries of a table or array by relative path; cache those of the last one."""
        if self._last_entries[0] != node.id:
            self._last_entries = node.id, self._read_entries(node)
        return self._last_entries[1]

    def _read_entries(self, node: Node) -> dict[Path, _Entry]:
        children = [child for child in node.named_children if child.type != "comment"]
        if node.type == "array":
            return {(position,): (child, child) for position, child in enumerate(children)}
        entries = (_split_pair(child) for child in children if child.type == "pair")
        return {tuple(self._key_parts(key)): (key, value) for key, value in entries}

    def _to_pair(self, path: Path, node: Node) -> Pair:
        key, value = _split_pair(node)
        return Pair(
            (*path, *self._key_parts(key)),
            (key.start_byte, key.end_byte),
            (value.start_byte, value.end_byte),
            range(self._line_of(value.start_byte), self._line_of(value.end_byte) + 1),
        )

    def _key_parts(self, node: Node) -> Iterator[str]:
        """Yield the parts of a bare, quoted or dotted key.

        A dotted key is nested on its left, one level for each part, so this does not recurse.
        """
        parts: list[Node] = []
        stack = [node]
        while stack:
            current = stack.pop()
            if current.type == "dotted_key":
                stack += current.named_children
            else:
                parts.append(current)
        for part in reversed(parts):
            text = self._source[part.start_byte : part.end_byte].decode(errors="replace")
            yield unquote_key(text) if text[:1] in "\"'" else text


def _parse(source: bytes) -> Node:
    """Return the tree of a text. The grammar is that of TOML 1.0."""
    parser = Parser(Language(tree_sitter_toml.language()))
    root = parser.parse(source).root_node
    if root.has_error:
        masked = parser.parse(mask_new_forms(source)).root_node
        root = root if masked.has_error else masked
    return root


def _is_long_number(node: Node, max_digits: int) -> bool:
    return node.type == "integer" and node.end_byte - node.start_byte > max_digits


def _header_of(node: Node) -> Node:
    """Return the key in the header of a table."""
    return next(child for child in node.named_children if child.type != "comment")


def _split_pair(node: Node) -> _Entry:
    """Return the key and the value of a pair."""
    children = [child for child in node.named_children if child.type != "comment"]
    return children[0], children[-1]
