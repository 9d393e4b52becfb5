"""A process that makes the rows of packs for another one: how it is started, asked and ended.

It reads the paths of packs from its standard input and writes their rows to its standard output. It
ends when its input does, however the process that asks ends. It is not a process of
`multiprocessing`, which would run the main module of a program again, copy the locks of its
threads, or leave workers behind when it is killed.
"""

from __future__ import annotations

import gc
import io
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import IO, cast

from bilatcli.error_details import PackError
from bilatcli.index.pack_rows import PackRows, make_rows
from bilatcli.index.tables import Chunk

LENGTH_BYTES = 8
"""Bytes before each answer, which have its length."""
START = """
import pickle, sys
sys.path[:] = pickle.load(sys.stdin.buffer)
from bilatcli.index.pack_worker import serve
serve()
"""
"""What the process runs: it imports the same modules as the one that asks."""


class PackWorker:
    """A process that makes the rows of packs. Raises OSError if it cannot be started."""

    def __init__(self) -> None:
        # It reads no variables, and writes neither messages nor files. Paths have one encoding.
        flags = ("-I", "-B", "-X", f"utf8={sys.flags.utf8_mode}")
        self._process = subprocess.Popen(  # noqa: S603 -- the interpreter that runs this
            (sys.executable, *flags, "-c", START),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._requests = cast("IO[bytes]", self._process.stdin)
        self._answers = cast("IO[bytes]", self._process.stdout)
        self._is_introduced = False

    def ask(self, path: str, names: Mapping[str, str]) -> bytes:
        """Return the answer on a pack, for `load_rows`; empty if the process has ended.

        `names` has the name of each country code. They are sent once.
        """
        requests, answers = self._requests, self._answers
        try:
            if not self._is_introduced:
                self._is_introduced = True
                pickle.dump(sys.path, requests)
                pickle.dump(dict(names), requests)
            pickle.dump(path, requests)
            requests.flush()
            size = int.from_bytes(answers.read(LENGTH_BYTES))
            answer = answers.read(size)
        except (OSError, ValueError, OverflowError, MemoryError):
            return b""
        return answer if len(answer) == size else b""

    def stop(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """Close the pipes of a process that has ended."""
        for stream in (self._requests, self._answers):
            # What could not be sent is written again, in vain.
            with suppress(OSError):
                stream.close()


def load_rows(answer: bytes) -> PackRows:
    """Return the rows in an answer. Raises PackError for a pack that has errors."""
    stream = io.BytesIO(answer)
    rows = pickle.load(stream)  # noqa: S301 -- from our own process
    if not isinstance(rows, PackRows):
        problems, pack = rows
        raise PackError(problems, pack=pack)
    rows.chunks = _load_chunks(stream)
    return rows


def _load_chunks(stream: io.BytesIO) -> Iterator[Chunk]:
    with suppress(EOFError):
        while True:
            yield pickle.load(stream)  # noqa: S301 -- see above


# --- in the process


def serve() -> None:
    """Answer on each pack whose path comes in, until no more are needed; then end the process."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    # Whatever a library prints must not come between the answers.
    sys.stdout = sys.stderr
    # Nothing in a pack has cycles, and looking for them takes a tenth of the time.
    gc.disable()
    with suppress(EOFError, OSError, KeyboardInterrupt):
        names = pickle.load(requests)  # noqa: S301 -- from the process that started this one
        while True:
            path = pickle.load(requests)  # noqa: S301 -- see above
            _write_answer(make_answer(path, names), answers)
    os._exit(0)


def _write_answer(answer: bytes | memoryview, stream: IO[bytes]) -> None:
    """Write an answer, which is not kept in memory while the next one is made."""
    stream.write(len(answer).to_bytes(LENGTH_BYTES))
    stream.write(answer)
    stream.flush()


def make_answer(path: str, names: Mapping[str, str]) -> bytes | memoryview:
    """Return the rows of a pack, or its errors, as bytes."""
    answer = io.BytesIO()
    try:
        rows = make_rows(path, names)
    except PackError as error:
        return pickle.dumps((error.problems, error.pack))
    chunks, rows.chunks = rows.chunks, iter(())
    pickle.dump(rows, answer)
    for chunk in chunks:
        pickle.dump(chunk, answer)
    return answer.getbuffer()
