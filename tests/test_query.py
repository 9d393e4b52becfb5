"""A question as it was asked, and as it is understood."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilatcli.errors import NoSuchCountry, UsageError
from bilatcli.filters import Filter
from bilatcli.index import Index
from bilatcli.names import Match
from bilatcli.query import MAX_COUNTRIES, MAX_TOKENS, Query, Request, require_country, understand
from bilatcli.views import VIEWS, run


def asked(index: Index, *words: str, **options: object) -> Query:
    """How a question is understood."""
    return understand(Request("facts", words, **options), index)


def found(index: Index, *words: str) -> list[str]:
    """The ids of the facts that answer a question."""
    document = run(VIEWS["facts"], Request("facts", words, all=True), index).load()
    return [fact["id"] for fact in document["facts"]]


def test_what_is_not_asked_for_is_not_set() -> None:
    """A question without options asks for none, and for no format."""
    request = Request("facts", ["az", "pk"])
    assert (request.text, request.all, request.verified, request.topic) == ("az pk", False, False, None)
    assert (request.format, request.fields, request.data, request.color) == (None, None, (), "auto")


def test_what_is_asked_for_is_set() -> None:
    """Options become the question's, `--json` the format and `--fields` a list."""
    options = {
        "all": True,
        "verified": True,
        "topic": "trade",
        "json": True,
        "fields": " id, date,,text ",
        "data": ["x"],
    }
    request = Request("facts", [], **options)
    assert (request.all, request.verified, request.topic, request.format) == (True, True, "trade", "json")
    assert (request.fields, request.data) == (["id", "date", "text"], ("x",))


def test_json_may_be_asked_for_twice() -> None:
    """`--json --format json` asks for one format."""
    assert Request("facts", [], json=True, format="json").format == "json"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"json": True, "format": "table"}, "--json and --format table ask for two formats: give one of them"),
        ({"format": "jsno"}, "--format cannot be `jsno`: did you mean `json`?"),
        ({"format": "x"}, "--format cannot be `x`: there are table, json, ndjson, csv, tsv, markdown"),
        ({"format": ""}, "--format cannot be ``: there are table, json, ndjson, csv, tsv, markdown"),
        ({"topic": "millitary"}, "--topic cannot be `millitary`: did you mean `military`?"),
        ({"color": "allways"}, "--color cannot be `allways`: did you mean `always`?"),
        ({"fields": ""}, "--fields names nothing: give keys with commas between, such as `id,date,text`"),
        ({"fields": " , "}, "--fields names nothing: give keys with commas between, such as `id,date,text`"),
    ],
)
def test_what_cannot_be_asked(options: dict[str, object], message: str) -> None:
    """An option that makes no sense is refused in one sentence that says what does."""
    with pytest.raises(UsageError) as refused:
        Request("facts", ["az"], **options)
    assert refused.value.message == message


def test_the_command_for_other_words() -> None:
    """A suggested command asks the same of other words, quoted for a shell."""
    request = Request("facts", ["az"], all=True, verified=True, topic="trade")
    assert request.command(["côte d'ivoire", "az"]) == (
        """bilatcli facts 'côte d'"'"'ivoire' az --topic trade --all --verified"""
    )


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
def test_what_is_left_over_is_the_filter(index: Index, words: list[str], codes: list[str], rest: str | None) -> None:
    """Words that no country takes are the filter, as they were typed, wherever they stand."""
    query = asked(index, *words)
    assert (query.codes(), query.filter) == (codes, rest)


@pytest.mark.parametrize("words", [["jf-17"], ["jf17"], ["JF–17"], ["JF 17"], ["JF", "17"], ["17", "jf"]], ids=" ".join)
def test_a_designation_is_found_however_it_is_written(index: Index, words: list[str]) -> None:
    """`jf-17`, `jf17` and `JF 17` all find every fact that names the aircraft, and leave the others out."""
    every = run(VIEWS["facts"], Request("facts", ["az", "pk"], all=True), index).load()["facts"]
    named = [fact["id"] for fact in every if "JF-17" in fact["text"]]
    assert len(named) > 10
    ids = found(index, "az", "pk", *words)
    assert set(named) <= set(ids)
    assert "az-pk/recognition-1991" not in ids


def test_every_word_of_a_filter_counts(index: Index) -> None:
    """Two words find the facts that have both, in any order."""
    both = found(index, "az", "pk", "jf-17", "block")
    assert both
    assert set(both) == set(found(index, "az", "pk", "block", "jf-17"))
    assert set(both) == set(found(index, "az", "pk", "jf-17")) & set(found(index, "az", "pk", "block"))


@pytest.mark.parametrize(
    ("rest", "words", "takes"),
    [
        ([], "", True),
        (["kash"], "on kashmir", True),
        (["mir"], "on kashmir", False),
        (["KASHMIR"], "on kashmir", True),
        (["jf-17"], "jf 17 jf17", True),
        (["jf17"], "jf 17 jf17", True),
        (["jf-18"], "jf 17 jf17", False),
        (["kashmir", "jf17"], "on kashmir", False),
    ],
)
def test_a_filter_is_the_beginning_of_words(rest: list[str], words: str, *, takes: bool) -> None:
    """A word of a filter is found at the beginning of a fact's words, not inside them."""
    assert Query(Request("facts"), [], Filter(rest)).taking()(f" {words} ") is takes


