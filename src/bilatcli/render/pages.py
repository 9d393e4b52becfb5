"""The pages that are no plain table of facts: the summary, a fact or source whole, a bibliography, the relations."""

from __future__ import annotations

from itertools import groupby

from bilatcli.columns import FACT, NAME, RELATION
from bilatcli.render import cells
from bilatcli.render.terminal import DIM, HEADING, Text, below, entry, flowed, grid, linked, numbered, pairs, standing
from bilatcli.text import printable
from bilatcli.views import VIEWS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from bilatcli.render.terminal import RenderableType

    Loaded = Mapping[str, Any]


def summary(loaded: Loaded, width: int) -> Iterable[RenderableType]:
    """One screen: who, since when, status, overview, headlines by topic, then the outline, what numbers stand for."""
    relation, marks = loaded["relation"], cells.numbers(loaded)
    yield _head(relation, marks)
    if relation["overview"]:
        yield Text(f"{printable(relation['overview'])} {cells.marks(relation['sources'], marks)}")
    headlines = [each for each in loaded["facts"] if each["coverage"] == "curated"]
    if headlines:
        yield below(pairs(_by_topic(headlines, marks)), after=1)
    yield from _outline(loaded, marks)
    runs = groupby(loaded["sources"], key=_outlet)
    sources = [_brief([marks[source["id"]] for source in run], run[0]) for _, group in runs if (run := list(group))]
    yield from flowed(sources, between="  ", width=width)
    count = f"{cells.tally(headlines, 'headline')} · " if headlines else ""
    yield Text(f"{count}every fact: bilatcli facts {relation['id']}", style=DIM)


def _by_topic(facts: Iterable[Loaded], marks: Mapping[str, int]) -> Iterable[tuple[Text, Text]]:
    """The date and statement of each fact; the first on a topic begins with it."""
    topic = None
    for each in facts:
        text = Text("" if each["topic"] == topic else f"{each['topic'].capitalize()}: ", style=HEADING)
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
        when = Text(cells.shown(outline["as_of"], "date"), style=DIM)
        told.insert(0, (when, Text(f"{_apart(outline)} {cells.marks(outline['sources'], marks)}", style="not bold")))
    yield pairs(told)
    yield Text()


def _apart(outline: Loaded) -> str:
    """The capitals, how far they are apart, and what both countries are in."""
    names = "–".join(printable(each["name"] or cells.UNKNOWN) for each in outline["capitals"])
    far = outline["distance_km"]
    shared = f"; both in {_shared(outline)}" if outline["shared"] else ""
    return f"Capitals {names}{f', {far:,} km apart' if far is not None else ''}{shared}"


FEWEST = 6
"""So many shared organisations are named in a summary: those with the fewest members say most of a pair."""


def _shared(outline: Loaded) -> str:
    """The smallest organisations that both are in; where one is no member, as what; and how many more there are."""
    said = []
    for each in sorted(outline["shared"], key=lambda each: each["members"])[:FEWEST]:
        others = [f"{code} {printable(status)}" for code, status in each["statuses"].items() if status != "member"]
        said.append(printable(each["organisation"]) + (f" ({', '.join(others)})" if others else ""))
    more = len(outline["shared"]) - len(said)
    return ", ".join(said) + (f" and {more} larger organisations" if more else "")


def _head(relation: Loaded, marks: Mapping[str, int]) -> Text:
    text = Text(printable(relation["name"]), style=HEADING)
    if relation["established"]:
        since = cells.marks(relation["established_sources"], marks)
        text.append(f" · relations since {printable(relation['established'])} {since}", style="not bold")
    if relation["status"]:
        status = cells.marks(relation["status_sources"], marks)
        text.append(f" · {printable(relation['status'])} {status}", style="not bold")
    return text


def _date(fact: Loaded) -> Text:
    return Text(cells.shown(fact["date"] or fact["as_of"], "date"), style=DIM)


