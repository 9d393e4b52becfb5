"""The rules of `check` on who a fact is by and about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilatcli.packs import edtf
from bilatcli.packs.lint.base import NOTE, WARNING, Checked, Doubt, months_before, rule
from bilatcli.packs.models import Fact, Stance
from bilatcli.vocabulary import COUNTRY_CODES

OFFICE_MONTHS = 6
"""So long an office-holder is taken to be in office still."""

_OFFICE = (
    r"(?:president|(?:deputy |vice[- ])?prime minister|(?:foreign|defence|interior|energy|finance|trade) minister|"
    r"ambassador|high commissioner|consul(?: general)?|chargé d[’']affaires|(?:special )?envoy|"
    r"secretary[- ]general|speaker|chief of (?:army|general|defence) staff)"
)
_HOLDS = re.compile(
    # Somebody is, or was made, the holder of an office: up to five words lead to it.
    r"\b(?:is|remains|serves as|has been|was (?:also )?(?:named|appointed|elected|made)|became|took office as)"
    rf"(?: (?!(?:that|by|to|when|while)\b)[\w’'-]+){{0,5}}? {_OFFICE}\b"
    # The holder of an office is somebody: places and prepositions may stand between.
    rf"|\b{_OFFICE}(?: (?:in|to|at|of|for|and|the|[A-Z][\w’'-]*))* (?:is|remains) [A-Z]"
    rf"|\b{_OFFICE}\b.*\bin (?:the |his |her )?(?:post|office) since\b",
)


def _parties(fact: Fact) -> set[str]:
    """All that a fact names as taking part in it, as countries or by name."""
    named = [*fact.actors, *fact.toward, *getattr(fact, "partners", ())]
    return {each for each in (*named, getattr(fact, "holder", None)) if each}


@rule("BL217", "no-party-of-the-relation", WARNING)
def no_party_of_the_relation(checked: Checked) -> Iterator[Doubt]:
    """A fact names neither country of its relation, as an actor or otherwise.

    `actors`, `toward`, `partners` and `holder` have others alone, so that the fact seems to belong elsewhere. Move it
    to its relation, or say in `toward` which of the two it concerns.
    """
    for path, relation, fact in checked.facts:
        if not _parties(fact) & set(relation.countries):
            what = f"`{fact.id}` names neither {relation.countries[0]} nor {relation.countries[1]}"
            remedy = (
                "correct the actors, say in `toward` whom it concerns, or move it to its relation"
            )
            yield (*path, "actors"), what, remedy


@rule("BL218", "actor-outside", NOTE)
def actor_outside(checked: Checked) -> Iterator[Doubt]:
    """A fact has an actor that is a country outside its relation.

    A code may be mistyped, or the fact be of another relation. A note, because a third country may well act on the
    two, or with them. Organisations pass.
    """
    for path, relation, fact in checked.facts:
        if not _parties(fact) & set(relation.countries):
            continue
        outside = [
            each for each in fact.actors if each in COUNTRY_CODES and each not in relation.countries
        ]
        if outside:
            what = f"`{fact.id}` is of {' and '.join(relation.countries)}, but has the actor {', '.join(outside)}"
            remedy = "correct the code, unless a third country acts"
            yield (*path, "actors", fact.actors.index(outside[0])), what, remedy


@rule("BL219", "holder-no-actor", WARNING)
def holder_no_actor(checked: Checked) -> Iterator[Doubt]:
    """The holder of a stance is not among the actors of the fact.

    Who takes a position is who acts. Add the holder to `actors`, or correct one of the two.
    """
    for path, _, fact in checked.facts:
        if isinstance(fact, Stance) and fact.holder not in fact.actors:
            what = f"the holder of `{fact.id}`, {fact.holder}, is not among its actors"
            yield (*path, "holder"), what, "add it to `actors`, or correct the holder"


@rule("BL220", "stale-office", NOTE)
def stale_office(checked: Checked) -> Iterator[Doubt]:
    """A fact that is `current` says who holds an office, as of a time that ended more than 6 months ago, or none.

    Ambassadors and ministers change. Look whether it still holds, and give `as_of` the newest day that a source has
    for it; or write `status = "historical"`. Known by words such as `is … ambassador`, `was appointed …` and `in the
    post since`. A pack in outline is passed over.
    """
    oldest = months_before(checked.today, OFFICE_MONTHS)
    is_generated = checked.pack.pack.coverage == "outline"
    for path, _, fact in () if is_generated else checked.facts:
        if fact.status != "current" or not _HOLDS.search(fact.text):
            continue
        time = fact.as_of or fact.date
        if time is None or edtf.parse(time).latest < oldest:
            key = "as_of" if fact.as_of else "date" if fact.date else "text"
            what = f"`{fact.id}` says who holds an office, as of {time or 'no known time'}"
            yield (*path, key), what, 'give `as_of` a newer day, or write status = "historical"'
