"""Reading: a phrase as countries and the words between and beside them.

A phrase is cut into tokens, every run of tokens is looked up at once, and of all ways to take runs as countries the
one that reads most of the phrase counts. What is left over is compared with all names, unless it is a word by itself.
"""

from __future__ import annotations

from itertools import pairwise

from bilatcli.query import countries as country_names
from bilatcli.query.countries import Match
from bilatcli.text import normalize, is_unspaced

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bilatcli.index.store import Index

    Reading = tuple[tuple[int, int, int, int, int], list["Span"]]

LONGEST, LONGEST_GLUED = 12, 24
"""No country has a name of more tokens; the second is for scripts of which each letter is one."""
LONGEST_MISSPELT = 8
"""No longer run is compared with names."""

CLEAR = 85.0
"""Likeness from which a country with one more word is a misspelt name, and not the country beside a word."""

JOINERS = frozenset("and between of the versus vs with".split())
"""Words that join countries or stand before them, and say nothing that a fact could be filtered by."""

EVERYDAY = frozenset("am are as at be by can do in is it me my no nor per so to".split())
"""Codes that are English words: read as a code only where the words around leave no other reading."""

_DOUBTFUL = EVERYDAY | JOINERS
_SMALL = EVERYDAY | frozenset("a about an for from on".split())
"""Words that a filter does without."""

_ATTACHED = ("وال", "ال", "و", "ו")  # noqa: RUF001 -- letters of their own script
"""What means "and" or "the" and is written as the beginning of the next word, in Arabic and in Hebrew."""

_APART = str.maketrans(dict.fromkeys("/,&+|;:()×↔→←、\uff0c・", " "))
_JOINED = str.maketrans(dict.fromkeys("-–—−", " "))


class Token:
    """A folded word with what was typed for it, the piece between hyphens and the whole word that it comes from.

    A glued token belongs to the one before it without a space; one that joins says nothing by itself.
    """

    __slots__ = (
        "folded",
        "is_glued",
        "is_joining",
        "piece",
        "piece_number",
        "typed",
        "word",
        "word_number",
    )

    def __init__(
        self,
        folded: str,
        typed: str,
        piece: tuple[int, str],
        word: tuple[int, str],
        *,
        is_unspaced: bool = False,
    ) -> None:
        self.folded = folded
        self.typed = typed
        self.is_glued = is_unspaced
        self.piece_number, self.piece = piece
        self.word_number, self.word = word
        self.is_joining = folded in JOINERS or (folded == "s" and self.word.endswith(("'s", "’s")))


Span = tuple[int, int]


def tokens(phrase: Iterable[str]) -> list[Token]:
    """Return the tokens of a phrase in order: words, and letters of scripts that put no space between words."""
    words = enumerate(word for given in phrase for word in given.translate(_APART).split())
    found: list[Token] = []
    number = 0
    for word in words:
        for piece in word[1].translate(_JOINED).split():
            if piece.isascii() and piece.isalnum():
                found.append(Token(piece.lower(), piece, (number, piece), word))
            elif piece.isascii():
                found += [Token(part, part, (number, piece), word) for part in normalize(piece).split()]
            else:
                found += _pieces((number, piece), word)
            number += 1
    return found


def _pieces(piece: tuple[int, str], word: tuple[int, str]) -> list[Token]:
    """The tokens of a piece in any script."""
    runs: list[str] = []
    for letter in piece[1]:
        own = is_unspaced(letter) and bool(normalize(letter))
        follows = (
            not runs
            or own
            or (is_unspaced(runs[-1][0]) and not is_unspaced(letter) and bool(normalize(letter)))
        )
        if follows:
            runs.append(letter)
        else:
            runs[-1] += letter
    return [
        Token(part, run if part == normalize(run) else part, piece, word, is_glued=i > 0)
        for i, run in enumerate(runs)
        for part in normalize(run).split()
    ]


def folded(run: Sequence[Token]) -> str:
    """Return the text of a run of tokens as it is compared."""
    return "".join(token.folded if token.is_glued else f" {token.folded}" for token in run).strip()


