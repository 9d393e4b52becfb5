"""Words that only join countries: conjunctions of any language, and codes that are words."""

from __future__ import annotations

from bilatcli.index.statement import Statement
from bilatcli.query.tokenizer import CONJUNCTIONS, normalized_text
from bilatcli.text import to_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bilatcli.index.store import Index
    from bilatcli.query.countries import Match
    from bilatcli.query.tokenizer import Phrase, Span

STOP_CODES = frozenset("am are as at be by can do in is it me my no nor per so to".split())
"""Country codes that are English words. They count as codes only if nothing else makes sense."""

_UNLIKELY_CODES = STOP_CODES | CONJUNCTIONS

_FIND_CONJUNCTIONS = Statement(
    "find_conjunctions",
    "SELECT word FROM conjunction WHERE word IN (SELECT value FROM json_each(:texts))",
)


def find_conjunctions(texts: Iterable[str], index: Index) -> set[str]:
    """Return the normalized texts that are a conjunction or an article in some language."""
    rows = index.rows(_FIND_CONJUNCTIONS, {"texts": to_json(sorted(set(texts)))})
    return {row["word"] for row in rows}


def mark_conjunctions(phrase: Phrase, taken: Iterable[Span], index: Index) -> Phrase:
    """Return the phrase with the conjunctions next to a country, or next to another conjunction.

    The beginning or end of a word counts, since some scripts write conjunctions without a space.
    """
    edges = {position for span in taken for position in span}
    parts = [
        part
        for run in phrase.free_runs(taken)
        if phrase.tokens[run[0]].piece == phrase.tokens[run[0]].word
        for part in _prefixes_and_suffixes(run)
    ]
    if not edges or not parts:
        return phrase
    texts = {part: normalized_text(phrase.run(part)) for part in parts}
    known = find_conjunctions(texts.values(), index)
    left = [part for part in parts if texts[part] in known]
    marked: set[int] = set()
    while adjacent := [part for part in left if not edges.isdisjoint(part)]:
        edges.update(position for part in adjacent for position in part)
        left = [part for part in left if part not in adjacent]
        marked.update(position for part in adjacent for position in range(*part))
    return phrase.with_conjunctions(marked)


def _prefixes_and_suffixes(run: Sequence[int]) -> list[Span]:
    """Return the spans at the beginning and at the end of a run of positions, longest first."""
    start, end = run[0], run[-1] + 1
    spans = [(start, middle) for middle in range(start + 1, end + 1)]
    spans += [(middle, end) for middle in range(start + 1, end)]
    return sorted(spans, key=lambda span: span[0] - span[1])


def drop_conjunction_codes(
    phrase: Phrase, taken: dict[Span, list[Match]], index: Index
) -> dict[Span, list[Match]]:
    """Drop codes that are conjunctions, such as `et`, if two countries are named in full."""
    codes = {
        span: phrase.tokens[span[0]].normalized
        for span, matches in taken.items()
        if matches[0].match == "code"
    }
    if not codes or len(taken) - len(codes) < 2:
        return taken
    conjunctions = find_conjunctions(codes.values(), index)
    return {span: matches for span, matches in taken.items() if codes.get(span) not in conjunctions}


def drop_stop_codes(phrase: Phrase, taken: dict[Span, list[Match]]) -> dict[Span, list[Match]]:
    """Drop readings such as `in` for India, unless a second country is needed."""
    unlikely = {
        span
        for span in taken
        if span[1] - span[0] == 1 and phrase.tokens[span[0]].normalized in _UNLIKELY_CODES
    }
    if not unlikely:
        return taken
    others = taken.keys() - unlikely
    is_complete = not phrase.free_positions(taken)
    is_second_needed = len(others) < 2
    kept: set[Span] = set()
    if is_complete and is_second_needed:
        kept = unlikely
    elif is_complete or is_second_needed:
        kept = {span for span in unlikely if _is_next_to_code(phrase, span, others)}
    if len(phrase) > 1:
        kept = {span for span in kept if phrase.tokens[span[0]].normalized not in CONJUNCTIONS}
    return {
        span: matches for span, matches in taken.items() if span not in unlikely or span in kept
    }


def _is_next_to_code(phrase: Phrase, span: Span, others: Iterable[Span]) -> bool:
    """Return True if a two-letter code is next to a span."""
    return any(
        (start == span[1] or end == span[0])
        and end - start == 1
        and len(phrase.tokens[start].normalized) == 2
        for start, end in others
    )
