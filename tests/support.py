"""Helpers that tests import: paths, and how to run the command in process or as a process."""

from __future__ import annotations

import io
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from bilatcli.cli import main
from bilatcli.environment import Environment
from bilatcli.query.request import Request

TESTS = Path(__file__).parent
ROOT = TESTS.parent
DATA = TESTS / "data"
"""The packs and inputs of the tests."""
RELATIONS = ROOT / "data" / "relations.toml"
COMMAND = Path(sys.executable).with_name("bilatcli")
"""The installed command."""
LINK = re.compile("\x1b]8;.*?\x1b\\\\|\r[^\n]*\r|\x1b\\[[0-9;]*[mK]")
"""What a terminal does not show as text: links, progress and colours."""
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
"""True if the tests run as root, who may read and write every file."""
KEPT_VARIABLES = ("PATH", "LANG", "SYSTEMROOT", "TEMP", "TMP")
LOCK_TIMEOUT_S = 600
"""How long a worker waits for what another one prepares."""


class Result:
    """What a command printed, both streams whole, and its exit code."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code = code
        self.out = out
        self.err = err


class Terminal(io.StringIO):
    """A terminal that keeps what is written to it."""

    def isatty(self) -> bool:
        """Return True, as a terminal does."""
        return True


Run = Callable[..., Result]


def read_column(result: Result, key: str) -> list[str]:
    """Return the values of one column of a TSV answer."""
    header, *rows = (line.split("\t") for line in result.out.splitlines())
    return [row[header.index(key)] for row in rows]


def make_environ(home: Path | str, cache: Path | str | None = None, **more: str) -> dict[str, str]:
    """Return the environment variables of a command that runs in an otherwise empty home."""
    kept = {key: os.environ[key] for key in KEPT_VARIABLES if key in os.environ}
    caches = {} if cache is None else {"XDG_CACHE_HOME": str(cache)}
    return {**kept, **caches, "HOME": str(home), "PYTHONUTF8": "1", **more}


def run_in_process(argv: Sequence[str], environ: Mapping[str, str], stdin: str = "") -> Result:
    """Run a command line in this process and return what it printed."""
    out, err = io.StringIO(), io.StringIO()
    environment = Environment(
        stdin=io.StringIO(stdin), stdout=out, stderr=err, environ=environ, platform="linux"
    )
    with mock.patch.dict(os.environ, environ, clear=True):
        code = main.run(list(argv), environment)
    return Result(code, out.getvalue(), err.getvalue())


def show_on_terminal(
    argv: Sequence[str], environ: Mapping[str, str], *, width: int = 80, height: int = 24
) -> tuple[int, list[str]]:
    """Run a command line on a terminal in this process; return its exit code and its lines.

    Both streams are on the terminal. It has no pager and no colours, and links are left out.
    """
    size = {"COLUMNS": str(width), "LINES": str(height)}
    environ = {**environ, **size, "BILATCLI_PAGER": "", "NO_COLOR": "1", "TERM": "xterm"}
    terminal = Terminal()
    environment = Environment(
        stdin=io.StringIO(), stdout=terminal, stderr=terminal, environ=environ, platform="linux"
    )
    with mock.patch.dict(os.environ, environ, clear=True):
        code = main.run(list(argv), environment)
    return code, LINK.sub("", terminal.getvalue()).splitlines()


def run_process(argv: Sequence[str], environ: Mapping[str, str], stdin: str = "") -> Result:
    """Run the installed command as a script would and return what it printed."""
    done = subprocess.run(
        [str(COMMAND), *argv],
        env=dict(environ),
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return Result(done.returncode, done.stdout, done.stderr)


def read_request(request: Request) -> dict[str, object]:
    """Return the values of all attributes of a request, those of options that are not given too."""
    values = {name: getattr(request, name) for name in dir(Request("")) if name[0] != "_"}
    return {name: value for name, value in values.items() if not callable(value)}


@contextmanager
def started(command: Sequence[str | Path], **options: Any) -> Iterator[subprocess.Popen[Any]]:
    """Start a process that does not outlive the block."""
    process = subprocess.Popen([str(each) for each in command], **options)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream is not None:
                stream.close()


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Keep the other workers of a session out while the block runs.

    A database locks its file on every system.
    """
    with closing(sqlite3.connect(file, isolation_level=None, timeout=LOCK_TIMEOUT_S)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        yield
