"""Exact matching: find the names of countries and of subjects in a phrase.

Every run of tokens is looked up at once. Of all ways to read runs as names, the one that covers
most of the phrase is chosen.
"""

from __future__ import annotations

from itertools import pairwise

from bilatcli.index import SUBJECT
from bilatcli.query.names import Match, look_up_names
from bilatcli.query.plain_names import drop_folded_codes, find_spellings
from bilatcli.query.tokenizer import (
    drop_conjunction_codes,
    drop_stop_codes,
    is_overlapping,
    typed_text,
    typed_words,
)
from bilatcli.vocabulary import COMBINING_MARK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bilatcli.index.store import Index
    from bilatcli.query.names import NameEntry
    from bilatcli.query.tokenizer import Phrase, Span

    Score = tuple[int, int, int, int, int]

MAX_NAME_TOKENS = 12
"""Maximum tokens of a country name."""
MAX_UNSPACED_NAME_TOKENS = 24
"""The same in a phrase with an unspaced script, where each letter is a token."""

_KIND_PENALTY = {"former": 2, "demonym": 2, "capital": 2, "alias": 1, "translation": 1}


def match_exactly(
    phrase: Phrase, index: Index, whole: Mapping[Span, list[Match]] | None = None
) -> dict[Span, list[Match]]:
    """Return the countries and subjects that a phrase names, by span; with several if ambiguous.

    `whole` has the names that are known already. Nothing within them is a name.
    """
    whole = whole or {}
    texts = {
        span: text
        for span, text in span_texts(phrase).items()
        if not any(is_overlapping(span, other) for other in whole)
    }
    entries = _match_names(phrase, texts, index)
    entries |= {
        span: [(match.code, match.name, match.kind) for match in matches]
        for span, matches in whole.items()
    }
    best = _choose_spans(phrase, entries)
    if phrase.free_positions(best):
        from bilatcli.query.plain_matcher import match_plain_forms

        entries |= match_plain_forms(phrase, texts, entries, best, index)
        best = _choose_spans(phrase, entries)
    typed = {span: typed_text(phrase.run(span)) for span in best}
    taken = {
        span: [Match(typed[span], code, name, kind=kind) for code, name, kind in found]
        for span in best
        if (found := drop_folded_codes(entries[span], typed[span]))
    }
    taken = drop_conjunction_codes(phrase, {**taken, **whole}, index)
    if phrase.free_positions(taken):
        from bilatcli.query.question_words import drop_question_codes

        taken = drop_question_codes(phrase, taken, index)
    return drop_stop_codes(phrase, taken)


def span_texts(phrase: Phrase) -> dict[Span, str]:
    """Return the normalized text of every run of tokens that is short enough for a name."""
    texts: dict[Span, str] = {}
    is_unspaced = any(token.is_unspaced for token in phrase.tokens)
    longest = MAX_UNSPACED_NAME_TOKENS if is_unspaced else MAX_NAME_TOKENS
    for start in range(len(phrase)):
        text = ""
        for end in range(start, min(start + longest, len(phrase))):
            token = phrase.tokens[end]
            space = "" if token.is_unspaced or not text else " "
            text = f"{text}{space}{token.normalized}"
            texts[start, end + 1] = text
    return texts


def _match_names(
    phrase: Phrase, texts: Mapping[Span, str], index: Index
) -> dict[Span, list[NameEntry]]:
    """Return the countries and subjects of runs that are their names in full, by span."""
    known = look_up_names(set(texts.values()), index)
    entries = {span: found for span, text in texts.items() if (found := known[text])}
    entries |= _match_spellings(phrase, texts, index)
    entries = {
        span: found
        for span, found in entries.items()
        if not _is_two_countries(span, phrase, entries)
    }
    return entries | _match_combining_forms(phrase, entries, index)


def _match_spellings(
    phrase: Phrase, texts: Iterable[Span], index: Index
) -> dict[Span, list[NameEntry]]:
    """Return the countries that words mean by their accents and punctuation, by span: `Suède`."""
    if all(token.word.isascii() and token.word.isalnum() for token in phrase.tokens):
        return {}
    boundaries = phrase.word_boundaries()
    spans = [span for span in texts if boundaries.issuperset(span)]
    typed = {span: typed_words(phrase.run(span)) for span in spans}
    found = find_spellings(typed.values(), index)
    return {span: found[text] for span, text in typed.items() if text in found}


