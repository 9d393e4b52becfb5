"""Describe an export in datapackage.json, a Data Package with Table Schemas.

The format is that of https://specs.frictionlessdata.io.
"""

from __future__ import annotations

import json
import os
import re

from bilatcli.export.schema import TABLES, Table
from bilatcli.text import escape_json
from bilatcli.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from bilatcli.export.columns import Column

FILE = "datapackage.json"

MEDIA_TYPES = {
    "csv": "text/csv",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
}
_PACKAGE_NAME = "bilatcli-export"
_FIELD_TYPES = {"text": "string", "day": "date", "texts": "array"}
"""The type of a Table Schema for a kind. All other kinds have the same name."""

_CLDR_LICENCE = {
    "name": "Unicode-3.0",
    "path": "https://www.unicode.org/license.txt",
    "title": "Unicode License v3: names of countries, from Unicode CLDR",
}
_TABLE_NAME = f"(?P<table>{'|'.join(table.name for table in TABLES)})"
_OWN_PATH = re.compile(
    rf"{_TABLE_NAME}(?:[.](?:{'|'.join(MEDIA_TYPES)})|/(?:[a-z]+=[a-z-]+/)?(?P=table)[.]parquet)"
)
"""The paths of the files that an export writes."""


class Resource:
    """A table of an export with its files. `parted_by` is the column that names their folders."""

    def __init__(self, table: Table, paths: Sequence[str], *, parted_by: str | None = None) -> None:
        self.table = table
        self.paths = list(paths)
        self.parted_by = parted_by


def describe_package(
    resources: Sequence[Resource], format: str, licences: Mapping[str, Sequence[str]]
) -> str:
    """Return the text of datapackage.json. `licences` has the titles of packs by their licence.

    The text does not contain the time, so two exports of the same packs have the same bytes.
    """
    package = {
        "name": _PACKAGE_NAME,
        "title": "Dated, cited facts on the relations between two countries",
        "description": "Written by `bilatcli export`. Every fact rests on the sources that "
        "fact_sources has for it.",
        "version": __version__,
        "licenses": [
            *(_describe_licence(name, titles) for name, titles in licences.items()),
            _CLDR_LICENCE,
        ],
        "resources": [_describe_resource(resource, format) for resource in resources],
    }
    return escape_json(json.dumps(package, ensure_ascii=False, indent=2)) + "\n"


def find_exported_files(folder: str) -> list[str]:
    """Return the files of an earlier export in a folder, by their paths within it."""
    try:
        with open(os.path.join(folder, FILE), encoding="utf-8") as file:
            package = json.load(file)
        named = [path for each in package["resources"] for path in _to_list(each["path"])]
        is_own = package["name"] == _PACKAGE_NAME
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return []
    # Anybody may have written the file, so only paths that an export would use are trusted.
    return [
        path for path in named if is_own and isinstance(path, str) and _OWN_PATH.fullmatch(path)
    ]


def _to_list(path: Any) -> list[Any]:
    return path if isinstance(path, list) else [path]


def _describe_licence(licence: str, titles: Sequence[str]) -> dict[str, str]:
    """Return a licence with a valid name, and with its own name in the title."""
    name = re.sub(r"[^-a-zA-Z0-9._]+", "-", licence).strip("-") or "other"
    return {"name": name, "title": f"{licence}: {'; '.join(titles)}"}


def _describe_resource(resource: Resource, format: str) -> dict[str, Any]:
    table, parted_by = resource.table, resource.parted_by
    described: dict[str, Any] = {
        "name": table.name,
        "path": resource.paths if parted_by else resource.paths[0],
        "format": format,
        "mediatype": MEDIA_TYPES[format],
        "description": table.meaning,
    }
    if format != "parquet":
        described["encoding"] = "utf-8"
    if format == "csv":
        described["profile"] = "tabular-data-resource"
    if parted_by:
        described["description"] += f" The column {parted_by} is in the names of the folders."
        described["partitionedBy"] = [parted_by]
    return {**described, "schema": _describe_schema(table, without=parted_by)}


def _describe_schema(table: Table, *, without: str | None) -> dict[str, Any]:
    described: dict[str, Any] = {
        "fields": [_describe_column(column) for column in table.columns if column.key != without],
        "primaryKey": list(table.key),
        "missingValues": [""],
    }
    keys = [
        _foreign_key(table, column.key, *column.refers) for column in table.columns if column.refers
    ]
    return {**described, "foreignKeys": keys} if keys else described


def _foreign_key(table: Table, key: str, other: str, column: str) -> dict[str, Any]:
    """Return a foreign key. In a Table Schema, a reference to the same table has an empty name."""
    name = "" if other == table.name else other
    return {"fields": [key], "reference": {"resource": name, "fields": [column]}}


def _describe_column(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.is_required else {}
    if column.words:
        constraints["enum"] = list(column.words)
    described = {
        "name": column.key,
        "type": _FIELD_TYPES.get(column.kind, column.kind),
        "description": column.meaning,
    }
    return {**described, "constraints": constraints} if constraints else described
