"""Search: facts of all relations by their words, ranked, forgiving, filtered; and nothing typed is taken for syntax."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bilatcli.views.search import sought, spans
from support import DATA, ROOT, Run

SMALL = str(DATA / "small.toml")
PACK = """\
[pack]
name = "own"
title = "A pack of one's own"
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
date = "{date}"
status = "current"
actors = ["{actor}"]
sources = ["own-page"]
verification = "cited"
{more}
"""


def fact(id: str, text: str, *, date: str = "2001", actor: str = "FJ", more: str = "") -> str:
    """A fact of one's own pack."""
    return FACT.format(id=id, text=text, date=date, actor=actor, more=more)


def ids(run: Run, *arguments: str, data: str = SMALL) -> list[str]:
    """The ids of the facts that a search finds, best first."""
    result = run("search", *arguments, "--data", data, "--fields", "id", "--json")
    document = json.loads(result.out)
    assert result.code == (0 if document["facts"] else 1), result.err
    return [each["id"] for each in document["facts"]]


def search(run: Run, *arguments: str, data: str = SMALL) -> dict[str, Any]:
    """The document of a search, checked against its schema."""
    document: dict[str, Any] = json.loads(run("search", *arguments, "--json", "--data", data).out)
    Draft202012Validator(json.loads((ROOT / "schema" / "search.json").read_text("utf-8"))).validate(
        document
    )
    return document


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A pack whose words no bundled fact has."""
    path = tmp_path / "own.toml"
    facts = [
        fact("in-note", "They met.", more='note = "On the wombatine question."'),
        fact("in-text", "They met on the wombatine question."),
        fact("headline", "They met on the wombatine question.", more="headline = true"),
        fact("designated", "They showed the ZQ-88B glider."),
        fact("named", "A third party spoke.", actor="The Numbat League"),
    ]
    path.write_text(PACK + "".join(facts), "utf-8")
    return path


# --- what is found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["steppe"], ["is-mn/on-steppe-mn"]),
        (["STEPPE"], ["is-mn/on-steppe-mn"]),
        (["step", "--country", "mn"], ["is-mn/on-steppe-mn"]),
        (["reykjavik", "--country", "mn"], ["is-mn/embassy"]),
        (["Reykjavík", "embassy", "--country", "mn"], ["is-mn/embassy"]),
        (["蒙古在雷克雅未克"], ["is-mn/embassy"]),
        (["大使馆"], ["is-mn/embassy"]),
        (["لینڈ", "ulaanbaatar"], ["is-mn/visit"]),
        (["منظمة"], ["is-mn/on-glaciers-org"]),
        (["chile", "canoes"], ["cl-fj/canoes"]),
        (["yak-1"], ["is-mn/yak-1-delivery"]),
        (["yak1"], ["is-mn/yak-1-delivery"]),
        (["yak", "1"], ["is-mn/yak-1-delivery"]),
    ],
)
def test_words_are_found_as_elsewhere(run: Run, words: list[str], found: list[str]) -> None:
    """Case, accents, scripts, beginnings and the joints of designations make no difference."""
    assert ids(run, *words) == found


def test_titles_and_actors_are_searched(run: Run, own: Path) -> None:
    """A word that only a source's title or an actor's name has finds the facts."""
    assert ids(run, "numbat", data=str(own)) == ["fj-is/named"]
    assert len(ids(run, "quokka", data=str(own))) == 5
    assert (
        ids(run, "zq88b", data=str(own)) == ids(run, "zq-88", data=str(own)) == ["fj-is/designated"]
    )


def test_misspelt_words_are_mended_and_said(run: Run) -> None:
    """A word that no fact has is read as one that is near, or left out and named."""
    result = run("search", "kashmeer", "qqqqqqqq", "--json", "--limit", "1")
    document = json.loads(result.out)
    assert document["query"]["filter"] == "kashmir"
    assert document["query"]["unused"] == ["qqqqqqqq"]
    assert "reading `kashmeer` as the word `kashmir`" in result.err
    assert "no fact has `qqqqqqqq`: left out" in result.err


def test_nothing_found(run: Run) -> None:
    """Where nothing is found the document is empty, a note says so, and the exit code is 1."""
    result = run("search", "qqqqqqqq", "--json")
    document = json.loads(result.out)
    assert (result.code, document["facts"], document["matches"], document["total"]) == (
        1,
        [],
        [],
        0,
    )
    assert result.err == "bilatcli: no fact has `qqqqqqqq`; `bilatcli list` shows what there is\n"
    assert "leave words out" in run("search", "canoes", "steppe", "--data", SMALL).err


# --- rank


def test_rank(run: Run, own: Path) -> None:
    """The text counts more than a note, and a headline comes before another fact that says the same."""
    assert ids(run, "wombatine", data=str(own)) == [
        "fj-is/headline",
        "fj-is/in-text",
        "fj-is/in-note",
    ]


def test_curated_facts_come_first(run: Run) -> None:
    """Facts that editors wrote come before those in outline, each of both by score, and the scores are told."""
    document = search(run, "exports", "2023", "--limit", "300")
    coverages = [each["coverage"] for each in document["facts"]]
    assert coverages == sorted(coverages)
    assert set(coverages) == {"curated", "outline"}
    for coverage in ("curated", "outline"):
        of = [each["id"] for each in document["facts"] if each["coverage"] == coverage]
        scores = [match["score"] for match in document["matches"] if match["fact"] in of]
        assert scores == sorted(scores, reverse=True)


def test_matches_say_where(run: Run) -> None:
    """There is a match for each fact, in their order, and its spans are where the text has its words."""
    document = search(run, "kashmir", "jf-17", "--all")
    assert (
        [match["fact"] for match in document["matches"]]
        == [each["id"] for each in document["facts"]]
        != []
    )
    for match, each in zip(document["matches"], document["facts"], strict=True):
        assert (
            list(dict.fromkeys(each["text"][start:end] for start, end in match["spans"]))
            == match["words"]
        )
    steppe = search(run, "steppes"[:-1])["matches"][0]
    assert (steppe["words"], steppe["spans"]) == (["steppe"], [[46, 52]])


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("The JF-17s and a JF17B.", ["jf-17"], ["JF-17s", "JF17B"]),
        ("The JF-17.", ["jf", "17"], ["JF-17"]),
        ("In 2017 Kashmiri", ["17", "kashmir"], ["Kashmiri"]),
        ("Co\u0302te d’Ivoire", ["cote", "ivoire"], ["Co\u0302te", "Ivoire"]),
        ("冰岛与蒙古的", ["蒙古"], ["蒙", "古"]),
        ("한국과", ["한국"], ["한", "국"]),
        ("", ["a"], []),
    ],
)
def test_spans(text: str, words: list[str], marked: list[str]) -> None:
    """Whole words are marked that begin as is sought, however they are written."""
    found = spans(text, words)
    assert [letter for start, end in found for letter in text[start:end]] == list("".join(marked))


def test_hits_stand_out_in_a_table(run: Run) -> None:
    """In a coloured table the hit alone is reversed; what looks like markup stays text."""
    table = run("search", "glaciers", "--data", SMALL, "--format", "table", "--color", "always").out
    assert "\x1b[1;7mglaciers\x1b[0m" in table
    plain = run("search", "glaciers", "--data", SMALL, "--format", "table", "--color", "never").out
    assert "\x1b" not in plain
    hostile = run("search", "loud", "--data", SMALL, "--format", "table", "--color", "always").out
    assert "[bold]\x1b[1;7mloud\x1b[0m[/bold]" in re.sub(r"\x1b\[0m(?=\[)", "\x1b[0m", hostile)
    assert "\x1b[31mred" not in hostile


# --- filters


def test_filters(run: Run) -> None:
    """Topic, country, time, verification and superseded facts narrow or widen what is found."""
    assert ids(run, "gliders") == ["is-mn/yak-1-delivery"]
    assert sorted(ids(run, "gliders", "--all")) == [
        "is-mn/yak-1-delivery",
        "is-mn/yak-1-order",
        "is-mn/yak-1-talks",
    ]
    assert ids(run, "gliders", "--as-of", "2007") == ["is-mn/yak-1-order"]
    assert ids(run, "gliders", "--all", "--until", "2005") == ["is-mn/yak-1-talks"]
    assert ids(run, "gliders", "--all", "--since", "2007") == ["is-mn/yak-1-delivery"]
    assert ids(run, "glaciers", "--verification", "conflicting") == ["is-mn/on-glaciers-org"]
    assert ids(run, "glaciers", "--verified") == ["is-mn/on-glaciers-is"]
    assert ids(run, "gazette", "--topic", "education") == []
    assert ids(run, "scholarships", "--topic", "education", "--country", "mongolia") == [
        "is-mn/scholarships"
    ]


def test_country(run: Run) -> None:
    """A country is taken in any spelling, told in the query, and asked back where it is none or several."""
    document = search(run, "test", "--country", "Monglia", "--limit", "200")
    assert {each["relation"].count("mn") for each in document["facts"]} == {1}
    assert [each["code"] for each in document["query"]["countries"]] == ["MN"]
    korea = run("search", "test", "--country", "korea")
    assert korea.code == 1
    assert "bilatcli search test --country kr" in korea.err
    assert run("search", "test", "--country", "qqqqqq").code == 1


def test_superseded_facts_are_told_of(run: Run) -> None:
    """Where only superseded facts match, the note says how to see them."""
    result = run("search", "talks", "yak", "--data", SMALL)
    assert (result.code, "1 is superseded or not verified so: add --all" in result.err) == (1, True)


def test_limit(run: Run) -> None:
    """No more facts are shown than asked for, 20 unless said, and a note tells of the others."""
    assert len(search(run, "pakistan")["facts"]) == 20
    result = run("search", "pakistan", "--limit", "3", "--json")
    document = json.loads(result.out)
    assert len(document["facts"]) == len(document["matches"]) == document["query"]["limit"] == 3
    total = document["total"]
    assert result.err == f"bilatcli: {total - 3} more facts: add --limit {total}\n"
    assert len(search(run, "pakistan", "--limit", str(total))["facts"]) == total


@pytest.mark.parametrize("limit", ["0", "-1", "many", "1.5", "", "٣", "9" * 12])
def test_bad_limit(run: Run, limit: str) -> None:
    """What is no number from 1 on is turned down."""
    assert run("search", "pakistan", f"--limit={limit}").code == 2


def test_two_verifications_are_turned_down(run: Run) -> None:
    """--verified and another verification contradict each other."""
    assert run("search", "kashmir", "--verified", "--verification", "conflicting").code == 2


def test_batch(run: Run) -> None:
    """A batch takes a search as words and as an object, whose limit may be a number."""
    lines = ["search kashmir --limit 2", '{"view": "search", "words": "kashmir", "limit": 2}']
    first, second = run("batch", stdin="\n".join(lines)).out.splitlines()
    assert json.loads(first)["facts"] == json.loads(second)["facts"]
    assert len(json.loads(first)["facts"]) == 2


# --- what is out to do harm


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
    """Whatever is typed is words: there is a document, and no error of SQLite's."""
    result = run("search", "--json", "--", *words)
    assert result.code in (0, 1)
    assert json.loads(result.out)["schema"] == "bilatcli/search@1"


