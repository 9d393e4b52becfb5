"""The rules between the records of one pack: ids are unique, what is referred to exists, chains end.

Each rule is a generator over the raw tables, so that it still speaks where other values of the pack are wrong; a value
of the wrong type is passed over, since `records` has told of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from bilatcli.fuzzy import nearest

Path = tuple[str | int, ...]
Finding = tuple[Path, str, str]
Table = Mapping[str, Any]

LONGEST_CIRCLE = 20
"""So many facts of a circle are named."""
MOST_TO_COMPARE = 5_000
"""Of no more ids one is suggested for an id that there is none of."""


def findings(pack: Table) -> Iterator[Finding]:
    """Yield every breach as (path in the pack, what is wrong, what to do)."""
    sources = _tables(pack, "source", ())
    relations = _tables(pack, "relation", ())
    known = {_text(source, "id") for _, source in sources} - {""}
    yield from _unique_ids(sources, "source")
    yield from _unique_ids(relations, "relation")
    for path, source in sources:
        if "archived" in source and "archive_url" not in source:
            yield (
                (*path, "archived"),
                "`archived` is of no copy",
                "add `archive_url`, or take it out",
            )
    for path, relation in relations:
        facts = _tables(relation, "fact", path)
        yield from _relation_named(path, relation)
        yield from _unique_ids(facts, "fact of this relation")
        for key in ("sources", "established_sources", "status_sources"):
            yield from _known_sources(path, relation, key, known)
        for where, fact in facts:
            yield from _known_sources(where, fact, "sources", known)
            yield from _sourced(where, fact)
        yield from _successors(facts)


def _tables(table: Table, key: str, path: Path) -> list[tuple[Path, Table]]:
    """The tables under `key` with their paths; nothing where there is no array of tables."""
    listed = table.get(key, [])
    listed = listed if isinstance(listed, list) else []
    return [
        ((*path, key, position), each)
        for position, each in enumerate(listed)
        if isinstance(each, dict)
    ]


def _text(table: Table, key: str) -> str:
    value = table.get(key)
    return value if isinstance(value, str) else ""


def _texts(table: Table, key: str) -> list[tuple[int, str]]:
    value = table.get(key)
    return (
        [(i, each) for i, each in enumerate(value) if isinstance(each, str)]
        if isinstance(value, list)
        else []
    )


def _unique_ids(records: list[tuple[Path, Table]], what: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for path, record in records:
        id = _text(record, "id")
        if id and id in seen:
            yield (
                (*path, "id"),
                f"another {what} has the id `{id}`",
                "choose an id that is not taken",
            )
        seen.add(id)


def _relation_named(path: Path, relation: Table) -> Iterator[Finding]:
    codes = [code for _, code in _texts(relation, "countries")]
    if len(codes) != 2:
        if isinstance(relation.get("countries"), list):
            yield (
                (*path, "countries"),
                f"a relation has two countries, this has {len(codes)}",
                "name two codes",
            )
        return
    wanted = "-".join(sorted(code.lower() for code in codes))
    if _text(relation, "id") not in ("", wanted):
        yield (*path, "id"), f"`{relation['id']}` is not the id of this pair", f"write `{wanted}`"


def _known_sources(path: Path, table: Table, key: str, known: set[str]) -> Iterator[Finding]:
    for position, id in _texts(table, key):
        if id not in known:
            near = _near(id, known)
            remedy = f"did you mean `{near}`?" if near else "add a [[source]] with this id"
            yield (*path, key, position), f"no source has the id `{id}`", remedy


def _near(id: str, known: Collection[str]) -> str | None:
    """The id that may have been meant; where there are very many, looking each up would take hours."""
    return nearest(id, known) if len(known) <= MOST_TO_COMPARE else None


def _sourced(path: Path, fact: Table) -> Iterator[Finding]:
    if fact.get("sources") == [] and _text(fact, "verification") not in ("", "citation-needed"):
        remedy = 'name a source, or write verification = "citation-needed"'
        yield (
            (*path, "sources"),
            f"`{fact.get('id')}` has no source but is `{fact['verification']}`",
            remedy,
        )


def _successors(facts: list[tuple[Path, Table]]) -> Iterator[Finding]:
    """`superseded_by` names a fact of the same relation, and following it comes to an end."""
    following = {_text(fact, "id"): _text(fact, "superseded_by") for _, fact in facts}
    circles = {id: circle for circle in _circles(following) for id in circle[:1]}
    for path, fact in facts:
        successor = _text(fact, "superseded_by")
        where = (*path, "superseded_by")
        if successor and successor not in following:
            near = _near(successor, following)
            remedy = f"did you mean `{near}`?" if near else "name a fact of the same relation"
            yield where, f"no fact of this relation has the id `{successor}`", remedy
        circle = circles.pop(_text(fact, "id"), None)
        if circle:
            shown = circle if len(circle) <= LONGEST_CIRCLE else [*circle[:LONGEST_CIRCLE], "…"]
            chain = " → ".join((*shown, circle[0]))
            yield (
                where,
                f"facts supersede each other in a circle ({chain})",
                "let the newest one stand without it",
            )


def _circles(following: Mapping[str, str]) -> Iterator[list[str]]:
    """Every circle among the facts, each once, from the fact on it that stands first in the pack."""
    seen: set[str] = set()
    places = {id: place for place, id in enumerate(following)}
    for start in following:
        path: dict[str, int] = {}
        id = start
        while id and id not in seen and id not in path:
            path[id] = len(path)
            id = following.get(id, "")
        if id in path:
            circle = list(path)[path[id] :]
            first = min(circle, key=places.__getitem__)
            yield circle[circle.index(first) :] + circle[: circle.index(first)]
        # Not `|=`, which would copy all that was seen.
        seen.update(path)
