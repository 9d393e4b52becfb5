"""The options `from`, `to` and `mentions`: who did it, to whom, and what facts mention."""

from __future__ import annotations

import re

import pytest

from support import Run
from view_support import VIEWS_OF_FACTS, Ask, Fact, is_mention, list_ids, words_of

# --- who did it, to whom


@pytest.mark.parametrize("view", VIEWS_OF_FACTS)
@pytest.mark.parametrize(("key", "member"), [("from", "actors"), ("to", "toward")])
def test_who_did_it_and_to_whom(ask: Ask, view: str, key: str, member: str) -> None:
    """Facts have the country as an actor, or as one that it concerns; of imports, the exporter."""
    every = ask(view, words_of(view))["facts"]
    found = ask(view, words_of(view), **{key: "Pakistan"})["facts"]
    other = "toward" if member == "actors" else "actors"

    def side(fact: Fact) -> list[str]:
        is_import = view == "figures" and fact["measure"] == "imports"
        actors: list[str] = fact[other if is_import else member]
        return actors

    assert found == [fact for fact in every if "PK" in side(fact)]
    assert len(found) < len(every)


@pytest.mark.parametrize("view", ["summary", "facts", "timeline", "military", "stances"])
def test_without_words_it_is_the_pair(ask: Ask, view: str) -> None:
    """Two countries in options are the pair that is asked about."""
    document = ask(view, **{"from": "PK", "to": "AZ"})
    assert document["relation"]["id"] == "az-pk"
    assert document["facts"] == ask(view, "az pk", **{"from": "PK", "to": "AZ"})["facts"] != []


@pytest.mark.parametrize(("key", "member"), [("from", "actors"), ("to", "toward")])
def test_one_country_acts_on_any_pair(
    ask: Ask, every_fact: list[Fact], key: str, member: str
) -> None:
    """One country alone is looked for on all pairs, also those of others; words choose pairs."""
    found = ask("facts", **{key: "az"})
    expected = [fact for fact in every_fact if "AZ" in fact[member]]
    assert found["relation"] is None
    assert list_ids(found["facts"]) == list_ids(expected)
    own = [fact for fact in expected if "az" in fact["relation"].split("-")]
    assert list_ids(ask("facts", "az", **{key: "az"})["facts"]) == list_ids(own)
    assert len(own) < len(expected)


def test_all_options_on_any_pair(ask: Ask, every_fact: list[Fact]) -> None:
    """What a country did is combined with what facts mention."""
    found = ask("facts", mentions="india", **{"from": "az"})["facts"]
    expected = [
        fact for fact in every_fact if "AZ" in fact["actors"] and is_mention(fact, "IN", "India")
    ]
    assert list_ids(found) == list_ids(expected)
    assert len({fact["relation"] for fact in found}) > 1


def test_other_words_stay_a_filter(ask: Ask) -> None:
    """Words that are not countries filter the facts on the pair of the options."""
    found = ask("military", "jf-17", **{"from": "PK", "to": "AZ"})
    assert found["query"]["filter"] == "jf-17"
    expected = ask("military", "az pk jf-17", **{"from": "PK", "to": "AZ"})
    assert found["facts"] == expected["facts"] != []


@pytest.mark.parametrize("name", ["PK", "pakistan", "Pakistani", "پاکستان", "paksitan", "PAK"])
def test_any_spelling(ask: Ask, name: str) -> None:
    """A country is given by any name or code; the document says how it was read."""
    document = ask("facts", "az pk", **{"from": name})
    party = document["query"]["from"]
    assert (party["input"], party["code"], party["name"]) == (name, "PK", "Pakistan")
    assert document["facts"] == ask("facts", "az pk", **{"from": "PK"})["facts"]


def test_a_misspelt_name_is_announced(run: Run) -> None:
    """A name that was guessed is noted once, also if it is the country of the question."""
    for words in ([], ["az", "pk"]):
        result = run("facts", *words, "--from", "paksitan", "--fields", "id")
        assert result.err.count("reading `paksitan` as Pakistan (PK)") == 1


def test_an_organisation_as_facts_write_it(ask: Ask, every_fact: list[Fact]) -> None:
    """An actor that is not a country is found on all pairs, in any case, and by other names."""
    for name in ("OSCE", "osce", "Organization for Security and Co-operation in Europe"):
        found = ask("facts", **{"from": name})
        assert found["query"]["from"]["name"] == "OSCE"
        expected = [fact for fact in every_fact if "OSCE" in fact["actors"]]
        assert list_ids(found["facts"]) == list_ids(expected) != []


