"""What is said of a subject in place of a country, and that the commands offered have answers."""

from __future__ import annotations

import shlex

import pytest

from bilatcli.errors import BilatcliError
from bilatcli.index.store import Index
from bilatcli.query.errors import Ambiguous, FormerState, NoSuchCountry, NotACountry
from bilatcli.query.interpret import interpret, require_country
from bilatcli.query.refusals import find_option_countries
from bilatcli.query.request import Request
from support import Run

CASES = [
    (
        "summary karabagh",
        NotACountry,
        (
            "`karabagh` (Nagorno-Karabakh) has no ISO country code;"
            " try `bilatcli stances karabagh` or `bilatcli facts karabagh`"
        ),
    ),
    (
        "summary NATO",
        NotACountry,
        (
            "`NATO` is an organisation, not a country;"
            " try `bilatcli list --country NATO` or `bilatcli facts NATO`"
        ),
    ),
    (
        "summary Africa",
        NotACountry,
        (
            "`Africa` is a region, not a country;"
            " try `bilatcli list --country Africa` or `bilatcli facts Africa`"
        ),
    ),
    (
        "summary Hamas",
        NotACountry,
        "`Hamas` is a group, not a country; try `bilatcli facts Hamas`",
    ),
    (
        "summary Tuareg",
        NotACountry,
        "`Tuareg` are a people, not a country; no fact mentions it",
    ),
    (
        "summary Czechoslovakia",
        FormerState,
        "`Czechoslovakia` ended in 1992; its successors are Czechia (CZ), Slovakia (SK): name one",
    ),
    (
        "facts Ottoman-Empire",
        FormerState,
        "`Ottoman-Empire` ended in 1922; name Türkiye (TR)",
    ),
    (
        "summary Chechnya",
        NotACountry,
        "`Chechnya` is part of Russia (RU); ask about Russia (RU)",
    ),
    (
        "facts Bavaria",
        NotACountry,
        "`Bavaria` is part of Germany (DE); ask about Germany (DE)",
    ),
    (
        "facts texas mexico",
        NotACountry,
        "`texas` is part of United States (US); ask about United States (US)",
    ),
]


def refuse(index: Index, command: str) -> BilatcliError:
    """Return the error for a command line."""
    view, *words = command.split()
    query = interpret(Request(view, words), index)
    with pytest.raises(BilatcliError) as refused:
        require_country(query, index, takes_subjects=view != "summary")
    return refused.value


@pytest.mark.parametrize(("command", "kind", "message"), CASES, ids=[case[0] for case in CASES])
def test_messages(index: Index, command: str, kind: type[BilatcliError], message: str) -> None:
    """A subject is called what it is, neutrally, and the exit code is that of an empty answer."""
    error = refuse(index, command)
    assert type(error) is kind
    assert error.message == message
    assert error.exit_code == 1
    assert error.kind == ("ambiguous" if kind is FormerState else "no-such-country")


@pytest.mark.parametrize(
    "command",
    ["summary kashmir", "summary NATO", "summary Chechnya", "facts USSR", "facts texas mexico"],
)
def test_the_commands_have_answers(index: Index, run: Run, command: str) -> None:
    """Each command that is offered is understood, and has an answer."""
    candidates = refuse(index, command).candidates
    assert candidates
    for candidate in candidates:
        _, *argv = shlex.split(candidate.command)
        assert run(*argv, "--json").code == 0, candidate.command


@pytest.mark.parametrize("words", ["facts kashmir", "timeline kashmir", "facts NATO Turkey"])
def test_facts_take_subjects(index: Index, words: str) -> None:
    """A view of facts takes a subject that facts can mention."""
    view, *rest = words.split()
    require_country(interpret(Request(view, rest), index), index, takes_subjects=True)


def test_a_former_state_beside_a_country(index: Index) -> None:
    """A view that needs countries offers the successors of a former state with the others."""
    error = refuse(index, "summary ussr pakistan")
    assert error.candidates[0].command == "bilatcli summary ru pk"
    query = interpret(Request("facts", ["ussr", "pakistan"]), index)
    require_country(query, index, takes_subjects=True)
    assert query.notes() == ["`ussr` (Soviet Union) ended in 1991: showing what mentions it"]


def test_members_of_an_option(index: Index) -> None:
    """The option `--country` takes a region or an organisation as its members."""
    found = find_option_countries(Request("list", country="South Caucasus"), index)
    assert [(match.code, match.input, match.match) for match in found] == [
        ("AM", "South Caucasus", "member"),
        ("AZ", "South Caucasus", "member"),
        ("GE", "South Caucasus", "member"),
    ]


@pytest.mark.parametrize(
    ("name", "kind", "command"),
    [
        ("Kashmir", NotACountry, "bilatcli stances Kashmir"),
        ("Chechnya", NotACountry, "bilatcli list --country ru"),
        ("Yugoslavia", FormerState, "bilatcli list --country ba"),
        ("Korea", Ambiguous, "bilatcli list --country kp"),
        ("azrbjn", NoSuchCountry, "bilatcli list --country az"),
        ("kashmeer", NotACountry, "bilatcli stances Kashmir"),
    ],
)
def test_an_option_that_is_refused(
    index: Index, name: str, kind: type[BilatcliError], command: str
) -> None:
    """A subject without members is refused, with what has an answer."""
    with pytest.raises(BilatcliError) as refused:
        find_option_countries(Request("list", country=name), index)
    assert type(refused.value) is kind
    assert refused.value.candidates[0].command == command


def test_a_name_that_is_nothing(index: Index) -> None:
    """A word without anything near has no suggestion."""
    error = refuse(index, "facts latest")
    assert (type(error), error.candidates) == (NoSuchCountry, ())
