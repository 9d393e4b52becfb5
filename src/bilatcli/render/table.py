"""The table: a document as a person reads it at a terminal."""

from __future__ import annotations

from bilatcli.render import (
    deals,
    fact_table,
    figures,
    listings,
    matrix,
    profile,
    records,
    stances,
    summary,
    table_head,
    values,
)
from bilatcli.render.columns import columns_for
from bilatcli.render.fact_table import MIN_TABLE_WIDTH
from bilatcli.render.layout import lay_out_table
from bilatcli.render.terminal import DIM, HEADING, Text, make_columns, make_pairs, render_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from bilatcli.fields import Field
    from bilatcli.render.layout import Line
    from bilatcli.render.settings import Settings
    from bilatcli.views.document import Document

    Loaded = Mapping[str, Any]


def render_table(document: Document, settings: Settings) -> str:
    """Return a document as text for a terminal; empty if nothing was found."""
    if not document.elements and document.is_empty:
        return ""
    page = _choose_page(document, settings)
    return render_lines(page, width=settings.width, has_colour=settings.has_colour)


def _choose_page(document: Document, settings: Settings) -> Iterable[Line]:
    loaded = document.load()
    if document.fields is not None:
        return _render_chosen_fields(document, loaded, settings)
    match document.rows:
        case "sources":
            page = records.render_bibliography(loaded, settings)
        case "relations" if document.view == "summary":
            page = profile.render_profile(loaded, settings)
        case "relations":
            fields = columns_for(document, settings.width)
            page = listings.render_relations(loaded, fields, settings)
        case "names":
            fields = columns_for(document, settings.width)
            page = listings.render_names(loaded, fields, settings)
        case "issues" | "events":
            fields = columns_for(document, settings.width)
            page = listings.render_slugs(
                loaded, values.get_rows(loaded, document.rows), fields, settings
            )
        case "cells":
            page = matrix.render_matrix(loaded, settings)
        case _:
            page = _choose_fact_page(document, loaded, settings)
    return page


def _choose_fact_page(document: Document, loaded: Loaded, settings: Settings) -> Iterator[Line]:
    match document.view:
        case "show" if len(loaded["facts"]) == 1:
            return records.render_fact(loaded, settings)
        case "summary" if loaded["relation"] is not None:
            return summary.render_summary(loaded, settings)
        case "stances":
            return stances.render_stances(document, loaded, settings)
        case "figures":
            return figures.render_figures(loaded, settings)
        case "military":
            return deals.render_military(document, loaded, settings)
    return fact_table.render_facts(document, loaded, settings)


def _render_chosen_fields(document: Document, loaded: Loaded, settings: Settings) -> Iterator[Line]:
    """Yield the chosen fields, and nothing else except a chart."""
    width = settings.width
    if document.has_chart:
        yield from table_head.render_chart(loaded, width)
    fields = columns_for(document)
    rows = values.get_rows(loaded, document.rows)[: settings.limit]
    if width < MIN_TABLE_WIDTH:
        for row in rows:
            yield from make_pairs(
                ((Text(f.heading, style=DIM), Text(_format_value(row, f))) for f in fields), width
            )
            yield ""
        return
    cells = [[_format_value(row, field) for field in fields] for row in rows]
    yield from lay_out_table(make_columns(fields), cells, width=width, header_style=HEADING)


def _format_value(row: Loaded, field: Field) -> str:
    return values.format_for_people(row.get(field.key), field.kind)
