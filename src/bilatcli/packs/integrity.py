"""Rules between the records of one pack: unique ids, valid references, chains that end.

The rules read the raw tables, so that they also report on a pack whose values are partly wrong.
They skip values of the wrong type, which `validation` reports.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from bilatcli.fuzzy import did_you_mean
from bilatcli.packs.problems import Cause, PackProblem
from bilatcli.vocabulary import COUNTRY_CODES, VERIFICATIONS

if TYPE_CHECKING:
    from bilatcli.packs.positions import Path

Table = Mapping[str, Any]

MAX_CIRCLE_FACTS = 20
"""Maximum number of facts that the message on a circle names."""
MAX_SUGGESTION_IDS = 5_000
"""Maximum number of ids to compare a wrong one with: with many of both, it would take hours."""

_SOURCE_KEYS = ("sources", "established_sources", "status_sources")


def find_problems(pack: Table) -> Iterator[PackProblem]:
    """Yield every broken rule in a raw pack."""
    sources = _tables(pack, "source", ())
    relations = _tables(pack, "relation", ())
    source_ids = {_text(source, "id") for _, source in sources} - {""}
    yield from _check_unique_ids(sources, "source")
    yield from _check_unique_ids(relations, "relation")
    for path, source in sources:
        yield from _check_archived(path, source)
    for path, relation in relations:
        facts = _tables(relation, "fact", path)
        yield from _check_countries(path, relation)
        yield from _check_unique_ids(facts, "fact of this relation")
        for key in _SOURCE_KEYS:
            yield from _check_source_ids(path, relation, key, source_ids)
        for fact_path, fact in facts:
            yield from _check_source_ids(fact_path, fact, "sources", source_ids)
            yield from _check_sourced(fact_path, fact)
            yield from _check_passages(fact_path, fact)
        yield from _check_successors(facts)
        yield from _check_floor(path, relation, {_text(fact, "id") for _, fact in facts} - {""})


def _tables(table: Table, key: str, path: Path) -> list[tuple[Path, Table]]:
    """Return the tables in the array under `key`, each with its path."""
    array = table.get(key, [])
    return [
        ((*path, key, position), each)
        for position, each in enumerate(array if isinstance(array, list) else ())
        if isinstance(each, dict)
    ]


def _text(table: Table, key: str) -> str:
    """Return the text under `key`, or "" if there is none."""
    value = table.get(key)
    return value if isinstance(value, str) else ""


def _texts(table: Table, key: str) -> list[tuple[int, str]]:
    """Return the texts in the array under `key`, each with its position."""
    array = table.get(key)
    return [
        (position, each)
        for position, each in enumerate(array if isinstance(array, list) else ())
        if isinstance(each, str)
    ]


def _check_unique_ids(records: list[tuple[Path, Table]], kind: str) -> Iterator[PackProblem]:
    seen: set[str] = set()
    for path, record in records:
        id = _text(record, "id")
        if id and id in seen:
            what = f"another {kind} has the id `{id}`"
            yield PackProblem((*path, "id"), what, "choose a different id")
        seen.add(id)


def _check_archived(path: Path, source: Table) -> Iterator[PackProblem]:
    if "archived" in source and "archive_url" not in source:
        what, remedy = "`archived` is set without `archive_url`", "add `archive_url`, or remove it"
        yield PackProblem((*path, "archived"), what, remedy)


def _check_countries(path: Path, relation: Table) -> Iterator[PackProblem]:
    """Check that a relation has two countries, and that its id is their codes in order."""
    countries = relation.get("countries")
    if not isinstance(countries, list):
        return
    if len(countries) != 2:
        what = f"a relation has two countries, this one has {len(countries)}"
        yield PackProblem((*path, "countries"), what, "name two codes")
    codes = [code for _, code in _texts(relation, "countries")]
    if len(set(codes)) != 2 or len(countries) != 2 or not COUNTRY_CODES.issuperset(codes):
        # The id may be right; validation reports the codes.
        return
    id = "-".join(sorted(code.lower() for code in codes))
    if _text(relation, "id") not in ("", id):
        what = f"`{relation['id']}` is not the id of this pair"
        yield PackProblem((*path, "id"), what, f"write `{id}`")


def _check_source_ids(
    path: Path, table: Table, key: str, source_ids: Collection[str]
) -> Iterator[PackProblem]:
    for position, id in _texts(table, key):
        if id not in source_ids:
            remedy = _suggest(id, source_ids, otherwise="add a [[source]] with this id")
            what = f"no source has the id `{id}`"
            yield PackProblem((*path, key, position), what, remedy, cause=Cause(id, ()))


def _suggest(id: str, known: Collection[str], *, otherwise: str) -> str:
    """Return the remedy for an unknown id: the closest known one, or `otherwise`."""
    return did_you_mean(id, known if len(known) <= MAX_SUGGESTION_IDS else (), otherwise=otherwise)


def _check_sourced(path: Path, fact: Table) -> Iterator[PackProblem]:
    verification = _text(fact, "verification")
    needs_source = verification in VERIFICATIONS and verification != "citation-needed"
    if fact.get("sources") == [] and needs_source:
        what = f"`{fact.get('id')}` has no source but is `{verification}`"
        remedy = 'name a source, or write verification = "citation-needed"'
        yield PackProblem((*path, "sources"), what, remedy)


def _check_passages(path: Path, fact: Table) -> Iterator[PackProblem]:
    """Check that each passage is of one of the sources of its fact."""
    sources = [id for _, id in _texts(fact, "sources")]
    for passage_path, passage in _tables(fact, "passages", path):
        source = _text(passage, "source")
        if source and source not in sources:
            what = f"`{source}` is not a source of `{fact.get('id')}`"
            remedy = _suggest(source, sources, otherwise="add it to `sources` of the fact")
            yield PackProblem((*passage_path, "source"), what, remedy)


def _check_floor(path: Path, relation: Table, fact_ids: Collection[str]) -> Iterator[PackProblem]:
    """Check that the floor of a relation names facts of this relation."""
    floor = relation.get("floor")
    if not isinstance(floor, dict):
        return
    for key in floor:
        for position, id in _texts(floor, key):
            if id not in fact_ids:
                what = f"no fact of this relation has the id `{id}`"
                remedy = _suggest(id, fact_ids, otherwise="remove it, or write the gap in `gaps`")
                place = (*path, "floor", key, position)
                yield PackProblem(place, what, remedy, cause=Cause(id, path))


def _check_successors(facts: list[tuple[Path, Table]]) -> Iterator[PackProblem]:
    """Check that `superseded_by` names a fact of the same relation, and that chains end."""
    successors = {_text(fact, "id"): _text(fact, "superseded_by") for _, fact in facts}
    circles = {circle[0]: circle for circle in _find_circles(successors)}
    for fact_path, fact in facts:
        id, successor, path = (
            _text(fact, "id"),
            _text(fact, "superseded_by"),
            (*fact_path, "superseded_by"),
        )
        if successor and successor not in successors:
            what = f"no fact of this relation has the id `{successor}`"
            remedy = _suggest(successor, successors, otherwise="name a fact of the same relation")
            yield PackProblem(path, what, remedy, cause=Cause(successor, fact_path[:-2]))
        # A second fact with the same id is reported as such, not as part of the circle.
        if circle := circles.pop(id, None):
            shown = circle if len(circle) <= MAX_CIRCLE_FACTS else [*circle[:MAX_CIRCLE_FACTS], "…"]
            what = f"facts supersede each other in a circle ({' → '.join((*shown, id))})"
            yield PackProblem(path, what, "remove `superseded_by` from the newest one")


def _find_circles(successors: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield every circle of ids once, starting with the fact that comes first in the pack."""
    seen: set[str] = set()
    places = {id: place for place, id in enumerate(successors)}
    for start in successors:
        path: dict[str, int] = {}
        id = start
        while id and id not in seen and id not in path:
            path[id] = len(path)
            id = successors.get(id, "")
        if id in path:
            circle = list(path)[path[id] :]
            first = circle.index(min(circle, key=places.__getitem__))
            yield circle[first:] + circle[:first]
        # Not `|=`, which would copy the whole set.
        seen.update(path)
