"""EDTF dates are parsed as intervals of days."""

from __future__ import annotations

import datetime as dt

import edtf as edtf_library
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilatcli.packs import edtf
from bilatcli.vocabulary import OPEN_END, OPEN_START


@st.composite
def calendar_dates(draw: st.DrawFn) -> str:
    """Generate a year, a month or a day, sometimes marked as uncertain."""
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
    """A date means all days of its year or month, or its one day."""
    assert edtf.parse_date(text) == edtf.Date(text, earliest, latest)


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
        ("2021-22", "2021-06-01", "2021-08-31"),
        ("2021-24", "2021-12-01", "2022-02-28"),
        ("2023-24", "2023-12-01", "2024-02-29"),
        ("2021-24/2022", "2021-12-01", "2022-12-31"),
        ("2020/2021-24", "2020-01-01", "2022-02-28"),
        ("1950S1", "1000-01-01", "1999-12-31"),
        ("1950S2", "1900-01-01", "1999-12-31"),
        ("1950S3", "1950-01-01", "1959-12-31"),
        ("1950S4", "1950-01-01", "1950-12-31"),
        ("1950S2~", "1900-01-01", "1999-12-31"),
        ("[..1760-12-03]", OPEN_START, "1760-12-03"),
        ("[1760-12..]", "1760-12-01", OPEN_END),
        ("[1667,1668,1670..1672]", "1667-01-01", "1672-12-31"),
        ("[1760-01,1667]", "1667-01-01", "1760-01-31"),
        ("{1960,1961-12}", "1960-01-01", "1961-12-31"),
        ("{..1984}", OPEN_START, "1984-12-31"),
        ("2021-23", "2021-09-01", "2021-11-30"),
        ("198X", "1980-01-01", "1989-12-31"),
        ("1992-XX", "1992-01-01", "1992-12-31"),
    ],
)
def test_extended_dates(text: str, earliest: str, latest: str) -> None:
    """Uncertain and unspecified dates, seasons and intervals mean all days they may be."""
    assert edtf.parse_date(text) == edtf.Date(text, earliest, latest)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "`` is not an EDTF date"),
        ("yesterday", "`yesterday` is not an EDTF date"),
        ("1992-13", "`1992-13` is not an EDTF date"),
        ("1992-00", "`1992-00` is not an EDTF date"),
        ("9 June 1992", "`9 June 1992` is not an EDTF date"),
        ("1992-6-9", "`1992-6-9` is not an EDTF date"),
        ("[1760}", "`[1760}` is not an EDTF date"),
        ("[]", "`[]` is not an EDTF date"),
        ("[..]", "`[..]` is not an EDTF date"),
        ("[1760,]", "`[1760,]` is not an EDTF date"),
        ("[[1760]]", "`[[1760]]` is not an EDTF date"),
        ("[1760/1761]", "`[1760/1761]` is not an EDTF date"),
        ("\uff11992", "`\uff11992` is not an EDTF date"),
        ("2026-02-30", "`2026-02-30` is not a real date"),
        ("2023-02-29", "`2023-02-29` is not a real date"),
        ("2026-02-30?", "`2026-02-30?` is not a real date"),
        ("0000", "`0000` is outside the years 1 to 9999"),
        ("0000-01", "`0000-01` is outside the years 1 to 9999"),
        ("-0044", "`-0044` is outside the years 1 to 9999"),
        ("Y17000", "`Y17000` is outside the years 1 to 9999"),
        ("2004/2003", "`2004/2003` ends before it begins"),
    ],
)
def test_invalid_date(text: str, message: str) -> None:
    """A text that is not a valid date raises an error that quotes it."""
    with pytest.raises(ValueError, match=r"^`") as refused:
        edtf.parse_date(text)
    assert str(refused.value) == message


@pytest.mark.parametrize("text", ["2021-X2", "2021-1X", "~1950S2"])
def test_library_failure(text: str) -> None:
    """A date on which the library fails is refused like any other."""
    with pytest.raises(ValueError, match="is not an EDTF date"):
        edtf.parse_date(text)


@pytest.mark.parametrize("text", [" 2004", "2004 ", "2004\n", "2004 / 2005"])
def test_white_space(text: str) -> None:
    """White space is not part of a date."""
    with pytest.raises(ValueError, match="is not an EDTF date"):
        edtf.parse_date(text)


@given(calendar_dates())
def test_bounds(text: str) -> None:
    """Both bounds are real days within the date, the first not after the last."""
    date = edtf.parse_date(text)
    earliest, latest = (dt.date.fromisoformat(day) for day in (date.earliest, date.latest))
    assert earliest <= latest
    assert date.earliest.startswith(text.rstrip("?~%"))
    assert date.latest.startswith(text.rstrip("?~%"))


def library_bounds(text: str) -> tuple[str, str]:
    """Return the first and last day of a date according to the library."""
    parsed = edtf_library.parse_edtf(text)
    bounds = (parsed.lower_strict()[:3], parsed.upper_strict()[:3])
    first, last = ("-".join(f"{part:02d}" for part in bound).rjust(10, "0") for bound in bounds)
    return first, last


@given(calendar_dates())
def test_agreement_with_the_library(text: str) -> None:
    """Dates parsed without the library mean the same days as with it."""
    date = edtf.parse_date(text)
    assert (date.earliest, date.latest) == library_bounds(text)


@given(calendar_dates(), calendar_dates())
def test_interval(one: str, other: str) -> None:
    """An interval goes from the first day of its first date to the last day of its second."""
    first, last = sorted(
        (edtf.parse_date(one), edtf.parse_date(other)), key=lambda date: date.earliest
    )
    interval = edtf.parse_date(f"{first.text}/{last.text}")
    assert (interval.earliest, interval.latest) == (first.earliest, last.latest)
    assert (interval.earliest, interval.latest) == (
        library_bounds(first.text)[0],
        library_bounds(last.text)[1],
    )
