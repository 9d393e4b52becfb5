"""Where a text has the words of a search."""

from __future__ import annotations

from bilatcli.text import is_unspaced, normalize, normalize_joined, search_tokens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeAlias

    Span: TypeAlias = tuple[int, int]
    Token: TypeAlias = tuple[str, int, int]


def find_spans(text: str, words: Sequence[str]) -> list[Span]:
    """Return the spans of a text, as (start, end), that begin with one of the words.

    Model numbers match in any spelling. Overlapping spans are merged.

    >>> find_spans("Kashmiris and JF-17s", ["jf17", "kashmir"])
    [(0, 9), (14, 20)]
    """
    tokens = _tokenize(text)
    sequences = [search_tokens(word) for word in words]
    joined = [normalize_joined(word) for word in (*words, "".join(words))]
    spans: list[Span] = []
    for start, (_, first, _) in enumerate(tokens):
        ends = [_match_sequence(tokens, start, each) for each in sequences]
        ends += [_match_joined(tokens, start, each) for each in joined]
        spans += [(first, tokens[end - 1][2]) for end in ends if end]
    return _merge(spans)


def _merge(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _tokenize(text: str) -> list[Token]:
    """Return the search tokens of a text, each with its start and its end."""
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
    return [(token, *run) for run in runs for token in search_tokens(text[slice(*run)])]


def _match_sequence(tokens: Sequence[Token], start: int, wanted: Sequence[str]) -> int:
    """Return the end of the tokens that are `wanted`, or 0; of the last one a prefix is enough."""
    end = start + len(wanted)
    found = [token for token, _, _ in tokens[start:end]]
    is_match = (
        len(found) == len(wanted) > 0
        and found[:-1] == list(wanted[:-1])
        and found[-1].startswith(wanted[-1])
    )
    return end if is_match else 0


def _match_joined(tokens: Sequence[Token], start: int, wanted: str) -> int:
    """Return the end of the tokens that begin with `wanted` once they are joined, or 0."""
    joined = ""
    for end in range(start, len(tokens)):
        if not wanted or not (wanted.startswith(joined) or joined.startswith(wanted)):
            return 0
        joined += tokens[end][0]
        if joined.startswith(wanted):
            return end + 1
    return 0
