"""Chains: which military facts belong to one story, and its name."""

from __future__ import annotations

import pytest

from bilatcli.index.chains import find_chains
from bilatcli.packs.models import Fact, MilitaryFact


def military(id: str, system: str | None = None, superseded_by: str | None = None) -> MilitaryFact:
    """Return a military fact on a system."""
    return MilitaryFact(
        id=id,
        topic="military",
        text="Something was agreed.",
        status="superseded" if superseded_by else "current",
        superseded_by=superseded_by,
        actors=("FJ",),
        sources=(),
        verification="citation-needed",
        kind="arms-transfer",
        system=system,
    )


def chains_of(*systems: str | None) -> dict[str, str]:
    """Return the chains of facts on these systems, by system."""
    found = find_chains([military(f"f{number}", system) for number, system in enumerate(systems)])
    return {systems[int(id[1:])] or "": name for id, name in found.items()}


@pytest.mark.parametrize(
    ("systems", "name"),
    [
        (["JF-17 Thunder", "JF-17C Block III", "JF-17"], "JF-17"),
        (["JF-17 Block III", "JF-17 Block II"], "JF-17"),
        (["Super Mushshak", "Mushshak"], "Mushshak"),
        (["super mushshak", "Super Mushshak trainer", "Mushshak"], "Mushshak"),
        (["T-72B1", "T-72"], "T-72"),
    ],
)
def test_variants_of_a_system_are_one_chain(systems: list[str], name: str) -> None:
    """Systems with one designation, or with all words of another, are one chain."""
    assert chains_of(*systems) == dict.fromkeys(systems, name)


@pytest.mark.parametrize(
    "systems",
    [
        ["JF-17", "J-10"],
        ["Su-24", "Su-25"],
        ["Mushshak", "Shahpar"],
        ["Super Mushshak", "Super Puma"],
        ["JF-17", "JF-1"],
    ],
)
def test_different_systems_are_not_a_chain(systems: list[str]) -> None:
    """Systems whose names are only similar are different."""
    assert chains_of(*systems) == {}


def test_same_system_twice_is_a_chain() -> None:
    """Two facts on one system are a chain, even if it has no designation."""
    found = find_chains([military("a", "Patrol boat"), military("b", "Patrol boat")])
    assert found == dict.fromkeys("ab", "Patrol boat")


def test_two_chains_stay_apart() -> None:
    """Facts on two systems are two chains, and a single fact on a third is in none."""
    systems = {"a": "JF-17", "b": "Mushshak", "c": "Super Mushshak", "d": "JF-17C", "e": "Igla"}
    found = find_chains([military(id, system) for id, system in systems.items()])
    assert found == {"a": "JF-17", "d": "JF-17", "b": "Mushshak", "c": "Mushshak"}


def test_succession_makes_a_chain() -> None:
    """A fact is in the chain of the one that superseded it, even if it names no system."""
    facts = [
        military("talks", None, "order"),
        military("order", None, "delivery"),
        military("delivery", "JF-17C"),
    ]
    assert find_chains(facts) == dict.fromkeys(("talks", "order", "delivery"), "JF-17")


def test_succession_joins_systems() -> None:
    """If a fact on one system superseded one on another, the facts on both are one chain."""
    facts = [
        military("a", "F-7", "b"),
        military("b", "JF-17"),
        military("c", "F-7P"),
        military("d", "JF-17"),
    ]
    assert find_chains(facts) == dict.fromkeys("abcd", "F-7")


def test_third_system_joins_two() -> None:
    """If a system has the words of two others, all three are one chain."""
    systems = ["Mushshak", "MFI-17", "MFI-17 Super Mushshak"]
    assert set(chains_of(*systems)) == set(systems)


@pytest.mark.parametrize(
    "facts",
    [
        [],
        [military("a", "JF-17")],
        [military("a"), military("b")],
        [military("a", None, "b"), military("b")],
    ],
)
def test_no_chain(facts: list[MilitaryFact]) -> None:
    """A single fact is not a chain, and neither are facts without a system."""
    assert find_chains(facts) == {}


def test_other_topics_are_not_in_chains() -> None:
    """A fact on another topic is not part of a chain, even if it supersedes one that is."""
    plain = Fact(
        id="b",
        topic="diplomacy",
        text="A visit.",
        status="current",
        actors=("FJ",),
        sources=(),
        verification="cited",
    )
    assert find_chains([military("a", "JF-17", "b"), plain]) == {}
