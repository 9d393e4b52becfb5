"""A search in the rows of tables: the words name a country, and the others are words of a table.

No sentence is indexed. The words of each table are, and the facts of the countries are made.
"""

from __future__ import annotations

from bilatcli.index import Statement
from bilatcli.normalization import normalize
from bilatcli.query.exact_matcher import match_exactly
from bilatcli.query.names import SUBJECT_KINDS
from bilatcli.query.patterns import to_needles
from bilatcli.query.tokenizer import tokenize
from bilatcli.text import to_json
from bilatcli.views.as_of import is_hidden
from bilatcli.views.fetch import COUNTRY_RELATIONS, TABLE_ROWS
from bilatcli.views.table_facts import make_facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from bilatcli.index import Row
    from bilatcli.index.store import Index
    from bilatcli.query.interpret import Query

TABLE_WORDS = Statement("table_words", "SELECT id, words FROM data_table ORDER BY id")


def search_tables(query: Query, index: Index) -> list[Any]:
    """Return the facts of tables that a search finds, those with most of its words first.

    At least one word is a country, or the option names one; each other word must be one of the
    table or of the fact.
    """
    codes, names = _find_countries(query, index)
    others = [word for word in query.words if normalize(word) not in names]
    if not codes or not others:
        return []
    needles = {word: to_needles(query.patterns_of(word)) for word in query.words}
    lacks = {
        row["id"]: [word for word in others if not _has(row["words"], needles[word])]
        for row in index.rows(TABLE_WORDS)
    }
    tables = {id for id, words in lacks.items() if len(words) < len(others)}
    if not tables:
        return []
    facts = [
        fact
        for fact in _fetch_facts(query, codes, tables, index)
        if all(_has(fact["filter_words"], needles[word]) for word in lacks[fact["data_table"]])
    ]

    def sort_key(fact: Row) -> tuple[int, int, str]:
        count = sum(_has(fact["filter_words"], needles[word]) for word in query.words)
        return -count, fact["rank"], fact["id"]

    return sorted(facts, key=sort_key)


def _has(text: str, needles: Sequence[str]) -> bool:
    """Return True if a text of stems has one of some needles."""
    return any(needle in text for needle in needles)


def _find_countries(query: Query, index: Index) -> tuple[list[str], set[str]]:
    """Return the codes of the countries that a search names, and the words that name them."""
    phrase = tokenize(query.request.words)
    codes = list(query.codes)
    names: set[str] = set()
    for (start, end), matches in match_exactly(phrase, index).items():
        if len(matches) == 1 and matches[0].kind not in SUBJECT_KINDS:
            codes.append(matches[0].code)
            names.update(token.normalized for token in phrase.tokens[start:end])
    return list(dict.fromkeys(codes)), names


def _fetch_facts(query: Query, codes: Sequence[str], tables: set[str], index: Index) -> list[Any]:
    """Return the facts that rows of some tables make on the pairs of some countries."""
    request = query.request
    relations = {row["id"] for row in index.rows(COUNTRY_RELATIONS, {"country": codes[0]})}
    if len(codes) > 1:
        pair = {code.lower() for code in codes}
        relations = {id for id in relations if pair >= set(id.split("-"))}
    parameters = {"relations": to_json(sorted(relations)), "topic": request.topic}
    rows = [row for row in index.rows(TABLE_ROWS, parameters) if row["data_table"] in tables]
    choice = {"as_of": request.as_of, "since": request.since, "until": request.until}
    verification = "cited" if request.verified else request.verification
    return [
        fact
        for fact in make_facts(rows, choice, index)
        if (request.all or not is_hidden(fact, request.as_of))
        and verification in (None, fact["verification"])
    ]
