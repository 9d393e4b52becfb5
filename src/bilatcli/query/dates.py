"""Dates in words: `since 2020`, `2020 to 2022`, `in March 2024`, `last year`, in any question."""

from __future__ import annotations

from datetime import date, timedelta

from bilatcli.months import MONTH_NUMBERS
from bilatcli.normalization import normalize
from bilatcli.query.options import parse_date

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    Days = tuple[date, date]
    """The first and the last day of a time."""

MAX_DATE_WORDS = 6
"""Maximum words of one date: `the 5th of March 2024`, `in the last 5 years`."""
MAX_DIGITS = 4
"""Maximum digits of the number in a date such as `last 5 years`."""

_UNITS = frozenset("day week month year".split())
_LAST = frozenset("last past previous".split())
_THIS = frozenset("this current".split())
_AFTER_YEAR = frozenset("году года год г".split())  # noqa: RUF001 -- Russian
"""Words that follow a year and add nothing."""


def find_period(words: Sequence[str], today: str | None = None) -> tuple[Days, int] | None:
    """Return the time at the beginning of words, and how many words it takes; None without one.

    Dates such as `last year` are known only if `today` is given, as `YYYY-MM-DD`.

    >>> find_period(["March", "2024", "jf-17"])
    ((datetime.date(2024, 3, 1), datetime.date(2024, 3, 31)), 2)
    """
    keys = [word_key(word) for word in words[:MAX_DATE_WORDS]]
    skipped = 1 if keys[:1] == ["the"] else 0
    keys = keys[skipped:]
    if not keys:
        return None
    found = _find_year_or_day(keys) or _find_month(keys)
    if found is None and today is not None:
        found = _find_relative(keys, today)
    return (found[0], found[1] + skipped) if found else None


def parse_date_words(text: str, *, last: bool, today: str | None) -> str | None:
    """Return the first or last day of a date in words as `YYYY-MM-DD`, or None if it is not one.

    >>> parse_date_words("March 2024", last=True, today=None)
    '2024-03-31'
    """
    words = text.split()
    found = find_period(words, today)
    return found[0][last].isoformat() if found and found[1] == len(words) else None


def word_key(word: str) -> str:
    """Return a word as it is compared: without case and accents, with hyphens and apostrophes.

    >>> word_key("März,"), word_key("2020–2022")
    ('marz', '2020-2022')
    """
    word = word.strip('.,;:?!()[]"“”').replace("–", "-").replace("’", "'")
    return word.lower() if word.isascii() else normalize(word)


def shorten_day(day: str, *, last: bool) -> str:
    """Return a day as the shortest date with this first or last day.

    >>> shorten_day("2024-01-01", last=False), shorten_day("2024-02-29", last=True)
    ('2024', '2024-02')
    """
    for length in (4, 7):
        if parse_date(day[:length], last=last) == day:
            return day[:length]
    return day


def _find_year_or_day(keys: Sequence[str]) -> tuple[Days, int] | None:
    """Return the time of a numeric date or of a decade, such as `1990s`."""
    key = keys[0]
    first, final = parse_date(key, last=False), parse_date(key, last=True)
    if first and final:
        follows = int(len(key) == 4 and len(keys) > 1 and keys[1] in _AFTER_YEAR)
        return (date.fromisoformat(first), date.fromisoformat(final)), 1 + follows
    if len(key) == 5 and key.endswith("0s") and parse_date(key[:4], last=False):
        year = int(key[:4])
        return (date(year, 1, 1), date(min(year + 9, 9999), 12, 31)), 1
    return None


def _find_month(keys: Sequence[str]) -> tuple[Days, int] | None:
    """Return the time of a month or a day with the name of its month."""
    places = [place for place, key in enumerate(keys[:3]) if key in MONTH_NUMBERS]
    if not places:
        return None
    place = places[0]
    month = MONTH_NUMBERS[keys[place]]
    before, after = [key for key in keys[:place] if key != "of"], list(keys[place + 1 :])
    day = _parse_day_number(before[0]) if len(before) == 1 else None
    if before and day is None:
        return None
    if day is None and len(after) > 1 and (day := _parse_day_number(after[0])) is not None:
        after.pop(0)
        place += 1
    if after[:1] in (["of"], ["de"]):
        after.pop(0)
        place += 1
    text = f"{after[0]}-{month:02}" if after and len(after[0]) == 4 else ""
    found = _find_year_or_day([f"{text}-{day:02}" if day else text])
    return (found[0], place + 2) if text and found else None


def _parse_day_number(key: str) -> int | None:
    """Return the number of `5`, `5th` or `1er`, or None."""
    digits = key.rstrip("abcdefghijklmnopqrstuvwxyz.")
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= 2
    is_day = is_number and key[len(digits) :] in ("", ".", "st", "nd", "rd", "th", "er")
    return int(digits) if is_day else None


def _find_relative(keys: Sequence[str], today: str) -> tuple[Days, int] | None:
    """Return the time of words such as `yesterday` or `last year`, counted from today."""
    day = date.fromisoformat(today)
    key, *rest = keys
    if key in ("today", "now"):
        return (day, day), 1
    if key == "yesterday":
        return (day - timedelta(1), day - timedelta(1)), 1
    if key not in _LAST | _THIS or not rest:
        return None
    if rest[0] in ("week", "month", "year"):
        return _whole_unit(day, rest[0], is_last=key in _LAST), 2
    if key in _LAST and len(rest) > 1 and rest[0].isdecimal() and len(rest[0]) <= MAX_DIGITS:
        unit, count = rest[1].removesuffix("s"), int(rest[0])
        if unit in _UNITS and count:
            return (_go_back(day, unit, count), day), 3
    return None


def _whole_unit(day: date, unit: str, *, is_last: bool) -> Days:
    """Return the week, month or year with a day in it, or the one before."""
    if unit == "week":
        first = day - timedelta(day.weekday() + 7 * is_last)
        return first, first + timedelta(6)
    first = day.replace(day=1) if unit == "month" else day.replace(day=1, month=1)
    if is_last:
        first = _go_back(first, unit, 1)
    final = parse_date(first.isoformat()[: 7 if unit == "month" else 4], last=True)
    return first, date.fromisoformat(final or first.isoformat())


def _go_back(day: date, unit: str, count: int) -> date:
    """Return the day that is some units before another; of a month, at most the 28th."""
    if unit in ("day", "week"):
        days = count * (7 if unit == "week" else 1)
        return day - timedelta(days) if days < day.toordinal() else date.min
    months = day.year * 12 + day.month - 1 - count * (12 if unit == "year" else 1)
    if months < 12:
        return date.min
    return date(months // 12, months % 12 + 1, min(day.day, 28))
