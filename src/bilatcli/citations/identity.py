"""Tell whether a reference is a source that is known already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any
from urllib.parse import unquote

from bilatcli.normalization import normalize
from bilatcli.packs.lint.sources import normalize_url

_COMPARED = ("authors", "publisher", "issued")

MAX_COMPARED = 100
"""Number of sources with one title and one address that a reference is compared with."""

_PLACES = (
    ("volume",),
    ("issue", "number"),
    ("page", "pages", "start_page"),
    ("chapter", "chapter-number"),
)
"""What tells two works of one title apart, and a pack does not store; each has several names."""


@dataclass(frozen=True, slots=True)
class _Known:
    id: str
    values: Mapping[str, Any]
    places: tuple[str, ...]


class KnownSources:
    """The sources of a pack, with those that were added to it."""

    def __init__(self) -> None:
        self._sources: defaultdict[tuple[str, ...], list[_Known]] = defaultdict(list)
        self._id_by_address: dict[str, str] = {}

    def add(self, id: str, values: Mapping[str, Any], item: Mapping[str, Any]) -> None:
        """Remember a source, and the reference that it was made of; `item` is empty for others."""
        if address := _get_address(values):
            self._id_by_address.setdefault(address, id)
        for key in _make_keys(values):
            self._sources[key].append(_Known(id, values, _find_places(item)))

    def find_address(self, values: Mapping[str, Any]) -> str | None:
        """Return the id of the first source with the same address."""
        return self._id_by_address.get(_get_address(values))

    def find(self, values: Mapping[str, Any], item: Mapping[str, Any], id: str) -> str | None:
        """Return the id of the source that a reference is, `id` if possible; None if it is new.

        Both have the same title and address, and what both say of authors, outlet, date, volume
        and the like agrees. Without an address, both must say the same.
        """
        places = _find_places(item)
        known = (self._sources.get(key, ())[:MAX_COMPARED] for key in _make_keys(values))
        found = [
            each.id
            for each in chain.from_iterable(known)
            if _is_same(values, each.values) and all(map(_agree, places, each.places or places))
        ]
        return id if id in found else next(iter(found), None)


def _make_keys(values: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    """Return what a source has in common with all that are equal, and with all that are alike."""
    alike = (normalize(values.get("title", "")), _get_address(values))
    return (*alike, *(normalize(str(values.get(key) or "")) for key in _COMPARED)), alike


def _get_address(values: Mapping[str, Any]) -> str:
    """Return an address to compare, decoded. The letters of a DOI have no case."""
    url = unquote(normalize_url(values["url"])) if values.get("url") else ""
    for host in ("doi.org/", "dx.doi.org/"):
        if url.startswith(host):
            return f"doi.org/{url.removeprefix(host).lower()}"
    return url


def _is_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return True if two sources of one title and address say the same, or one of them less."""
    pairs = {key: (one.get(key) or "", other.get(key) or "") for key in _COMPARED}
    if not one.get("url") and any(bool(first) != bool(second) for first, second in pairs.values()):
        return False
    first, second = pairs["issued"]
    if first and second and not (first.startswith(second) or second.startswith(first)):
        return False
    outlets = map(normalize, pairs["publisher"])
    return _agree(*outlets) and _have_same_names(*pairs["authors"])


def _have_same_names(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return True if two lists have the same names, which may be abbreviated, or one is empty."""
    if not one or not other:
        return True
    return len(one) == len(other) and all(map(_is_same_name, one, other))


def _is_same_name(one: str, other: str) -> bool:
    (family, _, given), (other_family, _, other_given) = one.partition(","), other.partition(",")
    words = zip(normalize(given).split(), normalize(other_given).split(), strict=False)
    return normalize(family) == normalize(other_family) and all(
        word.startswith(each) or each.startswith(word) for word, each in words
    )


def _find_places(item: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the first word of the volume, the issue and so on; empty if `item` is empty."""
    found = (next((str(item[name]) for name in names if item.get(name)), "") for names in _PLACES)
    return tuple("".join(normalize(text).split()[:1]) for text in found) if item else ()


def _agree(one: str, other: str) -> bool:
    """Return True if two values are equal or one is unknown."""
    return not one or not other or one == other
