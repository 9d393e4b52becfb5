"""The command `import`: references of other programs put into a pack as sources, but those that it has already."""

from __future__ import annotations

import os

from bilatcli.cli.command import Invocation, CommandResult
from bilatcli.environment import LONGEST_LINE, bounded_lines
from bilatcli.errors import EXIT_EMPTY, EnvironmentFault, PackError, Problem, UsageError
from bilatcli.query.options import Option, chosen
from bilatcli.text import replace_surrogates
from bilatcli.vocabulary import RELIABILITIES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from bilatcli.citations.reader import Draft
    from bilatcli.environment import Environment

ENDINGS = {".bib": "bibtex", ".ris": "ris", ".json": "csl-json"}
FORMATS = tuple(ENDINGS.values())

FORMAT = Option(
    "format",
    "What the files are, where their endings do not say.",
    metavar="FORMAT",
    choices=FORMATS,
)
RELIABILITY = Option(
    "reliability",
    "How reliable sources are that do not say.",
    metavar="WORD",
    choices=RELIABILITIES,
)
OPTIONS = (FORMAT, RELIABILITY)

STANDARD_INPUT = "-"

MAX_CHARACTERS = LONGEST_LINE
"""A file of more is refused: a quarter of a million references have as many, and reading them takes minutes."""


def answer(order: Invocation, environment: Environment) -> CommandResult:
    """Put what is not there yet into the pack, print the ids, and say what was there, and what was left out.

    Raises UsageError for the command line, PackError for a file that is not what it should be, and then writes nothing.
    """
    from bilatcli.packs import editor, loader
    from bilatcli.packs.positions import Positions
    from bilatcli.packs.problems import PackProblem

    *files, target = order.words or [""]
    if not files:
        raise UsageError(
            "name references and the pack they go into, as in `bilatcli import refs.bib notes.toml`"
        )
    format, reliability = chosen(FORMAT, order.given), chosen(RELIABILITY, order.given)
    text = loader.read_text(target)
    pack = loader.parse_pack(text, target)
    if any(pair.path == ("source",) for pair in Positions(text).pairs):
        what, remedy = "`source` is an inline array", "write each source as its own [[source]]"
        problem = PackProblem(("source",), what, remedy, is_at_key=True)
        raise PackError(loader.locate(target, [problem]))
    drafts = [each for file in files for each in _drafts(file, format, environment)]
    known = _Known([source.model_dump(mode="json", exclude_none=True) for source in pack.source])
    tables, notes, left = [], [], 0
    for draft in drafts:
        there = known.same(draft)
        if there is not None:
            notes.append(
                f"already there: `{draft.key or draft.values.get('title', '')}` is `{there}`"
            )
            continue
        if "title" not in draft.values:
            notes.append(f"left out: `{draft.key}` has no title")
            left += 1
            continue
        tables.append(known.add(draft, reliability))
        notes += (
            [f"of `{tables[-1]['id']}` a pack has no place for {', '.join(draft.lost)}"]
            if draft.lost
            else []
        )
    if tables:
        new = editor.append_sources(text, tables)
        loader.parse_pack(new, target)
        editor.write_pack(target, new)
    added = f"{len(tables)} source{'' if len(tables) == 1 else 's'} added to `{target}`"
    return CommandResult(
        (f"{table['id']}\n" for table in tables), notes=[*notes, added], code=EXIT_EMPTY if left else 0
    )


