"""Keys of country names: sorted word forms, and blocks of names to compare misspelt ones with."""

from __future__ import annotations

from bilatcli.errors import IndexDamaged
from bilatcli.index import SUBJECT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

COMMON = "usual"
"""The script under which the index keeps the block of names in common use, of any script."""

KINDS = (
    "name",
    "official",
    "alias",
    "native",
    "translation",
    "former",
    "demonym",
    "capital",
    "part",
)
"""The kinds of names in a block; a tag holds the position of a kind here."""

_GENERIC = frozenset(
    """a and arab bolivarian colony commonwealth cooperative crown de del des du duchy el empire
    federal federation federative former grand independent island islands islamic kingdom la le los
    nation of people peoples plurinational principality province rep repub republic republica
    republique s sar socialist state sultanate the""".split()
)
"""Words that say what kind of state a country is. Names have the same meaning without them."""

_TAG_LENGTH = 3


class NameBlock:
    """Names that a text is compared with, and the country and kind of each.

    Raises IndexDamaged if the two texts do not fit together.
    """

    __slots__ = ("names", "tags")

    def __init__(self, names: str = "", tags: str = "") -> None:
        values: tuple[object, ...] = names, tags
        if not all(isinstance(value, str) for value in values):
            raise IndexDamaged
        self.names = names.split("\n") if tags else []
        self.tags = tags
        if len(tags) != _TAG_LENGTH * len(self.names):
            raise IndexDamaged

    def entry_at(self, position: int) -> tuple[str, str]:
        """Return the country code and the kind of the name at a position."""
        start = _TAG_LENGTH * position
        tag = self.tags[start : start + _TAG_LENGTH]
        try:
            return tag[:2], KINDS[int(tag[2])]
        except (ValueError, IndexError):
            raise IndexDamaged from None


class SubjectBlock:
    """Names of subjects that a text is compared with, and the id of the subject of each.

    Raises IndexDamaged if the two texts do not fit together.
    """

    __slots__ = ("ids", "names")

    def __init__(self, names: str = "", ids: str = "") -> None:
        values: tuple[object, ...] = names, ids
        if not all(isinstance(value, str) for value in values):
            raise IndexDamaged
        self.names = names.split("\n") if names else []
        self.ids = ids.split("\n") if ids else []
        if len(self.ids) != len(self.names):
            raise IndexDamaged

    def entry_at(self, position: int) -> tuple[str, str]:
        """Return the id of the subject with the name at a position, and the kind of the name."""
        return self.ids[position], SUBJECT


def encode_block(entries: Iterable[tuple[str, str, str]]) -> tuple[str, str]:
    """Return the entries (name, code, kind) as the two texts that `NameBlock` takes."""
    listed = list(entries)
    tags = "".join(f"{code}{KINDS.index(kind)}" for _, code, kind in listed)
    return "\n".join(name for name, _, _ in listed), tags


def script_of(text: str) -> str:
    """Return the Unicode script of the first letter of a text, in capitals as in `CYRILLIC`.

    An empty text has none.
    """
    from unicodedata import name

    return name(text[0], "").split(" ", 1)[0] if text else ""


def spelling_of(text: str) -> str:
    """Return a text in lower case as it is spelt, with its accents and punctuation.

    >>> spelling_of("SUÈDE"), spelling_of("É.-U.")
    ('suède', 'é.-u.')
    """
    from unicodedata import normalize

    composed = normalize("NFC", text.replace("\u2019", "'").casefold())
    return " ".join(composed.split())


def is_generic(word: str) -> bool:
    """Return True if a normalized word says what kind of state a country is."""
    return word in _GENERIC


def strip_generic(normalized: str) -> str:
    """Return a normalized name without generic words, or the whole name if it has no others.

    >>> strip_generic("kingdom of tunisia"), strip_generic("the commonwealth")
    ('tunisia', 'the commonwealth')
    """
    words = [word for word in normalized.split() if word not in _GENERIC]
    return " ".join(words) or normalized


def sort_key_form(normalized: str) -> str:
    """Return the words of a normalized name without generic ones, sorted.

    >>> sort_key_form("korea south"), sort_key_form("the republic of south korea")
    ('korea south', 'korea south')
    """
    return " ".join(sorted(strip_generic(normalized).split()))
