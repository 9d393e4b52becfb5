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


LONGEST = 2_000
"""An error of more characters says what was given only in part: a file may give megabytes."""


def _bounded(text: str) -> str:
    """Return a text without its middle where it is very long: what is wrong comes first, what to do last."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]} … {text[-LONGEST // 2 :]}"


class Candidate:
    """Something that may have been meant: its code or id, its name, and the command that asks for it."""

    __slots__ = ("command", "id", "name", "score")

    def __init__(
        self, id: str, name: str, *, command: str = "", score: float | None = None
    ) -> None:
        self.id = id
        self.name = name
        self.command = command
        self.score = score

    @property
    def named(self) -> str:
        """The name with the code behind it, or the id alone where that is the name."""
        return self.name if self.name == self.id else f"{self.name} ({self.id})"


class BilatcliError(Exception):
    """A problem that is told in one line; `kind` is its name for machines."""

    kind = "error"
    exit_code = TROUBLE

    def __init__(self, message: str, *, candidates: Sequence[Candidate] = ()) -> None:
        self.message = _bounded(message)
        super().__init__(self.message)
        self.candidates = tuple(candidates)
        self.problems: list[Problem] = []

    def lines(self) -> list[str]:
        """What a person reads: the sentence, then each candidate with the command for it."""
        return [
            f"bilatcli: {self.message}",
            *(f"  {c.command}  {c.named}" for c in self.candidates if c.command),
        ]


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

    def __init__(self, word: str, candidates: Sequence[Candidate] = ()) -> None:
        near = ", ".join(candidate.named for candidate in candidates)
        ask = f"did you mean {near}?" if near else "give a country's name, code, capital or people"
        super().__init__(f"no country is called `{word}`: {ask}", candidates=candidates)


class Ambiguous(BilatcliError):
    """A word that means more than one thing; each candidate carries the command for it."""

    kind = "ambiguous"
    exit_code = NOTHING

    def __init__(self, word: str, candidates: Sequence[Candidate]) -> None:
        meant = ", ".join(candidate.named for candidate in candidates)
        super().__init__(f"`{word}` can mean {meant}: say which", candidates=candidates)


class NothingRecorded(BilatcliError):
    """The countries are known, but no pack says anything about them; candidates are what there is instead."""

    kind = "nothing-recorded"
    exit_code = NOTHING

    def __init__(self, asked: str, candidates: Sequence[Candidate], *, more: int = 0) -> None:
        there = ", ".join(candidate.named for candidate in candidates)
        rest = f" and {more} more (`bilatcli list`)" if more else ""
        instead = f"; there is {there}{rest}" if there else "; the packs are empty"
        super().__init__(f"nothing recorded on {asked}{instead}", candidates=candidates)


class NoSuchRecord(BilatcliError):
    """An id that names no fact and no source; candidates are the nearest ids."""

    kind = "no-such-record"
    exit_code = NOTHING

    def __init__(self, word: str, candidates: Sequence[Candidate] = ()) -> None:
        near = ", ".join(candidate.id for candidate in candidates)
        ask = f"did you mean {near}?" if near else "`bilatcli facts` lists the ids of facts"
        super().__init__(f"no fact or source has the id `{word}`: {ask}", candidates=candidates)


class Problem:
    """One thing wrong in a pack: where, what, what to do. Lines and columns count from 1; line 0 is the whole file."""

    __slots__ = ("column", "file", "line", "remedy", "what")

    def __init__(
        self, what: str, remedy: str, *, file: str = "", line: int = 0, column: int = 0
    ) -> None:
        self.file = file
        self.line = line
        self.column = column
        self.what = _bounded(what)
        self.remedy = _bounded(remedy)

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{where}: {self.what}: {self.remedy}"


class PackError(BilatcliError):
    """Every problem of one or more packs at once, or of other files as `what` says, in the order of their lines."""

    kind = "pack"

    def __init__(self, problems: Sequence[Problem], *, what: str = "packs") -> None:
        count = len(problems)
        super().__init__(f"{count} problem{'s' if count != 1 else ''} in the {what}")
        self.problems = sorted(problems, key=lambda p: (p.file, p.line, p.column))

    def lines(self) -> list[str]:
        """A problem a line, as `file:line:column: what is wrong: what to do`, then how many there are."""
        return [*map(str, self.problems), *super().lines()]
