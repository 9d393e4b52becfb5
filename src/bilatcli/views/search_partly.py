"""A search without a fact that has all words: which of the words facts have together."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bilatcli.query.interpret import Query

    Count = Callable[[Sequence[Sequence[str]]], int]
    """Returns the number of facts that match one pattern of each of the given lists."""

MAX_STARTS = 3
"""Maximum number of words from which a set of words is built. Each set takes one search a word."""


def find_words_together(query: Query, count: Count) -> list[Sequence[str]]:
    """Return the patterns of the words that facts have together; the others become `missing`.

    Sets of words are built from the rarest words: each next word is added if a fact has it as well.
    The largest set wins, and among equals the one that most facts have. The list is empty if no
    fact has any of the words.
    """
    patterns = {word: query.patterns_of(word) for word in query.words}
    counts = {word: count([each]) for word, each in patterns.items()}
    rarest = sorted((word for word in patterns if counts[word]), key=lambda word: counts[word])
    sets: list[list[str]] = []
    for start in rarest[:MAX_STARTS]:
        together = [start]
        for word in rarest:
            tried = [patterns[each] for each in (*together, word)]
            if word not in together and count(tried):
                together.append(word)
        sets.append(together)
    largest = max(map(len, sets), default=0)
    best = max(
        (words for words in sets if len(words) == largest),
        key=lambda words: count([patterns[word] for word in words]),
        default=[],
    )
    query.missing = [
        typed
        for word, typed in zip(query.words, query.typed_words, strict=True)
        if best and word not in best
    ]
    return [patterns[word] for word in best]
