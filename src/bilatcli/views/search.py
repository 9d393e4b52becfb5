"""The view `search`: facts on all relations that have some words, best matches first.

The words are not read as countries. Each is matched with the beginnings of the words of facts;
conjunctions are dropped.
"""

from __future__ import annotations

from bilatcli.errors import IndexDamaged, UsageError
from bilatcli.index import Statement
from bilatcli.normalization import search_tokens
from bilatcli.query import filters
from bilatcli.query.interpret import Query, check_length
from bilatcli.query.options import DATE_ORDERS, DEFAULT_LIMIT
from bilatcli.query.patterns import join_patterns
from bilatcli.query.question_words import drop_question_words, find_question_phrases
from bilatcli.query.refusals import find_option_countries
from bilatcli.query.subjects import find_subjects
from bilatcli.query.tokenizer import tokenize
from bilatcli.text import get_json_text, json_object, json_string, plural, to_json
from bilatcli.views import SEARCH_OPTIONS, STATUS_COLUMNS, View
from bilatcli.views.arrange import arrange_facts
from bilatcli.views.document import Document
from bilatcli.views.fetch import (
    fetch_facts,
    fetch_sources,
    to_codes,
    to_fact_jsons,
    to_source_ids,
)
from bilatcli.views.newest import select_parameters
from bilatcli.views.notes import KIND_KEYS, PARTY_KEYS, describe_options
from bilatcli.views.parties import select_facts
from bilatcli.views.spans import find_spans

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilatcli.index import Row
    from bilatcli.index.store import Index
    from bilatcli.query.request import Request
    from bilatcli.query.tokenizer import Phrase
    from bilatcli.views.document import Member

BEST_MATCHES = Statement("search")
ANY_TABLE = Statement("any_table", "SELECT id FROM data_table LIMIT 1")

TABLE_SCORE = -0.0001
"""The score of a fact that a row of a table makes, of which no text is indexed: the last ones."""


def build(request: Request, index: Index) -> Document:
    """Return the facts that have all words, best matches first."""
    query = read_words(request, index)
    in_tables = _search_tables(query, index)
    hits = _find_hits(query, index, is_partly=not in_tables)
    scores = {hit["id"]: hit["score"] for hit in hits if hit["id"] is not None}
    found = {fact["id"]: fact for fact in fetch_facts(request, index, ids=list(scores))}
    if len(found) != len(scores):
        raise IndexDamaged
    scores.update((fact["id"], TABLE_SCORE) for fact in in_tables)
    found.update((fact["id"], fact) for fact in in_tables)
    total, facts = hits[0]["total"] + len(in_tables), [found[id] for id in scores]
    if request.is_selected_late:
        facts = select_facts(facts, query)
        total = len(facts)
    limit = request.limit or DEFAULT_LIMIT
    if request.sort not in DATE_ORDERS:
        facts = facts[:limit]
    facts = arrange_facts(facts, request)[:limit]
    marked = [pattern for each in _to_patterns(query) for pattern in each]
    marked += join_patterns(query.plain_words)
    members: dict[str, Member] = {
        "query": f"{query.to_json()[:-1]},{json_object(limit=limit)[1:]}",
        "relation": "null",
        "total": str(total),
        "matches": [_match_json(fact, scores[fact["id"]], marked) for fact in facts],
        "facts": to_fact_jsons(facts, request.as_of),
        "sources": fetch_sources(to_source_ids(facts), index),
    }
    notes = [*query.notes(), *_explain(query, total, hits[0]["wider"], limit)]
    return Document(
        VIEW.name,
        members,
        rows="facts",
        fields=request.fields,
        notes=notes,
        codes=to_codes(facts),
    )


def read_words(request: Request, index: Index) -> Query:
    """Return the words to search for, corrected if no fact has them, and the country of the option.

    Raises UsageError if there is no word, or too many.
    """
    request.read_dates()
    phrase = tokenize(request.words)
    check_length(phrase)
    named = find_subjects(phrase, index)
    free = [
        token
        for i, token in enumerate(phrase.tokens)
        if not any(start <= i < end for start, end in named)
    ]
    significant = [token for token in free if not token.is_conjunction] or ([] if named else free)
    typed = {token.word_number: token.word for token in significant if search_tokens(token.word)}
    typed |= {phrase.tokens[span[0]].word_number: named[span].input for span in named}
    if not typed:
        raise UsageError("no words to search for", hint=f"try `bilatcli {VIEW.name} jf-17`")
    countries = [] if request.country is None else find_option_countries(request, index)
    fixed = {subject.input for subject in named.values()}
    sought, dropped = _drop_asking(
        phrase, {number: typed[number] for number in sorted(typed)}, index
    )
    words = filters.build_filter(sought, index, filters.SEARCH_WORDS, fixed=fixed)
    query = Query(request, countries, words, list(named.values()))
    query.dropped = dropped
    query.read_parties(index)
    return query


