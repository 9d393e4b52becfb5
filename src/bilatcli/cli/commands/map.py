"""The command `map`: where the countries lie, with those that their facts name, in the terminal or as SVG."""

from __future__ import annotations

from bilatcli.cli.command import Order, Reply
from bilatcli.errors import NothingRecorded, UsageError
from bilatcli.files import STANDARD_OUTPUT, write
from bilatcli.maps.scene import scene
from bilatcli.query import request as queries
from bilatcli.query.options import AS_OF, COLOR, COLOURS, CORPUS, FORCE, Option, chosen
from bilatcli.query.request import Request
from bilatcli.views.catalog import VIEWS, run

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from bilatcli.environment import Environment
    from bilatcli.index.store import Index
    from bilatcli.maps.geometry import Scene

SVG = Option("svg", "Write the map as SVG to this file; - is standard output.", metavar="FILE")
OPTIONS = (SVG, FORCE, AS_OF, *CORPUS, COLOR)

LEAST_WIDTH = 8
"""A map of fewer columns shows nothing."""


def answer(order: Order, environment: Environment) -> Reply:
    """Draw the countries of the words; raises a BilatcliError where there are none, or nobody knows where they lie."""
    from bilatcli.index.store import open_index

    index = open_index(environment, order.data, engine=order.index)
    try:
        request = Request(order.view, order.words, **{AS_OF.key: order.value(AS_OF)})
        query = queries.understand(request, index)
        queries.require_country(query, index)
        drawn = scene(query, _facts(request, index), index)
    finally:
        index.close()
    if len(drawn.unseen) == len(drawn.asked):
        raise UsageError(
            f"nobody knows where {drawn.title} lies: there is no shape and no capital of it"
        )
    notes = [
        *query.notes(),
        *(f"{drawn.asked[code]} has no shape and no known capital" for code in drawn.unseen),
    ]
    target = order.value(SVG)
    if target is None:
        return Reply([_in_terminal(drawn, order, environment)], notes=notes)
    from bilatcli.render import map_svg

    if target == STANDARD_OUTPUT:
        return Reply([map_svg.render(drawn)], notes=notes)
    write(target, map_svg.render(drawn), force=order.has(FORCE))
    return Reply(notes=[*notes, f"`{target}` shows {drawn.title}"])


def _in_terminal(drawn: Scene, order: Order, environment: Environment) -> str:
    from bilatcli.render import map_braille

    colour = chosen(COLOR, order.given) or COLOURS[0]
    has_colour = colour == "always" or (colour == "auto" and environment.has_colour)
    width = max(LEAST_WIDTH, environment.width)
    return map_braille.render(drawn, width=width, height=environment.height, has_colour=has_colour)


def _facts(request: Request, index: Index) -> list[Mapping[str, Any]]:
    """The facts of the countries, none where nothing is recorded."""
    try:
        found: list[Mapping[str, Any]] = run(VIEWS["facts"], request, index).load()["facts"]
    except NothingRecorded:
        return []
    return found
