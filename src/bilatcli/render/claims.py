"""The document of `verify` as text, Markdown, SARIF and GitHub's commands."""

from __future__ import annotations

from bilatcli import annotation
from bilatcli.render.periods import format_fact_period
from bilatcli.text import make_printable, plural

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from bilatcli.render.settings import Settings
    from bilatcli.render.terminal import Line

    Document = Mapping[str, Any]
    Claim = Mapping[str, Any]

_INDENT = 2
_FACT_INDENT = 4
_STYLES = {
    "supported": "bold green",
    "differs": "bold red",
    "outdated": "bold yellow",
    "disputed": "bold magenta",
}
_SEVERITIES = {"differs": "error", "outdated": "warning", "disputed": "note"}
"""Verdicts that are annotated, with how severe they are."""
_RULES = {
    "differs": ("ClaimDiffers", "The record has another date, number, direction or state."),
    "outdated": ("ClaimOutdated", "It was right, but has been superseded or has ended."),
    "disputed": ("ClaimDisputed", "Sources conflict, or somebody disputes it."),
}
_LISTED = ("countries", "subjects", "from", "to", "dates", "systems", "words", "reservations")


def render_text(document: Document, settings: Settings, *, is_explained: bool = False) -> str:
    """Return each sentence with its verdict, its reason and its facts, then the sources.

    With `is_explained`, what was read in a sentence follows it.
    """
    from bilatcli.render.sources import SourceNumbers, list_sources
    from bilatcli.render.terminal import render_lines

    is_hidden = settings.sources == "none"
    numbers = SourceNumbers(document["sources"], is_hidden=is_hidden)
    lines: list[Line] = []
    for claim in document["claims"]:
        lines += ["", *_format_claim(claim, settings, numbers, is_explained=is_explained)]
    sources = list(list_sources(numbers, settings))
    lines += ["", *sources] if sources else []
    return render_lines(lines[1:], width=settings.width, has_colour=settings.has_colour)


def _format_claim(
    claim: Claim, settings: Settings, numbers: Any, *, is_explained: bool
) -> Iterator[Line]:
    from bilatcli.render.statement import format_statement
    from bilatcli.render.terminal import DIM, Text, indent_lines

    place = f"{claim['file']}:{claim['line']}:{claim['column']}: " if claim["file"] else ""
    yield Text(make_printable(f"{place}{claim['text']}"))
    verdict = Text(claim["verdict"], style=_STYLES.get(claim["verdict"], "bold"))
    reason = Text(f": {make_printable(claim['reason'])}", style="not bold")
    yield from indent_lines(verdict.append_text(reason), _INDENT, settings.width)
    if is_explained:
        reading = Text(make_printable(explain_reading(claim["reading"])), style=DIM)
        yield from indent_lines(reading, _INDENT, settings.width)
    for fact in claim["facts"]:
        date = format_fact_period(fact)
        text = Text(f"{make_printable(date)}  " if date else "", style=DIM)
        text.append_text(format_statement(fact, numbers, settings))
        yield from indent_lines(text, _FACT_INDENT, settings.width)


def explain_reading(reading: Mapping[str, Any]) -> str:
    """Return what was read in a sentence, in a line."""
    parts = [f"{key} {', '.join(reading[key])}" for key in _LISTED if reading[key]]
    if reading["numbers"]:
        parts.append(f"numbers {', '.join(map(_explain_number, reading['numbers']))}")
    if reading["negated"]:
        parts.append("negated")
    return f"read: {'; '.join(parts)}" if parts else "read: nothing"


def _explain_number(number: Mapping[str, Any]) -> str:
    low, high, unit, vague = (number[key] for key in ("low", "high", "unit", "vague"))
    text = f"{low:,.10g}" if low == high else f"{low:,.10g} to {high:,.10g}"
    return " ".join(part for part in (text, unit, f"({vague})" if vague else "") if part)


def summarize(document: Document) -> str:
    """Return the number of sentences and of each verdict, in a sentence."""
    counts = {key.replace("_", " "): count for key, count in document["counts"].items()}
    found = ", ".join(f"{count:,} {verdict}" for verdict, count in counts.items() if count)
    return f"{plural(sum(counts.values()), 'sentence')} checked{f': {found}' if found else ''}"


def render_claims_markdown(document: Document) -> str:
    """Return each sentence with its verdict, and its facts below, with sources as footnotes."""
    from bilatcli.render.markdown import escape_markdown, format_source

    lines: list[str] = []
    cited: set[str] = set()
    for claim in document["claims"]:
        text, reason = (escape_markdown(make_printable(claim[key])) for key in ("text", "reason"))
        lines.append(f"- {text} — **{claim['verdict']}**: {reason}")
        for fact in claim["facts"]:
            marks = "".join(f"[^{id}]" for id in fact["sources"])
            cited.update(fact["sources"])
            date = f"{format_fact_period(fact)}: " if format_fact_period(fact) else ""
            statement = escape_markdown(make_printable(f"{date}{fact['text']}"))
            lines.append(f"  - {statement}{marks} (`{fact['id']}`)")
    footnotes = [
        f"[^{source['id']}]: {format_source(source)}"
        for source in document["sources"]
        if source["id"] in cited
    ]
    return "".join(f"{line}\n" for line in [*lines, *([""] if footnotes else []), *footnotes])


# --- annotations


def render_claims_sarif(document: Document) -> str:
    """Return a SARIF log with a result for each sentence that differs, is outdated or disputed."""
    rules = [
        {
            "id": verdict,
            "name": name,
            "shortDescription": {"text": summary},
            "defaultConfiguration": {"level": _SEVERITIES[verdict]},
        }
        for verdict, (name, summary) in _RULES.items()
    ]
    return annotation.format_sarif(rules, _annotate(document["claims"]))


def render_claims_github(document: Document) -> str:
    """Return a workflow command for each sentence that differs, is outdated or disputed."""
    return annotation.format_github(_annotate(document["claims"]))


def _annotate(claims: Sequence[Claim]) -> list[annotation.Annotation]:
    return [
        annotation.Annotation(
            rule=claim["verdict"],
            severity=_SEVERITIES[claim["verdict"]],
            message=f"{claim['verdict']}: {claim['reason']}: {_quote_facts(claim)}",
            file=claim["file"] or "-",
            line=claim["line"],
            column=claim["column"],
        )
        for claim in claims
        if claim["verdict"] in _SEVERITIES
    ]


def _quote_facts(claim: Claim) -> str:
    return " | ".join(f"{fact['text']} ({fact['id']})" for fact in claim["facts"][:1])
