"""RIS and CSL-JSON of other programs: dates, addresses, tags, rich text."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bilatcli.citations.csl import parse_csl_json
from bilatcli.citations.reader import draft_source
from bilatcli.citations.references import Reference
from bilatcli.citations.ris import parse_ris


def read(found: list[Reference]) -> tuple[dict[str, Any], list[str]]:
    """Return the values of the only reference as a source, and what was left out of it."""
    (only,) = found
    assert only.item is not None
    draft = draft_source(only.item)
    return draft.values, [*draft.lost, *only.problems]


def read_ris(*lines: str, tag: str = "TY  - JOUR") -> tuple[dict[str, Any], list[str]]:
    """Return what a reference with a title and these lines becomes."""
    return read(parse_ris("\n".join([tag, "TI  - T", *lines, "ER  - ", ""])))


@pytest.mark.parametrize(
    ("lines", "issued"),
    [
        (["PY  - 2006/3//"], "2006-03"),
        (["PY  - 2006/03/09/"], "2006-03-09"),
        (["PY  - 2006/00/00"], "2006"),
        (["PY  - 2006/0/0/"], "2006"),
        (["PY  - 2006/5/00"], "2006-05"),
        (["PY  - 2005///Winter"], "2005-24"),
        (["PY  - 2005///spring"], "2005-21"),
        (["PY  - 2005//"], "2005"),
        (["DA  - March 2006", "PY  - 2006"], "2006-03"),
        (["DA  - 5 March 2006"], "2006-03-05"),
        (["DA  - 2006-03-05"], "2006-03-05"),
        (["Y1  - 2016/10/19", "PY  - 2016"], "2016-10-19"),
        (["PY  - 2016", "Y1  - 2016/10/19"], "2016-10-19"),
        (["Y1  - 2015/october"], "2015-10"),
        (["PY  - 2012/2014"], "2012/2014"),
        (["PY  - 2013-5-3"], "2013-05-03"),
        (["PY  - 20130503"], "2013-05-03"),
        (["PY  - 25.3.2013"], "2013-03-25"),
        (["PY  - 3/5/2013"], "2013"),
        (["PY  - 2013/02/30"], "2013-02"),
        (["PY  - 2013/-1/"], "2013"),
        (["PY  - circa 1999"], "1999?"),
        (["DA  - 2012 Jan 5-7", "PY  - 2012"], "2012-01-05/2012-01-07"),
        (["DA  - 5 Mart 2006"], "2006-03-05"),
    ],
)
def test_dates(lines: list[str], issued: str) -> None:
    """The most exact of the dates of a reference is kept."""
    values, left_out = read_ris(*lines)
    assert values["issued"] == issued
    assert left_out == []


def test_dates_that_differ() -> None:
    """A date that says something else, or nothing, is noted."""
    assert read_ris("DA  - 2016/10/19", "PY  - 2017")[1] == ["the date `2017` is left out"]
    assert read_ris("DA  - soon", "PY  - 2017")[1] == ["`soon` is left out: it is not a date"]


@pytest.mark.parametrize(
    ("lines", "url", "left_out"),
    [
        (
            ["UR  - https://e.org/a;jsessionid=A?x=1;y=2"],
            "https://e.org/a;jsessionid=A?x=1;y=2",
            [],
        ),
        (["UR  - https://e.org/a?x=1&amp;y=2"], "https://e.org/a?x=1&y=2", []),
        (["UR  - https://e.org/a; https://e.org/b"], "https://e.org/a", ["urls"]),
        (["UR  - //e.org/x", "DO  - 10.1000/185"], "https://doi.org/10.1000/185", ["URL"]),
        (["DO  - http://dx.doi.org/10.1000/183"], "https://doi.org/10.1000/183", []),
        (["DO  - DOI 10.1000/183."], "https://doi.org/10.1000/183", []),
        (["DO  - https://doi.org/10.1000%2F183"], "https://doi.org/10.1000/183", []),
        (["DO  - urn:doi:10.1000/183"], "https://doi.org/10.1000/183", []),
        (
            ["DO  - 10.1002/1<1661::AID>3.0.CO;2-2"],
            "https://doi.org/10.1002/1%3C1661::AID%3E3.0.CO;2-2",
            [],
        ),
    ],
)
def test_addresses(lines: list[str], url: str, left_out: list[str]) -> None:
    """An address is kept whole, and a DOI becomes one in whatever form it is written."""
    values, found = read_ris(*lines)
    assert (values["url"], found) == (url, left_out)


@pytest.mark.parametrize(
    ("line", "url"),
    [
        ("N1  - doi:10.1000/1", "https://doi.org/10.1000/1"),
        ("L3  - 10.1000/1", "https://doi.org/10.1000/1"),
        ("M3  - doi: 10.1000/1", "https://doi.org/10.1000/1"),
        ("UR  - https://e.org/a\nb/c", "https://e.org/ab/c"),
    ],
)
def test_addresses_in_other_places(line: str, url: str) -> None:
    """A DOI is found in the tags where programs write it; an address may go on."""
    values, left_out = read_ris(line)
    assert (values["url"], left_out) == (url, [])


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        (["AU  - Smith, J.", "AU  - et al."], ["Smith, J."]),
        (["AU  - Smith, J.; Doe, A."], ["Smith, J.", "Doe, A."]),
        (["AU  - Ministry of Defence; Navy"], ["Ministry of Defence; Navy"]),
        (["AU  - King, Martin Luther, Jr."], ["King, Martin Luther, Jr."]),
        (["A1  - Smith, J.", "Doe, A."], ["Smith, J.", "Doe, A."]),
    ],
)
def test_names(lines: list[str], authors: list[str]) -> None:
    """Names are separated, and words for others are left out."""
    assert read_ris(*lines)[0]["authors"] == authors


@pytest.mark.parametrize(
    "text",
    [
        "ty  - JOUR\nti  - T\nau  - Bo, Ann\ner  - \n",
        "  TY  - JOUR\n  TI  - T\n  AU  - Bo, Ann\n  ER  - \n",
        "TY  - JOUR\rTI  - T\rAU  - Bo, Ann\rER  - \r",
        "\ufeffTY  - JOUR\r\nTI  - T\r\nAU  - Bo, Ann\r\nER  - \r\n",
        "TY  - JOUR\nTI - T\nAU - Bo, Ann\nER -\n",
        "TY  -JOUR\nTI  -T\nAU  -Bo, Ann\nER\n",
        "TY\t- JOUR\nTI\t- T\nAU\t- Bo, Ann\nER\t-\n",
    ],
)
def test_styles_of_tags(text: str) -> None:
    """Tags are read in lower case, indented, with fewer blanks, and after every end of a line."""
    values, left_out = read(parse_ris(text))
    assert (values["title"], values["authors"], values["type"]) == (
        "T",
        ["Bo, Ann"],
        "article-journal",
    )
    assert left_out == []


def test_errors_of_one_reference() -> None:
    """What is wrong is noted at its reference, and the others are read."""
    text = """Provider: Example