def _drafts(file: str, format: str | None, environment: Environment) -> list[Draft]:
    """The references of a file; raises PackError where it cannot be read as what it is."""
    from bilatcli.citations import bibtex, csl, ris
    from bilatcli.citations.reader import draft

    kind = format or ENDINGS.get(os.path.splitext(file)[1].lower())
    if kind is None:
        known = ", ".join(ENDINGS)
        raise UsageError(
            f"`{file}` does not end in {known}: say what it is with {FORMAT.flag} {'|'.join(FORMATS)}"
        )
    text = _text(file, environment)
    readers = {"bibtex": bibtex.read, "ris": ris.read, "csl-json": csl.read}
    try:
        items = readers[kind](text)
    except ValueError as error:
        what, line = (*error.args, 0)[:2]
        raise _wrong(
            file, f"this is no {kind} ({what.rstrip('.')})", "mend it here", line
        ) from None
    if not items:
        raise _wrong(file, "there is no reference in it", f"give a file of {kind}")
    drafts = [draft(item) for item in items]
    for each in drafts:
        said = "".join(map(str, each.values.values()))
        if replace_surrogates(said) != said:
            raise _wrong(
                file, f"`{each.key}` has half a character (a lone surrogate)", "mend it here"
            )
    return drafts


def _wrong(file: str, what: str, remedy: str, line: int = 0) -> PackError:
    return PackError(
        [Problem(what, remedy, file=file, line=line, column=int(line > 0))], what="references"
    )


def _text(file: str, environment: Environment) -> str:
    try:
        if file == STANDARD_INPUT:
            text = _joined(file, environment.stdin)
        else:
            with open(file, encoding="utf-8", errors="surrogateescape") as stream:
                text = _joined(file, bounded_lines(stream))
    except OSError as error:
        why = (error.strerror or "error").lower()
        raise EnvironmentFault(f"`{file}` cannot be read ({why})") from None
    if replace_surrogates(text) != text:
        line = next(
            number for number, line in enumerate(text.split("\n"), 1) if replace_surrogates(line) != line
        )
        raise _wrong(file, "this is not UTF-8", "save the file as UTF-8", line)
    return text.removeprefix("\ufeff")


def _joined(file: str, lines: Iterable[str]) -> str:
    """The lines of a file as one text; raises PackError where they are more than anybody's references."""
    kept: list[str] = []
    size = 0
    for line in lines:
        size += len(line)
        if size > MAX_CHARACTERS:
            what = f"this has more than {MAX_CHARACTERS:,} characters"
            raise _wrong(file, what, "split it into several files", len(kept) + 1)
        kept.append(line)
    return "".join(kept)


class _Known:
    """The sources that a pack has, by what tells one from another."""

    def __init__(self, sources: Sequence[dict[str, Any]]) -> None:
        self._ids: set[str] = set()
        self._marks: dict[tuple[str, ...], str] = {}
        for source in sources:
            self._note(source["id"], source)

    def _note(self, id: str, values: dict[str, Any]) -> None:
        self._ids.add(id)
        for mark in _marks(values):
            self._marks.setdefault(mark, id)

    def same(self, draft: Draft) -> str | None:
        """The id of the source that a reference is: of the same address, or the same title and date; or None."""
        return next(
            (self._marks[mark] for mark in _marks(draft.values) if mark in self._marks), None
        )

    def add(self, draft: Draft, reliability: str | None) -> dict[str, Any]:
        """Return the table of a new source; raises UsageError where nothing says how reliable it is."""
        from bilatcli.citations.reader import slug
        from bilatcli.packs.models import Source

        id = slug(draft, self._ids)
        values = {"id": id, **draft.values}
        values.setdefault("reliability", reliability)
        if values["reliability"] is None:
            ask = f"add {RELIABILITY.flag} {'|'.join(RELIABILITIES)}"
            raise UsageError(f"`{draft.key or id}` does not say how reliable it is: {ask}")
        self._note(id, values)
        return {key: values[key] for key in Source.model_fields if key in values}


def _marks(values: dict[str, Any]) -> list[tuple[str, ...]]:
    """What tells a source from others: its address, or where it has none its title and date."""
    from bilatcli.packs.lint.sources import normalize_url
    from bilatcli.text import normalize

    if url := values.get("url"):
        return [("url", normalize_url(url))]
    return [
        (
            "title",
            normalize(values.get("title", "")),
            str(values.get("issued", "")),
            normalize(values.get("publisher", "")),
        )
    ]
