"""What a run finds around it: streams, folders, the width and colour of a terminal. Read here and nowhere else."""

from __future__ import annotations

import os
import sys

from bilatcli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import TextIO

MAX_LINE_LENGTH = 64_000_000
"""Maximum characters of an input line, so that no line fills the memory."""
PIPE_WIDTH = 100
"""The width of a table that is asked for where there is no terminal, in columns."""
_LONGEST_EPOCH = 11
"""Seconds of more digits than these are no day of this age (https://reproducible-builds.org/specs/source-date-epoch)."""
PIPE_HEIGHT = 40
"""The height of a map there, in lines."""


class Environment:
    """The world as one argument; a test hands in another one.

    `watch` is told how many of how many are done of what takes long, and what that is (unless said, that packs are
    compiled), if somebody sits there to see it.
    """

    def __init__(
        self,
        *,
        stdin: Iterable[str] | None = None,
        stdout: TextIO | None = None,
        stderr: TextIO | None = None,
        environ: Mapping[str, str] | None = None,
        platform: str | None = None,
    ) -> None:
        self._stdin = stdin
        # Python has None for a stream that was closed before it started.
        self.stdout: TextIO | None = sys.stdout if stdout is None else stdout
        self.stderr: TextIO | None = sys.stderr if stderr is None else stderr
        self.on_progress: Callable[..., None] | None = None
        self.environ = os.environ if environ is None else environ
        self.platform = sys.platform if platform is None else platform

    @property
    def stdin(self) -> Iterable[str]:
        """The lines of standard input; bytes that are no UTF-8 are kept as lone surrogates.

        Asking for a line that never ends raises UsageError.
        """
        if self._stdin is not None:
            return self._stdin
        if sys.stdin is None:
            return ()
        return BoundedLines(open(0, encoding="utf-8", errors="surrogateescape", closefd=False))

    @property
    def is_interactive(self) -> bool:
        """Whether somebody waits for each line of an answer."""
        return self.is_terminal or (sys.stdin is not None and sys.stdin.isatty())

    @property
    def is_terminal(self) -> bool:
        """Whether a person reads standard output."""
        return self.stdout is not None and self.stdout.isatty()

    @property
    def has_colour(self) -> bool:
        """Whether that person's terminal takes colour, by https://no-color.org and TERM."""
        return (
            self.is_terminal
            and not self.environ.get("NO_COLOR")
            and self.environ.get("TERM") != "dumb"
        )

    @property
    def width(self) -> int:
        """The columns that a line may fill."""
        return self._size("COLUMNS", 0) or PIPE_WIDTH

    @property
    def height(self) -> int:
        """The lines that can be seen at once."""
        return self._size("LINES", 1) or PIPE_HEIGHT

    def _size(self, variable: str, which: int) -> int:
        given = self.environ.get(variable, "")
        if given.isdecimal() and int(given):
            return int(given)
        try:
            return os.get_terminal_size(self.stdout.fileno() if self.stdout else -1)[which]
        except (OSError, ValueError):
            return 0

    @property
    def today(self) -> str:
        """The day that it is, by UTC, as `YYYY-MM-DD`, or that SOURCE_DATE_EPOCH says, for the same bytes every day."""
        from datetime import UTC, datetime

        given = self.environ.get("SOURCE_DATE_EPOCH", "")
        if given.isdecimal() and len(given) <= _LONGEST_EPOCH:
            return datetime.fromtimestamp(int(given), tz=UTC).date().isoformat()
        return datetime.now(tz=UTC).date().isoformat()

    @property
    def cache_folder(self) -> str:
        """Where what can be made again is kept; `platformdirs` names the same folder, at twenty times the cost."""
        return self._folder("XDG_CACHE_HOME", ".cache", "Library/Caches", "Cache")

    @property
    def data_folder(self) -> str:
        """Where a user's own packs lie."""
        return self._folder("XDG_DATA_HOME", ".local/share", "Library/Application Support", "")

    def _folder(self, variable: str, unix: str, mac: str, windows: str) -> str:
        home = self.environ.get("HOME") or os.path.expanduser("~")
        given = self.environ.get(variable, "").strip()
        if self.platform == "win32":
            local = self.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
            return (
                os.path.join(local, "bilatcli", windows)
                if windows
                else os.path.join(local, "bilatcli")
            )
        # The XDG specification has a relative path ignored.
        default = os.path.join(home, mac if self.platform == "darwin" else unix)
        return os.path.join(given if os.path.isabs(given) else default, "bilatcli")


class BoundedLines:
    """The lines of a stream, one after the other.

    A line of more than MAX_LINE_LENGTH characters raises UsageError. The line after it can still be
    read: the rest of the long one is skipped.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._is_inside_line = False

    def __iter__(self) -> BoundedLines:
        return self

    def __next__(self) -> str:
        while self._is_inside_line:
            rest = self._stream.readline(MAX_LINE_LENGTH)
            self._is_inside_line = len(rest) == MAX_LINE_LENGTH and not rest.endswith("\n")
        line = self._stream.readline(MAX_LINE_LENGTH + 1)
        if not line:
            raise StopIteration
        if len(line) > MAX_LINE_LENGTH:
            self._is_inside_line = not line.endswith("\n")
            raise UsageError(
                f"a line has more than {MAX_LINE_LENGTH:,} characters",
                hint="split it into several lines",
            )
        return line
