"""Chains: the military facts that belong to one story of talks, orders and deliveries."""

from __future__ import annotations

from itertools import combinations

from bilatcli.normalization import normalize, normalize_joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

_DIGITS = "0123456789"
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def find_chains(facts: Sequence[Any]) -> Mapping[str, str]:
    """Return the id of each fact in a chain, with the name of the chain, such as `JF-17`.

    Two facts are in one chain if one supersedes the other, or if both are transfers of the same
    system. Systems are the same if they begin with the same designation (`JF-17 Thunder`, `JF-17C
    Block III`), or if one has all words of the other (`Mushshak`, `Super Mushshak`). The name is
    that designation, or else the shortest system. A single fact is not a chain, and neither are
    facts without a system. A retracted fact is no step: what it says did not happen.
    """
    standing = (fact for fact in facts if fact.retracted is None)
    military = {fact.id: fact for fact in standing if fact.topic == "military"}
    # A union-find structure: each id leads to another one of its chain, or to itself.
    parents = {id: id for id in military}

    def root(id: str) -> str:
        while parents[id] != id:
            id = parents[id]
        return id

    first_of_system: dict[str, str] = {}
    for id, fact in military.items():
        if fact.superseded_by in military:
            parents[root(id)] = root(fact.superseded_by)
        if fact.system and fact.kind == "arms-transfer":
            parents[root(id)] = root(first_of_system.setdefault(fact.system, id))
    for one, other in combinations(first_of_system, 2):
        if _is_same_system(one, other):
            parents[root(first_of_system[one])] = root(first_of_system[other])
    chains: dict[str, list[Any]] = {}
    for id, fact in military.items():
        chains.setdefault(root(id), []).append(fact)
    return {
        fact.id: name
        for chain in chains.values()
        if (name := _choose_name(chain))
        for fact in chain
    }


def _is_same_system(one: str, other: str) -> bool:
    words, others = set(normalize(one).split()), set(normalize(other).split())
    return (
        normalize_joined(_designation(one)) == normalize_joined(_designation(other))
        or words <= others
        or others <= words
    )


def _designation(system: str) -> str:
    """Return the designation that a system begins with, or the whole system.

    It has letters and digits, with a hyphen or a space between them or not.

    >>> _designation("JF-17C Block III"), _designation("Super Mushshak")
    ('JF-17', 'Super Mushshak')
    """
    letters = len(system) - len(system.lstrip(_LETTERS))
    start = letters + (system[letters : letters + 1] in ("-", " "))
    end = len(system) - len(system[start:].lstrip(_DIGITS))
    return system[:end] if letters and end > start else system


def _choose_name(chain: Sequence[Any]) -> str | None:
    """Return the shortest designation, or the most frequent of several; None if not a chain."""
    systems = [_designation(fact.system) for fact in chain if fact.system]
    if len(chain) < 2 or not systems:
        return None
    return min(
        systems,
        key=lambda name: (len(normalize_joined(name)), -systems.count(name), systems.index(name)),
    )
