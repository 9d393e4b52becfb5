"""Dates and periods for people."""

from __future__ import annotations

import pytest

from bilatcli.render.periods import find_year, format_fact_period, format_period, get_first_day


@pytest.mark.parametrize(
    ("date", "until", "text"),
    [
        ("2011", None, "2011"),
        ("2024-03", None, "Mar 2024"),
        ("2025-11-08", None, "8 Nov 2025"),
        ("2025?", None, "2025?"),
        ("2016-10?", None, "Oct 2016?"),
        ("1980~", None, "about 1980"),
        ("1980-05%", None, "about May 1980?"),
        ("199X", None, "1990s"),
        ("2026-02-01/2026-02-04", None, "1–4 Feb 2026"),
        ("2026-02-28/2026-03-03", None, "28 Feb–3 Mar 2026"),
        ("2025-12-30/2026-01-02", None, "30 Dec 2025 – 2 Jan 2026"),
        ("2026-02/2026-04", None, "Feb–Apr 2026"),
        ("2025-12/2026-01", None, "Dec 2025 – Jan 2026"),
        ("2011/2020", None, "2011–2020"),
        ("2011", "2020", "2011–2020"),
        ("2011", "2011", "2011"),
        ("2011/2020", "2021", "2011–2020"),
        ("1980~", "1990?", "about 1980 – 1990?"),
        ("2025/2026-02", None, "2025 – Feb 2026"),
        ("1995/..", None, "since 1995"),
        ("1995-06/", None, "from Jun 1995"),
        ("../1995", None, "until 1995"),
        ("../..", None, "undated"),
        ("2001-22", None, "summer 2001"),
        ("2001-28", None, "winter 2001"),
        ("2001-33", None, "2001-33"),
        ("2020-05-03T10:00:00Z", None, "3 May 2020"),
        ("2020-05-03T10:00:00Z/2020-05-04", None, "3–4 May 2020"),
        ("{2001,2003}", None, "{2001,2003}"),
    ],
)
def test_period(date: str, until: str | None, text: str) -> None:
    """A period has what its ends share once; uncertain and rare forms stay recognisable."""
    assert format_period(date, until) == text


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ({"date": "2011", "until": "2020", "as_of": "2021"}, "2011–2020"),
        ({"date": None, "as_of": "2023-05"}, "as of 2023"),
        ({"date": None, "as_of": None}, ""),
    ],
)
def test_period_of_a_fact(fact: dict[str, str | None], text: str) -> None:
    """An undated fact has the year as of which it was reported."""
    assert format_fact_period(fact) == text


@pytest.mark.parametrize(
    ("date", "year"),
    [
        ("2001-05", "2001"),
        ("[..1760-12-03]", "1760"),
        ("../1995", "1995"),
        ("?2004-%06", "2004"),
        ("156X-12-25", "156X"),
        ("../..", ""),
        ("", ""),
    ],
)
def test_year(date: str, year: str) -> None:
    """A date of any form is labelled with its first year."""
    assert find_year(date) == year


@pytest.mark.parametrize(
    ("fact", "day"),
    [
        ({"first": "2025-01-01", "date": "2025?"}, "2025-01-01"),
        ({"date": "2025?"}, "2025"),
        ({"date": "../1995"}, "1995"),
        ({"date": None}, ""),
    ],
)
def test_first_day(fact: dict[str, str | None], day: str) -> None:
    """Facts are sorted by their first day, or the last one if the start is open."""
    assert get_first_day(fact) == day
