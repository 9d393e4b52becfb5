"""Writes a corpus to measure with: packs as an editor would write them, of facts that are made up.

    python benchmarks/corpus.py FOLDER [--relations 19900] [--facts 1000000] [--packs 200] [--seed 1]

The same arguments write the same bytes. One relation is held in memory at a time. What there is of each topic, stage,
precision of a date and so on is as in `data/relations.toml`, whose counts the weights below are; a fact has 0.2 sources
of its own rather than that file's 0.9, since a corpus of this size is read from reference works. `az-pk` is always
among the relations, and every id differs from those of the packs that come with the tool.
"""

from __future__ import annotations

import argparse
import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, combinations
from json import dumps
from multiprocessing import Pool
from pathlib import Path
from random import Random
from typing import Generic, TypeVar

from bilatcli.text import fold
from bilatcli.vocabulary import COUNTRY_CODES, TOPICS

COUNTRIES = 200
SOURCES = 10
"""Sources of one relation."""
ALWAYS = ("AZ", "PK")

Table = dict[str, object]
T = TypeVar("T")


class Mix(Generic[T]):
    """Values with how often each comes."""

    def __init__(self, weights: Mapping[T, int]) -> None:
        self.values = tuple(weights)
        self.weights = tuple(accumulate(weights.values()))

    def draw(self, random: Random) -> T:
        """Return one of the values."""
        return random.choices(self.values, cum_weights=self.weights)[0]


TOPIC_COUNTS = (8, 43, 19, 48, 75, 29, 18, 8, 8, 8, 11, 4, 0)
TOPIC_MIX = Mix(dict(zip(TOPICS, TOPIC_COUNTS, strict=True)))
STATUSES = Mix({"historical": 165, "current": 74, "disputed": 28, "planned": 12})
VERIFICATIONS = Mix(
    {"single-source-claim": 141, "cited": 101, "conflicting": 33, "citation-needed": 4}
)
CITED = Mix({1: 167, 2: 77, 3: 31})
KINDS: Mix[tuple[str, str | None]] = Mix(
    {
        ("arms-transfer", "talks"): 17,
        ("arms-transfer", "ordered"): 12,
        ("arms-transfer", "delivered"): 6,
        ("arms-transfer", "planned"): 2,
        ("visit", "held"): 8,
        ("visit", "planned"): 1,
        ("exercise", "held"): 6,
        ("exercise", "planned"): 2,
        ("production", "talks"): 5,
        ("production", "planned"): 1,
        ("training", "held"): 3,
        ("training", "in-force"): 2,
        ("agreement", "signed"): 4,
        ("war", None): 4,
        ("aid", "in-force"): 1,
    }
)
DATES = Mix(
    {
        "{y}-{m:02}-{d:02}": 1270,
        "{y}-{m:02}": 710,
        "{y}": 350,
        "": 340,
        "{y}?": 35,
        "{y}~": 15,
        "{y}-{m:02}?": 25,
        "{y}-{m:02}~": 10,
        "{y}-{m:02}-{d:02}?": 10,
        "{y}/{n}": 10,
    }
)
SOURCE_TYPES = Mix(
    {"article-newspaper": 194, "webpage": 31, "speech": 11, "article-journal": 5, "report": 2}
)
RELIABILITIES = Mix(
    {"news": 207, "official": 14, "weak": 8, "reference": 6, "academic": 4, "advocacy": 4}
)
OUTLETS = "courier gazette herald monitor observer post sentinel times tribune wire".split()
ISSUES = "kashmir nagorno-karabakh cyprus-dispute western-sahara south-china-sea palestine kosovo-status".split()
ISSUE_KINDS = (
    "border-with",
    "recognition-of",
    "sanctions-on",
    "water-shared-with",
    "minorities-in",
    "bases-in",
)
MEASURES = ("trade turnover", "exports", "imports", "investment", "loan", "aid")
SYSTEMS = (
    "JF-17 Block III|JF-17 Thunder|Super Mushshak|F-16C Block 52|Su-30MKI|Su-35|MiG-29|Mirage 2000-5|Rafale F4|"
    "Eurofighter Typhoon|Gripen E|C-130J Hercules|A400M Atlas|Mi-17|AH-64E Apache|Bayraktar TB2|Akinci|Wing Loong II|"
    "MQ-9 Reaper|T-72B3|T-90S|Leopard 2A7|M1A2 Abrams|K2 Black Panther|BMP-3|BTR-82A|K9 Thunder|CAESAR 155 mm|"
    "HIMARS M142|Smerch 9K58|S-300PMU2|S-400 Triumf|Patriot PAC-3|NASAMS 2|Iron Dome|Javelin FGM-148|Spike LR|"
    "Exocet MM40|Kilo 636|Type 039B|MILGEM corvette|Type 054A frigate|assault rifles|body armour"
).split("|")
SYLLABLES = "al an ar bek da el far gul ha il ja ka la mar na or pa ra sa ta ul va yu za".split()
SAID = (
    "said at a joint press conference|agreed in a memorandum|reported to parliament|announced|told reporters|wrote in "
    "a joint communiqué|repeated|denied|confirmed after talks|noted in the annual review|signed a protocol|proposed"
).split("|")
ABOUT = (
    "that the two sides would widen cooperation|that direct flights would begin|that a working group would meet|that "
    "visas would be waived for officials|that the agreement had entered into force|that deliveries were complete|that "
    "the contract was under negotiation|that the figures of both customs services differ|that a delegation would visit "
    "the capital|that the embassy would open again|that students would receive scholarships|that it backed the other's "
    "territorial integrity|that the pipeline would be extended|that relief goods had arrived"
).split("|")
ENDS = (
    "according to the ministry of foreign affairs|as the state news agency reported|without giving a date|for the "
    "first time since independence|under the agreement of the year before|at the meeting of the joint commission|on "
    "the margins of the General Assembly|despite earlier reservations|through a credit of its export bank|after a "
    "request of its general staff|while the opposition objected"
).split("|")


