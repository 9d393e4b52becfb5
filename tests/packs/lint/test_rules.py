"""`bilatcli check`: every rule finds what it is for, in its place, and nothing in a pack that has none of it."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bilatcli.index.store import bundled_packs
from bilatcli.packs.lint import runner
from bilatcli.packs.lint.base import RULES
from conftest import COMMAND, ROOT, Result, Run

assert runner.REGISTERED

GOOD = """\
[pack]
name = "own"
title = "Fiji–Iceland"
licence = "CC0-1.0"
updated = 2026-11-23

[[source]]
id = "gazette"
type = "article-newspaper"
title = "Fiji and Iceland sign"
issued = "2026-03"
url = "https://example.org/1"
reliability = "official"
accessed = "2026-11-23"

[[source]]
id = "herald"
type = "article-newspaper"
title = "Boats"
issued = "2026-04"
url = "https://example.org/2"
reliability = "weak"
accessed = "2026-11-23"

[[relation]]
id = "fj-is"
countries = ["FJ", "IS"]
sources = ["gazette"]

[[relation.fact]]
id = "trade-2025"
topic = "trade"
text = "Trade turnover was 12 million US dollars in 2025."
as_of = "2025"
status = "current"
actors = ["FJ", "IS"]
sources = ["gazette"]
verification = "cited"
measure = "trade turnover"
value_usd = 12000000

[[relation.fact]]
id = "talks-2026"
topic = "diplomacy"
headline = true
text = "The foreign ministers met in Suva."
date = "2026-02"
event = "suva-talks"
status = "historical"
actors = ["FJ", "IS"]
sources = ["gazette", "herald"]
verification = "conflicting"
note = "The outlets differ on the place."

[[relation.fact]]
id = "fish-2026"
topic = "diplomacy"
text = "Iceland asked for a fisheries commission."
date = "2026-02"
event = "suva-talks"
status = "current"
actors = ["IS"]
sources = ["gazette"]
verification = "cited"
"""

TODAY = ("--today", "2026-11-25")

ANOTHER = """
[[relation.fact]]
id = "another"
topic = "{topic}"
{headline}text = "{text}"
{more}
actors = ["{actors}"]
sources = ["gazette"]
verification = "cited"
{figure}"""


def another(
    more: str = 'status = "current"', text: str = "It did.", **other: str
) -> tuple[str, str]:
    """The edit that adds a fact to the good pack."""
    usual = {"topic": "diplomacy", "headline": "", "actors": 'FJ", "IS', "figure": ""}
    return r"\Z", ANOTHER.format(more=more, text=text, **usual | other)


def another_figure(dollars: int) -> tuple[str, str]:
    """The edit that adds a figure of the year and parties of that in the good pack."""
    figure = f'measure = "trade turnover"\nvalue_usd = {dollars}\n'
    return another('as_of = "2025"\nstatus = "current"', topic="trade", figure=figure)


OLD = 'date = "2026-01"\nstatus = "superseded"\nsuperseded_by = "fish-2026"'

OFFICE = "Anna is ambassador in Suva."
SOURCE = 'type = "article-newspaper"\ntitle = "Boats"\n'
SOURCE_TURNED = 'title = "Boats"\ntype = "article-newspaper"\n'


def stance(holder: str) -> tuple[str, str]:
    """The edit that adds a stance of Iceland's with this holder."""
    where, text = another(topic="stance", actors="IS")
    return where, f'{text}issue = "fish"\nholder = "{holder}"\nposition = "for them"\n'


