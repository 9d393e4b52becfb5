"""Faults of streams, processes and environment: the correct answer, or one line that helps."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from fault_support import IS_SOAK, QUESTION, SMALL, Place, Seen, fault
from support import COMMAND, IS_ROOT, started

Batch = subprocess.Popen[str]


def start_batch(place: Place) -> AbstractContextManager[Batch]:
    """Start a batch that gets its questions line by line."""
    pipe = subprocess.PIPE
    env = {**place.env, "PYTHONUTF8": "1"}
    return started([COMMAND, "batch"], env=env, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def ask(batch: Batch, *questions: str) -> list[str]:
    """Return the answers of a batch to some questions, a line each."""
    assert batch.stdin is not None
    assert batch.stdout is not None
    batch.stdin.write("".join(f"{question}\n" for question in questions))
    batch.stdin.flush()
    return [batch.stdout.readline() for _ in questions]


# --- processes and streams


@fault("the index is deleted while it is open", "correct answers continue")
def test_deleted_while_open(indexed: Place) -> None:
    """A batch goes on after its index has been deleted."""
    with start_batch(indexed) as batch:
        (first,) = ask(batch, "facts is mn")
        indexed.file.unlink()
        again, other = ask(batch, "facts is mn", "stances kashmir")
    assert again.replace('"line":2', '"line":1') == first
    assert other.startswith('{"schema":"bilatcli/stances@1"')


@fault("Ctrl-C during a long batch", "exit code 130, no traceback, complete lines")
def test_interrupted_batch(shared: Place, tmp_path: Path) -> None:
    """A batch that is interrupted has written complete lines."""
    questions = tmp_path / "questions"
    questions.write_text("facts az pk\n" * 200_000, "utf-8")
    pipe = subprocess.PIPE
    with (
        questions.open("rb") as stdin,
        started([COMMAND, "batch"], env=shared.env, stdin=stdin, stdout=pipe, stderr=pipe) as batch,
    ):
        assert batch.stdout is not None
        written = batch.stdout.read(1_000_000)
        batch.send_signal(signal.SIGINT)
        rest, err = batch.communicate()
    assert (batch.returncode, err) == (130, b"")
    lines = (written + rest).splitlines(keepends=True)
    assert len({line.partition(b'"line":')[0] for line in lines[:-1]}) == 1


@fault("standard output is a slow pipe", "the complete answer")
def test_slow_pipe(shared: Place, right: bytes) -> None:
    """A reader that takes small pieces gets every byte."""
    pipe = subprocess.PIPE
    with started([COMMAND, *QUESTION], env=shared.env, stdout=pipe, stderr=pipe) as running:
        assert running.stdout is not None
        read = b""
        while piece := os.read(running.stdout.fileno(), 700):
            read += piece
        _, err = running.communicate()
    assert (running.returncode, read, err) == (0, right, b"")


# --- environment

ENVIRONMENTS: dict[str, dict[str, str | None]] = {
    "LC_ALL=C": {"LC_ALL": "C", "LANG": None},
    "LC_ALL of no locale": {"LC_ALL": "xx_YY.nonsense"},
    "TERM=dumb": {"TERM": "dumb"},
    "no TERM": {"TERM": None},
    "1 column, 1 line": {"COLUMNS": "1", "LINES": "1"},
    "10,000 columns": {"COLUMNS": "10000"},
    "NO_COLOR": {"NO_COLOR": "1"},
    "FORCE_COLOR": {"FORCE_COLOR": "1"},
    "CLICOLOR_FORCE": {"CLICOLOR_FORCE": "1"},
    "PYTHONDONTWRITEBYTECODE, PYTHONHASHSEED": {
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "7",
    },
}


@fault(
    "unusual locales, terminals, sizes and colour variables",
    "the same document; tables have the given width",
)
@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_unusual_environments(shared: Place, right: bytes, name: str) -> None:
    """No variable changes a document or leads to a traceback."""
    env = {
        **shared.env,
        **{key: value for key, value in ENVIRONMENTS[name].items() if value is not None},
    }
    for key in (key for key, value in ENVIRONMENTS[name].items() if value is None):
        env.pop(key, None)
    done = subprocess.run([str(COMMAND), *QUESTION], env=env, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == json.loads(right)
    for view in ("facts is mn --format table", "summary az pk --format table", "map az pk"):
        done = subprocess.run(
            [str(COMMAND), *view.split()], env=env, capture_output=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"\x1b" not in done.stdout


@fault(
    "standard output has a limited encoding, such as ASCII",
    "valid JSON and tables, with other characters escaped",
)
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "ascii:strict", "utf-16"])
def test_narrow_encodings(shared: Place, right: bytes, encoding: str) -> None:
    """Whatever characters a stream takes, the document has the same values."""
    done = shared.ask(PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode(encoding.partition(":")[0])) == json.loads(right)
    if encoding != "utf-16":
        # Readers of JSON do not know the encoding of a pipe: what is ASCII is UTF-8 as well.
        assert json.loads(done.stdout.decode("utf-8")) == json.loads(right)
    assert (
        shared.ask("facts", "is", "mn", "--format", "table", PYTHONIOENCODING=encoding).returncode
        == 0
    )


@fault("the system clock is at 1970 or 2100", "the same document; `new` and `report` use that date")
@pytest.mark.parametrize("epoch", ["0", "4102444800"])
def test_clock(shared: Place, right: bytes, epoch: str) -> None:
    """The clock does not change an answer; what is dated has its day."""
    faketime = shutil.which("faketime")
    before = (
        []
        if faketime is None
        else [faketime, "-f", f"@{'1970-01-02' if epoch == '0' else '2100-01-01'} 00:00:00"]
    )
    command = [*before, str(COMMAND)]
    env = {**shared.env, "SOURCE_DATE_EPOCH": epoch}
    done = subprocess.run([*command, *QUESTION], env=env, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, right)
    begun = subprocess.run(
        [*command, "new", "fiji", "peru", "-o", "-"],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert f"updated = {'1970-01-01' if epoch == '0' else '2100-01-01'}" in begun.stdout


@fault("a pack has a date in the year 10000", "a one-line error with its place")
def test_year_10000(place: Place) -> None:
    """A year of more than four digits is a problem with its place."""
    text = place.pack.read_text("utf-8")
    for date in ("10000-01-01", "Y10000", "99999"):
        place.pack.write_text(text.replace('date = "1973-07"', f'date = "{date}"', 1), "utf-8")
        done = place.ask("facts", "is", "mn")
        if done.returncode == 0:
            continue
        err = done.stderr.decode()
        assert done.returncode == 2
        assert "Traceback" not in err
        assert f"{place.pack}:" in err


@fault("Python runs with -O, -I, -B, -W error or -X dev", "the same document")
@pytest.mark.parametrize("flags", ["-O", "-OO", "-I", "-B", "-W error", "-X dev -W error"])
def test_flags_of_python(shared: Place, right: bytes, flags: str) -> None:
    """However Python is started, the answer is the same, without a warning."""
    for argv in (
        QUESTION,
        ("summary", "az", "pk", "--format", "table"),
        ("facts", "azarbijan", "pk", "--json"),
    ):
        command = [sys.executable, *flags.split(), "-m", "bilatcli", *argv]
        done = subprocess.run(command, env=shared.env, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
        assert b"Traceback" not in done.stderr
        assert argv != QUESTION or done.stdout == right


@fault("run as root, and as user `nobody`", "correct answer")
@pytest.mark.skipif(not IS_ROOT, reason="only root can become nobody")
def test_root_and_nobody(place: Place, right: bytes) -> None:
    """The user does not matter, even without a home."""
    place.require(place.ask(), right)
    command = f"setpriv --reuid nobody --clear-groups {COMMAND} {' '.join(QUESTION)}"
    script = " && ".join(
        [*_commands_to_open(Path(sys.base_prefix), place.home / "elsewhere"), command]
    )
    env = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "BILATCLI_DATA": str(SMALL)}
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", script], env=env, capture_output=True, check=False
    )
    if b"unshare" in done.stderr or b"mount:" in done.stderr:
        pytest.skip("file systems cannot be mounted here")
    place.require(done, right)


def _commands_to_open(folder: Path, elsewhere: Path) -> list[str]:
    """Return commands that open a folder to all users, if it is in a closed one such as /root."""
    closed = next(
        (each for each in reversed(folder.parents) if not each.stat().st_mode & 0o001), None
    )
    if closed is None:
        return []
    return [
        f"mkdir {elsewhere}",
        f"mount --bind {closed} {elsewhere}",
        f"mount -t tmpfs -o mode=755 tmpfs {closed}",
        f"mkdir -p {folder}",
        f"mount --bind {elsewhere / folder.relative_to(closed)} {folder}",
    ]


# --- soak


@fault(
    "a million questions in one batch", "memory does not grow; equal questions get equal answers"
)
def test_soak(shared: Place, seen: Seen) -> None:
    """The memory of a batch does not grow, and its answers stay the same."""
    rounds = (1_000_000 if IS_SOAK else 4_000) // 80
    heavy = (
        "military az pk jf-17",
        "stances kashmir",
        "facts is mn",
        "summary in pk",
        "cite az pk",
    )
    questions = [*heavy, "facts korea", "search jf-17", "nonsense"] * 10
    first: dict[int, str] = {}
    sizes: list[int] = []
    with start_batch(shared) as batch:
        for number in range(rounds):
            for place, line in enumerate(ask(batch, *questions)):
                answer = line.replace(f'"line":{number * len(questions) + place + 1}', '"line":0')
                assert first.setdefault(place, answer) == answer
            if number in (rounds // 10, rounds - 1):
                sizes.append(_resident_kib(batch.pid))
    assert sizes[1] < sizes[0] * 1.1 + 2_000
    seen(
        f"{rounds * 80:,} questions; {sizes[0] // 1024} MB after a tenth, "
        f"{sizes[1] // 1024} MB at the end"
    )


def _resident_kib(process: int) -> int:
    """Return the memory of a process in KiB."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    return int(status.split("VmRSS:")[1].split()[0])
