"""What a sentence says: its parties and their roles, dates, numbers, systems, events, negation."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise

from bilatcli.claims.amounts import Amount, find_amounts
from bilatcli.claims.lexicon import (
    NEGATIONS,
    OPINIONS,
    PHRASES,
    QUESTION_STARTS,
    REPORTS,
    STATEMENTS,
    get_lexicon,
)
from bilatcli.claims.names import Name, find_names, is_joined
from bilatcli.claims.times import Time, find_times
from bilatcli.claims.words import Word, split_words, unify_characters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from bilatcli.index.store import Index

    Spans = list[tuple[int, int]]

_DESIGNATION = re.compile(
    r"\b(?:[A-Z][A-Za-z]{0,4}[- ]?\d+[A-Za-z0-9]*(?:[-/][A-Z0-9]+)*|[A-Z]{2,}-?[0-9]+[A-Z]*)\b"
)
_PAIRED = re.compile(
    r"\b(?:between|both|the two|two countries|each other|joint(?:ly)?)\b", re.IGNORECASE
)
_PRESENT = frozenset(
    "is are has have does do stands stand keeps maintains holds grants limits binds supplies rents "
    "works remains continues buys sells recognises recognizes refuses takes".split()
)
_CURRENT = frozenset("currently now still today remains continues".split())
_PAST = frozenset("was were had did been ago".split())
_TALKS = re.compile(
    r"\b(?:in|advanced) talks|\btalks (?:on|about|over|were|are|with)\b", re.IGNORECASE
)
MIN_PROPER_NAMES = 2
"""Proper names that facts are found by if a sentence names no pair."""
_HEAD_WORDS = 4
"""Words after a number that may be what it counts."""


class Reading:
    """What a text says.

    `names` are the countries and subjects in it, in order. `tokens` are its other words that carry
    meaning, each as the word that stands for its group. `hedges` are kinds of words that say that
    something was planned, denied or claimed. `designations` are systems such as `jf17`.
    """

    def __init__(self, text: str, index: Index, today: str | None = None) -> None:
        text = unify_characters(text)
        self.text = text
        self.times: list[Time] = find_times(text, today)
        designations = _find_designations(text, self.times)
        self.designations = {key for key, _ in designations}
        self.designation_spans: Spans = [span for _, span in designations]
        self.words: list[Word] = split_words(text)
        self.names: list[Name] = find_names(self.words, index)
        taken: Spans = [(time.start, time.end) for time in self.times]
        taken += self.designation_spans
        taken += [(name.start, name.end) for name in self.names]
        self.amounts: list[Amount] = find_amounts(text, taken)
        taken += [(amount.start, amount.end) for amount in self.amounts]
        self._read_words(taken)
        self._read_heads()

    def _read_words(self, taken: Spans) -> None:
        lexicon = get_lexicon()
        free = [word for word in self.words if not _is_within(word, taken)]
        plain = [word.plain for word in self.words]
        hedges = {lexicon.hedges.get(word.stem, "") for word in free if not word.is_capital}
        self.hedges = hedges - {""}
        self.is_negated = bool(NEGATIONS.intersection(plain))
        self.is_opinion = bool(OPINIONS.intersection(plain)) and REPORTS.isdisjoint(plain)
        self.is_question = self.text.rstrip("\"'”’) ").endswith("?") or (
            plain[:1] != [] and plain[0] in QUESTION_STARTS and self.text.rstrip().endswith("?")
        )
        self.is_statement = not STATEMENTS.isdisjoint(plain)
        lower = {word.plain for word in self.words if not word.is_capital}
        self.is_present = bool(lower & _CURRENT) or (
            bool(lower & _PRESENT) and not lower & _PAST and "had" not in lower
        )
        self.is_paired = bool(_PAIRED.search(self.text)) or _are_joined(self.names, self.text)
        if _TALKS.search(self.text):
            self.hedges |= {"talk"}
        phrases = _find_phrases(self.words)
        self.token_words: list[tuple[str, Word]] = [
            (phrases[word.start], word) for word in free if phrases.get(word.start)
        ] + [
            (word.plain if word.is_acronym else lexicon.head(word.stem), word)
            for word in free
            if word.start not in phrases
            and not (word.stem in lexicon.light and not word.is_proper)
            and word.plain not in NEGATIONS
            and len(word.plain) > 1
        ]
        self.token_words.sort(key=lambda each: each[1].start)
        self.tokens = {token for token, _ in self.token_words}
        self.tokens |= {f"subject:{name.code}" for name in self.names if name.is_subject}
        self.proper = {token for token, word in self.token_words if word.is_proper}

    def _read_heads(self) -> None:
        """Note what each number counts: the words after it, up to the next number."""
        starts = [amount.start for amount in self.amounts]
        for amount in self.amounts:
            after = [
                token
                for token, word in self.token_words
                if word.start >= amount.end
                and not any(amount.start < start <= word.start for start in starts)
            ]
            named = {
                key
                for key, (start, _) in _find_designations(self.text, self.times)
                if amount.end <= start <= amount.end + 30
            }
            amount.head = frozenset(after[:_HEAD_WORDS]) | named

    @cached_property
    def skeleton(self) -> list[str]:
        """The words of the text in order, without dates and numbers."""
        spans = [(time.start, time.end) for time in self.times]
        spans += [(amount.start, amount.end) for amount in self.amounts]
        return [word.whole for word in self.words if not _is_within(word, spans)]

    @cached_property
    def proper_words(self) -> list[Word]:
        """The words with a capital letter within the sentence, names of countries included."""
        taken = [(time.start, time.end) for time in self.times] + self.designation_spans
        return [
            word
            for word in self.words
            if word.is_proper
            and word.plain.isalpha()
            and len(word.plain) > 1
            and not _is_within(word, taken)
        ]

    @cached_property
    def name_words(self) -> list[Word]:
        """The words with a capital letter that are not the name of a country, nor common."""
        lexicon = get_lexicon()
        taken = [(each.start, each.end) for each in self.names]
        taken += [(time.start, time.end) for time in self.times] + self.designation_spans
        return [
            word
            for word in self.words
            if word.is_capital
            and word.plain.isalpha()
            and word.stem not in lexicon.light
            and word.stem not in lexicon.heads
            and not _is_within(word, taken)
        ]

    @property
    def is_named(self) -> bool:
        """True if there are enough proper names to find facts by."""
        return len({word.stem for word in self.proper_words}) >= MIN_PROPER_NAMES

    @property
    def codes(self) -> list[str]:
        """The codes of the countries that are named, each once, in order."""
        return list(dict.fromkeys(name.code for name in self.names if not name.is_subject))

    @property
    def party_codes(self) -> list[str]:
        """The codes of the countries that take part: not of capitals that are only a place."""
        parties = dict.fromkeys(
            name.code for name in self.names if not name.is_subject and not name.is_place
        )
        return list(parties) if len(parties) > 1 else self.codes


def _find_designations(text: str, times: Sequence[Time]) -> list[tuple[str, tuple[int, int]]]:
    """Return the systems of a text, such as `jf17` for `JF-17s`, with their places."""
    return list(_iterate_designations(text, times))


def _iterate_designations(
    text: str, times: Sequence[Time]
) -> Iterator[tuple[str, tuple[int, int]]]:
    for match in _DESIGNATION.finditer(text):
        start, end = match.span()
        if any(start < time.end and time.start < end for time in times):
            continue
        if " " in match.group() and not match.group().split(" ")[0].isupper():
            continue
        key = re.sub(r"[^a-z0-9]", "", match.group().lower())
        key = key.removesuffix("s") if key[-2:-1].isdigit() else key
        yield key, (start, end)


def _find_phrases(words: Sequence[Word]) -> dict[int, str]:
    """Return the word that stands for a phrase by the place of its first word, "" by the second."""
    found: dict[int, str] = {}
    for one, other in pairwise(words):
        if head := PHRASES.get((one.plain, other.plain)):
            found |= {one.start: head, other.start: ""}
    return found


def _is_within(word: Word, spans: Collection[tuple[int, int]]) -> bool:
    return any(start <= word.start < end for start, end in spans)


def _are_joined(names: Sequence[Name], text: str) -> bool:
    """Return True if two countries are joined, as in `A and B`, or by `with`."""
    countries = [name for name in names if not name.is_subject]
    return any(
        is_joined(one, other, text)
        or text[one.end : other.start].strip().lower() in ("with", "with the")
        for one, other in pairwise(countries)
    )
