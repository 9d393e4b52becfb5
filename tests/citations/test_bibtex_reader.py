"""BibTeX of other programs: markup, names, dates, addresses, abbreviations, and errors."""

from __future__ import annotations

from typing import Any

import pytest

from bilatcli.citations.bibtex_reader import parse_bibtex
from bilatcli.citations.latex import latex_to_text
from bilatcli.citations.reader import draft_source


def read(fields: str, type: str = "article") -> tuple[dict[str, Any], list[str]]:
    """Return the values of an entry as a source, and what could not be read of it."""
    (found,) = parse_bibtex(f"@{type}{{k, {fields}}}")
    assert found.item is not None
    return draft_source(found.item).values, list(found.problems)


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"Garc{\'{\i}}a, Per{\'\i}, Jos{\'i}", "García, Perí, Josí"),
        (r"P{\^{\i}}rvu {\.I}zmir d{\i}", "Pîrvu İzmir dı"),  # noqa: RUF001
        (r"Nguy{\~{\^e}}n Th{\d{i}}", "Nguyễn Thị"),
        (r"Haji\v c and Micha\l{} Wo\'zniak", "Hajič and Michał Woźniak"),
        (r"{\c{c}}{\c s}\u{g}\H{o}\k{a}\r a\={a}{\ocirc{u}}", "çşğőąåāů"),
        (r"{\O}{\o}{\AA}{\ae}{\ss}{\dh}{\th}", "ØøÅæßðþ"),
        (
            r"Heyd\textschwa{}r {\textschwa}li D\textquotesingle{}aspremont",
            "Heydər əli D'aspremont",
        ),
        (
            r"The 20\textsuperscript{th} \emph{Baku} {\em war} \textit{\textbf{b}}",
            "The 20th Baku war b",
        ),
        (r"\mkbibemph{A} \enquote{b \emph{c}} H\textsubscript{2}O", "A “b c” H2O"),
        (
            r"\href{https://example.org/a}{Linked} \url{https://example.org/a_b}",
            "Linked https://example.org/a_b",
        ),
        (r"\{a\} 50\% of \$1 \& \_x \#2 {\textbackslash}n", r"{a} 50% of $1 & _x #2 \n"),
        (r"50 % & more", "50 % & more"),
        (r"1990--1994 ``a'' --- b~c\ d", "1990–1994 “a” — b c d"),
        (r"mass $E=mc^2$ and $1", "mass $E=mc^2$ and $1"),
        (r"{{A} {B}}c", "A Bc"),
        ("a\n   b\t c", "a b c"),
        (r"{\textquoteright}s \ldots{} \copyright", "’s … ©"),
        (r"hy\-phen a\/b", "hyphen ab"),
    ],
)
def test_latex(latex: str, text: str) -> None:
    """The letters and symbols of LaTeX are read, and its commands leave their text."""
    assert latex_to_text(latex) == text


def test_unknown_commands() -> None:
    """A command that is not known leaves its text, and is noted once."""
    values, problems = read(r"title = {\foo{A} \foo b}, note = {\baz}")
    assert (values["title"], sorted(problems)) == (
        "A b",
        [r"the command `\baz` is not known", r"the command `\foo` is not known"],
    )


@pytest.mark.parametrize("latex", ["{", "}", "\\", "a\\", "\\href{a}", "\\verb|", "$", "{" * 9000])
def test_latex_with_errors(latex: str) -> None:
    """Broken LaTeX loses no letters, and does not fail."""
    assert latex_to_text(f"{latex} Baku").endswith("Baku")


@pytest.mark.parametrize(
    ("names", "authors"),
    [
        ("Ann Bo and {An Institute and Others}", ["Bo, Ann", "An Institute and Others"]),
        ("van der Berg, Jan and Jan van der Berg", ["van der Berg, Jan"]),
        ("King, Jr., Martin Luther", ["King, Martin Luther, Jr."]),
        (
            "{House of Commons, Foreign Affairs Committee}",
            ["House of Commons, Foreign Affairs Committee"],
        ),
        ("family=Montclair, given=Henri, prefix=de, useprefix=false", ["de Montclair, Henri"]),
        ("given=Anna, family=Bo and Cy, D.", ["Bo, Anna", "Cy, D."]),
        ("Garc{\\'{\\i}}a, Ana", ["García, Ana"]),
        ("Al-Farabi and\nIbn Sina", ["Al-Farabi", "Sina, Ibn"]),
        ("{\\'E}. Zola", ["Zola, É."]),
    ],
)
def test_names(names: str, authors: list[str]) -> None:
    """Names are read in every form that BibTeX and BibLaTeX have."""
    values, problems = read(f"title = {{T}}, author = {{{names}}}")
    assert (values["authors"], problems) == (authors, [])


