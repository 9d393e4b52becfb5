"""The view `summary`: headline facts and outline of a pair, and the relations of one country."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from bilatcli.index.store import Index
from support import Run
from view_support import Ask, build

UNKNOWN_HEADER: dict[str, Any] = {
    "established": None,
    "status": None,
    "overview": None,
    "established_sources": [],
    "status_sources": [],
    "sources": [],
}


def get_header(document: dict[str, Any]) -> dict[str, Any]:
    """Return what a document says of its relation, without its countries."""
    return {key: document["relation"][key] for key in UNKNOWN_HEADER}


# --- pairs


def test_headline_facts(ask: Ask) -> None:
    """A summary has the headline facts of the pair, which are facts of `facts`."""
    facts = {fact["id"]: fact for fact in ask("facts", "az pk")["facts"]}
    document = ask("summary", "az pk")
    assert document["facts"] == [
        fact for fact in facts.values() if fact["headline"] or fact["coverage"] == "outline"
    ]
    assert document["relation"]["established"] == "1992-06-09"
    assert document["outline"]["distance_km"] == 2180
    assert document["relations"] == []


def test_outline_without_relation(ask: Ask) -> None:
    """Two countries that no pack relates have an outline, and a relation with nothing known."""
    document = ask("summary", "fiji peru")
    assert document["relation"]["id"] == "fj-pe"
    assert get_header(document) == UNKNOWN_HEADER
    assert [capital["name"] for capital in document["outline"]["capitals"]] == ["Suva", "Lima"]
    assert {source["id"] for source in document["sources"]} == set(document["outline"]["sources"])


def test_no_facts_are_noted(run: Run) -> None:
    """A summary of generated data alone notes that there are no facts."""
    result = run("summary", "fiji", "peru", "--json")
    assert (result.code, result.err) == (0, "bilatcli: no facts on Fiji–Peru\n")


def test_facts_filed_elsewhere_are_noted(run: Run) -> None:
    """A summary of generated data alone notes the facts that `facts` finds under other pairs."""
    note = run("facts", "azerbaijan", "ukraine", "--json").err
    assert note.startswith("bilatcli: 4 facts on Azerbaijan and Ukraine filed under ")
    result = run("summary", "azerbaijan", "ukraine", "--json")
    assert (result.code, result.err) == (0, note)


def test_sources_are_those_used(ask: Ask) -> None:
    """The sources of a summary are those of its header, facts and outline, and no others."""
    for options in ({}, {"as_of": "1950"}, {"as_of": "2016"}, {"verified": True}):
        document = ask("summary", "az pk", **options)
        used = {
            id for key in UNKNOWN_HEADER if "sources" in key for id in document["relation"][key]
        }
        used |= {id for fact in document["facts"] for id in fact["sources"]}
        used |= set(document["outline"]["sources"] if document["outline"] else ())
        assert {source["id"] for source in document["sources"]} == used


@pytest.mark.parametrize("view", ["summary", "facts", "timeline", "military", "stances", "cite"])
def test_establishment_does_not_leak(ask: Ask, view: str) -> None:
    """On a day before relations were established, no view knows when that was, or its sources."""
    before, on_the_day = (ask(view, "az pk", as_of=day) for day in ("1992-06-08", "1992-06-09"))
    assert get_header(before) == UNKNOWN_HEADER
    assert on_the_day["relation"]["established"] == "1992-06-09"
    assert on_the_day["relation"]["status"] is on_the_day["relation"]["overview"] is None
    hidden = set(on_the_day["relation"]["established_sources"])
    used = {id for fact in before["facts"] for id in fact["sources"]}
    if view != "cite":
        assert not hidden & ({source["id"] for source in before["sources"]} - used)


def test_establishment_in_diff(ask: Ask) -> None:
    """A comparison shows the relation as it was on the later date."""
    assert ask("diff", "az pk 1950 1990")["relation"]["established"] is None
    assert ask("diff", "az pk 1950 2000")["relation"]["established"] == "1992-06-09"


def test_outline_as_of(ask: Ask, index: Index) -> None:
    """The outline describes one year, so an earlier day has none, and a pair may have no answer."""
    assert ask("summary", "az pk", as_of="2016")["outline"] is None
    assert ask("summary", "az pk", as_of="2026-01")["outline"] is not None
    assert {fact["coverage"] for fact in ask("summary", "az pk", as_of="2016")["facts"]} == {
        "curated"
    }
    document = build(index, "summary", "az pk", as_of="1900", verified=True)
    assert document.is_empty


def test_no_outline_is_an_error(run: Run) -> None:
    """A pair without a relation and, on that day, without an outline has no answer."""
    assert run("summary", "fiji", "peru", "--as-of", "2016").code == 1


# --- one country

EARLY = "1950-01-01"


def count(facts: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the counts of facts as a line on their relation has them."""
    return {
        "facts": len(facts),
        "outline": sum(fact["coverage"] == "outline" for fact in facts),
        "topics": dict(Counter(fact["topic"] for fact in facts)),
        "verification": dict(Counter(fact["verification"] for fact in facts)),
    }


