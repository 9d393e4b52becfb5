"""The documents are true: generated pages are fresh, commands and terms are described."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bilatcli import vocabulary
from bilatcli.cli.commands import COMMANDS
from bilatcli.packs import loader
from bilatcli.views.catalog import VIEWS
from support import ROOT, Run

README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    "script", ["schemas", "countries", "coverage", "checks", "export", "reliability"]
)
def test_generated_files_are_fresh(script: str) -> None:
    """The files on disk are what the script would write."""
    command = [sys.executable, str(ROOT / "scripts" / f"{script}.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


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


@pytest.mark.parametrize("view", VIEWS.values(), ids=list(VIEWS))
def test_help_names_every_option(run: Run, view: object) -> None:
    """The help of a command names each of its options."""
    name, options = view.name, view.options  # type: ignore[attr-defined]  # pytest hands on objects
    result = run(name, "--help", env={"COLUMNS": "200"})
    assert result.code == 0
    for option in options:
        assert option.flag in result.out


def test_the_example_pack_loads(tmp_path: object, run: Run) -> None:
    """The pack in docs/packs.md is a good one, and its fact is found."""
    page = (ROOT / "docs" / "packs.md").read_text("utf-8")
    example = re.search(r"```toml\n(.*?)```", page, re.DOTALL)
    assert example is not None
    path = f"{tmp_path}/notes.toml"
    with open(path, "w", encoding="utf-8") as file:
        file.write(example[1])
    assert loader.load_pack(path).pack.name == "notes"
    assert (
        "az-tr/example-exercise-2021"
        in run("military", "az", "tr", "--data", path, "--fields", "id").out
    )


PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_links_lead_somewhere(page: Path) -> None:
    """A link to a file of the repository leads to one that is there."""
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_no_path_of_a_machine() -> None:
    """No file of the repository holds the path of a machine, or the host of a package registry."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    forbidden = re.compile(
        "|".join(("/ho" + "me/", "/ro" + "ot/", "/wo" + "rk/", r"pypi\.o" + "rg", "registry[.]npm"))
    )
    for name in listed.split("\0"):
        if name and not name.endswith((".ambr", ".svg", ".toml")):
            text = (ROOT / name).read_text("utf-8", errors="replace")
            assert not forbidden.search(text), name