def whole_words(run: Sequence[Token]) -> str:
    """Return the words that tokens come from, as typed, each once."""
    return " ".join({token.word_number: token.word for token in run}.values())


def whole_pieces(run: Sequence[Token]) -> str:
    """Return the pieces of words that tokens come from, as typed, each once."""
    return " ".join({token.piece_number: token.piece for token in run}.values())


def typed(run: Sequence[Token]) -> str:
    """Return what was typed for a run of tokens: whole words or pieces of them where the run takes them whole."""
    if len(run) == 1 and run[0].word.isascii() and run[0].word.isalnum():
        return run[0].word
    text = folded(run)
    whole = next(
        (said for said in (whole_words(run), whole_pieces(run)) if normalize(said) == text), None
    )
    return (
        whole
        or "".join(token.typed if token.is_glued else f" {token.typed}" for token in run).strip()
    )


def read(phrase: Sequence[Token], index: Index) -> dict[Span, list[Match]]:
    """Return the countries that runs of tokens name exactly, by where they stand; several where a run is ambiguous."""
    spans = _spans(phrase)
    known = country_names.lookup(set(spans.values()), index)
    found = {span: countries for span, text in spans.items() if (countries := known[text])}
    two = {
        span
        for span, countries in found.items()
        if len(countries) > 1 and _is_two(span, phrase, found)
    }
    found = {span: countries for span, countries in found.items() if span not in two}
    best = _best(phrase, found)
    free = set(free_tokens(phrase, best))
    if free:
        whole = _between_words(phrase)
        loose = {
            span: text
            for span, text in spans.items()
            if free & set(range(*span)) and set(span) <= whole
        }
        found |= _less_exactly(loose, index)
        best = _best(phrase, found)
    taken = {
        span: [
            Match(typed(phrase[slice(*span)]), code, name, kind=kind)
            for code, name, kind in found[span]
        ]
        for span in best
    }
    taken = _without_everyday(phrase, _without_and(taken, phrase, index))
    mark_joining(phrase, taken, index)
    return taken


def mark_joining(phrase: Sequence[Token], taken: Iterable[Span], index: Index) -> None:
    """Mark the tokens beside a country, or beside such a token, that join it to another one in any language."""
    beside = {position for span in taken for position in span}
    free = free_tokens(phrase, taken)
    runs = [run for run in _runs_left(phrase, free) if phrase[run[0]].piece == phrase[run[0]].word]
    if not runs:
        return
    parts = [part for run in runs for part in _ends(run)]
    joining = (
        _joiners({folded([phrase[i] for i in part]) for part in parts}, index)
        if beside and parts
        else set()
    )
    left = [part for part in parts if folded([phrase[i] for i in part]) in joining]
    while met := [part for part in left if {part[0], part[-1] + 1} & beside]:
        beside |= {end for part in met for end in (part[0], part[-1] + 1)}
        left = [part for part in left if part not in met]
        for i in {i for part in met for i in part}:
            phrase[i].is_joining = True


def _between_words(phrase: Sequence[Token]) -> set[int]:
    """The positions at which a word begins or ends."""
    numbers = [token.word_number for token in phrase]
    return {0, len(phrase)} | {i for i in range(1, len(phrase)) if numbers[i] != numbers[i - 1]}


def _is_two(span: Span, phrase: Sequence[Token], found: Mapping[Span, object]) -> bool:
    """Whether a name of several countries rather means what stands on both sides of an "and" in it."""
    start, end = span
    between = (i for i in range(start + 1, end - 1) if phrase[i].is_joining)
    return any((start, i) in found and (i + 1, end) in found for i in between)


def free_tokens(phrase: Sequence[Token], taken: Iterable[Span]) -> list[int]:
    """Return the positions of the tokens that no country takes and that do not merely join."""
    covered = {position for start, end in taken for position in range(start, end)}
    return [i for i, token in enumerate(phrase) if i not in covered and not token.is_joining]


def _spans(phrase: Sequence[Token]) -> dict[Span, str]:
    """The text of every run of tokens that may be a name."""
    spans: dict[Span, str] = {}
    longest = LONGEST_GLUED if any(token.is_glued for token in phrase) else LONGEST
    for start in range(len(phrase)):
        text = ""
        for end in range(start, min(start + longest, len(phrase))):
            token = phrase[end]
            text = text + token.folded if token.is_glued or not text else f"{text} {token.folded}"
            spans[start, end + 1] = text
    return spans


