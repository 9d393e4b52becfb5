"""The view `latest`: the newest dated facts on all relations, or on those of a country."""

from __future__ import annotations

from bilatcli.errors import UsageError
from bilatcli.query.interpret import Query, parse_request
from bilatcli.query.options import DEFAULT_LIMIT
from bilatcli.query.question_words import drop_question_words, find_optional_words
from bilatcli.query.refusals import find_option_countries
from bilatcli.query.request import is_newest
from bilatcli.text import json_object, plural
from bilatcli.views import SEARCH_OPTIONS, STATUS_COLUMNS, View
from bilatcli.views.arrange import arrange_facts
from bilatcli.views.document import Document
from bilatcli.views.fetch import fetch_sources, to_codes, to_fact_jsons, to_source_ids
from bilatcli.views.newest import fetch_latest
from bilatcli.views.parties import select_facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.index.store import Index
    from bilatcli.query.request import Request
    from bilatcli.views.document import Member


def build(request: Request, index: Index) -> Document:
    """Return the newest dated facts, without plans unless asked for.

    Of all relations these are facts that an editor wrote. Those of a country include generated ones
    on what happened, such as visits and votes.
    """
    request.read_dates()
    query = _read_words(request, index)
    query.read_parties(index)
    facts, total = fetch_latest(query, index, has_plans=int(request.status == "planned"))
    if request.is_selected_late:
        facts = select_facts(facts, query)
        total = len(facts)
    limit = request.limit or DEFAULT_LIMIT
    facts = arrange_facts(facts[:limit], request)
    members: dict[str, Member] = {
        "query": f"{query.to_json()[:-1]},{json_object(limit=limit)[1:]}",
        "relation": "null",
        "total": str(total),
        "facts": to_fact_jsons(facts, request.as_of),
        "sources": fetch_sources(to_source_ids(facts), index),
    }
    notes = [*query.notes(), *_explain(len(facts), total)]
    return Document(
        VIEW.name,
        members,
        rows="facts",
        fields=request.fields,
        notes=notes,
        codes=to_codes(facts),
    )


def _read_words(request: Request, index: Index) -> Query:
    """Return the query for the option `country`, or for the words: `latest facts about Armenia`.

    Raises UsageError for words that are neither question words nor a country or region.
    """
    parsed = parse_request(request, index)
    given = [word for word in parsed.other_words if not is_newest(word)]
    words, dropped = drop_question_words(given, index, is_alone=False)
    optional = find_optional_words(words, index)
    named = [match.input for matches in parsed.countries.values() for match in matches[:1]]
    named += [match.input for match in parsed.subjects.values()]
    if set(words).difference(optional, named) or len({*named, request.country} - {None}) > 1:
        from shlex import join

        view = "facts" if parsed.countries else "search"
        command = join(["bilatcli", view, *request.words, "--sort", "newest"])
        raise UsageError(
            f"`{VIEW.name}` takes a country, but got `{' '.join(request.words)}`",
            hint=f"try `{command}`",
        )
    if named:
        request.country = named[0]
    request.replace_words([])
    countries = [] if request.country is None else find_option_countries(request, index)
    query = Query(request, countries)
    query.dropped = [*parsed.dropped, *dropped, *optional]
    return query


def _explain(shown: int, total: int) -> list[str]:
    """Return the note on the facts beyond the limit, or on why there are none."""
    if total == 0:
        return ["no dated fact; leave out options"]
    if total > shown:
        return [f"{plural(total - shown, 'older fact')} (`--limit {total}` shows all)"]
    return []


VIEW = View(
    "latest",
    "List the newest dated facts on all relations, or on those of a country.",
    build=build,
    examples=("bilatcli latest", "bilatcli latest --country armenia --limit 5"),
    words="",
    options=SEARCH_OPTIONS,
    columns=(("date", 0), ("relation", 90), ("text", 0), *STATUS_COLUMNS),
    is_ranked=True,
)
