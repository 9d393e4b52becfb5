"""Lists whose rows are not facts: resolved names, and relations."""

from __future__ import annotations

from bilatcli.render import values
from bilatcli.render.foot import flow_words
from bilatcli.render.layout import choose_widths, lay_out_header, lay_out_row, lay_out_table
from bilatcli.render.names import Names
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

MIN_NAMES_WIDTH = 100
"""Width of the screen, in characters, from which holders of stances have their names."""
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
    shown = relations[: settings.limit if settings.max_lines is None else settings.max_lines]
    fields = [field for field in fields if _has_values(field, shown)]
    columns = make_columns(fields)
    rows = [[_format_relation_cell(each, field) for field in fields] for each in shown]
    widths = choose_widths(columns, rows, settings.width)
    counts = f"{plural(count, 'relation')}, {curated:,} curated"
    all_parts = [counts, "one of them: bilatcli summary ID"]
    few_parts = [f"{{:,}} of {counts}", "more: --limit N or --all-rows"]
    blocks = [lay_out_row(row, columns, widths) for row in rows]
    if settings.max_lines is not None:
        foot = list(flow_words(few_parts, settings.width))
        blocks = _keep_blocks(blocks, settings.max_lines - HEAD_LINES - 1 - len(foot))
    yield from lay_out_header(columns, widths, HEADING)
    for block in blocks:
        yield from block
    yield ""
    parts = all_parts if len(blocks) == count else few_parts
    yield from flow_words([part.format(len(blocks)) for part in parts], settings.width)


def _keep_blocks(blocks: list[list[Line]], room: int) -> list[list[Line]]:
    """Return the first blocks of lines that fit, and at least one."""
    kept: list[list[Line]] = []
    for block in blocks:
        room -= len(block)
        if kept and room < 0:
            break
        kept.append(block)
    return kept


def render_slugs(
    loaded: Loaded, rows: Sequence[Loaded], fields: Sequence[Field], settings: Settings
) -> Iterator[Line]:
    """Yield issues or events, one per line.

    On a narrow screen countries are codes, which the foot explains.
    """
    names = Names(loaded)
    is_wide = settings.width >= MIN_NAMES_WIDTH
    cells = [
        [_format_slug_cell(row, field, names if is_wide else None) for field in fields]
        for row in rows
    ]
    columns = make_columns(fields)
    yield from lay_out_table(columns, cells, width=settings.width, header_style=HEADING)
    codes = {code for row in rows for code in row.get("holders", ())}
    known = [] if is_wide else names.find_codes(sorted(codes))
    if known:
        yield ""
        yield from flow_words([f"{code} {names.country(code)}" for code in known], settings.width)


def _format_slug_cell(row: Loaded, field: Field, names: Names | None) -> str:
    """Return a value of an issue or event; countries have their names, if there are `names`."""
    if names is not None and field.kind == "actors":
        return names.countries(row[field.key])
    return _format_relation_cell(row, field)


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
