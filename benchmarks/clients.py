"""Measure a published index under load: questions per second, and latency.

    python benchmarks/clients.py ADDRESS [--clients 64] [--seconds 20] [--processes 2]

Each client asks one question after another: a random published pair, in a random view. Clients are
threads in several processes, because one Python process uses only one core.
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
from bilatcli.views import VIEWS, run

VIEW_NAMES = ("summary", "facts", "military", "stances", "timeline", "cite")


def published_pairs(index: Index) -> list[list[str]]:
    """Return the country codes of each published relation."""
    relations = run(VIEWS["list"], Request("list"), index).load()["relations"]
    return [relation["id"].split("-") for relation in relations]


def run_client(address: str, until: float, seed: int, seconds: list[float]) -> None:
    """Ask questions until a time, and append the seconds that each one takes."""
    dice = random.Random(seed)
    index = open_index(Environment(), engine=address)
    pairs = published_pairs(index)
    while time.monotonic() < until:
        view = dice.choice(VIEW_NAMES)
        request = Request(view, dice.choice(pairs))
        start = time.perf_counter()
        run(VIEWS[view], request, index).text()
        seconds.append(time.perf_counter() - start)
    index.close()


def run_process(
    address: str, clients: int, until: float, seed: int, results: Queue[list[float]]
) -> None:
    """Run several clients as threads of this process, and put their times into a queue."""
    seconds: list[list[float]] = [[] for _ in range(clients)]
    threads = [
        threading.Thread(
            target=run_client, args=(address, until, seed * 1000 + number, seconds[number])
        )
        for number in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    results.put([each for client in seconds for each in client])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("address")
    parser.add_argument("--clients", type=int, default=64, metavar="N")
    parser.add_argument("--processes", type=int, default=2, metavar="N")
    parser.add_argument("--seconds", type=float, default=20.0, metavar="S")
    options = parser.parse_args()
    results: Queue[list[float]] = Queue()
    until = time.monotonic() + options.seconds
    each = options.clients // options.processes
    processes = [
        Process(target=run_process, args=(options.address, each, until, seed, results))
        for seed in range(options.processes)
    ]
    for process in processes:
        process.start()
    times = sorted(seconds * 1000 for _ in processes for seconds in results.get())
    for process in processes:
        process.join()
    rate = len(times) / options.seconds
    slow = times[int(len(times) * 0.99)]
    print(f"{each * options.processes} clients, {options.seconds:.0f} s: {rate:,.0f} questions/s")
    print(f"median {statistics.median(times):.1f} ms, 99th percentile {slow:.1f} ms")


if __name__ == "__main__":
    main()
