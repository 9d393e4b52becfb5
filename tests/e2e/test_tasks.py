"""People's tasks: what is typed, and what the first screen of 80 columns and 24 lines holds.

The tasks are in `tests/data/tasks.toml`.
"""

from __future__ import annotations

import shlex
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support import DATA, make_environ, show_on_terminal

HEIGHT = 24
TODAY = "1795824000"
"""28 November 2026, so that dates such as `last year` do not change."""
TASKS = tomllib.loads((DATA / "tasks.toml").read_text("utf-8"))

Show = Callable[[str], tuple[int, str]]
"""Returns the exit code of a command line, and its first screen with one space between words."""


@pytest.fixture
def show(home: Path, cache: Path) -> Show:
    """Return a function that shows the first screen of a command line."""

    def call(typed: str) -> tuple[int, str]:
        environ = make_environ(home, cache, SOURCE_DATE_EPOCH=TODAY)
        code, lines = show_on_terminal(shlex.split(typed), environ, height=HEIGHT)
        return code, " ".join(" ".join(lines[:HEIGHT]).split())

    return call


@pytest.mark.usefixtures("all_packs")
@pytest.mark.parametrize(
    "task", [*TASKS["analyst"], *TASKS["world"]], ids=lambda task: str(task["typed"])
)
def test_first_screen_has_the_answer(
    show: Show, task: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    """The first screen holds the answer, or says that there is none and where there is one."""
    if "--style" in task["typed"]:
        request.getfixturevalue("installed_styles")
    code, screen = show(task["typed"])
    assert code == task.get("code", 0)
    assert [piece for piece in task["holds"] if piece not in screen] == []
    assert task.get("lacks", "did you mean") not in screen
