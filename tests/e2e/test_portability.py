"""Every command runs without what Windows lacks, whatever the encoding of its streams."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import bilatcli
from bilatcli.cli.commands import COMMANDS
from bilatcli.views import VIEWS
from command_lines import LINES, STDIN, write_inputs
from support import ROOT, TESTS, make_environ

GUARD = """
import builtins, os, signal, sys

MODULES = set('''
    _curses _posixsubprocess curses fcntl grp nis ossaudiodev posix pty pwd readline resource spwd
    syslog termios tty
'''.split())
NAMES = {
    os: set('''
        O_CLOEXEC O_DIRECTORY O_NOFOLLOW O_NONBLOCK O_SYNC WNOHANG chown chroot confstr ctermid
        fchdir fchmod fchown fork forkpty getegid geteuid getgid getgroups getloadavg getpgid
        getpgrp getpriority getsid getuid initgroups killpg lchown lockf major makedev minor mkfifo
        mknod nice openpty pathconf pipe2 posix_fadvise posix_fallocate posix_spawn pread preadv
        pwrite register_at_fork sched_getaffinity sched_yield sendfile setegid seteuid setgid
        setpgid setpriority setsid setuid statvfs sync sysconf tcgetpgrp ttyname uname wait wait3
        wait4 writev
    '''.split()),
    signal: set('''
        ITIMER_REAL SIGALRM SIGCHLD SIGCONT SIGHUP SIGKILL SIGPIPE SIGQUIT SIGSTOP SIGTSTP SIGUSR1
        SIGUSR2 SIGWINCH alarm pause pthread_kill pthread_sigmask setitimer siginterrupt sigwait
    '''.split()),
}


def is_ours(name):
    # These have code of their own for each system: it is not what is tested.
    top = name.partition('.')[0]
    others = sys.stdlib_module_names | {'mcp', 'numpy', 'sitecustomize'}
    return top == '__main__' or top not in others


def import_as_on_windows(name, globals=None, *arguments, **keywords):
    if name.partition('.')[0] in MODULES and globals and is_ours(globals.get('__name__', '')):
        raise ModuleNotFoundError(f'No module named {name!r} on Windows', name=name)
    return import_(name, globals, *arguments, **keywords)


class WindowsModule(type(os)):
    def __getattribute__(self, name):
        if name in NAMES[self] and is_ours(sys._getframe(1).f_globals.get('__name__', '')):
            raise AttributeError(f'no {name} on Windows')
        return super().__getattribute__(name)


import_, builtins.__import__ = builtins.__import__, import_as_on_windows
for module in NAMES:
    module.__class__ = WindowsModule
