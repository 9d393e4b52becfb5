"""Generate docs/coverage.md and the coverage paragraph of README from the bundled packs.

Ages are counted up to the day on which a pack was last updated, not up to today.

    python scripts/coverage.py             write both files
    python scripts/coverage.py --check     exit with 1 if a file is stale
"""

from __future__ import annotations

import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from bilatcli import vocabulary
from bilatcli.environment import Environment
from bilatcli.index import Statement
from bilatcli.index.cache import bundled_packs
from bilatcli.index.store import open_index
from bilatcli.packs import edtf, loader
from bilatcli.query.request import Request
from bilatcli.views import VIEWS, run
from coverage_floor import list_floor
from coverage_tables import list_generated, list_pairs, list_tables, read_pairs, read_tables
from coverage_text import prose, share, table
from generated import ROOT, write_or_check

PAGE = ROOT / "docs" / "coverage.md"
README = ROOT / "README.md"

MAX_AGE = 3
"""Years after which a figure counts as old."""

_SENTENCE = re.compile(r"(?<=<!-- coverage -->\n).*?(?=<!-- /coverage -->)", re.DOTALL)

FACTS = Statement("coverage_facts", "SELECT json FROM fact ORDER BY id")
SOURCES = Statement(
    "coverage_sources", "SELECT MIN(json) AS json FROM source GROUP BY id ORDER BY id"
)
COUNTRIES = Statement("coverage_countries", "SELECT code, name FROM country ORDER BY name")

Fact = Mapping[str, Any]


class Corpus:
    """The bundled packs: relations as the view `list` returns them, facts and sources as JSON."""

    def __init__(self) -> None:
        with tempfile.TemporaryDirectory() as home:
            index = open_index(Environment(environ={"HOME": home}))
            self.relations: list[Fact] = run(VIEWS["list"], Request("list"), index).load()[
                "relations"
            ]
            facts = [json.loads(row["json"]) for row in index.rows(FACTS)]
            self.sources: list[Fact] = [json.loads(row["json"]) for row in index.rows(SOURCES)]
            self.names: dict[str, str] = {row["code"]: row["name"] for row in index.rows(COUNTRIES)}
            self.pairs = read_pairs(index)
            self.tables = read_tables(index)
            index.close()
        self.facts: list[Fact] = [fact for fact in facts if fact["coverage"] == "curated"]
        self.generated: list[Fact] = [fact for fact in facts if fact["coverage"] == "outline"]
        self.curated = [
            relation for relation in self.relations if relation["coverage"] == "curated"
        ]
        packs = [loader.load_pack(path) for path in bundled_packs()]
        self.day = max(pack.pack.updated for pack in packs).isoformat()
        self.curated_packs = [pack for pack in packs if pack.pack.coverage == "curated"]

    def facts_of(self, relation: Fact) -> list[Fact]:
        """Return the curated facts of a relation."""
        return [fact for fact in self.facts if fact["relation"] == relation["id"]]

    def countries(self) -> list[str]:
        """Return the codes of the countries in the curated relations, sorted."""
        return sorted(
            {country["code"] for relation in self.curated for country in relation["countries"]}
        )


def depth(corpus: Corpus) -> Iterator[str]:
    """Yield the section on how deep and how recent each curated relation is."""
    yield "## Depth and recency"
    yield ""
    yield from prose(
        "Curated facts only, without generated ones. `newest` is the newest date of a fact "
        "that is not a plan."
    )
    yield ""
    kinds = ("cited", "single-source-claim", "conflicting", "citation-needed")
    heads = [
        "relation",
        "newest",
        "facts",
        "headlines",
        "sources",
        "cited",
        "single source",
        "conflicting",
    ]
    rows = [
        [f"{each['name']} (`{each['id']}`)", each["newest"], *counts(corpus.facts_of(each), kinds)]
        for each in corpus.curated
    ]
    total = ["all", max(each["newest"] for each in corpus.curated), *counts(corpus.facts, kinds)]
    yield from table([*heads, "citation needed"], [*rows, total], words=2)
    yield from prose("Facts by topic. An empty cell means that there are none.")
    yield ""
    topics = [
        (each["id"], Counter(fact["topic"] for fact in corpus.facts_of(each)))
        for each in corpus.curated
    ]
    topics.append(("all", Counter(fact["topic"] for fact in corpus.facts)))
    lines = [[id, *(found.get(topic) for topic in vocabulary.TOPICS)] for id, found in topics]
    yield from table(["relation", *vocabulary.TOPICS], lines)


def counts(facts: Sequence[Fact], kinds: Sequence[str]) -> list[object]:
    """Return the numbers of facts, headlines and sources, and the facts by verification.

    The first of `kinds` is given as a percentage, the others as numbers.
    """
    found = Counter(fact["verification"] for fact in facts)
    sources = {source for fact in facts for source in fact["sources"]}
    headlines = sum(fact["headline"] for fact in facts)
    cited = share(found[kinds[0]], len(facts))
    return [
        len(facts),
        headlines,
        len(sources),
        cited,
        *(found[kind] or None for kind in kinds[1:]),
    ]


def floor(corpus: Corpus) -> Iterator[str]:
    """Yield the section on what readers ask first."""
    yield from list_floor(corpus.curated_packs)


def old_figures(corpus: Corpus) -> list[Fact]:
    """Return the current facts whose figure is older than `MAX_AGE` years."""
    keys = ("value_usd", "quantity", "share")
    before = f"{int(corpus.day[:4]) - MAX_AGE}{corpus.day[4:]}"
    figures = [fact for fact in corpus.facts if any(fact.get(key) is not None for key in keys)]
    dated = [
        (fact, fact["as_of"] or fact["until"] or fact["date"])
        for fact in figures
        if fact["status"] == "current"
    ]
    return [fact for fact, date in dated if date and edtf.parse_date(date).latest < before]


