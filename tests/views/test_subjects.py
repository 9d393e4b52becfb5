"""What each view does with a question about a subject that is not a country."""

from __future__ import annotations

import json
from typing import Any

import pytest

from support import Run


def load(run: Run, *argv: str) -> dict[str, Any]:
    """Return the document that a command prints, which has an answer."""
    result = run(*argv, "--json")
    assert result.code == 0, result.err
    document: dict[str, Any] = json.loads(result.out)
    return document


@pytest.mark.parametrize(
    "spelling",
    ["karabakh", "karabagh", "qarabag", "Qarabağ", "Լեռնային Ղարաբաղ", "卡拉巴赫"],
)
def test_spellings_of_a_territory(run: Run, spelling: str) -> None:
    """All spellings of a territory have the same stances, facts and matches."""
    for view in ("stances", "facts", "search"):
        found = load(run, view, spelling)["facts"]
        assert [fact["id"] for fact in found] == [
            fact["id"] for fact in load(run, view, "Nagorno-Karabakh")["facts"]
        ]
        assert found


@pytest.mark.parametrize(
    ("words", "issues"),
    [
        ("kashmir", {"kashmir"}),
        ("karabagh", {"nagorno-karabakh"}),
        ("crimea", {"ukraine"}),
        ("northern cyprus", {"cyprus-dispute"}),
        ("durand line", {"durand-line"}),
        ("taiwan strait", {"taiwan"}),
        ("csto", {"csto"}),
    ],
)
def test_stances_on_the_issues_of_a_subject(run: Run, words: str, issues: set[str]) -> None:
    """A subject leads to the stances on its issues."""
    found = {fact["issue"] for fact in load(run, "stances", words)["facts"]}
    assert issues <= found


@pytest.mark.parametrize("view", ["facts", "timeline"])
def test_facts_that_mention_a_subject(run: Run, view: str) -> None:
    """Without a country, facts of all relations that mention the subject are the answer."""
    document = load(run, view, "taliban")
    relations = {fact["relation"] for fact in document["facts"]}
    assert document["relation"] is None
    assert len(relations) > 1
    assert all("taliban" in fact["text"].lower() for fact in document["facts"])


def test_facts_of_a_country_that_mention_a_subject(run: Run) -> None:
    """With a country, a subject is a filter that any of its names matches."""
    document = load(run, "facts", "EU Armenia")
    assert document["query"]["filter"] == "EU"
    assert all("am" in fact["relation"].split("-") for fact in document["facts"])
    # The search text of a fact has all of its words, also those of its note.
    texts = [json.dumps(fact) for fact in document["facts"]]
    assert all("EU" in text or "European Union" in text or "-eu-" in text for text in texts)


def test_search_does_not_correct_a_subject(run: Run) -> None:
    """A subject that no fact mentions is not corrected to another word."""
    result = run("search", "tatars")
    assert result.code == 1
    assert "tatars" in result.err
    assert "reading" not in result.err


def test_list_of_a_region(run: Run) -> None:
    """The relations of all members of a region are listed, curated ones first."""
    document = load(run, "list", "--country", "South Caucasus")
    assert [each["code"] for each in document["query"]["countries"]] == ["AM", "AZ", "GE"]
    members = {"AM", "AZ", "GE"}
    for relation in document["relations"]:
        assert members & {country["code"] for country in relation["countries"]}
    coverages = [relation["coverage"] for relation in document["relations"]]
    assert coverages == sorted(coverages)


def test_search_with_a_region(run: Run) -> None:
    """The option of a search takes a region as well."""
    found = load(run, "search", "embassy", "--country", "Central Asia")["facts"]
    members = {"kg", "kz", "tj", "tm", "uz"}
    assert found
    assert all(members & set(fact["relation"].split("-")) for fact in found)


@pytest.mark.usefixtures("all_packs")
def test_summary_with_a_region(run: Run) -> None:
    """The relations of a country with the members of a region are summarized."""
    result = run("summary", "africa", "china", "--json")
    relations = json.loads(result.out)["relations"]
    assert {"cn-et", "cn-za"} <= {relation["id"] for relation in relations}
    assert not {"cn-pk", "cn-us"} & {relation["id"] for relation in relations}
    assert "`africa` is a region, not a country: showing relations with its members" in result.err


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("EU", {"kind": "organisation", "subject": "eu", "code": None}),
        ("karabagh", {"kind": "territory", "subject": "nagorno-karabakh", "members": []}),
        ("Chechnya", {"kind": "place", "part_of": ["RU"], "code": None}),
        ("Texas", {"kind": "place", "part_of": ["US"], "code": None}),
        ("Scotland", {"kind": "country", "subject": None, "code": "GB", "match": "alias"}),
        ("Azerbaijan", {"kind": "country", "subject": None, "members": [], "part_of": []}),
        ("Kashmir, India", {"kind": "country", "code": "IN"}),
        ("wakanda", {"kind": None, "subject": None, "code": None, "candidates": []}),
    ],
)
def test_resolve(run: Run, name: str, row: dict[str, object]) -> None:
    """A name says what kind of thing it means; a subject has no code."""
    result = run("resolve", name, "--json")
    (found,) = json.loads(result.out)["names"]
    assert result.code == (0 if found["code"] else 1)
    assert {key: found[key] for key in row} == row


def test_resolve_a_former_state(run: Run) -> None:
    """The candidates of a former state are its successors."""
    result = run("resolve", "Czechoslovakia", "--json")
    (found,) = json.loads(result.out)["names"]
    assert (result.code, found["kind"]) == (1, "former-state")
    assert [each["code"] for each in found["candidates"]] == ["CZ", "SK"]
    assert "`Czechoslovakia` ended in 1992" in result.err


def test_members_of_an_organisation(run: Run) -> None:
    """An organisation has its members."""
    (found,) = json.loads(run("resolve", "NATO", "--json").out)["names"]
    assert len(found["members"]) == 32
    assert {"FI", "SE", "TR"} <= set(found["members"])
