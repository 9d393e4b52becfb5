"""`compare`: compare two editions of packs by what they say."""

from __future__ import annotations

import os

from bilatcli.cli import CommandResult
from bilatcli.cli.command import Command
from bilatcli.cli.pack_paths import find_packs
from bilatcli.errors import EXIT_EMPTY, UsageError
from bilatcli.query.options import JSON, Option, parse_format
from bilatcli.text import to_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from bilatcli.cli.command import Invocation
    from bilatcli.environment import Environment
    from bilatcli.packs.comparison import Change, Comparison
    from bilatcli.packs.edition import Edition

EXAMPLE = "bilatcli compare old.toml new.toml"

FORMAT = Option(
    "format",
    "Format of the changes (default: text).",
    metavar="FORMAT",
    choices=("text", "markdown", "json"),
)


def run(invocation: Invocation, _: Environment) -> CommandResult:
    """Return the changes between two editions; the exit code is 1 if something got worse.

    Raises UsageError for paths without packs, PackError for packs with errors.
    """
    from bilatcli.packs.comparison import compare_editions
    from bilatcli.packs.edition import load_editions
    from bilatcli.render import comparison as render

    format = parse_format(FORMAT, invocation.given) or "text"
    if len(invocation.words) < 2:
        raise UsageError(
            "name an old and a new edition",
            hint=f"as in `{EXAMPLE}`; `bilatcli diff` compares two dates",
        )
    notes: list[str] = []
    files = [_list_packs(path, notes) for path in invocation.words]
    old, new = load_editions(files)
    comparison = compare_editions(old, new)
    document = _make_document(invocation, (old, new), comparison)
    text = _to_json(document) if format == "json" else render.RENDERERS[format](document)
    return CommandResult(
        [text],
        notes=[*notes, render.summarize(document)],
        code=EXIT_EMPTY if comparison.is_worse else 0,
        is_json=format == "json",
    )


def _list_packs(path: str, notes: list[str]) -> list[str]:
    """Return the packs at a path; a file of a folder that is not a pack is left out and noted."""
    from bilatcli.packs.loader import is_pack

    found = find_packs([path], EXAMPLE)
    if not os.path.isdir(path):
        return found
    packs = [file for file in found if is_pack(file)]
    notes += (f"left out `{file}`: it is not a pack" for file in found if file not in packs)
    return packs


def _make_document(
    invocation: Invocation, editions: tuple[Edition, Edition], comparison: Comparison
) -> dict[str, Any]:
    old, new = (
        {"path": path, "packs": sorted(edition.packs), "cited": cited}
        for path, edition, cited in zip(invocation.words, editions, comparison.cited, strict=True)
    )
    return {
        "schema": "bilatcli/compare@1",
        "old": old,
        "new": new,
        "worse": comparison.is_worse,
        "counts": comparison.count(),
        "changes": list(map(_to_row, comparison.changes)),
    }


def _to_row(change: Change) -> dict[str, Any]:
    return {
        "record": change.record,
        "id": change.id,
        "change": change.change,
        "worse": change.worse,
        "relation": change.relation,
        "table": change.table,
        "text": change.text,
        "values": [value._asdict() for value in change.values],
    }


def _to_json(document: dict[str, Any]) -> str:
    """Return the document with a line for each key, and for each change."""
    *head, (_, changes) = document.items()
    members = "".join(f"{to_json(key)}:{to_json(value)},\n" for key, value in head)
    lines = ",\n".join(map(to_json, changes))
    newline = "\n" if lines else ""
    return f'{{{members}"changes":[{newline}{lines}{newline}]}}\n'


COMMAND = Command(
    "compare",
    "Compare two editions of packs by what they say; fail if something got worse.",
    run=run,
    group="Author",
    words="OLD NEW",
    words_help="Two packs, or two folders of packs.",
    max_words=2,
    options=(FORMAT, JSON),
    examples=(EXAMPLE, "bilatcli compare released/ packs/ --format markdown > comment.md"),
)
