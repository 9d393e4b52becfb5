"""The command `map`: where the countries lie, with those that their facts name, in the terminal or as SVG."""

from __future__ import annotations

from bilatcli import query as queries
from bilatcli.command import Order, Reply
from bilatcli.errors import NothingRecorded, UsageError
from bilatcli.geography import Atlas, Scene
from bilatcli.options import AS_OF, COLOR, COLOURS, DATA, FORCE, Option, chosen
from bilatcli.query import Request
from bilatcli.views import VIEWS, run
from bilatcli.writing import STANDARD_OUTPUT, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from bilatcli.index import Index
    from bilatcli.query import Query
    from bilatcli.surroundings import Surroundings

SVG = Option("svg", "Write the map as SVG to this file; - is standard output.", metavar="FILE")
OPTIONS = (SVG, FORCE, AS_OF, DATA, COLOR)

MOST_NEAR = 8
"""So many countries are shown that the facts name, those that most of them do."""
LEAST_WIDTH = 8
"""A map of fewer columns shows nothing."""

_MANY = ("actors", "toward", "partners")
_ONE = ("holder", "favours", "against")


def answer(order: Order, surroundings: Surroundings) -> Reply:
    """Draw the countries of the words; raises a BilatcliError where there are none, or nobody knows where they lie."""
    from bilatcli.index import open_index

    index = open_index(surroundings, order.data)
    try:
        request = Request(order.view, order.words, **{AS_OF.key: order.value(AS_OF)})
        query = queries.understand(request, index)
        queries.require_country(query, index)
        drawn = scene(query, _facts(request, index), index)
    finally:
        index.close()
    if len(drawn.unseen) == len(drawn.asked):
        raise UsageError(f"nobody knows where {drawn.title} lies: there is no shape and no capital of it")
    notes = [*query.notes(), *(f"{drawn.asked[code]} has no shape and no known capital" for code in drawn.unseen)]
    target = order.value(SVG)
    if target is None:
        return Reply([_in_terminal(drawn, order, surroundings)], notes=notes)
    from bilatcli.render import svg

    if target == STANDARD_OUTPUT:
        return Reply([svg.render(drawn)], notes=notes)
    write(target, svg.render(drawn), force=order.has(FORCE))
    return Reply(notes=[*notes, f"`{target}` shows {drawn.title}"])


def _in_terminal(drawn: Scene, order: Order, surroundings: Surroundings) -> str:
    from bilatcli.render import braille

    colour = chosen(COLOR, order.given) or COLOURS[0]
    has_colour = colour == "always" or (colour == "auto" and surroundings.has_colour)
    width = max(LEAST_WIDTH, surroundings.width)
    return braille.render(drawn, width=width, height=surroundings.height, has_colour=has_colour)


def _facts(request: Request, index: Index) -> list[Mapping[str, Any]]:
    """The facts of the countries, none where nothing is recorded."""
    try:
        found: list[Mapping[str, Any]] = run(VIEWS["facts"], request, index).load()["facts"]
    except NothingRecorded:
        return []
    return found


def scene(query: Query, facts: Iterable[Mapping[str, Any]], index: Index) -> Scene:
    """Return what a map of a question shows, given the facts that answer it."""
    asked = {match.code: match.name for match in query.countries}
    counts: dict[str, int] = {}
    for fact in facts:
        for code in _named(fact) - asked.keys():
            counts[code] = counts.get(code, 0) + 1
    names = {row[0]: row[1] for row in index.rows("SELECT code, name FROM country")}
    often = sorted(counts, key=lambda code: (-counts[code], names.get(code, "")))[:MOST_NEAR]
    near = {code: names[code] for code in often if code in names}
    places = index.rows("SELECT country, name, latitude, longitude FROM capital WHERE latitude IS NOT NULL")
    capitals = {row[0]: (row[1], (float(row[3]), float(row[2]))) for row in places}
    return Scene(Atlas(), asked=asked, near=near, facts=counts, capitals=capitals)


def _named(fact: Mapping[str, Any]) -> set[str]:
    """The codes of all that a fact names."""
    pair = fact["relation"].upper().split("-")
    many = (code for key in _MANY for code in fact.get(key) or ())
    return {*pair, *many, *(fact[key] for key in _ONE if fact.get(key))}
