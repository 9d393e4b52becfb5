"""Convert CSL-JSON items of other programs to sources of a pack, and list what cannot be kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from itertools import takewhile
from typing import Any

from bilatcli.citations import csl
from bilatcli.citations.addresses import Addresses, keep_address
from bilatcli.citations.bibtex_fields import LANGUAGE_CODES
from bilatcli.citations.dates import SEASONS, keep_edtf, parse_date_text
from bilatcli.citations.keys import split_ascii_words
from bilatcli.vocabulary import CONTAINER_TYPE_PREFIXES, RELIABILITIES, SOURCE_TYPES

MAX_ID_WORDS = 6
"""Number of words of a name in the id of a source."""

YEAR_LENGTH = 4

_DATE_PART = re.compile(r"[0-9]{1,4}")
_RELIABILITY = re.compile(r"reliability: ([a-z]+)")
_ORIGIN = re.compile(r"origin: ([a-z0-9-]+)")
_ARCHIVED = re.compile(r"archived(?::? (?!at)([^\s;]+))?(?: at (https?://\S+))?")
"""The note of our own exports on an archived copy: its date, and its address if no field has it."""
_DATE_NOTE = re.compile(r"date: ([^;]+)")
"""The note of our own exports on a date that the format cannot express."""

_ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
_OTHERS = re.compile(r"(?:^|,?\s+)(?:(?:and|&)\s+)?et\.? al\.?$", re.IGNORECASE)
"""The words after or in place of a name for people who are not named."""
_RICH_TEXT = re.compile(
    r"</?(?:[a-z]+:)?(?:i|b|u|em|strong|italic|bold|sup|sub|sc|scp|span|tt|br|p|tex-math"
    r"|math|mrow|m[ino]|msu[bp]|msubsup|mfrac|mtext|mspace|mover|munder|msqrt|mstyle)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
"""The marks of rich text and formulas in CSL-JSON, and in what many programs export."""

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
    "DOI",
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
    note, keyword = _to_text(item.get("note")), _to_text(item.get("keyword"))
    language = _to_text(item.get("language"))
    rest = _ARCHIVED.sub("", _DATE_NOTE.sub("", note)).strip(" ;")
    addresses = Addresses(_to_text(item.get("URL")), _to_text(item.get("DOI")), rest)
    outlet_keys = _order_outlet_keys(item)
    values: dict[str, Any] = {
        "type": kind if (kind := _to_text(item.get("type"))) in SOURCE_TYPES else "document",
        "title": _to_line(item.get("title")),
        "authors": _find_authors(item),
        "publisher": next(filter(None, (_to_line(item.get(key)) for key in outlet_keys)), ""),
        "issued": _find_issued(item, note),
        "url": addresses.find_url(),
        "lang": LANGUAGE_CODES.get(language.lower(), language),
        "reliability": _find_reliability(item, keyword),
        "accessed": _to_edtf(item.get("accessed")),
        **_find_archived_copy(item, note),
        "origin": _find_origin(item, keyword),
    }
    values = {key: value for key, value in values.items() if value}
    lost = [*_find_lost_fields(item, values), *addresses.find_lost(values.get("url", ""))]
    lost += _find_lost_words(keyword)
    lost += _find_lost_outlet(item, outlet_keys)
    lost += _find_lost_date_parts(item.get("issued"))
    return SourceDraft(_to_text(item.get("id")), values, list(dict.fromkeys(lost)))


def make_source_id(draft: SourceDraft, taken: set[str]) -> str:
    """Return an id that is not in `taken`: the reference's key, or a name with the year."""
    year = str(draft.values.get("issued", ""))[:4]
    names = (draft.values.get(key) or "" for key in ("authors", "publisher", "title"))
    name = next((each[0] if isinstance(each, list) else each for each in names if each), "")
    parts = (make_slug(name.split(",")[0]), year)
    base = make_slug(draft.key) or "-".join(part for part in parts if part) or "source"
    number, id = 1, base
    while id in taken:
        number += 1
        id = f"{base}-{number}"
    return id


def make_slug(text: str) -> str:
    """Return the id that a text makes; empty if it has no letter or digit of ASCII."""
    return "-".join(split_ascii_words(text)[:MAX_ID_WORDS])


def _order_outlet_keys(item: Mapping[str, Any]) -> tuple[str, str]:
    """Return the fields for the outlet in the order of preference for this type of item."""
    has_container = _to_text(item.get("type")).startswith(CONTAINER_TYPE_PREFIXES)
    keys = ("container-title", "publisher")
    return keys if has_container else (keys[1], keys[0])


def _find_issued(item: Mapping[str, Any], note: str) -> str:
    noted = _DATE_NOTE.search(note)
    return (noted and _to_edtf(noted[1])) or _to_edtf(item.get("issued"))


def _find_authors(item: Mapping[str, Any]) -> list[str]:
    """Return the names of the authors, each once, without those who stand for others."""
    names = [_OTHERS.sub("", name) for name in map(_to_name, _to_list(item.get("author")))]
    if len(names) > 1 and names[-1].lower() == "others":
        names.pop()
    return list(dict.fromkeys(filter(None, names)))


def _find_reliability(item: Mapping[str, Any], keyword: str) -> str:
    noted = _RELIABILITY.search(keyword)
    word = noted[1] if noted and noted[1] in RELIABILITIES else ""
    return _to_text(_get_custom(item).get("reliability")) or word


