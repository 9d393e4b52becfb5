"""`import`: references of other programs become sources of a pack."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from support import RELATIONS, Result, Run

EXTENSIONS = {"bibtex": "bib", "biblatex": "bib", "ris": "ris", "csl-json": "json"}

BIB = r"""@article{Oezturk_2020:a,
  author = {{\"O}zt{\"u}rk, Ay{\c s}e and {An Institute} and van der Berg, Jan},
  title = {Arms {T}ransfers \& Trade: 50\% of \$1},
  journal = {Journal of Tests}, volume = 3, year = 2020, month = mar, doi = {10.1000/xyz},
  keywords = {arms}
}
@online{second, title={A page}, url={https://www.example.org/page/},
  date={2021-05-04/2021-05-06}, urldate={2021-06-01}, langid={ngerman},
  keywords={reliability: news}}
"""
TWO_RIS = "TY  - BOOK\nTI  - A\nER  - \nTY  - BOOK\nTI  - B\nER  - \n"


@pytest.fixture
def pack(run: Run, tmp_path: Path) -> Path:
    """Return a new pack on Fiji and Peru."""
    file = tmp_path / "fj-pe.toml"
    assert run("new", "fiji", "peru", "-o", str(file)).code == 0
    return file


def sources(pack: Path) -> list[dict[str, Any]]:
    """Return the sources of a pack."""
    return list(tomllib.loads(pack.read_text("utf-8")).get("source", []))


@pytest.mark.parametrize("style", EXTENSIONS)
def test_round_trip(run: Run, pack: Path, tmp_path: Path, style: str) -> None:
    """The bibliography of Azerbaijan–Pakistan comes back unchanged, in every exchange format."""
    references = tmp_path / f"refs.{EXTENSIONS[style]}"
    references.write_text(run("cite", "az", "pk", "--style", style).out, "utf-8")
    result = run("import", str(references), str(pack))
    assert result.code == 0
    known = {source["url"]: source for source in sources(RELATIONS)}
    found = sources(pack)
    assert len(result.out.splitlines()) == len(found) > 200
    for source in found:
        assert {**source, "id": ""} == {**known[source["url"]], "id": ""}
    before = pack.read_bytes()
    again = run("import", str(references), str(pack))
    assert (again.code, again.out, pack.read_bytes()) == (0, "", before)
    assert again.err.count(": already in the pack") == len(found)
    assert again.err.splitlines()[-1] == f"bilatcli: added 0 sources to {pack}"


def test_references_of_others(run: Run, pack: Path, tmp_path: Path) -> None:
    """LaTeX is read, a key becomes an id, a DOI becomes a URL, and dropped fields are noted."""
    references = tmp_path / "refs.bib"
    references.write_text(BIB, "utf-8")
    result = run("import", str(references), str(pack), "--reliability", "academic")
    assert (result.code, result.out) == (0, "oezturk-2020-a\nsecond\n")
    assert result.err.splitlines() == [
        "bilatcli: dropped from `oezturk-2020-a`: volume, keyword (packs do not store this)",
        f"bilatcli: added 2 sources to {pack}",
    ]
    first, second = sources(pack)
    assert first == {
        "id": "oezturk-2020-a",
        "type": "article-journal",
        "title": "Arms Transfers & Trade: 50% of $1",
        "authors": ["Öztürk, Ayşe", "An Institute", "van der Berg, Jan"],
        "publisher": "Journal of Tests",
        "issued": "2020-03",
        "url": "https://doi.org/10.1000/xyz",
        "reliability": "academic",
    }
    assert (second["issued"], second["lang"], second["reliability"]) == (
        "2021-05-04/2021-05-06",
        "de",
        "news",
    )
    other = tmp_path / "other.bib"
    title = second["title"]
    other.write_text(
        f"@misc{{x, title={{{title}}}, url={{http://example.org/page}}}}"
        "@misc{y, title={Another chapter}, url={http://example.org/page}}"
    )
    again = run("import", str(other), str(pack), "--reliability", "news")
    assert (again.code, again.out) == (0, "y\n")
    assert "skipped `x`: already in the pack as `second`" in again.err
    assert "`y` has the address of `second`" in again.err


RIS = "TY  - JOUR\nTI  - T\nT1  - Other\nJO  - One\nJF  - Two\nUR  - http://a.b\nUR  - http://c.d\n"


@pytest.mark.parametrize(
    ("name", "text", "lost"),
    [
        (
            "a.bib",
            "@techreport{a, title={T}, type={Working paper}, institution={One}, publisher={Two}}",
            {"type (field)", "publisher (field)"},
        ),
        (
            "a.bib",
            "@article{a, title={T}, journal={One}, booktitle={Two}, year={forthcoming}}",
            {"issued", "booktitle"},
        ),
        ("a.ris", f"{RIS}ER  - \n", {"primary_title", "alternate_title3", "urls"}),
        (
            "a.json",
            '[{"id": "a", "type": "book", "title": "T", "DOI": "10.1/x", "URL": "ftp://a"}]',
            {"URL"},
        ),
    ],
)
def test_dropped_fields_are_noted(
    run: Run, pack: Path, tmp_path: Path, name: str, text: str, lost: set[str]
) -> None:
    """Every field that the pack cannot store is noted."""
    file = tmp_path / name
    file.write_text(text)
    result = run("import", str(file), str(pack), "--reliability", "weak")
    assert result.code == 0
    note = result.err.splitlines()[0]
    fields = note.partition("`: ")[2].removesuffix(" (packs do not store this)")
    assert set(fields.split(", ")) == lost


ARCHIVED = """
[[source]]
id = "report"
type = "report"
title = "A report"
url = "https://example.org/report"
archive_url = "https://archive.example/1?a=b"
archived = "2024-03-04"
issued = "2024-02"
reliability = "academic"
"""


@pytest.mark.parametrize("style", EXTENSIONS)
def test_archived_copy(run: Run, pack: Path, tmp_path: Path, style: str) -> None:
    """The archived copy of a page and its date survive every exchange format."""
    own = tmp_path / "own.toml"
    text = pack.read_text("utf-8").replace("fj-pe-notes", "own")
    own.write_text(text.replace("[[relation]]", f"{ARCHIVED}\n[[relation]]", 1), "utf-8")
    references = tmp_path / f"refs.{EXTENSIONS[style]}"
    references.write_text(run("cite", "report", "--data", str(own), "--style", style).out, "utf-8")
    result = run("import", str(references), str(pack))
    assert (result.code, "dropped" in result.err) == (0, False)
    assert {**sources(pack)[0], "id": "report"} == sources(own)[0]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_everything_else_stays(run: Run, pack: Path, tmp_path: Path, newline: str) -> None:
    """Every other byte of the pack stays, and the sources go before the relation."""
    before = pack.read_text("utf-8").replace("\n", newline)
    pack.write_bytes(before.encode())
    references = tmp_path / "refs.bib"
    references.write_text(BIB, "utf-8")
    assert run("import", str(references), str(pack), "--reliability", "news").code == 0
    after = pack.read_bytes().decode()
    start = after.index("[[source]]" + newline + 'id = "oezturk')
    end = after.index("[[relation]]" + newline)
    assert after[:start] + after[end:] == before
    assert after.count("\n") == after.count(newline)


def test_empty_lines_in_ris(run: Run, pack: Path, tmp_path: Path) -> None:
    """Empty lines within and between references are ignored, and so are numbers before them."""
    file = tmp_path / "a.ris"
    file.write_text("1.\n" + TWO_RIS.replace("\n", "\n\n").replace("ER  - ", "ER  - \n2."))
    result = run("import", str(file), str(pack), "--reliability", "weak")
    assert (result.code, result.out) == (0, "a\nb\n")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "a.bib",
            "@article{a, title=",
            "a.bib:1:1: this is not bibtex (unexpectedly",
        ),
        ("a.ris", "hello", "a.ris:1:1: this is not ris ("),
        ("a.json", "[1", "a.json:1:1: this is not csl-json (expecting ',' delimiter)"),
        ("a.json", "[1]", "a.json: this is not csl-json ("),
        ("a.ris", "FN Clarivate\nVR 1.0\n", "(it looks like Web of Science's own format): export"),
        ("a.ris", "%0 Book\n%T T\n", "(it looks like EndNote's own format): export"),
        ("a.ris", "PMID- 1\nTI  - T\n", "(it looks like MEDLINE's own format): export"),
        ("a.ris", "<?xml version='1.0'?>", "(it looks like XML): export the references as RIS or"),
        ("a.ris", "@book{a, title={T}}", "(it looks like bibtex): add --format bibtex"),
        ("a.bib", TWO_RIS, "a.bib:1:1: this is not bibtex (it looks like ris): add --format ris"),
        ("a.json", TWO_RIS, "a.json:1:1: this is not csl-json (it looks like ris)"),
        ("a.enw", "%0 Book\n%T T\n", "cannot tell the format of `a.enw`; export the references"),
        ("a.bib", "", "a.bib: there are no references: give a bibtex file with references"),
        ("a.txt", "", "cannot tell the format of `a.txt`; add --format bibtex|ris|csl-json"),
        ("a.bib", "@misc{a, title={T}}", "`a` states no reliability; add --reliability official|"),
        ("a.bib", b"@book{a, title={caf\xe9}}", "a.bib:1:1: this is not UTF-8"),
        (
            "a.ris",
            TWO_RIS.replace("TI  - B", "TI  - \xe9").encode("latin-1"),
            "a.ris:5:1: this is not UTF-8",
        ),
    ],
)
def test_invalid_references(
    run: Run, pack: Path, tmp_path: Path, name: str, text: str | bytes, message: str
) -> None:
    """Invalid references are an error with their place, and the pack stays as it was."""
    file = tmp_path / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    before = pack.read_bytes()
    result = run("import", str(file), str(pack))
    assert (result.code, result.out, pack.read_bytes()) == (2, "", before)
    assert message in result.err.replace(f"{tmp_path}/", "").splitlines()[0]


@pytest.mark.parametrize(
    ("text", "ids", "note"),
    [
        (TWO_RIS + "TI  - C", "a\nb\n", "skipped a.ris:7: it does not start with `TY  - `"),
        (TWO_RIS + "TY  - BOOK\nTI  - C\n", "a\nb\nc\n", "`c`: it does not end with `ER  - `"),
        ("TY  - BOOK\n" + TWO_RIS, "a\nb\n", "skipped a.ris:1: it does not end with `ER  - `"),
        (TWO_RIS + "TY  - BOOK\nC\n", "a\nb\n", "skipped a.ris:7: "),
    ],
)
def test_errors_in_ris(
    run: Run, pack: Path, tmp_path: Path, text: str, ids: str, note: str
) -> None:
    """One reference in error is named with its line, and the others are imported."""
    file = tmp_path / "a.ris"
    file.write_text(text)
    result = run("import", str(file), str(pack), "--reliability", "weak")
    assert (result.code, result.out) == (int("skipped" in note), ids)
    assert note in result.err.replace(f"{tmp_path}/", "")


def test_line_of_an_entry_without_a_title(run: Run, pack: Path, tmp_path: Path) -> None:
    """An entry that cannot be a source is named with its key and its line."""
    file = tmp_path / "a.bib"
    file.write_text("@book{a, title={T}}\n\n@book{none, year=2001}")
    result = run("import", str(file), str(pack), "--reliability", "weak")
    assert (result.code, result.out) == (1, "a\n")
    assert f"skipped `none` ({file}:3): it has no title" in result.err


def test_byte_order_mark(run: Run, pack: Path, tmp_path: Path) -> None:
    """A byte order mark is not part of the references."""
    file = tmp_path / "a.bib"
    file.write_text("@book{a, title={café}}", "utf-8-sig")
    assert run("import", str(file), str(pack), "--reliability", "weak").out == "a\n"


def test_sources_as_an_array(run: Run, pack: Path, tmp_path: Path) -> None:
    """A pack whose sources are an inline array cannot be added to; the error has the place."""
    (tmp_path / "refs.bib").write_text(BIB, "utf-8")
    source = '{id = "a", type = "book", title = "A", reliability = "weak"}'
    text = f"source = [{source}]\n{pack.read_text('utf-8')}"
    pack.write_text(text, "utf-8")
    result = run("import", str(tmp_path / "refs.bib"), str(pack), "--reliability", "news")
    message = f"{pack}:1:1: `source` is an inline array: write each source as its own [[source]]"
    assert (result.code, result.out, result.err.splitlines()[0]) == (2, "", message)
    assert pack.read_text("utf-8") == text


def test_standard_input(run: Run, pack: Path) -> None:
    """References may come from a pipe. One without a title is skipped, with exit code 1."""
    items = [
        {"id": "Q 1", "type": "book", "title": "Q", "issued": {"date-parts": [["2001", 2]]}},
        {"id": "none"},
        {"type": "book"},
        {"id": "half", "type": "book", "title": "\ud800"},
    ]
    argv = ("import", "-", str(pack), "--format", "csl-json", "--reliability", "weak")
    result: Result = run(*argv, stdin=json.dumps(items))
    assert (result.code, result.out) == (1, "q-1\n")
    assert "skipped `none`: it has no title" in result.err
    assert "skipped reference 3 of -: it has no title" in result.err
    assert "skipped `half`: it has half a character (a lone surrogate)" in result.err
    assert sources(pack)[0]["issued"] == "2001-02"
