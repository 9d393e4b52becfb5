"""`map`: show where countries lie, in the terminal or as SVG."""

from __future__ import annotations

from bilatcli.cli import CommandResult
from bilatcli.cli.command import COUNTRIES_HELP, Command
from bilatcli.environment import STANDARD_STREAM
from bilatcli.errors import EXIT_EMPTY, UsageError
from bilatcli.files import atomic_write, require_extension
from bilatcli.query import interpret as queries
from bilatcli.query.errors import NothingRecorded
from bilatcli.query.options import (
    AS_OF,
    COLOR,
    COLOR_MODES,
    CORPUS_OPTIONS,
    FORCE,
    Option,
    parse_choice,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from bilatcli.cli.command import Invocation
    from bilatcli.environment import Environment
    from bilatcli.index.store import Index
    from bilatcli.maps.scene import Scene

SVG = Option("svg", "Write the map as SVG to this file; `-` is standard output.", metavar="FILE")

MIN_WIDTH = 8
"""Minimum columns of a map in the terminal."""


def run(invocation: Invocation, environment: Environment) -> CommandResult:
    """Draw a map of the countries; raises a BilatcliError if none is named or can be placed."""
    from bilatcli.index.store import open_index
    from bilatcli.maps.scene import build_scene

    target = invocation.value(SVG)
    if target is not None:
        require_extension(target, (".svg",), "map")
    index = open_index(environment, invocation.data, engine=invocation.index)
    try:
        query = queries.interpret(invocation, index)
        queries.require_country(query, index)
        facts = _find_facts(invocation, index)
        shown = build_scene(query, facts, index)
    finally:
        index.close()
    if len(shown.unplaced) == len(shown.selected):
        raise UsageError(f"cannot map {shown.title}", hint="no shape or capital is on file")
    notes = query.notes()
    is_empty = query.is_filtered and not facts
    code = EXIT_EMPTY if is_empty else 0
    if is_empty:
        notes.append(f"no fact on {shown.title} mentions `{query.typed_filter}`")
    notes += [
        f"cannot map {shown.selected[country]}; no shape or capital is on file"
        for country in shown.unplaced
    ]
    if target is None:
        return CommandResult(
            [_draw_in_terminal(shown, invocation, environment)], notes=notes, code=code
        )
    from bilatcli.render import map_svg

    if target == STANDARD_STREAM:
        return CommandResult([map_svg.render_svg(shown)], notes=notes, code=code)
    atomic_write(target, map_svg.render_svg(shown), force=invocation.has(FORCE))
    return CommandResult(notes=[*notes, f"wrote {target}"], code=code)


def _draw_in_terminal(shown: Scene, invocation: Invocation, environment: Environment) -> str:
    from bilatcli.render import map_braille

    colour = parse_choice(COLOR, invocation.given) or COLOR_MODES[0]
    has_colour = colour == "always" or (colour == "auto" and environment.has_colour)
    width = max(MIN_WIDTH, environment.width)
    return map_braille.render_braille(
        shown, width=width, height=environment.height, has_colour=has_colour
    )


def _find_facts(invocation: Invocation, index: Index) -> list[Mapping[str, Any]]:
    """Return the facts on the countries; none if nothing is recorded."""
    from bilatcli.views import VIEWS
    from bilatcli.views import run as run_view

    try:
        found: list[Mapping[str, Any]] = run_view(VIEWS["facts"], invocation, index).load()["facts"]
    except NothingRecorded:
        return []
    return found


COMMAND = Command(
    "map",
    "Show the countries, their capitals, related countries and disputed areas on a map.",
    run=run,
    group="Share",
    words="WORDS",
    words_help=COUNTRIES_HELP,
    options=(SVG, FORCE, AS_OF, *CORPUS_OPTIONS, COLOR),
    examples=("bilatcli map az pk", "bilatcli map az pk --svg az-pk.svg"),
    takes_countries=True,
)