def _find_origin(item: Mapping[str, Any], keyword: str) -> str:
    noted = _ORIGIN.search(keyword)
    return _to_text(_get_custom(item).get("origin")) or (noted[1] if noted else "")


def _find_archived_copy(item: Mapping[str, Any], note: str) -> dict[str, str]:
    """Return the address and date of an archived copy. A date without an address is dropped."""
    noted = _ARCHIVED.search(note)
    url = keep_address(_to_text(item.get("archive_location")) or (noted and noted[2]) or "")
    if not url:
        return {}
    date = _get_custom(item).get("archived") or (noted and noted[1])
    return {"archive_url": url, "archived": _to_edtf(date)}


def _get_custom(item: Mapping[str, Any]) -> Mapping[str, Any]:
    custom = item.get("custom")
    return custom if isinstance(custom, dict) else {}


def _find_lost_fields(item: Mapping[str, Any], values: Mapping[str, Any]) -> Iterator[str]:
    """Yield the fields with content that the values do not have."""
    yield from (key for key, name in _KEPT_AS.items() if item.get(key) and name not in values)
    known = _KEPT_AS.keys() | _HANDLED_APART
    yield from (key for key, value in item.items() if value and key not in known)
    for key in ("keyword", "note", "container-title", "publisher"):
        if item.get(key) and not _to_text(item[key]):
            yield key
    names = [_to_name(name) for name in _to_list(item.get("author"))]
    if names != values.get("authors", []) and "authors" in values:
        yield "author"
    if item.get("type") not in SOURCE_TYPES:
        yield "type"


def _find_lost_words(keyword: str) -> Iterator[str]:
    """Yield `keyword` if it has more than what our own exports put there."""
    if _ORIGIN.sub("", _RELIABILITY.sub("", keyword)).strip(" ,;"):
        yield "keyword"


def _find_lost_outlet(item: Mapping[str, Any], keys: tuple[str, str]) -> Iterator[str]:
    """Yield the second of the two fields for the outlet if it differs from the first."""
    used = next((key for key in keys if _to_text(item.get(key))), "publisher")
    for key in keys:
        if key != used and item.get(key) not in (None, "", item.get(used)):
            yield key


def _to_text(value: Any) -> str:
    """Return a text or number of an item without outer blanks; empty for other values."""
    is_text = isinstance(value, str | int | float) and not isinstance(value, bool)
    return str(value).strip() if is_text else ""


def _to_line(value: Any) -> str:
    """Return a text on one line, without the marks of rich text and the entities of HTML."""
    text = _ENTITY.sub(lambda found: unescape(found[0]), _RICH_TEXT.sub("", _to_text(value)))
    return " ".join(text.split())


def _to_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _to_name(name: Any) -> str:
    if not isinstance(name, dict):
        return ""
    return csl.format_name({key: _to_line(value) for key, value in name.items()})


def _to_edtf(date: Any) -> str:
    """Return a CSL date or a text as EDTF; empty if it is not a date."""
    text = "" if isinstance(date, float) else _to_text(date)
    if isinstance(date, dict):
        parts = [_parse_date_parts(each) for each in _get_date_parts(date)]
        text = csl.format_date({"date-parts": parts})
        if len(text) == YEAR_LENGTH and (season := _find_season(date)):
            text = f"{text}-{season}"
        text = text or _get_date_text(date)
        if date.get("circa") and text and not text.endswith(tuple(csl.UNCERTAIN_MARKS)):
            text += "?"
    return keep_edtf(text) or parse_date_text(text)


def _get_date_parts(date: Mapping[str, Any]) -> list[Any]:
    """Return the parts of a date, or of its two ends; some programs have one list for one date."""
    parts = _to_list(date.get("date-parts"))
    return [parts] if any(map(_to_text, parts)) else parts


def _get_date_text(date: Mapping[str, Any]) -> str:
    return _to_text(date.get("raw")) or _to_text(date.get("literal"))


def _find_season(date: Mapping[str, Any]) -> int:
    """Return the number of a season in EDTF, from its name or from 1 (spring) to 4; 0 if none."""
    season = _to_text(date.get("season")).lower()
    names = {str(number - 20): number for number in SEASONS.values()}
    return (names | SEASONS).get(season, 0)


def _parse_date_parts(parts: Any) -> list[int]:
    """Return the year, month and day up to the first part that is not one, such as 0 or -1.

    The number of a season may stand for the month.
    """
    texts = (str(part).strip() for part in _to_list(parts)[:3])
    numbers = [int(text) for text in takewhile(_DATE_PART.fullmatch, texts)]
    if len(numbers) == 2 and numbers[1] in SEASONS.values():
        return numbers
    limits = (9999, 12, 31)
    known = takewhile(lambda each: 0 < each[0] <= each[1], zip(numbers, limits, strict=False))
    return [number for number, _ in known]


def _find_lost_date_parts(date: Any) -> list[str]:
    """Return `issued` if a part of a date is neither kept nor 0, which says that it is unknown."""
    all_parts = _get_date_parts(date) if isinstance(date, dict) else []
    for parts in all_parts:
        rest = _to_list(parts)[len(_parse_date_parts(parts)) :]
        if any(_to_text(part) not in ("", "0", "00") for part in rest):
            return ["issued"]
    text = _get_date_text(date) if isinstance(date, dict) and not all_parts else _to_text(date)
    if any(map(str.isalpha, text)) and _to_edtf(text).isdigit():
        return ["issued"]
    has_season = isinstance(date, dict) and date.get("season") and not _find_season(date)
    return ["season"] if has_season else []
