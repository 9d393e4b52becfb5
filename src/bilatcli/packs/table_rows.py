"""The rows of a table: check each as the fact that it makes, and find the cell with a problem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from bilatcli.fuzzy import did_you_mean
from bilatcli.normalization import normalize
from bilatcli.packs import models, validation
from bilatcli.packs.bundled_countries import load_country_names
from bilatcli.packs.cells import CellError, parse_cell, quote_cell
from bilatcli.packs.problems import PackProblem
from bilatcli.packs.table_models import PAIR_COLUMNS, Table
from bilatcli.packs.table_plan import make_values, name_columns
from bilatcli.packs.table_templates import get_column_types, get_key_template
from bilatcli.packs.templates import OPTIONAL_MARK, Country, fill_template, parse_template
from bilatcli.text import to_json

if TYPE_CHECKING:
    from bilatcli.packs.table_plan import Plan
    from bilatcli.packs.templates import Value

Row = tuple[str, str, str]
"""A row as the index has it: the relation, the end of the fact's id, and the cells as JSON."""
CellProblem = tuple[int, str, str]
"""A problem in a row: the number of the column from 1, what is wrong, and what to do."""


MAX_SHORT_TEXT = 100
"""Maximum characters of a text with the codes of countries that surely fits with their names."""


class RowReader:
    """Takes the rows of a table and keeps them as `rows`; problems are yielded.

    Those of values that all rows share become `constant_problems`, by the keys of the table. An
    unknown country or source is yielded once; `places` has the number of its cells.

    A row with a problem yields one for each wrong cell, or else one for each wrong value that its
    cells make together.
    """

    def __init__(self, table: Table, plan: Plan, sources: Collection[str]) -> None:
        self.rows: list[Row] = []
        self.constant_problems: dict[str, PackProblem] = {}
        self.places: Counter[str] = Counter()
        self._table = table
        self.plan = plan
        self._sources = sources
        self._types = get_column_types(table)
        self._model = models.FACT_TYPES[models.get_tag(table)]
        self._key = get_key_template(table) or ""
        self._header: list[str] = []
        self._line_of: dict[tuple[str, str], int] = {}

    def take_header(self, header: Sequence[str]) -> Iterator[CellProblem]:
        """Take the names of the columns."""
        self._header = list(header)
        for place, name in enumerate(header, 1):
            if name not in self._types:
                otherwise = f"remove it; columns are {', '.join(self._types)}"
                remedy = did_you_mean(name, set(self._types) - set(header), otherwise=otherwise)
                yield place, f"unknown column `{quote_cell(name)}`", remedy
            elif name in header[: place - 1]:
                yield place, f"the column `{name}` is there twice", "remove one of the two"
        for name in self._types:
            if name not in header:
                yield 1, f"the column `{name}` is missing", "add it"

    def take_row(self, line: int, cells: Sequence[str]) -> Iterator[CellProblem]:
        """Take the cells of the row that begins on a line."""
        if len(cells) != len(self._header):
            what = f"the row has {len(cells)} cells, the table {len(self._header)} columns"
            yield min(len(cells), len(self._header)) + 1, what, "give each column one cell"
            return
        values: dict[str, Any] = {}
        for place, (name, cell) in enumerate(zip(self._header, cells, strict=True), 1):
            try:
                values[name] = parse_cell(self._types[name], cell, self._sources)
            except CellError as error:
                what = f"`{name}`: {error.what}"
                if self._types[name].rstrip(OPTIONAL_MARK) in ("country", "source"):
                    self.places[what] += 1
                if self.places[what] <= 1:
                    yield place, what, error.remedy
        if len(values) == len(self._header):
            yield from self._take_values(line, values)

    def _take_values(self, line: int, values: dict[str, Any]) -> Iterator[CellProblem]:
        """Take the values of a row, each of which is right by itself."""
        one, other = PAIR_COLUMNS[self._table.pair]
        if values[one] == values[other]:
            what = f"`{values[one]}` is both countries of the row"
            yield self._place_of(other), what, "name two countries"
            return
        relation = "-".join(sorted((values[one].lower(), values[other].lower())))
        sender = [values[one]] if self._table.pair == "directed" else []
        cells = [*sender, *(values[name] for name in self._table.columns)]
        columns = name_columns(self.plan, relation, cells, {})
        key = self._make_key(columns)
        if key is None:
            what = "the row gives no end for the id of its fact"
            yield self._place_in(self._key), what, "fill in the columns of `key`"
            return
        first = self._line_of.setdefault((relation, key), line)
        if first != line:
            what = f"duplicate row: line {first} has the fact `{self._id(relation, key)}` too"
            yield 1, what, "remove one of the two, or add a column to `key`"
            return
        problems = list(self._check_fact(key, columns))
        yield from problems
        self.rows.append((relation, key, to_json(cells)))

    def _make_key(self, columns: dict[str, Value]) -> str | None:
        """Return the end of the id of the fact of a row, or None if nothing is left of it."""
        text = fill_template(self._key, columns)
        words = [word for word in normalize(text or "").split() if word.isascii()]
        if not words:
            return None
        sender = [str(columns["from"]).lower()] if "from" in columns else []
        return "-".join([*sender, *words])

    def _id(self, relation: str, key: str) -> str:
        return f"{relation}/{self._table.id}-{key}"

    def _check_fact(self, key: str, columns: dict[str, Value]) -> Iterator[CellProblem]:
        """Yield what is wrong with the fact of a row."""
        id = f"{self._table.id}-{key}"
        made = make_values(self.plan, id, columns)
        if len(made["text"] or "") > MAX_SHORT_TEXT:
            for country in columns.values():
                if isinstance(country, Country):
                    country.name = load_country_names().get(country, country)
            made = make_values(self.plan, id, columns)
        values = {name: value for name, value in made.items() if value is not None}
        if not values["sources"] and values.get("verification") != "citation-needed":
            what = f"the row has no source but is `{values.get('verification')}`"
            yield self._place_of_key("sources"), what, "name a source"
        try:
            self._model.model_validate(values)
        except ValidationError as error:
            for problem in validation.to_problems(self._model, values, error):
                key = str(problem.path[0])
                if key in self._table.model_fields_set and self._is_constant(key):
                    self.constant_problems.setdefault(key, problem)
                else:
                    yield self._place_of_key(key), problem.what, problem.remedy

    def _is_constant(self, key: str) -> bool:
        """Return True if a key has the same value for all rows."""
        kind, _ = self.plan["values"].get(key, ("constant", None))
        return bool(kind == "constant")

    def _place_of_key(self, key: str) -> int:
        """Return the number of the first column that a key of a fact is made from, or 1."""
        kind, value = self.plan["values"].get(key, ("constant", None))
        if kind == "column":
            return self._place_of(value)
        entries = value if kind in ("templates", "list") else ()
        texts = (each if isinstance(each, str) else f"{{{each[1]}}}" for each in entries)
        return next((self._place_in(text) for text in texts if "{" in text), 1)

    def _place_in(self, template: str) -> int:
        """Return the number of the first column in a template, or 1."""
        names = (name for name, _ in parse_template(template) if name in self._header)
        return next(map(self._place_of, names), 1)

    def _place_of(self, column: str) -> int:
        return self._header.index(column) + 1
