"""Shared by the tests of huge inputs: the installed command with a limit of memory."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from support import COMMAND, Result, make_environ

MILLION = 1_000_000
MAX_MEMORY_BYTES = 2_500 << 20
"""The address space of a command."""
PACK_HEADER = '[pack]\nname = "x"\ntitle = "X"\nlicence = "CC0-1.0"\nupdated = 2026-11-23\n'


def run_limited(
    *argv: str, home: Path, stdin: str = "", memory_bytes: int = MAX_MEMORY_BYTES
) -> Result:
    """Run the installed command with a limit of memory."""
    resource = pytest.importorskip("resource")
    limits = (memory_bytes, memory_bytes)
    done = subprocess.run(
        [str(COMMAND), *argv],
        env=make_environ(home),
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, limits),
        check=False,
    )
    return Result(done.returncode, done.stdout, done.stderr)
