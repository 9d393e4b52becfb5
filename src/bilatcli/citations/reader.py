"""Convert CSL-JSON items of other programs to sources of a pack, and list what cannot be kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from bilatcli.citations import csl
from bilatcli.citations.keys import ascii_words
from bilatcli.packs import edtf
from bilatcli.packs.value_types import is_web_address
from bilatcli.vocabulary import CONTAINER_TYPE_PREFIXES, RELIABILITIES, SOURCE_TYPES

MAX_ID_WORDS = 6
"""Number of words of a name in the id of a source."""

_RELIABILITY = re.compile(r"reliability: ([a-z]+)")
_ARCHIVED = re.compile(r"archived(?::? (?!at)([^\s;]+))?(?: at (https?://\S+))?")
"""The note of our own exports on an archived copy: its date, and its address if no field has it."""
_DATE_NOTE = re.compile(r"date: ([^;]+)")
"""The note of our own exports on a date that the format cannot express."""

_KEPT_AS = {
    "title": "title",
    "author": "authors",
    "issued": "issued",
    "URL": "url",
    "language": "lang",
    "accessed": "accessed",
    "archive_location": "archive_url",
}
"""The key of a source for each field of an item that is kept whole or not at all."""

_HANDLED_APART = {
    "id",
    "type",
    "custom",
    "archive",
    "citation-key",
    "keyword",
    "note",
    "container-title",
    "publisher",
}
"""Fields that are checked in their own way, or that say nothing about the work."""


@dataclass(slots=True)
class SourceDraft:
    """A reference as the values of a `[[source]]`, with the fields that a pack cannot store."""

    key: str
    values: dict[str, Any]
    lost: list[str] = field(default_factory=list)


def draft_source(item: Mapping[str, Any]) -> SourceDraft:
    """Return a reference as a source of a pack. `values` has only what the reference states.

    Dates must be EDTF and addresses must be of the web; others are listed as lost.
    """
    note, keyword = _text(item.get("note")), _text(item.get("keyword"))
    outlet_keys = _outlet_keys(item)
    values = {
        "type": kind if (kind := _text(item.get("type"))) in SOURCE_TYPES else "document",
        "title": _one_line(item.get("title")),
        "authors": list(dict.fromkeys(filter(None, map(_name, _list(item.get("author")))))),
        "publisher": next(filter(None, (_text(item.get(key)) for key in outlet_keys)), ""),
        "issued": _issued(item, note),
        "url": _url(item),
        "lang": _text(item.get("language")),
        "reliability": _reliability(item, keyword),
        "accessed": _edtf(item.get("accessed")),
        **_archived_copy(item, note),
    }
    values = {key: value for key, value in values.items() if value}
    lost = [*_lost_fields(item, values), *_lost_words(note, keyword)]
    lost += _lost_outlet(item, outlet_keys)
    return SourceDraft(_text(item.get("id")), values, list(dict.fromkeys(lost)))


def make_source_id(draft: SourceDraft, taken: set[str]) -> str:
    """Return an id that is not in `taken`: the reference's key, or a name with the year."""
    year = str(draft.values.get("issued", ""))[:4]
    names = (draft.values.get(key) or "" for key in ("authors", "publisher", "title"))
    name = next((each[0] if isinstance(each, list) else each for each in names if each), "")
    parts = (_slug(name.split(",")[0]), year)
    base = _slug(draft.key) or "-".join(part for part in parts if part) or "source"
    number, id = 1, base
    while id in taken:
        number += 1
        id = f"{base}-{number}"
    return id


def _slug(text: str) -> str:
    return "-".join(ascii_words(text)[:MAX_ID_WORDS])


def _outlet_keys(item: Mapping[str, Any]) -> tuple[str, str]:
    """Return the fields for the outlet in the order of preference for this type of item."""
    has_container = _text(item.get("type")).startswith(CONTAINER_TYPE_PREFIXES)
    keys = ("container-title", "publisher")
    return keys if has_container else (keys[1], keys[0])


