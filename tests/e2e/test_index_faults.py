"""Faults of the index file, of its folder, and of the processes that build it."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from bilatcli.index.sqlite import FORMAT
from bilatcli.index.store import SQLiteIndex
from bilatcli.query.request import Request
from bilatcli.views import VIEWS, run
from fault_support import IS_SOAK, QUESTION, Place, Seen, fault
from support import COMMAND

PAGE = 4096


# --- the index file


def answer(path: Path, whole: Path) -> tuple[str, int]:
    """Return the answer from an index, and how often it had to be replaced by another."""
    rebuilt = 0

    def rebuild() -> sqlite3.Connection:
        nonlocal rebuilt
        rebuilt += 1
        return sqlite3.connect(f"file:{whole}?mode=ro", uri=True)

    try:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)
        if connection.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
            connection.close()
            connection = rebuild()
    except sqlite3.DatabaseError:
        connection = rebuild()
    questions = (("military", ["azerbaijan pak jf-17"]), ("stances", ["kashmir"]))
    with closing(SQLiteIndex(connection, rebuild)) as index:
        texts = [run(VIEWS[view], Request(view, words), index).text() for view, words in questions]
    return "\n".join(texts), rebuilt


@fault("the index is truncated at every 4 KiB", "correct answer; a damaged index is rebuilt")
def test_cut_off_everywhere(indexed: Place, tmp_path: Path, seen: Seen) -> None:
    """Wherever the file ends, the answer is correct."""
    whole, cut = tmp_path / "whole.sqlite", tmp_path / "cut.sqlite"
    shutil.copy(indexed.file, whole)
    shutil.copy(indexed.file, cut)
    expected, _ = answer(whole, whole)
    sizes = range(cut.stat().st_size - PAGE, -1, -PAGE * (1 if IS_SOAK else 100))
    rebuilds = 0
    for size in sizes:
        os.truncate(cut, size)
        found, rebuilt = answer(cut, whole)
        assert found == expected, size
        rebuilds += rebuilt > 0
    assert rebuilds > len(sizes) // 2
    seen(f"{len(sizes):,} lengths: all answers correct, {rebuilds:,} rebuilds")


@fault(
    "the index is truncated, for the installed command",
    "correct answer, no message; the cache is repaired",
)
@pytest.mark.parametrize("share", [0.0, 0.001, 0.1, 0.5, 0.9, 0.999])
def test_cut_off_on_the_command(indexed: Place, right: bytes, share: float) -> None:
    """A truncated file is replaced by the next question that needs what is missing."""
    size = indexed.file.stat().st_size
    os.truncate(indexed.file, int(size * share) // PAGE * PAGE)
    for _ in range(2):
        indexed.require(indexed.ask(), right)
    with closing(sqlite3.connect(indexed.file)) as connection:
        is_whole = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert is_whole or indexed.file.stat().st_size == int(size * share) // PAGE * PAGE


@fault(
    "one bit is flipped in every page of the index",
    "no traceback; rebuilt if SQLite notices; it cannot notice a changed letter in a text",
)
def test_a_bit_in_every_page(indexed: Place, tmp_path: Path, seen: Seen) -> None:
    """A flipped bit never leads to a traceback. SQLite has no checksums."""
    whole, damaged = tmp_path / "whole.sqlite", tmp_path / "damaged.sqlite"
    shutil.copy(indexed.file, whole)
    shutil.copy(indexed.file, damaged)
    expected, _ = answer(whole, whole)
    dice = random.Random(7)  # noqa: S311 -- the same bits every time
    counts: Counter[str] = Counter()
    with damaged.open("r+b") as file:
        for page in range(0, damaged.stat().st_size // PAGE, 1 if IS_SOAK else 20):
            at = page * PAGE + dice.randrange(PAGE)
            file.seek(at)
            (byte,) = file.read(1)
            file.seek(at)
            file.write(bytes([byte ^ 1 << dice.randrange(8)]))
            file.flush()
            found, rebuilt = answer(damaged, whole)
            counts["rebuilt" if rebuilt else "right" if found == expected else "other"] += 1
            file.seek(at)
            file.write(bytes([byte]))
            file.flush()
    pages = counts.total()
    assert counts["other"] < pages / 100
    seen(
        f"{pages:,} pages: {counts['right']:,} correct, {counts['rebuilt']} rebuilt, "
        f"{counts['other']} with a changed letter or fact that SQLite cannot notice"
    )


def empty(file: Path) -> None:
    """Make the file empty."""
    file.write_bytes(b"")


def text(file: Path) -> None:
    """Replace the file by a text."""
    file.write_text("not a database\n" * 1000, "utf-8")


def newer(file: Path) -> None:
    """Give the file a newer format."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"PRAGMA user_version = {FORMAT + 1}")


@fault(
    "the index is empty, not a database, of a newer format, or missing",
    "correct answer, no message",
)
@pytest.mark.parametrize("harm", [empty, text, newer, Path.unlink], ids=lambda harm: harm.__name__)
def test_other_files(indexed: Place, right: bytes, harm: Callable[[Path], None]) -> None:
    """Whatever is at the place of the index, it is replaced."""
    harm(indexed.file)
    for _ in range(2):
        indexed.require(indexed.ask(), right)


