"""Questions that are names of countries only, which are read without the parser."""

from __future__ import annotations

from itertools import product

import pytest

from bilatcli.index.store import Index
from bilatcli.query.interpret import parse_request
from bilatcli.query.names import read_names_only
from bilatcli.query.request import Request

WORDS = (
    "az pk AZE Pakistan azerbaijan Turkish in et de taiwan china korea guinea niger nato kashmir"
    " holland london and JF-17 pakistn türkiye"
).split()


def describe(matches: object) -> object:
    """Return what a match says, to compare it."""
    keys = ("input", "code", "name", "kind", "score")
    return [tuple(getattr(match, key) for key in keys) for match in matches]  # type: ignore[attr-defined]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_names_are_read_as_by_the_parser(index: Index, count: int) -> None:
    """What is read without the parser is what the parser reads, with no other words."""
    read = 0
    for words in product(WORDS, repeat=count):
        names = read_names_only(words, index)
        if names is not None:
            parsed = parse_request(Request("facts", words), index)
            found = [matches for _, matches in sorted(parsed.countries.items())]
            assert [len(matches) for matches in found] == [1] * count, words
            assert describe(names) == describe(matches[0] for matches in found), words
            assert (parsed.other_words, parsed.dropped, parsed.subjects) == ([], [], {})
            read += 1
    assert read >= 9**count


@pytest.mark.parametrize(
    "text",
    [
        "in pk",
        "taiwan china",
        "korea japan",
        "nato pk",
        "az pk jf",
        "az/pk",
        "france et germany",
        "a",
    ],
)
def test_other_words_need_the_parser(index: Index, text: str) -> None:
    """Words that may mean something else, or more together, are left to the parser."""
    assert read_names_only(text.split(), index) is None


def test_names_in_one_text(index: Index) -> None:
    """A given word may hold several words, or none; there is a maximum of countries."""
    names = read_names_only(["az  PK", ""], index)
    assert names is not None
    assert [match.input for match in names] == ["az", "PK"]
    assert read_names_only([], index) == []
    assert read_names_only(["az"] * 7, index) is None
