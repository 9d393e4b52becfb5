"""Partial matches: the words of a filter that facts have together, if no fact has all of them."""

from __future__ import annotations

from bilatcli.query.patterns import matches_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilatcli.query.interpret import Query


def match_partly(query: Query, texts: Sequence[str]) -> list[int]:
    """Return the positions of the texts that have most words of the filter of a query.

    `missing` of the query becomes the words that they lack. There are none if no text has a word.
    """
    groups = [query.patterns_of(word) for word in query.words]
    found = [[matches_text(group, text) for group in groups] for text in texts]
    best = _choose_words(found)
    if not any(best):
        return []
    query.missing = [
        typed for typed, is_found in zip(query.typed_words, best, strict=True) if not is_found
    ]
    return [place for place, matched in enumerate(found) if matched == best]


def _choose_words(found: Sequence[Sequence[bool]]) -> list[bool]:
    """Return which words one of the texts has: the most of them, and among equals the rarest.

    `found` says of each text whether it has each of the words.
    """
    from math import log
    from operator import mul

    counts = [sum(column) for column in zip(*found, strict=True)]
    rarity = [log(len(found) / count) if count else 0.0 for count in counts]

    def rank(matched: Sequence[bool]) -> tuple[int, float]:
        return sum(matched), sum(map(mul, rarity, matched))

    best: Sequence[bool] = max(found, key=rank, default=[])
    return list(best)
