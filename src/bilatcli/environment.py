"""The environment of a run: streams, variables, folders, and what the terminal can do.

No other module reads them.
"""

from __future__ import annotations

import os
import sys

from bilatcli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Protocol, TextIO

    class Closable(Protocol):
        """What can be closed."""

        def close(self) -> None:
            """Release what is held open."""


STANDARD_STREAM = "-"
"""The file name that stands for standard output, or for standard input."""
MAX_LINE_LENGTH = 64_000_000
"""Maximum characters of an input line, so that no line fills the memory."""
PIPE_WIDTH = 100
"""Columns of a table if there is no terminal."""
PIPE_HEIGHT = 40
"""Lines of a map if there is no terminal."""
_MAX_EPOCH_DIGITS = 11
"""Maximum digits of SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch).

Values with more are ignored.
"""


class Environment:
    """Streams, variables and folders of a run. By default they are those of this process.

    `on_progress(done, total, label)` is called during work that takes long, unless it is None. The
    label may be omitted if packs are compiled. `on_warning(message)` is called, unless it is None,
    for a pack in the user's data folder that is left out because it has errors.
    `has_user_packs` is False if all packs in that folder are left out. `pager` is the command of
    the pager in the user's configuration file, or None. `ends_with_run` is True if the process ends
    as soon as the command has run.
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
        # A stream that was closed before Python started is None.
        self.stdout: TextIO | None = sys.stdout if stdout is None else stdout
        self.stderr: TextIO | None = sys.stderr if stderr is None else stderr
        self.on_progress: Callable[..., None] | None = None
        self.on_warning: Callable[[str], None] | None = None
        self.has_user_packs = True
        self.pager: str | None = None
        self.ends_with_run = False
        self._kept: list[Closable] = []
        self.environ = os.environ if environ is None else environ
        self.platform = sys.platform if platform is None else platform

    def release(self, resource: Closable) -> None:
        """Close a resource, unless the process ends anyway: the system does it faster."""
        if self.ends_with_run:
            self._kept.append(resource)
        else:
            resource.close()

    def unify_pipes(self) -> None:
        """Write the same bytes to pipes and files on Windows as elsewhere: UTF-8, lines with LF.

        What goes to a terminal stays, and so does an encoding that PYTHONIOENCODING sets.
        """
        if self.platform != "win32":
            return
        from io import TextIOWrapper

        encoding = None if self.environ.get("PYTHONIOENCODING") else "utf-8"
        for stream in (self.stdout, self.stderr):
            if isinstance(stream, TextIOWrapper) and not stream.isatty():
                stream.reconfigure(encoding=encoding, errors=stream.errors, newline="\n")

    @property
    def stdin(self) -> Iterable[str]:
        """The lines of standard input. Bytes that are not UTF-8 become lone surrogates.

        A line of more than MAX_LINE_LENGTH characters raises UsageError.
        """
        if self._stdin is not None:
            return self._stdin
        if sys.stdin is None:
            return ()
        return BoundedLines(open(0, encoding="utf-8", errors="surrogateescape", closefd=False))

    def read_bytes(self) -> bytes:
        """Return all of standard input as it is, with its line ends and its byte order mark."""
        if self._stdin is not None:
            return "".join(self._stdin).encode(errors="surrogateescape")
        if sys.stdin is None:
            return b""
        with open(0, "rb", closefd=False) as stream:
            return stream.read()

    @property
    def is_interactive(self) -> bool:
        """True if a person may wait for each line of an answer."""
        return self.is_terminal or (sys.stdin is not None and sys.stdin.isatty())

    @property
    def is_terminal(self) -> bool:
        """True if standard output is a terminal."""
        return self.stdout is not None and self.stdout.isatty()

    @property
    def has_colour(self) -> bool:
        """True if the terminal shows colours, by https://no-color.org and TERM."""
        return (
            self.is_terminal
            and not self.environ.get("NO_COLOR")
            and self.environ.get("TERM") != "dumb"
        )

    @property
    def width(self) -> int:
        """The columns of the terminal, or else PIPE_WIDTH."""
        return self._size("COLUMNS", 0) or PIPE_WIDTH

    @property
    def height(self) -> int:
        """The lines of the terminal, or else PIPE_HEIGHT."""
        return self._size("LINES", 1) or PIPE_HEIGHT

    def _size(self, variable: str, dimension: int) -> int:
        """Return the size of the terminal from a variable or the system; 0 if it is unknown."""
        given = self.environ.get(variable, "")
        if given.isdecimal() and int(given):
            return int(given)
        try:
            return os.get_terminal_size(self.stdout.fileno() if self.stdout else -1)[dimension]
        except (OSError, ValueError):
            return 0

    @property
    def today(self) -> str:
        """The day in UTC as `YYYY-MM-DD`, or the one in SOURCE_DATE_EPOCH."""
        from datetime import UTC, datetime

        given = self.environ.get("SOURCE_DATE_EPOCH", "")
        if given.isdecimal() and len(given) <= _MAX_EPOCH_DIGITS:
            return datetime.fromtimestamp(int(given), tz=UTC).date().isoformat()
        return datetime.now(tz=UTC).date().isoformat()

    @property
    def cache_folder(self) -> str:
        """The folder for files that can be rebuilt.

        `platformdirs` returns the same, but importing it takes twenty times as long.
        """
        return self._folder("XDG_CACHE_HOME", ".cache", "Library/Caches", "Cache")

    @property
    def data_folder(self) -> str:
        """The folder of the user's own packs."""
        return self._folder("XDG_DATA_HOME", ".local/share", "Library/Application Support", "")

    @property
    def config_folder(self) -> str:
        """The folder of the user's configuration file."""
        if self.platform == "win32":
            roaming = self.environ.get("APPDATA")
            return os.path.join(roaming, "bilatcli") if roaming else self.data_folder
        return self._folder("XDG_CONFIG_HOME", ".config", ".config", "")

    def _folder(self, variable: str, unix: str, mac: str, windows: str) -> str:
        home = self.environ.get("HOME") or os.path.expanduser("~")
        given = self.environ.get(variable, "").strip()
        if self.platform == "win32":
            local = self.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
            return os.path.join(local, *filter(None, ("bilatcli", windows)))
        # The XDG specification requires that a relative path is ignored.
        default = os.path.join(home, mac if self.platform == "darwin" else unix)
        return os.path.join(given if os.path.isabs(given) else default, "bilatcli")


class BoundedLines:
    """The lines of a stream, as an iterator.

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
