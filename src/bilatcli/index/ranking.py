"""Ranking: how well a text has the phrases that are sought, as the full-text search of SQLite reckons it.

It is BM25 with the constants of FTS5 (https://www.sqlite.org/fts5.html, section 5.1.1).
"""

from __future__ import annotations

from math import log

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

K1, B = 1.2, 0.75
LEAST = 1e-6
"""What a phrase tells that most texts have."""
WORTH = (10.0, 10.0, 5.0, 3.0, 1.0)
"""What a word counts by its column, as the statement of the view `search` says."""
LONGEST = 500
"""A word is sought by so many of its letters; engines have a longest one."""


class Phrase:
    """Words that stand one behind the other, the last of them whole or only begun."""

    def __init__(self, text: str, *, is_prefix: bool) -> None:
        self._words = text.split()
        self._is_prefix = is_prefix

    @property
    def query(self) -> str:
        """The phrase as PostgreSQL's `tsquery` has it; words hold letters and digits alone.

        >>> Phrase("jf 17", is_prefix=True).query
        "('jf' <-> '17':*)"
        """
        *whole, last = (f"'{word[:LONGEST]}'" for word in self._words)
        return f"({' <-> '.join([*whole, f'{last}:*' if self._is_prefix else last])})"

    def times(self, words: Sequence[str]) -> int:
        """How often words have it.

        >>> Phrase("jf 17", is_prefix=True).times("jf 17 and jf 17c".split())
        2
        """
        first, length = self._words[0], len(self._words)
        if length == 1:
            return (
                sum(word.startswith(first) for word in words)
                if self._is_prefix
                else words.count(first)
            )
        return sum(
            self._is(words[place : place + length]) for place in range(len(words) - length + 1)
        )

    def _is(self, words: Sequence[str]) -> bool:
        *whole, last = self._words
        is_last = words[-1].startswith(last) if self._is_prefix else words[-1] == last
        return is_last and list(words[:-1]) == whole


class Sought:
    """What is sought: of every word one of its forms, or all words written as one."""

    def __init__(self, every: Sequence[Sequence[str]], whole: str) -> None:
        forms = [*(form for forms in every for form in forms), *([whole] if whole else [])]
        self.phrases = [
            Phrase(form, is_prefix=is_prefix) for form in forms for is_prefix in (False, True)
        ]
        groups = [
            " | ".join(Phrase(form, is_prefix=True).query for form in forms) for forms in every
        ]
        both = " & ".join(f"({group})" for group in groups)
        self.query = f"({both}) | {Phrase(whole, is_prefix=True).query}" if whole else both


class Ranking:
    """How well texts have phrases, of which so many `hits` are among all `facts`, whose texts have `words` in all."""

    def __init__(
        self, phrases: Sequence[Phrase], hits: Sequence[int], *, facts: int, words: float
    ) -> None:
        weights = [max(log((facts - had + 0.5) / (had + 0.5)), LEAST) for had in hits]
        self._weighed = list(zip(phrases, weights, strict=True))
        self._average = words / facts if facts else 1.0

    def score(self, size: int, columns: Sequence[str]) -> float:
        """The score of a fact with so many words in its columns; the less, the better."""
        texts = [column.split() for column in columns]
        total = 0.0
        for phrase, weight in self._weighed:
            often = 0.0
            for text, worth in zip(texts, WORTH, strict=True):
                often += worth * phrase.times(text)
            total += weight * (
                (often * (K1 + 1.0)) / (often + K1 * (1 - B + B * size / self._average))
            )
        return -1.0 * total
