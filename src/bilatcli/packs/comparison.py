"""Compare two editions of packs by what they say, not by the lines of their files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from bilatcli.packs.edition import Edition, EditionFact, Values, add_facts_of_tables
from bilatcli.packs.lint.sources import normalize_url
from bilatcli.text import to_json

if TYPE_CHECKING:
    from collections.abc import Mapping

CHANGES = (
    "removed",
    "retracted",
    "lowered",
    "superseded",
    "re-sourced",
    "corrected",
    "checked",
    "raised",
    "added",
)
"""What can change about a record, in the order in which it is shown."""

VERIFICATION_ORDER = ("cited", "single-source-claim", "conflicting", "citation-needed")
"""Verifications from the highest to the lowest."""

_SOURCE_KEYS = ("sources", "established_sources", "status_sources")
_SUCCESSOR_KEYS = ("status", "superseded_by")
_REVIEW_KEYS = ("passages", "checked")


class ChangedValue(NamedTuple):
    """A key with its old and its new value, None if absent."""

    key: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a record: a fact, a source, a relation or a pack.

    `table` and `text` (the newest) are those of a fact. `relation` is None for a source or a pack.
    """

    record: str
    id: str
    change: str
    values: Sequence[ChangedValue] = ()
    relation: str | None = None
    table: str | None = None
    text: str | None = None
    worse: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """The changes between two editions, and how many cited facts that hold each has.

    A fact holds if it is neither superseded nor retracted. Facts of tables do not count, and facts
    that the new edition retracts do not count in the old one.
    """

    changes: Sequence[Change]
    cited: tuple[int, int]

    @property
    def has_fewer_cited(self) -> bool:
        """True if the new edition has fewer cited facts that hold."""
        return self.cited[1] < self.cited[0]

    @property
    def is_worse(self) -> bool:
        """True if something got worse."""
        return self.has_fewer_cited or any(each.worse for each in self.changes)

    def count(self) -> Mapping[str, int]:
        """Return the number of facts with each change."""
        counts = Counter(each.change for each in self.changes if each.record == "fact")
        return {change: counts[change] for change in CHANGES}


def compare_editions(old: Edition, new: Edition) -> Comparison:
    """Return the changes from one edition to another: of packs, sources, relations and facts."""
    add_facts_of_tables(old, new)
    changes = [
        *_compare_packs(old, new),
        *_compare_records("source", old.sources, new.sources),
        *_compare_relations(old, new),
        *_compare_facts(old, new),
    ]
    retracted = {id for id, fact in new.facts.items() if _is_retracted(fact.values)}
    return Comparison(changes, (_count_cited(old, retracted), _count_cited(new, retracted)))


def _count_cited(edition: Edition, retracted: set[str]) -> int:
    return sum(
        fact.values["verification"] == "cited" and fact.table is None and _holds(fact.values)
        for id, fact in edition.facts.items()
        if id not in retracted
    )


def _is_retracted(values: Values) -> bool:
    return "retracted" in values


def _holds(values: Values) -> bool:
    """Return True if a fact is neither superseded nor retracted."""
    return values["status"] != "superseded" and not _is_retracted(values)


# --- packs, sources and relations


def _compare_packs(old: Edition, new: Edition) -> Iterator[Change]:
    """Yield the changes of headers. Two editions of one pack each may call it differently."""
    if len(old.packs) == len(new.packs) == 1:
        (one,), ((name, other),) = old.packs.values(), new.packs.items()
        yield from _compare_records("pack", {name: one}, {name: other})
    else:
        yield from _compare_records("pack", old.packs, new.packs)


def _compare_records(
    record: str, old: Mapping[str, Values], new: Mapping[str, Values]
) -> Iterator[Change]:
    for id in sorted({**old, **new}):
        if id not in new:
            yield Change(record, id, "removed")
        elif id not in old:
            yield Change(record, id, "added")
        elif values := find_changed_values(old[id], new[id]):
            yield Change(record, id, "corrected", values)


