"""The answers: how each view puts its document together from what its statement found."""

from __future__ import annotations

from bilatcli.errors import UsageError
from bilatcli.query import request as queries
from bilatcli.text import fold, json_string
from bilatcli.views.base import PAIRS
from bilatcli.views.document import Document
from bilatcli.views.result import (
    CHAIN,
    CHANGE,
    FACT_ID,
    FAVOURS,
    HOLDER,
    ISSUE,
    JSON,
    ORDERING,
    PLACE,
    STATUS,
    STEP,
    VERIFICATION,
    WAS,
    WORDS,
    Found,
    notes,
    nothing_recorded,
)
from bilatcli.vocabulary import UNDATED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.index.store import Index
    from bilatcli.query.request import Query, Request
    from bilatcli.views.base import View
    from bilatcli.views.document import Member
    from bilatcli.views.result import Row

_NO_PAIRS: dict[str, object] = dict.fromkeys(PAIRS)
MAX_ISSUES = 8
"""The statement has room for as many."""
LIKE_ISSUE = 80.0
"""Likeness from which words count as a misspelt issue."""


def parameters(query: Query) -> dict[str, object]:
    """What the statements are asked with: the pairs among several countries, or the one country."""
    request = query.request
    country = query.codes[0] if len(query.codes) == 1 else None
    when = {"as_of": request.as_of, "since": request.since, "until": request.until}
    asked: dict[str, object] = {**_NO_PAIRS, "country": country, "topic": request.topic, **when}
    for number, pair in enumerate(query.pairs, 1):
        asked[f"p{number}"] = pair
    return asked


def _ask(view: View, query: Query, index: Index, **more: object) -> Found:
    found = Found(index.rows(view.statement_for(query), {**parameters(query), **more}), query)
    if not found.relations and query.countries:
        raise nothing_recorded(query, index)
    return found


def _document(
    view: View, query: Query, found: Found, *, rows: str = "facts", **more: Member
) -> Document:
    members: dict[str, Member] = {
        "query": query.json(),
        "relation": found.relation,
        **more,
        "facts": [row[JSON] for row in found.facts],
        "sources": found.sources(found.facts),
    }
    return Document(
        view.name,
        members,
        rows=rows,
        fields=query.request.fields,
        notes=notes(query, found, view.noun),
    )


def facts(view: View, request: Request, index: Index) -> Document:
    """Every fact of the relations among the countries, or of the one."""
    query = queries.understand(request, index)
    queries.require_country(query, index)
    return _document(view, query, _ask(view, query, index))


def timeline(view: View, request: Request, index: Index) -> Document:
    """Dated facts in the order of their days, and how many of them each year has."""
    query = queries.understand(request, index)
    queries.require_country(query, index)
    found = _ask(view, query, index)
    undated = found.leave_out(lambda row: row[PLACE] == UNDATED)
    counts: dict[str, int] = {}
    for row in found.facts:
        year = row[PLACE][:4]
        counts[year] = counts.get(year, 0) + 1
    years = [f'{{"year":"{year}","facts":{count}}}' for year, count in counts.items()]
    document = _document(view, query, found, years=years)
    if undated:
        document.notes.append(
            f"{undated} undated fact{' is' if undated == 1 else 's are'} left out"
        )
    document.has_chart = request.chart
    return document


def diff(view: View, request: Request, index: Index) -> Document:
    """What became known, was superseded or ended after the end of one date and by the end of another."""
    first, last = request.take_dates()
    query = queries.understand(request, index)
    queries.require_country(query, index)
    found = _ask(view, query, index, **{"from": first, "to": last})
    changes = [
        f'{{"fact":{json_string(row[FACT_ID])},"change":"{row[CHANGE]}",'
        f'"was":{json_string(row[WAS]) if row[WAS] else "null"},"is":{json_string(row[STATUS])}}}'
        for row in found.facts
    ]
    return _document(
        view, query, found, between=f'{{"from":"{first}","to":"{last}"}}', changes=changes
    )