def test_the_query_of_a_document(index: Index) -> None:
    """A document says how its question was read: each country with what was typed, how it matched and how well."""
    query = asked(index, "azerbaijn", "pak", "jf-17", all=True, topic="military")
    assert json.loads(query.json()) == {
        "text": "azerbaijn pak jf-17",
        "countries": [
            {"input": "azerbaijn", "code": "AZ", "name": "Azerbaijan", "match": "fuzzy", "score": 90.0},
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


@given(st.text())
def test_any_words_make_valid_json(text: str) -> None:
    """Whatever was typed comes back in the document as it was typed."""
    match = Match(text, "AZ", text, kind="fuzzy", score=90.1)
    told = json.loads(Query(Request("facts", [text]), [match], Filter([text] if text else [])).json())
    assert (told["text"], told["filter"]) == (text, text or None)
    assert told["countries"] == [{"input": text, "code": "AZ", "name": text, "match": "fuzzy", "score": 90.1}]


@pytest.mark.parametrize(
    ("words", "notes"),
    [
        (["azerbaijn", "pk"], ["reading `azerbaijn` as Azerbaijan (AZ)"]),
        (["east timor"], ["reading `east timor` as Timor-Leste (TL)"]),
        (["azerbaijan", "Baku", "az"], []),
    ],
)
def test_what_was_read_otherwise_is_noted(index: Index, words: list[str], notes: list[str]) -> None:
    """A misspelt or former name is noted, so that nobody is misled; what was typed rightly is not."""
    assert asked(index, *words).notes() == notes


@pytest.mark.parametrize(
    ("typed", "filter", "unused", "notes"),
    [
        ("thunder", "thunder", [], []),
        ("JF-17", "JF-17", [], []),
        ("jf17 block", "jf17 block", [], []),
        ("excercises", "exercises", [], ["reading `excercises` as the word `exercises`"]),
        ("khojali", "khojaly", [], ["reading `khojali` as the word `khojaly`"]),
        ("nagorno-karabah", "nagorno-karabakh", [], ["reading `nagorno-karabah` as the word `nagorno-karabakh`"]),
        ("jf-17 zzz qqq", "jf-17", ["zzz", "qqq"], ["no fact has `zzz`: left out", "no fact has `qqq`: left out"]),
        ("zzz", "zzz", [], []),
        ("jf-99", "jf-99", [], []),
    ],
)
def test_a_filter_is_forgiving(index: Index, typed: str, filter: str, unused: list[str], notes: list[str]) -> None:
    """Words that no fact has are mended where that is clear, else left out and named; alone they leave nothing."""
    query = asked(index, "az", "pk", typed)
    assert (query.filter, query.unused, query.notes()) == (filter, unused, notes)


def test_too_many_words(index: Index) -> None:
    """A question of more words than a question has is refused, and one of just as many is not."""
    assert asked(index, *["word"] * MAX_TOKENS).filter
    with pytest.raises(UsageError) as refused:
        asked(index, *["word"] * (MAX_TOKENS + 1))
    assert refused.value.message == f"{MAX_TOKENS + 1} words are no question: give at most {MAX_TOKENS}"


def test_too_many_countries(index: Index) -> None:
    """As many countries as the statements have room for are taken, each counted once, and no more."""
    countries = ["az", "pk", "tr", "ir", "ge", "kz", "uz", "tm", "tj"]
    room = countries[:MAX_COUNTRIES]
    assert len(asked(index, *room, *room).codes()) == len(room) < len(countries)
    with pytest.raises(UsageError) as refused:
        asked(index, *countries)
    assert refused.value.message == f"9 countries are too many: name at most {MAX_COUNTRIES}"


def test_a_country_is_required(index: Index) -> None:
    """Without a country a question is no question: one with words gets the nearest names, one without an example."""
    require_country(asked(index, "az"), index)
    with pytest.raises(NoSuchCountry) as missed:
        require_country(asked(index, "azrbjn", all=True), index)
    assert missed.value.candidates[0].command == "bilatcli facts az --all"
    with pytest.raises(NoSuchCountry) as strange:
        require_country(asked(index, "qqqqqqq"), index)
    assert strange.value.message == ("no country is called `qqqqqqq`: give a country's name, code, capital or people")
    with pytest.raises(UsageError) as empty:
        require_country(asked(index), index)
    assert empty.value.message == "name a country or two, as in `bilatcli facts azerbaijan pakistan`"


@given(st.lists(st.text(st.characters(), max_size=12), max_size=6))
def test_whatever_is_typed_is_understood_or_refused(index: Index, words: list[str]) -> None:
    """Any words, lone surrogates included, make a query or one of our errors, and valid JSON."""
    try:
        query = asked(index, *words)
    except (UsageError, NoSuchCountry):
        return
    assert json.loads(query.json())["countries"] == [
        {"input": m.input, "code": m.code, "name": m.name, "match": m.match, "score": m.score} for m in query.countries
    ]