CASES: dict[str, tuple[tuple[str, str], str, tuple[str, str]]] = {
    # code: an edit that brings it about, the line it is found on (a part of it), an edit that is near and does not
    "BL001": (('"historical"', '"historic"'), "status", ("Suva", "Nadi")),
    "BL101": (
        (r'\["gazette", "herald"\]', '["gazette"]'),
        'id = "herald"',
        (r'\["gazette", "herald"\]', '["herald"]'),
    ),
    "BL102": ((r'issued = "2026-04"\n', ""), 'id = "herald"', ('"2026-04"', '"2026"')),
    "BL103": (
        (r'/2"\nreliability = "weak"\naccessed.*', '/2"\nreliability = "weak"'),
        "/2",
        (r'url = ".*/2"\n', ""),
    ),
    "BL104": (
        ("https://example.org/2", "http://www.Example.org/1/"),
        "Example",
        ("org/2", "org/1?page=2"),
    ),
    "BL105": (
        (r'\["gazette", "herald"\]', '["herald"]'),
        '["herald"]',
        (r'\["gazette", "herald"\]', '["gazette"]'),
    ),
    "BL201": (
        (r'\["gazette"\]', '["herald"]'),
        "verification",
        (r'\["gazette"\]', '["gazette", "herald"]'),
    ),
    "BL202": (("note = .*\n", ""), "conflicting", ("note = .*", 'note = "They differ."')),
    "BL203": ((r'as_of = "2025"\n', ""), "value_usd", ('as_of = "2025"', 'date = "2025"')),
    "BL204": (
        ('as_of = "2025"', 'as_of = "2024"'),
        "as_of",
        ('as_of = "2025"', 'as_of = "2025-06"'),
    ),
    "BL205": (
        (
            r'"2026-02"\nevent = "suva-talks"\nstatus = "current"',
            '"2026-02"\nevent = "suva-talks"\nstatus = "planned"',
        ),
        "date",
        another('date = "2026-12"\nstatus = "planned"'),
    ),
    "BL206": (
        another('date = "2026-04"\nstatus = "current"'),
        "date",
        another('date = "2026-03-31"\nstatus = "current"'),
    ),
    "BL207": (another('status = "superseded"'), "status", another(OLD)),
    "BL208": (
        another(OLD.replace("-01", "-03")),
        "superseded_by",
        another(OLD.replace("-01", "-02")),
    ),
    "BL209": (
        another(
            'date = "2026"\nstatus = "current"',
            "Iceland asked for a fisheries commision.",
            actors="IS",
        ),
        "text",
        another(
            'date = "2025"\nstatus = "current"',
            "Iceland asked for a fisheries commision.",
            actors="IS",
        ),
    ),
    "BL210": (another_figure(13000000), "value_usd", another_figure(12050000)),
    "BL211": (
        another('date = "2026-01"\nevent = "suva-talks"\nstatus = "current"'),
        "date",
        another('date = "2026"\nevent = "suva-talks"\nstatus = "current"'),
    ),
    "BL213": (
        another(OLD, headline="headline = true\n"),
        "headline",
        another('date = "2026-01"\nstatus = "historical"', headline="headline = true\n"),
    ),
    "BL214": ((r"in Suva\.", "in Suva"), "text", ("in Suva\\.", "in “Suva.”")),
    "BL215": (
        ("met in Suva", "met in occupied Suva"),
        "text",
        ("ministers met", "ministers said it was occupied and met"),
    ),
    "BL216": (
        ("met in Suva", "met and “sang of boats on the sea and of the fish in it”"),
        "text",
        ("met in Suva", "met and “sang of boats on the sea and of fish”, they said, “in it”"),
    ),
    "BL217": (
        (r'\["IS"\]', '["Nordic Council"]'),
        "actors",
        (r'\["IS"\]', '["Nordic Council"]\ntoward = ["IS"]'),
    ),
    "BL218": (
        (r'\["IS"\]', '["IS", "NO"]'),
        "actors",
        (r'\["IS"\]', '["IS", "Norway\'s fishers"]'),
    ),
    "BL219": (stance("FJ"), "holder", stance("IS")),
    "BL220": (
        another('as_of = "2026-03"\nstatus = "current"', OFFICE),
        "as_of",
        another('as_of = "2026-06"\nstatus = "current"', OFFICE),
    ),
    "BL301": ((SOURCE, SOURCE_TURNED), "type", (SOURCE, f"# why\n\n{SOURCE}")),
    "BL302": (('met in Suva\\."', 'met in Suva." '), "text", ("met in", "met  in")),
    "BL901": (
        (r"Suva\.\"", 'Suva."  # bilatcli: ignore[BL214]'),
        "ignore",
        ('Suva\\."', 'Suva# bilatcli: ignore[BL214]."'),
    ),
}


