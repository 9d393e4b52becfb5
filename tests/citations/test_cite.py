"""`bilatcli cite`: by countries, by ids, by ids from a pipe, in every style."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import rispy
from pybtex.database import parse_string

from bilatcli.query.options import COMMON_STYLES, EXCHANGE_STYLES
from support import DATA, Result, Run

SMALL = str(DATA / "small.toml")
PAIR = ("is", "mn")
needs_styles = pytest.mark.usefixtures("installed_styles")

Cite = Callable[..., Result]


@pytest.fixture
def cite(run: Run) -> Cite:
    """Return a function that cites with the small pack."""

    def call(*arguments: str, stdin: str = "", env: dict[str, str] | None = None) -> Result:
        return run("cite", *arguments, "--data", SMALL, env=env, stdin=stdin)

    return call


def bibtex_entries(text: str) -> Any:
    """Return the entries of a .bib file as pybtex reads them."""
    return parse_string(text, "bibtex").entries


# --- exchange formats


def test_bibtex(cite: Cite) -> None:
    """A newspaper article has all its fields in BibTeX."""
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
    """BibLaTeX has dates in EDTF and its own types."""
    found = bibtex_entries(cite(*PAIR, "--style", "biblatex").out)
    dates = {key: entry.fields.get("date") for key, entry in found.items()}
    assert dates["jonsdottir2001"] == "2001-02-03"
    assert dates["yearbook2010"] == "2010?"
    assert dates["urdudaily2012"] == "2012-05/2012-06"
    assert found["urdudaily2012"].type == "online"
    assert found["urdudaily2012"].fields["organization"] == "آزمائشی اخبار"


def test_ris(cite: Cite) -> None:
    """RIS has all fields of the sources, and facts without a source are named."""
    result = cite(*PAIR, "--style", "ris")
    found = {each["id"]: each for each in rispy.loads(result.out)}
    assert found["jonsdottir2001"]["authors"] == ["Jónsdóttir, Anna", "An Institute"]
    assert found["urdudaily2012"]["notes"] == ["date: 2012-05/2012-06"]
    assert "is-mn/blankets" in result.err


def test_csl_json(cite: Cite) -> None:
    """CSL-JSON is the array of the document's sources, under the keys that BibTeX has."""
    document = json.loads(cite(*PAIR, "--json").out)
    keys = set(bibtex_entries(cite(*PAIR, "--style", "bibtex").out))
    for more in ((), ("--json",)):
        items = json.loads(cite(*PAIR, "--style", "csl-json", *more).out)
        assert {item["id"] for item in items} == keys
        own = [{**item, "id": item["custom"].pop("source")} for item in items]
        assert own == document["sources"]


def test_keys_are_the_same_in_every_answer(run: Run) -> None:
    """A source has one key, whether a country is cited or one fact."""

    def keys_by_url(*words: str) -> dict[str, str]:
        entries = bibtex_entries(run("cite", *words, "--style", "bibtex").out)
        return {entry.fields["url"]: key for key, entry in entries.items()}

    every = keys_by_url("az", "--all")
    for fact in ("az-pk/jf17-order-2024", "az-pk/recognition-1991"):
        found = keys_by_url(fact)
        assert found
        assert found.items() <= every.items()


# --- ids


def test_several_ids(cite: Cite) -> None:
    """Sources of several records come in the order of first use. An unknown id is named."""
    ids = ("urdu-daily", "is-mn/recognised-1973", "is-mn/nonsense", "is-mn/embassy")
    result = cite(*ids, "--json")
    document = json.loads(result.out)
    sources = [each["id"] for each in document["sources"]]
    assert sources == ["urdu-daily", "gazette-1", "yearbook-2010"]
    assert {"is-mn/recognised-1973", "is-mn/embassy"} <= {each["id"] for each in document["facts"]}
    assert (result.code, result.err.count("\n")) == (0, 1)
    assert "`is-mn/nonsense`" in result.err


def test_ids_from_a_pipe(run: Run, cite: Cite) -> None:
    """The ids of one answer are cited by the next. A header is skipped."""
    ids = run("facts", *PAIR, "--fields", "id", "--data", SMALL).out
    assert ids.splitlines()[0] == "id"
    piped = cite("-", "--style", "bibtex", stdin=ids)
    direct = cite(*ids.split()[1:], "--style", "bibtex")
    assert (piped.code, piped.out) == (0, direct.out)


def test_many_ids_from_a_pipe(run: Run) -> None:
    """More than a hundred ids are cited at once."""
    ids = run("facts", "az", "pk", "--fields", "id").out
    sources = json.loads(run("facts", "az", "pk", "--json").out)["sources"]
    cited = json.loads(run("cite", "-", "--json", stdin=ids).out)["sources"]
    assert len(ids.split()) > 100
    assert len(cited) > 100
    assert {each["id"] for each in cited} <= {each["id"] for each in sources}


@pytest.mark.parametrize("stdin", ["", "id\n", "\n\n"])
def test_no_ids_in_the_pipe(cite: Cite, stdin: str) -> None:
    """An empty pipe gives an empty answer with a message."""
    result = cite("-", "--style", "bibtex", stdin=stdin)
    assert (result.code, result.out, result.err.count("\n")) == (1, "", 1)


def test_unknown_ids(cite: Cite) -> None:
    """If no id is known, similar ids are suggested."""
    for result in (cite("-", stdin="is-mn/embasy\nzzz\n"), cite("is-mn/embasy", "zzz")):
        assert (result.code, result.out) == (1, "")
        assert re.search("`is-mn/embasy`, `zzz`.* did you mean ", result.err)


