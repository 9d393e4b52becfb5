"""The table: facts for a person at a terminal, in sections, with their numbered sources below."""

from __future__ import annotations

from bilatcli.fields import FIELDS
from bilatcli.render import listings, matrix, records, summary, table_head, values
from bilatcli.render.columns import columns_for, detail_columns_for
from bilatcli.render.terminal import (
    DIM,
    HEADING,
    HIT,
    REGULAR,
    Text,
    add_space,
    format_numbered_source,
    format_standing,
    make_pairs,
    make_table,
    render_parts,
)
from bilatcli.text import make_printable
from bilatcli.views import VIEWS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from bilatcli.fields import Field
    from bilatcli.render.terminal import RenderableType
    from bilatcli.views import View
    from bilatcli.views.document import Document

    Loaded = Mapping[str, Any]
    Spans = Iterable[Sequence[int]]

MIN_TABLE_WIDTH = 60
"""Width, in characters, below which a table becomes a list."""

_STATEMENT = next(field for field in FIELDS["facts"] if field.key == "text")


def render_table(document: Document, *, width: int, has_colour: bool) -> str:
    """Return a document as text for a terminal of `width` columns; empty if nothing was found."""
    if not document.elements and document.is_empty:
        return ""
    return render_parts(_choose_page(document, width), width=width, has_colour=has_colour)


def _choose_page(document: Document, width: int) -> Iterable[RenderableType]:
    loaded = document.load()
    if document.fields is not None:
        return _render_chosen_fields(document, loaded, width)
    match document.rows:
        case "sources":
            page = records.render_bibliography(loaded, width)
        case "relations":
            page = listings.render_relations(loaded, columns_for(document, width))
        case "names":
            page = listings.render_names(loaded, columns_for(document, width))
        case "cells":
            page = matrix.render_matrix(loaded, width)
        case _:
            page = _choose_fact_page(document, loaded, width)
    return page


def _choose_fact_page(document: Document, loaded: Loaded, width: int) -> Iterator[RenderableType]:
    if document.view == "show":
        if len(loaded["facts"]) == 1:
            return records.render_fact(loaded, width)
        return _render_facts(document, {**loaded, "relation": None}, width)
    if document.view == "summary" and loaded["relation"] is not None:
        return summary.render_summary(loaded, width)
    return _render_facts(document, loaded, width)


def _render_chosen_fields(
    document: Document, loaded: Loaded, width: int
) -> Iterator[RenderableType]:
    """Yield the fields that were asked for, and nothing else except a chart."""
    if document.has_chart:
        yield from table_head.render_chart(loaded, width)
    columns = columns_for(document)
    rows = values.get_rows(loaded, document.rows)
    if width < MIN_TABLE_WIDTH:
        for row in rows:
            yield make_pairs((Text(c.heading, style=DIM), _format_value(row, c)) for c in columns)
            yield Text()
        return
    table = make_table(columns)
    for row in rows:
        table.add_row(*(_format_value(row, column) for column in columns))
    yield table


def _render_facts(document: Document, loaded: Loaded, width: int) -> Iterator[RenderableType]:
    view = VIEWS[document.view]
    yield table_head.format_title(loaded, view.name)
    if document.has_chart:
        yield from table_head.render_chart(loaded, width)
    yield from table_head.render_support(loaded)
    yield from table_head.render_chains(loaded)
    is_table = width >= MIN_TABLE_WIDTH
    columns = columns_for(document, width) if is_table else [_STATEMENT]
    details = detail_columns_for(document, columns)
    numbers = values.number_sources(loaded)
    hits = {match["fact"]: match["spans"] for match in loaded.get("matches", ())}
    table = make_table(columns, has_header=is_table)
    last_section = None
    for section, fact in group_facts(loaded, view):
        if not view.is_ranked and section != last_section:
            table.add_row(*(_format_section(section, column) for column in columns))
            last_section = section
        statement = format_statement(fact, details, numbers, hits.get(fact["id"], ()))
        table.add_row(
            *(
                statement if column is _STATEMENT else format_cell(fact, column, numbers)
                for column in columns
            )
        )
    yield table
    yield add_space(Text(values.format_tally(loaded["facts"], view.noun), style=DIM), after=1)
    for number, source in values.find_cited_sources(loaded):
        text = Text(values.format_short_source(source))
        yield from format_numbered_source(number, text, source, width=width)


def group_facts(loaded: Loaded, view: View) -> Iterator[tuple[str, Loaded]]:
    """Yield each fact, as it is shown, with the heading of its section."""
    if view.group == "year":
        years = [each["year"] for each in loaded["years"] for _ in range(each["facts"])]
        for year, fact in zip(years, loaded["facts"], strict=True):
            yield year, {**fact, "date": fact["date"] or fact["as_of"]}
    elif view.group == "change":
        for fact in values.get_rows(loaded, "facts"):
            has_new_status = fact["was"] not in (None, fact["status"])
            status = f"{fact['was']} → {fact['status']}" if has_new_status else fact["status"]
            yield fact["change"], {**fact, "status": status}
    else:
        for fact in loaded["facts"]:
            section = values.format_word(fact[view.group or "topic"])
            is_pair_known = loaded["relation"] is not None or view.group == "issue"
            yield section if is_pair_known else f"{fact['relation']}: {section}", fact


def _format_section(section: str, column: Field) -> Text:
    """Return the cell of a column in the row that begins a section."""
    return Text(section.upper() if column is _STATEMENT else "", style=HEADING)


def _format_value(row: Loaded, column: Field) -> Text:
    return Text(values.format_for_people(row.get(column.key), column.kind))


def format_cell(fact: Loaded, column: Field, numbers: Mapping[str, int]) -> Text:
    """Return the cell of a fact in a column other than the statement."""
    if column.key == "status":
        return format_standing(fact, "\n")
    if column.key == "sources":
        return Text(values.format_marks(fact["sources"], numbers, " ") or values.UNKNOWN)
    return _format_value(fact, column)


def format_statement(
    fact: Loaded, details: Sequence[Field], numbers: Mapping[str, int], hits: Spans
) -> Text:
    """Return the statement of a fact, with its details and its id on lines of their own.

    `details` are the fields that have no column. `hits` are the spans of words that a search found.
    The position of a stance comes first.
    """
    keys = [field.key for field in details]
    text = Text()
    if "position" in keys:
        text.append(f"{make_printable(fact['position'])}\n", style=HEADING)
    text.append_text(highlight_hits(fact["text"], hits))
    parts = [format_standing(fact, ", ")] if "status" in keys else []
    parts += [
        Text(f"{field.heading.lower()} ").append_text(_format_value(fact, field))
        for field in details
        if field.key not in ("status", "position", "sources") and fact.get(field.key) is not None
    ]
    if "sources" in keys and fact["sources"]:
        parts.append(Text(values.format_marks(fact["sources"], numbers)))
    if parts:
        text.append("\n").append_text(Text(" · ").join(parts))
    return text.append(f"\n{make_printable(fact['id'])}", style=DIM)


def highlight_hits(text: str, hits: Spans) -> Text:
    """Return a statement with the spans highlighted that a search found."""
    highlighted, done = Text(), 0
    for start, end in hits:
        highlighted.append(make_printable(text[done:start]), style=REGULAR)
        highlighted.append(make_printable(text[start:end]), style=HIT)
        done = end
    return highlighted.append(make_printable(text[done:]), style=REGULAR)
