"""The forms of columns in the templates of tables."""

from __future__ import annotations

import pytest

from bilatcli.packs.templates import (
    DateText,
    check_form,
    fill_template,
    make_country,
    parse_template,
)


@pytest.mark.parametrize(
    ("name", "whose"),
    [
        ("Pakistan", "Pakistan's"),
        ("Barbados", "Barbados'"),
        ("Cyprus", "Cyprus'"),
        ("Türkiye", "Türkiye's"),
    ],
)
def test_possessive(name: str, whose: str) -> None:
    """A name that ends in `s` takes an apostrophe alone."""
    assert f"{make_country('XX', {'XX': name}):poss}" == whose


def test_possessive_with_article() -> None:
    """The article of a name is capitalized at the start of a sentence."""
    assert f"{make_country('US', {'US': 'United States'}):Poss}" == "The United States'"


@pytest.mark.parametrize(
    ("date", "until", "text"),
    [
        ("1960-06-14", "1960-06-16", "14–16 June 1960"),
        ("1960-06-30", "1960-07-02", "30 June–2 July 1960"),
        ("1959-12-30", "1960-01-02", "30 December 1959 – 2 January 1960"),
        ("1960-06-14", "1960-06-14", "14 June 1960"),
        ("1960-05", "1960-06", "May–June 1960"),
        ("1960", "1961", "1960–1961"),
        ("1960", "1961-02", "1960 – February 1961"),
        ("1960-06-14~", "1960-06-16", "about 14 June 1960 – 16 June 1960"),
    ],
)
def test_period(date: str, until: str, text: str) -> None:
    """A date and the column of its end are a period, without what both days share."""
    values = {"date": DateText(date), "until": DateText(until)}
    assert fill_template("{date:to {until}}", values) == text


def test_period_without_end() -> None:
    """A template with the column of an end is not used if the end is not known."""
    assert fill_template("{date:to {until}}", {"date": DateText("1960")}) is None


def test_columns_in_forms() -> None:
    """The column in a form is one of the template; only a period has one."""
    assert list(parse_template("On {date:to {until}}.")) == [("date", "to "), ("until", "")]
    assert check_form("date", "to ") is None
    assert check_form("text", "to ") is not None
    for template in ("{n:{width}}", "{n:to {width}{more}x}", "{date:to {until!r}}"):
        with pytest.raises(ValueError, match="is not a form"):
            list(parse_template(template))
