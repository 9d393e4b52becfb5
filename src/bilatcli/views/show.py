"""The view `show`: one fact with its history and sources, one source, or all facts of an event."""

from __future__ import annotations

from operator import itemgetter

from bilatcli.errors import UsageError
from bilatcli.index import Statement
from bilatcli.query import options
from bilatcli.query.interpret import Query
from bilatcli.views import STATUS_COLUMNS, View
from bilatcli.views.document import Document
from bilatcli.views.record_ids import find_record, no_such_record
from bilatcli.views.result import (
    BY_TOPIC,
    fetch_facts,
    fetch_sources,
    to_fact_jsons,
    to_source_ids,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilatcli.index import Row
    from bilatcli.index.store import Index
    from bilatcli.query.request import Request
    from bilatcli.views.document import Member

HISTORY = Statement("history")
EVENT_FACTS = Statement("event_facts", "SELECT id FROM fact WHERE event = :event")


def build(request: Request, index: Index) -> Document:
    """Return the fact, the source or the facts of the event that the word names."""
    word = request.text.strip()
    if not word:
        raise UsageError(
            "no id was given",
            hint=f"name a fact or a source, as in `bilatcli {VIEW.name} az-pk/recognition-1991`",
        )
    if word.isascii() and (event := index.rows(EVENT_FACTS, {"event": word})):
        facts = fetch_facts(request, index, ids=[row["id"] for row in event])
        return _document(request, index, sorted(facts, key=BY_TOPIC))
    id = find_record(word, request, index)
    if id is None:
        raise no_such_record([request.text], request, index)
    history = [row["id"] for row in index.rows(HISTORY, {"id": id})]
    facts = sorted(fetch_facts(request, index, ids=history), key=itemgetter("sort_key"))
    if not facts:
        return _document(request, index, [], sources=[id])
    own = [fact for fact in facts if fact["id"] == id]
    return _document(request, index, own, chain=facts if len(facts) > 1 else [])


def _document(
    request: Request,
    index: Index,
    facts: Sequence[Row],
    *,
    chain: Sequence[Row] = (),
    sources: Sequence[str] = (),
) -> Document:
    """Return the document of facts, the chain of one of them, and sources named by their ids."""
    members: dict[str, Member] = {
        "query": Query(request).to_json(),
        "facts": to_fact_jsons(facts),
        "chain": to_fact_jsons(chain),
        "sources": fetch_sources([*sources, *to_source_ids([*facts, *chain])], index),
    }
    rows = "facts" if facts else "sources"
    return Document(VIEW.name, members, rows=rows, fields=request.fields)


VIEW = View(
    "show",
    "Show one fact in full with its history and sources; one source; or all facts of an event.",
    build=build,
    examples=("bilatcli show az-pk/recognition-1991",),
    words="ID",
    options=(options.CITATIONS,),
    columns=(("date", 0), ("text", 0), *STATUS_COLUMNS),
    group="topic",
)
