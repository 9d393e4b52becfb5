"""Lists whose rows are not facts: resolved names, and relations."""

from __future__ import annotations

from bilatcli.render import values
from bilatcli.render.terminal import DIM, Text, add_space, make_table
from bilatcli.text import make_printable, plural

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from bilatcli.fields import Field
    from bilatcli.render.terminal import RenderableType

    Loaded = Mapping[str, Any]


def render_names(loaded: Loaded, columns: Sequence[Field]) -> Iterator[RenderableType]:
    """Yield the country of each name, then the candidates of ambiguous names, with a command."""
    table = make_table(columns)
    for name in loaded["names"]:
        table.add_row(*(_format_value(name, column) for column in columns))
    yield table
    for name in loaded["names"]:
        for candidate in name["candidates"]:
            label = f"{make_printable(name['input'])}: {make_printable(candidate['name'])}"
            command = f"bilatcli resolve {candidate['code'].lower()}"
            yield Text(f"{label}  {command}", style=DIM)


def render_relations(loaded: Loaded, columns: Sequence[Field]) -> Iterator[RenderableType]:
    """Yield the relations, one per row, and how many there are."""
    relations = loaded["relations"]
    has_status = any(column.key == "status" for column in columns)
    table = make_table(columns)
    for relation in relations:
        name = format_relation_name(relation, with_status=not has_status)
        table.add_row(
            *(
                name if column.key == "name" else _format_value(relation, column)
                for column in columns
            )
        )
    yield table
    curated = sum(relation["coverage"] == "curated" for relation in relations)
    count = f"{plural(len(relations), 'relation')}, {curated:,} curated"
    yield add_space(Text(f"{count} · more: bilatcli summary ID", style=DIM))


def format_relation_name(relation: Loaded, *, with_status: bool) -> Text:
    """Return the name of a relation with its facts by topic, below it if it is curated."""
    text = Text(make_printable(relation["name"]))
    if with_status and relation["status"]:
        text.append(f" · {make_printable(relation['status'])}")
    if relation["topics"]:
        separator = "\n" if relation["coverage"] == "curated" else " · "
        topics = values.format_for_people(relation["topics"], "counts")
        text.append(f"{separator}{topics}", style=DIM)
    return text


def _format_value(row: Loaded, column: Field) -> Text:
    return Text(values.format_for_people(row[column.key], column.kind))
