"""The number of stances: one that several relations record counts once."""

from __future__ import annotations

from collections import Counter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from bilatcli.index import Row


def count_stances(facts: Iterable[Row | Mapping[str, Any]]) -> int:
    """Return the number of stances that facts record.

    Facts of several relations on one holder, issue, event and date record the same stances. Those
    of one relation are different statements, such as two at one summit.
    """
    counts: dict[object, Counter[str]] = {}
    for fact in facts:
        key = fact["event"] and (fact["event"], fact["issue"], fact["holder"], fact["date"])
        counts.setdefault(key or fact["id"], Counter())[fact["relation"]] += 1
    return sum(max(by_relation.values()) for by_relation in counts.values())
