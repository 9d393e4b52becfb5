"""Facts in which two countries take part, filed under another pair."""

from __future__ import annotations

from bilatcli.index.stems import stem_words
from bilatcli.query.subjects import MENTIONS
from bilatcli.text import plural, search_tokens
from bilatcli.views.parties import is_mentioned
from bilatcli.views.result import fetch_facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bilatcli.index import Row
    from bilatcli.index.store import Index
    from bilatcli.query.interpret import Query

MAX_NAMED_RELATIONS = 4
"""Maximum number of relations that the note names."""


def fetch_filed_elsewhere(query: Query, index: Index, choice: Mapping[str, object]) -> list[Row]:
    """Return the facts of other pairs in which all countries of a query take part, or are named.

    `choice` is as in `fetch_facts`.
    """
    countries = list({match.code: match for match in query.countries}.values())
    patterns = [[" ".join(stem_words(search_tokens(country.name)))] for country in countries]
    sought = index.match_expression(patterns)
    ids = [row["id"] for row in index.rows(MENTIONS, {"sought": sought})]
    facts = fetch_facts(query.request, index, ids=ids, choice=choice) if ids else []
    return [
        fact
        for fact in facts
        if fact["relation"] not in query.pairs
        and all(is_mentioned(country, fact) for country in countries)
    ]


def explain_filed_elsewhere(query: Query, facts: Iterable[Row]) -> list[str]:
    """Return the note on how many of the facts are filed under other pairs, and under which."""
    others = [fact["relation"] for fact in facts if fact["relation"] not in query.pairs]
    if not others:
        return []
    relations = sorted(set(others))
    shown = ", ".join(relations[:MAX_NAMED_RELATIONS])
    more = len(relations) - MAX_NAMED_RELATIONS
    where = f"{shown} and {plural(more, 'more pair')}" if more > 0 else shown
    names = " and ".join({match.code: match.name for match in query.countries}.values())
    return [f"{plural(len(others), 'fact')} on {names} filed under {where}"]
