"""Names to codes, from arguments and line by line, on the installed command."""

from __future__ import annotations

import csv
import io
import json

import pytest

from support import Run

NAMES = ["azerbaijan", "", "Korea", "Baku", "switzerlnd", "banana", "PK", "\x1b[31m"]
CODES = ["AZ", None, None, "AZ", "CH", None, "PK", None]


def test_arguments(run: Run) -> None:
    """Each argument is one name, and each is answered in order, with how it matched."""
    result = run("resolve", *NAMES, "--json")
    document = json.loads(result.out)
    assert result.code == 0
    assert [name["input"] for name in document["names"]] == NAMES
    assert [name["code"] for name in document["names"]] == CODES
    assert [name["match"] for name in document["names"]] == [
        "exact",
        None,
        None,
        "alias",
        "fuzzy",
        None,
        "code",
        None,
    ]
    assert [each["code"] for each in document["names"][2]["candidates"]] == ["KP", "KR"]


def test_lines_are_answered_as_arguments_are(run: Run) -> None:
    """From standard input there is one answer a line, blank lines included, the same as for arguments."""
    stdin = "".join(f"{name}\n" for name in NAMES)
    whole = json.loads(run("resolve", *NAMES, "--json").out)["names"]
    assert json.loads(run("resolve", "-", "--json", stdin=stdin).out)["names"] == whole
    lines = run("resolve", "-", "--format", "ndjson", stdin=stdin).out.splitlines()
    assert [json.loads(line) for line in lines] == whole
    read = list(
        csv.DictReader(io.StringIO(run("resolve", "-", "--format", "csv", stdin=stdin).out))
    )
    assert [row["code"] or None for row in read] == CODES
    assert run("resolve", "-", stdin=stdin).out == run("resolve", *NAMES).out


@pytest.mark.parametrize("count", [0, 1, 199, 200, 201, 1000])
def test_any_number_of_lines(run: Run, count: int) -> None:
    """However many lines there are, JSON is one document and TSV has one header."""
    stdin = "pk\n" * count
    result = run("resolve", "-", "--json", stdin=stdin)
    assert len(json.loads(result.out)["names"]) == count
    assert result.code == (0 if count else 1)
    assert len(run("resolve", "-", stdin=stdin).out.splitlines()) == count + 1


def test_refusals(run: Run) -> None:
    """Nothing to resolve, or a format that cannot be written line by line, is told in one line."""
    assert (run("resolve").code, run("resolve").out) == (2, "")
    refused = run("resolve", "-", "--format", "markdown", stdin="pk\n")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith(
        "bilatcli: names from standard input cannot be a markdown: there are tsv, csv, "
    )


def test_nothing_found(run: Run) -> None:
    """Where no name is a country the exit code is 1, and each is said on standard error."""
    result = run("resolve", "banana", "korea", "--format", "table")
    assert result.code == 1
    assert result.err.splitlines() == [
        "bilatcli: `korea` can mean North Korea (KP), South Korea (KR): say which",
        "bilatcli: no country is called `banana`",
    ]
    assert "korea: South Korea  bilatcli resolve kr" in result.out
