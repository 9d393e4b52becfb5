"""Errors of questions: they quote what was typed, and candidates have commands."""

from __future__ import annotations

import json

import pytest

from bilatcli.errors import UsageError
from bilatcli.index.store import Index
from bilatcli.query.date_words import pop_dates
from bilatcli.query.errors import Ambiguous, NoSuchCountry
from bilatcli.query.interpret import (
    MAX_QUERY_WORDS,
    Query,
    interpret,
    require_country,
)
from bilatcli.query.names import MAX_COUNTRIES
from bilatcli.query.refusals import find_option_countries
from bilatcli.query.request import Request
from support import Run


def make_query(index: Index, *words: str, **options: object) -> Query:
    """Return the interpretation of words and options of the view `facts`."""
    return interpret(Request("facts", words, **options), index)


# --- messages quote what was typed


@pytest.mark.parametrize(
    "words",
    [
        ["mail"],
        ["truce"],
        ["true"],
        ["excercises"],
        ["MAIL", "Excercises"],
        ["azrbjn"],
        ["JF-17"],
        ["qqqqqqq"],
    ],
    ids=" ".join,
)
def test_no_country_is_called_as_typed(index: Index, words: list[str]) -> None:
    """A word that was corrected for the filter is quoted as typed, never as corrected."""
    with pytest.raises(NoSuchCountry) as refused:
        require_country(make_query(index, *words), index)
    assert refused.value.problem == f"no country is called `{' '.join(words)}`"


@pytest.mark.parametrize("words", [["of"], ["of", "The"], ["about"]], ids=" ".join)
def test_words_that_say_nothing_are_quoted(index: Index, words: list[str]) -> None:
    """Words that never filter are quoted if there are no others."""
    with pytest.raises(NoSuchCountry) as refused:
        require_country(make_query(index, *words), index)
    assert refused.value.problem == f"no country is called `{' '.join(words)}`"


@pytest.mark.parametrize(
    ("typed", "quoted"),
    [("Korea", "Korea"), ("KOREA az", "KOREA"), ("az-Korea", "Korea"), ("cONGO", "cONGO")],
)
def test_an_ambiguous_name_is_quoted_as_typed(index: Index, typed: str, quoted: str) -> None:
    """An ambiguous name keeps its case and loses what is joined to it."""
    with pytest.raises(Ambiguous) as refused:
        make_query(index, typed)
    assert refused.value.problem.startswith(f"`{quoted}` could mean ")


@pytest.mark.parametrize(
    ("line", "quoted"),
    [
        ("facts mail", "`mail`"),
        ('{"view":"facts","words":"mail"}', "`mail`"),
        ('{"view":"facts","words":["mail","excercises"]}', "`mail excercises`"),
        ('{"view":"facts","words":[true]}', "`words` must be text"),
        ('{"view":"facts","words":["true"]}', "`true`"),
    ],
)
def test_a_batch_quotes_what_was_typed(run: Run, line: str, quoted: str) -> None:
    """A line of a batch is quoted as it is."""
    result = run("batch", stdin=line + "\n")
    message = json.loads(result.out)["error"]["message"]
    assert quoted in message
    assert "mali" not in message.split(";")[0]
    assert "truce" not in message


# --- a country is required


def test_a_country_is_required(index: Index) -> None:
    """Without a country the nearest are suggested, each with the command for it."""
    require_country(make_query(index, "az"), index)
    with pytest.raises(NoSuchCountry) as refused:
        require_country(make_query(index, "azrbjn", all=True), index)
    assert refused.value.hint.startswith("did you mean Azerbaijan (AZ)")
    first = refused.value.candidates[0]
    assert (first.id, first.name, first.command) == ("AZ", "Azerbaijan", "bilatcli facts az --all")
    assert first.score is not None
    assert 0 < first.score < 100
    with pytest.raises(NoSuchCountry) as strange:
        require_country(make_query(index, "qqqqqqq"), index)
    assert strange.value.hint == "give a name, code, capital or demonym"


