"""Shell completion: what is offered for the last word."""

from __future__ import annotations

import pytest

from bilatcli.cli.commands import COMMANDS, completion, schema
from bilatcli.query.options import FORMATS
from bilatcli.views import VIEWS, View
from bilatcli.vocabulary import RELIABILITIES, TOPICS
from support import Run


def completed(run: Run, *words: str) -> list[str]:
    """Return the completions of the last word."""
    result = run("--complete", *words)
    assert (result.code, result.err) == (0, "")
    return [line.split("\t")[0] for line in result.out.splitlines()]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([""], [*VIEWS, *COMMANDS]),
        (["s"], ["summary", "stances", "search", "show", "schema"]),
        (["nonsense", "a"], []),
        (["facts", "az", "--to"], ["--topic", "--to"]),
        (["list", "--to"], []),
        (["facts", "--topic", ""], [*TOPICS]),
        (["facts", "--format", ""], [*FORMATS]),
        (["facts", "--topic=tra"], ["--topic=trade", "--topic=transport"]),
        (["facts", "--all=tr"], []),
        (["facts", "--fields", "id,te"], ["id,text"]),
        (["list", "--fields", "na"], ["name"]),
        (["stances", "--matrix", "--fields", "hol"], ["holder"]),
        (["issues", "--fields", "id,st"], ["id,stances"]),
        (["events", "--fields", "fi"], ["first"]),
        (["facts", "--data", ""], []),
        (["list", "azer"], []),
        (["facts", "recog"], []),
        (["import", "--reliability", "o"], [word for word in RELIABILITIES if word[0] == "o"]),
        (["import", "--reliability=o"], ["--reliability=official"]),
        (["import", "refs"], []),
        (["report", "az", "-o", ""], []),
        (["report", "az", "--ver"], ["--verified", "--verification"]),
        (["completion", ""], [*completion.SHELLS]),
        (["schema", ""], schema.list_schemas()),
    ],
    ids=" ".join,
)
def test_completions(run: Run, words: list[str], expected: list[str]) -> None:
    """Commands, options, their values, and other words are completed."""
    assert completed(run, *words) == expected


@pytest.mark.parametrize("view", VIEWS.values(), ids=lambda view: view.name)
def test_completed_fields(run: Run, view: View) -> None:
    """Every view takes all fields that are completed for it."""
    words = {"ID": "az-pk/recognition-1991", "": "", "NAME": "az", "TEXT": "embassy"}
    dates = ("2024", "2026") if view.words == "WORDS FROM TO" else ()
    command = [view.name, *filter(None, [words.get(view.words, "az-pk"), *dates])]
    fields = completed(run, *command, "--fields", "")
    assert fields
    assert run(*command, "--fields", ",".join(fields)).err == run(*command).err


@pytest.mark.parametrize("words", [["facts"], ["map"], ["list", "--country"]], ids=" ".join)
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("azer", "azerbaijan"),
        ("Côte", "cote-d-ivoire"),
        ("south-k", "south-korea"),
        ("Bak", "baku"),
        ("Azərb", "azerbaycan"),
    ],
)
def test_countries(run: Run, words: list[str], typed: str, expected: str) -> None:
    """Countries are offered under all their names, as one word that the tool understands."""
    assert expected in completed(run, *words, typed)
    assert "no country" not in run("summary", expected).err


def test_no_translations(run: Run) -> None:
    """Names in English and in the language of the country are offered, no translations."""
    assert completed(run, "stances", "kas") == ["kashmir"]
    assert set(completed(run, "facts", "azer")) == {"azerbaijan", "azerbaycan"}


def test_before_a_letter(run: Run) -> None:
    """Before a letter is typed, relations are offered, or countries if there can be only one."""
    assert completed(run, "facts", "")[0] == "ad-es"
    assert completed(run, "list", "--country", "")[0] == "afghanistan"
    for flag in ("--from", "--to", "--mentions"):
        assert set(completed(run, "military", flag, "azerb")) == {"azerbaijan", "azerbaycan"}


def test_ids_and_issues(run: Run) -> None:
    """Views that take ids offer those of facts and sources, and `stances` offers issues."""
    assert "az-pk/recognition-1991" in completed(run, "show", "az-pk/recog")
    assert "recognition-1991" in completed(run, "cite", "recog")
    assert "azernews-200281" in completed(run, "show", "azernews-2002")
    assert completed(run, "stances", "kash")[0] == "kashmir"


def test_meanings(run: Run) -> None:
    """Each completion has its meaning after a tab."""
    for line in run("--complete", "").out.splitlines():
        assert len(line.split("\t")[1]) > 10


@pytest.mark.parametrize("shell", completion.SHELLS)
def test_script_of_a_shell(run: Run, shell: str) -> None:
    """`completion SHELL` prints the script for that shell."""
    result = run("completion", shell)
    assert (result.code, result.err) == (0, "")
    assert "bilatcli --complete" in result.out
