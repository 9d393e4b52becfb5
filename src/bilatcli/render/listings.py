"""Lists whose rows are not facts: resolved names, and relations."""

from __future__ import annotations

from bilatcli.render import values
from bilatcli.render.foot import flow_words
from bilatcli.render.layout import lay_out_table
from bilatcli.render.periods import format_period
from bilatcli.render.terminal import DIM, HEADING, Text, make_columns
from bilatcli.text import make_printable, plural

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from bilatcli.fields import Field
    from bilatcli.render.layout import Line
    from bilatcli.render.settings import Settings

    Loaded = Mapping[str, Any]

HEAD_LINES = 2
"""Lines of the headings of a table and its rule."""


def render_names(loaded: Loaded, fields: Sequence[Field], settings: Settings) -> Iterator[Line]:
    """Yield the country of each name, then the candidates of ambiguous names, with a command."""
    shown = [
        field
        for field in fields
        if field.key in ("input", "code")
        or any(name.get(field.key) not in (None, [], {}) for name in loaded["names"])
    ]
    rows = [[_format_value(name, field) for field in shown] for name in loaded["names"]]
    yield from lay_out_table(make_columns(shown), rows, width=settings.width, header_style=HEADING)
    for name in loaded["names"]:
        for candidate in name["candidates"]:
            label = f"{make_printable(name['input'])}: {make_printable(candidate['name'])}"
            command = f"bilatcli resolve {candidate['code'].lower()}"
            yield Text(f"{label}  {command}", style=DIM)


def render_relations(loaded: Loaded, fields: Sequence[Field], settings: Settings) -> Iterator[Line]:
    """Yield the relations, curated ones first, one per line, and how many there are."""
    relations = [each for each in loaded["relations"] if each["coverage"] == "curated"]
    curated = len(relations)
    relations += [each for each in loaded["relations"] if each["coverage"] != "curated"]
    count = len(relations)
    shown = relations[: settings.limit]
    if settings.max_lines is not None:
        shown = relations[: max(1, settings.max_lines - HEAD_LINES - 2)]
    fields = [field for field in fields if _has_values(field, shown)]
    rows = [[_format_relation_cell(each, field) for field in fields] for each in shown]
    yield from lay_out_table(make_columns(fields), rows, width=settings.width, header_style=HEADING)
    yield ""
    counts = f"{plural(count, 'relation')}, {curated:,} curated"
    parts = [counts, "one of them: bilatcli summary ID"]
    if len(shown) < count:
        parts = [f"{len(shown):,} of {counts}", "more: --limit N or --all-rows"]
    yield from flow_words(parts, settings.width)


def _has_values(field: Field, relations: Sequence[Loaded]) -> bool:
    return any(relation[field.key] not in (None, [], {}) for relation in relations)


def _format_relation_cell(relation: Loaded, field: Field) -> str:
    """Return a value of a relation on one line."""
    value = relation[field.key]
    if value is None:
        return ""
    if field.kind == "date":
        return make_printable(format_period(value))
    return values.format_for_people(value, field.kind)


def _format_value(row: Loaded, field: Field) -> str:
    value = row.get(field.key)
    return values.format_for_people(value, field.kind) if value not in (None, []) else ""