@pytest.mark.parametrize(
    ("view", "words", "example"),
    [
        ("facts", "", "bilatcli facts azerbaijan pakistan"),
        ("diff", "2024 2026", "bilatcli diff azerbaijan pakistan 2024 2026"),
    ],
)
def test_an_example_without_words(index: Index, view: str, words: str, example: str) -> None:
    """Without any words the hint is an example, with the dates that were given."""
    request = Request(view, words.split())
    if words:
        pop_dates(request)
    with pytest.raises(UsageError) as refused:
        require_country(interpret(request, index), index)
    assert refused.value.message == f"no country given; name one or two, as in `{example}`"


def test_too_many_words(index: Index) -> None:
    """The number of words is limited."""
    assert make_query(index, *["word"] * MAX_QUERY_WORDS).filter
    with pytest.raises(UsageError) as refused:
        make_query(index, *["word"] * (MAX_QUERY_WORDS + 1))
    assert refused.value.message == (
        f"{MAX_QUERY_WORDS + 1} words are too many; give at most {MAX_QUERY_WORDS}"
    )


def test_too_many_countries(index: Index) -> None:
    """The number of countries is limited, each counted once."""
    countries = ["az", "pk", "tr", "ir", "ge", "kz", "uz", "tm", "tj"]
    allowed = countries[:MAX_COUNTRIES]
    assert len(make_query(index, *allowed, *allowed).codes) == MAX_COUNTRIES
    with pytest.raises(UsageError) as refused:
        make_query(index, *countries)
    assert refused.value.message == f"9 countries are too many; name at most {MAX_COUNTRIES}"


@pytest.mark.parametrize(
    ("words", "commands"),
    [
        (["congo", "az"], {"CD": "bilatcli facts cd az", "CG": "bilatcli facts cg az"}),
        (["dominican az"], {"DM": "bilatcli facts dm az", "DO": "bilatcli facts do az"}),
        (
            ["pk", "Korea", "jf-17"],
            {"KP": "bilatcli facts pk kp jf 17", "KR": "bilatcli facts pk kr jf 17"},
        ),
    ],
)
def test_an_ambiguous_name_has_commands(
    index: Index, words: list[str], commands: dict[str, str]
) -> None:
    """Each candidate has a command with its code in the place of the name."""
    with pytest.raises(Ambiguous) as refused:
        make_query(index, *words)
    assert {each.id: each.command for each in refused.value.candidates} == commands
    assert {each.score for each in refused.value.candidates} == {100.0}


# --- the country of an option


@pytest.mark.parametrize("name", ["Azerbaijan", "aze", "baku", "azerbaijn"])
def test_the_country_of_an_option(index: Index, name: str) -> None:
    """The option takes a name, a code, a capital and a misspelt name."""
    (match,) = find_option_countries(Request("list", country=name), index)
    assert (match.code, match.name, match.input) == ("AZ", "Azerbaijan", name)


@pytest.mark.parametrize("name", ["", "  ", None])
def test_an_empty_country_option(index: Index, name: str | None) -> None:
    """An empty name is another error than an unknown one."""
    with pytest.raises(UsageError) as refused:
        find_option_countries(Request("list", country=name), index)
    assert refused.value.message == "`country` is empty; give a country, such as azerbaijan"


@pytest.mark.parametrize(
    ("name", "error", "problem", "command"),
    [
        (
            "Korea",
            Ambiguous,
            "`Korea` could mean North Korea (KP) or South Korea (KR)",
            "bilatcli search kashmir talks --country kp --all",
        ),
        (
            "azrbjn",
            NoSuchCountry,
            "no country is called `azrbjn`",
            "bilatcli search kashmir talks --country az --all",
        ),
    ],
)
def test_a_country_option_that_is_refused(
    index: Index, name: str, error: type[Exception], problem: str, command: str
) -> None:
    """Each candidate has the command with its code in the option."""
    request = Request("search", ["kashmir", "talks"], country=name, all=True)
    with pytest.raises((Ambiguous, NoSuchCountry)) as refused:
        find_option_countries(request, index)
    assert type(refused.value) is error
    assert refused.value.problem == problem
    assert refused.value.candidates[0].command == command
