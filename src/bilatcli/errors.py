"""Errors that a user can cause or meet. Each has a message, a hint, a kind and an exit code.

Only `bilatcli.cli.main` prints them. Exit codes follow grep: 1 if the answer is empty or ambiguous,
2 for a usage, data or environment error. Errors of questions are in `bilatcli.query.errors`.
"""

from __future__ import annotations

from bilatcli.text import plural

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

EXIT_EMPTY = 1
EXIT_ERROR = 2

MAX_MESSAGE_LENGTH = 2_000
"""Maximum characters of a message. It may quote a file, and a file may have megabytes."""

DAMAGED_INDEX = "the index is damaged"
DAMAGED_INDEX_HINT = "empty the cache folder, or install bilatcli again"


def _shorten(text: str) -> str:
    """Return a text without its middle if it is too long: the hint comes last."""
    if len(text) <= MAX_MESSAGE_LENGTH:
        return text
    half = MAX_MESSAGE_LENGTH // 2
    return f"{text[:half]} … {text[-half:]}"


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


class BilatcliError(Exception):
    """Base class: a problem in one clause, and optionally a hint that says what to do.

    `kind` names the class of error for programs. A message may name options by their keys in
    backquotes (`as_of`): `options` lists these keys, and the command line shows each as its flag
    (`--as-of`).
    """

    kind = "error"
    exit_code = EXIT_ERROR

    def __init__(
        self,
        problem: str,
        *,
        hint: str = "",
        options: Sequence[str] = (),
        candidates: Sequence[Candidate] = (),
    ) -> None:
        from bilatcli.urls import hide_passwords

        self.problem = hide_passwords(_shorten(problem))
        self.hint = hide_passwords(_shorten(hint))
        self.options = tuple(options)
        self.message = hide_passwords(_shorten(f"{problem}; {hint}" if hint else problem))
        super().__init__(self.message)
        self.candidates = tuple(candidates)
        self.problems: list[Problem] = []

    @property
    def command_line_message(self) -> str:
        """The message with flags in place of the keys of options: `--as-of` for `as_of`."""
        message = self.message
        for key in self.options:
            # Once only: after the option, the message may quote the same text as a value.
            message = message.replace(f"`{key}`", f"`--{key.replace('_', '-')}`", 1)
        return message

    def lines(self) -> list[str]:
        """Return what the command line prints: the message, then the command of each candidate."""
        return [
            f"bilatcli: {self.command_line_message}",
            *(f"  {c.command}  {c.label}" for c in self.candidates if c.command),
        ]


class UsageError(BilatcliError):
    """Invalid words or options."""

    kind = "usage"


class EnvironmentFault(BilatcliError):
    """A failure of the operating system, a file or the index."""

    kind = "environment"


class IndexDamaged(EnvironmentFault):
    """The index holds data that cannot be read, or that does not fit together."""

    def __init__(self, problem: str = DAMAGED_INDEX, *, hint: str = DAMAGED_INDEX_HINT) -> None:
        super().__init__(problem, hint=hint)


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
        self.what = _shorten(what)
        self.remedy = _shorten(remedy)

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
