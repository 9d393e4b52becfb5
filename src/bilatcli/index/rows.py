"""The rows of the index: what each record becomes there, with the JSON text that documents are joined from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from bilatcli import vocabulary
from bilatcli.index.chains import chains
from bilatcli.index.name_keys import KINDS, USUAL, packed, plain_form, script
from bilatcli.packs import edtf
from bilatcli.packs.country_models import Attributes, Country, Translations
from bilatcli.packs.models import Fact, MilitaryFact, Pack, Relation, Source, Stance, TradeFact
from bilatcli.text import search_tokens, extract_designations, normalize, escape_json

Row = tuple[object, ...]


def json_text(value: object) -> str:
    """Return a value as compact JSON, characters as they are unless a terminal may act on them."""
    return escape_json(_encode(value))


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def country_rows(country: Country) -> Iterator[Row]:
    """Yield a row for every text that a country is found by."""
    for code in (country.code, country.alpha3, country.numeric):
        if code is not None:
            yield normalize(code), country.code, "code"
    for name in country.names:
        yield normalize(name.text), country.code, name.kind


def translation_rows(country: Translations) -> Iterator[Row]:
    """Yield a row for every text that a country is found by in other languages."""
    for text in country.translations:
        if folded := normalize(text):
            yield folded, country.code, "translation"


def capital_row(country: Attributes) -> Row:
    """Return the row of a country's capital and where it lies."""
    place = country.capital_latitude, country.capital_longitude
    return country.code, country.capital, *place, country.source, country.as_of


def plain_rows(names: Iterable[tuple[str, str, str]]) -> Iterator[Row]:
    """Yield the plain forms of names, given as (folded, code, kind), that mean one country alone."""
    found: dict[str, dict[str, str]] = {}
    for folded, code, kind in names:
        found.setdefault(plain_form(folded), {}).setdefault(code, kind)
    for form, kinds in sorted(found.items()):
        if form and len(kinds) == 1:
            yield form, *next(iter(kinds.items()))


def spelling_rows(names: Iterable[tuple[str, str, str]]) -> Iterator[Row]:
    """Yield the blocks of names, given as (folded, code, kind), that misspelt ones are compared with."""
    blocks: dict[tuple[str, int], list[tuple[str, str, str]]] = {}
    for folded, code, kind in names:
        if kind in KINDS and len(folded) > 3:
            key = (script(folded), len(folded)) if kind == "translation" else (USUAL, 0)
            blocks.setdefault(key, []).append((folded, code, kind))
    for (kept, length), block in sorted(blocks.items()):
        yield kept, length, *packed(sorted(block))


class Lore:
    """What the row of a fact says beside the fact: its pack, the names of countries, when each source was issued."""

    def __init__(self, pack: Pack, names: Mapping[str, str]) -> None:
        self.pack = pack.pack.name
        self.coverage = pack.pack.coverage
        self.updated = pack.pack.updated.isoformat()
        self.names = names
        self.issued = {
            source.id: edtf.parse(source.issued).earliest for source in pack.source if source.issued
        }

    def known(self, fact: Fact) -> str:
        """Return the first day on which a fact can have been known: a plan from its sources on, else its date."""
        date = fact.date or fact.as_of
        happened = [edtf.parse(date).earliest] if date else []
        issued = [self.issued[source] for source in fact.sources if source in self.issued]
        told = happened + issued if fact.status in ("planned", "superseded") else happened or issued
        return min(told, default="")


def _before(fact: Fact, known: Mapping[str, str], updated: str) -> tuple[str | None, str]:
    """From when a fact has the status that it has, if not from the beginning, and the status that it had before.

    What is superseded was true until its successor was known, or a plan if its day had not come. A plan that is none
    any more was one until the day on which its pack says so, since no earlier day is known.
    """
    is_plan = getattr(fact, "stage", None) == "planned"
    if fact.superseded_by:
        was_ahead = fact.date is not None and edtf.parse(fact.date).earliest > known[fact.id]
        return known[fact.superseded_by], "planned" if is_plan or was_ahead else "current"
    return (updated, "planned") if is_plan and fact.status == "historical" else (None, fact.status)


