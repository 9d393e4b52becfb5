"""Packs of one's own: `new` begins one, `import` brings its sources, and editors hold it against its schema."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bilatcli.packs import loader
from support import COMMAND, RELATIONS, ROOT, Result, Run

BIN = Path(sys.executable).parent
SCHEMA = ROOT / "schema" / "pack.json"
ENDINGS = {"bibtex": "bib", "biblatex": "bib", "ris": "ris", "csl-json": "json"}

BIB = r"""@article{Oezturk_2020:a,
  author = {{\"O}zt{\"u}rk, Ay{\c s}e and {An Institute} and van der Berg, Jan},
  title = {Arms {T}ransfers \& Trade: 50\% of \$1},
  journal = {Journal of Tests}, volume = 3, year = 2020, month = mar, doi = {10.1000/xyz}, keywords = {arms}
}
@online{second, title={A page}, url={https://www.example.org/page/}, date={2021-05-04/2021-05-06}, urldate={2021-06-01},
  langid={ngerman}, keywords={reliability: news}}
"""


@pytest.fixture
def begun(run: Run, tmp_path: Path) -> Path:
    """A pack on Fiji and Peru that was just begun."""
    pack = tmp_path / "fj-pe.toml"
    assert run("new", "fiji", "peru", "-o", str(pack)).code == 0
    return pack


def sources(pack: Path) -> list[dict[str, Any]]:
    """The sources of a pack."""
    return list(tomllib.loads(pack.read_text("utf-8")).get("source", []))


def uncommented(text: str) -> str:
    """A begun pack with all its examples taken in."""
    return re.sub(r"^# (?=\[\[|[a-z_]+ = )", "", text, flags=re.MULTILINE)


# --- new


def test_new_loads_and_passes(run: Run, begun: Path) -> None:
    """What `new` writes loads as it stands and gives nothing to question, and so it does with all its examples."""
    assert tomllib.loads(begun.read_text("utf-8"))["relation"] == [
        {"id": "fj-pe", "countries": ["FJ", "PE"]}
    ]
    assert (run("check", str(begun)).code, run("check", str(begun)).out) == (0, "")
    begun.write_text(uncommented(begun.read_text("utf-8")), "utf-8")
    assert len(loader.load_pack(begun).relation[0].fact) == 2
    assert (run("check", str(begun)).code, run("check", str(begun)).out) == (0, "")
    assert "exercise-2024" in run("military", "fiji", "peru", "--data", str(begun)).out


def test_new_on_standard_output(run: Run) -> None:
    """With `-` the pack is printed; countries are understood as everywhere, and a likeness is said."""
    result = run("new", "azerbaijn", "turkey", "--output", "-")
    assert tomllib.loads(result.out)["relation"] == [{"id": "az-tr", "countries": ["AZ", "TR"]}]
    assert result.err.splitlines()[0] == "bilatcli: reading `azerbaijn` as Azerbaijan (AZ)"
    assert "is recorded already" in result.err


def test_new_writes_over_nothing(run: Run, begun: Path) -> None:
    """A file that is there stays as it is."""
    before = begun.read_bytes()
    result = run("new", "fiji", "peru", "-o", str(begun))
    assert (result.code, result.out) == (2, "")
    assert (
        result.err
        == f"bilatcli: `{begun}` exists; name another file, or add `--force` to replace it\n"
    )
    assert begun.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["az"], 2, "a relation has two countries, not 1"),
        (["az", "pk", "tr"], 2, "a relation has two countries, not 3"),
        (["az", "foo", "pk"], 2, "`foo` is no country"),
        ([], 2, "name a country or two, as in `bilatcli new azerbaijan pakistan`"),
        (["korea", "pk"], 1, "`korea` can mean"),
        (
            ["fj", "pe", "-o", "/nowhere/x.toml"],
            2,
            "`/nowhere/x.toml` cannot be written (no such file or directory)",
        ),
    ],
)
def test_new_of_what_is_no_pair(run: Run, words: list[str], code: int, said: str) -> None:
    """What is not just two countries, or cannot be written, is told in a line."""
    result = run("new", *words)
    assert (result.code, result.out) == (code, "")
    assert said in result.err.splitlines()[0]


# --- import


@pytest.mark.parametrize("style", ENDINGS)
def test_round_trip(run: Run, begun: Path, tmp_path: Path, style: str) -> None:
    """The bibliography of Azerbaijan–Pakistan comes back, in every exchange format, as the sources that it was."""
    references = tmp_path / f"refs.{ENDINGS[style]}"
    references.write_text(run("cite", "az", "pk", "--style", style).out, "utf-8")
    result = run("import", str(references), str(begun))
    assert result.code == 0
    known = {source["url"]: source for source in sources(RELATIONS)}
    found = sources(begun)
    assert len(result.out.splitlines()) == len(found) > 200
    for source in found:
        assert {**source, "id": ""} == {**known[source["url"]], "id": ""}
    before = begun.read_bytes()
    again = run("import", str(references), str(begun))
    assert (again.code, again.out, begun.read_bytes()) == (0, "", before)
    assert again.err.count("already there: ") == len(found)


def test_what_others_write(run: Run, begun: Path, tmp_path: Path) -> None:
    """LaTeX is read, a key becomes an id, an address is made of a DOI; what a pack has no place for is named."""
    references = tmp_path / "refs.bib"
    references.write_text(BIB, "utf-8")
    result = run("import", str(references), str(begun), "--reliability", "academic")
    assert (result.code, result.out) == (0, "oezturk-2020-a\nsecond\n")
    assert "of `oezturk-2020-a` a pack has no place for volume, keyword" in result.err
    first, second = sources(begun)
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
    other.write_text("@misc{x, title={Another title}, url={http://example.org/page}}")
    there = run("import", str(other), str(begun))
    assert (there.code, there.out) == (0, "")
    assert "already there: `x` is `second`" in there.err


RIS = "TY  - JOUR\nTI  - T\nT1  - Other\nJO  - One\nJF  - Two\nUR  - http://a.b\nUR  - http://c.d\nER  - \n"
REPORT = "@techreport{a, title={T}, type={Working paper}, institution={One}, publisher={Two}}"
ARTICLE = "@article{a, title={T}, journal={One}, booktitle={Two}, year={forthcoming}}"
ITEM = (
    '[{"id": "a", "type": "book", "title": "T", "DOI": "10.1/x", "volume": "3", "URL": "ftp://a"}]'
)


@pytest.mark.parametrize(
    ("name", "text", "lost"),
    [
        ("a.bib", REPORT, {"type (field)", "publisher (field)"}),
        ("a.bib", ARTICLE, {"issued", "booktitle"}),
        ("a.ris", RIS, {"primary_title", "alternate_title3", "urls"}),
        ("a.json", ITEM, {"URL", "DOI", "volume"}),
    ],
)
def test_nothing_is_lost_in_silence(
    run: Run, begun: Path, tmp_path: Path, name: str, text: str, lost: set[str]
) -> None:
    """Of two fields that mean one the other is named, as is every field and value that a pack has no place for."""
    file = tmp_path / name
    file.write_text(text)
    result = run("import", str(file), str(begun), "--reliability", "weak")
    assert result.code == 0
    assert set(result.err.splitlines()[0].split(" no place for ")[1].split(", ")) == lost


def test_archived_copies_come_back(run: Run, begun: Path, tmp_path: Path) -> None:
    """Where a copy is archived, and since when, comes back from every exchange format."""
    text = uncommented(begun.read_text("utf-8"))
    told = 'archive_url = "https://archive.example/1?a=b"\narchived = "2024-03-04"\n'
    begun.write_text(text.replace("accessed = ", told + "accessed = ", 1), "utf-8")
    for style, ending in ENDINGS.items():
        references, pack = tmp_path / f"refs.{ending}", tmp_path / f"{style}.toml"
        references.write_text(
            run("cite", "example-report-2024", "--data", str(begun), "--style", style).out, "utf-8"
        )
        run("new", "fiji", "peru", "-o", str(pack))
        result = run("import", str(references), str(pack))
        assert (result.code, "no place" in result.err) == (0, False)
        assert {**sources(pack)[0], "id": ""} == {**sources(begun)[0], "id": ""}


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_import_keeps_all_else(run: Run, begun: Path, tmp_path: Path, ending: str) -> None:
    """Every byte of the pack stays, comments and ends of lines included; sources stand above the relation."""
    before = begun.read_text("utf-8").replace("\n", ending)
    begun.write_bytes(before.encode())
    references = tmp_path / "refs.bib"
    references.write_text(BIB, "utf-8")
    assert run("import", str(references), str(begun), "--reliability", "news").code == 0
    after = begun.read_bytes().decode()
    start = after.index("[[source]]" + ending + 'id = "oezturk')
    end = after.index("[[relation]]" + ending)
    assert after[:start] + after[end:] == before
    assert after.count("\n") == after.count(ending)


TWO = "TY  - BOOK\nTI  - A\nER  - \nTY  - BOOK\nTI  - B\nER  - \n"


def test_empty_lines_of_ris(run: Run, begun: Path, tmp_path: Path) -> None:
    """Empty lines within and between references say nothing, nor do numbers before them."""
    file = tmp_path / "a.ris"
    file.write_text("1.\n" + TWO.replace("\n", "\n\n").replace("ER  - ", "ER  - \n2."))
    result = run("import", str(file), str(begun), "--reliability", "weak")
    assert (result.code, result.out) == (0, "a\nb\n")


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.bib", "@book{a, title={café}}"), ("a.ris", TWO.replace("TI  - B", "TI  - é"))],
)
@pytest.mark.parametrize("is_piped", [False, True])
def test_references_in_another_encoding(
    begun: Path, tmp_path: Path, name: str, text: str, *, is_piped: bool
) -> None:
    """References that are no UTF-8 are told with the line, from a file and from a pipe; a byte order mark is none."""
    file = tmp_path / name
    given, kind = "-" if is_piped else str(file), {"bib": "bibtex", "ris": "ris"}[name[2:]]
    asked = [str(COMMAND), "import", given, str(begun), "--format", kind, "--reliability", "weak"]
    file.write_bytes(text.encode("latin-1"))
    done = subprocess.run(asked, input=file.read_bytes(), capture_output=True, check=False)
    line = text[: text.index("é")].count("\n") + 1
    assert (
        done.stderr.decode().splitlines()[0]
        == f"{given}:{line}:1: this is not UTF-8: save the file as UTF-8"
    )
    file.write_text(text, "utf-8-sig")
    assert (
        subprocess.run(asked, input=file.read_bytes(), capture_output=True, check=False).returncode
        == 0
    )


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "a.bib",
            "@article{a, title=",
            "a.bib:1:1: this is no bibtex (premature end of file): mend it here",
        ),
        (
            "a.ris",
            "hello",
            "a.ris:1:1: this is no ris (a reference begins with `TY  - `): mend it here",
        ),
        ("a.json", "[1", "a.json:1:1: this is no csl-json (expecting ',' delimiter): mend it here"),
        ("a.json", "[1]", "a.json: this is no csl-json (it has values that are no items)"),
        ("a.json", '[{"id": "a", "title": "\\ud800"}]', "a.json: `a` has half a character"),
        (
            "a.ris",
            TWO + "TI  - C",
            "a.ris:7:1: this is no ris (this line is of no reference: one begins with `TY  - `)",
        ),
        (
            "a.ris",
            TWO + "TY  - BOOK\nTI  - C\n",
            "a.ris:7:1: this is no ris (the last reference does not end with `ER  - `)",
        ),
        (
            "a.ris",
            "TY  - BOOK\n" + TWO,
            "a.ris:2:1: this is no ris (the reference of line 1 does not end with `ER  - `",
        ),
        (
            "a.ris",
            TWO + "TY  - BOOK\nC\n",
            "a.ris:8:1: this is no ris (this line goes on with no field",
        ),
        ("a.bib", "", "a.bib: there is no reference in it: give a file of bibtex"),
        (
            "a.txt",
            "",
            "does not end in .bib, .ris, .json: say what it is with --format bibtex|ris|csl-json",
        ),
        (
            "a.bib",
            "@misc{a, title={T}}",
            "`a` does not say how reliable it is: add --reliability official|",
        ),
    ],
)
def test_what_cannot_be_imported(
    run: Run, begun: Path, tmp_path: Path, name: str, text: str, said: str
) -> None:
    """What is no reference is told in a line with its place, and the pack stays as it was."""
    file = tmp_path / name
    file.write_text(text)
    before = begun.read_bytes()
    result = run("import", str(file), str(begun))
    assert (result.code, result.out, begun.read_bytes()) == (2, "", before)
    assert said in result.err.replace(f"{tmp_path}/", "").splitlines()[0]


def test_sources_in_one_list(run: Run, begun: Path, tmp_path: Path) -> None:
    """A pack whose sources are one list cannot take another one, and is told where that list is."""
    (tmp_path / "refs.bib").write_text(BIB, "utf-8")
    header = uncommented(begun.read_text("utf-8")).partition("[[source]]")[0]
    pack = f'source = [{{id = "a", type = "book", title = "A", reliability = "weak"}}]\n{header}'
    begun.write_text(pack, "utf-8")
    result = run("import", str(tmp_path / "refs.bib"), str(begun), "--reliability", "news")
    told = f"{begun}:1:1: `source` is an inline array: write each source as its own [[source]]"
    assert (result.code, result.out, result.err.splitlines()[0]) == (2, "", told)
    assert begun.read_text("utf-8") == pack


def test_import_of_standard_input(run: Run, begun: Path) -> None:
    """References may come from a pipe; one without a title is left out and said, with exit code 1."""
    items = [
        {"id": "Q 1", "type": "book", "title": "Q", "issued": {"date-parts": [["2001", 2]]}},
        {"id": "none"},
    ]
    asked = ("import", "-", str(begun), "--format", "csl-json", "--reliability", "weak")
    result: Result = run(*asked, stdin=json.dumps(items))
    assert (result.code, result.out) == (1, "q-1\n")
    assert "left out: `none` has no title" in result.err
    assert sources(begun)[0]["issued"] == "2001-02"


# --- the schema in editors and hooks


def held_by_taplo(pack: Path) -> bool:
    """Whether the editors' own tool finds a pack as its schema says."""
    return (
        subprocess.run([BIN / "taplo", "lint", pack], capture_output=True, check=False).returncode
        == 0
    )


def held_by_hooks(*files: Path) -> bool:
    """Whether check-jsonschema finds packs as the schema says."""
    command = [str(BIN / "check-jsonschema"), "--schemafile", str(SCHEMA), *map(str, files)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_good_packs_in_an_editor(run: Run, begun: Path) -> None:
    """Packs that load are as the schema says, by `#:schema` as it stands in a begun pack, and in a hook."""
    assert held_by_hooks(
        *(ROOT / "data" / f"{name}.toml" for name in ("relations", "south-asia", "south-caucasus"))
    )
    (begun.parent / "pack.schema.json").write_text(run("schema", "pack").out, "utf-8")
    assert held_by_taplo(begun)
    begun.write_text(uncommented(begun.read_text("utf-8")), "utf-8")
    assert held_by_taplo(begun)
    assert held_by_hooks(begun)


BREAKS = [
    ('name = "fj-pe-notes"', 'name = "Fiji"'),
    ('licence = "CC0-1.0"', ""),
    ("updated = ", "updatd = "),
    ('type = "report"', 'type = "paper"'),
    ('reliability = "academic"', 'reliability = "good"'),
    ('url = "https://', 'url = "ftp://'),
    ('authors = ["Family, Given", "An Institute"]', 'authors = "An Institute"'),
    ('id = "example-report-2024"', 'id = "Example report"'),
    ('countries = ["FJ", "PE"]', 'countries = ["FJI", "PE"]'),
    ('topic = "diplomacy"', 'topic = "gossip"'),
    ("headline = true", 'headline = "yes"'),
    ('status = "historical"', 'status = "old"'),
    ('verification = "cited"', 'verification = "sure"'),
    ('kind = "exercise"', 'kind = "drill"'),
    ('stage = "held"', 'stage = "done"'),
    ('stage = "held"', 'quantity = "many"'),
    ('note = "What', 'nota = "What'),
    ("[[relation.fact]]", "[[relation.facts]]"),
]


@pytest.mark.parametrize(("good", "bad"), BREAKS)
def test_bad_packs_in_an_editor(run: Run, begun: Path, good: str, bad: str) -> None:
    """What the schema can say is found before the pack is ever loaded, in an editor and in a hook."""
    text = uncommented(begun.read_text("utf-8"))
    assert good in text
    (begun.parent / "pack.schema.json").write_text(run("schema", "pack").out, "utf-8")
    begun.write_text(text.replace(good, bad, 1), "utf-8")
    assert not held_by_taplo(begun)
    assert not held_by_hooks(begun)
