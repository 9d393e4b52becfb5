"""Tokens: split a phrase into normalized words that still know how they were typed."""

from __future__ import annotations

from bilatcli.text import is_unspaced, normalize

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Span = tuple[int, int]

CONJUNCTIONS = frozenset("and between of the versus vs with".split())
"""English words that join two countries, and never filter facts."""

_WORD_BREAKS = str.maketrans(dict.fromkeys("/,&+|;:()×↔→←、\uff0c・", " "))
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
    typed = (word for given in words for word in given.translate(_WORD_BREAKS).split())
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
