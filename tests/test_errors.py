"""Errors: messages with hints, flags on the command line, candidates with their commands."""

from __future__ import annotations

import pytest

from bilatcli.error_details import Candidate, PackError, Problem
from bilatcli.errors import (
    MAX_MESSAGE_LENGTH,
    BilatcliError,
    EnvironmentFault,
    IndexDamaged,
    UsageError,
)
from bilatcli.query.errors import Ambiguous, NoSuchCountry, NoSuchRecord, NothingRecorded

MALI = Candidate("ML", "Mali", command="bilatcli facts ml", score=75.0)
MALTA = Candidate("MT", "Malta", command="bilatcli facts mt", score=66.7)
ONLY_GENERATED = "no facts on Fiji–Peru, only generated data: `bilatcli facts ml`"
ID = Candidate("az-pk/a", "az-pk/a")


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (UsageError("no country given"), "no country given"),
        (UsageError("no country given", hint="name one"), "no country given; name one"),
        (NoSuchCountry("mail", [MALI]), "no country is called `mail`; did you mean Mali (ML)?"),
        (
            NoSuchCountry("xyz"),
            "no country is called `xyz`; give a name, code, capital or demonym",
        ),
        (
            Ambiguous("Ma", [MALI, MALTA]),
            "`Ma` could mean Mali (ML) or Malta (MT); choose one",
        ),
        (
            Ambiguous("Ma", [MALI, MALTA, ID]),
            "`Ma` could mean Mali (ML), Malta (MT) or az-pk/a; choose one",
        ),
        (
            NothingRecorded("Fiji–Peru", [MALI, MALTA], more=3),
            "no facts on Fiji–Peru; related: Mali (ML), Malta (MT) and 3 more (`bilatcli list`)",
        ),
        (
            NothingRecorded("Fiji–Peru", [MALTA], outline=MALI),
            f"{ONLY_GENERATED}; related: Malta (MT)",
        ),
        (
            NothingRecorded("Fiji–Peru", []),
            "no facts on Fiji–Peru; `bilatcli list` shows what is recorded",
        ),
        (
            NothingRecorded("Fiji–Peru", [], outline=MALI),
            ONLY_GENERATED,
        ),
        (NoSuchRecord("b", [ID]), "no fact or source has the id `b`; did you mean az-pk/a?"),
        (
            NoSuchRecord("b"),
            "no fact or source has the id `b`; `bilatcli search jf-17` finds ids by words",
        ),
        (
            IndexDamaged(),
            "the index is damaged; empty the cache folder, or install bilatcli again",
        ),
        (PackError([Problem("a", "b")]), "1 problem in the packs"),
        (PackError([Problem("a", "b")] * 2, what="references"), "2 problems in the references"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BilatcliError) else "",
)
def test_a_message_is_the_problem_and_then_the_hint(error: BilatcliError, message: str) -> None:
    """A message states the problem in one clause, then what to do."""
    assert error.message == str(error) == message


@pytest.mark.parametrize(
    ("error", "kind", "exit_code"),
    [
        (UsageError(""), "usage", 2),
        (EnvironmentFault(""), "environment", 2),
        (IndexDamaged(), "environment", 2),
        (PackError([]), "pack", 2),
        (NoSuchCountry(""), "no-such-country", 1),
        (Ambiguous("", [MALI]), "ambiguous", 1),
        (NothingRecorded("", []), "nothing-recorded", 1),
        (NoSuchRecord(""), "no-such-record", 1),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BilatcliError) else "",
)
def test_an_error_has_a_kind_and_an_exit_code(
    error: BilatcliError, kind: str, exit_code: int
) -> None:
    """Programs tell errors apart by their kind. An empty or ambiguous answer exits with 1."""
    assert (error.kind, error.exit_code) == (kind, exit_code)


@pytest.mark.parametrize(
    ("problem", "hint", "options", "shown"),
    [
        ("`limit` cannot be `0`", "", ["limit"], "`--limit` cannot be `0`"),
        ("`as_of` cannot be `as_of`", "", ["as_of"], "`--as-of` cannot be `as_of`"),
        ("`topic` is empty", "", [], "`topic` is empty"),
        (
            "`citations` applies to Markdown only",
            "set `format` to markdown",
            ["citations", "format"],
            "`--citations` applies to Markdown only; set `--format` to markdown",
        ),
    ],
)
def test_the_command_line_shows_flags(
    problem: str, hint: str, options: list[str], shown: str
) -> None:
    """Only the command line spells an option as a flag, and never changes what was typed."""
    error = UsageError(problem, hint=hint, options=options)
    assert error.command_line_message == shown
    assert error.lines() == [f"bilatcli: {shown}"]
    assert "--" not in error.message


def test_candidates_are_printed_with_their_commands() -> None:
    """Each candidate that has a command is a line; one without a command is not."""
    error = NoSuchCountry("mail", [MALI, ID])
    assert error.lines()[1:] == ["  bilatcli facts ml  Mali (ML)"]
    assert error.candidates == (MALI, ID)


def test_an_outline_is_the_first_candidate() -> None:
    """An outline of the pair itself comes before related relations."""
    assert NothingRecorded("Fiji–Peru", [MALTA], outline=MALI).candidates == (MALI, MALTA)


def test_a_long_message_is_shortened() -> None:
    """A message that quotes megabytes keeps its beginning and its end."""
    message = UsageError(f"bad {'x' * 10_000_000}", hint="shorten it").message
    assert len(message) == MAX_MESSAGE_LENGTH + len(" … ")
    assert message.startswith("bad x")
    assert message.endswith("x; shorten it")
    problem = Problem("y" * 5_000, "z" * 5_000)
    assert len(problem.what) == len(problem.remedy) == MAX_MESSAGE_LENGTH + len(" … ")


def test_problems_are_sorted_by_place() -> None:
    """Problems are printed by file, line and column; one of the whole file has no line."""
    error = PackError(
        [
            Problem("late", "fix it", file="a.toml", line=10, column=1),
            Problem("early", "fix it", file="a.toml", line=9, column=2),
            Problem("whole", "fix it", file="a.toml"),
        ]
    )
    assert error.lines() == [
        "a.toml: whole: fix it",
        "a.toml:9:2: early: fix it",
        "a.toml:10:1: late: fix it",
        "bilatcli: 3 problems in the packs",
    ]
