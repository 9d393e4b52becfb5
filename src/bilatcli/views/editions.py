"""The packs themselves as sources: those that an answer of `cite` comes from, or all of them."""

from __future__ import annotations

import os

from bilatcli.citations.csl import parse_date
from bilatcli.index import Statement
from bilatcli.text import get_json_text, to_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from bilatcli.index import Row
    from bilatcli.index.store import Index

EDITIONS = Statement(
    "editions", "SELECT name, path, title, licence, updated, digest FROM pack ORDER BY precedence"
)
PACKS_OF_SOURCES = Statement(
    "packs_of_sources",
    "SELECT DISTINCT pack FROM source WHERE id IN (SELECT value FROM json_each(:ids))",
)

COLLECTION = "bilatcli"
"""What the bundled packs are published in."""
ID_PREFIX = "pack-"
"""What tells the id of a pack from that of a source."""


def fetch_editions(index: Index) -> list[Row]:
    """Return the packs of an index: name, path, title, licence, date and digest of each."""
    return index.rows(EDITIONS)


def find_packs(facts: Iterable[Row], sources: Iterable[str], index: Index) -> set[str]:
    """Return the names of the packs that have some facts, or sources with some ids."""
    named = {get_json_text(fact["json"], "pack") for fact in facts}
    rows = index.rows(PACKS_OF_SOURCES, {"ids": to_json(list(sources))})
    return named | {row["pack"] for row in rows}


def list_edition_jsons(index: Index, names: set[str] | None = None) -> list[str]:
    """Return the CSL-JSON of packs with some names (default: of all), in their order."""
    return [
        to_json(_to_csl(row))
        for row in fetch_editions(index)
        if names is None or row["name"] in names
    ]


def _to_csl(pack: Row) -> dict[str, Any]:
    """Return a pack as a CSL-JSON item, a data set whose version is its date."""
    from bilatcli.index.cache import bundled_packs

    # The bundled index has names of files in place of paths.
    bundled = {each for path in bundled_packs() for each in (path, os.path.basename(path))}
    outlet = {"publisher": COLLECTION} if pack["path"] in bundled else {}
    return {
        "id": ID_PREFIX + pack["name"],
        "type": "dataset",
        "title": pack["title"],
        **outlet,
        "issued": parse_date(pack["updated"]),
        "version": pack["updated"],
        "note": f"licence {pack['licence']}; SHA-256 {pack['digest']}",
        "custom": {"reliability": "dataset"},
    }
