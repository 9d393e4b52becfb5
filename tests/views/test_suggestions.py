"""Every command that an error or a note suggests works when it is pasted."""

from __future__ import annotations

import re
import shlex

import pytest

from support import Run

COMMAND = re.compile(r"`(bilatcli [^`]+)`|^  (bilatcli .+?)  \S", re.MULTILINE)
OPTION = re.compile(r"`(--[a-z-]+(?: \d+)?)`")

QUESTIONS = [
    "facts iran mongolia",
    "military iran mongolia nuclear",
    "timeline iran mongolia --all",
    "stances iran mongolia --verified",
    "cite fiji peru",
    "facts fiji peru",
    "summary korea pk",
    "diff korea pk 2020 2024",
    "facts korea",
    "facts banana",
    "facts mail",
    "facts congo --topic trade",
    "summary",
    "facts",
    "timeline",
    "military",
    "diff",
    "diff az pk",
    "diff 2020 2024",
    "stances",
    "search",
    "cite",
    "show",
    "resolve",
    "list azerbaijan",
    "list --country banana",
    "list --country korea --curated",
    "search kashmir --country korea",
    "search kashmir --country banana",
    "show recognition-199",
    "show az-pk/recognition-199",
    "az-pk/recognition-199",
    "cite az-pk/recognition-199",
    "facts az pk xyzzyx",
    "timeline az pk --until 1000",
    "search qqqqqqqq",
    "list --country andorra --curated",
    "az-pk/xyzzyx",
]


def find_commands(err: str) -> list[list[str]]:
    """Return the commands that lines of standard error suggest."""
    found = (quoted or listed for quoted, listed in COMMAND.findall(err))
    return [shlex.split(command)[1:] for command in found]


def check_commands(run: Run, question: str) -> list[list[str]]:
    """Assert that each command that an error suggests works, and return the commands."""
    result = run(*question.split())
    assert result.code != 0
    view = "show" if question[2] == "-" else question.split(maxsplit=1)[0]
    commands = find_commands(result.err)
    for command in commands:
        answer = run(*command, stdin="azerbaijan\n")
        may_be_empty = "could mean" in result.err
        assert answer.code == 0 or (may_be_empty and answer.code == 1), command
        assert "could mean" not in answer.err
    for suggested in re.findall(r"^  bilatcli (\S+)", result.err, re.MULTILINE):
        assert suggested in (view, "summary", "show")
    return commands


@pytest.mark.parametrize("question", QUESTIONS)
def test_commands_work(run: Run, question: str) -> None:
    """A suggested command is of the same view, or shows a summary, and has an answer.

    The country that an ambiguous name means may have no facts.
    """
    check_commands(run, question)


@pytest.mark.usefixtures("all_packs")
def test_commands_on_generated_facts_work(run: Run) -> None:
    """The countries of a pair without facts are compared on the same dates."""
    commands = check_commands(run, "diff andorra greenland 2020 2024")
    assert ["diff", "ad", "2020", "2024"] in commands
    assert ["diff", "gl", "2020", "2024"] in commands


@pytest.mark.parametrize(
    "question",
    [
        "search pakistan",
        "search talks yak",
        "facts is mn talks yak",
        "stances is mn 没有立场 --matrix",
    ],
)
def test_options_work(small: Run, question: str) -> None:
    """A suggested option, added to the question, gives an answer without that note."""
    argv = [*question.split(), "--format", "table"]
    first = small(*argv)
    (option,) = OPTION.findall(first.err)
    second = small(*argv, *option.split())
    assert (second.code, second.err) == (0, "")


@pytest.mark.parametrize(
    ("question", "option"),
    [
        ("facts is mn blankets --verified", "--verified"),
        ("diff is mn delivered 2007 2008 --verified", "--verified"),
        ("list --country andorra --curated", "--curated"),
    ],
)
def test_options_to_leave_out(small: Run, question: str, option: str) -> None:
    """A question without the option that a note names has an answer."""
    first = small(*question.split())
    assert first.code == 1
    assert f"leave out `{option}`" in first.err
    assert small(*question.replace(option, "").split()).code == 0
