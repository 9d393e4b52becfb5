"""Interpretation: words become countries and a filter."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilatcli.errors import UsageError
from bilatcli.index.store import Index
from bilatcli.query.errors import Ambiguous, NoSuchCountry
from bilatcli.query.filters import Filter
from bilatcli.query.interpret import Query, interpret, require_country
from bilatcli.query.names import Match
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
        "subjects": [],
        "filter": "jf-17",
        "unused": [],
        "dropped": [],
        "missing": [],
        "topic": "military",
        "all": True,
        "verified": False,
        "as_of": None,
        "since": None,
        "until": None,
        "verification": None,
        "status": None,
        "from": None,
        "to": None,
        "mentions": None,
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
        (["kash"], "on kashmir", False),
        (["kash*"], "on kashmir", True),
        (["embassies"], "an embassi", True),
        (["sold"], "soldier", False),
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
def test_a_word_matches_its_forms(words: list[str], text: str, *, expected: bool) -> None:
    """A text must have a form of each word. Several words match if written as one, too."""
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
