"""The command `check`: what it was asked, which packs and rules that means, what it answers, and the exit code."""

from __future__ import annotations

import os

from bilatcli.cli.command import Order, Reply
from bilatcli.errors import EXIT_EMPTY, EXIT_ERROR, UsageError
from bilatcli.index.store import packs_in
from bilatcli.query.options import DATA, JSON, Option, day_of, format_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilatcli.environment import Environment
    from bilatcli.packs.lint.runner import Report

FORMATS = ("text", "json", "github", "sarif")

SELECT = Option("select", "Only these rules: codes, their beginnings or names.", metavar="CODES")
IGNORE = Option("ignore", "All rules but these.", metavar="CODES")
FORMAT = Option(
    "format", "How to print the findings: text unless said.", metavar="FORMAT", choices=FORMATS
)
TODAY = Option("today", "The day that figures and plans are held against.", metavar="DATE")
EXPLAIN = Option("explain", "What a rule finds, why, and what to do.", metavar="CODE")
LIST = Option("list", "List all rules.")
FIX = Option("fix", "Mend the order of keys, spacing and the form of dates, and nothing else.")

OPTIONS = (SELECT, IGNORE, FORMAT, JSON, TODAY, FIX, DATA, EXPLAIN, LIST)
"""The options of `check`, in the order of its help."""


def answer(order: Order, environment: Environment) -> Reply:
    """Return what there is to question in packs, with the exit code.

    Raises UsageError for files, rules or a day that cannot be, EnvironmentFault where a file cannot be mended.
    """
    from bilatcli.packs.lint import fixes, output
    from bilatcli.packs.lint.base import RULES

    if order.has(LIST):
        return Reply([output.listed()])
    if (asked := order.value(EXPLAIN)) is not None:
        return Reply(["\n".join(output.explained(RULES[code]) for code in _codes(EXPLAIN, asked))])
    format = format_of(FORMAT, order.given) or "text"
    today = day_of(TODAY, order.given, last=True) or environment.today
    select, ignore = order.value(SELECT), order.value(IGNORE)
    wanted = set(RULES if select is None else _codes(SELECT, select))
    wanted -= set(() if ignore is None else _codes(IGNORE, ignore))
    files = _files(order)
    mended = fixes.mend_dates(files) if order.has(FIX) else None
    report = _report(files, today, wanted)
    if mended is not None:
        mended += fixes.mend_layout(report.findings)
        report = _report(files, today, wanted)
    notes = [] if mended is None else [output.mended(mended)]
    code = EXIT_ERROR if report.is_unreadable else 0 if output.is_clean(report) else EXIT_EMPTY
    text = output.REPORTS[format](report)
    return Reply(
        [text], notes=[*notes, output.tally(report)], code=code, is_json=format in ("json", "sarif")
    )


def _report(files: Sequence[str], today: str, wanted: set[str]) -> Report:
    """What the wanted rules find; that a pack was refused is always told."""
    from bilatcli.packs.lint.runner import REFUSED, examine

    report = examine(files, today)
    report.findings = [
        each for each in report.findings if each.rule.code in wanted or each.rule.code == REFUSED
    ]
    return report


def _files(order: Order) -> list[str]:
    """The packs that the words and --data name, each once, with those of a folder in the order of their names."""
    named = [*order.words, *order.data]
    if not named:
        raise UsageError(
            "name the packs to check, as in `bilatcli check notes.toml`, or a folder of them with --data"
        )
    if "" in named:
        raise UsageError(
            "an empty name is no file: give the path of a pack, or of a folder of packs"
        )
    found = {
        os.path.abspath(file): file for path in reversed(named) for file in reversed(packs_in(path))
    }
    if not found:
        raise UsageError(
            f"there is no pack in `{named[0]}`: give a file, or a folder with files that end in .toml"
        )
    return list(reversed(found.values()))


def _codes(option: Option, text: str) -> list[str]:
    """The rules that an option names by code, the beginning of one, or name; raises UsageError for what is none."""
    from bilatcli.fuzzy import find_nearest
    from bilatcli.packs.lint.base import RULES

    found: list[str] = []
    words = text.replace(",", " ").split()
    if not words:
        raise UsageError(
            f"{option.flag} names nothing: give a code such as BL203, or a beginning such as BL2"
        )
    for word in words:
        meant = [
            each.code
            for each in RULES.values()
            if each.code.startswith(word.upper()) or each.name == word.lower()
        ]
        if not meant:
            near = find_nearest(word.upper(), RULES) or find_nearest(
                word.lower(), [each.name for each in RULES.values()]
            )
            hint = f"did you mean `{near}`?" if near else "`bilatcli check --list` has the codes"
            raise UsageError(f"{option.flag} cannot be `{word}`: {hint}")
        found += meant
    return sorted(set(found))
