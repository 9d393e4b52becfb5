"""Notes on what a document leaves out, and the error if no pack has an answer."""

from __future__ import annotations

from bilatcli.error_details import Candidate
from bilatcli.index import Statement
from bilatcli.query.request import CITED, Request
from bilatcli.text import plural
from bilatcli.views.as_of import is_hidden
from bilatcli.views.fetch import COUNTRY_RELATIONS, fetch_facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from bilatcli.index import Row
    from bilatcli.index.store import Index
    from bilatcli.query.errors import NothingRecorded
    from bilatcli.query.interpret import Query
    from bilatcli.views.result import ResultSet

CURATED_RELATIONS = Statement(
    "curated_relations", "SELECT id, name FROM relation WHERE coverage = 'curated' ORDER BY id"
)

KIND_KEYS = ("status", "verification")
PARTY_KEYS = ("from", "to", "mentions")

OFFER = "for facts on "
"""The beginning of the note on another question that may be meant; a report leaves it out."""
MAX_RELATED = 3
"""Maximum number of related relations that an error suggests."""


def explain_result(found: ResultSet, noun: str) -> list[str]:
    """Return notes on how words were read, which pairs have no facts, and why facts are missing.

    `noun` is what one of the facts is called.
    """
    notes = [*found.query.notes(), *_missing_pairs(found), *_offer_mentions(found)]
    if not found.facts:
        notes += [_explain_empty(found, noun), *_explain_subjects(found)]
    if found.left_out:
        more, total = plural(found.left_out, "more fact"), len(found.facts) + found.left_out
        notes.append(f"{more} (`--limit {total}` shows all)")
    return notes + found.offer_elsewhere()


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


def _offer_mentions(found: ResultSet) -> list[str]:
    """Return how to ask for facts on two of three countries that mention the third, if any do."""
    query = found.query
    if len(query.codes) != 3 or query.parties is not None:
        return []
    from bilatcli.views.parties import is_mentioned

    *pair, third = {match.code: match for match in query.countries}.values()
    codes = sorted(match.code.lower() for match in pair)
    of_pair = [fact for fact in found.matching if fact["relation"] == "-".join(codes)]
    if not any(is_mentioned(third, fact) for fact in _drop_hidden(of_pair, found)):
        return []
    command = query.request.command([*codes, *query.typed_words], mentions=third.input)
    names = "–".join(sorted(match.name for match in pair))
    return [f"{OFFER}{names} that mention {third.name}: `{command}`"]


def _drop_hidden(facts: Iterable[Row], found: ResultSet) -> list[Row]:
    """Return the facts that an answer shows, whatever status or verification is asked for."""
    query = found.query
    return [
        fact
        for fact in facts
        if (query.includes_superseded or not is_hidden(fact, found.day))
        and (fact["verification"] == CITED or not query.request.verified)
    ]


def join_names(query: Query) -> str:
    """Return the names of the countries of a query, each once, as in `Fiji–Peru`."""
    return "–".join(sorted({match.code: match.name for match in query.countries}.values()))


def _explain_empty(found: ResultSet, noun: str) -> str:
    query, request = found.query, found.query.request
    names = join_names(query)
    about = f" on {names}" if names else ""
    when = f" between {' and '.join(request.dates)}" if request.dates else ""
    words = f" mentions `{query.typed_filter}`" if query.filter else ""
    return f"no {noun}{about}{describe_options(query)}{when}{words}; {_suggest_wider(found)}"


def describe_options(query: Query) -> str:
    """Return what options ask for, as in ` with topic `trade` from Pakistan`; empty if nothing."""
    request = query.request
    asked = {"topic": request.topic, "status": request.status, "verification": request.verification}
    kinds = " and ".join(f"{key} `{value}`" for key, value in asked.items() if value)
    with_kinds = f" with {kinds}" if kinds else ""
    return f"{with_kinds} {query.parties.describe()}" if query.parties else with_kinds


def _explain_subjects(found: ResultSet) -> list[str]:
    """Return what the subjects beside countries are, and which commands have an answer."""
    subjects = [each for each in found.query.subjects if each.is_searchable and found.query.codes]
    if not subjects:
        return []
    from bilatcli.query.refusals import explain_subject

    return [explain_subject(subject, found.index) for subject in subjects]


def _suggest_wider(found: ResultSet) -> str:
    """Return the hint for an empty answer: how many facts a wider question has, and its options."""
    request = found.query.request
    count = len(_drop_hidden(found.matching or found.all_facts, found))
    flags = request.list_flags(KIND_KEYS if found.matching else PARTY_KEYS)
    if count and flags:
        other = " and with other words" if found.query.words and not found.matching else ""
        return f"{plural(count, 'fact')} without {flags}{other}"
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
        why = _explain_hidden(found.matching)
        return f"{plural(hidden, 'fact')} {are} {why}: add `--all`"
    if found.query.words and found.all_facts:
        command = request.command([code.lower() for code in found.query.codes])
        return f"{plural(len(found.all_facts), 'fact')} without that filter: `{command}`"
    return _suggest_other_facts(found) or "`bilatcli list` shows what is recorded"


def _explain_hidden(facts: Iterable[Row]) -> str:
    """Return why an answer leaves out facts: they are superseded, retracted, or some are each."""
    words = {"retracted" if fact["is_retracted"] else "superseded" for fact in facts}
    return " or ".join(sorted(words, reverse=True))


def _suggest_other_facts(found: ResultSet) -> str:
    """Return the hint on the facts that the view or its options leave out, or ""."""
    ids = [relation["id"] for relation in found.relations]
    facts = fetch_facts(Request("facts"), found.index, relations=ids) if ids else []
    count = sum(not is_hidden(fact, None) for fact in facts)
    codes = " ".join(found.query.codes).lower()
    return f"{plural(count, 'other fact')}: `bilatcli facts {codes}`" if count else ""


def nothing_recorded(query: Query, index: Index) -> NothingRecorded:
    """Return the error for countries without a relation in any pack.

    It has their curated relations; without any, those of the countries that have generated facts.
    """
    from bilatcli.query.errors import NothingRecorded

    names = join_names(query)
    related = [
        row
        for row in index.rows(CURATED_RELATIONS)
        if not set(row["id"].upper().split("-")).isdisjoint(query.codes)
    ]
    candidates = [
        Candidate(row["id"], row["name"], command=query.request.command([row["id"]]))
        for row in related[:MAX_RELATED]
    ] or [
        Candidate(match.code, match.name, command=query.request.command([match.code.lower()]))
        for match in query.countries
        if index.rows(COUNTRY_RELATIONS, {"country": match.code})
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
    from bilatcli.views.outline import fetch_outline

    if not fetch_outline(query, index).is_known:
        return None
    pair = query.pairs[0]
    return Candidate(pair, f"generated data on {title}", command=f"bilatcli summary {pair}")
