"""The matrix of stances, and that an issue brings all of its holders: on the installed command and the real packs."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from support import DATA, ROOT, Result, Run

SMALL = str(DATA / "small.toml")
PACKS = [path for path in sorted((ROOT / "data").glob("*.toml")) if path.name != "countries.toml"]
DISPUTES = ("kashmir", "nagorno-karabakh")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose cache is kept from test to test."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def small(run: Run, kept: Path) -> Run:
    """Run the command with the small pack laid over the bundled ones."""

    def call(*arguments: str, env: dict[str, str] | None = None) -> Result:
        return run(
            *arguments, "--data", SMALL, env={"HOME": str(kept), "COLUMNS": "100", **(env or {})}
        )

    return call


def stances(issue: str | None = None) -> list[tuple[str, dict[str, Any]]]:
    """The relation and the record of each stance in the bundled packs, on one issue or on all."""
    packs = [tomllib.loads(path.read_text("utf-8")) for path in PACKS]
    facts = [
        (each["id"], fact)
        for pack in packs
        for each in pack["relation"]
        for fact in each.get("fact", ())
    ]
    return [
        (id, fact)
        for id, fact in facts
        if fact["topic"] == "stance" and issue in (None, fact["issue"])
    ]


def valid(result: Result) -> dict[str, Any]:
    """The document of a command, once it is what the published schema says."""
    document: dict[str, Any] = json.loads(result.out)
    schema = json.loads((ROOT / "schema" / "stances.json").read_text("utf-8"))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(document)] == []
    return document


# --- the matrix


def test_matrix_of_a_pair(small: Run) -> None:
    """A pair's matrix has only what holds today: a position in dispute is no part of it."""
    result = small("stances", "is", "mn", "--matrix", "--format", "table")
    expected = (
        "Iceland–Mongolia · stance matrix\n\n"
        "Holder   glaciers   the-steppe\n"
        "──────────────────────────────\n"
        "IS       MN\n"
        "MN                  IS\n\n"
        "XX supports XX · ✕XX opposes XX without backing anyone · • has a position but takes no side\n"
        "2 current stances · 2 holders · 2 issues · dates and sources: bilatcli stances is mn\n"
    )
    assert (result.code, result.out, result.err) == (0, expected, "")


def test_matrix_under_all(small: Run) -> None:
    """Under --all every position takes part, and a holder that favours nobody has a dot."""
    out = small("stances", "is", "mn", "--matrix", "--all", "--format", "table").out
    (line,) = [line for line in out.splitlines() if line.startswith("منظمة")]
    assert line.split() == ["منظمة", "الاختبار", "•"]
    assert "3 stances · 3 holders · 2 issues" in out


def test_matrix_json(small: Run) -> None:
    """The matrix stands beside the facts and their sources, which are as they were."""
    document = valid(small("stances", "is", "mn", "--matrix", "--json"))
    assert document["matrix"] == {
        "holders": ["IS", "MN"],
        "issues": ["glaciers", "the-steppe"],
        "cells": [
            {
                "holder": "IS",
                "issue": "glaciers",
                "favours": ["MN"],
                "against": [],
                "facts": ["is-mn/on-glaciers-is"],
            },
            {
                "holder": "MN",
                "issue": "the-steppe",
                "favours": ["IS"],
                "against": ["CL"],
                "facts": ["is-mn/on-steppe-mn"],
            },
        ],
    }
    plain = valid(small("stances", "is", "mn", "--json"))
    assert plain.pop("matrix") is None
    assert plain == {key: value for key, value in document.items() if key != "matrix"}


def test_matrix_in_rows(small: Run) -> None:
    """Where rows are printed, they are the cells, and --fields names keys of theirs."""
    asked = ("stances", "is", "mn", "--matrix")
    assert small(*asked).out == (
        "holder\tissue\tfavours\tagainst\tfacts\n"
        "IS\tglaciers\tMN\t\tis-mn/on-glaciers-is\n"
        "MN\tthe-steppe\tIS\tCL\tis-mn/on-steppe-mn\n"
    )
    assert small(*asked, "--format", "csv", "--fields", "issue,holder").out == (
        "issue,holder\r\nglaciers,IS\r\nthe-steppe,MN\r\n".replace("\r\n", "\n")
    )
    assert small(*asked, "--format", "ndjson", "--fields", "holder,favours").out == (
        '{"holder":"IS","favours":["MN"]}\n{"holder":"MN","favours":["IS"]}\n'
    )
    assert small(*asked, "--format", "markdown").out == (
        "| Holder | Issue | Favours | Against | Facts |\n| --- | --- | --- | --- | --- |\n"
        "| IS | glaciers | MN | — | is-mn/on-glaciers-is |\n"
        "| MN | the-steppe | IS | CL | is-mn/on-steppe-mn |\n"
    )
    refused = small(*asked, "--fields", "text")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith("bilatcli: cells have no field `text`: ")


def test_matrix_of_nothing(small: Run) -> None:
    """Where no position holds, that is said, and how to see those that are there."""
    result = small("stances", "is", "mn", "--matrix", "没有立场", "--format", "table")
    said = "bilatcli: none of the stances found is current (1): add --all\n"
    assert (result.code, result.out, result.err) == (1, "", said)
    assert small("stances", "banana", "--matrix").code == 1
    assert small("stances").code == 2


