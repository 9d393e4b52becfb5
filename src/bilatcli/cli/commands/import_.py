"""`import`: add references from BibTeX, RIS or CSL-JSON files to a pack, as sources."""

from __future__ import annotations

import os

from bilatcli.cli import CommandResult
from bilatcli.cli.command import Command
from bilatcli.environment import MAX_LINE_LENGTH, STANDARD_STREAM, BoundedLines
from bilatcli.errors import EXIT_EMPTY, EnvironmentFault, PackError, Problem, UsageError
from bilatcli.files import os_error_message, rewrite_file
from bilatcli.query.options import Option, parse_choice
from bilatcli.text import plural, replace_surrogates
from bilatcli.vocabulary import RELIABILITIES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from bilatcli.citations.reader import SourceDraft
    from bilatcli.cli.command import Invocation
    from bilatcli.environment import Environment

EXTENSIONS = {".bib": "bibtex", ".ris": "ris", ".json": "csl-json"}
FORMATS = tuple(EXTENSIONS.values())

FORMAT = Option(
    "format",
    "Format of the files (default: by their extension).",
    metavar="FORMAT",
    choices=FORMATS,
)
RELIABILITY = Option(
    "reliability",
    "Reliability of references that do not state their own.",
    metavar="WORD",
    choices=RELIABILITIES,
)

MAX_FILE_LENGTH = MAX_LINE_LENGTH
"""Maximum characters of a file: about 250,000 references, which take minutes to read."""


def run(invocation: Invocation, environment: Environment) -> CommandResult:
    """Add new references to a pack, print their ids, and note what was skipped or dropped.

    Raises UsageError for the command line, PackError for an invalid file. Then nothing is written.
    """
    from bilatcli.packs import editor, loader
    from bilatcli.packs.text_file import read_text

    *files, target = invocation.words or [""]
    if not files:
        raise UsageError(
            "name files of references, then a pack",
            hint="as in `bilatcli import refs.bib notes.toml`",
        )
    format = parse_choice(FORMAT, invocation.given)
    text = read_text(target)
    sources = _Sources(_read_sources(text, target), parse_choice(RELIABILITY, invocation.given))
    for file in files:
        for draft in _read_references(file, format, environment):
            sources.add(draft)
    if sources.added:
        new_text = editor.append_sources(text, sources.added)
        loader.parse_pack(new_text, target)
        rewrite_file(target, new_text)
    return CommandResult(
        [f"{source['id']}\n" for source in sources.added],
        notes=[*sources.notes, f"added {plural(len(sources.added), 'source')} to {target}"],
        code=EXIT_EMPTY if sources.has_rejected else 0,
    )


def _read_sources(text: str, target: str) -> list[dict[str, Any]]:
    """Return the sources of a pack; raises PackError if it is invalid, or cannot be appended to."""
    from bilatcli.packs import loader
    from bilatcli.packs.positions import Positions
    from bilatcli.packs.problems import PackProblem

    pack = loader.parse_pack(text, target)
    if any(pair.path == ("source",) for pair in Positions(text).pairs):
        what, remedy = "`source` is an inline array", "write each source as its own [[source]]"
        problem = PackProblem(("source",), what, remedy, is_at_key=True)
        raise PackError(loader.locate(target, [problem]))
    return [source.model_dump(mode="json", exclude_none=True) for source in pack.source]


# --- the files of references


def _read_references(file: str, format: str | None, environment: Environment) -> list[SourceDraft]:
    """Return the references of a file; raises PackError if it is invalid."""
    from bilatcli.citations.bibtex_reader import parse_bibtex
    from bilatcli.citations.csl import parse_csl_json
    from bilatcli.citations.reader import draft_source
    from bilatcli.citations.ris import parse_ris

    kind = format or EXTENSIONS.get(os.path.splitext(file)[1].lower())
    if kind is None:
        raise UsageError(
            f"cannot tell the format of `{file}`", hint=f"add {FORMAT.flag} {'|'.join(FORMATS)}"
        )
    text = _read_text(file, environment)
    readers = {"bibtex": parse_bibtex, "ris": parse_ris, "csl-json": parse_csl_json}
    try:
        items = readers[kind](text)
    except ValueError as error:
        what, line = (*error.args, 0)[:2]
        raise _file_error(
            file, f"this is not {kind} ({what.rstrip('.')})", "correct it here", line
        ) from None
    if not items:
        raise _file_error(file, "there are no references", f"give a {kind} file with references")
    drafts = [draft_source(item) for item in items]
    for each in drafts:
        values = "".join(map(str, each.values.values()))
        if replace_surrogates(values) != values:
            raise _file_error(
                file, f"`{each.key}` has half a character (a lone surrogate)", "remove it"
            )
    return drafts


