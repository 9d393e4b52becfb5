"""The view `stances`: positions on issues, mutual support, and the matrix."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from bilatcli.index.store import Index
from support import ROOT, Run
from view_support import Ask, build

PACKS = [path for path in sorted((ROOT / "data").glob("*.toml")) if path.name != "countries.toml"]
DISPUTES = ("kashmir", "nagorno-karabakh")


def read_stances(issue: str | None = None) -> dict[str, dict[str, Any]]:
    """Return the stances of the bundled packs by their ids, on one issue or on all."""
    packs = [tomllib.loads(path.read_text("utf-8")) for path in PACKS]
    return {
        f"{relation['id']}/{fact['id']}": fact
        for pack in packs
        for relation in pack.get("relation", ())
        for fact in relation.get("fact", ())
        if fact["topic"] == "stance" and issue in (None, fact["issue"])
    }


@pytest.mark.parametrize("issue", DISPUTES)
def test_issue(ask: Ask, issue: str) -> None:
    """An issue has every stance of the packs on it, with its sources."""
    document = ask("stances", issue, all=True)
    recorded = read_stances(issue)
    found = {fact["id"]: fact for fact in document["facts"] if fact["issue"] == issue}
    assert found.keys() == recorded.keys()
    sources = {source["id"] for source in document["sources"]}
    for id, fact in recorded.items():
        for key in ("holder", "favours", "against", "date", "sources"):
            assert found[id][key] == fact.get(key)
        assert sources >= set(fact["sources"])


def test_order(ask: Ask) -> None:
    """Stances come by issue and holder."""
    facts = ask("stances", "pakistan")["facts"]
    keys = [(fact["issue"], fact["holder"]) for fact in facts]
    assert keys == sorted(keys)


def test_misspelt_issue(run: Run) -> None:
    """A misspelt issue is corrected, and a note says so."""
    result = run("stances", "nagorno-karabak", "--fields", "issue")
    assert result.out.split()[1:] == ["nagorno-karabakh"] * (len(result.out.split()) - 1)
    assert "reading `nagorno-karabak`" in result.err or result.err == ""


@pytest.mark.parametrize(
    ("words", "issue"),
    [
        ("taiwan", "taiwan"),
        ("ukraine", "ukraine"),
        ("palestine", "palestine"),
        ("cyprus dispute", "cyprus-dispute"),
        ("dispute cyprus", "cyprus-dispute"),
        ("armenian genocide", "armenian-genocide"),
        ("recognition of armenia", "recognition-of-armenia"),
        ("strikes on iran", "strikes-on-iran"),
        ("india-pakistan-2025", "india-pakistan-2025"),
    ],
)
def test_issue_named_like_a_country(ask: Ask, words: str, issue: str) -> None:
    """An issue is found by slug or words, with all its stances, also if it names a country."""
    found = ask("stances", words, all=True)
    everything = ask("stances", matrix=True, all=True)
    expected = [fact["id"] for fact in everything["facts"] if fact["issue"] == issue]
    assert expected
    assert [fact["id"] for fact in found["facts"]] == expected
    assert found["query"]["countries"] == []


def test_issue_and_country(run: Run) -> None:
    """If words are an issue and countries that take positions, a note says how to ask for these."""
    result = run("stances", "india-pakistan-2025", "--json")
    expected = "for the stances of India and Pakistan: `bilatcli stances in pk`"
    assert expected in result.err
    assert "for the stances" not in run("stances", "cyprus", "--json").err


@pytest.mark.parametrize("words", ["kashmir", "pakistan", "az tr pk", "az pk"])
def test_support(ask: Ask, words: str) -> None:
    """Support is named once for each two actors, and is mutual only if it goes both ways today."""
    document = ask("stances", words)
    current = [
        fact for fact in document["facts"] if fact["status"] == "current" and fact["favours"]
    ]
    issues: dict[tuple[str, str], set[str]] = {}
    for fact in current:
        if fact["favours"] != fact["holder"]:
            issues.setdefault((fact["holder"], fact["favours"]), set()).add(fact["issue"])
    support = {(each["holder"], each["favours"]): each for each in document["support"]}
    assert len(support) == len(document["support"])
    assert {key: set(each["issues"]) for key, each in support.items()} == issues
    for (holder, favours), each in support.items():
        assert each["mutual"] == ((favours, holder) in issues)
        assert len(each["issues"]) == len(set(each["issues"]))


def test_no_words(run: Run) -> None:
    """Without words there is no question, except for a matrix; other words must be a country."""
    assert run("stances").code == 2
    assert run("stances", "banana", "--matrix").code == 1


# --- the matrix


def test_matrix(ask_small: Ask) -> None:
    """A matrix has the current stances; the rest of the document is the same without it."""
    document = ask_small("stances", "is mn", matrix=True)
    cell = {"favours": ["MN"], "against": [], "facts": ["is-mn/on-glaciers-is"]}
    other = {"favours": ["IS"], "against": ["CL"], "facts": ["is-mn/on-steppe-mn"]}
    assert document["matrix"] == {
        "holders": ["IS", "MN"],
        "issues": ["glaciers", "the-steppe"],
        "cells": [
            {"holder": "IS", "issue": "glaciers", **cell},
            {"holder": "MN", "issue": "the-steppe", **other},
        ],
    }
    assert {**document, "matrix": None} == ask_small("stances", "is mn")


def test_matrix_of_all_stances(ask_small: Ask) -> None:
    """With `all` positions that do not hold today are part of the matrix."""
    matrix = ask_small("stances", "is mn", matrix=True, all=True)["matrix"]
    assert [cell["favours"] for cell in matrix["cells"]] == [["MN"], [], ["IS"]]


def test_matrix_of_all_packs(ask: Ask) -> None:
    """Without words the matrix has the current stances of all packs."""
    matrix = ask("stances", matrix=True)["matrix"]
    current = {id: fact for id, fact in read_stances().items() if fact["status"] == "current"}
    assert matrix["holders"] == sorted({fact["holder"] for fact in current.values()})
    assert matrix["issues"] == sorted({fact["issue"] for fact in current.values()})
    ids = [id for cell in matrix["cells"] for id in cell["facts"]]
    assert sorted(ids) == sorted(current)
    for cell in matrix["cells"]:
        facts = [current[id] for id in cell["facts"]]
        assert {(fact["holder"], fact["issue"]) for fact in facts} == {
            (cell["holder"], cell["issue"])
        }
        for key in ("favours", "against"):
            assert cell[key] == sorted({fact[key] for fact in facts if key in fact})


def test_rows_are_cells(small_index: Index) -> None:
    """The rows of a matrix are its cells, and `fields` names keys of these."""
    document = build(small_index, "stances", "is mn", matrix=True, fields="holder,favours")
    assert document.elements == [
        '{"holder":"IS","favours":["MN"]}',
        '{"holder":"MN","favours":["IS"]}',
    ]


def test_matrix_without_current_stances(small: Run) -> None:
    """If no stance is current, a note says how to see the others."""
    result = small("stances", "is", "mn", "--matrix", "没有立场", "--format", "table")
    note = "bilatcli: none of the stances is current (1 in all): add `--all`\n"
    assert (result.code, result.out, result.err) == (1, "", note)


def test_matrix_as_of(ask: Ask) -> None:
    """As of a day the matrix has the stances that were current then."""
    matrix = ask("stances", "recognition-of-armenia", matrix=True, as_of="2020")["matrix"]
    (cell,) = [cell for cell in matrix["cells"] if cell["holder"] == "PK"]
    assert cell["facts"]
    assert "az-pk/pk-armenia-relations-2025" not in cell["facts"]


@pytest.mark.parametrize("words", ["az pk", "in pk", "armenia", "kashmir", "az pk 2020"])
@pytest.mark.parametrize("more", [{}, {"all": True}], ids=str)
def test_a_cell_says_the_same_everywhere(ask: Ask, words: str, more: dict[str, Any]) -> None:
    """A cell of the matrix of a pair, a country or an issue is that of the whole matrix."""
    dates = {"since": "2020"} if "2020" in words else {}
    options = {"matrix": True, **more, **dates}
    words = words.removesuffix(" 2020")
    whole = ask("stances", **options)["matrix"]["cells"]
    document = ask("stances", words, **options)
    cells = document["matrix"]["cells"]
    assert cells
    assert more or cells == document["positions"]
    for cell in cells:
        assert cell in whole
    held = {(fact["holder"], fact["issue"]) for fact in document["facts"]}
    assert {(cell["holder"], cell["issue"]) for cell in cells} <= held


def test_positions_of_other_relations(ask: Ask) -> None:
    """A position is that of all relations, also where the facts of a pair name no side."""
    document = ask("stances", "az pk")
    (fact,) = (
        fact
        for fact in document["facts"]
        if (fact["holder"], fact["issue"], fact["status"]) == ("PK", "kashmir", "current")
    )
    (cell,) = (
        cell
        for cell in document["positions"]
        if (cell["holder"], cell["issue"]) == ("PK", "kashmir")
    )
    assert fact["favours"] is None
    assert cell["favours"] == ["PK"]
