"""Single records in full: a fact with its history and sources, and sources as a bibliography."""

from __future__ import annotations

from bilatcli.fields import FACT_FIELDS
from bilatcli.render import values
from bilatcli.render.bibliography import missing_sources_message
from bilatcli.render.terminal import (
    DIM,
    HEADING,
    REGULAR,
    Text,
    add_space,
    format_numbered_source,
    format_source,
    format_standing,
    make_pairs,
)
from bilatcli.text import make_printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from bilatcli.render.terminal import RenderableType

    Loaded = Mapping[str, Any]

BIBLIOGRAPHY_INDENT = 6


def render_fact(loaded: Loaded, width: int) -> Iterator[RenderableType]:
    """Yield a fact with every field that is known, its history and its sources."""
    numbers = values.number_sources(loaded)
    (fact,) = loaded["facts"]
    yield Text(f"{make_printable(fact['text'])}\n", style=HEADING)
    fields = [
        field
        for field in FACT_FIELDS
        if field.key not in ("text", "sources") and fact.get(field.key) not in (None, [], False)
    ]
    yield make_pairs(
        (
            (
                Text(field.heading, style=DIM),
                Text(values.format_for_people(fact[field.key], field.kind)),
            )
            for field in fields
        ),
        gap=2,
    )
    if loaded["chain"]:
        yield add_space(Text("History", style=HEADING))
        yield make_pairs(
            (format_fact_date(each), _format_version(each, fact, numbers))
            for each in loaded["chain"]
        )
    yield Text()
    for source in loaded["sources"]:
        number = numbers[source["id"]]
        yield from format_numbered_source(number, format_source(source), source, width=width)


def _format_version(each: Loaded, fact: Loaded, numbers: Mapping[str, int]) -> Text:
    """Return a fact of the history of another, which has itself in it."""
    this = " (this fact)" if each["id"] == fact["id"] else ""
    return format_fact(each, numbers).append(f"\n{make_printable(each['id'])}{this}", style=DIM)


def render_bibliography(loaded: Loaded, width: int) -> Iterator[RenderableType]:
    """Yield numbered sources; for a single source, the facts that depend on it too."""
    for number, source in enumerate(loaded["sources"], 1):
        yield from format_numbered_source(number, format_source(source), source, width=width)
    for fact in loaded.get("facts", ()):
        only = " (depends on this source alone)" if fact["id"] in loaded["alone"] else ""
        text = Text(f"{make_printable(fact['text'])} ").append_text(format_standing(fact, ", "))
        text.append(f"\n{make_printable(fact['id'])}{only}", style=DIM)
        yield add_space(text, indent=BIBLIOGRAPHY_INDENT)
    if loaded.get("unsourced"):
        yield add_space(Text(missing_sources_message(loaded["unsourced"]), style=DIM))


def format_fact_date(fact: Loaded) -> Text:
    """Return the date of a fact, or else the day as of which it was reported."""
    return Text(values.format_for_people(fact["date"] or fact["as_of"], "date"), style=DIM)


def format_fact(fact: Loaded, numbers: Mapping[str, int]) -> Text:
    """Return the statement of a fact with its sources, status and verification."""
    statement = f"{make_printable(fact['text'])} {values.format_marks(fact['sources'], numbers)} "
    return Text(statement, style=REGULAR).append_text(format_standing(fact, ", "))
