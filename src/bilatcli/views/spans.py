"""Where a text has the words of a search."""

from __future__ import annotations

from bilatcli.index.stems import stem_word
from bilatcli.normalization import is_unspaced, normalize, search_tokens
from bilatcli.vocabulary import PREFIX_MARK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from typing import TypeAlias

    Span: TypeAlias = tuple[int, int]
    Token: TypeAlias = tuple[str, str, int, int]
    """A token, its stem, its start and its end."""


def find_spans(text: str, patterns: Sequence[str]) -> list[Span]:
    """Return the spans of a text, as (start, end), that match one of the patterns of a search.

    Overlapping spans are merged.

    >>> find_spans("Embassies, and JF-17s", ["jf17*", "embassi"])
    [(0, 9), (15, 21)]
    """
    tokens = _tokenize(text, {word[0] for pattern in patterns for word in pattern.split()})
    spans: list[Span] = []
    for start, (_, _, first, _) in enumerate(tokens):
        ends = [_match_pattern(tokens, start, pattern) for pattern in patterns]
        spans += [(first, tokens[end - 1][3]) for end in ends if end]
    return _merge(spans)


def _merge(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _tokenize(text: str, initials: Collection[str]) -> list[Token]:
    """Return the search tokens of a text, each with its stem, its start and its end.

    Only tokens with one of the initials have another stem than themselves.
    """
    runs: list[Span] = []
    is_open = False
    for place, letter in enumerate(text):
        if not letter.isalnum() and (letter.isascii() or " " in normalize(f"a{letter}a")):
            is_open = False
            continue
        is_single = not letter.isascii() and any(map(is_unspaced, normalize(letter)))
        if is_open and not is_single:
            runs[-1] = runs[-1][0], place + 1
        else:
            runs.append((place, place + 1))
        is_open = not is_single
    return [
        (token, stem_word(token) if token[0] in initials else token, *run)
        for run in runs
        for token in search_tokens(text[slice(*run)])
    ]


def _match_pattern(tokens: Sequence[Token], start: int, pattern: str) -> int:
    """Return the end of the tokens that match a pattern, or 0."""
    *first, last = pattern.removesuffix(PREFIX_MARK).split() or [""]
    is_prefix = pattern.endswith(PREFIX_MARK)
    end = start + len(first) + 1
    stems = [stem for _, stem, _, _ in tokens[start:end]]
    if last and len(stems) == len(first) + 1 and stems[:-1] == first:
        token, stem = tokens[end - 1][:2]
        if stem == last or (is_prefix and last in (token[: len(last)], stem[: len(last)])):
            return end
    return 0 if first or not last else _match_joined(tokens, start, last, is_prefix=is_prefix)


def _match_joined(tokens: Sequence[Token], start: int, wanted: str, *, is_prefix: bool) -> int:
    """Return the end of several tokens that make a word, or begin it, once they are joined, or 0.

    The word is `wanted`. Without `is_prefix` nothing may follow it.
    """
    joined = ""
    for end in range(start, len(tokens)):
        if not (wanted.startswith(joined) or joined.startswith(wanted)):
            return 0
        joined += tokens[end][0]
        if joined == wanted or (is_prefix and joined.startswith(wanted)):
            return end + 1
    return 0
