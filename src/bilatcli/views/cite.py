"""The view `cite`: the sources of countries or facts, or the facts that rest on a source."""

from __future__ import annotations

from bilatcli.index import Statement
from bilatcli.query.interpret import Query, interpret, require_country
from bilatcli.text import json_string, to_json
from bilatcli.views import SELECT_OPTIONS, View
from bilatcli.views.document import Document
from bilatcli.views.fetch import fetch_facts, fetch_sources, to_codes, to_fact_jsons
from bilatcli.views.notes import explain_result
from bilatcli.views.parties import select_facts
from bilatcli.views.record_ids import find_records, unknown_ids_note
from bilatcli.views.result import BY_TOPIC, find_facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bilatcli.index import Row
    from bilatcli.index.store import Index
    from bilatcli.query.request import Request
    from bilatcli.views.document import Member

FACTS_CITING = Statement(
    "facts_citing",
    "SELECT DISTINCT fact FROM evidence WHERE source IN (SELECT value FROM json_each(:sources))",
)


def build(request: Request, index: Index) -> Document:
    """Return the sources of countries or of records, numbered by first use."""
    if request.edition and not request.words and not request.has_ids:
        return _cite_editions(Query(request), index)
    ids = find_records(request, index)
    return _cite_countries(request, index) if ids is None else _cite_records(ids, request, index)


def _cite_countries(request: Request, index: Index) -> Document:
    query = interpret(request, index)
    require_country(query, index, takes_subjects=True)
    found = find_facts(query, index)
    if request.edition:
        return _cite_editions(query, index, found.facts, notes=explain_result(found, VIEW.noun))
    is_answered = bool(found.facts) or not query.is_filtered
    members: dict[str, Member] = {
        "query": query.to_json(),
        "relation": found.relation_json,
        "sources": found.source_jsons(is_header_first=True) if is_answered else [],
        "facts": [],
        "alone": [],
        "unsourced": _unsourced(found.facts),
    }
    notes = [*_style_notes(query), *explain_result(found, VIEW.noun)]
    return Document(VIEW.name, members, rows="sources", fields=request.fields, notes=notes)


def _style_notes(query: Query) -> list[str]:
    """Return how to set the citation style that a word of a query names."""
    request = query.request
    if request.style is not None or not (query.typed_words or query.unused):
        return []
    from bilatcli.citations.styles import STYLE_ALIASES
    from bilatcli.query.options import COMMON_STYLES, EXCHANGE_STYLES

    styles = {*EXCHANGE_STYLES, *COMMON_STYLES, *STYLE_ALIASES}
    words = (word.lower() for each in request.words for word in each.split())
    return [
        f"`{word}` is a citation style: add `--style {word}` and leave it out of the words"
        for word in words
        if word in styles
    ]


def _cite_records(ids: Sequence[str], request: Request, index: Index) -> Document:
    """Return the sources of the facts and the sources with these ids, and the facts concerned.

    These are the facts named, and the facts that rest on a source named.
    """
    sources = {id for id in ids if "/" not in id}
    citing, notes = _find_citing(sources, index) if sources else ([], [])
    fact_ids = dict.fromkeys([*(id for id in ids if "/" in id), *citing])
    query = Query(request)
    query.read_parties(index)
    found = select_facts(fetch_facts(request, index, ids=list(fact_ids)), query)
    facts = _sort_by_ids(found, ids)
    if request.edition:
        return _cite_editions(query, index, facts, sources, notes=notes)
    sources_of = {fact["id"]: fact["source_ids"].split() for fact in facts}
    cited = [source for id in ids for source in ([id] if id in sources else sources_of.get(id, ()))]
    members: dict[str, Member] = {
        "query": query.to_json(),
        "relation": "null",
        "sources": fetch_sources(cited, index),
        "facts": to_fact_jsons(facts, request.as_of),
        "alone": [json_string(fact["id"]) for fact in facts if fact["source_ids"] in sources],
        "unsourced": _unsourced(facts),
    }
    if request.unknown:
        notes.append(unknown_ids_note(request.unknown))
    if not ids:
        notes.append("no id on standard input; give one on each line")
    return Document(
        VIEW.name,
        members,
        rows="sources",
        fields=request.fields,
        notes=notes,
        codes=to_codes(facts),
    )


def _cite_editions(
    query: Query,
    index: Index,
    facts: Iterable[Row] | None = None,
    sources: Iterable[str] = (),
    *,
    notes: Sequence[str] = (),
) -> Document:
    """Return the packs that have some facts and sources (default: all packs) as sources."""
    from bilatcli.views.editions import find_packs, list_edition_jsons

    names = None if facts is None else find_packs(facts, sources, index)
    members: dict[str, Member] = {
        "query": query.to_json(),
        "relation": "null",
        "sources": list_edition_jsons(index, names),
        "facts": [],
        "alone": [],
        "unsourced": [],
    }
    return Document(
        VIEW.name, members, rows="sources", fields=query.request.fields, notes=list(notes)
    )


def _find_citing(sources: set[str], index: Index) -> tuple[list[str], list[str]]:
    """Return the ids of the facts that rest on one of some sources, and notes on large tables."""
    rows = index.rows(FACTS_CITING, {"sources": to_json(sorted(sources))})
    from bilatcli.views.table_facts import find_citing

    in_tables, notes = find_citing(sources, index)
    return [*(row["fact"] for row in rows), *in_tables], notes


def _sort_by_ids(facts: Iterable[Row], ids: Sequence[str]) -> list[Row]:
    """Return facts in the order of the ids that name them or one of their sources."""
    places = {id: place for place, id in enumerate(ids)}

    def first_place(fact: Row) -> int:
        names = (fact["id"], *fact["source_ids"].split())
        return min(places.get(id, len(ids)) for id in names)

    return sorted(sorted(facts, key=BY_TOPIC), key=first_place)


def _unsourced(facts: Iterable[Row]) -> list[str]:
    """Return the JSON of the ids of the facts without a source."""
    return [json_string(fact["id"]) for fact in facts if not fact["source_ids"].strip()]


VIEW = View(
    "cite",
    "List the sources of a pair, a country or facts, in any style; of a source, its facts.",
    build=build,
    tool_hint="All other tools include the sources of their facts.",
    examples=(
        "bilatcli cite az pk --style bibtex > refs.bib",
        "bilatcli cite az-pk/recognition-1991 --style apa",
        "bilatcli cite az pk --edition --style apa",
    ),
    words="WORDS-OR-IDS",
    options=("style", "edition", "topic", *SELECT_OPTIONS),
)
