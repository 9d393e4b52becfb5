"""Fuzzy matching of words.

The only module that imports rapidfuzz, and only once an exact match has failed.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAX_RESULTS = 30
"""Maximum number of matches that `rank_misspellings` returns."""
MIN_SUGGESTION_SCORE = 60.0
"""Minimum similarity, from 0 to 100, of a choice that is suggested."""


def best_matches(
    word: str, choices: Sequence[str], *, limit: int, cutoff: float
) -> list[tuple[str, float, int]]:
    """Return up to `limit` choices as (choice, score, position), best first.

    The score is rapidfuzz's normalized indel similarity, from 0 to 100: twice the length of the
    longest common subsequence divided by the sum of both lengths. Choices with a score below
    `cutoff` are left out.
    """
    from rapidfuzz import fuzz, process

    found = process.extract(word, choices, scorer=fuzz.ratio, limit=limit, score_cutoff=cutoff)
    return [(choice, round(score, 1), position) for choice, score, position in found]


def rank_misspellings(
    word: str, choices: Sequence[str], *, cutoff: float
) -> list[tuple[str, float, float, int]]:
    """Return the best choices as (choice, score, prefix score, position), at most `MAX_RESULTS`.

    The score is 100 minus the percentage of letters to insert, delete, replace or swap with the
    next one: optimal string alignment (restricted Damerau-Levenshtein distance) over the longer
    length. The prefix score is the Jaro-Winkler similarity, which favours words that begin alike.
    Both go from 0 to 100. Choices with a score below `cutoff` are left out.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA, JaroWinkler

    found = process.extract(
        word,
        choices,
        scorer=OSA.normalized_similarity,
        limit=MAX_RESULTS,
        score_cutoff=cutoff / 100 - 1e-5,
    )
    return [
        (choice, 100 * score, 100 * JaroWinkler.similarity(word, choice), position)
        for choice, score, position in found
    ]


def find_nearest(
    word: str, choices: Iterable[str], *, cutoff: float = MIN_SUGGESTION_SCORE
) -> str | None:
    """Return the choice most similar to a word, or None if no score reaches `cutoff` (0 to 100)."""
    found = best_matches(word, sorted(choices), limit=1, cutoff=cutoff)
    return found[0][0] if found else None


def did_you_mean(
    word: str,
    choices: Iterable[str],
    *,
    otherwise: str = "",
    cutoff: float = MIN_SUGGESTION_SCORE,
) -> str:
    """Return the hint for a word that is not a choice: the nearest choice, else all choices.

    `otherwise` is the hint to give instead of a list. Choices with a score below `cutoff` are not
    suggested.

    >>> did_you_mean("trad", ["military", "trade"]), did_you_mean("xyz", ["military", "trade"])
    ('did you mean `trade`?', 'choose from military, trade')
    """
    choices = list(choices)
    near = find_nearest(word, choices, cutoff=cutoff)
    return f"did you mean `{near}`?" if near else otherwise or f"choose from {', '.join(choices)}"


def count_wrong_letters(text: str, name: str) -> int:
    """Return the letters to insert, delete, replace or swap with the next one, from text to name.

    >>> count_wrong_letters("irlanda", "izlanda"), count_wrong_letters("grece", "greece")
    (1, 1)
    """
    from rapidfuzz.distance import OSA

    return OSA.distance(text, name)
