"""The counts of a relation's facts, as the views `list` and `summary` show them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, TypeAlias

    CountedFact: TypeAlias = tuple[str, str, str, str | None, str, bool | int]


def count_facts(facts: Sequence[CountedFact], *, sources: int) -> dict[str, Any]:
    """Return the counts of facts, by topic and by verification, and the date of the newest fact.

    Each fact is its topic, verification, status, date, first day, and True if it was generated;
    they are sorted by topic. `sources` is the number of their sources. A plan is never the newest.
    """
    topics: dict[str, int] = {}
    verifications: dict[str, int] = {}
    newest_day, newest = "", None
    generated = 0
    for topic, verification, status, date, first_day, is_generated in facts:
        topics[topic] = topics.get(topic, 0) + 1
        verifications[verification] = verifications.get(verification, 0) + 1
        generated += is_generated
        if date is not None and status != "planned" and first_day > newest_day:
            newest_day, newest = first_day, date
    count = len(facts)
    is_outline = count > 0 and generated == count
    return {
        "coverage": "outline" if is_outline else "curated",
        "facts": count,
        "outline": generated,
        "sources": sources,
        "newest": newest,
        "topics": topics,
        "verification": dict(sorted(verifications.items())),
        "verified": round(100 * verifications.get("cited", 0) / count, 1) if count else None,
    }
