"""The sources of an answer for other programs and for a bibliography: exchange formats and published styles."""

from __future__ import annotations

from bilatcli.query.options import EXCHANGE_STYLES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from bilatcli.index.store import Index
    from bilatcli.views.document import Document


def styled(document: Document, style: str, format: str, index: Index, *, path: str | None) -> str:
    """Return the sources of a document in a style, and behind a bibliography which facts have no source.

    `format` is one of `typesetting.WRITERS` and only matters to a CSL style, as `path` does: the folders of programs.
    """
    if style == "csl-json":
        return f"[{','.join(f'{chr(10)}{item}' for item in document.elements)}\n]\n"
    loaded = document.load()
    if style not in EXCHANGE_STYLES:
        return _bibliography(loaded, style, format, path)
    if style == "ris":
        from bilatcli.citations.ris import format_ris

        return format_ris(loaded["sources"], keys(index))
    from bilatcli.citations.bibtex_writer import format_bibtex

    return format_bibtex(loaded["sources"], keys(index), is_biblatex=style == "biblatex")


def keys(index: Index) -> dict[str, str]:
    """Return the citation key of every source that there is: asked for or not, one is told from others like it."""
    from json import loads

    from bilatcli.citations.keys import make_citation_keys

    rows = index.rows("SELECT id, json FROM source ORDER BY id, pack")
    # Packs that share an id share the record.
    return make_citation_keys(loads(json) for json in {row[0]: row[1] for row in rows}.values())


def _bibliography(loaded: Mapping[str, Any], style: str, format: str, path: str | None) -> str:
    text = _set(loaded["sources"], style, format, path) if loaded["sources"] else ""
    told = missing_sources(loaded["unsourced"])
    if not told:
        return text
    between = "\n" if text and format != "html" else ""
    return f"{text}{between}<p>{told}</p>\n" if format == "html" else f"{text}{between}{told}\n"


def _set(sources: Sequence[Mapping[str, Any]], style: str, format: str, path: str | None) -> str:
    from json import dumps

    from bilatcli.citations.styles import format_bibliography

    return format_bibliography(dumps([_known(item) for item in sources]), style, format, path=path)


def entries(
    sources: Sequence[Mapping[str, Any]], style: str, format: str, *, path: str | None
) -> dict[str, str]:
    """Return the entries of a bibliography by the ids of their sources, in the order of the style.

    `format` and `path` are as in `styled`.
    """
    from bilatcli.citations.styles import split_entries

    if not sources:
        return {}
    found = split_entries(_set(sources, style, "html", path))
    if format == "html":
        return found
    paragraphs = [
        each.strip() for each in _set(sources, style, format, path).split("\n\n") if each.strip()
    ]
    return dict(zip(found, paragraphs, strict=True))


def missing_sources(ids: list[str]) -> str:
    """Return how many facts have no source, and which; nothing where all have one.

    >>> missing_sources(["az-pk/a", "az-pk/b"])
    '2 statements have no source: az-pk/a, az-pk/b'
    """
    if not ids:
        return ""
    count = f"{len(ids)} statement has" if len(ids) == 1 else f"{len(ids)} statements have"
    return f"{count} no source: {', '.join(ids)}"


def _known(item: Mapping[str, Any]) -> dict[str, Any]:
    """An item as pandoc reads it: safe to print, and a date without numbers as the year that it names."""
    from bilatcli.citations import csl

    plain: dict[str, Any] = {
        key: csl.get_text(item, key) if isinstance(value, str) else value for key, value in item.items()
    }
    plain["author"] = [
        {key: csl.get_text(name, key) for key in name} for name in item.get("author", ())
    ]
    for key in ("issued", "accessed"):
        if "literal" in (item.get(key) or {}):
            plain[key] = {"date-parts": csl.get_date_parts(item, key), "circa": True}
            if not plain[key]["date-parts"]:
                del plain[key]
    return plain
