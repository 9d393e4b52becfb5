"""Reports: one page with everything that the views answer, whatever a pack contains."""

from __future__ import annotations

import json
import re
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from bilatcli.citations.styles import split_entries
from bilatcli.render.report.data import ReportData
from report_support import PageElements
from support import Run

# --- data


def make_report(facts: list[dict[str, Any]]) -> ReportData:
    """Return the data of a report on some facts."""
    query: dict[str, Any] = {"countries": [], "filter": None, "as_of": None, "verified": False}
    for number, fact in enumerate(facts):
        fact.setdefault("id", str(number))
    document = {"query": query, "relation": None, "facts": facts, "sources": []}
    return ReportData(
        {"outline": None, "facts": [], "sources": []}, document, names={"IS": "Iceland"}
    )


def list_ids(groups: list[tuple[str, list[Any]]]) -> list[tuple[str, list[str]]]:
    """Return groups of facts with the ids of the facts."""
    return [(heading, [fact["id"] for fact in facts]) for heading, facts in groups]


def test_years() -> None:
    """Years have the dated facts in order, without superseded ones."""
    report = make_report(
        [
            {"date": "2002-03", "as_of": None, "status": "current"},
            {"date": None, "as_of": "2001", "status": "disputed"},
            {"date": "2002-01", "as_of": None, "status": "current"},
            {"date": "2002-02", "as_of": None, "status": "superseded"},
            {"date": None, "as_of": None, "status": "current"},
        ]
    )
    assert list_ids(report.years) == [("2001", ["1"]), ("2002", ["2", "0"])]


def test_uncertain() -> None:
    """Uncertain facts are grouped by the word for it, disputed ones first."""
    report = make_report(
        [
            {"status": "current", "verification": "cited"},
            {"status": "disputed", "verification": "conflicting"},
            {"status": "current", "verification": "single-source-claim"},
        ]
    )
    assert list_ids(report.uncertain) == [
        ("disputed", ["1"]),
        ("conflicting", ["1"]),
        ("single-source-claim", ["2"]),
    ]


def test_figures() -> None:
    """Figures are dated values by measure, in the order of dates."""
    fact = {"date": "2001", "as_of": None, "measure": "trade", "value_usd": 1}
    report = make_report(
        [
            {**fact, "date": "2002"},
            fact,
            {**fact, "measure": "aid"},
            {**fact, "value_usd": None},
            {**fact, "date": None},
            {"date": "2001", "as_of": None},
        ]
    )
    assert list_ids(report.figures) == [("aid", ["2"]), ("trade", ["1", "0"])]


def test_look_ups() -> None:
    """Facts, cells and names are found by their ids and codes."""
    report = make_report([{"sources": ["a"]}])
    assert report.get_fact("0") == {"id": "0", "sources": ["a"]}
    assert report.get_fact("1") is None
    assert report.get_cell("IS", "yaks") is None
    assert (report.get_name("IS"), report.get_name("UN")) == ("Iceland", "UN")
    assert report.facts_citing("a") == report.facts


# --- content


def test_page_has_all_facts(run: Run, az_pk_page: Path) -> None:
    """Every fact is on the page once, with links to its sources and back."""
    document = json.loads(run("facts", "az", "pk", "--all", "--json").out)
    page = PageElements(az_pk_page.read_text("utf-8"))
    ids = page.get_values("id")
    anchors = {fact["id"]: f"f-{fact['id'].replace('/', '-')}" for fact in document["facts"]}
    assert set(anchors.values()) == {id for id in ids if id.startswith("f-")}
    sources = {id for id in ids if id.startswith("s-")}
    assert {f"s-{source['id']}" for source in document["sources"]} <= sources
    assert len(ids) == len(set(ids))
    links = {link[1:] for link in page.get_values("href") if link.startswith("#")}
    assert links <= set(ids)
    assert {anchors[fact["id"]] for fact in document["facts"] if fact["sources"]} <= links
    assert sources <= links