def edited(edit: tuple[str, str]) -> str:
    """The good pack with the last match of a pattern replaced."""
    found = list(re.finditer(edit[0], GOOD))[-1]
    return GOOD[: found.start()] + edit[1] + GOOD[found.end() :]


def written(folder: Path, text: str) -> str:
    """The path of a pack with this text."""
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def found(result: Result) -> list[dict[str, Any]]:
    """The findings of a document, which is what its schema says."""
    document = json.loads(result.out)
    schema = json.loads((ROOT / "schema" / "check.json").read_text("utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(document)) == []
    assert document["counts"] == {
        severity: sum(each["severity"] == severity for each in document["findings"])
        for severity in ("error", "warning", "note")
    }
    findings: list[dict[str, Any]] = document["findings"]
    return findings


def test_a_good_pack(run: Run, tmp_path: Path) -> None:
    """Nothing is said of a good pack on standard output, and the exit code is 0."""
    result = run("check", written(tmp_path, GOOD), *TODAY)
    assert (result.code, result.out, result.err) == (
        0,
        "",
        "bilatcli: nothing to question in 1 pack\n",
    )


def test_every_rule_has_a_case() -> None:
    """The cases below are of all rules."""
    assert set(CASES) == set(RULES)


@pytest.mark.parametrize("code", CASES)
def test_rule(run: Run, tmp_path: Path, code: str) -> None:
    """A rule finds what it is for alone, once, at the line and column of the value, and not what is only near it."""
    bad, part, good = CASES[code]
    text = edited(bad)
    findings = found(run("check", written(tmp_path, text), *TODAY, "--json"))
    assert [each["code"] for each in findings] == [code]
    line = text.splitlines()[findings[0]["line"] - 1]
    assert part in line
    places = {"BL901": "BL214", "BL302": r"\s+$", "BL218": '"NO"'}
    value = re.search(places.get(code, r"(?<= = )\S"), line)
    assert value is not None
    assert findings[0]["column"] == value.start() + 1
    near = found(run("check", written(tmp_path, edited(good)), *TODAY, "--json"))
    assert code not in {each["code"] for each in near}


@pytest.mark.parametrize("code", RULES)
def test_explained(run: Run, code: str) -> None:
    """Each code is explained by code and by name, listed, and described in docs/checks.md."""
    rule = RULES[code]
    for word in (code, code.lower(), rule.name):
        result = run("check", "--explain", word)
        assert (result.code, result.err) == (0, "")
        assert result.out == f"{code} {rule.name} ({rule.severity})\n\n{rule.explanation}\n"
    assert len(rule.explanation.split("\n\n")) > 1
    assert f"\n## {code}\n\n`{rule.name}`, {rule.severity}. {rule.explanation}\n" in (
        ROOT / "docs" / "checks.md"
    ).read_text("utf-8")
    assert any(
        line.split()[:3] == [code, rule.severity, rule.name]
        for line in run("check", "--list").out.splitlines()
    )


TWO = GOOD.replace('issued = "2026-04"\n', "").replace("in Suva.", "in Suva")


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
    """Rules are chosen by code, beginning or name; notes alone are no failure."""
    result = run("check", written(tmp_path, TWO), *TODAY, *options, "--format", "json")
    assert ([each["code"] for each in found(result)], result.code) == (codes, exit_code)


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ((), "name the packs to check"),
        (("x.toml", "--select", "BL209x"), "did you mean"),
        (("x.toml", "--ignore", ","), "names nothing"),
        (("--explain", "zzz"), "--list"),
        (("x.toml", "--format", "xml"), "there are text, json, github, sarif"),
        (("x.toml", "--json", "--format", "sarif"), "two formats"),
        (("x.toml", "--today", "yesterday"), "write a date"),
        (("",), "is no file"),
    ],
)
def test_usage(run: Run, arguments: tuple[str, ...], part: str) -> None:
    """What cannot be carried out is told in one line."""
    result = run("check", *arguments)
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert part in result.err


