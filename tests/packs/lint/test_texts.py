"""Rules on the words of facts: long quotations, and statements about office-holders."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilatcli.packs.lint.runner import lint
from support import DATA

GOOD = (DATA / "lint.toml").read_text("utf-8")
TODAY = "2026-11-25"
FACT = """
[[relation.fact]]
id = "another"
topic = "diplomacy"
text = "{text}"
date = "2026-01"
status = "{status}"
actors = ["FJ", "IS"]
sources = ["gazette"]
verification = "cited"
"""


def find_codes(folder: Path, text: str) -> list[str]:
    """Return the codes of the findings in a pack with this text."""
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return [finding.rule.code for finding in lint([str(path)], TODAY).findings]


TEN = "one two three four five six seven eight nine ten"
LONG_QUOTATIONS = (
    f"They said \u201c{TEN} eleven\u201d.",
    f"They said »{TEN} elf«, in the German way.",
    f"They said \u2018it\u2019s {TEN}\u2019.",
    f"They said 'it's {TEN}'.",
)
SHORT_QUOTATIONS = (
    f"They said \u201c{TEN}\u201d, and \u201celeven\u201d.",
    f"They said «un», then {TEN} eleven words of ours, and «deux».",
    f"They said \u201done\u201d, then {TEN} eleven words of ours, and \u201dtwo\u201d.",
    f"Iceland's fishers' boats are {TEN} eleven of Fiji's.",
    f'They said \\"one\\", then {TEN} eleven words of ours, and \\"two\\".',
)


@pytest.mark.parametrize("text", [*LONG_QUOTATIONS, *SHORT_QUOTATIONS])
def test_long_quotations(tmp_path: Path, text: str) -> None:
    """Only words between matching quotation marks count. Apostrophes are not quotation marks."""
    codes = find_codes(tmp_path, GOOD.replace("The outlets differ on the place.", text))
    assert codes == ["BL216"] * (text in LONG_QUOTATIONS)


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
    """A current statement about an office-holder is stale, but not what an office-holder said."""
    for status in ("current", "historical"):
        fact = FACT.format(text=text, status=status)
        is_stale = OFFICES[text] and status == "current"
        assert find_codes(tmp_path, GOOD + fact) == ["BL220"] * is_stale
