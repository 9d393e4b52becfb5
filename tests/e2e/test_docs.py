"""The documents are true: examples are what the program prints, commands are described, the example pack loads."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from bilatcli.cli.commands import COMMANDS
from bilatcli.packs import loader
from bilatcli.views.catalog import VIEWS
from support import ROOT, Run

README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    "script", ["readme", "schemas", "countries", "coverage", "checks", "export", "reliability"]
)
def test_generated_files_are_fresh(script: str) -> None:
    """What a script generates is on disk as it would write it: examples and picture, schemas, countries."""
    command = [sys.executable, str(ROOT / "scripts" / f"{script}.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", [*VIEWS, *COMMANDS])
def test_commands_are_described(name: str) -> None:
    """README and the help name every command."""
    assert f"`{name}" in README


@pytest.mark.parametrize("view", VIEWS.values(), ids=list(VIEWS))
def test_help_names_every_option(run: Run, view: object) -> None:
    """A command's help names each of its options, and README does too."""
    name, options = view.name, view.options  # type: ignore[attr-defined]  # pytest hands on objects
    told = run(name, "--help", env={"COLUMNS": "200"})
    assert told.code == 0
    for option in options:
        assert option.flag in told.out
        assert option.flag in README


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
