"""Find the facts that may speak to a sentence."""

from __future__ import annotations

from itertools import combinations
from json import loads

from bilatcli.claims.record import RecordedFact
from bilatcli.index.stems import stem_words
from bilatcli.query.subjects import MENTIONS
from bilatcli.text import search_tokens
from bilatcli.views.fetch import COUNTRY_RELATIONS, fetch_facts, to_fact_jsons

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bilatcli.claims.reading import Reading
    from bilatcli.index import Row
    from bilatcli.index.store import Index
    from bilatcli.query.request import Request

MAX_PARTIES = 5
"""Countries of a sentence whose pairs are looked up."""
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
        rows = self._fetch(tuple(sorted(reading.codes)[:MAX_PARTIES])) if reading.codes else []
        rows = [*rows, *self._fetch_named(reading, {row["id"] for row in rows})]
        sought = set(stem_words(search_tokens(reading.text)))
        scored = [
            (len(sought.intersection(row["filter_words"].split())), -number, row)
            for number, row in enumerate(rows)
        ]
        scored.sort(key=lambda each: each[:2], reverse=True)
        return [self._read_row(row) for _, _, row in scored[:MAX_READ]]

    def _fetch_named(self, reading: Reading, known: Collection[str]) -> list[Row]:
        """Return other facts that have all the proper names of a sentence, whatever their pair."""
        if not reading.is_named:
            return []
        names = sorted({word.stem for word in reading.proper_words})
        sought = self.index.match_expression([[name] for name in names])
        mentions = self.index.rows(MENTIONS, {"sought": sought})
        ids = [row["id"] for row in mentions if row["id"] not in known and not row["is_retracted"]]
        if not ids or len(ids) > MAX_READ:
            return []
        return fetch_facts(self.request, self.index, ids=ids)

    def _fetch(self, codes: tuple[str, ...]) -> list[Row]:
        """Return the facts on all pairs of some countries, or on all relations of one."""
        if codes not in self._by_relations:
            relations = self._list_relations(codes)
            found = fetch_facts(self.request, self.index, relations=relations) if relations else []
            self._by_relations[codes] = [row for row in found if not row["is_retracted"]]
        return self._by_relations[codes]

    def _list_relations(self, codes: Sequence[str]) -> list[str]:
        if len(codes) == 1:
            rows = self.index.rows(COUNTRY_RELATIONS, {"country": codes[0]})
            return sorted(row["id"] for row in rows)
        return [f"{one}-{other}".lower() for one, other in combinations(sorted(codes), 2)]

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
