"""Words to countries: exactly by the index, else by likeness.

A phrase is folded into tokens, every run of tokens is looked up at once, and the longest runs that name a country are
taken. What is left over is compared with all names, unless it is a word that the facts use.
"""

from __future__ import annotations

from bilatcli.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bilatcli.index import Index

LONGEST = 12
"""No country has a name of more tokens."""

JOINERS = frozenset("and between of the versus vs with".split())
"""Words that join countries or stand before them, and say nothing that a fact could be filtered by."""

EVERYDAY = frozenset("am are as at be by can do in is it me my no nor per so to".split())
"""Codes that are English words: read as a code only where the words around leave no other reading."""

_DOUBTFUL = EVERYDAY | JOINERS

_APART = str.maketrans(dict.fromkeys("/,&+|;:()×↔", " "))
_JOINED = str.maketrans(dict.fromkeys("-–—−", " "))

EXACT_KINDS = ("name", "official", "native")

LIKE_LONG, LIKE_SHORT = 84.0, 85.0
"""Likeness from which a word counts as a misspelt name of six letters and more, and of four and five."""
REMEMBERED = 50_000
"""More texts than this are not kept in memory."""
SHORT, SHORTEST = 5, 4
"""A text of so many letters must begin as the name does, and one of fewer than four is too short to compare."""
MARGIN = 1.0
"""How much likelier than the next country a misspelt name must be."""
SUGGESTED = 70.0
"""Likeness from which a name is worth suggesting."""


class Token:
    """A folded word with the piece between hyphens and the whole word that it comes from, and their numbers."""

    __slots__ = ("folded", "piece", "piece_number", "word", "word_number")

    def __init__(self, folded: str, piece: tuple[int, str], word: tuple[int, str]) -> None:
        self.folded = folded
        self.piece_number, self.piece = piece
        self.word_number, self.word = word


class Match:
    """A country that words were read as, by which kind of name, and how like: 100 where nothing differs."""

    __slots__ = ("code", "input", "kind", "name", "score")

    def __init__(self, input: str, code: str, name: str, *, kind: str, score: float = 100.0) -> None:
        self.input = input
        self.code = code
        self.name = name
        self.kind = kind
        self.score = score

    @property
    def match(self) -> str:
        """How it was found: `exact`, `alias`, `code` or `fuzzy`."""
        if self.kind in ("code", "fuzzy"):
            return self.kind
        return "exact" if self.kind in EXACT_KINDS else "alias"


Span = tuple[int, int]


def tokens(phrase: Iterable[str]) -> list[Token]:
    """Return the tokens of a phrase in order."""
    words = enumerate(word for given in phrase for word in given.translate(_APART).split())
    pieces = enumerate((piece, word) for word in words for piece in word[1].translate(_JOINED).split())
    return [Token(part, (i, piece), word) for i, (piece, word) in pieces for part in fold(piece).split()]


def whole_words(run: Sequence[Token]) -> str:
    """Return the words that tokens come from, as typed, each once."""
    return " ".join({token.word_number: token.word for token in run}.values())


def whole_pieces(run: Sequence[Token]) -> str:
    """Return the pieces of words that tokens come from, as typed, each once."""
    return " ".join({token.piece_number: token.piece for token in run}.values())


def read(phrase: Sequence[Token], index: Index) -> dict[Span, list[Match]]:
    """Return the countries that runs of tokens name exactly, by where they stand; several where a run is ambiguous."""
    spans = {
        (start, end): " ".join(token.folded for token in phrase[start:end])
        for start in range(len(phrase))
        for end in range(start + 1, min(start + LONGEST, len(phrase)) + 1)
    }
    known = _lookup(set(spans.values()), index)
    taken: dict[Span, list[Match]] = {}
    for span in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        found = known.get(spans[span])
        if found and not any(span[0] < end and start < span[1] for start, end in taken):
            taken[span] = [Match(_typed(phrase, span), code, name, kind=kind) for code, name, kind in found]
    return _without_compounds(phrase, _without_everyday(phrase, taken))


