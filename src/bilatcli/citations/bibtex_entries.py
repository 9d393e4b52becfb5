"""The entries of a BibTeX file, and what they inherit from each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

MAX_DEPTH = 20
"""Number of entries through which a field may be inherited."""

_NOT_INHERITED = frozenset(
    """
    crossref entryset entrysubtype ids keywords label note options presort related relatedstring
    relatedtype shorthand shorttitle sortkey sorttitle subtitle title titleaddon xdata xref
    """.split()
)
"""Fields that an entry does not take from the one that its `crossref` names."""
_DATES = ("date", "year", "month", "day")
_TITLES = {"periodical": "journal", "mv": "main", "": "book"}
"""What the title of an entry is to its parts, by the beginning of its type."""


@dataclass(slots=True)
class Entry:
    """An entry: its type and key, its line from 1, and its fields in lower case, without braces."""

    type: str
    key: str
    line: int
    fields: dict[str, str]
    problems: list[str] = field(default_factory=list)


def inherit_fields(entries: Sequence[Entry]) -> None:
    """Give each entry the fields that it lacks, from its `xdata` and from its `crossref`.

    The rules are those of BibLaTeX: the title of a book or a conference is the `booktitle` of its
    parts, that of a periodical the `journaltitle`. A circle ends where it begins.
    """
    by_key: dict[str, Entry] = {}
    for entry in entries:
        for key in (entry.key, *_split_keys(entry.fields.get("ids", ""))):
            by_key.setdefault(key.lower(), entry)
    done: set[int] = set()
    for entry in entries:
        _inherit(entry, by_key, done, MAX_DEPTH)


def _inherit(entry: Entry, by_key: dict[str, Entry], done: set[int], depth: int) -> None:
    if id(entry) in done or not depth:
        return
    done.add(id(entry))
    for name in ("xdata", "crossref"):
        for key in _split_keys(entry.fields.pop(name, "")):
            parent = by_key.get(key.lower())
            if parent is None:
                problem = f"`{name}` is left out: the file has no entry `{key}`"
                entry.problems.append(problem)
            else:
                _inherit(parent, by_key, done, depth - 1)
                _add_fields(entry, parent.fields if name == "xdata" else _rename_titles(parent))


def _add_fields(entry: Entry, given: dict[str, str]) -> None:
    """Give an entry the fields that it lacks. A date is taken whole or not at all."""
    has_date = "date" in entry.fields or "year" in entry.fields
    for name, value in given.items():
        if name != "ids" and not (has_date and name in _DATES):
            entry.fields.setdefault(name, value)


def _split_keys(text: str) -> Iterator[str]:
    yield from filter(None, map(str.strip, text.split(",")))


def _rename_titles(parent: Entry) -> dict[str, str]:
    """Return the fields that an entry gives to its parts."""
    kind = next(title for start, title in _TITLES.items() if parent.type.startswith(start))
    fields = {key: value for key, value in parent.fields.items() if key not in _NOT_INHERITED}
    if f"{kind}title" not in fields:
        titles = {f"{kind}{name}": parent.fields.get(name, "") for name in ("title", "subtitle")}
        fields |= {key: value for key, value in titles.items() if value}
    return fields
