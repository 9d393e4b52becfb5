"""The view `cite`: the documents of sources; styles are tested with `citations`."""

from __future__ import annotations

from io import StringIO

import pytest

from bilatcli.index.store import Index
from bilatcli.views.record_ids import read_ids
from support import Run
from view_support import Ask, build


def test_sources_of_a_pair(ask: Ask) -> None:
    """The sources of a pair are those of its header, then those of its facts by first use."""
    document = ask("cite", "az pk")
    facts = ask("facts", "az pk")
    relation = facts["relation"]
    header = (id for key in relation if key.endswith("sources") for id in relation[key])
    used = [*header, *(id for fact in facts["facts"] for id in fact["sources"])]
    assert [source["id"] for source in document["sources"]] == list(dict.fromkeys(used))
    assert document["relation"] == relation
    assert document["facts"] == document["alone"] == []
    assert document["unsourced"] == [fact["id"] for fact in facts["facts"] if not fact["sources"]]


def test_style_among_the_words(run: Run) -> None:
    """A word that names a citation style is said to be one."""
    note = "bilatcli: `apa` is a citation style: add `--style apa` and leave it out of the words"
    assert run("cite", "az", "pk", "APA").err.splitlines()[0] == note
    assert note not in run("cite", "az", "pk").err


def test_sources_of_facts(ask_small: Ask) -> None:
    """The sources of facts come in the order of the ids."""
    document = ask_small("cite", "is-mn/visit is-mn/recognised-1973")
    assert [fact["id"] for fact in document["facts"]] == ["is-mn/visit", "is-mn/recognised-1973"]
    ids = [source["id"] for source in document["sources"]]
    assert ids == ["urdu-daily", "gazette-1", "yearbook-2010"]


def test_facts_of_a_source(ask_small: Ask) -> None:
    """A source has the facts that rest on it; `alone` lists those that rest on nothing else."""
    document = ask_small("cite", "gazette-1")
    assert [source["id"] for source in document["sources"]] == ["gazette-1"]
    facts = {fact["id"]: fact["sources"] for fact in document["facts"]}
    assert all("gazette-1" in sources for sources in facts.values())
    every = [
        fact for pair in ("is mn", "cl fj") for fact in ask_small("facts", pair, all=True)["facts"]
    ]
    assert facts.keys() == {fact["id"] for fact in every if "gazette-1" in fact["sources"]}
    alone = [id for id, sources in facts.items() if sources == ["gazette-1"]]
    assert document["alone"] == alone != []


def test_many_ids(ask: Ask) -> None:
    """Any number of ids can be cited at once, and each fact is listed once."""
    ids = [fact["id"] for fact in ask("facts", "az pk")["facts"]]
    document = ask("cite", " ".join([*ids, *ids[:5]]))
    assert [fact["id"] for fact in document["facts"]] == ids


def test_as_of(ask_small: Ask) -> None:
    """As of a day, facts have the status of that day, and later ones are left out."""
    document = ask_small("cite", "is-mn/yak-1-order is-mn/yak-1-delivery", as_of="2007")
    assert [(fact["id"], fact["status"]) for fact in document["facts"]] == [
        ("is-mn/yak-1-order", "planned")
    ]


def test_unknown_ids(index: Index, run: Run) -> None:
    """Unknown ids are left out with a note; if no id is known, that is an error."""
    document = build(index, "cite", "az-pk/recognition-1991 az-pk/xyzzyx")
    assert document.notes == ["left out `az-pk/xyzzyx`: no fact or source has this id"]
    assert run("cite", "az-pk/xyzzyx").code == 1


def test_ambiguous_id(run: Run) -> None:
    """A short id that several relations share is an error with a command for each fact."""
    result = run("cite", "recognition-1991")
    assert result.code == 1
    assert "  bilatcli cite az-pk/recognition-1991  az-pk/recognition-1991\n" in result.err


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("", []),
        ("id\ttext\na/b\tx\na/b\ty\n\nc/d\n", ["a/b", "c/d"]),
        ("id\n", []),
        ("  a \n", ["a"]),
        ("a\nid\n", ["a", "id"]),
    ],
)
def test_read_ids(text: str, ids: list[str]) -> None:
    """Ids are the first cells of lines of TSV, without its header."""
    assert read_ids(StringIO(text)) == ids