def _typed(phrase: Sequence[Token], span: Span) -> str:
    """What was typed for a run of tokens: whole words or pieces of them where the run takes them whole."""
    run = phrase[span[0] : span[1]]
    if len(run) == 1 and run[0].word.isalnum():
        return run[0].word
    folded = " ".join(token.folded for token in run)
    return next((typed for typed in (whole_words(run), whole_pieces(run)) if fold(typed) == folded), folded)


def _lookup(folded: set[str], index: Index) -> dict[str, list[tuple[str, str, str]]]:
    """The countries that have a text for a name; what was looked up once is remembered with the index."""
    known = index.names
    new = sorted(folded.difference(known))
    if new:
        if len(known) > REMEMBERED:
            known.clear()
            new = sorted(folded)
        marks = ", ".join("?" * len(new))
        statement = f"""SELECT n.folded, n.code, c.name, n.kind FROM name n JOIN country c ON c.code = n.code
            WHERE n.folded IN ({marks}) ORDER BY n.folded, c.name"""  # noqa: S608 -- question marks alone are put in
        known.update((text, []) for text in new)
        for text, code, name, kind in index.rows(statement, new):
            known[text].append((code, name, kind))
    return known


def _without_everyday(phrase: Sequence[Token], taken: dict[Span, list[Match]]) -> dict[Span, list[Match]]:
    """Drop readings such as `in` for India, unless two countries are wanted and nothing else is left over."""
    doubtful = {span for span in taken if phrase[span[0]].folded in _DOUBTFUL and span[1] - span[0] == 1}
    if not doubtful:
        return taken
    covered = {position for start, end in taken for position in range(start, end)}
    is_all = all(i in covered or token.folded in JOINERS for i, token in enumerate(phrase))
    beside_code = {
        span
        for span in doubtful
        for start, end in taken.keys() - doubtful
        if (start == span[1] or end == span[0]) and len(phrase[start].folded) == 2 and end - start == 1
    }
    needed = len(taken) - len(doubtful) < 2
    kept = doubtful if is_all and needed else beside_code if is_all or needed else set()
    joining = {span for span in doubtful if phrase[span[0]].folded in JOINERS and len(phrase) > 1}
    return {span: found for span, found in taken.items() if span not in doubtful or span in kept - joining}


def _without_compounds(phrase: Sequence[Token], taken: dict[Span, list[Match]]) -> dict[Span, list[Match]]:
    """Drop the one country inside a hyphenated word that says more, as in `armenia-not-a-state`."""
    if all(token.piece == token.word for token in phrase):
        return taken
    covered = {position for start, end in taken for position in range(start, end)}
    free = {token.word_number for i, token in enumerate(phrase) if i not in covered and token.folded not in JOINERS}
    inside: dict[int, list[Span]] = {}
    for start, end in taken:
        token = phrase[start]
        if token.word_number in free and token.piece != token.word:
            inside.setdefault(token.word_number, []).append((start, end))
    dropped = {spans[0] for spans in inside.values() if len(spans) == 1}
    return {span: found for span, found in taken.items() if span not in dropped}


def read_like(
    phrase: Sequence[Token], taken: dict[Span, list[Match]], unknown: Sequence[int], index: Index
) -> dict[Span, list[Match]]:
    """Return the countries that runs of tokens resemble, the likest first; several where two are equally like.

    A run has one of the tokens at `unknown`, and may take in what is `taken` already: `guinea bisau` is one country.
    """
    names = _all_names(index)
    read = {span: _resembling(phrase, span, names) for span in _runs(phrase, taken, unknown)}
    found: dict[Span, list[Match]] = {}
    for span in sorted(read, key=lambda span: (-max((m.score for m in read[span]), default=0), span[0] - span[1])):
        codes = [match.code for match in read[span]]
        inside = [matches for other, matches in taken.items() if _is_overlapping(span, other)]
        says_nothing_new = any([match.code for match in matches] == codes for matches in inside)
        if codes and not says_nothing_new and not any(_is_overlapping(span, other) for other in found):
            found[span] = read[span]
    return found


def _resembling(phrase: Sequence[Token], span: Span, names: Sequence[tuple[str, str, str]]) -> list[Match]:
    """The countries that one run of tokens resembles, within the margin of the likest."""
    text = " ".join(token.folded for token in phrase[span[0] : span[1]])
    return [
        Match(_typed(phrase, span), code, name, kind="fuzzy", score=score)
        for code, name, score in _within_margin(_misspelt(text, names))
    ]