def test_matrix_of_everything(run: Run) -> None:
    """Without words the matrix has just the current stances of all packs, for whom they are and against whom."""
    matrix = valid(run("stances", "--matrix", "--json"))["matrix"]
    current = [(id, fact) for id, fact in stances() if fact["status"] == "current"]
    assert matrix["holders"] == sorted({fact["holder"] for _, fact in current})
    assert matrix["issues"] == sorted({fact["issue"] for _, fact in current})
    for cell in matrix["cells"]:
        own = [
            (id, fact)
            for id, fact in current
            if (fact["holder"], fact["issue"]) == (cell["holder"], cell["issue"])
        ]
        assert set(cell["facts"]) == {f"{id}/{fact['id']}" for id, fact in own}
        for key in ("favours", "against"):
            assert cell[key] == sorted({fact[key] for _, fact in own if key in fact})
    assert sum(len(cell["facts"]) for cell in matrix["cells"]) == len(current)


@pytest.mark.parametrize("width", [60, 100, 200])
def test_matrix_fits(run: Run, width: int) -> None:
    """However wide the terminal, no line is longer, and no cell is lost between the tables."""
    result = run("stances", "--matrix", "--format", "table", env={"COLUMNS": str(width)})
    assert max(map(len, result.out.splitlines())) <= width
    document = valid(run("stances", "--matrix", "--json"))
    tables = [part for part in result.out.split("\n\n") if part.startswith("Issue")]
    headings = [word for part in tables for word in part.splitlines()[0].split()[1:]]
    assert headings == document["matrix"]["holders"]
    shown = sum(
        len(line.replace(", ", ",").split()) - 1
        for part in tables
        for line in part.splitlines()[2:]
    )
    assert shown == len(document["matrix"]["cells"])


def test_matrix_as_it_was(run: Run) -> None:
    """With --as-of the matrix has what held then."""
    matrix = valid(
        run("stances", "recognition-of-armenia", "--matrix", "--as-of", "2020", "--json")
    )["matrix"]
    (cell,) = [cell for cell in matrix["cells"] if cell["holder"] == "PK"]
    assert "az-pk/pk-armenia-relations-2025" not in cell["facts"]
    assert cell["facts"]


# --- an issue and all of its holders


@pytest.mark.parametrize("issue", DISPUTES)
def test_an_issue_has_every_holder(run: Run, issue: str) -> None:
    """A question about an issue brings every stance of the packs, with whom it favours, since when, and its sources."""
    document = valid(run("stances", issue, "--all", "--json"))
    recorded = {f"{id}/{fact['id']}": fact for id, fact in stances(issue)}
    found = {fact["id"]: fact for fact in document["facts"] if fact["issue"] == issue}
    assert set(found) == set(recorded)
    assert {fact["holder"] for fact in document["facts"]} >= {
        fact["holder"] for fact in recorded.values()
    }
    sources = {source["id"] for source in document["sources"]}
    for id, fact in recorded.items():
        told = [found[id][key] for key in ("holder", "favours", "against", "date", "sources")]
        assert told == [
            fact["holder"],
            fact.get("favours"),
            fact.get("against"),
            fact.get("date"),
            fact["sources"],
        ]
        assert sources >= set(fact["sources"])


@pytest.mark.parametrize("issue", DISPUTES)
def test_an_issue_is_readable(run: Run, issue: str) -> None:
    """Its table fits 100 columns but for addresses, and has each stance with since when, the holder, and for whom."""
    out = run("stances", issue, "--format", "table", env={"COLUMNS": "100"}).out
    assert max(len(line) for line in out.splitlines() if "http" not in line) <= 100
    for _, fact in stances(issue):
        if fact["status"] != "superseded":
            began = rf"{re.escape(fact.get('date', '—'))} +{fact['holder']} +{fact.get('favours', '—')} "
            assert re.search(f"^{began}", out, re.MULTILINE)


@pytest.mark.parametrize("asked", [("kashmir",), ("pakistan",), ("az", "tr", "pk"), ("az", "pk")])
def test_support_is_mutual_across_relations(run: Run, asked: tuple[str, ...]) -> None:
    """Who backs whom is told once, whatever the number of relations, and is mutual just where the other does so too."""
    document = valid(run("stances", *asked, "--json"))
    holds = [fact for fact in document["facts"] if fact["status"] == "current" and fact["favours"]]
    backed = {
        (fact["holder"], fact["favours"]) for fact in holds if fact["favours"] != fact["holder"]
    }
    support = {(each["holder"], each["favours"]): each for each in document["support"]}
    assert set(support) == backed
    assert len(support) == len(document["support"])
    for (holder, favours), each in support.items():
        assert each["mutual"] == ((favours, holder) in backed)
        on = {
            fact["issue"]
            for fact in holds
            if (fact["holder"], fact["favours"]) == (holder, favours)
        }
        assert set(each["issues"]) == on
        assert len(each["issues"]) == len(on)
