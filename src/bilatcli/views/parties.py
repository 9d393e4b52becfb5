"""Who takes part in a fact, and the facts whose parties the options of a question name."""

from __future__ import annotations

from bilatcli.errors import IndexDamaged
from bilatcli.normalization import normalize
from bilatcli.query.subjects import MENTIONS
from bilatcli.views.as_of import is_wanted
from bilatcli.views.fetch import COUNTRY_RELATIONS, fetch_facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from bilatcli.index import Row
    from bilatcli.index.store import Index
    from bilatcli.query.interpret import Query
    from bilatcli.query.names import Match
    from bilatcli.query.parties import Parties, Party

PARTY_LISTS = ("actors", "toward", "partners")
"""The keys of a fact that list who takes part."""
PARTIES = ("holder", "favours", "against")
"""The keys of a fact that name one who takes part."""


def load_record(fact: Row) -> dict[str, Any]:
    """Return a fact as plain data."""
    from json import loads

    try:
        record: dict[str, Any] = loads(fact["json"])
    except ValueError:
        raise IndexDamaged from None
    return record


def find_parties(record: Mapping[str, Any]) -> set[str]:
    """Return who takes part in a fact: the countries of its relation, and everybody it lists."""
    parties = set(record["relation"].upper().split("-"))
    parties |= {code for key in PARTY_LISTS for code in record.get(key) or ()}
    return parties | {record[key] for key in PARTIES if record.get(key)}


def has_name(record: Mapping[str, Any], name: str) -> bool:
    """Return True if the statement of a fact has a name."""
    return f" {normalize(name)} " in f" {normalize(record['text'])} "


def select_facts(facts: Iterable[Row], query: Query) -> list[Row]:
    """Return the facts of the status, the verification and the parties that a query asks for.

    It does not leave out superseded facts.
    """
    request = query.request
    facts = [fact for fact in facts if is_wanted(fact, request, request.as_of)]
    if query.parties is None:
        return facts
    return list(filter(make_party_matcher(query.parties, request.view), facts))


def make_party_matcher(named: Parties, view: str) -> Callable[[Row], bool]:
    """Return a predicate that is True if a fact is from, to and about whom options name."""
    # Figures say where goods go, and not who reports them: those on imports go to who acts.
    is_flow = view == "figures"

    def matches(fact: Row) -> bool:
        record = load_record(fact)
        sides = record["actors"], record["toward"]
        if is_flow and record.get("measure") == "imports":
            sides = sides[::-1]
        return _is_between(sides, named) and _mentions(fact, record, named.mentions)

    return matches


def _is_between(sides: tuple[list[str], list[str]], named: Parties) -> bool:
    """Return True if who acts, and whom it concerns, are those that are named."""
    return all(
        party is None or not party.actors.isdisjoint(actors)
        for party, actors in zip((named.from_, named.to), sides, strict=True)
    )


def _mentions(fact: Row, record: Mapping[str, Any], party: Party | None) -> bool:
    if party is None:
        return True
    if party.subject is not None:
        return party.subject.is_mentioned(fact["filter_words"])
    return not party.actors.isdisjoint(find_parties(record)) or has_name(record, party.name)


def is_mentioned(country: Match, fact: Row) -> bool:
    """Return True if a country takes part in a fact, or its statement names it."""
    record = load_record(fact)
    return country.code in find_parties(record) or has_name(record, country.name)


def fetch_of_any_pair(query: Query, index: Index, choice: Mapping[str, object]) -> list[Row]:
    """Return facts of all pairs, with every fact whose parties the options of a query name.

    These are facts of the relations of a country among them, and facts of other pairs whose words
    name all of them. `choice` is as in `fetch_facts`.
    """
    parties = query.parties
    if parties is None:
        return []
    relations: list[str] = []
    for country in parties.matches[:1]:
        rows = index.rows(COUNTRY_RELATIONS, {"country": country.code})
        relations = [row["id"] for row in rows]
    sought = index.match_expression([party.patterns for party in parties.all])
    found = [row["id"] for row in index.rows(MENTIONS, {"sought": sought})]
    elsewhere = [id for id in found if id.partition("/")[0] not in set(relations)]
    request = query.request
    facts = fetch_facts(request, index, relations=relations, choice=choice) if relations else []
    if elsewhere:
        facts += fetch_facts(request, index, ids=elsewhere, choice=choice)
    return facts
