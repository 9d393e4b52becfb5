"""Faults of files, streams, processes and environment: each ends in the right answer, or in one line that helps."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from bilatcli.index import store as indexes
from bilatcli.index.store import Index
from bilatcli.query.request import Request
from bilatcli.views.catalog import VIEWS, run
from support import COMMAND, ROOT

SMALL = ROOT / "tests" / "data" / "small.toml"
PAGE = 4096
ASKED = ("facts", "is", "mn", "--all", "--json")
IS_SOAK = "SOAK" in os.environ
"""Whether all is tried that is tried for docs/reliability.md, which takes half an hour, or a share of it."""
Seen = Callable[[str], None]


class Place:
    """A home with the small pack as one's own, whose index is in the cache."""

    def __init__(self, folder: Path) -> None:
        self.home = folder
        self.pack = folder / "small.toml"
        shutil.copy(SMALL, self.pack)
        self.cache = folder / ".cache" / "bilatcli"
        self.env = {
            "HOME": str(folder),
            "PATH": os.environ["PATH"],
            "BILATCLI_DATA": str(self.pack),
        }

    @property
    def file(self) -> Path:
        """The one file of the cache."""
        (found,) = (path for path in self.cache.iterdir() if path.suffix == ".sqlite")
        return found

    def ask(self, *argv: str, **env: str) -> subprocess.CompletedProcess[bytes]:
        """Ask the installed command."""
        command = [str(COMMAND), *(argv or ASKED)]
        return subprocess.run(
            command, env={**self.env, **env}, capture_output=True, check=False, timeout=120
        )

    def holds(self, done: subprocess.CompletedProcess[bytes], right: bytes) -> None:
        """Hold that an answer is the right one, without a word beside it."""
        assert done.stderr == b""
        assert (done.returncode, done.stdout) == (0, right)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A home without a cache."""
    return Place(tmp_path)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A home with a cache that is true, of which all tests have only what they read."""
    made = Place(tmp_path_factory.mktemp("shared"))
    made.ask()
    return made


@pytest.fixture(scope="module")
def right(shared: Place) -> bytes:
    """The right answer."""
    done = shared.ask()
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout


@pytest.fixture
def kept(place: Place, right: bytes) -> Place:
    """A home with a cache that is true."""
    place.holds(place.ask(), right)
    return place


def fault(what: str, promise: str) -> pytest.MarkDecorator:
    """Mark a test as that of a fault; docs/reliability.md has a row for it."""
    return pytest.mark.fault(what, promise)


@pytest.fixture
def seen(record_property: Callable[[str, object], None]) -> Seen:
    """Say what was seen, for the table in docs/reliability.md."""
    return lambda text: record_property("seen", text)


# --- the index file


def answers(path: Path, whole: Path) -> tuple[str, int]:
    """What the index in a file answers, with another one to fall back on, and how often it had to."""
    fallen = 0

    def remade() -> sqlite3.Connection:
        nonlocal fallen
        fallen += 1
        return sqlite3.connect(f"file:{whole}?mode=ro", uri=True)

    try:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)
        if connection.execute("PRAGMA user_version").fetchone()[0] != indexes.FORMAT:
            connection.close()
            connection = remade()
    except sqlite3.DatabaseError:
        connection = remade()
    with closing(Index(connection, remade)) as opened:
        asked = (("military", ["azerbaijan pak jf-17"]), ("stances", ["kashmir"]))
        texts = [run(VIEWS[view], Request(view, words), opened).text() for view, words in asked]
    return "\n".join(texts), fallen


@fault("the index is truncated at every 4 KiB", "correct answer; a damaged index is rebuilt")
def test_cut_off_everywhere(kept: Place, tmp_path: Path, seen: Seen) -> None:
    """Wherever the file ends, the answer is right, and what SQLite finds damaged is made again."""
    whole, cut = tmp_path / "whole.sqlite", tmp_path / "cut.sqlite"
    shutil.copy(kept.file, whole)
    shutil.copy(kept.file, cut)
    expected, _ = answers(whole, whole)
    sizes = range(cut.stat().st_size - PAGE, -1, -PAGE * (1 if IS_SOAK else 40))
    made = 0
    for size in sizes:
        os.truncate(cut, size)
        found, fallen = answers(cut, whole)
        assert found == expected, size
        made += fallen > 0
    assert made > len(sizes) // 2
    seen(f"{len(sizes):,} lengths: all answers correct, {made:,} rebuilds")


