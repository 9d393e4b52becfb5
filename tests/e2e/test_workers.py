"""Processes that compile packs for another: they end with it, and run nothing of its program."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bilatcli.index.pack_reader import count_processors
from fault_support import Place, Seen, fault
from own_packs import FACT, HEADER, RELATION, SOURCE
from support import COMMAND, make_environ, started

PACKS = 4
FACTS = 2_000
"""Facts of each pack: together they are worth a worker for each processor, and take a second."""
WORDS = " ".join(["a long text makes a large pack"] * 7)
SCRIPT = """
import sys
import bilatcli
facts = bilatcli.open(sys.argv[1]).facts("fj is", all=True)["facts"]
print(sum(fact["id"].startswith("fj-is/large") for fact in facts))
"""
"""A program without `if __name__ == "__main__"`."""
DAEMON = """
import multiprocessing, sys
import bilatcli

def ask(folder):
    facts = bilatcli.open(folder).facts("fj is", all=True)["facts"]
    print(sum(fact["id"].startswith("fj-is/large") for fact in facts))

if __name__ == "__main__":
    process = multiprocessing.get_context("spawn").Process(
        target=ask, args=sys.argv[1:], daemon=True
    )
    process.start()
    process.join()
    sys.exit(process.exitcode)
"""
"""A program that asks in a process that multiprocessing allows no children."""

Compiling = tuple[subprocess.Popen[bytes], list[int], Path]

pytestmark = pytest.mark.skipif(count_processors() < 2, reason="one processor has no workers")
needs_proc = pytest.mark.skipif(not os.path.exists("/proc/self/task"), reason="needs Linux")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of packs that are large enough for workers."""
    folder = tmp_path_factory.mktemp("large")
    for number in range(PACKS):
        name = f"large-{number}"
        facts = (
            FACT.format(id=f"{name}-{each}", text=f"Visit {each}: {WORDS}.", source=name)
            for each in range(FACTS)
        )
        head = HEADER.format(name=name), SOURCE.format(id=name, title="A page")
        relation = RELATION.format(id="fj-is", one="FJ", other="IS")
        (folder / f"{name}.toml").write_text("".join((*head, relation, *facts)), "utf-8")
    return folder


def list_children(pid: int) -> list[int]:
    """Return the processes that a process has started and that live."""
    with suppress(OSError):
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
        return [int(each) for each in text.split()]
    return []


def is_alive(pid: int) -> bool:
    """Return True if a process lives; one that only waits to be counted does not."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text("utf-8")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def await_workers(process: subprocess.Popen[bytes]) -> list[int]:
    """Return the workers of a process as soon as they have started."""
    while len(workers := list_children(process.pid)) < 2:
        assert process.poll() is None, "it has ended without workers"
        time.sleep(0.01)
    return workers


@pytest.fixture
def compiling(place: Place, folder: Path, tmp_path: Path) -> Iterator[Compiling]:
    """Start a command that compiles; yield it with its workers and its output."""
    place.ask()
    command: list[str | Path] = [COMMAND, "facts", "fj", "is", "--all", "--json", "--data", folder]
    output = tmp_path / "output"
    with (
        output.open("wb") as file,
        started(
            command, env=place.env, stdout=file, stderr=subprocess.STDOUT, start_new_session=True
        ) as process,
    ):
        yield process, await_workers(process), output


def require_end(workers: list[int]) -> None:
    """Wait until workers have ended. A test that waits for ever has found one that has not."""
    while any(map(is_alive, workers)):
        time.sleep(0.01)


@fault(
    "Ctrl-C while worker processes compile",
    "exit code 130, no traceback, no partial file, no process is left",
)
@needs_proc
@pytest.mark.parametrize("delay", [0, 0.1, 0.5])
def test_interrupted_workers(compiling: Compiling, place: Place, delay: float) -> None:
    """A terminal interrupts all processes at once, wherever they are."""
    process, workers, output = compiling
    before = sorted(place.cache.glob("*.sqlite"))
    time.sleep(delay)
    os.killpg(process.pid, signal.SIGINT)
    if process.wait() != 0:
        assert (process.returncode, output.read_bytes()) == (130, b"")
        assert sorted(place.cache.iterdir()) == before
    require_end(workers)


@fault(
    "SIGKILL while worker processes compile",
    "they end by themselves; the next question gets the correct answer",
)
@needs_proc
def test_killed_while_workers_compile(
    compiling: Compiling, place: Place, folder: Path, seen: Seen
) -> None:
    """Workers notice that nobody asks any more."""
    process, workers, _ = compiling
    process.kill()
    process.wait()
    require_end(workers)
    done = place.ask("facts", "fj", "is", "--all", "--fields", "id", "--data", str(folder))
    assert (done.returncode, done.stdout.count(b"fj-is/large-")) == (0, PACKS * FACTS)
    seen(f"{len(workers)} workers ended; the next answer was correct")


@pytest.mark.parametrize("code", [SCRIPT, DAEMON], ids=["script", "daemon"])
def test_programs_that_compile(code: str, folder: Path, tmp_path: Path) -> None:
    """A program that opens packs runs once, guarded or not, and in a daemonic process, too."""
    script = tmp_path / "program.py"
    script.write_text(code, "utf-8")
    done = subprocess.run(
        [sys.executable, str(script), str(folder)],
        env={**make_environ(tmp_path), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{PACKS * FACTS}\n", "")
