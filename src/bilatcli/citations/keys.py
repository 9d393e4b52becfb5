"""Citation keys: author or outlet and year in ASCII, the same for a source in every answer."""

from __future__ import annotations

import re

from bilatcli.citations import csl
from bilatcli.normalization import normalize

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

UNDATED = "nd"
MAX_NAME_WORDS = 3
"""Number of words of a name in a key."""

_NAME_END = re.compile(r"[(,]")


def make_citation_keys(items: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the citation key of each source by its id.

    Sources with the same author and year get a letter, in the order of their ids. If `items` are
    all sources of an index, a source therefore has the same key in every answer.

    >>> azernews = {"id": "b", "title": "T", "container-title": "Azernews"}
    >>> make_citation_keys([azernews, {"id": "a", "title": "Azernews"}])
    {'a': 'azernewsnd', 'b': 'azernewsnda'}
    """
    keys: dict[str, str] = {}
    taken: set[str] = set()
    counts: dict[str, int] = {}
    for item in sorted(items, key=lambda item: str(item["id"])):
        base = _make_base_key(item)
        key = base + _make_suffix(counts.get(base, 0))
        while key in taken:
            counts[base] = counts.get(base, 0) + 1
            key = base + _make_suffix(counts[base])
        counts[base] = counts.get(base, 0) + 1
        taken.add(key)
        keys[str(item["id"])] = key
    return keys


def split_ascii_words(text: str) -> list[str]:
    """Return the words of a text without case, accents and letters outside of ASCII.

    >>> split_ascii_words("Jónsdóttir & 冰岛 News")
    ['jonsdottir', 'news']
    """
    words = normalize(text).split()
    plain = ("".join(c for c in word if c.isascii() and c.isalnum()) for word in words)
    return [word for word in plain if word]


def _make_suffix(number: int) -> str:
    """Return the letters for a number: none for 0, then a to z, then aa and so on."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _make_base_key(item: Mapping[str, Any]) -> str:
    """Return the name of the first author or of the outlet, else the title or id, and the year."""
    author = (item.get("author") or [{}])[0]
    names = (
        str(author.get("family", "")),
        str(author.get("literal", "")),
        csl.get_outlet(item),
        str(item["title"]),
    )
    name = next((short for name in names if (short := _shorten_name(name))), "")
    if not name:
        name = "".join(filter(str.isalpha, _shorten_name(str(item["id"])))) or "source"
    date = csl.get_date_parts(item, "issued")
    return f"{name}{date[0][0]:04d}" if date else f"{name}{UNDATED}"


def _shorten_name(name: str) -> str:
    """Return the first words of a name without its article and what follows a bracket or comma."""
    words = split_ascii_words(_NAME_END.split(name, maxsplit=1)[0])
    return "".join([word for word in words if word != "the"][:MAX_NAME_WORDS])