def test_unreadable_and_refused(run: Run, tmp_path: Path) -> None:
    """A file that is not there is code 2, one that is refused is code 1; the others are checked all the same."""
    bad = written(tmp_path, TWO)
    broken = tmp_path / "broken.toml"
    broken.write_text("[pack\n", encoding="utf-8")
    missing = str(tmp_path / "missing.toml")
    findings = run("check", missing, bad, *TODAY, "--json", "--select", "BL214")
    assert [(each["code"], each["file"]) for each in found(findings)] == [
        ("BL001", missing),
        ("BL214", bad),
    ]
    assert findings.code == 2
    result = run("check", str(broken), "--ignore", "BL001")
    assert (result.code, result.out.split(": ")[:2]) == (1, [f"{broken}:1:6", "error BL001"])


def test_folders(run: Run, tmp_path: Path) -> None:
    """A folder stands for its packs, as word and behind --data, each once."""
    path = written(tmp_path, GOOD)
    for arguments in ((str(tmp_path),), ("--data", str(tmp_path)), (path, "--data", path)):
        assert json.loads(run("check", *arguments, *TODAY, "--json").out)["files"] == [path]


@pytest.mark.parametrize(
    ("comment", "codes"),
    [
        ('text = "The foreign ministers met in Suva"  # bilatcli: ignore[BL214]', []),
        ('# why # bilatcli:ignore[BL215,BL214]\ntext = "They met in occupied Suva"', []),
        ('text = "They met in Suva"  # bilatcli: ignore[BL215]', ["BL214", "BL901"]),
        ('text = "They met in Suva"  # bilatcli: ignore[]', ["BL214", "BL901"]),
        ('# bilatcli: ignore[BL214]\n\ntext = "They met in Suva"', ["BL214", "BL901"]),
    ],
)
def test_ignore_comments(run: Run, tmp_path: Path, comment: str, codes: list[str]) -> None:
    """A comment silences its own line, alone on its line also the next; one that silences nothing is told."""
    text = GOOD.replace('text = "The foreign ministers met in Suva."', comment)
    findings = found(run("check", written(tmp_path, text), *TODAY, "--json"))
    assert sorted(each["code"] for each in findings) == codes


def test_text_and_github(run: Run, tmp_path: Path) -> None:
    """A finding is a line, with what GitHub reads specially spelt out."""
    path = written(tmp_path, TWO)
    line = run("check", path, *TODAY, "--select", "BL214").out
    number = 1 + TWO.splitlines().index('text = "The foreign ministers met in Suva"')
    what = "the text of `talks-2026` does not end in a full stop: end it in one"
    assert line == f"{path}:{number}:8: warning BL214: {what}\n"
    commands = run("check", path, *TODAY, "--format", "github").out.splitlines()
    assert commands[1] == f"::warning file={path},line={number},col=8,title=BL214::{what}"
    assert commands[0].startswith(f"::notice file={path},line=")
    odd = tmp_path / "100%, a:b.toml"
    odd.write_text(TWO, encoding="utf-8")
    assert (
        "file=" + str(tmp_path) + "/100%25%2C a%3Ab.toml,"
        in run("check", str(odd), "--format", "github").out
    )


