"""The documents are complete: commands and terms are described, and links lead somewhere."""

from __future__ import annotations

import json
import pkgutil
import re
import subprocess
from pathlib import Path

import pytest

from bilatcli import vocabulary
from bilatcli.cli.commands import COMMANDS
from bilatcli.packs import loader
from bilatcli.views import VIEWS
from support import ROOT, Run
from table_support import HEAD

CSL_PARTS = {"Source", "Person", "CslDate"}
"""The parts of documents that are as CSL-JSON has them."""
FACT_PARTS = {"PlainFact", "MilitaryFact", "Stance", "TradeFact", "Step"}
"""The parts of documents with keys of facts, which docs/packs.md describes too."""
README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", [*VIEWS, *COMMANDS])
def test_commands_are_described(name: str) -> None:
    """README names every command."""
    assert f"`{name}`" in README


def test_readme_is_short() -> None:
    """README has at most 150 lines, and its picture by line 35."""
    lines = README.splitlines()
    assert len(lines) <= 150
    assert any("docs/summary.svg" in line for line in lines[:35])


@pytest.mark.parametrize(
    "name", ["TOPICS", "STATUSES", "VERIFICATIONS", "RELIABILITIES", "KINDS", "STAGES"]
)
def test_the_glossary_has_every_word(name: str) -> None:
    """docs/glossary.md has every allowed word of a pack."""
    glossary = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    assert [word for word in getattr(vocabulary, name) if f"`{word}`" not in glossary] == []


@pytest.mark.parametrize("name", VIEWS)
def test_the_glossary_has_every_view(name: str) -> None:
    """docs/glossary.md names every view."""
    assert f"`{name}`" in (ROOT / "docs" / "glossary.md").read_text("utf-8")


@pytest.mark.parametrize("name", VIEWS)
def test_help_names_every_option(run: Run, name: str) -> None:
    """The help of a command names each of its options."""
    result = run(name, "--help", env={"COLUMNS": "200"})
    assert result.code == 0
    assert [each.flag for each in VIEWS[name].options if each.flag not in result.out] == []


def test_the_example_pack_loads(tmp_path: Path, run: Run) -> None:
    """The pack in docs/packs.md loads, and its fact is found."""
    page = (ROOT / "docs" / "packs.md").read_text("utf-8")
    example = re.search(r"```toml\n(.*?)```", page, re.DOTALL)
    assert example is not None
    path = tmp_path / "notes.toml"
    path.write_text(example[1], "utf-8")
    assert loader.load_pack(path).pack.name == "notes"
    result = run("military", "az", "tr", "--data", str(path), "--fields", "id")
    assert "az-tr/example-exercise-2021" in result.out


def described_keys(page: str) -> set[str]:
    """Return the words in `code` in the text of a page of docs/, without its blocks."""
    page_text = (ROOT / "docs" / page).read_text("utf-8")
    text = re.sub(r"```.*?```", "", page_text, flags=re.DOTALL)
    return {key for code in re.findall(r"`([^`]+)`", text) for key in re.split(r"[ ,]+", code)}


@pytest.mark.parametrize("name", [*VIEWS, "check", "compare", "error", "refresh", "version"])
def test_documents_are_described(name: str) -> None:
    """docs/json.md names every key of a document, except those of CSL-JSON and of packs."""
    schema = json.loads((ROOT / "schema" / f"{name}.json").read_text("utf-8"))
    parts = {"": schema, **schema["$defs"]}
    keys = {
        (part in FACT_PARTS, key)
        for part, body in parts.items()
        if part not in CSL_PARTS
        for key in body.get("properties", ())
    }
    described, of_packs = described_keys("json.md"), described_keys("packs.md")
    missing = {
        key
        for is_of_facts, key in keys
        if key not in described and not (is_of_facts and key in of_packs)
    }
    assert missing == set()


def test_the_example_table_loads(tmp_path: Path, run: Run) -> None:
    """The table in docs/packs.md makes the fact that the page has."""
    page = (ROOT / "docs" / "packs.md").read_text("utf-8")
    rows = re.search(r"```csv\n(.*?)```", page, re.DOTALL)
    table = re.search(r"```toml\n(\[\[table.*?)```", page, re.DOTALL)
    assert rows is not None
    assert table is not None
    (tmp_path / "treaties.csv").write_text(rows[1], "utf-8")
    path = tmp_path / "treaties.toml"
    path.write_text(HEAD.replace('"roll-calls"', '"treaty-office"') + table[1], "utf-8")
    result = run("facts", "germany", "france", "treaty", "--data", str(path), "--format", "tsv")
    assert "de-fr/treaties-elysee-treaty" in result.out
    assert "Germany and France signed the Élysée Treaty on 22 January 1963." in result.out
    assert " ".join(page.split()).count("signed the Élysée Treaty on 22 January 1963.") == 1


PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_links_lead_somewhere(page: Path) -> None:
    """A link to a file of the repository leads to one that is there."""
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def can_be_imported(dotted: str) -> bool:
    """Return True if a name such as `views.result.find_facts`, or `os._exit`, is there."""
    for package in ("bilatcli.", ""):
        try:
            pkgutil.resolve_name(package + dotted)
        except (ImportError, AttributeError):
            continue
        return True
    return False


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_names_of_the_code_are_true(name: str) -> None:
    """Each module, class and function that a page on the code names is there."""
    page = (ROOT / name).read_text("utf-8")
    names = set(re.findall(r"`([a-z_]+(?:\.[A-Za-z_]+)+)`", page))
    dotted = {each for each in names if not each.endswith((".py", ".toml"))}
    assert dotted
    assert {each for each in dotted if not can_be_imported(each)} == set()


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_named_files_are_there(page: Path) -> None:
    """Each Python file that a page names is in the repository or in the package."""
    named = set(re.findall(r"`([a-z_/]+\.py)`", page.read_text("utf-8")))
    places = (ROOT, ROOT / "src" / "bilatcli")
    assert {each for each in named if not any((at / each).exists() for at in places)} == set()


def test_no_path_of_a_machine() -> None:
    """No file has the path of a machine, or the host of a package registry."""
    listed = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True)
    # Written so that this file does not have them.
    parts = ("/ho[m]e/", "/ro[o]t/", "/wo[r]k/", r"py[p]i\.org", r"regi[s]try\.npm")
    forbidden = re.compile("|".join(parts))
    for name in listed.split("\0"):
        if name and not name.endswith((".svg", ".toml")) and (ROOT / name).exists():
            text = (ROOT / name).read_text("utf-8", errors="replace")
            assert not forbidden.search(text), name
