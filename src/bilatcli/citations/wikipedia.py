"""Templates of Wikipedia: keep the markup of wikis out of values, and dates whole.

The style prints values as they are and, of most types, only the year. So the characters that a wiki
would act on are replaced by others before pandoc sees them, and become entities afterwards. Dates
are written as Wikipedia has them.
"""

from __future__ import annotations

import re

from bilatcli.citations import csl
from bilatcli.citations.bibtex_fields import MONTHS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

_MARKUP = re.compile(r"[|\[\]{}<]|''+|__+|~~~+|&(?=#?\w+;)")
"""What is markup in the value of a template."""
_CHARACTERS = "|[]{}<'_~&"
_STAND_INS = {ord(each): chr(0xE100 + place) for place, each in enumerate(_CHARACTERS)}
_ENTITIES = {ord(mark): f"&#{character};" for character, mark in _STAND_INS.items()}
_START, _END = "\ue180", "\ue181"
_NUMBER = re.compile(f"{_START}([0-9]+){_END}")
_URL_ESCAPES = str.maketrans({each: f"%{ord(each):02X}" for each in "|[]{}<>\"' ^`\\"})
_DATE = re.compile(r" \| (?:date|year)=[^|]*?(?= \| |\}\})")
_TITLE = " | title="
_TEXTS = ("title", "container-title", "publisher")
_SEASONS = {21: "Spring", 22: "Summer", 23: "Autumn", 24: "Winter"}


def protect_items(items: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return items for pandoc without markup of wikis, whose titles begin with their number."""
    return [_protect(item, number) for number, item in enumerate(items)]


def restore_templates(text: str, items: Sequence[Mapping[str, Any]], format: str) -> str:
    """Return templates with entities for markup, whole dates, and the copies in archives.

    `items` are those that were protected, `format` is one of `styles.PANDOC_FORMATS`.
    """
    lines = []
    for line in text.split("\n"):
        found = _NUMBER.search(line)
        restored = line.replace(found[0], "") if found else line
        lines.append(_complete(restored, items[int(found[1])]) if found else line)
    entities = {mark: entity.replace("&", "&amp;") for mark, entity in _ENTITIES.items()}
    return "\n".join(lines).translate(entities if format == "html" else _ENTITIES)


def _protect(item: Mapping[str, Any], number: int) -> dict[str, Any]:
    changed = dict(item)
    changed |= {key: _protect_text(item[key]) for key in _TEXTS if key in item}
    changed["title"] = f"{_START}{number}{_END}{changed['title']}"
    if "URL" in item:
        changed["URL"] = item["URL"].translate(_URL_ESCAPES)
    changed["author"] = [
        {key: _protect_text(part) for key, part in name.items()} for name in item.get("author", ())
    ]
    return changed


def _protect_text(text: str) -> str:
    return _MARKUP.sub(lambda found: found[0].translate(_STAND_INS), text)


def _complete(template: str, item: Mapping[str, Any]) -> str:
    """Return a template with the dates that the style leaves out."""
    if date := _format_date(item.get("issued") or {}):
        parameter = f" | date={date}"
        whole, count = _DATE.subn(lambda _: parameter, template, count=1)
        template = whole if count else template.replace(_TITLE, f"{parameter}{_TITLE}", 1)
    more = ""
    accessed = _format_date(item.get("accessed") or {})
    if accessed and "URL" in item and " | access-date=" not in template:
        more += f" | access-date={accessed}"
    archived = _format_date(csl.parse_date(csl.get_archive_date(item) or "x"))
    if archived and item.get("archive_location"):
        url = item["archive_location"].translate(_URL_ESCAPES)
        more += f" | archive-url={url} | archive-date={archived}"
    start, end, rest = template.rpartition("}}")
    return f"{start}{more}{end}{rest}"


def _format_date(date: Mapping[str, Any]) -> str:
    """Return a date of days, months, seasons or years; empty for another date.

    >>> _format_date({"date-parts": [[2020, 5, 3], [2020, 5, 7]]})
    '3–7 May 2020'
    """
    ends = [_name_parts(part) for part in date.get("date-parts", ())]
    if not ends:
        return ""
    first, last = ends[0], ends[-1]
    shared = 0
    while len(ends) > 1 and shared < min(len(first), len(last)) and first[shared] == last[shared]:
        shared += 1
    if len(ends) > 1 and shared < len(first):
        start, end = " ".join(reversed(first[shared:])), " ".join(reversed(last))
        dash = "–" if len(first) - shared == len(last) - shared == 1 else " – "
        text = f"{start}{dash}{end}"
    else:
        text = " ".join(reversed(last))
    return f"c. {text}" if date.get("circa") else text


def _name_parts(parts: Sequence[int]) -> list[str]:
    """Return the year, the name of the month or season, and the day, as far as they are known."""
    year, *others = parts
    month = [_SEASONS.get(number) or MONTHS[number - 1] for number in others[:1]]
    return [str(year), *month, *map(str, others[1:2])]
