"""Options that all views of facts share: the same facts are selected in each of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bilatcli.views import VIEWS
from support import Run
from view_support import VIEWS_OF_FACTS, Ask, Fact, is_mention, list_ids, words_of

# --- declaration


@pytest.mark.parametrize("view", [*VIEWS_OF_FACTS, "search", "latest", "cite"])
def test_every_view_of_facts_has_the_options(view: str) -> None:
    """All views of facts take them; those on one topic have no option for it."""
    keys = {option.key for option in VIEWS[view].options}
    assert {"from", "to", "mentions", "status", "verification", "verified"} <= keys
    assert ("topic" in keys) == (VIEWS[view].topic is None)


# --- search, latest and cite


@pytest.mark.parametrize(
    ("options", "is_wanted"),
    [
        ({"from": "TR"}, lambda fact: "TR" in fact["actors"]),
        ({"mentions": "india"}, lambda fact: is_mention(fact, "IN", "India")),
        ({"status": "disputed"}, lambda fact: fact["status"] == "disputed"),
    ],
    ids=["from", "mentions", "status"],
)
def test_search_counts_what_is_selected(
    ask: Ask, options: dict[str, str], is_wanted: Callable[[Fact], bool]
) -> None:
    """The total is that of the selected facts, whatever the limit."""
    every = ask("search", "agreement", limit="9999")["facts"]
    expected = [fact for fact in every if is_wanted(fact)]
    found = ask("search", "agreement", limit="2", **options)
    assert (found["total"], found["facts"]) == (len(expected), expected[:2])
    assert 2 < found["total"] < len(every)


def test_latest(ask: Ask, every_fact: list[Fact]) -> None:
    """The newest facts are selected before they are counted and limited."""
    found = ask("latest", limit="3", mentions="india")
    every = ask("latest", limit="9999")["facts"]
    expected = [fact for fact in every if is_mention(fact, "IN", "India")]
    assert (found["total"], found["facts"]) == (len(expected), expected[:3])
    plans = ask("latest", status="planned", limit="9999")["facts"]
    assert list_ids(plans) == list_ids(
        [
            fact
            for fact in every_fact
            if fact["status"] == "planned" and fact["coverage"] == "curated" and fact["first"]
        ]
    )


def test_sources_of_a_selection(ask: Ask) -> None:
    """`cite` lists the sources of the selected facts, and of the relation."""
    options = {"topic": "trade", "from": "PK"}
    facts = ask("facts", "az pk", **options)
    cited = {source["id"] for source in ask("cite", "az pk", **options)["sources"]}
    assert cited == {source["id"] for source in facts["sources"]}


def test_facts_by_id_are_selected(ask: Ask) -> None:
    """Ids and options together mean those of the facts that the options select."""
    ids = "az-pk/recognition-1991 az-pk/jf17-order-2024"
    found = ask("cite", ids, topic="recognition")["facts"]
    assert list_ids(found) == ["az-pk/recognition-1991"]


# --- topic, status, verification


@pytest.mark.parametrize("view", VIEWS_OF_FACTS)
@pytest.mark.parametrize("status", ["current", "planned", "disputed", "superseded"])
def test_status(ask: Ask, view: str, status: str) -> None:
    """A status keeps the facts that have it on the day, superseded ones too."""
    more = {} if view == "diff" else {"all": True}
    every = ask(view, words_of(view), **more)["facts"]
    found = ask(view, words_of(view), status=status)["facts"]
    assert found == [fact for fact in every if fact["status"] == status]


def test_status_as_of_a_day(ask: Ask) -> None:
    """The status is that of the day for which the question is asked."""
    found = ask("facts", "az pk", status="planned", as_of="2017")["facts"]
    assert found
    assert {fact["status"] for fact in found} == {"planned"}


@pytest.mark.parametrize("view", VIEWS_OF_FACTS)
def test_verification(ask: Ask, view: str) -> None:
    """A verification keeps the facts that have it."""
    every = ask(view, words_of(view))["facts"]
    found = ask(view, words_of(view), verification="conflicting")["facts"]
    assert found == [fact for fact in every if fact["verification"] == "conflicting"]


def test_relations_are_counted_by_all_options(ask: Ask) -> None:
    """A summary of one country counts the facts of each relation that the options select."""
    for options in ({"from": "PK"}, {"status": "planned"}, {"verification": "conflicting"}):
        lines = {line["id"]: line for line in ask("summary", "pakistan", **options)["relations"]}
        found = ask("facts", "az pk", all=True, **options)["facts"]
        assert lines["az-pk"]["facts"] == len(found)
    (line,) = (
        line
        for line in ask("summary", "pakistan", topic="trade")["relations"]
        if line["id"] == "az-pk"
    )
    assert set(line["topics"]) == {"trade"}


def test_topic_of_a_subject(ask: Ask) -> None:
    """The topic selects facts of any pair, too."""
    every = ask("facts", "kashmir")["facts"]
    found = ask("facts", "kashmir", topic="politics")["facts"]
    assert found == [fact for fact in every if fact["topic"] == "politics"] != []
    assert {fact["topic"] for fact in ask("military", "kashmir")["facts"]} == {"military"}


# --- messages


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (
            "facts az pk --topic history --status planned",
            "no fact on Azerbaijan–Pakistan with topic `history` and status `planned`; 5 facts",
        ),
        (
            "facts az pk --from nepal --to az",
            "from Nepal to Azerbaijan; 255 facts without `--from` and `--to`",
        ),
        (
            "military az pk jf-17 --mentions nepal",
            "no military fact on Azerbaijan–Pakistan mentioning Nepal mentions `jf-17`;",
        ),
        ("search jf-17 --from armenia", "no fact from Armenia mentions `jf-17`; 45 facts without"),
        ("latest --from nepal --status disputed", "no dated fact; leave out options"),
    ],
)
def test_nothing_is_selected(run: Run, argv: str, message: str) -> None:
    """An empty answer says what was asked, and which options leave out how many facts."""
    result = run(*argv.split())
    assert result.code == 1
    assert message in result.err


def test_title_of_a_table(run: Run) -> None:
    """The title of a table names what the options select."""
    argv = "facts az pk --from pk --mentions india --status current --format table"
    title = run(*argv.split()).out.splitlines()[0]
    assert title == "Azerbaijan–Pakistan · facts · current · from Pakistan · mentioning India"


def test_contradicting_options(run: Run) -> None:
    """`--verified` and another verification contradict each other in every view."""
    for argv in ("facts az", "search jf-17", "cite az", "latest"):
        result = run(*argv.split(), "--verified", "--verification", "conflicting")
        assert result.code == 2
        assert "`--verified` means `cited`" in result.err


# --- report


def test_report(run: Run) -> None:
    """A report has the facts that the options select, and says so."""
    argv = "report az pk --topic trade --from pk --format markdown -o -"
    result = run(*argv.split())
    facts = run(*"facts az pk --topic trade --from pk --all --fields id".split()).out.split()[1:]
    assert result.code == 0
    assert f"{len(facts)} facts" in result.out
    assert "only facts: trade, from Pakistan" in result.out
    assert "[^pakcover-az-jf17]" not in result.out
