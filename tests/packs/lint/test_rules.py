"""Each rule finds what it is for, at the right position, and nothing in a pack without problems."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from bilatcli.index.cache import bundled_packs
from bilatcli.packs.lint import output
from bilatcli.packs.lint.base import NOTE, RULES, LinkAnswer
from bilatcli.packs.lint.evidence import count_words
from bilatcli.packs.lint.links import LINK_KINDS, OK
from bilatcli.packs.lint.runner import Finding, lint
from lint_support import CASES, GOOD, TODAY, UPDATED, another, stance
from support import ROOT


def edited(edit: tuple[str, str]) -> str:
    """Return the pack with the last match of a pattern replaced."""
    match = list(re.finditer(edit[0], GOOD))[-1]
    return GOOD[: match.start()] + edit[1] + GOOD[match.end() :]


def find(folder: Path, text: str) -> list[Finding]:
    """Return the findings in a pack with this text."""
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return lint([str(path)], TODAY, answer_links).findings


def answer_links(addresses: Sequence[str]) -> dict[str, LinkAnswer]:
    """Return an answer of the kind that the path of an address names, such as `/gone`."""
    kinds = {address: address.rpartition("/")[2] for address in addresses}
    return {
        address: LinkAnswer(kind if kind in LINK_KINDS else OK, "https://example.net/new")
        for address, kind in kinds.items()
    }


def find_codes(folder: Path, text: str) -> list[str]:
    """Return the codes of the findings in a pack with this text."""
    return [finding.rule.code for finding in find(folder, text)]


def test_a_good_pack(tmp_path: Path) -> None:
    """A pack without problems has no findings."""
    assert find(tmp_path, GOOD) == []


def test_every_rule_has_a_case() -> None:
    """The cases cover all rules."""
    assert set(CASES) == set(RULES)


@pytest.mark.parametrize("code", CASES)
def test_rule(tmp_path: Path, code: str) -> None:
    """A rule finds its problem once, at the position of the value, and not in a similar pack."""
    bad, part, similar = CASES[code]
    text = edited(bad)
    (finding,) = find(tmp_path, text)
    assert finding.rule.code == code
    line = text.splitlines()[finding.line - 1]
    assert part in line
    places = {"BL901": "BL214", "BL302": r"\s+$", "BL218": '"NO"'}
    value = re.search(places.get(code, r"(?<= = )\S"), line)
    assert value is not None
    assert finding.column == value.start() + 1
    assert code not in find_codes(tmp_path, edited(similar))


def test_documented() -> None:
    """docs/checks.md has the text of every rule, which explains more than its summary."""
    page = (ROOT / "docs" / "checks.md").read_text("utf-8")
    for rule in output.sorted_rules():
        text = f"`{rule.name}`, {rule.severity}. {rule.explanation}"
        assert f"\n## {rule.code}\n\n{text}\n" in page
        assert "\n\n" in rule.explanation


def test_generated_packs_are_not_stale(tmp_path: Path) -> None:
    """An old figure in a generated pack is not reported."""
    old = GOOD.replace('as_of = "2025"', 'as_of = "2019"')
    generated = old.replace("[[source]]", 'coverage = "outline"\n\n[[source]]', 1)
    assert find_codes(tmp_path, old) == ["BL222"]
    assert find_codes(tmp_path, generated) == []


def test_an_old_stance_is_not_outdated(tmp_path: Path) -> None:
    """A position holds until it changes, however old the statement of it is."""
    where, text = stance("IS")
    old = text.replace('status = "current"', 'as_of = "2019"\nstatus = "current"')
    assert find_codes(tmp_path, edited((where, old))) == []


def test_an_old_date_alone_is_not_outdated(tmp_path: Path) -> None:
    """A treaty is current for as long as it is in force, but a figure of a year is not."""
    old = GOOD.replace('as_of = "2025"', 'date = "2019"')
    assert find_codes(tmp_path, old) == ["BL222"]
    assert find_codes(tmp_path, edited(another('date = "2019"\nstatus = "current"'))) == []


def test_sources_of_one_origin_count_as_one(tmp_path: Path) -> None:
    """A fact is not cited by two outlets that pass on one report, unless one of them is strong."""
    news = GOOD.replace('"official"', '"news"').replace("accessed", 'origin = "agency"\naccessed')
    news = re.sub(r"(origin.*)\n(accessed.*)", r"\2\n\1", news)
    news = news.replace('["gazette"]\nverification', '["gazette", "herald"]\nverification')
    assert find_codes(tmp_path, news) == ["BL201", "BL201"]
    assert find_codes(tmp_path, news.replace('"news"', '"official"')) == []
    assert find_codes(tmp_path, news.replace('origin = "agency"\n', "")) == []


def test_expected_share(tmp_path: Path) -> None:
    """A pack with too few cited facts is an error; a retracted fact does not count."""
    text = edited((UPDATED, f"{UPDATED}\n[pack.expect]\ncited = 67\n"))
    (finding,) = find(tmp_path, text)
    assert finding.what == "66.7 % of the facts are `cited`, less than 67 %"
    uncited = 'place."\nretracted = "They did not meet."\n'
    assert find_codes(tmp_path, text.replace('place."\n', uncited)) == ["BL213"]


@pytest.mark.parametrize(
    ("text", "count"), [("Ten yaks", 2), ("", 0), ("中华人民共和国", 4), ("دو طرفہ مشق", 3)]
)
def test_count_words(text: str, count: int) -> None:
    """Two letters of a script without spaces are a word."""
    assert count_words(text) == count


def test_bundled_packs() -> None:
    """The bundled packs have at most notes as of the day when they were last reviewed."""
    findings = lint(bundled_packs(), TODAY).findings
    assert [finding for finding in findings if finding.rule.severity != NOTE] == []


def test_ignore_comments_of_bundled_packs() -> None:
    """Every comment that suppresses a finding in the bundled packs gives a reason."""
    lines = [
        line
        for pack in bundled_packs()
        for line in Path(pack).read_text("utf-8").splitlines()
        if "bilatcli: ignore" in line
    ]
    assert lines
    for line in lines:
        assert re.search(r"# bilatcli: ignore\[BL[0-9]{3}\] -- .{15,}", line), line
