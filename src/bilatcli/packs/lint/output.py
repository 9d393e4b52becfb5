"""Print what `check` found as text, as JSON, for GitHub and as SARIF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from bilatcli import annotation
from bilatcli.packs.lint.base import NOTE, RULES, SEVERITIES, LinkAnswers, Rule
from bilatcli.packs.lint.links import LINK_KINDS, SKIPPED
from bilatcli.packs.lint.runner import Finding, LintReport
from bilatcli.text import make_printable, plural, to_json

FIX_LABELS = {"BL001": "form of a date", "BL301": "order of keys", "BL302": "spacing"}
"""The kinds of fixes that `--fix` makes, by the code of the rule."""


def format_text(report: LintReport) -> str:
    """Return a line per finding: `file:line:column: severity CODE: what: remedy`."""
    return "".join(f"{make_printable(_format_line(finding))}\n" for finding in report.findings)


def _format_line(finding: Finding) -> str:
    where = f"{finding.file}:{finding.line}:{finding.column}" if finding.line else finding.file
    return f"{where}: {finding.rule.severity} {finding.rule.code}: {finding.what}: {finding.remedy}"


def format_json(report: LintReport) -> str:
    """Return the document `bilatcli/check@1`, with a line per finding."""
    findings = ",\n".join(to_json(_to_dict(finding)) for finding in report.findings)
    counts = {severity: report.count(severity) for severity in SEVERITIES}
    newline = "\n" if findings else ""
    links = "" if report.links is None else f'"links":{to_json(_count_links(report.links))},\n'
    return (
        f'{{"schema":"bilatcli/check@1",\n"files":{to_json(report.files)},\n'
        f'"counts":{to_json(counts)},\n{links}"findings":[{newline}{findings}{newline}]}}\n'
    )


def _to_dict(finding: Finding) -> dict[str, Any]:
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


def format_github(report: LintReport) -> str:
    """Return a workflow command per finding, which GitHub shows next to the line."""
    return annotation.format_github([_to_annotation(finding) for finding in report.findings])


def format_sarif(report: LintReport) -> str:
    """Return a SARIF 2.1.0 log with one run. Columns count characters."""
    rules = [_to_sarif_rule(rule) for rule in RULES.values()]
    return annotation.format_sarif(rules, [_to_annotation(each) for each in report.findings])


def _to_annotation(finding: Finding) -> annotation.Annotation:
    return annotation.Annotation(
        rule=finding.rule.code,
        severity=finding.rule.severity,
        message=f"{finding.what}: {finding.remedy}",
        file=finding.file,
        line=finding.line,
        column=finding.column,
    )


def _to_sarif_rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.explanation},
        "defaultConfiguration": {"level": rule.severity},
    }


FORMATTERS: dict[str, Callable[[LintReport], str]] = {
    "text": format_text,
    "json": format_json,
    "github": format_github,
    "sarif": format_sarif,
}
"""The function for each `--format`."""


def summarize(report: LintReport) -> str:
    """Return the number of findings by severity and the number of packs, in a sentence."""
    packs = plural(len(report.files), "pack")
    counts = [(report.count(severity), severity) for severity in SEVERITIES]
    found = ", ".join(plural(count, severity) for count, severity in counts if count)
    return f"{packs} checked: {found or 'no problems'}"


def _count_links(links: LinkAnswers) -> dict[str, int]:
    """Return the number of addresses by the kind of their answer."""
    counts = Counter(answer.kind for answer in links.values())
    return {kind: counts[kind] for kind in LINK_KINDS}


def summarize_links(links: LinkAnswers) -> str:
    """Return the number of addresses by answer, in a sentence, and the hosts left alone."""
    counts = _count_links(links)
    skipped = counts.pop(SKIPPED)
    asked = plural(sum(counts.values()), "link")
    found = [f"{count:,} {kind.replace('_', ' ')}" for kind, count in counts.items() if count]
    text = f"{asked} asked" + (f": {', '.join(found)}" if found else "")
    if skipped:
        hosts = sorted({each.detail for each in links.values() if each.kind == SKIPPED})
        text += f"; {skipped:,} not asked: the hosts refuse robots ({'; '.join(hosts)})"
    return text


def describe_fixes(counts: Mapping[str, int]) -> str:
    """Return the number of fixes by rule, in a sentence."""
    fixed = ", ".join(
        f"{count:,} × {FIX_LABELS[code]} ({code})" for code, count in sorted(counts.items())
    )
    return f"fixed: {fixed}" if fixed else "--fix found nothing to fix"


def is_clean(report: LintReport) -> bool:
    """Return True if the report has at most notes."""
    return all(finding.rule.severity == NOTE for finding in report.findings)


def explain_rule(rule: Rule) -> str:
    """Return the text of `--explain` for a rule."""
    return f"{rule.code} {rule.name} ({rule.severity})\n\n{rule.explanation}\n"


def list_rules() -> str:
    """Return the text of `--list`: a line per rule with code, severity, name and summary."""
    name_width = max(len(rule.name) for rule in RULES.values())
    severity_width = max(map(len, SEVERITIES))
    return "".join(
        f"{rule.code}  {rule.severity:<{severity_width}}  {rule.name:<{name_width}}  "
        f"{rule.summary}\n"
        for rule in sorted_rules()
    )


def sorted_rules() -> list[Rule]:
    """Return all rules in the order of their codes."""
    return [RULES[code] for code in sorted(RULES)]
