"""Notes on what a document leaves out, and the error if no pack has an answer."""

from __future__ import annotations

from bilatcli.errors import Candidate
from bilatcli.index import Statement
from bilatcli.query.errors import NothingRecorded
from bilatcli.text import plural
from bilatcli.views.outline import fetch_outline

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.index.store import Index
    from bilatcli.query.interpret import Query
    from bilatcli.views.result import ResultSet

CURATED_RELATIONS = Statement(
    "curated_relations", "SELECT id, name FROM relation WHERE coverage = 'curated' ORDER BY id"
)

MAX_RELATED = 3
"""Maximum number of related relations that an error suggests."""


def explain_result(found: ResultSet, noun: str) -> list[str]:
    """Return notes on how words were read, which pairs have no facts, and why facts are missing.

    `noun` is what one of the facts is called.
    """
    notes = [*found.query.notes(), *_missing_pairs(found)]
    return notes if found.facts else [*notes, _explain_empty(found, noun)]


def _missing_pairs(found: ResultSet) -> list[str]:
    """Return a note on the pairs of three or more countries that have no relation."""
    pairs = found.query.pairs
    if len(pairs) < 2:
        return []
    names = {match.code.lower(): match.name for match in found.query.countries}
    recorded = {relation["id"] for relation in found.relations}
    missing = [
        "–".join(names[code] for code in pair.split("-")) for pair in pairs if pair not in recorded
    ]
    return [f"no facts on {', '.join(missing)}"] if missing else []


def join_names(query: Query) -> str:
    """Return the names of the countries of a query, each once, as in `Fiji–Peru`."""
    return "–".join(sorted({match.code: match.name for match in query.countries}.values()))


def _explain_empty(found: ResultSet, noun: str) -> str:
    query, request = found.query, found.query.request
    names = join_names(query)
    about = f" on {names}" if names else ""
    topic = f" with topic `{request.topic}`" if request.topic else ""
    when = f" between {' and '.join(request.dates)}" if request.dates else ""
    words = f" mentions `{query.typed_filter}`" if query.filter else ""
    return f"no {noun}{about}{topic}{when}{words}; {_suggest_wider(found)}"


def _suggest_wider(found: ResultSet) -> str:
    """Return the hint for an empty answer: how many facts a wider question has, and its options."""
    request = found.query.request
    hidden = len(found.matching)
    are = "is" if hidden == 1 else "are"
    if hidden and request.dates:
        return f"{plural(hidden, 'fact')} {are} not verified: leave out `--verified`"
    if hidden and request.verified:
        return (
            f"{plural(hidden, 'fact')} {are} superseded or not verified:"
            " add `--all` or leave out `--verified`"
        )
    if hidden:
        return f"{plural(hidden, 'fact')} {are} superseded: add `--all`"
    if found.query.words and found.all_facts:
        return f"{plural(len(found.all_facts), 'fact')} without that filter: use fewer words"
    return "`bilatcli list` shows what is recorded"


def nothing_recorded(query: Query, index: Index) -> NothingRecorded:
    """Return the error for countries without a relation in any pack, with related relations."""
    names = join_names(query)
    related = [
        row
        for row in index.rows(CURATED_RELATIONS)
        if not set(row["id"].upper().split("-")).isdisjoint(query.codes)
    ]
    candidates = [
        Candidate(row["id"], row["name"], command=query.request.command([row["id"]]))
        for row in related[:MAX_RELATED]
    ]
    aside = f" (using `{query.typed_filter}` as a filter)" if query.words else ""
    return NothingRecorded(
        names + aside,
        candidates,
        outline=_find_outline(query, index, names),
        more=max(0, len(related) - MAX_RELATED),
    )


def _find_outline(query: Query, index: Index, title: str) -> Candidate | None:
    """Return a candidate for the outline of two countries; the view `summary` shows it."""
    if not fetch_outline(query, index).is_known:
        return None
    pair = query.pairs[0]
    return Candidate(pair, f"generated data on {title}", command=f"bilatcli summary {pair}")