def _match_combining_forms(
    phrase: Phrase, entries: Mapping[Span, Sequence[NameEntry]], index: Index
) -> dict[Span, list[NameEntry]]:
    """Return the countries of tokens such as `sino` in `Sino-Indian`, if a country follows."""
    starts = {start for start, _ in entries}
    forms = {
        (i, i + 1): f"{token.normalized}{COMBINING_MARK}"
        for i, (token, after) in enumerate(pairwise(phrase.tokens))
        if token.word_number == after.word_number
        and token.piece_number != after.piece_number
        and (i, i + 1) not in entries
        and i + 1 in starts
    }
    known = look_up_names(set(forms.values()), index) if forms else {}
    return {span: found for span, form in forms.items() if (found := known[form])}


def _is_two_countries(
    span: Span, phrase: Phrase, entries: Mapping[Span, Sequence[NameEntry]]
) -> bool:
    """Return True if a name that is ambiguous or a subject is also the names of two countries.

    The two halves of an ambiguous name have a conjunction between them.
    """
    start, end = span
    if _is_country(entries[span]):
        return entries[span][0][2] == "alias" and _has_two_names(span, entries)
    is_subject = entries[span][0][2] == SUBJECT
    for i in range(start + 1, end):
        rest = (i + 1, end) if i in phrase.conjunctions else (i, end)
        halves = [entries.get((start, i), ()), entries.get(rest, ())]
        if (is_subject or rest[0] > i) and all(map(_is_named, halves)):
            return True
    return False


def _has_two_names(span: Span, entries: Mapping[Span, Sequence[NameEntry]]) -> bool:
    """Return True if the words of an alias are the names of two countries.

    `Taiwan China` is a pair, as `China Taiwan` is. `resolve`, which takes a single name, reads it
    as data tables write it.
    """
    start, end = span
    halves = ((entries.get((start, i)), entries.get((i, end))) for i in range(start + 1, end))
    return any(one and other and one[0][2] == other[0][2] == "name" for one, other in halves)


def _is_country(entries: Sequence[NameEntry]) -> bool:
    return len(entries) == 1 and entries[0][2] != SUBJECT


def _is_named(entries: Sequence[NameEntry]) -> bool:
    """Return True if there is a country among the meanings of a name, by more than its code."""
    return any(kind not in (SUBJECT, "code") for _, _, kind in entries)


def _choose_spans(phrase: Phrase, entries: Mapping[Span, Sequence[NameEntry]]) -> list[Span]:
    """Return the spans that together read the phrase best (dynamic programming from the end).

    Best is: most tokens covered, fewest names, fewest ambiguous names, longest spans, best kinds
    of names.
    """
    spans = sorted(entries)
    if all(one[1] <= other[0] for one, other in pairwise(spans)):
        return spans
    by_start: dict[int, list[Span]] = {}
    for span in spans:
        by_start.setdefault(span[0], []).append(span)
    best: list[tuple[Score, list[Span]]] = [((0, 0, 0, 0, 0), [])] * (len(phrase) + 1)
    for start in range(len(phrase) - 1, -1, -1):
        best[start] = best[start + 1]
        for span in by_start.get(start, ()):
            rest_score, rest = best[span[1]]
            score = _add_scores(_score_span(phrase, span, entries[span]), rest_score)
            if score > best[start][0]:
                best[start] = score, [span, *rest]
    return best[0][1]


def _score_span(phrase: Phrase, span: Span, entries: Sequence[NameEntry]) -> Score:
    """Return what a span adds to the score of a reading."""
    words = sum(i not in phrase.conjunctions for i in range(*span))
    penalty = max(_KIND_PENALTY.get(kind, 0) for _, _, kind in entries)
    return (
        words or int(len(phrase) == 1),
        -1,
        -int(len(entries) > 1),
        span[1] - span[0],
        -penalty,
    )


def _add_scores(one: Score, other: Score) -> Score:
    a, b, c, d, e = map(sum, zip(one, other, strict=True))
    return a, b, c, d, e
