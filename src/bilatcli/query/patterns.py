"""Patterns: what a word of a question is compared with in the words of facts.

A pattern is one or more normalized words, separated by spaces. Words of a language are stems, so
that a pattern matches all forms of a word, and no other word. If it ends with `*`, the last word
may go on.
"""

from __future__ import annotations

from bilatcli.normalization import normalize, normalize_joined
from bilatcli.vocabulary import PREFIX_MARK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_DIGITS = frozenset("0123456789")


def make_patterns(
    word: str,
    stem: Callable[[str], str],
    tokenize: Callable[[str], list[str]] = lambda text: normalize(text).split(),
) -> list[str]:
    """Return the patterns of a word: its parts with spaces between them, and joined.

    A model number is found in any spelling, and may go on; so does a word in another script.

    >>> make_patterns("JF-17s", str), make_patterns("Baku", str), make_patterns("pipel*", str)
    (['jf 17*', 'jf17*'], ['baku'], ['pipel*'])
    """
    parts = tokenize(word)
    joined = normalize_joined(word).replace(" ", "")
    if word.endswith(PREFIX_MARK):
        forms = [" ".join(parts) + PREFIX_MARK, joined + PREFIX_MARK] if parts else []
    else:
        forms = [_join_parts(parts, stem), _to_pattern(joined, stem)]
    return list(dict.fromkeys(form for form in forms if form.strip(PREFIX_MARK)))


def join_patterns(words: Sequence[str]) -> list[str]:
    """Return the pattern of several words written as one, if there are several.

    >>> join_patterns(["JF", "17"]), join_patterns(["jf-17"])
    (['jf17*'], [])
    """
    if len(words) < 2 or any(word.endswith(PREFIX_MARK) for word in words):
        return []
    joined = normalize_joined("".join(words)).replace(" ", "")
    return [joined + PREFIX_MARK] if joined else []


def matches_text(patterns: Iterable[str], text: str) -> bool:
    """Return True if a text has one of the patterns. The text has a space at both ends.

    >>> matches_text(["jf 17*", "jf17*"], " two jf 17s "), matches_text(["sold"], " soldier ")
    (True, False)
    """
    return any(needle in text for needle in to_needles(patterns))


def to_needles(patterns: Iterable[str]) -> list[str]:
    """Return what a text with a space at both ends contains if it matches one of the patterns."""
    return [
        f" {pattern[:-1]}" if pattern[-1] == PREFIX_MARK else f" {pattern} " for pattern in patterns
    ]


def make_finder(needles: Sequence[str]) -> Callable[[str], bool]:
    """Return a predicate that is True if a text contains one of the needles."""
    if len(needles) == 1:
        (needle,) = needles
        return lambda text: needle in text
    if len(needles) == 2:
        one, other = needles
        return lambda text: one in text or other in text
    return lambda text: any(needle in text for needle in needles)


def has_digit(word: str) -> bool:
    """Return True if a word has a digit, as designations and years have."""
    return not _DIGITS.isdisjoint(word)


def _join_parts(parts: Sequence[str], stem: Callable[[str], str]) -> str:
    if not parts:
        return ""
    *first, last = parts
    return " ".join([*map(stem, first), _to_pattern(last, stem)])


def _to_pattern(word: str, stem: Callable[[str], str]) -> str:
    """Return the stem of a word; of a designation or a word in another script, the beginning."""
    if has_digit(word) or not word.isascii():
        # Without the `s` of a plural: `JF-17s`.
        return (word[:-1] if word[-1] == "s" and word[-2].isdigit() else word) + PREFIX_MARK
    return stem(word)


def make_matcher(
    words: Sequence[str],
    patterns_of: Callable[[str], Sequence[str]],
    subjects: Sequence[Sequence[str]],
) -> Callable[[str], bool]:
    """Return a predicate that is True if a text has a form of each word and mentions each subject.

    `patterns_of` returns the patterns of a word. Each subject is given by its patterns.
    """
    wanted = [to_needles(patterns_of(word)) for word in words]
    joined = to_needles(join_patterns(words))
    mentioned = [to_needles(patterns) for patterns in subjects]
    if len(wanted) == 1 and not mentioned:
        return make_finder(wanted[0])

    def matches(text: str) -> bool:
        is_found = any(needle in text for needle in joined) or all(
            any(needle in text for needle in needles) for needles in wanted
        )
        return is_found and all(any(needle in text for needle in needles) for needles in mentioned)

    return matches
