"""The view `search`: facts on all relations that have some words, best matches first."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bilatcli.index.store import Index
from support import Run
from view_support import SMALL, Ask, make_ask, open_own

PACK = """\
[pack]
name = "own"
title = "Invented statements"
licence = "CC0-1.0"
updated = 2026-11-23

[[source]]
id = "own-page"
type = "webpage"
title = "Quokka census"
reliability = "news"

[[relation]]
id = "fj-is"
countries = ["FJ", "IS"]
"""
FACT = """
[[relation.fact]]
id = "{id}"
topic = "diplomacy"
text = "{text}"
date = "2001"
status = "current"
actors = ["{actor}"]
sources = ["own-page"]
verification = "cited"
{more}
"""
FACTS = (
    {"id": "in-note", "text": "They met.", "more": 'note = "On the wombatine question."'},
    {"id": "in-text", "text": "They met on the wombatine question."},
    {"id": "headline", "text": "They met on the wombatine question.", "more": "headline = true"},
    {"id": "designated", "text": "They showed the ZQ-88B glider."},
    {"id": "named", "text": "A third party spoke.", "actor": "The Numbat League"},
)
"""Facts whose words no bundled fact has."""


def write_facts(path: Path) -> Path:
    """Write the pack of invented facts, and return its path."""
    records = [FACT.format(**{"actor": "FJ", "more": "", **fact}) for fact in FACTS]
    path.write_text(PACK + "".join(records), "utf-8")
    return path


@pytest.fixture(scope="module")
def ask_own(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Yield a function that asks the pack of invented facts and the bundled ones."""
    with open_own(cache, write_facts(tmp_path_factory.mktemp("own") / "own.toml")) as index:
        yield make_ask(index)


def find_ids(ask: Ask, words: str, **options: object) -> list[str]:
    """Return the ids of the facts that a search finds, best first."""
    return [fact["id"] for fact in ask("search", words, **options)["facts"]]


# --- what is found


@pytest.mark.parametrize(
    ("words", "country", "id"),
    [
        ("steppe", None, "is-mn/on-steppe-mn"),
        ("STEPPE", None, "is-mn/on-steppe-mn"),
        ("step*", "mn", "is-mn/on-steppe-mn"),
        ("steppes", "mn", "is-mn/on-steppe-mn"),
        ("reykjavik", "mn", "is-mn/embassy"),
        ("Reykjavík embassy", "mn", "is-mn/embassy"),
        ("蒙古在雷克雅未克", None, "is-mn/embassy"),
        ("大使馆", None, "is-mn/embassy"),
        ("لینڈ ulaanbaatar", None, "is-mn/visit"),
        ("منظمة", None, "is-mn/on-glaciers-org"),
        ("chile canoes", None, "cl-fj/canoes"),
        ("yak-1", None, "is-mn/yak-1-delivery"),
        ("yak1", None, "is-mn/yak-1-delivery"),
        ("yak 1", None, "is-mn/yak-1-delivery"),
    ],
)
def test_words(ask_small: Ask, words: str, country: str | None, id: str) -> None:
    """Case, accents, scripts, forms and the spelling of model numbers make no difference."""
    assert find_ids(ask_small, words, country=country) == [id]


def test_titles_and_actors(ask_own: Ask) -> None:
    """Words of an actor or of the title of a source find the facts."""
    assert find_ids(ask_own, "numbat") == ["fj-is/named"]
    assert len(find_ids(ask_own, "quokka")) == len(FACTS)
    assert find_ids(ask_own, "zq88b") == find_ids(ask_own, "zq-88") == ["fj-is/designated"]


def test_corrected_words(run: Run) -> None:
    """A misspelt word is corrected and an unknown one ignored; notes say so."""
    result = run("search", "kashmeer", "qqqqqqqq", "--json", "--limit", "1")
    query = json.loads(result.out)["query"]
    assert (query["filter"], query["unused"]) == ("kashmir", ["qqqqqqqq"])
    assert "reading `kashmeer` as the word `kashmir`" in result.err
    assert "`qqqqqqqq`" in result.err


