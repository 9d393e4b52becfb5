"""Owns docs/coverage.md and README's sentence on what is covered: counts what the installed packs hold and lack.

Nothing is as of today: how old a figure is, is told as of the day on which a pack was last updated.

    python scripts/coverage.py             write
    python scripts/coverage.py --check     exit 1 if a file on disk is not what would be written
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from bilatcli import vocabulary
from bilatcli.environment import Surroundings
from bilatcli.index.store import bundled_packs, open_index
from bilatcli.packs import edtf, loader
from bilatcli.query.request import Request
from bilatcli.views.catalog import VIEWS, run

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "coverage.md"
README = ROOT / "README.md"

OLD = 3
"""Years after which a figure is old."""
WIDTH = 120

_SENTENCE = re.compile(r"(?<=<!-- coverage -->\n).*?(?=<!-- /coverage -->)", re.DOTALL)

Fact = Mapping[str, Any]


class Corpus:
    """What the bundled packs hold: relations as the view `list` has them, facts and sources as documents have them."""

    def __init__(self) -> None:
        with tempfile.TemporaryDirectory() as home:
            index = open_index(Surroundings(environ={"HOME": home}))
            self.relations: list[Fact] = run(VIEWS["list"], Request("list"), index).load()[
                "relations"
            ]
            facts = [
                json.loads(text) for (text,) in index.rows("SELECT json FROM fact ORDER BY id")
            ]
            statement = "SELECT MIN(json) FROM source GROUP BY id ORDER BY id"
            self.sources: list[Fact] = [json.loads(text) for (text,) in index.rows(statement)]
            known: list[tuple[Any, ...]] = [
                *index.rows("SELECT code, name FROM country ORDER BY name")
            ]
            self.names: dict[str, str] = dict(known)
            index.close()
        self.facts: list[Fact] = [fact for fact in facts if fact["coverage"] == "curated"]
        self.outline: list[Fact] = [fact for fact in facts if fact["coverage"] == "outline"]
        self.curated = [
            relation for relation in self.relations if relation["coverage"] == "curated"
        ]
        self.day = max(loader.load(path).pack.updated for path in bundled_packs()).isoformat()

    def of(self, relation: Fact) -> list[Fact]:
        """The facts of a relation that an editor wrote."""
        return [fact for fact in self.facts if fact["relation"] == relation["id"]]

    def countries(self) -> list[str]:
        """The codes of the countries that the curated relations are between."""
        return sorted(
            {country["code"] for relation in self.curated for country in relation["countries"]}
        )


def table(
    heads: Sequence[str], rows: Iterable[Sequence[object]], *, words: int = 1
) -> Iterator[str]:
    """Yield a Markdown table whose first columns are words and whose others are numbers."""
    yield f"| {' | '.join(heads)} |"
    yield f"| {' | '.join('---' if at < words else '---:' for at in range(len(heads)))} |"
    for row in rows:
        yield f"| {' | '.join('' if each is None else str(each) for each in row)} |"
    yield ""


def prose(text: str) -> Iterator[str]:
    """Yield a paragraph, or an item of a list, in lines."""
    indent = "  " if text.startswith("- ") else ""
    yield from textwrap.wrap(
        text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def share(part: int, whole: int) -> str:
    """Return a part in per cent of the whole."""
    return f"{100 * part / whole:.0f} %" if whole else "–"


def depth(corpus: Corpus) -> Iterator[str]:
    """How deeply each curated relation is covered, and how fresh it is."""
    yield "## How deep and how fresh"
    yield ""
    yield from prose(
        "Facts that an editor wrote, without those in outline. `newest` is the newest date of a fact that is no plan."
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
        [f"{each['name']} (`{each['id']}`)", each["newest"], *counts(corpus.of(each), kinds)]
        for each in corpus.curated
    ]
    total = ["all", max(each["newest"] for each in corpus.curated), *counts(corpus.facts, kinds)]
    yield from table([*heads, "citation needed"], [*rows, total], words=2)
    yield from prose("Facts by topic; where there is none, the topic is missing.")
    yield ""
    topics = [
        (each["id"], Counter(fact["topic"] for fact in corpus.of(each))) for each in corpus.curated
    ]
    topics.append(("all", Counter(fact["topic"] for fact in corpus.facts)))
    lines = [[id, *(found.get(topic) for topic in vocabulary.TOPICS)] for id, found in topics]
    yield from table(["relation", *vocabulary.TOPICS], lines)


def counts(facts: Sequence[Fact], kinds: Sequence[str]) -> list[object]:
    """Facts, headlines, sources, the share that is cited, and how many are less than that, by how they are."""
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


def old(corpus: Corpus) -> list[Fact]:
    """The facts that are current although their figure is older than `OLD` years."""
    keys = ("value_usd", "quantity", "share")
    before = f"{int(corpus.day[:4]) - OLD}{corpus.day[4:]}"
    figures = [fact for fact in corpus.facts if any(fact.get(key) is not None for key in keys)]
    dated = [
        (fact, fact["as_of"] or fact["until"] or fact["date"])
        for fact in figures
        if fact["status"] == "current"
    ]
    return [fact for fact, date in dated if date and edtf.parse(date).latest < before]


def listed(facts: Sequence[Fact]) -> Iterator[str]:
    """Yield the ids of facts, an item a relation."""
    for relation in sorted({fact["relation"] for fact in facts}):
        slugs = ", ".join(
            fact["id"].partition("/")[2] for fact in facts if fact["relation"] == relation
        )
        yield from prose(f"- `{relation}`: {slugs}")
    yield ""


def missing(corpus: Corpus) -> Iterator[str]:
    """What an editor would look at next."""
    yield "## What is missing"
    yield ""
    aged = old(corpus)
    yield from prose(
        f"**Old figures.** {len(aged)} facts are `current` although their figure is older than {OLD} years:"
    )
    yield ""
    yield from listed(aged)
    yield from pairs(corpus)
    yield from parties(corpus)
    undated = [fact for fact in corpus.facts if not fact["date"] and not fact["as_of"]]
    yield from prose(f"**No date.** {len(undated)} of {len(corpus.facts)} facts have none:")
    yield ""
    yield from listed(undated)
    used = {source for fact in corpus.facts for source in fact["sources"]}
    sources = [source for source in corpus.sources if source["id"] in used]
    issued, accessed = (
        sum(key not in source for source in sources) for key in ("issued", "accessed")
    )
    neither = [
        source["id"] for source in sources if "issued" not in source and "accessed" not in source
    ]
    told = f": {', '.join(neither)}" if neither else ""
    yield from prose(
        f"**Sources.** Of {len(sources):,} sources of these facts {issued:,} have no date of issue, {accessed:,} no "
        f"date of access, and {len(neither):,} neither{told}."
    )
    yield ""


def pairs(corpus: Corpus) -> Iterator[str]:
    """The pairs among the countries of the curated relations that no editor has written on."""
    there = {relation["id"].upper() for relation in corpus.curated}
    codes = corpus.countries()
    lacking = [pair for pair in combinations(codes, 2) if "-".join(pair) not in there]
    whole = len(codes) * (len(codes) - 1) // 2
    yield from prose(
        f"**Pairs.** Of the {whole} pairs among the {len(codes)} countries above {len(lacking)} have no curated "
        "relation:"
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
    """The parties to an issue, whom a stance of another's favours or is against, that have no stance on record."""
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
        f"**Stances.** {len(stances)} stances on {issues} issues; on {len(lacking)} of these a party, whom a holder "
        "favours or is against, has no stance of its own on record:"
    )
    yield ""
    yield from prose(
        "; ".join(f"{issue}: {', '.join(silent)}" for issue, silent in lacking.items()) + "."
    )
    yield ""


