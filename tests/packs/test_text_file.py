"""The text of a file is read within limits, or the file is refused with a reason."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bilatcli.error_details import PackError
from bilatcli.packs import text_file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the path of the file that a test writes."""
    return tmp_path / "own.toml"


def problem_of(path: Path) -> str:
    """Return the only problem of a file, without the file's name."""
    with pytest.raises(PackError) as error:
        text_file.read_text(path)
    (problem,) = error.value.problems
    return str(problem).removeprefix(f"{path}:").lstrip()


def test_byte_order_mark(file: Path) -> None:
    """A byte order mark is no part of the text."""
    file.write_bytes("\ufeffé = 1\r\n".encode())
    assert text_file.read_text(file) == "é = 1\r\n"


@pytest.mark.parametrize("content", ["", " \n\n", "\ufeff", "\f", "\v\n"])
def test_empty_file(file: Path, content: str) -> None:
    """A file without content is refused."""
    file.write_text(content, encoding="utf-8")
    assert problem_of(file) == "1:1: the file is empty: start the pack with a [pack] table"


def test_folder(tmp_path: Path) -> None:
    """A folder is refused, with what to name instead."""
    assert problem_of(tmp_path) == "this is a folder: name the .toml files in it"


@pytest.mark.parametrize(
    ("name", "reason"), [("none.toml", "no such file or directory"), ("\0", "not a file name")]
)
def test_missing_file(tmp_path: Path, name: str, reason: str) -> None:
    """A path that leads nowhere is refused."""
    assert problem_of(tmp_path / name) == f"cannot read the file ({reason}): check the path"


@pytest.mark.skipif(os.name != "posix", reason="pipes are made as on POSIX")
def test_named_pipe(file: Path) -> None:
    """A named pipe is refused: reading it would wait for ever."""
    os.mkfifo(file)
    assert problem_of(file) == "cannot read the file (this is a named pipe): check the path"


@pytest.mark.skipif(os.name != "posix", reason="devices are named as on POSIX")
def test_device(file: Path) -> None:
    """A device is refused: it may have no end."""
    file.symlink_to("/dev/zero")
    assert problem_of(file) == "cannot read the file (this is a device): check the path"


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 0)() == 0, reason="root may read every file")
def test_unreadable_file(file: Path) -> None:
    """A file without permission to read is refused."""
    file.write_text("a = 1", encoding="utf-8")
    file.chmod(0)
    assert problem_of(file) == "cannot read the file (permission denied): check the path"


def test_other_encoding(file: Path) -> None:
    """A file in another encoding is refused at its first wrong byte, columns in characters."""
    file.write_bytes("# é\n# ü then Latin-1: ".encode() + b"\xe9\n")
    assert problem_of(file) == "2:19: this is not UTF-8: save the file as UTF-8"


def test_largest_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of the maximum size is read; one byte more is refused, before it is parsed."""
    file.write_text("a = 1\nb = 2", encoding="utf-8")
    monkeypatch.setattr(text_file, "MAX_BYTES", 11)
    assert text_file.read_text(file)
    monkeypatch.setattr(text_file, "MAX_BYTES", 10)
    assert problem_of(file) == "2:5: the file is larger than 0 MiB: split it into several packs"


def test_most_values(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file with the maximum number of marks is read; the first mark too many is refused."""
    text = "# X = , [ { .\na.b = [1,\n2]"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setattr(text_file, "MAX_MARKS", 9)
    assert text_file.read_text(file) == text
    for limit, place in ((8, "2:9"), (7, "2:7"), (0, "1:5")):
        monkeypatch.setattr(text_file, "MAX_MARKS", limit)
        what = f"the file has more than {limit} values"
        assert problem_of(file) == f"{place}: {what}: split it into several packs"


def test_longest_key(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long lines are refused if, as keys, they would have too many prefixes; short lines never."""
    file.write_text(f"k{'.a' * 150} = 1\nl{'.a' * 200} = 1\n", encoding="utf-8")
    monkeypatch.setattr(text_file, "MAX_PREFIXES", (150 * 150 + 200 * 200) // 2)
    assert text_file.read_text(file)
    monkeypatch.setattr(text_file, "MAX_PREFIXES", (150 * 150 + 200 * 200) // 2 - 1)
    what = "this may be a key of 201 parts; keys of packs have at most three"
    assert problem_of(file) == f"2:1: {what}: break the line, or remove it"
    monkeypatch.setattr(text_file, "MAX_PREFIXES", 0)
    file.write_text(f"kk{'.a' * 97} = 1\n", encoding="utf-8")
    assert text_file.read_text(file)
    file.write_text(f"kkk{'.a' * 97} = 1\n", encoding="utf-8")
    assert "a key of 98 parts" in problem_of(file)
