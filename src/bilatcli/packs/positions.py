"""Where in a TOML text a key or value stands: the one place that asks tree-sitter, once something is wrong.

A path is the keys and positions that lead to a value, as in `("relation", 0, "fact", 3, "date")`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

Path = tuple[str | int, ...]

MOST_IMPLIED = 3
"""A table that is there because a header names one inside of it has a place of its own as far down as a pack's go."""

_OPENING, _CLOSING = ("[", "{"), ("]", "}")


@dataclass(frozen=True, slots=True)
class Pair:
    """A key with its value, on lines of its own: its path, and from where to where each stands in the text as UTF-8."""

    path: Path
    key: tuple[int, int]
    value: tuple[int, int]
    lines: range
    """The lines that the value takes."""


@dataclass(slots=True)
class Section:
    """A table under a header: its path, its pairs in order, and where the lines below the header stand as UTF-8."""

    path: Path
    start: int
    end: int
    pairs: list[Pair]


class Positions:
    """The places of all keys and values of a TOML text; lines and columns count characters from 1.

    `pairs` has all pairs in order but those of inline tables, `sections` the tables by their headers, with their pairs.
    Both are made when they are asked for: of a text of megabytes, a few places are wanted and memory for all is not.
    """

    def __init__(self, text: str) -> None:
        self._source = text.encode()
        self._lines = self._source.split(b"\n")
        self._counts: dict[Path, int] = {}
        self._headed: list[tuple[Path, Node]] = []
        self._root = Parser(Language(tree_sitter_toml.language())).parse(self._source).root_node
        self._tables: dict[Path, Node] = {(): self._root}
        self._implied: dict[Path, Node] = {}
        self._opened: tuple[int, dict[Path, tuple[Node, Node]]] = (0, {})
        for node in self._root.children:
            if node.type in ("table", "table_array_element"):
                self._table(node)

    @cached_property
    def pairs(self) -> list[Pair]:
        """All pairs in order but those of inline tables."""
        above = [_pair((), node) for node in self._root.children if node.type == "pair"]
        return [*above, *(pair for section in self.sections for pair in section.pairs)]

    @cached_property
    def sections(self) -> list[Section]:
        """The tables by their headers, in order."""
        found: list[Section] = []
        for path, node in self._headed:
            if found:
                found[-1].end = node.start_byte
            below = self._source.find(b"\n", _header(node).end_byte) + 1
            pairs = [_pair(path, child) for child in node.named_children if child.type == "pair"]
            found.append(Section(path, below or len(self._source), len(self._source), pairs))
        return found

    def of(self, path: Path, *, key: bool = False) -> tuple[int, int]:
        """Return line and column of the value at `path`, or of its key; of what it would be in, where it is absent."""
        known = len(path)
        while path[:known] not in self._tables:
            known -= 1
        found = self._tables[path[:known]], self._tables[path[:known]]
        rest = path[known:]
        while rest:
            inside = self._inside(found[1])
            length = next((n for n in range(1, len(rest) + 1) if rest[:n] in inside), 0)
            if not length:
                key = False
                break
            found, rest = inside[rest[:length]], rest[length:]
        if found[1] == self._root:
            header = self._implied.get(path)
            return (1, 1) if header is None else self._place(header)
        return self._place(found[0 if key else 1])

    def of_excess(self, digits: int, depth: int) -> tuple[int, int]:
        """Return line and column of the first number of more digits, or value nested deeper, or of the text's start."""
        cursor = self._root.walk()
        # What is never closed is nested in no tree.
        level = unclosed = 0
        while True:
            node = cursor.node
            kind = "" if node is None else node.type
            unclosed += (kind in _OPENING) - (kind in _CLOSING)
            is_long = (
                node is not None and kind == "integer" and node.end_byte - node.start_byte > digits
            )
            if node is not None and (is_long or max(level, unclosed) > depth):
                return self._place(node)
            if cursor.goto_first_child():
                level += 1
                continue
            while not cursor.goto_next_sibling():
                if not cursor.goto_parent():
                    return 1, 1
                level -= 1

    def is_comment(self, line: int, column: int) -> bool:
        """Whether what stands at a line and column is a comment, and not text that looks like one."""
        point = (
            line - 1,
            len(self._lines[line - 1].decode(errors="replace")[: column - 1].encode()),
        )
        node = self._root.descendant_for_point_range(point, point)
        return node is not None and node.type == "comment"

    def _place(self, node: Node) -> tuple[int, int]:
        row, column = node.start_point
        return row + 1, len(self._lines[row][:column].decode(errors="replace")) + 1

    def _table(self, node: Node) -> None:
        path: Path = ()
        for part in _keys(_header(node)):
            path = self._within((*path, part))
        if node.type == "table_array_element":
            path = self._last_removed(path)
            self._tables.setdefault(path, node)
            count = self._counts[path] = self._counts.get(path, -1) + 1
            path = (*path, count)
        self._tables[path] = node
        for length in range(1, min(len(path), MOST_IMPLIED + 1)):
            self._implied.setdefault(path[:length], node)
        self._headed.append((path, node))

    def _within(self, path: Path) -> Path:
        """`path`, led into the newest table where it names an array of tables."""
        return (*path, self._counts[path]) if path in self._counts else path

    def _last_removed(self, path: Path) -> Path:
        return path[:-1] if path and isinstance(path[-1], int) else path

    def _inside(self, node: Node) -> dict[Path, tuple[Node, Node]]:
        """The values right in a table or array, each with its key; the last one that was asked for is remembered."""
        if self._opened[0] != node.id:
            self._opened = node.id, _opened(node)
        return self._opened[1]


def _opened(node: Node) -> dict[Path, tuple[Node, Node]]:
    children = [child for child in node.named_children if child.type != "comment"]
    if node.type == "array":
        return {(position,): (child, child) for position, child in enumerate(children)}
    pairs = (_parts(child) for child in children if child.type == "pair")
    return {tuple(_keys(key)): (key, value) for key, value in pairs}


def _header(node: Node) -> Node:
    return next(child for child in node.named_children if child.type != "comment")


def _parts(node: Node) -> tuple[Node, Node]:
    """The key and the value of a pair."""
    children = [child for child in node.named_children if child.type != "comment"]
    return children[0], children[-1]


def _pair(path: Path, node: Node) -> Pair:
    key, value = _parts(node)
    lines = range(value.start_point[0] + 1, value.end_point[0] + 2)
    return Pair(
        (*path, *_keys(key)),
        (key.start_byte, key.end_byte),
        (value.start_byte, value.end_byte),
        lines,
    )


def _keys(node: Node) -> Iterator[str]:
    """The parts of a bare, quoted or dotted key; one of many parts is nested as deep, on its left."""
    parts: list[Node] = []
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if each.type == "dotted_key":
            waiting += each.named_children
        else:
            parts.append(each)
    for part in reversed(parts):
        text = (part.text or b"").decode(errors="replace")
        yield text[1:-1] if text[:1] in "\"'" else text
