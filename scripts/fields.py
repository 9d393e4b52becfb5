"""Generate the tables in `bilatcli.fields` and `bilatcli.export.columns` from the types of packs.

Lookups and exports need headings, kinds and meanings, but not pydantic, which takes long to import.

python scripts/fields.py             write the files
python scripts/fields.py --check     exit with 1 if a file is stale
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from bilatcli import vocabulary
from bilatcli.packs import models
from bilatcli.packs.keys import Key, Shown
from bilatcli.views import schema_facts, schema_listings, schema_names, schema_parts
from generated import ROOT, write_or_check

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

FIELDS = ROOT / "src" / "bilatcli" / "fields.py"
COLUMNS = ROOT / "src" / "bilatcli" / "export" / "columns.py"
START = "# --- Generated from here on by `make fields`.\n"
LINE_LENGTH = 100

FACT_TYPES: dict[str, type[BaseModel]] = {
    "military": schema_facts.MilitaryFact,
    "stance": schema_facts.Stance,
    "figure": schema_facts.TradeFact,
}
"""The types of facts that have keys of their own, by their topics."""
FIELD_TABLES: dict[str, tuple[type[BaseModel], str]] = {
    "SOURCE_FIELDS": (schema_parts.Source, "The fields of a source, a CSL-JSON item."),
    "RELATION_FIELDS": (schema_parts.RelationLine, "The fields of a relation in a list."),
    "NAME_FIELDS": (schema_names.ResolvedName, "The fields of a resolved name."),
    "CELL_FIELDS": (schema_parts.Cell, "The fields of a cell in the matrix of stances."),
    "ISSUE_FIELDS": (schema_listings.IssueLine, "The fields of an issue in a list."),
    "EVENT_FIELDS": (schema_listings.EventLine, "The fields of an event in a list."),
    "CHANGE_FIELDS": (schema_parts.Change, "The fields that a comparison adds to each fact."),
}
COLUMN_TABLES: dict[str, tuple[type[BaseModel], str]] = {
    "SOURCE_COLUMNS": (models.Source, "The fields of a source in a pack."),
    "RELATION_COLUMNS": (models.Relation, "The fields of a relation in a pack."),
    "COUNT_COLUMNS": (schema_parts.RelationLine, "The fields of a relation in a list."),
}

LISTS = (list, tuple)
TYPES = {bool: "boolean", int: "integer", str: "text"}
KINDS = {"integer": "number", "number": "number", "boolean": "boolean"}
"""How values are shown by their type, if the type has no `Shown`."""
LIST_KINDS = {"id": "ids", "actor": "actors"}
WORD_LISTS = {words: name for name, words in vars(vocabulary).items() if isinstance(words, tuple)}


class Declared:
    """A key as its type declares it."""

    def __init__(self, name: str, field: FieldInfo, key: Key) -> None:
        self.name = field.alias or name
        self.key = key
        self.topics: list[str] = []
        self._parts = [*field.metadata, *_flatten(field.annotation)]

    @property
    def is_nullable(self) -> bool:
        """Return True if a row may have null."""
        return bool(self.topics) or NoneType in self._parts

    @property
    def words(self) -> tuple[str, ...]:
        """Return all values that are allowed, if they are few; otherwise nothing."""
        return next((get_args(part) for part in self._parts if _is_literal(part)), ())

    @property
    def type_name(self) -> str:
        """Return the type of a value in an export."""
        if self.kind_of_type == "day":
            return "day"
        types = [part for part in self._parts if isinstance(part, type) and part is not NoneType]
        if types[0] in LISTS:
            return "texts" if types[1] is str else "object"
        return "number" if float in types else TYPES.get(types[0], "object")

    @property
    def kind_of_type(self) -> str:
        """Return how values of the type are shown; empty if the type does not say."""
        return next((part.kind for part in self._parts if isinstance(part, Shown)), "")

    @property
    def kind(self) -> str:
        """Return how a value is shown: as its key says, else its type, else its values."""
        kind = self.key.kind or self.kind_of_type
        if kind and self.type_name == "texts":
            return LIST_KINDS.get(kind, kind)
        return kind or ("word" if self.words else KINDS.get(self.type_name, "text"))


def declared_keys(model: type[BaseModel]) -> list[Declared]:
    """Return the keys of a type in the order of their sections."""
    keys = [
        Declared(name, field, part)
        for name, field in model.model_fields.items()
        for part in field.metadata
        if isinstance(part, Key)
    ]
    return sorted(keys, key=lambda each: each.key.section)


def fact_keys() -> list[Declared]:
    """Return the keys of all types of facts, with the topics of those that not all have."""
    keys = {each.name: each for each in declared_keys(schema_facts.Fact)}
    common = set(keys)
    for topic, model in FACT_TYPES.items():
        for each in declared_keys(model):
            if each.name not in common:
                keys.setdefault(each.name, each).topics.append(topic)
    return sorted(keys.values(), key=lambda each: each.key.section)


def fields_text() -> str:
    """Return the text of `bilatcli.fields`."""
    tables = [_table("FACT_FIELDS", "The fields of a fact.", map(_field_row, fact_keys()))]
    for name, (model, about) in FIELD_TABLES.items():
        tables.append(_table(name, about, map(_field_row, declared_keys(model))))
    rows = "".join(
        f'    "{key}": {key.removesuffix("s").upper()}_FIELDS,\n'
        for key in ("facts", "sources", "relations", "names", "cells", "issues", "events")
    )
    about = '"""The fields of rows, by the key that the rows have in a document."""'
    tables.append(f"FIELDS = {{\n{rows}}}\n{about}\n")
    return _generated(FIELDS, tables)


def columns_text() -> str:
    """Return the text of `bilatcli.export.columns`."""
    tables = [_table("FACT_COLUMNS", "The fields of a fact.", map(_column_row, fact_keys()))]
    for name, (model, about) in COLUMN_TABLES.items():
        keys = (each for each in declared_keys(model) if each.type_name != "object")
        tables.append(_table(name, about, map(_column_row, keys)))
    return _generated(COLUMNS, tables)


def _generated(file: Path, tables: Iterable[str]) -> str:
    """Return the text of a file: the part that is written by hand, then the tables."""
    return f"{file.read_text('utf-8').partition(START)[0]}{START}\n" + "\n".join(tables)


def _table(name: str, about: str, rows: Iterable[str]) -> str:
    return f'{name} = (\n{"".join(rows)})\n"""{about}"""\n'


def _field_row(each: Declared) -> str:
    texts = each.name, each.key.heading, each.kind, *each.topics
    return f"    Field({', '.join(map(_quote, texts))}),\n"


def _column_row(each: Declared) -> str:
    arguments = [_quote(each.name), _quote(each.key.meaning)]
    if each.type_name != "text":
        arguments.append(_quote(each.type_name))
    if each.key.refers:
        arguments.append(f"refers=({', '.join(map(_quote, each.key.refers))})")
    if each.words:
        arguments.append(f"words=vocabulary.{WORD_LISTS[each.words]}")
    if not each.is_nullable and each.type_name != "texts":
        arguments.append("is_required=True")
    line = f"    Column({', '.join(arguments)}),\n"
    if len(line) <= LINE_LENGTH:
        return line
    return "    Column(\n" + "".join(f"        {each},\n" for each in arguments) + "    ),\n"


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _flatten(annotation: Any) -> Iterator[Any]:
    """Yield the metadata and the types in an annotation, from the outside to the inside."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from arguments[1:]
        yield from _flatten(arguments[0])
    elif _is_literal(annotation):
        yield from (annotation, str)
    elif origin in (Union, UnionType):
        for argument in arguments:
            yield from _flatten(argument)
    elif origin is not None:
        yield origin
        for argument in arguments if origin in LISTS else ():
            yield from _flatten(argument)
    else:
        yield annotation


def _is_literal(part: Any) -> bool:
    return get_origin(part) is Literal


if __name__ == "__main__":
    write_or_check(
        {FIELDS: fields_text().encode(), COLUMNS: columns_text().encode()}, "make fields"
    )
