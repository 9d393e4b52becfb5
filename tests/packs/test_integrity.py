"""The rules between the records of one pack, each kept and each broken."""

from __future__ import annotations

from typing import Any

import pytest

from bilatcli.packs import integrity
from bilatcli.packs.problems import PackProblem

FACTS = ("relation", 0, "fact")


def fact(id: str, **more: object) -> dict[str, Any]:
    """Return a raw fact that keeps every rule."""
    return {"id": id, "sources": ["gazette-1"], "verification": "cited", **more}


def pack(*facts: object, **more: object) -> dict[str, Any]:
    """Return a raw pack of one relation that keeps every rule."""
    relation = {
        "id": "fj-is",
        "countries": ["IS", "FJ"],
        "sources": ["gazette-1"],
        "fact": list(facts),
    }
    return {"source": [{"id": "gazette-1"}, {"id": "gazette-2"}], "relation": [relation | more]}


def chain(**successors: str) -> dict[str, Any]:
    """Return a raw pack of facts that supersede each other."""
    return pack(*(fact(id, superseded_by=next) for id, next in successors.items()))


def with_sources(*sources: dict[str, Any]) -> dict[str, Any]:
    """Return a raw pack with other sources."""
    return pack() | {"source": list(sources)}


def with_relation(raw: dict[str, Any], **relation: object) -> dict[str, Any]:
    """Return a raw pack with one more relation."""
    return {**raw, "relation": [*raw["relation"], relation]}


KEPT = {
    "nothing": {},
    "no tables": {"source": [], "relation": []},
    "no facts": pack(),
    "a chain that ends": pack(
        fact("talks", superseded_by="order"),
        fact("order", superseded_by="delivery"),
        fact("delivery"),
        fact("claim", sources=[], verification="citation-needed", superseded_by="delivery"),
    ),
    "the same id of a fact in another relation": with_relation(
        pack(fact("visit")), id="is-to", countries=["IS", "TO"], fact=[fact("visit")]
    ),
    "a floor of facts of the relation": pack(fact("visit"), floor={"contact": ["visit"]}),
    "codes that are wrong, which validation reports": pack(countries=["ISL", "FJ"]),
    "a passage of a source of the fact": pack(
        fact("visit", passages=[{"source": "gazette-1", "quote": "They met."}])
    ),
    # --- values of the wrong type, which validation reports
    "no passages": pack(fact("visit", passages=[1, {"source": 2}, {}])),
    "no arrays": {"source": "x", "relation": 1},
    "no tables in arrays": {"source": [1, None], "relation": [[], "x"]},
    "no texts": pack(id=1, countries="FJ", sources=7),
    "no fact": pack(1, fact=None, floor=7),
    "no floor": pack(floor={"contact": "visit", "trade": [1]}),
    "no texts in a fact": pack(
        {"id": 1, "sources": [1, {}], "superseded_by": ["a"], "verification": 2}
    ),
}

