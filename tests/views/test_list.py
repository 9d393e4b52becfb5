"""The list of relations: of all, of one country, of those that an editor wrote; on the installed command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from support import DATA, ROOT, Result, Run

SMALL = str(DATA / "small.toml")


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


def listed(result: Result) -> list[dict[str, Any]]:
    """The relations of a document, once it is what the published schema says."""
    document: dict[str, Any] = json.loads(result.out)
    schema = json.loads((ROOT / "schema" / "list.json").read_text("utf-8"))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(document)] == []
    relations: list[dict[str, Any]] = document["relations"]
    return relations


def test_curated_first(run: Run) -> None:
    """The curated relations come first, each part in the order of ids, and --curated keeps only them."""
    every = listed(run("list", "--json"))
    assert every == sorted(every, key=lambda relation: (relation["coverage"], relation["id"]))
    curated = listed(run("list", "--curated", "--json"))
    assert curated == [relation for relation in every if relation["coverage"] == "curated"]
    assert 0 < len(curated) < len(every)


def test_verified(small: Run) -> None:
    """`verified` is the share of facts that are cited, in per cent, and null where there is no fact."""
    for relation in listed(small("list", "--json")):
        cited = relation["verification"].get("cited", 0)
        share = round(100 * cited / relation["facts"], 1) if relation["facts"] else None
        assert relation["verified"] == share
        assert sum(relation["topics"].values()) == relation["facts"]


def test_country_table(small: Run) -> None:
    """A relation with name, status, facts by topic, sources, newest date and the share that is verified."""
    result = small("list", "--country", "Mongolia", "--curated", "--format", "table")
    assert (result.code, result.err) == (0, "")
    assert result.out.split("\n", 1)[0].split() == [
        "Id",
        "Relation",
        "Facts",
        "Sources",
        "Newest",
        "Verified",
    ]
    row, *rest = [line for line in result.out.splitlines()[2:] if line]
    assert row.split()[0] == "is-mn"
    assert "Iceland–Mongolia · test partners" in row
    assert " ".join(" ".join(rest[:-1]).split()) == (
        "military 4, stance 3, culture 1, diplomacy 1, education 1, energy 1, history 1, humanitarian 1, politics 1, "
        "recognition 1, trade 1, transport 1"
    )
    assert rest[-1] == "1 relation, 1 curated · more: bilatcli summary ID"


def test_country_in_rows(small: Run) -> None:
    """The same in rows, with the columns that were asked for."""
    asked = (
        "list",
        "--country",
        "mongolia",
        "--curated",
        "--fields",
        "id,facts,newest,verified,topics,coverage",
    )
    assert small(*asked).out == (
        "id\tfacts\tnewest\tverified\ttopics\tcoverage\n"
        "is-mn\t17\t2018-01-01\t47.1\tculture=1 diplomacy=1 education=1 energy=1 history=1 humanitarian=1 military=4 "
        "politics=1 recognition=1 stance=3 trade=1 transport=1\tcurated\n"
    )


@pytest.mark.parametrize("name", ["Azerbaijan", "aze", "baku", "Азербайджан", "azerbaijn"])
def test_country_in_any_spelling(run: Run, name: str) -> None:
    """A country is understood as elsewhere, whatever it is called, and each of its relations is listed."""
    result = run("list", "--country", name, "--json")
    relations = listed(result)
    every = listed(run("list", "--json"))
    assert relations == [each for each in every if "az" in each["id"].split("-")]
    assert result.err == (
        "bilatcli: reading `azerbaijn` as Azerbaijan (AZ)\n" if name == "azerbaijn" else ""
    )
    assert json.loads(result.out)["query"]["countries"][0]["code"] == "AZ"


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (
            ["--country", "banana"],
            1,
            (
                "bilatcli: no country is called `banana`: did you mean Canada (CA), Panama (PA), Tanzania (TZ)?\n"
                "  bilatcli list --country ca  Canada (CA)\n"
                "  bilatcli list --country pa  Panama (PA)\n"
                "  bilatcli list --country tz  Tanzania (TZ)\n"
            ),
        ),
        (
            ["--country", "korea", "--curated"],
            1,
            (
                "bilatcli: `korea` can mean North Korea (KP), South Korea (KR): say which\n"
                "  bilatcli list --country kp --curated  North Korea (KP)\n"
                "  bilatcli list --country kr --curated  South Korea (KR)\n"
            ),
        ),
        (
            ["--country", ""],
            2,
            "bilatcli: --country names nothing: give a country, as in `--country azerbaijan`\n",
        ),
        (
            ["--country", "andorra", "--curated"],
            1,
            "bilatcli: no curated relation with Andorra is recorded: leave --curated out\n",
        ),
    ],
)
def test_errors(run: Run, options: list[str], code: int, said: str) -> None:
    """What is no country, is several, or has nothing is said in one sentence, with the commands that may be meant."""
    result = run("list", *options, "--format", "table")
    assert (result.code, result.out, result.err) == (code, "", said)


def test_errors_json(run: Run) -> None:
    """The same as a document."""
    result = run("list", "--country", "banana", "--json")
    schema = json.loads((ROOT / "schema" / "error.json").read_text("utf-8"))
    document = json.loads(result.out)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(document)] == []
    assert document["error"]["kind"] == "no-such-country"


def test_completion(run: Run) -> None:
    """Behind --country, and behind its equals sign, the names of countries are offered."""
    assert "azerbaijan" in run("--complete", "list", "--country", "azer").out
    assert "--country=azerbaijan\t" in run("--complete", "list", "--country=azer").out
    assert run("--complete", "list", "--country", "").out.startswith("afghanistan\tAF\n")
    assert run("--complete", "stances", "--matrix", "--fields", "fac").out == "facts\tFacts\n"


def test_batch(run: Run) -> None:
    """In a batch the options are keys of a question, which needs no words."""
    questions = [
        '{"view": "list", "country": "pk", "curated": true}',
        '{"view": "list", "country": "banana"}',
    ]
    answer, error = run("batch", stdin="".join(f"{line}\n" for line in questions)).out.splitlines()
    assert json.loads(answer)["relations"] == listed(
        run("list", "--country", "pk", "--curated", "--json")
    )
    assert json.loads(error)["error"]["candidates"][0]["command"] == "bilatcli list --country ca"
