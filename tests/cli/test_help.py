"""`help`, `topics` and `open`."""

from __future__ import annotations

import webbrowser

import pytest

from bilatcli import vocabulary
from bilatcli.cli.commands import topics
from bilatcli.cli.commands.help import STATUS_MEANINGS
from bilatcli.render.standing import MEANINGS
from support import Run

SOURCE = "azernews-200281"


def test_help(run: Run) -> None:
    """`help` is the general help, `help COMMAND` that of a command."""
    assert run("help").out == run("--help").out
    assert run("help", "facts").out == run("facts", "--help").out
    assert run("help", "check").out == run("check", "--help").out


def test_help_on_nothing(run: Run) -> None:
    """A word that is no command has a suggestion."""
    result = run("help", "factz")
    assert (result.code, result.out) == (2, "")
    assert "facts" in result.err


def test_words(run: Run) -> None:
    """`help words` explains every word for the standing of a fact or a source."""
    lines = run("help", "words", env={"COLUMNS": "80"}).out.splitlines()
    words = {line.strip().split("  ")[0] for line in lines}
    expected = {
        *MEANINGS,
        *vocabulary.STATUSES,
        *vocabulary.VERIFICATIONS,
        *vocabulary.COVERAGES,
        *vocabulary.RELIABILITIES,
    }
    assert expected <= words
    assert max(map(len, lines)) <= 80
    assert tuple(STATUS_MEANINGS) == vocabulary.STATUSES


def test_topics(run: Run) -> None:
    """Each topic has a line, in the order of the topics."""
    result = run("topics")
    assert (result.code, result.err) == (0, "")
    assert tuple(line.split("\t")[0] for line in result.out.splitlines()) == vocabulary.TOPICS
    assert tuple(topics.MEANINGS) == vocabulary.TOPICS


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the addresses that a browser is given."""
    addresses: list[str] = []

    def open_address(address: str) -> bool:
        addresses.append(address)
        return True

    monkeypatch.setattr(webbrowser, "open", open_address)
    return addresses


@pytest.mark.parametrize("id", [SOURCE, "az-pk/recognition-1991"])
def test_open(run: Run, opened: list[str], id: str) -> None:
    """The browser gets the address of the source, or of the first source of a fact."""
    result = run("open", id)
    assert (result.code, result.out) == (0, "")
    assert result.err == f"bilatcli: opened {opened[0]}\n"
    assert opened == ["https://azernews.az/nation/200281.html"]


def test_no_browser(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a browser the address is printed."""
    monkeypatch.setattr(webbrowser, "open", lambda _: False)
    result = run("open", SOURCE)
    assert (result.code, result.out) == (0, "https://azernews.az/nation/200281.html\n")


def test_nothing_to_open(run: Run, opened: list[str]) -> None:
    """An unknown id, no id, or a source without a copy opens nothing."""
    assert run("open", "no-such-source").code == 1
    assert run("open").code == 2
    assert "archived copy" in run("open", SOURCE, "--archived").err
    assert opened == []
