"""`refresh`: write the facts in a draft again as the record has them now."""

from __future__ import annotations

from bilatcli.cli import CommandResult
from bilatcli.cli.command import Command
from bilatcli.environment import STANDARD_STREAM
from bilatcli.error_details import PackError
from bilatcli.errors import EXIT_EMPTY, EnvironmentFault, UsageError
from bilatcli.query.options import CORPUS_OPTIONS, JSON, Option, parse_format
from bilatcli.text import json_object, make_printable, plural, to_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from bilatcli.cli.command import Invocation
    from bilatcli.environment import Environment
    from bilatcli.index.store import Index
    from bilatcli.render.drafts import Draft, Marker

    Fact = Mapping[str, Any]

EXAMPLE = "bilatcli refresh draft.md"
CHECK = Option("check", "Write nothing; fail if a draft is not as the record has it.")
FORMAT = Option(
    "format", "Format of the report (default: text).", metavar="FORMAT", choices=("text", "json")
)

UNKNOWN, NO_VALUE, RETRACTED, SUPERSEDED = "unknown", "no-value", "retracted", "superseded"
CHANGED, CURRENT = "changed", "current"
STATES = (UNKNOWN, NO_VALUE, RETRACTED, SUPERSEDED, CHANGED, CURRENT)
"""What a fact in a draft can be, the most serious first; `changed` if its text was another."""
FINAL_STATES = (UNKNOWN, NO_VALUE, RETRACTED, SUPERSEDED)
"""States that only an author can change: writing the text again does not help."""


class Finding:
    """A fact in a draft: its old and its new text (None if it cannot be written), and its state.

    `is_changed` is True if the draft gets another text. `detail` says more about the state.
    """

    def __init__(self, draft: Draft, marker: Marker, fact: Fact | None, new: str | None) -> None:
        from bilatcli.render.drafts import is_same

        self.file = draft.name
        self.marker = marker
        self.old = draft.read_old(marker)
        self.new = new
        self.is_changed = new is not None and not is_same(self.old, new, marker)
        self.state, self.detail = _find_state(marker, fact, new)
        if self.state == CURRENT and self.is_changed:
            self.state = CHANGED

    @property
    def needs_author(self) -> bool:
        """True if the draft is not as it should be even with the new text."""
        return self.state in FINAL_STATES


def run(invocation: Invocation, environment: Environment) -> CommandResult:
    """Write the facts in drafts again, and report what changed.

    The exit code is 1 if a fact is unknown, retracted or superseded, with `--check` also if a text
    differs. Raises PackError for markers that cannot be read: then nothing is written.
    """
    from bilatcli.index.store import open_index

    names = list(dict.fromkeys(invocation.words))
    is_json = (parse_format(FORMAT, invocation.given) or "text") == "json"
    _check_names(names, is_json=is_json, is_check=invocation.has(CHECK))
    drafts = [_read_draft(name, environment) for name in names]
    if problems := [problem for draft in drafts for problem in draft.problems]:
        raise PackError(problems, what="drafts")
    index = open_index(environment, invocation.data, engine=invocation.index)
    try:
        findings = _look_up(drafts, index)
    finally:
        index.close()
    is_written = not invocation.has(CHECK)
    piped = [_write(draft, findings) for draft in drafts] if is_written else []
    report = _to_json(findings) if is_json else "".join(map(_to_text, findings))
    needs_author = any(finding.needs_author for finding in findings)
    is_stale = not is_written and any(finding.is_changed for finding in findings)
    has_pipe = is_written and names == [STANDARD_STREAM]
    summary = _summarize(findings, is_written=is_written)
    return CommandResult(
        piped if has_pipe else [report],
        notes=[*(report.splitlines() if has_pipe else ()), summary],
        code=EXIT_EMPTY if needs_author or is_stale else 0,
        is_json=is_json,
    )


def _check_names(names: Sequence[str], *, is_json: bool, is_check: bool) -> None:
    """Raise UsageError if the names of drafts do not go together with the options."""
    if not names or "" in names:
        raise UsageError("name the draft to refresh", hint=f"as in `{EXAMPLE}`")
    if STANDARD_STREAM in names and names[1:]:
        raise UsageError("`-` goes alone", hint="name files, or pipe one draft")
    if STANDARD_STREAM in names and is_json and not is_check:
        raise UsageError(
            "standard output has the draft, not the report",
            hint="add `check`, or name a file",
            options=("check",),
        )


def _read_draft(name: str, environment: Environment) -> Draft:
    """Return a draft; raises EnvironmentFault if it cannot be read, PackError if not UTF-8."""
    from codecs import BOM_UTF8

    from bilatcli.files import open_to_read, os_error_message
    from bilatcli.packs.text_file import decode
    from bilatcli.render.drafts import Draft

    try:
        if name == STANDARD_STREAM:
            content = environment.read_bytes()
        else:
            with open_to_read(name) as file:
                content = file.read()
    except (OSError, ValueError) as error:
        raise EnvironmentFault(f"`{name}` cannot be read ({os_error_message(error)})") from None
    return Draft(decode(content, name), name, mark="\ufeff" * content.startswith(BOM_UTF8))


