"""Measure the curves behind the limits of fuzzy matching; print two Markdown tables.

    python benchmarks/curves.py

The misspelt names and the non-countries are the `tuned` cases of `cases.py`. Common English words
are matched as if no list excluded them. docs/names.md shows the tables.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cases import NONE, TYPO, TYPOS, all_cases

from bilatcli.environment import Environment
from bilatcli.index.name_keys import COMMON
from bilatcli.index.store import Index, open_index
from bilatcli.normalization import normalize
from bilatcli.query import misspellings
from bilatcli.query.misspellings import FuzzyMatch
from bilatcli.query.names import look_up_names

EVERYDAY = Path(__file__).resolve().parent.parent / "data" / "names" / "everyday.txt"
NO_LIMIT = 99
LENGTHS = ((4, 4), (5, 5), (6, 6), (7, 7), (8, 8), (9, 11), (12, NO_LIMIT))
MARGINS = (0.0, 0.1, 1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True)
class MatchedText:
    """A text, its correct country (None for none), and all fuzzy matches, best first."""

    text: str
    code: str | None
    matches: Sequence[FuzzyMatch]

    def is_accepted(self, max_wrong: int) -> bool:
        """Return True if the text is read as a country with at most `max_wrong` wrong letters."""
        return bool(self.matches) and self.matches[0].wrong <= max_wrong

    def is_correct(self, max_wrong: int) -> bool:
        """Return True if the text is read as the correct country."""
        return self.is_accepted(max_wrong) and self.matches[0].code == self.code


def match_texts(pairs: Iterator[tuple[str, str | None]], index: Index) -> list[MatchedText]:
    """Return the texts that do not exactly name a country, with their fuzzy matches."""
    found = []
    names = [misspellings.load_names(index, COMMON, 0)]
    for text, code in pairs:
        key = normalize(text)
        if len(key) > misspellings.MIN_LENGTH and not look_up_names({key}, index)[key]:
            matches = misspellings.rank_matches(key, names, lambda _: True)
            found.append(MatchedText(key, code, matches))
    return found


def share(texts: Sequence[MatchedText], max_wrong: int, *, is_correct: bool | None = None) -> str:
    """Return the percentage of texts read as a country, or as the correct or a wrong country."""
    accepted = [
        w
        for w in texts
        if w.is_accepted(max_wrong) and is_correct in (None, w.is_correct(max_wrong))
    ]
    return f"{100 * len(accepted) / len(texts):.1f}" if texts else "–"


def by_length(groups: Sequence[Sequence[MatchedText]]) -> Iterator[str]:
    """Yield the first table: the readings of texts by length and maximum of wrong letters."""
    heads = "letters|may be wrong|one typo|two typos|wrong country|non-countries|English words"
    yield f"| {heads.replace('|', ' | ')} |"
    yield "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for first, last in LENGTHS:
        one, two, none, words = (
            [w for w in group if first <= len(w.text) <= last] for group in groups
        )
        letters = (
            f"{first}"
            if first == last
            else f"{first} and more"
            if last == NO_LIMIT
            else f"{first}–{last}"
        )
        for max_wrong in (1, 2, 3):
            right = [share(group, max_wrong, is_correct=True) for group in (one, two)]
            wrong = share([*one, *two], max_wrong, is_correct=False)
            accepted = [share(group, max_wrong) for group in (none, words)]
            yield f"| {letters} | {max_wrong} | {' | '.join((*right, wrong, *accepted))} |"


def by_margin(texts: Sequence[MatchedText]) -> Iterator[str]:
    """Yield the second table: the readings of names with two typos by margin to the runner-up."""
    yield "| margin in points | right | wrong country | ambiguous |"
    yield "| ---: | ---: | ---: | ---: |"
    near = [w for w in texts if w.is_accepted(2)]
    for margin in MARGINS:
        clear = [
            w
            for w in near
            if len(w.matches) == 1 or w.matches[0].rank_score - w.matches[1].rank_score >= margin
        ]
        right = sum(w.is_correct(2) for w in clear)
        parts = (right, len(clear) - right, len(near) - len(clear))
        yield f"| {margin:g} | {' | '.join(f'{100 * part / len(near):.1f}' for part in parts)} |"


def main() -> None:
    """Measure and print."""
    index = open_index(Environment())
    cases = [case for case in all_cases() if not case.is_unseen]
    groups = [
        match_texts(((c.text, c.code) for c in cases if c.category == kind), index)
        for kind in (TYPO, TYPOS, NONE)
    ]
    listed = [line for line in EVERYDAY.read_text("utf-8").splitlines() if not line.startswith("#")]
    groups.append(match_texts(((word, None) for word in listed[::4]), index))
    sys.stdout.write("\n".join((*by_length(groups), "", *by_margin(groups[1]), "")))


if __name__ == "__main__":
    main()
