"""Citation keys: who and when, in ASCII, and the same for a source in every answer."""

from __future__ import annotations

import re

from bilatcli.citations import csl
from bilatcli.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

UNDATED = "nd"
_ASIDE = re.compile(r"[(,]")
MOST_WORDS = 3
"""So many words of an outlet's name tell it from others."""


def citation_keys(items: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the citation key of each source by its id.

    Sources that share one are told apart by a letter in the order of their ids: given all sources of an index, a source
    has the same key whatever is asked.

    >>> citation_keys([{"id": "b", "title": "T", "container-title": "Azernews"}, {"id": "a", "title": "Azernews"}])
    {'a': 'azernewsnd', 'b': 'azernewsnda'}
    """
    keys: dict[str, str] = {}
    taken: set[str] = set()
    counts: dict[str, int] = {}
    for item in sorted(items, key=lambda item: str(item["id"])):
        base = _base(item)
        key = base + _letters(counts.get(base, 0))
        while key in taken:
            counts[base] = counts.get(base, 0) + 1
            key = base + _letters(counts[base])
        counts[base] = counts.get(base, 0) + 1
        taken.add(key)
        keys[str(item["id"])] = key
    return keys


def _letters(number: int) -> str:
    """Nothing, then a to z, then aa and on."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _base(item: Mapping[str, Any]) -> str:
    """The family name of the first author or the outlet, else the title or the id, and the year."""
    author = (item.get("author") or [{}])[0]
    names = (
        str(author.get("family", "")),
        str(author.get("literal", "")),
        csl.outlet(item),
        str(item["title"]),
    )
    who = next((found for name in names if (found := _ascii(name))), "")
    who = who or "".join(filter(str.isalpha, _ascii(str(item["id"])))) or "source"
    dated = csl.parts(item, "issued")
    return f"{who}{dated[0][0]:04d}" if dated else f"{who}{UNDATED}"


def _ascii(name: str) -> str:
    """The first words of a name, without an article and what follows a bracket or comma, run together."""
    words = fold(_ASIDE.split(name, maxsplit=1)[0]).split()
    plain = [
        "".join(letter for letter in word if letter.isascii() and letter.isalnum())
        for word in words
    ]
    told = [word for word in plain if word and word != "the"]
    return "".join(told[:MOST_WORDS])