def test_an_organisation_of_an_own_pack(own: Run) -> None:
    """Names in the user's own packs are known as well, though no list of organisations has them."""
    facts = [("one", "current", 'toward = ["The Numbat League"]'), ("two", "current", "")]
    result = own("facts", "--to", "the numbat league", "--fields", "id", facts=facts)
    assert result.out.split() == ["id", "cl-nu/one"]


@pytest.mark.parametrize(
    ("option", "name", "message"),
    [
        ("from", "azrbjn", "no country is called `azrbjn`; did you mean Azerbaijan (AZ)"),
        ("from", "korea", "`korea` could mean North Korea (KP) or South Korea (KR); choose one"),
        ("to", "NATO", "`NATO` is addressed in no fact; try `bilatcli facts --mentions NATO`"),
        ("from", "Chechnya", "`Chechnya` is part of Russia (RU); ask about Russia (RU)"),
        ("from", "USSR", "`USSR` (Soviet Union) ended in 1991; its successors are"),
        ("mentions", "qwertz", "no country is called `qwertz`; give a name, code, capital"),
        ("from", "!!!", "no country is called `!!!`; give a name, code, capital"),
    ],
)
def test_unknown_names_are_refused(run: Run, option: str, name: str, message: str) -> None:
    """A name that is not known is refused with what is near, as a word of the question is."""
    result = run("facts", "az", "pk", f"--{option}", name)
    assert (result.code, result.out) == (1, "")
    assert f"bilatcli: {message}" in result.err


@pytest.mark.parametrize("name", ["korea", "azrbjn"])
def test_suggested_commands_keep_the_question(run: Run, name: str) -> None:
    """A command that is suggested puts the country into the option."""
    result = run("facts", "az", "pk", "--from", name, "--topic", "trade")
    commands = re.findall(r"^  (bilatcli facts az pk .*?)  ", result.err, re.MULTILINE)
    assert commands
    assert all(" --from " in each and "--topic trade" in each for each in commands)


@pytest.mark.parametrize("option", ["from", "to", "mentions"])
def test_an_empty_name(run: Run, option: str) -> None:
    """An empty name is a usage error."""
    result = run("facts", "az", "pk", f"--{option}", " ")
    assert result.code == 2
    assert f"`--{option}` is empty" in result.err


# --- mentions


def test_mentions_of_any_pair(ask: Ask, every_fact: list[Fact]) -> None:
    """Without words, facts of all pairs are those with the country as a party or in the text."""
    found = ask("facts", mentions="india")
    assert found["relation"] is None
    expected = [fact for fact in every_fact if is_mention(fact, "IN", "India")]
    assert list_ids(found["facts"]) == list_ids(expected)
    assert {"az-pk", "in-pk"} < {fact["relation"] for fact in found["facts"]}


@pytest.mark.parametrize("view", VIEWS_OF_FACTS)
def test_mentions_on_a_pair(ask: Ask, view: str) -> None:
    """With a pair, facts on it are those that mention the country."""
    every = ask(view, words_of(view))["facts"]
    found = ask(view, words_of(view), mentions="india")["facts"]
    assert found == [fact for fact in every if is_mention(fact, "IN", "India")]
    assert len(found) < len(every)


@pytest.mark.parametrize("view", ["facts", "stances", "timeline"])
def test_mentions_of_a_subject(ask: Ask, view: str) -> None:
    """A territory or an organisation is mentioned by any of its names."""
    found = ask(view, mentions="kashmir")
    assert found["query"]["mentions"]["subject"] == "kashmir"
    assert found["facts"]
    if view != "stances":
        assert found["facts"] == ask(view, "kashmir")["facts"]
    pair = ask(view, "az pk", mentions="Karabagh")["facts"]
    assert pair == ask(view, "az pk karabagh")["facts"] != []


def test_words_of_any_pair(ask: Ask) -> None:
    """Words that are not countries filter the facts of all pairs that mention the country."""
    found = ask("facts", "rafale", mentions="india")["facts"]
    assert found
    every = ask("facts", mentions="india")["facts"]
    assert set(list_ids(found)) < set(list_ids(every))


def test_a_third_country_stays_one(run: Run) -> None:
    """Three countries are their three relations; a note offers the pair's facts on the third."""
    result = run("facts", "az", "pk", "india", "--fields", "relation")
    assert set(result.out.split()) == {"relation", "az-in", "az-pk", "in-pk"}
    command = "bilatcli facts az pk --mentions india"
    assert f"for facts on Azerbaijan–Pakistan that mention India: `{command}`" in result.err
    offered = run(*command.split()[1:], "--fields", "relation")
    assert set(offered.out.split()) == {"relation", "az-pk"}


def test_nothing_is_offered_without_an_answer(run: Run) -> None:
    """If no fact on the pair mentions the third country, nothing is offered."""
    assert "--mentions" not in run("facts", "az", "pk", "tuvalu").err
