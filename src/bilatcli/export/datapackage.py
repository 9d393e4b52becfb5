"""What describes an export: datapackage.json, a Data Package with Table Schemas (https://specs.frictionlessdata.io)."""

from __future__ import annotations

import json
import os
import re

from bilatcli.export.schema import TABLES, Table
from bilatcli.text import json_safe
from bilatcli.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from bilatcli.export.schema import Field

FILE = "datapackage.json"

_NAME = "bilatcli-export"
_MEDIA = {
    "csv": "text/csv",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
}
_TYPES = {"text": "string", "day": "date", "texts": "array"}
"""What a Table Schema calls kinds; the others are called the same."""

_NAMES_OF_COUNTRIES = {
    "name": "Unicode-3.0",
    "path": "https://www.unicode.org/license.txt",
    "title": "Unicode License v3: names of countries, from Unicode CLDR",
}
_TABLE = f"(?P<table>{'|'.join(table.name for table in TABLES)})"
_OURS = re.compile(
    rf"{_TABLE}(?:[.](?:{'|'.join(_MEDIA)})|/(?:[a-z]+=[a-z-]+/)?(?P=table)[.]parquet)"
)
"""The paths that an export gives its files."""


class Resource:
    """A table of an export: the files that it is in, and the column that is in their folders' names instead."""

    def __init__(self, table: Table, paths: Sequence[str], *, parted_by: str | None = None) -> None:
        self.table = table
        self.paths = list(paths)
        self.parted_by = parted_by


def text(resources: Sequence[Resource], format: str, licences: Mapping[str, Sequence[str]]) -> str:
    """Return the description of an export; `licences` has the titles of the packs that are under each.

    It says nothing of when it was made, so that an export of the same packs has the same bytes.
    """
    package = {
        "name": _NAME,
        "title": "Dated, cited facts on the relations between two countries",
        "description": "Written by `bilatcli export`. Every fact rests on the sources that fact_sources has for it.",
        "version": __version__,
        "licenses": [
            *(_licence(name, titles) for name, titles in licences.items()),
            _NAMES_OF_COUNTRIES,
        ],
        "resources": [_resource(resource, format) for resource in resources],
    }
    return json_safe(json.dumps(package, ensure_ascii=False, indent=2)) + "\n"


def files_of(folder: str) -> list[str]:
    """Return the files of the export that a folder holds, by their paths within it; none where it holds none."""
    try:
        with open(os.path.join(folder, FILE), encoding="utf-8") as file:
            package = json.load(file)
        named = [path for each in package["resources"] for path in _paths(each["path"])]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return []
    # The file may be anybody's: nothing is taken for ours that export would not call so.
    is_ours = isinstance(package, dict) and package.get("name") == _NAME
    return [path for path in named if is_ours and isinstance(path, str) and _OURS.fullmatch(path)]


def _paths(path: Any) -> list[Any]:
    return path if isinstance(path, list) else [path]


def _licence(name: str, titles: Sequence[str]) -> dict[str, str]:
    """A licence by its identifier; what a pack has in words instead is told as it is, under a name made of them."""
    identifier = re.sub(r"[^-a-zA-Z0-9._]+", "-", name).strip("-") or "other"
    return {"name": identifier, "title": f"{name}: {'; '.join(titles)}"}


def _resource(resource: Resource, format: str) -> dict[str, Any]:
    table, paths, parted = resource.table, resource.paths, resource.parted_by
    described: dict[str, Any] = {
        "name": table.name,
        "path": paths if parted else paths[0],
        "format": format,
        "mediatype": _MEDIA[format],
        "description": table.meaning,
    }
    if format != "parquet":
        described["encoding"] = "utf-8"
    if format == "csv":
        described["profile"] = "tabular-data-resource"
    if parted:
        described["description"] += (
            f" The column {parted} is in the names of the folders, as Hive has it."
        )
        described["partitionedBy"] = [parted]
    return {**described, "schema": _schema(table, without=parted)}


def _schema(table: Table, *, without: str | None) -> dict[str, Any]:
    keys = [
        {
            "fields": [field.key],
            "reference": {"resource": _other(table, field.refers[0]), "fields": [field.refers[1]]},
        }
        for field in table.fields
        if field.refers
    ]
    described: dict[str, Any] = {
        "fields": [_field(field) for field in table.fields if field.key != without],
        "primaryKey": list(table.key),
        "missingValues": [""],
    }
    return {**described, "foreignKeys": keys} if keys else described


def _other(table: Table, name: str) -> str:
    """The table that a key refers to, as a Table Schema calls it: itself is not named."""
    return "" if name == table.name else name


def _field(field: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if field.required else {}
    if field.words:
        constraints["enum"] = list(field.words)
    described = {
        "name": field.key,
        "type": _TYPES.get(field.kind, field.kind),
        "description": field.meaning,
    }
    return {**described, "constraints": constraints} if constraints else described
