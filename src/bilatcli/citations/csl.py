"""CSL-JSON: sources as items, and the names, dates and texts of items.

The fields and date formats are those of CSL 1.0.2 (https://docs.citationstyles.org). Values
without a field in CSL are in `custom`.
"""

from __future__ import annotations

from bilatcli.text import make_printable
from bilatcli.vocabulary import CONTAINER_TYPE_PREFIXES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from bilatcli.citations.references import Reference
    from bilatcli.packs.models import Source

UNCERTAIN_MARKS = "?~%"
"""The marks of EDTF for uncertain and approximate dates, which CSL calls circa."""

MAX_SEASON = 24
"""The largest month of a date in CSL-JSON: 21 to 24 are seasons."""

SUFFIXES = ("Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV")
"""What follows a name and is no part of it."""


JOINING_WORDS = (" and ", " & ")
"""What the names of organisations have, and those of people have not."""


def source_to_csl(source: Source) -> dict[str, Any]:
    """Return a source as a CSL-JSON item."""
    from urllib.parse import urlsplit

    has_container = source.type.startswith(CONTAINER_TYPE_PREFIXES)
    item = {
        "id": source.id,
        "type": source.type,
        "title": source.title,
        "author": [parse_name(name) for name in source.authors] or None,
        "container-title" if has_container else "publisher": source.publisher,
        "issued": source.issued and parse_date(source.issued),
        "accessed": source.accessed and parse_date(source.accessed),
        "URL": source.url,
        "archive": source.archive_url and urlsplit(source.archive_url).hostname,
        "archive_location": source.archive_url,
        "language": source.lang,
    }
    more = {"archived": source.archived, "origin": source.origin}
    custom = {"reliability": source.reliability, **{k: v for k, v in more.items() if v is not None}}
    return {**{k: v for k, v in item.items() if v is not None}, "custom": custom}


def parse_name(text: str) -> dict[str, str]:
    """Return the CSL name for `Family, Given`, with `, Jr.` or not, or for a name in one piece.

    >>> parse_name("Jónsdóttir, Anna"), parse_name("An Institute")
    ({'family': 'Jónsdóttir', 'given': 'Anna'}, {'literal': 'An Institute'})
    """
    family, _, rest = text.partition(",")
    if not family.strip() or not rest.strip():
        return {"literal": text}
    given, comma, suffix = rest.rpartition(",")
    if not comma or not is_suffix(suffix):
        given, suffix = rest, ""
    if "," in given or any(word in text for word in JOINING_WORDS):
        # People have no second comma and no `and`; the committees of a house have.
        return {"literal": text}
    found = {"family": family.strip(), "given": given.strip()}
    return {**found, "suffix": suffix.strip()} if suffix else found


def is_suffix(text: str) -> bool:
    """Return True if a text follows a name and is no part of it, such as `Jr.`."""
    return text.strip() in SUFFIXES


def split_suffix(text: str) -> tuple[str, str]:
    """Return a name as `Given Family` and its suffix; a name of one word keeps its number.

    >>> split_suffix("Martin Luther King Jr."), split_suffix("Elizabeth II")
    (('Martin Luther King', 'Jr.'), ('Elizabeth II', ''))
    """
    *words, last = text.split() or [""]
    return (" ".join(words), last) if is_suffix(last) and len(words) > 1 else (text, "")


def format_name(name: Mapping[str, str]) -> str:
    """Return a CSL name as `Family, Given`, or in one piece.

    >>> format_name({"non-dropping-particle": "de", "family": "Gaulle", "given": "Charles"})
    'de Gaulle, Charles'
    """
    particles = ("dropping-particle", "non-dropping-particle", "family")
    family = " ".join(part for key in particles if (part := name.get(key)))
    given = ", ".join(part for key in ("given", "suffix") if (part := name.get(key)))
    return ", ".join(part for part in (family, given) if part) or name.get("literal", "")


