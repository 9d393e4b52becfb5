"""Likeness: which countries a text that names none exactly may be a misspelling of, and how sure that is.

One pass over the names in ordinary use; where nothing there is like enough, a second one over the names in all
languages that have about as many letters in the same script. `docs/names.md` has the curves that the limits come from.
"""

from __future__ import annotations

from bilatcli.index.name_keys import USUAL, Spellings, bare, script

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bilatcli.index.store import Index

SHORTEST = 3
"""A text of fewer letters is not compared: it would be like too much."""
SHORT = 4
"""In a text of so few letters, as many as the name has, the first must be right where two are wrong."""
AROUND = 2
"""How many letters more or fewer a name of another language may have."""
LEAST = 50.0
"""Names that are less like are not weighed at all."""
MARGIN = 2.0
"""How many points better than the next country a misspelt name must be."""
SUGGESTED = 55.0
"""Likeness from which a name is worth suggesting."""

# How many letters may be wrong in a name of up to so many letters: in the plain name of a country that stands alone,
# and in any other name or place, where a word is likelier to be another one. Of longer names one in so many may be.
_PLAIN_LIMITS = ((3, 0), (8, 2))
_OTHER_LIMITS = ((4, 0), (7, 1), (9, 2))
_ONE_IN = 4

# A letter wrong counts ten points. What one is misspelling is rather the plain name than a people or a capital, and
# rather has letters missing or swapped than letters that were never there.
_WRONG = 10.0
_MISSING = 2.0
_BEGINNING = 0.1
_LOSS = {
    "name": 0,
    "official": 2,
    "alias": 6,
    "native": 6,
    "translation": 6,
    "former": 8,
    "demonym": 8,
    "capital": 8,
}


class Alike:
    """A country that a text is like: how like the name that is nearest, from 0 to 100, and the points it ranks by.

    Words that say what a country is do not count for its length: else all kingdoms would be alike.
    """

    __slots__ = (
        "code",
        "is_begun",
        "is_plain",
        "length",
        "letters",
        "missing",
        "points",
        "score",
        "wrong",
    )

    def __init__(
        self, text: str, name: str, code: str, *, kind: str, score: float, beginning: float
    ) -> None:
        self.code = code
        self.letters = len(text)
        generic = len(text) - len(bare(text))
        self.score = round(score, 1)
        self.length = max(len(text), len(name)) - generic
        self.wrong = round((1 - score / 100) * (self.length + generic))
        self.missing = len(name) - len(text)
        self.is_plain = kind in ("name", "official")
        self.is_begun = text[:1] == name[:1]
        bounded = max(-2, min(2, self.missing))
        self.points = (
            _MISSING * bounded + _BEGINNING * beginning - _WRONG * self.wrong - _LOSS[kind]
        )

    def is_enough(self, *, is_alone: bool) -> bool:
        """Whether a text so like a name counts as a misspelling of it."""
        if self.letters <= SHORTEST:
            # So few letters are a name with letters left out, never one with others.
            return is_alone and self.is_plain and self.wrong == self.missing
        if self.wrong > 1 and self.length <= SHORT and self.missing == 0 and not self.is_begun:
            # The first letter is seldom mistyped: two others of so few are another word.
            return False
        limits = _PLAIN_LIMITS if is_alone and self.is_plain else _OTHER_LIMITS
        return self.wrong <= next(
            (most for up_to, most in limits if self.length <= up_to), self.length // _ONE_IN
        )


def misspelt(text: str, index: Index, *, is_alone: bool) -> list[Alike]:
    """Return the countries that a folded text may be a misspelling of, best first; none where none is like enough.

    A text that is an everyday word is none. `is_alone` says that it is a name, rather than a word in a phrase.
    """
    letters = len(text)
    if letters < SHORTEST or any(map(str.isdigit, text)) or is_everyday(text, index):
        return []
    found = ranked(
        text, [spellings(index, USUAL, 0)], lambda alike: alike.is_enough(is_alone=is_alone)
    )
    if found or letters <= AROUND + SHORTEST:
        return found
    lengths = range(letters - AROUND, letters + AROUND + 1)
    others = [spellings(index, script(text), length) for length in lengths]
    return ranked(text, others, lambda alike: alike.is_enough(is_alone=False))


def nearest(text: str, index: Index, *, limit: int) -> list[Alike]:
    """Return the countries whose names in ordinary use a folded text is most like, if only a little, best first."""
    return ranked(text, [spellings(index, USUAL, 0)], lambda alike: alike.score >= SUGGESTED)[
        :limit
    ]


def is_everyday(text: str, index: Index) -> bool:
    """Whether a folded text is a common English word, which resembles a country by chance alone."""
    return bool(index.rows("SELECT word FROM common_word WHERE word = ?", (text,)))


def spellings(index: Index, script: str, length: int) -> Spellings:
    """Return the names of a script and length; what was read once is kept with the index."""
    key = script, length
    if key not in index.spellings:
        rows = index.rows("SELECT names, tags FROM name_block WHERE script = ? AND length = ?", key)
        index.spellings[key] = Spellings(*rows[0]) if rows else Spellings()
    return index.spellings[key]


def ranked(
    text: str, spellings: Sequence[Spellings], is_enough: Callable[[Alike], bool]
) -> list[Alike]:
    """Return the countries with a name that is like enough, each once, by points."""
    from bilatcli.fuzzy import rank_misspellings

    best: dict[str, Alike] = {}
    for block in spellings:
        for name, score, beginning, position in rank_misspellings(text, block.texts, cutoff=LEAST):
            code, kind = block.owner(position)
            alike = Alike(text, name, code, kind=kind, score=score, beginning=beginning)
            if is_enough(alike) and (code not in best or alike.points > best[code].points):
                best[code] = alike
    return sorted(best.values(), key=lambda each: (-each.points, each.code))
