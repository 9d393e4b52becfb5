"""Documents as text: one file a format, each a pure function of a document and of how it is to look."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.documents import Document


def render(document: Document, format: str, *, width: int, has_colour: bool) -> str:
    """Return a document in one of `options.FORMATS`, ended by a newline where there is anything.

    `width`, in columns, and `has_colour` only matter for a table.
    """
    if format == "json":
        return document.text() + "\n"
    if format == "ndjson":
        return "".join(f"{row}\n" for row in document.elements)
    if format in ("tsv", "csv"):
        from bilatcli.render import delimited

        return delimited.render(document, format)
    if format == "markdown":
        from bilatcli.render import markdown

        return markdown.render(document)
    from bilatcli.render import table

    return table.render(document, width=width, has_colour=has_colour)
