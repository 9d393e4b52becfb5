"""The whole parser: the help, and the errors of invalid command lines."""

from __future__ import annotations

import re

import pytest

from bilatcli.cli import app, commands
from bilatcli.cli.commands import COMMANDS
from bilatcli.query.options import EXCHANGE_STYLES
from bilatcli.views import VIEWS
from support import Run

NAMES = [*VIEWS, *COMMANDS]


def words_of(text: str) -> str:
    """Return a text with its lines joined, to find what is wrapped."""
    return " ".join(text.split())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("columns", ["60", "100", "200"])
def test_help_of_a_command(run: Run, name: str, columns: str) -> None:
    """Every declared help text is printed in full, whatever the width: `[@key]` loses nothing."""
    result = run(name, "--help", env={"COLUMNS": columns})
    assert (result.code, result.err) == (0, "")
    declared = commands.load_declaration(name)
    printed = words_of(result.out)
    assert words_of(declared.help) in printed
    for option in declared.options:
        assert option.flag in printed
        assert words_of(app.option_help(option)) in printed
    if declared.words:
        assert words_of(app.words_help(declared)) in printed
    for example in declared.examples:
        assert f"  $ {example}\n" in result.out
    assert not re.search(r"<\w+(\[\w+\])?>|\[\]", result.out)


def test_citations_help_has_its_brackets(run: Run) -> None:
    """The form of a pandoc citation is not taken for markup."""
    assert "[@key]" in run("facts", "--help").out


@pytest.mark.parametrize("name", NAMES)
def test_usage_line(run: Run, name: str) -> None:
    """The usage line has the words of the command, if it takes any."""
    words = commands.load_declaration(name).words
    usage = f"Usage: bilatcli {name}{' ' + words if words else ''} [OPTIONS]"
    assert usage in run(name, "--help").out.splitlines()


def test_short_help(run: Run) -> None:
    """`-h` is `--help`, wherever it is."""
    assert run("list", "-h").out == run("list", "--help").out == run("list", "--json", "-h").out


@pytest.mark.parametrize("argv", [[], ["--help"], ["-h"]])
def test_general_help(run: Run, argv: list[str]) -> None:
    """Without a command, or with `--help`, every command has a line, under a heading."""
    result = run(*argv, env={"COLUMNS": "100"})
    assert (result.code, result.err) == (0, "")
    assert [heading for heading in app.GROUPS if f"\n{heading}:\n" not in result.out] == []
    for declared in commands.list_declarations():
        assert f"\n  {declared.name} " in result.out
        assert words_of(declared.help) in words_of(result.out)


def test_help_is_plain_english() -> None:
    """Every help text is a sentence, and starts with a verb or with what the option is."""
    texts = [each.help for each in commands.list_declarations()]
    texts += [option.help for each in commands.list_declarations() for option in each.options]
    assert [text for text in texts if not re.fullmatch(r"[A-Z].*\.", text, re.DOTALL)] == []


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["militray", "az"], "unknown command `militray`; did you mean `bilatcli military az`?"),
        (["--json", "facts"], "options go after the command; run `bilatcli facts --json`"),
        (
            ["--topic", "trade", "facts", "az", "pk"],
            "options go after the command; run `bilatcli facts az pk --topic trade`",
        ),
        (
            ["--all", "--topic=trade", "az", "pk", "-n", "5"],
            "options go after the command; run `bilatcli az pk --all --topic=trade -n 5`",
        ),
        (["facts", "az", "--bogus"], "no such option `--bogus`; see `bilatcli facts --help`"),
        (["facts", "az", "--topc", "trade"], "no such option `--topc`; did you mean `--topic`?"),
        (["--bogus"], "no such option `--bogus`; see `bilatcli --help`"),
        (["batch", "x"], "unexpected word `x`; see `bilatcli batch --help`"),
    ],
    ids=" ".join,
)
def test_invalid_command_line(run: Run, argv: list[str], message: str) -> None:
    """An invalid command line is a usage error with a hint."""
    result = run(*argv)
    assert (result.code, result.err) == (2, f"bilatcli: {message}\n")


def test_missing_value(run: Run) -> None:
    """An option without its value is a usage error that names the option."""
    result = run("facts", "az", "--topic")
    assert result.code == 2
    assert "--topic" in result.err
    assert "requires an argument" in result.err


def test_unusual_spellings(run: Run) -> None:
    """A double hyphen ends the options, and a short option takes its value without a space."""
    assert run("facts", "--json", "--", "az", "pk").out == run("facts", "az", "pk", "--json").out
    assert run("new", "ke", "ug", "-o-").out == run("new", "ke", "ug", "--output", "-").out


def test_styles_are_listed(run: Run) -> None:
    """`cite --style list` lists the exchange formats first, then the CSL styles."""
    result = run("cite", "--style", "list")
    assert result.code == 0
    assert result.out.splitlines()[: len(EXCHANGE_STYLES)] == list(EXCHANGE_STYLES)
