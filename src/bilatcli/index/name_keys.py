"""Spellings: how the names of countries are kept in the index, so that one as it is typed can be compared with them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

USUAL = "usual"
"""Where names in ordinary use are kept, of whatever script and length; the others go by both."""

KINDS = ("name", "official", "alias", "native", "translation", "former", "demonym", "capital")
"""The kinds of names that are compared; a mark has its position here."""

_GENERIC = frozenset(
    """a and arab bolivarian colony commonwealth cooperative crown de del des du duchy el empire federal federation
    federative former grand independent island islands islamic kingdom la le los nation of people peoples plurinational
    principality province rep repub republic republica republique s sar socialist state sultanate the""".split()
)
"""Words that say what a country is rather than which; most names have them or not, in any place, and mean the same."""


class Spellings:
    """Names that a text is compared with: `texts`, and for each a mark of three letters, its country and kind."""

    __slots__ = ("marks", "texts")

    def __init__(self, texts: str = "", marks: str = "") -> None:
        self.texts = texts.split("\n") if marks else []
        self.marks = marks

    def owner(self, position: int) -> tuple[str, str]:
        """Return the code of the country at a position, and the kind of name."""
        mark = self.marks[3 * position : 3 * position + 3]
        return mark[:2], KINDS[int(mark[2])]


def packed(names: Iterable[tuple[str, str, str]]) -> tuple[str, str]:
    """Return names, as (folded, code, kind), as the two texts that `Spellings` reads."""
    listed = list(names)
    marks = "".join(f"{code}{KINDS.index(kind)}" for _, code, kind in listed)
    return "\n".join(folded for folded, _, _ in listed), marks


def script(text: str) -> str:
    """Return the Unicode script of a text's first letter, as the names of characters begin."""
    from unicodedata import name

    return name(text[:1], "").split(" ", 1)[0]


def bare(folded: str) -> str:
    """Return a folded name without the words that say what a country is; all of it where it has no others.

    >>> bare("kingdom of tunisia"), bare("the commonwealth")
    ('tunisia', 'the commonwealth')
    """
    return " ".join(word for word in folded.split() if word not in _GENERIC) or folded


def plain_form(folded: str) -> str:
    """Return a folded name without the words that say what a country is, sorted: what its spellings have in common.

    >>> plain_form("korea south"), plain_form("the republic of south korea")
    ('korea south', 'korea south')
    """
    return " ".join(sorted(bare(folded).split()))
