"""Generate `docs/reliability.md` from the tests with the mark `fault`.

A row of the page has the fault, the expected behaviour, the test, and its result. The tests run at
full length (SOAK=1), which takes half an hour:

    python scripts/reliability.py             run the tests; if all pass, write the page
    python scripts/reliability.py --check     run nothing; exit with 1 if the rows are stale
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree as ET

from generated import ROOT

TARGET = ROOT / "docs" / "reliability.md"
TESTS = ROOT / "tests" / "e2e"
HEAD = """\
# Reliability: what happens when something breaks

Each row is a test of the installed command. `make soak` runs the tests at full length and writes
this page; the test suite runs shorter versions of the longest ones.

| fault | expected behaviour | test | result |
| --- | --- | --- | --- |
"""

Row = tuple[str, str, str]


class Marks:
    """A pytest plugin that collects the marks of tests."""

    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}

    def pytest_collection_modifyitems(self, items: list[object]) -> None:
        """Store fault, expected behaviour and path of each marked test."""
        for item in items:
            mark = item.get_closest_marker("fault")  # type: ignore[attr-defined]  # an item of pytest's
            if mark is not None:
                path, name = item.nodeid.split("::")[0], item.originalname  # type: ignore[attr-defined]
                self.rows.setdefault(f"{path}::{name}", (*mark.args, f"{path}::{name}"))


def collect_rows() -> list[Row]:
    """Return fault, expected behaviour and test of every row, in the order of the tests."""
    import pytest

    marks = Marks()
    options = "--collect-only -q -q -m fault -p no:cacheprovider".split()
    pytest.main([*options, str(TESTS)], [marks])
    return list(marks.rows.values())


def run_tests() -> dict[str, str]:
    """Run the tests and return their results. Exit if one fails."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        pytest = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        options = ["-m", "fault", "-o", "junit_family=xunit1", f"--junitxml={report}", str(TESTS)]
        environ = {**os.environ, "SOAK": "1"}
        done = subprocess.run([*pytest, *options], cwd=ROOT, env=environ, check=False)
        if done.returncode:
            sys.exit("a test failed; docs/reliability.md is unchanged")
        cases = list(ET.parse(report).iter("testcase"))  # noqa: S314 -- written by pytest
    found: dict[str, list[ET.Element]] = {}
    for case in cases:
        file = case.get("classname", "").replace(".", "/") + ".py"
        found.setdefault(f"{file}::{case.get('name', '').partition('[')[0]}", []).append(case)
    return {test: _result(each) for test, each in found.items()}


def _result(cases: list[ET.Element]) -> str:
    """Return the result of a test: what its cases recorded, or else how many passed."""
    words = [
        each.get("value", "")
        for case in cases
        for each in case.iter("property")
        if each.get("name") == "seen"
    ]
    skipped = sum(case.find("skipped") is not None for case in cases)
    passed = len(cases) - skipped
    if not words and passed:
        words = ["passed" if passed == 1 else f"passed in all {passed} cases"]
    return "; ".join([*words, *([f"not tested here: {_reasons(cases)}"] if skipped else [])])


def _reasons(cases: list[ET.Element]) -> str:
    reasons = {
        skip.get("message", "") for case in cases if (skip := case.find("skipped")) is not None
    }
    return ", ".join(sorted(reasons))


def main() -> None:
    """Write or check the page."""
    rows = collect_rows()
    if "--check" in sys.argv:
        text = TARGET.read_text("utf-8")
        wanted = [f"| {fault} | {promise} | `{test}` |" for fault, promise, test in rows]
        there = [line for line in text.splitlines() if line.startswith("| ") and "`tests/" in line]
        missing = [row for row in wanted if not any(line.startswith(row) for line in there)]
        if missing or len(there) != len(wanted):
            sys.exit("docs/reliability.md: stale rows; run `make soak`")
        return
    results = run_tests()
    lines = [
        f"| {fault} | {promise} | `{test}` | {results[test]} |\n" for fault, promise, test in rows
    ]
    TARGET.write_text(HEAD + "".join(lines), "utf-8")


if __name__ == "__main__":
    main()
