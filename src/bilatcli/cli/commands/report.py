"""The command `report`: all that is known on a question as one page to send, HTML or Markdown."""

from __future__ import annotations

import os

from bilatcli.cli.command import Invocation, CommandResult
from bilatcli.errors import UsageError
from bilatcli.files import STANDARD_OUTPUT, atomic_write
from bilatcli.maps.scene import scene
from bilatcli.query import request as queries
from bilatcli.query.options import (
    AS_OF,
    CORPUS,
    EXCHANGE,
    FORCE,
    STYLE,
    USUAL_STYLES,
    VERIFIED,
    Option,
    chosen,
    text_of,
)
from bilatcli.query.request import Request
from bilatcli.render import values
from bilatcli.render.report import page
from bilatcli.render.report.data import gather
from bilatcli.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bilatcli.environment import Environment
    from bilatcli.maps.geometry import Scene
    from bilatcli.render.report.data import Dossier

OUTPUT = Option(
    "output", "The file to write, .html or .md; - is standard output.", metavar="FILE", short="-o"
)
FORMAT = Option(
    "format",
    "How to write it: by the ending of the file unless said, html on standard output.",
    metavar="FORMAT",
    choices=tuple(page.TEMPLATES),
)
BIBLIOGRAPHY = Option(
    STYLE.key,
    "Set the bibliography in a CSL style, by its id or .csl file.",
    metavar="STYLE",
    offers=USUAL_STYLES,
)
OPTIONS = (OUTPUT, FORMAT, FORCE, BIBLIOGRAPHY, AS_OF, VERIFIED, *CORPUS)

_ENDINGS = {".html": page.HTML, ".htm": page.HTML, ".md": page.MARKDOWN, ".markdown": page.MARKDOWN}


def answer(order: Invocation, environment: Environment) -> CommandResult:
    """Write a page on the countries of the words; raises a BilatcliError where there are none, or no place for it."""
    from bilatcli.index.store import open_index

    format = _format(order)
    index = open_index(environment, order.data, engine=order.index)
    try:
        request = Request(
            order.view, order.words, as_of=order.value(AS_OF), verified=order.has(VERIFIED)
        )
        query = queries.understand(request, index)
        queries.require_country(query, index)
        dossier = gather(request, index)
        shown = scene(query, dossier.facts, index)
    finally:
        index.close()
    if not dossier.facts:
        return CommandResult(notes=dossier.notes, code=1)
    entries = _entries(dossier, order.value(BIBLIOGRAPHY), format, environment)
    pictures, captions = _pictures(dossier, shown) if format == page.HTML else ({}, [])
    made = f"{environment.today} with bilatcli {__version__}"
    text = page.render(
        dossier, format, made=made, entries=entries, pictures=pictures, captions=captions
    )
    target = order.value(OUTPUT) or f"{_slug(dossier)}{'.html' if format == page.HTML else '.md'}"
    if target == STANDARD_OUTPUT:
        return CommandResult([text], notes=dossier.notes)
    atomic_write(target, text, force=order.has(FORCE))
    told = f"`{target}` has {len(dossier.facts)} facts on {dossier.title}"
    return CommandResult(notes=[*dossier.notes, told])


def _format(order: Invocation) -> str:
    """The format that is asked for, or that the name of the file ends in; raises UsageError where the two differ."""
    format = chosen(FORMAT, order.given)
    target = order.value(OUTPUT)
    if target in (None, STANDARD_OUTPUT):
        return format or page.HTML
    ending = os.path.splitext(target or "")[1].lower()
    named = _ENDINGS.get(ending)
    if format is None and named is None:
        raise UsageError(
            f"`{target}` ends in no format of a report: end it in .html or .md, or add {FORMAT.flag}"
        )
    if None not in (format, named) and format != named:
        raise UsageError(
            f"`{target}` is to be {format} by {FORMAT.flag}: end it so, or leave {FORMAT.flag} out"
        )
    return format or named or page.HTML


def _slug(dossier: Dossier) -> str:
    """What the file is called unless said: the codes of the countries, as in `az-pk`."""
    return "-".join(sorted(country["code"].lower() for country in dossier.countries))


def _entries(
    dossier: Dossier, style: str | None, format: str, environment: Environment
) -> Mapping[str, str]:
    """The sources set in a style, by their ids, and the dossier's sources put in the order that the style has them."""
    if style is None:
        return {}
    if style in EXCHANGE:
        raise UsageError(
            f"`{style}` is no style of a bibliography: take a CSL style, such as {', '.join(USUAL_STYLES)}"
        )
    from bilatcli.render.bibliography import entries

    found = entries(dossier.sources, style, format, path=text_of(environment.environ, "PATH"))
    dossier.sources.sort(key=lambda source: list(found).index(source["id"]))
    return found


def _pictures(dossier: Dossier, shown: Scene) -> tuple[Mapping[str, str], Sequence[str]]:
    """The map, and a chart for each measure that has several figures; and what stands under the map."""
    from bilatcli.render import map_svg
    from bilatcli.render.report import charts

    numbers = values.numbers({"sources": dossier.sources})
    drawn = {measure: charts.figures(measure, facts, numbers) for measure, facts in dossier.figures}
    if len(shown.unseen) == len(shown.asked):
        return drawn, []
    return {**drawn, "map": map_svg.render(shown)}, shown.captions(map_svg.framed(shown))
