"""Make the rows of packs: in this process, or on all processors if there is much to make."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from re import MULTILINE, findall
from typing import Self

from bilatcli.files import measure_file
from bilatcli.index.pack_rows import PackRows, make_rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.index.worker_pool import WorkerPool

MAX_WORKERS = 4
"""Maximum number of workers: what four of them make is what one process can write."""
MIN_BYTES = 2_000_000
"""Minimum size of packs that workers are started for, which takes a third of a second."""

_TABLE_FILE = rb"""^file\s*=\s*["']([^"'\n]+)"""


class PackReader:
    """Makes the rows of packs. Workers are started if the `expected` packs are large.

    Use it as a context manager, which ends the workers.
    """

    def __init__(self, expected: Sequence[str]) -> None:
        self._pool: WorkerPool | None = None
        if count := count_workers(expected):
            # A small pack is compiled before these modules would be imported.
            from bilatcli.index.worker_pool import WorkerPool

            self._pool = WorkerPool(count)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.close()

    def read(self, paths: Sequence[str], names: Mapping[str, str]) -> Iterator[PackRows]:
        """Yield the rows of each pack in turn. Raises PackError for the first one with errors.

        `names` has the name of each country code. What no worker makes is made here.
        """
        waiting = deque(paths)
        while waiting:
            if self._pool is not None:
                yield from self._pool.read(waiting, names)
            if waiting:
                yield make_rows(waiting.popleft(), names)


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
    total = _measure_files(paths)
    for path in paths:
        if total >= MIN_BYTES:
            break
        total += _measure_files(_list_tables(path))
    return total >= MIN_BYTES


def _measure_files(paths: Iterable[str]) -> int:
    return sum(measure_file(path) or 0 for path in paths)


def _list_tables(path: str) -> Iterator[str]:
    """Yield what seem to be the files of the tables of a pack."""
    if measure_file(path):
        with suppress(OSError), open(path, "rb") as file:
            for name in findall(_TABLE_FILE, file.read(MIN_BYTES), MULTILINE):
                yield os.path.join(os.path.dirname(path), os.fsdecode(name))
