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
