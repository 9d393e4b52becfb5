"""Facts from the rows of tables, as rows of the table `fact`. Nothing of them is kept."""

from __future__ import annotations

from itertools import groupby

from bilatcli.errors import IndexDamaged
from bilatcli.index import Statement
from bilatcli.index.rows import PackContext, fact_rows
from bilatcli.json_reader import parse_json
from bilatcli.packs.edtf import parse_date
from bilatcli.packs.table_plan import make_records, make_value, name_columns
from bilatcli.text import to_json
from bilatcli.vocabulary import UNDATED

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


def make_table_facts(
    tables: Iterable[str], index: Index, *, keys: Sequence[str] | None = None
) -> TableFacts:
    """Return what makes facts of the rows of some tables of an index, or only some `keys`."""
    plans = index.rows(PLANS, {"tables": to_json(sorted(tables))})
    return TableFacts({row["id"]: row["plan"] for row in plans}, index.country_names, keys=keys)


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

    def is_dated(self, table: str) -> bool:
        """Return True if the facts of a table have days by `find_day`."""
        values = self._tables[table][0]["values"]
        return any(values[key] != ("constant", None) for key in self._day_keys(table))

    def _day_keys(self, table: str) -> Sequence[str]:
        """Return the keys with the day of a fact: a generated state as of a day has none."""
        return ("date",) if self.is_generated(table) else ("date", "as_of")

    def is_settled(self, table: str) -> bool:
        """Return True if no row of a table can be hidden: superseded, planned or retracted."""
        plan = self._tables[table][0]
        kind, status = plan["values"]["status"]
        is_shown = kind == "constant" and status not in ("planned", "superseded")
        return bool(is_shown and plan["keep"] != "newest")

    def find_day(self, row: StoredRow) -> str:
        """Return the first day of the fact of a row without making it; UNDATED if there is none."""
        with _mismatch_as_damage():
            plan, cells = self._tables[row[1]][0], parse_json(row[3])
            for key in self._day_keys(row[1]):
                kind, value = plan["values"][key]
                if kind == "column":
                    # Nearly all days are a column: reading the others would take most of the time.
                    names = [name for name, _ in plan["columns"]]
                    date = cells[names.index(value) + plan["is_directed"]]
                else:
                    date = make_value(kind, value, name_columns(plan, row[0], cells, {}))
                if date:
                    return parse_date(date).earliest
        return UNDATED

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
