"""Measure commands: the classes behind `run.py`."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

BIN = Path(sys.executable).parent
BILATCLI = str(BIN / "bilatcli")
EXACT = ("military", "az", "pk", "--json")
"""The command line of an exact lookup."""


@dataclass(frozen=True)
class Timing:
    """The seconds of each run of a command."""

    runs: Sequence[float]

    def over(self, other: Timing) -> float:
        """Return the ratio of the medians of this and another timing."""
        return median(self.runs) / median(other.runs)

    def __str__(self) -> str:
        return f"{median(self.runs) * 1e3:.1f} ({min(self.runs) * 1e3:.1f})"


@dataclass(frozen=True)
class Row:
    """A row of the table; `is_met` is None if there is no budget."""

    what: str
    budget: str = "–"
    measured: str = "–"
    took: str = "–"
    is_met: bool | None = None


@dataclass
class Bench:
    """A temporary folder with its environment, in which commands are measured."""

    folder: Path
    is_small: bool
    env: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        own = {
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "XDG_DATA_HOME": str(self.folder / "none"),
        }
        kept = {key: value for key, value in os.environ.items() if key != "BILATCLI_DATA"}
        self.env = {**kept, **own, "COLUMNS": "100", "TERM": "dumb"}

    @property
    def rounds(self) -> tuple[int, int, int]:
        """Return the number of rounds, of runs per round, and of warm-up runs per round."""
        return (1, 3, 1) if self.is_small else (6, 10, 5)

    def time(self, commands: Mapping[str, Sequence[str]]) -> dict[str, Timing]:
        """Measure commands in turn, with hyperfine if it is installed."""
        rounds, runs, warmup = self.rounds
        measure = _hyperfine if shutil.which("hyperfine") else _loop
        turns = [measure(list(commands.values()), runs, warmup, self.env) for _ in range(rounds)]
        return {
            name: Timing([each for turn in turns for each in turn[i]])
            for i, name in enumerate(commands)
        }

    def output(self, command: Sequence[str], stdin: str = "") -> str:
        """Return the output of a command. Raise CalledProcessError if it fails."""
        return subprocess.run(
            command, env=self.env, input=stdin, check=True, capture_output=True, encoding="utf-8"
        ).stdout

    def cost(self, command: Sequence[str], stdin: Path | None = None) -> float:
        """Run a command once and return its seconds."""
        return self._run(command, stdin)[0]

    def cost_of_all(self, command: Sequence[str]) -> tuple[float, float]:
        """Run a command once. Return its seconds, and the peak memory of its processes together.

        Memory is in megabytes. On Linux it is the sum of what they have in use at one time, with
        what they share counted once; elsewhere the peak of the first process.
        """
        return self._run(command, None, Peak())

    def _run(
        self, command: Sequence[str], stdin: Path | None, peak: Peak | None = None
    ) -> tuple[float, float]:
        with (stdin or Path(os.devnull)).open("rb") as given:
            start = time.perf_counter()
            process = subprocess.Popen(
                command, stdin=given, stdout=subprocess.DEVNULL, env=self.env
            )
            if peak is not None:
                peak.watch(process.pid)
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
        together = peak.stop() if peak is not None else 0
        return seconds, max(usage.ru_maxrss / unit, together)


class Peak:
    """The peak memory of a process and its children, in megabytes; 0 where it cannot be read."""

    INTERVAL_S = 0.1

    def __init__(self) -> None:
        self._is_over = threading.Event()
        self._most = 0
        self._thread: threading.Thread | None = None

    def watch(self, pid: int) -> None:
        """Begin to watch a process."""
        self._thread = threading.Thread(target=self._watch, args=[pid])
        self._thread.start()

    def stop(self) -> float:
        """Return the peak, after the process has ended."""
        self._is_over.set()
        if self._thread is not None:
            self._thread.join()
        return self._most / 1024

    def _watch(self, pid: int) -> None:
        while not self._is_over.wait(self.INTERVAL_S):
            children = _read(f"/proc/{pid}/task/{pid}/children").split()
            sizes = [_read(f"/proc/{each}/smaps_rollup") for each in (str(pid), *children)]
            found = [
                int(size)
                for text in sizes
                for size in re.findall(r"^Pss: +(\d+)", text, re.MULTILINE)
            ]
            self._most = max(self._most, sum(found))


def _read(path: str) -> str:
    """Return the text of a file, empty if there is none."""
    try:
        return Path(path).read_text("ascii")
    except OSError:
        return ""


def _hyperfine(
    commands: Sequence[Sequence[str]], runs: int, warmup: int, env: Mapping[str, str]
) -> list[list[float]]:
    """Return the seconds of each run of each command, measured by hyperfine without a shell."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        options = f"-N --warmup {warmup} --runs {runs} --style none --export-json".split()
        hyperfine = ["hyperfine", *options, file.name, *map(shlex.join, commands)]
        subprocess.run(
            hyperfine, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        return [
            result["times"] for result in json.loads(Path(file.name).read_text("utf-8"))["results"]
        ]


def _loop(
    commands: Sequence[Sequence[str]], runs: int, warmup: int, env: Mapping[str, str]
) -> list[list[float]]:
    """Return the seconds of each run of each command, measured in turn without hyperfine."""
    times: list[list[float]] = [[] for _ in commands]
    for _ in range(warmup + runs):
        for place, command in enumerate(commands):
            start = time.perf_counter()
            subprocess.run(
                command, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            times[place].append(time.perf_counter() - start)
    return [each[warmup:] for each in times]
