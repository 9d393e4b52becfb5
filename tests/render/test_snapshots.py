"""Answers as they looked when somebody last read them.

After a change read the difference, then run `pytest --snapshot-update`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from render_support import SMALL
from support import Run

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    FileSnapshot = Callable[[str], SnapshotAssertion]

QUESTIONS = {
    "summary": ("summary", "iceland", "mongolia"),
    "summary-of-one-country": ("summary", "fiji"),
    "facts": ("facts", "iceland", "mongolia"),
    "timeline": ("timeline", "iceland", "mongolia", "--chart", "--since", "1973"),
    "diff": ("diff", "iceland", "mongolia", "1985", "2010"),
    "military": ("military", "iceland", "mongolia", "--all"),
    "stances": ("stances", "iceland", "mongolia"),
    "matrix": ("stances", "iceland", "mongolia", "--matrix"),
    "cite": ("cite", "iceland", "mongolia"),
    "cite-of-a-fact": ("cite", "is-mn/recognised-1973"),
    "cite-of-a-source": ("cite", "urdu-daily"),
    "show": ("show", "is-mn/yak-1-order"),
    "show-of-a-source": ("show", "yearbook-2010"),
    "list": ("list", "--country", "mongolia", "--curated"),
    "resolve": ("resolve", "congo", "icland"),
}
ENDINGS = {"csv": "csv", "markdown": "md"}


def ask(run: Run, question: str, *options: str, width: int = 100) -> str:
    """Return what a question prints on standard output."""
    env = {"COLUMNS": str(width)}
    result = run(*QUESTIONS[question], "--data", SMALL, *options, env=env)
    assert result.code == (1 if question == "resolve" else 0)
    return result.out


@pytest.mark.parametrize("width", [60, 100])
@pytest.mark.parametrize("question", QUESTIONS)
def test_table(run: Run, file_snapshot: FileSnapshot, question: str, width: int) -> None:
    """A table looks as it did."""
    assert ask(run, question, "--format", "table", width=width) == file_snapshot("txt")


@pytest.mark.parametrize("format", ENDINGS)
@pytest.mark.parametrize("question", ["summary", "stances", "diff"])
def test_format(run: Run, file_snapshot: FileSnapshot, question: str, format: str) -> None:
    """Rows for spreadsheets and pages look as they did."""
    # The lines of CSV end with CRLF, those of a snapshot with LF.
    text = ask(run, question, "--format", format).replace("\r\n", "\n")
    assert text == file_snapshot(ENDINGS[format])


@pytest.mark.parametrize("width", [50, 100])
def test_fields(run: Run, file_snapshot: FileSnapshot, width: int) -> None:
    """Chosen fields are a column each, or below 60 columns a line each."""
    fields = ("--fields", "id,date,actors,quantity,value_usd,note")
    assert ask(run, "military", "--format", "table", *fields, width=width) == file_snapshot("txt")


def test_a_bundled_summary_fits_a_screen(run: Run) -> None:
    """The summary of Azerbaijan and Pakistan fits 100 columns and 44 lines."""
    result = run("summary", "azerbaijan", "pakistan", "--format", "table", env={"COLUMNS": "100"})
    assert (result.code, result.err) == (0, "")
    lines = result.out.splitlines()
    assert len(lines) <= 44
    assert max(map(cell_len, lines)) <= 100
