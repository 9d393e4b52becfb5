"""`bilatcli export`: its messages, what it replaces, and that it writes all files or none."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bilatcli.cli.command import Invocation
from bilatcli.cli.commands import export as export_command
from bilatcli.environment import Environment
from bilatcli.errors import EnvironmentFault
from bilatcli.export import writers
from support import Result, make_environ

FORMATS = ("csv", "jsonl", "parquet", "sqlite")
CSV_FILES = [
    "countries.csv",
    "datapackage.json",
    "fact_sources.csv",
    "facts.csv",
    "passages.csv",
    "relations.csv",
    "sources.csv",
]

Command = Callable[..., Result]


def files_in(folder: Path) -> dict[str, bytes]:
    """Return the content of all files in a folder by their paths within it."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_messages(command: Command, tmp_path: Path) -> None:
    """The numbers of rows are noted. The default is a folder of CSV files."""
    target = tmp_path / "tables"
    result = command("export", str(target))
    assert (result.code, result.out) == (0, "")
    counts = "[0-9,]+ facts, [0-9,]+ sources, [0-9,]+ relations, [0-9,]+ fact_sources"
    counts += ", [0-9,]+ passages"
    assert re.search(f"{counts} and 250 countries.*\n$", result.err)
    assert sorted(path.name for path in target.iterdir()) == CSV_FILES
    assert os.listdir(tmp_path) == ["tables"]


def test_permissions(command: Command, tmp_path: Path) -> None:
    """Folders and files have the usual permissions."""
    mask = os.umask(0o027)
    try:
        command("export", str(tmp_path / "tables"))
    finally:
        os.umask(mask)
    assert (tmp_path / "tables").stat().st_mode & 0o777 == 0o750
    assert (tmp_path / "tables" / "facts.csv").stat().st_mode & 0o777 == 0o640


REFUSED = [
    # existing files, arguments, a part of the message
    ({"t/note.txt": "mine"}, ["t"], "`t` is not empty"),
    ({"t": "mine"}, ["t"], "`t` is a file"),
    ({"t": "mine"}, ["t", "--force"], "`t` is a file"),
    ({"t.db": "mine"}, ["t.db"], "`t.db` exists"),
    ({"t.db/x": "mine"}, ["t.db", "--force"], "`t.db` is a folder"),
    ({"t/facts.csv/x": ""}, ["t", "--force"], "`t/facts.csv` is in the way"),
    (
        {"t/facts": ""},
        ["t", "--force", "--format", "parquet", "--partition", "topic"],
        "`t/facts` is in the way",
    ),
    ({"file": ""}, ["file/t"], "`file/t` cannot be written (not a directory)"),
    ({}, ["none/t"], "`none/t` cannot be written (no such file or directory)"),
    ({}, ["none/t.db"], "`none/t.db` cannot be written (no such file or directory)"),
    ({}, ["t.csv"], "`t.csv` looks like one file"),
    ({}, ["t.sqlite", "--format", "jsonl"], "`t.sqlite` looks like one file"),
    ({}, ["t", "--partition", "topic"], "--partition is for parquet"),
    ({}, ["t", "--format", "parquets"], "did you mean `parquet`?"),
    ({}, [], "name the folder or the database to write"),
    ({}, [""], "name the folder or the database to write"),
    ({}, ["t", "u"], "`u`"),
    ({}, ["f.xlsx"], "name a folder, such as `f`, or a database, such as `f.sqlite`"),
    ({}, ["f.json", "--format", "jsonl"], "`f.json` looks like one file"),
    ({}, ["f.pdf", "--format", "sqlite"], "unsupported format of a database: .pdf"),
]


@pytest.mark.parametrize(("existing", "arguments", "message"), REFUSED)
def test_usage_errors(
    command: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    existing: dict[str, str],
    arguments: list[str],
    message: str,
) -> None:
    """An export that is not possible is reported in one line, and changes no file."""
    monkeypatch.chdir(tmp_path)
    for name, text in existing.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    result = command("export", *arguments)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert message in result.err
    assert files_in(tmp_path) == {name: text.encode() for name, text in existing.items()}
    assert len(list(tmp_path.iterdir())) == len(existing)


def test_empty_folder(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder is filled, also through a link and if it is the current one."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    assert command("export", str(tmp_path / "link")).code == 0
    assert len(os.listdir(tmp_path / "real")) == len(CSV_FILES)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert command("export", ".", "--format", "jsonl").code == 0
    assert len(os.listdir(tmp_path / "here")) == len(CSV_FILES)


def test_force(command: Command, exported: dict[str, Path], tmp_path: Path) -> None:
    """--force replaces an earlier export of any format, and leaves other files alone."""
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "mine.txt").write_text("mine")
    (tmp_path / "facts.jsonl").write_text("mine, not from an export")
    mine = files_in(tmp_path)
    for kind, options in (
        ("csv", []),
        ("parts", ["--format", "parquet", "--partition", "topic"]),
        ("parquet", ["--format", "parquet"]),
    ):
        result = command("export", str(tmp_path), "--force", *options)
        assert result.code == 0, result.err
        assert files_in(tmp_path) == mine | files_in(exported[kind])
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["facts"]