def _search_tables(query: Query, index: Index) -> list[Row]:
    """Return the facts that rows of tables make, if the words find any."""
    if len(query.words) + len(query.codes) < 2 or not index.rows(ANY_TABLE):
        return []
    from bilatcli.views.search_tables import search_tables

    return search_tables(query, index)


def _drop_asking(
    phrase: Phrase, typed: dict[int, str], index: Index
) -> tuple[list[str], list[str]]:
    """Return the words to search for, by their numbers in a phrase, and those that are dropped.

    These are question words and the words of question phrases. At least one word is kept.
    """
    free = {i for i, token in enumerate(phrase.tokens) if token.word_number in typed}
    found = find_question_phrases(phrase, free, index)
    asking = {phrase.tokens[i].word_number for i in found}
    if asking.issuperset(typed):
        asking = set()
    words = [word for number, word in typed.items() if number not in asking]
    words, dropped = drop_question_words(words, index, is_alone=True)
    return words, [word for number, word in typed.items() if number in asking] + dropped


def _find_hits(query: Query, index: Index, *, is_partly: bool) -> list[Row]:
    """Return the rows of the facts with all words, or else, if asked, of those with most words."""
    sought = index.match_expression(_to_patterns(query), join_patterns(query.plain_words))
    parameters = {"sought": sought, **select_parameters(query)}
    hits = index.rows(BEST_MATCHES, parameters)
    if hits[0]["wider"] or len(query.words) < 2 or not is_partly:
        return hits
    from bilatcli.views.search_partly import find_words_together

    def count(patterns: Sequence[Sequence[str]]) -> int:
        sought = index.match_expression(patterns)
        return int(index.rows(BEST_MATCHES, {**parameters, "sought": sought})[0]["total"])

    together = find_words_together(query, count)
    sought = index.match_expression(together)
    return index.rows(BEST_MATCHES, {**parameters, "sought": sought}) if together else hits


def _to_patterns(query: Query) -> list[list[str]]:
    """Return the patterns of each word and subject of a query."""
    return [query.patterns_of(word) for word in query.words]


def _match_json(fact: Row, score: float, patterns: Sequence[str]) -> str:
    """Return the JSON of how well a fact matches, and where its text has the words."""
    try:
        text = get_json_text(fact["json"], "text")
    except ValueError:
        raise IndexDamaged from None
    spans = find_spans(text, patterns)
    matched = dict.fromkeys(text[start:end] for start, end in spans)
    return (
        f'{{"fact":{json_string(fact["id"])},"score":{-score:.4f},'
        f'"words":{to_json(list(matched))},"spans":{to_json(spans)}}}'
    )


def _explain(query: Query, total: int, wider: int, limit: int) -> list[str]:
    """Return the note on the facts beyond the limit, or on why there are none.

    `total` facts match, and `wider` would if superseded facts and any verification were included.
    """
    if total > limit:
        return [f"{plural(total - limit, 'more fact')} (`--limit {total}` shows all)"]
    if total:
        return []
    about = "".join(f" on {match.name}" for match in query.countries)
    problem = f"no fact{about}{describe_options(query)} mentions `{query.typed_filter}`"
    return [f"{problem}; {_suggest_wider(query, wider)}"]


def _suggest_wider(query: Query, wider: int) -> str:
    request = query.request
    verification = (
        "`--verified`" if request.verified else request.verification and "`--verification`"
    )
    if wider and request.is_selected_late:
        flags = request.list_flags((*KIND_KEYS, *PARTY_KEYS))
        return f"{plural(wider, 'fact')} without {flags}, superseded ones included"
    if wider:
        are = "is" if wider == 1 else "are"
        if verification:
            return (
                f"{plural(wider, 'fact')} {are} superseded or verified otherwise:"
                f" add `--all` or leave out {verification}"
            )
        return f"{plural(wider, 'fact')} {are} superseded: add `--all`"
    if any((request.topic, request.country, request.as_of, request.since, request.until)):
        return "leave out options"
    return "use fewer words" if len(query.words) > 1 else "`bilatcli list` shows what is recorded"


VIEW = View(
    "search",
    "Search all facts for words, best matches first; also actors and titles of sources.",
    build=build,
    tool_hint="For questions that are not about a pair of countries.",
    examples=(
        "bilatcli search drone delivery",
        "bilatcli search embassy --country pakistan --limit 5",
    ),
    words="TEXT",
    options=SEARCH_OPTIONS,
    columns=(("date", 0), ("relation", 90), ("text", 0), *STATUS_COLUMNS),
    is_ranked=True,
)
