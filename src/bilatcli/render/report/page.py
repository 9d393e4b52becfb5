"""A dossier as a page to send: one HTML file that needs nothing else, or Markdown. Jinja2 is asked here alone."""

from __future__ import annotations

import os

from bilatcli import resources, urls
from bilatcli.errors import EnvironmentFault
from bilatcli.render import markdown, values
from bilatcli.text import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from bilatcli.render.report.data import Dossier

HTML, MARKDOWN = "html", "markdown"
TEMPLATES = {HTML: "report.html.j2", MARKDOWN: "report.md.j2"}

_FOLDER = resources.package_path("render", "report", "templates")


def render(
    dossier: Dossier,
    format: str,
    *,
    made: str,
    entries: Mapping[str, str],
    pictures: Mapping[str, str],
    captions: Sequence[str] = (),
) -> str:
    """Return a dossier as HTML or Markdown; `made` says when and with what.

    `entries` are the sources as a bibliography has them, by their ids, in the same format; without one a source is
    listed as tables list it. `pictures` are SVG: `map`, and the chart of a measure under its name; `captions` stand
    under the map. Raises EnvironmentFault without Jinja2.
    """
    try:
        import jinja2
        from markupsafe import Markup
    except ImportError:
        raise EnvironmentFault("a report needs Jinja2: `pip install 'bilatcli[report]'`") from None

    def finished(value: Any) -> Any:
        """A value as it is written: what would turn a text round is shown, and Markdown is escaped; HTML is later."""
        if isinstance(value, Markup) or not isinstance(value, str):
            return value
        return printable(value) if format == HTML else markdown.escaped(printable(value))

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER, encoding="utf-8"),
        autoescape=format == HTML,  # noqa: S701 -- Markdown is escaped by `finished`
        undefined=jinja2.StrictUndefined,
        finalize=finished,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(TEMPLATES[format]).render(
        dossier=dossier,
        numbers=values.numbers({"sources": dossier.sources}),
        entries={id: Markup(text) for id, text in entries.items()},  # noqa: S704 -- as pandoc wrote them
        pictures={key: Markup(svg) for key, svg in pictures.items()},  # noqa: S704 -- as `svg` and `charts` drew them
        captions=captions,
        made=made,
        cells=values,
        listed=markdown.entry,
        link=urls.link,
        raw=Markup,
        style=Markup(_style()),  # noqa: S704 -- our own
    )


def _style() -> str:
    with open(os.path.join(_FOLDER, "report.css"), encoding="utf-8") as file:
        return file.read()