def test_force_on_a_database(command: Command, tmp_path: Path) -> None:
    """--force replaces any file with a database."""
    database = tmp_path / "t.db"
    database.write_text("mine")
    assert command("export", str(database), "--force").code == 0
    assert database.read_bytes()[:15] == b"SQLite format 3"


FOREIGN_PACKAGES = [
    json.dumps(
        {
            "name": "bilatcli-export",
            "resources": [
                {"path": ["../outside.csv", "facts/../../outside.csv", "/etc/hostname"]},
                {"path": ["facts/mine.txt", "facts/topic=a/../mine.txt"]},
                {"path": 3},
            ],
        }
    ),
    json.dumps({"name": "x", "resources": [{"path": "notes.csv"}]}),
    "{",
    "[]",
    '"a"',
]


@pytest.mark.parametrize("text", FOREIGN_PACKAGES)
def test_force_with_a_foreign_package(command: Command, tmp_path: Path, text: str) -> None:
    """A datapackage.json cannot make --force remove files that no export writes."""
    (tmp_path / "t" / "facts").mkdir(parents=True)
    for name in ("outside.csv", "t/facts/mine.txt", "t/notes.csv"):
        (tmp_path / name).write_text("mine")
    (tmp_path / "t" / "datapackage.json").write_text(text)
    assert command("export", str(tmp_path / "t"), "--force").code == 0
    for name in ("outside.csv", "t/facts/mine.txt", "t/notes.csv"):
        assert (tmp_path / name).read_text() == "mine"


@contextmanager
def limited_file_size(size: int) -> Iterator[None]:
    """Let writing fail after so many bytes of a file, as on a full disk."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("is_existing", [False, True], ids=["new", "forced"])
def test_full_disk(
    command: Command,
    export: Callable[..., Path],
    tmp_path: Path,
    format: str,
    *,
    is_existing: bool,
) -> None:
    """A full disk is reported in one line. No partial file is left, and an older export stays."""
    target = tmp_path / ("t.db" if format == "sqlite" else "t")
    if is_existing:
        export(target, "--format", format)
    before = files_in(tmp_path)
    with limited_file_size(100_000):
        result = command("export", str(target), "--format", format, "--force")
    assert (result.code, result.out) == (2, "")
    assert re.fullmatch(rf"bilatcli: `{target}` cannot be written \(.+\)\n", result.err)
    assert files_in(tmp_path) == before
    assert len(list(tmp_path.iterdir())) == is_existing


def test_without_pyarrow(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only Parquet needs pyarrow, and the error says how to install it."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    result = command("export", str(tmp_path / "t"), "--format", "parquet")
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert "pip install 'bilatcli[parquet]'" in result.err
    assert not (tmp_path / "t").exists()
    for format in ("csv", "jsonl", "sqlite"):
        assert command("export", str(tmp_path / format), "--format", format).code == 0


# --- progress and interruption


@pytest.fixture
def environment(home: Path, cache: Path) -> Environment:
    """Return an environment with an empty home."""
    return Environment(environ=make_environ(home, cache), platform="linux")


def export_in_process(target: Path, environment: Environment) -> int:
    """Export to a target and return the exit code."""
    return export_command.run(
        Invocation(export_command.COMMAND, [str(target)], {}), environment
    ).code


def test_progress(
    tmp_path: Path, environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Progress is reported in rows up to the total, also if the export fails."""
    reports: list[tuple[int, int]] = []

    def report(done: int, total: int, label: str = "") -> None:
        # The index may have to be compiled first.
        if label == "exporting":
            reports.append((done, total))

    environment.on_progress = report
    assert export_in_process(tmp_path / "t", environment) == 0
    done = [each[0] for each in reports]
    total = reports[0][1]
    assert done == sorted(done)
    assert done[-1] == total > 10_000
    assert len(done) > total // 2000
    assert {each[1] for each in reports} == {total}

    def fail(*_: object) -> None:
        raise OSError(28, "Disk full")

    reports.clear()
    monkeypatch.setattr(writers, "write_csv", fail)
    with pytest.raises(EnvironmentFault, match=r"cannot be written \(disk full\)"):
        export_in_process(tmp_path / "u", environment)
    assert reports == [(total, total)]


@pytest.mark.parametrize("name", ["t", "t.db"])
def test_interrupted(tmp_path: Path, environment: Environment, name: str) -> None:
    """An interrupted export leaves no file."""

    def interrupt(done: int, total: int, label: str = "") -> None:
        if label == "exporting" and 3_000 <= done < total:
            raise KeyboardInterrupt

    environment.on_progress = interrupt
    with pytest.raises(KeyboardInterrupt):
        export_in_process(tmp_path / name, environment)
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
