"""The pages that are no plain table of facts: the summary, a fact or source whole, a bibliography, the relations."""

from __future__ import annotations

from itertools import groupby

from bilatcli.citations import csl
from bilatcli.fields import FACT, NAME, RELATION, Column
from bilatcli.render import values
from bilatcli.render.bibliography import missing_sources
from bilatcli.render.terminal import (
    DIM,
    HEADING,
    Text,
    below,
    entry,
    flowed,
    grid,
    numbered,
    pairs,
    standing,
)
from bilatcli.text import make_printable
from bilatcli.views.catalog import VIEWS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from bilatcli.render.terminal import RenderableType

    Loaded = Mapping[str, Any]


def summary(loaded: Loaded, width: int) -> Iterable[RenderableType]:
    """One screen: who, since when, status, overview, headlines by topic, then the outline, what numbers stand for."""
    relation, marks = loaded["relation"], values.numbers(loaded)
    yield _head(relation, marks)
    if relation["overview"]:
        yield Text(f"{make_printable(relation['overview'])} {values.marks(relation['sources'], marks)}")
    headlines = [each for each in loaded["facts"] if each["coverage"] == "curated"]
    if headlines:
        yield below(pairs(_by_topic(headlines, marks)), after=1)
    yield from _outline(loaded, marks)
    runs = groupby(loaded["sources"], key=_outlet)
    sources = [
        _brief([marks[source["id"]] for source in run], run[0])
        for _, group in runs
        if (run := list(group))
    ]
    yield from flowed(sources, between="  ", width=width)
    count = f"{values.tally(headlines, 'headline')} · " if headlines else ""
    yield Text(f"{count}every fact: bilatcli facts {relation['id']}", style=DIM)


def _by_topic(facts: Iterable[Loaded], marks: Mapping[str, int]) -> Iterable[tuple[Text, Text]]:
    """The date and statement of each fact; the first on a topic begins with it."""
    topic = None
    for each in facts:
        text = Text(
            "" if each["topic"] == topic else f"{each['topic'].capitalize()}: ", style=HEADING
        )
        topic = each["topic"]
        yield _date(each), text.append_text(_headline(each, marks))


def _outline(loaded: Loaded, marks: Mapping[str, int]) -> Iterable[RenderableType]:
    """What was generated from a reference work, told apart from what an editor wrote."""
    outline = loaded["outline"]
    facts = [each for each in loaded["facts"] if each["coverage"] == "outline"]
    if outline is None and not facts:
        return
    yield Text("In outline, generated from The World Factbook", style=HEADING)
    told = [(_date(each), _headline(each, marks)) for each in facts]
    if outline is not None:
        when = Text(values.shown(outline["as_of"], "date"), style=DIM)
        told.insert(
            0,
            (
                when,
                Text(
                    f"{values.apart(outline)} {values.marks(outline['sources'], marks)}",
                    style="not bold",
                ),
            ),
        )
    yield pairs(told)
    yield Text()


def _head(relation: Loaded, marks: Mapping[str, int]) -> Text:
    text = Text(make_printable(relation["name"]), style=HEADING)
    if relation["established"]:
        since = values.marks(relation["established_sources"], marks)
        text.append(
            f" · relations since {make_printable(relation['established'])} {since}", style="not bold"
        )
    if relation["status"]:
        status = values.marks(relation["status_sources"], marks)
        text.append(f" · {make_printable(relation['status'])} {status}", style="not bold")
    return text


def _date(fact: Loaded) -> Text:
    return Text(values.shown(fact["date"] or fact["as_of"], "date"), style=DIM)


def _headline(fact: Loaded, marks: Mapping[str, int]) -> Text:
    said = f"{make_printable(fact['text'])} {values.marks(fact['sources'], marks)} "
    return Text(said, style="not bold").append_text(standing(fact, ", "))


def _outlet(source: Loaded) -> str:
    """A source as outlet and year."""
    year = csl.get_date(source, "issued")[:4]
    return make_printable(f"{csl.get_outlet(source) or source['title']} {year}".strip())


def _brief(numbers: Sequence[int], source: Loaded) -> Text:
    """What the numbers of one or more sources of the same outlet and year stand for."""
    marked = "".join(f"[{number}]" for number in numbers)
    return Text(f"{marked} ").append(_outlet(source))


def fact(loaded: Loaded, width: int) -> Iterable[RenderableType]:
    """Every key of a fact that is known, its chain, its sources."""
    marks = values.numbers(loaded)
    (shown,) = loaded["facts"]
    yield Text(f"{make_printable(shown['text'])}\n", style=HEADING)
    known = [
        c
        for c in FACT
        if c.key not in ("text", "sources") and shown.get(c.key) not in (None, [], False)
    ]
    yield pairs(
        ((Text(c.heading, style=DIM), Text(values.shown(shown[c.key], c.kind))) for c in known),
        gap=2,
    )
    if loaded["chain"]:
        yield below(Text("What it superseded and what superseded it", style=HEADING))
        yield pairs((_date(each), _link_of_chain(each, marks)) for each in loaded["chain"])
    yield Text()
    for source in loaded["sources"]:
        yield from numbered(marks[source["id"]], entry(source), source, width=width)


def _link_of_chain(each: Loaded, marks: Mapping[str, int]) -> Text:
    return _headline(each, marks).append(f"\n{make_printable(each['id'])}", style=DIM)


