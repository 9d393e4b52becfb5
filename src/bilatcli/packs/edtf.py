"""An EDTF date as an interval of days at its own precision: parse it, order it, keep it as it was written.

EDTF is the Extended Date/Time Format of ISO 8601-2:2019; what parses is what the library `edtf` takes. It takes
milliseconds a date and a quarter of a second to load, so the forms that packs are full of (calendar dates, uncertain
or approximate ones, intervals of such) are read by `datetime`, to the same days.
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

OPEN_START = "0000-00-00"
OPEN_END = "9999-99-99"

_CALENDAR = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-9]{2}))?)?[?~%]?")


@dataclass(frozen=True, slots=True)
class Date:
    """A date as an interval of days.

    `text` is the EDTF as written; `earliest` and `latest` are the first and last day it may mean, as `YYYY-MM-DD`,
    so that comparing strings compares days. An open end is `OPEN_START` or `OPEN_END`.
    """

    text: str
    earliest: str
    latest: str


@lru_cache(maxsize=65536)
def parse(text: str) -> Date:
    """Return the date that `text` writes.

    Raises ValueError with one sentence where it is no EDTF date, or lies outside the years 1 to 9999.
    """
    if len(text.split()) != 1 or text != text.strip():
        raise ValueError(f"`{text}` is not an EDTF date")
    ends = text.split("/")
    calendar = [_CALENDAR.fullmatch(end) for end in ends]
    if len(ends) > 2 or None in calendar:
        earliest, latest = _edtf_bounds(text)
    else:
        bounds = [_calendar_bounds(end[0], *end.groups()) for end in calendar if end]
        earliest, latest = bounds[0][0], bounds[-1][1]
    if earliest > latest:
        raise ValueError(f"`{text}` ends before it begins")
    return Date(text, earliest, latest)


def _calendar_bounds(text: str, year: str, month: str | None, day: str | None) -> tuple[str, str]:
    if year == "0000":
        raise ValueError(f"`{text}` is outside the years 1 to 9999")
    if month is None:
        return f"{year}-01-01", f"{year}-12-31"
    if day is None:
        return f"{year}-{month}-01", f"{year}-{month}-{monthrange(int(year), int(month))[1]:02d}"
    try:
        found = date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        raise ValueError(f"`{text}` is no day of the calendar") from None
    return found, found


def _edtf_bounds(text: str) -> tuple[str, str]:
    import edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        # The library says on standard output what it cannot do.
        with redirect_stdout(StringIO()):
            parsed = edtf.parse_edtf(text)
            parts = (
                (parsed.lower, parsed.upper)
                if isinstance(parsed, edtf.Interval)
                else (parsed, parsed)
            )
            return _bound(text, parts[0], "lower"), _bound(text, parts[1], "upper")
    except (EDTFParseException, AttributeError, TypeError):
        raise ValueError(f"`{text}` is not an EDTF date") from None


def _bound(text: str, part: Any, side: str) -> str:
    """The first (`lower`) or last (`upper`) day of a part of an interval; the library knows neither for an open end."""
    strict = getattr(part, f"{side}_strict", None)
    if strict is None or type(part).__name__ == "UnspecifiedIntervalSection":
        return OPEN_START if side == "lower" else OPEN_END
    year, month, day = strict()[:3]
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"`{text}` is outside the years 1 to 9999")
    return f"{year:04d}-{month:02d}-{day:02d}"
