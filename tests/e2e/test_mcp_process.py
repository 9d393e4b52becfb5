"""`mcp` as a process: only the protocol is on standard output, and it ends when it should."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from mcp_support import requests
from support import COMMAND, Run, make_environ, started


@pytest.fixture
def server(home: Path, cache: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Yield a server that waits for requests."""
    process: AbstractContextManager[subprocess.Popen[bytes]] = started(
        [COMMAND, "mcp"],
        env=make_environ(home, cache),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process as running:
        yield running


def pipe(stream: Any) -> Any:
    """Return a stream of a process, which is a pipe."""
    assert stream is not None
    return stream


def test_only_the_protocol_and_all_of_it(run_command: Run) -> None:
    """Every request before the end of the input is answered, and what is not JSON is ignored."""
    calls = [("tools/call", {"name": "facts", "arguments": {"words": "az pk"}})] * 3
    result = run_command("mcp", stdin=requests(*calls).replace("\n", "\ngarbage\n", 1))
    assert (result.code, result.err) == (0, "")
    assert [json.loads(line)["id"] for line in result.out.splitlines()] == [0, 1, 2, 3]


def test_encodings(run_command: Run) -> None:
    """Answers are the same whatever the encoding of the streams."""
    stdin = requests(("tools/call", {"name": "summary", "arguments": {"words": "az pk"}}))
    answers = [
        run_command("mcp", stdin=stdin, env={"PYTHONUTF8": "0", "PYTHONIOENCODING": encoding})
        for encoding in ("utf-8", "ascii")
    ]
    one, other = ([json.loads(line) for line in answer.out.splitlines()] for answer in answers)
    assert one == other


def test_interrupt(server: subprocess.Popen[bytes]) -> None:
    """Ctrl-C ends a waiting server at once, without a word."""
    pipe(server.stdin).write(requests().encode())
    pipe(server.stdin).flush()
    assert pipe(server.stdout).readline()
    server.send_signal(signal.SIGINT)
    assert server.wait() == 130
    assert (pipe(server.stdout).read(), pipe(server.stderr).read()) == (b"", b"")


def test_closed_pipe(server: subprocess.Popen[bytes]) -> None:
    """If nothing reads the answers, the server ends without a word."""
    pipe(server.stdout).close()
    pipe(server.stdin).write(requests().encode())
    pipe(server.stdin).flush()
    assert server.wait() == 141
    assert pipe(server.stderr).read() == b""
