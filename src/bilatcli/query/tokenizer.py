"""Tokens: split a phrase into normalized words that still know how they were typed.

Some only join countries: conjunctions of any language, and codes that are words.
"""

from __future__ import annotations

from bilatcli.index import Statement
from bilatcli.normalization import is_unspaced, normalize
from bilatcli.query.names import CONJUNCTIONS, UNLIKELY_CODES
from bilatcli.text import to_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bilatcli.index.store import Index
    from bilatcli.query.names import Match

    Span = tuple[int, int]

_FIND_CONJUNCTIONS = Statement(
    "find_conjunctions",
    "SELECT word FROM conjunction WHERE word IN (SELECT value FROM json_each(:texts))",
)

_WORD_BREAKS = str.maketrans(dict.fromkeys("/,&+|;:()×↔→←、\uff0c・", " "))
_FIRST_FLAG_LETTER = 0x1F1E6
"""The regional indicator A; the others follow."""
_FLAG_LETTERS = {_FIRST_FLAG_LETTER + i: chr(ord("a") + i) for i in range(26)}
_PIECE_BREAKS = str.maketrans(dict.fromkeys("-–—−", " "))


class Token:
    """A normalized word, or one letter of a script that writes no spaces.

    `word` is the word of the phrase that the token comes from, as typed. `piece` is the part of
    that word between hyphens. `typed` is the token itself as typed. An unspaced token follows the
    one before it without a space.
    """

    __slots__ = (
        "is_unspaced",
        "normalized",
        "piece",
        "piece_number",
        "typed",
        "word",
        "word_number",
    )

    def __init__(
        self,
        normalized: str,
        typed: str,
        piece: tuple[int, str],
        word: tuple[int, str],
        *,
        is_unspaced: bool = False,
    ) -> None:
        self.normalized = normalized
        self.typed = typed
        self.is_unspaced = is_unspaced
        self.piece_number, self.piece = piece
        self.word_number, self.word = word

    @property
    def is_conjunction(self) -> bool:
        """True for an English conjunction and for a possessive `s`."""
        return self.normalized in CONJUNCTIONS or (
            self.normalized == "s" and self.word.endswith(("'s", "’s"))
        )


class Phrase:
    """The tokens of a phrase, and the positions of those that are conjunctions.

    Whether a foreign word is a conjunction depends on its neighbours, so conjunctions are found
    after countries: `with_conjunctions` returns the phrase that knows them.
    """

    __slots__ = ("conjunctions", "tokens")

    def __init__(self, tokens: Sequence[Token], conjunctions: frozenset[int] | None = None) -> None:
        self.tokens = tokens
        self.conjunctions = (
            frozenset(i for i, token in enumerate(tokens) if token.is_conjunction)
            if conjunctions is None
            else conjunctions
        )

    def __len__(self) -> int:
        return len(self.tokens)

    def with_conjunctions(self, positions: Iterable[int]) -> Phrase:
        """Return the same phrase with more conjunctions."""
        return Phrase(self.tokens, self.conjunctions.union(positions))

    def run(self, span: Span) -> Sequence[Token]:
        """Return the tokens of a span."""
        return self.tokens[span[0] : span[1]]

    def free_positions(self, taken: Iterable[Span]) -> list[int]:
        """Return the positions that no span covers, conjunctions excluded."""
        covered = {position for start, end in taken for position in range(start, end)}
        return [i for i in range(len(self)) if i not in covered and i not in self.conjunctions]

    def free_runs(self, taken: Iterable[Span]) -> list[list[int]]:
        """Return the free positions in runs of adjacent tokens of the same word."""
        runs: list[list[int]] = []
        for i in self.free_positions(taken):
            is_adjacent = bool(runs) and runs[-1][-1] + 1 == i
            if is_adjacent and self.tokens[i - 1].word_number == self.tokens[i].word_number:
                runs[-1].append(i)
            else:
                runs.append([i])
        return runs

    def word_boundaries(self) -> set[int]:
        """Return the positions at which a word begins or ends."""
        numbers = [token.word_number for token in self.tokens]
        changes = (i for i in range(1, len(self)) if numbers[i] != numbers[i - 1])
        return {0, len(self), *changes}


def tokenize(words: Iterable[str]) -> Phrase:
    """Return the phrase that the given words make. A given word may hold several words."""
    found: list[Token] = []
    number = 0
    typed = (word for given in words for word in spell_flags(given).translate(_WORD_BREAKS).split())
    for word in enumerate(typed):
        for piece in word[1].translate(_PIECE_BREAKS).split():
            if piece.isascii() and piece.isalnum():
                found.append(Token(piece.lower(), piece, (number, piece), word))
            elif piece.isascii():
                found += [
                    Token(part, part, (number, piece), word) for part in normalize(piece).split()
                ]
            else:
                found += _split_piece((number, piece), word)
            number += 1
    return Phrase(found)


def spell_flags(text: str) -> str:
    """Return a text with the code of a country in place of each flag, which is two letters.

    >>> spell_flags("\U0001f1ef\U0001f1f5")
    ' jp '
    """
    if text.isascii() or _FLAG_LETTERS.keys().isdisjoint(map(ord, text)):
        return text
    pieces: list[str] = []
    place = 0
    while place < len(text):
        pair = text[place : place + 2]
        is_flag = len(pair) == 2 and all(ord(letter) in _FLAG_LETTERS for letter in pair)
        pieces.append(f" {pair.translate(_FLAG_LETTERS)} " if is_flag else pair[0])
        place += 1 + is_flag
    return "".join(pieces)


def _split_piece(piece: tuple[int, str], word: tuple[int, str]) -> list[Token]:
    """Return the tokens of a piece in any script: each letter of an unspaced script is a token."""
    runs: list[str] = []
    for letter in piece[1]:
        is_letter = bool(normalize(letter))
        is_break = is_letter and (is_unspaced(letter) or (bool(runs) and is_unspaced(runs[-1][0])))
        if not runs or is_break:
            runs.append(letter)
        else:
            runs[-1] += letter
    return [
        Token(part, run if part == normalize(run) else part, piece, word, is_unspaced=i > 0)
        for i, run in enumerate(runs)
        for part in normalize(run).split()
    ]


def is_overlapping(one: Span, other: Span) -> bool:
    """Return True if two spans share a position."""
    return one[0] < other[1] and other[0] < one[1]


def normalized_text(run: Iterable[Token]) -> str:
    """Return the normalized text of a run of tokens, as names are compared."""
    return "".join(
        token.normalized if token.is_unspaced else f" {token.normalized}" for token in run
    ).strip()


def typed_words(run: Iterable[Token]) -> str:
    """Return the words that tokens come from, as typed, each once."""
    return " ".join({token.word_number: token.word for token in run}.values())


def typed_pieces(run: Iterable[Token]) -> str:
    """Return the pieces that tokens come from, as typed, each once."""
    return " ".join({token.piece_number: token.piece for token in run}.values())


def typed_tokens(run: Iterable[Token]) -> str:
    """Return the tokens themselves, as typed."""
    return "".join(token.typed if token.is_unspaced else f" {token.typed}" for token in run).strip()


def typed_text(run: Sequence[Token]) -> str:
    """Return what was typed for a run: whole words or pieces if it covers them, else tokens."""
    if len(run) == 1 and run[0].word.isascii() and run[0].word.isalnum():
        return run[0].word
    text = normalized_text(run)
    for typed in (typed_words(run), typed_pieces(run)):
        if normalize(typed) == text:
            return typed
    return typed_tokens(run)


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
        if span[1] - span[0] == 1 and phrase.tokens[span[0]].normalized in UNLIKELY_CODES
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
