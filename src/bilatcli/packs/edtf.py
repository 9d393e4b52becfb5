"""EDTF dates as intervals of days: parse and compare them, and keep the text as written.

EDTF is the Extended Date/Time Format of ISO 8601-2:2019. A date is valid if the library `edtf`
parses it. That takes milliseconds per date and a quarter of a second to load, so the frequent forms
(calendar dates, uncertain or approximate ones, and intervals of these) are parsed here with
`datetime`, to the same days.
"""

from __future__ import annotations

import re
from calendar import monthrange
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from functools import lru_cache
from io import StringIO
from typing import Any

from bilatcli.vocabulary import OPEN_END, OPEN_START

_CALENDAR_DATE = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-9]{2}))?)?[?~%]?")


@dataclass(frozen=True, slots=True)
class Date:
    """A date as an interval of days.

    `text` is the EDTF as written. `earliest` and `latest` are the first and last day that it may
    mean, as `YYYY-MM-DD`, so that they compare as strings. An open end is `OPEN_START` or
    `OPEN_END`.
    """

    text: str
    earliest: str
    latest: str


@lru_cache(maxsize=65536)
def parse_date(text: str) -> Date:
    """Return the date that an EDTF text means.

    Raises ValueError, with one clause that quotes the text, if it is not an EDTF date, is not a
    real date, or is outside the years 1 to 9999.
    """
    if len(text.split()) != 1 or text != text.strip():
        raise ValueError(f"`{text}` is not an EDTF date")
    ends = text.split("/")
    matches = [_CALENDAR_DATE.fullmatch(end) for end in ends]
    if len(ends) > 2 or None in matches:
        earliest, latest = _parse_with_library(text)
    else:
        days = [_calendar_days(match[0], *match.groups()) for match in matches if match]
        earliest, latest = days[0][0], days[-1][1]
    if earliest > latest:
        raise ValueError(f"`{text}` ends before it begins")
    return Date(text, earliest, latest)


def _calendar_days(text: str, year: str, month: str | None, day: str | None) -> tuple[str, str]:
    """Return the first and last day of a year, a month or a day."""
    if year == "0000":
        raise ValueError(f"`{text}` is outside the years 1 to 9999")
    if month is None:
        return f"{year}-01-01", f"{year}-12-31"
    if day is None:
        return f"{year}-{month}-01", f"{year}-{month}-{monthrange(int(year), int(month))[1]:02d}"
    try:
        iso = date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        raise ValueError(f"`{text}` is not a real date") from None
    return iso, iso


def _parse_with_library(text: str) -> tuple[str, str]:
    """Return the first and last day that the library `edtf` finds in a text."""
    import edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        # The library prints on standard output what it cannot parse.
        with redirect_stdout(StringIO()):
            parsed = edtf.parse_edtf(text)
            is_interval = isinstance(parsed, edtf.Interval)
            start, end = (parsed.lower, parsed.upper) if is_interval else (parsed, parsed)
            return _library_day(text, start, "lower"), _library_day(text, end, "upper")
    except (EDTFParseException, AttributeError, TypeError):
        raise ValueError(f"`{text}` is not an EDTF date") from None


def _library_day(text: str, part: Any, side: str) -> str:
    """Return the first (`lower`) or last (`upper`) day of one end of an interval.

    The library has neither for an open end.
    """
    bound = getattr(part, f"{side}_strict", None)
    if bound is None or type(part).__name__ == "UnspecifiedIntervalSection":
        return OPEN_START if side == "lower" else OPEN_END
    year, month, day = bound()[:3]
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"`{text}` is outside the years 1 to 9999")
    return f"{year:04d}-{month:02d}-{day:02d}"
