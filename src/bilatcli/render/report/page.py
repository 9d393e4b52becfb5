"""A report as a self-contained HTML page or as Markdown; the only module that imports Jinja2."""

from __future__ import annotations

from bilatcli import resources, urls
from bilatcli.citations import csl
from bilatcli.errors import EnvironmentFault
from bilatcli.render import markdown, values
from bilatcli.render.report.data import is_past
from bilatcli.text import make_printable, plural

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    import jinja2

    from bilatcli.render.report.data import ReportData

HTML, MARKDOWN = "html", "markdown"
TEMPLATES = {HTML: "report.html.j2", MARKDOWN: "report.md.j2"}

_FOLDER = ("render", "report", "templates")


def render_page(
    report: ReportData,
    format: str,
    *,
    made: str,
    entries: Mapping[str, str],
    pictures: Mapping[str, str],
    captions: Sequence[str] = (),
) -> str:
    """Return a report as a page in a format, one of `TEMPLATES`.

    `made` says when and with what the page was made. `entries` are bibliography entries in the same
    format by the ids of sources; a source without an entry is listed as in other answers.
    `pictures` are SVG: `map`, and a chart for each measure by its name. `captions` come under the
    map. Raises EnvironmentFault if Jinja2 is not installed.
    """
    environment = _make_environment(format)
    from markupsafe import Markup

    return environment.get_template(TEMPLATES[format]).render(
        report=report,
        numbers=values.number_sources({"sources": report.sources}),
        entries={id: Markup(text) for id, text in entries.items()},  # noqa: S704 -- by pandoc
        pictures={key: Markup(svg) for key, svg in pictures.items()},  # noqa: S704 -- our own
        captions=captions,
        made=made,
        csl=csl,
        values=values,
        plural=plural,
        is_past=is_past,
        format_source=markdown.format_source,
        to_link=urls.to_link,
        raw=Markup,
        style=Markup(resources.read_text(*_FOLDER, "report.css")),  # noqa: S704 -- our own
    )


def _make_environment(format: str) -> jinja2.Environment:
    """Return an environment of Jinja2 in which every text is printable and escaped.

    Raises EnvironmentFault if Jinja2 is not installed.
    """
    try:
        import jinja2
        from markupsafe import Markup
    except ImportError:
        raise EnvironmentFault("a report needs Jinja2: `pip install 'bilatcli[report]'`") from None

    def finalize(value: Any) -> Any:
        """Make a text printable, and escape it for Markdown. Jinja2 escapes for HTML itself."""
        if isinstance(value, Markup) or not isinstance(value, str):
            return value
        text = make_printable(value)
        return text if format == HTML else markdown.escape_markdown(text)

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(resources.package_path(*_FOLDER), encoding="utf-8"),
        autoescape=format == HTML,  # noqa: S701 -- `finalize` escapes Markdown
        undefined=jinja2.StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
