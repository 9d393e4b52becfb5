"""The view `show`: facts with their history and sources, sources, or all facts of an event."""

from __future__ import annotations

from operator import itemgetter

from bilatcli.errors import UsageError
from bilatcli.index import Statement
from bilatcli.query.interpret import Query
from bilatcli.views import STATUS_COLUMNS, View
from bilatcli.views.document import Document
from bilatcli.views.fetch import (
    fetch_facts,
    fetch_sources,
    to_codes,
    to_fact_jsons,
    to_source_ids,
)
from bilatcli.views.record_ids import find_record, no_such_record, unknown_ids_note
from bilatcli.views.result import BY_TOPIC

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
    """Return the facts, the sources and the facts of the events that the words name, in order.

    Ids that no record has are noted. Raises NoSuchRecord if there are no others.
    """
    words = list(dict.fromkeys(word for each in request.words for word in each.split()))
    if not words:
        raise UsageError(
            "no id was given",
            hint=f"name a fact or a source, as in `bilatcli {VIEW.name} az-pk/recognition-1991`",
        )
    facts: dict[str, Row] = {}
    chain: dict[str, Row] = {}
    sources: list[str] = []
    for word in words:
        if word.isascii() and (event := index.rows(EVENT_FACTS, {"event": word})):
            found = fetch_facts(request, index, ids=[row["id"] for row in event])
            facts.update({fact["id"]: fact for fact in sorted(found, key=BY_TOPIC)})
            continue
        id = find_record(word, request, index)
        history = _fetch_history(id, request, index) if id else []
        if id is None:
            request.unknown.append(word)
        elif not history:
            sources.append(id)
        else:
            facts.update({fact["id"]: fact for fact in history if fact["id"] == id})
            chain.update({fact["id"]: fact for fact in history} if history[1:] else {})
    if not facts and not sources:
        raise no_such_record(words, request, index)
    return _document(request, index, list(facts.values()), list(chain.values()), sources)


def _fetch_history(id: str, request: Request, index: Index) -> list[Row]:
    """Return a fact with all that it superseded and that superseded it; none for a source."""
    history = [row["id"] for row in index.rows(HISTORY, {"id": id})]
    if not history and "/" in id:
        from bilatcli.views.table_facts import find_history

        history = find_history(id, index)
    return sorted(fetch_facts(request, index, ids=history), key=itemgetter("sort_key"))


def _document(
    request: Request,
    index: Index,
    facts: Sequence[Row],
    chain: Sequence[Row],
    sources: Sequence[str],
) -> Document:
    """Return the document of facts, their chains, and sources named by their ids."""
    members: dict[str, Member] = {
        "query": Query(request).to_json(),
        "facts": to_fact_jsons(facts),
        "chain": to_fact_jsons(chain),
        "sources": fetch_sources([*sources, *to_source_ids([*facts, *chain])], index),
    }
    rows = "facts" if facts else "sources"
    notes = [unknown_ids_note(request.unknown)] if request.unknown else []
    if sources:
        from bilatcli.views.table_facts import explain_citing

        notes += explain_citing(set(sources), index)
    return Document(
        VIEW.name,
        members,
        rows=rows,
        fields=request.fields,
        notes=notes,
        codes=to_codes([*facts, *chain]),
    )


VIEW = View(
    "show",
    "Show facts in full with their history and sources; sources; or all facts of an event.",
    build=build,
    examples=(
        "bilatcli show az-pk/recognition-1991",
        "bilatcli show az-pk/recognition-1991 azernews-200281",
    ),
    words="ID",
    options=("citations",),
    columns=(("date", 0), ("text", 0), *STATUS_COLUMNS),
    group="topic",
)