# --- usage errors


@pytest.mark.parametrize(
    "options",
    [
        ("--style", "bibtex", "--json"),
        ("--style", "apa", "--format", "json"),
        ("--style", "ris", "--format", "markdown"),
        ("--style", "apa", "--format", "tsv"),
        ("--style", "apa", "--format", "table"),
        ("--style", "ris", "--fields", "id"),
        ("--format", "html"),
        ("--citations", "pandoc"),
    ],
)
def test_usage_errors(cite: Cite, options: tuple[str, ...]) -> None:
    """Options that contradict each other are reported in one line."""
    result = cite(*PAIR, *options)
    assert (result.code, result.err.count("\n")) == (2, 1)


def test_batch_has_no_styles(run: Run) -> None:
    """`batch` prints documents only."""
    result = run("batch", stdin="cite az-pk/recognition-1991 --style ris\n")
    error = json.loads(result.out)["error"]
    assert error["kind"] == "usage"
    assert "style" in error["message"]


# --- published styles


@needs_styles
@pytest.mark.parametrize("style", ["apa", "mla", "ieee"])
def test_style(cite: Cite, style: str) -> None:
    """Sources in any script are formatted in a style by its id."""
    result = cite("is-mn/recognised-1973", "--style", style)
    assert (result.code, result.err) == (0, "")
    assert "Jónsdóttir" in result.out
    assert "冰岛与蒙古的测试记录" in result.out


@needs_styles
def test_list_of_styles(cite: Cite) -> None:
    """`--style list` has the exchange formats and every style by its id."""
    listed = cite("--style", "list").out.split()
    assert tuple(listed[: len(EXCHANGE_STYLES)]) == EXCHANGE_STYLES
    assert {style for style in COMMON_STYLES if style != "mla"} <= set(listed)


@pytest.mark.parametrize("options", [("--format", "table"), ("--format", "markdown")])
def test_facts_without_a_source(cite: Cite, options: tuple[str, ...]) -> None:
    """A bibliography ends with the facts that have no source."""
    last = cite(*PAIR, *options).out.splitlines()[-1]
    assert "no source: is-mn/blankets" in re.sub(r"\\", "", last)


@needs_styles
@pytest.mark.parametrize(("format", "end"), [("text", ""), ("markdown", ""), ("html", "</p>")])
def test_facts_without_a_source_in_a_style(cite: Cite, format: str, end: str) -> None:
    """A bibliography in a style ends with them too."""
    result = cite(*PAIR, "--style", "apa", "--format", format)
    assert result.out.splitlines()[-1].endswith(f"no source: is-mn/blankets{end}")
    alone = cite("is-mn/blankets", "--style", "apa")
    assert (alone.code, alone.out.count("\n")) == (1, 1)


# --- archived copies


def test_archived_copies(run: Run) -> None:
    """An archived copy is in every format, with the day of the copy."""
    pack = str(DATA / "sources.toml")
    url = "https://web.archive.org/web/2002/https://example.org/gone?a={b}"
    escaped = url.replace("{", "%7B").replace("}", "%7D")

    def cite(*options: str) -> str:
        result = run("cite", "gone", "--data", pack, *options)
        assert (result.code, result.err) == (0, "")
        return result.out

    item = json.loads(cite("--style", "csl-json"))[0]
    assert (item["archive"], item["archive_location"]) == ("web.archive.org", url)
    # Within an argument of LaTeX, a per cent sign needs a backslash.
    note = rf"archived 2002-03-04 at \url{{{escaped}}}".replace("%", r"\%")
    for style, field in (("bibtex", "note"), ("biblatex", "addendum")):
        fields = bibtex_entries(cite("--style", style))["asite2001"].fields
        assert fields[field] == note
    assert rispy.loads(cite("--style", "ris"))[0]["unknown_tag"]["AV"] == [url]
    assert f"archived 2002-03-04: {url}" in cite("--format", "table")
    assert f"(archived 2002-03-04: <{escaped}>)" in cite("--format", "markdown")


# --- Markdown for pandoc


@needs_styles
def test_citations_for_pandoc(run: Run, cite: Cite, tmp_path: Path) -> None:
    """The keys in Markdown for pandoc are in the bibliography of the same pair."""
    import pypandoc

    bibliography = tmp_path / "refs.bib"
    bibliography.write_text(cite(*PAIR, "--style", "bibtex").out, encoding="utf-8")
    options = ("--all", "--format", "markdown", "--citations", "pandoc")
    text = run("facts", *PAIR, *options, "--data", SMALL).out
    assert "[@jonsdottir2001]" in text
    done = subprocess.run(
        [
            pypandoc.get_pandoc_path(),
            "--citeproc",
            f"--bibliography={bibliography}",
            "--to=plain",
        ],
        input=text,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr == ""
    assert "(Jónsdóttir and An Institute 2001)" in " ".join(done.stdout.split())


def test_citations_need_markdown(run: Run) -> None:
    """`--citations` needs Markdown."""
    result = run("facts", "az", "pk", "--citations", "pandoc")
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)


def test_completion_of_styles(run: Run) -> None:
    """The exchange formats and common styles are completed."""
    lines = run("--complete", "cite", "--style", "").out.splitlines()
    assert [line.split("\t")[0] for line in lines] == [*EXCHANGE_STYLES, *COMMON_STYLES, "list"]
