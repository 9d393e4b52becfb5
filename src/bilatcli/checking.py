"""The command `check`: what it was asked, which packs and rules that means, what it answers, and the exit code."""

from __future__ import annotations

import os

from bilatcli.errors import NOTHING, TROUBLE, UsageError
from bilatcli.index import packs_in
from bilatcli.query import DATA, JSON, Option, Request, day_of, format_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilatcli.checks import Report

FORMATS = ("text", "json", "github", "sarif")

SELECT = Option("select", "Only these rules: codes, their beginnings or names.", metavar="CODES")
IGNORE = Option("ignore", "All rules but these.", metavar="CODES")
FORMAT = Option("format", "How to print the findings: text unless said.", metavar="FORMAT", choices=FORMATS)
TODAY = Option("today", "The day that figures and plans are held against.", metavar="DATE")
EXPLAIN = Option("explain", "What a rule finds, why, and what to do.", metavar="CODE")
LIST = Option("list", "List all rules.")
FIX = Option("fix", "Mend the order of keys, spacing and the form of dates, and nothing else.")

OPTIONS = (SELECT, IGNORE, FORMAT, JSON, TODAY, FIX, DATA, EXPLAIN, LIST)
"""The options of `check`, in the order of its help."""


class CheckRequest(Request):
    """What `check` was asked: its words are files."""

    __slots__ = ("explain", "fix", "ignore", "list", "report", "select", "today")

    def __init__(self, files: Sequence[str] = (), **options: object) -> None:
        super().__init__("check", files, data=options.get("data"))
        given = {key: value for key, value in options.items() if isinstance(value, str)}
        self.select = given.get("select")
        self.ignore = given.get("ignore")
        self.today = day_of(TODAY, options, last=True)
        self.explain = given.get("explain")
        self.list = bool(options.get("list"))
        self.fix = bool(options.get("fix"))
        self.report = format_of(FORMAT, options) or "text"


def answer(request: Request) -> tuple[str, list[str], int]:
    """Return what `check` prints, what it says beside that, and its exit code.

    Raises UsageError for files, rules or a day that cannot be, EnvironmentFault where a file cannot be mended.
    """
    from datetime import UTC, datetime

    from bilatcli import mending, reports
    from bilatcli.rules import RULES

    if not isinstance(request, CheckRequest):
        raise TypeError(request.view)
    if request.list:
        return reports.listed(), [], 0
    if request.explain is not None:
        return "\n".join(reports.explained(RULES[code]) for code in _codes(EXPLAIN, request.explain)), [], 0
    files = _files(request)
    wanted = set(RULES if request.select is None else _codes(SELECT, request.select))
    wanted -= set(() if request.ignore is None else _codes(IGNORE, request.ignore))
    today = request.today or datetime.now(tz=UTC).date().isoformat()
    mended = mending.mend_dates(files) if request.fix else None
    report = _report(files, today, wanted)
    if mended is not None:
        mended += mending.mend_layout(report.findings)
        report = _report(files, today, wanted)
    notes = [] if mended is None else [reports.mended(mended)]
    code = TROUBLE if report.is_unreadable else 0 if reports.is_clean(report) else NOTHING
    return reports.REPORTS[request.report](report), [*notes, reports.tally(report)], code


def _report(files: Sequence[str], today: str, wanted: set[str]) -> Report:
    """What the wanted rules find; that a pack was refused is always told."""
    from bilatcli.checks import REFUSED, examine

    report = examine(files, today)
    report.findings = [each for each in report.findings if each.rule.code in wanted or each.rule.code == REFUSED]
    return report


def _files(request: CheckRequest) -> list[str]:
    """The packs that the words and --data name, each once, with those of a folder in the order of their names."""
    named = [*request.words, *request.data]
    if not named:
        raise UsageError("name the packs to check, as in `bilatcli check notes.toml`, or a folder of them with --data")
    if "" in named:
        raise UsageError("an empty name is no file: give the path of a pack, or of a folder of packs")
    found = {os.path.abspath(file): file for path in reversed(named) for file in reversed(packs_in(path))}
    if not found:
        raise UsageError(f"there is no pack in `{named[0]}`: give a file, or a folder with files that end in .toml")
    return list(reversed(found.values()))


def _codes(option: Option, text: str) -> list[str]:
    """The rules that an option names by code, the beginning of one, or name; raises UsageError for what is none."""
    from bilatcli.rules import RULES
    from bilatcli.similar import nearest

    found: list[str] = []
    words = text.replace(",", " ").split()
    if not words:
        raise UsageError(f"{option.flag} names nothing: give a code such as BL203, or a beginning such as BL2")
    for word in words:
        meant = [
            each.code for each in RULES.values() if each.code.startswith(word.upper()) or each.name == word.lower()
        ]
        if not meant:
            near = nearest(word.upper(), RULES) or nearest(word.lower(), [each.name for each in RULES.values()])
            hint = f"did you mean `{near}`?" if near else "`bilatcli check --list` has the codes"
            raise UsageError(f"{option.flag} cannot be `{word}`: {hint}")
        found += meant
    return sorted(set(found))