BROKEN = [
    (
        pack(fact("visit"), floor={"contact": ["visit", "visits"]}),
        ("relation", 0, "floor", "contact", 1),
        "no fact of this relation has the id `visits`",
        "did you mean `visit`?",
    ),
    (
        pack(fact("visit", passages=[{"source": "gazette-2", "quote": "They met."}])),
        (*FACTS, 0, "passages", 0, "source"),
        "`gazette-2` is not a source of `visit`",
        "did you mean `gazette-1`?",
    ),
    (
        with_sources({"id": "gazette-1"}, {"id": "gazette-1"}),
        ("source", 1, "id"),
        "another source has the id `gazette-1`",
        "choose a different id",
    ),
    (
        with_sources({"id": "gazette-1", "archived": "2024"}),
        ("source", 0, "archived"),
        "`archived` is set without `archive_url`",
        "add `archive_url`, or remove it",
    ),
    (
        with_relation(pack(), id="fj-is", countries=["FJ", "IS"]),
        ("relation", 1, "id"),
        "another relation has the id `fj-is`",
        "choose a different id",
    ),
    (
        pack(fact("visit"), fact("visit")),
        (*FACTS, 1, "id"),
        "another fact of this relation has the id `visit`",
        "choose a different id",
    ),
    *(
        (
            pack(id=id),
            ("relation", 0, "id"),
            f"`{id}` is not the id of this pair",
            "write `fj-is`",
        )
        for id in ("is-fj", "fj", "FJ-IS", "az-pk")
    ),
    *(
        (
            pack(countries=countries),
            ("relation", 0, "countries"),
            f"a relation has two countries, this one has {len(countries)}",
            "name two codes",
        )
        for countries in ([], ["FJ"], ["FJ", "IS", "TO"])
    ),
    *(
        (
            pack(**{key: ["gazette-2", "gazete-2"]}),
            ("relation", 0, key, 1),
            "no source has the id `gazete-2`",
            "did you mean `gazette-2`?",
        )
        for key in ("sources", "established_sources", "status_sources")
    ),
    (
        pack(fact("visit", sources=["gazette-1", "xyz"])),
        (*FACTS, 0, "sources", 1),
        "no source has the id `xyz`",
        "add a [[source]] with this id",
    ),
    *(
        (
            pack(fact("visit", sources=[], verification=verification)),
            (*FACTS, 0, "sources"),
            f"`visit` has no source but is `{verification}`",
            'name a source, or write verification = "citation-needed"',
        )
        for verification in ("cited", "single-source-claim", "conflicting")
    ),
    (
        pack(fact("order-2001", superseded_by="delivery"), fact("delivery-2002")),
        (*FACTS, 0, "superseded_by"),
        "no fact of this relation has the id `delivery`",
        "did you mean `delivery-2002`?",
    ),
    (
        with_relation(chain(aaa="zzz"), id="is-to", countries=["IS", "TO"], fact=[fact("zzz")]),
        (*FACTS, 0, "superseded_by"),
        "no fact of this relation has the id `zzz`",
        "name a fact of the same relation",
    ),
    *(
        (
            chain(**successors),
            (*FACTS, position, "superseded_by"),
            f"facts supersede each other in a circle ({circle})",
            "remove `superseded_by` from the newest one",
        )
        for successors, position, circle in (
            ({"a": "a"}, 0, "a → a"),
            ({"a": "b", "b": "a"}, 0, "a → b → a"),
            ({"a": "b", "b": "c", "c": "a"}, 0, "a → b → c → a"),
            # A fact that only leads into a circle is not part of it.
            ({"x": "a", "a": "b", "b": "a"}, 1, "a → b → a"),
        )
    ),
]
"""A raw pack, and the path, problem and remedy of the one rule that it breaks."""


@pytest.mark.parametrize("raw", KEPT.values(), ids=KEPT.keys())
def test_kept_rules(raw: dict[str, Any]) -> None:
    """A pack that keeps the rules has no problems."""
    assert list(integrity.find_problems(raw)) == []


@pytest.mark.parametrize(("raw", "path", "what", "remedy"), BROKEN)
def test_broken_rule(
    raw: dict[str, Any], path: tuple[str | int, ...], what: str, remedy: str
) -> None:
    """A broken rule is one problem, with its path."""
    assert list(integrity.find_problems(raw)) == [PackProblem(path, what, remedy)]


def test_every_duplicate_is_reported() -> None:
    """Each further fact with the same id is a problem."""
    problems = integrity.find_problems(pack(fact("visit"), fact("visit"), fact("visit")))
    assert [problem.path for problem in problems] == [(*FACTS, 1, "id"), (*FACTS, 2, "id")]


def test_every_circle_is_reported() -> None:
    """Two circles are two problems."""
    problems = integrity.find_problems(chain(a="b", b="a", c="d", d="c"))
    assert [problem.path[3] for problem in problems] == [0, 2]


def test_long_circle() -> None:
    """The message on a long circle names only some of its facts."""
    ids = [f"f{number}" for number in range(100)]
    (problem,) = integrity.find_problems(chain(**dict(zip(ids, ids[1:] + ids[:1], strict=True))))
    assert problem.what.count("→") == integrity.MAX_CIRCLE_FACTS + 1
    assert "f19 → … → f0" in problem.what
