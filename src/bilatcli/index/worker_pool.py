"""Worker processes that make the rows of packs ahead of the process that writes them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue

from bilatcli.files import measure_file
from bilatcli.index.pack_rows import PackRows, make_rows
from bilatcli.index.pack_worker import PackWorker, load_rows

MAX_BYTES = 16_000_000
"""Maximum size of a pack for a worker, and of the packs that are made ahead of the one in turn."""


class WorkerPool:
    """Some workers. If the system allows fewer, those that have started do all the work."""

    def __init__(self, count: int) -> None:
        self._workers: list[PackWorker] = []
        self._idle: SimpleQueue[PackWorker] = SimpleQueue()
        self._ended: set[PackWorker] = set()
        with suppress(OSError):
            for _ in range(count):
                self._workers.append(PackWorker())
                self._idle.put(self._workers[-1])
        # A thread waits for each worker: that works with the pipes of all systems.
        self._threads = ThreadPoolExecutor(count)

    def close(self) -> None:
        """End all workers, whatever they do."""
        for worker in self._workers:
            worker.stop()
        self._threads.shutdown(cancel_futures=True)
        for worker in self._workers:
            worker.close()

    def read(self, waiting: deque[str], names: Mapping[str, str]) -> Iterator[PackRows]:
        """Take packs that wait, and yield the rows of each, until one is left to the caller.

        Raises PackError for the first pack with errors.
        """
        ahead: deque[tuple[str, Future[bytes]]] = deque()
        self._ask_ahead(waiting, ahead, names)
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
        """Move packs from those that wait to those that workers make, as far as memory allows.

        What is not a file, such as a pipe of a shell, can only be read by this process.
        """
        size = sum(measure_file(path) or 0 for path, _ in ahead)
        # Each worker has one, and one of them has the next.
        most = len(self._workers) + 1 if self._workers else 0
        while waiting and len(ahead) < most:
            own = measure_file(waiting[0])
            if own is None or size + own > MAX_BYTES:
                return
            size += own
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
