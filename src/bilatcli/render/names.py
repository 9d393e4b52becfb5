"""Names for people: of countries, relations and issues."""

from __future__ import annotations

from bilatcli.text import make_printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    Loaded = Mapping[str, Any]

_SMALL_WORDS = frozenset(("after", "and", "as", "at", "by", "for", "in", "of", "on", "to", "with"))
_ABBREVIATIONS = frozenset(
    ("csto", "eaeu", "eu", "icc", "nato", "oic", "sco", "tripp", "ttp", "uk", "un", "us")
)


class Names:
    """The names of a document: of the countries that it mentions, and of its issues."""

    def __init__(self, loaded: Loaded) -> None:
        self._countries = {**dict(_find_countries(loaded)), **(loaded.get("countries") or {})}
        issues = loaded.get("issues")
        self._issues: Mapping[str, str] = issues if isinstance(issues, dict) else {}

    def country(self, code: str) -> str:
        """Return the name of a country or other actor; its code if the document has no name."""
        return make_printable(self._countries.get(code, code))

    def countries(self, codes: Iterable[str], separator: str = ", ") -> str:
        """Return the names of several actors."""
        return separator.join(map(self.country, codes))

    def relation(self, id: str) -> str:
        """Return the name of a relation by its id, as in `Azerbaijan–Pakistan`."""
        return self.countries(id.upper().split("-"), "–")

    def issue(self, slug: str) -> str:
        """Return the name of an issue, or else its slug in words."""
        return make_printable(self._issues.get(slug) or format_slug(slug))

    def find_codes(self, codes: Sequence[str]) -> list[str]:
        """Return those codes that have another name."""
        return [code for code in codes if self.country(code) != code]


def format_slug(slug: str) -> str:
    """Return a slug in words.

    >>> format_slug("recognition-of-armenia"), format_slug("ttp-sanctuary")
    ('Recognition of Armenia', 'TTP Sanctuary')
    """
    words = slug.split("-")
    return " ".join(_format_word(word, is_first=not index) for index, word in enumerate(words))


def _format_word(word: str, *, is_first: bool) -> str:
    if word in _ABBREVIATIONS:
        return word.upper()
    return word if word in _SMALL_WORDS and not is_first else word.capitalize()


def _find_countries(loaded: Loaded) -> Iterator[tuple[str, str]]:
    """Yield the code and name of each country that a document names."""
    for relation in (loaded.get("relation"), *loaded.get("relations", ())):
        for country in relation["countries"] if relation else ():
            yield country["code"], country["name"]
    for country in (loaded.get("query") or {}).get("countries", ()):
        if country.get("code"):
            yield country["code"], country["name"]
