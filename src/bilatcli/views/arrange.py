"""The order of facts, and how many of them, by the options `sort` and `limit`."""

from __future__ import annotations

from bilatcli.vocabulary import OPEN_END, OPEN_START, UNDATED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilatcli.index import Row
    from bilatcli.query.request import Request


def get_day(fact: Row) -> str:
    """Return the first day of a fact's date, the last one if its start is open, or UNDATED."""
    first: str = fact["first_day"]
    if first > OPEN_START:
        return first
    last: str = fact["last_day"]
    return last if last < OPEN_END else UNDATED


def arrange_facts(facts: Sequence[Row], request: Request) -> list[Row]:
    """Return facts in the order that a request asks for, at most `limit` of them.

    Undated facts come last. Without `sort` the order stays, and the newest facts are kept.
    """
    limit = len(facts) if request.limit is None else request.limit
    newest = list_newest(facts)
    if request.sort == "newest":
        return newest[:limit]
    if request.sort == "oldest":
        return sorted(facts, key=lambda fact: (get_day(fact) == UNDATED, get_day(fact)))[:limit]
    if request.sort is not None:
        return list(facts[:limit])
    kept = {fact["id"] for fact in newest[:limit]}
    return [fact for fact in facts if fact["id"] in kept]


def list_newest(facts: Sequence[Row]) -> list[Row]:
    """Return facts with the newest first, undated ones last."""
    return sorted(facts, key=_get_age, reverse=True)


def _get_age(fact: Row) -> tuple[bool, str]:
    """Return a sort key: the newest facts last, undated ones first."""
    return get_day(fact) != UNDATED, get_day(fact)
