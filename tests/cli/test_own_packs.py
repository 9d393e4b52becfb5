"""Your own packs: where they come from, and what is reported if they are invalid."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path

from support import RELATIONS, Result, Run, read_column

OTHER_BUNDLED = {
    relation["id"]
    for pack in ("east-asia", "europe", "middle-east", "south-asia", "south-caucasus")
    for relation in tomllib.loads(RELATIONS.with_name(f"{pack}.toml").read_text("utf-8"))[
        "relation"
    ]
}
"""The curated relations of the bundled packs, except Azerbaijan–Pakistan."""


def listed_ids(result: Result) -> list[str]:
    """Return the ids of the curated relations of a list, without the other bundled ones."""
    assert result.code == 0, result.err
    listed = zip(read_column(result, "id"), read_column(result, "coverage"), strict=True)
    return [id for id, coverage in listed if coverage == "curated" and id not in OTHER_BUNDLED]


OWN = """\
[pack]
name = "{name}"
title = "Another test pack"
licence = "CC0-1.0"
updated = 2026-11-23

[[relation]]
id = "{id}"
countries = {countries}
"""


def write_pack(folder: Path, name: str, one: str, other: str) -> Path:
    """Write a pack with one relation and no fact."""
    folder.mkdir(exist_ok=True, parents=True)
    file = folder / f"{name}.toml"
    countries = json.dumps([one, other])
    file.write_text(
        OWN.format(name=name, id=f"{one}-{other}".lower(), countries=countries), encoding="utf-8"
    )
    return file


def test_places_of_packs(run: Run, tmp_path: Path, home: Path) -> None:
    """Packs come from --data (repeated), BILATCLI_DATA and the user's data folder together."""
    file = write_pack(tmp_path / "one", "one", "BR", "TO")
    folder = write_pack(tmp_path / "many", "two", "BR", "WS").parent
    write_pack(folder, "three", "BR", "PG")
    (folder / "notes.txt").write_text("not a pack", encoding="utf-8")
    variable = [
        str(write_pack(tmp_path / "variable", name, "BR", code))
        for name, code in (("a", "NR"), ("b", "TV"))
    ]
    write_pack(home / ".local" / "share" / "bilatcli", "user", "BR", "KI")
    env = {"BILATCLI_DATA": os.pathsep.join(variable)}
    assert listed_ids(run("list")) == ["az-pk", "br-ki"]
    assert listed_ids(run("list", "--data", str(folder), f"--data={file}", env=env)) == [
        "az-pk",
        *("br-ki", "br-nr", "br-pg", "br-to", "br-tv", "br-ws"),
    ]


def test_own_facts_on_a_bundled_relation(run: Run, tmp_path: Path) -> None:
    """Your facts are added to those of the bundled relation, each with its pack."""
    file = write_pack(tmp_path, "mine", "AZ", "PK")
    fact = """
[[relation.fact]]
id = "invented-for-this-test"
topic = "history"
text = "An invented statement."
status = "historical"
actors = ["AZ"]
sources = []
verification = "citation-needed"
"""
    file.write_text(file.read_text("utf-8") + fact, encoding="utf-8")
    result = run("facts", "az", "pk", "--topic", "history", "--data", str(file))
    packs = dict(zip(read_column(result, "id"), read_column(result, "pack"), strict=True))
    assert packs["az-pk/invented-for-this-test"] == "mine"
    assert set(packs.values()) == {"mine", "relations"}


def test_invalid_pack(run: Run, tmp_path: Path) -> None:
    """Every problem of an invalid pack has its place, in words and in JSON."""
    file = write_pack(tmp_path, "bad", "FJ", "CL")
    file.write_text(file.read_text("utf-8").replace("licence", "brace"), encoding="utf-8")
    result = run("list", "--data", str(file))
    assert (result.code, result.out) == (2, "")
    *problems, last = result.err.splitlines()
    assert last == f"bilatcli: {len(problems)} problems in the packs"
    as_json = run("list", "--json", "--data", str(file))
    assert (as_json.code, as_json.err) == (2, result.err)
    error = json.loads(as_json.out)["error"]
    assert error["kind"] == "pack"
    printed = ["{file}:{line}:{column}: {what}: {remedy}".format(**p) for p in error["problems"]]
    assert printed == problems
    assert len(printed) == 3


def test_broken_pack_of_the_user(run: Run, home: Path) -> None:
    """A broken pack in the user's data folder does not change an answer, only adds a line."""
    folder = home / ".local" / "share" / "bilatcli"
    folder.mkdir(parents=True)
    file = folder / "own.toml"
    file.write_text('[pack]\nname = "own\n', encoding="utf-8")
    result = run("show", "az-pk/recognition-1991")
    without = run("show", "az-pk/recognition-1991", "--no-user-packs")
    assert (result.code, without.code, without.err) == (0, 0, "")
    assert result.out == without.out
    assert result.err == f"bilatcli: left out {file} (1 problem); see `bilatcli check {file}`\n"
    named = run("facts", "az", "pk", "--data", str(file))
    assert (named.code, named.out) == (2, "")
    for line in ("az pk", "batch", "resolve -", "map az pk", "new kenya uganda -o -"):
        words = line.split()
        assert run(*words, stdin="az pk\n").err.count(f"left out {file}") == 1, line
        assert "left out" not in run(*words, "--no-user-packs", stdin="az pk\n").err
    suggested = run("facts", "qqqqq", "az", "--no-user-packs").err
    assert "--no-user-packs" in suggested or "bilatcli facts" not in suggested


def test_missing_pack(run: Run, tmp_path: Path) -> None:
    """A pack that does not exist is an error with its path."""
    result = run("list", "--data", str(tmp_path / "none.toml"))
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"{tmp_path}/none.toml: ")
    assert "no such file or directory" in result.err
