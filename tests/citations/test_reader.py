"""References of other programs as sources of a pack."""

from __future__ import annotations

from typing import Any

import pytest

from bilatcli.citations.reader import draft_source, make_source_id


def draft(**fields: Any) -> tuple[dict[str, Any], list[str]]:
    """Return the values and the lost fields of a reference, without its title and type."""
    found = draft_source({"type": "book", "title": "T", **fields})
    values = {key: value for key, value in found.values.items() if key not in ("title", "type")}
    return values, found.lost


@pytest.mark.parametrize(
    ("date", "issued"),
    [
        ({"date-parts": [[2020, 5, 1]]}, "2020-05-01"),
        ({"date-parts": [["2020", "05", ""]]}, "2020-05"),
        ({"date-parts": [[2020], [2021]], "circa": True}, "2020/2021?"),
        ({"raw": "2020-05"}, "2020-05"),
        ({"literal": "2020?"}, "2020?"),
        ("2020", "2020"),
    ],
)
def test_dates(date: object, issued: str) -> None:
    """A date is kept as EDTF."""
    assert draft(issued=date) == ({"issued": issued}, [])


@pytest.mark.parametrize(
    "date",
    [
        {"date-parts": [["²"]]},
        {"date-parts": [["circa 2020", 5]]},
        {"date-parts": [["9" * 5_000]]},
        {"date-parts": [[-44]]},
        {"date-parts": [["٢٠٢٠"]]},
        {"date-parts": 2020},
        {"raw": "spring 2020"},
        2020.5,
    ],
)
def test_dates_that_are_lost(date: object) -> None:
    """A date that is not EDTF is listed as lost."""
    assert draft(issued=date) == ({}, ["issued"])


@pytest.mark.parametrize(
    ("name", "author"),
    [
        ({"family": "Jónsdóttir", "given": "Anna"}, "Jónsdóttir, Anna"),
        (
            {"family": "Gaulle", "non-dropping-particle": "de", "given": "Charles"},
            "de Gaulle, Charles",
        ),
        ({"family": "King", "given": "Martin Luther", "suffix": "Jr."}, "King, Martin Luther, Jr."),
        ({"literal": " An\n Institute "}, "An Institute"),
        ({"family": "Plato"}, "Plato"),
    ],
)
def test_names(name: dict[str, str], author: str) -> None:
    """A name is kept with its particles and suffix."""
    assert draft(author=[name]) == ({"authors": [author]}, [])


def test_unknown_values() -> None:
    """Fields that a pack cannot store, and values of another type, are listed as lost."""
    fields = {"volume": 5, "URL": "ftp://example.org", "author": ["Anna"], "note": ["n"], "DOI": ""}
    assert draft(**fields) == ({}, ["author", "URL", "volume", "note"])


def test_blank_values() -> None:
    """A text of blanks is no value, and blanks around a value are dropped."""
    blank = dict.fromkeys(("language", "publisher", "container-title", "note", "keyword"), " \n")
    assert draft(**blank)[0] == {}
    assert draft(URL=" https://example.org/ ") == ({"url": "https://example.org/"}, [])


@pytest.mark.parametrize(
    "doi",
    [
        "10.1/x",
        "https://doi.org/10.1/x",
        "http://dx.doi.org/10.1/x",
        "HTTPS://www.doi.org/10.1/x",
        "doi.org/10.1/x",
        "doi:10.1/x",
        "DOI: 10.1/x",
    ],
)
def test_doi(doi: str) -> None:
    """A DOI is an address, also if a program writes it as an address or with its name."""
    assert draft(DOI=doi) == ({"url": "https://doi.org/10.1/x"}, [])
    same = draft(DOI=doi, URL="https://doi.org/10.1/x")
    assert same == ({"url": "https://doi.org/10.1/x"}, [])


@pytest.mark.parametrize("field", ["URL", "archive_location"])
def test_address_with_a_password(field: str) -> None:
    """An address with a password is lost; the other values of the reference are kept."""
    assert draft(**{field: "https://u:p@example.org/", "language": "en"}) == (
        {"lang": "en"},
        [field],
    )


@pytest.mark.parametrize(
    ("key", "values", "id"),
    [
        ("Smith2020", {}, "smith2020"),
        ("", {"authors": ["Jónsdóttir, Anna"], "issued": "2001-02"}, "jonsdottir-2001"),
        ("", {"publisher": "The Gazette"}, "the-gazette"),
        ("冰岛", {"title": "冰岛"}, "source"),
        ("taken", {}, "taken-2"),
    ],
)
def test_ids(key: str, values: dict[str, Any], id: str) -> None:
    """The id of a source is the key of the reference, or a name with the year, and is new."""
    found = draft_source({"id": key})
    found.values = values
    assert make_source_id(found, {"taken"}) == id
