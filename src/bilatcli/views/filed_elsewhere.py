"""Facts in which two countries take part, filed under another pair."""

from __future__ import annotations

from bilatcli.errors import IndexDamaged
from bilatcli.index.stems import stem_words
from bilatcli.query.subjects import MENTIONS
from bilatcli.text import normalize, plural, search_tokens
from bilatcli.views.result import fetch_facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from bilatcli.index import Row
    from bilatcli.index.store import Index
    from bilatcli.query.interpret import Query

PARTY_LISTS = ("actors", "toward", "partners")
"""The keys of a fact that list who takes part."""
PARTIES = ("holder", "favours", "against")
"""The keys of a fact that name one who takes part."""

MAX_NAMED_RELATIONS = 4
"""Maximum number of relations that the note names."""


def fetch_filed_elsewhere(query: Query, index: Index, choice: Mapping[str, object]) -> list[Row]:
    """Return the facts of other pairs in which all countries of a query take part, or are named.

    `choice` is as in `fetch_facts`.
    """
    names = {match.code: match.name for match in query.countries}
    patterns = [[" ".join(stem_words(search_tokens(name)))] for name in names.values()]
    sought = index.match_expression(patterns)
    ids = [row["id"] for row in index.rows(MENTIONS, {"sought": sought})]
    facts = fetch_facts(query.request, index, ids=ids, choice=choice) if ids else []
    topic = choice.get("topic", query.request.topic)
    return [
        fact
        for fact in facts
        if fact["relation"] not in query.pairs and _is_about(fact, names, topic)
    ]


def _is_about(fact: Row, names: Mapping[str, str], topic: object) -> bool:
    """Return True if a fact is on a topic, if one is given, and all countries are part of it.

    A country is part of it by its relation, as a party, or by its name in the statement.
    """
    from json import loads

    try:
        record: dict[str, Any] = loads(fact["json"])
    except ValueError:
        raise IndexDamaged from None
    parties = set(fact["relation"].upper().split("-"))
    parties |= {code for key in PARTY_LISTS for code in record.get(key) or ()}
    parties |= {record[key] for key in PARTIES if record.get(key)}
    text = f" {normalize(record['text'])} "
    return topic in (None, record["topic"]) and all(
        code in parties or f" {normalize(name)} " in text for code, name in names.items()
    )


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
