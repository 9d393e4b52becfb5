"""Dates of references as programs and people write them, as EDTF."""

from __future__ import annotations

import re

from bilatcli.citations.bibtex_fields import MONTHS
from bilatcli.packs import edtf

SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
"""The numbers of the seasons in EDTF."""

_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")
_YEARS = re.compile(r"([0-9]{4})\s*(?:-+|–|—|/)\s*([0-9]{4})")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"[0-9]+")
_SEPARATOR = re.compile(r"\s*(?:-+|–|—|/)\s*")


def keep_edtf(text: str) -> str:
    """Return a text if it is a date in EDTF; empty for another text."""
    try:
        return edtf.parse_date(text).text
    except ValueError:
        return ""


def parse_ris_date(text: str) -> str:
    """Return a date of RIS as EDTF: `YYYY/MM/DD/season`, words, or EDTF; empty if it has no year.

    Parts may be empty, zero or have one digit.

    >>> parse_ris_date("2006/3//"), parse_ris_date("2005///Winter"), parse_ris_date("5 March 2006")
    ('2006-03', '2005-24', '2006-03-05')
    """
    text = text.strip()
    if "/" not in text and (date := keep_edtf(text)):
        return date
    if _YEARS.fullmatch(text):
        return parse_month_date(text)
    parts = [part.strip() for part in [*text.split("/"), "", "", ""][:4]]
    if "/" in text and _YEAR.fullmatch(parts[0]):
        year, month, day, other = parts
        return parse_month_date(year, month or other, day)
    found = _YEAR.search(text)
    return parse_month_date(found[0], text.replace(found[0], " ", 1)) if found else ""


def parse_month_date(year: str, month: str = "", day: str = "") -> str:
    """Return year, month and day as EDTF, as exact as they are; empty if there is no year.

    The month may be a name, a number, a season, a range of months, or have the day with it.

    >>> parse_month_date("2012", "July--August"), parse_month_date("2013", "5 March")
    ('2012-07/2012-08', '2013-03-05')
    >>> parse_month_date("2012--2014"), parse_month_date("about 1999", "spring")
    ('2012/2014', '1999-21?')
    """
    if years := _YEARS.fullmatch(year.strip()):
        return f"{years[1]}/{years[2]}"
    found = _YEAR.search(year)
    if found is None:
        return ""
    ends = [_parse_month(part, day) for part in _SEPARATOR.split(month.strip())][:2]
    dates = [f"{found[0]}{end}" for end in ends if end] or [found[0]]
    return "/".join(dict.fromkeys(dates)) + ("" if year.strip() == found[0] else "?")


def _parse_month(text: str, day: str) -> str:
    """Return a month with its day, if it has one, as the end of an EDTF date; empty if unknown."""
    words = [word.lower() for word in _WORD.findall(text)]
    numbers = _NUMBER.findall(text)
    if season := next((SEASONS[word] for word in words if word in SEASONS), None):
        return f"-{season}"
    month = next(filter(None, map(_find_month, words)), 0)
    if not month and numbers and not words:
        month = int(numbers.pop(0)[:4])
    if month not in range(1, 13):
        return ""
    days = [*numbers, *_NUMBER.findall(day)]
    number = int(days[0][:4]) if days else 0
    return f"-{month:02d}" + (f"-{number:02d}" if number in range(1, 32) else "")


def _find_month(word: str) -> int:
    """Return the number of a month by its English name or its first three letters; 0 if none."""
    if len(word) < len("may"):
        return 0
    names = (name.lower() for name in MONTHS)
    numbers = (number for number, name in enumerate(names, 1) if name.startswith(word))
    return next(numbers, 0) if len(word) > len("ma") else 0