def fact_rows(relation: Relation, lore: Lore) -> Iterator[Row]:
    """Yield a row for each fact of a relation."""
    named = chains(relation.fact)
    known = {fact.id: lore.known(fact) for fact in relation.fact}
    outline = vocabulary.COVERAGES.index(lore.coverage)
    for place, fact in enumerate(relation.fact):
        id = f"{relation.id}/{fact.id}"
        chain = named.get(fact.id)
        replaced, before = _before(fact, known, lore.updated)
        stance = fact if isinstance(fact, Stance) else None
        ordering = f"{outline} {vocabulary.TOPICS.index(fact.topic):02} {_earliest(fact)} {place:06} {lore.pack}"
        yield (
            id,
            fact.id,
            relation.id,
            lore.pack,
            fact.topic,
            f"{outline} {group} {ordering}" if (group := _grouping(fact, chain)) else "",
            ordering,
            fact.date or fact.as_of,
            _earliest(fact),
            _latest(fact),
            known[fact.id],
            replaced,
            edtf.parse(fact.until).latest if fact.until else None,
            before,
            fact.event,
            outline,
            int(fact.headline),
            fact.status,
            fact.verification,
            f"{relation.id}/{fact.superseded_by}" if fact.superseded_by else None,
            stance and stance.issue,
            stance and stance.holder,
            stance and stance.favours,
            stance and stance.against,
            chain,
            json_text(_step(id, fact)) if chain and isinstance(fact, MilitaryFact) else None,
            " ".join(fact.sources),
            f" {_words(fact, lore.names)} ",
            json_text(_fact(relation.id, fact, lore, chain)),
        )


def _earliest(fact: Fact) -> str:
    date = fact.date or fact.as_of
    return edtf.parse(date).earliest if date else vocabulary.UNDATED


def _latest(fact: Fact) -> str:
    date = fact.until or fact.date or fact.as_of
    return edtf.parse(date).latest if date else ""


def _grouping(fact: Fact, chain: str | None) -> str:
    if isinstance(fact, MilitaryFact):
        return f"{vocabulary.KINDS.index(fact.kind):02} {chain or vocabulary.UNDATED}"
    return f"{fact.issue} {fact.holder}" if isinstance(fact, Stance) else ""


def _fact(relation: str, fact: Fact, lore: Lore, chain: str | None) -> dict[str, Any]:
    """A fact as a document has it: every key of its type, ids global, `null` where nothing is known."""
    values = dict(fact.__dict__)
    note, sources = values.pop("note"), values.pop("sources")
    values["superseded_by"] = f"{relation}/{fact.superseded_by}" if fact.superseded_by else None
    if isinstance(fact, MilitaryFact):
        values["chain"] = chain
    del values["id"]
    id = f"{relation}/{fact.id}"
    told = {"note": note, "sources": sources, "pack": lore.pack, "coverage": lore.coverage}
    return {"id": id, "relation": relation, **values, **told}


def _step(id: str, fact: MilitaryFact) -> dict[str, Any]:
    keys = ("date", "stage", "quantity", "value_usd", "status", "verification")
    return {"id": id, **{key: getattr(fact, key) for key in keys}}


def _words(fact: Fact, names: Mapping[str, str]) -> str:
    """What a filter is looked for in: every word that a fact says, and designations without their hyphens too."""
    said: list[str | None] = [
        fact.id,
        fact.topic,
        fact.text,
        fact.note,
        fact.date,
        fact.as_of,
        fact.event,
    ]
    codes = [*fact.actors, *fact.toward]
    if isinstance(fact, MilitaryFact):
        said += [fact.kind, fact.system, fact.stage]
        codes += fact.partners
    elif isinstance(fact, Stance):
        said += [fact.issue, fact.position]
        codes += [code for code in (fact.holder, fact.favours, fact.against) if code]
    elif isinstance(fact, TradeFact):
        said.append(fact.measure)
    said += [
        fact.status,
        fact.verification,
        *(names.get(code, code) for code in dict.fromkeys(codes)),
    ]
    words = " ".join(each for each in said if each)
    folded = normalize(words).split()
    return " ".join((*folded, *sorted(extract_designations(words).difference(folded))))


