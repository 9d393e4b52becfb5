"""Tests of facts on a pair that are filed under another pair."""

from __future__ import annotations

import pytest

from bilatcli.index.store import Index
from support import Run
from view_support import Ask, build


@pytest.mark.parametrize(
    ("words", "codes"),
    [("saudi arabia turkey", "sa-tr"), ("armenia israel", "am-il"), ("india turkey", "in-tr")],
)
def test_other_pairs_are_searched(ask: Ask, words: str, codes: str) -> None:
    """If no editor wrote a fact on a pair, the facts on it of other pairs are shown."""
    facts = ask("facts", words)["facts"]
    assert codes not in {fact["relation"] for fact in facts if fact["coverage"] == "curated"}
    assert len({fact["relation"] for fact in facts}) > 1


def test_event_of_two_other_pairs(ask: Ask) -> None:
    """A pact of one of two countries is found under the pair of each with its partner."""
    events = {fact["event"] for fact in ask("facts", "saudi arabia turkey")["facts"]}
    assert "saudi-pact-turkiye-2026" in events


def test_note(run: Run) -> None:
    """A note says how many facts there are, and where they are filed."""
    result = run("facts", "saudi arabia", "turkey", "--fields", "relation")
    elsewhere = [relation for relation in result.out.split()[1:] if relation != "sa-tr"]
    assert result.code == 0
    assert f"{len(elsewhere)} facts on Saudi Arabia and Türkiye filed under" in result.err


def test_topic(ask: Ask) -> None:
    """Only facts on the topic of the view or of the option are added."""
    assert {fact["topic"] for fact in ask("facts", "india turkey", topic="stance")["facts"]} == {
        "stance"
    }
    assert {fact["topic"] for fact in ask("stances", "india turkey")["facts"]} == {"stance"}


def test_option(ask: Ask, run: Run) -> None:
    """A pair with facts of an editor notes how many others there are, and an option adds them."""
    own = ask("facts", "az pk")["facts"]
    wider = ask("facts", "az pk", elsewhere=True)["facts"]
    others = [fact for fact in wider if fact["relation"] != "az-pk"]
    assert len(wider) == len(own) + len(others) > len(own)
    result = run("facts", "az", "pk", "--fields", "id")
    assert f"{len(others)} more facts on Azerbaijan and Pakistan filed under" in result.err
    assert "add `--elsewhere`" in result.err
    result = run("facts", "az", "pk", "--elsewhere", "--fields", "id")
    assert f"{len(others)} facts on Azerbaijan and Pakistan filed under" in result.err


@pytest.mark.parametrize(
    ("view", "words", "options"),
    [
        ("facts", "az pk", {"topic": "stance", "verified": True}),
        ("facts", "az pk", {"since": "2025", "until": "2025"}),
        ("facts", "az pk", {"as_of": "2021", "all": True}),
        ("facts", "az pk kashmir", {}),
        ("facts", "az pk declaration", {}),
        ("military", "in pk", {}),
        ("stances", "az pk", {}),
        ("timeline", "in pk", {}),
        ("figures", "in pk", {}),
    ],
)
def test_note_counts_what_the_option_adds(
    index: Index, view: str, words: str, options: dict[str, object]
) -> None:
    """The note counts the facts that the same question shows with the option."""
    document = build(index, view, words, **options)
    wider = build(index, view, words, elsewhere=True, **options).load()["facts"]
    others = [fact for fact in wider if fact["relation"] != "-".join(words.split()[:2])]
    notes = [note for note in document.notes if "add `--elsewhere`" in note]
    assert [int(note.split()[0]) for note in notes] == [len(others)] * bool(others)


def test_table_names_the_relation(run: Run) -> None:
    """A table says under which pair a fact is filed, if it is another one."""
    shown = run("facts", "az", "pk", "--elsewhere", "--since", "2025-08", "--format", "table")
    assert "ARMENIA–PAKISTAN, " in shown.out


def test_summary_has_the_newest(ask: Ask, run: Run) -> None:
    """A summary of a pair without facts of an editor has the newest ones of other pairs."""
    document = ask("summary", "india turkey")
    facts = [fact for fact in document["facts"] if fact["coverage"] == "curated"]
    assert 0 < len(facts) <= 5
    assert "in-tr" not in {fact["relation"] for fact in facts}
    days = [fact["first"] for fact in facts]
    assert days == sorted(days, reverse=True)
    sources = {source["id"] for source in document["sources"]}
    assert sources.issuperset(source for fact in facts for source in fact["sources"])
    assert "facts on India and Türkiye filed under" in run("summary", "india", "turkey").err


def test_own_facts_come_alone(ask: Ask) -> None:
    """A pair with facts of an editor has those only, also if none of them answers the question."""
    assert {fact["relation"] for fact in ask("facts", "az pk")["facts"]} == {"az-pk"}
    assert ask("military", "az ru", as_of="1921")["facts"] == []
