"""Make the rows of packs: in this process, or on all processors if there is much to make."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from re import MULTILINE, findall
from typing import Self

from bilatcli.files import open_to_read
from bilatcli.index.pack_rows import PackRows, make_rows
from bilatcli.index.pack_worker import PackWorker, load_rows

MAX_WORKERS = 4
"""Maximum number of workers: what four of them make is what one process can write."""
MIN_BYTES = 2_000_000
"""Minimum size of packs that workers are started for, which takes a third of a second."""
MAX_BYTES = 16_000_000
"""Maximum size of a pack for a worker, and of the packs that are made ahead of the one in turn."""

_TABLE_FILE = rb"""^file\s*=\s*["']([^"'\n]+)"""


class PackReader:
    """Makes the rows of packs. Workers are started if the `expected` packs are large.

    Use it as a context manager, which ends the workers.
    """

    def __init__(self, expected: Sequence[str]) -> None:
        self._workers: list[PackWorker] = []
        self._idle: SimpleQueue[PackWorker] = SimpleQueue()
        self._ended: set[PackWorker] = set()
        # If the system allows fewer processes, those that have started do all the work.
        with suppress(OSError):
            for _ in range(count_workers(expected)):
                self._workers.append(PackWorker())
                self._idle.put(self._workers[-1])
        # A thread waits for each worker: that works with the pipes of all systems.
        self._threads = ThreadPoolExecutor(len(self._workers) or 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.stop()
        self._threads.shutdown(cancel_futures=True)
        for worker in self._workers:
            worker.close()

    def read(self, paths: Sequence[str], names: Mapping[str, str]) -> Iterator[PackRows]:
        """Yield the rows of each pack in turn. Raises PackError for the first one with errors.

        `names` has the name of each country code. What no worker has made is made here.
        """
        waiting = deque(paths)
        ahead: deque[tuple[str, Future[bytes]]] = deque()
        while waiting:
            self._ask_ahead(waiting, ahead, names)
            if not ahead:
                yield make_rows(waiting.popleft(), names)
            while ahead:
                path, coming = ahead.popleft()
                answer = coming.result()
                self._ask_ahead(waiting, ahead, names)
                # A worker may have been killed, or may lack a module of an unusual installation.
                yield load_rows(answer) if answer else make_rows(path, names)

    def _ask_ahead(
        self,
        waiting: deque[str],
        ahead: deque[tuple[str, Future[bytes]]],
        names: Mapping[str, str],
    ) -> None:
        """Move packs from those that wait to those that workers make, as far as memory allows."""
        size = sum(_measure(path) for path, _ in ahead)
        while waiting and len(ahead) < 2 * len(self._workers):
            size += _measure(waiting[0])
            if size > MAX_BYTES:
                return
            try:
                answer = self._threads.submit(self._ask, waiting[0], names)
            except RuntimeError:
                # The system starts no more threads.
                return
            ahead.append((waiting.popleft(), answer))

    def _ask(self, path: str, names: Mapping[str, str]) -> bytes:
        """Return the answer of the next worker that is idle; empty if it has ended."""
        worker = self._idle.get()
        answer = worker.ask(path, names)
        if not answer:
            self._ended.add(worker)
        # One that has ended is not asked again, except if there is no other.
        if answer or len(self._ended) == len(self._workers):
            self._idle.put(worker)
        return answer


def count_workers(paths: Sequence[str]) -> int:
    """Return the number of workers that make the rows of packs sooner than this process would.

    None can be started by a frozen application, or one that has Python inside: its executable is
    not Python.
    """
    name = os.path.basename(sys.executable or "").lower()
    if getattr(sys, "frozen", False) or not name.startswith(("python", "pypy")):
        return 0
    count = min(count_processors(), len(paths), MAX_WORKERS)
    # A single one would be as slow as none.
    return count if count > 1 and _has_min_bytes(paths) else 0


def count_processors() -> int:
    """Return the number of processors that this process may use."""
    get_affinity = getattr(os, "sched_getaffinity", None)
    return len(get_affinity(0)) if get_affinity else os.cpu_count() or 1


def _has_min_bytes(paths: Sequence[str]) -> bool:
    """Return True if packs and the files of their tables have MIN_BYTES."""
    total = sum(map(_measure, paths))
    for path in paths:
        if total >= MIN_BYTES:
            break
        total += sum(map(_measure, _list_tables(path)))
    return total >= MIN_BYTES


def _measure(path: str) -> int:
    """Return the bytes of a file, or 0 if it cannot be read."""
    try:
        return os.path.getsize(path)
    except (OSError, ValueError):
        return 0


def _list_tables(path: str) -> Iterator[str]:
    """Yield what seem to be the files of the tables of a pack."""
    with suppress(OSError, ValueError), open_to_read(path) as file:
        for name in findall(_TABLE_FILE, file.read(MIN_BYTES), MULTILINE):
            yield os.path.join(os.path.dirname(path), os.fsdecode(name))