def id_list(facts: Sequence[Fact]) -> Iterator[str]:
    """Yield the ids of facts, one list item per relation."""
    for relation in sorted({fact["relation"] for fact in facts}):
        slugs = ", ".join(
            fact["id"].partition("/")[2] for fact in facts if fact["relation"] == relation
        )
        yield from prose(f"- `{relation}`: {slugs}")
    yield ""


def missing(corpus: Corpus) -> Iterator[str]:
    """Yield the section on what editors could add or update."""
    yield "## What is missing"
    yield ""
    aged = old_figures(corpus)
    yield from prose(
        f"**Old figures.** {len(aged)} facts are `current`, but their figure is older than "
        f"{MAX_AGE} years:"
    )
    yield ""
    yield from id_list(aged)
    yield from pairs(corpus)
    yield from parties(corpus)
    undated = [fact for fact in corpus.facts if not fact["date"] and not fact["as_of"]]
    yield from prose(f"**Dates.** {len(undated)} of {len(corpus.facts)} facts have no date:")
    yield ""
    yield from id_list(undated)
    used = {source for fact in corpus.facts for source in fact["sources"]}
    sources = [source for source in corpus.sources if source["id"] in used]
    issued, accessed = (
        sum(key not in source for source in sources) for key in ("issued", "accessed")
    )
    neither = [
        source["id"] for source in sources if "issued" not in source and "accessed" not in source
    ]
    ids = f": {', '.join(neither)}" if neither else ""
    yield from prose(
        f"**Sources.** Of the {len(sources):,} sources of these facts, {issued:,} have no date of "
        f"issue, {accessed:,} have no date of access, and {len(neither):,} have neither{ids}."
    )
    yield ""


def pairs(corpus: Corpus) -> Iterator[str]:
    """Yield the pairs that have no curated relation, although both countries have one."""
    there = {relation["id"].upper() for relation in corpus.curated}
    codes = corpus.countries()
    lacking = [pair for pair in combinations(codes, 2) if "-".join(pair) not in there]
    whole = len(codes) * (len(codes) - 1) // 2
    yield from prose(
        f"**Pairs.** Of the {whole} pairs among the {len(codes)} countries above, "
        f"{len(lacking)} have no curated relation:"
    )
    yield ""
    for code in codes:
        others = [other for one, other in lacking if one == code]
        if others:
            yield from prose(
                f"- {corpus.names[code]} with {', '.join(corpus.names[other] for other in others)}"
            )
    yield ""


def parties(corpus: Corpus) -> Iterator[str]:
    """Yield the parties to issues that have no recorded stance.

    A party is a holder whom another stance favours or is against.
    """
    stances = [fact for fact in corpus.facts if fact["topic"] == "stance"]
    lacking: dict[str, list[str]] = {}
    for issue in sorted({fact["issue"] for fact in stances}):
        own = [fact for fact in stances if fact["issue"] == issue]
        named = {fact[key] for fact in own for key in ("favours", "against") if fact[key]}
        silent = named - {fact["holder"] for fact in own}
        if silent:
            lacking[issue] = sorted(corpus.names.get(code, code) for code in silent)
    issues = len({fact["issue"] for fact in stances})
    yield from prose(
        f"**Stances.** There are {len(stances)} stances on {issues} issues. On {len(lacking)} of "
        "these issues, a party that others favour or oppose has no recorded stance:"
    )
    yield ""
    yield from prose(
        "; ".join(f"{issue}: {', '.join(silent)}" for issue, silent in lacking.items()) + "."
    )
    yield ""


def generated(corpus: Corpus) -> Iterator[str]:
    """Yield the sections on generated facts and on all pairs."""
    yield from list_generated(corpus.generated, corpus.pairs, corpus.names)
    yield from list_tables(corpus.tables)
    yield from list_pairs(corpus.pairs)


def page(corpus: Corpus) -> str:
    """Return docs/coverage.md."""
    lines = ["# Coverage", ""]
    lines += prose(
        "`make coverage` generates this page from the bundled packs. It is as of "
        f"{corpus.day}, the day on which a pack was last updated. The counts of `bilatcli list "
        "--curated` also include the generated facts of these relations."
    )
    for section in (depth, floor, missing, generated):
        lines += ["", *section(corpus)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip("\n") + "\n"


def sentence(corpus: Corpus) -> str:
    """Return the coverage paragraph of README."""
    cited = sum(fact["verification"] == "cited" for fact in corpus.facts)
    used = {source for fact in corpus.facts for source in fact["sources"]}
    text = (
        f"{len(corpus.curated)} relations among {len(corpus.countries())} countries are curated: "
        f"{len(corpus.facts):,} facts with {len(used):,} sources. "
        f"{share(cited, len(corpus.facts))} of the facts are fully cited; the rest say what is "
        f"uncertain. {len(corpus.pairs.found):,} pairs have facts that are generated from data "
        "sets and from The World Factbook. [docs/coverage.md](docs/coverage.md) shows how deep and "
        "how recent the coverage is, and what is missing."
    )
    return "\n".join(prose(text)) + "\n"


def main() -> None:
    """Write or check the page and README."""
    corpus = Corpus()
    readme = _SENTENCE.sub(lambda _: sentence(corpus), README.read_text("utf-8"))
    write_or_check({PAGE: page(corpus).encode(), README: readme.encode()}, "make coverage")


if __name__ == "__main__":
    main()