@dataclass(frozen=True)
class Plan:
    """How large a corpus is, and the seed it grows from."""

    relations: int = 19_900
    facts: int = 1_000_000
    packs: int = 200
    seed: int = 1

    def pairs(self) -> list[tuple[str, str]]:
        """Return the pairs of country codes that have a relation, in order."""
        codes = sorted(COUNTRY_CODES)[:COUNTRIES]
        others = [pair for pair in combinations(codes, 2) if pair != ALWAYS]
        Random(self.seed).shuffle(others)
        return sorted([ALWAYS, *others[: self.relations - 1]])

    def facts_of(self, relation: int) -> int:
        """Return how many facts the relation at a position has; together they are all."""
        return (
            self.facts * (relation + 1) // self.relations - self.facts * relation // self.relations
        )


@cache
def country_names() -> Mapping[str, str]:
    """Return the name of each country by its code."""
    file = Path(__file__).resolve().parent.parent / "data" / "countries.toml"
    return {
        each["code"]: each["name"] for each in tomllib.loads(file.read_text("utf-8"))["country"]
    }


def write(folder: Path, plan: Plan) -> None:
    """Write the packs of a plan into a folder, as many at a time as there are processors."""
    folder.mkdir(parents=True, exist_ok=True)
    with Pool(os.cpu_count()) as pool:
        pool.starmap(
            write_pack, [(folder, plan, number) for number in range(plan.packs)], chunksize=1
        )


