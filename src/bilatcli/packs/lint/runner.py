"""Packs under examination: what loading refuses, what an editor would question, and the comments that silence it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bilatcli.errors import PackError
from bilatcli.packs import loader
from bilatcli.packs.lint import actors, facts, layout, sources, texts
from bilatcli.packs.lint.base import RULES, Checked, Rule, Spot, span
from bilatcli.packs.models import Fact, Pack
from bilatcli.packs.positions import Path, Positions

REFUSED, UNUSED = "BL001", "BL901"

_IGNORE = re.compile(r"#\s*bilatcli:\s*ignore\[([^\]\n]*)\]")

REGISTERED = (sources, facts, texts, actors, layout)
"""The modules whose rules are held against packs; each registers its own as it is imported."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: where, what, and what to do. Lines and columns count from 1; line 0 is the whole file."""

    rule: Rule
    file: str
    line: int
    column: int
    what: str
    remedy: str
    path: Path = ()


@dataclass(slots=True)
class Report:
    """What was found in which files, in their order; `is_unreadable` where one of them could not even be read."""

    files: list[str]
    findings: list[Finding] = field(default_factory=list)
    is_unreadable: bool = False

    def count(self, severity: str) -> int:
        """How many findings have a severity."""
        return sum(finding.rule.severity == severity for finding in self.findings)


def examine(files: Sequence[str], today: str) -> Report:
    """Return what there is to say of the packs in `files`, as of `today` (`YYYY-MM-DD`)."""
    report = Report(list(files))
    loaded: dict[str, tuple[Pack, str]] = {}
    refused: dict[str, list[Finding]] = {}
    for file in files:
        try:
            text = loader.read_text(file)
            loaded[file] = loader.read(text, file), text
        except PackError as error:
            report.is_unreadable |= any(problem.line == 0 for problem in error.problems)
            refused[file] = [
                Finding(
                    RULES[REFUSED], file, problem.line, problem.column, problem.what, problem.remedy
                )
                for problem in error.problems
            ]
    events = _events(pack for pack, _ in loaded.values())
    for file in files:
        found = (
            refused[file]
            if file in refused
            else _found(file, Checked(*loaded[file], today, events))
        )
        report.findings += sorted(found, key=lambda each: (each.line, each.column, each.rule.code))
    return report


def _events(loaded: Iterable[Pack]) -> dict[str, list[tuple[str, Fact]]]:
    """The dated facts of each event that nobody doubts, in the order of the packs."""
    events: dict[str, list[tuple[str, Fact]]] = {}
    for relation in (relation for pack in loaded for relation in pack.relation):
        for fact in relation.fact:
            if fact.event and span(fact) and fact.verification != "conflicting":
                events.setdefault(fact.event, []).append((f"{relation.id}/{fact.id}", fact))
    return events


def _found(file: str, checked: Checked) -> list[Finding]:
    """What the rules find in a pack, less what its comments silence, and the comments that silence nothing."""
    positions = checked.positions
    found = []
    for rule in RULES.values():
        for where, what, remedy in rule.find(checked):
            path, spot = (
                ((), where) if isinstance(where, Spot) else (where, Spot(*positions.of(where)))
            )
            found.append(Finding(rule, file, spot.line, spot.column, what, remedy, path))
    comments = list(_comments(checked.text, positions))
    silent = {(line, comment.code) for comment in comments for line in comment.lines}
    told = {(finding.line, finding.rule.code) for finding in found}
    unused = [
        each for each in comments if not any((line, each.code) in told for line in each.lines)
    ]
    kept = [finding for finding in found if (finding.line, finding.rule.code) not in silent]
    return kept + [_useless(file, comment) for comment in unused]


@dataclass(frozen=True, slots=True)
class _Comment:
    """One code that a comment names, where it stands, and the lines on which it silences findings."""

    code: str
    line: int
    column: int
    lines: tuple[int, ...]


def _comments(text: str, positions: Positions) -> Iterator[_Comment]:
    for number, line in enumerate(text.split("\n"), 1):
        for match in _IGNORE.finditer(line) if "ignore[" in line else ():
            if not positions.is_comment(number, match.start() + 1):
                continue
            lines = (number, number + 1) if line.lstrip().startswith("#") else (number,)
            for code in re.finditer(r"[^\s,]+", match[1]):
                yield _Comment(code[0], number, match.start(1) + code.start() + 1, lines)
            if not match[1].replace(",", " ").strip():
                yield _Comment("", number, match.start() + 1, lines)


def _useless(file: str, comment: _Comment) -> Finding:
    if not comment.code:
        what, remedy = (
            "this comment names no code to ignore",
            "name one, as in `ignore[BL203]`, or take it out",
        )
    elif comment.code in RULES:
        what, remedy = f"there is no {comment.code} here to ignore", "take the code out"
    else:
        what, remedy = f"there is no rule `{comment.code}`", "`bilatcli check --list` has the codes"
    return Finding(RULES[UNUSED], file, comment.line, comment.column, what, remedy)
