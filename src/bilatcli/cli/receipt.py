"""The receipt of an answer: what it came from, so that it can be checked again."""

from __future__ import annotations

from hashlib import sha256
from shlex import quote

from bilatcli.text import json_object, make_printable
from bilatcli.version import __version__
from bilatcli.views.editions import fetch_editions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.cli import CommandResult
    from bilatcli.index.store import Index
    from bilatcli.views.document import Document


class Receipt:
    """The question of an answer, the day, the editions of the packs, and a hash of the answer.

    The hash is that of the document as `--json` prints it without a receipt, whatever the format of
    the answer is.
    """

    def __init__(self, question: str, document: Document, index: Index, today: str) -> None:
        fields = f" --fields {quote(','.join(document.fields))}" if document.fields else ""
        self._question = question + fields
        self._day = today
        self._packs = [
            {key: row[key] for key in ("name", "updated", "digest")}
            for row in fetch_editions(index)
        ]
        digest = sha256()
        for piece in document.pieces(end="\n"):
            digest.update(piece.encode())
        self._answer = digest.hexdigest()

    def to_json(self) -> str:
        """Return the receipt as JSON."""
        return json_object(
            question=self._question,
            day=self._day,
            version=__version__,
            packs=self._packs,
            answer=self._answer,
        )

    def to_lines(self) -> list[str]:
        """Return the receipt for people, a line for each thing that it states."""
        width = max((len(pack["name"]) for pack in self._packs), default=0)
        packs = [
            f"pack      {make_printable(pack['name']).ljust(width)}  {pack['updated']}"
            f"  sha256 {pack['digest']}"
            for pack in self._packs
        ]
        return [
            f"question  {make_printable(self._question)}",
            f"day       {self._day}, bilatcli {__version__}",
            f"answer    sha256 {self._answer}",
            *packs,
        ]

    def add_to(self, result: CommandResult, format: str) -> CommandResult:
        """Add the receipt to an answer: as its foot if people read the format, else as notes.

        JSON has it as a key already. A line more would be a row of CSV, and an error in BibTeX.
        """
        if format == "json":
            return result
        if format in ("table", "text"):
            foot = ["", *self.to_lines()]
        elif format == "markdown":
            foot = ["", "Receipt:", "", *(f"    {line}" for line in self.to_lines())]
        else:
            result.notes += [f"receipt: {line}" for line in self.to_lines()]
            return result
        result.pieces = [*result.pieces, "".join(f"{line}\n" for line in foot)]
        return result
