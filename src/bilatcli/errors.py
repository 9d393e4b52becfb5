"""The errors a person can cause: each holds facts, writes its own sentence and knows its exit code.

Only `bilatcli.__main__` prints them. Exit codes follow grep: 1 for an answer that is empty or ambiguous,
2 for bad usage, bad data or a bad environment.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

NOTHING = 1
TROUBLE = 2


class BilatcliError(Exception):
    """A problem that is told in one line; `kind` is its name for machines."""

    kind = "error"
    exit_code = TROUBLE

    def __init__(self, message: str, *, hint: str = "", candidates: Sequence[Candidate] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.candidates = tuple(candidates)

    def lines(self) -> list[str]:
        """What a person reads: the sentence, then a candidate a line."""
        first = f"{self.message}: {self.hint}" if self.hint else self.message
        return [first, *(f"  {candidate.line()}" for candidate in self.candidates)]


class Candidate:
    """Something that may have been meant: its code or id, its name, and the command that asks for it."""

    __slots__ = ("command", "id", "name", "score")

    def __init__(self, id: str, name: str, command: str = "", score: float | None = None) -> None:
        self.id = id
        self.name = name
        self.command = command
        self.score = score

    def line(self) -> str:
        """One line: the name and the command to run."""
        named = f"{self.name} ({self.id})" if self.name else self.id
        return f"{named}: {self.command}" if self.command else named


class UsageError(BilatcliError):
    """The command line cannot be carried out as it stands."""

    kind = "usage"


class EnvironmentFault(BilatcliError):
    """The machine did not let the work be done: a folder, a file, the index."""

    kind = "environment"


class NoSuchCountry(BilatcliError):
    """A word that had to be a country is none; candidates are the nearest names."""

    kind = "no-such-country"
    exit_code = NOTHING


class Ambiguous(BilatcliError):
    """A word that means more than one thing; each candidate carries the command for it."""

    kind = "ambiguous"
    exit_code = NOTHING


class NothingRecorded(BilatcliError):
    """The countries are known, but no pack says anything about them."""

    kind = "nothing-recorded"
    exit_code = NOTHING


class NoSuchRecord(BilatcliError):
    """An id that names no fact and no source; candidates are the nearest ids."""

    kind = "no-such-record"
    exit_code = NOTHING


class Problem:
    """One thing wrong in a pack: where, what, what to do. Lines and columns count from 1."""

    __slots__ = ("column", "file", "line", "remedy", "what")

    def __init__(self, *, file: str, line: int, column: int, what: str, remedy: str) -> None:
        self.file = file
        self.line = line
        self.column = column
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{where}: {self.what}: {self.remedy}"


class PackError(BilatcliError):
    """Every problem of one or more packs at once, in the order of their lines."""

    kind = "pack"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = sorted(problems, key=lambda p: (p.file, p.line, p.column))
        count = len(self.problems)
        super().__init__(f"{count} problem{'s' if count != 1 else ''} in the packs")

    def lines(self) -> list[str]:
        """A problem a line, as `file:line:column: what is wrong: what to do`."""
        return [str(problem) for problem in self.problems]
