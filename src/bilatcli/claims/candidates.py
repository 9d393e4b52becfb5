"""Find the facts that may speak to a sentence."""

from __future__ import annotations

from itertools import combinations
from json import loads

from bilatcli.claims.record import RecordedFact
from bilatcli.index.stems import stem_words
from bilatcli.normalization import search_tokens
from bilatcli.query.subjects import MENTIONS
from bilatcli.text import to_json
from bilatcli.views.fetch import COUNTRY_RELATIONS, TABLE_ROWS, fetch_facts, to_fact_jsons
from bilatcli.views.table_facts import make_facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bilatcli.claims.reading import Reading
    from bilatcli.index import Row
    from bilatcli.index.store import Index
    from bilatcli.query.request import Request

MAX_PARTIES = 5
"""Countries of a sentence whose pairs are looked up."""
MIN_SOUGHT, MAX_SOUGHT = 2, 16
"""Words of a sentence by which facts of any pair are found: at least, and at most."""
MAX_READ = 60
"""Facts that are read for a sentence, those with most of its words first."""


class FactFinder:
    """Finds the facts for sentences in one index, and reads each fact once."""

    def __init__(self, request: Request, index: Index) -> None:
        self.request = request
        self.index = index
        self._by_relations: dict[tuple[str, ...], list[Row]] = {}
        self._read: dict[str, RecordedFact] = {}

    def find(self, reading: Reading) -> list[RecordedFact]:
        """Return the facts on the countries of a sentence that share words with it."""
        codes = tuple(sorted(reading.codes[:MAX_PARTIES]))
        rows = self._fetch(codes)
        if len(codes) == 1:
            rows = [*rows, *self._fetch_table_facts(codes[0], reading)]
        rows = [*rows, *self._fetch_named(reading, {row["id"] for row in rows})]
        sought = set(stem_words(search_tokens(reading.text)))
        scored = [
            (len(sought.intersection(row["filter_words"].split())), -number, row)
            for number, row in enumerate(rows)
        ]
        scored.sort(key=lambda each: each[:2], reverse=True)
        return [self._read_row(row) for _, _, row in scored[:MAX_READ]]

    def _fetch_named(self, reading: Reading, known: Collection[str]) -> list[Row]:
        """Return other facts that have all proper names of a sentence, or all of its words."""
        names = sorted({word.stem for word in reading.proper_words})
        words = sorted({word.stem for _, word in reading.token_words} | set(names))
        ids: list[str] = []
        for sought in (names if reading.is_named else [], words):
            if len(sought) >= MIN_SOUGHT:
                ids += self._find_mentions(sought[:MAX_SOUGHT])
        new = [id for id in dict.fromkeys(ids) if id not in known]
        return fetch_facts(self.request, self.index, ids=new) if new else []

    def _find_mentions(self, stems: Sequence[str]) -> list[str]:
        """Return the ids of facts that have all stems; none if there are too many to read."""
        sought = self.index.match_expression([[stem] for stem in stems])
        found = list(self.index.rows(MENTIONS, {"sought": sought}))
        ids = [row["id"] for row in found if not row["is_retracted"]]
        return ids if len(ids) <= MAX_READ else []

    def _fetch(self, codes: tuple[str, ...]) -> list[Row]:
        """Return the facts on all pairs of some countries, or the curated ones of a country."""
        if codes not in self._by_relations:
            relations = [f"{one}-{other}".lower() for one, other in combinations(codes, 2)]
            choice = {"is_curated": 1} if len(codes) == 1 else None
            if len(codes) == 1:
                relations = self._list_relations(codes[0])
            found = (
                fetch_facts(self.request, self.index, relations=relations, choice=choice)
                if relations
                else []
            )
            self._by_relations[codes] = [row for row in found if not row["is_retracted"]]
        return self._by_relations[codes]

    def _list_relations(self, code: str) -> list[str]:
        return [row["id"] for row in self.index.rows(COUNTRY_RELATIONS, {"country": code})]

    def _fetch_table_facts(self, code: str, reading: Reading) -> list[Row]:
        """Return the facts of tables on a country that have another proper name of a sentence."""
        names = [word.typed for word in reading.name_words]
        if not names:
            return []
        parameters = {"relations": to_json(self._list_relations(code)), "topic": None}
        rows = self.index.rows(TABLE_ROWS, parameters)
        named = {tuple(row)[:2] for row in rows if any(name in row["cells"] for name in names)}
        return make_facts(
            [row for row in rows if tuple(row)[:2] in named],
            {"as_of": self.request.as_of},
            self.index,
        )

    def _read_row(self, row: Row) -> RecordedFact:
        if row["id"] not in self._read:
            (json,) = to_fact_jsons([row], self.request.as_of)
            self._read[row["id"]] = RecordedFact(loads(json), self.index)
        return self._read[row["id"]]

    def fetch(self, ids: Sequence[str]) -> list[RecordedFact]:
        """Return facts by their ids; one that is not recorded is left out."""
        new = [id for id in ids if id not in self._read]
        for row in fetch_facts(self.request, self.index, ids=new) if new else []:
            self._read_row(row)
        return [self._read[id] for id in ids if id in self._read]
