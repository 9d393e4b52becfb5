"""CSL-JSON: names and dates to and from text, and the items of a file."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilatcli.citations import csl
from bilatcli.packs.loader import load_pack
from support import DATA

DATES: list[tuple[str, dict[str, Any]]] = [
    ("1992", {"date-parts": [[1992]]}),
    ("0987", {"date-parts": [[987]]}),
    ("1992-06", {"date-parts": [[1992, 6]]}),
    ("1992-06-09", {"date-parts": [[1992, 6, 9]]}),
    ("1992-06-09/1994", {"date-parts": [[1992, 6, 9], [1994]]}),
    ("1992?", {"date-parts": [[1992]], "circa": True}),
    ("1992/1994?", {"date-parts": [[1992], [1994]], "circa": True}),
    ("2021-21", {"date-parts": [[2021, 21]]}),
    ("2021-33", {"literal": "2021-33"}),
    ("2021-24/2021-33", {"literal": "2021-24/2021-33"}),
    ("1984/..", {"literal": "1984/.."}),
    ("198X", {"literal": "198X"}),
]


@pytest.mark.parametrize(("text", "date"), DATES)
def test_dates(text: str, date: dict[str, Any]) -> None:
    """A date is the same in EDTF and in CSL, at its own precision."""
    assert csl.parse_date(text) == date
    assert csl.format_date(date) == text


def test_time_of_day() -> None:
    """CSL has no times of day."""
    assert csl.parse_date("2020-05-03T10:00:00Z") == {"date-parts": [[2020, 5, 3]]}


def test_approximate_dates() -> None:
    """CSL has one mark for uncertain and approximate dates, which is shown as `?`."""
    assert [csl.format_date(csl.parse_date(f"1992{mark}")) for mark in "?~%"] == ["1992?"] * 3


@given(st.dates(), st.sampled_from((1, 2, 3)))
def test_calendar_dates(day: dt.date, precision: int) -> None:
    """A calendar date is shown as in ISO 8601."""
    parts = [day.year, day.month, day.day][:precision]
    text = "-".join(day.isoformat().split("-")[:precision])
    assert csl.format_date({"date-parts": [parts]}) == text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jónsdóttir, Anna", {"family": "Jónsdóttir", "given": "Anna"}),
        ("An Institute", {"literal": "An Institute"}),
    ],
)
def test_names(text: str, name: dict[str, str]) -> None:
    """A name is the same in a pack and in CSL."""
    assert csl.parse_name(text) == name
    assert csl.format_name(name) == text


def test_source_to_csl() -> None:
    """An item has what the source has, in CSL's fields or in `custom`."""
    sources = {source.id: source for source in load_pack(DATA / "sources.toml").source}
    assert csl.source_to_csl(sources["gone"]) == {
        "id": "gone",
        "type": "webpage",
        "title": "Gone & Forgotten",
        "container-title": "A Site",
        "issued": {"date-parts": [[2001]], "circa": True},
        "accessed": {"date-parts": [[2026, 11, 23]]},
        "URL": "https://example.org/gone",
        "archive": "web.archive.org",
        "archive_location": "https://web.archive.org/web/2002/https://example.org/gone?a={b}",
        "language": "en",
        "custom": {"reliability": "weak", "archived": "2002-03-04"},
    }
    assert csl.source_to_csl(sources["crs-2001"])["publisher"].startswith("Congressional")


@pytest.mark.parametrize(
    ("text", "line"), [("[\n{]", 2), ("[1]", 0), ("[" * 100_000, 0), ("9" * 5_000, 0)]
)
def test_texts_that_are_not_csl_json(text: str, line: int) -> None:
    """A text that is not CSL-JSON is refused with its line, if known."""
    with pytest.raises(ValueError, match=r".") as caught:
        csl.parse_csl_json(text)
    assert caught.value.args[1] == line
