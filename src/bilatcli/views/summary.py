"""The view `summary`: headline facts and outline of a pair, or the profile of one country."""

from __future__ import annotations

from collections import Counter
from operator import itemgetter

from bilatcli.index.relation_json import header_json
from bilatcli.query.interpret import interpret, require_country
from bilatcli.text import plural, to_json
from bilatcli.views import FACT_OPTIONS, STATUS_COLUMNS, View
from bilatcli.views.arrange import list_newest
from bilatcli.views.as_of import status_on
from bilatcli.views.document import Document
from bilatcli.views.fetch import (
    fetch_facts,
    fetch_relations,
    is_curated,
    is_generated,
    to_codes,
    to_fact_jsons,
    to_source_ids,
)
from bilatcli.views.notes import explain_result, join_names, nothing_recorded
from bilatcli.views.outline import fetch_outline
from bilatcli.views.profile import Profile
from bilatcli.views.relation_lines import count_lines
from bilatcli.views.result import ResultSet, explain_filed_elsewhere

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilatcli.index import Row
    from bilatcli.index.store import Index
    from bilatcli.query.interpret import Query
    from bilatcli.query.request import Request
    from bilatcli.text import JsonValue
    from bilatcli.views.document import Member

MAX_ELSEWHERE = 5
"""Facts filed under other pairs that a summary of a pair without facts of an editor has."""


MAX_GENERATED = 8
"""Maximum number of generated facts on a relation in its summary."""
MAX_ALIKE = 2
"""Facts of one rank and topic that a summary has before less telling ones."""
LOWER_RANKS = 3
"""By how many ranks an old figure, or one fact more of the same rank and topic, is lower."""


def build(request: Request, index: Index) -> Document:
    """Return what matters most between countries; of one country, its profile and relations."""
    query = interpret(request, index)
    require_country(query, index)
    if len(query.codes) == 1:
        return _summarize_country(query, index)
    return _summarize_pairs(query, index)


def _summarize_country(query: Query, index: Index) -> Document:
    partners = _find_partners(query)
    relations = [
        relation
        for relation in fetch_relations(query, index)
        if not partners or not partners.isdisjoint(relation["id"].upper().split("-"))
    ]
    if not relations:
        raise nothing_recorded(query, index)
    lines, notes = count_lines(query, relations, index, partners=partners)
    if query.words and not lines:
        command = query.request.command([query.codes[0].lower()])
        problem = f"no fact on {query.countries[0].name} mentions `{query.typed_filter}`"
        notes = [f"{problem}; without that filter: `{command}`"]
    found = ResultSet(query, index, [], relations=relations, day=query.request.as_of)
    is_whole = not (query.words or partners)
    profile = Profile(query, relations, index) if is_whole else None
    newest = profile.newest if profile else []
    of_profile = [*to_source_ids(newest), *profile.source_ids] if profile else []
    members: dict[str, Member] = {
        "query": query.to_json(),
        "relation": found.relation_json,
        "relations": lines,
        "outline": "null",
        "profile": profile.to_json() if profile else "null",
        "facts": to_fact_jsons(newest, query.request.as_of),
        "sources": found.source_jsons(more=of_profile),
    }
    return Document(
        VIEW.name,
        members,
        rows="relations",
        fields=query.request.fields,
        notes=[*query.notes(), *notes],
        codes=to_codes(newest),
    )


def _find_partners(query: Query) -> set[str]:
    """Return the members of a region or organisation other than the only country of a query.

    Then the name of the region is not a filter.
    """
    for subject in query.subjects:
        if partners := set(subject.members).difference(query.codes):
            query.words = [word for word in query.words if word != subject.input]
            query.readings += subject.explain_members(query.countries)
            query.readings.append(f"{subject.describe()}: showing relations with its members")
            return partners
    return set()


