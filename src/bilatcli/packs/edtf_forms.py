"""The less frequent forms of EDTF: seasons, unspecified digits, sets, open ends, times of day.

A form stands for the days from the first to the last that it may mean. Days that are in no
calendar are skipped: `15XX-02-29` begins in 1504.
"""

from __future__ import annotations

import re
from itertools import product

from bilatcli.packs import edtf
from bilatcli.vocabulary import OPEN_END, OPEN_START

Days = tuple[str, str]

MAX_YEAR = 9999

_MARK = f"[{edtf.DOUBTS}]?"
_DATE = re.compile(
    rf"{_MARK}([0-9X]{{4}}){_MARK}"
    rf"(?:-{_MARK}([0-9]{{2}}|XX){_MARK}(?:-{_MARK}([0-9X]{{2}}){_MARK})?)?"
)
_ZONE = r"(?:Z|[+-](?:0[0-9]|1[0-3])(?::[0-5][0-9])?|[+-]14(?::00)?)?"
_TIME = re.compile(rf"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]|24:00:00){_ZONE}")
_SIGNIFICANT = re.compile(rf"([0-9]{{4}})S([1-4]){_MARK}")
_LARGE_YEAR = re.compile(rf"Y-?([1-9][0-9]*)(?:E([1-9][0-9]?))?(?:S[1-9][0-9]?)?{_MARK}")
_SEASONS = {
    **dict.fromkeys((21, 25, 31), (3, 3)),
    **dict.fromkeys((22, 26, 32), (6, 3)),
    **dict.fromkeys((23, 27, 29), (9, 3)),
    **dict.fromkeys((24, 28, 30), (12, 3)),
    **{33 + number: (1 + 3 * number, 3) for number in range(4)},
    **{37 + number: (1 + 4 * number, 4) for number in range(3)},
    **{40 + number: (1 + 6 * number, 6) for number in range(2)},
}
"""The first month and the number of months of a season by its code.

21 to 28 are of the northern hemisphere, as 21 to 24 are mostly meant, 29 to 32 of the southern.
Quarters, thirds and halves of a year follow.
"""


def parse_other_form(text: str) -> Days:
    """Return the first and last day of a form that is not frequent.

    Raises ValueError as `edtf.parse_date` does.
    """
    if text[:1] + text[-1:] in ("[]", "{}"):
        return _parse_set(text)
    if "/" in text:
        return _parse_interval(text)
    days = _parse_single(text)
    if days is None:
        raise edtf.NotEdtf(text)
    return days


def _parse_set(text: str) -> Days:
    """Return the first and last day of one of a set, `[1667,1760..]`, or of all, in braces."""
    days = []
    for member in text[1:-1].split(","):
        start, dots, end = member.strip(" ").partition("..")
        if not (start or end):
            raise edtf.NotEdtf(text)
        first = _parse_end(start, text).earliest if start else OPEN_START
        if dots:
            last = _parse_end(end, text).latest if end else OPEN_END
        else:
            last = _parse_end(start, text).latest
        if first > last:
            raise ValueError(f"`{text}` ends before it begins")
        days.append((first, last))
    return min(first for first, _ in days), max(last for _, last in days)


def _parse_interval(text: str) -> Days:
    """Return the first and last day of an interval; an end that is empty or `..` is open."""
    start, _, end = text.partition("/")
    if {start, end} <= {"", ".."} and (start, end) != ("..", ".."):
        raise edtf.NotEdtf(text)
    first = OPEN_START if start in ("", "..") else _parse_end(start, text).earliest
    last = OPEN_END if end in ("", "..") else _parse_end(end, text).latest
    return first, last


def _parse_end(end: str, text: str) -> edtf.Date:
    """Return the date of an end of an interval, or of a member of a set, in a text."""
    if any(mark in end for mark in "[]{}/ "):
        raise edtf.NotEdtf(text)
    try:
        return edtf.parse_date(end)
    except edtf.NotEdtf:
        raise edtf.NotEdtf(text) from None


def _parse_single(text: str) -> Days | None:
    """Return the first and last day of a form without ends, or None for any other text."""
    if match := _DATE.fullmatch(text):
        year, month, day = match.groups()
        return _parse_digits(text, year, month, day)
    if text[10:11] == "T" and _TIME.fullmatch(text[11:]):
        parts = edtf.split_calendar_date(text[:10])
        return edtf.find_calendar_days(text[:10], parts) if len(parts) == 3 else None
    if match := _SIGNIFICANT.fullmatch(text):
        known = match[1][: int(match[2])]
        return f"{known:0<4}-01-01", f"{known:9<4}-12-31"
    if match := _LARGE_YEAR.fullmatch(text):
        digits, exponent = match.groups()
        if len(digits) + int(exponent or 0) > len(str(MAX_YEAR)):
            raise edtf.OutsideYears(text)
        return None
    sign = text[:1] in edtf.DOUBTS if text else False
    negative = text[1:] if sign else text
    if negative[:1] == "-" != negative[1:2] and _parse_single(negative[1:]) is not None:
        raise edtf.OutsideYears(text)
    return None


def _parse_digits(text: str, year: str, month: str | None, day: str | None) -> Days | None:
    """Return the first and last day of a year, month, day or season, whose digits may be X."""
    years = [number for number in _fill(year) if number]
    if not years:
        raise edtf.OutsideYears(text)
    if month and month.isdigit() and int(month) in _SEASONS:
        return None if day else _find_season(years, *_SEASONS[int(month)])
    months = [number for number in _fill(month or "XX") if 1 <= number <= 12]
    if not months:
        return None
    days = [number for number in _fill(day or "XX") if 1 <= number <= 31]
    dates = [list(each) for each in (years, months, days)]
    first = next(filter(_is_real, product(*dates)), None)
    last = next(filter(_is_real, product(*(each[::-1] for each in dates))), None)
    if first is None or last is None:
        raise edtf.NotReal(text)
    return _format(*first), _format(*last)


def _fill(digits: str) -> list[int]:
    """Return the numbers that digits may mean, in order."""
    choices = ("0123456789" if digit == "X" else digit for digit in digits)
    return [int("".join(each)) for each in product(*choices)]


def _is_real(date: tuple[int, ...]) -> bool:
    year, month, day = date
    return day <= edtf.count_days(year, month)


def _find_season(years: list[int], month: int, length: int) -> Days:
    """Return the first and last day of months, which may end in the next year."""
    later, last_month = divmod(month + length - 2, 12)
    year = years[-1] + later
    if year > MAX_YEAR:
        year, last_month = MAX_YEAR, 11
    last = edtf.count_days(year, last_month + 1)
    return _format(years[0], month, 1), _format(year, last_month + 1, last)


def _format(year: int, month: int, day: int) -> str:
    return f"{year:04}-{month:02}-{day:02}"