@fault(
    "the index is truncated, for the installed command",
    "correct answer, no message; the cache is repaired",
)
@pytest.mark.parametrize("share", [0.0, 0.001, 0.1, 0.5, 0.9, 0.999])
def test_cut_off_on_the_command(kept: Place, right: bytes, share: float) -> None:
    """A file in the cache that was cut off is made again by the next question that needs what is gone."""
    size = kept.file.stat().st_size
    os.truncate(kept.file, int(size * share) // PAGE * PAGE)
    for _ in range(2):
        kept.holds(kept.ask(), right)
    assert kept.file.stat().st_size in (size, int(size * share) // PAGE * PAGE)


@fault(
    "one bit is flipped in every page of the index",
    "no traceback; rebuilt if SQLite notices; it cannot notice a changed letter in a text",
)
def test_a_bit_in_every_page(kept: Place, tmp_path: Path, seen: Seen) -> None:
    """A flipped bit never ends in a traceback. SQLite keeps no checksums: one within a text goes unnoticed."""
    whole, spoilt = tmp_path / "whole.sqlite", tmp_path / "spoilt.sqlite"
    shutil.copy(kept.file, whole)
    shutil.copy(kept.file, spoilt)
    expected, _ = answers(whole, whole)
    dice = random.Random(7)  # noqa: S311 -- the same bits every time
    counts: Counter[str] = Counter()
    with spoilt.open("r+b") as file:
        for page in range(0, spoilt.stat().st_size // PAGE, 1 if IS_SOAK else 20):
            at = page * PAGE + dice.randrange(PAGE)
            file.seek(at)
            (byte,) = file.read(1)
            file.seek(at)
            file.write(bytes([byte ^ 1 << dice.randrange(8)]))
            file.flush()
            found, fallen = answers(spoilt, whole)
            counts["made again" if fallen else "right" if found == expected else "other"] += 1
            file.seek(at)
            file.write(bytes([byte]))
            file.flush()
    pages = counts.total()
    assert counts["other"] < pages / 100
    seen(
        f"{pages:,} pages: {counts['right']:,} correct, {counts['made again']} rebuilt, "
        f"{counts['other']} with a changed letter or fact that SQLite cannot notice"
    )


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _text(file: Path) -> None:
    file.write_text("no database\n" * 1000, "utf-8")


def _newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"PRAGMA user_version = {indexes.FORMAT + 1}")


def _gone(file: Path) -> None:
    file.unlink()


@fault(
    "the index is empty, not a database, of a newer format, or missing",
    "correct answer, no message",
)
@pytest.mark.parametrize(
    "harm", [_empty, _text, _newer, _gone], ids=lambda harm: harm.__name__.strip("_")
)
def test_other_files(kept: Place, right: bytes, harm: Callable[[Path], None]) -> None:
    """Whatever lies in the place of the index, it is made again."""
    harm(kept.file)
    kept.holds(kept.ask(), right)
    kept.holds(kept.ask(), right)


@fault("another process has locked the index", "correct answer")
def test_locked(kept: Place, right: bytes) -> None:
    """A lock that another process holds for writing keeps nobody from an answer."""
    with closing(sqlite3.connect(kept.file, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        kept.holds(kept.ask(), right)


@fault("the index is deleted while it is open", "correct answers continue")
def test_deleted_while_open(kept: Place) -> None:
    """A batch whose index is deleted behind it goes on answering."""
    with started(kept, "batch") as batch:
        first = asked(batch, "facts is mn")
        kept.file.unlink()
        assert asked(batch, "facts is mn") == first
        assert asked(batch, "stances kashmir").startswith('{"schema":"bilatcli/stances@1"')


class started:  # noqa: N801 -- reads as a word
    """A command that runs on while it is talked to."""

    def __init__(self, place: Place, *argv: str) -> None:
        self._place, self._argv = place, argv

    def __enter__(self) -> subprocess.Popen[str]:
        """Start it."""
        self._running = subprocess.Popen(
            [str(COMMAND), *self._argv],
            env={**self._place.env, "PYTHONUTF8": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        return self._running

    def __exit__(self, *_: object) -> None:
        """End it, and let go of its streams."""
        self._running.kill()
        self._running.communicate()


def asked(batch: subprocess.Popen[str], question: str) -> str:
    """The line that a batch answers."""
    assert batch.stdin is not None
    assert batch.stdout is not None
    batch.stdin.write(question + "\n")
    batch.stdin.flush()
    return batch.stdout.readline()


# --- where the cache would be


@fault("the cache folder cannot be created or written", "correct answer, from memory")
@pytest.mark.parametrize(
    "how",
    [
        "a file in its place",
        "a link to nowhere",
        "HOME does not exist",
        "HOME is unset",
        "/dev/null",
    ],
)
def test_no_cache(place: Place, right: bytes, how: str) -> None:
    """Without a cache an answer takes longer, and is the same."""
    env: dict[str, str] = {}
    if how == "a file in its place":
        (place.home / ".cache").write_text("in the way", "utf-8")
    elif how == "a link to nowhere":
        (place.home / ".cache").symlink_to(place.home / "no" / "where")
    elif how == "HOME does not exist":
        env["HOME"] = str(place.home / "no" / "home")
    elif how == "/dev/null":
        env["XDG_CACHE_HOME"] = "/dev/null"
    else:
        del place.env["HOME"]
        env["XDG_CACHE_HOME"] = str(place.home / "cache")
    place.holds(place.ask(**env), right)


@fault("the cache is on a full disk", "correct answer, from memory; no partial file is left")
@pytest.mark.parametrize("kib", [0, 16, 1024])
def test_full_disk(place: Place, right: bytes, kib: int) -> None:
    """Where a file of more than so many KiB cannot be written, the answer comes from memory."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (kib * 1024, kib * 1024))

    done = subprocess.run(
        [str(COMMAND), *ASKED], env=place.env, capture_output=True, preexec_fn=limit, check=False
    )
    place.holds(done, right)
    assert not place.cache.exists() or list(place.cache.iterdir()) == []


@fault("the cache is on a tmpfs of 1 MiB", "correct answer, from memory; no partial file is left")
def test_small_tmpfs(place: Place, right: bytes) -> None:
    """A file system that fills up under the index leaves the answer right and nothing behind."""
    cache = place.home / ".cache"
    cache.mkdir()
    mounted = f"mount -t tmpfs -o size=1m tmpfs {cache}"
    script = (
        f"{mounted} && {COMMAND} {' '.join(ASKED)}; code=$?; ls -A {cache}/bilatcli >&2; exit $code"
    )
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", script], env=place.env, capture_output=True, check=False
    )
    if b"unshare" in done.stderr or b"mount:" in done.stderr:
        pytest.skip("no file system may be mounted here")
    place.holds(done, right)


@fault("the cache and its index are read-only", "correct answer")
def test_read_only_cache(kept: Place, right: bytes) -> None:
    """An index that is true is read where nothing may be written, and where it is stale, memory takes its place."""
    kept.file.chmod(0o444)
    kept.cache.chmod(0o555)
    try:
        kept.holds(kept.ask(), right)
        kept.pack.touch()
        kept.holds(kept.ask(), right)
    finally:
        kept.cache.chmod(0o755)


# --- processes


@fault("SIGKILL at 50 moments while compiling", "the next question gets the correct answer")
def test_killed_while_compiling(place: Place, right: bytes, seen: Seen) -> None:
    """Whenever a compilation is killed, what it leaves is never taken for an index."""
    start = time.monotonic()
    place.holds(place.ask(), right)
    whole = time.monotonic() - start
    killed = 0
    moments = 50 if IS_SOAK else 10
    for moment in range(moments):
        shutil.rmtree(place.cache, ignore_errors=True)
        running = subprocess.Popen([str(COMMAND), *ASKED], env=place.env, stdout=subprocess.DEVNULL)
        try:
            running.wait(whole * (moment + 0.5) / moments)
        except subprocess.TimeoutExpired:
            running.kill()
            killed += running.wait() == -signal.SIGKILL
        if moment % 5 == 4:
            place.holds(place.ask(), right)
            assert place.file.exists()
    assert killed > moments / 2
    seen(f"killed {killed} times within {whole:.1f} s; all later answers correct")


@fault("16 processes start at once with an empty cache", "all get the correct answer")
def test_sixteen_at_once(place: Place, right: bytes) -> None:
    """Processes that all find no index all answer, and leave one."""
    with ThreadPoolExecutor(16) as pool:
        for done in pool.map(lambda _: place.ask(), range(16)):
            place.holds(done, right)
    assert place.file.exists()
    assert len(list(place.cache.iterdir())) == 1


@fault("8 processes with 1,000 cold lookups each, in parallel", "all answers are correct")
def test_eight_in_parallel(shared: Place, right: bytes, seen: Seen) -> None:
    """Cold lookups beside each other are all right."""
    times = 1000 if IS_SOAK else 25
    with ThreadPoolExecutor(8) as pool:
        for done in pool.map(lambda _: shared.ask(), range(8 * times)):
            shared.holds(done, right)
    seen(f"{8 * times:,} lookups, all correct")


@fault("Ctrl-C during a long batch", "exit code 130, no traceback, complete lines")
def test_interrupted_batch(shared: Place) -> None:
    """A batch that is interrupted has written whole lines and says nothing."""
    questions = shared.home / "questions"
    questions.write_text("facts az pk\n" * 200_000, "utf-8")
    with questions.open("rb") as stdin, (shared.home / "out").open("wb") as out:
        running = subprocess.Popen(
            [str(COMMAND), "batch"], env=shared.env, stdin=stdin, stdout=out, stderr=subprocess.PIPE
        )
        while (shared.home / "out").stat().st_size < 1_000_000:
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=20)
    assert (running.returncode, err) == (130, b"")
    written = (shared.home / "out").read_bytes().splitlines()
    assert len(set(written[:-1])) == 1


@fault("Ctrl-C while compiling", "exit code 130, no traceback, no partial file")
def test_interrupted_compilation(place: Place) -> None:
    """A compilation that is interrupted leaves nothing behind."""
    running = subprocess.Popen(
        [str(COMMAND), *ASKED], env=place.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    while not (place.cache.exists() and list(place.cache.iterdir())) and running.poll() is None:
        time.sleep(0.005)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=20)
    assert (running.returncode, out, err) == (130, b"", b"")
    assert list(place.cache.iterdir()) == []


@fault("standard output is a slow pipe", "the complete answer")
def test_slow_pipe(shared: Place, right: bytes) -> None:
    """A reader that takes its time gets every byte."""
    running = subprocess.Popen(
        [str(COMMAND), *ASKED], env=shared.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert running.stdout is not None
    read = b""
    while piece := os.read(running.stdout.fileno(), 700):
        read += piece
        time.sleep(0.002)
    _, err = running.communicate()
    assert (running.returncode, read, err) == (0, right, b"")


# --- environment

ODD: dict[str, dict[str, str | None]] = {
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
@pytest.mark.parametrize("name", ODD)
def test_odd_surroundings(shared: Place, right: bytes, name: str) -> None:
    """No variable changes a document, or ends in a traceback."""
    env = {**shared.env, **{key: value for key, value in ODD[name].items() if value is not None}}
    for key in (key for key, value in ODD[name].items() if value is None):
        env.pop(key, None)
    done = subprocess.run([str(COMMAND), *ASKED], env=env, capture_output=True, check=False)
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
    """Whatever a stream can carry, the document on it says the same."""
    done = shared.ask(PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode(encoding.partition(":")[0])) == json.loads(right)
    assert (
        shared.ask("facts", "is", "mn", "--format", "table", PYTHONIOENCODING=encoding).returncode
        == 0
    )


@fault("the system clock is at 1970 or 2100", "the same document; `new` and `report` use that date")
@pytest.mark.parametrize("epoch", ["0", "4102444800"])
def test_clock(shared: Place, right: bytes, epoch: str) -> None:
    """The clock plays no part in an answer; what is dated has its day."""
    faketime = shutil.which("faketime")
    before = (
        []
        if faketime is None
        else [faketime, "-f", f"@{'1970-01-02' if epoch == '0' else '2100-01-01'} 00:00:00"]
    )
    command = [*before, str(COMMAND)]
    env = {**shared.env, "SOURCE_DATE_EPOCH": epoch}
    done = subprocess.run([*command, *ASKED], env=env, capture_output=True, check=False)
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
    """A year that no four digits hold is told where it stands."""
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
    """However Python is started, the answer is the same, and no warning is raised."""
    for argv in (
        ASKED,
        ("summary", "az", "pk", "--format", "table"),
        ("facts", "azarbijan", "pk", "--json"),
    ):
        command = [sys.executable, *flags.split(), "-m", "bilatcli", *argv]
        done = subprocess.run(command, env=shared.env, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
        assert b"Traceback" not in done.stderr
        assert argv != ASKED or done.stdout == right


@fault("run as root, and as user nobody", "correct answer")
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become nobody")
def test_root_and_nobody(place: Place, right: bytes) -> None:
    """Who asks makes no difference, with a home that is nobody's."""
    place.holds(place.ask(), right)
    asked = f"setpriv --reuid nobody --clear-groups {COMMAND} {' '.join(ASKED)}"
    script = " && ".join([*_opened(Path(sys.base_prefix), place.home / "behind"), asked])
    env = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "BILATCLI_DATA": str(SMALL)}
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", script], env=env, capture_output=True, check=False
    )
    if b"unshare" in done.stderr or b"mount:" in done.stderr:
        pytest.skip("no file system may be mounted here")
    place.holds(done, right)


def _opened(folder: Path, behind: Path) -> list[str]:
    """Commands by which all may enter a folder that lies in one of which they may not, as in root's home."""
    closed = next(
        (each for each in reversed(folder.parents) if not each.stat().st_mode & 0o001), None
    )
    if closed is None:
        return []
    return [
        f"mkdir {behind}",
        f"mount --bind {closed} {behind}",
        f"mount -t tmpfs -o mode=755 tmpfs {closed}",
        f"mkdir -p {folder}",
        f"mount --bind {behind / folder.relative_to(closed)} {folder}",
    ]


# --- soak


@fault(
    "a million questions in one batch", "memory does not grow; equal questions get equal answers"
)
def test_soak(shared: Place, seen: Seen) -> None:
    """However many questions are asked, memory stays as it was, and answers are the same."""
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
    with started(shared, "batch") as batch:
        assert batch.stdin is not None
        assert batch.stdout is not None
        for number in range(rounds):
            batch.stdin.write("".join(f"{question}\n" for question in questions))
            batch.stdin.flush()
            for place, _ in enumerate(questions):
                line = batch.stdout.readline()
                line = line.replace(f'"line":{number * 80 + place + 1}', '"line":0')
                assert first.setdefault(place, line) == line
            if number in (rounds // 10, rounds - 1):
                sizes.append(_resident(batch.pid))
    assert sizes[1] < sizes[0] * 1.1 + 2_000
    seen(
        f"{rounds * 80:,} questions; {sizes[0] // 1024} MB after a tenth, "
        f"{sizes[1] // 1024} MB at the end"
    )


def _resident(process: int) -> int:
    """How many KiB a process has in memory."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    return int(status.split("VmRSS:")[1].split()[0])
