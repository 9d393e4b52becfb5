"""Filters: words of a question that are looked for in facts, made to fit the words that facts have."""

from __future__ import annotations

from bilatcli.text import search_tokens, normalize, normalize_joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bilatcli.index.store import Index

LIKE = 75.0
"""Likeness from which a word counts as a misspelling of one that facts have."""
SHORTEST = 4
"""A word of fewer letters is not compared."""

_LAST = "\U0010ffff"


class Vocabulary:
    """Words that can be found: the statement for those between two, and how a text is cut into its words."""

    __slots__ = ("cut", "statement")

    def __init__(self, statement: str, search_tokens: Callable[[str], list[str]]) -> None:
        self.statement = statement
        self.cut = search_tokens


FACTS = Vocabulary(
    "SELECT word FROM filter_word WHERE word >= ? AND word < ?", lambda text: normalize(text).split()
)
"""What a filter can find."""
SAID = Vocabulary("SELECT term FROM search_term WHERE term >= ? AND term < ?", search_tokens)
"""What a search can find, titles of sources included."""


class Filter:
    """The words that facts must have, as they are understood; what was read otherwise; what could not be used."""

    __slots__ = ("readings", "unused", "words")

    def __init__(
        self, words: Sequence[str] = (), readings: Sequence[str] = (), unused: Sequence[str] = ()
    ) -> None:
        self.words = list(words)
        self.readings = list(readings)
        self.unused = list(unused)


def understand(words: Sequence[str], index: Index, known: Vocabulary = FACTS) -> Filter:
    """Return the filter that words are: misspelt ones mended, ones that no fact has left out where others are left.

    Where no fact has any of the words they are the filter all the same, which then leaves nothing.
    """
    kept: list[str] = []
    readings: list[str] = []
    unused: list[str] = []
    for word in words:
        meant = word if _is_had(word, index, known) else _mended(word, index, known)
        if meant is None:
            unused.append(word)
            continue
        kept.append(meant)
        if meant != word:
            readings.append(f"reading `{word}` as the word `{meant}`")
    return Filter(kept, readings, unused) if kept else Filter(words)


def is_beginning(folded: str, index: Index, known: Vocabulary = FACTS) -> bool:
    """Whether some fact has a word that begins with a folded one."""
    ends = (folded, folded + _LAST)
    return bool(index.rows(f"{known.statement} LIMIT 1", ends))


def is_known(folded: str, index: Index) -> bool:
    """Whether a folded word is one that facts have, rather than a part of some country's name."""
    is_part = index.rows("SELECT word FROM name_word WHERE word = ?", (folded,))
    return not is_part and is_beginning(folded, index)


def _is_had(word: str, index: Index, known: Vocabulary) -> bool:
    """Whether facts have a word as one or in its parts, as a filter finds it."""
    return is_beginning(normalize_joined(word), index, known) or all(
        is_beginning(each, index, known) for each in known.cut(word)
    )


def _mended(word: str, index: Index, known: Vocabulary) -> str | None:
    """What a word was to be whose parts facts do not have, or None."""
    parts = [
        part if is_beginning(part, index, known) else _nearest(part, index, known)
        for part in known.cut(word)
    ]
    meant = [part for part in parts if part is not None]
    return "-".join(meant) if parts and len(meant) == len(parts) else None


def _nearest(part: str, index: Index, known: Vocabulary) -> str | None:
    """The word of facts that a part is most like, if it begins alike; designations have no misspelling."""
    if len(part) < SHORTEST or not part.isalpha():
        return None
    from bilatcli.fuzzy import rank_misspellings

    ends = (part[0], part[0] + _LAST)
    words = [word for (word,) in index.rows(known.statement, ends)]
    found = rank_misspellings(part, words, cutoff=LIKE)
    return max(found, key=lambda each: (each[1], each[2]))[0] if found else None
