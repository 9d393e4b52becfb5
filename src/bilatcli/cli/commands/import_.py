"""`import`: add references from BibTeX, RIS or CSL-JSON files to a pack, as sources."""

from __future__ import annotations

from bilatcli.citations.files import FORMATS, name_place, read_references
from bilatcli.cli import CommandResult
from bilatcli.cli.command import Command
from bilatcli.error_details import PackError
from bilatcli.errors import EXIT_EMPTY, UsageError
from bilatcli.files import rewrite_file
from bilatcli.query.options import Option, parse_choice
from bilatcli.text import plural, replace_surrogates
from bilatcli.vocabulary import RELIABILITIES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from bilatcli.citations.reader import SourceDraft
    from bilatcli.citations.references import Reference
    from bilatcli.cli.command import Invocation
    from bilatcli.environment import Environment

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
        for number, reference in enumerate(read_references(file, format, environment), 1):
            sources.add(reference, name_place(file, reference, number))
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


class _Sources:
    """The sources of a pack, to which references are added unless they are there already."""

    def __init__(self, sources: Sequence[dict[str, Any]], reliability: str | None) -> None:
        from bilatcli.citations.identity import KnownSources

        self.added: list[dict[str, Any]] = []
        self.notes: list[str] = []
        self.has_rejected = False
        self._reliability = reliability
        self._ids = {source["id"] for source in sources}
        self._known = KnownSources()
        for source in sources:
            self._known.add(source["id"], source, {})

    def add(self, reference: Reference, place: str) -> None:
        """Add a reference, or note why not; raises UsageError if its reliability is unknown."""
        from bilatcli.citations.reader import draft_source, make_slug

        problems = "; ".join(reference.problems)
        if reference.item is None:
            self._reject(f"skipped {place}: {problems}")
            return
        draft = draft_source(reference.item)
        values = "".join(map(str, draft.values.values()))
        name = f"`{draft.key}`" if draft.key else place
        where = f"{name} ({place})" if draft.key and reference.line else name
        if replace_surrogates(values) != values:
            self._reject(f"skipped {where}: it has half a character (a lone surrogate)")
        elif "title" not in draft.values:
            self._reject("; ".join(filter(None, (f"skipped {where}: it has no title", problems))))
        elif known := self._known.find(draft.values, reference.item, make_slug(draft.key)):
            same = "" if name == f"`{known}`" else f" as `{known}`"
            self.notes.append(f"skipped {name}: already in the pack{same}")
        else:
            source = self._make_source(draft)
            if twin := self._known.find_address(source):
                self.notes.append(f"`{source['id']}` has the address of `{twin}`")
            self._ids.add(source["id"])
            self._known.add(source["id"], source, reference.item)
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
