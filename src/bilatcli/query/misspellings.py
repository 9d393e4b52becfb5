"""Misspellings: find the countries that a text which is not a name may be a misspelling of.

The first pass compares the text with the names in ordinary use, and with those of subjects that are
not countries. If none is close enough, the second compares it with the names in all languages of a
similar length and the same script.
`docs/names.md` has the curves that the limits come from.
"""

from __future__ import annotations

from bilatcli.index import SUBJECT, Statement
from bilatcli.index.name_keys import COMMON, NameBlock, SubjectBlock, script_of, strip_generic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bilatcli.index.store import Index

MIN_LENGTH = 3
"""Minimum letters of a text that is compared: shorter ones resemble too many names."""
SHORT_LENGTH = 4
"""Up to this length, a text with two wrong letters must have the right first letter, or the first
two swapped or after another one."""
MIN_SUBJECT_LENGTH = 7
"""Minimum letters of a misspelt subject that stands alone: shorter ones resemble countries."""
MAX_LENGTH_DIFF = 2
"""Maximum difference in letters between a text and a name in another language, or a name that
begins with another letter than a text of three."""
MIN_SCORE = 50.0
"""Minimum similarity of a candidate, from 0 to 100."""
MIN_LEAD = 2.0
"""Minimum lead over the next country, in points of `FuzzyMatch.rank_score`."""
MIN_SUGGESTION_SCORE = 70.0
"""Minimum similarity of a name that is suggested."""
MIN_SHORTENED_SCORE = 55.0
"""The same for a text that only lacks letters of the name: `azrbjn`."""


# Maximum number of wrong letters, by the length of the name: (longest name, wrong letters). The
# first list is for the plain name of a country that stands alone, the second for all others, where
# another word is likelier. In longer names one in `_ERROR_RATIO` letters may be wrong.
_PLAIN_LIMITS = ((3, 0), (8, 2))
_OTHER_LIMITS = ((4, 0), (7, 1), (9, 2))
_ERROR_RATIO = 4


# Points for ranking. A misspelling is more often of a plain name than of a demonym or a capital,
# and more often has letters missing or swapped than letters added.
WRONG_PENALTY = 10.0
_MISSING_BONUS = 2.0
_PREFIX_BONUS = 0.1
_KIND_PENALTY = {
    "name": 0,
    "official": 2,
    "alias": 6,
    "native": 6,
    "translation": 6,
    "former": 8,
    "demonym": 8,
    "capital": 8,
    "part": 6,
    "subject": 2,
}

_FIND_COMMON_WORD = Statement(
    "find_common_word",
    """
    SELECT word FROM common_word WHERE word = :word
    UNION ALL
    SELECT normalized FROM place WHERE normalized = :word
    UNION ALL
    SELECT word FROM question_word WHERE word = :word
    """,
)
_SUBJECT_BLOCK = Statement(
    "subject_block", "SELECT names, subjects FROM subject_block WHERE script = :script"
)
_NAME_BLOCK = Statement(
    "name_block", "SELECT names, tags FROM name_block WHERE script = :script AND length = :length"
)


class FuzzyMatch:
    """A country that a text resembles: the similarity from 0 to 100, and the points it ranks by.

    If the kind is `subject`, it is a subject that is not a country, and `code` is its id.

    Generic words such as "kingdom of" do not count towards the length of a name. Otherwise all
    kingdoms would resemble each other.
    """

    __slots__ = (
        "code",
        "has_near_start",
        "has_same_start",
        "is_plain",
        "kind",
        "length",
        "letters",
        "missing",
        "name",
        "rank_score",
        "score",
        "wrong",
    )

    def __init__(
        self, text: str, name: str, code: str, *, kind: str, score: float, prefix_score: float
    ) -> None:
        self.code = code
        self.kind = kind
        self.name = name
        self.letters = len(text)
        generic = len(text) - len(strip_generic(text))
        self.score = round(score, 1)
        self.length = max(len(text), len(name)) - generic
        self.wrong = round((1 - score / 100) * (self.length + generic))
        self.missing = len(name) - len(text)
        self.is_plain = kind in ("name", "official")
        self.has_same_start = text[:1] == name[:1]
        is_shifted = name[:2] in (text[1::-1], text[1:3])
        self.has_near_start = self.has_same_start or is_shifted
        self.rank_score = (
            _MISSING_BONUS * max(-2, min(2, self.missing))
            + _PREFIX_BONUS * prefix_score
            - WRONG_PENALTY * self.wrong
            - _KIND_PENALTY[kind]
        )

    def is_acceptable(self, *, is_alone: bool) -> bool:
        """Return True if the text is close enough to count as a misspelling of the name."""
        if is_alone and self.kind == SUBJECT and self.length < MIN_SUBJECT_LENGTH:
            return False
        if self.letters <= MIN_LENGTH:
            # So short a text may lack letters of a name, but not have wrong ones.
            is_like = self.has_same_start or self.missing <= MAX_LENGTH_DIFF
            return is_alone and self.is_plain and is_like and self.wrong == self.missing
        is_short = self.length <= SHORT_LENGTH and self.missing == 0
        if self.wrong > 1 and is_short and not self.has_near_start:
            # The first letter is rarely mistyped.
            return False
        limits = _PLAIN_LIMITS if is_alone and self.is_plain else _OTHER_LIMITS
        default = self.length // _ERROR_RATIO
        return self.wrong <= next(
            (most for longest, most in limits if self.length <= longest), default
        )

    def is_acceptable_translation(self) -> bool:
        """Return True for a name in another language that is close enough.

        There are so many that the first letter must be right if more than one is wrong.
        """
        return self.is_acceptable(is_alone=False) and (self.has_same_start or self.wrong == 1)

    def is_near(self) -> bool:
        """Return True if the name may be suggested: it is similar, or only has letters missing."""
        is_shortened = self.wrong == self.missing and self.has_same_start
        return self.score >= (MIN_SHORTENED_SCORE if is_shortened else MIN_SUGGESTION_SCORE)


