"""The catalogue of views, and `run`: a question and an index in, a document out.

What the rows of the statements are is told in `found`.
"""

from __future__ import annotations

import os

from bilatcli import query as queries
from bilatcli.documents import Document
from bilatcli.errors import Ambiguous, Candidate, NoSuchRecord, UsageError
from bilatcli.found import (
    CHAIN,
    FACT_ID,
    FAVOURS,
    HOLDER,
    ISSUE,
    JSON,
    ORDERING,
    PLACE,
    SOURCES,
    STATUS,
    STEP,
    VERIFICATION,
    WORDS,
    Found,
    notes,
    nothing_recorded,
)
from bilatcli.text import fold, json_string

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bilatcli.documents import Member
    from bilatcli.index import Index
    from bilatcli.query import Option, Query, Request

_FOLDER = os.path.join(os.path.dirname(__file__), "queries")


class View:
    """One question about the corpus.

    `columns` are those of its table, each with the width of the screen from which it has a column of its own (0:
    always); below that its value joins the statement. `group` is the key whose values part a table into
    sections, `noun` what one of its facts is called.
    """

    def __init__(  # noqa: PLR0913 -- a declaration, whose lines the catalogue gives by name
        self,
        name: str,
        help: str,
        *,
        build: Callable[[View, Request, Index], Document],
        words: str = "WORDS",
        options: Sequence[Option] = queries.FACT_OPTIONS,
        columns: Sequence[tuple[str, int]] = (),
        group: str | None = None,
        noun: str = "fact",
    ) -> None:
        self.name = name
        self.help = help
        self.build = build
        self.words = words
        self.options = (*options, *queries.OUTPUT_OPTIONS)
        self.columns = columns
        self.group = group
        self.noun = noun

    @property
    def statement(self) -> str:
        """The view's one SQL statement."""
        with open(os.path.join(_FOLDER, f"{self.name}.sql"), encoding="utf-8") as file:
            return file.read()


def run(view: View, request: Request, index: Index) -> Document:
    """Return the document that answers a request; raises a BilatcliError where there is no answer."""
    return view.build(view, request, index)


def _parameters(query: Query) -> dict[str, object]:
    codes = query.codes()
    named: dict[str, object] = {f"c{i + 1}": code for i, code in enumerate(codes)}
    named |= {f"c{i + 1}": None for i in range(len(codes), queries.MAX_COUNTRIES)}
    return {**named, "sides": 1 if len(codes) == 1 else 2, "topic": query.request.topic, "id": None}


def _ask(view: View, query: Query, index: Index, **more: object) -> Found:
    found = Found(index.rows(view.statement, {**_parameters(query), **more}), query)
    if not found.relations and query.countries:
        raise nothing_recorded(query, index)
    return found


def _document(view: View, query: Query, found: Found, *, header_first: bool = False, **more: Member) -> Document:
    members: dict[str, Member] = {
        "query": query.json(),
        "relation": found.relation,
        **more,
        "facts": [row[JSON] for row in found.facts],
        "sources": found.sources(found.facts, header_first=header_first),
    }
    return Document(view.name, members, rows="facts", fields=query.request.fields, notes=notes(query, found, view.noun))


def _facts(view: View, request: Request, index: Index) -> Document:
    query = queries.understand(request, index)
    queries.require_country(query, index)
    return _document(view, query, _ask(view, query, index))


def _summary(view: View, request: Request, index: Index) -> Document:
    query = queries.understand(request, index)
    queries.require_country(query, index)
    found = _ask(view, query, index)
    if len(query.codes()) > 1:
        return _document(view, query, found, header_first=True, relations=[])
    members: dict[str, Member] = {
        "query": query.json(),
        "relation": "null",
        "relations": [row[WORDS] for row in found.relations],
        "facts": [],
        "sources": [],
    }
    return Document(view.name, members, rows="relations", fields=request.fields, notes=query.notes())


def _military(view: View, request: Request, index: Index) -> Document:
    """The facts, and the chains that any of them is part of: their steps whole, superseded ones too."""
    query = queries.understand(request, index)
    queries.require_country(query, index)
    found = _ask(view, query, index)
    named = dict.fromkeys((row[PLACE], row[CHAIN]) for row in found.facts if row[CHAIN])
    steps = [row for row in found.every_fact if not request.verified or row[VERIFICATION] == "cited"]
    chains = [
        f'{{"relation":{json_string(relation)},"name":{json_string(name)},"steps":['
        + ",".join(row[STEP] for row in steps if (row[PLACE], row[CHAIN]) == (relation, name))
        + "]}"
        for relation, name in named
    ]
    return _document(view, query, found, chains=chains)


def _stances(view: View, request: Request, index: Index) -> Document:
    """The stances, and who backs whom on what today, so that mutual support can be seen."""
    query = queries.understand(request, index)
    issues = _issues(query, index)
    if issues and not query.countries:
        query.words = []
    elif not query.countries:
        queries.require_country(query, index)
    asked = issues if not query.countries else []
    named = {f"i{i + 1}": asked[i] if i < len(asked) else None for i in range(8)}
    found = _ask(view, query, index, **named)
    backed: dict[tuple[str, str], list[str]] = {}
    for row in found.facts:
        if row[STATUS] == "current" and row[FAVOURS] and row[FAVOURS] != row[HOLDER]:
            backed.setdefault((row[HOLDER], row[FAVOURS]), []).append(row[ISSUE])
    support = [
        f'{{"holder":{json_string(holder)},"favours":{json_string(favours)},"issues":['
        + ",".join(json_string(issue) for issue in dict.fromkeys(on))
        + f'],"mutual":{"true" if (favours, holder) in backed else "false"}}}'
        for (holder, favours), on in sorted(backed.items())
    ]
    return _document(view, query, found, support=support)


