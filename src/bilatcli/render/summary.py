"""The summary of a pair on one screen."""

from __future__ import annotations

from itertools import groupby

from bilatcli.citations import csl
from bilatcli.render import values
from bilatcli.render.records import format_fact, format_fact_date
from bilatcli.render.terminal import (
    DIM,
    HEADING,
    REGULAR,
    Text,
    add_space,
    flow_entries,
    make_pairs,
)
from bilatcli.text import make_printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from bilatcli.render.terminal import RenderableType

    Loaded = Mapping[str, Any]


def render_summary(loaded: Loaded, width: int) -> Iterator[RenderableType]:
    """Yield the relation, its overview, headlines by topic, the outline, and short sources."""
    relation, numbers = loaded["relation"], values.number_sources(loaded)
    yield format_relation(relation, numbers)
    if relation["overview"]:
        marks = values.format_marks(relation["sources"], numbers)
        yield Text(f"{make_printable(relation['overview'])} {marks}")
    headlines = [each for each in loaded["facts"] if each["coverage"] == "curated"]
    if headlines:
        yield add_space(make_pairs(_format_headlines(headlines, numbers)), after=1)
    yield from _render_outline(loaded, numbers)
    yield from flow_entries(_format_sources(loaded, numbers), separator="  ", width=width)
    count = f"{values.format_tally(headlines, 'headline')} · " if headlines else ""
    yield Text(f"{count}all facts: bilatcli facts {relation['id']}", style=DIM)


def format_relation(relation: Loaded, numbers: Mapping[str, int]) -> Text:
    """Return the name of a relation, the date it was established, and its status."""
    text = Text(make_printable(relation["name"]), style=HEADING)
    if relation["established"]:
        marks = values.format_marks(relation["established_sources"], numbers)
        date = make_printable(relation["established"])
        text.append(f" · relations since {date} {marks}", style=REGULAR)
    if relation["status"]:
        marks = values.format_marks(relation["status_sources"], numbers)
        text.append(f" · {make_printable(relation['status'])} {marks}", style=REGULAR)
    return text


def _format_headlines(
    facts: Iterable[Loaded], numbers: Mapping[str, int]
) -> Iterator[tuple[Text, Text]]:
    """Yield the date and statement of each fact; the first on a topic begins with the topic."""
    for topic, group in groupby(facts, key=lambda fact: fact["topic"]):
        heading = f"{topic.capitalize()}: "
        for fact in group:
            text = Text(heading, style=HEADING).append_text(format_fact(fact, numbers))
            yield format_fact_date(fact), text
            heading = ""


def _render_outline(loaded: Loaded, numbers: Mapping[str, int]) -> Iterator[RenderableType]:
    """Yield what was generated from a reference work, separately from curated facts."""
    outline = loaded["outline"]
    facts = [each for each in loaded["facts"] if each["coverage"] == "outline"]
    if outline is None and not facts:
        return
    yield Text("Generated from The World Factbook", style=HEADING)
    rows = [(format_fact_date(each), format_fact(each, numbers)) for each in facts]
    if outline is not None:
        date = Text(values.format_for_people(outline["as_of"], "date"), style=DIM)
        marks = values.format_marks(outline["sources"], numbers)
        text = Text(f"{values.format_outline(outline)} {marks}", style=REGULAR)
        rows.insert(0, (date, text))
    yield make_pairs(rows)
    yield Text()


def _format_sources(loaded: Loaded, numbers: Mapping[str, int]) -> list[Text]:
    """Return each outlet and year with its numbers; successive sources that share them are one."""
    entries = []
    for outlet, group in groupby(loaded["sources"], key=_format_outlet):
        marks = values.format_marks([source["id"] for source in group], numbers)
        entries.append(Text(f"{marks} {outlet}"))
    return entries


def _format_outlet(source: Loaded) -> str:
    year = csl.get_date(source, "issued")[:4]
    return make_printable(f"{csl.get_outlet(source) or source['title']} {year}".strip())
