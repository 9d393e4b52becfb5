"""Packs are compiled on all processors: the index, its errors and its ends are the same."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bilatcli import resources
from bilatcli.error_details import PackError
from bilatcli.index import build, pack_reader, pack_worker, worker_pool
from bilatcli.index.build import Inputs
from bilatcli.index.cache import bundled_packs, file_stats
from bilatcli.index.pack_reader import PackReader, count_workers
from bilatcli.index.pack_worker import PackWorker
from own_packs import write_pack
from support import DATA
from table_support import write_table_pack

Use = Callable[[int], None]

NAMES = {"FJ": "Fiji", "IS": "Iceland"}


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Use:
    """Return a function that sets the number of processors, and lets small packs suffice."""

    def call(processors: int) -> None:
        monkeypatch.setattr(pack_reader, "MIN_BYTES", 1)
        monkeypatch.setattr(pack_reader, "count_processors", lambda: processors)

    return call


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Return a list that the processes of workers will be added to."""
    processes: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def start(*arguments: object, **options: object) -> subprocess.Popen[bytes]:
        processes.append(popen(*arguments, **options))  # type: ignore[call-overload]
        return processes[-1]

    monkeypatch.setattr(subprocess, "Popen", start)
    return processes


@pytest.fixture
def packs(tmp_path: Path) -> list[str]:
    """Return packs of every kind, of which two share a relation."""
    own = [write_pack(tmp_path / f"{name}.toml", fact=name) for name in ("one", "two", "three")]
    table = write_table_pack(tmp_path)
    return [str(DATA / "hostile.toml"), own[0], str(table), *own[1:], str(DATA / "small.toml")]


def read_rows(packs: Sequence[str]) -> list[tuple[object, ...]]:
    """Return all rows that a reader makes of packs."""
    with PackReader(packs) as reader:
        return [
            (rows.name, rows.about, rows.tables, rows.table_files, list(rows.chunks))
            for rows in reader.read(packs, NAMES)
        ]


@pytest.mark.parametrize("processors", [2, 64])
def test_any_number_of_workers_makes_the_same_rows(
    packs: list[str], use: Use, started: list[subprocess.Popen[bytes]], processors: int
) -> None:
    """The rows are the same whoever makes them, and all workers end."""
    use(1)
    expected = read_rows(packs)
    assert started == []
    use(processors)
    assert read_rows(packs) == expected
    assert len(started) == min(processors, pack_reader.MAX_WORKERS)
    assert all(process.returncode is not None for process in started)


def test_any_number_of_workers_makes_the_same_bytes(
    bundled_index: Path, packs: list[str], tmp_path: Path, use: Use
) -> None:
    """An index that workers have built or updated has the bytes of one from a single process."""
    files = []
    for processors in (1, 2):
        use(processors)
        files.append(tmp_path / f"{processors}.sqlite")
        build.compile_packs(bundled_packs(), files[-1])
        assert files[-1].read_bytes() == bundled_index.read_bytes()
        inputs = Inputs(resources.data_folder(), packs, file_stats(packs))
        assert build.update(str(files[-1]), inputs)
    assert files[0].read_bytes() == files[1].read_bytes()


# --- errors


def break_syntax(path: Path) -> str:
    """Write a pack that is not TOML."""
    path.write_text('[pack]\nname = "x\n', "utf-8")
    return str(path)


def break_values(path: Path) -> str:
    """Write a pack with several wrong values, one of them longer than a message may be."""
    text = Path(write_pack(path)).read_text("utf-8")
    wrong = text.replace('"2001"', f'"{"2" * 3000}"').replace('"news"', '"rumour"')
    path.write_text(wrong, "utf-8")
    return str(path)


def write_missing(path: Path) -> str:
    """Return a file that does not exist."""
    return str(path)


def break_table(path: Path) -> str:
    """Write a pack of which the file of a table has an error."""
    pack = write_table_pack(path.parent)
    (path.parent / "votes.csv").write_text("a,b\nFJ\n", "utf-8")
    return str(pack)


def list_problems(packs: Sequence[str]) -> tuple[str, list[str]]:
    """Return the pack of the error that reading raises, and its lines."""
    with pytest.raises(PackError) as caught:
        read_rows(packs)
    return caught.value.pack, caught.value.lines()


@pytest.mark.parametrize(
    "harm",
    [break_syntax, break_values, write_missing, break_table],
    ids=lambda harm: harm.__name__,
)
def test_errors_are_those_of_one_process(
    packs: list[str],
    tmp_path: Path,
    use: Use,
    started: list[subprocess.Popen[bytes]],
    harm: Callable[[Path], str],
) -> None:
    """The first pack with errors is reported, with all places, and the workers end."""
    folder = tmp_path / "bad"
    folder.mkdir()
    wrong = [*packs[:2], harm(folder / "bad.toml"), break_syntax(folder / "later.toml"), packs[-1]]
    use(1)
    expected = list_problems(wrong)
    use(2)
    assert list_problems(wrong) == expected
    assert "later.toml" not in "".join(expected[1])
    assert len(started) == 2
    assert all(process.returncode is not None for process in started)


