"""Compare what a sentence says with what a fact says, part by part."""

from __future__ import annotations

import re
from functools import cached_property

from bilatcli.claims.amounts import Amount
from bilatcli.claims.lexicon import OPPOSITES, STATEMENTS, get_lexicon
from bilatcli.claims.quantities import (
    DIFFERS,
    compare_time,
    describe_times,
    find_comparable,
    split_clauses,
)
from bilatcli.claims.roles import are_exchanged, compare_roles, find_places, find_roles
from bilatcli.claims.times import Time
from bilatcli.claims.words import split_words
from bilatcli.normalization import normalize

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.claims.reading import Reading
    from bilatcli.claims.record import RecordedFact
    from bilatcli.claims.words import Word

SYMMETRIC = frozenset(
    "trade meet sign agreement treaty relation exercise establish resume break clash "
    "fight vote alike memorandum".split()
)
"""What two countries do together, whoever is named first."""
_NEGATED = re.compile(
    r"\b(?:not|no|never|without|nor|none|neither|cannot)\b|n['’]t\b", re.IGNORECASE
)
_TITLES = frozenset(
    "president premier minister king prince secretary chancellor general ambassador envoy chief "
    "army foreign prime".split()
)


class Comparison:
    """How a sentence and a fact agree.

    `missing` are words of the sentence that the fact does not have. `clashes` are the parts that
    differ, each with what the fact says instead; `unsure` are reasons that rule out a verdict.
    """

    def __init__(self, claim: Reading, fact: RecordedFact) -> None:
        self.claim = claim
        self.fact = fact
        self.missing: list[str] = []
        self.clashes: dict[str, str] = {}
        self.unsure: list[str] = []
        self.matched: set[str] = set()
        self.is_verbatim = self._is_verbatim()
        if self.is_verbatim:
            self._compare_verbatim()
            return
        self._compare_words()
        self._compare_names()
        self._compare_negation()
        self._compare_hedges()
        self._compare_opposites()
        self._compare_roles()
        self._compare_times()
        self._compare_amounts()

    # --- the same sentence

    def _is_verbatim(self) -> bool:
        """Return True if the sentence is that of the fact, apart from dates and numbers."""
        claim, fact = self.claim, self.fact.reading
        return (
            claim.skeleton == fact.skeleton
            and len(claim.times) == len(fact.times)
            and len(claim.amounts) == len(fact.amounts)
        )

    def _compare_verbatim(self) -> None:
        claim, fact = self.claim, self.fact.reading
        self.matched = set(claim.tokens)
        if not all(map(Time.is_same, claim.times, fact.times)):
            self.clashes["date"] = ", ".join(time.describe() for time in fact.times)
        if not all(map(Amount.is_same, claim.amounts, fact.amounts)):
            self.clashes["number"] = ", ".join(amount.text for amount in fact.amounts)

    # --- words

    def _compare_words(self) -> None:
        for token, word in self.claim.token_words:
            if self._has(token) or self._is_given_name(word):
                self.matched.add(token)
            else:
                self.missing.append(word.typed)
        known = self.fact.reading.designations
        for key in sorted(self.claim.designations):
            if any(each == key or each.startswith(key) for each in known):
                self.matched.add(key)
            else:
                self.missing.append(key.upper())

    def _compare_names(self) -> None:
        """Note the names that the fact lacks, and others in the place of one that it implies."""
        named = {name.code for name in self.fact.reading.names}
        claimed = {name.code for name in self.claim.names}
        for name in self.claim.names:
            known = named if name.is_subject else self.fact.countries
            if name.code not in known:
                self.missing.append(name.typed)
        implied = set(self.claim.codes) - named
        if implied & self.fact.countries:
            text = " ".join(self._clauses)
            others = [
                name.typed
                for name in self.fact.reading.names
                if name.code not in claimed
                and name.typed in text
                and not (name.is_place or name.kind == "capital")
            ]
            if others:
                self.unsure.append(f"the record names {', '.join(dict.fromkeys(others))} instead")

    def _has(self, token: str) -> bool:
        tokens = self.fact.tokens
        return token in tokens or not tokens.isdisjoint(get_lexicon().implied.get(token, ()))

    def _is_given_name(self, word: Word) -> bool:
        """Return True for the given name before a surname that the fact has alone."""
        if not word.is_capital or word.is_acronym:
            return False
        follows = next((other for other in self.claim.words if other.start == word.end + 1), None)
        if follows is None or not follows.is_capital or follows.stem in get_lexicon().heads:
            return False
        words = self.fact.reading.words
        places = [i for i, other in enumerate(words) if other.whole == follows.whole]
        return bool(places) and all(
            i == 0 or not words[i - 1].is_capital or words[i - 1].plain in _TITLES for i in places
        )

    # --- negation, plans, roles

    def _compare_negation(self) -> None:
        is_negated = self.fact.reading.is_negated and any(
            _NEGATED.search(clause) for clause in self._clauses
        )
        if self.claim.is_negated != is_negated:
            says = "denies" if is_negated else "affirms"
            self.clashes["negation"] = f"the record {says} it"
        elif is_negated:
            claimed = len(_NEGATED.findall(self.claim.text))
            recorded = len(_NEGATED.findall(self.fact.reading.text))
            if claimed > recorded:
                self.unsure.append("the record has fewer negations")

    def _compare_hedges(self) -> None:
        claim, fact = self.claim, self.fact.reading
        lexicon = get_lexicon()
        words = [word for clause in self._clauses for word in split_words(clause)]
        near = {lexicon.hedges.get(word.stem) for word in words if not word.is_capital}
        hedges = {each for each in fact.hedges if each in near or each == "deny"}
        if self.fact.is_disputed:
            hedges -= {"claim", "deny"}
        if more := hedges - claim.hedges:
            self.unsure.append(f"the record has it with a reservation ({', '.join(sorted(more))})")
        if more := claim.hedges - fact.hedges:
            names = ", ".join(sorted(more))
            self.unsure.append(f"the record does not have the reservation ({names})")
        is_said = any(word.plain in STATEMENTS for word in words)
        is_told = claim.is_statement or claim.amounts or self.fact.is_disputed
        if is_said and not is_told:
            self.unsure.append("the record has it as what somebody said")

    @cached_property
    def _clauses(self) -> list[str]:
        """The clauses of the fact that have a word of the sentence, or all if none has."""
        reading = self.fact.reading
        found = []
        for start, end in split_clauses(reading.text):
            inside = {token for token, word in reading.token_words if start <= word.start < end}
            inside |= {
                implied
                for token in inside
                for implied, tokens in get_lexicon().implied.items()
                if token in tokens
            }
            if inside & self.matched or any(
                key in normalize(reading.text[start:end]).replace(" ", "")
                for key in self.claim.designations
            ):
                found.append(reading.text[start:end])
        return found or [reading.text]

    def _compare_opposites(self) -> None:
        claim, fact = (
            {word.plain for word in each.words} for each in (self.claim, self.fact.reading)
        )
        for one, other in (pair[::step] for pair in OPPOSITES for step in (1, -1)):
            if one in claim - fact and other in fact - claim:
                self.unsure.append(f"the record has `{other}`")

    def _compare_roles(self) -> None:
        parties = self.claim.party_codes
        claimed = find_roles(self.claim)
        found = compare_roles(claimed, self.fact.roles)
        is_flow = claimed.kind in ("giver", "getter")
        if not (is_flow and found == "same") and self._are_exchanged():
            if found == "reversed" and is_flow:
                self.clashes["direction"] = "the record has it the other way round"
            else:
                self.unsure.append("the record has the countries in other roles")
            return
        is_weak = claimed.kind in ("", "actor")
        is_mutual = not self.claim.tokens.isdisjoint(SYMMETRIC)
        if not claimed.kind and (len(parties) < 2 or is_mutual or self.fact.is_mutual):
            return
        if is_weak and self.claim.is_paired and (is_mutual or self.fact.is_mutual):
            return
        if is_weak and is_mutual and self.fact.is_mutual:
            return
        if not (claimed.kind or claimed.source or claimed.goal):
            return
        written = self.fact.written_roles
        is_alike = claimed.kind == written.kind and compare_roles(claimed, written) == "same"
        found = "same" if is_alike else compare_roles(claimed, self.fact.roles)
        if found == "same":
            return
        if found == "reversed" and claimed.kind in ("giver", "getter"):
            self.clashes["direction"] = "the record has it the other way round"
        elif len(parties) > 1 or found == "reversed":
            self.unsure.append("the record does not show these roles")

    def _are_exchanged(self) -> bool:
        claim, fact = (find_places(each, SYMMETRIC) for each in (self.claim, self.fact.reading))
        return are_exchanged(claim, fact)

    # --- dates and numbers

    def _compare_times(self) -> None:
        for time in self.claim.times:
            found = compare_time(time, self.claim, self.fact)
            if found == DIFFERS:
                self.clashes["date"] = describe_times(self.fact)
            elif found:
                self.unsure.append(found)

    def _compare_amounts(self) -> None:
        for amount in self.claim.amounts:
            same = find_comparable(amount, self.claim, self.fact)
            if any(amount.agrees(other) for other in same):
                self.matched.add(f"#{amount.low}")
            elif same:
                self.clashes["number"] = " or ".join(dict.fromkeys(each.text for each in same))
            else:
                self.missing.append(amount.text)

    # --- what follows

    @property
    def is_full(self) -> bool:
        """True if the fact has all that the sentence says."""
        return not (self.missing or self.clashes or self.unsure)
