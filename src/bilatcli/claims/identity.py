"""Decide whether a sentence and a fact that differ are on the same event or figure."""

from __future__ import annotations

from bilatcli.claims.lexicon import REPEATED, UNIQUE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.claims.comparison import Comparison

MIN_ANCHORS = 3
"""Minimum words in common that tell an event from others, if its kind does not."""
_STATES = frozenset(["recognise", "embassy", "relation"])
"""What is so or not, whatever else there is."""


def is_same_event(compared: Comparison) -> bool:
    """Return True if a sentence is on the event of a fact, apart from the one part that differs."""
    if compared.is_verbatim:
        return bool(compared.clashes)
    if compared.missing or compared.unsure or len(compared.clashes) != 1:
        return False
    kind = next(iter(compared.clashes))
    decide = {"date": _is_dated_once, "negation": _is_state, "direction": _has_anchor}
    return decide.get(kind, _is_counted_once)(compared)


def _anchors(compared: Comparison) -> set[str]:
    return compared.matched - REPEATED - UNIQUE


def _has_anchor(compared: Comparison) -> bool:
    """Return True if numbers, systems or other words tell a deed from others."""
    return bool(compared.claim.amounts or compared.claim.designations or _anchors(compared))


def _is_dated_once(compared: Comparison) -> bool:
    """Return True if another date cannot be that of another event of the kind."""
    claim, fact, matched = compared.claim, compared.fact, compared.matched
    numbers = [amount for amount in claim.amounts if len(amount.text) > 2 or amount.head]
    if fact.is_figure:
        return bool(numbers) and all(sum(map(str.isdigit, each.text)) > 2 for each in numbers)
    has_proper = bool(matched & (claim.proper | claim.designations))
    if len(claim.codes) < 2:
        return bool(numbers or claim.designations) or (has_proper and len(matched) >= MIN_ANCHORS)
    if matched & UNIQUE and fact.data["topic"] != "stance":
        return True
    if matched & REPEATED and "agreement" not in matched:
        is_same_year = any(
            time.first[:4] == other.first[:4] for time in claim.times for other in fact.main_times
        )
        return (is_same_year or bool(numbers)) and len(matched) + has_proper >= MIN_ANCHORS
    return bool(numbers) or has_proper or len(matched) >= MIN_ANCHORS


def _is_state(compared: Comparison) -> bool:
    """Return True if the sentence is on a state that either is or is not."""
    return bool(compared.matched & _STATES) and compared.fact.data["topic"] in (
        "recognition",
        "diplomacy",
    )


def _is_counted_once(compared: Comparison) -> bool:
    """Return True if another number cannot be that of another figure of the kind."""
    claim, fact = compared.claim, compared.fact
    if fact.is_figure and not claim.times:
        return bool(fact.data["status"] == "current" and compared.matched)
    return bool(claim.times or _anchors(compared))
