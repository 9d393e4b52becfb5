"""Facts from the rows of tables, as rows of the table `fact`. Nothing of them is kept."""

from __future__ import annotations

from itertools import groupby

from bilatcli.errors import IndexDamaged
from bilatcli.index import Statement
from bilatcli.index.rows import PackContext, fact_rows
from bilatcli.json_reader import parse_json
from bilatcli.packs.table_plan import make_records
from bilatcli.text import to_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any, TypeAlias

    from bilatcli.index.store import Index
    from bilatcli.packs.table_plan import Plan, Record

    StoredRow: TypeAlias = Sequence[Any]
    """A row of `table_row`: its relation, its table, its key and its cells."""

PLANS = Statement(
    "table_plans",
    "SELECT t.id, t.plan FROM data_table t WHERE t.id IN (SELECT value FROM json_each(:tables))",
)
_CONTEXT_KEYS = ("pack", "coverage", "updated", "issued_days", "rank")


def make_table_facts(tables: Iterable[str], index: Index) -> TableFacts:
    """Return what makes facts of the rows of some tables of an index."""
    plans = index.rows(PLANS, {"tables": to_json(sorted(tables))})
    return TableFacts({row["id"]: row["plan"] for row in plans}, index.country_names)


class TableFacts:
    """Makes facts of rows. `plans` has the JSON of the plan of each table, by its id.

    `names` has the names of countries by their codes. With `keys`, records have only these keys
    of facts.
    """

    def __init__(
        self,
        plans: Mapping[str, str],
        names: Mapping[str, str],
        *,
        keys: Sequence[str] | None = None,
    ) -> None:
        self._names = names
        self._tables: dict[str, tuple[Plan, PackContext]] = {}
        for id, text in plans.items():
            with _mismatch_as_damage():
                plan = parse_json(text)
                if keys is not None:
                    plan["values"] = {key: plan["values"][key] for key in keys}
                about = {key: plan[key] for key in _CONTEXT_KEYS}
            self._tables[id] = plan, PackContext(**about, names=names)

    def is_generated(self, table: str) -> int:
        """Return 1 if the facts of a table were generated, else 0."""
        return self._tables[table][1].is_generated

    def make(self, rows: Iterable[StoredRow]) -> Iterator[Any]:
        """Yield the rows of facts with their `data_table`.

        The rows of each relation and table follow each other. All rows of a pair in a table must be
        given, as they may supersede each other. Raises IndexDamaged for a row that does not fit its
        table.
        """
        for relation, table, records in self.group(rows):
            with _mismatch_as_damage():
                made = list(fact_rows(relation, records, self._tables[table][1]))
            for row in made:
                row["data_table"] = table
                yield row

    def group(self, rows: Iterable[StoredRow]) -> Iterator[tuple[str, str, list[Record]]]:
        """Yield the records of each relation and table. Raises IndexDamaged as `make` does."""
        for (relation, table), same in groupby(rows, lambda row: (row[0], row[1])):
            with _mismatch_as_damage():
                cells = [(row[2], parse_json(row[3])) for row in same]
                records = make_records(self._tables[table][0], relation, cells, self._names)
            yield relation, table, records


class _mismatch_as_damage:  # noqa: N801 -- used as a statement, like contextlib.suppress
    """Raise IndexDamaged if a row or a plan is not what the other one needs.

    A bit has been flipped, or another process has just replaced the table.
    """

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None and issubclass(kind, LookupError | TypeError | ValueError):
            raise IndexDamaged
