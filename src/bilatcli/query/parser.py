"""The parser: read a phrase as countries, subjects and the other words.

Exact names come first. Words that neither a name nor a fact has may be places; the rest of them are
compared with all names.
"""

from __future__ import annotations

from bilatcli.query.countries import SUBJECT_KINDS
from bilatcli.query.exact_matcher import match_exactly
from bilatcli.query.filters import is_fact_word
from bilatcli.query.tokenizer import STOP_CODES, mark_conjunctions, typed_tokens
from bilatcli.text import normalize
from bilatcli.vocabulary import PREFIX_MARK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bilatcli.index.store import Index
    from bilatcli.query.countries import Match
    from bilatcli.query.tokenizer import Phrase, Span, Token

_STOP_WORDS = STOP_CODES | frozenset("a about an for from on".split())
"""Words that never filter facts, besides conjunctions."""


class ParsedPhrase:
    """A phrase, the countries and subjects in it by span, and the other words as typed.

    A span with several countries is ambiguous. The names of subjects, whole as typed, are among the
    other words.
    """

    __slots__ = ("countries", "other_words", "phrase", "subjects")

    def __init__(
        self, phrase: Phrase, taken: dict[Span, list[Match]], other_words: list[str]
    ) -> None:
        self.phrase = phrase
        self.subjects = {
            span: matches[0] for span, matches in taken.items() if matches[0].kind in SUBJECT_KINDS
        }
        self.countries = {
            span: matches for span, matches in taken.items() if span not in self.subjects
        }
        self.other_words = other_words


def parse_phrase(phrase: Phrase, index: Index) -> ParsedPhrase:
    """Return the countries, the subjects and the other words of a phrase."""
    if not phrase.tokens:
        return ParsedPhrase(phrase, {}, [])
    taken = match_exactly(phrase, index)
    phrase = mark_conjunctions(phrase, taken, index)
    if unknown := _unknown_positions(phrase, taken, index):
        from bilatcli.query.fuzzy_matcher import match_fuzzily, match_places

        taken |= match_places(phrase, unknown, taken, index)
        unknown = sorted(set(unknown).intersection(phrase.free_positions(taken)))
        misspelt = match_fuzzily(phrase, taken, unknown, index) if unknown else {}
        taken = {
            span: matches
            for span, matches in taken.items()
            if not any(start <= span[0] and span[1] <= end for start, end in misspelt)
        } | misspelt
        phrase = mark_conjunctions(phrase, taken, index)
    taken = _drop_compounds(phrase, taken)
    return ParsedPhrase(phrase, taken, _other_words(phrase, taken))


def _unknown_positions(phrase: Phrase, taken: Iterable[Span], index: Index) -> list[int]:
    """Return the free positions of words that no fact has. The beginning of a word is not one."""
    return [
        i
        for i in phrase.free_positions(taken)
        if not phrase.tokens[i].is_unspaced
        and not phrase.tokens[i].word.endswith(PREFIX_MARK)
        and not is_fact_word(phrase.tokens[i].normalized, index)
    ]


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


def _other_words(phrase: Phrase, taken: Mapping[Span, Sequence[Match]]) -> list[str]:
    """Return the words that are not countries, in order. Conjunctions and stop words are left out.

    A word is whole, as typed, unless a part of it is a country: `jf-17` stays one word. The name of
    a subject is one word.
    """
    runs = [(run[0], [phrase.tokens[i] for i in run]) for run in phrase.free_runs(taken)]
    words = [(start, _typed_word(run, phrase)) for start, run in runs]
    words = [(start, word) for start, word in words if normalize(word) not in _STOP_WORDS]
    words += [
        (span[0], matches[0].input)
        for span, matches in taken.items()
        if matches[0].kind in SUBJECT_KINDS
    ]
    return [word for _, word in sorted(words)]


def _typed_word(run: Sequence[Token], phrase: Phrase) -> str:
    """Return the whole word if the run has all of its tokens, conjunctions aside, else the run."""
    size = sum(
        token.word_number == run[0].word_number and i not in phrase.conjunctions
        for i, token in enumerate(phrase.tokens)
    )
    return run[0].word if len(run) == size else typed_tokens(run)