def world(corpus: Corpus) -> Iterator[str]:
    """The outline of the world in numbers."""
    yield "## The world in outline"
    yield ""
    between = {
        country["code"] for relation in corpus.relations for country in relation["countries"]
    }
    without = [name for code, name in corpus.names.items() if code not in between]
    relations = {fact["relation"] for fact in corpus.outline}
    yield from prose(
        f"{len(corpus.outline):,} facts on {len(relations):,} relations are generated from a reference work; "
        f"{len(corpus.relations) - len(corpus.curated):,} relations have no others. {len(between)} of "
        f"{len(corpus.names)} countries and territories have a relation on record. None has {', '.join(without)}."
    )
    yield ""
    kinds = Counter(
        (fact["topic"], fact.get("kind") or fact.get("measure") or "–") for fact in corpus.outline
    )
    yield from table(
        ["topic", "kind", "facts"], [[*kind, f"{kinds[kind]:,}"] for kind in sorted(kinds)], words=2
    )


def page(corpus: Corpus) -> str:
    """Return docs/coverage.md."""
    lines = ["# What is covered", ""]
    lines += prose(
        f"Generated by `make coverage` from the packs, as of {corpus.day}, the day on which one of them was last "
        "updated. `bilatcli list --curated` counts the facts of these relations that are in outline as well."
    )
    for section in (depth, missing, world):
        lines += ["", *section(corpus)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip("\n") + "\n"


def sentence(corpus: Corpus) -> str:
    """Return what README says of what is covered."""
    cited = sum(fact["verification"] == "cited" for fact in corpus.facts)
    used = {source for fact in corpus.facts for source in fact["sources"]}
    text = (
        f"{len(corpus.curated)} relations among {len(corpus.countries())} countries are written by hand: "
        f"{len(corpus.facts):,} facts with {len(used):,} sources; {share(cited, len(corpus.facts))} of the facts are "
        "cited in full, the others say what is doubtful. "
        f"{len(corpus.relations) - len(corpus.curated):,} more relations are there in outline, generated from The "
        "World Factbook. [docs/coverage.md](docs/coverage.md) says how deep, how fresh, and what is missing."
    )
    return "\n".join(prose(text)) + "\n"


def main() -> None:
    """Write or check."""
    corpus = Corpus()
    readme = README.read_text("utf-8")
    wanted = {PAGE: page(corpus), README: _SENTENCE.sub(lambda _: sentence(corpus), readme)}
    if "--check" in sys.argv:
        stale = [
            path.name
            for path, text in wanted.items()
            if not path.exists() or path.read_text("utf-8") != text
        ]
        if stale:
            sys.exit(f"coverage is stale ({', '.join(stale)}): run `make coverage`")
        return
    for path, text in wanted.items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
