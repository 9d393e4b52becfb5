"""No command opens a network connection, except `publish` and `check --links`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from command_lines import LINES, STDIN, write_inputs
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
    write_inputs(tmp_path)
    prefix = without_network()
    for line in LINES:
        done = subprocess.run(
            [*prefix, str(COMMAND), *line.split()],
            env=environ,
            cwd=tmp_path,
            input=STDIN,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "NETWORK" not in done.stderr, line
        assert done.returncode == 0, (line, done.stderr)
