"""Whatever is typed: both parsers agree, and nothing reaches the terminal as anything but text."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bilatcli.cli import app, fast_args
from bilatcli.environment import Environment
from bilatcli.errors import UsageError
from bilatcli.query.request import Request
from bilatcli.views import VIEWS
from support import Result, make_environ, read_request, run_in_process

ENVIRONMENT = Environment(environ={})

ARGUMENTS = (
    "--json --all --verified --topic --topic=trade --fields --fields=id --format --color trade json"
    " csv always id,text az pk jf-17 a=b - -- -x --x=1"
).split()

HOSTILE = [
    "\x1b[31mred\x1b[0m",
    "\x1b]8;;https://evil.example\x07here",
    "\x9b31m",
    "\u202eevil\u2066",
    "line\nbreak\rtab\t",
    "\u2028\u0085\x7f",
    "\udcff\udc80",
    "\ud83d",
    "{} {0} {name} {{",
    "%s %(x)s",
    "'\"`$(x)\\",
    "[bold]x[/bold] [/x]",
    "",
    "   ",
    "\U000e0001\u200b\ufeff",
    "İßŉ",
    "冰岛",
    "آئس",
    "--\x1b[31m",
    "-\u202e",
    "--topic=\x1b",
    "--format=\n",
    "--color=\u202e",
    "--fields=\x1b,id",
    "--fields=\udcff",
]

SAFE_SPACES = "\n\u00a0\u2007\u202f\u3000"

# An argument has no NUL. Help is not about the words.
anything = st.text(
    st.characters(exclude_characters="\0", exclude_categories=()), max_size=8
).filter(lambda text: not text.startswith(("-h", "--help")))
hostile_arguments = st.lists(
    st.sampled_from(HOSTILE) | anything | st.sampled_from(["az", "pk", "kashmir", "jf-17"]),
    max_size=4,
)
shared_fixture = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def is_safe(text: str) -> bool:
    """Return True if a terminal shows a text and does nothing else."""
    return all(character.isprintable() or character in SAFE_SPACES for character in text)


def outcome(parse: Callable[[list[str]], Request | str | None], argv: list[str]) -> object:
    """Return the attributes of the request that a parser returns, or the message of its error."""
    try:
        request = parse(argv)
    except UsageError as error:
        return error.message
    if not isinstance(request, Request):
        return request
    return read_request(request)


@settings(deadline=None)
@given(st.sampled_from([*VIEWS]), st.lists(st.sampled_from(ARGUMENTS) | anything, max_size=7))
def test_parsers_agree(view: str, arguments: list[str]) -> None:
    """What the fast parser makes of a command line, the whole parser makes of it too."""
    argv = [view, *arguments]
    fast = outcome(partial(fast_args.parse_fast, environment=ENVIRONMENT), argv)
    assume(fast is not None)
    assert fast == outcome(partial(app.parse, environment=ENVIRONMENT), argv)


@pytest.fixture(scope="module")
def small_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home without packs."""
    return tmp_path_factory.mktemp("home")


def printed(argv: list[str], home: Path, cache: Path) -> Result:
    """Return what a command line prints."""
    return run_in_process(argv, make_environ(home, cache))


@settings(parent=shared_fixture)
@given(st.sampled_from([*VIEWS, "schema"]) | st.sampled_from(HOSTILE), hostile_arguments)
def test_hostile_arguments_as_json(
    small_home: Path, cache: Path, command: str, arguments: list[str]
) -> None:
    """JSON is one valid document, and standard error is safe for a terminal."""
    result = printed([command, "--json", *arguments], small_home, cache)
    assert result.code in (0, 1, 2)
    assert json.loads(result.out)["schema"].startswith("bilatcli/")
    assert is_safe(result.err)
    result.out.encode()


@settings(parent=shared_fixture)
@given(
    st.sampled_from([*VIEWS]),
    st.sampled_from(["table", "tsv", "markdown", "ndjson"]),
    hostile_arguments,
)
def test_hostile_arguments_as_text(
    small_home: Path, cache: Path, view: str, format: str, arguments: list[str]
) -> None:
    """Both streams are safe for a terminal."""
    result = printed([view, "--format", format, *arguments], small_home, cache)
    assert result.code in (0, 1, 2)
    assert is_safe(result.err)
    assert is_safe(result.out.replace("\t", " "))


@pytest.mark.parametrize(
    "argument", [each for each in HOSTILE if not each.startswith("-")], ids=ascii
)
def test_hostile_title(small_home: Path, cache: Path, argument: str) -> None:
    """The title of a table repeats the words that were typed, with unsafe characters escaped."""
    argv = ["stances", "az", "pk", f"kashmir{argument}", "--format", "table"]
    result = printed(argv, small_home, cache)
    assert result.code in (0, 1)
    assert is_safe(result.out + result.err)
