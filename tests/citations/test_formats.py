"""BibTeX, BibLaTeX and RIS: ten sources, every type, dates, markup, and reading them back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
import rispy
from pybtex.database import parse_string

from bilatcli.citations.bibtex_fields import ENTRY_TYPES
from bilatcli.citations.bibtex_reader import parse_bibtex
from bilatcli.citations.bibtex_writer import format_bibtex
from bilatcli.citations.csl import parse_date, parse_name, source_to_csl
from bilatcli.citations.keys import make_citation_keys
from bilatcli.citations.reader import draft_source
from bilatcli.citations.references import Reference
from bilatcli.citations.ris import format_ris, parse_ris
from bilatcli.index.cache import bundled_packs
from bilatcli.packs.loader import load_pack
from bilatcli.vocabulary import SOURCE_TYPES
from support import DATA

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

Item = dict[str, Any]


def make_item(type: str = "book", **fields: object) -> Item:
    """Return an item with few fields."""
    return {"id": "a", "type": type, "title": "T", "custom": {"reliability": "news"}, **fields}


def write(style: str, items: list[Item], keys: dict[str, str] | None = None) -> str:
    """Return items in an exchange format."""
    keys = keys or {"a": "k"}
    if style == "ris":
        return format_ris(items, keys)
    return format_bibtex(items, keys, is_biblatex=style == "biblatex")


def write_entry(style: str, item: Item) -> Any:
    """Return an item in BibTeX or BibLaTeX as pybtex reads it."""
    (entry,) = parse_string(write(style, [item]), "bibtex").entries.values()
    return entry


def write_reference(item: Item) -> dict[str, Any]:
    """Return an item in RIS as rispy reads it."""
    (reference,) = rispy.loads(write("ris", [item]))
    return dict(reference)


STYLES = {"bibtex": "bib", "biblatex": "bib", "ris": "ris"}


@pytest.mark.parametrize("style", STYLES)
def test_ten_sources(file_snapshot: Callable[[str], SnapshotAssertion], style: str) -> None:
    """Ten sources of different types have all their fields in each format."""
    items = [source_to_csl(source) for source in load_pack(DATA / "sources.toml").source]
    text = write(style, items, make_citation_keys(items))
    assert text == file_snapshot(STYLES[style])


@pytest.mark.parametrize("style", STYLES)
def test_emoji(style: str) -> None:
    """An emoji of several characters stays one; a joiner that hides in a word is shown."""
    family = "👨\u200d👩\u200d👧 ❤\ufe0f"
    text = write(style, [make_item(title=f"{family} a\u200db", author=[{"literal": family}])])
    assert text.count(family) == 2
    assert "a<U+200D>b" in text


@pytest.mark.parametrize("style", STYLES)
def test_bundled_sources(style: str) -> None:
    """Every bundled source can be read back from each format as it was, under its key."""
    sources = {source.id: source for pack in bundled_packs() for source in load_pack(pack).source}
    items = [source_to_csl(source) for source in sources.values()]
    keys = make_citation_keys(items)
    assert len(set(keys.values())) == len(items) > 1000
    parse = parse_ris if style == "ris" else parse_bibtex
    drafts = [draft_source(found.item) for found in parse(write(style, items, keys)) if found.item]
    assert [draft.key for draft in drafts] == [keys[item["id"]] for item in items]
    changed = [
        draft.key
        for draft, source in zip(drafts, sources.values(), strict=True)
        if (draft.values["title"], draft.values["type"]) != (source.title, source.type)
    ]
    assert changed == []


@pytest.mark.parametrize("type", SOURCE_TYPES)
def test_every_type(type: str) -> None:
    """Each type of source has its own type of entry, or its name is kept in another field."""
    item = make_item(type)
    for is_biblatex, style in enumerate(("bibtex", "biblatex")):
        entry = write_entry(style, item)
        same = [each for each, both in ENTRY_TYPES.items() if both[is_biblatex] == entry.type]
        assert entry.fields.get("entrysubtype", type) == type
        assert same == [type] or "entrysubtype" in entry.fields
    assert write_reference(item)["type_of_work"] == type


@pytest.mark.parametrize(
    "title", ["a { b", r"100 % \ & _ # $ ^ ~", "}{", '"quoted"', "{x", "a\x1b[31m\nb"]
)
def test_markup(title: str) -> None:
    """Markup in a title does not break a file, and no escape sequence is written."""
    item = make_item(title=title, author=[{"literal": title}], URL="https://e.org/a_b%20{")
    for style in ("bibtex", "biblatex"):
        assert write_entry(style, item).fields["url"] == "https://e.org/a_b%20%7B"
        assert "\x1b" not in write(style, [item])
    assert write_reference(item)["urls"] == ["https://e.org/a_b%20{"]


@pytest.mark.parametrize(
    ("issued", "bibtex_year", "biblatex_date", "ris_date"),
    [
        ({"date-parts": [[2020]]}, {"year": "2020"}, "2020", "2020///"),
        ({"date-parts": [[2020, 5]]}, {"year": "2020", "month": "May"}, "2020-05", "2020/05//"),
        ({"date-parts": [[2020]], "circa": True}, {"year": "about 2020"}, "2020?", "2020///"),
        (
            {"date-parts": [[2020, 5], [2020, 6]]},
            {"year": "2020", "month": "May–June"},
            "2020-05/2020-06",
            "2020/05//",
        ),
        (
            {"date-parts": [[2019], [2020]]},
            {"year": "2019–2020", "note": "date: 2019/2020"},
            "2019/2020",
            "2019///",
        ),
        (
            {"literal": "2020-01-01/.."},
            {"year": "2020", "note": "date: 2020-01-01/.."},
            "2020-01-01/",
            "2020///",
        ),
        ({"literal": "201X"}, {"note": "date: 201X"}, "201X", None),
        (
            {"date-parts": [[2020, 24]]},
            {"year": "2020", "note": "date: 2020-24"},
            "2020-24",
            "2020///winter",
        ),
        ({"literal": "2020-33"}, {"year": "2020", "note": "date: 2020-33"}, "2020", "2020///"),
        ({"literal": "156X-12-25"}, {"note": "date: 156X-12-25"}, "", None),
    ],
)
def test_dates(
    issued: object, bibtex_year: dict[str, str], biblatex_date: str, ris_date: str | None
) -> None:
    """Each format has as much of a date as it can express."""
    item = make_item(issued=issued)
    fields = write_entry("bibtex", item).fields
    found = {key: fields[key] for key in ("year", "month", "note") if key in fields}
    assert found == bibtex_year
    assert write_entry("biblatex", item).fields.get("date", "") == biblatex_date
    assert write_reference(item).get("date") == ris_date


@pytest.mark.parametrize(
    ("parse", "text", "issued"),
    [
        (parse_ris, "TY  - JOUR\nPY  - 2001/3/4/\nER  - \n", "2001-03-04"),
        (parse_ris, "TY  - JOUR\nDA  - 2001/ 3/\nER  - \n", "2001-03"),
        (parse_bibtex, "@book{a, year = {2001}, month = 3, day = 4}", "2001-03-04"),
        (parse_bibtex, "@book{a, year = {c. 2001}}", "2001?"),
        (parse_bibtex, "@book{a, year = {20015}}", None),
    ],
)
def test_dates_of_others(
    parse: Callable[[str], list[Reference]], text: str, issued: str | None
) -> None:
    """A date as other programs write it becomes EDTF, and a number of five digits is not a year."""
    item = parse(text)[0].item
    assert item is not None
    assert draft_source(item).values.get("issued") == issued


@pytest.mark.parametrize("style", ["bibtex", "biblatex"])
@pytest.mark.parametrize(
    "author",
    [
        "House of Commons, Foreign Affairs Committee, Session 2010, Third Report",
        "Committee, Foreign and Defence",
        "Ministry of Foreign Affairs, Trade and Development",
        "King, Martin Luther, Jr.",
        "van der Berg, Jan",
        "An Institute and Others",
        "others",
        "Q&A {Team}, The_Best",
        "family=Bo, given=Ann",
        "Smith, John, III",
        "a~b \\ c",
        "Ö",
    ],
)
def test_names_come_back(style: str, author: str) -> None:
    """An author with commas, `and` or a suffix is one author, and is read as it was."""
    text = write(style, [make_item(author=[parse_name(author)])])
    assert len(parse_string(text, "bibtex").entries["k"].persons["author"]) == 1
    (found,) = parse_bibtex(text)
    assert found.item is not None
    assert (draft_source(found.item).values["authors"], found.problems) == ([author], ())


def test_a_date_in_edtf_comes_back() -> None:
    """BibLaTeX reads dates literally, so they are not escaped."""
    text = write("biblatex", [make_item(issued=parse_date("1988?/1990~"))])
    assert 'date = "1988?/1990~"' in text


@pytest.mark.parametrize("date", ["2020-01-01/..", "../2020", "2020/", "/2020"])
def test_open_ends_come_back(date: str) -> None:
    """BibLaTeX has one form for an open and an unknown end, so a note tells them apart."""
    (found,) = parse_bibtex(write("biblatex", [make_item(issued=parse_date(date))]))
    assert draft_source(found.item or {}).values["issued"] == date


@pytest.mark.parametrize("style", ["bibtex", "biblatex"])
def test_pandoc_reads_the_same(style: str) -> None:
    """An independent reader finds braces, dashes, outlets with `and`, and the capitals of books."""
    pypandoc = pytest.importorskip("pypandoc")
    item = make_item(
        "chapter",
        title="a {b} c---d",
        publisher="Ministry of Trade and Industry",
        author=[parse_name("Q&A {Team}")],
        **{"container-title": "The Book of New Tests"},
    )
    text = pypandoc.convert_text(write(style, [item]), "csljson", style)
    (found,) = json.loads(text)
    plain = {
        key: re.sub("<[^>]*>", "", value) for key, value in found.items() if isinstance(value, str)
    }
    assert plain["title"] == "a {b} c---d"
    assert plain["publisher"] == "Ministry of Trade and Industry"
    assert plain["container-title"] == "The Book of New Tests"
    assert found["author"] == [{"literal": "Q&A {Team}"}]


def test_seasons_come_back() -> None:
    """CSL-JSON has the number of a season in the place of the month."""
    assert draft_source(make_item(issued=parse_date("2020-24"))).values["issued"] == "2020-24"


def test_languages() -> None:
    """BibLaTeX has the language by its name in babel, if babel knows it."""
    assert write_entry("biblatex", make_item(language="zh-Hant")).fields["langid"] == "chinese"
    assert write_entry("biblatex", make_item(language="ky")).fields["language"] == "ky"
    assert write_entry("bibtex", make_item(language="zh")).fields["language"] == "zh"
