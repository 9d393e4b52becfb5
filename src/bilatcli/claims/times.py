"""Dates in sentences: each with its first and last day, and its place in the text."""

from __future__ import annotations

import re
from calendar import monthrange

from bilatcli.query.dates import find_period
from bilatcli.vocabulary import OPEN_END, OPEN_START

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTHS = (
    "january february march april may june july august september october november december".split()
)
_MONTH = "(" + "|".join(_MONTHS) + ")"
_DAYS = re.compile(
    rf"\b(\d{{1,2}})\s?(?:–|-|to|and)\s?(\d{{1,2}})\s+{_MONTH},?\s+(\d{{4}})\b", re.IGNORECASE
)
_DAYS_AFTER = re.compile(
    rf"\b{_MONTH}\s+(\d{{1,2}})\s?(?:–|-|to|and)\s?(\d{{1,2}}),?\s+(\d{{4}})\b", re.IGNORECASE
)
_LONG_DAYS = re.compile(
    rf"\b(\d{{1,2}})\s+{_MONTH}\s+(?:to|–|-|and)\s+(\d{{1,2}})\s+{_MONTH},?\s+(\d{{4}})\b",
    re.IGNORECASE,
)
_MONTH_RANGE = re.compile(
    rf"\b{_MONTH}\s?(?:–|-|to|and|through)\s?{_MONTH},?\s+(\d{{4}})\b", re.IGNORECASE
)
_YEARS = re.compile(
    r"\b([12]\d{3})(?:\s?(?:–|-|to|and|until|through)\s?([12]\d{3})|[–-](\d{2}))\b(?![-–]\d)"
)
_DAY_ALONE = re.compile(rf"\b(?:(\d{{1,2}}) {_MONTH}|{_MONTH} (\d{{1,2}}))\b", re.IGNORECASE)
_DECADE = re.compile(r"\b([12]\d{2}0)s\b")
_PART = re.compile(r"\b(early|mid|late|the end of|the start of|end of)[-\s]+$", re.IGNORECASE)
_WORD = re.compile(r"[^\s–—]+")
_LOOKS_DATED = re.compile(
    rf"[12]\d{{3}}|{'|'.join(_MONTHS)}|last|this|yesterday|today", re.IGNORECASE
)
_NOT_A_YEAR = re.compile(
    r"\s(?:km|mw|kg|tonnes?|troops|soldiers|men|people|peacekeepers|tanks|vehicles|dollars|roll"
    r"|deployed|strategic|migrants|refugees|items|km\b)",
    re.IGNORECASE,
)
_NO_DATES = frozenset(["the", "now", "today"])
"""Words that begin no date that could be compared."""
FIRST_YEAR, LAST_YEAR = 1500, 2100
"""Bounds of four digits that are read as a year."""


class Time:
    """A time that a text names: its first and last day as `YYYY-MM-DD`, and its place.

    `is_range` is True if the text names where it begins and where it ends.
    """

    __slots__ = ("end", "first", "is_range", "last", "start")

    def __init__(self, first: str, last: str, start: int = -1, end: int = -1) -> None:
        self.is_range = False
        self.first = first
        self.last = last
        self.start = start
        self.end = end

    def has(self, other: Time) -> bool:
        """Return True if the other time is within this one."""
        return self.first <= other.first and other.last <= self.last

    def overlaps(self, other: Time) -> bool:
        """Return True if the times have a day in common."""
        return self.first <= other.last and other.first <= self.last

    def is_same(self, other: Time) -> bool:
        """Return True if both have the same days."""
        return (self.first, self.last) == (other.first, other.last)

    def spans(self, other: Time) -> bool:
        """Return True if both begin and end alike, at the precision of this one."""
        is_years = self.first[4:] == "-01-01" and self.last[4:] == "-12-31"
        is_months = self.first[7:] == "-01" and self.last[8:] >= "28"
        size = 4 if is_years else 7 if is_months else 10
        return (self.first[:size], self.last[:size]) == (other.first[:size], other.last[:size])

    def describe(self) -> str:
        """Return the time as the shortest EDTF."""
        from bilatcli.query.dates import shorten_day

        if self.first == self.last:
            return self.first
        first, last = shorten_day(self.first, last=False), shorten_day(self.last, last=True)
        if self.first[:7] == self.last[:7] and len(last) == 7:
            return last
        if first == last:
            return first
        return f"{first}/{last}" if len(first) == len(last) else f"{self.first}/{self.last}"


def find_times(text: str, today: str | None) -> list[Time]:
    """Return the dates of a text in order; those without a year are left out.

    >>> [time.describe() for time in find_times("signed on 4–5 March 2024, as in 1999", None)]
    ['2024-03-04/2024-03-05', '1999']
    """
    if not _LOOKS_DATED.search(text):
        return []
    found = list(_find_ranges(text))
    masked = list(text)
    for time in found:
        masked[time.start : time.end] = " " * (time.end - time.start)
    found += _find_single("".join(masked), today)
    return sorted(_add_year(found, text), key=lambda time: time.start)


