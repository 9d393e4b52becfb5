"""The templates of a table: check them against its columns, and make the plan of its facts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from bilatcli.fuzzy import did_you_mean
from bilatcli.packs import models
from bilatcli.packs.problems import Cause, PackProblem
from bilatcli.packs.table_models import OWN_KEYS, PAIR_COLUMNS, Table
from bilatcli.packs.templates import (
    OPTIONAL_MARK,
    check_form,
    find_whole_column,
    is_constant,
    parse_template,
)

if TYPE_CHECKING:
    from bilatcli.packs.table_plan import Plan

TEMPLATE_LISTS = ("text", "note")
"""The keys of which the first template is used whose columns are all filled."""
ELEMENT_LISTS = ("sources", "partners")
"""The keys that are lists of templates."""
NUMBERS = ("quantity", "value_usd", "share")
"""The keys whose values are numbers: constants, or columns alone."""

_UNPLANNED_KEYS = ("superseded_by", "passages", "checked", "retracted")
"""The keys of a fact that a table does not have: each fact has their default."""

_CLOSE_IT = "close each `{` with `}`; `{{` is a brace in a text"


def get_column_types(table: Table) -> dict[str, str]:
    """Return the types of all columns of a table, those of the pair first."""
    return {**dict.fromkeys(PAIR_COLUMNS[table.pair], "country"), **table.columns}


def get_key_template(table: Table) -> str | None:
    """Return the template of the end of a fact's id."""
    return table.key or table.date or table.as_of


def check_table(
    table: Table, path: tuple[str | int, ...], sources: Collection[str]
) -> Iterator[PackProblem]:
    """Yield the problems of the keys of a table at a path, except those of its file.

    `sources` are the ids of the sources of the pack.
    """
    types = get_column_types(table)
    for place, template in _list_templates(table):
        yield from _check_template(template, (*path, *place), types)
    for position, name in enumerate(table.series):
        if name not in types:
            yield PackProblem((*path, "series", position), *_unknown_column(name, types))
    for position, source in enumerate(table.sources):
        if is_constant(source) and source not in sources:
            remedy = did_you_mean(source, sources, otherwise="add a [[source]] with this id")
            what = f"no source has the id `{source}`"
            cause = Cause(source, ())
            yield PackProblem((*path, "sources", position), what, remedy, cause=cause)
    if get_key_template(table) is None:
        what = "`key` is missing, and the facts have no date"
        yield PackProblem(path, what, "add a template for the end of their ids")
    yield from _check_keys(table, path)


def _list_templates(table: Table) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield every template of a table with its place."""
    for key, value in table:
        if key in OWN_KEYS and key != "key":
            continue
        if isinstance(value, str):
            yield (key,), value
        elif isinstance(value, tuple):
            for position, each in enumerate(value):
                is_single = len(value) == 1 and key in TEMPLATE_LISTS
                yield ((key,) if is_single else (key, position)), each


def _check_template(
    template: str, path: tuple[str | int, ...], types: dict[str, str]
) -> Iterator[PackProblem]:
    if is_constant(template):
        return
    try:
        columns = list(parse_template(template))
    except ValueError as error:
        what = f"`{path[2]}` is not a template ({str(error)[:1].lower()}{str(error)[1:]})"
        yield PackProblem(path, what, _CLOSE_IT)
        return
    for name, form in columns:
        if name not in types:
            yield PackProblem(path, *_unknown_column(name, types))
        elif reason := check_form(types[name].removesuffix(OPTIONAL_MARK), form):
            what = f"`{name}` has no form `{form}` ({reason})"
            yield PackProblem(path, what, "`docs/packs.md` lists the forms")
    if path[2] in NUMBERS and find_whole_column(template) is None:
        yield PackProblem(
            path, f"`{path[2]}` must be a number, or a column alone", "write `{column}`"
        )


def _unknown_column(name: str, types: Collection[str]) -> tuple[str, str]:
    otherwise = f"columns are {', '.join(types)}"
    return f"there is no column `{name}`", did_you_mean(name, types, otherwise=otherwise)


def _check_keys(table: Table, path: tuple[str | int, ...]) -> Iterator[PackProblem]:
    """Yield the keys that facts of the topic do not have, and those that they must have."""
    fields = _get_model(table).model_fields
    for key in table.model_fields_set:
        if key not in fields and key not in OWN_KEYS:
            tags = [tag for tag, each in models.FACT_TYPES.items() if key in each.model_fields]
            remedy = f"only {' and '.join(tags)} facts have it: remove it, or change the topic"
            yield PackProblem((*path, key), f"unknown key `{key}`", remedy, is_at_key=True)
    for key, field in fields.items():
        if field.is_required() and key not in ("actors", "id") and getattr(table, key) is None:
            yield PackProblem(path, f"`{key}` is missing", "add it")


def _get_model(table: Table) -> type[models.Fact]:
    """Return the type of the facts of a table."""
    return models.FACT_TYPES[models.get_tag(table)]


def make_plan(table: Table, coverage: str) -> Plan:
    """Return the plan of a table; `coverage` is that of its pack."""
    values: dict[str, Any] = {}
    for key, field in _get_model(table).model_fields.items():
        if key in _UNPLANNED_KEYS:
            values[key] = ("constant", field.default)
        elif key in ("actors", "toward"):
            values[key] = ("list", _list_parties(table, key))
        elif key != "id":
            value = getattr(table, key)
            default = None if field.is_required() else field.default
            values[key] = _plan_value(key, default if value is None else value)
    return {
        "id": table.id,
        "is_directed": table.pair == "directed",
        "columns": [(name, kind.removesuffix("?")) for name, kind in table.columns.items()],
        "keep": table.keep,
        "series": table.series,
        "rank": table.rank,
        "coverage": table.coverage or coverage,
        "values": values,
    }


def _list_parties(table: Table, key: str) -> list[tuple[str, str]]:
    if table.pair == "undirected":
        return [("column", "a"), ("column", "b")] if key == "actors" else []
    return [("column", "from" if key == "actors" else "to")]


def _plan_value(key: str, value: Any) -> tuple[str, Any]:
    if key in TEMPLATE_LISTS and value:
        return "templates", value
    if key in ELEMENT_LISTS:
        return "list", [_plan_value("", each) for each in value]
    if not isinstance(value, str) or is_constant(value):
        return "constant", value
    column = find_whole_column(value)
    return ("templates", (value,)) if column is None else ("column", column)
