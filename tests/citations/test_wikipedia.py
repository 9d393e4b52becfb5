"""Templates of Wikipedia: markup of wikis in values, dates, authors, outlets, archived copies."""

from __future__ import annotations

from typing import Any

import pytest

from bilatcli.citations.csl import parse_date, parse_name
from bilatcli.render.bibliography import WIKIPEDIA_STYLE, format_entries

pytestmark = pytest.mark.usefixtures("installed_styles")


def write(format: str = "text", type: str = "webpage", **fields: Any) -> str:
    """Return the template of an item without its first and last braces."""
    item = {"id": "a", "type": type, "title": "T", "custom": {"reliability": "news"}, **fields}
    text = format_entries([item], WIKIPEDIA_STYLE, format, path=None)["a"]
    return text.removeprefix("{{Citation").removesuffix("}}")


def test_markup() -> None:
    """No value has what a wiki would act on: links, templates, tags, emphasis, parameters."""
    hostile = "a | b [[c]] {{d}} ]] }} <ref> ''e'' __TOC__ ~~~~ &lt;"
    found = write(
        title=hostile,
        publisher=hostile,
        author=[{"literal": hostile}],
        URL="https://e.org/a|b[c]{d}?x=''&y=~~~~",
    )
    safe = (
        "a &#124; b &#91;&#91;c&#93;&#93; &#123;&#123;d&#125;&#125; &#93;&#93; &#125;&#125;"
        " &#60;ref> &#39;&#39;e&#39;&#39; &#95;&#95;TOC&#95;&#95; &#126;&#126;&#126;&#126; &#38;lt;"
    )
    url = "https://e.org/a%7Cb%5Bc%5D%7Bd%7D?x=%27%27&y=~~~~"
    assert found == f" | vauthors=(({safe})) | title={safe} | publisher={safe} | url={url}"


def test_html() -> None:
    """In HTML the entities are visible, so that they are copied."""
    assert "title=a &amp;#124; b" in write("html", title="a | b")


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ("2020", "date=2020"),
        ("2020?", "date=c. 2020"),
        ("2020-05", "date=May 2020"),
        ("2020-05-03", "date=3 May 2020"),
        ("2020-24", "date=Winter 2020"),
        ("2019/2020", "date=2019–2020"),
        ("2020-05/2020-06", "date=May–June 2020"),
        ("2020-05-03/2020-05-07", "date=3–7 May 2020"),
        ("2020-05-30/2020-06-02", "date=30 May – 2 June 2020"),
        ("2019-12-30/2020-01-02", "date=30 December 2019 – 2 January 2020"),
        ("2020-01-01/..", "year=2020"),
        ("201X", None),
    ],
)
@pytest.mark.parametrize("type", ["webpage", "article-newspaper"])
def test_dates(type: str, issued: str, date: str | None) -> None:
    """A date is as exact as the source has it."""
    found = write(type=type, issued=parse_date(issued))
    assert found == (f" | {date} | title=T" if date else " | title=T")


def test_everything_is_kept() -> None:
    """Authors, outlet, both dates and the archived copy are in a template."""
    found = write(
        type="book",
        author=[parse_name("Bo, Ann"), parse_name("Committee, Foreign and Defence")],
        publisher="Press",
        issued=parse_date("2020"),
        accessed=parse_date("2024-05-06"),
        URL="https://e.org/",
        archive_location="https://archive.example/1",
        custom={"reliability": "news", "archived": "2020-01-02"},
    )
    assert found == (
        "{{cite book | vauthors=((Bo, A.)), ((Committee, Foreign and Defence)) | date=2020"
        " | title=T | publisher=Press | url=https://e.org/ | access-date=6 May 2024"
        " | archive-url=https://archive.example/1 | archive-date=2 January 2020"
    )


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("Bo, Ann", {"family": "Bo", "given": "Ann"}),
        ("Bo, Ann, Jr.", {"family": "Bo", "given": "Ann", "suffix": "Jr."}),
        ("House, Committee, Session", {"literal": "House, Committee, Session"}),
        ("Foreign, Home and Trade", {"literal": "Foreign, Home and Trade"}),
    ],
)
def test_organisations(author: str, name: dict[str, str]) -> None:
    """A name with a second comma or with `and` is one piece: it is not abbreviated."""
    assert parse_name(author) == name
