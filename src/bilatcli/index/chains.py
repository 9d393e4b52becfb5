"""Chains: which military facts tell one story of talks, orders and deliveries, and what it is about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import combinations

from bilatcli.packs.models import Fact, MilitaryFact
from bilatcli.text import normalize, normalize_joined

_DESIGNATION = re.compile(r"[A-Za-z]+[- ]?[0-9]+")


def chains(facts: Sequence[Fact]) -> Mapping[str, str]:
    """Return the id of each fact that is part of a chain to what the chain is about, as in `JF-17`.

    Facts are in one chain where one supersedes the other, or where both are transfers of one system: their systems
    begin with the same designation (`JF-17 Thunder`, `JF-17C Block III`), or all words of the one are among the
    other's (`Mushshak`, `Super Mushshak`). A chain is named by that designation, else by its shortest system. A fact
    that is alone, or is on no system, is in none.
    """
    military = {fact.id: fact for fact in facts if isinstance(fact, MilitaryFact)}
    leaders = {id: id for id in military}

    def leader(id: str) -> str:
        while leaders[id] != id:
            id = leaders[id]
        return id

    first: dict[str, str] = {}
    for id, fact in military.items():
        if fact.superseded_by in military:
            leaders[leader(id)] = leader(fact.superseded_by)
        if fact.system and fact.kind == "arms-transfer":
            leaders[leader(id)] = leader(first.setdefault(fact.system, id))
    for one, other in combinations(first, 2):
        if _is_same(one, other):
            leaders[leader(first[one])] = leader(first[other])
    groups: dict[str, list[MilitaryFact]] = {}
    for id, fact in military.items():
        groups.setdefault(leader(id), []).append(fact)
    return {fact.id: name for group in groups.values() if (name := _name(group)) for fact in group}


def _is_same(one: str, other: str) -> bool:
    words, others = set(normalize(one).split()), set(normalize(other).split())
    return (
        normalize_joined(_designation(one)) == normalize_joined(_designation(other))
        or words <= others
        or others <= words
    )


def _designation(system: str) -> str:
    found = _DESIGNATION.match(system)
    return found[0] if found else system


def _name(group: Sequence[MilitaryFact]) -> str | None:
    systems = [_designation(fact.system) for fact in group if fact.system]
    if len(group) < 2 or not systems:
        return None
    return min(
        systems, key=lambda name: (len(normalize_joined(name)), -systems.count(name), systems.index(name))
    )