def test_sarif(run: Run, tmp_path: Path) -> None:
    """A log of SARIF has the keys that the standard requires, and its results point to its rules."""
    path = written(tmp_path, TWO)
    log = json.loads(run("check", path, *TODAY, "--format", "sarif").out)
    assert log["version"] == "2.1.0"
    (one,) = log["runs"]
    rules = one["tool"]["driver"]["rules"]
    assert one["tool"]["driver"]["name"] == "bilatcli"
    assert [each["id"] for each in rules] == list(dict.fromkeys(each["id"] for each in rules))
    assert [each["ruleId"] for each in one["results"]] == ["BL102", "BL214"]
    for result in one["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == f"file://{path}"
        assert min(place["region"].values()) >= 1


def test_help_names_every_option(run: Run) -> None:
    """The help names each option."""
    told = run("check", "--help", env={"COLUMNS": "200"})
    for flag in "--select --ignore --format --json --today --fix --data --explain --list".split():
        assert flag in told.out


def test_outline_is_not_stale(run: Run, tmp_path: Path) -> None:
    """A generated pack is as new as its source."""
    old = GOOD.replace('as_of = "2025"', 'as_of = "2019"')
    outline = old.replace("[[source]]", 'coverage = "outline"\n\n[[source]]', 1)
    assert "BL204" in run("check", written(tmp_path, old), *TODAY).out
    assert run("check", written(tmp_path, outline), *TODAY).out == ""


TEN = "one two three four five six seven eight nine ten"


@pytest.mark.parametrize(
    ("text", "is_long"),
    [
        (f"They said \u201c{TEN} eleven\u201d.", True),
        (f"They said \u201c{TEN}\u201d, and \u201celeven\u201d.", False),
        (f"They said «un», then {TEN} eleven words of ours, and «deux».", False),
        (f"They said »{TEN} elf«, in the German way.", True),
        (
            f"They said \u201done\u201d, then {TEN} eleven words of ours, and \u201dtwo\u201d.",
            False,
        ),
        (f"They said \u2018it\u2019s {TEN}\u2019.", True),
        (f"Iceland's fishers' boats are {TEN} eleven of Fiji's.", False),
        (f"They said 'it's {TEN}'.", True),
        (f'They said \\"one\\", then {TEN} eleven words of ours, and \\"two\\".', False),
    ],
)
def test_long_quotations(tmp_path: Path, text: str, is_long: bool) -> None:  # noqa: FBT001 -- a row of a table
    """Words are counted between marks that belong together, whatever kind they are; apostrophes are no marks."""
    pack = GOOD.replace("The outlets differ on the place.", text)
    report = runner.examine([written(tmp_path, pack)], "2026-11-25")
    assert [each.rule.code for each in report.findings] == ["BL216"] * is_long


OFFICES = {
    "Qasim is Pakistan's ambassador to Georgia.": True,
    "The ambassador to Georgia is Qasim Mohiuddin.": True,
    "Its ambassador there, Qasim Mohiuddin, in the post since 2024, covers both.": True,
    "Anna was appointed foreign minister.": True,
    "Fiji's ambassador said that Karabakh is Azerbaijan.": False,
    "The line is consistent, foreign minister Bayramov said.": False,
    "Trade is to double, the prime minister said.": False,
    "The offer was made by the ambassador.": False,
}


@pytest.mark.parametrize("text", OFFICES)
def test_offices(tmp_path: Path, text: str) -> None:
    """Who holds an office is told from what somebody in office said; what is not current is not questioned."""
    for status in ("current", "historical"):
        where, fact = another(f'date = "2026-01"\nstatus = "{status}"', text)
        assert where
        report = runner.examine([written(tmp_path, GOOD + fact)], "2026-11-25")
        is_found = OFFICES[text] and status == "current"
        assert [each.rule.code for each in report.findings] == ["BL220"] * is_found


def test_completion(run: Run) -> None:
    """Options and formats are offered; where a file is meant, nothing."""
    assert run("--complete", "check", "--fo").out.startswith("--format\t")
    assert run("--complete", "check", "--format", "s").out == "sarif\t\n"
    assert run("--complete", "check", "no").out == ""


def test_the_bundled_packs_have_no_errors() -> None:
    """The packs that come with the tool are refused nowhere, and no comment in them is useless."""
    command = [str(COMMAND), "check", *bundled_packs(), "--json", "--select", "BL0,BL9"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, json.loads(done.stdout)["findings"]) == (0, [])


# --- our own packs

OWN = [
    str(ROOT / "data" / f"{name}.toml")
    for name in ("relations", "south-asia", "south-caucasus", "world")
]


def test_our_own_packs(run: Run) -> None:
    """Our own packs give no error and no warning as of the day on which they were last gone through."""
    result = run("check", *OWN, "--today", "2026-11-25", "--json")
    found = json.loads(result.out)
    assert [each for each in found["findings"] if each["severity"] != "note"] == []
    assert (result.code, found["counts"]["warning"], found["counts"]["error"]) == (0, 0, 0)


def test_what_our_own_packs_ignore() -> None:
    """Whatever is ignored in our own packs has its reason beside it."""
    lines = [
        line
        for pack in OWN
        for line in Path(pack).read_text("utf-8").splitlines()
        if "bilatcli: ignore" in line
    ]
    assert lines
    for line in lines:
        assert re.search(r"# bilatcli: ignore\[BL[0-9]{3}\] -- .{15,}", line), line