def _read_text(file: str, environment: Environment) -> str:
    """Return the text of a file or of standard input; raises PackError if it is not UTF-8."""
    try:
        if file == STANDARD_STREAM:
            text = _join_lines(file, environment.stdin)
        else:
            with open(file, encoding="utf-8", errors="surrogateescape") as stream:
                text = _join_lines(file, BoundedLines(stream))
    except OSError as error:
        raise EnvironmentFault(f"`{file}` cannot be read ({os_error_message(error)})") from None
    if replace_surrogates(text) != text:
        lines = enumerate(text.split("\n"), 1)
        line = next(number for number, line in lines if replace_surrogates(line) != line)
        raise _file_error(file, "this is not UTF-8", "save the file as UTF-8", line)
    return text.removeprefix("\ufeff")


def _join_lines(file: str, lines: Iterable[str]) -> str:
    """Return lines as one text; raises PackError if they are too long together."""
    kept: list[str] = []
    length = 0
    for line in lines:
        length += len(line)
        if length > MAX_FILE_LENGTH:
            what = f"the file has more than {MAX_FILE_LENGTH:,} characters"
            raise _file_error(file, what, "split it into several files", len(kept) + 1)
        kept.append(line)
    return "".join(kept)


def _file_error(file: str, what: str, remedy: str, line: int = 0) -> PackError:
    problem = Problem(what, remedy, file=file, line=line, column=int(line > 0))
    return PackError([problem], what="references")


# --- the sources of the pack


class _Sources:
    """The sources of a pack, to which references are added unless they are there already."""

    def __init__(self, sources: Sequence[dict[str, Any]], reliability: str | None) -> None:
        self.added: list[dict[str, Any]] = []
        self.notes: list[str] = []
        self.has_rejected = False
        self._reliability = reliability
        self._ids: set[str] = set()
        self._id_by_identity: dict[tuple[str, ...], str] = {}
        for source in sources:
            self._remember(source["id"], source)

    def add(self, draft: SourceDraft) -> None:
        """Add a reference, or note why not; raises UsageError if its reliability is unknown."""
        identity = _identity(draft.values)
        if identity in self._id_by_identity:
            name = draft.key or draft.values.get("title", "")
            known = self._id_by_identity[identity]
            same = "" if known == name else f" as `{known}`"
            self.notes.append(f"skipped `{name}`: already in the pack{same}")
        elif "title" not in draft.values:
            name = f"`{draft.key}`" if draft.key else "a reference"
            self.notes.append(f"skipped {name}: it has no title")
            self.has_rejected = True
        else:
            source = self._make_source(draft)
            self._remember(source["id"], source)
            self.added.append(source)
            if draft.lost:
                self.notes.append(
                    f"dropped from `{source['id']}`: {', '.join(draft.lost)} "
                    "(packs do not store this)"
                )

    def _remember(self, id: str, values: dict[str, Any]) -> None:
        self._ids.add(id)
        self._id_by_identity.setdefault(_identity(values), id)

    def _make_source(self, draft: SourceDraft) -> dict[str, Any]:
        """Return the keys and values of a source, in the order of the model."""
        from bilatcli.citations.reader import make_source_id
        from bilatcli.packs.models import Source

        id = make_source_id(draft, self._ids)
        values = {"id": id, **draft.values}
        values.setdefault("reliability", self._reliability)
        if values["reliability"] is None:
            raise UsageError(
                f"`{draft.key or id}` states no reliability",
                hint=f"add {RELIABILITY.flag} {'|'.join(RELIABILITIES)}",
            )
        return {key: values[key] for key in Source.model_fields if key in values}


def _identity(values: dict[str, Any]) -> tuple[str, ...]:
    """Return the values that identify a source: its URL, or else title, date and publisher."""
    from bilatcli.packs.lint.sources import normalize_url
    from bilatcli.text import normalize

    if url := values.get("url"):
        return ("url", normalize_url(url))
    title, publisher = (normalize(values.get(key, "")) for key in ("title", "publisher"))
    return ("title", title, str(values.get("issued", "")), publisher)


COMMAND = Command(
    "import",
    "Import references from BibTeX, RIS or CSL-JSON into a pack as sources.",
    run=run,
    group="Author",
    words="FILE... PACK",
    words_help="Files of references (`-` is standard input), then the pack.",
    options=(FORMAT, RELIABILITY),
    examples=("bilatcli import refs.bib notes.toml --reliability academic",),
)
