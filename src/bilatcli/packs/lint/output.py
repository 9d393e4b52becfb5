"""What `check` found, written down: for people, for programs, for GitHub, and as SARIF. Pure functions of a report."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from bilatcli.packs.lint.base import ERROR, NOTE, RULES, SEVERITIES, Rule
from bilatcli.packs.lint.runner import Finding, Report
from bilatcli.text import json_safe, printable
from bilatcli.version import __version__

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_text(report: Report) -> str:
    """A finding a line, as `file:line:column: severity CODE: what: what to do`."""
    return "".join(f"{printable(_line(finding))}\n" for finding in report.findings)


def _line(finding: Finding) -> str:
    where = f"{finding.file}:{finding.line}:{finding.column}" if finding.line else finding.file
    return f"{where}: {finding.rule.severity} {finding.rule.code}: {finding.what}: {finding.remedy}"


def as_json(report: Report) -> str:
    """The document `bilatcli/check@1`, a finding a line."""
    findings = ",\n".join(map(_dumped, map(_finding, report.findings)))
    counts = {severity: report.count(severity) for severity in SEVERITIES}
    break_ = "\n" if findings else ""
    return (
        f'{{"schema":"bilatcli/check@1",\n"files":{_dumped(report.files)},\n"counts":{_dumped(counts)},\n'
        f'"findings":[{break_}{findings}{break_}]}}\n'
    )


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.rule.code,
        "name": finding.rule.name,
        "severity": finding.rule.severity,
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "what": finding.what,
        "remedy": finding.remedy,
    }


def _dumped(value: Any) -> str:
    return json_safe(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def as_github(report: Report) -> str:
    """A workflow command a finding, which GitHub shows beside the line."""
    return "".join(f"{printable(_command(finding))}\n" for finding in report.findings)


def _command(finding: Finding) -> str:
    level = "notice" if finding.rule.severity == NOTE else finding.rule.severity
    place = f",line={finding.line},col={finding.column}" if finding.line else ""
    message = _escaped(f"{finding.what}: {finding.remedy}")
    file = _escaped(finding.file).replace(":", "%3A").replace(",", "%2C")
    return f"::{level} file={file}{place},title={finding.rule.code}::{message}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def as_sarif(report: Report) -> str:
    """A log of SARIF 2.1.0 with one run; columns count characters."""
    order = {code: position for position, code in enumerate(RULES)}
    driver = {
        "name": "bilatcli",
        "version": __version__,
        "rules": [_described(rule) for rule in RULES.values()],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, order[finding.rule.code]) for finding in report.findings],
    }
    log = {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_safe(json.dumps(log, ensure_ascii=False, indent=2)) + "\n"


def _described(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.explanation},
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(finding: Finding, position: int) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(finding.file)}}
    if finding.line:
        place["region"] = {"startLine": finding.line, "startColumn": finding.column}
    return {
        "ruleId": finding.rule.code,
        "ruleIndex": position,
        "level": finding.rule.severity,
        "message": {"text": f"{finding.what}: {finding.remedy}"},
        "locations": [{"physicalLocation": place}],
    }


def _uri(path: str) -> str:
    """A path as a relative reference, or as a file URI where it is absolute."""
    quoted = quote(os.fsencode(path.replace(os.sep, "/")), safe="/")
    if os.path.isabs(path):
        return "file://" + ("" if quoted.startswith("/") else "/") + quoted
    # A colon in the first part would be taken for a scheme; quote has spelt it out.
    return quoted


REPORTS: dict[str, Callable[[Report], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}
"""What writes each format."""


MENDED = {"BL001": "form of a date", "BL301": "order of keys", "BL302": "spacing"}
"""What `--fix` mends, by the code of its rule."""


def tally(report: Report) -> str:
    """How many findings there are in how many files, in one sentence."""
    packs = f"{len(report.files)} pack{'' if len(report.files) == 1 else 's'}"
    counts = [(report.count(severity), severity) for severity in SEVERITIES]
    told = ", ".join(
        f"{count:,} {severity}{'' if count == 1 else 's'}" for count, severity in counts if count
    )
    return f"{told} in {packs}" if told else f"nothing to question in {packs}"


def mended(counts: Mapping[str, int]) -> str:
    """How many findings of which rules were mended, in one sentence."""
    told = ", ".join(
        f"{count:,} × {MENDED[code]} ({code})" for code, count in sorted(counts.items())
    )
    return f"mended: {told}" if told else "there is nothing that --fix can mend"


def is_clean(report: Report) -> bool:
    """Whether nothing above a note was found."""
    return all(finding.rule.severity == NOTE for finding in report.findings)


def explained(rule: Rule) -> str:
    """What `--explain` prints of a rule."""
    return f"{rule.code} {rule.name} ({rule.severity})\n\n{rule.explanation}\n"


def listed() -> str:
    """Every rule in a line: code, severity, name, what it finds."""
    widest = max(len(rule.name) for rule in RULES.values())
    long = max(map(len, (ERROR, *SEVERITIES)))
    lines = (
        f"{each.code}  {each.severity:<{long}}  {each.name:<{widest}}  {each.summary}\n"
        for each in ordered()
    )
    return "".join(lines)


def ordered() -> list[Rule]:
    """Every rule in the order of the codes."""
    return [RULES[code] for code in sorted(RULES)]
