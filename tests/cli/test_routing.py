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
        (["CSTO", "Armenia"], "facts"),
        (["NATO", "Turkey"], "facts"),
        (["ASEAN", "Turkey"], "summary"),
        (["latest facts about Armenia"], "latest"),
        (["newest"], "latest"),
        (["newest", "military", "az", "pk"], "facts"),
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


@pytest.mark.parametrize(
    ("argv", "routed"),
    [
        (["facts", "latest", "--limit", "3"], ["latest", "--limit", "3"]),
        (["latest", "drones", "az", "pk"], ["facts", "latest", "drones", "az", "pk"]),
        (["latest", "drones"], ["search", "latest", "drones"]),
        (["latest", "kashmir"], ["stances", "latest", "kashmir"]),
    ],
    ids=" ".join,
)
def test_latest_with_words(run: Run, argv: list[str], routed: list[str]) -> None:
    """The word `latest` is the view with a country or without words, else an order of facts."""
    result = run(*argv, "--json")
    asked = run(*routed, "--json")
    note = f"bilatcli: answered by `bilatcli {' '.join(routed)} --json`\n"
    assert (result.code, result.out, result.err) == (asked.code, asked.out, note + asked.err)


@pytest.mark.parametrize("word", ["summry", "fact", "reprt", "militray"])
def test_misspelt_command(run: Run, word: str) -> None:
    """A misspelt command is corrected by a hint, also before names of countries."""
    result = run(word, "az", "pk")
    assert (result.code, result.out) == (2, "")
    assert f"unknown command `{word}`; did you mean `bilatcli " in result.err


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["az", "pk", "--topc", "trade"], "no such option `--topc`; did you mean `--topic`?"),
        (["az", "pk", "--topic"], "option `--topic` requires an argument"),
        (["az", "pk", "-n3"], "name a command; run `bilatcli facts az pk -n3`"),
        (["az", "pk", "--", "x"], "name a command; run `bilatcli facts az pk -- x`"),
        (["az", "pk", "--help"], "no such command `az`; see `bilatcli --help`"),
        (["help", "zzzzz"], "no such command `zzzzz`; see `bilatcli --help`"),
    ],
)
def test_options_without_a_command(run: Run, argv: list[str], message: str) -> None:
    """An error in the options is reported as such, not as an unknown command `az`."""
    result = run(*argv)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"bilatcli: {message}")
    assert result.err.count("\n") == 1


def test_own_packs(run: Run, tmp_path: object) -> None:
    """The index that is asked for the view has the packs of `--data`; a missing one is an error."""
    result = run("az", "pk", "--data", f"{tmp_path}/none.toml")
    assert result.code == 2
    assert "answered by" not in result.err
