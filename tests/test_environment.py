"""The environment of a run: folders, sizes, the day, and lines of input."""

from __future__ import annotations

import io
import os
from pathlib import Path

import platformdirs
import pytest

from bilatcli import environment as module
from bilatcli.environment import PIPE_HEIGHT, PIPE_WIDTH, BoundedLines, Environment
from bilatcli.errors import UsageError


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"XDG_CACHE_HOME": "/x/cache", "XDG_DATA_HOME": "/x/data"},
        {"XDG_CACHE_HOME": "", "XDG_DATA_HOME": "  "},
        {"XDG_CACHE_HOME": "cache", "XDG_DATA_HOME": "./data"},
    ],
    ids=["unset", "set", "blank", "relative"],
)
def test_folders_are_those_of_the_platform(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]
) -> None:
    """The folders are those of platformdirs, which respects the XDG variables."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    found = Environment()
    assert found.cache_folder == platformdirs.user_cache_dir("bilatcli", appauthor=False)
    assert found.data_folder == platformdirs.user_data_dir("bilatcli", appauthor=False)


@pytest.mark.parametrize(
    ("platform", "cache_folder", "data_folder"),
    [
        ("darwin", "/u/Library/Caches/bilatcli", "/u/Library/Application Support/bilatcli"),
        ("win32", "/u/AppData/Local/bilatcli/Cache", "/u/AppData/Local/bilatcli"),
    ],
)
def test_folders_of_other_platforms(platform: str, cache_folder: str, data_folder: str) -> None:
    """Both macOS and Windows have folders of their own."""
    found = Environment(environ={"HOME": "/u"}, platform=platform)
    folders = found.cache_folder, found.data_folder
    assert tuple(folder.replace(os.sep, "/") for folder in folders) == (cache_folder, data_folder)


@pytest.mark.parametrize(
    ("variables", "folder"),
    [
        ({"APPDATA": "/r", "LOCALAPPDATA": "/l"}, "/r/bilatcli"),
        ({"LOCALAPPDATA": "/l"}, "/l/bilatcli"),
        ({}, "/u/AppData/Local/bilatcli"),
    ],
)
def test_configuration_on_windows(variables: dict[str, str], folder: str) -> None:
    """The configuration file roams with its user, if there is a folder that does."""
    found = Environment(environ={"HOME": "/u", **variables}, platform="win32")
    assert found.config_folder.replace(os.sep, "/") == folder


@pytest.mark.parametrize(
    ("variables", "size"),
    [
        ({}, (PIPE_WIDTH, PIPE_HEIGHT)),
        ({"COLUMNS": "60", "LINES": "20"}, (60, 20)),
        ({"COLUMNS": "0", "LINES": "x"}, (PIPE_WIDTH, PIPE_HEIGHT)),
    ],
)
def test_size_without_a_terminal(variables: dict[str, str], size: tuple[int, int]) -> None:
    """The size comes from the variables, or else from constants."""
    found = Environment(stdout=io.StringIO(), environ=variables)
    assert (found.width, found.height) == size


@pytest.mark.parametrize(
    ("epoch", "day"),
    [("0", "1970-01-01"), ("1795860000", "2026-11-28"), ("32503680000", "3000-01-01")],
)
def test_day_of_the_epoch(epoch: str, day: str) -> None:
    """SOURCE_DATE_EPOCH sets the day."""
    assert Environment(environ={"SOURCE_DATE_EPOCH": epoch}).today == day


@pytest.mark.parametrize("epoch", ["", "soon", "-1", "9" * 12])
def test_invalid_epoch(epoch: str) -> None:
    """A SOURCE_DATE_EPOCH that is not a time is ignored."""
    today = Environment(environ={}).today
    assert Environment(environ={"SOURCE_DATE_EPOCH": epoch}).today >= today


def test_colour_needs_a_terminal() -> None:
    """A stream that is not a terminal has no colour, whatever the variables say."""
    assert not Environment(stdout=io.StringIO(), environ={"TERM": "xterm"}).has_colour


def test_line_that_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that is too long is an error, and the next line can be read."""
    monkeypatch.setattr(module, "MAX_LINE_LENGTH", 5)
    lines = BoundedLines(io.StringIO("1234\n" + "x" * 23 + "\nlast"))
    assert next(lines) == "1234\n"
    with pytest.raises(UsageError, match="more than 5 characters"):
        next(lines)
    assert list(lines) == ["last"]


class TerminalStream(io.TextIOWrapper):
    """A terminal that is written to as bytes."""

    def isatty(self) -> bool:
        """Return True, as a terminal does."""
        return True


@pytest.mark.parametrize(
    ("platform", "given", "written"),
    [
        ("win32", {}, "Şuşa\n".encode()),
        ("win32", {"PYTHONIOENCODING": "cp1254"}, b"\xdeu\xfea\n"),
        ("linux", {}, b"\xdeu\xfea\r\n"),
    ],
)
def test_pipes_on_windows(platform: str, given: dict[str, str], written: bytes) -> None:
    """On Windows a pipe gets UTF-8 and LF; elsewhere the stream stays as Python opens it."""
    pipe = io.BytesIO()
    stream = io.TextIOWrapper(pipe, encoding="cp1254", newline="\r\n", errors="backslashreplace")
    environment = Environment(stdout=stream, stderr=stream, environ=given, platform=platform)
    environment.unify_pipes()
    stream.write("Şuşa\n")
    stream.flush()
    assert pipe.getvalue() == written
    assert stream.errors == "backslashreplace"


def test_a_terminal_of_windows_stays() -> None:
    """What goes to a terminal is as Python opens it, and a stream that is closed is none."""
    stream = TerminalStream(io.BytesIO(), encoding="cp1254", newline="\r\n")
    environment = Environment(stdout=stream, environ={}, platform="win32")
    environment.stderr = None
    environment.unify_pipes()
    assert stream.encoding == "cp1254"


def test_resources_are_closed_unless_the_process_ends() -> None:
    """A resource is closed at once, or left to the system if the process ends with the run."""
    first, second = io.StringIO(), io.StringIO()
    environment = Environment()
    environment.release(first)
    environment.ends_with_run = True
    environment.release(second)
    assert (first.closed, second.closed) == (True, False)
