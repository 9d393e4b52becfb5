"""Whole names: what was given in one piece is read as `resolve` reads it."""

from __future__ import annotations

import pytest

from bilatcli.index.store import Index
from bilatcli.query.countries import resolve_name
from bilatcli.query.errors import NoSuchCountry
from bilatcli.query.interpret import interpret
from bilatcli.query.request import Request


@pytest.mark.parametrize(
    "name",
    [
        "Kongo (KDR)",
        "Korea, Dem. People's Rep.",
        "China, Hong Kong SAR",
        "Китай, Специальный административный район Гонконг",
        "République d'Irlande",
        "la République française",
        "Republika Cypryjska",
        "Republik Portugl",
        "Suède",
        "Mỹ",
        "É.-U.",
        "Burma (Myanmar)",
        "Belgique (la)",
    ],
)
def test_a_question_reads_a_name_as_resolve_does(index: Index, name: str) -> None:
    """A name in quotes is the same country for every command, alone and beside another one."""
    match = resolve_name(name, index).match
    assert match is not None
    assert interpret(Request("summary", [name]), index).codes == [match.code]
    found = interpret(Request("facts", [name, "pakistan"]), index)
    assert [(each.input, each.code) for each in found.countries] == [
        (name, match.code),
        ("pakistan", "PK"),
    ]
    assert found.words == []


@pytest.mark.parametrize("name", ["Georgia (US)", "Norfolk (county in England)", "Atlanta, GA"])
def test_a_contradiction_is_refused(index: Index, name: str) -> None:
    """A name whose qualifier contradicts it is none, and is told as it was given."""
    assert resolve_name(name, index).match is None
    with pytest.raises(NoSuchCountry, match="no country is called") as caught:
        interpret(Request("facts", [name]), index)
    assert name in str(caught.value)


@pytest.mark.parametrize(
    ("words", "codes", "others"),
    [
        (["Azerbaijan, Pakistan"], ["AZ", "PK"], []),
        (["Azerbaijan, Pakistan, Turkey"], ["AZ", "PK", "TR"], []),
        (["Taiwan, China"], ["TW", "CN"], []),
        (["azerbaijan pakistan jf-17"], ["AZ", "PK"], ["jf-17"]),
        (["people of Pakistan nuclear"], ["PK"], ["nuclear"]),
        (["joint exercises of turkey, azerbaijan and pakistan"], ["TR", "AZ", "PK"], None),
        (["République", "d'Irlande", "pakistan"], ["IE", "PK"], []),
        (["Royaume", "d'Espagne", "france"], ["ES", "FR"], []),
        (["pakistan", "democratic republic of the cogno"], ["PK", "CD"], []),
    ],
)
def test_other_phrases_keep_their_words(
    index: Index, words: list[str], codes: list[str], others: list[str] | None
) -> None:
    """Lists of countries and words of the filter stay what they are."""
    found = interpret(Request("facts", words), index)
    assert found.codes == codes
    assert others is None or found.typed_words == others
