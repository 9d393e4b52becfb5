"""What docs/coverage.md says on generated facts, on tables, and on how many facts pairs have."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from bilatcli.index import Statement
from bilatcli.index.store import Index
from bilatcli.index.table_facts import make_table_facts
from coverage_text import prose, share, table

NUMBERS = (1, 2, 3, 5, 8, 12, 20, 50)
"""Numbers of facts for which pairs are counted."""
MIN_FACTS_G20 = 8
"""Facts that each pair of the G20's states should have."""

TABLES = Statement(
    "coverage_tables",
    "SELECT t.id, t.pack, p.licence, t.row_count, t.source_ids FROM data_table t"
    " JOIN pack p ON p.name = t.pack ORDER BY t.pack, t.id",
)
ROWS = Statement(
    "coverage_rows",
    "SELECT relation, data_table, key, cells FROM table_row ORDER BY relation, data_table, key",
)
FACTS = Statement("coverage_pairs", "SELECT relation, topic, status, source_ids FROM fact")
MEMBERS = Statement(
    "coverage_members",
    "SELECT country FROM membership WHERE organisation = :organisation AND status = 'member'",
)

Fact = Mapping[str, Any]


@dataclass
class TableCoverage:
    """A table: its pack, licence, sources and rows, its pairs, and the newest dates."""

    id: str
    pack: str
    licence: str
    rows: int
    sources: Sequence[str]
    pairs: int = 0
    date: str = ""
    as_of: str = ""

    def add(self, records: Sequence[Any]) -> None:
        """Count the facts of one pair."""
        self.pairs += 1
        self.date = max([self.date, *(each.date or "" for each in records)])
        self.as_of = max([self.as_of, *(each.as_of or "" for each in records)])

    def format_sources(self) -> str:
        """Return the ids of the sources; of many, the first, the last and how many."""
        ids = [f"`{id}`" for id in self.sources]
        return ", ".join(ids) if len(ids) <= 2 else f"{ids[0]} to {ids[-1]} ({len(ids)})"


@dataclass
class PairCoverage:
    """How many facts a pair has, and the sources of those that are not superseded."""

    facts: int = 0
    valid: int = 0
    telling: int = 0
    sources: set[str] = field(default_factory=set)

    def add(self, topic: str, status: str, sources: Sequence[str]) -> None:
        """Count a fact. A telling one is neither superseded nor geography."""
        self.facts += 1
        if status != "superseded":
            self.valid += 1
            self.telling += topic != "geography"
            self.sources.update(sources)


class Pairs:
    """The pairs that have facts, by their ids, and the states of the UN and of the G20."""

    def __init__(
        self, found: Mapping[str, PairCoverage], un: Sequence[str], g20: Sequence[str]
    ) -> None:
        self.found = found
        self.un = self._list_ids(un)
        self.g20 = self._list_ids(g20)

    def _list_ids(self, codes: Sequence[str]) -> list[str]:
        return ["-".join(pair).lower() for pair in combinations(sorted(codes), 2)]

    def get(self, id: str) -> PairCoverage:
        """Return what a pair has."""
        return self.found.get(id, PairCoverage())


def group_rows(index: Index) -> Iterator[tuple[str, str, list[Any]]]:
    """Yield the records of each relation and table."""
    tables = [row["id"] for row in index.rows(TABLES)]
    yield from make_table_facts(tables, index).group(map(tuple, index.rows(ROWS)))


def read_tables(index: Index) -> list[TableCoverage]:
    """Return all tables of the packs."""
    found = {
        row["id"]: TableCoverage(
            id=row["id"],
            pack=row["pack"],
            licence=row["licence"],
            rows=row["row_count"],
            sources=row["source_ids"].split(),
        )
        for row in index.rows(TABLES)
    }
    for _, id, records in group_rows(index):
        found[id].add(records)
    return list(found.values())


