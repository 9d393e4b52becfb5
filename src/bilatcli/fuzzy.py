"""The nearest words to a word: the one place that asks rapidfuzz, and only when something did not match."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST = 30
"""So many of the nearest are weighed against one another."""


def ranked(
    word: str, choices: Sequence[str], *, limit: int, cutoff: float
) -> list[tuple[str, float, int]]:
    """Return up to `limit` choices as (choice, score, position), best first.

    The score is rapidfuzz's normalised indel similarity from 0 to 100: twice the length of the longest common
    subsequence over the sum of both lengths. Choices below `cutoff` are left out.
    """
    from rapidfuzz import fuzz, process

    found = process.extract(word, choices, scorer=fuzz.ratio, limit=limit, score_cutoff=cutoff)
    return [(choice, round(score, 1), position) for choice, score, position in found]


def misspellings(
    word: str, choices: Sequence[str], *, cutoff: float
) -> list[tuple[str, float, float, int]]:
    """Return up to `MOST` choices that differ from `word` by typing errors, as (choice, score, beginning, position).

    The score is 100 less the share of letters to insert, delete, replace or swap with the next (optimal string
    alignment, the restricted Damerau-Levenshtein distance, over the longer length); `beginning` is the Jaro-Winkler
    similarity, which favours what begins alike. Both go from 0 to 100. Choices below `cutoff` are left out.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA, JaroWinkler

    found = process.extract(
        word,
        choices,
        scorer=OSA.normalized_similarity,
        limit=MOST,
        score_cutoff=cutoff / 100 - 1e-5,
    )
    return [
        (choice, 100 * score, 100 * JaroWinkler.similarity(word, choice), position)
        for choice, score, position in found
    ]


def nearest(word: str, choices: Iterable[str], *, cutoff: float = 60.0) -> str | None:
    """Return the choice most like `word`, or None where nothing comes near."""
    found = ranked(word, sorted(choices), limit=1, cutoff=cutoff)
    return found[0][0] if found else None