def test_a_name_with_too_many_commas() -> None:
    """No part of a malformed name is lost, and it is noted."""
    values, problems = read("title = {T}, author = {Hunt, Warren A., Jr, undefined}")
    (author,) = values["authors"]
    assert sorted(author.replace(",", "").split()) == ["A.", "Hunt", "Jr", "Warren", "undefined"]
    assert problems == ["`Hunt, Warren A., Jr, undefined` in `author` is not a name in BibTeX"]


def test_others() -> None:
    """`and others` is not an author, and this is noted."""
    values, problems = read("title = {T}, author = {Ann Bo and others}")
    assert values["authors"] == ["Bo, Ann"]
    assert problems == ["`and others` is left out of `author`"]


@pytest.mark.parametrize(
    ("fields", "issued"),
    [
        ("year = 2013, month = {03}", "2013-03"),
        ("year = 2013, month = 3, day = 4", "2013-03-04"),
        ("year = 2013, month = mar", "2013-03"),
        ('year = 2013, month = mar # "~5"', "2013-03-05"),
        ("year = {2012}, month = {July--August}", "2012-07/2012-08"),
        ("year = {2012}, month = {July/August}", "2012-07/2012-08"),
        ("year = {2012}, month = {Sept.}", "2012-09"),
        ("year = {2013}, month = {5 March}", "2013-03-05"),
        ("year = {2013}, month = {March 5}", "2013-03-05"),
        ("year = {2012--2014}", "2012/2014"),
        ("year = {2012-2014}", "2012/2014"),
        ("year = {2013}, month = {Spring}", "2013-21"),
        ("year = {2013}, month = {fall}", "2013-23"),
        ("year = {2013}, month = {13}", "2013"),
        ("year = {c. 2013}", "2013?"),
        ("date = {2013-05-06/2013-05-07}", "2013-05-06/2013-05-07"),
        ("date = {1988?/1990~}", "1988?/1990~"),
        ("date = {2013--2014}", "2013/2014"),
    ],
)
def test_dates(fields: str, issued: str) -> None:
    """A date is as exact as the entry has it."""
    assert read(f"title = {{T}}, {fields}") == (
        {"type": "article-journal", "title": "T", "issued": issued},
        [],
    )


def test_a_date_that_is_none() -> None:
    """If `date` is not a date, the year is used, and this is noted."""
    values, problems = read("title = {T}, date = {forthcoming}, year = {1999}")
    assert values["issued"] == "1999"
    assert problems == ["`date` is left out: `forthcoming` is not a date"]


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        (r"url = {https://example.org/a\_b\%20c\&d\#e}", "https://example.org/a_b%20c&d#e"),
        (r"url = {\url{https://example.org/a_b}}", "https://example.org/a_b"),
        (r"url = {https://example.org/\~{}anna}", "https://example.org/~anna"),
        (r"url = {<https://example.org/a>}", "https://example.org/a"),
        (r"howpublished = {\url{https://example.org/how}}", "https://example.org/how"),
        (r"howpublished = {Available at \url{https://example.org/how}}", "https://example.org/how"),
        (r"howpublished = {\href {https://e.org/a} {\texttt{x}}}", "https://e.org/a"),
        (r"howpublished = {https://example.org/bare}", "https://example.org/bare"),
        (r"doi = {10.1000/a\_b}", "https://doi.org/10.1000/a_b"),
        (r"doi = {https://doi.org/10.1000/xyz}", "https://doi.org/10.1000/xyz"),
        (r"url = {doi:10.1000/xyz}", "https://doi.org/10.1000/xyz"),
    ],
)
def test_addresses(fields: str, url: str) -> None:
    """An address is without LaTeX, in whatever field it is."""
    assert read(f"title = {{T}}, {fields}", "misc")[0]["url"] == url


def test_howpublished_without_an_address() -> None:
    """How something was published is its publisher."""
    assert read("title = {T}, howpublished = {Leaflet}", "misc")[0]["publisher"] == "Leaflet"


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
