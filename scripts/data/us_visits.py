"""Read the visits and the ambassadors in the lists of the Office of the Historian.

Only columns are used: names, dates, countries, and the kind of a visit if its description begins
with one. Other words of a description are not copied.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from us_countries import OWN_NAMES, US, is_past, present_country

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from common import Countries, Row

KINDS = {
    "state": "a state visit",
    "official": "an official visit",
    "official working": "an official working visit",
    "working": "a working visit",
    "private": "a private visit",
}
"""Kinds of visits by foreign leaders."""
_KIND = re.compile(rf"(?P<kind>{'|'.join(KINDS)}) visit\b", re.IGNORECASE)
_STOP = re.compile(
    r"\b(?:stop(?:over|ped)?|refuel\w*|disembarked|layover)\b|President-elect", re.IGNORECASE
)
EMPIRES = frozenset({"DK", "ES", "FR", "GB", "NL", "PT"})
"""Countries under which the lists have places in their territories of the time."""
COLONIES = frozenset(
    """
    Antigua|Kingston|Labrador|Newfoundland|Port-of-Spain|Port Antonio|St. Thomas|Trinidad
    """.strip().split("|")
)
"""Places under a European state that no name of a country tells."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit of a person to a country; `end` is empty if it was one day."""

    sender: str
    host: str
    start: str
    end: str
    who: str
    kind: str = ""
    place: str = ""


def read_travels(rows: Iterable[Row], role: str, countries: Countries) -> list[Visit]:
    """Return the visits of presidents or secretaries of state, without stops on the way."""
    visits = []
    for row in rows:
        if row["role"] != role:
            continue
        if _STOP.search(row["remarks"]):
            countries.leave_out("stops on the way, and visits before the office", row["country"])
            continue
        host = present_country(row["country"], row["start"], countries)
        if host is None or not _is_in(row["locale"], host, countries):
            continue
        name = re.sub(r" \([^)]*\)", "", row["name"])
        end = "" if row["end"] == row["start"] else row["end"]
        place = "" if countries.find(row["locale"]) == host else row["locale"]
        visits.append(Visit(US, host, row["start"], end, name, "", place))
    return _merge(visits)


def _is_in(locale: str, host: str, countries: Countries) -> bool:
    """Return True if no place is in a territory, or in brackets, which may name a territory."""
    parts = set(re.split(r", ?", locale))
    others = {countries.find(part) for part in parts} - {None, host}
    if "(" in locale or others or (host in EMPIRES and parts & COLONIES):
        countries.leave_out("places that may be in a territory", f"{locale} in {host}")
        return False
    return True


def read_visits(rows: Iterable[Row], countries: Countries) -> list[Visit]:
    """Return the visits of foreign leaders to the United States."""
    visits = []
    for row in rows:
        sender = present_country(row["country"], row["start"], countries)
        if sender is None:
            continue
        who = re.sub(r"- (?=elect)", "-", re.sub(r" \([^)]*\)", "", row["visitor"]))
        found = _KIND.match(row["description"].replace("Offical", "Official"))
        kind = KINDS[found["kind"].lower()] if found else ""
        end = "" if row["end"] == row["start"] else row["end"]
        visits.append(Visit(sender, US, row["start"], end, who, kind))
    return _merge(visits)


def _merge(visits: Iterable[Visit]) -> list[Visit]:
    """Return one visit for each pair of countries and first day.

    Persons who came together are named together. Of two entries on one person, the longer visit
    is used.
    """
    groups: dict[tuple[str, str, str], list[Visit]] = defaultdict(list)
    for each in visits:
        groups[each.sender, each.host, each.start].append(each)
    merged = []
    for group in groups.values():
        longest = max(group, key=lambda each: each.end)
        persons = list(dict.fromkeys(each.who for each in group))
        kinds = {each.kind for each in group}
        kind = longest.kind if len(kinds) == 1 else ""
        merged.append(replace(longest, who=" and ".join(persons), kind=kind))
    return merged


# --- Ambassadors


def read_ambassadors(
    rows: Iterable[Row], articles: dict[str, str], countries: Countries
) -> Iterator[tuple[str, str, str, str]]:
    """Yield country, first and last day, and name of ambassadors who presented credentials.

    `articles` has the name of the country of each article.
    """
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for row in rows:
        if not row["role"].startswith("Ambassador") or not row["started"]:
            countries.leave_out("chiefs of mission who were not ambassadors at post", row["role"])
            continue
        code = _territory(row, articles, countries)
        if code is None or is_past(code, row["started"]):
            countries.leave_out("ambassadors to past states", row["contemporary_territory"])
            continue
        key = code, row["started"]
        found[key] = max(found.get(key, ("", "")), (row["ended"], row["name"]))
    for (code, start), (end, name) in found.items():
        if not end or end >= start:
            yield code, start, end, name


def _territory(row: Row, articles: dict[str, str], countries: Countries) -> str | None:
    """Return the code of the country that an ambassador was sent to, if it is a present one."""
    territory, then = row["territory"], row["contemporary_territory"]
    is_past_state = bool(re.search(r"-\d{4}$", then)) or territory == "vietnam-south"
    if is_past_state or (then in articles and then != territory):
        return None
    name = articles.get(territory, "")
    return OWN_NAMES.get(name) or countries.find(name)
