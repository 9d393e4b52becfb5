"""References of other programs as sources of a pack: CSL-JSON items read back, and what of them finds no place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bilatcli import dates
from bilatcli.records import is_web
from bilatcli.text import fold
from bilatcli.vocabulary import IN_CONTAINER, RELIABILITIES, SOURCE_TYPES

_RELIABILITY = re.compile(r"reliability: ([a-z]+)")
_ARCHIVED = re.compile(r"archived(?::? (?!at)([^\s;]+))?(?: at (https?://\S+))?")
"""What is said of an archived copy by a note of ours: its day, and where no field has that, its address."""
_DATED = re.compile(r"date: ([^;]+)")
_ELSEWHERE = {"id", "type", "custom", "archive", "citation-key", "keyword", "note", "container-title", "publisher"}
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
    note, keyword = str(item.get("note") or ""), str(item.get("keyword") or "")
    copy = _ARCHIVED.search(note)
    custom: Mapping[str, Any] = own if isinstance(own := item.get("custom"), dict) else {}
    told = _RELIABILITY.search(keyword)
    noted = _DATED.search(note)
    kept = str(item.get("archive_location") or (copy and copy[2]) or "")
    address = str(item.get("URL") or "")
    if not address and item.get("DOI"):
        address = f"https://doi.org/{item['DOI']}"
    kind = str(item.get("type") or "")
    outlets = ("container-title", "publisher") if kind.startswith(IN_CONTAINER) else ("publisher", "container-title")
    outlet = next((key for key in outlets if item.get(key)), "publisher")
    wanted = {
        "type": kind if kind in SOURCE_TYPES else "document",
        "title": " ".join(str(item.get("title") or "").split()),
        "authors": list(dict.fromkeys(filter(None, map(_person, _listed(item.get("author")))))),
        "publisher": str(item.get(outlet) or ""),
        "issued": _date(noted[1]) if noted and _date(noted[1]) else _date(item.get("issued")),
        "url": address if is_web(address) else "",
        "lang": str(item.get("language") or ""),
        "reliability": custom.get("reliability") or (told[1] if told and told[1] in RELIABILITIES else ""),
        "accessed": _date(item.get("accessed")),
        "archive_url": kept if is_web(kept) else "",
        "archived": _date(custom.get("archived") or (copy and copy[1])),
    }
    if not wanted["archive_url"]:
        wanted["archived"] = ""
    values = {key: value for key, value in wanted.items() if value}
    rest = _RELIABILITY.sub("", keyword).strip(" ,;"), _ARCHIVED.sub("", _DATED.sub("", note)).strip(" ;")
    lost = _lost(item, values, rest) + [
        key for key in outlets if key != outlet and item.get(key) not in (None, "", item.get(outlet))
    ]
    return Draft(str(item.get("id") or ""), values, lost)


def _lost(item: Mapping[str, Any], values: Mapping[str, Any], rest: tuple[str, str]) -> list[str]:
    """The fields of a reference, but where it appeared, that say something which the values do not."""
    kept = {"title": "title", "author": "authors", "issued": "issued", "URL": "url", "language": "lang"}
    kept |= {"accessed": "accessed", "archive_location": "archive_url"}
    lost = [key for key, name in kept.items() if item.get(key) and name not in values]
    lost += [key for key in item if key not in kept and key not in _ELSEWHERE and _says_more(key, item, values)]
    lost += [name for name, text in zip(("keyword", "note"), rest, strict=True) if text]
    return lost + (["type"] if item.get("type") not in SOURCE_TYPES else [])


def _says_more(key: str, item: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    if not item[key]:
        return False
    return key != "DOI" or not str(values.get("url", "")).endswith(str(item[key]))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _person(name: Any) -> str:
    """A name as `Family, Given`, or as the one name that it is."""
    if not isinstance(name, dict):
        return ""
    family = " ".join(str(name.get(key) or "") for key in ("dropping-particle", "non-dropping-particle", "family"))
    given = ", ".join(str(name[key]) for key in ("given", "suffix") if name.get(key))
    said = ", ".join(" ".join(each.split()) for each in (family, given) if each.strip())
    return said or " ".join(str(name.get("literal") or "").split())


def _date(date: Any) -> str:
    """A date of CSL, or one that is written already, as EDTF; empty where it is none."""
    if isinstance(date, dict):
        parts = date.get("date-parts")
        said = str(date.get("raw") or date.get("literal") or "") if not parts else "/".join(map(_parts, parts))
        said += "?" if date.get("circa") and said and not said.endswith(("?", "~", "%")) else ""
    else:
        said = str(date or "")
    try:
        dates.parse(said.strip())
    except ValueError:
        return ""
    return said.strip()


def _parts(parts: Any) -> str:
    numbers = [int(part) for part in _listed(parts) if str(part).strip().isdigit()]
    return "-".join(f"{number:04d}" if place == 0 else f"{number:02d}" for place, number in enumerate(numbers[:3]))


def slug(draft: Draft, taken: set[str]) -> str:
    """Return an id that none of `taken` is: the reference's own key, or author, outlet or title with the year."""
    year = str(draft.values.get("issued", ""))[:4]
    named = (draft.values.get(key) or "" for key in ("authors", "publisher", "title"))
    who = next((each[0] if isinstance(each, list) else each for each in named if each), "")
    base = _ascii(draft.key) or "-".join(filter(None, (_ascii(who.split(",")[0]), year))) or "source"
    number, id = 1, base
    while id in taken:
        number += 1
        id = f"{base}-{number}"
    return id


def _ascii(text: str) -> str:
    words = ["".join(letter for letter in word if letter.isascii()) for word in fold(text).split()]
    return "-".join(filter(None, words[:6]))