def bibliography(loaded: Loaded, width: int) -> Iterable[RenderableType]:
    """Sources whole, numbered; of one source, the facts that rest on it."""
    for number, source in enumerate(loaded["sources"], 1):
        yield from numbered(number, entry(source), source, width=width)
    for each in loaded.get("facts", ()):
        rests = ", on this source alone" if each["id"] in loaded["alone"] else ""
        text = Text(f"{make_printable(each['text'])} ").append_text(standing(each, ", "))
        yield below(text.append(f"\n{make_printable(each['id'])}{rests}", style=DIM), indent=6)
    if loaded.get("unsourced"):
        yield below(Text(missing_sources(loaded["unsourced"]), style=DIM))


def names(loaded: Loaded, width: int) -> Iterable[RenderableType]:
    """What each name was read as; of an ambiguous one, what it can mean and how to say which."""
    columns = [
        c
        for key, own_from in VIEWS["resolve"].columns
        if width >= own_from
        for c in NAME
        if c.key == key
    ]
    table = grid(columns)
    for name in loaded["names"]:
        table.add_row(*(Text(values.shown(name[column.key], column.kind)) for column in columns))
    yield table
    for name in loaded["names"]:
        for candidate in name["candidates"]:
            command = f"bilatcli resolve {candidate['code'].lower()}"
            yield Text(
                f"{make_printable(name['input'])}: {make_printable(candidate['name'])}  {command}", style=DIM
            )


def _counted(relation: Loaded, *, has_status: bool) -> Text:
    """A relation's name, its status unless that has a column, and its facts by topic, of a curated one beneath."""
    text = Text(make_printable(relation["name"]))
    if has_status and relation["status"]:
        text.append(f" · {make_printable(relation['status'])}")
    if relation["topics"]:
        between = "\n" if relation["coverage"] == "curated" else " · "
        text.append(between + values.shown(relation["topics"], "counts"), style=DIM)
    return text


def relations(loaded: Loaded, width: int) -> Iterable[RenderableType]:
    """The relations, a line each."""
    shown = [key for key, own_from in VIEWS["list"].columns if width >= own_from]
    columns = [column for key in shown for column in RELATION if column.key == key]
    table = grid(columns)
    for relation in loaded["relations"]:
        own = (
            Text(values.shown(relation[column.key], column.kind))
            for column in columns
            if column.key != "name"
        )
        table.add_row(next(own), _counted(relation, has_status="status" not in shown), *own)
    yield table
    count = len(loaded["relations"])
    curated = sum(relation["coverage"] == "curated" for relation in loaded["relations"])
    told = f"{count} relation{'s' if count != 1 else ''}, {curated} curated · more: bilatcli summary ID"
    yield below(Text(told, style=DIM))


_FAVOURED_NONE = "•"
_AGAINST = "✕"


def matrix(loaded: Loaded, width: int) -> Iterable[RenderableType]:
    """Holders by issues, the more of them down the side, in as many tables as the width asks for, and what marks say.

    A line that would be empty in one of the tables is left out of it.
    """
    holders, issues = (loaded["matrix"][key] for key in ("holders", "issues"))
    has_more_issues = len(issues) > len(holders)
    down, across = (issues, holders) if has_more_issues else (holders, issues)
    side, top = ("issue", "holder") if has_more_issues else ("holder", "issue")
    said = {(cell[side], cell[top]): _favoured(cell) for cell in loaded["matrix"]["cells"]}
    for part in _parts(down, across, said, width):
        table = grid(
            [
                Column(side, side.capitalize()),
                *(Column(each, values.word(each), "word") for each in part),
            ]
        )
        for each in down:
            row = [said.get((each, other), "") for other in part]
            if any(row):
                table.add_row(*map(Text, (make_printable(each), *row)))
        yield table
        yield Text()
    yield Text(
        f"CODE: the holder favours it · {_AGAINST}CODE: is against it, and favours nobody · {_FAVOURED_NONE}: takes a"
        " position that favours nobody",
        style=DIM,
    )
    kind = "stance" if loaded["query"]["all"] else "current stance"
    asked = f"bilatcli stances {make_printable(loaded['query']['text']) or 'ISSUE'}"
    count = sum(len(cell["facts"]) for cell in loaded["matrix"]["cells"])
    counts = ((count, kind), (len(holders), "holder"), (len(issues), "issue"))
    told = " · ".join(f"{number} {noun}{'s' if number != 1 else ''}" for number, noun in counts)
    yield Text(f"{told} · dates and sources: {asked}", style=DIM)


def _favoured(cell: Loaded) -> str:
    if cell["favours"]:
        return make_printable(", ".join(cell["favours"]))
    return make_printable(", ".join(f"{_AGAINST}{each}" for each in cell["against"])) or _FAVOURED_NONE


def _parts(
    down: Sequence[str], across: Sequence[str], said: Mapping[tuple[str, str], str], width: int
) -> Iterable[list[str]]:
    """The columns of each of the tables that a matrix is shown in, as many as fit beside the names of the lines."""
    side = max(_cells(each) for each in down)
    part: list[str] = []
    used = side
    for each in across:
        own = _GAP + max(_cells(each), *(_cells(said.get((other, each), "")) for other in down))
        if part and used + own > width:
            yield part
            part, used = [], side
        part.append(each)
        used += own
    yield part


_GAP = 3
"""What stands between two columns of a table."""


def _cells(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return Text(make_printable(text)).cell_len


BY_ROWS: dict[str, Callable[[Loaded, int], Iterable[RenderableType]]] = {
    "sources": bibliography,
    "relations": relations,
    "names": names,
}
"""The pages of documents whose rows are no facts."""
