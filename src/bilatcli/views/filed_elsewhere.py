"""Facts in which two countries take part, filed under another pair."""

from __future__ import annotations

from bilatcli.query.options import ELSEWHERE
from bilatcli.text import plural
from bilatcli.views.fetch import fetch_facts
from bilatcli.views.result import ResultSet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from bilatcli.index import Row
    from bilatcli.index.store import Index
    from bilatcli.query.interpret import Query

MAX_NAMED_RELATIONS = 4
"""Maximum number of relations that the note names."""


def fetch_filed_elsewhere(query: Query, index: Index) -> list[Row]:
    """Return the facts of other pairs in which both countries of a query take part, or are named.

    A country is named in the text, or in the issue or event.
    """
    (pair,) = query.pairs
    return fetch_facts(query.request, index, choice={"pair": pair})


def offer_filed_elsewhere(found: ResultSet) -> list[str]:
    """Return the note on how many facts the option `elsewhere` would add, and from which pairs."""
    query, others = found.query, found.elsewhere
    if query.words:
        has_words = query.make_word_matcher()
        others = [fact for fact in others if has_words(fact["filter_words"])]
    facts = ResultSet(query, found.index, others, day=found.day).facts if others else []
    return [
        f"{note}: add `{ELSEWHERE.flag}`"
        for note in explain_filed_elsewhere(query, facts, is_offer=True)
    ]


def explain_filed_elsewhere(
    query: Query, facts: Iterable[Row], *, is_offer: bool = False
) -> list[str]:
    """Return the note on how many of the facts are filed under other pairs, and under which.

    With `is_offer` they are more than those of the answer, whatever the order of the countries.
    """
    others = [fact["relation"] for fact in facts if fact["relation"] not in query.pairs]
    if not others:
        return []
    relations = sorted(set(others), key=lambda each: (-others.count(each), each))
    shown = ", ".join(relations[:MAX_NAMED_RELATIONS])
    more = len(relations) - MAX_NAMED_RELATIONS
    where = f"{shown} and {plural(more, 'more pair')}" if more > 0 else shown
    names = list({match.code: match.name for match in query.countries}.values())
    if is_offer:
        names.sort()
    count = plural(len(others), "more fact" if is_offer else "fact")
    return [f"{count} on {' and '.join(names)} filed under {where}"]
