"""`bilatcli check`: its options, its output formats and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bilatcli.packs.lint.base import RULES
from support import DATA, ROOT, Result, Run

GOOD = (DATA / "lint.toml").read_text("utf-8")
HERALD = GOOD[GOOD.index('issued = "2026-04"\n') : GOOD.index("\n[[relation]]")]
TWO = GOOD.replace(HERALD, 'reliability = "weak"\n').replace("in Suva.", "in Suva")
"""The pack with a note (BL102) and a warning (BL214)."""
TODAY = ("--today", "2026-11-25")


def write(folder: Path, text: str) -> str:
    """Write a pack with this text and return its path."""
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def findings_of(result: Result) -> list[dict[str, Any]]:
    """Return the findings of a JSON document, which must fit its schema."""
    document = json.loads(result.out)
    schema = json.loads((ROOT / "schema" / "check.json").read_text("utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(document)) == []
    findings: list[dict[str, Any]] = document["findings"]
    assert document["counts"] == {
        severity: sum(each["severity"] == severity for each in findings)
        for severity in ("error", "warning", "note")
    }
    return findings


def test_a_good_pack(run: Run, tmp_path: Path) -> None:
    """A pack without problems gives an empty output and the exit code 0."""
    result = run("check", write(tmp_path, GOOD), *TODAY)
    assert (result.code, result.out) == (0, "")
    assert result.err == "bilatcli: 1 pack checked: no problems\n"


@pytest.mark.parametrize(
    ("options", "codes", "exit_code"),
    [
        ((), ["BL102", "BL214"], 1),
        (("--select", "BL2"), ["BL214"], 1),
        (("--select", "bl102"), ["BL102"], 0),
        (("--select", "BL1,no-full-stop"), ["BL102", "BL214"], 1),
        (("--ignore", "BL21"), ["BL102"], 0),
        (("--select", "BL2", "--ignore", "BL214, BL215"), [], 0),
    ],
)
def test_select_and_ignore(
    run: Run, tmp_path: Path, options: tuple[str, ...], codes: list[str], exit_code: int
) -> None:
    """Rules are selected by code, prefix or name. Notes alone do not fail."""
    result = run("check", write(tmp_path, TWO), *TODAY, *options, "--format", "json")
    assert ([each["code"] for each in findings_of(result)], result.code) == (codes, exit_code)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("",),
        ("x.toml", "--select", "BL209x"),
        ("x.toml", "--ignore", ","),
        ("--explain", "zzz"),
        ("x.toml", "--format", "xml"),
        ("x.toml", "--json", "--format", "sarif"),
        ("x.toml", "--today", "yesterday"),
    ],
)
def test_usage_errors(run: Run, arguments: tuple[str, ...]) -> None:
    """A wrong command line is reported in one line."""
    result = run("check", *arguments)
    assert (result.code, result.err.count("\n")) == (2, 1)


def test_files_that_do_not_load(run: Run, tmp_path: Path) -> None:
    """A missing file gives the exit code 2 and a broken one 1. The other files are checked."""
    bad = write(tmp_path, TWO)
    broken = tmp_path / "broken.toml"
    broken.write_text("[pack\n", encoding="utf-8")
    missing = str(tmp_path / "missing.toml")
    result = run("check", missing, bad, *TODAY, "--json", "--select", "BL214")
    findings = [(each["code"], each["file"]) for each in findings_of(result)]
    assert findings == [("BL001", missing), ("BL214", bad)]
    assert result.code == 2
    result = run("check", str(broken), "--ignore", "BL001")
    assert (result.code, result.out.split(": ")[:2]) == (1, [f"{broken}:1:6", "error BL001"])


def test_folders(run: Run, tmp_path: Path) -> None:
    """A folder stands for its packs, as an argument and with --data. Each pack is checked once."""
    path = write(tmp_path, GOOD)
    for arguments in ((str(tmp_path),), ("--data", str(tmp_path)), (path, "--data", path)):
        assert json.loads(run("check", *arguments, *TODAY, "--json").out)["files"] == [path]


@pytest.mark.parametrize(
    ("comment", "codes"),
    [
        ('text = "The foreign ministers met in Suva"  # bilatcli: ignore[BL214]', []),
        ('# why # bilatcli:ignore[BL215,BL214]\ntext = "They met in occupied Suva"', []),
        ('text = "They met in Suva"  # bilatcli: ignore[BL215]', ["BL214", "BL901"]),
        ('text = "They met in Suva"  # bilatcli: ignore[]', ["BL214", "BL901"]),
        ('text = "They met in Suva"  # bilatcli: ignore[BL2x4]', ["BL214", "BL901"]),
        ('# bilatcli: ignore[BL214]\n\ntext = "They met in Suva"', ["BL214", "BL901"]),
    ],
)
def test_ignore_comments(run: Run, tmp_path: Path, comment: str, codes: list[str]) -> None:
    """A comment applies to its line, or alone on its line also to the next; else it is reported."""
    text = GOOD.replace('text = "The foreign ministers met in Suva."', comment)
    findings = findings_of(run("check", write(tmp_path, text), *TODAY, "--json"))
    assert sorted(each["code"] for each in findings) == codes


def test_text(run: Run, tmp_path: Path) -> None:
    """A finding is one line with its position, severity, code, problem and remedy."""
    path = write(tmp_path, TWO)
    result = run("check", path, *TODAY, "--select", "BL214")
    line = 1 + TWO.splitlines().index('text = "The foreign ministers met in Suva"')
    what = "the text of `talks-2026` does not end with a full stop"
    remedy = "complete the sentence, and add a full stop"
    assert result.out == f"{path}:{line}:8: warning BL214: {what}: {remedy}\n"
    assert result.err == "bilatcli: 1 pack checked: 1 warning\n"


def test_github(run: Run, tmp_path: Path) -> None:
    """A finding is a workflow command, with the characters escaped that GitHub interprets."""
    path = tmp_path / "100%, a:b.toml"
    path.write_text(TWO, encoding="utf-8")
    note, warning = run("check", str(path), *TODAY, "--format", "github").out.splitlines()
    file = f"file={tmp_path}/100%25%2C a%3Ab.toml"
    assert note.startswith(f"::notice {file},line=")
    assert warning.startswith(f"::warning {file},line=")
    assert ",col=8,title=BL214::the text of `talks-2026` " in warning


def test_sarif(run: Run, tmp_path: Path) -> None:
    """A SARIF log has the required keys, and its results refer to its rules."""
    path = write(tmp_path, TWO)
    log = json.loads(run("check", path, *TODAY, "--format", "sarif").out)
    assert log["version"] == "2.1.0"
    (one,) = log["runs"]
    rules = one["tool"]["driver"]["rules"]
    assert one["tool"]["driver"]["name"] == "bilatcli"
    assert [each["id"] for each in rules] == list(RULES)
    assert [each["ruleId"] for each in one["results"]] == ["BL102", "BL214"]
    for result in one["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == f"file://{path}"
        assert min(place["region"].values()) >= 1


def test_packs_only(run: Run, tmp_path: Path) -> None:
    """A hook passes over TOML files that are not packs, and names packs with errors."""
    pack, other, broken = (tmp_path / name for name in ("own.toml", "other.toml", "broken.toml"))
    pack.write_text(GOOD, "utf-8")
    other.write_text('[build-system]\nrequires = ["x"]\n', "utf-8")
    broken.write_text("[tool\n", "utf-8")
    argv = ("check", "--packs-only", *TODAY)
    result = run(*argv, str(pack), str(other), str(broken))
    assert (result.code, result.err) == (0, "bilatcli: 1 pack checked: no problems\n")
    broken.write_text("[pack]\nname = \n", "utf-8")
    assert run(*argv, str(broken)).code == 1
    assert run("check", str(other), *TODAY).code == 1
    none = run(*argv, str(other))
    assert (none.code, none.err) == (0, "bilatcli: 0 packs checked: no problems\n")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ('[package]\nname = "x\n', 0),
        ('[source.crates-io]\nreplace-with = "x"\n', 0),
        ('[[source]]\nname = "index"\nurl = "https://example.org"\n', 0),
        ('pack = "x"\nsource = ["a"]\n', 0),
        ("[[package]]\nsource = {id = 1}\n", 0),
        ("", 0),
        ("# A file to come\n", 0),
        ("\0\0", 0),
        ('{"pack": {}}', 0),
        (GOOD, 1),
        ("\ufeff" + GOOD, 1),
        ("[pack\nname = \n", 1),
        ("['pack']\nupdated = 2026-1-1\n", 1),
        (GOOD[GOOD.index("[[relation]]") :], 1),
        (GOOD[GOOD.index("[[source]]") :].replace("title", "title title"), 1),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_what_a_hook_takes_for_a_pack(
    run: Run, tmp_path: Path, text: str, count: int, encoding: str
) -> None:
    """A pack is known by its header and records, in any encoding; files of others are passed."""
    file = tmp_path / "file"
    file.write_bytes(text.encode(encoding))
    result = run("check", "--packs-only", str(file), *TODAY)
    assert result.err.startswith(f"bilatcli: {count} pack")
    if not count:
        assert (result.code, result.out) == (0, "")


def test_explain_and_list(run: Run) -> None:
    """--explain takes a code in any case or a name, and --list has a line per rule."""
    rule = RULES["BL104"]
    text = f"BL104 {rule.name} ({rule.severity})\n\n{rule.explanation}\n"
    for word in ("BL104", "bl104", rule.name):
        result = run("check", "--explain", word)
        assert (result.code, result.out, result.err) == (0, text, "")
    lines = [line.split()[:3] for line in run("check", "--list").out.splitlines()]
    assert lines == [[code, RULES[code].severity, RULES[code].name] for code in sorted(RULES)]
