"""The rows of the table `fact`: each fact with what sorts, selects and words it, and its JSON."""

from __future__ import annotations

from bilatcli import vocabulary
from bilatcli.index.chains import find_chains
from bilatcli.index.stems import Words, split_words
from bilatcli.packs import edtf
from bilatcli.packs.table_plan import find_first_day
from bilatcli.packs.transfers import get_supplier_and_recipient, is_arms_transfer
from bilatcli.text import to_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

_NO_DAYS = frozenset(("", vocabulary.UNDATED, vocabulary.OPEN_START, vocabulary.OPEN_END))
_NOBODY = (None, None)
_STANCE_KEYS = ("issue", "holder", "favours", "against")


COLUMNS = (
    "id",
    "slug",
    "relation",
    "pack",
    "topic",
    "group_key",
    "sort_key",
    "date",
    "first_day",
    "last_day",
    "known_day",
    "status_day",
    "until_day",
    "status_before",
    "event",
    "is_generated",
    "is_headline",
    "is_retracted",
    "rank",
    "status",
    "verification",
    "superseded_by",
    "issue",
    "holder",
    "favours",
    "against",
    "measure",
    "chain",
    "step_json",
    "source_ids",
    "filter_words",
    "codes",
    "json",
)
"""The columns of the table `fact`, except the last one, the number of a fact."""


class PackContext:
    """What the rows of facts need to know about their pack, or the table that they come from.

    `issued_days` has the first day of the issue of each source, `names` the names of countries.
    `rank` is how telling the facts are for a summary, 1 the most; if it is None, their topics
    decide. `words` are the words that a filter can match, of the facts whose rows have been made.
    """

    def __init__(
        self,
        *,
        pack: str,
        coverage: str,
        updated: str,
        issued_days: Mapping[str, str],
        names: Mapping[str, str],
        rank: int | None = None,
    ) -> None:
        self.words = Words()
        self.pack = pack
        self.coverage = coverage
        self.is_generated = int(coverage != "curated")
        self.updated = updated
        self.names = names
        self._rank = rank
        self._issued_days = issued_days

    def find_rank(self, topic: str) -> int:
        """Return how telling a fact on a topic is for a summary."""
        if self._rank is not None:
            return self._rank
        return vocabulary.TOPIC_RANKS.get(topic, vocabulary.DEFAULT_RANK)

    def known_day(self, fact: Any) -> str:
        """Return the first day on which a fact can have been known; empty if no date says.

        This is the first day of its date. A plan, or what has been superseded, can have been known
        before: from the day of its first source.
        """
        date = fact.date or fact.as_of
        happened = [edtf.parse_date(date).earliest] if date else []
        issued = [self._issued_days[id] for id in fact.sources if id in self._issued_days]
        if fact.status in ("planned", "superseded"):
            return min(happened + issued, default="")
        return min(happened or issued, default="")


class FactRow(dict[str, "Any"]):
    """The values of a row of the table `fact` by the names of its columns, except its number.

    Its JSON and its words take most of the time, and are made when they are read.
    """

    def __init__(self, fact: Any, context: PackContext) -> None:
        super().__init__()
        self._fact = fact
        self._context = context

    def make_document(self) -> dict[str, Any]:
        """Return the fact as in a document, before it is JSON."""
        return _make_document(self._fact, self, self._context)

    def __missing__(self, column: str) -> Any:
        make = _COSTLY_COLUMNS[column]
        value = self[column] = make(self._fact, self, self._context)
        return value


def fact_rows(relation: str, facts: Sequence[Any], context: PackContext) -> Iterator[FactRow]:
    """Yield the row of each fact of a relation: records with the keys of facts as attributes.

    `facts` are all that may supersede each other, or be in a chain.
    """
    chains = find_chains(facts)
    known_days = {fact.id: context.known_day(fact) for fact in facts}
    for place, fact in enumerate(facts):
        row = FactRow(fact, context)
        chain = chains.get(fact.id)
        topic, first_day = vocabulary.TOPICS.index(fact.topic), find_first_day(fact)
        sort_key = f"{context.is_generated} {topic:02} {first_day} {place:06} {context.pack}"
        group = _group(fact, chain)
        status_day, status_before = _earlier_status(fact, known_days, context.updated)
        row.update(
            id=f"{relation}/{fact.id}",
            slug=fact.id,
            relation=relation,
            pack=context.pack,
            topic=fact.topic,
            group_key=f"{context.is_generated} {group} {sort_key}" if group else "",
            sort_key=sort_key,
            date=fact.date or fact.as_of,
            first_day=first_day,
            last_day=_last_day(fact),
            known_day=known_days[fact.id],
            status_day=status_day,
            until_day=edtf.parse_date(fact.until).latest if fact.until else None,
            status_before=status_before,
            event=fact.event,
            is_generated=context.is_generated,
            is_headline=int(fact.headline),
            is_retracted=int(fact.retracted is not None),
            rank=context.find_rank(fact.topic),
            status=fact.status,
            verification=fact.verification,
            superseded_by=_global_id(relation, fact.superseded_by),
            **{key: fact.__dict__.get(key) for key in _STANCE_KEYS},
            measure=_measure(fact),
            chain=chain,
            step_json=to_json(_chain_step(relation, fact)) if chain else None,
            source_ids=" ".join(fact.sources),
            codes=" ".join(dict.fromkeys([*relation.upper().split("-"), *_list_codes(fact)])),
        )
        yield row


