"""Dates in words."""

from __future__ import annotations

import pytest

from bilatcli.query.dates import find_period, parse_date_words, shorten_day

TODAY = "2026-11-28"
"""A Saturday."""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024", "2024-01-01 2024-12-31"),
        ("2024-02", "2024-02-01 2024-02-29"),
        ("2024-02-03", "2024-02-03 2024-02-03"),
        ("1990s", "1990-01-01 1999-12-31"),
        ("the 1990s", "1990-01-01 1999-12-31"),
        ("March 2024", "2024-03-01 2024-03-31"),
        ("Sept 2024", "2024-09-01 2024-09-30"),
        ("March of 2024", "2024-03-01 2024-03-31"),
        ("5 March 2024", "2024-03-05 2024-03-05"),
        ("the 5th of March 2024", "2024-03-05 2024-03-05"),
        ("March 5, 2024", "2024-03-05 2024-03-05"),
        ("5. März 2024", "2024-03-05 2024-03-05"),
        ("1er août 2024", "2024-08-01 2024-08-01"),
        ("марта 2024 года", None),
        ("2024 года", "2024-01-01 2024-12-31"),
        ("Şubat 2024", "2024-02-01 2024-02-29"),
        ("today", "2026-11-28 2026-11-28"),
        ("yesterday", "2026-11-27 2026-11-27"),
        ("this year", "2026-01-01 2026-12-31"),
        ("last year", "2025-01-01 2025-12-31"),
        ("this month", "2026-11-01 2026-11-30"),
        ("last month", "2026-10-01 2026-10-31"),
        ("last week", "2026-11-16 2026-11-22"),
        ("this week", "2026-11-23 2026-11-29"),
        ("the last 5 years", "2021-11-28 2026-11-28"),
        ("past 3 months", "2026-08-28 2026-11-28"),
        ("last 2 weeks", "2026-11-14 2026-11-28"),
        ("last 9999 years", "0001-01-01 2026-11-28"),
        ("last 9999 days", "1999-07-14 2026-11-28"),
        ("March", None),
        ("31 June 2024", None),
        ("May", None),
        ("2024-13", None),
        ("20024", None),
        ("jf-17 March 2024", None),
        ("last 0 years", None),
        ("last drone", None),
        ("", None),
    ],
)
def test_dates_in_words(text: str, expected: str | None) -> None:
    """A date in words is its first and its last day."""
    found = parse_date_words(text, last=False, today=TODAY)
    final = parse_date_words(text, last=True, today=TODAY)
    assert (found and f"{found} {final}") == expected


def test_relative_dates_need_the_day() -> None:
    """Without a day, `last year` is not a date."""
    assert find_period(["last", "year"]) is None
    assert find_period(["2024", "jf-17"], TODAY) == find_period(["2024"])


def test_short_days() -> None:
    """A day is written as the shortest date that begins or ends with it."""
    assert shorten_day("2024-01-01", last=False) == "2024"
    assert shorten_day("2024-03-01", last=False) == "2024-03"
    assert shorten_day("2024-12-31", last=True) == "2024"
    assert shorten_day("2024-12-30", last=True) == "2024-12-30"