def test_page_has_its_parts(az_pk_page: Path) -> None:
    """The page has its parts in order, each with a heading; no heading skips a level."""
    text = az_pk_page.read_text("utf-8")
    sections = re.findall(r'<section id="([a-z]+)"', text)
    assert sections == [
        "overview",
        "headlines",
        "chains",
        "stances",
        "figures",
        "timeline",
        "uncertain",
        "facts",
        "sources",
    ]
    levels = [int(tag[1]) for tag in PageElements(text).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert text.count("<svg") >= 3


def test_page_is_self_contained(az_pk_page: Path) -> None:
    """The page has no script, picture, style or font from elsewhere."""
    text = az_pk_page.read_text("utf-8")
    page = PageElements(text)
    foreign = {"script", "link", "img", "iframe", "object", "embed", "form"}
    assert foreign.isdisjoint(page.tags)
    assert page.get_values("src") == []
    assert all(link.startswith(("#", "http://", "https://")) for link in page.get_values("href"))
    assert "@import" not in text
    assert not [key for _, attrs in page.elements for key in attrs if key.startswith("on")]


def test_page_without_a_style_lists_sources(az_pk_page: Path) -> None:
    """Without a style a source has its outlet, date and address."""
    text = az_pk_page.read_text("utf-8")
    (item,) = re.findall(r'<li id="s-azernews-200281".*?</li>', text, re.DOTALL)
    assert "<bdi>" in item
    assert "https://" in item


def test_report_of_a_day(run: Run) -> None:
    """A report of an earlier day says so, and has what was known then."""
    day = ("--as-of", "2016-12-31")
    page = run("report", "az", "pk", *day, "-o", "-").out
    assert "State of knowledge on 2016-12-31. Data as of" in page
    known = json.loads(run("facts", "az", "pk", "--all", *day, "--json").out)["facts"]
    assert page.count('<li id="f-') == len(known)


@pytest.mark.parametrize(
    "words", [("pakistan",), ("az", "pk", "tr"), ("az", "pk", "jf-17"), ("fr", "de")]
)
def test_report_on_other_questions(run: Run, words: tuple[str, ...]) -> None:
    """A report may be on one country, three, a filter or a generated outline."""
    result = run("report", *words, "-o", "-")
    assert (result.code, result.err) == (0, "")
    count = len(json.loads(run("facts", *words, "--all", "--json").out)["facts"])
    assert result.out.count('<li id="f-') == count


def test_report_on_an_outline(run: Run) -> None:
    """A pair without facts has a report of its outline."""
    result = run("report", "fiji", "peru", "--format", "markdown", "-o", "-")
    assert result.code == 0
    assert "No curated facts; the overview is generated." in result.out
    assert "Capitals Suva–Lima" in result.out


def test_markdown_has_no_empty_overview(run: Run) -> None:
    """A report on one country has no overview, so it has no heading for one."""
    page = run("report", "fiji", "--format", "markdown", "-o", "-").out
    assert page.startswith("# Fiji\n")
    assert "## Overview" not in page


def test_nothing_found(run: Run, tmp_path: Path) -> None:
    """If no fact remains, nothing is written and the exit code is 1."""
    target = tmp_path / "none.html"
    result = run("report", "az", "pk", "jf-17", "--as-of", "1993", "--verified", "-o", str(target))
    assert (result.code, result.out) == (1, "")
    assert result.err
    assert not target.exists()


# --- the command


def test_output(run: Run, tmp_path: Path) -> None:
    """The extension decides the format; a file is overwritten only with `--force`."""
    target = tmp_path / "page.md"
    command = ("report", "az", "pk", "-o", str(target))
    result = run(*command)
    assert (result.code, result.out) == (0, "")
    assert result.err == f"bilatcli: wrote 295 facts on Azerbaijan–Pakistan to {target}\n"
    assert target.read_text("utf-8").startswith("# Azerbaijan–Pakistan\n")
    assert run(*command).code == 2
    assert run(*command, "--force").code == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("-o", "page.doc"), "unsupported report format: .doc"),
        (("-o", "a.md", "--format", "html"), "the extension of `a.md` contradicts --format html"),
        (("-o", "-", "--style", "bibtex"), "`bibtex` is not a bibliography style"),
        (("-o", "-", "--style", "aap"), ""),
    ],
)
def test_bad_options(run: Run, options: tuple[str, ...], message: str) -> None:
    """A bad option is an error in one line, and nothing is written."""
    result = run("report", "az", "pk", *options)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"bilatcli: {message}")
    assert result.err.count("\n") == 1


