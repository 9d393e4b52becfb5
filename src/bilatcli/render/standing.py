"""The standing of a fact in few words: what is uncertain about it, and whether it still holds.

A fact that holds, or is over, and is fully cited has no such word.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

MEANINGS = {
    "retracted": "we were wrong",
    "planned": "announced, not yet done",
    "superseded": "no longer so",
    "disputed": "sources disagree",
    "single source": "from one origin only",
    "citation needed": "no good source yet",
}
"""What each word means, in the order of the legend."""

STYLES = {
    "retracted": "red",
    "planned": "cyan",
    "superseded": "dim",
    "disputed": "red",
    "single source": "yellow",
    "citation needed": "red",
}
"""The style of each word; colour only repeats the word."""

_STATUS_WORDS = {"planned": "planned", "superseded": "superseded", "disputed": "disputed"}
_VERIFICATION_WORDS = {
    "conflicting": "disputed",
    "single-source-claim": "single source",
    "citation-needed": "citation needed",
}


def find_standing(fact: Mapping[str, Any]) -> list[str]:
    """Return the words for the standing of a fact; none if it can be taken as it is.

    >>> find_standing({"status": "disputed", "verification": "conflicting"})
    ['disputed']
    """
    words = (
        "retracted" if fact.get("retracted") else None,
        _STATUS_WORDS.get(fact["status"]),
        _VERIFICATION_WORDS.get(fact["verification"]),
    )
    return list(dict.fromkeys(word for word in words if word))


def format_legend(words: Iterable[str]) -> str:
    """Return what those words mean that occur; empty if none does."""
    found = set(words)
    meanings = [f"{word}: {text}" for word, text in MEANINGS.items() if word in found]
    return " · ".join((*meanings, "bilatcli help words")) if meanings else ""


def format_counts(facts: Iterable[Mapping[str, Any]]) -> str:
    """Return how many facts have each word, as in `116 single source, 28 disputed`."""
    counts = dict.fromkeys(MEANINGS, 0)
    for fact in facts:
        for word in find_standing(fact):
            counts[word] += 1
    ordered = sorted(counts.items(), key=lambda item: -item[1])
    return ", ".join(f"{count:,} {word}" for word, count in ordered if count)
