"""The entries of BibTeX files: errors, abbreviations, and what they inherit."""

from __future__ import annotations

from bilatcli.citations.bibtex_reader import parse_bibtex
from bilatcli.citations.reader import draft_source

REPAIRED = """
@article{
  title = {No key}, year = 2001}
@article{nocomma
  title = {No comma after the key}, year = 2002}
@article{double, title = {Two commas}, , year = 2003,, journal = {J}}
@article{between, title = {No comma between}
  author = {Bo, Ann} year = 2004 month = jan, journal = {J}}
@article{comments, % with = and { and "
  title = {Comments: 50 % of}, % "quoted"
  % left = {out}
  year = 2005}
@article{bracket, title = {Other bracket}, year = 2006
)
@article{last, title = {Last}, year = 2007}
"""


def test_entries_with_small_errors() -> None:
    """An entry whose key or comma is missing, or that has comments, is read, and this is noted."""
    found = parse_bibtex(REPAIRED)
    read = {each.line: draft_source(each.item or {}).values for each in found}
    assert [(line, each["title"], each["issued"]) for line, each in read.items()] == [
        (2, "No key", "2001"),
        (4, "No comma after the key", "2002"),
        (6, "Two commas", "2003"),
        (7, "No comma between", "2004-01"),
        (9, "Comments: 50 % of", "2005"),
        (13, "Other bracket", "2006"),
        (15, "Last", "2007"),
    ]
    assert read[7]["authors"] == ["Bo, Ann"]
    assert [bool(each.problems) for each in found] == [*[True] * 6, False]


ENTRIES = """
@string{gaz = "The " # name}
@string{name = {Gazette}}
@article{one, title = {One}, journal = gaz, year = 2001}
@article{, title = {No key}, journal = {J}, year = 2002}
@article{, title = {No key either}, journal = {J}, year = 2003}
@article{two, title = {Two}, title = {Zwei}, journal = unknown # { Review}}
@comment{@article{not, title = {Not}}}
@article{broken, title = {Never closed, year = 2001

@article(round, title = "In round {"}brackets{"}", year = 2004)
@article{one, title = {One again}, year = 2005}
Free text between entries is a comment, a@b.c too.
@misc{bare}
"""


def test_entries() -> None:
    """One entry in error is a problem with its line, and the others are read."""
    found = parse_bibtex(ENTRIES)
    read = [(each.line, (each.item or {}).get("title"), each.problems) for each in found]
    assert [(line, title) for line, title, _ in read] == [
        (4, "One"),
        (5, "No key"),
        (6, "No key either"),
        (7, "Two"),
        (9, None),
        (11, 'In round "brackets"'),
        (12, "One again"),
        (14, None),
    ]
    assert read[3][2] == (
        "`title` is given twice, so the first one is kept",
        "`journal`: the abbreviation `unknown` is not defined",
    )
    assert read[4][2]
    assert found[3].item is not None
    assert found[3].item["container-title"] == "Review"


def test_abbreviations() -> None:
    """An abbreviation may use earlier ones; its name has no case."""
    text = '@string{A = "The "}@STRING(b = a # {Gazette})@article{k, journal = B, month = JAN}'
    (found,) = parse_bibtex(text)
    assert found.item is not None
    assert (found.item["container-title"], found.problems) == ("The Gazette", ())


def test_crossref() -> None:
    """A part takes what it lacks from its book, whose title becomes that of the container."""
    text = """
    @inproceedings{Part, title = {Part}, author = {A, B}, crossref = {Whole}}
    @proceedings{whole, title = {Whole}, year = 2006, month = oct, publisher = {Press}}
    @inbook{lost, title = {Lost}, crossref = {gone}}
    @book{circle, title = {Circle}, crossref = {circle}}
    """
    part, _, lost, circle = (
        (draft_source(each.item or {}).values, each.problems) for each in parse_bibtex(text)
    )
    assert part[0]["issued"] == "2006-10"
    assert (part[0]["publisher"], part[0]["title"]) == ("Press", "Part")
    assert lost[1] == ("`crossref` is left out: the file has no entry `gone`",)
    assert circle[1] == ()


def test_crossref_of_biblatex() -> None:
    """Titles become those of the container by its type, through several entries."""
    text = """
    @article{piece, title = {Piece}, year = 2007, crossref = {issue}}
    @periodical{issue, title = {Journal}, subtitle = {Of Tests}, date = {2007-12}}
    @inbook{play, title = {Play}, crossref = {volume}}
    @book{volume, title = {Tragedies}, subtitle = {Third}, year = 1975, crossref = {works}}
    @mvbook{works, author = {Shakespeare}, title = {Works}, publisher = {Press}, date = {1970/1980}}
    @inproceedings{talk, title = {Talk}, crossref = {meeting}}
    @proceedings{meeting, title = {Meeting (Book)}, booktitle = {Meeting}, year = 2008}
    """
    piece, _, play, volume, _, talk, _ = (
        draft_source(each.item or {}).values for each in parse_bibtex(text)
    )
    assert (piece["publisher"], piece["issued"]) == ("Journal: Of Tests", "2007")
    assert (play["publisher"], play["authors"]) == ("Press", ["Shakespeare"])
    assert (play["title"], play["issued"]) == ("Play", "1975")
    book = (parse_bibtex(text)[2].item or {})["container-title"]
    assert book == "Tragedies: Third"
    assert (volume["publisher"], volume["title"]) == ("Press", "Tragedies: Third")
    assert talk["publisher"] == "Meeting"


def test_xdata() -> None:
    """An entry takes what it lacks from its data entries, which may do the same."""
    text = """
    @xdata{press, ids = {press-alias}, publisher = {Press}, xdata = {circle}}
    @xdata{circle, note = {N}, xdata = {press}}
    @book{book, title = {Book}, year = 2001, xdata = {press-alias, gone}}
    """
    *_, book = parse_bibtex(text)
    assert draft_source(book.item or {}).values["publisher"] == "Press"
    assert book.problems == ("`xdata` is left out: the file has no entry `gone`",)