# --- rank


def test_rank(ask_own: Ask) -> None:
    """The text counts more than a note, and a headline more than another fact."""
    ids = ["fj-is/headline", "fj-is/in-text", "fj-is/in-note"]
    assert find_ids(ask_own, "wombatine") == ids


def test_curated_facts_come_first(ask: Ask) -> None:
    """Curated facts come before generated ones, each by score."""
    document = ask("search", "embassy", limit="999")
    scores = {match["fact"]: match["score"] for match in document["matches"]}
    order = [(fact["coverage"], -scores[fact["id"]]) for fact in document["facts"]]
    assert order == sorted(order)
    assert {coverage for coverage, _ in order} == {"curated", "outline"}


def test_matches(ask: Ask) -> None:
    """Each fact has a match, in the same order, with the words of its text that were found."""
    document = ask("search", "kashmir jf-17", all=True)
    facts = document["facts"]
    assert [match["fact"] for match in document["matches"]] == [fact["id"] for fact in facts] != []
    for match, fact in zip(document["matches"], facts, strict=True):
        words = [fact["text"][start:end] for start, end in match["spans"]]
        assert list(dict.fromkeys(words)) == match["words"]


def test_match_in_a_text(ask_small: Ask) -> None:
    """The span of a match is where the text has the word."""
    (match,) = ask_small("search", "steppe")["matches"]
    assert (match["words"], match["spans"]) == (["steppe"], [[46, 52]])


# --- options


def test_options(ask_small: Ask) -> None:
    """Topic, time, verification and superseded facts narrow or widen what is found."""
    delivery, order, talks = (f"is-mn/yak-1-{stage}" for stage in ("delivery", "order", "talks"))
    assert find_ids(ask_small, "gliders") == [delivery]
    assert sorted(find_ids(ask_small, "gliders", all=True)) == [delivery, order, talks]
    assert find_ids(ask_small, "gliders", as_of="2007") == [order]
    assert find_ids(ask_small, "gliders", all=True, until="2005") == [talks]
    assert find_ids(ask_small, "gliders", all=True, since="2007") == [delivery]
    conflicting = find_ids(ask_small, "glaciers", verification="conflicting")
    assert conflicting == ["is-mn/on-glaciers-org"]
    assert find_ids(ask_small, "glaciers", verified=True) == ["is-mn/on-glaciers-is"]
    assert find_ids(ask_small, "gazette", topic="education") == []
    scholarships = find_ids(ask_small, "scholarships", topic="education", country="mongolia")
    assert scholarships == ["is-mn/scholarships"]


def test_country(ask_small: Ask, run: Run) -> None:
    """The country may be misspelt; an ambiguous one is an error with a command for each meaning."""
    document = ask_small("search", "test", country="Monglia", limit="200")
    assert all("mn" in fact["relation"].split("-") for fact in document["facts"])
    assert [country["code"] for country in document["query"]["countries"]] == ["MN"]
    korea = run("search", "test", "--country", "korea")
    assert korea.code == 1
    assert "bilatcli search test --country kr" in korea.err
    assert run("search", "test", "--country", "qqqqqq").code == 1


def test_limit(ask: Ask, run: Run) -> None:
    """At most `limit` facts are shown, 20 by default, and a note says how to see the others."""
    assert len(ask("search", "pakistan")["facts"]) == 20
    result = run("search", "pakistan", "--limit", "3", "--json")
    document = json.loads(result.out)
    assert len(document["facts"]) == len(document["matches"]) == document["query"]["limit"] == 3
    total = document["total"]
    assert result.err == f"bilatcli: {total - 3:,} more facts (`--limit {total}` shows all)\n"
    assert len(ask("search", "pakistan", limit=str(total))["facts"]) == total


@pytest.mark.parametrize("limit", ["0", "-1", "many", "1.5", "", "٣", "9" * 12])
def test_invalid_limit(run: Run, limit: str) -> None:
    """A limit must be a positive number."""
    assert run("search", "pakistan", f"--limit={limit}").code == 2


