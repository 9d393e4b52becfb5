"""Read the dated sections on recognition and relations in the Office of the Historian's Guide.

Sentences are not copied. A rule reads who did what and when; what no rule reads is left out.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from us_countries import US, is_past

if TYPE_CHECKING:
    from collections.abc import Iterator

    from common import Countries, Row

SECTIONS = {"Recognition", "Diplomatic Relations", "Recognition and Diplomatic Relations"}
_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_DATE = rf"(?P<date>(?:{'|'.join(_MONTHS)}) \d{{1,2}}, \d{{4}})"
_START = r"(?:^|(?<=[.”’] ))"
_ON = rf",? (?:as of |on )?{_DATE}"
_POST = r"(?:The )?(?:American|US|United States) (?P<post>Embassy|Legation|Liaison Office)"
_PLACE = r"(?: (?:in|at|to) (?P<city>[^.,]{3,40}?))?"
_OPENED = r"(?:formally |officially )?(?:established|opened)(?: to the public)?"
_AGAIN = r"(?:reopened|re-opened|reestablished|re-established)"
_RELATIONS = r"(?:full |formal |normal )?(?:diplomatic )?relations"
_AS_WELL = r"(?: and (?:the )?(?:American|US) (?P<post>Embassy|Legation)[^.]{0,50}?)?"

_US = r"(?:[Tt]he )?United States"
_ITS = r"(?:the|its)"
_RANK = r"(?:Embassy status|the (?:rank|status) of (?:an )?Embassy)"
_FORMALLY = r"(?:formally |officially )?"
_RESUMED = r"(?:resumed|reestablished|re-established|restored)"
_WHO = r"(?P<who>[^.]{3,50}?)"
_WHAT = r"(?P<what>[^.]{3,70}?)"
_CITY = r"(?P<city>[^.,]{3,40}?)"
_UNTIL = r"(?= (?:in|when|by|after|with|through)\b|[,.])"

RULES = {
    "recognised": (
        rf"{_US} {_FORMALLY}recognized {_WHAT}{_ON}",
        rf"On {_DATE}, the United States {_FORMALLY}recognized {_WHAT}{_UNTIL}",
    ),
    "was recognised by": (
        rf"{_WHO} recognized the (?P<what>United States)(?: as [^.]{{3,40}}?)?{_ON}",
    ),
    "established": (
        rf"(?:Full d|D)iplomatic [Rr]elations{_AS_WELL} were {_FORMALLY}established{_ON}",
        rf"Diplomatic [Rr]elations were established when [^;]{{5,140}}? on {_DATE}",
        rf"Diplomatic relations between the United States and {_WHAT} were established{_ON}",
        rf"Diplomatic relations were established with {_WHAT}{_ON}",
        rf"{_US} {_FORMALLY}established {_RELATIONS} with {_WHAT}{_ON}",
        rf"{_US} and {_WHAT} {_FORMALLY}established {_RELATIONS}{_ON}",
    ),
    "resumed": (
        rf"Diplomatic relations{_AS_WELL} were {_RESUMED}{_ON}",
        rf"{_US} and {_WHAT} {_RESUMED} {_RELATIONS}{_ON}",
        rf"{_US} {_RESUMED} {_RELATIONS} with {_WHAT}{_ON}",
    ),
    "broke off": (
        rf"{_WHO} (?:severed|broke|broke off|severed its) {_RELATIONS} with {_WHAT}{_ON}",
    ),
    "opened": (
        rf"{_POST}{_PLACE} (?:was )?{_OPENED}{_ON}",
        rf"On {_DATE}, {_US} {_FORMALLY}opened {_ITS} US (?P<post>Embassy) in {_CITY}(?=[.,])",
        rf"{_US} opened an? (?P<post>Embassy|Legation|Liaison Office) in {_CITY}{_ON}",
    ),
    "reopened": (rf"{_POST}{_PLACE} (?:was )?{_AGAIN}{_ON}",),
    "closed": (
        rf"{_POST}{_PLACE} (?:was )?{_FORMALLY}closed{_ON}",
        rf"{_US} closed {_ITS} (?P<post>Embassy|Legation) (?:in|at) {_CITY}(?: and [^.]*?)?{_ON}",
    ),
    "suspended its work": (rf"{_POST}{_PLACE} suspended operations{_ON}",),
    "became an embassy": (rf"{_POST}{_PLACE} was (?:elevated|raised) to {_RANK}{_ON}",),
}
"""What happened, and the sentences that say so."""
_COMPILED = {
    did: [re.compile(_START + pattern) for pattern in patterns] for did, patterns in RULES.items()
}

OWN = Path(__file__).parent / "us-history-own.toml"
"""Our own readings of sections that no rule reads."""

CITIES = {
    "Alma-Ata": "Almaty",
    "Ashkabad": "Ashgabat",
    "Helsingfors": "Helsinki",
    "Jidda": "Jeddah",
    "Kiev": "Kyiv",
    "Nuku\N{LEFT SINGLE QUOTATION MARK}alofa": "Nuku'alofa",
    "Santa Isabel": "Malabo",
    "T’bilisi": "Tbilisi",
}
"""Cities of the Guide under names that they no longer have, with their present names."""

_PAST = re.compile(
    r"North(?! Macedonia)|South(?! Africa| Sudan| Korea)|East German|German Democratic|GDR|Soviet"
    r"|USSR|Yugoslav|Czechoslovak|Vichy|Prussia|Confedera|Federation of (?!Saint)|Federal|Empire"
    r"|Tripoli|Provisional|Greater Republic|Free French|United Arab Republic|Zanzibar|Tanganyika"
    r"|Ottoman|Malaya\b|exile|Kingdom of (?:Serb|Hawai)"
)
"""Signs that a section is about another state than the present country."""
_AROUND = re.compile(
    r"^(?:the )?(?:independence of |newly independent (?:and sovereign )?(?:state|nation) of )?"
    r"(?:the )?(?:(?:Republic|Kingdom|Union|Dominion|State|Commonwealth|Sultanate|Principality)"
    r" of )?(?:the )?(?P<name>.+?)"
    r"(?:['’]s?(?: the)? independence| as an? [^,]*| when it [^,]*| \([^)]*\))?$"
)
"""Words around a country's name."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened between the United States and a country, on a day."""

    did: str
    code: str
    sender: str
    date: str
    article: str
    post: str = ""
    city: str = ""


