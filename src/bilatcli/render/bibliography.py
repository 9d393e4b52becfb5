"""The sources of an answer as a bibliography in a CSL style, or in an exchange format."""

from __future__ import annotations

from bilatcli.index import Statement
from bilatcli.query.options import EXCHANGE_STYLES
from bilatcli.text import plural, to_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from bilatcli.index.store import Index
    from bilatcli.views.document import Document

NON_BREAKING_HYPHEN = "\u2011"

ALL_SOURCES = Statement("all_sources", "SELECT id, json FROM source ORDER BY id, pack")

WIKIPEDIA_STYLE = "wikipedia-templates"
WIKIPEDIA_TYPES = ("article-journal", "chapter", "entry-encyclopedia")
"""The types whose periodical or book this style prints. Of all others, it prints the publisher."""


def format_sources(
    document: Document, style: str, format: str, index: Index, *, path: str | None
) -> str:
    """Return the sources of a document in a style.

    A bibliography ends with the ids of facts that have no source. Only a CSL style uses `format`,
    one of `styles.PANDOC_FORMATS`, and `path`, the folders in which pandoc is looked for.
    """
    loaded = document.load()
    if style == "csl-json":
        keys = fetch_citation_keys(index, loaded["sources"])
        return _format_csl_json(loaded["sources"], keys)
    if style not in EXCHANGE_STYLES:
        return _format_bibliography(loaded, style, format, path)
    keys = fetch_citation_keys(index, loaded["sources"])
    if style == "ris":
        from bilatcli.citations.ris import format_ris

        return format_ris(loaded["sources"], keys)
    from bilatcli.citations.bibtex_writer import format_bibtex

    return format_bibtex(loaded["sources"], keys, is_biblatex=style == "biblatex")


def _format_csl_json(items: Sequence[Mapping[str, Any]], keys: Mapping[str, str]) -> str:
    """Return items under their citation keys, as BibTeX has them; `custom` keeps the own id."""
    renamed = [
        {**item, "id": keys[item["id"]], "custom": {**item["custom"], "source": item["id"]}}
        for item in items
    ]
    return "[\n" + ",\n".join(map(to_json, renamed)) + "\n]\n" if renamed else "[\n]\n"


def fetch_citation_keys(index: Index, more: Sequence[Mapping[str, Any]] = ()) -> dict[str, str]:
    """Return the citation key of every source of an index, and of `more` items, by its id.

    The keys of all sources are made, because a key must differ from those of similar sources.
    """
    from json import loads

    from bilatcli.citations.keys import make_citation_keys

    # Packs that share an id share the record.
    records = {row["id"]: row["json"] for row in index.rows(ALL_SOURCES)}
    items = {id: loads(record) for id, record in records.items()}
    return make_citation_keys({**{item["id"]: item for item in more}, **items}.values())


def format_entries(
    sources: Sequence[Mapping[str, Any]], style: str, format: str, *, path: str | None
) -> dict[str, str]:
    """Return the entries of a bibliography by the ids of their sources, in the order of the style.

    `format` and `path` are as in `format_sources`.
    """
    from bilatcli.citations.styles import split_entries

    if not sources:
        return {}
    entries = split_entries(_format_with_pandoc(sources, style, "html", path))
    if format == "html":
        return entries
    text = _format_with_pandoc(sources, style, format, path)
    paragraphs = [each.strip() for each in text.split("\n\n") if each.strip()]
    return dict(zip(entries, paragraphs, strict=True))


def missing_sources_message(ids: Sequence[str]) -> str:
    """Return how many facts have no source, and their ids; empty if there are none.

    >>> missing_sources_message(["az-pk/a", "az-pk/b"])
    '2 facts have no source: az-pk/a, az-pk/b'
    """
    if not ids:
        return ""
    verb = "has" if len(ids) == 1 else "have"
    return f"{plural(len(ids), 'fact')} {verb} no source: {', '.join(ids)}"


def _format_bibliography(
    loaded: Mapping[str, Any], style: str, format: str, path: str | None
) -> str:
    sources = loaded["sources"]
    text = _format_with_pandoc(sources, style, format, path) if sources else ""
    missing = missing_sources_message(loaded["unsourced"])
    if not missing:
        return text
    if format == "html":
        return f"{text}<p>{missing}</p>\n"
    separator = "\n" if text else ""
    return f"{text}{separator}{missing}\n"


def _format_with_pandoc(
    sources: Sequence[Mapping[str, Any]], style: str, format: str, path: str | None
) -> str:
    from json import dumps

    from bilatcli.citations.styles import format_bibliography

    items = [_to_pandoc_item(item) for item in sources]
    if style != WIKIPEDIA_STYLE:
        return format_bibliography(dumps(items), style, format, path=path)
    from bilatcli.citations.wikipedia import protect_items, restore_templates

    protected = protect_items([_move_outlet(item) for item in items])
    text = format_bibliography(dumps(protected), style, format, path=path)
    return restore_templates(text, sources, format)


def _move_outlet(item: dict[str, Any]) -> dict[str, Any]:
    """Return an item whose outlet is its publisher, if Wikipedia's style would leave it out."""
    if item["type"] in WIKIPEDIA_TYPES or "container-title" not in item:
        return item
    return {"publisher": item["container-title"], **item}


def _to_pandoc_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item for pandoc: texts safe to print, and a literal date as the year it names."""
    from bilatcli.citations import csl

    converted: dict[str, Any] = {
        key: csl.get_text(item, key) if isinstance(value, str) else value
        for key, value in item.items()
    }
    converted["author"] = [
        {key: csl.get_text(name, key) for key in name} for name in item.get("author", ())
    ]
    if "version" in converted:
        # A hyphen would make it several versions.
        converted["version"] = converted["version"].replace("-", NON_BREAKING_HYPHEN)
    for key in ("issued", "accessed"):
        if "literal" in (item.get(key) or {}):
            converted[key] = {"date-parts": csl.get_date_parts(item, key), "circa": True}
            if not converted[key]["date-parts"]:
                del converted[key]
    return converted