def _less_exactly(spans: Mapping[Span, str], index: Index) -> dict[Span, list[country_names.Known]]:
    """The countries that runs name in their plain form, or once what is attached to their first word is taken off."""
    begun = {
        span: [text.removeprefix(a) for a in _ATTACHED if text.startswith(a)]
        for span, text in spans.items()
    }
    behind = {(span, rest) for span, rests in begun.items() for rest in rests if rest}
    known = country_names.lookup({rest for _, rest in behind}, index) if behind else {}
    found = {span: countries for span, rest in sorted(behind) if (countries := known[rest])}
    for (start, end), text in spans.items():
        ends = {text.split(" ", 1)[0], text.rsplit(" ", 1)[-1]}
        if (
            end - start > 1
            and not ends & JOINERS
            and (countries := country_names.plain(text, index))
        ):
            found[start, end] = countries
    return found


def _without_and(
    taken: dict[Span, list[Match]], phrase: Sequence[Token], index: Index
) -> dict[Span, list[Match]]:
    """Drop codes that mean "and" or "the" in some language, as `et` and `la`, where two countries have their names."""
    codes = {
        span: phrase[span[0]].folded for span, (match, *_) in taken.items() if match.match == "code"
    }
    joining = _joiners(codes.values(), index) if codes and len(taken) - len(codes) > 1 else set()
    return {span: found for span, found in taken.items() if codes.get(span) not in joining}


def _joiners(texts: Iterable[str], index: Index) -> set[str]:
    """Which of the folded texts mean "and", or another word that joins, in any language."""
    asked = sorted(set(texts))
    marks = ", ".join("?" * len(asked))
    rows = index.rows(f"SELECT word FROM conjunction WHERE word IN ({marks})", asked)  # noqa: S608 -- question marks alone
    return {word for (word,) in rows}


_QUALITY = {"former": 2, "demonym": 2, "capital": 2, "alias": 1, "translation": 1}


def _best(
    phrase: Sequence[Token], found: Mapping[Span, Sequence[country_names.Known]]
) -> list[Span]:
    """The runs that read a phrase best: most of its tokens, in the fewest names, least that is ambiguous."""
    spans = sorted(found)
    if all(one[1] <= other[0] for one, other in pairwise(spans)):
        return spans
    by_start: dict[int, list[Span]] = {}
    for span in spans:
        by_start.setdefault(span[0], []).append(span)
    best: list[Reading] = [((0, 0, 0, 0, 0), [])] * (len(phrase) + 1)
    for start in range(len(phrase) - 1, -1, -1):
        best[start] = best[start + 1]
        for span in by_start.get(start, ()):
            covered = (
                sum(not token.is_joining for token in phrase[slice(*span)]) or len(phrase) == 1
            )
            known = found[span]
            worst = max(_QUALITY.get(kind, 0) for _, _, kind in known)
            (tokens, few, clear, length, quality), rest = best[span[1]]
            score = (
                tokens + covered,
                few - 1,
                clear - (len(known) > 1),
                length + span[1] - start,
                quality - worst,
            )
            if score > best[start][0]:
                best[start] = score, [span, *rest]
    return best[0][1]


def _without_everyday(
    phrase: Sequence[Token], taken: dict[Span, list[Match]]
) -> dict[Span, list[Match]]:
    """Drop readings such as `in` for India, unless two countries are wanted and nothing else is left over."""
    doubtful = {
        span for span in taken if phrase[span[0]].folded in _DOUBTFUL and span[1] - span[0] == 1
    }
    if not doubtful:
        return taken
    is_all = not free_tokens(phrase, taken)
    beside_code = {
        span
        for span in doubtful
        for start, end in taken.keys() - doubtful
        if (start == span[1] or end == span[0])
        and len(phrase[start].folded) == 2
        and end - start == 1
    }
    needed = len(taken) - len(doubtful) < 2
    kept = doubtful if is_all and needed else beside_code if is_all or needed else set()
    joining = {span for span in doubtful if phrase[span[0]].folded in JOINERS and len(phrase) > 1}
    return {
        span: found
        for span, found in taken.items()
        if span not in doubtful or span in kept - joining
    }


