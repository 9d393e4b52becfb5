"""The table: facts for a person at a terminal, by section, with what their numbers stand for beneath."""

from __future__ import annotations

from collections import Counter
from itertools import chain, groupby

from bilatcli.fields import FACT, ROWS
from bilatcli.render import sections, values
from bilatcli.render.terminal import (
    DIM,
    HEADING,
    HIT,
    Text,
    below,
    coloured,
    grid,
    numbered,
    pairs,
    printed,
    standing,
)
from bilatcli.text import printable
from bilatcli.views.catalog import VIEWS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from bilatcli.fields import Column
    from bilatcli.render.terminal import RenderableType
    from bilatcli.views.base import View
    from bilatcli.views.document import Document

    Loaded = Mapping[str, Any]

NARROW = 60
"""Below this width a table becomes a list."""

_COLUMNS = {column.key: column for column in FACT}


def render(document: Document, *, width: int, has_colour: bool) -> str:
    """Return a document as text for a terminal of `width` columns; nothing where nothing was found."""
    if not document.elements and document.is_empty:
        return ""
    return printed(_parts(document, width), width=width, has_colour=has_colour)


def _parts(document: Document, width: int) -> Iterable[RenderableType]:
    loaded = document.load()
    if document.fields is not None:
        return [*_chart(document, loaded, width), *_chosen(document, loaded, width)]
    if document.rows in sections.BY_ROWS:
        return sections.BY_ROWS[document.rows](loaded, width)
    if document.rows == "cells":
        return chain([_title(loaded, "matrix of stances")], sections.matrix(loaded, width))
    if document.view == "show":
        is_one = len(loaded["facts"]) == 1
        return (
            sections.fact(loaded, width)
            if is_one
            else _facts(document, {**loaded, "relation": None}, width)
        )
    if document.view == "summary" and loaded["relation"] is not None:
        return sections.summary(loaded, width)
    return _facts(document, loaded, width)


def _facts(document: Document, loaded: Loaded, width: int) -> Iterable[RenderableType]:
    view = VIEWS[document.view]
    yield _title(loaded, view.name)
    yield from _chart(document, loaded, width)
    yield from _support(loaded)
    yield from _stories(loaded)
    marks = values.numbers(loaded)
    own = [
        _COLUMNS[key]
        for key, own_from in view.columns
        if width >= max(own_from, NARROW) or key == "text"
    ]
    joined = [_COLUMNS[key] for key, _ in view.columns if _COLUMNS[key] not in own]
    table = grid(own, header=width >= NARROW)
    hits = {match["fact"]: match["spans"] for match in loaded.get("matches", ())}
    section = None
    for here, fact in _sections(loaded, view):
        if not view.is_ranked and here != section:
            section = here
            table.add_row(
                *(Text(section.upper() if c.key == "text" else "", style=HEADING) for c in own)
            )
        at = hits.get(fact["id"], ())
        table.add_row(
            *(
                _cell(fact, c, marks) if c.key != "text" else _statement(fact, joined, marks, at)
                for c in own
            )
        )
    yield table
    yield below(Text(values.tally(loaded["facts"], view.noun), style=DIM), after=1)
    for number, source in values.used(loaded):
        yield from numbered(number, Text(values.short_source(source)), source, width=width)


def _title(loaded: Loaded, view: str) -> Text:
    query = loaded["query"]
    names = dict.fromkeys(country["name"] for country in query["countries"])
    asked = "–".join(names) or query["filter"] or query["text"] or "All packs"
    about = loaded["relation"]["name"] if loaded["relation"] else asked
    rest = (
        f" · {loaded['between']['from']} to {loaded['between']['to']}"
        if "between" in loaded
        else ""
    )
    rest += f" · {query['filter']}" if query["filter"] and about != query["filter"] else ""
    return Text(f"{printable(about)} · {view}{printable(rest)}\n", style=HEADING)


def _chart(document: Document, loaded: Loaded, width: int) -> Iterable[RenderableType]:
    """How many facts each year has, as bars between the first year and the last, if that was asked for."""
    if not document.has_chart:
        return
    counts = {int(each["year"]): each["facts"] for each in loaded["years"]}
    first, last = (f"{year:04}" for year in (min(counts), max(counts)))
    bars, most, span = values.bars(counts, max(1, width - len(f"{first}  {last}")))
    yield Text(f"{first} {bars} {last}", no_wrap=True)
    each = "a year" if span == 1 else f"in {span} years"
    yield Text(
        f"{' ' * len(first)} █ {most} {'fact' if most == 1 else 'facts'} {each}\n", style=DIM
    )


def _sections(loaded: Loaded, view: View) -> Iterable[tuple[str, Loaded]]:
    """The facts as they are shown, each with the section that it stands in."""
    if view.group == "year":
        years = [each["year"] for each in loaded["years"] for _ in range(each["facts"])]
        for year, fact in zip(years, loaded["facts"], strict=True):
            yield year, {**fact, "date": fact["date"] or fact["as_of"]}
    elif view.group == "change":
        for fact in values.rows(loaded, "facts"):
            is_another = fact["was"] not in (None, fact["status"])
            yield (
                fact["change"],
                {**fact, "status": f"{fact['was']} → {fact['status']}"} if is_another else fact,
            )
    else:
        for fact in loaded["facts"]:
            yield _section(loaded, view, fact), fact


