"""Generate a corpus for measurements: packs of made-up facts, written as an editor would.

    python benchmarks/corpus.py FOLDER [--relations N] [--facts N] [--packs N] [--seed N]

The same arguments write the same bytes. Memory holds one relation at a time. `az-pk` is always
among the relations. All ids differ from those of the bundled packs.
"""

from __future__ import annotations

import argparse
import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from json import dumps
from multiprocessing import Pool
from pathlib import Path
from random import Random

from corpus_mix import (
    ABOUT,
    CITED,
    DATES,
    ENDS,
    ISSUE_KINDS,
    ISSUES,
    KINDS,
    MEASURES,
    OUTLETS,
    RELIABILITIES,
    SAID,
    SOURCE_TYPES,
    STATUSES,
    SYLLABLES,
    SYSTEMS,
    TOPIC_MIX,
    VERIFICATIONS,
)

from bilatcli.normalization import normalize
from bilatcli.vocabulary import COUNTRY_CODES

COUNTRIES = 200
SOURCES = 10
"""Sources per relation."""
ALWAYS = ("AZ", "PK")

Table = dict[str, object]


@dataclass(frozen=True)
class Plan:
    """The size of a corpus, and its random seed."""

    relations: int = 19_900
    facts: int = 1_000_000
    packs: int = 200
    seed: int = 1

    def pairs(self) -> list[tuple[str, str]]:
        """Return the pairs of country codes that have a relation, sorted."""
        codes = sorted(COUNTRY_CODES)[:COUNTRIES]
        others = [pair for pair in combinations(codes, 2) if pair != ALWAYS]
        Random(self.seed).shuffle(others)
        return sorted([ALWAYS, *others[: self.relations - 1]])

    def facts_of(self, relation: int) -> int:
        """Return the number of facts of the relation at a position."""
        return (
            self.facts * (relation + 1) // self.relations - self.facts * relation // self.relations
        )


@cache
def country_names() -> Mapping[str, str]:
    """Map country codes to names."""
    file = Path(__file__).resolve().parent.parent / "data" / "countries.toml"
    return {
        each["code"]: each["name"] for each in tomllib.loads(file.read_text("utf-8"))["country"]
    }


def write(folder: Path, plan: Plan) -> None:
    """Write the packs of a plan into a folder, one process per processor."""
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
    """Return a table as TOML, without keys that have no value.

    The strings, lists, numbers and booleans of TOML are those of JSON.
    """
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
        "title": (
            f"[Made up for a benchmark: {_person(random)} {random.choice(SAID)} "
            f"{random.choice(ENDS)}]"
        ),
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
        "established": (
            f"{random.randrange(1945, 2012)}-{random.randrange(1, 13):02}-"
            f"{random.randrange(1, 29):02}"
        ),
        "established_sources": [sources[0]],
        "status": random.choice(
            ("partners", "strategic partners", "diplomatic relations", "no embassies")
        ),
        "status_sources": [sources[1]],
        "overview": (
            f"{one} and {other}: made up for a benchmark. {_statement(random, one, other, '')}"
        ),
        "sources": [sources[0], sources[1], sources[2]],
    }


def _facts(
    random: Random, pair: Sequence[str], sources: Sequence[str], count: int
) -> Iterator[Table]:
    """Yield the facts of a relation.

    A fact may supersede the previous one on the same system, measure or issue.
    """
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
        "id": f"bench-{number:03}-{normalize(about).replace(' ', '-')}",
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
    """Return the keys that only facts of a topic have."""
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
        place = normalize(country_names()[random.choice(pair)]).replace(" ", "-")
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
    """Return a sentence of 60 to 200 characters on both countries, with the system if any."""
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
    parser = argparse.ArgumentParser(description="Generate packs of made-up facts to measure with.")
    parser.add_argument("folder", type=Path)
    for name, size in vars(Plan()).items():
        parser.add_argument(f"--{name}", type=int, default=size, metavar="N")
    arguments = vars(parser.parse_args())
    write(arguments.pop("folder"), Plan(**arguments))


if __name__ == "__main__":
    main()
