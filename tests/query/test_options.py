"""Options: the values that each takes, and the message for any other value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilatcli.errors import UsageError, shorten
from bilatcli.query import options
from bilatcli.query.options import (
    DATE_HINT,
    Option,
    parse_choice,
    parse_date,
    parse_day,
    parse_format,
    parse_int,
)

FORMATS = "table, json, ndjson, csv, tsv, markdown"
TWO_FORMATS = "`json` and `format` table are two output formats; remove one of them"
POSITIVE = "it must be a positive whole number, such as 50"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2016", "2016-01-01", "2016-12-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2015-02", "2015-02-01", "2015-02-28"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("2016-04", "2016-04-01", "2016-04-30"),
        ("2016-12-31", "2016-12-31", "2016-12-31"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999-12", "9999-12-01", "9999-12-31"),
    ],
)
def test_a_date_has_a_first_and_a_last_day(text: str, first: str, last: str) -> None:
    """A year and a month stand for all of their days, leap days included."""
    assert parse_date(text, last=False) == first
    assert parse_date(text, last=True) == last


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0000",
        "0000-12",
        "16",
        "2016-1",
        "2016-00",
        "2016-13",
        "2016-02-30",
        "2015-02-29",
        "2016-12-00",
        "2016-12-31-",
        "2016-12-31-01",
        "-2016",
        "+2016",
        "2016-+1",
        " 2016",
        "20 16",
        "201六",
        "²016",
        "\uff12\uff10\uff11\uff16",
        "yesterday",
        "2016/12/31",
    ],
)
@pytest.mark.parametrize("last", [False, True])
def test_other_texts_are_not_dates(text: str, *, last: bool) -> None:
    """Only YYYY, YYYY-MM and YYYY-MM-DD of the calendar are dates, in ASCII digits."""
    assert parse_date(text, last=last) is None


@given(st.dates())
def test_every_day_of_the_calendar_is_a_date(day: object) -> None:
    """A whole date is its own first and last day."""
    assert parse_date(str(day), last=False) == parse_date(str(day), last=True) == str(day)


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        (options.TOPIC, "millitary", "unknown topic `millitary`; did you mean `military`?"),
        (options.TOPIC, "", "unknown topic ``; choose from recognition, diplomacy, politics, "),
        (options.FORMAT, "jsno", "unknown format `jsno`; did you mean `json`?"),
        (options.FORMAT, "x", f"unknown format `x`; choose from {FORMATS}"),
        (options.COLOR, "allways", "unknown colour mode `allways`; did you mean `always`?"),
        (
            options.VERIFICATION,
            "x",
            "unknown verification status `x`; choose from cited, single-source-claim, ",
        ),
        (
            options.CITATIONS,
            "x",
            "unknown citation format `x`; choose from footnotes, pandoc",
        ),
    ],
)
def test_a_value_that_is_not_a_choice(option: Option, value: str, message: str) -> None:
    """The message quotes the value as typed, and suggests the nearest choice or lists all."""
    with pytest.raises(UsageError) as refused:
        parse_choice(option, {option.key: value})
    assert refused.value.message.startswith(message)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, None),
        ({"format": "csv"}, "csv"),
        ({"json": True}, "json"),
        ({"json": True, "format": "json"}, "json"),
        ({"json": False, "format": "csv"}, "csv"),
    ],
)
def test_two_options_set_the_format(values: dict[str, object], expected: str | None) -> None:
    """`json` is short for `format` json."""
    assert parse_format(options.FORMAT, values) == expected


def test_two_formats() -> None:
    """`json` and another format contradict each other."""
    with pytest.raises(UsageError) as refused:
        parse_format(options.FORMAT, {"json": True, "format": "table"})
    assert refused.value.message == TWO_FORMATS


@pytest.mark.parametrize(
    ("value", "expected"), [("1", 1), ("007", 7), ("999999999", 999_999_999), (None, None)]
)
def test_a_limit_is_a_positive_number(value: str | None, expected: int | None) -> None:
    """Digits are a number; nothing is no limit."""
    assert parse_int(options.LIMIT, {"limit": value}) == expected


@pytest.mark.parametrize(
    "value", ["0", "-1", "1.5", "", "ten", "²", "\uff11", "9" * 10, "9" * 5_000]
)
def test_other_values_are_not_limits(value: str) -> None:
    """Zero, fractions, signs and numbers of any length are refused in one sentence."""
    with pytest.raises(UsageError) as refused:
        parse_int(options.LIMIT, {"limit": value})
    assert refused.value.problem == shorten(f"`limit` cannot be `{value}`")
    assert refused.value.hint == POSITIVE


@pytest.mark.parametrize("option", [options.AS_OF, options.SINCE, options.UNTIL])
def test_a_day_that_is_not_one(option: Option) -> None:
    """Python reads the key of the option, the command line its flag, both the value as typed."""
    with pytest.raises(UsageError) as refused:
        parse_day(option, {option.key: "2016-13"}, last=True)
    assert refused.value.message == f"`{option.key}` cannot be `2016-13`; {DATE_HINT}"
    assert refused.value.command_line_message == f"`{option.flag}` cannot be `2016-13`; {DATE_HINT}"


def test_options_are_declared_once() -> None:
    """A flag has one declaration, except the format of bibliographies, and a help text."""
    declared = [value for value in vars(options).values() if isinstance(value, Option)]
    flags = [option.flag for option in declared if option is not options.STYLED_FORMAT]
    assert len(flags) == len(set(flags)) >= 20
    assert all(option.help.endswith(".") for option in declared)
    assert options.AS_OF.flag == "--as-of"
    assert options.STYLE.suggestions[-1] == "list"
    assert options.TOPIC.suggestions == options.TOPIC.choices
