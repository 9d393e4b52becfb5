"""The progress bars of long work."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from bilatcli.cli import main, progress
from bilatcli.cli.commands import version
from bilatcli.environment import Environment
from bilatcli.errors import EnvironmentFault
from bilatcli.index import store
from support import make_environ


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Return True."""
        return True


def test_bars(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bar is drawn after one second, and each kind of work has its own."""
    now = iter([0.0, 0.5, 1.5, 1.5, 2.0])
    monkeypatch.setattr(progress, "monotonic", lambda: next(now, 3.0))
    stream = Terminal()
    report = progress.make_progress_callback(stream)
    report(1, 10, "exporting")
    assert stream.getvalue() == ""
    report(5, 10, "exporting")
    report(10, 10, "exporting")
    assert "exporting" in stream.getvalue()
    report(1, 10)
    report(10, 10)
    assert "compiling packs" in stream.getvalue()


@pytest.mark.parametrize("line", ["az pk", "facts az pk", "map az pk", "--version --json"])
def test_progress_whenever_an_index_is_opened(
    home: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    """The first call that opens the index may compile it, also while a view is looked for."""

    def open_index(environment: Environment, *_: Any, **__: Any) -> None:
        has_progress.append(environment.on_progress is not None)
        raise EnvironmentFault("no index")

    has_progress: list[bool] = []
    for module in (version, store):
        monkeypatch.setattr(module, "open_index", open_index)
    environment = Environment(stdout=io.StringIO(), stderr=Terminal(), environ=make_environ(home))
    assert main.run(line.split(), environment) == 2
    assert has_progress == [True]