def _summarize_pairs(query: Query, index: Index) -> Document:
    request = query.request
    outline = fetch_outline(query, index)
    relations = fetch_relations(query, index)
    if not relations and not outline.is_known:
        raise nothing_recorded(query, index)
    ids = [relation["id"] for relation in relations]
    facts = fetch_facts(request, index, relations=ids, choice={"is_summary": 1})
    found = ResultSet(query, index, facts, relations=relations, day=request.as_of)
    left_out = [] if request.all else _keep_most_telling(found)
    is_new = not relations and len(query.codes) == 2
    elsewhere = _find_elsewhere(query, relations, index)
    newest = list_newest(elsewhere)[:MAX_ELSEWHERE]
    more = [*to_source_ids(newest), *outline.source_ids]
    members: dict[str, Member] = {
        "query": query.to_json(),
        "relation": _bare_relation_json(query) if is_new else found.relation_json,
        "relations": [],
        "outline": outline.to_json(),
        "profile": "null",
        "facts": [*to_fact_jsons(newest, request.as_of), *found.fact_jsons],
        "sources": found.source_jsons(is_header_first=True, more=more),
    }
    is_answered = outline.is_known and not query.is_filtered
    notes = query.notes() if is_answered else explain_result(found, VIEW.noun)
    notes += explain_filed_elsewhere(query, elsewhere)
    if is_answered and is_new and not elsewhere:
        notes.append(f"no facts on {join_names(query)}")
    if query.words and not (found.facts or newest):
        notes += _find_other_facts(query, fetch_facts(request, index, relations=ids))
    notes += left_out
    return Document(
        VIEW.name,
        members,
        rows="facts",
        fields=request.fields,
        notes=notes,
        codes=to_codes([*newest, *found.facts]),
        is_empty=not (found.facts or newest) and not is_answered,
    )


def _find_elsewhere(query: Query, relations: Sequence[Row], index: Index) -> list[Row]:
    """Return the facts on a pair that are filed under others, if no editor wrote facts on it."""
    if len(query.codes) != 2 or any(map(is_curated, relations)):
        return []
    facts = fetch_facts(query.request, index, choice={"pair": query.pairs[0]})
    return ResultSet(query, index, facts, day=query.request.as_of).facts if facts else []


def _keep_most_telling(found: ResultSet) -> list[str]:
    """Keep a few generated facts of each relation, after all others; return notes on the rest."""
    kept: list[Row] = []
    notes: list[str] = []
    generated: dict[str, list[Row]] = {}
    for fact in found.facts:
        if is_generated(fact):
            generated.setdefault(fact["relation"], []).append(fact)
        else:
            kept.append(fact)
    for relation, facts in generated.items():
        kept += _sort_most_telling_first(facts, found.day)[:MAX_GENERATED]
        more = len(facts) - MAX_GENERATED
        if more > 0:
            notes.append(f"{plural(more, 'more generated fact')}: `bilatcli facts {relation}`")
    found.facts = kept
    return notes


def _sort_most_telling_first(facts: Sequence[Row], day: str | None) -> list[Row]:
    """Return generated facts on a relation by their rank, those of one rank the newest first.

    Visits of many presidents would hide all else: of one rank and topic, only the newest keep
    their rank. A figure that is no longer current says less than other facts, and so does a row of
    a table that a newer one follows.
    """
    ranks: dict[str, int] = {}
    alike: Counter[tuple[int, str]] = Counter()
    newest = sorted(facts, key=itemgetter("first_day"), reverse=True)
    for fact in newest:
        rank = fact["rank"]
        kind = rank, fact["topic"]
        alike[kind] += 1
        is_figure = fact["measure"] is not None or fact["status_day"] is not None
        is_old_figure = is_figure and status_on(fact, day) == "historical"
        is_lower = is_old_figure or alike[kind] > MAX_ALIKE
        ranks[fact["id"]] = rank + LOWER_RANKS * is_lower
    return sorted(newest, key=lambda fact: ranks[fact["id"]])


def _find_other_facts(query: Query, facts: Sequence[Row]) -> list[str]:
    """Return the note on facts with the words of the filter that are not headline facts, if any."""
    has_words = query.make_word_matcher()
    count = sum(has_words(fact["filter_words"]) for fact in facts)
    if not count:
        return []
    from shlex import join

    command = join(["bilatcli", "facts", *map(str.lower, query.codes), *query.words])
    return [f"{plural(count, 'other fact')}: `{command}`"]


def _bare_relation_json(query: Query) -> str:
    """Return the JSON of a relation between two countries that no pack has."""
    names = {match.code: match.name for match in query.countries}
    codes = sorted(names)
    relation: dict[str, JsonValue] = {
        "id": query.pairs[0],
        "name": "–".join(names[code] for code in codes),
        "countries": [{"code": code, "name": names[code]} for code in codes],
    }
    return to_json(relation)[:-1] + header_json()


VIEW = View(
    "summary",
    "Show who, since when, status, overview and headline facts; of one country, its profile.",
    build=build,
    tool_hint="Begin here.",
    examples=("bilatcli summary azerbaijan pakistan", "bilatcli summary armenia --as-of 2020"),
    noun="headline fact",
    options=("topic", *FACT_OPTIONS),
    columns=(("date", 0), ("text", 0), *STATUS_COLUMNS),
)
