"""Owns `docs/reliability.md`: what happens when something breaks, from the tests that hold it.

Every test that is marked as that of a fault has a row: the fault, what is promised, the test, and what was seen. The
tests are run at full length (SOAK), which takes half an hour:

    python scripts/reliability.py             run them and write; exit 1, and write nothing, if one fails
    python scripts/reliability.py --check     run nothing; exit 1 if a row is missing on disk or has no test any more
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "reliability.md"
HEAD = """\
# When something breaks

Each row is a test on the installed command, and was seen to hold: the fault, what is promised, the test, what was seen.
`make soak` makes this page; the suite has the same tests, the longest of them shortened.

| fault | what is promised | test | what was seen |
| --- | --- | --- | --- |
"""

Row = tuple[str, str, str]


class Marks:
    """A plugin of pytest that notes the marks of the tests that it collects."""

    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}

    def pytest_collection_modifyitems(self, items: list[object]) -> None:
        """Note what each marked test is of."""
        for item in items:
            mark = item.get_closest_marker("fault")  # type: ignore[attr-defined]  # an item of pytest's
            if mark is not None:
                path, name = item.nodeid.split("::")[0], item.originalname  # type: ignore[attr-defined]
                self.rows.setdefault(f"{path}::{name}", (*mark.args, f"{path}::{name}"))


def marked() -> list[Row]:
    """Return the fault, the promise and the test of every row, in the order of the tests."""
    import pytest

    marks = Marks()
    pytest.main(
        [
            "--collect-only",
            "-q",
            "-q",
            "-m",
            "fault",
            "-p",
            "no:cacheprovider",
            str(ROOT / "tests"),
        ],
        [marks],
    )
    return list(marks.rows.values())


def seen() -> dict[str, str]:
    """Run the tests, and return what each has seen; exits where one fails."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-m",
            "fault",
            "-p",
            "no:cacheprovider",
            "-o",
            "junit_family=xunit1",
            f"--junitxml={report}",
        ]
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, "SOAK": "1"}, check=False)
        if done.returncode:
            sys.exit("a promise is not kept: see above")
        cases = list(ET.parse(report).iter("testcase"))  # noqa: S314 -- written by pytest
    found: dict[str, list[ET.Element]] = {}
    for case in cases:
        file = case.get("classname", "").replace(".", "/") + ".py"
        found.setdefault(f"{file}::{case.get('name', '').partition('[')[0]}", []).append(case)
    return {test: _told(each) for test, each in found.items()}


def _told(cases: list[ET.Element]) -> str:
    """What the cases of one test have seen: in their words, or how many of them held."""
    words = [
        each.get("value", "")
        for case in cases
        for each in case.iter("property")
        if each.get("name") == "seen"
    ]
    skipped = sum(case.find("skipped") is not None for case in cases)
    held = len(cases) - skipped
    told = words or ([f"held{f' in all {held} cases' if held > 1 else ''}"] if held else [])
    return "; ".join(told + ([f"not tried here: {_why(cases)}"] if skipped else []))


def _why(cases: list[ET.Element]) -> str:
    reasons = {
        skip.get("message", "") for case in cases if (skip := case.find("skipped")) is not None
    }
    return ", ".join(sorted(reasons))


def main() -> None:
    """Write, or compare."""
    rows = marked()
    if "--check" in sys.argv:
        text = TARGET.read_text("utf-8")
        wanted = [f"| {fault} | {promise} | `{test}` |" for fault, promise, test in rows]
        there = [line for line in text.splitlines() if line.startswith("| ") and "`tests/" in line]
        missing = [row for row in wanted if not any(line.startswith(row) for line in there)]
        if missing or len(there) != len(wanted):
            sys.exit(f"{TARGET.name} does not have the faults that tests are of: run `make soak`")
        return
    results = seen()
    lines = [
        f"| {fault} | {promise} | `{test}` | {results[test]} |\n" for fault, promise, test in rows
    ]
    TARGET.write_text(HEAD + "".join(lines), "utf-8")


if __name__ == "__main__":
    main()
