"""Tests of command lines without a command."""

from __future__ import annotations

import pytest

from support import Run


@pytest.mark.parametrize(
    ("argv", "view"),
    [
        (["az", "pk"], "summary"),
        (["Azerbaijan"], "summary"),
        (["taiwan"], "summary"),
        (["mali", "niger"], "summary"),
        (["az", "pk", "--topic", "trade"], "facts"),
        (["az", "pk", "--from", "pk"], "facts"),
        (["az", "pk", "--status", "planned", "--since", "2020"], "facts"),
        (["az", "pk", "--since", "2020"], "summary"),
        (["does Pakistan have an embassy in Yerevan"], "facts"),
        (["NATO", "Turkey"], "facts"),
        (["NATO"], "facts"),
        (["kashmir"], "stances"),
        (["cyprus", "dispute"], "stances"),
        (["india-pakistan-2025"], "stances"),
        (["drones"], "search"),
        (["drones", "--limit", "3"], "search"),
    ],
    ids=" ".join,
)
def test_best_view_answers(run: Run, argv: list[str], view: str) -> None:
    """Words without a command are answered by the best view; a note names its command."""
    result = run(*argv, "--json")
    asked = run(view, *argv, "--json")
    first, _, rest = result.err.partition("\n")
    assert first.startswith(f"bilatcli: answered by `bilatcli {view} ")
    assert (result.code, result.out, rest) == (asked.code, asked.out, asked.err)


@pytest.mark.parametrize("word", ["summry", "fact", "reprt", "militray"])
def test_misspelt_command(run: Run, word: str) -> None:
    """A misspelt command is corrected by a hint, also before names of countries."""
    result = run(word, "az", "pk")
    assert (result.code, result.out) == (2, "")
    assert f"unknown command `{word}`; did you mean `bilatcli " in result.err


def test_own_packs(run: Run, tmp_path: object) -> None:
    """The index that is asked for the view has the packs of `--data`; a missing one is an error."""
    result = run("az", "pk", "--data", f"{tmp_path}/none.toml")
    assert result.code == 2
    assert "answered by" not in result.err