@pytest.mark.parametrize(("library", "name"), [("jinja2", "Jinja2"), ("vl_convert", "vl-convert")])
def test_without_the_extra(
    run: Run, monkeypatch: pytest.MonkeyPatch, library: str, name: str
) -> None:
    """Without its libraries the command says what to install."""
    monkeypatch.setitem(sys.modules, library, None)
    result = run("report", "az", "pk", "-o", "-")
    assert (result.code, result.out) == (2, "")
    assert re.fullmatch(
        rf"bilatcli: [^\n]*{name}[^\n]*`pip install 'bilatcli\[report\]'`\n", result.err
    )


# --- bibliographies


@pytest.mark.usefixtures("installed_styles")
@pytest.mark.parametrize("style", ["apa", "ieee", "chicago-author-date"])
def test_html_bibliography(run: Run, style: str) -> None:
    """Each source has its entry in the style, in the order of the style."""
    words = ("az", "pk", "jf-17")
    page = run("report", *words, "--style", style, "-o", "-")
    assert (page.code, page.err) == (0, "")
    ids = re.findall(r'<li id="s-([^"]+)"', page.out)
    bibliography = run("cite", *words, "--all", "--style", style, "--format", "html").out
    order = [id for id in split_entries(bibliography) if id in ids]
    if style == "ieee":  # It numbers sources in the order in which they are first cited.
        order = re.findall(r'<li id="s-([^"]+)"', run("report", *words, "-o", "-").out)
    assert [id for id in ids if id in order] == order
    for source in json.loads(run("cite", *words, "--all", "--json").out)["sources"]:
        start = page.out.index(f'id="s-{source["id"]}"')
        words_of_title = re.findall(r"[A-Za-z]{5,}", source["title"])[:2]
        entry = page.out[start : start + 900].lower()
        assert all(word.lower() in entry for word in words_of_title), source["id"]


@pytest.mark.usefixtures("installed_styles")
def test_markdown_bibliography(run: Run) -> None:
    """Each source has its entry as a footnote."""
    words = ("az", "pk", "jf-17")
    page = run("report", *words, "--style", "apa", "--format", "markdown", "-o", "-")
    assert (page.code, page.err) == (0, "")
    sources = json.loads(run("cite", *words, "--all", "--json").out)["sources"]
    footnotes = dict(re.findall(r"^\[\^([^\]]+)\]: (.*)$", page.out, re.MULTILINE))
    assert {source["id"] for source in sources} <= footnotes.keys()


# --- Markdown


def test_markdown_has_its_footnotes(run: Run) -> None:
    """Every footnote that is cited is there, and no others."""
    text = run("report", "az", "pk", "--format", "markdown", "-o", "-").out
    cited = set(re.findall(r"\[\^([a-z0-9-]+)\](?!:)", text))
    footnotes = set(re.findall(r"^\[\^([a-z0-9-]+)\]:", text, re.MULTILINE))
    assert cited == footnotes
    html = MarkdownIt("gfm-like", {"linkify": False}).use(footnote_plugin).render(text)
    assert html.count('class="footnote-item"') == len(footnotes)
    assert "[^" not in html
    assert html.count("<table>") == 4


def test_hostile_markdown(run: Run, hostile_report_pack: str) -> None:
    """No text of a pack becomes an element, a link or a table."""
    options = ("--data", hostile_report_pack, "--format", "markdown", "-o", "-")
    text = run("report", "fj", "pe", *options).out
    markdown = MarkdownIt("gfm-like", {"linkify": False, "html": True}).use(footnote_plugin)
    html = markdown.render(text)
    page = PageElements(html)
    assert {"script", "img", "iframe", "style", "b", "i", "code"}.isdisjoint(page.tags)
    assert "javascript:" not in "".join(page.get_values("href"))
    assert "\u202e" not in text
    assert "&lt;script&gt;boom()&lt;/script&gt;" in html


@pytest.mark.usefixtures("installed_styles")
@pytest.mark.parametrize("style", [None, "apa"])
def test_hostile_page(run: Run, hostile_report_pack: str, style: str | None) -> None:
    """No text of a pack becomes an element or a handler of the page."""
    options = ("--data", hostile_report_pack, *(("--style", style) if style else ()))
    result = run("report", "fj", "pe", *options, "-o", "-")
    assert result.code == 0
    page = PageElements(result.out)
    assert {"script", "img", "iframe"}.isdisjoint(page.tags)
    assert page.tags.count("style") == 2
    assert not [key for _, attrs in page.elements for key in attrs if key.startswith("on")]
    assert "&lt;script&gt;boom()&lt;/script&gt;" in result.out
