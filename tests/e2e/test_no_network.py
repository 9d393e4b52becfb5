"""No command opens a network connection, except `publish` and `check --links`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bilatcli.cli.commands import COMMANDS
from bilatcli.views import VIEWS
from support import COMMAND, make_environ

WATCHER = """
import os, sys

def watch(event, arguments):
    # asyncio has a pair of sockets within the process.
    if event == "socket.__new__" and arguments[1] == 1:
        return
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")):
        os.write(2, f"NETWORK {event} {arguments}\\n".encode())
        os._exit(99)

sys.addaudithook(watch)
"""
"""Ends Python at the first socket, also if C code opens it through Python."""

OTHER_WORDS = {"show", "search", "diff", "list", "latest"}
"""Views whose words are not a pair of countries."""

LINES = (
    *(f"{view} az pk" for view in sorted(set(VIEWS) - OTHER_WORDS)),
    "show az-pk/recognition-1991",
    "search kashmir",
    "latest --country pk",
    "topics",
    "help words",
    "diff az pk 2000 2020",
    "list --curated",
    "facts azerbaijn pakistn --format table --color always",
    "cite az pk --style apa",
    "cite az pk --style bibtex",
    "batch",
    "mcp",
    "completion bash",
    "schema facts",
    "map az pk",
    "map az pk --svg map.svg",
    "new az is -o new.toml",
    "check new.toml",
    "compare new.toml new.toml",
    "import refs.bib new.toml --reliability news",
    "export tables",
    "export tables-of-parquet --format parquet",
    "export tables.sqlite",
    "report az pk -o page.html --style apa",
    "report az pk -o page.md",
    "facts az pk --data new.toml",
    "refresh draft.md",
    "verify Pakistan recognised Azerbaijan in 1991.",
    "--help",
    "--version",
    "--complete facts az",
)
"""Command lines of every view and command, in order: later ones use the files of earlier ones."""

BIB = "@book{a, title = {T}, year = {2001}, url = {https://example.org/a}, doi = {10.1000/182}}\n"
MARKER = "<!-- bilatcli: az-pk/recognition-1991 -->"


def without_network() -> list[str]:
    """Return the command that starts another without a network, if the system allows it."""
    unshare = ["unshare", "--user", "--map-root-user", "--net"]
    try:
        done = subprocess.run([*unshare, "true"], capture_output=True, check=False)
    except OSError:
        return []
    return unshare if done.returncode == 0 else []


@pytest.fixture
def environ(home: Path, cache: Path, tmp_path: Path) -> dict[str, str]:
    """Return an environment in which every Python process is watched."""
    (tmp_path / "sitecustomize.py").write_text(WATCHER, encoding="utf-8")
    return make_environ(home, cache, PYTHONPATH=str(tmp_path))


def test_the_watcher_notices(environ: dict[str, str]) -> None:
    """A process that opens a socket is ended."""
    command = [sys.executable, "-c", "import socket; socket.socket()"]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr[:15]) == (99, "NETWORK socket.")


def test_no_network(environ: dict[str, str], tmp_path: Path) -> None:
    """No command opens a socket; all work without a network, if the system can take it away."""
    (tmp_path / "refs.bib").write_text(BIB, encoding="utf-8")
    (tmp_path / "draft.md").write_text(
        "<!-- bilatcli: az-pk/recognition-1991 -->", encoding="utf-8"
    )
    prefix = without_network()
    for line in LINES:
        done = subprocess.run(
            [*prefix, str(COMMAND), *line.split()],
            env=environ,
            cwd=tmp_path,
            input="facts az pk\n",
            capture_output=True,
            text=True,
            check=False,
        )
        assert "NETWORK" not in done.stderr, line
        assert done.returncode == 0, (line, done.stderr)


def test_every_command_is_watched() -> None:
    """Every view and command is in the list, except those that need a server or a browser."""
    named = {line.split()[0] for line in LINES if not line.startswith("--")}
    assert named == {*VIEWS, *COMMANDS} - {"publish", "open"}
