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
        ("2021-24?", "2021-12-01", "2022-02-28"),
        ("201X-21", "2010-03-01", "2019-05-31"),
        ("9999-24", "9999-12-01", "9999-12-31"),
        *(
            (f"2001-{code}", f"2001-{first}", f"{last}")
            for code, first, last in (
                (25, "03-01", "2001-05-31"),
                (26, "06-01", "2001-08-31"),
                (27, "09-01", "2001-11-30"),
                (28, "12-01", "2002-02-28"),
                (29, "09-01", "2001-11-30"),
                (30, "12-01", "2002-02-28"),
                (31, "03-01", "2001-05-31"),
                (32, "06-01", "2001-08-31"),
                (33, "01-01", "2001-03-31"),
                (34, "04-01", "2001-06-30"),
                (35, "07-01", "2001-09-30"),
                (36, "10-01", "2001-12-31"),
                (37, "01-01", "2001-04-30"),
                (38, "05-01", "2001-08-31"),
                (39, "09-01", "2001-12-31"),
                (40, "01-01", "2001-06-30"),
                (41, "07-01", "2001-12-31"),
            )
        ),
        ("2001-31/2002-41", "2001-03-01", "2002-12-31"),
        # --- unspecified digits: no day that is in no calendar
        ("156X-12-25", "1560-12-25", "1569-12-25"),
        ("15XX-12-XX", "1500-12-01", "1599-12-31"),
        ("XXXX-12-XX", "0001-12-01", "9999-12-31"),
        ("XXXX", "0001-01-01", "9999-12-31"),
        ("XX12", "0012-01-01", "9912-12-31"),
        ("15XX-02-29", "1504-02-29", "1596-02-29"),
        ("1560-XX-31", "1560-01-31", "1560-12-31"),
        ("2023-02-2X", "2023-02-20", "2023-02-28"),
        ("2021-01-3X", "2021-01-30", "2021-01-31"),
        ("2004-XX/2005", "2004-01-01", "2005-12-31"),
        ("16XX~", "1600-01-01", "1699-12-31"),
        # --- parts that are uncertain
        ("2004?-06-~11", "2004-06-11", "2004-06-11"),
        ("2004-06~-11", "2004-06-11", "2004-06-11"),
        ("2004-06?-11~", "2004-06-11", "2004-06-11"),
        ("?2004-%06", "2004-06-01", "2004-06-30"),
        ("~1984/2004-06-~20", "1984-01-01", "2004-06-20"),
        # --- times of day
        ("2004-01-01T10:10:10", "2004-01-01", "2004-01-01"),
        ("2004-01-01T24:00:00Z", "2004-01-01", "2004-01-01"),
        ("2004-01-01T10:10:10+05:30", "2004-01-01", "2004-01-01"),
        ("2004-01-01T10:10:10-11", "2004-01-01", "2004-01-01"),
        # --- open ends
        ("../..", OPEN_START, OPEN_END),
        ("1950S2/..", "1900-01-01", OPEN_END),
        ("1940/1950S2", "1940-01-01", "1999-12-31"),
        ("[1667, 1668, 1670..1672]", "1667-01-01", "1672-12-31"),
        ("{1760..}", "1760-01-01", OPEN_END),
        ("[2001-24,2001-21?]", "2001-03-01", "2002-02-28"),
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
        ("[1672..1670,1999]", "`[1672..1670,1999]` ends before it begins"),
        ("156X-09-31", "`156X-09-31` is not a real date"),
        ("190X-02-3X", "`190X-02-3X` is not a real date"),
        ("19X1-02-29", "`19X1-02-29` is not a real date"),
        ("[1760-02-30]", "`1760-02-30` is not a real date"),
        ("2016-02-30T10:00:00", "`2016-02-30` is not a real date"),
        ("2016-02-20T24:00:01", "`2016-02-20T24:00:01` is not an EDTF date"),
        ("2016-02-20T10:00:00+15", "`2016-02-20T10:00:00+15` is not an EDTF date"),
        ("-0044-03-15", "`-0044-03-15` is outside the years 1 to 9999"),
        ("?-01XX", "`?-01XX` is outside the years 1 to 9999"),
        ("-0044/0014", "`-0044` is outside the years 1 to 9999"),
        ("[-0044,14]", "`-0044` is outside the years 1 to 9999"),
        ("Y-17E7", "`Y-17E7` is outside the years 1 to 9999"),
        (f"Y{'9' * 5000}", f"`Y{'9' * 5000}` is outside the years 1 to 9999"),
        (f"Y1E{'9' * 5000}", f"`Y1E{'9' * 5000}` is not an EDTF date"),
        ("-" * 5000 + "2004", f"`{'-' * 5000}2004` is not an EDTF date"),
        ("1950S0", "`1950S0` is not an EDTF date"),
        ("1950S5", "`1950S5` is not an EDTF date"),
        ("2016S", "`2016S` is not an EDTF date"),
        ("Y2001", "`Y2001` is not an EDTF date"),
        ("2001-42", "`2001-42` is not an EDTF date"),
        ("2001-21-01", "`2001-21-01` is not an EDTF date"),
        ("15XX-0X-25", "`15XX-0X-25` is not an EDTF date"),
        ("1984?~", "`1984?~` is not an EDTF date"),
        ("/", "`/` is not an EDTF date"),
        ("../", "`../` is not an EDTF date"),
        ("2004/2005/2006", "`2004/2005/2006` is not an EDTF date"),
        ("2004/[2005]", "`2004/[2005]` is not an EDTF date"),
        ("[2004..2005..2006]", "`[2004..2005..2006]` is not an EDTF date"),
        ("[1760..]?", "`[1760..]?` is not an EDTF date"),
    ],
)
def test_invalid_date(text: str, message: str) -> None:
    """A text that is not a valid date raises an error that quotes it."""
    with pytest.raises(ValueError, match=r"^`") as refused:
        edtf.parse_date(text)
    assert str(refused.value) == message


@pytest.mark.parametrize("text", ["2021-X2", "2021-1X", "~1950S2"])
def test_library_failure(text: str) -> None:
    """A date on which other readers fail is refused like any other."""
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
