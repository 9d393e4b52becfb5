"""Atomic writers: a target is complete or as before, and nothing is left next to it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bilatcli import files
from bilatcli.errors import EnvironmentFault, UsageError


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (FileNotFoundError(2, "No such file or directory"), "no such file or directory"),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid"), "not UTF-8"),
        (ValueError("embedded null byte"), "not a file name"),
        (OSError("Disk full"), "disk full"),
        (OSError(), "unknown error"),
    ],
)
def test_os_error_message(error: Exception, message: str) -> None:
    """An error has a reason in lower case."""
    assert files.os_error_message(error) == message


@pytest.mark.parametrize("name", ["map.svg", "MAP.SVG", "map", "-", ".hidden", "a.b/map"])
def test_extension_that_is_supported(name: str) -> None:
    """The extension may be in any case, or absent."""
    files.require_extension(name, (".svg",), "map")


def test_extension_that_is_not_supported() -> None:
    """Another extension is refused, with those that are supported."""
    with pytest.raises(UsageError, match=r"unsupported format of a map: \.png; use \.svg"):
        files.require_extension("map.png", (".svg",), "map")


def test_new_file(tmp_path: Path) -> None:
    """A text file is written with the line ends of the text."""
    target = tmp_path / "a.txt"
    files.atomic_write(str(target), "one\ntwo\n", force=False)
    assert target.read_bytes() == b"one\ntwo\n"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_existing_file(tmp_path: Path) -> None:
    """An existing file is replaced with `force` only. A link to it stays a link."""
    target, link = tmp_path / "a.txt", tmp_path / "link"
    target.write_text("old")
    link.symlink_to(target)
    with pytest.raises(UsageError, match="exists; name another file, or add `force`"):
        files.atomic_write(str(link), "new", force=False)
    assert target.read_text() == "old"
    files.atomic_write(str(link), "new", force=True)
    assert target.read_text() == "new"
    assert link.is_symlink()


@pytest.mark.parametrize(
    ("name", "reason"), [("no/a.txt", "no such file or directory"), ("a\0b", "not a file name")]
)
def test_file_that_cannot_be_written(tmp_path: Path, name: str, reason: str) -> None:
    """The error names the file and the reason."""
    target = f"{tmp_path}/{name}"
    with pytest.raises(EnvironmentFault) as raised:
        files.atomic_write(target, "text", force=False)
    assert raised.value.message == f"`{target}` cannot be written ({reason})"


def test_folder_at_the_target(tmp_path: Path) -> None:
    """A folder is never replaced by a file."""
    with pytest.raises(UsageError, match="is a folder"):
        files.atomic_write(str(tmp_path), "text", force=True)


def write_and_fail(target: Path) -> None:
    """Write half a file."""
    with files.atomic_file(str(target)) as path:
        Path(path).write_text("half")
        raise KeyboardInterrupt


def test_failure_while_writing(tmp_path: Path) -> None:
    """After an error the target is as before, and there is no other file."""
    target = tmp_path / "a.txt"
    target.write_text("old")
    with pytest.raises(KeyboardInterrupt):
        write_and_fail(target)
    assert target.read_text() == "old"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_atomic_file_replaces_a_link(tmp_path: Path) -> None:
    """The writer of files whose names others can guess does not follow links."""
    target, link = tmp_path / "a.txt", tmp_path / "link"
    target.write_text("old")
    link.symlink_to(target)
    with files.atomic_file(str(link)) as path:
        Path(path).write_text("new")
    assert target.read_text() == "old"
    assert (link.read_text(), link.is_symlink()) == ("new", False)


def fill_folder(target: Path, *names: str, force: bool = False, old: tuple[str, ...] = ()) -> None:
    """Write a folder of empty files; `last` is written last."""
    with files.atomic_folder(str(target), last="last", known=lambda _: old, force=force) as folder:
        for name in (*names, "last"):
            path = Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.touch()


def list_files(folder: Path) -> list[str]:
    """Return the relative paths of all files in a folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_new_folder(tmp_path: Path) -> None:
    """A folder appears with all its files."""
    fill_folder(tmp_path / "t", "a", "b/c")
    assert list_files(tmp_path) == ["t/a", "t/b/c", "t/last"]


def test_existing_folder(tmp_path: Path) -> None:
    """With `force`, the files of an earlier run are replaced, and others stay."""
    target = tmp_path / "t"
    fill_folder(target, "a", "b/c")
    (target / "mine").touch()
    with pytest.raises(UsageError, match="is not empty"):
        fill_folder(target, "d")
    fill_folder(target, "d", force=True, old=("a", "b/c", "last"))
    assert list_files(tmp_path) == ["t/d", "t/last", "t/mine"]
    assert not (target / "b").exists()


@pytest.mark.parametrize(
    ("existing", "new"), [("a/x", "a"), ("b", "b/c")], ids=["folder for file", "file for folder"]
)
def test_obstacle_in_a_folder(tmp_path: Path, existing: str, new: str) -> None:
    """A folder of the user is not replaced by a file, nor a file by a folder."""
    target = tmp_path / "t"
    (target / existing).parent.mkdir(parents=True)
    (target / existing).touch()
    with pytest.raises(UsageError, match="is in the way; move it, or name another folder"):
        fill_folder(target, new, force=True)
    assert list_files(target) == [existing]


def test_file_at_a_folder(tmp_path: Path) -> None:
    """A file is never replaced by a folder."""
    (tmp_path / "t").touch()
    with pytest.raises(UsageError, match="is a file"):
        fill_folder(tmp_path / "t", "a", force=True)
