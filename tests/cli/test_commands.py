"""Commands that are not views: the errors of their arguments."""

from __future__ import annotations

import pytest

from bilatcli.cli.command import Invocation
from bilatcli.cli.commands import COMMANDS, load_command
from support import Run


@pytest.mark.parametrize("name", COMMANDS)
def test_declaration(name: str) -> None:
    """A command is declared under the name by which it is listed."""
    assert load_command(name).name == name


def test_command_of_an_invocation() -> None:
    """The command line of an invocation has its options, without passwords."""
    index = "postgresql://desk:secret@db.example/facts"
    given = {"as_of": "2020", "index": index, "force": True, "svg": "a b.svg", "color": None}
    invocation = Invocation(load_command("map"), ["korea"], given)
    assert invocation.command(["kp"]) == (
        "bilatcli map kp --svg 'a b.svg' --force --as-of 2020 "
        "--index postgresql://desk@db.example/facts"
    )


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["report", "az", "pk", "-o", "a.pdf"], "unsupported report format: .pdf; use .html or "),
        (["report", "az", "-o", "a.md", "--format", "html"], "`a.md` contradicts --format html"),
        (["report", "az", "pk", "--style", "ris"], "`ris` is not a bibliography style"),
        (["completion"], "name a shell; choose from bash, fish, zsh"),
        (["completion", "tcsh"], "unknown shell `tcsh`; choose from bash, fish, zsh"),
        (["schema", "fact"], "unknown schema `fact`; did you mean `facts`?"),
        (["export"], "name the folder or the database to write"),
        (["publish"], "bilatcli publish postgresql://"),
        (["check"], "name the packs to check"),
        (["check", ""], "a path is empty"),
        (["check", "--explain", "BL999x"], "unknown rule `BL999x`"),
        (["check", "--select", ","], "--select is empty"),
        (["import", "notes.toml"], "name files of references, then a pack"),
    ],
    ids=" ".join,
)
def test_error_of_a_command(run: Run, argv: list[str], message: str) -> None:
    """An error of a command that is not a view goes to standard error, with exit code 2."""
    result = run(*argv)
    assert (result.code, result.out) == (2, "")
    assert message in result.err


@pytest.mark.parametrize("options", [[], ["--format", "markdown"]], ids=["html", "markdown"])
def test_report_on_a_generated_outline(run: Run, options: list[str]) -> None:
    """`report` works for a pair that has a generated outline alone, as `summary` does."""
    result = run("report", "fiji", "peru", "-o", "-", *options)
    assert (result.code, result.err) == (0, "")
    assert "Fiji–Peru" in result.out
    assert "11,080 km" in result.out
    assert "All facts" not in result.out


def test_report_without_matching_facts(run: Run) -> None:
    """A filter that leaves no fact leaves no report."""
    result = run("report", "az", "pk", "xyzzy", "-o", "-")
    assert (result.code, result.out) == (1, "")
    assert "no fact" in result.err


def test_map_of_a_generated_outline(run: Run) -> None:
    """`map` works for a pair without facts."""
    result = run("map", "fiji", "peru")
    assert (result.code, result.err) == (0, "")
    assert "Lima" in result.out
