"""`verify`: check sentences against the facts that are recorded."""

from __future__ import annotations

import os

from bilatcli.cli import CommandResult
from bilatcli.cli.command import Command
from bilatcli.environment import STANDARD_STREAM
from bilatcli.errors import EXIT_EMPTY, EnvironmentFault, UsageError
from bilatcli.query.options import AS_OF, CORPUS_OPTIONS, JSON, SOURCES, Option, parse_format

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from bilatcli.claims.document import Draft
    from bilatcli.cli.command import Invocation
    from bilatcli.environment import Environment
    from bilatcli.index.store import Index

EXTENSIONS = (".md", ".markdown", ".txt", ".qmd", ".rmd")
"""The names of files with text. Other words are a sentence, unless they name a file."""
FORMATS = ("text", "json", "markdown", "sarif", "github")
MAX_BYTES = 16_000_000
"""Maximum size of a text."""

FORMAT = Option(
    "format", "Format of the verdicts (default: text).", metavar="FORMAT", choices=FORMATS
)
EXPLAIN = Option("explain", "Show what was read in each sentence.")
FIX_CITATIONS = Option(
    "fix_citations", "Add [@key] to supported sentences of the files, and change nothing else."
)
_WRONG = ("differs", "outdated")
"""The keys of counts of sentences that make the exit code 1."""


def run(invocation: Invocation, environment: Environment) -> CommandResult:
    """Return a verdict on each sentence of a text.

    The exit code is 1 if a sentence differs from the record or is outdated. Raises UsageError if
    there is no text, EnvironmentFault for a file that cannot be read or written, PackError for one
    that is not UTF-8.
    """
    from bilatcli.claims.document import verify
    from bilatcli.index.store import open_index

    format = parse_format(FORMAT, invocation.given) or "text"
    drafts = _read_drafts(invocation, environment)
    index = open_index(environment, invocation.data, engine=invocation.index)
    try:
        document = verify(drafts, invocation, index)
        loaded = document.load()
        notes = _fix_citations(drafts, loaded, index) if invocation.has(FIX_CITATIONS) else []
    finally:
        index.close()
    text = document.text(end="\n") if format == "json" else ""
    return CommandResult(
        [text or _render(loaded, format, invocation, environment)],
        notes=[*notes, _summarize(loaded)],
        code=EXIT_EMPTY if any(loaded["counts"][key] for key in _WRONG) else 0,
        is_json=format in ("json", "sarif"),
    )


def _summarize(document: Mapping[str, Any]) -> str:
    from bilatcli.render.claims import summarize

    return summarize(document)


def _render(
    document: Mapping[str, Any], format: str, invocation: Invocation, environment: Environment
) -> str:
    from bilatcli.cli.presentation import make_settings
    from bilatcli.render import claims

    if format == "text":
        settings = make_settings(invocation, environment, "table")
        return claims.render_text(document, settings, is_explained=invocation.has(EXPLAIN))
    renderers = {
        "markdown": claims.render_claims_markdown,
        "sarif": claims.render_claims_sarif,
        "github": claims.render_claims_github,
    }
    return renderers[format](document)


# --- texts


def _read_drafts(invocation: Invocation, environment: Environment) -> list[Draft]:
    """Return the texts that the words name: files, standard input, or the words as a sentence."""
    from bilatcli.claims.document import Draft

    words = invocation.words
    if not " ".join(words).strip():
        raise UsageError(
            "give a sentence, or name a file",
            hint='as in `bilatcli verify "Pakistan recognised Azerbaijan in 1991"`',
        )
    if all(map(_is_file, words)):
        return [_read_file(word, environment) for word in words]
    if invocation.has(FIX_CITATIONS):
        raise UsageError(
            f"{FIX_CITATIONS.flag} needs a file",
            hint=f"as in `verify {FIX_CITATIONS.flag} draft.md`",
        )
    return [Draft(" ".join(words))]


def _is_file(word: str) -> bool:
    is_named = word == STANDARD_STREAM or word.lower().endswith(EXTENSIONS)
    return is_named or os.path.isfile(word)


def _read_file(path: str, environment: Environment) -> Draft:
    """Return the text of a file; each line of standard input is a paragraph."""
    from bilatcli.claims.document import Draft
    from bilatcli.files import open_to_read, os_error_message
    from bilatcli.packs.text_file import decode

    try:
        if path == STANDARD_STREAM:
            content = environment.read_bytes()
        else:
            with open_to_read(path) as stream:
                content = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise EnvironmentFault(f"`{path}` cannot be read ({os_error_message(error)})") from None
    if len(content) > MAX_BYTES:
        raise UsageError(
            f"`{path}` has more than {MAX_BYTES:,} bytes", hint="split it into several files"
        )
    return Draft(decode(content, path), path, by_line=path == STANDARD_STREAM)


def _fix_citations(drafts: Sequence[Draft], document: Mapping[str, Any], index: Index) -> list[str]:
    """Add citations to the files; return a note on each."""
    from bilatcli.claims.citing import add_citations
    from bilatcli.files import rewrite_file
    from bilatcli.render.bibliography import fetch_citation_keys
    from bilatcli.text import plural

    notes = []
    keys = fetch_citation_keys(index)
    for draft in drafts:
        path = draft.file
        if path is None or path == STANDARD_STREAM:
            raise UsageError(f"{FIX_CITATIONS.flag} needs a file", hint="name a Markdown file")
        claims = [claim for claim in document["claims"] if claim["file"] == path]
        text, count = add_citations(draft.text, claims, keys)
        if count:
            rewrite_file(path, text)
        notes.append(f"added {plural(count, 'citation')} to {path}")
    return notes


COMMAND = Command(
    "verify",
    "Check sentences of a text against the facts that are recorded.",
    run=run,
    group="Cite",
    words="SENTENCE-OR-FILE...",
    words_help="A sentence, or files of Markdown or plain text; `-` is standard input.",
    options=(AS_OF, FORMAT, JSON, EXPLAIN, FIX_CITATIONS, SOURCES, *CORPUS_OPTIONS),
    examples=(
        'bilatcli verify "Pakistan recognised Azerbaijan in 1992"',
        "bilatcli verify draft.md --format github",
        "bilatcli verify --fix-citations draft.md",
    ),
)