def _section(loaded: Loaded, view: View, fact: Loaded) -> str:
    value = values.word(fact[view.group]) if view.group else values.word(fact["topic"])
    return (
        value
        if loaded["relation"] is not None or view.group == "issue"
        else f"{fact['relation']}: {value}"
    )


def _cell(fact: Loaded, column: Column, marks: Mapping[str, int]) -> Text:
    if column.key == "status":
        return standing(fact, "\n")
    if column.key == "sources":
        return Text(values.marks(fact["sources"], marks, " ") or values.UNKNOWN)
    return Text(values.shown(fact.get(column.key), column.kind))


def _statement(
    fact: Loaded, joined: Sequence[Column], marks: Mapping[str, int], hits: Iterable[Sequence[int]]
) -> Text:
    """The position of a stance, the statement, what has no column of its own, and the id."""
    keys = [column.key for column in joined]
    text = Text(f"{printable(fact['position'])}\n", style=HEADING) if "position" in keys else Text()
    text.append_text(_marked(fact["text"], hits))
    details = [standing(fact, ", ")] if "status" in keys else []
    said = [
        c
        for c in joined
        if c.key not in ("status", "position", "sources") and fact.get(c.key) is not None
    ]
    details += [
        Text(f"{column.heading.lower()} {values.shown(fact[column.key], column.kind)}")
        for column in said
    ]
    if "sources" in keys and fact["sources"]:
        details.append(Text(values.marks(fact["sources"], marks)))
    if details:
        text.append("\n").append_text(Text(" · ").join(details))
    return text.append(f"\n{printable(fact['id'])}", style=DIM)


def _marked(text: str, hits: Iterable[Sequence[int]]) -> Text:
    """A statement in which the words stand out that were sought."""
    marked, done = Text(), 0
    for start, end in hits:
        marked.append(printable(text[done:start]), style="not bold").append(
            printable(text[start:end]), style=HIT
        )
        done = end
    return marked.append(printable(text[done:]), style="not bold")


def _stories(loaded: Loaded) -> Iterable[RenderableType]:
    """Each chain as one line from talks to delivery; steps of one stage that have no figure stand together."""
    for told in loaded.get("chains", ()):
        dated = [step for step in told["steps"] if step["date"] is not None]
        runs = [
            list(run) for _, run in groupby(dated, key=lambda step: (step["stage"], _figures(step)))
        ]
        line = Text(f"{printable(told['name'])}: ", style=HEADING).append_text(
            Text(" → ").join(map(_run, runs))
        )
        undated = Counter(
            values.word(step["stage"] or "reported")
            for step in told["steps"]
            if step["date"] is None
        )
        if undated:
            said = ", ".join(
                f"{stage} ({count})" if count > 1 else stage for stage, count in undated.items()
            )
            line.append(f" · undated: {said}", style="not bold")
        yield line
        yield Text()


def _figures(step: Loaded) -> str:
    figures = [f"{step['quantity']:,}"] if step["quantity"] is not None else []
    figures += [values.money(step["value_usd"])] if step["value_usd"] is not None else []
    return ", ".join(figures)


def _run(steps: Sequence[Loaded]) -> Text:
    """Steps of one stage and one figure: from when to when, the figure, and what is doubtful about them."""
    first, last = (values.shown(steps[end]["date"], "date") for end in (0, -1))
    dates = first if first == last else f"{first} to {last}"
    figures = [
        each
        for each in (_figures(steps[0]), f"{len(steps)} reports" if len(steps) > 1 else "")
        if each
    ]
    told = f"{values.word(steps[0]['stage'] or 'reported')} {dates}" + (
        f" ({'; '.join(figures)})" if figures else ""
    )
    text = Text(told, style="not bold")
    doubts = dict.fromkeys(
        "disputed" if s["status"] == "disputed" else s["verification"] for s in steps
    )
    for doubt in doubts:
        if doubt != "cited":
            text.append(" ").append_text(coloured(values.word(doubt)))
    return text


def _support(loaded: Loaded) -> Iterable[RenderableType]:
    """Who backs whom on what today; what is mutual stands together."""
    relation = loaded["relation"] or {"countries": loaded["query"]["countries"]}
    names = {country["code"]: country["name"] for country in relation["countries"]}
    backings = {(each["holder"], each["favours"]): each for each in loaded.get("support", ())}
    while backings:
        (holder, favours), each = next(iter(backings.items()))
        both = [each, backings.get((favours, holder))]
        yield Text("  ⇄  ", style=HEADING).join(_backing(one, names) for one in both if one)
        backings = {pair: other for pair, other in backings.items() if other not in both}
        if not backings:
            yield Text()


def _backing(each: Loaded, names: Mapping[str, str]) -> Text:
    holder, favours = (
        printable(names.get(code, code)) for code in (each["holder"], each["favours"])
    )
    return Text(f"{holder} backs {favours} on {', '.join(each['issues'])}", style="not bold")


def _chosen(document: Document, loaded: Loaded, width: int) -> Iterable[RenderableType]:
    """Just the fields that were asked for."""
    columns = [
        column
        for key in document.fields or ()
        for column in ROWS[document.rows]
        if column.key == key
    ]
    if width < NARROW:
        for row in values.rows(loaded, document.rows):
            told = (
                (Text(c.heading, style=DIM), Text(values.shown(row.get(c.key), c.kind)))
                for c in columns
            )
            yield pairs(told)
            yield Text()
        return
    table = grid(columns)
    for row in values.rows(loaded, document.rows):
        table.add_row(*(Text(values.shown(row.get(column.key), column.kind)) for column in columns))
    yield table
