"""Fuzzy matching: find misspelt names of countries and subjects in a phrase.

Names of places within countries are found here as well, since few phrases have any.
"""

from __future__ import annotations

from bilatcli.query.countries import keep_leaders, to_matches
from bilatcli.query.tokenizer import is_overlapping, normalized_text, typed_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bilatcli.index.store import Index
    from bilatcli.query.names import Match
    from bilatcli.query.tokenizer import Phrase, Span

MAX_MISSPELT_TOKENS = 8
"""Maximum tokens of a run that is compared with names."""

MIN_EXTENDED_SCORE = 85.0
"""Minimum score of a misspelt name that includes an exact one: `guinea bisau` beside `guinea`."""


def match_fuzzily(
    phrase: Phrase,
    cores: Mapping[Span, Span],
    unknown: Sequence[int],
    doubtful: Sequence[int],
    index: Index,
) -> dict[Span, list[Match]]:
    """Return the countries and subjects that runs of tokens resemble, by span.

    A span with several countries is ambiguous. Each span includes a token at an `unknown` position,
    or one at a `doubtful` position and a word next to it. `cores` has the exact names: what a
    misspelt name includes if it overlaps one, and the whole span, in which nothing is misspelt.
    """
    covered = {position for core in cores for position in range(*core)}
    spans = [
        span
        for span in _misspelt_spans(phrase, cores, [*unknown, *doubtful])
        if not covered.issuperset(range(*span))
        and not any(_is_within(span, name) for name in cores.values())
    ]
    matches = {
        span: _match_span(phrase, span, index, is_known=set(unknown).isdisjoint(range(*span)))
        for span in _drop_known_names(phrase, spans, index)
    }
    found: dict[Span, list[Match]] = {}
    for span in sorted(matches, key=lambda span: (-_best_score(matches[span]), span[0] - span[1])):
        if not matches[span] or any(is_overlapping(span, other) for other in found):
            continue
        is_extended = any(is_overlapping(span, other) for other in cores)
        if not is_extended or matches[span][0].score >= MIN_EXTENDED_SCORE:
            found[span] = matches[span]
    return found


def match_places(
    phrase: Phrase, unknown: Sequence[int], taken: Iterable[Span], index: Index
) -> dict[Span, list[Match]]:
    """Return the parts of countries that runs of tokens name, by span, longest first.

    Each span is free and includes a token at an `unknown` position.
    """
    from bilatcli.query.subjects import find_places

    taken = list(taken)
    spans = [
        span
        for span in _misspelt_spans(phrase, taken, unknown)
        if not any(is_overlapping(span, other) for other in taken)
    ]
    typed = {span: typed_text(phrase.run(span)) for span in spans}
    places = {match.input: match for match in find_places(typed.values(), index)}
    found: dict[Span, list[Match]] = {}
    for span in spans:
        is_free = not any(is_overlapping(span, other) for other in found)
        if is_free and typed[span] in places:
            found[span] = [places[typed[span]]]
    return found


def _best_score(matches: Iterable[Match]) -> float:
    return max((match.score for match in matches), default=0)


def _drop_known_names(phrase: Phrase, spans: Sequence[Span], index: Index) -> list[Span]:
    """Return the spans that are not within a name of several words that is not a country's."""
    from bilatcli.query.misspellings import is_common_word

    longer = [span for span in spans if span[1] - span[0] > 1]
    known = [span for span in longer if is_common_word(normalized_text(phrase.run(span)), index)]
    return [span for span in spans if not any(_is_within(span, other) for other in known)]


def _match_span(phrase: Phrase, span: Span, index: Index, *, is_known: bool) -> list[Match]:
    """Return the country that a run of tokens resembles most, or several that are equally close.

    If all tokens are known words, the first letter must be right: `worth korea` is not a name.
    """
    from bilatcli.index.state_words import strip_state_words
    from bilatcli.query.misspellings import find_misspelt
    from bilatcli.query.misspelt_states import find_misspelt_state

    run = phrase.run(span)
    text = normalized_text(run)
    bare = strip_state_words(text)
    if bare.word_count:
        found = [match for match in find_misspelt_state(text, bare, index) if match.wrong]
    else:
        found = find_misspelt(text, index, is_alone=False)
    if is_known:
        found = [match for match in found if match.has_same_start]
    return to_matches(typed_text(run), keep_leaders(found), index) if found else []


def _misspelt_spans(phrase: Phrase, taken: Iterable[Span], unknown: Sequence[int]) -> list[Span]:
    """Return the spans that may be one misspelt name, longest first."""
    boundaries = phrase.word_boundaries()
    spans = [
        (start, end)
        for start in range(len(phrase))
        for end in range(start + 1, min(start + MAX_MISSPELT_TOKENS, len(phrase)) + 1)
        if _may_be_name((start, end), phrase, boundaries)
        and any(start <= i < end for i in unknown)
        and not any(_is_cut((start, end), other) for other in taken)
    ]
    return sorted(spans, key=lambda span: (span[0] - span[1], span))


def _may_be_name(span: Span, phrase: Phrase, boundaries: set[int]) -> bool:
    """Return True if a span is made of words, or part of one, without a conjunction at its ends."""
    run = phrase.run(span)
    is_within_word = run[0].word_number == run[-1].word_number
    if not is_within_word and not boundaries.issuperset(span):
        return False
    if not phrase.conjunctions.isdisjoint((span[0], span[1] - 1)):
        return False
    return not any(token.is_unspaced for token in run)


def _is_cut(span: Span, country: Span) -> bool:
    """Return True if a span overlaps a country without covering it."""
    return is_overlapping(span, country) and not _is_within(country, span)


def _is_within(span: Span, other: Span) -> bool:
    return other[0] <= span[0] and span[1] <= other[1]
