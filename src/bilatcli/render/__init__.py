"""Documents as text: one file a format, each a pure function of a document and of how it is to look."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.views.document import Document


def render(
    document: Document,
    format: str,
    *,
    width: int = 0,
    has_colour: bool = False,
    is_raw: bool = False,
) -> str:
    """Return a document in one of `options.FORMATS`, ended by a newline where there is anything.

    `width`, in columns, and `has_colour` only matter for a table, `is_raw` for csv and tsv: cells that a spreadsheet
    would run stand as they are.
    """
    if format == "json":
        return document.text() + "\n"
    if format == "ndjson":
        return "".join(f"{row}\n" for row in document.elements)
    if format in ("tsv", "csv"):
        from bilatcli.render import delimited

        return delimited.render(document, format, is_raw=is_raw)
    if format == "markdown":
        from bilatcli.render import markdown

        return markdown.render(document)
    from bilatcli.render import table

    return table.render(document, width=width, has_colour=has_colour)
