"""Lines and columns of keys and values in a TOML text."""

from __future__ import annotations

import pytest

from bilatcli.packs.positions import Path, Positions

TEXT = """\
top = "é" # a comment
"quoted key" = [1,
  {a = 1, b.c = 2}, # = not a pair
  "# not a comment"]

[pack]
name = "own"

[[relation]]
id = "fj-is"

[[relation.fact]]
id = "one"

[[relation.fact]]
id = 'two'
sources = ["a", "b"]

[deep.er.table]
x.y = 1
"\\u006e\\"\\t" = 2
'li\\teral' = 3
"""

FACT = ("relation", 0, "fact", 1)


@pytest.mark.parametrize(
    ("path", "key", "place"),
    [
        (("top",), False, (1, 7)),
        (("top",), True, (1, 1)),
        (("quoted key", 0), False, (2, 17)),
        (("quoted key", 1, "a"), False, (3, 8)),
        (("quoted key", 1, "b", "c"), True, (3, 11)),
        (("quoted key", 2), False, (4, 3)),
        (("pack", "name"), False, (7, 8)),
        ((*FACT, "id"), False, (16, 6)),
        ((*FACT, "sources", 1), False, (17, 17)),
        (("deep", "er", "table", "x", "y"), False, (20, 7)),
        (("deep", "er"), False, (19, 1)),
        (("deep", "er", "table", "x"), True, (20, 1)),
        (("quoted key", 1, "b"), True, (3, 11)),
        (("deep", "er", "table", 'n"\t'), True, (21, 1)),
        (("deep", "er", "table", r"li\teral"), False, (22, 14)),
        # --- what is missing is at the table or array that should have it
        ((*FACT, "status"), False, (15, 1)),
        ((*FACT, "status"), True, (15, 1)),
        ((*FACT, "sources", 2), False, (17, 11)),
        (("relation", 0, "countries"), False, (9, 1)),
        (("relation", 1), False, (9, 1)),
        (("source",), False, (1, 1)),
        ((), False, (1, 1)),
    ],
)
def test_locate(path: Path, place: tuple[int, int], *, key: bool) -> None:
    """A value, or its key, is located by its path."""
    assert Positions(TEXT).locate(path, key=key) == place


def test_pairs() -> None:
    """Pairs have their keys and values as byte offsets, and the lines of the value."""
    pairs = {pair.path: pair for pair in Positions(TEXT).pairs}
    content = TEXT.encode()
    top, quoted = pairs[("top",)], pairs[("quoted key",)]
    assert content[slice(*top.key)].decode() == "top"
    assert content[slice(*top.value)].decode() == '"é"'
    assert list(quoted.lines) == [2, 3, 4]
    assert ("deep", "er", "table", "x", "y") in pairs
    assert not any("a" in path for path in pairs)


def test_sections() -> None:
    """Sections are the tables under headers, in order, each with its pairs."""
    sections = Positions(TEXT).sections
    content = TEXT.encode()
    assert [section.path for section in sections] == [
        ("pack",),
        ("relation", 0),
        ("relation", 0, "fact", 0),
        FACT,
        ("deep", "er", "table"),
    ]
    assert content[sections[1].start : sections[1].end].decode() == 'id = "fj-is"\n\n'
    assert [pair.path[-1] for pair in sections[3].pairs] == ["id", "sources"]


@pytest.mark.parametrize(
    ("line", "column", "is_comment"), [(1, 11, True), (1, 7, False), (3, 21, True), (4, 4, False)]
)
def test_comments(line: int, column: int, *, is_comment: bool) -> None:
    """A comment is told from text that looks like one."""
    assert Positions(TEXT).is_comment(line, column) is is_comment


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a = 1\nb = 1234", (2, 5)),
        ("a = [[[1]]]", (1, 7)),
        ("a = [[[[[", (1, 9)),
        ("a = 1", (1, 1)),
    ],
)
def test_excess(text: str, place: tuple[int, int]) -> None:
    """The first number with too many digits, or value nested too deeply, is located."""
    assert Positions(text).find_excess(3, 4) == place
