"""Question words: small words of a question are dropped, in several languages."""

from __future__ import annotations

import json

import pytest

from bilatcli.index import Statement
from bilatcli.index.store import Index
from bilatcli.query.interpret import Query, interpret
from bilatcli.query.question_words import WORD_CODES
from bilatcli.query.request import Request
from support import Run


def make_query(index: Index, text: str) -> Query:
    """Return the interpretation of a question."""
    return interpret(Request("facts", [text]), index)


@pytest.mark.parametrize(
    ("text", "codes", "words", "dropped"),
    [
        ("what has Turkey sold to Azerbaijan", "TR AZ", "sold", "what has"),
        ("does Pakistan have an embassy in Yerevan?", "PK AM", "embassy", "does have"),
        ("who recognises Armenia", "AM", "recognises", "who"),
        ("Welche Botschaft hat Pakistan in Armenien", "PK AM", "Botschaft", "Welche hat"),
        ("Quelle est la position du Pakistan", "PK", "position", "Quelle est la"),
        ("Какая позиция Пакистана", "PK", "позиция", "Какая"),
        ("Pakistan neden embassy", "PK", "embassy", "neden"),
        ("az pk WHO visit", "AZ PK", "WHO visit", ""),
        ("who supplies il", "IL", "supplies", "who"),
        ("de la jf-17", "DE LA", "jf-17", ""),
        ("country profile of Armenia", "AM", "", "country profile"),
        ("bilateral relations of India and China", "IN CN", "", "bilateral relations"),
        ("trade relations between India and China", "IN CN", "trade", "relations"),
        ("diplomatic relations India China", "IN CN", "diplomatic relations", ""),
        ("Beziehungen zwischen Indien und China", "IN CN", "", "Beziehungen"),
        ("что Турция продала Азербайджану", "TR AZ", "", "что продала"),
        ("Türkiye Azerbaycan'a ne sattı", "TR AZ", "", "sattı"),  # noqa: RUF001 -- Turkish
        ("پاکستان اور ترکی کے تعلقات", "PK TR", "", "کے تعلقات"),
    ],
)
def test_question_words_are_dropped(
    index: Index, text: str, codes: str, words: str, dropped: str
) -> None:
    """The other words are the filter. What is an acronym or a code of a country stays."""
    query = make_query(index, text)
    assert " ".join(query.codes) == codes
    assert " ".join([*query.plain_words, *query.unused]) == words
    assert " ".join(query.dropped) == dropped


def test_question_words_alone(index: Index) -> None:
    """If all words are question words, they are said to be dropped, or kept if nothing is left."""
    query = make_query(index, "az pk what")
    assert (query.words, query.dropped) == ([], ["what"])
    assert query.notes() == ["ignoring `what`: question words do not filter facts"]
    assert make_query(index, "what").words == ["what"]
    assert make_query(index, "what has az sold pk").notes() == []


@pytest.mark.parametrize(
    ("argv", "filter", "dropped"),
    [
        (("military", "az", "tr", "sold"), None, ["sold"]),
        (("facts", "what has az sold tr"), None, ["what", "has", "sold"]),
        (("military", "az", "pk", "sold", "jf-17"), "jf-17", ["sold"]),
        (("facts", "armenia", "russia", "delivered"), "delivered", []),
    ],
)
def test_optional_words(
    run: Run, argv: tuple[str, ...], filter: str | None, dropped: list[str]
) -> None:
    """A verb of a sale filters the facts that say it; if none does, it is dropped with a note."""
    result = run(*argv, "--json")
    query = json.loads(result.out)["query"]
    assert (result.code, query["filter"], query["dropped"]) == (0, filter, dropped)
    assert ("ignoring `sold`: none of these facts mentions it" in result.err) == bool(dropped)


def test_search_for_question_phrase(run: Run) -> None:
    """A search drops question phrases, unless it has no other word."""
    found = json.loads(run("search", "overview of drones", "--json").out)
    assert (found["query"]["filter"], found["query"]["dropped"]) == ("drones", ["overview"])
    assert json.loads(run("search", "list of", "--json").out)["query"]["filter"] == "list"


def test_search_drops_question_words(run: Run) -> None:
    """A search for a question finds what its other words find."""
    found = [
        json.loads(run("search", *words.split(), "--json").out)
        for words in ("who supplies arms", "supplies arms")
    ]
    assert found[0]["facts"] == found[1]["facts"] != []
    assert found[0]["query"]["dropped"] == ["who"]


def test_codes_that_are_question_words(index: Index) -> None:
    """All codes of countries that are question words of a language but English are known."""
    statement = Statement(
        "test_codes",
        """
        SELECT DISTINCT q.word FROM question_word q
        JOIN name n ON n.normalized = q.word AND n.kind = 'code'
        WHERE q.language <> 'en'
        """,
    )
    codes = {row["word"] for row in index.rows(statement)}
    assert codes - {"am", "as", "in", "so"} <= WORD_CODES | {"is", "at"}
    assert codes >= WORD_CODES
