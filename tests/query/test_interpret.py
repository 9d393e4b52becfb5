"""Interpretation: words become countries and a filter, and messages quote what was typed."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilatcli.errors import Ambiguous, NoSuchCountry, UsageError
from bilatcli.index.store import Index
from bilatcli.query.countries import Match
from bilatcli.query.filters import Filter
from bilatcli.query.interpret import (
    MAX_COUNTRIES,
    MAX_QUERY_WORDS,
    Query,
    find_option_country,
    interpret,
    require_country,
)
from bilatcli.query.request import Request
from support import Run


def make_query(index: Index, *words: str, **options: object) -> Query:
    """Return the interpretation of words and options of the view `facts`."""
    return interpret(Request("facts", words, **options), index)


@pytest.mark.parametrize(
    ("words", "codes", "rest"),
    [
        (["az", "pk", "jf-17"], ["AZ", "PK"], "jf-17"),
        (["jf-17", "az-pk"], ["AZ", "PK"], "jf-17"),
        (["az", "jf17", "pk"], ["AZ", "PK"], "jf17"),
        (["azerbaijan pakistan JF 17"], ["AZ", "PK"], "JF 17"),
        (["pakistan and kashmir"], ["PK"], "kashmir"),
        (["kashmir"], [], "kashmir"),
        (["az", "pk"], ["AZ", "PK"], None),
        ([], [], None),
        (["", "  "], [], None),
    ],
)
def test_other_words_are_the_filter(
    index: Index, words: list[str], codes: list[str], rest: str | None
) -> None:
    """Words that are not countries are the filter, as typed, in any place."""
    query = make_query(index, *words)
    assert (query.codes, query.filter) == (codes, rest)


def test_pairs_of_countries(index: Index) -> None:
    """Each pair of countries is a relation id, its codes in alphabetical order."""
    assert make_query(index, "tr", "az", "pk", "az").pairs == ["az-pk", "az-tr", "pk-tr"]
    assert make_query(index, "tr").pairs == []


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
        ["Nagorno-Karabah"],
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
        request.pop_dates()
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
    match = find_option_country(Request("list", country=name), index)
    assert (match.code, match.name, match.input) == ("AZ", "Azerbaijan", name)


@pytest.mark.parametrize("name", ["", "  ", None])
def test_an_empty_country_option(index: Index, name: str | None) -> None:
    """An empty name is another error than an unknown one."""
    with pytest.raises(UsageError) as refused:
        find_option_country(Request("list", country=name), index)
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
            "Banana",
            NoSuchCountry,
            "no country is called `Banana`",
            "bilatcli search kashmir talks --country ca --all",
        ),
    ],
)
def test_a_country_option_that_is_refused(
    index: Index, name: str, error: type[Exception], problem: str, command: str
) -> None:
    """Each candidate has the command with its code in the option."""
    request = Request("search", ["kashmir", "talks"], country=name, all=True)
    with pytest.raises((Ambiguous, NoSuchCountry)) as refused:
        find_option_country(request, index)
    assert type(refused.value) is error
    assert refused.value.problem == problem
    assert refused.value.candidates[0].command == command


# --- notes and documents


@pytest.mark.parametrize(
    ("words", "notes"),
    [
        ("azerbaijn pk", ["reading `azerbaijn` as Azerbaijan (AZ)"]),
        ("east timor", ["reading `east timor` as Timor-Leste (TL)"]),
        ("az excercises", ["reading `excercises` as the word `exercises`"]),
        ("az jf-17 zzz", ["ignoring `zzz`: no fact mentions it"]),
        ("azerbaijan Baku az", []),
    ],
)
def test_notes(index: Index, words: str, notes: list[str]) -> None:
    """Misspelt and former names, corrected words and ignored words are noted."""
    assert make_query(index, *words.split()).notes() == notes or (
        make_query(index, words).notes() == notes
    )


def test_the_query_of_a_document(index: Index) -> None:
    """A document says how each country was found, with what was typed and the score."""
    query = make_query(index, "azerbaijn", "pak", "jf-17", all=True, topic="military")
    assert json.loads(query.to_json()) == {
        "text": "azerbaijn pak jf-17",
        "countries": [
            {
                "input": "azerbaijn",
                "code": "AZ",
                "name": "Azerbaijan",
                "match": "fuzzy",
                "score": 90.0,
            },
            {"input": "pak", "code": "PK", "name": "Pakistan", "match": "code", "score": 100.0},
        ],
        "filter": "jf-17",
        "unused": [],
        "topic": "military",
        "all": True,
        "verified": False,
        "as_of": None,
        "since": None,
        "until": None,
    }
    query = make_query(index, "az", "jf-17", "zzz", as_of="2020", since="2001", until="2019")
    document = json.loads(query.to_json())
    assert document["unused"] == ["zzz"]
    assert [document[key] for key in ("as_of", "since", "until")] == [
        "2020-12-31",
        "2001-01-01",
        "2019-12-31",
    ]


@given(st.text())
def test_any_words_make_valid_json(text: str) -> None:
    """The document has any text as it was typed."""
    match = Match(text, "AZ", text, kind="fuzzy", score=90.1)
    query = Query(Request("facts", [text]), [match], Filter([text] if text else []))
    document = json.loads(query.to_json())
    assert (document["text"], document["filter"]) == (text, text or None)
    assert document["countries"] == [
        {"input": text, "code": "AZ", "name": text, "match": "fuzzy", "score": 90.1}
    ]


@given(st.lists(st.text(st.characters(), max_size=12), max_size=6))
def test_any_words_are_interpreted_or_refused(index: Index, words: list[str]) -> None:
    """Any words, lone surrogates included, make a query or a named error."""
    try:
        query = make_query(index, *words)
        require_country(query, index)
    except (UsageError, NoSuchCountry, Ambiguous):
        return
    assert [each["code"] for each in json.loads(query.to_json())["countries"]] == [
        match.code for match in query.countries
    ]


# --- the filter


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        ([], "", True),
        (["kash"], "on kashmir", True),
        (["mir"], "on kashmir", False),
        (["KASHMIR"], "on kashmir", True),
        (["jf-17"], "jf 17 jf17", True),
        (["jf17"], "jf 17 jf17", True),
        (["jf-18"], "jf 17 jf17", False),
        (["kashmir", "jf17"], "on kashmir", False),
        (["jf", "17"], "jf17", True),
        (["jf", "17"], "xjf17", False),
        (["jf", "17"], "jf 18", False),
    ],
)
def test_a_word_matches_prefixes(words: list[str], text: str, *, expected: bool) -> None:
    """Each word must be the prefix of a word. Several words match if written as one, too."""
    matches = Query(Request("facts"), [], Filter(words)).make_word_matcher()
    assert matches(f" {text} ") is expected


@pytest.mark.parametrize(
    "words", [["jf-17"], ["jf17"], ["JF–17"], ["JF 17"], ["JF", "17"], ["17", "jf"]], ids=" ".join
)
def test_a_designation_in_any_spelling(run: Run, words: list[str]) -> None:
    """`jf-17`, `jf17` and `JF 17` all find every fact that names the aircraft."""
    everything = json.loads(run("facts", "az", "pk", "--all", "--json").out)["facts"]
    named = {fact["id"] for fact in everything if "JF-17" in fact["text"]}
    assert len(named) > 10
    found = json.loads(run("facts", "az", "pk", *words, "--all", "--json").out)["facts"]
    assert named <= {fact["id"] for fact in found}
    assert "az-pk/recognition-1991" not in {fact["id"] for fact in found}
