"""Where in a TOML text a key or value stands: the one place that asks tree-sitter, once something is wrong.

A path is the keys and positions that lead to a value, as in `("relation", 0, "fact", 3, "date")`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

Path = tuple[str | int, ...]


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
    end: int = 0
    pairs: list[Pair] = field(default_factory=list)


class Positions:
    """The places of all keys and values of a TOML text; lines and columns count characters from 1.

    `pairs` has all pairs in order but those of inline tables, `sections` the tables by their headers, with their pairs.
    """

    def __init__(self, text: str) -> None:
        self._source = text.encode()
        self._lines = self._source.split(b"\n")
        self._nodes: dict[Path, tuple[Node, Node]] = {}
        self._counts: dict[Path, int] = {}
        self.pairs: list[Pair] = []
        self.sections: list[Section] = []
        self._root = Parser(Language(tree_sitter_toml.language())).parse(self._source).root_node
        self._read(self._root)

    def of(self, path: Path, *, key: bool = False) -> tuple[int, int]:
        """Return line and column of the value at `path`, or of its key; of what it would be in, where it is absent."""
        while path:
            if path in self._nodes:
                return self._place(self._nodes[path][0 if key else 1])
            path, key = path[:-1], False
        return 1, 1

    def is_comment(self, line: int, column: int) -> bool:
        """Whether what stands at a line and column is a comment, and not text that looks like one."""
        point = (line - 1, len(self._lines[line - 1].decode(errors="replace")[: column - 1].encode()))
        node = self._root.descendant_for_point_range(point, point)
        return node is not None and node.type == "comment"

    def _place(self, node: Node) -> tuple[int, int]:
        row, column = node.start_point
        return row + 1, len(self._lines[row][:column].decode(errors="replace")) + 1

    def _read(self, document: Node) -> None:
        for node in document.children:
            if node.type == "pair":
                self.pairs.append(self._pair((), node))
            elif node.type in ("table", "table_array_element"):
                self._table(node)
        if self.sections:
            self.sections[-1].end = len(self._source)

    def _table(self, node: Node) -> None:
        header, *rest = (child for child in node.named_children if child.type != "comment")
        path: Path = ()
        for part in _keys(header):
            path = self._within((*path, part))
        if node.type == "table_array_element":
            path = self._last_removed(path)
            self._nodes.setdefault(path, (node, node))
            count = self._counts[path] = self._counts.get(path, -1) + 1
            path = (*path, count)
        self._nodes[path] = (node, node)
        if self.sections:
            self.sections[-1].end = node.start_byte
        below = self._source.find(b"\n", header.end_byte) + 1
        section = Section(path, below or len(self._source))
        self.sections.append(section)
        for child in rest:
            if child.type == "pair":
                section.pairs.append(self._pair(path, child))
        self.pairs += section.pairs

    def _within(self, path: Path) -> Path:
        """`path`, led into the newest table where it names an array of tables."""
        return (*path, self._counts[path]) if path in self._counts else path

    def _last_removed(self, path: Path) -> Path:
        return path[:-1] if path and isinstance(path[-1], int) else path

    def _pair(self, path: Path, node: Node) -> Pair:
        children = [child for child in node.named_children if child.type != "comment"]
        key, value = children[0], children[-1]
        path = (*path, *_keys(key))
        self._nodes[path] = (key, value)
        self._value(path, value)
        lines = range(value.start_point[0] + 1, value.end_point[0] + 2)
        return Pair(path, (key.start_byte, key.end_byte), (value.start_byte, value.end_byte), lines)

    def _value(self, path: Path, node: Node) -> None:
        if node.type == "inline_table":
            for pair in (child for child in node.named_children if child.type == "pair"):
                self._pair(path, pair)
        elif node.type == "array":
            values = (child for child in node.named_children if child.type != "comment")
            for position, child in enumerate(values):
                self._nodes[(*path, position)] = (child, child)
                self._value((*path, position), child)


def _keys(node: Any) -> Iterator[str]:
    """The parts of a bare, quoted or dotted key."""
    if node.type == "dotted_key":
        for child in node.named_children:
            yield from _keys(child)
    else:
        text = node.text.decode(errors="replace")
        yield text[1:-1] if text[:1] in "\"'" else text
