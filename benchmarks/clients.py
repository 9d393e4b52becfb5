"""Measures an engine that many ask at once: latency and questions a second, by so many clients at a time.

    python benchmarks/clients.py ADDRESS [--clients 64] [--seconds 20] [--processes 2]

Each client asks one question after another, exact pairs of the published relations through all views that a pair has,
and waits for each answer. Printed are how many were answered a second, the median and the 99th percentile of the time
that one took. Clients are threads of a few processes, since Python's own work takes a core for itself.
"""

from __future__ import annotations

import argparse
import random
import statistics
import threading
import time
from multiprocessing import Process, Queue

from bilatcli.environment import Environment
from bilatcli.index.store import Index, open_index
from bilatcli.query.request import Request
from bilatcli.views.catalog import VIEWS, run

ASKED = ("summary", "facts", "military", "stances", "timeline", "cite")


def pairs(index: Index) -> list[list[str]]:
    """The countries of each relation that is published."""
    return [row[0].split("-") for row in index.rows("SELECT id FROM relation ORDER BY id")]


def ask(address: str, until: float, seed: int, took: list[float]) -> None:
    """Ask until the time is over, and note how long each answer took."""
    dice = random.Random(seed)
    index = open_index(Environment(), engine=address)
    known = pairs(index)
    while time.monotonic() < until:
        view = dice.choice(ASKED)
        request = Request(view, dice.choice(known))
        start = time.perf_counter()
        run(VIEWS[view], request, index).text()
        took.append(time.perf_counter() - start)
    index.close()


def several(
    address: str, clients: int, until: float, seed: int, answered: Queue[list[float]]
) -> None:
    """Let so many clients ask at once in this process."""
    took: list[list[float]] = [[] for _ in range(clients)]
    threads = [
        threading.Thread(target=ask, args=(address, until, seed * 1000 + number, took[number]))
        for number in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answered.put([each for client in took for each in client])


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("address")
    parser.add_argument("--clients", type=int, default=64, metavar="N")
    parser.add_argument("--processes", type=int, default=2, metavar="N")
    parser.add_argument("--seconds", type=float, default=20.0, metavar="S")
    options = parser.parse_args()
    answered: Queue[list[float]] = Queue()
    until = time.monotonic() + options.seconds
    each = options.clients // options.processes
    processes = [
        Process(target=several, args=(options.address, each, until, seed, answered))
        for seed in range(options.processes)
    ]
    for process in processes:
        process.start()
    took = sorted(ms * 1000 for _ in processes for ms in answered.get())
    for process in processes:
        process.join()
    print(
        f"{each * options.processes} clients, {options.seconds:.0f} s: {len(took) / options.seconds:,.0f} questions/s"
    )
    print(
        f"median {statistics.median(took):.1f} ms, 99th percentile {took[int(len(took) * 0.99)]:.1f} ms"
    )


if __name__ == "__main__":
    main()