def find_misspelt(text: str, index: Index, *, is_alone: bool) -> list[FuzzyMatch]:
    """Return the countries that a normalized text may be a misspelling of, best first.

    `is_alone` says that the text is a name, not a word in a phrase. A common English word is never
    a misspelling.
    """
    letters = len(text)
    if letters < MIN_LENGTH or any(map(str.isdigit, text)) or is_common_word(text, index):
        return []
    found = rank_matches(
        text, _common_blocks(text, index), lambda match: match.is_acceptable(is_alone=is_alone)
    )
    found = [match for match in found if _has_near_words(text, match.name)]
    if found or letters <= MAX_LENGTH_DIFF + MIN_LENGTH:
        return found
    lengths = range(letters - MAX_LENGTH_DIFF, letters + MAX_LENGTH_DIFF + 1)
    blocks = [load_names(index, script_of(text), length) for length in lengths]
    found = rank_matches(text, blocks, FuzzyMatch.is_acceptable_translation)
    return [match for match in found if _has_near_words(text, match.name)]


def _has_near_words(text: str, name: str) -> bool:
    """Return True unless a word of several is another one: `mexikos` for `amerikas förenta stater`.

    Half of the letters of such a word are wrong. Short words, such as "and", may differ, and so may
    the number of words.
    """
    words, others = text.split(), name.split()
    if len(words) != len(others) or len(words) == 1:
        return True
    from bilatcli.fuzzy import count_wrong_letters

    return not any(
        2 * count_wrong_letters(word, other) >= max(len(word), len(other)) > SHORT_LENGTH
        for word, other in zip(words, others, strict=True)
    )


def find_similar(text: str, index: Index, *, limit: int) -> list[FuzzyMatch]:
    """Return the countries and subjects whose common names are near a text, best first."""
    return rank_matches(text, _common_blocks(text, index), FuzzyMatch.is_near)[:limit]


def _common_blocks(text: str, index: Index) -> list[NameBlock | SubjectBlock]:
    """Return the names of countries in common use, and those of subjects in the same script."""
    return [load_names(index, COMMON, 0), _load_subject_names(index, script_of(text))]


def is_common_word(text: str, index: Index) -> bool:
    """Return True if a normalized text is known, but not as a country.

    It is a common English word, a part of a country, or a name of something else.
    """
    return bool(index.rows(_FIND_COMMON_WORD, {"word": text}))


def _load_subject_names(index: Index, script: str) -> SubjectBlock:
    """Return the names of subjects in a script. The index keeps them in memory."""
    if script not in index.subject_blocks:
        rows = index.rows(_SUBJECT_BLOCK, {"script": script})
        index.subject_blocks[script] = SubjectBlock(*rows[0]) if rows else SubjectBlock()
    return index.subject_blocks[script]


def load_names(index: Index, script: str, length: int) -> NameBlock:
    """Return the names of a script and length. The index keeps them in memory."""
    key = script, length
    if key not in index.name_blocks:
        rows = index.rows(_NAME_BLOCK, {"script": script, "length": length})
        index.name_blocks[key] = NameBlock(*rows[0]) if rows else NameBlock()
    return index.name_blocks[key]


def rank_matches(
    text: str,
    blocks: Sequence[NameBlock | SubjectBlock],
    is_acceptable: Callable[[FuzzyMatch], bool],
) -> list[FuzzyMatch]:
    """Return the acceptable matches in blocks of names, each country once, best rank first."""
    from bilatcli.fuzzy import rank_misspellings

    best: dict[str, FuzzyMatch] = {}
    for block in blocks:
        for name, score, prefix_score, position in rank_misspellings(
            text, block.names, cutoff=MIN_SCORE
        ):
            code, kind = block.entry_at(position)
            match = FuzzyMatch(text, name, code, kind=kind, score=score, prefix_score=prefix_score)
            is_better = code not in best or match.rank_score > best[code].rank_score
            if is_better and is_acceptable(match):
                best[code] = match
    return sorted(best.values(), key=lambda match: (-match.rank_score, match.code))
