"""`import`: add references from BibTeX, RIS or CSL-JSON files to a pack, as sources."""

from __future__ import annotations

import os
from io import TextIOWrapper

from bilatcli.cli import CommandResult
from bilatcli.cli.command import Command
from bilatcli.environment import MAX_LINE_LENGTH, STANDARD_STREAM, BoundedLines
from bilatcli.errors import EXIT_EMPTY, EnvironmentFault, PackError, Problem, UsageError
from bilatcli.files import open_to_read, os_error_message, rewrite_file
from bilatcli.query.options import Option, parse_choice
from bilatcli.text import plural, replace_surrogates
from bilatcli.vocabulary import RELIABILITIES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from bilatcli.citations.reader import SourceDraft
    from bilatcli.citations.references import Reference
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
        for number, reference in enumerate(_read_references(file, format, environment), 1):
            sources.add(reference, _name_place(file, reference, number))
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


def _read_references(file: str, format: str | None, environment: Environment) -> list[Reference]:
    """Return the references of a file; raises PackError if it has none that can be read."""
    from bilatcli.citations.bibtex_reader import parse_bibtex
    from bilatcli.citations.csl import parse_csl_json
    from bilatcli.citations.ris import parse_ris

    kind = format or EXTENSIONS.get(os.path.splitext(file)[1].lower())
    if kind is None:
        raise UsageError(
            f"cannot tell the format of `{file}`", hint=f"add {FORMAT.flag} {'|'.join(FORMATS)}"
        )
    text = _read_text(file, environment)
    readers = {"bibtex": parse_bibtex, "ris": parse_ris, "csl-json": parse_csl_json}
    try:
        found = readers[kind](text)
    except ValueError as error:
        what, line = (*error.args, 0)[:2]
        raise _not_of_kind(file, kind, what, line) from None
    if not found:
        raise _file_error(file, "there are no references", f"give a {kind} file with references")
    if all(each.item is None for each in found):
        raise _not_of_kind(file, kind, found[0].problems[0], found[0].line)
    return found


def _not_of_kind(file: str, kind: str, what: str, line: int) -> PackError:
    return _file_error(file, f"this is not {kind} ({what.rstrip('.')})", "correct it here", line)


def _name_place(file: str, reference: Reference, number: int) -> str:
    """Return where a reference is: its line, or its number if its line is unknown."""
    return f"{file}:{reference.line}" if reference.line else f"reference {number} of {file}"


def _read_text(file: str, environment: Environment) -> str:
    """Return the text of a file or of standard input; raises PackError if it is not UTF-8."""
    try:
        if file == STANDARD_STREAM:
            text = _join_lines(file, environment.stdin)
        else:
            with TextIOWrapper(open_to_read(file), "utf-8", "surrogateescape") as stream:
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
        self._id_by_address: dict[str, str] = {}
        for source in sources:
            self._remember(source["id"], source)

    def add(self, reference: Reference, place: str) -> None:
        """Add a reference, or note why not; raises UsageError if its reliability is unknown."""
        from bilatcli.citations.reader import draft_source
        from bilatcli.packs.lint.sources import normalize_url

        problems = "; ".join(reference.problems)
        if reference.item is None:
            self._reject(f"skipped {place}: {problems}")
            return
        draft = draft_source(reference.item)
        values = "".join(map(str, draft.values.values()))
        name = f"`{draft.key}`" if draft.key else place
        if replace_surrogates(values) != values:
            self._reject(f"skipped {name}: it has half a character (a lone surrogate)")
        elif "title" not in draft.values:
            self._reject(f"skipped {name}: it has no title")
        elif (known := self._id_by_identity.get(_identity(draft.values))) is not None:
            same = "" if name == f"`{known}`" else f" as `{known}`"
            self.notes.append(f"skipped {name}: already in the pack{same}")
        else:
            source = self._make_source(draft)
            twin = self._id_by_address.get(normalize_url(source.get("url", "")))
            if twin is not None:
                self.notes.append(f"`{source['id']}` has the address of `{twin}`")
            self._remember(source["id"], source)
            self.added.append(source)
            self._note_losses(source["id"], draft.lost, problems)

    def _reject(self, note: str) -> None:
        self.notes.append(note)
        self.has_rejected = True

    def _note_losses(self, id: str, lost: Sequence[str], problems: str) -> None:
        """Note what of a reference is not in its source: fields of no use to packs, and errors."""
        if lost:
            fields = ", ".join(lost)
            self.notes.append(f"dropped from `{id}`: {fields} (packs do not store this)")
        if problems:
            self.notes.append(f"`{id}`: {problems}")

    def _remember(self, id: str, values: dict[str, Any]) -> None:
        from bilatcli.packs.lint.sources import normalize_url

        self._ids.add(id)
        if url := values.get("url"):
            self._id_by_address.setdefault(normalize_url(url), id)
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
    """Return the values that identify a source: its title and address, or what is known instead.

    The chapters of a book may share its address, and yearly reports their title.
    """
    from bilatcli.packs.lint.sources import normalize_url
    from bilatcli.text import normalize

    title, publisher = (normalize(values.get(key, "")) for key in ("title", "publisher"))
    if url := values.get("url"):
        return (title, normalize_url(url))
    authors = ";".join(map(normalize, values.get("authors") or ()))
    return (title, str(values.get("issued", "")), publisher, authors)


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
