"""Rules on who takes part in a fact."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilatcli.normalization import normalize
from bilatcli.packs import edtf
from bilatcli.packs.bundled_countries import load_bundled_countries
from bilatcli.packs.lint.base import NOTE, WARNING, LintContext, Violation, rule, subtract_months
from bilatcli.packs.models import Fact, Stance
from bilatcli.packs.transfers import get_supplier_and_recipient, is_arms_transfer
from bilatcli.vocabulary import COUNTRY_CODES

MAX_OFFICE_AGE_MONTHS = 6
"""A statement about an office-holder is stale after this time."""

_OFFICE = (
    r"(?:president|(?:deputy |vice[- ])?prime minister|"
    r"(?:foreign|defence|interior|energy|finance|trade) minister|"
    r"ambassador|high commissioner|consul(?: general)?|chargé d[’']affaires|(?:special )?envoy|"
    r"secretary[- ]general|speaker|chief of (?:army|general|defence) staff)"
)
_HOLDS_OFFICE = re.compile(
    # "Anna was appointed Iceland's ambassador": at most five words before the office.
    r"\b(?:is|remains|serves as|has been|was (?:also )?(?:named|appointed|elected|made)|became|"
    r"took office as)"
    rf"(?: (?!(?:that|by|to|when|while)\b)[\w’'-]+){{0,5}}? {_OFFICE}\b"
    # "The ambassador to Fiji is Anna": places and prepositions between the office and the verb.
    rf"|\b{_OFFICE}(?: (?:in|to|at|of|for|and|the|[A-Z][\w’'-]*))* (?:is|remains) [A-Z]"
    rf"|\b{_OFFICE}\b.*\bin (?:the |his |her )?(?:post|office) since\b",
)


def _list_parties(fact: Fact) -> set[str]:
    """Return the countries (as codes) and others (by name) that take part in a fact."""
    named = [*fact.actors, *fact.toward, *getattr(fact, "partners", ())]
    return {each for each in (*named, getattr(fact, "holder", None)) if each}


@rule("BL217", "no-party-of-the-relation", WARNING)
def no_party_of_the_relation(context: LintContext) -> Iterator[Violation]:
    """A fact names neither country of its relation, as an actor or otherwise.

    `actors`, `toward`, `partners` and `holder` name only others, so the fact seems to belong to
    another relation. Move it there, or say in `toward` which of the two countries it concerns.
    """
    for path, relation, fact in context.facts:
        if not _list_parties(fact) & set(relation.countries):
            what = f"`{fact.id}` names neither {relation.countries[0]} nor {relation.countries[1]}"
            where = "or move the fact to its own relation"
            remedy = f"correct the actors, say in `toward` whom it concerns, {where}"
            yield (*path, "actors"), what, remedy


@rule("BL218", "actor-outside", NOTE)
def actor_outside(context: LintContext) -> Iterator[Violation]:
    """A fact has an actor that is a country outside its relation and that its text does not name.

    The code may be mistyped, or the fact may belong to another relation. If a third country acts
    on the two, or with them, its name or adjective belongs in the text. Organisations are not
    reported.
    """
    for path, relation, fact in context.facts:
        if not _list_parties(fact) & set(relation.countries):
            continue
        outside = [
            actor
            for actor in fact.actors
            if actor in COUNTRY_CODES
            and actor not in relation.countries
            and not _is_named(actor, fact.text)
        ]
        if outside:
            pair = " and ".join(relation.countries)
            what = f"`{fact.id}` is about {pair}, but has the actor {', '.join(outside)}"
            place = (*path, "actors", fact.actors.index(outside[0]))
            yield place, what, "correct the code, or name the country in the text"


def _list_names(code: str) -> list[str]:
    country = load_bundled_countries()[code]
    return [country.name, *(name.text for name in country.names)]


def _is_named(code: str, text: str) -> bool:
    """Return True if a text has a name of a country, or its adjective."""
    words = f" {normalize(text)} "
    return any(f" {normalize(name)} " in words for name in _list_names(code))


@rule("BL219", "holder-no-actor", WARNING)
def holder_no_actor(context: LintContext) -> Iterator[Violation]:
    """The holder of a stance is not one of the actors of the fact.

    Whoever takes a position acts. Add the holder to `actors`, or correct one of the two.
    """
    for path, _, fact in context.facts:
        if isinstance(fact, Stance) and fact.holder not in fact.actors:
            what = f"the holder of `{fact.id}`, {fact.holder}, is not one of its actors"
            yield (*path, "holder"), what, "add it to `actors`, or correct the holder"


@rule("BL221", "transfer-without-direction", WARNING)
def transfer_without_direction(context: LintContext) -> Iterator[Violation]:
    """An arms transfer does not say who supplies whom.

    Its supplier must be in `actors` and its recipient in `toward`, whoever spoke: a buyer that
    announces an order is still the recipient. No party can be in both lists, and only one country
    of the relation can be in each. `supplier` and `recipient` of documents are read from these
    lists. If the sources do not say who supplies whom, suppress the finding with a comment.
    """
    for path, relation, fact in context.facts:
        if not is_arms_transfer(fact):
            continue
        both = [party for party in fact.toward if party in fact.actors]
        if both:
            what = f"`{fact.id}` has {both[0]} as its supplier and as its recipient"
            place = (*path, "toward", fact.toward.index(both[0]))
            yield place, what, "leave the supplier in `actors` and the recipient in `toward`"
            continue
        supplier, recipient = get_supplier_and_recipient(fact, relation.countries)
        if supplier is None or recipient is None:
            missing = "supplier" if fact.toward and supplier is None else "recipient"
            what = f"the arms transfer `{fact.id}` does not say who its {missing} is"
            remedy = "put the supplier in `actors` and the recipient in `toward`"
            yield (*path, "actors"), what, remedy


def holds_office(fact: Fact) -> bool:
    """Return True if a fact says who holds an office."""
    return _HOLDS_OFFICE.search(fact.text) is not None


@rule("BL220", "stale-office", NOTE)
def stale_office(context: LintContext) -> Iterator[Violation]:
    """A `current` fact says who holds an office, but is older than 6 months or undated.

    Ambassadors and ministers change. Check whether the fact still holds, and set `as_of` to the
    newest date that a source supports, or use `status = "historical"`. The rule recognises words
    such as `is … ambassador`, `was appointed …` and `in the post since`. Packs with coverage
    `outline` or `generated` are skipped.
    """
    oldest = subtract_months(context.today, MAX_OFFICE_AGE_MONTHS)
    for path, _, fact in () if context.is_generated else context.facts:
        if fact.status != "current" or not holds_office(fact):
            continue
        date = fact.as_of or fact.date
        if date is None or edtf.parse_date(date).latest < oldest:
            key = "as_of" if fact.as_of else "date" if fact.date else "text"
            when = f"as of {date}" if date else "without a date"
            what = f"`{fact.id}` says who holds an office, {when}"
            yield (*path, key), what, 'set `as_of` to a newer date, or use status = "historical"'
