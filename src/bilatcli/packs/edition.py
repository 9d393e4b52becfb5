"""An edition: the packs of a file or a folder together, as plain values that can be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from bilatcli.error_details import PackError, Problem
from bilatcli.json_reader import parse_json
from bilatcli.packs import loader
from bilatcli.packs.bundled_countries import load_country_names
from bilatcli.packs.problems import PackProblem
from bilatcli.packs.table_plan import make_records
from bilatcli.text import to_json

if TYPE_CHECKING:
    from bilatcli.packs.models import Pack
    from bilatcli.packs.record import Record
    from bilatcli.packs.table_reader import TableData

Values: TypeAlias = Mapping[str, Any]
"""The values of a record by their keys, as JSON has them; a key without a value is absent."""


@dataclass(frozen=True, slots=True)
class EditionFact:
    """A fact: its relation, the table that made it or None, and its values without its id."""

    relation: str
    table: str | None
    values: Values


@dataclass(slots=True)
class Edition:
    """The records of the packs of an edition, by their ids; packs by their names.

    `facts` has the facts of tables only after `add_facts_of_tables`.
    """

    packs: dict[str, Values] = field(default_factory=dict)
    sources: dict[str, Values] = field(default_factory=dict)
    relations: dict[str, Values] = field(default_factory=dict)
    facts: dict[str, EditionFact] = field(default_factory=dict)
    tables: dict[str, TableData] = field(default_factory=dict)


def load_editions(files: Sequence[Sequence[str]]) -> list[Edition]:
    """Return the editions that have these files of packs.

    Raises PackError with all problems: those of each file, and ids that two packs of one edition
    share.
    """
    editions = []
    problems: list[Problem] = []
    for paths in files:
        edition = Edition()
        for path in paths:
            try:
                pack, tables = loader.load_pack_with_tables(path)
                clashes = list(_add_pack(edition, pack))
                problems += loader.locate(path, clashes) if clashes else []
            except PackError as error:
                problems += error.problems
                continue
            edition.tables.update((each.table.id, each) for each in tables)
        editions.append(edition)
    if problems:
        raise PackError(problems)
    return editions


def _add_pack(edition: Edition, pack: Pack) -> Iterator[PackProblem]:
    """Add the records of a pack, and yield those that contradict another pack."""
    header = _to_values(pack.pack)
    if edition.packs.setdefault(pack.pack.name, header) is not header:
        what = f"another pack has the name `{pack.pack.name}` too"
        yield PackProblem(("pack", "name"), what, "choose another name")
    for place, source in enumerate(pack.source):
        values = _to_values(source)
        if edition.sources.setdefault(source.id, values) != values:
            what = f"the source `{source.id}` differs from the one in another pack"
            yield PackProblem(("source", place, "id"), what, "write the same record, or another id")
    for place, relation in enumerate(pack.relation):
        # As in the index, a later pack replaces the keys that it gives.
        merged = {**edition.relations.get(relation.id, {}), **_to_values(relation)}
        edition.relations[relation.id] = merged
        for position, fact in enumerate(relation.fact):
            id = f"{relation.id}/{fact.id}"
            made = EditionFact(relation.id, None, _to_values(fact))
            if edition.facts.setdefault(id, made) is not made:
                path = ("relation", place, "fact", position, "id")
                yield PackProblem(
                    path, f"another pack has a fact `{id}` already", "choose another id"
                )


def _to_values(record: Record) -> Values:
    """Return the values of a record; those of a table in it have its key before theirs."""
    dumped = record.model_dump(mode="json", exclude={"id", "countries", "fact"})
    flat: dict[str, Any] = {}
    for key, value in dumped.items():
        if isinstance(value, dict):
            flat |= {f"{key}.{inner}": each for inner, each in value.items()}
        else:
            flat[key] = value
    return clean_values(flat)


def clean_values(values: Values) -> dict[str, Any]:
    """Return values without those that are as good as absent: null, false and empty lists.

    >>> clean_values({"until": None, "headline": False, "toward": [], "quantity": 0})
    {'quantity': 0}
    """
    return {
        key: value
        for key, value in values.items()
        if value is not None and value is not False and value not in ([], {})
    }


def add_facts_of_tables(old: Edition, new: Edition) -> None:
    """Add the facts of the tables in which two editions differ.

    A table may have a hundred thousand rows; most editions change none of them.
    """
    for edition, other in ((old, new), (new, old)):
        for id, data in edition.tables.items():
            same = other.tables.get(id)
            if same is None or (same.digest, same.plan) != (data.digest, data.plan):
                edition.facts.update(_make_facts(data))


def _make_facts(data: TableData) -> Iterator[tuple[str, EditionFact]]:
    """Yield the facts of the rows of a table with their ids."""
    rows: dict[str, list[tuple[str, Any]]] = {}
    for relation, key, cells in data.rows:
        rows.setdefault(relation, []).append((key, parse_json(cells)))
    for relation, same in rows.items():
        for record in make_records(data.plan, relation, same, load_country_names()):
            values = clean_values(parse_json(to_json(vars(record))))
            id = values.pop("id")
            yield f"{relation}/{id}", EditionFact(relation, data.table.id, values)
