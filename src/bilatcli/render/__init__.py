"""Documents as text: a module for each format, a pure function of a document and of settings."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.render.settings import Settings
    from bilatcli.views.document import Document


def render_document(document: Document, format: str, settings: Settings | None = None) -> str:
    """Return a document in one of `options.FORMATS`, ended by a newline unless it is empty.

    `settings` (default: `Settings()`) matter for table, csv and tsv only.
    """
    if format == "json":
        return document.text() + "\n"
    if format == "ndjson":
        return "".join(f"{row}\n" for row in document.elements)
    if format == "markdown":
        from bilatcli.render import markdown

        return markdown.render_markdown(document)
    if settings is None:
        from bilatcli.render.settings import Settings

        settings = Settings()
    if format in ("tsv", "csv"):
        from bilatcli.render import delimited

        return delimited.render_delimited(document, format, is_raw=settings.is_raw)
    from bilatcli.render import table

    return table.render_table(document, settings)
