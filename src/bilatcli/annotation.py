"""Notes on places of files as editors and code hosts read them: SARIF, GitHub's commands."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


class Annotation:
    """A note on a place: its rule, a severity (`error`, `warning`, `note`) and a message.

    `line` and `column` count from 1; a line of 0 stands for the whole file.
    """

    __slots__ = ("column", "file", "line", "message", "rule", "severity")

    def __init__(
        self, *, rule: str, severity: str, message: str, file: str, line: int, column: int
    ) -> None:
        self.rule = rule
        self.severity = severity
        self.message = message
        self.file = file
        self.line = line
        self.column = column


def format_github(annotations: Sequence[Annotation]) -> str:
    """Return a workflow command per note, which GitHub shows next to the line."""
    from bilatcli.text import make_printable

    return "".join(f"{make_printable(_format_github_command(each))}\n" for each in annotations)


def _format_github_command(note: Annotation) -> str:
    level = "notice" if note.severity == "note" else note.severity
    place = f",line={note.line},col={note.column}" if note.line else ""
    file = _escape_github(note.file).replace(":", "%3A").replace(",", "%2C")
    return f"::{level} file={file}{place},title={note.rule}::{_escape_github(note.message)}"


def _escape_github(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def format_sarif(rules: Sequence[dict[str, Any]], annotations: Sequence[Annotation]) -> str:
    """Return a SARIF 2.1.0 log with one run. Columns count characters.

    `rules` are SARIF's descriptors of rules, each with its `id`.
    """
    from json import dumps

    from bilatcli.text import escape_json
    from bilatcli.version import __version__

    order = {rule["id"]: i for i, rule in enumerate(rules)}
    driver = {"name": "bilatcli", "version": __version__, "rules": list(rules)}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_to_sarif_result(each, order[each.rule]) for each in annotations],
    }
    log = {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return escape_json(dumps(log, ensure_ascii=False, indent=2)) + "\n"


def _to_sarif_result(note: Annotation, rule_index: int) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": to_uri(note.file)}}
    if note.line:
        place["region"] = {"startLine": note.line, "startColumn": note.column}
    return {
        "ruleId": note.rule,
        "ruleIndex": rule_index,
        "level": note.severity,
        "message": {"text": note.message},
        "locations": [{"physicalLocation": place}],
    }


def to_uri(path: str) -> str:
    """Return a relative path as a URI reference, and an absolute one as a file URI.

    `quote` escapes colons, so the first part of a path is never read as a scheme.
    """
    import os
    from urllib.parse import quote

    quoted = quote(os.fsencode(path.replace(os.sep, "/")), safe="/")
    if os.path.isabs(path):
        return "file://" + ("" if quoted.startswith("/") else "/") + quoted
    return quoted