def summary(view: View, request: Request, index: Index) -> Document:
    """The headline facts of a pair, then its outline; of one country, its relations, the curated ones first."""
    from bilatcli.views.outline import Outline

    query = queries.understand(request, index)
    queries.require_country(query, index)
    codes = query.codes
    pair = (
        dict(zip(("one", "other"), sorted(codes), strict=True))
        if len(codes) == 2
        else {"one": None, "other": None}
    )
    found = Found(index.rows(view.statement_for(query), {**parameters(query), **pair}), query)
    outline = Outline(found.capitals, found.memberships)
    if not found.relations and not outline.is_known:
        raise nothing_recorded(query, index)
    members: dict[str, Member] = {
        "query": query.json(),
        "relation": found.relation if found.relations or len(codes) != 2 else _bare_relation(query),
        "relations": [row[WORDS] for row in sorted(found.relations, key=_by_coverage)]
        if len(codes) == 1
        else [],
        "outline": outline.json(),
        "facts": [row[JSON] for row in found.facts],
        "sources": found.sources(found.facts, header_first=True, more=outline.sources),
    }
    if len(codes) == 1:
        return Document(
            view.name, members, rows="relations", fields=request.fields, notes=query.notes()
        )
    said = query.notes() if outline.is_known else notes(query, found, view.noun)
    is_empty = not found.facts and not outline.is_known
    return Document(
        view.name, members, rows="facts", fields=request.fields, notes=said, is_empty=is_empty
    )


def _by_coverage(row: Row) -> tuple[str, str]:
    return row[STATUS], row[PLACE]


def _bare_relation(query: Query) -> str:
    """The JSON of a relation that no pack has, which two countries have all the same."""
    named = {match.code: match.name for match in query.countries}
    countries = ",".join(
        f'{{"code":"{code}","name":{json_string(named[code])}}}' for code in sorted(named)
    )
    name = json_string("–".join(named[code] for code in sorted(named)))
    return (
        f'{{"id":"{query.pairs[0]}","name":{name},"countries":[{countries}],"established":null,"status":null,'
        '"overview":null,"established_sources":[],"status_sources":[],"sources":[]}'
    )


def military(view: View, request: Request, index: Index) -> Document:
    """The facts, and the chains that any of them is part of: their steps whole, superseded ones too."""
    query = queries.understand(request, index)
    queries.require_country(query, index)
    found = _ask(view, query, index)
    named: dict[tuple[str, str], list[str]] = {
        (row[PLACE], row[CHAIN]): [] for row in found.facts if row[CHAIN]
    }
    for row in found.every_fact if named else ():
        steps = named.get((row[PLACE], row[CHAIN]))
        if steps is not None and (row[VERIFICATION] == "cited" or not request.verified):
            steps.append(row[STEP])
    chains = [
        f'{{"relation":{json_string(relation)},"name":{json_string(name)},"steps":[{",".join(steps)}]}}'
        for (relation, name), steps in named.items()
    ]
    return _document(view, query, found, chains=chains)


def stances(view: View, request: Request, index: Index) -> Document:
    """The stances, and who backs whom on what today, so that mutual support can be seen; as a matrix if so asked."""
    query = queries.understand(request, index)
    issues = [] if query.countries else _issues(query, index)
    is_of_all = request.matrix and not request.text.strip()
    if issues:
        query.words = []
    elif not is_of_all:
        queries.require_country(query, index)
    named = {f"i{i + 1}": issues[i] if i < len(issues) else None for i in range(MAX_ISSUES)}
    found = _ask(view, query, index, **named, from_issue="" if is_of_all else None)
    support = _support(found)
    if not request.matrix:
        return _document(view, query, found, support=support, matrix="null")
    from bilatcli.views import matrix

    held = [row for row in found.facts if request.all or row[STATUS] == "current"]
    document = _document(
        view, query, found, rows="cells", support=support, matrix=matrix.member(held)
    )
    if found.facts and not held:
        document.notes.append(
            f"none of the stances found is current ({len(found.facts)}): add --all"
        )
    return document


def _support(found: Found) -> list[str]:
    """The JSON of who favours whom today, and on which issues."""
    backed: dict[tuple[str, str], list[str]] = {}
    for row in found.facts:
        if row[STATUS] == "current" and row[FAVOURS] and row[FAVOURS] != row[HOLDER]:
            backed.setdefault((row[HOLDER], row[FAVOURS]), []).append(row[ISSUE])
    return [
        f'{{"holder":{json_string(holder)},"favours":{json_string(favours)},"issues":['
        + ",".join(json_string(issue) for issue in dict.fromkeys(on))
        + f'],"mutual":{"true" if (favours, holder) in backed else "false"}}}'
        for (holder, favours), on in sorted(backed.items())
    ]


def search(view: View, request: Request, index: Index) -> Document:
    """The facts of all relations that say some words, the likeliest first."""
    from bilatcli.views.search import search

    return search(view.statement, request, index)


