"""Single records in full: a fact with its history and sources, and sources as a bibliography."""

from __future__ import annotations

from bilatcli.fields import FACT_FIELDS
from bilatcli.render import values
from bilatcli.render.bibliography import missing_sources_message
from bilatcli.render.foot import flow_words
from bilatcli.render.layout import measure, wrap
from bilatcli.render.names import Names
from bilatcli.render.sources import SourceNumbers, format_numbered_source, format_source
from bilatcli.render.statement import format_date, format_standing, format_value
from bilatcli.render.terminal import (
    DIM,
    HEADING,
    REGULAR,
    Text,
    indent_lines,
    make_pairs,
)
from bilatcli.text import make_printable, plural

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from bilatcli.render.layout import Line
    from bilatcli.render.settings import Settings

    Loaded = Mapping[str, Any]

BIBLIOGRAPHY_INDENT = 7
BIBLIOGRAPHY_FOOT_LINES = 4
"""Lines of a screen that are kept for what was left out."""

_NOT_IN_RECORD = ("text", "sources", "first", "last", "passages")
"""Fields of a fact that its record shows elsewhere, or as `date`, `until` and `as_of`."""


def render_fact(loaded: Loaded, settings: Settings) -> Iterator[Line]:
    """Yield a fact with every field that is known, its history and its sources."""
    numbers, names, width = SourceNumbers(loaded["sources"]), Names(loaded), settings.width
    (fact,) = loaded["facts"]
    numbers.mark(fact["sources"])
    yield Text(make_printable(fact["text"]), style=HEADING)
    yield ""
    fields = [
        field
        for field in FACT_FIELDS
        if field.key not in _NOT_IN_RECORD and fact.get(field.key) not in (None, [], False)
    ]
    yield from make_pairs(
        (
            (Text(field.heading, style=DIM), Text(format_value(fact, field, names)))
            for field in fields
        ),
        width,
    )
    yield from _list_passages(fact, numbers, width)
    if loaded["chain"]:
        yield from ("", Text("History", style=HEADING))
        yield from make_pairs(
            [(format_date(each), _format_version(each, fact, numbers)) for each in loaded["chain"]],
            width,
        )
    yield ""
    for number, source in numbers.list_cited():
        yield from format_numbered_source(number, format_source(source), source, width=width)


def _list_passages(fact: Loaded, numbers: SourceNumbers, width: int) -> Iterator[Line]:
    """Yield the words of sources that a fact rests on, each after the number of its source."""
    passages = fact.get("passages") or ()
    if passages:
        yield from ("", Text("Passages", style=HEADING))
        yield from make_pairs(
            [
                (numbers.mark([each["source"]]), Text(values.format_passage(each)))
                for each in passages
            ],
            width,
        )


def _format_version(each: Loaded, fact: Loaded, numbers: SourceNumbers) -> Text:
    """Return a fact of the history of another, which has itself in it."""
    this = " (this fact)" if each["id"] == fact["id"] else ""
    marks = numbers.mark(each["sources"])
    return format_fact(each, marks).append(f"\n{make_printable(each['id'])}{this}", style=DIM)


def render_bibliography(loaded: Loaded, settings: Settings) -> Iterator[Line]:
    """Yield numbered sources; for a single source, the facts that depend on it too.

    On a screen there are as many sources as fit.
    """
    width = settings.width
    sources = loaded["sources"][: settings.limit]
    room = settings.max_lines and settings.max_lines - BIBLIOGRAPHY_FOOT_LINES
    lines: list[Line] = []
    for number, source in enumerate(sources, 1):
        added = list(format_numbered_source(number, format_source(source), source, width=width))
        height = sum(-(-measure(line) // width) or 1 for line in added)
        if room is not None and lines and room < height:
            sources = sources[: number - 1]
            break
        room = room and room - height
        lines += added
    yield from lines
    listed = {source["id"] for source in sources}
    for fact in loaded.get("facts", ()):
        only = " (depends on this source alone)" if fact["id"] in loaded["alone"] else ""
        text = Text(f"{make_printable(fact['text'])} ").append_text(format_standing(fact))
        for passage in fact.get("passages") or ():
            if passage["source"] in listed:
                text.append(f"\n{values.format_passage(passage)}")
        text.append(f"\n{make_printable(fact['id'])}{only}", style=DIM)
        yield ""
        yield from indent_lines(text, BIBLIOGRAPHY_INDENT, width)
    yield from _list_rest(loaded, len(sources), width)


def _list_rest(loaded: Loaded, shown: int, width: int) -> Iterator[Line]:
    """Yield which facts have no source, and how many sources were left out."""
    if loaded.get("unsourced"):
        yield ""
        message = Text(missing_sources_message(loaded["unsourced"]), style=DIM)
        yield from wrap(message, width)
    count = len(loaded["sources"])
    if shown < count:
        yield ""
        parts = [f"{shown:,} of {plural(count, 'source')}", "more: --limit N or --all-rows"]
        yield from flow_words([*parts, "in a citation style: --style apa"], width)


def format_fact(fact: Loaded, marks: Text) -> Text:
    """Return the statement of a fact with the numbers of its sources and what is uncertain."""
    text = Text(f"{make_printable(fact['text'])} ", style=REGULAR).append_text(marks)
    standing = format_standing(fact)
    return text.append(" ").append_text(standing) if standing else text
