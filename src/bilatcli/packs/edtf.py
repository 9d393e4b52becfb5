"""EDTF dates as intervals of days: parse and compare them, and keep the text as written.

EDTF is the Extended Date/Time Format of ISO 8601-2:2019 (https://www.loc.gov/standards/datetime/),
levels 0 to 2, here for the years 1 to 9999. The frequent forms (calendar dates, uncertain or
approximate ones, and intervals of these) are parsed with plain string methods, all others by
`edtf_forms`. Lookups import this module: it loads no other one.
"""

from __future__ import annotations

from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

DOUBTS = "?~%"
"""The marks at the end of a date that is uncertain, approximate, or both."""

_DAYS_OF_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTHS = {f"{number:02}": number for number in range(1, 13)}


class NotEdtf(ValueError):
    """A text is not an EDTF date."""

    def __init__(self, text: str) -> None:
        super().__init__(f"`{text}` is not an EDTF date")


class NotReal(ValueError):
    """A date has a day that its month has not."""

    def __init__(self, text: str) -> None:
        super().__init__(f"`{text}` is not a real date")


class OutsideYears(ValueError):
    """A date is outside the years that a pack may speak of."""

    def __init__(self, text: str) -> None:
        super().__init__(f"`{text}` is outside the years 1 to 9999")


class Date:
    """A date as an interval of days.

    `text` is the EDTF as written. `earliest` and `latest` are the first and last day that it may
    mean, as `YYYY-MM-DD`, so that they compare as strings. An open end is `OPEN_START` or
    `OPEN_END`.
    """

    __slots__ = ("earliest", "latest", "text")

    def __init__(self, text: str, earliest: str, latest: str) -> None:
        self.text = text
        self.earliest = earliest
        self.latest = latest

    def __repr__(self) -> str:
        return f"Date({self.text!r}, {self.earliest!r}, {self.latest!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Date) and repr(self) == repr(other)

    def __hash__(self) -> int:
        return hash((self.text, self.earliest, self.latest))


@lru_cache(maxsize=65536)
def parse_date(text: str) -> Date:
    """Return the date that an EDTF text means.

    Raises ValueError, with one clause that quotes the text, if it is not an EDTF date, is not a
    real date, or is outside the years 1 to 9999.
    """
    if text != text.strip():
        raise NotEdtf(text)
    ends = text.split("/")
    parts = [split_calendar_date(end) for end in ends]
    if len(ends) > 2 or not all(parts):
        from bilatcli.packs.edtf_forms import parse_other_form

        earliest, latest = parse_other_form(text)
    else:
        days = [find_calendar_days(end, each) for end, each in zip(ends, parts, strict=True)]
        earliest, latest = days[0][0], days[-1][1]
    if earliest > latest:
        raise ValueError(f"`{text}` ends before it begins")
    return Date(text, earliest, latest)


def split_calendar_date(text: str) -> list[str]:
    """Return the year, month and day of a calendar date as far as it has them.

    The list is empty for any other form of EDTF. A mark of doubt is left out.

    >>> split_calendar_date("2001-05?"), split_calendar_date("2001-21")
    (['2001', '05'], [])
    """
    parts = (text[:-1] if text[-1:] in DOUBTS else text).split("-")
    lengths = [len(part) for part in parts]
    is_plain = text.isascii() and all(part.isdigit() for part in parts)
    has_month = len(parts) < 2 or parts[1] in _MONTHS
    return parts if is_plain and has_month and lengths in ([4], [4, 2], [4, 2, 2]) else []


def find_calendar_days(text: str, parts: Sequence[str]) -> tuple[str, str]:
    """Return the first and last day of a year, a month or a day, given by its parts."""
    year = parts[0]
    if year == "0000":
        raise OutsideYears(text)
    if len(parts) == 1:
        return f"{year}-01-01", f"{year}-12-31"
    month = parts[1]
    last = count_days(int(year), _MONTHS[month])
    if len(parts) == 2:
        return f"{year}-{month}-01", f"{year}-{month}-{last:02d}"
    if not 1 <= int(parts[2]) <= last:
        raise NotReal(text)
    day = "-".join(parts)
    return day, day


def count_days(year: int, month: int) -> int:
    """Return the number of days of a month."""
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and is_leap else _DAYS_OF_MONTHS[month - 1]
