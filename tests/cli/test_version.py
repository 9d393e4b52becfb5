"""`--version`: the program, and with --json its packs and its index."""

from __future__ import annotations

import json
import platform
import sqlite3
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bilatcli import __version__
from bilatcli.index import sqlite
from support import DATA, ROOT, Run

SMALL = str(DATA / "small.toml")


def told(out: str) -> dict[str, Any]:
    """A document, which its published schema holds for and names every key of."""
    document: dict[str, Any] = json.loads(out)
    schema = json.loads((ROOT / "schema" / "version.json").read_text("utf-8"))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(document)] == []
    assert list(document) == list(schema["properties"])
    return document


def test_program_and_what_it_runs_on(run: Run) -> None:
    """It says the version, Python and SQLite, and that the index is the bundled one; nothing else is said."""
    result = run("--version", "--json")
    assert (result.code, result.err) == (0, "")
    document = told(result.out)
    assert document["schema"] == "bilatcli/version@1"
    assert (document["version"], document["python"]) == (
        __version__,
        platform.python_version().rstrip("+"),
    )
    assert document["sqlite"] == sqlite3.sqlite_version
    assert document["index"] == {"format": sqlite.FORMAT, "place": "bundled"}


def test_bundled_packs(run: Run) -> None:
    """Every bundled pack is there with what it says of itself, and with the number of its facts."""
    expected = []
    for path in sorted((ROOT / "data").glob("*.toml")):
        if path.stem != "countries":
            raw = tomllib.loads(path.read_text("utf-8"))
            head = {key: raw["pack"][key] for key in ("name", "title", "licence")}
            facts = sum(len(relation.get("fact", ())) for relation in raw["relation"])
            expected.append({**head, "updated": raw["pack"]["updated"].isoformat(), "facts": facts})
    assert expected
    assert told(run("--version", "--json").out)["packs"] == expected


@pytest.mark.parametrize(
    "arguments",
    [("--version", "--json", "--data", SMALL), ("--json", "--version", f"--data={SMALL}")],
    ids=["--version first", "--json first"],
)
def test_packs_of_ones_own(run: Run, arguments: tuple[str, ...]) -> None:
    """With --data the pack is the last layer, and the index is in the cache; no path is told."""
    result = run(*arguments)
    assert (result.code, result.err) == (0, "")
    document = told(result.out)
    assert document["index"]["place"] == "cache"
    assert [pack["name"] for pack in document["packs"]][-1] == "small"
    assert str(ROOT) not in result.out


def test_index_in_memory(run: Run, home: Path) -> None:
    """Where the cache cannot be written, the index is in memory."""
    (home / ".cache").write_text("a file in its place", encoding="utf-8")
    assert told(run("--version", "--json", "--data", SMALL).out)["index"]["place"] == "memory"


def test_pack_without_facts(run: Run, tmp_path: Path) -> None:
    """A pack that has no fact is told as well."""
    pack = tmp_path / "none.toml"
    head = 'name = "none"\ntitle = "Nothing \\u202e yet"\nlicence = "CC0-1.0"\nupdated = 2026-11-23'
    pack.write_text(f"[pack]\n{head}\n", encoding="utf-8")
    result = run("--version", "--json", "--data", str(pack))
    assert told(result.out)["packs"][-1] == {
        "name": "none",
        "title": "Nothing \u202e yet",
        "licence": "CC0-1.0",
        "updated": "2026-11-23",
        "facts": 0,
    }
    assert "\u202e" not in result.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("--version", "az"),
        ("--version", "--data", SMALL),
        ("--version", "--json", "az"),
        ("--version", "--json", "--topic", "trade"),
        ("--version", "--json", "--data"),
        ("--version", "--json=yes"),
    ],
    ids=" ".join,
)
def test_anything_else_is_refused(run: Run, arguments: tuple[str, ...]) -> None:
    """With anything else beside it, the command line is wrong, and one sentence says so."""
    result = run(*arguments)
    assert result.code == 2
    assert len(result.err.splitlines()) == 1
    assert "--version" in result.err or "--help" in result.err


def test_broken_pack(run: Run, tmp_path: Path) -> None:
    """A pack that cannot be read is an error, as it is for a question."""
    result = run("--version", "--json", "--data", str(tmp_path / "missing.toml"))
    assert result.code == 2
    assert json.loads(result.out)["error"]["kind"] == "pack"
