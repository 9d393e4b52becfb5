"""The plan of a table: how a row becomes the values of a fact. The index has it as JSON.

Lookups import this module: it loads no other one than those of templates and dates.
"""

from __future__ import annotations

from itertools import pairwise

from bilatcli import vocabulary
from bilatcli.packs.edtf import parse_date
from bilatcli.packs.templates import fill_template, make_country, to_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any, TypeAlias

    from bilatcli.packs.templates import Value

    Plan: TypeAlias = Mapping[str, Any]
    """The JSON object of a plan.

    `columns` are names and types, in the order of the cells of a row; before these, a row of a
    directed table has the code of the sender. `values` has, for each key of a fact, a kind of
    value and the value: a `constant`, a `column`, `templates`, or a `list` of such pairs.
    """
    Cells: TypeAlias = Sequence[Any]
    """The values of a row, None for an empty cell."""


class Record:
    """A fact that a row makes, with the keys of the facts of its topic as attributes."""

    __slots__ = ("__dict__", "followed_by")

    topic: str
    status: str
    superseded_by: str | None
    followed_by: str | None
    """The id of the fact from whose day on this one is history. It is no key of a fact."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.__dict__.update(values)
        self.followed_by = None

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)


def name_columns(
    plan: Plan, relation: str, cells: Cells, names: Mapping[str, str]
) -> dict[str, Value]:
    """Return the values of the columns of a row, without the empty ones.

    `names` has the names of countries. `a` and `b` are in the order of their codes.
    """
    one, other = relation.upper().split("-")
    if plan["is_directed"]:
        sender, *cells = cells
        countries = {"from": sender, "to": other if sender == one else one}
    else:
        countries = {"a": one, "b": other}
    values: dict[str, Value] = {name: make_country(code, names) for name, code in countries.items()}
    for (name, kind), cell in zip(plan["columns"], cells, strict=True):
        if cell is not None:
            values[name] = to_value(kind, cell, names)
    return values


def make_values(plan: Plan, id: str, columns: Mapping[str, Value]) -> dict[str, Any]:
    """Return the values of a fact by its keys; None or nothing for what no column gives."""
    values = {"id": id}
    for key, (kind, value) in plan["values"].items():
        values[key] = value if kind == "constant" else make_value(kind, value, columns)
    return values


def make_value(kind: str, value: Any, columns: Mapping[str, Value]) -> Any:
    """Return the value that a plan gives of the columns of a row; None for nothing."""
    if kind == "constant":
        return value
    if kind == "column":
        return columns.get(value)
    if kind == "list":
        made = (make_value(each, entry, columns) for each, entry in value)
        return tuple(dict.fromkeys(each for each in made if each is not None))
    for template in value:
        text = fill_template(template, columns)
        if text is not None:
            return text
    return None


def make_records(
    plan: Plan,
    relation: str,
    rows: Iterable[tuple[str, Cells]],
    names: Mapping[str, str],
) -> list[Record]:
    """Return the facts of the rows of a pair, given by the ends of their ids and their cells.

    If the plan keeps the newest, older rows of a series are superseded by the next newer one; if it
    keeps the history, they become historical.
    """
    records = []
    series: dict[tuple[Any, ...], list[Record]] = {}
    for key, cells in rows:
        columns = name_columns(plan, relation, cells, names)
        record = Record(make_values(plan, f"{plan['id']}-{key}", columns))
        records.append(record)
        place = columns.get("from"), *(columns.get(name) for name in plan["series"])
        series.setdefault(place, []).append(record)
    if plan["keep"] != "all":
        for same in series.values():
            _mark_older(same, is_superseded=plan["keep"] == "newest")
    return records


def _mark_older(records: Iterable[Record], *, is_superseded: bool) -> None:
    """Let the first fact with the next date supersede each dated fact, or make it history."""
    by_day: dict[str, list[Record]] = {}
    for record in records:
        by_day.setdefault(find_first_day(record), []).append(record)
    by_day.pop(vocabulary.UNDATED, None)
    for day, next_day in pairwise(sorted(by_day)):
        next_id = by_day[next_day][0].__dict__["id"]
        for record in by_day[day]:
            if is_superseded:
                record.status, record.superseded_by = "superseded", next_id
            else:
                record.status, record.followed_by = "historical", next_id


def find_first_day(fact: Any) -> str:
    """Return the first day of a fact's date, or of the state that it reports; else UNDATED."""
    date = fact.date or fact.as_of
    return parse_date(date).earliest if date else vocabulary.UNDATED
