"""The fast parser: which command lines it parses, and what it leaves to the whole parser."""

from __future__ import annotations

import pytest

from bilatcli.cli import app, commands, fast_args
from bilatcli.cli.command import Invocation
from bilatcli.environment import Environment
from bilatcli.errors import UsageError
from bilatcli.query.request import Request
from support import read_request

ENVIRONMENT = Environment(environ={})

SIMPLE = [
    (["facts"], [], {}),
    (["facts", "az-pk", "--json"], ["az-pk"], {"json": True}),
    (["facts", "--all", "az", "--verified", "pk"], ["az", "pk"], {"all": True, "verified": True}),
    (["facts", "az", "--topic=trade", "--fields=id,,date"], ["az"], {"topic": "trade"}),
    (["facts", "--data", "a.toml", "--data=b=c.toml"], [], {"data": ["a.toml", "b=c.toml"]}),
    (["facts", "--format", "csv", "--format", "tsv", "az"], ["az"], {"format": "tsv"}),
    (["facts", "a b", "é", "\udcff", "\x1b", "", "-"], ["a b", "é", "\udcff", "\x1b", "", "-"], {}),
    (["batch"], [], {}),
    (["new", "az", "pk", "-o", "-", "--force"], ["az", "pk"], {"output": "-", "force": True}),
]
"""Command lines, their words, and some values of options."""

LEFT_TO_WHOLE_PARSER = [
    [],
    ["--help"],
    ["facts", "--help"],
    ["facts", "-h"],
    ["list", "--all"],
    ["facts", "--", "az"],
    ["facts", "--json=yes"],
    ["facts", "--topic"],
    ["facts", "--topic", "--json"],
    ["facts", "-j"],
    ["new", "-ofile"],
    ["new", "-o=file"],
    ["Facts", "az"],
]


def attributes(request: Request | str | None) -> dict[str, object]:
    """Return all attributes of a request."""
    assert isinstance(request, Request)
    found = read_request(request)
    if isinstance(request, Invocation):
        given = {key: value for key, value in request.given.items() if value not in (None, False)}
        found |= {"given": {key: value for key, value in given.items() if value != []}}
    return found


@pytest.mark.parametrize(("argv", "words", "options"), SIMPLE, ids=repr)
def test_simple_command_lines(
    argv: list[str], words: list[str], options: dict[str, object]
) -> None:
    """A simple command line is split into words and options, as the whole parser does it."""
    command = fast_args.parse_fast(argv, ENVIRONMENT)
    assert command is not None
    assert (command.view, command.words) == (argv[0], words)
    found = fast_args.split_arguments(argv[1:], commands.load_declaration(argv[0]).options)
    assert found is not None
    assert {key: found[1][key] for key in options} == options
    assert attributes(command) == attributes(app.parse(argv, ENVIRONMENT))


@pytest.mark.parametrize("argv", LEFT_TO_WHOLE_PARSER, ids=repr)
def test_other_command_lines(argv: list[str]) -> None:
    """All other command lines are left to the whole parser."""
    assert fast_args.parse_fast(argv) is None


@pytest.mark.parametrize(
    "argv",
    [
        ["facts", "--topic", "x", "az"],
        ["facts", "--json", "--format", "csv"],
        ["facts", "--fields", ","],
        ["facts", "--color=", "az"],
        ["facts", "az", "--topic", "trade", "--topic", "energy"],
        ["facts", "az", "--since=2020", "--all", "--since", "2021"],
        ["facts", "az", "-n", "5", "--limit=6"],
        ["report", "az", "pk", "--from", "az", "--from", "pk"],
        ["schema", "a", "b"],
    ],
    ids=repr,
)
def test_wrong_values(argv: list[str]) -> None:
    """Both parsers report a wrong value with the same error."""
    with pytest.raises(UsageError) as fast:
        fast_args.parse_fast(argv)
    with pytest.raises(UsageError) as whole:
        app.parse(argv, ENVIRONMENT)
    assert fast.value.message == whole.value.message


def test_two_values_of_an_option() -> None:
    """An option that selects is not given two values; the same value may be given again.

    Of two formats or files the last one counts, as in most commands.
    """
    with pytest.raises(UsageError) as refused:
        fast_args.parse_fast(["facts", "az", "--topic", "trade", "--topic", "energy"])
    message = "`--topic` has two values, `trade` and `energy`; give one of them"
    assert refused.value.command_line_message == message
    argv = ["facts", "az", "--topic", "trade", "--topic=trade", "--all", "--all"]
    again = fast_args.parse_fast(argv, ENVIRONMENT)
    assert attributes(again) == attributes(app.parse(argv, ENVIRONMENT))
    argv = ["facts", "az", "--format", "csv", "--format", "json", "--color=never", "--color=auto"]
    last = attributes(fast_args.parse_fast(argv, ENVIRONMENT))
    assert (last["format"], last["color"]) == ("json", "auto")
    assert last == attributes(app.parse(argv, ENVIRONMENT))
    packs = ["facts", "az", "--data", "a.toml", "--data", "b.toml"]
    assert attributes(fast_args.parse_fast(packs))["data"] == ("a.toml", "b.toml")


def test_id_of_a_fact() -> None:
    """The id of a fact alone is a question of `show`."""
    assert fast_args.add_command(["az-pk/recognition-1991", "--json"])[0] == "show"
    assert fast_args.add_command(["az-pk"]) == ["az-pk"]
    assert fast_args.add_command([]) == []