def write_pack(folder: Path, plan: Plan, number: int) -> None:
    """Write one pack of a plan."""
    random = Random(f"{plan.seed}/{number}")
    name = f"benchmark-{number:03}"
    first, last = (plan.relations * each // plan.packs for each in (number, number + 1))
    with (folder / f"{name}.toml").open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(f'[pack]\nname = "{name}"\ntitle = "Benchmark pack {number}, made up"\n')
        stream.write('licence = "CC0-1.0"\nupdated = 2026-11-23\n')
        for place, pair in list(enumerate(plan.pairs()))[first:last]:
            sources = [
                _source(random, f"b{number:03}-{place - first:03}", each) for each in range(SOURCES)
            ]
            stream.writelines(_toml("source", source) for source in sources)
            ids = [str(source["id"]) for source in sources]
            stream.write(_toml("relation", _relation(random, pair, ids)))
            facts = _facts(random, pair, ids, plan.facts_of(place))
            stream.writelines(_toml("relation.fact", fact) for fact in facts)


def _toml(header: str, table: Table) -> str:
    """A table as TOML, whose strings, lists, numbers and truth values are JSON's; keys without a value are left out."""
    lines = [
        f"{key} = {dumps(value, ensure_ascii=False)}\n"
        for key, value in table.items()
        if value is not None
    ]
    return f"\n[[{header}]]\n{''.join(lines)}"


def _source(random: Random, prefix: str, number: int) -> Table:
    outlet = random.choice(OUTLETS)
    slug = f"{prefix}-{outlet}-{number}"
    author = f"{_person(random)}, {_person(random)}" if random.random() < 0.4 else None
    return {
        "id": slug,
        "type": SOURCE_TYPES.draw(random),
        "title": f"[Made up for a benchmark: {_person(random)} {random.choice(SAID)} {random.choice(ENDS)}]",
        "authors": [author] if author else None,
        "publisher": f"The {_person(random)} {outlet.title()}",
        "issued": _date(random),
        "url": f"https://{outlet}.example/{prefix}/{random.randrange(10**6)}.html",
        "lang": "en",
        "reliability": RELIABILITIES.draw(random),
        "accessed": "2026-11-23",
    }


def _relation(random: Random, pair: Sequence[str], sources: Sequence[str]) -> Table:
    one, other = (country_names()[code] for code in pair)
    return {
        "id": "-".join(pair).lower(),
        "countries": list(pair),
        "established": f"{random.randrange(1945, 2012)}-{random.randrange(1, 13):02}-{random.randrange(1, 29):02}",
        "established_sources": [sources[0]],
        "status": random.choice(
            ("partners", "strategic partners", "diplomatic relations", "no embassies")
        ),
        "status_sources": [sources[1]],
        "overview": f"{one} and {other}: made up for a benchmark. {_statement(random, one, other, '')}",
        "sources": [sources[0], sources[1], sources[2]],
    }


def _facts(
    random: Random, pair: Sequence[str], sources: Sequence[str], count: int
) -> Iterator[Table]:
    """The facts of a relation; of two on one system, measure or issue the older one may be superseded."""
    systems = [random.choice(SYSTEMS) for _ in range(3)]
    made: list[Table] = []
    newest: dict[object, Table] = {}
    for number in range(count):
        fact = _fact(random, pair, sources, number, systems)
        made.append(fact)
        about = fact.get("system") or fact.get("measure") or fact.get("issue")
        before = newest.get(about)
        if about and before and random.random() < 0.7:
            before |= {"status": "superseded", "superseded_by": fact["id"]}
        newest[about] = fact
    yield from made


def _fact(
    random: Random, pair: Sequence[str], sources: Sequence[str], number: int, systems: Sequence[str]
) -> Table:
    actor, other = pair if random.random() < 0.5 else reversed(pair)
    topic = TOPIC_MIX.draw(random)
    own = _own_keys(random, topic, (actor, other), systems)
    about = str(own.get("system") or own.get("issue") or own.get("measure") or topic)
    first, cited = random.randrange(SOURCES), CITED.draw(random)
    date = _date(random)
    names = country_names()
    return {
        "id": f"bench-{number:03}-{fold(about).replace(' ', '-')}",
        "topic": topic,
        "headline": True if random.random() < 0.05 else None,
        "text": _statement(random, names[actor], names[other], str(own.get("system") or "")),
        "date": date,
        "as_of": str(random.randrange(2004, 2027))
        if date is None and random.random() < 0.7
        else None,
        "status": STATUSES.draw(random),
        "superseded_by": None,
        "actors": [actor, other] if random.random() < 0.4 else [actor],
        "toward": [other] if random.random() < 0.56 else None,
        "sources": [sources[(first + each) % SOURCES] for each in range(cited)],
        "verification": VERIFICATIONS.draw(random),
        "note": f"Compare {_person(random)}, {random.choice(ENDS)}."
        if random.random() < 0.38
        else None,
        **own,
    }


def _own_keys(random: Random, topic: str, pair: tuple[str, str], systems: Sequence[str]) -> Table:
    """The keys that only facts of a topic have."""
    actor, other = pair
    if topic == "military":
        kind, stage = KINDS.draw(random)
        is_arms = kind in ("arms-transfer", "production")
        return {
            "kind": kind,
            "system": random.choice(systems) if is_arms else None,
            "stage": stage,
            "quantity": random.randrange(1, 200) if is_arms and random.random() < 0.3 else None,
            "value_usd": random.randrange(1, 5000) * 10**6
            if is_arms and random.random() < 0.15
            else None,
            "partners": [other] if random.random() < 0.2 else None,
        }
    if topic == "stance":
        favoured, harmed = pair if random.random() < 0.5 else reversed(pair)
        place = fold(country_names()[random.choice(pair)]).replace(" ", "-")
        return {
            "issue": random.choice(ISSUES)
            if random.random() < 0.2
            else f"{random.choice(ISSUE_KINDS)}-{place}",
            "holder": actor,
            "position": f"{random.choice(SAID)} {random.choice(ABOUT)}",
            "favours": favoured if random.random() < 0.9 else None,
            "against": harmed if random.random() < 0.8 else None,
        }
    if topic == "trade" or (
        topic in ("transport", "energy", "humanitarian", "education") and random.random() < 0.15
    ):
        return {"measure": random.choice(MEASURES), "value_usd": random.randrange(1, 10**7) * 1000}
    return {}


def _statement(random: Random, one: str, other: str, system: str) -> str:
    """One sentence of 60 to 200 characters that names both countries, and the system where there is one."""
    target = random.randrange(90, 180)
    text = f"{one} {random.choice(SAID)} with {other}"
    if system:
        text += f" on {random.randrange(2, 90)} {system}"
    text += f" {random.choice(ABOUT)}"
    while len(text) < target:
        text += (
            f", {random.choice(ENDS)}"
            if random.random() < 0.6
            else f", {_person(random)} of {_person(random)}"
        )
    return text[:199].rstrip(" ,") + "."


def _person(random: Random) -> str:
    return "".join(random.choices(SYLLABLES, k=3)).title()


def _date(random: Random) -> str | None:
    year = 2026 - int(35 * random.random() ** 2)
    month, day = random.randrange(1, 13), random.randrange(1, 29)
    return DATES.draw(random).format(y=year, m=month, d=day, n=year + 1) or None


def main() -> None:
    """Read the command line and write the corpus."""
    parser = argparse.ArgumentParser(description="Write a made-up corpus of packs to measure with.")
    parser.add_argument("folder", type=Path)
    for name, size in vars(Plan()).items():
        parser.add_argument(f"--{name}", type=int, default=size, metavar="N")
    arguments = vars(parser.parse_args())
    write(arguments.pop("folder"), Plan(**arguments))


if __name__ == "__main__":
    main()
