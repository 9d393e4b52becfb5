"""The pager: when a text is shown in one, and how its command is read."""

from __future__ import annotations

import io

import pytest

from bilatcli.cli import pager
from bilatcli.environment import Environment
from support import Terminal


def make_environment(**environ: str) -> Environment:
    """Return an environment with a terminal of 10 lines."""
    return Environment(stdout=Terminal(), environ={"LINES": "10", **environ})


@pytest.mark.parametrize(
    ("environ", "command"),
    [
        ({}, ["less", "-FRX"]),
        ({"PAGER": "more"}, ["more"]),
        ({"PAGER": "more", "BILATCLI_PAGER": "most -x 'a b'"}, ["most", "-x", "a b"]),
        ({"PAGER": "more", "BILATCLI_PAGER": ""}, []),
        ({"PAGER": "'open"}, []),
        ({"PAGER": "less; touch x"}, ["less;", "touch", "x"]),
    ],
)
def test_command(environ: dict[str, str], command: list[str]) -> None:
    """The first variable that is set has the command; a shell never runs it."""
    assert pager.find_pager(make_environment(**environ)) == command


@pytest.mark.parametrize(
    ("lines", "environ"),
    [
        (9, {"PAGER": "false"}),
        (10, {"PAGER": "false", "TERM": "dumb"}),
        (10, {"PAGER": ""}),
        (10, {"PAGER": "cat"}),
        (10, {"PAGER": "no-such-pager-0"}),
        (10, {"PAGER": "/"}),
        (10, {"PAGER": "a\0b"}),
        (10, {"PAGER": "no-such-pager-0; echo $(touch x) `touch y` | cat"}),
    ],
)
def test_no_pager(lines: int, environ: dict[str, str]) -> None:
    """A text that fits the screen, or whose pager cannot be started, is printed as it is."""
    assert not pager.show_in_pager("x\n" * lines, make_environment(**environ))


def test_pipe() -> None:
    """A pipe has no pager."""
    environment = Environment(stdout=io.StringIO(), environ={"LINES": "10", "PAGER": "false"})
    assert not pager.show_in_pager("x\n" * 99, environment)