"""
"""Takes away the modules, functions and constants that Python has on POSIX systems only."""

NOT_PORTABLE = ("import fcntl", "import os; os.geteuid()", "from signal import SIGPIPE")
PORTABLE = ("import subprocess, shutil, tempfile", "import os; assert not hasattr(os, 'fork')")


@pytest.fixture
def environ(home: Path, cache: Path, tmp_path: Path) -> dict[str, str]:
    """Return an environment in which Python lacks what it lacks on Windows."""
    (tmp_path / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    package = Path(bilatcli.__file__).parent.parent
    paths = os.pathsep.join((str(tmp_path), str(package)))
    # A console on Windows has the code page of its country, and files are not UTF-8 by default.
    encodings = {"PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252:strict", "LC_ALL": "C"}
    warnings = {"PYTHONWARNDEFAULTENCODING": "1", "PYTHONWARNINGS": "error::EncodingWarning"}
    return make_environ(home, cache, PYTHONPATH=paths) | encodings | warnings


def run_python(
    arguments: list[str], environ: dict[str, str], folder: Path
) -> subprocess.CompletedProcess[bytes]:
    """Run Python in a folder and return what it wrote, as bytes."""
    return subprocess.run(
        [sys.executable, *arguments],
        env=environ,
        cwd=folder,
        input=STDIN.encode(),
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("code", NOT_PORTABLE)
def test_the_guard_notices(environ: dict[str, str], tmp_path: Path, code: str) -> None:
    """What Windows lacks is missing from our code."""
    done = run_python(["-c", code], environ, tmp_path)
    assert b"Windows" in done.stderr or b"cannot import" in done.stderr


@pytest.mark.parametrize("code", PORTABLE)
def test_the_guard_spares_the_standard_library(
    environ: dict[str, str], tmp_path: Path, code: str
) -> None:
    """The standard library keeps what it needs on this system."""
    assert run_python(["-c", code], environ, tmp_path).stderr == b""


def test_every_command(environ: dict[str, str], tmp_path: Path) -> None:
    """Every command works without modules, functions and signals of POSIX."""
    write_inputs(tmp_path)
    for line in (*LINES, "facts az pk --no-pager"):
        done = run_python(["-m", "bilatcli", *line.split()], environ, tmp_path)
        assert (line, done.returncode, b"Windows" in done.stderr) == (line, 0, False), done.stderr


def test_every_command_is_listed() -> None:
    """Every view and command is in the list, except those that need a server or a browser."""
    named = {line.split()[0] for line in LINES if not line.startswith("--")}
    assert named == {*VIEWS, *COMMANDS} - {"publish", "open"}


def test_open_and_publish(environ: dict[str, str], tmp_path: Path) -> None:
    """The commands that need a browser or a server do, too: one opens, the other is refused."""
    line = "open azernews-200281"
    done = run_python(["-m", "bilatcli", *line.split()], {**environ, "BROWSER": "echo"}, tmp_path)
    assert (done.returncode, b"opened https://" in done.stderr) == (0, True), done.stderr
    line = "publish postgresql://127.0.0.1:1/none"
    done = run_python(["-m", "bilatcli", *line.split()], environ, tmp_path)
    assert (done.returncode, b"Windows" in done.stderr) == (2, False), done.stderr
    assert done.stderr.startswith(b"bilatcli: ")


def list_imports(path: Path, *, is_anywhere: bool = False) -> set[str]:
    """Return the modules that a file imports when it is imported itself, or `is_anywhere` in it."""
    tree = ast.parse(path.read_text("utf-8"))
    body = [*ast.walk(tree)] if is_anywhere else tree.body
    plain = {each.name for node in body if isinstance(node, ast.Import) for each in node.names}
    return plain | {node.module or "" for node in body if isinstance(node, ast.ImportFrom)}


MISSING_ON_WINDOWS = {
    "curses",
    "fcntl",
    "grp",
    "posix",
    "pty",
    "pwd",
    "readline",
    "resource",
    "syslog",
}
MISSING_ON_WINDOWS |= {"termios", "tty"}


def test_tests_can_be_collected() -> None:
    """No test, and no script that a test imports, imports what Windows lacks before it runs."""
    paths = [*TESTS.rglob("*.py"), *(ROOT / "scripts").rglob("*.py")]
    assert [path.name for path in paths if list_imports(path) & MISSING_ON_WINDOWS] == []


def test_the_program_imports_nothing_that_is_missing() -> None:
    """No function of the program imports what Windows lacks, on any path."""
    for path in (ROOT / "src").rglob("*.py"):
        assert list_imports(path, is_anywhere=True) & MISSING_ON_WINDOWS == set(), path


def test_file_names() -> None:
    """Windows accepts the name of every file of the repository, and each differs in letters."""
    listed = subprocess.check_output(
        ["git", "ls-files", "-z"], cwd=ROOT, text=True, encoding="utf-8"
    )
    names = [name for name in listed.split("\0") if name]
    forbidden = re.compile(
        r'[<>:"|?*\\\x00-\x1f]|[ .](/|$)|(^|/)(con|prn|aux|nul|com\d|lpt\d)(\.|/|$)',
        re.IGNORECASE,
    )
    assert [name for name in names if forbidden.search(name)] == []
    assert len({name.casefold() for name in names}) == len(names)
    # Of the 260 characters of a path, a folder of the runner takes about 50.
    assert max(map(len, names)) < 150


def test_line_ends() -> None:
    """A checkout has the bytes of the repository, also where Git would write CRLF."""
    command = ["git", "check-attr", "eol", "--", "data/relations.toml", "README.md"]
    printed = subprocess.check_output(command, cwd=ROOT, text=True)
    assert printed.splitlines() == ["data/relations.toml: eol: lf", "README.md: eol: lf"]
