"""Filters: the words of a question that facts must have, corrected to words that facts do have."""

from __future__ import annotations

from bilatcli.index import Statement
from bilatcli.text import normalize, normalize_joined, search_tokens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from bilatcli.index.store import Index

MIN_SCORE = 75.0
"""Minimum similarity, from 0 to 100, of a word that a misspelt word is corrected to."""
MIN_LENGTH = 4
"""Minimum letters of a word that is corrected."""

_LAST_CHARACTER = "\U0010ffff"
"""Sorts after all other characters, so that a prefix is a range of words."""


class WordList:
    """A list of words in the index, and the function that splits a text into such words.

    `find` is the statement for the first word of a range, `list_range` for all words of a range.
    """

    __slots__ = ("find", "list_range", "tokenize")

    def __init__(
        self, find: Statement, list_range: Statement, tokenize: Callable[[str], list[str]]
    ) -> None:
        self.find = find
        self.list_range = list_range
        self.tokenize = tokenize


FILTER_WORDS = WordList(
    Statement(
        "find_filter_word",
        "SELECT word FROM filter_word WHERE word >= :start AND word < :stop LIMIT 1",
    ),
    Statement(
        "list_filter_words",
        "SELECT word FROM filter_word WHERE word >= :start AND word < :stop",
    ),
    lambda text: normalize(text).split(),
)
"""The words that a filter can match."""
SEARCH_TERMS = WordList(
    Statement(
        "find_search_term",
        "SELECT term AS word FROM search_term WHERE term >= :start AND term < :stop LIMIT 1",
    ),
    Statement(
        "list_search_terms",
        "SELECT term AS word FROM search_term WHERE term >= :start AND term < :stop",
    ),
    search_tokens,
)
"""The words that a search can find, titles of sources included."""

_FIND_NAME_WORD = Statement("find_name_word", "SELECT word FROM name_word WHERE word = :word")


class Filter:
    """The words that facts must have, notes on corrected words, and the words that are ignored.

    `typed` has each of `words` as it was typed.
    """

    __slots__ = ("readings", "typed", "unused", "words")

    def __init__(
        self,
        words: Sequence[str] = (),
        readings: Sequence[str] = (),
        unused: Sequence[str] = (),
        typed: Sequence[str] | None = None,
    ) -> None:
        self.words = list(words)
        self.readings = list(readings)
        self.unused = list(unused)
        self.typed = self.words if typed is None else list(typed)


def build_filter(
    words: Sequence[str],
    index: Index,
    known: WordList = FILTER_WORDS,
    *,
    fixed: Collection[str] = (),
) -> Filter:
    """Return the filter for words: correct misspelt words, ignore words that no fact has.

    If no fact has any of the words, none is ignored, and the filter matches nothing. The words that
    are `fixed` stay as they are.
    """
    kept: list[str] = []
    typed: list[str] = []
    readings: list[str] = []
    unused: list[str] = []
    for word in words:
        is_known = word in fixed or _is_found(word, index, known)
        corrected = word if is_known else _correct_word(word, index, known)
        if corrected is None:
            unused.append(word)
            continue
        kept.append(corrected)
        typed.append(word)
        if corrected != word:
            readings.append(f"reading `{word}` as the word `{corrected}`")
    return Filter(kept, readings, unused, typed) if kept else Filter(words)


def is_prefix(text: str, index: Index, known: WordList = FILTER_WORDS) -> bool:
    """Return True if a word of the list begins with a normalized text."""
    return bool(index.rows(known.find, {"start": text, "stop": text + _LAST_CHARACTER}))


def is_fact_word(text: str, index: Index) -> bool:
    """Return True if facts have a normalized word, unless it is part of a country name."""
    return not index.rows(_FIND_NAME_WORD, {"word": text}) and is_prefix(text, index)


def _is_found(word: str, index: Index, known: WordList) -> bool:
    """Return True if facts have a word as one, or all of its parts."""
    return is_prefix(normalize_joined(word), index, known) or all(
        is_prefix(part, index, known) for part in known.tokenize(word)
    )


def _correct_word(word: str, index: Index, known: WordList) -> str | None:
    """Return a word with each part corrected that facts do not have, or None if that fails."""
    parts = known.tokenize(word)
    corrected = [
        part if is_prefix(part, index, known) else _find_nearest_word(part, index, known)
        for part in parts
    ]
    found = [part for part in corrected if part is not None]
    return "-".join(found) if parts and len(found) == len(parts) else None


def _find_nearest_word(part: str, index: Index, known: WordList) -> str | None:
    """Return the most similar word with the same first letter. Designations are not corrected."""
    if len(part) < MIN_LENGTH or not part.isalpha():
        return None
    from bilatcli.fuzzy import rank_misspellings

    span = {"start": part[0], "stop": part[0] + _LAST_CHARACTER}
    words = [row["word"] for row in index.rows(known.list_range, span)]
    found = rank_misspellings(part, words, cutoff=MIN_SCORE)
    return max(found, key=lambda match: (match[1], match[2]))[0] if found else None
