"""Each curated fact supports its own text, and differs from it with another date or number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from json import loads

import pytest

from bilatcli.claims.candidates import FactFinder
from bilatcli.claims.reading import Reading
from bilatcli.claims.verdicts import Verdict, judge
from bilatcli.environment import Environment
from bilatcli.index import Statement
from bilatcli.index.store import Index, open_index
from bilatcli.query.request import Request

TODAY = "2026-11-29"
TEXTS = Statement(
    "test_texts", "SELECT json FROM fact WHERE is_generated = 0 AND is_retracted = 0 ORDER BY id"
)
SAMPLE = 25
"""One fact in so many is tested, unless the test is slow."""
HELD = ("supported", "outdated", "disputed")
"""Verdicts on what a fact says: by its status, or if its sources conflict."""
_YEAR = re.compile(r"\b\d{4}\b(?![–s-])")


class Checker:
    """Judges sentences by the bundled packs without tables."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.finder = FactFinder(Request("verify", (), Environment()), self.index)

    def read(self, text: str) -> Reading:
        """Return what a sentence says."""
        return Reading(text, self.index, TODAY)

    def judge(self, text: str) -> Verdict:
        """Return the verdict on a sentence."""
        return judge(self.read(text), self.finder, TODAY)

    def texts(self, step: int) -> Iterator[tuple[str, Reading]]:
        """Yield the texts of curated facts that name a country and make one claim."""
        for row in self.index.rows(TEXTS)[::step]:
            text = loads(row["json"])["text"]
            reading = self.read(text)
            if reading.codes and (reading.tokens or reading.designations):
                yield text, reading


def change_date(text: str, reading: Reading) -> str | None:
    """Return a text with another year in its first date, or None if it has none."""
    for time in reading.times:
        year = _YEAR.search(text, time.start, time.end)
        if year and not time.is_range:
            return f"{text[: year.start()]}{int(year.group()) - 16}{text[year.end() :]}"
    return None


def change_number(text: str, reading: Reading) -> str | None:
    """Return a text with another first digit in its first number, or None if it has none."""
    for amount in reading.amounts:
        digit = re.search(r"\d", text[amount.start : amount.end])
        if digit:
            place = amount.start + digit.start()
            return f"{text[:place]}{(int(text[place]) + 3) % 9 + 1}{text[place + 1 :]}"
    return None


def check(step: int) -> None:
    """Check the texts of one fact in `step`, as they are and changed."""
    with closing(open_index(Environment())) as index:
        checker = Checker(index)
        wrong = []
        for text, reading in checker.texts(step):
            if (found := checker.judge(text)).verdict not in HELD:
                wrong.append((text, found.verdict, found.reason))
            for changed in (change_date(text, reading), change_number(text, reading)):
                if changed is None:
                    continue
                found = checker.judge(changed)
                if found.verdict not in ("differs", "disputed"):
                    wrong.append((changed, found.verdict, found.reason))
    assert wrong == []


def test_sample() -> None:
    """The property holds for a sample of all curated facts."""
    check(SAMPLE)


@pytest.mark.slow
def test_all() -> None:
    """The property holds for all curated facts."""
    check(1)
