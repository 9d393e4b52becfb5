"""Progress bars for slow work."""

from __future__ import annotations

from time import monotonic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

DELAY_S = 1
"""Seconds before a bar is drawn: quick work shows none."""


def make_progress_callback(stream: TextIO) -> Callable[..., None]:
    """Return a callback that draws bars on a terminal: (done, total, label="compiling packs")."""
    start = monotonic()
    bars: dict[str, Callable[[int, int], None]] = {}

    def report_progress(done: int, total: int, label: str = "compiling packs") -> None:
        if label not in bars and monotonic() - start > DELAY_S:
            from bilatcli.render.terminal import start_progress_bar

            bars[label] = start_progress_bar(stream, label)
        if label in bars:
            bars[label](done, total)

    return report_progress
