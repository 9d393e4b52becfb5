"""Issues by name: find the issues of stances that words name, whatever else the words mean."""

from __future__ import annotations

from functools import lru_cache

from bilatcli.index import Statement
from bilatcli.normalization import normalize
from bilatcli.query.filters import MIN_LENGTH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bilatcli.index.store import Index

ISSUES = Statement("issues", "SELECT slug FROM issue ORDER BY slug")

MAX_ISSUES = 8
"""Maximum number of issues that the words of one question can name."""

MIN_ISSUE_SCORE = 80.0
"""Minimum similarity, from 0 to 100, of words to the issue that they misspell."""

MAX_CACHED_SLUGS = 1_024
"""Maximum number of issues whose words are in memory."""

_STOP_WORDS = frozenset("a about and for in issue of on the to with".split())
"""Words that names of issues are compared without."""


def list_issues(index: Index) -> list[str]:
    """Return the slugs of all issues, sorted."""
    return [row["slug"] for row in index.rows(ISSUES)]


def find_named_issues(text: str, index: Index) -> list[str]:
    """Return the issues that a text names in full: by slug, or by all of its words in any order.

    Forms of a word such as `armenia` and `armenian`, or `strike` and `strikes`, are alike.
    """
    asked = _significant_words(text)
    return [slug for slug in list_issues(index) if _is_same(asked, _split_slug(slug))]


def find_related_issues(text: str, index: Index) -> list[str]:
    """Return the issues whose names have all words of a text."""
    asked = _significant_words(text)
    found = [slug for slug in list_issues(index) if _has_all(_split_slug(slug), asked)]
    return found[:MAX_ISSUES] if asked else []


def has_words(slug: str, text: str) -> bool:
    """Return True if a slug has all words of a text, in any form."""
    return _has_all(_split_slug(slug), _significant_words(text))


def find_misspelt_issue(words: Iterable[str], index: Index) -> str | None:
    """Return the issue that words misspell, or None."""
    from bilatcli.fuzzy import find_nearest

    return find_nearest("-".join(words), list_issues(index), cutoff=MIN_ISSUE_SCORE)


def _significant_words(text: str) -> list[str]:
    words = normalize(text).split()
    return [word for word in words if word not in _STOP_WORDS]


@lru_cache(maxsize=MAX_CACHED_SLUGS)
def _split_slug(slug: str) -> Sequence[str]:
    """Return the words of a slug. Each question of a batch may compare all of them."""
    return _significant_words(slug)


def _is_same(asked: Sequence[str], name: Sequence[str]) -> bool:
    return len(asked) == len(name) > 0 and _has_all(name, asked) and _has_all(asked, name)


def _has_all(words: Sequence[str], wanted: Sequence[str]) -> bool:
    return all(any(_is_alike(word, each) for each in words) for word in wanted)


def _is_alike(one: str, other: str) -> bool:
    """Return True if words are equal, or if the longer one begins with the other."""
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= MIN_LENGTH and longer.startswith(shorter))