def test_country_is_listed(ask: Ask) -> None:
    """The relations of one country are those of `list`, in the same order."""
    document = ask("summary", "azerbaijan")
    assert document["relations"] == ask("list", country="azerbaijan")["relations"]
    assert document["outline"] is None


@pytest.mark.parametrize(
    "options",
    [
        {"as_of": EARLY},
        {"as_of": "2016"},
        {"since": "2020", "until": "2021"},
        {"verified": True},
        {"verified": True, "as_of": "2000", "since": "1990"},
    ],
    ids=str,
)
@pytest.mark.parametrize("country", ["azerbaijan", "iceland", "pakistan"])
def test_country_heeds_options(ask: Ask, country: str, options: dict[str, Any]) -> None:
    """Relations are counted from the facts that the options include; others are left out."""
    lines = {line["id"]: line for line in ask("summary", country, **options)["relations"]}
    facts: dict[str, list[dict[str, Any]]] = {}
    for fact in ask("facts", country, all=True, **options)["facts"]:
        facts.setdefault(fact["relation"], []).append(fact)
    assert lines.keys() == facts.keys()
    for id, line in lines.items():
        assert {key: line[key] for key in count(facts[id])} == count(facts[id])
        if "as_of" in options:
            assert line["status"] is None
    ordered = sorted(lines.values(), key=lambda line: (line["coverage"], line["id"]))
    assert list(lines.values()) == ordered


def test_country_without_options_that_select(ask: Ask) -> None:
    """Options that include every fact change no line, except what describes today."""
    today = ask("summary", "pakistan")["relations"]
    assert (
        ask("summary", "pakistan", since="0001", until="9999", as_of="9999")["relations"] != today
    )
    everything = ask("summary", "pakistan", as_of="9999-12-31")["relations"]
    assert [{**line, "status": None} for line in today] == everything


def test_profile(ask_all: Ask) -> None:
    """A summary of a country has its capital, memberships, trade, stances and newest facts."""
    document = ask_all("summary", "armenia")
    profile = document["profile"]
    assert [each["name"] for each in profile["capitals"]] == ["Yerevan"]
    statuses = {each["organisation"]: each["statuses"] for each in profile["memberships"]}
    assert statuses["CSTO"] == {"AM": "member"}
    shares = [each["share"] for each in profile["trade"] if each["direction"] == "exports"]
    assert shares == sorted(shares, reverse=True)
    assert shares
    stances = ask_all("stances", "armenia")["facts"]
    held = {each["issue"] for each in stances if each["holder"] == "AM"}
    assert {each["issue"] for each in profile["issues"]} <= held
    days = [fact["first"] for fact in document["facts"]]
    assert days == sorted(days, reverse=True)
    assert all("am" in fact["relation"].split("-") for fact in document["facts"])
    sources = {source["id"] for source in document["sources"]}
    assert sources == {
        source
        for part in (profile, *profile["trade"], *document["facts"])
        for source in part["sources"]
    }


@pytest.mark.parametrize("country", ["fiji", "holland", "andorra"])
def test_profile_of_generated_facts(ask_all: Ask, country: str) -> None:
    """A country with generated facts only has a profile, whose trade facts have sources."""
    document = ask_all("summary", country)
    sources = {source["id"] for source in document["sources"]}
    assert document["profile"]["issues"] == []
    assert all(fact["date"] for fact in document["facts"])
    assert document["profile"]["trade"]
    for part in (document["profile"], *document["profile"]["trade"]):
        assert part["sources"]
        assert sources.issuperset(part["sources"])


def test_profile_as_of(ask: Ask) -> None:
    """A profile has what was known on a day, and there is none if words select relations."""
    document = ask("summary", "armenia", as_of="2016")
    profile = document["profile"]
    assert profile["capitals"] == profile["memberships"] == profile["trade"] == []
    assert all(fact["first"] <= "2016-12-31" for fact in document["facts"])
    filtered = ask("summary", "armenia karabakh")
    assert filtered["profile"] is None
    assert filtered["facts"] == []


def test_country_omits_relations(run: Run) -> None:
    """A note counts the relations without a matching fact; they are not listed."""
    result = run("summary", "az", "--as-of", EARLY, "--fields", "id,facts")
    assert result.code == 0
    assert result.err == "bilatcli: left out 2 relations without matching facts\n"
    result = run("summary", "iceland", "--since", "9998", "--fields", "id")
    assert (result.code, result.out) == (1, "id\n")
    assert result.err == "bilatcli: left out 1 relation without matching facts\n"


def test_newest_is_not_planned(ask: Ask) -> None:
    """The newest date is that of a fact that was no plan on the day."""
    for line in ask("summary", "azerbaijan", as_of="2016")["relations"]:
        facts = ask("facts", line["id"], all=True, as_of="2016")["facts"]
        dates = [fact["date"] or fact["as_of"] for fact in facts if fact["status"] != "planned"]
        assert line["newest"] in (*dates, None)
        assert line["newest"] or not any(dates)