def _compare_relations(old: Edition, new: Edition) -> Iterator[Change]:
    for id in sorted({**old.relations, **new.relations}):
        was, now = old.relations.get(id), new.relations.get(id)
        if now is None:
            yield Change("relation", id, "removed", relation=id, worse=bool(was))
        elif was is None:
            yield Change("relation", id, "added", relation=id)
        else:
            values = find_changed_values(was, now)
            sources = [value for value in values if value.key in _SOURCE_KEYS]
            others = [value for value in values if value.key not in _SOURCE_KEYS]
            if sources:
                worse = any(_has_dropped(value, old, new) for value in sources)
                yield Change("relation", id, "re-sourced", sources, id, worse=worse)
            if others:
                yield Change("relation", id, "corrected", others, id)


# --- facts


def _compare_facts(old: Edition, new: Edition) -> Iterator[Change]:
    for id in sorted({**old.facts, **new.facts}):
        was, now = old.facts.get(id), new.facts.get(id)
        if now is None:
            if was is not None:
                yield _make_change(id, was, "removed", worse=_holds(was.values))
        elif was is None:
            yield _make_change(id, now, "added", _list_values(now))
        elif was.values != now.values:
            yield from _compare_fact(id, was, now, old, new)


def _list_values(fact: EditionFact) -> list[ChangedValue]:
    """Return what a reader wants to know of a new fact besides its text."""
    return [ChangedValue("verification", None, fact.values["verification"])]


def _compare_fact(
    id: str, was: EditionFact, now: EditionFact, old: Edition, new: Edition
) -> Iterator[Change]:
    """Yield the changes of a fact that both editions have."""
    left = {value.key: value for value in find_changed_values(was.values, now.values)}

    def take(*keys: str) -> list[ChangedValue]:
        return [left.pop(key) for key in keys if key in left]

    if _is_retracted(now.values) and not _is_retracted(was.values):
        yield _make_change(id, now, "retracted", take("retracted"))
    if now.values["status"] == "superseded" != was.values["status"]:
        yield _make_change(id, now, "superseded", take(*_SUCCESSOR_KEYS))
    for value in take("verification"):
        worse = _rank(value.new) > _rank(value.old)
        change = "lowered" if worse else "raised"
        yield _make_change(id, now, change, [value], worse=worse)
    for value in take("sources"):
        worse = _has_dropped(value, old, new)
        yield _make_change(id, now, "re-sourced", [value], worse=worse)
    reviewed = take(*_REVIEW_KEYS)
    if left:
        yield _make_change(id, now, "corrected", list(left.values()))
    if reviewed:
        yield _make_change(id, now, "checked", reviewed)


def _make_change(
    id: str,
    fact: EditionFact,
    change: str,
    values: Sequence[ChangedValue] = (),
    *,
    worse: bool = False,
) -> Change:
    text = fact.values["text"]
    return Change("fact", id, change, values, fact.relation, fact.table, text, worse)


def _rank(verification: str) -> int:
    return VERIFICATION_ORDER.index(verification)


def _has_dropped(value: ChangedValue, old: Edition, new: Edition) -> bool:
    """Return True if a source was dropped, not merely given another id: its address has gone."""
    addresses = {_get_address(new, id) for id in value.new or ()} - {None}
    dropped = set(value.old or ()).difference(value.new or ())
    return any(_get_address(old, id) not in addresses for id in dropped)


def _get_address(edition: Edition, source: str) -> str | None:
    url = edition.sources[source].get("url")
    return None if url is None else normalize_url(url)


# --- values


def find_changed_values(old: Values, new: Values) -> list[ChangedValue]:
    """Return the keys whose values say something else, with both values.

    Spaces, and the order of all lists except authors, say nothing.
    """
    return [
        ChangedValue(key, old.get(key), new.get(key))
        for key in {**new, **old}
        if _to_meaning(key, old.get(key)) != _to_meaning(key, new.get(key))
    ]


def _to_meaning(key: str, value: Any) -> Any:
    """Return what must be equal in two values with the same meaning."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list) and key != "authors":
        return sorted(map(to_json, value))
    return value
