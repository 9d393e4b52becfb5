"""Any text of Unicode is harmless on a terminal, from a pack, an argument or the environment."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilatcli.text import make_printable
from bilatcli.views import VIEWS
from hostile import ATTACKS, FORMATS, assert_harmless, assert_harmless_result, make_pack
from support import Run, make_environ, run_in_process

COMMANDS = {
    "": 0,
    "facts az pk": 0,
    "check": 2,
    "export": 2,
    "map": 1,
    "report az pk --style": 2,
    "facts --topic": 2,
}
"""Commands, and their exit code with words of which some are in facts and none is a country."""


@given(st.text(st.characters(), max_size=40))
@settings(max_examples=300)
def test_printable_text_is_harmless(text: str) -> None:
    """A printable text only draws letters, also if the text has lone surrogates."""
    assert_harmless(make_printable(text))


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), min_size=1, max_size=2)
)
@settings(max_examples=8, deadline=None)
def test_any_text_in_a_pack(
    tmp_path_factory: pytest.TempPathFactory, cache: Path, texts: list[str]
) -> None:
    """A pack of any texts is harmless in every format."""
    folder = tmp_path_factory.mktemp("any")
    pack = folder / "pack.toml"
    pack.write_text(make_pack(texts), encoding="utf-8", newline="")
    for format in FORMATS:
        argv = ["facts", "is", "mn", "--data", str(pack), "--format", format]
        result = run_in_process(argv, make_environ(folder, cache))
        assert_harmless_result(result)
        assert result.out or "problem" in result.err


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("prefix", ["", "--", "--format="])
def test_hostile_arguments(run: Run, command: str, prefix: str, tmp_path: Path) -> None:
    """An error that quotes an argument is harmless, whichever parser writes it."""
    expected = 2 if prefix else COMMANDS[command]
    for attack in (ATTACKS[4] + ATTACKS[9], "".join(ATTACKS[:12])):
        argument = prefix + attack
        if command == "export" and not prefix:
            # The folder above does not exist, so that nothing is written.
            argument = str(tmp_path / "nowhere" / attack.replace("/", ""))
        result = run(*command.split(), argument)
        assert result.code == expected
        assert result.err
        assert_harmless_result(result)


VARIABLES = "BILATCLI_DATA XDG_DATA_HOME XDG_CACHE_HOME COLUMNS LINES TERM LANG SOURCE_DATE_EPOCH"


@pytest.mark.parametrize("variable", VARIABLES.split())
def test_hostile_environment(run: Run, variable: str) -> None:
    """Any value of a variable is harmless, whether it is used or reported."""
    for argv in (("facts", "az", "pk", "--format", "table"), ("facts", "--help")):
        assert_harmless_result(run(*argv, env={variable: "/nowhere/\x1b]0;x\x07\u202e"}))


@pytest.mark.parametrize("view", sorted(VIEWS))
@pytest.mark.parametrize("option", ["--fields", "--topic"])
def test_sql_in_options(run: Run, view: str, option: str) -> None:
    """A value of an option that is not in its list is refused."""
    result = run(view, "az", "pk", option, "text FROM fact; DROP TABLE fact; --", "--json")
    assert result.code in (1, 2)
    assert result.out.startswith('{"schema":"bilatcli/error@1"')