def _issues(query: Query, index: Index) -> list[str]:
    """The issues whose names have all words of the filter."""
    if not query.words:
        return []
    slugs = [row[0] for row in index.rows("SELECT slug FROM issue ORDER BY slug")]
    return [slug for slug in slugs if query.takes(f" {fold(slug)} ")][:8]


def _record_id(request: Request, index: Index) -> str | None:
    """The id of the fact or source that the words are, or None; raises Ambiguous where relations share it."""
    word = request.text.strip()
    if len(word.split()) != 1 or word.strip("abcdefghijklmnopqrstuvwxyz0123456789-/"):
        return None
    asked = (word, word, word)
    found = index.rows(
        "SELECT id FROM fact WHERE id = ? OR slug = ? UNION SELECT id FROM source WHERE id = ? ORDER BY id", asked
    )
    if len(found) < 2:
        return found[0][0] if found else None
    raise Ambiguous(word, [Candidate(id, id, command=request.command([id])) for (id,) in found])


def _cite(view: View, request: Request, index: Index) -> Document:
    """The sources of countries' facts or of one fact, numbered by first use; of a source, the facts resting on it."""
    id = _record_id(request, index)
    query = queries.Query(request) if id else queries.understand(request, index)
    if id is None:
        queries.require_country(query, index)
    found = _ask(view, query, index, id=id)
    is_source = id is not None and "/" not in id
    facts = found.every_fact if id else found.facts
    alone = [json_string(row[FACT_ID]) for row in facts if row[SOURCES] == id]
    members: dict[str, Member] = {
        "query": query.json(),
        "relation": found.relation,
        "sources": [found.source(id)] if is_source and id else found.sources(facts, header_first=True),
        "facts": [row[JSON] for row in facts] if id else [],
        "alone": alone if is_source else [],
    }
    said = [] if id else notes(query, found, view.noun)
    return Document(view.name, members, rows="sources", fields=request.fields, notes=said)


def _show(view: View, request: Request, index: Index) -> Document:
    id = _record_id(request, index)
    if id is None:
        raise _no_such_record(request, index)
    query = queries.Query(request)
    found = Found(index.rows(view.statement, {"id": id}), query)
    own = [row for row in found.every_fact if row[FACT_ID] == id]
    chain = sorted(found.every_fact, key=lambda row: row[ORDERING]) if len(found.every_fact) > 1 else []
    members: dict[str, Member] = {
        "query": query.json(),
        "facts": [row[JSON] for row in own],
        "chain": [row[JSON] for row in chain],
        "sources": found.sources([*own, *chain]) if own else [found.source(id)],
    }
    return Document(view.name, members, rows="facts" if own else "sources", fields=request.fields)


def _no_such_record(request: Request, index: Index) -> NoSuchRecord | UsageError:
    if not request.words:
        return UsageError("name a fact or a source, as in `bilatcli show az-pk/recognition-1991`")
    from bilatcli.similar import ranked

    ids = [row[0] for row in index.rows("SELECT slug FROM fact UNION SELECT id FROM source")]
    near = ranked(request.text, ids, limit=3, cutoff=60.0)
    candidates = [Candidate(id, id, command=request.command([id]), score=score) for id, score, _ in near]
    return NoSuchRecord(request.text, candidates)


def _list(view: View, request: Request, index: Index) -> Document:
    if request.words:
        raise UsageError(f"`list` takes no words, but got `{request.text}`: ask `bilatcli summary {request.text}`")
    query = queries.Query(request)
    lines = [row[JSON] for row in index.rows(view.statement)]
    return Document(view.name, {"query": query.json(), "relations": lines}, rows="relations", fields=request.fields)


_STANDING = ("status", 90), ("sources", 76)

CATALOGUE = (
    View(
        "summary",
        "Who, since when, status, overview and headline facts; of one country, its relations.",
        build=_summary,
        noun="headline fact",
        columns=(("date", 0), ("text", 0), *_STANDING),
    ),
    View(
        "facts",
        "Every fact, by topic and date.",
        build=_facts,
        options=(queries.TOPIC, *queries.FACT_OPTIONS),
        columns=(("date", 0), ("measure", 130), ("value_usd", 130), ("text", 0), *_STANDING),
        group="topic",
    ),
    View(
        "military",
        "Arms, exercises, agreements: stage, quantity, value, and talks to order to delivery as one chain.",
        build=_military,
        columns=(
            ("date", 0),
            ("system", 130),
            ("stage", 90),
            ("quantity", 110),
            ("value_usd", 110),
            ("text", 0),
            *_STANDING,
        ),
        group="kind",
        noun="military fact",
    ),
    View(
        "stances",
        "Who holds what on which issue, and for whom; by pair, by country or by issue.",
        build=_stances,
        columns=(("date", 0), ("holder", 60), ("favours", 90), ("position", 120), ("text", 0), *_STANDING),
        group="issue",
        noun="stance",
    ),
    View(
        "cite",
        "Numbered sources of a pair, a country or a fact; of a source, the facts that rest on it.",
        build=_cite,
        words="WORDS-OR-ID",
    ),
    View("show", "One fact whole, with its chain and sources; or one source.", build=_show, words="ID", options=()),
    View(
        "list",
        "Which relations are recorded, with counts and newest date.",
        build=_list,
        words="",
        options=(),
        columns=(("id", 0), ("name", 0), ("facts", 0), ("sources", 80), ("newest", 70), ("status", 90)),
    ),
)

VIEWS = {view.name: view for view in CATALOGUE}
