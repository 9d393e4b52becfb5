"""Dates and periods in a few characters, as in `1–4 Feb 2026`."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATE = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-3][0-9]))?)?([?~%]?)")
_SEASON = re.compile(r"([0-9]{4})-2([1-8])")
_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T[^/]*")
_YEAR = re.compile(r"[0-9X]{4}")
_SEASONS = ("spring", "summer", "autumn", "winter")
_DECADE = re.compile(r"([0-9]{3})X")
_OPEN_ENDS = ("", "..")


def format_period(date: str, until: str | None = None) -> str:
    """Return a date in EDTF for people; `until` is the end of the period that begins with it.

    What is uncertain keeps its question mark, and what is approximate is `about` then. Forms that
    are rare stay as they are.

    >>> format_period("2026-02-01/2026-02-04"), format_period("2011", "2020")
    ('1–4 Feb 2026', '2011–2020')
    >>> format_period("1995/.."), format_period("2024-03~"), format_period("2025?")
    ('since 1995', 'about Mar 2024', '2025?')
    """
    date = _TIME.sub(r"\1", date)
    if until is not None and until != date and "/" not in f"{date}{until}":
        return format_period(f"{date}/{until}")
    start, slash, end = date.partition("/")
    if not slash:
        return _format_date(date)
    if start in _OPEN_ENDS or end in _OPEN_ENDS:
        return _format_open(start, end)
    return _shorten(start, end) or f"{_format_date(start)} – {_format_date(end)}"


def format_fact_period(fact: Mapping[str, Any]) -> str:
    """Return when a fact was true, or else the year as of which it was reported.

    It is empty if neither is known.
    """
    if fact["date"] is not None:
        return format_period(fact["date"], fact.get("until"))
    return f"as of {find_year(fact['as_of'])}" if fact["as_of"] else ""


def get_first_day(fact: Mapping[str, Any]) -> str:
    """Return the first day of a fact as a text that sorts; empty if it is undated."""
    day = fact.get("first") or fact["date"] or ""
    start = day.split("/")[0] if day.split("/")[0] not in _OPEN_ENDS else day.split("/")[-1]
    return start.rstrip("?~%")


def find_year(date: str) -> str:
    """Return the first year of a date in EDTF, perhaps with unknown digits; empty if it has none.

    >>> find_year("[..1760-12-03]"), find_year("156X-12-25"), find_year("../..")
    ('1760', '156X', '')
    """
    year = _YEAR.search(date)
    return year[0] if year else ""


def _format_date(date: str) -> str:
    """Return a single date: `8 Nov 2025`, `Nov 2025` or `2025`."""
    match = _DATE.fullmatch(date)
    if match is None:
        decade, season = _DECADE.fullmatch(date), _SEASON.fullmatch(date)
        if season:
            return f"{_SEASONS[(int(season[2]) - 1) % 4]} {season[1]}"
        return f"{decade[1]}0s" if decade else date
    year, month, day, doubt = match.groups()
    parts = (str(int(day)) if day else "", _MONTHS[int(month) - 1] if month else "", year)
    text = " ".join(filter(None, parts))
    about = "about " if doubt in ("~", "%") else ""
    return f"{about}{text}{'?' if doubt in ('?', '%') else ''}"


def _format_open(start: str, end: str) -> str:
    if start in _OPEN_ENDS:
        return f"until {_format_date(end)}" if end not in _OPEN_ENDS else "undated"
    return f"since {_format_date(start)}" if end == ".." else f"from {_format_date(start)}"


def _shorten(start: str, end: str) -> str:
    """Return a period without what both its ends share; empty unless they are of one kind."""
    one, other = _DATE.fullmatch(start), _DATE.fullmatch(end)
    if one is None or other is None or one[4] or other[4]:
        return ""
    year, month, day = one.groups()[:3]
    last_year, last_month, last_day = other.groups()[:3]
    if (month is None, day is None) != (last_month is None, last_day is None):
        return ""
    last = _format_date(end)
    if start == end:
        return last
    if month is None:
        return f"{year}–{last}"
    if year != last_year:
        return ""
    same = str(int(day)) if day and month == last_month else _format_date(start)[:-5]
    return f"{same}–{last}"