def row_values(row: FactRow) -> tuple[object, ...]:
    """Return the values of a row in the order of the columns of the table."""
    return tuple([row[column] for column in COLUMNS])


def _earlier_status(
    fact: Any, known_days: Mapping[str, str], updated: str
) -> tuple[str | None, str]:
    """Return the day from which a fact has its status, if it had another, and the one before.

    A superseded fact was current until its successor was known, or planned if it was still ahead.
    So was a row of a table that is history since a newer one.
    A plan that is historical was planned until its pack was updated, as no earlier day is known.
    """
    is_plan = fact.__dict__.get("stage") == "planned"
    successor = fact.superseded_by or fact.followed_by
    if successor:
        was_ahead = (
            fact.date is not None and edtf.parse_date(fact.date).earliest > known_days[fact.id]
        )
        before = "planned" if is_plan or was_ahead else "current"
        return known_days[successor], before
    return (updated, "planned") if is_plan and fact.status == "historical" else (None, fact.status)


def _last_day(fact: Any) -> str:
    date = fact.until or fact.date or fact.as_of
    return edtf.parse_date(date).latest if date else ""


def _group(fact: Any, chain: str | None) -> str:
    """Return what a view groups a fact by: kind and chain, or issue and holder; else nothing."""
    if fact.topic == "military":
        return f"{vocabulary.KINDS.index(fact.kind):02} {chain or vocabulary.UNDATED}"
    return f"{fact.issue} {fact.holder}" if fact.topic == "stance" else ""


def _measure(fact: Any) -> str | None:
    """Return the measure of a figure, or an empty text if only its value is known."""
    if fact.topic not in vocabulary.FIGURE_TOPICS:
        return None
    has_value = fact.value_usd is not None or fact.share is not None
    return fact.measure or ("" if has_value else None)


def _global_id(relation: str, id: str | None) -> str | None:
    return f"{relation}/{id}" if id else None


def _document_json(fact: Any, row: FactRow, context: PackContext) -> str:
    return to_json(_make_document(fact, row, context))


def _make_document(fact: Any, row: FactRow, context: PackContext) -> dict[str, Any]:
    """Return a fact as in a document: all keys of its type, None if unknown."""
    relation = row["relation"]
    values = dict(fact.__dict__)
    note, sources = values.pop("note"), values.pop("sources")
    passages = [dict(each.__dict__) for each in values.pop("passages")]
    checked, retracted = values.pop("checked"), values.pop("retracted")
    values["superseded_by"] = _global_id(relation, fact.superseded_by)
    if fact.topic == "military":
        is_transfer = is_arms_transfer(fact)
        codes = relation.upper().split("-")
        parties = get_supplier_and_recipient(fact, codes) if is_transfer else _NOBODY
        values["chain"] = row["chain"]
        values["supplier"], values["recipient"] = parties
    del values["id"]
    return {
        "id": f"{relation}/{fact.id}",
        "relation": relation,
        **values,
        "note": note,
        "sources": sources,
        "pack": context.pack,
        "coverage": context.coverage,
        "first": _day_or_none(find_first_day(fact)),
        "last": _day_or_none(_last_day(fact)),
        "passages": passages,
        "checked": checked and checked.isoformat(),
        "retracted": retracted,
    }


def _day_or_none(day: str) -> str | None:
    """Return a day, or None for the start or end of time that an undated or open date has."""
    return None if day in _NO_DAYS else day


def _chain_step(relation: str, fact: Any) -> dict[str, Any]:
    keys = ("date", "stage", "quantity", "value_usd", "status", "verification")
    return {"id": f"{relation}/{fact.id}", **{key: getattr(fact, key) for key in keys}}


def _list_codes(fact: Any) -> list[str]:
    """Return the codes of who acts, of whom it concerns, and of who else takes part."""
    codes = [*fact.actors, *fact.toward]
    if fact.topic == "military":
        codes += fact.partners
    elif fact.topic == "stance":
        codes += [code for code in (fact.holder, fact.favours, fact.against) if code]
    return codes


def _filter_words(fact: Any, _: FactRow, context: PackContext) -> str:
    """Return the stems that a filter is matched with, of designations in one word too."""
    others = [fact.id, fact.topic, fact.date, fact.as_of, fact.event]
    if fact.topic == "military":
        others += [fact.kind, fact.system, fact.stage]
    elif fact.topic == "stance":
        others += [fact.issue, fact.position]
    elif fact.topic in vocabulary.FIGURE_TOPICS:
        others.append(fact.measure)
    countries = (context.names.get(code, code) for code in dict.fromkeys(_list_codes(fact)))
    others += [fact.status, fact.verification, *countries]
    words: list[str] = []
    designations: set[str] = set()
    # A full-text search looks for the words of the first two as well, which are split once.
    for text in (fact.text, fact.note, " ".join(filter(None, others))):
        if text:
            split, joined = split_words(text)
            words += split
            designations |= joined
    if designations:
        words += sorted(designations.difference(words))
    return f" {context.words.stem_all(words)} "


_COSTLY_COLUMNS = {"json": _document_json, "filter_words": _filter_words}
"""The columns that are made when they are read."""
