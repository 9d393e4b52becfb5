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
        ({"literal": "circa 2020"}, "2020?"),
        ({"literal": "March 2020"}, "2020-03"),
        ({"raw": "2020-5-1"}, "2020-05-01"),
        ({"raw": "May 1, 2020"}, "2020-05-01"),
        ({"raw": "spring 2020"}, "2020-21"),
        ({"raw": "2020/2021"}, "2020/2021"),
        ({"date-parts": [2020, 5]}, "2020-05"),
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
        {"raw": "forthcoming"},
        {"literal": "n.d."},
        {"literal": "around 2000bc"},
        {"literal": "1200 B.C.E."},
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


@pytest.mark.parametrize(
    ("names", "authors"),
    [
        ([{"family": "Bo", "given": "Ann"}, {"literal": "et al."}], ["Bo, Ann"]),
        ([{"family": "Bo", "given": "Ann"}, {"family": "others"}], ["Bo, Ann"]),
        ([{"literal": "Bo, Ann et al"}], ["Bo, Ann"]),
        ([{"family": "Bo"}, {"family": "Bo"}], ["Bo"]),
    ],
)
def test_names_that_are_lost(names: list[dict[str, str]], authors: list[str]) -> None:
    """Words for others are no author, an author is not repeated, and both are noted."""
    assert draft(author=names) == ({"authors": authors}, ["author"])


def test_a_date_of_which_a_part_is_lost() -> None:
    """Words of a date that are not kept are noted."""
    assert draft(issued={"literal": "reprinted 2020"}) == ({"issued": "2020"}, ["issued"])


def test_entities() -> None:
    """Only a whole entity of HTML is a letter."""
    found = draft_source({"type": "book", "title": "R&notes &amp; B&copy &#233;t&#xE9;"})
    assert found.values["title"] == "R&notes & B&copy été"


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
        "DOI 10.1/x.",
        "<10.1/x>",
        "<https://doi.org/10.1/x>.",
        "(doi:10.1/x)",
        "10.1 / x",
        "10.1%2Fx",
        "https://doi.org/10.1/x?utm=a",
        "https://proxy.example.org/login?url=https://doi.org/10.1/x",
    ],
)
def test_doi(doi: str) -> None:
    """A DOI is an address, also if a program writes it as an address or with its name."""
    assert draft(DOI=doi) == ({"url": "https://doi.org/10.1/x"}, [])
    same = draft(DOI=doi, URL="https://doi.org/10.1/x")
    assert same == ({"url": "https://doi.org/10.1/x"}, [])


@pytest.mark.parametrize(
    ("doi", "url"),
    [
        (
            "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2",
            "10.1002/(SICI)1097-0258(19980815)17:15%3C1661::AID-SIM968%3E3.0.CO;2-2",
        ),
        (
            "10.1175/1520(1987)115&lt;1606:G&gt;2.0.CO;2",
            "10.1175/1520(1987)115%3C1606:G%3E2.0.CO;2",
        ),
        ("10.1016/S0140-6736(05)71146-6", "10.1016/S0140-6736(05)71146-6"),
        ("10/fg6rf9", "10/fg6rf9"),
    ],
)
def test_rare_doi(doi: str, url: str) -> None:
    """The marks of old DOIs are kept, and a short DOI is one."""
    assert draft(DOI=doi) == ({"url": f"https://doi.org/{url}"}, [])


@pytest.mark.parametrize(
    ("note", "url", "lost"),
    [
        ("doi:10.1/x", "https://doi.org/10.1/x", []),
        ("https://dx.doi.org/10.1/x", "https://doi.org/10.1/x", []),
        ("Printed twice. DOI: 10.1/x", "https://doi.org/10.1/x", ["note"]),
        ("Retrieved from https://example.org/a.", "https://example.org/a", []),
        ("See https://example.org/a, too", None, ["note"]),
        ("version 10.1/x", None, ["note"]),
    ],
)
def test_address_in_a_note(note: str, url: str | None, lost: list[str]) -> None:
    """A DOI in a note is used if nothing else has an address, and an address if it is alone."""
    assert draft(note=note) == ({"url": url} if url else {}, lost)
    assert draft(note=note, URL="https://example.org/b")[0] == {"url": "https://example.org/b"}


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
