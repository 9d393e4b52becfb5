"""The documents are complete: commands and terms are described, and links lead somewhere."""

from __future__ import annotations

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