def read_pairs(index: Index) -> Pairs:
    """Return how many facts each pair has, curated and generated."""
    found: defaultdict[str, PairCoverage] = defaultdict(PairCoverage)
    for row in index.rows(FACTS):
        found[row["relation"]].add(row["topic"], row["status"], row["source_ids"].split())
    for relation, _, records in group_rows(index):
        for each in records:
            found[relation].add(each.topic, each.status, each.sources)
    un, g20 = (
        [row["country"] for row in index.rows(MEMBERS, {"organisation": organisation})]
        for organisation in ("UN", "G-20")
    )
    return Pairs(found, un, g20)


# --- Sections


def list_generated(facts: Sequence[Fact], pairs: Pairs, names: Mapping[str, str]) -> Iterator[str]:
    """Yield the section on what is generated from The World Factbook, and on all countries."""
    yield "## Generated facts"
    yield ""
    relations = {fact["relation"] for fact in facts}
    between = {code for id in pairs.found for code in id.upper().split("-")}
    without = [name for code, name in names.items() if code not in between]
    none = f" These have none: {', '.join(without)}." if without else ""
    yield from prose(
        f"{len(facts):,} facts on {len(relations):,} pairs are generated from The World Factbook. "
        f"With the tables below, {len(pairs.found):,} pairs and {len(between)} of {len(names)} "
        f"countries and territories have facts.{none}"
    )
    yield ""
    kinds = Counter(
        (fact["topic"], fact.get("kind") or fact.get("measure") or "–") for fact in facts
    )
    yield from table(
        ["topic", "kind", "facts"], [[*kind, f"{kinds[kind]:,}"] for kind in sorted(kinds)], words=2
    )


def list_tables(tables: Sequence[TableCoverage]) -> Iterator[str]:
    """Yield the section on tables."""
    yield "## Tables"
    yield ""
    rows = sum(each.rows for each in tables)
    yield from prose(
        f"{len(tables)} tables of data sets have {rows:,} rows; each row is a fact. `newest` is "
        "the newest date of what happened, `as of` that of a state or a figure. "
        "[data/LICENCES.md](../data/LICENCES.md) has the terms of each pack."
    )
    yield ""
    yield from table(
        ["table", "pack", "licence", "newest", "as of", "sources", "rows", "pairs"],
        [
            [
                f"`{each.id}`",
                each.pack,
                each.licence,
                each.date,
                each.as_of,
                each.format_sources(),
                f"{each.rows:,}",
                f"{each.pairs:,}",
            ]
            for each in tables
        ],
        words=6,
    )


def list_pairs(pairs: Pairs) -> Iterator[str]:
    """Yield the section on how many facts pairs have."""
    yield "## Pairs by number of facts"
    yield ""
    yield from prose(
        "Curated and generated facts of every pair, not of a sample. Valid ones are not "
        "superseded: what was true of an earlier year is valid. The last columns leave out "
        "geography too, and are of the pairs of two members of the UN."
    )
    yield ""
    rows = []
    of_un = [pairs.get(id) for id in pairs.un]
    for number in NUMBERS:
        facts, valid = (
            sum(getattr(each, key) >= number for each in pairs.found.values())
            for key in ("facts", "valid")
        )
        telling = sum(each.telling >= number for each in of_un)
        counts = [f"{count:,}" for count in (facts, valid, telling)]
        rows.append([number, *counts, share(telling, len(of_un))])
    heads = ["at least", "facts", "valid", "of the UN, beyond geography", "share"]
    yield from table(heads, rows, words=0)
    with_sources = sum(len(each.sources) > 1 for each in of_un)
    yield from prose(
        f"Of the {len(of_un):,} pairs of members of the UN, {share(with_sources, len(of_un))} have "
        "valid facts from at least two sources."
    )
    yield ""
    few = [
        f"`{id}` ({pairs.get(id).valid})" for id in pairs.g20 if pairs.get(id).valid < MIN_FACTS_G20
    ]
    how_many = f"{len(few)} have" if few else "none has"
    yield from prose(
        f"Of the {len(pairs.g20)} pairs of the states of the G20, {how_many} fewer than "
        f"{MIN_FACTS_G20} valid facts{': ' if few else ''}{', '.join(few)}."
    )
    yield ""
