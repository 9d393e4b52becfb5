"""Documents as text: a module for each format, a pure function of a document and of its looks."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.views.document import Document


def render_document(
    document: Document,
    format: str,
    *,
    width: int = 0,
    has_colour: bool = False,
    is_raw: bool = False,
) -> str:
    """Return a document in one of `options.FORMATS`, ended by a newline unless it is empty.

    `width`, in columns, and `has_colour` matter for a table only. `is_raw` matters for csv and tsv:
    cells that a spreadsheet would treat as formulas are then not quote-protected.
    """
    if format == "json":
        return document.text() + "\n"
    if format == "ndjson":
        return "".join(f"{row}\n" for row in document.elements)
    if format in ("tsv", "csv"):
        from bilatcli.render import delimited

        return delimited.render_delimited(document, format, is_raw=is_raw)
    if format == "markdown":
        from bilatcli.render import markdown

        return markdown.render_markdown(document)
    from bilatcli.render import table

    return table.render_table(document, width=width, has_colour=has_colour)
