"""EDTF dates as intervals of days: parse and compare them, and keep the text as written.

EDTF is the Extended Date/Time Format of ISO 8601-2:2019. A date is valid if the library `edtf`
parses it. That takes milliseconds per date and a quarter of a second to load, so the frequent forms
(calendar dates, uncertain or approximate ones, and intervals of these) are parsed here with
plain string methods, to the same days. Lookups import this module: it loads no other one.
"""

from __future__ import annotations

from functools import lru_cache

from bilatcli.vocabulary import OPEN_END, OPEN_START

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

DOUBTS = "?~%"
"""The marks at the end of a date that is uncertain, approximate, or both."""

MIN_YEAR, MAX_YEAR = 1, 9999

YEAR_DIGITS = 4
WINTERS = ("-24", "-28")
"""The seasons that end in the next year: a winter anywhere, and one of the northern hemisphere."""

_DAYS_OF_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTHS = {f"{number:02}": number for number in range(1, 13)}


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
    if len(text.split()) != 1 or text != text.strip():
        raise ValueError(f"`{text}` is not an EDTF date")
    ends = text.split("/")
    parts = [split_calendar_date(end) for end in ends]
    if len(ends) > 2 or not all(parts):
        earliest, latest = _parse_other_form(text)
    else:
        days = [_calendar_days(end, each) for end, each in zip(ends, parts, strict=True)]
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


def _calendar_days(text: str, parts: list[str]) -> tuple[str, str]:
    """Return the first and last day of a year, a month or a day."""
    year = parts[0]
    if year == "0000":
        raise ValueError(f"`{text}` is outside the years 1 to 9999")
    if len(parts) == 1:
        return f"{year}-01-01", f"{year}-12-31"
    month = parts[1]
    last = _count_days(int(year), _MONTHS[month])
    if len(parts) == 2:
        return f"{year}-{month}-01", f"{year}-{month}-{last:02d}"
    if not 1 <= int(parts[2]) <= last:
        raise ValueError(f"`{text}` is not a real date")
    day = "-".join(parts)
    return day, day


def _count_days(year: int, month: int) -> int:
    """Return the number of days of a month."""
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and is_leap else _DAYS_OF_MONTHS[month - 1]


def _parse_other_form(text: str) -> tuple[str, str]:
    """Return the first and last day of a form that is not frequent.

    The library knows no open end in a set, counts significant digits from the wrong year, and has
    one month for winter.
    """
    if text[0] in "[{" and text[-1] in "]}" and "[]{}".find(text[0] + text[-1]) % 2 == 0:
        return _parse_set(text)
    if (plain := text.rstrip(DOUBTS)).count("S") == 1 and "/" not in text:
        year, _, digits = plain.partition("S")
        if len(year) == YEAR_DIGITS and f"{year}{digits}".isdigit() and digits in "1234":
            unknown = YEAR_DIGITS - int(digits)
            known = year[: YEAR_DIGITS - unknown]
            return f"{known}{'0' * unknown}-01-01", f"{known}{'9' * unknown}-12-31"
    first, last = _parse_with_library(text)
    if text.rstrip(DOUBTS).endswith(WINTERS) and last[4:] == "-12-31":
        year_after = int(last[:4]) + 1
        last = f"{year_after:04d}-02-{_count_days(year_after, 2)}"
    return first, last


def _parse_set(text: str) -> tuple[str, str]:
    """Return the first and last day of one of a set, `[1667,1760..]`, or of all, in braces."""
    days = []
    for member in text[1:-1].split(","):
        start, dots, end = member.partition("..")
        try:
            dates = [parse_date(each) for each in (start, end) if each]
        except ValueError:
            dates = []
        if not dates or any(mark in member for mark in "[]{}/"):
            raise ValueError(f"`{text}` is not an EDTF date")
        first = dates[0].earliest if start else OPEN_START
        last = OPEN_END if dots and not end else dates[-1].latest
        days.append((first, last))
    return min(first for first, _ in days), max(last for _, last in days)


def _parse_with_library(text: str) -> tuple[str, str]:
    """Return the first and last day that the library `edtf` finds in a text."""
    from contextlib import redirect_stdout
    from io import StringIO

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
    if not MIN_YEAR <= year <= MAX_YEAR:
        raise ValueError(f"`{text}` is outside the years 1 to 9999")
    return f"{year:04d}-{month:02d}-{day:02d}"
