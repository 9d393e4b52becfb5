"""The view `resolve`: names of countries to ISO codes."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from bilatcli.cli.resolve_stream import CHUNK_SIZE
from support import Run

NAMES = {
    "azerbaijan": ("AZ", "exact"),
    "": (None, None),
    "Korea": (None, None),
    "Baku": ("AZ", "alias"),
    "switzerlnd": ("CH", "fuzzy"),
    "banana": (None, None),
    "PK": ("PK", "code"),
    "\x1b[31m": (None, None),
}
"""The code of each name, and how it matches."""


def load_names(out: str) -> list[dict[str, Any]]:
    """Return the rows of a document."""
    names: list[dict[str, Any]] = json.loads(out)["names"]
    return names


def test_names(run: Run) -> None:
    """Each argument is one name, answered in order."""
    result = run("resolve", *NAMES, "--json")
    names = load_names(result.out)
    assert result.code == 1
    assert {each["input"]: (each["code"], each["match"]) for each in names} == NAMES
    assert [each["input"] for each in names] == list(NAMES)
    assert [each["code"] for each in names[2]["candidates"]] == ["KP", "KR"]


def test_lines(run: Run) -> None:
    """Each line of standard input is one name, blank lines included."""
    stdin = "".join(f"{name}\n" for name in NAMES)
    names = load_names(run("resolve", *NAMES, "--json").out)
    assert load_names(run("resolve", "-", "--json", stdin=stdin).out) == names
    lines = run("resolve", "-", "--format", "ndjson", stdin=stdin).out.splitlines()
    assert [json.loads(line) for line in lines] == names
    rows = csv.DictReader(io.StringIO(run("resolve", "-", "--format", "csv", stdin=stdin).out))
    assert [row["code"] or None for row in rows] == [code for code, _ in NAMES.values()]
    assert run("resolve", "-", stdin=stdin).out == run("resolve", *NAMES).out


@pytest.mark.parametrize("count", [0, 1, CHUNK_SIZE - 1, CHUNK_SIZE, CHUNK_SIZE + 1])
def test_any_number_of_lines(run: Run, count: int) -> None:
    """Any number of lines gives one JSON document, or one header of TSV."""
    stdin = "pk\n" * count
    result = run("resolve", "-", "--json", stdin=stdin)
    assert len(load_names(result.out)) == count
    assert result.code == (0 if count else 1)
    assert len(run("resolve", "-", stdin=stdin).out.splitlines()) == count + 1


@pytest.mark.parametrize(
    ("names", "code"), [(["france"], 0), (["EU", "france"], 1), (["france", "qqqqqq"], 1)]
)
def test_exit_code(run: Run, names: list[str], code: int) -> None:
    """The exit code is 0 only if every name is a country, as arguments and as lines."""
    stdin = "".join(f"{name}\n" for name in names)
    assert run("resolve", *names).code == run("resolve", "-", stdin=stdin).code == code


def test_usage_errors(run: Run) -> None:
    """Names are required, and their format must be one that can be written line by line."""
    assert (run("resolve").code, run("resolve").out) == (2, "")
    refused = run("resolve", "-", "--format", "markdown", stdin="pk\n")
    assert (refused.code, refused.out) == (2, "")
    assert "markdown" in refused.err


def test_nothing_found(run: Run) -> None:
    """If no name is a country the exit code is 1, and a note names each."""
    result = run("resolve", "banana", "korea", "--format", "table")
    assert result.code == 1
    assert result.err.splitlines() == [
        "bilatcli: `korea` could mean North Korea (KP) or South Korea (KR); choose one",
        "bilatcli: no country is called `banana`",
    ]
