"""`--version --json`: the program, its runtime, its index and its packs."""

from __future__ import annotations

import csv
import json
import platform
import sqlite3
import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bilatcli import __version__
from bilatcli.index import sqlite
from support import DATA, ROOT, Run

SMALL = str(DATA / "small.toml")
HEADER = 'name = "none"\ntitle = "Nothing \\u202e yet"\nlicence = "CC0-1.0"\nupdated = 2026-11-23\n'


def load_document(out: str) -> dict[str, Any]:
    """Return a document, which must match its published schema and have all its keys."""
    document: dict[str, Any] = json.loads(out)
    schema = json.loads((ROOT / "schema" / "version.json").read_text("utf-8"))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(document)] == []
    assert list(document) == list(schema["properties"])
    return document


def test_program_and_runtime(run: Run) -> None:
    """The versions of the program, Python and SQLite are given, and the format of the index."""
    result = run("--version", "--json")
    assert (result.code, result.err) == (0, "")
    document = load_document(result.out)
    assert document["schema"] == "bilatcli/version@1"
    assert document["version"] == __version__
    assert document["python"] == platform.python_version().rstrip("+")
    assert document["sqlite"] == sqlite3.sqlite_version
    assert document["index"]["format"] == sqlite.FORMAT
    assert document["index"]["place"] in ("bundled", "cache")


@pytest.mark.usefixtures("all_packs")
def test_bundled_packs(run: Run) -> None:
    """Every bundled pack is listed with its header and its number of facts."""
    expected = []
    for path in sorted((ROOT / "data").glob("*.toml")):
        if path.stem != "countries":
            raw = tomllib.loads(path.read_text("utf-8"))
            header = {key: raw["pack"][key] for key in ("name", "title", "licence")}
            header["updated"] = raw["pack"]["updated"].isoformat()
            facts = sum(len(relation.get("fact", ())) for relation in raw.get("relation", ()))
            for table in raw.get("table", ()):
                with (path.parent / table["file"]).open(encoding="utf-8") as rows:
                    facts += sum(1 for _ in csv.DictReader(rows))
            digest = sha256(path.read_bytes())
            for table in raw.get("table", ()):
                digest.update((path.parent / table["file"]).read_bytes())
            expected.append({**header, "facts": facts, "digest": digest.hexdigest()})
    assert expected
    assert load_document(run("--version", "--json").out)["packs"] == expected


@pytest.mark.parametrize(
    "argv",
    [("--version", "--json", "--data", SMALL), ("--json", "--version", f"--data={SMALL}")],
    ids=["--version first", "--json first"],
)
def test_own_pack(run: Run, argv: tuple[str, ...]) -> None:
    """A pack of --data comes last, and no path of the machine is printed."""
    result = run(*argv)
    assert (result.code, result.err) == (0, "")
    document = load_document(result.out)
    assert document["index"]["place"] == "cache"
    assert [pack["name"] for pack in document["packs"]][-1] == "small"
    assert str(ROOT) not in result.out


def test_user_packs_left_out(run: Run, home: Path) -> None:
    """The options that choose the packs work as in other commands."""
    folder = home / ".local" / "share" / "bilatcli"
    folder.mkdir(parents=True)
    (folder / "none.toml").write_text(f"[pack]\n{HEADER}", encoding="utf-8")
    broken = folder / "own.toml"
    broken.write_text('[pack]\nname = "own\n', encoding="utf-8")
    result = run("--version", "--json")
    assert result.err == f"bilatcli: left out {broken} (1 problem); see `bilatcli check {broken}`\n"
    assert [pack["name"] for pack in load_document(result.out)["packs"]][-1] == "none"
    without = run("--version", "--json", "--no-user-packs")
    assert (without.code, without.err) == (0, "")
    assert "none" not in [pack["name"] for pack in load_document(without.out)["packs"]]
    published = run("--version", "--json", "--index", "nonsense")
    assert (published.code, "no such option" in published.err) == (2, False)


def test_index_in_memory(run: Run, tmp_path: Path) -> None:
    """If the cache cannot be written, the index is in memory."""
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    env = {"XDG_CACHE_HOME": str(tmp_path / "file")}
    result = run("--version", "--json", "--data", SMALL, env=env)
    assert load_document(result.out)["index"]["place"] == "memory"


def test_pack_without_facts(run: Run, tmp_path: Path) -> None:
    """A pack without facts is listed too, with its title escaped."""
    pack = tmp_path / "none.toml"
    pack.write_text(f"[pack]\n{HEADER}", encoding="utf-8")
    result = run("--version", "--json", "--data", str(pack))
    assert load_document(result.out)["packs"][-1] == {
        "name": "none",
        "title": "Nothing \u202e yet",
        "licence": "CC0-1.0",
        "updated": "2026-11-23",
        "facts": 0,
        "digest": sha256(pack.read_bytes()).hexdigest(),
    }
    assert "\u202e" not in result.out


@pytest.mark.parametrize(
    "argv",
    [
        ("--version", "az"),
        ("--version", "--data", SMALL),
        ("--version", "--json", "az"),
        ("--version", "--json", "--topic", "trade"),
        ("--version", "--no-user-packs"),
        ("--version", "--json", "--data"),
        ("--version", "--json=yes"),
    ],
    ids=" ".join,
)
def test_other_arguments(run: Run, argv: tuple[str, ...]) -> None:
    """With other arguments the command line is invalid, and one line says so."""
    result = run(*argv)
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert "--version" in result.err or "--help" in result.err


def test_missing_pack(run: Run, tmp_path: Path) -> None:
    """A pack that cannot be read is an error."""
    result = run("--version", "--json", "--data", str(tmp_path / "missing.toml"))
    assert result.code == 2
    assert json.loads(result.out)["error"]["kind"] == "pack"
