"""Suggestions: the commands in errors work when pasted."""

from __future__ import annotations

import json
import re
import shlex

import pytest

from support import Run

pytestmark = pytest.mark.usefixtures("all_packs")

SUGGESTING = [
    ["facts", "korea", "pakistan"],
    ["facts", "azrbjn"],
    ["facts", "pakistan", "and", "south", "congo", "jf-17"],
    ["military", "congo", "az", "--all", "--verified"],
    ["facts", "korea", "--topic", "trade"],
    ["stances", "korea", "o'brien", "{}"],
    ["diff", "korea", "us", "2020", "2024"],
    ["search", "visit", "--country", "korea", "--limit", "3"],
    ["summary", "korea", "--as-of", "2020"],
    ["cite", "korea", "--style", "bibtex"],
    ["facts", "vatican", "pitcairn"],
    ["military", "iran", "mongolia", "--since", "2020"],
    ["facts", "antarctica", "aland islands"],
    ["report", "korea", "japan", "--verified", "-o", "-"],
    ["report", "antarctica", "aland islands", "-o", "-"],
    ["map", "korea", "japan", "--svg", "-"],
    ["map", "azrbjn", "--as-of", "2020"],
    ["new", "korea", "japan", "-o", "-"],
]


def has_outline(run: Run, name: str, *argv: str) -> bool:
    """Return True for a summary with an outline, which is an answer without facts."""
    return name == "summary" and json.loads(run(name, *argv, "--json").out)["outline"] is not None


@pytest.mark.parametrize("argv", SUGGESTING, ids=" ".join)
def test_suggestions_work(run: Run, argv: list[str]) -> None:
    """A suggested command is the same command, `summary` or `facts`, and works when pasted."""
    result = run(*argv)
    assert result.code == 1
    suggested = [line[2:].split("  ")[0] for line in result.err.splitlines()[1:]]
    suggested += re.findall(r"`(bilatcli [^`]+ [^`]+)`", result.err.splitlines()[0])
    assert suggested
    for command in suggested:
        program, name, *rest = shlex.split(command)
        assert (program, name in (argv[0], "summary", "facts")) == ("bilatcli", True)
        again = run(name, *rest)
        assert again.code in (0, 1)
        assert "no country" not in again.err
        assert "could mean" not in again.err
        assert "no facts on" not in again.err or has_outline(run, name, *rest)


def test_suggestion_keeps_options(run: Run) -> None:
    """A suggestion has the options that were typed."""
    result = run("map", "korea", "--svg", "-", "--as-of", "2020-01-01")
    assert "  bilatcli map kp --svg - --as-of 2020-01-01  North Korea (KP)\n" in result.err
    result = run("report", "korea", "-o", "k.md", "--style", "apa", "--verified", "--force")
    assert (
        "  bilatcli report kp --output k.md --force --style apa --verified  North Korea (KP)\n"
        in result.err
    )
