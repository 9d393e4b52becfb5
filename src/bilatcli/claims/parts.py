"""Judge a sentence as a whole, or else each of its parts that stands for itself."""

from __future__ import annotations

import re

from bilatcli.claims.reading import Reading
from bilatcli.claims.verdicts import (
    DIFFERS,
    NOT_CHECKABLE,
    NOT_RECORDED,
    SUPPORTED,
    VERDICTS,
    Verdict,
    judge,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilatcli.claims.candidates import FactFinder

MIN_PART_COUNTRIES = 2
"""Countries that a part has to name: one with fewer depends on the rest of the sentence."""
_BETWEEN_PARTS = re.compile(r";\s+|,\s+(?:and|but|while|whereas)\s+")


def judge_sentence(text: str, finder: FactFinder, today: str) -> Verdict:
    """Return the verdict on a sentence.

    If no fact has all of it, each part is judged that names its own countries and dates.
    """
    reading = Reading(text, finder.index, today)
    whole = judge(reading, finder, today)
    if whole.verdict != NOT_RECORDED:
        return whole
    parts = [Reading(part, finder.index, today) for part in _BETWEEN_PARTS.split(text)]
    if len(parts) < 2 or not _are_independent(parts):
        return whole
    return _join(whole, [judge(part, finder, today) for part in parts])


def _are_independent(parts: Sequence[Reading]) -> bool:
    """Return True if each part names its countries, and all or none of them a date."""
    has_countries = all(len(part.codes) >= MIN_PART_COUNTRIES for part in parts)
    return has_countries and len({bool(part.times) for part in parts}) == 1


def _join(whole: Verdict, verdicts: Sequence[Verdict]) -> Verdict:
    """Return the verdict on a sentence from those on its parts."""
    facts = list(dict.fromkeys(fact for each in verdicts for fact in each.facts[:1]))
    wrong = next((each for each in verdicts if each.verdict == DIFFERS), None)
    if wrong is not None:
        reason = f"in “{wrong.reading.text}”: {wrong.reason}"
        return Verdict(DIFFERS, reason, whole.reading, wrong.facts)
    for each in verdicts:
        if each.verdict in (NOT_RECORDED, NOT_CHECKABLE):
            reason = f"the part “{each.reading.text}” is not recorded: {each.reason}"
            return Verdict(NOT_RECORDED, reason, whole.reading, facts or whole.facts)
    worst = max(verdicts, key=lambda each: VERDICTS.index(each.verdict))
    if worst.verdict == SUPPORTED:
        return Verdict(SUPPORTED, "the record has each part", whole.reading, facts)
    reason = f"in “{worst.reading.text}”: {worst.reason}"
    return Verdict(worst.verdict, reason, whole.reading, facts)