def _look_up(drafts: Sequence[Draft], index: Index) -> list[Finding]:
    """Return what the record says about each fact in drafts."""
    from bilatcli.render.bibliography import fetch_citation_keys
    from bilatcli.render.drafts import SOURCES, render_field

    markers = [(draft, marker) for draft in drafts for marker in draft.markers]
    facts = _fetch_facts(dict.fromkeys(marker.id for _, marker in markers), index)
    has_sources = any(marker.field == SOURCES for _, marker in markers)
    keys = fetch_citation_keys(index) if has_sources else {}
    findings = []
    for draft, marker in markers:
        fact = facts.get(marker.id)
        new = None if fact is None else render_field(fact, marker.field, keys)
        findings.append(Finding(draft, marker, fact, new))
    for finding in findings:
        if finding.state == UNKNOWN:
            finding.detail = _suggest(finding.marker.id, index)
    return findings


def _fetch_facts(ids: Iterable[str], index: Index) -> dict[str, Fact]:
    """Return the facts with some ids, by their ids; those that no fact has are left out."""
    from bilatcli.query.errors import NoSuchRecord
    from bilatcli.query.request import Request
    from bilatcli.views import VIEWS
    from bilatcli.views import run as run_view

    try:
        document = run_view(VIEWS["show"], Request("show", list(ids)), index).load() if ids else {}
    except NoSuchRecord:
        return {}
    return {fact["id"]: fact for fact in document.get("facts", ())}


def _suggest(id: str, index: Index) -> str:
    from bilatcli.query.request import Request
    from bilatcli.views.record_ids import no_such_record

    near = [each.id for each in no_such_record([id], Request("show", [id]), index).candidates]
    return f"did you mean {', '.join(f'`{each}`' for each in near)}?" if near else ""


def _find_state(marker: Marker, fact: Fact | None, new: str | None) -> tuple[str, str]:
    """Return the state of a fact, and what more there is to say."""
    if fact is None:
        return UNKNOWN, ""
    if fact["retracted"] is not None:
        return RETRACTED, fact["retracted"]
    if new is None:
        return NO_VALUE, marker.field
    if fact["superseded_by"] is not None and not marker.accepts_superseded:
        return SUPERSEDED, fact["superseded_by"]
    return CURRENT, ""


def _write(draft: Draft, findings: Sequence[Finding]) -> str:
    """Write a draft if it changes, and return all of it. Standard input is not written."""
    from bilatcli.files import rewrite_file
    from bilatcli.render.drafts import escape_for

    texts = {
        finding.marker: escape_for(finding.marker, finding.new or "")
        for finding in findings
        if finding.is_changed and finding.file == draft.name
    }
    text = draft.replace(texts)
    if texts and draft.name != STANDARD_STREAM:
        rewrite_file(draft.name, text)
    return draft.mark + text


# --- the report


def _to_text(finding: Finding) -> str:
    """Return the lines on a fact: its place and state, its old and its new text if they differ."""
    marker = finding.marker
    place = f"{finding.file}:{marker.line}:{marker.column}: "
    states = {
        UNKNOWN: f"no fact has the id `{marker.id}`",
        NO_VALUE: f"`{marker.id}` has no `{finding.detail}`",
        RETRACTED: f"`{marker.id}` is retracted: {finding.detail}",
        SUPERSEDED: f"`{marker.id}` is superseded by `{finding.detail}`",
        CHANGED: f"`{marker.id}` differs from the record",
    }
    if finding.state not in states:
        return ""
    message = states[finding.state]
    if finding.state == UNKNOWN and finding.detail:
        message += f"; {finding.detail}"
    lines = [place + message]
    if finding.is_changed:
        lines += [f"  - {finding.old}", f"  + {finding.new}"]
    return "".join(f"{make_printable(line)}\n" for line in lines)


def _to_json(findings: Sequence[Finding]) -> str:
    rows = (
        json_object(
            file=finding.file,
            line=finding.marker.line,
            column=finding.marker.column,
            id=finding.marker.id,
            field=finding.marker.field,
            state=finding.state,
            changed=finding.is_changed,
            old=finding.old,
            new=finding.new,
            detail=finding.detail or None,
        )
        for finding in findings
    )
    counts = {state: sum(each.state == state for each in findings) for state in STATES}
    facts = "".join(f",\n{row}" for row in rows)[1:]
    return f'{{"schema":"bilatcli/refresh@1",\n"counts":{to_json(counts)},\n"facts":[{facts}]}}\n'


def _summarize(findings: Sequence[Finding], *, is_written: bool) -> str:
    changed = sum(finding.is_changed for finding in findings)
    author = sum(finding.needs_author for finding in findings)
    verb = "changed" if is_written else "to change"
    parts = [plural(len(findings), "fact"), f"{changed:,} {verb}"]
    parts += [f"{author:,} for you to look at"] if author else []
    return ", ".join(parts)


COMMAND = Command(
    "refresh",
    "Write the facts in a draft again as the record has them now, and report what changed.",
    run=run,
    group="Cite",
    words="FILE...",
    words_help="Drafts with a fact after each `<!-- bilatcli: ID -->`, up to the end of the line or"
    " to `<!-- /bilatcli -->`; `-` is a pipe.",
    options=(CHECK, FORMAT, JSON, *CORPUS_OPTIONS),
    examples=(EXAMPLE, "bilatcli refresh --check docs/brief.md"),
)
