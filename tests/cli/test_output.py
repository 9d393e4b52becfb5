"""`-o FILE`: an answer in a file, whose extension decides the format."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from bilatcli.cli import main
from bilatcli.environment import Environment
from support import Run, Terminal, make_environ

WORDS = ("facts", "az", "pk", "--topic", "history")


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("a.json", "json"),
        ("a.jsonl", "ndjson"),
        ("a.CSV", "csv"),
        ("a.tsv", "tsv"),
        ("a.md", "markdown"),
        ("a.txt", "table"),
    ],
)
def test_extension(run: Run, tmp_path: Path, name: str, format: str) -> None:
    """The extension decides the format, and standard output stays empty."""
    target = tmp_path / name
    result = run(*WORDS, "-o", str(target))
    assert (result.code, result.out) == (0, "")
    assert result.err.endswith(f"bilatcli: wrote {target}\n")
    assert target.read_bytes().decode() == run(*WORDS, "--format", format).out


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("a.pdf", [], "unsupported format of an answer: .pdf; use .json, "),
        ("a.bib", [], "unsupported format of an answer: .bib; use .json, "),
        ("a.ris", [], "unsupported format of an answer: .ris; use .json, "),
        ("a", [], "unsupported format of an answer: "),
        ("a.csv", ["--json"], "contradicts `--format` json"),
        ("a.md", ["--format", "csv"], "contradicts `--format` csv"),
    ],
)
def test_other_extension(
    run: Run, tmp_path: Path, name: str, options: list[str], message: str
) -> None:
    """A file that does not fit the format is refused in one line, and not written."""
    target = tmp_path / name
    result = run(*WORDS, "-o", str(target), *options)
    assert (result.code, result.out, target.exists()) == (2, result.out, False)
    assert message in result.err
    assert result.err.count("\n") == 1


def test_file_of_sources(run: Run, tmp_path: Path) -> None:
    """The extension of a reference manager decides the style."""
    target = tmp_path / "refs.bib"
    assert run("cite", "az", "pk", "-o", str(target)).code == 0
    assert target.read_text("utf-8") == run("cite", "az", "pk", "--style", "bibtex").out


def test_existing_file(run: Run, tmp_path: Path) -> None:
    """A file that exists is replaced with `--force` only; `-` is standard output."""
    target = tmp_path / "a.json"
    target.write_text("mine", "utf-8")
    assert run(*WORDS, "-o", str(target)).code == 2
    assert target.read_text("utf-8") == "mine"
    assert run(*WORDS, "-o", str(target), "--force").code == 0
    assert run(*WORDS, "--json", "-o", "-").out == target.read_text("utf-8")


def test_file_from_a_terminal(run: Run, home: Path, cache: Path, tmp_path: Path) -> None:
    """A file is the same on a terminal: all rows, without colour, whatever the user's defaults."""
    (home / ".config" / "bilatcli").mkdir(parents=True)
    config = home / ".config" / "bilatcli" / "config.toml"
    config.write_text('color = "always"\nstyle = "bibtex"\n', "utf-8")
    environ = make_environ(home, cache, TERM="xterm", LINES="24")
    for view in ("facts", "summary", "cite"):
        target = tmp_path / f"{view}.txt"
        environment = Environment(
            stdout=Terminal(), stderr=io.StringIO(), environ=environ, platform="linux"
        )
        assert main.run([view, "az", "pk", "-o", str(target)], environment) == 0
        assert target.read_text("utf-8") == run(view, "az", "pk", "--format", "table").out
