"""Misspelt names with words for the form of a state: `Republik Portugl`, `republika estonska`.

Only the other words count, so that republics do not resemble each other.
"""

from __future__ import annotations

from itertools import takewhile
from operator import eq, le

from bilatcli.fuzzy import count_wrong_letters
from bilatcli.index import SUBJECT, Statement
from bilatcli.index.state_words import is_state_word, strip_state_words
from bilatcli.query.misspellings import WRONG_PENALTY, FuzzyMatch, find_misspelt
from bilatcli.query.names import look_up_names
from bilatcli.query.plain_names import (
    NAMESAKES,
    NEVER_BARE,
    find_bare_name,
    is_bare_name_of,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.index.state_words import BareName
    from bilatcli.index.store import Index

MIN_NAMESAKE_SCORE = 90.0
"""Minimum similarity of the whole name of a country whose shorter name is another one's too."""
MIN_INFLECTED_LETTERS = 5
"""Minimum letters of a word that may be an adjective or a case of a name."""
MIN_COMMON_LETTERS = 4
"""Minimum letters that it must have in common with the name, from the first on."""
MIN_PART_LETTERS = 6
"""The same beside words for territories and islands, and with the Arabic article."""
_ARABIC_ARTICLE = "ال"
"""Adjectives have it, names often have not: `الجمهورية التركية`."""
_BARE_ERROR_RATIO = 5
"""Letters of a name beside "republic" and the like, for each of which one may be wrong."""
_LOOSE_ERROR_RATIO = 3
"""The same beside words for territories and islands, which resemble each other less."""
SUBJECT_HANDICAP = 2
"""Wrong letters that a subject has beside such words."""
_TOO_MANY = 1_000_000
"""More wrong letters than any name has."""

_NAMES_FROM = Statement(
    "names_from",
    """
    SELECT normalized, code FROM name
    WHERE normalized >= :first AND normalized < :after
    AND kind IN ('name', 'native', 'translation')
    """,
)


def find_misspelt_state(text: str, bare: BareName, index: Index) -> list[FuzzyMatch]:
    """Return the countries that a name with words for the form of a state may be misspelt from.

    `bare` is the name without them. Only the wrong letters of the other words count, so that
    republics do not resemble each other, and names with equally many are equally likely.
    """
    if bare.text.count(" ") and len(set(bare.text.split())) == 1:
        # Two countries of one name: `democratic republic of the congo republic of the congo`.
        return []
    best: dict[str, FuzzyMatch] = {}
    whole, parts = (find_misspelt(each, index, is_alone=True) for each in (text, bare.text))
    if any(code in NEVER_BARE for code, _, _ in look_up_names({bare.text}, index)[bare.text]):
        parts = []
    for match in [*whole, *_tell_apart(text, bare, parts, index)]:
        is_near = _weigh(match, text, bare)
        if is_near and (match.code not in best or match.wrong < best[match.code].wrong):
            best[match.code] = match
    return _prefer_stems(list(best.values()), bare, index)


def _weigh(match: FuzzyMatch, text: str, bare: BareName) -> bool:
    """Set the wrong letters of a match and its rank; return True if it is near enough."""
    is_near = match.score >= MIN_NAMESAKE_SCORE
    if match.code not in NEVER_BARE:
        match.wrong = _count_wrong(text, bare, match.name)
        is_near = match.wrong < _TOO_MANY
        if match.kind == SUBJECT:
            # A region has no words for the form of a state.
            match.wrong += SUBJECT_HANDICAP
            match.score = round(max(0, 100 - 100 * match.wrong / len(bare.text)), 1)
    match.rank_score = -WRONG_PENALTY * match.wrong
    return is_near


def _prefer_stems(found: list[FuzzyMatch], bare: BareName, index: Index) -> list[FuzzyMatch]:
    """Return matches, best first, as far as they agree with the names that begin as a word does.

    `Irlandii` is one letter from a case of Iceland, too, but begins as Ireland does.
    """
    inflected = _find_inflected(bare, index)
    if not found and len(inflected) == 1 and is_bare_name_of(inflected[0].code, bare):
        return inflected
    stems = {match.code for match in inflected} - NAMESAKES
    found.sort(key=lambda match: (-match.rank_score, match.code not in stems, match.code))
    if stems and stems.isdisjoint(match.code for match in found[:1]):
        return []
    if len(stems) == 1:
        return [found[0], *(each for each in found if each.rank_score < found[0].rank_score)]
    return found


def _tell_apart(
    text: str, bare: BareName, parts: list[FuzzyMatch], index: Index
) -> list[FuzzyMatch]:
    """Return the matches of a bare name, of countries of one name only the one that is meant."""
    if parts and parts[0].code in NEVER_BARE and bare.text in text:
        entries = find_bare_name(text.replace(bare.text, parts[0].name), index)
        codes = {code for code, _, _ in entries}
        return [each for each in parts if each.code in codes][:1]
    return [each for each in parts if each.code not in NEVER_BARE]


def _count_wrong(text: str, bare: BareName, name: str) -> int:
    """Return how many letters of a name are wrong, or `_TOO_MANY`.

    `bare` is the text without words for the form of a state, and is compared with the same of the
    name. If the two have equally many words, each is compared with its counterpart as well.
    """
    if text.replace(" ", "") == name.replace(" ", ""):
        return 0
    stripped = strip_state_words(name).text
    is_loose = bare.is_part and stripped != name
    ratio = _LOOSE_ERROR_RATIO if is_loose else _BARE_ERROR_RATIO
    wrong = count_wrong_letters(bare.text, stripped)
    counts = [wrong if wrong * ratio <= len(stripped) else _TOO_MANY]
    words, others = text.split(), name.split()
    by_word = list(map(count_wrong_letters, words, others))
    # In a word such as "of", one wrong letter is half of them.
    limits = [len(other) // (1 if is_state_word(other) else ratio) for other in others]
    if len(words) == len(others) and all(map(le, by_word, limits)):
        counts.append(sum(by_word))
    first, other = bare.text.partition(" ")[0], stripped.partition(" ")[0]
    if is_loose and count_wrong_letters(first, other) * ratio <= len(other):
        counts.append(count_wrong_letters(text, name))
    return min(counts)


def _find_inflected(bare: BareName, index: Index) -> list[FuzzyMatch]:
    """Return the only country whose name begins as a word does: `republika estonska`.

    The word stands beside words for the form of a state, where many languages have an adjective or
    a case of the name. The list has all of them if several names begin equally alike.
    """
    found = _find_stems(bare.text, bare, index)
    if found or not bare.text.startswith(_ARABIC_ARTICLE):
        return found
    return _find_stems(bare.text.removeprefix(_ARABIC_ARTICLE), bare, index)


def _find_stems(word: str, bare: BareName, index: Index) -> list[FuzzyMatch]:
    """Return the countries with the name that has most letters in common with the word."""
    if len(word) < MIN_INFLECTED_LETTERS or " " in word or "democratic" in bare.marks:
        return []
    has_more = bare.is_part or word.startswith(_ARABIC_ARTICLE)
    start = word[: MIN_PART_LETTERS if has_more else MIN_COMMON_LETTERS]
    rows = index.rows(_NAMES_FROM, {"first": start, "after": f"{start}\U0010ffff"})
    common: dict[str, tuple[int, str]] = {}
    for row in rows:
        name = row["normalized"]
        shared = _count_common(word, name)
        missing, ending = len(name) - shared, len(word) - shared
        is_long = shared > MIN_COMMON_LETTERS or missing == 1
        is_stem = is_long and missing <= shared // 2 and ending <= shared
        is_whole = not missing
        if (is_stem or is_whole) and " " not in name:
            common[row["code"]] = max((shared, name), common.get(row["code"], (0, "")))
    most = max((shared for shared, _ in common.values()), default=0)
    return [
        FuzzyMatch(
            word, name, code, kind="translation", score=100 * most / len(word), prefix_score=0
        )
        for code, (shared, name) in common.items()
        if shared == most
    ]


def _count_common(one: str, other: str) -> int:
    """Return how many letters two words have in common from the first on."""
    return sum(takewhile(bool, map(eq, one, other)))
