"""The result of a question: its relations and facts, and their document."""

from __future__ import annotations

from operator import itemgetter

from bilatcli.text import plural
from bilatcli.views import VIEWS
from bilatcli.views.document import Document
from bilatcli.views.fetch import (
    FACTS,
    damage_as_error,
    drop_hidden,
    fetch_facts,
    fetch_relations,
    fetch_sources,
    is_curated,
    to_codes,
    to_fact_jsons,
    to_header_source_ids,
    to_relation_json,
    to_source_ids,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from bilatcli.index import Row, Statement
    from bilatcli.index.store import Index
    from bilatcli.query.interpret import Query
    from bilatcli.query.request import Request
    from bilatcli.views import View
    from bilatcli.views.document import Member

MAX_NAMED_RELATIONS = 4
"""Maximum number of relations that a note names."""

_ELSEWHERE = "elsewhere"
"""The key of the option that adds facts filed under other pairs."""

_BY_RELATION = itemgetter("relation")
BY_TOPIC = itemgetter("relation", "sort_key")
"""Sort key of facts: by relation, topic, day, place in the pack."""


class ResultSet:
    """Relations and their facts, sorted, and those of the facts that answer the question.

    `all_facts` are the facts before any filter, `matching` those of them that have the words of the
    filter and the parties that options name. `facts` lacks those of the matching ones that are
    superseded or retracted, unless the question includes them, or of another status or
    verification. If no fact has all words, the matching facts are those with most of them. `day` is
    the day whose status facts are shown with, None for today. `elsewhere` are facts on a pair that
    the option of this name would add.
    """

    def __init__(
        self,
        query: Query,
        index: Index,
        facts: list[Row],
        *,
        relations: Sequence[Row] = (),
        day: str | None = None,
        sort_by: Callable[[Row], Any] = BY_TOPIC,
    ) -> None:
        self.index = index
        self.query = query
        self.relations = relations
        self.day = day
        self.all_facts = facts
        with damage_as_error():
            facts.sort(key=sort_by)
            if query.parties is not None:
                from bilatcli.views.parties import make_party_matcher

                facts = list(filter(make_party_matcher(query.parties, query.request.view), facts))
            self.matching = facts
            if query.words:
                has_words = query.make_word_matcher()
                self.matching = [fact for fact in facts if has_words(fact["filter_words"])]
            self.facts = self._select(self.matching)
            if not self.matching and len(query.words) > 1:
                self.facts = self.matching = _match_partly(query, self._select(facts))
        self.left_out = 0
        self.elsewhere: list[Row] = []

    def _select(self, facts: Sequence[Row]) -> list[Row]:
        """Return the facts whose status and verification the options of the request include."""
        request = self.query.request
        # A comparison of two days includes superseded facts: that they were is one of the changes.
        if not (self.query.includes_superseded or request.dates or request.status):
            facts = drop_hidden(facts, self.day)
        elif not request.all:
            facts = [fact for fact in facts if not fact["is_retracted"]]
        if request.status or request.wanted_verification:
            from bilatcli.views.as_of import is_wanted

            return [fact for fact in facts if is_wanted(fact, request, self.day)]
        return list(facts)

    def arrange(self) -> None:
        """Sort the facts and keep at most as many as the options of the request say.

        `left_out` becomes the number of the others. A second call changes nothing.
        """
        request = self.query.request
        if request.sort is not None or request.limit is not None:
            from bilatcli.views.arrange import arrange_facts

            before = len(self.facts)
            self.facts = arrange_facts(self.facts, request)
            self.left_out += before - len(self.facts)

    def exclude(self, is_excluded: Callable[[Row], bool]) -> int:
        """Remove facts from all lists; return how many of `facts` were removed."""
        before = len(self.facts)
        self.all_facts, self.matching, self.facts, self.elsewhere = (
            [fact for fact in facts if not is_excluded(fact)]
            for facts in (self.all_facts, self.matching, self.facts, self.elsewhere)
        )
        return before - len(self.facts)

    @property
    def relation_json(self) -> str:
        """The JSON of the relation, or `null` unless there is exactly one."""
        return to_relation_json(self.relations[0], self.day) if len(self.relations) == 1 else "null"

    @property
    def fact_jsons(self) -> list[str]:
        """The JSON of each fact that answers the question."""
        return to_fact_jsons(self.facts, self.day)

    def source_jsons(self, *, is_header_first: bool = False, more: Iterable[str] = ()) -> list[str]:
        """Return the JSON of each source once, in the order of first use.

        These are the sources of `facts`, then those of the relation's header if there is exactly
        one relation (or the header's first), then those whose ids are `more`.
        """
        of_facts = to_source_ids(self.facts)
        if len(self.relations) != 1:
            return fetch_sources([*of_facts, *more], self.index)
        (relation,) = self.relations
        of_header = to_header_source_ids(relation, self.day)
        used = (of_header + of_facts) if is_header_first else (of_facts + of_header)
        return fetch_sources([*used, *more], self.index)

    def document(self, view: View, *, rows: str = "facts", **more: Member) -> Document:
        """Return the document of the facts; `more` are its members besides the usual ones."""
        self.arrange()
        members: dict[str, Member] = {
            "query": self.query.to_json(),
            "relation": self.relation_json,
            **more,
            "facts": self.fact_jsons,
            "sources": self.source_jsons(),
        }
        return Document(
            view.name,
            members,
            rows=rows,
            fields=self.query.request.fields,
            notes=self._notes(view.noun),
            codes=to_codes(self.facts),
        )

    def _notes(self, noun: str) -> list[str]:
        """Return the notes of the document; `noun` is what one of the facts is called."""
        if self.facts and len(self.query.pairs) < 2 and not self.left_out:
            # Nothing is missing.
            return self.query.notes() + self.offer_elsewhere()
        from bilatcli.views.notes import explain_result

        return explain_result(self, noun)

    def offer_elsewhere(self) -> list[str]:
        """Return the note on the facts that the option `elsewhere` would add, if there are any."""
        if not self.elsewhere:
            return []
        query, others = self.query, self.elsewhere
        if query.words:
            has_words = query.make_word_matcher()
            others = [fact for fact in others if has_words(fact["filter_words"])]
        facts = ResultSet(query, self.index, others, day=self.day, sort_by=_BY_RELATION).facts
        return [
            f"{note}: add `--{_ELSEWHERE}`"
            for note in explain_filed_elsewhere(query, facts, is_offer=True)
        ]


def _match_partly(query: Query, facts: Sequence[Row]) -> list[Row]:
    """Return the facts that have most words of the filter."""
    from bilatcli.query.partial import match_partly

    places = match_partly(query, [fact["filter_words"] for fact in facts])
    return [facts[place] for place in places]


def find_facts(
    query: Query,
    index: Index,
    *,
    day: str | None = None,
    sort_by: Callable[[Row], Any] = BY_TOPIC,
    statement: Statement = FACTS,
    **choice: object,
) -> ResultSet:
    """Return the facts on the relations among the countries of a query, or of its only country.

    Facts in which both countries of a pair take part, filed under other pairs, are added if no
    editor wrote a fact on the pair, or with the option `elsewhere`; else they are noted. If a query
    has no country but subjects, or options that name parties, these are the facts that mention
    them. `day` is the day to answer for (default: that of the option `as_of`). `choice` are further
    parameters of the `statement`. Raises NothingRecorded if there is no relation.
    """
    choice = {"as_of": (day := day or query.request.as_of), **choice}
    if not query.codes:
        mentions = _fetch_mentions(query, index, choice)
        return ResultSet(query, index, mentions, day=day, sort_by=sort_by)
    relations = fetch_relations(query, index)
    is_added = query.request.elsewhere or not any(map(is_curated, relations))
    is_pair = len(query.codes) == 2 and (is_added or _offers_elsewhere(query.request))
    pair = query.pairs[0] if is_pair else None
    facts: list[Row] = []
    if relations or pair:
        choice["pair"] = pair
        ids = [relation["id"] for relation in relations]
        facts = fetch_facts(query.request, index, relations=ids, choice=choice, statement=statement)
    others = [fact for fact in facts if fact["relation"] != pair] if pair else []
    if others and not is_added:
        facts = [fact for fact in facts if fact["relation"] == pair]
    if not (relations or facts):
        from bilatcli.views.notes import nothing_recorded

        raise nothing_recorded(query, index)
    _drop_absent_words(query, facts, index)
    found = ResultSet(query, index, facts, relations=relations, day=day, sort_by=sort_by)
    if others and is_added:
        query.readings += explain_filed_elsewhere(query, found.facts)
    found.elsewhere = [] if is_added else others
    return found


def _drop_absent_words(query: Query, facts: Sequence[Row], index: Index) -> None:
    if query.words:
        from bilatcli.query.question_words import drop_absent_words

        drop_absent_words(query, [fact["filter_words"] for fact in facts], index)


def _offers_elsewhere(request: Request) -> bool:
    """Return True if the view of a request has the option `elsewhere`."""
    view = VIEWS.get(request.view)
    return view is not None and _ELSEWHERE in view.option_keys


def _fetch_mentions(query: Query, index: Index, choice: Mapping[str, object]) -> list[Row]:
    """Return the facts that mention all subjects of a query, or its parties, on any relation."""
    if not query.subjects:
        from bilatcli.views.parties import fetch_of_any_pair

        return fetch_of_any_pair(query, index, choice)
    from bilatcli.query.subjects import find_mentions

    ids = [row["id"] for row in find_mentions(query.subjects, index)]
    return fetch_facts(query.request, index, ids=ids, choice=choice) if ids else []


def explain_filed_elsewhere(
    query: Query, facts: Iterable[Row], *, is_offer: bool = False
) -> list[str]:
    """Return the note on how many of the facts are filed under other pairs, and under which.

    With `is_offer` they are more than those of the answer, whatever the order of the countries.
    """
    others = [fact["relation"] for fact in facts if fact["relation"] not in query.pairs]
    if not others:
        return []
    relations = sorted(set(others), key=lambda each: (-others.count(each), each))
    shown = ", ".join(relations[:MAX_NAMED_RELATIONS])
    more = len(relations) - MAX_NAMED_RELATIONS
    where = f"{shown} and {plural(more, 'more pair')}" if more > 0 else shown
    names = list({match.code: match.name for match in query.countries}.values())
    if is_offer:
        names.sort()
    count = plural(len(others), "more fact" if is_offer else "fact")
    return [f"{count} on {' and '.join(names)} filed under {where}"]