def _issued(item: Mapping[str, Any], note: str) -> str:
    noted = _DATE_NOTE.search(note)
    return (noted and _edtf(noted[1])) or _edtf(item.get("issued"))


def _url(item: Mapping[str, Any]) -> str:
    url = _text(item.get("URL"))
    if not url and (doi := _text(item.get("DOI"))):
        url = f"https://doi.org/{doi}"
    return url if is_web_address(url) else ""


def _reliability(item: Mapping[str, Any], keyword: str) -> str:
    noted = _RELIABILITY.search(keyword)
    word = noted[1] if noted and noted[1] in RELIABILITIES else ""
    return _text(_custom(item).get("reliability")) or word


def _archived_copy(item: Mapping[str, Any], note: str) -> dict[str, str]:
    """Return the address and date of an archived copy. A date without an address is dropped."""
    noted = _ARCHIVED.search(note)
    url = _text(item.get("archive_location")) or (noted and noted[2]) or ""
    if not is_web_address(url):
        return {}
    date = _custom(item).get("archived") or (noted and noted[1])
    return {"archive_url": url, "archived": _edtf(date)}


def _custom(item: Mapping[str, Any]) -> Mapping[str, Any]:
    custom = item.get("custom")
    return custom if isinstance(custom, dict) else {}


def _lost_fields(item: Mapping[str, Any], values: Mapping[str, Any]) -> Iterator[str]:
    """Yield the fields with content that the values do not have."""
    yield from (key for key, name in _KEPT_AS.items() if item.get(key) and name not in values)
    for key, value in item.items():
        if value and key not in _KEPT_AS and key not in _HANDLED_APART:
            is_in_url = key == "DOI" and str(values.get("url", "")).endswith(str(value))
            if not is_in_url:
                yield key
    for key in ("keyword", "note", "container-title", "publisher"):
        if item.get(key) and not _text(item[key]):
            yield key
    if not all(map(_name, _list(item.get("author")))):
        yield "author"
    if item.get("type") not in SOURCE_TYPES:
        yield "type"


def _lost_words(note: str, keyword: str) -> Iterator[str]:
    """Yield `keyword` and `note` if they have more than what our own exports put there."""
    if _RELIABILITY.sub("", keyword).strip(" ,;"):
        yield "keyword"
    if _ARCHIVED.sub("", _DATE_NOTE.sub("", note)).strip(" ;"):
        yield "note"


def _lost_outlet(item: Mapping[str, Any], keys: tuple[str, str]) -> Iterator[str]:
    """Yield the second of the two fields for the outlet if it differs from the first."""
    used = next((key for key in keys if _text(item.get(key))), "publisher")
    for key in keys:
        if key != used and item.get(key) not in (None, "", item.get(used)):
            yield key


def _text(value: Any) -> str:
    """Return a text or number of an item as text; empty for other values."""
    is_text = isinstance(value, str | int | float) and not isinstance(value, bool)
    return str(value) if is_text else ""


def _one_line(value: Any) -> str:
    return " ".join(_text(value).split())


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _name(name: Any) -> str:
    if not isinstance(name, dict):
        return ""
    return csl.format_name({key: _one_line(value) for key, value in name.items()})


def _edtf(date: Any) -> str:
    """Return a CSL date or a text as EDTF; empty if it is not a date."""
    text = _text(date)
    if isinstance(date, dict):
        parts = [_date_numbers(each) for each in _list(date.get("date-parts"))]
        text = csl.format_date({"date-parts": parts})
        text = text or _text(date.get("raw")) or _text(date.get("literal"))
        if date.get("circa") and text and not text.endswith(tuple(csl.UNCERTAIN_MARKS)):
            text += "?"
    try:
        edtf.parse_date(text.strip())
    except ValueError:
        return ""
    return text.strip()


def _date_numbers(parts: Any) -> list[int]:
    """Return the year, month and day up to the first part that is not a number."""
    texts = (str(part).strip() for part in _list(parts)[:3])
    return [int(text) for text in takewhile(re.compile(r"[0-9]{1,4}").fullmatch, texts)]
