"""The view `show`: one fact, one source, or an event."""

from __future__ import annotations

import json

import pytest

from bilatcli.index import Statement
from bilatcli.index.store import Index
from support import Run
from view_support import Ask

EVENTS = Statement("test_events", "SELECT DISTINCT event FROM fact WHERE event IS NOT NULL")


@pytest.mark.parametrize("id", ["is-mn/yak-1-talks", "is-mn/yak-1-order", "yak-1-delivery"])
def test_fact_with_history(ask_small: Ask, id: str) -> None:
    """A fact is shown with all facts that it supersedes, and that supersede it, in turn."""
    document = ask_small("show", id)
    (fact,) = document["facts"]
    assert fact["id"].endswith(id)
    slugs = [each["id"].removeprefix("is-mn/") for each in document["chain"]]
    assert slugs == ["yak-1-talks", "yak-1-order", "yak-1-delivery"]
    used = {id for each in document["chain"] for id in each["sources"]}
    assert {source["id"] for source in document["sources"]} == used


def test_fact_alone(ask: Ask) -> None:
    """A fact that supersedes nothing has no chain."""
    document = ask("show", "az-pk/recognition-1991")
    assert [fact["id"] for fact in document["facts"]] == ["az-pk/recognition-1991"]
    assert document["chain"] == []
    assert [source["id"] for source in document["sources"]] == document["facts"][0]["sources"]


def test_several_ids(run: Run) -> None:
    """Several ids are answered in their order, and those that no record has are noted."""
    ids = ["az-pk/recognition-1991", "azernews-200281", "no-such", "am-pk/relations-2025"]
    result = run("show", *ids, "--json")
    document = json.loads(result.out)
    assert [fact["id"] for fact in document["facts"]] == ids[0::3]
    assert ids[1] in [source["id"] for source in document["sources"]]
    assert result.err == "bilatcli: left out `no-such`: no fact or source has this id\n"
    assert (
        run("show", " ".join(ids), "--json").out.partition("facts")[2]
        == (result.out.partition("facts")[2])
    )


def test_source(ask: Ask) -> None:
    """A source is shown without facts."""
    document = ask("show", "azernews-200281")
    assert [source["id"] for source in document["sources"]] == ["azernews-200281"]
    assert document["facts"] == document["chain"] == []


def test_events(ask: Ask, index: Index) -> None:
    """An event has all facts on it, by relation."""
    events = [row["event"] for row in index.rows(EVENTS)]
    assert events
    for event in events[:20]:
        facts = ask("show", event)["facts"]
        assert {fact["event"] for fact in facts} == {event}
        relations = [fact["relation"] for fact in facts]
        assert relations == sorted(relations)


@pytest.mark.parametrize(
    ("words", "code", "kind"),
    [
        ("", 2, "usage"),
        ("recognition-1992x", 1, "no-such-record"),
        ("az-pk/", 1, "no-such-record"),
        ("kasmir", 1, "no-such-record"),
    ],
)
def test_errors(run: Run, words: str, code: int, kind: str) -> None:
    """An id that no record has is an error with the nearest ids."""
    result = run("show", *words.split(), "--json")
    error = json.loads(result.out)["error"]
    assert (result.code, error["kind"]) == (code, kind)


def test_nearest_ids(run: Run) -> None:
    """The nearest ids are suggested with commands."""
    result = run("show", "az-pk/recognition-199")
    problem = "no fact or source has the id `az-pk/recognition-199`"
    assert result.err.startswith(f"bilatcli: {problem}; did you mean az-pk/recognition-1991, ")
    assert "  bilatcli show az-pk/recognition-1991  az-pk/recognition-1991\n" in result.err


def test_nearest_short_ids(run: Run) -> None:
    """A short id that several relations share is suggested with each relation."""
    candidates = json.loads(run("show", "recognition-19911", "--json").out)["error"]["candidates"]
    assert {candidate["id"].partition("/")[2] for candidate in candidates} == {"recognition-1991"}