def parse_date(text: str) -> dict[str, Any]:
    """Return the CSL date for a date in EDTF.

    An uncertain or approximate date is marked `circa`. A time of day is left out. A date other than
    a calendar date, a season (21 to 24) or an interval of two becomes a `literal`.

    >>> parse_date("2001-02/2001-03?"), parse_date("200X")
    ({'date-parts': [[2001, 2], [2001, 3]], 'circa': True}, {'literal': '200X'})
    """
    plain = text.rstrip(UNCERTAIN_MARKS)
    days = [end[:10] if end[10:11] == "T" else end for end in plain.split("/")]
    try:
        parts = [[int(number) for number in day.split("-")] for day in days]
    except ValueError:
        return {"literal": text}
    if any(part[1] > MAX_SEASON for part in parts if len(part) > 1):
        return {"literal": text}
    return {"date-parts": parts, **({"circa": True} if plain != text else {})}


def format_date(date: Mapping[str, Any]) -> str:
    """Return a CSL date as EDTF, with `?` if it is marked circa."""
    if "literal" in date:
        return make_printable(str(date["literal"]))
    ends = (
        "-".join(f"{part:02d}" if i else f"{part:04d}" for i, part in enumerate(end))
        for end in date["date-parts"]
    )
    return "/".join(ends) + ("?" if date.get("circa") else "")


def get_date(item: Mapping[str, Any], key: str) -> str:
    """Return a date of an item as EDTF; empty if it has none."""
    return format_date(item[key]) if item.get(key) else ""


def get_date_parts(item: Mapping[str, Any], key: str) -> list[list[int]]:
    """Return the known year, month and day of a date, and those of its end if it is an interval.

    Of a `literal`, only the first year is returned. The list is empty if there is no date.
    """
    from re import search

    date = item.get(key) or {}
    if "literal" in date:
        year = search(r"[0-9]{4}", str(date["literal"]))
        return [[int(year[0])]] if year else []
    found: list[list[int]] = date.get("date-parts", [])
    return found


def get_text(item: Mapping[str, Any], key: str) -> str:
    """Return a text of an item on one line, safe to print; empty if it has none."""
    return make_printable(str(item.get(key) or "")).strip()


def get_outlet(item: Mapping[str, Any]) -> str:
    """Return the periodical or site of an item, or else its publisher."""
    return get_text(item, "container-title") or get_text(item, "publisher")


def get_keywords(item: Mapping[str, Any]) -> str:
    """Return what no field has of a source, as keywords: its reliability, and its origin if any."""
    custom = item["custom"]
    origin = custom.get("origin")
    return f"reliability: {custom['reliability']}" + (f", origin: {origin}" if origin else "")


def get_archive_date(item: Mapping[str, Any]) -> str:
    """Return the date of the archived copy of an item as EDTF; empty if unknown."""
    return get_text(item.get("custom", {}), "archived")


def set_field(item: dict[str, Any], key: str, name: str, value: Any) -> None:
    """Set a field of an item; if it has another value already, set the field `name` instead."""
    if item.get(key, value) == value:
        item[key] = value
    else:
        item[name if name not in item else f"{name} (field)"] = value


def parse_csl_json(text: str) -> list[Reference]:
    """Return the references of a CSL-JSON text. Their lines are unknown.

    Raises ValueError with the problem and the number of the line (0 if unknown) for another text.
    """
    from json import JSONDecodeError, loads

    from bilatcli.citations.references import Reference

    try:
        found = loads(text)
    except JSONDecodeError as error:
        raise ValueError(error.msg.lower(), error.lineno) from None
    except RecursionError:
        raise ValueError("nested too deep", 0) from None
    except ValueError:
        raise ValueError("a number has too many digits", 0) from None
    items = found if isinstance(found, list) else [found]
    if not all(isinstance(item, dict) for item in items):
        raise ValueError("not all values are items", 0)
    return [Reference(item) for item in items]
