"""Measures the curves that the limits of `bilatcli.likeness` were chosen from; prints them as two Markdown tables.

    python benchmarks/curves.py

Misspelt names are the `tuned` ones of `cases.py`; against them stand the non-countries of the same part, and common
English words as they would be if nothing kept them apart. docs/names.md shows the tables.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cases import NONE, TYPO, TYPOS, all_cases

from bilatcli.environment import Environment
from bilatcli.index.name_keys import USUAL
from bilatcli.index.store import Index, open_index
from bilatcli.query import countries, misspellings
from bilatcli.query.misspellings import Alike
from bilatcli.text import normalize

EVERYDAY = Path(__file__).resolve().parent.parent / "data" / "names" / "everyday.txt"
MOST = 99
LENGTHS = ((4, 4), (5, 5), (6, 6), (7, 7), (8, 8), (9, 11), (12, MOST))
MARGINS = (0.0, 0.1, 1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True)
class Weighed:
    """A text, the country that it should be (None for none), and what it is like, nearest first, without any limit."""

    text: str
    code: str | None
    alike: Sequence[Alike]

    def is_taken(self, most: int) -> bool:
        """Whether it would be read as a country if so many letters might be wrong."""
        return bool(self.alike) and self.alike[0].wrong <= most

    def is_right(self, most: int) -> bool:
        """Whether that would be the one it should be."""
        return self.is_taken(most) and self.alike[0].code == self.code


def weighed(pairs: Iterator[tuple[str, str | None]], index: Index) -> list[Weighed]:
    """Return the texts that name no country exactly, with what they are like."""
    found = []
    usual = [misspellings.spellings(index, USUAL, 0)]
    for text, code in pairs:
        folded = normalize(text)
        if len(folded) > misspellings.SHORTEST and not countries.lookup({folded}, index)[folded]:
            found.append(Weighed(folded, code, misspellings.ranked(folded, usual, lambda _: True)))
    return found


def share(texts: Sequence[Weighed], most: int, *, is_right: bool | None = None) -> str:
    """Return how many texts in a hundred would be read as a country; or as the right, or as a wrong one."""
    taken = [w for w in texts if w.is_taken(most) and is_right in (None, w.is_right(most))]
    return f"{100 * len(taken) / len(texts):.1f}" if texts else "–"


def by_length(groups: Sequence[Sequence[Weighed]]) -> Iterator[str]:
    """Yield the lines of the first table: what limits on the number of wrong letters find, and what they let in."""
    yield "| letters | may be wrong | one typo | two typos | wrong country | non-countries | English words |"
    yield "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for first, last in LENGTHS:
        one, two, none, words = (
            [w for w in group if first <= len(w.text) <= last] for group in groups
        )
        letters = (
            f"{first}"
            if first == last
            else f"{first} and more"
            if last == MOST
            else f"{first}–{last}"
        )
        for most in (1, 2, 3):
            right = [share(group, most, is_right=True) for group in (one, two)]
            wrong = share([*one, *two], most, is_right=False)
            let_in = [share(group, most) for group in (none, words)]
            yield f"| {letters} | {most} | {' | '.join((*right, wrong, *let_in))} |"


def by_margin(texts: Sequence[Weighed]) -> Iterator[str]:
    """Yield the lines of the second table: what becomes of names with two typos when the next country comes close."""
    yield "| margin in points | right | wrong country | ambiguous |"
    yield "| ---: | ---: | ---: | ---: |"
    near = [w for w in texts if w.is_taken(2)]
    for margin in MARGINS:
        clear = [
            w for w in near if len(w.alike) == 1 or w.alike[0].points - w.alike[1].points >= margin
        ]
        right = sum(w.is_right(2) for w in clear)
        parts = (right, len(clear) - right, len(near) - len(clear))
        yield f"| {margin:g} | {' | '.join(f'{100 * part / len(near):.1f}' for part in parts)} |"


def main() -> None:
    """Measure and print."""
    index = open_index(Environment())
    cases = [case for case in all_cases() if not case.is_unseen]
    groups = [
        weighed(((c.text, c.code) for c in cases if c.category == kind), index)
        for kind in (TYPO, TYPOS, NONE)
    ]
    listed = [line for line in EVERYDAY.read_text("utf-8").splitlines() if not line.startswith("#")]
    groups.append(weighed(((word, None) for word in listed[::4]), index))
    sys.stdout.write("\n".join((*by_length(groups), "", *by_margin(groups[1]), "")))


if __name__ == "__main__":
    main()
