"""The progress bars of long work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilatcli.cli import progress
from support import Terminal

if TYPE_CHECKING:
    import pytest


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
