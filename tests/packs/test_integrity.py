"""The rules between the records of one pack, each kept and each broken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from bilatcli.packs import integrity

FACTS = ("relation", 0, "fact")


def fact(id: str, **more: object) -> dict[str, Any]:
    """A raw fact that keeps every rule."""
    return {"id": id, "sources": ["gazette-1"], "verification": "cited", **more}


def pack(*facts: object, **more: object) -> dict[str, Any]:
    """A raw pack of one relation that keeps every rule."""
    relation = {
        "id": "fj-is",
        "countries": ["IS", "FJ"],
        "sources": ["gazette-1"],
        "fact": list(facts),
    }
    return {"source": [{"id": "gazette-1"}, {"id": "gazette-2"}], "relation": [relation | more]}


def told(raw: Mapping[str, Any]) -> list[integrity.Finding]:
    """What the rules say of a raw pack."""
    return list(integrity.findings(raw))


def test_a_pack_that_keeps_every_rule() -> None:
    """Nothing is said of unique ids, known sources, and chains of facts that come to an end."""
    talks = fact("talks", superseded_by="order")
    order = fact("order", superseded_by="delivery")
    claim = fact("claim", sources=[], verification="citation-needed", superseded_by="delivery")
    assert told(pack(talks, order, fact("delivery"), claim)) == []


@pytest.mark.parametrize(
    "raw", [{}, {"source": [], "relation": []}, pack()], ids=["nothing", "no tables", "no facts"]
)
def test_a_pack_without_facts(raw: dict[str, Any]) -> None:
    """A pack may lack sources, relations and facts."""
    assert told(raw) == []


def test_ids_of_sources_are_unique() -> None:
    """The second source with an id is told, at its id."""
    raw = pack() | {"source": [{"id": "gazette-1"}, {"id": "gazette-1"}]}
    assert told(raw) == [
        (
            ("source", 1, "id"),
            "another source has the id `gazette-1`",
            "choose an id that is not taken",
        )
    ]


def test_ids_of_relations_are_unique() -> None:
    """A pair of countries stands once in a pack."""
    raw = pack()
    raw["relation"] *= 2
    assert told(raw) == [
        (
            ("relation", 1, "id"),
            "another relation has the id `fj-is`",
            "choose an id that is not taken",
        )
    ]


def test_ids_of_facts_are_unique() -> None:
    """Every further fact with an id is told, at its id."""
    what = "another fact of this relation has the id `visit`"
    assert told(pack(fact("visit"), fact("visit"), fact("visit"))) == [
        ((*FACTS, position, "id"), what, "choose an id that is not taken") for position in (1, 2)
    ]


def test_relations_may_share_the_id_of_a_fact() -> None:
    """Ids of facts are unique within their relation alone, since the relation is part of them."""
    raw = pack(fact("visit"))
    other = {"id": "is-to", "countries": ["IS", "TO"], "fact": [fact("visit")]}
    assert told({**raw, "relation": [*raw["relation"], other]}) == []


@pytest.mark.parametrize("id", ["is-fj", "fj", "FJ-IS", "az-pk"])
def test_a_relation_is_named_by_its_countries(id: str) -> None:
    """The id of a relation is its two codes in the order of the alphabet, lower case."""
    assert told(pack(id=id)) == [
        (("relation", 0, "id"), f"`{id}` is not the id of this pair", "write `fj-is`"),
    ]


@pytest.mark.parametrize("countries", [[], ["FJ"], ["FJ", "IS", "TO"]])
def test_a_relation_has_two_countries(countries: list[str]) -> None:
    """Fewer or more than two countries are told at the list, and the id is left alone."""
    what = f"a relation has two countries, this has {len(countries)}"
    assert told(pack(countries=countries)) == [
        (("relation", 0, "countries"), what, "name two codes")
    ]


@pytest.mark.parametrize("key", ["sources", "established_sources", "status_sources"])
def test_sources_of_a_relation_exist(key: str) -> None:
    """An unknown source of the relation is told at its place in the list, with the nearest that there is."""
    assert told(pack(**{key: ["gazette-2", "gazete-2"]})) == [
        (("relation", 0, key, 1), "no source has the id `gazete-2`", "did you mean `gazette-2`?")
    ]


def test_sources_of_a_fact_exist() -> None:
    """An unknown source of a fact that is like no other is told with what to add."""
    assert told(pack(fact("visit", sources=["gazette-1", "xyz"]))) == [
        ((*FACTS, 0, "sources", 1), "no source has the id `xyz`", "add a [[source]] with this id")
    ]


@pytest.mark.parametrize("verification", ["cited", "single-source-claim", "conflicting"])
def test_a_fact_without_source_says_so(verification: str) -> None:
    """A fact without sources must be marked as one that needs a citation."""
    assert told(pack(fact("visit", sources=[], verification=verification))) == [
        (
            (*FACTS, 0, "sources"),
            f"`visit` has no source but is `{verification}`",
            'name a source, or write verification = "citation-needed"',
        )
    ]


def test_a_successor_exists() -> None:
    """A successor that no fact of the relation has is told with the nearest one that there is."""
    assert told(pack(fact("order-2001", superseded_by="delivery"), fact("delivery-2002"))) == [
        (
            (*FACTS, 0, "superseded_by"),
            "no fact of this relation has the id `delivery`",
            "did you mean `delivery-2002`?",
        )
    ]


def test_a_successor_is_of_the_same_relation() -> None:
    """A fact of another relation is no successor."""
    raw = pack(fact("aaa", superseded_by="zzz"))
    raw["relation"].append({"id": "is-to", "countries": ["IS", "TO"], "fact": [fact("zzz")]})
    assert told(raw) == [
        (
            (*FACTS, 0, "superseded_by"),
            "no fact of this relation has the id `zzz`",
            "name a fact of the same relation",
        )
    ]


@pytest.mark.parametrize(
    ("successors", "chain"),
    [
        ({"a": "a"}, "a → a"),
        ({"a": "b", "b": "a"}, "a → b → a"),
        ({"a": "b", "b": "c", "c": "a"}, "a → b → c → a"),
        ({"x": "a", "a": "b", "b": "a"}, "a → b → a"),
    ],
)
def test_succession_comes_to_an_end(successors: dict[str, str], chain: str) -> None:
    """A circle is told once, at its first fact, and not at a fact that merely leads into it."""
    position = list(successors).index("a")
    assert told(
        pack(*(fact(id, superseded_by=successor) for id, successor in successors.items()))
    ) == [
        (
            (*FACTS, position, "superseded_by"),
            f"facts supersede each other in a circle ({chain})",
            "let the newest one stand without it",
        )
    ]


def test_every_circle_is_told() -> None:
    """Two circles are two problems."""
    successors = {"a": "b", "b": "a", "c": "d", "d": "c"}
    found = told(pack(*(fact(id, superseded_by=successor) for id, successor in successors.items())))
    assert [path[3] for path, _, _ in found] == [0, 2]


@pytest.mark.parametrize(
    "raw",
    [
        {"source": "x", "relation": 1},
        {"source": [1, None], "relation": [[], "x"]},
        pack(id=1, countries="FJ", sources=7),
        pack(1, fact=None),
        pack({"id": 1, "sources": [1, {}], "superseded_by": ["a"], "verification": 2}),
    ],
)
def test_values_of_the_wrong_type_are_passed_over(raw: dict[str, Any]) -> None:
    """What is no text, list or table is for the records to tell of, and the rules neither tell of it nor fail."""
    assert told(raw) == []
