"""Compiling own packs from the command line: in parallel, and only what changed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from support import COMMAND, ROOT, Result, make_environ, run_process, started


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
    command: list[str | Path] = [COMMAND, "facts", "az", "pk", "--json", "--data", corpus]
    with ExitStack() as stack:
        running = [
            stack.enter_context(started(command, env=environ, stdout=subprocess.PIPE))
            for _ in range(3)
        ]
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


def read_terminal(terminal: int) -> bytes:
    """Return what is written on a terminal until no process has it open."""
    written = b""
    try:
        while chunk := os.read(terminal, 4096):
            written += chunk
    except OSError:
        pass  # On Linux this says that nothing writes to the terminal any more.
    return written


def test_progress_is_for_terminals(
    corpus: Path, environ: dict[str, str], kept: Path, tmp_path: Path
) -> None:
    """While packs are compiled, standard error is empty, or a terminal with a bar that goes away.

    The answer is the same.
    """
    pty = pytest.importorskip("pty")
    question = ["show", "az-pk/recognition-1991", "--data", str(corpus), "--json"]
    command: list[str | Path] = [COMMAND, *question]
    quiet = subprocess.run(command, env=environ, capture_output=True, check=True)
    assert quiet.stderr == b""
    for path in kept.iterdir():
        path.unlink()
    ours, theirs = pty.openpty()
    answer = tmp_path / "answer"
    variables = {**environ, "TERM": "xterm"}
    with (
        answer.open("wb") as out,
        started(command, env=variables, stdout=out, stderr=theirs) as process,
    ):
        os.close(theirs)
        shown = read_terminal(ours)
        assert process.wait() == 0
    os.close(ours)
    assert answer.read_bytes() == quiet.stdout
    # A compilation of less than a second shows nothing.
    assert shown == b"" or shown.endswith(b"\x1b[2K")
