"""`report`: write everything known as one page, HTML or Markdown."""

from __future__ import annotations

import os

from bilatcli.cli import CommandResult
from bilatcli.cli.command import COUNTRIES_HELP, Command
from bilatcli.environment import STANDARD_STREAM
from bilatcli.error_details import Candidate
from bilatcli.errors import EXIT_EMPTY, UsageError
from bilatcli.files import atomic_write
from bilatcli.query import interpret as queries
from bilatcli.query.errors import NothingRecorded
from bilatcli.query.option_values import parse_style
from bilatcli.query.options import (
    COMMON_STYLES,
    CORPUS_OPTIONS,
    EXCHANGE_STYLES,
    FORCE,
    OUTPUT,
    STYLE,
    Option,
    find_options,
    get_text,
    parse_choice,
)
from bilatcli.render.report import page
from bilatcli.version import __version__
from bilatcli.views import REPORT_OPTIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bilatcli.cli.command import Invocation
    from bilatcli.environment import Environment
    from bilatcli.index.store import Index
    from bilatcli.maps.scene import Scene
    from bilatcli.render.report.data import ReportData

FORMAT = Option(
    "format",
    "Format of the page (default: by the extension of the file, else html).",
    metavar="FORMAT",
    choices=tuple(page.TEMPLATES),
)
BIBLIOGRAPHY = Option(
    STYLE.key,
    "Format the bibliography in a CSL style, given by its id or .csl file.",
    metavar="STYLE",
    suggestions=COMMON_STYLES,
)

EXTENSIONS = {
    ".html": page.HTML,
    ".htm": page.HTML,
    ".md": page.MARKDOWN,
    ".markdown": page.MARKDOWN,
}


def run(invocation: Invocation, environment: Environment) -> CommandResult:
    """Write a page on the countries; raises a BilatcliError if nothing is recorded on them."""
    from bilatcli.index.store import open_index
    from bilatcli.render.report.data import build_report_data

    format = _choose_format(invocation)
    index = open_index(environment, invocation.data, engine=invocation.index)
    try:
        query = queries.interpret(invocation, index)
        queries.require_country(query, index)
        report = build_report_data(invocation, index)
        shown = _make_map(query, report, index)
    except NothingRecorded as error:
        raise _readdress(error, invocation) from None
    finally:
        index.close()
    if not report.facts and not report.is_outline:
        return CommandResult(notes=report.notes, code=EXIT_EMPTY)
    text = _render_page(report, shown, invocation, format, environment)
    target = invocation.value(OUTPUT) or _default_file(report, format)
    if target == STANDARD_STREAM:
        return CommandResult([text], notes=report.notes)
    atomic_write(target, text, force=invocation.has(FORCE))
    wrote = f"wrote {len(report.facts)} facts on {report.title} to {target}"
    return CommandResult(notes=[*report.notes, wrote])


def _readdress(error: NothingRecorded, invocation: Invocation) -> NothingRecorded:
    """Return an error of a view with this command in its suggestions."""
    error.candidates = tuple(
        Candidate(each.id, each.name, command=invocation.command([each.id]), score=each.score)
        for each in error.candidates
    )
    return error


def _choose_format(invocation: Invocation) -> str:
    """Return the format of the option or of the file; raises UsageError if the two differ."""
    format = parse_choice(FORMAT, invocation.given)
    target = invocation.value(OUTPUT)
    if target is None or target == STANDARD_STREAM:
        return format or page.HTML
    extension = os.path.splitext(target)[1].lower()
    by_extension = EXTENSIONS.get(extension)
    if format is None and by_extension is None:
        raise UsageError(
            f"unsupported report format: {extension or target}",
            hint=f"use .html or .md, or add {FORMAT.flag}",
        )
    if None not in (format, by_extension) and format != by_extension:
        raise UsageError(
            f"the extension of `{target}` contradicts {FORMAT.flag} {format}",
            hint=f"change one, or leave {FORMAT.flag} out",
        )
    return format or by_extension or page.HTML


def _default_file(report: ReportData, format: str) -> str:
    """Return the name of the file: the codes of the countries, as in `az-pk.html`."""
    codes = "-".join(sorted(country["code"].lower() for country in report.countries))
    return codes + (".html" if format == page.HTML else ".md")


def _make_map(query: queries.Query, report: ReportData, index: Index) -> Scene:
    from bilatcli.maps.scene import build_scene

    return build_scene(query, report.facts, index)


def _render_page(
    report: ReportData, shown: Scene, invocation: Invocation, format: str, environment: Environment
) -> str:
    entries = _format_sources(report, parse_style(invocation.given), format, environment)
    pictures, captions = _draw_pictures(report, shown) if format == page.HTML else ({}, [])
    return page.render_page(
        report,
        format,
        made=f"{environment.today} with bilatcli {__version__}",
        entries=entries,
        pictures=pictures,
        captions=captions,
    )


def _format_sources(
    report: ReportData, style: str | None, format: str, environment: Environment
) -> Mapping[str, str]:
    """Return the sources in a style, by their ids, and sort those of the report in its order."""
    if style is None:
        return {}
    if style in EXCHANGE_STYLES:
        raise UsageError(
            f"`{style}` is not a bibliography style",
            hint=f"choose a CSL style, such as {', '.join(COMMON_STYLES)}",
        )
    from bilatcli.render.bibliography import format_entries

    found = format_entries(
        report.sources, style, format, path=get_text(environment.environ, "PATH")
    )
    report.sources.sort(key=lambda source: list(found).index(source["id"]))
    return found


def _draw_pictures(report: ReportData, shown: Scene) -> tuple[Mapping[str, str], Sequence[str]]:
    """Return the SVG of each chart and of the map, by name, and the captions of the map."""
    from bilatcli.render import map_svg, values
    from bilatcli.render.report import charts

    numbers = values.number_sources({"sources": report.sources})
    drawn = {
        measure: charts.draw_figures(measure, facts, numbers) for measure, facts in report.figures
    }
    if len(shown.unplaced) == len(shown.selected):
        return drawn, []
    return {**drawn, "map": map_svg.render_svg(shown)}, shown.captions(map_svg.choose_frame(shown))


COMMAND = Command(
    "report",
    "Write everything known as one page, HTML or Markdown, to share.",
    run=run,
    group="Share",
    words="WORDS",
    words_help=COUNTRIES_HELP,
    options=(OUTPUT, FORMAT, FORCE, BIBLIOGRAPHY, *find_options(REPORT_OPTIONS), *CORPUS_OPTIONS),
    examples=("bilatcli report az pk", "bilatcli report az pk -o az-pk.md --style apa"),
    takes_countries=True,
)