def without_compounds(
    phrase: Sequence[Token], taken: dict[Span, list[Match]]
) -> dict[Span, list[Match]]:
    """Return what is taken without the one country inside a hyphenated word that says more: `armenia-not-a-state`."""
    if all(token.piece == token.word for token in phrase):
        return taken
    free = {phrase[i].word_number for i in free_tokens(phrase, taken)}
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
    read = {span: _resembling(phrase, span, index) for span in _runs(phrase, taken, unknown)}
    found: dict[Span, list[Match]] = {}
    for span in sorted(
        read, key=lambda span: (-max((m.score for m in read[span]), default=0), span[0] - span[1])
    ):
        codes = [match.code for match in read[span]]
        inside = [matches for other, matches in taken.items() if _is_overlapping(span, other)]
        is_clear = codes and (not inside or read[span][0].score >= CLEAR)
        if is_clear and not any(_is_overlapping(span, other) for other in found):
            found[span] = read[span]
    return found


def _resembling(phrase: Sequence[Token], span: Span, index: Index) -> list[Match]:
    """The countries that one run of tokens resembles, within the margin of the likest."""
    from bilatcli.query import misspellings

    run = phrase[slice(*span)]
    alike = misspellings.misspelt(folded(run), index, is_alone=False)
    return country_names.matched(typed(run), country_names.likely(alike), index) if alike else []


def _is_overlapping(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _runs(
    phrase: Sequence[Token], taken: dict[Span, list[Match]], unknown: Sequence[int]
) -> list[Span]:
    """Runs that may be one misspelt name, longest first: they hold an unknown token and cut no country in two."""
    runs = []
    whole = _between_words(phrase)
    for start in range(len(phrase)):
        for end in range(start + 1, min(start + LONGEST_MISSPELT, len(phrase)) + 1):
            is_inside = phrase[start].word_number == phrase[end - 1].word_number
            if not is_inside and not {start, end} <= whole:
                continue
            is_joined = phrase[start].is_joining or phrase[end - 1].is_joining
            is_one = any(start <= i < end for i in unknown) and not is_joined
            cuts = any(
                _is_overlapping((start, end), span) and not start <= span[0] < span[1] <= end
                for span in taken
            )
            if is_one and not cuts and not any(token.is_glued for token in phrase[start:end]):
                runs.append((start, end))
    return sorted(runs, key=lambda span: (span[0] - span[1], span))


def left_over(phrase: Sequence[Token], taken: Iterable[Span]) -> list[str]:
    """Return the words that no country takes, in order: whole as typed where no part was taken, so `jf-17` stays one.

    What joins countries, or says nothing by itself, is left out.
    """
    words = [
        _said([phrase[i] for i in run], phrase)
        for run in _runs_left(phrase, free_tokens(phrase, taken))
    ]
    return [word for word in words if normalize(word) not in _SMALL]


def _runs_left(phrase: Sequence[Token], free: Sequence[int]) -> list[list[int]]:
    """The positions left of each word, apart where something between them was taken."""
    runs: list[list[int]] = []
    for i in free:
        token = phrase[i]
        is_same = bool(runs) and phrase[runs[-1][-1]].word_number == token.word_number
        if is_same and runs[-1][-1] + 1 == i:
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def _ends(run: Sequence[int]) -> list[list[int]]:
    """The beginnings and ends of a run, longest first."""
    parts = [list(run[:n]) for n in range(1, len(run) + 1)] + [
        list(run[n:]) for n in range(1, len(run))
    ]
    return sorted(parts, key=len, reverse=True)


def _said(run: Sequence[Token], phrase: Sequence[Token]) -> str:
    """What was typed for a run of tokens: the word where they are all of it."""
    word = [
        token
        for token in phrase
        if token.word_number == run[0].word_number and not token.is_joining
    ]
    if len(run) == len(word):
        return run[0].word
    return "".join(token.typed if token.is_glued else f" {token.typed}" for token in run).strip()
