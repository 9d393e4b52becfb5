"""Dates of references as programs and people write them, as EDTF."""

from __future__ import annotations

import re

from bilatcli.months import MONTH_NUMBERS
from bilatcli.normalization import normalize
from bilatcli.packs import edtf

SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
"""The numbers of the seasons in EDTF."""

_DASH = r"\s*(?:-+|–|—|/)\s*"
_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")
_YEARS = re.compile(rf"([0-9]{{2}})([0-9]{{2}}){_DASH}((?:[0-9]{{2}})?)([0-9]{{2}})")
_PLAIN_YEAR = re.compile(r"©?\s*[0-9]{4}[a-z]?")
"""A year, which may have a sign before it or a letter that tells works of one year apart."""
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-.]([0-9]{1,2})(?:[-.]([0-9]{1,2}))?(?:[T ][0-9:.]+\S*)?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-./])([0-9]{1,2})\2([0-9]{4})")
_ABOUT = re.compile(r"\b(?:circa|ca?\.|ca|about|around|approx\w*)(?![^\W\d_])", re.IGNORECASE)
_BEFORE_CHRIST = re.compile(
    r"^\s*[-−]\s*[0-9]|(?<![^\W\d_])B\.?\s?C(?:\.?\s?E)?(?![^\W\d_])", re.IGNORECASE
)
"""A year that EDTF counts below 1, which packs do not have."""
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"(?<![0-9])[0-9]{1,2}(?![0-9])")
_SEPARATOR = re.compile(_DASH)
_OLD_WORDS = (("unknown", ""), ("open", ".."), ("u", "X"))
"""What drafts of EDTF had for an unknown end, an open end and an unknown digit."""

MAX_MONTH, MAX_DAY = 12, 31


def keep_edtf(text: str) -> str:
    """Return a text if it is a date in EDTF; empty for another text."""
    try:
        return edtf.parse_date(text).text
    except ValueError:
        return ""


def parse_old_edtf(text: str) -> str:
    """Return a date in EDTF, or in a draft of it; empty for another text.

    >>> parse_old_edtf("199u"), parse_old_edtf("2004-06-01/open")
    ('199X', '2004-06-01/..')
    """
    new = text
    for old, word in _OLD_WORDS:
        new = new.replace(old, word)
    return keep_edtf(text) or keep_edtf(new) or keep_edtf(new.replace("?~", "%"))


def parse_date_text(text: str) -> str:
    """Return a date as EDTF: `YYYY/MM/DD/season` of RIS, numbers, words, or EDTF itself.

    It is empty if there is no year. Parts may be empty, zero or have one digit. Of a date whose
    day and month could change places, only the year is certain.

    >>> parse_date_text("2006/3//"), parse_date_text("2005///Winter"), parse_date_text("5 May 2006")
    ('2006-03', '2005-24', '2006-05-05')
    >>> parse_date_text("5.3.2013"), parse_date_text("25/3/2013"), parse_date_text("5/3/2013")
    ('2013-03-05', '2013-03-25', '2013')
    """
    text = text.strip()
    if "/" not in text and (date := parse_old_edtf(text)):
        return date
    if _YEARS.fullmatch(text) or _BEFORE_CHRIST.search(text):
        return parse_month_date(text)
    if found := _COMPACT.fullmatch(text) or _YEAR_FIRST.fullmatch(text):
        return parse_month_date(found[1], found[2], found[3] or "")
    if found := _YEAR_LAST.fullmatch(text):
        return parse_month_date(found[4], *_order_month_and_day(found[1], found[3], found[2]))
    return _parse_slashes(text) or _parse_words(text)


def _parse_slashes(text: str) -> str:
    """Return a date of RIS as EDTF; empty for another text."""
    year, *parts = [part.strip() for part in text.split("/")]
    month, day, other = [*parts, "", "", ""][:3]
    return parse_month_date(year, month or other, day) if parts and _YEAR.fullmatch(year) else ""


def _parse_words(text: str) -> str:
    """Return a date with a year somewhere as EDTF; empty if it has no year."""
    found = _YEAR.search(text)
    if found is None:
        return ""
    date = parse_month_date(found[0], _ABOUT.sub("", text.replace(found[0], " ", 1)))
    return f"{date}?" if _ABOUT.search(text) and "/" not in date else date


def _order_month_and_day(first: str, second: str, mark: str) -> tuple[str, str]:
    """Return the month and the day of two numbers before a year; both empty if it is not clear."""
    if mark == "." or int(first) > MAX_MONTH:
        return second, first
    if int(second) > MAX_MONTH or first == second:
        return first, second
    return "", ""


def parse_month_date(year: str, month: str = "", day: str = "") -> str:
    """Return year, month and day as EDTF, as exact as they are; empty if there is no year.

    The month may be a name, a number, a season, a range of months or days, or have the day with it.

    >>> parse_month_date("2012", "July--August"), parse_month_date("2013", "5--7 March")
    ('2012-07/2012-08', '2013-03-05/2013-03-07')
    >>> parse_month_date("2012--2014"), parse_month_date("about 1999", "spring")
    ('2012/2014', '1999-21?')
    """
    year = year.strip()
    if (years := _YEARS.fullmatch(year)) and (years[3] or int(years[4]) > MAX_MONTH):
        return keep_edtf(f"{years[1]}{years[2]}/{years[3] or years[1]}{years[4]}")
    found = _YEAR.search(year)
    if found is None or _BEFORE_CHRIST.search(year):
        return ""
    if year.count("-") > 1 and (full := _YEAR_FIRST.fullmatch(year)):
        return parse_month_date(full[1], full[2], full[3] or "")
    doubt = "" if _PLAIN_YEAR.fullmatch(year) else "?"
    ends = [_make_date(found[0], *end) for end in _parse_ends(month, day)]
    date = "/".join(dict.fromkeys(ends)) or found[0]
    return keep_edtf(date + doubt) or keep_edtf(found[0] + doubt)


def _make_date(year: str, month: int, day: int) -> str:
    """Return a date as EDTF; the day is left out if the month does not have it."""
    date = f"{year}-{month:02d}"
    return keep_edtf(f"{date}-{day:02d}") or date


def _parse_ends(month: str, day: str) -> list[tuple[int, int]]:
    """Return month and day of one date, or of the first and last of several; 0 is unknown.

    The number of a season may stand for the month. Without a month, the list is empty.
    """
    if month.lstrip().startswith("-"):
        return []
    parts = [part for part in _SEPARATOR.split(month) if part.strip()][:2]
    names = [_find_month(part) for part in parts]
    numbers = [[int(each) for each in _NUMBER.findall(part)] for part in parts]
    if any(names):
        # `5--7 March` has one name for two days.
        months = [name or next(filter(None, names)) for name in names]
    elif any(map(_WORD.search, parts)):
        return []
    else:
        if len(parts) > 1 and numbers[1][:1] and numbers[1][0] > MAX_MONTH:
            numbers = [[*numbers[0], *numbers[1]]]
        months = [each.pop(0) if each else 0 for each in numbers]
        months = [number if number <= MAX_MONTH else 0 for number in months]
    days = [each[0] if each else 0 for each in numbers]
    if len(months) == 1 and not days[0]:
        days = [int(each) for each in _NUMBER.findall(day)][:2] or [0]
        months *= len(days)
    return [(number, each) for number, each in zip(months, days, strict=True) if number]


def _find_month(text: str) -> int:
    """Return the number of the first month or season that a text names; 0 if there is none."""
    words = (normalize(word) for word in _WORD.findall(text))
    known = SEASONS | MONTH_NUMBERS
    return next((known[word] for word in words if word in known), 0)
