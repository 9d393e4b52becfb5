"""Errors that say more than one clause, and the meanings that an error offers."""

from __future__ import annotations

from bilatcli.errors import BilatcliError, shorten
from bilatcli.text import plural

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


class Candidate:
    """A possible meaning: code or id, name, the command that asks for it, score from 0 to 100."""

    __slots__ = ("command", "id", "name", "score")

    def __init__(
        self, id: str, name: str, *, command: str = "", score: float | None = None
    ) -> None:
        self.id = id
        self.name = name
        self.command = command
        self.score = score

    @property
    def label(self) -> str:
        """The name followed by the id, or the id alone if both are the same."""
        return self.name if self.name == self.id else f"{self.name} ({self.id})"


class Problem:
    """One error in a pack: what is wrong, the remedy, and the place.

    Lines and columns count from 1. Line 0 stands for the whole file.
    """

    __slots__ = ("column", "file", "line", "remedy", "what")

    def __init__(
        self, what: str, remedy: str, *, file: str = "", line: int = 0, column: int = 0
    ) -> None:
        self.file = file
        self.line = line
        self.column = column
        self.what = shorten(what)
        self.remedy = shorten(remedy)

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{where}: {self.what}: {self.remedy}"


class PackError(BilatcliError):
    """All errors in one or more packs, sorted by file and line; `what` names other files.

    `pack` is the file of the pack whose tables have errors, if there is only one.
    """

    kind = "pack"

    def __init__(self, problems: Sequence[Problem], *, what: str = "packs", pack: str = "") -> None:
        super().__init__(f"{plural(len(problems), 'problem')} in the {what}")
        self.pack = pack
        self.problems = sorted(problems, key=lambda p: (p.file, p.line, p.column))

    def lines(self) -> list[str]:
        """Return `file:line:column: problem: remedy` for each problem, then their number."""
        return [*map(str, self.problems), *super().lines()]
