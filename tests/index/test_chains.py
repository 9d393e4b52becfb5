"""Which military facts tell one story, and what it is about."""

from __future__ import annotations

import pytest

from bilatcli.index.chains import find_chains
from bilatcli.packs.models import Fact, MilitaryFact


def military(id: str, system: str | None = None, superseded_by: str | None = None) -> MilitaryFact:
    """A military fact on a system."""
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


def on(*systems: str | None) -> dict[str, str]:
    """The chains of facts on systems, by the systems themselves."""
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
    """Systems with the same designation, or with all words of one among the other's, are one story, named shortest."""
    assert on(*systems) == dict.fromkeys(systems, name)


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
def test_different_systems_are_no_chain(systems: list[str]) -> None:
    """Systems that merely look alike are different stories."""
    assert on(*systems) == {}


def test_the_same_system_twice_is_a_chain() -> None:
    """Two facts on one system are a story, though it has no designation."""
    assert find_chains([military("a", "Patrol boat"), military("b", "Patrol boat")]) == dict.fromkeys(
        "ab", "Patrol boat"
    )


def test_two_chains_stay_apart() -> None:
    """Facts on two systems are two stories, and what is alone beside them is in none."""
    facts = [
        military("a", "JF-17"),
        military("b", "Mushshak"),
        military("c", "Super Mushshak"),
        military("d", "JF-17C"),
    ]
    assert find_chains([*facts, military("e", "Igla")]) == {
        "a": "JF-17",
        "d": "JF-17",
        "b": "Mushshak",
        "c": "Mushshak",
    }


def test_succession_makes_a_chain() -> None:
    """A fact belongs to the story of the one that superseded it, also where it names no system."""
    facts = [
        military("talks", None, "order"),
        military("order", None, "delivery"),
        military("delivery", "JF-17C"),
    ]
    assert find_chains(facts) == dict.fromkeys(("talks", "order", "delivery"), "JF-17")


def test_succession_joins_systems() -> None:
    """Where a fact on one system superseded one on another, both systems' facts are one story."""
    facts = [
        military("a", "F-7", "b"),
        military("b", "JF-17"),
        military("c", "F-7P"),
        military("d", "JF-17"),
    ]
    assert find_chains(facts) == dict.fromkeys("abcd", "F-7")


def test_alone_is_no_chain() -> None:
    """A single fact is no story, nor are facts that name no system."""
    assert find_chains([military("a", "JF-17")]) == {}
    assert find_chains([military("a"), military("b")]) == {}
    assert find_chains([military("a", None, "b"), military("b")]) == {}
    assert find_chains([]) == {}


def test_facts_of_other_topics_are_in_no_chain() -> None:
    """A fact that is not military takes no part, also where it supersedes one that is."""
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


def test_a_system_joins_all_that_are_like_it() -> None:
    """Where the words of two systems are among a third's, all three are one story."""
    systems = ["Mushshak", "MFI-17", "MFI-17 Super Mushshak"]
    assert set(on(*systems)) == set(systems)
