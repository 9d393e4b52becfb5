"""The rows of the table `fact`: each fact with what sorts, selects and words it, and its JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bilatcli import vocabulary
from bilatcli.index.chains import find_chains
from bilatcli.index.stems import Words
from bilatcli.index.tables import Values
from bilatcli.packs import edtf
from bilatcli.packs.models import Fact, MilitaryFact, Pack, Relation, Stance, TradeFact
from bilatcli.packs.transfers import get_supplier_and_recipient, is_arms_transfer
from bilatcli.text import extract_designations, normalize, to_json

_NO_DAYS = frozenset(("", vocabulary.UNDATED, vocabulary.OPEN_START, vocabulary.OPEN_END))
_NOBODY = (None, None)


class PackContext:
    """What the rows of facts need to know about their pack. `names` has the names of countries.

    `words` are the words that a filter can match, of the facts whose rows have been made.
    """

    def __init__(self, pack: Pack, names: Mapping[str, str]) -> None:
        self.words = Words()
        self.pack = pack.pack.name
        self.coverage = pack.pack.coverage
        self.updated = pack.pack.updated.isoformat()
        self.names = names
        self._issued_days = {
            source.id: edtf.parse_date(source.issued).earliest
            for source in pack.source
            if source.issued
        }

    def known_day(self, fact: Fact) -> str:
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


def fact_rows(relation: Relation, context: PackContext) -> Iterator[Values]:
    """Yield the row of each fact of a relation, without its number."""
    chains, is_generated = find_chains(relation.fact), vocabulary.COVERAGES.index(context.coverage)
    known_days = {fact.id: context.known_day(fact) for fact in relation.fact}
    for place, fact in enumerate(relation.fact):
        id, chain = f"{relation.id}/{fact.id}", chains.get(fact.id)
        status_day, status_before = _earlier_status(fact, known_days, context.updated)
        stance = fact if isinstance(fact, Stance) else None
        step = chain and isinstance(fact, MilitaryFact) and to_json(_chain_step(id, fact))
        topic = vocabulary.TOPICS.index(fact.topic)
        sort_key = f"{is_generated} {topic:02} {_first_day(fact)} {place:06} {context.pack}"
        group = _group(fact, chain)
        yield (
            id,
            fact.id,
            relation.id,
            context.pack,
            fact.topic,
            f"{is_generated} {group} {sort_key}" if group else "",
            sort_key,
            fact.date or fact.as_of,
            _first_day(fact),
            _last_day(fact),
            known_days[fact.id],
            status_day,
            edtf.parse_date(fact.until).latest if fact.until else None,
            status_before,
            fact.event,
            is_generated,
            int(fact.headline),
            fact.status,
            fact.verification,
            _global_id(relation.id, fact.superseded_by),
            stance and stance.issue,
            stance and stance.holder,
            stance and stance.favours,
            stance and stance.against,
            _measure(fact),
            chain,
            step or None,
            " ".join(fact.sources),
            f" {context.words.stem_all(_filter_words(fact, context.names))} ",
            to_json(_document_fact(relation, fact, context, chain)),
        )


def _earlier_status(
    fact: Fact, known_days: Mapping[str, str], updated: str
) -> tuple[str | None, str]:
    """Return the day from which a fact has its status, if it had another, and the one before.

    A superseded fact was current until its successor was known, or planned if it was still ahead.
    A plan that is historical was planned until its pack was updated, as no earlier day is known.
    """
    is_plan = getattr(fact, "stage", None) == "planned"
    if fact.superseded_by:
        was_ahead = (
            fact.date is not None and edtf.parse_date(fact.date).earliest > known_days[fact.id]
        )
        before = "planned" if is_plan or was_ahead else "current"
        return known_days[fact.superseded_by], before
    return (updated, "planned") if is_plan and fact.status == "historical" else (None, fact.status)


def _first_day(fact: Fact) -> str:
    date = fact.date or fact.as_of
    return edtf.parse_date(date).earliest if date else vocabulary.UNDATED


def _last_day(fact: Fact) -> str:
    date = fact.until or fact.date or fact.as_of
    return edtf.parse_date(date).latest if date else ""


def _group(fact: Fact, chain: str | None) -> str:
    """Return what a view groups a fact by: kind and chain, or issue and holder; else nothing."""
    if isinstance(fact, MilitaryFact):
        return f"{vocabulary.KINDS.index(fact.kind):02} {chain or vocabulary.UNDATED}"
    return f"{fact.issue} {fact.holder}" if isinstance(fact, Stance) else ""


def _measure(fact: Fact) -> str | None:
    """Return the measure of a figure, or an empty text if only its value is known."""
    if not isinstance(fact, TradeFact):
        return None
    has_value = fact.value_usd is not None or fact.share is not None
    return fact.measure or ("" if has_value else None)


def _global_id(relation: str, id: str | None) -> str | None:
    return f"{relation}/{id}" if id else None


def _document_fact(
    relation: Relation, fact: Fact, context: PackContext, chain: str | None
) -> dict[str, Any]:
    """Return a fact as in a document: all keys of its type, ids global, None if unknown."""
    values = dict(fact.__dict__)
    note, sources = values.pop("note"), values.pop("sources")
    values["superseded_by"] = _global_id(relation.id, fact.superseded_by)
    if isinstance(fact, MilitaryFact):
        is_transfer = is_arms_transfer(fact)
        parties = get_supplier_and_recipient(fact, relation.countries) if is_transfer else _NOBODY
        values["chain"] = chain
        values["supplier"], values["recipient"] = parties
    del values["id"]
    return {
        "id": f"{relation.id}/{fact.id}",
        "relation": relation.id,
        **values,
        "note": note,
        "sources": sources,
        "pack": context.pack,
        "coverage": context.coverage,
        "first": _day_or_none(_first_day(fact)),
        "last": _day_or_none(_last_day(fact)),
    }


def _day_or_none(day: str) -> str | None:
    """Return a day, or None for the start or end of time that an undated or open date has."""
    return None if day in _NO_DAYS else day


def _chain_step(id: str, fact: MilitaryFact) -> dict[str, Any]:
    keys = ("date", "stage", "quantity", "value_usd", "status", "verification")
    return {"id": id, **{key: getattr(fact, key) for key in keys}}


def _filter_words(fact: Fact, names: Mapping[str, str]) -> list[str]:
    """Return the normalized words that a filter is matched with, and designations in one word."""
    texts = [fact.id, fact.topic, fact.text, fact.note, fact.date, fact.as_of, fact.event]
    codes = [*fact.actors, *fact.toward]
    if isinstance(fact, MilitaryFact):
        texts += [fact.kind, fact.system, fact.stage]
        codes += fact.partners
    elif isinstance(fact, Stance):
        texts += [fact.issue, fact.position]
        codes += [code for code in (fact.holder, fact.favours, fact.against) if code]
    elif isinstance(fact, TradeFact):
        texts.append(fact.measure)
    countries = (names.get(code, code) for code in dict.fromkeys(codes))
    texts += [fact.status, fact.verification, *countries]
    joined = " ".join(text for text in texts if text)
    words = normalize(joined).split()
    return [*words, *sorted(extract_designations(joined).difference(words))]