@fault("another process has locked the index", "correct answer")
def test_locked(indexed: Place, right: bytes) -> None:
    """A process that has locked the index for writing does not delay an answer."""
    with closing(sqlite3.connect(indexed.file, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        indexed.require(indexed.ask(), right)


# --- the cache folder


@fault("the cache folder cannot be created or written", "correct answer, from memory")
@pytest.mark.parametrize("how", ["file", "broken link", "missing HOME", "unset HOME", "/dev/null"])
def test_no_cache(place: Place, right: bytes, how: str) -> None:
    """Without a cache the answer is the same."""
    shutil.rmtree(place.home / ".cache", ignore_errors=True)
    env: dict[str, str] = {}
    if how == "file":
        (place.home / ".cache").write_text("in the way", "utf-8")
    elif how == "broken link":
        (place.home / ".cache").symlink_to(place.home / "no" / "where")
    elif how == "missing HOME":
        env["HOME"] = str(place.home / "no" / "home")
    elif how == "/dev/null":
        env["XDG_CACHE_HOME"] = "/dev/null"
    else:
        del place.env["HOME"]
        env["XDG_CACHE_HOME"] = str(place.home / "cache")
    place.require(place.ask(**env), right)


def list_new_files(place: Place) -> list[str]:
    """Return the files in the cache, except the index of the bundled packs."""
    if not place.cache.exists():
        return []
    bundled = place.bundled_file(place.cache)
    return [path.name for path in place.cache.iterdir() if path != bundled]


@fault("the cache is on a full disk", "correct answer, from memory; no partial file is left")
@pytest.mark.parametrize("kib", [0, 16, 1024])
def test_full_disk(place: Place, right: bytes, kib: int) -> None:
    """If only a part of the file can be written, the index is in memory."""
    resource = pytest.importorskip("resource")

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (kib * 1024, kib * 1024))

    done = subprocess.run(
        [str(COMMAND), *QUESTION], env=place.env, capture_output=True, preexec_fn=limit, check=False
    )
    place.require(done, right)
    assert list_new_files(place) == []


@fault("the cache is on a tmpfs of 1 MiB", "correct answer, from memory; no partial file is left")
def test_small_tmpfs(place: Place, right: bytes) -> None:
    """A file system that becomes full does not change the answer, and is cleaned up."""
    cache = place.home / ".cache"
    cache.mkdir(exist_ok=True)
    mounted = f"mount -t tmpfs -o size=1m tmpfs {cache}"
    command = f"{COMMAND} {' '.join(QUESTION)}"
    script = f"{mounted} && {command}; code=$?; ls -A {cache}/bilatcli >&2; exit $code"
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", script], env=place.env, capture_output=True, check=False
    )
    if b"unshare" in done.stderr or b"mount:" in done.stderr:
        pytest.skip("file systems cannot be mounted here")
    place.require(done, right)


@fault("the cache and its index are read-only", "correct answer")
def test_read_only_cache(indexed: Place, right: bytes) -> None:
    """A current index is read; a stale one is replaced in memory."""
    indexed.file.chmod(0o444)
    indexed.cache.chmod(0o555)
    try:
        indexed.require(indexed.ask(), right)
        indexed.pack.touch()
        indexed.require(indexed.ask(), right)
    finally:
        indexed.cache.chmod(0o755)


# --- processes that build an index

SIGNAL_AT_EVENT = """
import os, signal, sys
wanted, number, folder, *sys.argv[1:] = sys.argv[1:]
count = 0
def hook(event, arguments):
    global count
    if event.startswith(("sqlite3.connect", "os.", "open", "shutil.", "tempfile.")):
        if any(folder in str(each) for each in arguments):
            count += 1
            if count == int(number):
                os.kill(os.getpid(), getattr(signal, wanted))
sys.addaudithook(hook)
from bilatcli.cli.main import main
main()
"""
"""Runs the command, and sends it a signal at its n-th use of a file in the cache."""


def ask_with_signal(place: Place, name: str, number: int) -> subprocess.CompletedProcess[bytes]:
    """Run the command, which gets a signal at the given event while it builds the index."""
    command = [sys.executable, "-c", SIGNAL_AT_EVENT, name, str(number), str(place.cache)]
    return subprocess.run([*command, *QUESTION], env=place.env, capture_output=True, check=False)


@fault(
    "SIGKILL at every use of a file while an index is built",
    "the next question gets the correct answer",
)
def test_killed_while_compiling(place: Place, right: bytes, seen: Seen) -> None:
    """Whenever the process is killed, what it leaves is not taken for an index."""
    events = 0
    for event in count(1, 1 if IS_SOAK else 4):
        place.file.unlink(missing_ok=True)
        done = ask_with_signal(place, "SIGKILL", event)
        if done.returncode != -signal.SIGKILL:
            break
        events += 1
        place.require(place.ask(), right)
        assert place.file.exists()
    place.require(done, right)
    assert events > 1
    seen(f"killed at {events} events; all later answers correct")


@fault("Ctrl-C while compiling", "exit code 130, no traceback, no partial file")
@pytest.mark.parametrize("number", [4, 6, 8])
def test_interrupted_compilation(place: Place, number: int) -> None:
    """An interrupted process leaves no files."""
    done = ask_with_signal(place, "SIGINT", number)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")
    assert [name for name in list_new_files(place) if name != place.file.name] == []


@fault("16 processes start at once with an empty cache", "all get the correct answer")
def test_sixteen_at_once(place: Place, right: bytes) -> None:
    """Processes that all find no index all answer, and leave one."""
    with ThreadPoolExecutor(16) as pool:
        for done in pool.map(lambda _: place.ask(), range(16)):
            place.require(done, right)
    assert list_new_files(place) == [place.file.name]


@fault("8 processes with 1,000 cold lookups each, in parallel", "all answers are correct")
def test_eight_in_parallel(shared: Place, right: bytes, seen: Seen) -> None:
    """Lookups at the same time are all correct."""
    times = 1000 if IS_SOAK else 10
    with ThreadPoolExecutor(8) as pool:
        for done in pool.map(lambda _: shared.ask(), range(8 * times)):
            shared.require(done, right)
    seen(f"{8 * times:,} lookups, all correct")
