"""The parser: read a phrase as countries, subjects and the other words.

Exact names come first. Words that neither a name nor a fact has may be places; the rest of them are
compared with all names.
"""

from __future__ import annotations

from bilatcli.normalization import normalize
from bilatcli.query.exact_matcher import match_exactly
from bilatcli.query.names import STOP_CODES, SUBJECT_KINDS
from bilatcli.query.tokenizer import is_overlapping, mark_conjunctions, typed_tokens
from bilatcli.vocabulary import PREFIX_MARK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from bilatcli.index.store import Index
    from bilatcli.query.names import Match
    from bilatcli.query.tokenizer import Phrase, Span, Token

_STOP_WORDS = STOP_CODES | frozenset("a about an for from on".split())
"""Words that never filter facts, besides conjunctions."""


class ParsedPhrase:
    """A phrase, the countries and subjects in it by span, and the other words as typed.

    A span with several countries is ambiguous. The names of subjects, whole as typed, are among the
    other words. `dropped` are the words of question phrases.
    """

    __slots__ = ("countries", "dropped", "other_words", "phrase", "subjects")

    def __init__(
        self,
        phrase: Phrase,
        taken: dict[Span, list[Match]],
        other_words: list[str],
        dropped: Sequence[str] = (),
    ) -> None:
        self.phrase = phrase
        self.subjects = {
            span: matches[0] for span, matches in taken.items() if matches[0].kind in SUBJECT_KINDS
        }
        self.countries = {
            span: matches for span, matches in taken.items() if span not in self.subjects
        }
        self.other_words = other_words
        self.dropped = list(dropped)


def parse_phrase(
    phrase: Phrase, index: Index, whole: Mapping[Span, list[Match]] | None = None
) -> ParsedPhrase:
    """Return the countries, the subjects and the other words of a phrase.

    `whole` has the spans that are known to be names, such as words that were given in quotes.
    """
    if not phrase.tokens:
        return ParsedPhrase(phrase, {}, [])
    whole = whole or {}
    taken = match_exactly(phrase, index, whole)
    phrase = mark_conjunctions(phrase, taken, index)
    cores = {span if span in whole else _core_span(span, phrase): span for span in taken}
    free = phrase.free_positions(cores)
    unknown = _unknown_positions(phrase, free, index) if free else []
    doubtful = _doubtful_positions(phrase, cores, taken, index) if free else []
    if unknown or doubtful:
        from bilatcli.query.fuzzy_matcher import match_fuzzily, match_places

        places = match_places(phrase, unknown, taken, index)
        taken |= places
        cores |= {span: span for span in places}
        unknown = sorted(set(unknown).intersection(phrase.free_positions(cores)))
        misspelt = match_fuzzily(phrase, cores, unknown, doubtful, index)
        taken = _add_misspelt(misspelt, taken, cores)
        phrase = mark_conjunctions(phrase, taken, index)
    taken = _drop_compounds(phrase, taken)
    return ParsedPhrase(phrase, taken, *_other_words(phrase, taken, index))


def _unknown_positions(phrase: Phrase, free: Iterable[int], index: Index) -> list[int]:
    """Return those positions whose words no fact has. The beginning of a word is not one."""
    from bilatcli.query.filters import is_fact_word

    return [
        i
        for i in free
        if not phrase.tokens[i].is_unspaced
        and not phrase.tokens[i].word.endswith(PREFIX_MARK)
        and not is_fact_word(phrase.tokens[i].normalized, index)
    ]


def _core_span(span: Span, phrase: Phrase) -> Span:
    """Return the span of a name without generic words at its beginning, if a word precedes it.

    They may be the end of a misspelt name: `unted kingdom and pakistan`.
    """
    start, end = span
    if start == 0 or start - 1 in phrase.conjunctions or end - start == 1:
        return span
    from bilatcli.index.name_keys import is_generic

    for i in range(start, end - 1):
        if i not in phrase.conjunctions and not is_generic(phrase.tokens[i].normalized):
            return i, end
    return end - 1, end


def _doubtful_positions(
    phrase: Phrase,
    cores: Mapping[Span, Span],
    taken: Mapping[Span, Sequence[Match]],
    index: Index,
) -> list[int]:
    """Return the positions of what may be the rest of a misspelt name: `korea` in `nort korea`.

    Such a word is part of a country name, but was read as a subject or as several countries, and a
    free word is next to it.
    """
    from bilatcli.query.filters import is_name_word

    free = set(phrase.free_positions(cores))
    return [
        i
        for core, span in cores.items()
        if (len(taken[span]) > 1 or taken[span][0].kind in SUBJECT_KINDS)
        and not free.isdisjoint((core[0] - 1, core[1]))
        for i in range(*core)
        if is_name_word(phrase.tokens[i].normalized, index)
    ]


def _add_misspelt(
    misspelt: Mapping[Span, list[Match]],
    taken: Mapping[Span, list[Match]],
    cores: Mapping[Span, Span],
) -> dict[Span, list[Match]]:
    """Return misspelt names and the exact ones whose core they leave, without what they took."""
    merged = dict(misspelt)
    for core, span in cores.items():
        if not any(is_overlapping(core, other) for other in misspelt):
            is_cut = any(is_overlapping(span, other) for other in misspelt)
            merged[core if is_cut else span] = taken[span]
    return merged


def _drop_compounds(phrase: Phrase, taken: dict[Span, list[Match]]) -> dict[Span, list[Match]]:
    """Drop the only country in a hyphenated word with other parts: `armenia-not-a-state`."""
    tokens = phrase.tokens
    if all(token.piece == token.word for token in tokens):
        return taken
    free_words = {tokens[i].word_number for i in phrase.free_positions(taken)}
    by_word: dict[int, list[Span]] = {}
    for span in taken:
        token = tokens[span[0]]
        if token.word_number in free_words and token.piece != token.word:
            by_word.setdefault(token.word_number, []).append(span)
    dropped = {spans[0] for spans in by_word.values() if len(spans) == 1}
    return {span: matches for span, matches in taken.items() if span not in dropped}


def _other_words(
    phrase: Phrase, taken: Mapping[Span, Sequence[Match]], index: Index
) -> tuple[list[str], list[str]]:
    """Return the words that are not countries, in order, and those of question phrases among them.

    Conjunctions and stop words are left out. A word is whole, as typed, unless a part of it is a
    country: `jf-17` stays one word. The name of a subject is one word.
    """
    runs = phrase.free_runs(taken)
    asking: Collection[int] = ()
    if runs:
        from bilatcli.query.question_words import find_question_phrases

        asking = find_question_phrases(phrase, {i for run in runs for i in run}, index)
    words = [
        (run[0], word)
        for run in runs
        if normalize(word := _typed_word([phrase.tokens[i] for i in run], phrase))
        not in _STOP_WORDS
    ]
    dropped = [word for start, word in words if start in asking]
    words = [(start, word) for start, word in words if start not in asking]
    words += [
        (span[0], matches[0].input)
        for span, matches in taken.items()
        if matches[0].kind in SUBJECT_KINDS
    ]
    return [word for _, word in sorted(words)], dropped


def _typed_word(run: Sequence[Token], phrase: Phrase) -> str:
    """Return the whole word if the run has all of its tokens, conjunctions aside, else the run."""
    size = sum(
        token.word_number == run[0].word_number and i not in phrase.conjunctions
        for i, token in enumerate(phrase.tokens)
    )
    return run[0].word if len(run) == size else typed_tokens(run)