1.
TY  - JOUR
going on
TI  - One
TY  - JOUR
TI  - Two
AB  - a line
that goes on
ER  -
AU  - Lost
TI  - No first line
ER  -
TY  - JOUR
TI  - Three
PB  - A
PB  - B
ER  -
The end
"""
    found = parse_ris(text)
    assert [(each.line, (each.item or {}).get("title"), each.problems) for each in found] == [
        (
            4,
            "One",
            (
                "line 1 is outside of a reference",
                "line 5 does not start with a tag, such as `TI  - `",
                "it does not end with `ER  - `",
            ),
        ),
        (7, "Two", ()),
        (12, None, ("it does not start with `TY  - `",)),
        (
            15,
            "Three",
            (
                "line 20 is outside of a reference",
                "`publisher` is given twice, so the first one is kept",
            ),
        ),
    ]


def test_titles() -> None:
    """A book title and an abbreviated periodical are used if there is no other."""
    assert read_ris("J2  - Q. Rev.")[0]["publisher"] == "Q. Rev."
    assert read_ris("JO  - Quarterly", "J2  - Q. Rev.")[1] == ["alternate_title1"]
    values, _ = read(parse_ris("TY  - BOOK\nBT  - A Book\nER  - \n"))
    assert values["title"] == "A Book"


@pytest.mark.parametrize("end", ["  - ", " - ", " -"])
def test_tags_with_fewer_blanks(end: str) -> None:
    """A file whose tags have fewer blanks is read, and a line that goes on is no tag."""
    text = "TY@JOUR\nTI@T\nAB@one\nthe EU - and\nER@\nTY@JOUR\nT1@U\nER@\n".replace("@", end)
    found = parse_ris(text)
    assert [(each.item or {}).get("title") for each in found] == ["T", "U"]
    assert [each.line for each in found] == [1, 6]


@pytest.mark.parametrize(
    ("date", "issued", "left_out"),
    [
        ({"date-parts": [[1965, -1, 1]]}, "1965", ["issued"]),
        ({"date-parts": [[1965, 0, 0]]}, "1965", []),
        ({"date-parts": [[1965, 5, 0]]}, "1965-05", []),
        ({"date-parts": [[1965, 13]]}, "1965", ["issued"]),
        ({"date-parts": [[2000]], "season": 3}, "2000-23", []),
        ({"date-parts": [["2000"]], "season": "Winter"}, "2000-24", []),
        ({"date-parts": [[2000]], "season": "Trinity"}, "2000", ["season"]),
    ],
)
def test_csl_dates(date: dict[str, Any], issued: str, left_out: list[str]) -> None:
    """A month of 0 is unknown, a wrong one is noted, and a season is kept."""
    item = {"id": "a", "type": "book", "title": "T", "issued": date}
    values, found = read(parse_csl_json(json.dumps(item)))
    assert (values["issued"], found) == (issued, left_out)


def test_rich_text() -> None:
    """The marks of rich text and the entities of HTML are no letters."""
    item = {
        "id": "a",
        "type": "article-journal",
        "title": 'The <i>Baku</i> of <span class="nocase">the</span> 20<sup>th</sup> &amp; a < b',
        "container-title": "Q&amp;A <b>Now</b>",
        "author": [{"family": "B&ouml;", "given": "A."}],
    }
    values, left_out = read(parse_csl_json(json.dumps([item])))
    assert values["title"] == "The Baku of the 20th & a < b"
    assert (values["publisher"], values["authors"]) == ("Q&A Now", ["Bö, A."])
    assert left_out == []
