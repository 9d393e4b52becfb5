"""An EDTF date as an interval at its own precision: parse it, order it, print it as it was written.

EDTF is the Extended Date/Time Format of ISO 8601-2:2019; what parses is what the library `edtf` takes. The library is
slow to start and to parse, so results are kept: a corpus has few distinct dates.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import edtf
from edtf.parser.edtf_exceptions import EDTFParseException

OPEN_START = "0000-00-00"
OPEN_END = "9999-99-99"


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
    try:
        parsed = edtf.parse_edtf(text)
    except EDTFParseException:
        raise ValueError(f"`{text}` is not an EDTF date") from None
    if isinstance(parsed, edtf.Interval):
        earliest, latest = _bound(parsed.lower, "lower"), _bound(parsed.upper, "upper")
    else:
        earliest, latest = _bound(parsed, "lower"), _bound(parsed, "upper")
    if earliest > latest:
        raise ValueError(f"`{text}` ends before it begins")
    return Date(text, earliest, latest)


def _bound(part: Any, side: str) -> str:
    """The first (`lower`) or last (`upper`) day of a part of an interval; the library knows neither for an open end."""
    strict = getattr(part, f"{side}_strict", None)
    if strict is None or isinstance(part, edtf.parser.parser_classes.UnspecifiedIntervalSection):
        return OPEN_START if side == "lower" else OPEN_END
    try:
        year, month, day = strict()[:3]
    except (TypeError, ValueError, AttributeError):
        raise ValueError(f"`{part}` names no days") from None
    if not 1 <= year <= 9999:
        raise ValueError(f"the year {year} is outside 1 to 9999")
    return f"{year:04d}-{month:02d}-{day:02d}"