@pytest.mark.parametrize(
    ("argv", "note"),
    [
        (("qqqqqqqq",), "no fact mentions `qqqqqqqq`; `bilatcli list` shows what is recorded"),
        (("qqqqqqqq", "zzzzzz"), "no fact mentions `qqqqqqqq zzzzzz`; use fewer words"),
        (("talks", "yak"), "no fact mentions `talks yak`; 1 fact is superseded: add `--all`"),
        (
            ("talks", "yak", "--verified"),
            "1 fact is superseded or verified otherwise: add `--all` or leave out `--verified`",
        ),
        (
            ("canoes", "--topic", "trade", "--country", "fj"),
            "no fact on Fiji with topic `trade` mentions `canoes`; leave out options",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_why_nothing_is_found(small: Run, argv: tuple[str, ...], note: str) -> None:
    """An empty answer says what was asked and how to ask a wider question."""
    result = small("search", *argv, "--json")
    document = json.loads(result.out)
    assert (result.code, document["facts"], document["total"]) == (1, [], 0)
    assert note in result.err


def test_two_verifications(run: Run) -> None:
    """`verified` contradicts any other verification."""
    result = run("search", "kashmir", "--verified", "--verification", "conflicting")
    assert result.code == 2
    assert "`--verified` means `cited`, but `--verification` is `conflicting`" in result.err


# --- words are never syntax


@pytest.mark.parametrize(
    "words",
    [
        ['" OR 1=1 *'],
        ["NEAR("],
        ["NEAR(a b, 2)"],
        ["a AND"],
        ["NOT", "OR", "AND"],
        ["statement : kashmir"],
        ["{note titles}:x"],
        ["^kashmir"],
        ["kashmir*"],
        ['"""' + "kashmir"],
        ["'; DROP TABLE fact; --x"],
        ["a\\b"],
        ["a" * 20_000],
        ["蒙" * 60],
        ["kashmir "] * 60,
        ["\u202e", "kashmir"],
    ],
)
def test_hostile_words(run: Run, words: list[str]) -> None:
    """Whatever is typed is words: there is a document, and no error of the database."""
    result = run("search", "--json", "--", *words)
    assert result.code in (0, 1)
    assert json.loads(result.out)["schema"] == "bilatcli/search@1"


@pytest.mark.parametrize("words", [[], [""], ["  "], ['"'], ["*", "()"], ["x "] * 65])
def test_no_words(run: Run, words: list[str]) -> None:
    """No word, and too many words, are usage errors."""
    assert run("search", *words).code == 2


# --- packs that change


def test_changed_pack(cache: Path, tmp_path: Path) -> None:
    """After a change of a pack its old words find nothing, and scores are those of a new index."""
    folder = tmp_path / "packs"
    folder.mkdir()
    pack, other = write_facts(folder / "own.toml"), folder / "other.toml"
    other.write_bytes(SMALL.read_bytes())

    def search(words: str) -> list[tuple[str, float]]:
        with open_own(cache, folder) as index:
            matches = make_ask(index)("search", words, all=True)["matches"]
        return [(match["fact"], match["score"]) for match in matches]

    assert len(search("wombatine")) == 3
    text = pack.read_text("utf-8").replace("wombatine", "bandicoot").replace("Quokka", "Potoroo")
    pack.write_text(text, "utf-8")
    os.utime(pack, ns=(10**18, 10**18))
    assert search("wombatine") == search("quokka") == []
    assert (len(search("bandicoot")), len(search("potoroo"))) == (3, 5)
    after = {words: search(words) for words in ("bandicoot", "iceland", "steppe")}
    for file in cache.glob("bilatcli/*.sqlite"):
        if file.stat().st_mtime >= pack.stat().st_ctime:
            file.unlink()
    assert {words: search(words) for words in after} == after
    pack.unlink()
    assert search("bandicoot") == []
    assert [id for id, _ in search("steppe")] == ["is-mn/on-steppe-mn"]


def test_index_is_read_only(index: Index) -> None:
    """A search leaves no transaction open."""
    make_ask(index)("search", "kashmir")
    index.begin()
    index.end()
