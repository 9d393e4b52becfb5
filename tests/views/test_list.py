"""The view `list`: all relations, or those of one country."""

from __future__ import annotations

import json

import pytest

from support import Run
from view_support import Ask


def test_curated_first(ask: Ask) -> None:
    """Curated relations come first, each part by id; `curated` keeps only these."""
    every = ask("list")["relations"]
    assert every == sorted(every, key=lambda line: (line["coverage"], line["id"]))
    curated = ask("list", curated=True)["relations"]
    assert curated == [line for line in every if line["coverage"] == "curated"]
    assert 0 < len(curated) < len(every)


def test_counts(ask_small: Ask) -> None:
    """Counts add up; `verified` is the percentage of cited facts, null without facts."""
    for line in ask_small("list")["relations"]:
        cited = line["verification"].get("cited", 0)
        share = round(100 * cited / line["facts"], 1) if line["facts"] else None
        assert line["verified"] == share
        assert sum(line["topics"].values()) == sum(line["verification"].values()) == line["facts"]


def test_one_relation(ask_small: Ask) -> None:
    """A line has the name, the status, the counts and the newest date of a relation."""
    (line,) = [
        each for each in ask_small("list", country="mn")["relations"] if each["id"] == "is-mn"
    ]
    assert (line["name"], line["status"], line["facts"]) == (
        "Iceland–Mongolia",
        "test partners",
        17,
    )
    assert (line["newest"], line["verified"], line["packs"]) == ("2018-01-01", 47.1, ["small"])
    assert line["topics"]["military"] == 4


@pytest.mark.parametrize("name", ["Azerbaijan", "aze", "baku", "Азербайджан", "azerbaijn"])
def test_country(ask: Ask, name: str) -> None:
    """A country may be given by any name; a misspelt one is corrected."""
    document = ask("list", country=name)
    every = ask("list")["relations"]
    assert document["relations"] == [line for line in every if "az" in line["id"].split("-")]
    assert document["query"]["countries"][0]["code"] == "AZ"


@pytest.mark.parametrize(
    ("argv", "code", "message"),
    [
        ("--country banana", 1, "no country is called `banana`; "),
        ("--country korea --curated", 1, "`korea` could mean North Korea (KP) or South Korea (KR)"),
        ("--country=", 2, "`--country` is empty; give a country, such as azerbaijan"),
        ("--country andorra --curated", 1, "no curated relation with Andorra is recorded: leave "),
        ("azerbaijan", 2, "`list` takes no words, but got `azerbaijan`; try `bilatcli summary"),
    ],
)
def test_errors(run: Run, argv: str, code: int, message: str) -> None:
    """An error has one sentence."""
    result = run("list", *argv.split(), "--format", "table")
    assert (result.code, result.out) == (code, "")
    assert result.err.startswith(f"bilatcli: {message}")


def test_error_as_json(run: Run) -> None:
    """With `--json` an error is a document with a command for each meaning."""
    error = json.loads(run("list", "--country", "korea", "--curated", "--json").out)["error"]
    assert error["kind"] == "ambiguous"
    assert error["candidates"][0]["command"] == "bilatcli list --country kp --curated"
