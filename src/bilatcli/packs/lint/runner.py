"""Run all rules over packs, and apply the comments that suppress findings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bilatcli.error_details import PackError
from bilatcli.packs import loader
from bilatcli.packs.lint import actors, evidence, facts, layout, links, sources, texts
from bilatcli.packs.lint.base import (
    RULES,
    EventFacts,
    LinkAnswers,
    LintContext,
    Position,
    Rule,
    get_date_range,
)
from bilatcli.packs.models import Fact, Pack
from bilatcli.packs.positions import Path, Positions
from bilatcli.packs.text_file import read_text

RULE_MODULES = (sources, facts, evidence, texts, actors, layout, links)
"""The modules with rules. Each registers its rules when it is imported."""

LOAD_ERROR, UNUSED_IGNORE = "BL001", "BL901"

_IGNORE_COMMENT = re.compile(r"#\s*bilatcli:\s*ignore\[([^\]\n]*)\]")


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule's result with its position. Lines and columns count from 1; line 0 is the file."""

    rule: Rule
    file: str
    line: int
    column: int
    what: str
    remedy: str
    path: Path = ()


@dataclass(slots=True)
class LintReport:
    """The files in the order given, and the findings in them by file and position.

    `links` are the answers of web addresses; None if they were not asked.
    """

    files: list[str]
    links: LinkAnswers | None = None
    findings: list[Finding] = field(default_factory=list)
    has_unreadable_file: bool = False

    def count(self, severity: str) -> int:
        """Return the number of findings of a severity."""
        return sum(finding.rule.severity == severity for finding in self.findings)


def lint(
    files: Sequence[str],
    today: str,
    ask_links: Callable[[Sequence[str]], LinkAnswers] | None = None,
) -> LintReport:
    """Return the findings in the packs `files`, as of `today` (`YYYY-MM-DD`).

    `ask_links` gets the web addresses of their sources, and returns what they answer.
    """
    report = LintReport(list(files))
    loaded: dict[str, tuple[Pack, str]] = {}
    failed: dict[str, list[Finding]] = {}
    for file in files:
        try:
            text = read_text(file)
            loaded[file] = loader.parse_pack(text, file), text
        except PackError as error:
            report.has_unreadable_file |= any(problem.line == 0 for problem in error.problems)
            failed[file] = _make_load_findings(file, error)
    packs = [pack for pack, _ in loaded.values()]
    events = _group_by_event(packs)
    report.links = ask_links(links.list_addresses(packs)) if ask_links else None
    for file in files:
        if file in failed:
            found = failed[file]
        else:
            pack, text = loaded[file]
            context = LintContext(pack, text, today, events, links=report.links)
            found = _lint_pack(file, context)
        report.findings += sorted(found, key=lambda each: (each.line, each.column, each.rule.code))
    return report


def _make_load_findings(file: str, error: PackError) -> list[Finding]:
    rule = RULES[LOAD_ERROR]
    return [
        Finding(rule, file, problem.line, problem.column, problem.what, problem.remedy)
        for problem in error.problems
    ]


def _group_by_event(packs: Iterable[Pack]) -> EventFacts:
    """Return the dated facts of each event that are not `conflicting`, in the order of packs."""
    events: dict[str, list[tuple[str, Fact]]] = {}
    for relation in (relation for pack in packs for relation in pack.relation):
        for fact in relation.fact:
            if fact.event and get_date_range(fact) and fact.verification != "conflicting":
                events.setdefault(fact.event, []).append((f"{relation.id}/{fact.id}", fact))
    return events


def _lint_pack(file: str, context: LintContext) -> list[Finding]:
    """Return the findings in a pack that no comment suppresses, and the comments without effect."""
    positions = context.positions
    found = []
    for rule in RULES.values():
        for place, what, remedy in rule.find(context):
            path: Path = () if isinstance(place, Position) else place
            line, column = place if isinstance(place, Position) else positions.locate(place)
            found.append(Finding(rule, file, line, column, what, remedy, path))
    comments = list(_find_ignore_comments(context.text, positions))
    suppressed = {(line, comment.code) for comment in comments for line in comment.lines}
    places = {(finding.line, finding.rule.code) for finding in found}
    kept = [finding for finding in found if (finding.line, finding.rule.code) not in suppressed]
    unused = [
        comment
        for comment in comments
        # What the web answers changes from day to day.
        if comment.code not in links.LINK_CODES
        and not any((line, comment.code) in places for line in comment.lines)
    ]
    return kept + [_make_unused_finding(file, comment) for comment in unused]


@dataclass(frozen=True, slots=True)
class _IgnoreComment:
    """One code of a comment, its position, and the lines to which it applies."""

    code: str
    line: int
    column: int
    lines: tuple[int, ...]


def _find_ignore_comments(text: str, positions: Positions) -> Iterator[_IgnoreComment]:
    for number, line in enumerate(text.split("\n"), 1):
        for match in _IGNORE_COMMENT.finditer(line) if "ignore[" in line else ():
            if not positions.is_comment(number, match.start() + 1):
                continue
            lines = (number, number + 1) if line.lstrip().startswith("#") else (number,)
            for code in re.finditer(r"[^\s,]+", match[1]):
                column = match.start(1) + code.start() + 1
                yield _IgnoreComment(code[0], number, column, lines)
            if not match[1].replace(",", " ").strip():
                yield _IgnoreComment("", number, match.start() + 1, lines)


def _make_unused_finding(file: str, comment: _IgnoreComment) -> Finding:
    if not comment.code:
        what = "this comment names no code"
        remedy = "name one, as in `ignore[BL203]`, or remove the comment"
    elif comment.code in RULES:
        what, remedy = f"there is no {comment.code} here to ignore", "remove the code"
    else:
        what, remedy = f"unknown rule `{comment.code}`", "`bilatcli check --list` lists the codes"
    return Finding(RULES[UNUSED_IGNORE], file, comment.line, comment.column, what, remedy)
