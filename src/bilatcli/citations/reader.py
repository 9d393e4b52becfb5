"""References of other programs as sources of a pack: CSL-JSON items read back, and what of them finds no place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bilatcli.packs import edtf
from bilatcli.packs.models import is_web
from bilatcli.text import fold
from bilatcli.vocabulary import IN_CONTAINER, RELIABILITIES, SOURCE_TYPES

_RELIABILITY = re.compile(r"reliability: ([a-z]+)")
_ARCHIVED = re.compile(r"archived(?::? (?!at)([^\s;]+))?(?: at (https?://\S+))?")
"""What is said of an archived copy by a note of ours: its day, and where no field has that, its address."""
_DATED = re.compile(r"date: ([^;]+)")
_ELSEWHERE = {
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
"""Fields that are looked at for themselves, or say nothing of the work."""


@dataclass(slots=True)
class Draft:
    """What becomes of one reference: the values of a [[source]], and the fields that a pack has no place for."""

    key: str
    values: dict[str, Any]
    lost: list[str] = field(default_factory=list)


def draft(item: Mapping[str, Any]) -> Draft:
    """Return a reference as a source of a pack, as far as it says; `values` lack what the reference does not tell.

    Dates are kept as they are, as EDTF; one that is no EDTF is lost, and so is an address that is none of the web.
    """
    note, keyword = _text(item.get("note")), _text(item.get("keyword"))
    copy = _ARCHIVED.search(note)
    custom: Mapping[str, Any] = own if isinstance(own := item.get("custom"), dict) else {}
    told = _RELIABILITY.search(keyword)
    noted = _DATED.search(note)
    kept = _text(item.get("archive_location")) or (copy and copy[2]) or ""
    address = _text(item.get("URL"))
    if not address and (doi := _text(item.get("DOI"))):
        address = f"https://doi.org/{doi}"
    kind = _text(item.get("type"))
    outlets = (
        ("container-title", "publisher")
        if kind.startswith(IN_CONTAINER)
        else ("publisher", "container-title")
    )
    outlet = next((key for key in outlets if _text(item.get(key))), "publisher")
    wanted = {
        "type": kind if kind in SOURCE_TYPES else "document",
        "title": " ".join(_text(item.get("title")).split()),
        "authors": list(dict.fromkeys(filter(None, map(_person, _listed(item.get("author")))))),
        "publisher": _text(item.get(outlet)),
        "issued": _date(noted[1]) if noted and _date(noted[1]) else _date(item.get("issued")),
        "url": address if is_web(address) else "",
        "lang": _text(item.get("language")),
        "reliability": _text(custom.get("reliability"))
        or (told[1] if told and told[1] in RELIABILITIES else ""),
        "accessed": _date(item.get("accessed")),
        "archive_url": kept if is_web(kept) else "",
        "archived": _date(custom.get("archived") or (copy and copy[1])),
    }
    if not wanted["archive_url"]:
        wanted["archived"] = ""
    values = {key: value for key, value in wanted.items() if value}
    rest = (
        _RELIABILITY.sub("", keyword).strip(" ,;"),
        _ARCHIVED.sub("", _DATED.sub("", note)).strip(" ;"),
    )
    lost = _lost(item, values, rest) + [
        key
        for key in outlets
        if key != outlet and item.get(key) not in (None, "", item.get(outlet))
    ]
    return Draft(_text(item.get("id")), values, list(dict.fromkeys(lost)))


def _lost(item: Mapping[str, Any], values: Mapping[str, Any], rest: tuple[str, str]) -> list[str]:
    """The fields of a reference, but where it appeared, that say something which the values do not."""
    kept = {
        "title": "title",
        "author": "authors",
        "issued": "issued",
        "URL": "url",
        "language": "lang",
    }
    kept |= {"accessed": "accessed", "archive_location": "archive_url"}
    lost = [key for key, name in kept.items() if item.get(key) and name not in values]
    lost += [
        key
        for key in item
        if key not in kept and key not in _ELSEWHERE and _says_more(key, item, values)
    ]
    lost += [name for name, text in zip(("keyword", "note"), rest, strict=True) if text]
    lost += [
        key
        for key in ("keyword", "note", "container-title", "publisher")
        if item.get(key) and not _text(item[key])
    ]
    lost += [] if all(map(_person, _listed(item.get("author")))) else ["author"]
    return lost + (["type"] if item.get("type") not in SOURCE_TYPES else [])


def _says_more(key: str, item: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    if not item[key]:
        return False
    return key != "DOI" or not str(values.get("url", "")).endswith(str(item[key]))


def _text(value: Any) -> str:
    """What a field says; empty where it is neither text nor a number."""
    return (
        str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _person(name: Any) -> str:
    """A name as `Family, Given`, or as the one name that it is."""
    if not isinstance(name, dict):
        return ""
    family = " ".join(
        _text(name.get(key)) for key in ("dropping-particle", "non-dropping-particle", "family")
    )
    given = ", ".join(filter(None, (_text(name.get(key)) for key in ("given", "suffix"))))
    said = ", ".join(" ".join(each.split()) for each in (family, given) if each.strip())
    return said or " ".join(_text(name.get("literal")).split())


def _date(date: Any) -> str:
    """A date of CSL, or one that is written already, as EDTF; empty where it is none."""
    if isinstance(date, dict):
        parts = _listed(date.get("date-parts"))
        said = "/".join(map(_parts, parts)) or _text(date.get("raw")) or _text(date.get("literal"))
        said += "?" if date.get("circa") and said and not said.endswith(("?", "~", "%")) else ""
    else:
        said = _text(date)
    try:
        edtf.parse(said.strip())
    except ValueError:
        return ""
    return said.strip()


def _parts(parts: Any) -> str:
    numbers = [int(part) for part in _listed(parts) if str(part).strip().isdigit()]
    return "-".join(
        f"{number:04d}" if place == 0 else f"{number:02d}"
        for place, number in enumerate(numbers[:3])
    )


def slug(draft: Draft, taken: set[str]) -> str:
    """Return an id that none of `taken` is: the reference's own key, or author, outlet or title with the year."""
    year = str(draft.values.get("issued", ""))[:4]
    named = (draft.values.get(key) or "" for key in ("authors", "publisher", "title"))
    who = next((each[0] if isinstance(each, list) else each for each in named if each), "")
    base = (
        _ascii(draft.key) or "-".join(filter(None, (_ascii(who.split(",")[0]), year))) or "source"
    )
    number, id = 1, base
    while id in taken:
        number += 1
        id = f"{base}-{number}"
    return id


def _ascii(text: str) -> str:
    words = ["".join(letter for letter in word if letter.isascii()) for word in fold(text).split()]
    return "-".join(filter(None, words[:6]))