class Sayings:
    """What a search looks in: rows of `said`, out of facts as records or as a document has them, the same from both.

    What many facts share is cut into words once.
    """

    def __init__(self, names: Mapping[str, str], titles: Mapping[str, str]) -> None:
        self._names = names
        self._titles = {id: " ".join(search_tokens(title)) for id, title in titles.items()}
        self._people: dict[tuple[str | None, ...], str] = {}
        self._subjects: dict[tuple[str | None, ...], str] = {}

    def row(self, number: object, relation: str, fact: Mapping[str, Any]) -> Row:
        """Return the row of a fact, with the number that joins the two."""
        get = fact.get
        about = get("system"), get("measure"), get("issue"), get("event")
        subject = self._subjects.get(about)
        if subject is None:
            subject = self._subjects[about] = _searched(" ".join(each for each in about if each))
        others = *(get("partners") or ()), get("holder"), get("favours"), get("against")
        codes = relation, *fact["actors"], *fact["toward"], *others
        people = self._people.get(codes)
        if people is None:
            people = self._people[codes] = self._named(codes)
        position, note = get("position"), fact["note"]
        return (
            number,
            _searched(f"{fact['text']} {position}" if position else fact["text"]),
            subject,
            people,
            " ".join(search_tokens(note)) if note else "",
            " ".join([self._titles[source] for source in fact["sources"]]),
        )

    def _named(self, codes: Sequence[str | None]) -> str:
        """The countries of a relation and whoever acts, each once."""
        relation, *others = codes
        known = dict.fromkeys(
            [*str(relation).upper().split("-"), *(code for code in others if code)]
        )
        return " ".join(word for code in known for word in search_tokens(self._names.get(code, code)))


def _searched(text: str) -> str:
    """A text as it is searched, with designations as one word too."""
    words = search_tokens(text)
    new = extract_designations(text).difference(words)
    return " ".join(
        (*words, *sorted(new if text.isascii() else {word for word in new if len(search_tokens(word)) == 1}))
    )


def csl(source: Source) -> dict[str, Any]:
    """Return a source as a CSL-JSON item; `custom` holds what CSL has no field for.

    Dates are date-parts, an uncertain or approximate one is marked `circa`. A date that is no plain calendar date
    or interval of two is given as `literal`.
    """
    place = "container-title" if source.type.startswith(vocabulary.CONTAINER_TYPE_PREFIXES) else "publisher"
    item = {
        "id": source.id,
        "type": source.type,
        "title": source.title,
        "author": [_person(name) for name in source.authors] or None,
        place: source.publisher,
        "issued": _csl_date(source.issued),
        "accessed": _csl_date(source.accessed),
        "URL": source.url,
        "archive": source.archive_url and urlsplit(source.archive_url).hostname,
        "archive_location": source.archive_url,
        "language": source.lang,
    }
    archived = {"archived": source.archived} if source.archived else {}
    custom = {"reliability": source.reliability, **archived}
    return {**{k: v for k, v in item.items() if v is not None}, "custom": custom}


def _person(name: str) -> dict[str, str]:
    family, comma, given = name.partition(",")
    return {"family": family.strip(), "given": given.strip()} if comma else {"literal": name}


def _csl_date(date: str | None) -> dict[str, Any] | None:
    if date is None:
        return None
    plain = date.rstrip("?~%")
    try:
        parts = [[int(number) for number in end.split("-")] for end in plain.split("/")]
    except ValueError:
        return {"literal": date}
    return {"date-parts": parts, **({"circa": True} if plain != date else {})}
