"""Every view in every format, as it was last looked at; `pytest --snapshot-update` after looking at what changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from support import DATA, Run

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

SMALL = str(DATA / "small.toml")

QUESTIONS = {
    "summary": ["summary", "iceland", "mongolia"],
    "summary-of-one-country": ["summary", "fiji"],
    "facts": ["facts", "iceland", "mongolia"],
    "timeline": ["timeline", "iceland", "mongolia", "--chart", "--since", "1973"],
    "diff": ["diff", "iceland", "mongolia", "1985", "2010"],
    "military": ["military", "iceland", "mongolia", "--all"],
    "stances": ["stances", "iceland", "mongolia"],
    "cite": ["cite", "iceland", "mongolia"],
    "cite-of-a-fact": ["cite", "is-mn/recognised-1973"],
    "cite-of-a-source": ["cite", "urdu-daily"],
    "show": ["show", "is-mn/yak-1-order"],
    "show-of-a-source": ["show", "yearbook-2010"],
    "list": ["list", "--country", "mongolia", "--curated"],
}
FORMATS = ["json", "ndjson", "csv", "tsv", "markdown"]


@pytest.fixture(scope="module")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A home whose cache is kept, so that the small pack is compiled once."""
    return str(tmp_path_factory.mktemp("home"))


def answer(run: Run, home: str, question: str, *options: str, width: int = 100) -> str:
    """What the installed command says on standard output."""
    env = {"HOME": home, "COLUMNS": str(width)}
    result = run(*QUESTIONS[question], "--data", SMALL, *options, env=env)
    assert (result.code, result.err) == (0, "")
    return result.out


@pytest.mark.parametrize("width", [50, 60, 100, 200])
@pytest.mark.parametrize("question", QUESTIONS)
def test_table(
    run: Run, shared_home: str, snapshot: SnapshotAssertion, question: str, width: int
) -> None:
    """The table of each view looks as it did, at each width; below 60 columns it is a list."""
    assert answer(run, shared_home, question, "--format", "table", width=width) == snapshot


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("question", QUESTIONS)
def test_format(
    run: Run, shared_home: str, snapshot: SnapshotAssertion, question: str, format: str
) -> None:
    """Each view's answer in each format for machines is, character for character, what it was."""
    assert answer(run, shared_home, question, "--format", format) == snapshot


@pytest.mark.parametrize("width", [50, 100])
def test_fields(run: Run, shared_home: str, snapshot: SnapshotAssertion, width: int) -> None:
    """A table of chosen fields has a column a field, and below 60 columns a line a field."""
    fields = "id,date,actors,quantity,value_usd,note"
    assert (
        answer(run, shared_home, "military", "--format", "table", "--fields", fields, width=width)
        == snapshot
    )


def test_colour(run: Run, shared_home: str, snapshot: SnapshotAssertion) -> None:
    """In colour, doubt and standing are coloured, and nothing else but headings and asides."""
    shown = answer(
        run, shared_home, "facts", "--format", "table", "--color", "always", "--topic", "stance"
    )
    # Rich draws a number for each hyperlink by lot.
    assert re.sub("\x1b]8;id=[0-9]+;", "\x1b]8;;", shown) == snapshot


def test_real_summary(run: Run, snapshot: SnapshotAssertion) -> None:
    """The summary of Azerbaijan–Pakistan fits a screen of 100 columns and 40 lines, the prompt included."""
    result = run("summary", "azerbaijan", "pakistan", "--format", "table", env={"COLUMNS": "100"})
    assert (result.code, result.err) == (0, "")
    assert result.out == snapshot
    assert len(result.out.splitlines()) <= 44
    assert max(map(cell_len, result.out.splitlines())) <= 100


def test_real_military(run: Run, snapshot: SnapshotAssertion) -> None:
    """The story of the JF-17 is told in a table of 100 columns."""
    result = run("military", "az", "pk", "jf-17", "--format", "table", env={"COLUMNS": "100"})
    assert (result.code, result.err) == (0, "")
    assert result.out == snapshot
