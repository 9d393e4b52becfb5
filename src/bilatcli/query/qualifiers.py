"""Qualifiers: words in brackets or after a comma that follow a name in a table.

It can choose between countries (`Kongo (DRC)`), be part of an official name (`China, Special
Administrative Region of Hong Kong`), say nothing (`Fiji (1)`), or contradict (`Georgia (US)`).
"""

from __future__ import annotations

import re

from bilatcli.index import SUBJECT, Statement
from bilatcli.normalization import normalize
from bilatcli.query.names import fetch_country_names, look_up_names
from bilatcli.query.plain_names import (
    TERRITORIES,
    find_exactly,
    find_place,
    is_article,
    list_runs,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bilatcli.index.store import Index
    from bilatcli.query.names import NameEntry

CODE_LENGTH = 2
_LOOSE_KINDS = ("code", "capital", SUBJECT)
"""Kinds of names that words within a qualifier are not."""

_BRACKETS = re.compile(r"^([^(\[]*)[(\[]([^)\]]*)[)\]]?(.*)$", re.DOTALL)

_INITIALS = re.compile(r"\b(?:\w\.){2,}")

_SHARED_NAMES = Statement(
    "shared_names",
    "SELECT DISTINCT code FROM name WHERE normalized >= :first AND normalized < :after",
)


def find_qualified(name: str, index: Index) -> list[NameEntry] | None:
    """Return the countries of a name with a qualifier; empty if the two contradict.

    Return None if a name has no qualifier, or if neither of the two is known.
    """
    if brackets := _BRACKETS.match(name):
        base, qualifier = f"{brackets[1]} {brackets[3]}", brackets[2]
    elif "," in name:
        base, _, qualifier = name.partition(",")
    else:
        return None
    if not normalize(base) or not normalize(qualifier):
        return _find(base, index) or _find(qualifier, index) or None
    named = _find(base, index)
    if is_article(qualifier):
        return named or None
    if not brackets and any(kind == SUBJECT for _, _, kind in named):
        # `Kashmir, India` is an address. It says nothing on what Kashmir is.
        named = []
    others = _find_qualifier(qualifier, index, has_codes=brackets is not None)
    if not named and others:
        # A place is in the country at the end; what is in brackets may be anything.
        is_place = not brackets and bool(_find(qualifier.rpartition(",")[2], index))
        return _find_territories(base, others, index) or (others if is_place else [])
    if not named:
        return None
    return _choose(named, others) if others else _keep(named, base, qualifier, index)


def _choose(named: Sequence[NameEntry], others: Sequence[NameEntry]) -> list[NameEntry]:
    """Return the countries that a name and its qualifier both allow.

    Of a state and its territory, it is the territory.
    """
    codes = {each[0] for each in others}
    if both := [each for each in named if each[0] in codes]:
        return both
    for one, other in ((named, others), (others, named)):
        territories = list_territories(each[0] for each in other)
        if chosen := [each for each in one if each[0] in territories]:
            return chosen
    return []


def _keep(named: list[NameEntry], base: str, qualifier: str, index: Index) -> list[NameEntry]:
    """Return the countries of a name whose qualifier is unknown, unless it chooses another one.

    It may, if names of other countries begin with this name: `Kongo (KDR)`.
    """
    if _says_nothing(qualifier):
        return named
    sharing = _find_sharing(base, index) - {each[0] for each in named}
    return [] if sharing else named


def _find_sharing(base: str, index: Index) -> set[str]:
    """Return the countries that have a name which goes on after `base`."""
    first = f"{normalize(base)} "
    rows = index.rows(_SHARED_NAMES, {"first": first, "after": f"{first[:-1]}!"})
    return {row["code"] for row in rows}


def _find_territories(base: str, states: Sequence[NameEntry], index: Index) -> list[NameEntry]:
    """Return the territory of a state with a name that begins like `base`, if there is only one."""
    territories = list_territories(each[0] for each in states)
    codes = _find_sharing(base, index).intersection(territories)
    names = fetch_country_names(codes, index)
    return [(code, name, "alias") for code, name in names.items()] if len(names) == 1 else []


def list_territories(states: Iterable[str]) -> list[str]:
    """Return the codes of the territories of states, which are given by their codes."""
    return " ".join(TERRITORIES.get(code, "") for code in states).split()


def _find_qualifier(qualifier: str, index: Index, *, has_codes: bool) -> list[NameEntry]:
    """Return the countries that a qualifier is, or that are named in it.

    After a comma, two letters are a subdivision as often as a country: `Atlanta, GA`.
    """
    parts = [part for part in qualifier.split(",") if normalize(part)]
    for part in reversed(parts):
        found = [
            each
            for each in _find(part, index)
            if has_codes or each[2] != "code" or len(normalize(part)) > CODE_LENGTH
        ]
        if found:
            return found
    return _find_within(normalize(qualifier).split(), index) or find_place(qualifier.strip(), index)


def _find(text: str, index: Index) -> list[NameEntry]:
    normalized = normalize(_INITIALS.sub(_join_initials, text)).removeprefix("the ")
    return find_exactly(normalized, index) if normalized else []


def _join_initials(found: re.Match[str]) -> str:
    """Return an abbreviation without its points: `S.A.R.` is `SAR`."""
    return found[0].replace(".", "")


def _find_within(words: Sequence[str], index: Index) -> list[NameEntry]:
    """Return the country that the longest run of words names, by more than a code or a capital."""
    runs = list_runs(words)
    known = look_up_names(set(runs), index)
    for run in runs:
        if found := [each for each in known[run] if each[2] not in _LOOSE_KINDS]:
            return found
    return []


def _says_nothing(qualifier: str) -> bool:
    """Return True for the mark of a footnote, a year, or words for the form of a state alone."""
    from bilatcli.index.state_words import is_state_word

    words = normalize(qualifier).split()
    return all(word.isdigit() or len(word) == 1 or is_state_word(word) for word in words)