def read_events(rows: list[Row], countries: Countries) -> Iterator[Event]:
    """Yield the events in the articles on the present countries."""
    for row in rows:
        title = re.sub(r" \(.*\)$", "", row["title"])
        if row["section"] not in SECTIONS or not row["text"] or title.endswith("*"):
            continue
        code = countries.find(title)
        if code is None or row["article"] == "korea":
            countries.leave_out("articles that are not on one country", title)
            continue
        found = [] if _PAST.search(row["head"]) else list(_read_section(row, code, countries))
        found += _read_own(row, code)
        if not found:
            countries.leave_out("sections that no rule reads", f"{title}: {row['head']}")
        yield from found


@cache
def _own_readings() -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = tomllib.loads(OWN.read_text("utf-8"))["reading"]
    return loaded


def check_readings(rows: list[Row]) -> None:
    """Exit if the words of one of our own readings are not in its article."""
    texts: dict[str, str] = {}
    for row in rows:
        texts[row["article"]] = f"{texts.get(row['article'], '')}\n{row['text']}"
    for each in _own_readings():
        if each["words"] not in texts.get(each["article"], ""):
            sys.exit(f"{OWN.name}: {each['article']} has not the words `{each['words']}`")


def _read_own(row: Row, code: str) -> Iterator[Event]:
    """Yield the events of a section that we have read ourselves."""
    for each in _own_readings():
        if row["article"] == each["article"] and each["words"] in row["text"]:
            found = re.search(_DATE, each["words"])
            if found is None:
                sys.exit(f"{OWN.name}: no date in `{each['words']}`")
            sender = code if each.get("by") == "them" else US
            for did in each["did"]:
                yield Event(did, code, sender, _day(found[0]), row["article"])


def _day(text: str) -> str:
    """Return a date as ISO 8601."""
    month, day, year = text.replace(",", "").split()
    return dt.date(int(year), _MONTHS.index(month) + 1, int(day)).isoformat()


def _read_section(row: Row, code: str, countries: Countries) -> Iterator[Event]:
    """Yield the events of a section: those in a year of its heading, if that has one."""
    text = re.sub(r"\bU\.S\.(?= |’)", "US", row["text"])
    years = re.findall(r"\d{4}", row["head"])
    for did, patterns in _COMPILED.items():
        for pattern in patterns:
            for found in pattern.finditer(text):
                parts = {key: value or "" for key, value in found.groupdict().items()}
                date = _day(parts["date"])
                if _PAST.search(found[0]) or (years and date[:4] not in years):
                    continue
                event = _make_event(did, code, parts, countries)
                if event is not None and not is_past(code, date):
                    yield from _events(Event(*event[:3], date, row["article"], *event[3:]))


def _events(event: Event) -> Iterator[Event]:
    """Yield an event, and the opening of a mission if it happened with it."""
    openings = {"established": "opened", "resumed": "reopened"}
    if event.did in openings:
        if event.post:
            yield replace(event, did=openings[event.did])
        event = replace(event, post="", city="")
    yield event


def _make_event(
    did: str, code: str, parts: dict[str, str], countries: Countries
) -> tuple[str, str, str, str, str] | None:
    """Return what was done, the country, who did it, the post and its city; None if others did."""
    named = {_country(parts[key], countries) for key in ("who", "what") if parts.get(key)}
    if named - {code, US}:
        return None
    if did in ("recognised", "broke off", "was recognised by") and code not in named:
        return None
    is_theirs = bool(parts.get("who")) and _country(parts["who"], countries) == code
    sender = code if is_theirs else US
    did = "recognised" if did == "was recognised by" else did
    city = re.sub(r" \(.*|^the |^Embassy ", "", parts.get("city", ""))
    city = "" if countries.find(city) else CITIES.get(city, city)
    return did, code, sender, parts.get("post", "").lower(), city


def _country(text: str, countries: Countries) -> str | None:
    """Return the code of the country in a phrase such as `the independence of X`."""
    for name in (text, *(found["name"] for found in [_AROUND.match(text)] if found)):
        code = US if name in ("the United States", "United States") else countries.find(name)
        if code:
            return code
    return None