def _headline(fact: Loaded, marks: Mapping[str, int]) -> Text:
    said = f"{printable(fact['text'])} {cells.marks(fact['sources'], marks)} "
    return Text(said, style="not bold").append_text(standing(fact, ", "))


def _outlet(source: Loaded) -> str:
    """A source as outlet and year."""
    year = cells.csl_date(source["issued"])[:4] if "issued" in source else ""
    return printable(f"{cells.outlet(source) or source['title']} {year}".strip())


def _brief(numbers: Sequence[int], source: Loaded) -> Text:
    """What the numbers of one or more sources of the same outlet and year stand for."""
    marked = "".join(f"[{number}]" for number in numbers)
    return Text(f"{marked} ").append(_outlet(source), style=linked(source) if len(numbers) == 1 else "")


def fact(loaded: Loaded, width: int) -> Iterable[RenderableType]:
    """Every key of a fact that is known, its chain, its sources."""
    marks = cells.numbers(loaded)
    (shown,) = loaded["facts"]
    yield Text(f"{printable(shown['text'])}\n", style=HEADING)
    known = [c for c in FACT if c.key not in ("text", "sources") and shown.get(c.key) not in (None, [], False)]
    yield pairs(((Text(c.heading, style=DIM), Text(cells.shown(shown[c.key], c.kind))) for c in known), gap=2)
    if loaded["chain"]:
        yield below(Text("What it superseded and what superseded it", style=HEADING))
        yield pairs((_date(each), _link_of_chain(each, marks)) for each in loaded["chain"])
    yield Text()
    for source in loaded["sources"]:
        yield from numbered(marks[source["id"]], entry(source), source, width=width)


def _link_of_chain(each: Loaded, marks: Mapping[str, int]) -> Text:
    return _headline(each, marks).append(f"\n{printable(each['id'])}", style=DIM)


def bibliography(loaded: Loaded, width: int) -> Iterable[RenderableType]:
    """Sources whole, numbered; of one source, the facts that rest on it."""
    for number, source in enumerate(loaded["sources"], 1):
        yield from numbered(number, entry(source), source, width=width)
    for each in loaded.get("facts", ()):
        rests = ", on this source alone" if each["id"] in loaded["alone"] else ""
        text = Text(f"{printable(each['text'])} ").append_text(standing(each, ", "))
        yield below(text.append(f"\n{printable(each['id'])}{rests}", style=DIM), indent=6)


def names(loaded: Loaded, width: int) -> Iterable[RenderableType]:
    """What each name was read as; of an ambiguous one, what it can mean and how to say which."""
    columns = [c for key, own_from in VIEWS["resolve"].columns if width >= own_from for c in NAME if c.key == key]
    table = grid(columns)
    for name in loaded["names"]:
        table.add_row(*(Text(cells.shown(name[column.key], column.kind)) for column in columns))
    yield table
    for name in loaded["names"]:
        for candidate in name["candidates"]:
            command = f"bilatcli resolve {candidate['code'].lower()}"
            yield Text(f"{printable(name['input'])}: {printable(candidate['name'])}  {command}", style=DIM)


def relations(loaded: Loaded, width: int) -> Iterable[RenderableType]:
    """The relations, a line each."""
    shown = [key for key, own_from in VIEWS["list"].columns if width >= own_from]
    columns = [column for key in shown for column in RELATION if column.key == key]
    table = grid(columns)
    for relation in loaded["relations"]:
        table.add_row(*(Text(cells.shown(relation[column.key], column.kind)) for column in columns))
    yield table
    count = len(loaded["relations"])
    yield below(Text(f"{count} relation{'s' if count != 1 else ''} · more: bilatcli summary ID", style=DIM))


BY_ROWS: dict[str, Callable[[Loaded, int], Iterable[RenderableType]]] = {
    "sources": bibliography,
    "relations": relations,
    "names": names,
}
"""The pages of documents whose rows are no facts."""
