"""Compiling own packs from the command line: in parallel, interrupted, and only what changed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support import COMMAND, ROOT, Result, make_environ, run_process, started

POLL_S = 0.01


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of made-up packs that take a second or two to compile."""
    folder = tmp_path_factory.mktemp("corpus")
    script = ROOT / "benchmarks" / "corpus.py"
    size = ["--relations", "300", "--facts", "10000", "--packs", "4"]
    subprocess.run([sys.executable, script, folder, *size], check=True, capture_output=True)
    return folder


@pytest.fixture
def environ(home: Path) -> dict[str, str]:
    """Return the environment of a command with an empty home and an empty cache."""
    return make_environ(home)


@pytest.fixture
def kept(home: Path) -> Path:
    """Return the cache folder, which does not exist yet."""
    return home / ".cache" / "bilatcli"


def query_packs(folder: Path, environ: dict[str, str], *argv: str) -> Result:
    """Run a command on the packs of a folder."""
    return run_process([*argv, "--data", str(folder)], environ)


def test_parallel_processes_agree(corpus: Path, environ: dict[str, str], kept: Path) -> None:
    """Processes that compile the same packs at the same time give the same answer, in one file."""
    command = [COMMAND, "facts", "az", "pk", "--json", "--data", corpus]
    running = [subprocess.Popen(command, env=environ, stdout=subprocess.PIPE) for _ in range(3)]
    outs = [process.communicate()[0] for process in running]
    assert [process.returncode for process in running] == [0, 0, 0]
    assert len(set(outs)) == 1
    assert {path.suffix for path in kept.iterdir()} == {".sqlite"}


def test_a_changed_pack_is_compiled_alone(
    corpus: Path, environ: dict[str, str], kept: Path
) -> None:
    """If one of many packs changes, the answer follows, and the cached file stays in its place."""
    assert query_packs(corpus, environ, "list", "--json").code == 0
    before = {path.name: path.stat().st_ino for path in kept.iterdir()}
    pack = min(corpus.iterdir())
    text = pack.read_text("utf-8")
    changed = re.sub(r'^text = "', 'text = "Changed: ', text, count=1, flags=re.MULTILINE)
    relation = re.search(r'^id = "(\w\w-\w\w)"', text, re.MULTILINE)
    assert relation is not None
    try:
        pack.write_text(changed, encoding="utf-8")
        answer = query_packs(corpus, environ, "facts", relation[1], "--all", "--json")
    finally:
        pack.write_text(text, encoding="utf-8")
    assert '"text":"Changed: ' in answer.out
    assert {path.name: path.stat().st_ino for path in kept.iterdir()} == before


def test_a_pack_that_comes_or_goes_is_compiled_alone(
    corpus: Path, environ: dict[str, str], kept: Path, tmp_path: Path
) -> None:
    """If a pack is added to a folder or removed, the cached file is updated in its place."""
    folder = tmp_path / "packs"
    folder.mkdir()
    one, other = sorted(corpus.iterdir())[:2]

    def count_relations() -> int:
        return len(query_packs(folder, environ, "list", "--fields", "id").out.splitlines())

    (folder / one.name).write_bytes(one.read_bytes())
    first = count_relations()
    before = {path.name: path.stat().st_ino for path in kept.iterdir()}
    (folder / other.name).write_bytes(other.read_bytes())
    second = count_relations()
    (folder / other.name).unlink()
    assert second > first == count_relations()
    assert {path.name: path.stat().st_ino for path in kept.iterdir()} == before


def test_an_interrupt_leaves_no_half_file(
    corpus: Path, environ: dict[str, str], kept: Path
) -> None:
    """Ctrl-C while packs are compiled exits with 130, prints nothing and leaves no half file."""
    command = [COMMAND, "list", "--json", "--data", corpus]
    with started(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        while not (kept.is_dir() and list(kept.iterdir())):
            assert process.poll() is None
            time.sleep(POLL_S)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    assert (process.returncode, out, err) == (130, b"", b"")
    assert query_packs(corpus, environ, "list", "--json").code == 0


def test_progress_is_shown_on_a_terminal_only(
    corpus: Path, environ: dict[str, str], kept: Path
) -> None:
    """Standard error shows nothing while packs are compiled, unless it is a terminal."""
    pty = pytest.importorskip("pty")
    command = [COMMAND, "show", "az-pk/recognition-1991", "--data", corpus, "--json"]
    quiet = subprocess.run(command, env=environ, capture_output=True, check=True)
    assert quiet.stderr == b""
    for path in kept.iterdir():
        path.unlink()
    master, slave = pty.openpty()
    with started(
        command, env=environ | {"TERM": "xterm"}, stdout=subprocess.PIPE, stderr=slave
    ) as process:
        os.close(slave)
        assert process.communicate()[0] == quiet.stdout
    os.close(master)
