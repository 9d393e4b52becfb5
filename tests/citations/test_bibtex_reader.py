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
        (r"mass $E=mc^2$ and $1", "mass E=mc² and $1"),
        (r"Cu$_2$O at $20\,^\circ\mathrm{C}$, a 5$^{th}$ of $\mu$m", "Cu₂O at 20 °C, a 5th of μm"),
        (r"$K_{3,3}$ in $O(n \log n)$, \(\frac{a}{b}\)$\leq$1", "K_(3,3) in O(n log n), a/b≤1"),
        (
            r"from $5 million to $6 million, US$7--US$8, NZ$ 9",
            "from $5 million to $6 million, US$7–US$8, NZ$ 9",
        ),
        (r"a\^{}b\~{}c \textasciicircum{} \textasciitilde{} (\^) \~", "a^b~c ^ ~ (^) ~"),
        (r"P$_{max}$ and x$_i$", "Pmax and x_i"),
        (r"\noopsort{1}{\relax Th}e {\bfseries B}", "The B"),
        ("Pa{\\i}\u0308doussis", "Païdoussis"),
        (r"\url{https://e.org/~a--b_c}", "https://e.org/~a--b_c"),
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
        (r"\'O S\'uilleabh\'ain, L. and \"Unal, B.", ["Ó Súilleabháin, L.", "Ünal, B."]),
        (r"Pe\~na, R. and Ge\~{n}a Hahn", ["Peña, R.", "Hahn, Geña"]),
        (r"Dezs\H o Nagy and Bo, {\relax Ph}ilippe", ["Nagy, Dezső", "Bo, Philippe"]),
        (r"\noopsort{Hakim}al-Hakim, T.", ["al-Hakim, T."]),
        ("family=Bo, given=Philippe, given-i={Ph}, suffix=Jr.", ["Bo, Philippe, Jr."]),
        ("useprefix=true, prefix=von, family={Rabble, R}, given=R.", ["von Rabble, R, R."]),
        ("useprefix=false and Cy, D.", ["Cy, D."]),
        (
            "Martin Luther King Jr. and John Smith III",
            ["King, Martin Luther, Jr.", "Smith, John, III"],
        ),
        ("Martin Luther King, Jr.", ["King, Martin Luther, Jr."]),
        ("King, Martin Luther, Jr.", ["King, Martin Luther, Jr."]),
        ("Elizabeth II and {Smith, Jr. and Sons}", ["Elizabeth II", "Smith, Jr. and Sons"]),
        ("Shi, % the first\n Fazhan", ["Shi, Fazhan"]),
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


def test_a_broken_command_in_a_name() -> None:
    """A command without its argument spoils one name only."""
    values, _ = read(r"title = {T}, author = {So{$\not$}rensen, C. B. and Bo, Ann and Cy, D.}")
    first, *others = values["authors"]
    assert first.endswith("rensen, C. B.")
    assert others == ["Bo, Ann", "Cy, D."]


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
        ("date = {2013-5-6}", "2013-05-06"),
        ("date = {199u}", "199X"),
        ("date = {2004-06-01/unknown}", "2004-06-01/"),
        ("date = {1723?~}", "1723%"),
        ("year = {2012}, month = {12}, day = {1--3}", "2012-12-01/2012-12-03"),
        ("year = {2012}, month = {5--7 March}", "2012-03-05/2012-03-07"),
        ("year = {2012}, month = {28 February -- 3 March}", "2012-02-28/2012-03-03"),
        ('year = 2007, month = sep # "~22--26"', "2007-09-22/2007-09-26"),
        ("year = {2012}, month = {Ekim}", "2012-10"),
        ("year = {2012}, month = okt", "2012-10"),
        ("year = {2012}, month = {März}", "2012-03"),
        ("year = {2012}, month = {-1}", "2012"),
        ("year = {2012}, month = {0}", "2012"),
        ("year = {2012/13}", "2012/2013"),
        ("year = {2012a}", "2012"),
        ("year = {2012}, month = feb, day = {30}", "2012-02"),
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
    assert read("title = {T}, date = {-0333}")[0].get("issued") is None


def test_what_a_date_loses() -> None:
    """A month that is not one, and the time of a day, are noted."""
    for month in ("Brumaire", "Dec.–Jan."):
        values, problems = read(f"title = {{T}}, year = 2012, month = {{{month}}}")
        assert (values["issued"], problems) == ("2012", [f"the month `{month}` is left out"])
    values, problems = read("title = {T}, date = {2016-06-06T15:26:37+1000}")
    assert values["issued"] == "2016-06-06"
    assert problems == ["the date `2016-06-06T15:26:37+1000` is read as 2016-06-06"]


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
        (r"doi = {10/fg6rf9}", "https://doi.org/10/fg6rf9"),
        (r"note = {Available at: \url{https://e.org/~a--b\_c\%20d}}", "https://e.org/~a--b_c%20d"),
        (r"note = {DOI: 10.1000/xyz}", "https://doi.org/10.1000/xyz"),
        (r"url = {https://e.org/a; https://e.org/b}", "https://e.org/a"),
        (r"eprint = {arXiv:1234.5678}, archiveprefix = {arXiv}", "https://arxiv.org/abs/1234.5678"),
        (r"eprint = {123}, eprinttype = {jstor}", "https://www.jstor.org/stable/123"),
    ],
)
def test_addresses(fields: str, url: str) -> None:
    """An address is without LaTeX, in whatever field it is."""
    assert read(f"title = {{T}}, {fields}", "misc")[0]["url"] == url


def test_howpublished_beside_an_address() -> None:
    """An address in `howpublished` is never the publisher."""
    for address, count in (("https://e.org/a", 0), ("https://e.org/b", 1)):
        values, found = read(
            f"title = {{T}}, url = {{https://e.org/a}}, howpublished = {{{address}}}"
        )
        assert (values["url"], "publisher" in values) == ("https://e.org/a", False)
        assert len(found) == count


def test_howpublished_without_an_address() -> None:
    """How something was published is its publisher."""
    assert read("title = {T}, howpublished = {Leaflet}", "misc")[0]["publisher"] == "Leaflet"


def test_note_with_an_address_among_others() -> None:
    """An address in a note is that of the work only if the note is nothing else."""
    values, _ = read(r"title = {T}, note = {Reviewed at \url{https://e.org/review}, 2001}")
    assert "url" not in values


@pytest.mark.parametrize(
    ("fields", "values"),
    [
        ("title = {T}, subtitle = {A history}", {"title": "T: A history"}),
        ("title = {What?}, subtitle = {A history}", {"title": "What? A history"}),
        (
            "title = {T}, journaltitle = {J}, journalsubtitle = {Of tests}",
            {"title": "T", "publisher": "J: Of tests"},
        ),
    ],
)
def test_subtitles(fields: str, values: dict[str, str]) -> None:
    """A subtitle belongs to its title."""
    assert read(fields) == ({"type": "article-journal", **values}, [])