def _misspelt(text: str, names: Sequence[tuple[str, str, str]]) -> list[tuple[str, str, float]]:
    """The countries that a folded text may be a misspelling of as (code, name, likeness), best first."""
    is_short = len(text) <= SHORT
    alike = _alike(text, names, limit=3, cutoff=LIKE_SHORT if is_short else LIKE_LONG)
    return [each[:3] for each in alike if not is_short or each[3][0] == text[0]]


def _within_margin(alike: Sequence[tuple[str, str, float]]) -> list[tuple[str, str, float]]:
    return [each for each in alike if alike[0][2] - each[2] < MARGIN]


class Resolution:
    """What one name was read as: the country, and the next likest; or `candidates` where it is ambiguous."""

    __slots__ = ("candidates", "input", "match", "runner_up")

    def __init__(
        self,
        input: str,
        match: Match | None = None,
        *,
        runner_up: Match | None = None,
        candidates: Sequence[Match] = (),
    ) -> None:
        self.input = input
        self.match = match
        self.runner_up = runner_up
        self.candidates = candidates


def resolve(name: str, index: Index) -> Resolution:
    """Return what a name as a whole is read as: exactly, else by likeness, else nothing."""
    folded = fold(name)
    if not folded:
        return Resolution(name)
    exact = [Match(name, code, shown, kind=kind) for code, shown, kind in _lookup({folded}, index)[folded]]
    if exact:
        return Resolution(name, exact[0]) if len(exact) == 1 else Resolution(name, candidates=exact)
    letters = folded.replace(" ", "")
    alike = _misspelt(folded, _all_names(index)) if len(letters) >= SHORTEST and letters.isalpha() else []
    found = [Match(name, code, shown, kind="fuzzy", score=score) for code, shown, score in alike]
    if len(_within_margin(alike)) > 1:
        return Resolution(name, candidates=found[: len(_within_margin(alike))])
    return Resolution(name, *found[:1], runner_up=found[1] if len(found) > 1 else None)


def _is_overlapping(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _runs(phrase: Sequence[Token], taken: dict[Span, list[Match]], unknown: Sequence[int]) -> list[Span]:
    """Runs that may be one misspelt name, longest first: they hold an unknown token and cut no country in two."""
    runs = []
    for start in range(len(phrase)):
        for end in range(start + 1, min(start + LONGEST, len(phrase)) + 1):
            texts = [token.folded for token in phrase[start:end]]
            is_one = any(start <= i < end for i in unknown) and not {texts[0], texts[-1]} & JOINERS
            cuts = any(_is_overlapping((start, end), span) and not start <= span[0] < span[1] <= end for span in taken)
            if is_one and not cuts and len("".join(texts)) >= SHORTEST and "".join(texts).isalpha():
                runs.append((start, end))
    return sorted(runs, key=lambda span: (span[0] - span[1], span))


def _all_names(index: Index) -> list[tuple[str, str, str]]:
    """Every text that a misspelt name is compared with, as (folded, code, name); read once."""
    if not index.spellings:
        statement = """SELECT n.folded, n.code, c.name FROM name n JOIN country c ON c.code = n.code
            WHERE n.kind <> 'code' AND length(n.folded) > 3"""
        index.spellings = [(row[0], row[1], row[2]) for row in index.rows(statement)]
    return index.spellings


def _alike(
    text: str, names: Sequence[tuple[str, str, str]], *, limit: int, cutoff: float
) -> list[tuple[str, str, float, str]]:
    """The countries most like a text as (code, name, likeness, which of its names), each once, best first."""
    from bilatcli.similar import ranked

    best: dict[str, tuple[str, str, float, str]] = {}
    for like, score, position in ranked(text, [name[0] for name in names], limit=limit * 6, cutoff=cutoff):
        _, code, name = names[position]
        best.setdefault(code, (code, name, score, like))
    return list(best.values())[:limit]


def suggestions(word: str, index: Index) -> list[Match]:
    """Return the countries that a word which is none may have meant, nearest first."""
    found = _alike(fold(word), _all_names(index), limit=3, cutoff=SUGGESTED)
    return [Match(word, code, name, kind="fuzzy", score=score) for code, name, score, _ in found]
