"""CSL-JSON items as the exchange formats need them: dates, names, where something appeared, all safe to print."""

from __future__ import annotations

import re

from bilatcli.text import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

_YEAR = re.compile(r"[0-9]{4}")


def said(item: Mapping[str, Any], key: str) -> str:
    """Return the text that an item has under a key, on one line and safe on a terminal; empty where it has none."""
    return printable(str(item.get(key) or "")).strip()


def outlet(item: Mapping[str, Any]) -> str:
    """Return where an item appeared: the periodical or site, or else the publisher."""
    return said(item, "container-title") or said(item, "publisher")


def archived(item: Mapping[str, Any]) -> str:
    """Return the date of an item's archived copy as EDTF; empty where it is not known."""
    return said(item.get("custom", {}), "archived")


def edtf(item: Mapping[str, Any], key: str) -> str:
    """Return a date of an item as EDTF, `?` behind an uncertain one; empty where there is none."""
    date = item.get(key)
    if date is None:
        return ""
    if "literal" in date:
        return printable(str(date["literal"]))
    mark = "?" if date.get("circa") else ""
    return "/".join(
        "-".join((f"{end[0]:04d}", *(f"{part:02d}" for part in end[1:]))) + mark
        for end in parts(item, key)
    )


def parts(item: Mapping[str, Any], key: str) -> list[list[int]]:
    """Return year, month and day of a date of an item, as far as they are known, and of its end if it has one.

    Of a date that CSL has no numbers for, only the first year that it names.
    """
    date = item.get(key) or {}
    if "literal" in date:
        year = _YEAR.search(str(date["literal"]))
        return [[int(year[0])]] if year else []
    found: list[list[int]] = date.get("date-parts", [])
    return found


def keep(item: dict[str, Any], key: str, name: str, value: Any) -> None:
    """Put a value into an item under `key`; where another stands there, under the `name` that it came by."""
    if item.get(key, value) == value:
        item[key] = value
    else:
        item[name if name not in item else f"{name} (of its own)"] = value


def read(text: str) -> list[dict[str, Any]]:
    """Return the items of a CSL-JSON text; raises ValueError, with the number of the line, for what is none."""
    from json import JSONDecodeError, loads

    try:
        found = loads(text)
    except JSONDecodeError as error:
        raise ValueError(error.msg.lower(), error.lineno) from None
    except RecursionError:
        raise ValueError("nested too deep", 0) from None
    items = found if isinstance(found, list) else [found]
    if not all(isinstance(item, dict) for item in items):
        raise ValueError("it has values that are no items", 0)
    return items