@pytest.mark.parametrize("words", [[], [""], ["  "], ['"'], ["*", "()"], ["x "] * 65])
def test_no_words(run: Run, words: list[str]) -> None:
    """No word, and more than anybody searches for, is bad usage."""
    assert run("search", *words).code == 2


@pytest.mark.parametrize("word", ['a"b', "NEAR(", "*", "e\u0301", "x-1", "'", "\x00a"])
def test_only_quoted_letters_are_asked(word: str) -> None:
    """Between quotation marks FTS5 is given letters, digits and spaces alone."""
    asked = re.sub(
        r'"[^"]*"',
        lambda quoted: "w" if quoted[0][1:-1].replace(" ", "").isalnum() else "!",
        sought([word]),
    )
    assert re.fullmatch(r"\((w( \*)?( OR )?)*\)", asked)


# --- packs that change


def test_a_changed_pack_is_searched_anew(run: Run, own: Path, home: Path, tmp_path: Path) -> None:
    """When a pack changes or goes, its old words find nothing, scores are those of a new index, and it is not made."""
    folder = tmp_path / "packs"
    folder.mkdir()
    pack, other = folder / "own.toml", folder / "other.toml"
    pack.write_bytes(own.read_bytes())
    other.write_text(Path(SMALL).read_text("utf-8"), "utf-8")
    assert len(ids(run, "wombatine", data=str(folder))) == 3
    (kept,) = (home / ".cache" / "bilatcli").iterdir()
    inode = kept.stat().st_ino
    pack.write_text(
        own.read_text("utf-8").replace("wombatine", "bandicoot").replace("Quokka", "Potoroo"),
        "utf-8",
    )
    os.utime(pack, ns=(10**18, 10**18))
    assert ids(run, "wombatine", data=str(folder)) == []
    assert ids(run, "quokka", data=str(folder)) == []
    assert len(ids(run, "bandicoot", data=str(folder))) == 3
    assert len(ids(run, "potoroo", data=str(folder))) == 5
    after = {
        words: search(run, words, "--all", data=str(folder))
        for words in ("bandicoot", "iceland", "steppe")
    }
    assert kept.stat().st_ino == inode
    kept.unlink()
    assert after == {words: search(run, words, "--all", data=str(folder)) for words in after}
    other.unlink()
    assert ids(run, "steppe", data=str(folder)) == ids(run, "steppe", data=str(own))
    pack.unlink()
    assert ids(run, "bandicoot", data=str(folder)) == []


def test_completion(run: Run) -> None:
    """The view, its options and their values are offered."""
    assert "search" in run("--complete", "se").out
    assert "--verification" in run("--complete", "search", "kashmir", "--veri").out
    assert "single-source-claim" in run("--complete", "search", "--verification", "si").out
    assert "mongolia" in run("--complete", "search", "--country", "mongo").out