def _issues(query: Query, index: Index) -> list[str]:
    """The issues whose names have all words of the filter, or the one that they are a misspelling of."""
    if not query.words:
        return []
    slugs = [row[0] for row in index.rows("SELECT slug FROM issue ORDER BY slug")]
    takes = query.taking()
    found = [slug for slug in slugs if takes(f" {fold(slug)} ")][:MAX_ISSUES]
    if found:
        return found
    from bilatcli.fuzzy import nearest

    asked = "-".join(query.words)
    near = nearest(asked, slugs, cutoff=LIKE_ISSUE)
    if near:
        query.readings.append(f"reading `{asked}` as the issue `{near}`")
    return [near] if near else []


def cite(view: View, request: Request, index: Index) -> Document:
    """The sources of countries' facts or of records, numbered by first use; of a source, the facts resting on it."""
    from bilatcli.views import cite

    ids = cite.asked_ids(request, index)
    query = queries.Query(request) if ids is not None else queries.understand(request, index)
    if ids is not None:
        return cite.document(view.statement, ids, request, index, parameters(query))
    queries.require_country(query, index)
    found = _ask(view, query, index, **cite.NO_RECORDS)
    members: dict[str, Member] = {
        "query": query.json(),
        "relation": found.relation,
        "sources": found.sources(found.facts, header_first=True),
        "facts": [],
        "alone": [],
        "unsourced": cite.unsourced(found.facts),
    }
    said = notes(query, found, view.noun)
    return Document(view.name, members, rows="sources", fields=request.fields, notes=said)


def show(view: View, request: Request, index: Index) -> Document:
    """One fact with its chain and sources; one source; or all facts of an event, whatever relation tells of it."""
    from bilatcli.views import cite

    word = request.text.strip()
    if word.isascii() and index.rows("SELECT event FROM fact WHERE event = ? LIMIT 1", (word,)):
        return _event(view, request, index)
    id = cite.record_id(word, request, index)
    if id is None:
        cite.require_id(request)
        raise cite.no_such_record([request.text], request, index)
    query = queries.Query(request)
    found = Found(index.rows(view.statement, {"id": id, "event": None}), query)
    own = [row for row in found.every_fact if row[FACT_ID] == id]
    chain = (
        sorted(found.every_fact, key=lambda row: row[ORDERING]) if len(found.every_fact) > 1 else []
    )
    members: dict[str, Member] = {
        "query": query.json(),
        "facts": [row[JSON] for row in own],
        "chain": [row[JSON] for row in chain],
        "sources": found.sources([*own, *chain]) if own else [found.source(id)],
    }
    return Document(view.name, members, rows="facts" if own else "sources", fields=request.fields)


def _event(view: View, request: Request, index: Index) -> Document:
    query = queries.Query(request)
    found = Found(index.rows(view.statement, {"id": None, "event": request.text.strip()}), query)
    told = [row[JSON] for row in found.every_fact]
    members: dict[str, Member] = {
        "query": query.json(),
        "facts": told,
        "chain": [],
        "sources": found.sources(found.every_fact),
    }
    return Document(view.name, members, rows="facts", fields=request.fields)


def resolve(view: View, request: Request, index: Index) -> Document:
    """What each name was read as."""
    from bilatcli.views.resolve import resolved

    if not request.words:
        raise UsageError(
            f"name a country, as in `bilatcli {view.name} azerbaijan`, or pipe names into it with `-`"
        )
    return resolved(request.words, request, index)


def relations(view: View, request: Request, index: Index) -> Document:
    """All relations, or those with a country, a line each, the curated ones first."""
    if request.text.strip():
        raise UsageError(
            f"`list` takes no words, but got `{request.text}`: ask `bilatcli summary {request.text}`"
        )
    query = queries.Query(
        request, [queries.option_country(request, index)] if request.country is not None else []
    )
    asked = {
        "country": query.codes[0] if query.countries else None,
        "curated": 1 if request.curated else None,
    }
    lines = [row[JSON] for row in index.rows(view.statement, asked)]
    members: dict[str, Member] = {"query": query.json(), "relations": lines}
    said = query.notes()
    if not lines:
        whose = f" with {query.countries[0].name}" if query.countries else ""
        more = ": leave --curated out" if request.curated else ""
        said.append(f"no {'curated ' if request.curated else ''}relation{whose} is recorded{more}")
    return Document(view.name, members, rows="relations", fields=request.fields, notes=said)