def _add_year(found: list[Time], text: str) -> list[Time]:
    """Return times with the day and month that stand apart from the only year of a text."""
    if len(found) != 1 or found[0].first[5:] != "01-01" or found[0].last[5:] != "12-31":
        return found
    year = found[0]
    rest = text[: year.start] + " " * (year.end - year.start) + text[year.end :]
    match = _DAY_ALONE.search(rest)
    if match is None or year.first[:4] != year.last[:4]:
        return found
    month = (match.group(2) or match.group(3)).lower()
    day = match.group(1) or match.group(4)
    days = _month_days(month, year.first[:4])
    if day is not None and 1 <= int(day) <= int(days[1][8:]):
        days = (_day(day, month, year.first[:4]),) * 2
    return [Time(*days, *match.span()), Time(*days, year.start, year.end)]


def _find_ranges(text: str) -> Iterator[Time]:
    taken: list[tuple[int, int]] = []
    for pattern in (_LONG_DAYS, _DAYS, _DAYS_AFTER, _MONTH_RANGE, _YEARS, _DECADE):
        for match in pattern.finditer(text):
            span = match.span()
            if any(span[0] < end and start < span[1] for start, end in taken):
                continue
            days = _read_range(pattern, match.groups())
            if days and days[0] <= days[1]:
                taken.append(span)
                time = Time(*days, *span)
                time.is_range = pattern is not _DECADE
                yield time


def _read_range(pattern: re.Pattern[str], parts: tuple[str, ...]) -> tuple[str, str] | None:
    if pattern is _DECADE:
        return f"{parts[0]}-01-01", f"{parts[0][:3]}9-12-31"
    if pattern is _YEARS:
        first, whole, short = parts
        last = whole or first[:2] + short
        return (f"{first}-01-01", f"{last}-12-31") if _is_year(first) and _is_year(last) else None
    if pattern is _MONTH_RANGE:
        one, other, year = parts
        return _month_days(one, year)[0], _month_days(other, year)[1]
    if pattern is _LONG_DAYS:
        day, one, other_day, other, year = parts
        return _day(day, one, year), _day(other_day, other, year)
    month, day, other_day = parts[:3]
    if pattern is _DAYS:
        day, other_day, month = parts[:3]
    return _day(day, month, parts[3]), _day(other_day, month, parts[3])


def _is_year(text: str) -> bool:
    return FIRST_YEAR <= int(text) <= LAST_YEAR


def _day(day: str, month: str, year: str) -> str:
    return f"{year}-{_MONTHS.index(month.lower()) + 1:02}-{int(day):02}"


def _month_days(month: str, year: str) -> tuple[str, str]:
    number = _MONTHS.index(month.lower()) + 1
    return f"{year}-{number:02}-01", f"{year}-{number:02}-{monthrange(int(year), number)[1]:02}"


def _find_single(text: str, today: str | None) -> Iterator[Time]:
    words = list(_WORD.finditer(text))
    place = 0
    while place < len(words):
        left = [
            word.group().strip("'’\"“”").removesuffix("'s") for word in words[place : place + 6]
        ]
        found = find_period(left, today) if left[0].lower() not in _NO_DATES else None
        if found is None or not _is_date(left, words[place], text):
            place += 1
            continue
        (first, final), size = found
        start, end = words[place].start(), words[place + size - 1].end()
        while end > start and not text[end - 1].isalnum():
            end -= 1
        place += size
        yield _narrow(Time(first.isoformat(), final.isoformat(), start, end), text)


def _is_date(left: list[str], word: re.Match[str], text: str) -> bool:
    """Return False for four digits that count something, and for a bare month such as `may`."""
    digits = left[0].strip(".,;:?!()[]")
    if not digits.isdecimal() or len(digits) != 4:
        return True
    if any(mark in left[0] for mark in "$€£"):
        return False
    return _is_year(digits) and not _NOT_A_YEAR.match(text, word.end())


def _narrow(time: Time, text: str) -> Time:
    """Return the part of a month or year that a word before it means: `late December 1991`."""
    match = _PART.search(text, max(0, time.start - 14), time.start)
    if match is None:
        return time
    part = match.group(1).lower()
    is_month = time.first[:7] == time.last[:7] and time.first != time.last
    is_year = time.first[5:] == "01-01" and time.last[5:] == "12-31"
    if is_month:
        days = {"early": ("01", "12"), "mid": ("10", "20"), "late": ("20", "31")}.get(part)
        if days:
            last = min(f"{time.last[:8]}{days[1]}", time.last)
            return Time(f"{time.first[:8]}{days[0]}", last, time.start, time.end)
    if is_year and part in ("early", "mid", "late"):
        months = {
            "early": ("01-01", "05-31"),
            "mid": ("05-01", "08-31"),
            "late": ("09-01", "12-31"),
        }
        first, last = months[part]
        return Time(time.first[:5] + first, time.last[:5] + last, time.start, time.end)
    return time


def read_edtf(value: str | None) -> list[Time]:
    """Return the time of a date of a fact: none if it is undated, open, or one of several.

    >>> [time.describe() for time in read_edtf("2023-08-22/2023-09-04")]
    ['2023-08-22/2023-09-04']
    """
    from bilatcli.packs.edtf import parse_date

    if not value or value.startswith(("[", "{", "X")):
        return []
    try:
        date = parse_date(value)
    except ValueError:
        return []
    is_open = OPEN_START in (date.earliest, date.latest) or date.latest == OPEN_END
    return [] if is_open else [Time(date.earliest, date.latest)]
