"""An EDTF date as an interval of days at its own precision."""

from __future__ import annotations

import datetime as dt

import edtf as edtf_library
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilatcli.packs import edtf
from bilatcli.packs.edtf import OPEN_END, OPEN_START


@st.composite
def calendar_dates(draw: st.DrawFn) -> str:
    """A year, a month or a day of the calendar, as EDTF writes it, and perhaps how sure it is."""
    day = draw(st.dates()).isoformat()
    return day[: draw(st.sampled_from((4, 7, 10)))] + draw(st.sampled_from(("", "?", "~", "%")))


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("1992", "1992-01-01", "1992-12-31"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999", "9999-01-01", "9999-12-31"),
        ("1992-06", "1992-06-01", "1992-06-30"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("1992-06-09", "1992-06-09", "1992-06-09"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
    ],
)
def test_calendar_dates(text: str, earliest: str, latest: str) -> None:
    """A date means every day of its year or month, or its one day."""
    assert edtf.parse(text) == edtf.Date(text, earliest, latest)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("1992?", "1992-01-01", "1992-12-31"),
        ("1992-06~", "1992-06-01", "1992-06-30"),
        ("1992-06-09%", "1992-06-09", "1992-06-09"),
        ("2004-06/2006-08", "2004-06-01", "2006-08-31"),
        ("2004-02-01/2005", "2004-02-01", "2005-12-31"),
        ("1984?/2004~", "1984-01-01", "2004-12-31"),
        ("1984/..", "1984-01-01", OPEN_END),
        ("../1984", OPEN_START, "1984-12-31"),
        ("1984/", "1984-01-01", OPEN_END),
        ("/1984", OPEN_START, "1984-12-31"),
        ("2021-21", "2021-03-01", "2021-05-31"),
        ("2021-23", "2021-09-01", "2021-11-30"),
        ("198X", "1980-01-01", "1989-12-31"),
        ("1992-XX", "1992-01-01", "1992-12-31"),
    ],
)
def test_extended_dates(text: str, earliest: str, latest: str) -> None:
    """Uncertain, approximate and unspecified dates, seasons and intervals mean the days that they may be."""
    assert edtf.parse(text) == edtf.Date(text, earliest, latest)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "`` is not an EDTF date"),
        ("yesterday", "`yesterday` is not an EDTF date"),
        ("1992-13", "`1992-13` is not an EDTF date"),
        ("1992-00", "`1992-00` is not an EDTF date"),
        ("9 June 1992", "`9 June 1992` is not an EDTF date"),
        ("1992-6-9", "`1992-6-9` is not an EDTF date"),
        ("\uff11992", "`\uff11992` is not an EDTF date"),
        ("2026-02-30", "`2026-02-30` is no day of the calendar"),
        ("2023-02-29", "`2023-02-29` is no day of the calendar"),
        ("2026-02-30?", "`2026-02-30?` is no day of the calendar"),
        ("0000", "`0000` is outside the years 1 to 9999"),
        ("0000-01", "`0000-01` is outside the years 1 to 9999"),
        ("-0044", "`-0044` is outside the years 1 to 9999"),
        ("Y17000", "`Y17000` is outside the years 1 to 9999"),
        ("2004/2003", "`2004/2003` ends before it begins"),
        ("[..1984]", "`[..1984]` is not an EDTF date"),
    ],
)
def test_what_is_no_date(text: str, message: str) -> None:
    """What is no EDTF date, or none that can be ordered, is refused in one sentence that quotes it."""
    with pytest.raises(ValueError, match=r"^`") as refused:
        edtf.parse(text)
    assert str(refused.value) == message


@pytest.mark.parametrize("text", ["2021-X2", "2021-1X", "~1950S2"])
def test_what_the_library_trips_over(text: str) -> None:
    """A date that the library cannot even build is refused as any other."""
    with pytest.raises(ValueError, match="is not an EDTF date"):
        edtf.parse(text)


@pytest.mark.parametrize("text", [" 2004", "2004 ", "2004\n", "2004 / 2005"])
def test_white_space_is_no_part_of_a_date(text: str) -> None:
    """EDTF knows no white space, and a date is kept as it was written, so none gets in."""
    with pytest.raises(ValueError, match="is not an EDTF date"):
        edtf.parse(text)


@given(calendar_dates())
def test_a_date_begins_before_it_ends(text: str) -> None:
    """Both bounds are days of the calendar that begin as the date does, the first not after the last."""
    date = edtf.parse(text)
    earliest, latest = (dt.date.fromisoformat(day) for day in (date.earliest, date.latest))
    assert earliest <= latest
    assert date.earliest.startswith(text.rstrip("?~%"))
    assert date.latest.startswith(text.rstrip("?~%"))


def in_the_library(text: str) -> tuple[str, str]:
    """The first and the last day that the library takes a date for."""
    parsed = edtf_library.parse_edtf(text)
    bounds = (parsed.lower_strict()[:3], parsed.upper_strict()[:3])
    first, last = ("-".join(f"{part:02d}" for part in bound).rjust(10, "0") for bound in bounds)
    return first, last


@given(calendar_dates())
def test_the_quick_path_agrees_with_the_library(text: str) -> None:
    """A date that never reaches the library means the days that it means there."""
    date = edtf.parse(text)
    assert (date.earliest, date.latest) == in_the_library(text)


@given(calendar_dates(), calendar_dates())
def test_an_interval_spans_from_its_first_date_to_its_last(one: str, other: str) -> None:
    """An interval means the days from the beginning of its first date to the end of its last."""
    first, last = sorted((edtf.parse(one), edtf.parse(other)), key=lambda date: date.earliest)
    interval = edtf.parse(f"{first.text}/{last.text}")
    assert (interval.earliest, interval.latest) == (first.earliest, last.latest)
    assert (interval.earliest, interval.latest) == (
        in_the_library(first.text)[0],
        in_the_library(last.text)[1],
    )
