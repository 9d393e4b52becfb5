"""The view `military`: facts by kind and deal, and deals as chains."""

from __future__ import annotations

from typing import Any

import pytest

from bilatcli.vocabulary import KINDS
from view_support import Ask

STEP = ("id", "date", "stage", "quantity", "value_usd", "status", "verification")


def test_order(ask: Ask) -> None:
    """Facts come by relation and kind, and those of a deal together."""
    facts = ask("military", "az pk tr")["facts"]
    assert {fact["topic"] for fact in facts} == {"military"}
    keys = [
        (fact["relation"], fact["coverage"] != "curated", KINDS.index(fact["kind"]))
        for fact in facts
    ]
    assert keys == sorted(keys)


def test_chains(ask_small: Ask) -> None:
    """A chain has every step of a deal in order, superseded ones too, even if one fact matches."""
    document = ask_small("military", "is mn delivered")
    assert [fact["id"] for fact in document["facts"]] == ["is-mn/yak-1-delivery"]
    (chain,) = document["chains"]
    assert (chain["relation"], chain["name"]) == ("is-mn", "Yak-1")
    slugs = [step["id"].removeprefix("is-mn/") for step in chain["steps"]]
    assert slugs == ["yak-1-talks", "yak-1-order", "yak-1-delivery"]
    assert {tuple(step) for step in chain["steps"]} == {STEP}


@pytest.mark.parametrize("options", [{}, {"all": True}, {"as_of": "2016"}, {"verified": True}])
def test_chains_are_of_the_facts(ask: Ask, options: dict[str, Any]) -> None:
    """Facts with a chain are steps of it, and each step is a fact that the options include."""
    document = ask("military", "az pk", **options)
    steps = {step["id"]: step for chain in document["chains"] for step in chain["steps"]}
    chained = {fact["id"] for fact in document["facts"] if fact["chain"]}
    assert chained <= steps.keys()
    every = {
        fact["id"]: fact for fact in ask("military", "az pk", **{**options, "all": True})["facts"]
    }
    for id, step in steps.items():
        assert step == {key: every[id][key] for key in STEP}


def test_no_chain_without_facts(ask: Ask) -> None:
    """An answer without facts has no chains."""
    assert ask("military", "az pk xyzzyx")["chains"] == []


def test_supplier_and_recipient(ask_small: Ask) -> None:
    """An arms transfer names who supplies whom if its parties say so; no other fact has any."""
    facts = {fact["id"]: fact for fact in ask_small("military", "is mn", all=True)["facts"]}
    parties = {
        id.removeprefix("is-mn/"): (fact["supplier"], fact["recipient"])
        for id, fact in facts.items()
    }
    assert parties == {
        "yak-1-talks": (None, None),
        "yak-1-order": ("MN", "IS"),
        "yak-1-delivery": ("MN", "IS"),
        "exercise": (None, None),
    }
    diplomacy = ask_small("facts", "az pk", topic="diplomacy")["facts"]
    assert not any("supplier" in fact or "recipient" in fact for fact in diplomacy)


def test_who_sells_the_jf17(ask: Ask) -> None:
    """Each fact on the sale of JF-17s to Azerbaijan has Pakistan as the supplier."""
    facts = ask("military", "az pk jf-17", all=True)["facts"]
    sales = [fact for fact in facts if fact["kind"] == "arms-transfer"]
    assert {(fact["supplier"], fact["recipient"]) for fact in sales} == {("PK", "AZ")}