# --- when workers do not work


def test_killed_workers_are_replaced(
    packs: list[str], use: Use, started: list[subprocess.Popen[bytes]]
) -> None:
    """If a worker is killed, this process makes what it would have made."""
    use(1)
    expected = [name for name, *_ in read_rows(packs)]
    use(2)
    with PackReader(packs) as reader:
        found = []
        for rows in reader.read(packs, NAMES):
            found.append(rows.name)
            started[len(found) % 2].kill()
    assert found == expected


@pytest.mark.parametrize(
    "code", ["pass", "print('hello')", "raise SystemExit(3)", "import nothing"]
)
def test_workers_that_do_not_answer(
    packs: list[str], use: Use, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    """If the interpreter does something else, this process makes all rows."""
    use(1)
    expected = read_rows(packs)
    use(2)
    monkeypatch.setattr(pack_worker, "START", code)
    assert read_rows(packs) == expected


@pytest.mark.parametrize(
    ("target", "error"),
    [("subprocess.Popen", OSError()), ("threading.Thread.start", RuntimeError("no new thread"))],
)
def test_what_cannot_be_started(
    packs: list[str], use: Use, monkeypatch: pytest.MonkeyPatch, target: str, error: Exception
) -> None:
    """If the system starts no process, or no thread, this process makes all rows."""
    use(1)
    expected = read_rows(packs)
    use(2)

    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(target, refuse)
    assert read_rows(packs) == expected


@pytest.mark.parametrize("executable", ["", None, "/usr/bin/editor", "/usr/sbin/uwsgi"])
def test_python_inside_an_application(
    packs: list[str], use: Use, monkeypatch: pytest.MonkeyPatch, executable: str | None
) -> None:
    """An application with Python inside is not started again."""
    use(2)
    monkeypatch.setattr(sys, "executable", executable)
    assert count_workers(packs) == 0


def test_a_frozen_application(packs: list[str], use: Use, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither is one that was frozen."""
    use(2)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert count_workers(packs) == 0


# --- when workers are not worth it


def test_small_packs_start_no_workers(packs: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A few small packs are made sooner than a worker starts."""
    monkeypatch.setattr(pack_reader, "count_processors", lambda: 8)
    assert count_workers(packs) == 0
    assert count_workers([]) == 0


def test_large_packs_start_workers(
    tmp_path: Path, packs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Large packs are worth it, and so are small ones with large tables; a single one is not."""
    monkeypatch.setattr(pack_reader, "count_processors", lambda: 8)
    large = tmp_path / "large.toml"
    large.write_bytes(b"#" * pack_reader.MIN_BYTES)
    assert count_workers([str(large)]) == 0
    assert count_workers([str(large), packs[0]]) == 2
    with (tmp_path / "votes.csv").open("ab") as table:
        table.truncate(pack_reader.MIN_BYTES)
    assert count_workers(packs) == pack_reader.MAX_WORKERS


@pytest.mark.skipif(not os.path.exists("/dev/fd"), reason="this system has no such names")
def test_a_pipe_is_read_by_this_process(packs: list[str], use: Use) -> None:
    """Only the process that has it can read a pipe of a shell, and only once."""
    use(2)
    ours, theirs = os.pipe()
    os.write(theirs, Path(packs[1]).read_bytes())
    os.close(theirs)
    pipe = f"/dev/fd/{ours}"
    with PackReader([pipe, *packs[:3]]) as reader:
        # The digest of a pack is made when it is read again, and is that of what is left: nothing.
        found = [rows.name for rows in reader.read([packs[0], pipe, packs[3]], NAMES)]
    os.close(ours)
    assert found == ["hostile", "one", "two"]


def test_few_packs_are_ahead(packs: list[str], use: Use, monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory does not grow with the number of packs: a large one is not made ahead at all."""
    use(2)
    asked: list[str] = []
    ask = PackWorker.ask

    def count(self: PackWorker, path: str, names: dict[str, str]) -> bytes:
        asked.append(path)
        return ask(self, path, names)

    monkeypatch.setattr(PackWorker, "ask", count)
    many = packs * 4
    with PackReader(many) as reader:
        for place, _ in enumerate(reader.read(many, NAMES), 1):
            assert len(asked) <= place + 4
        assert len(asked) == len(many)
        monkeypatch.setattr(worker_pool, "MAX_BYTES", 1)
        asked.clear()
        assert len(list(reader.read(packs, NAMES))) == len(packs)
    assert asked == []


def test_processors_are_counted() -> None:
    """At least one processor is there, and no more than the system has."""
    assert 1 <= pack_reader.count_processors() <= (os.cpu_count() or 1)


def test_nothing_is_left_open(packs: list[str], use: Use) -> None:
    """A reader that is not read to its end closes its processes and pipes."""
    use(2)
    with PackReader(packs) as reader:
        next(reader.read(packs, NAMES))
    del reader
    gc.collect()
