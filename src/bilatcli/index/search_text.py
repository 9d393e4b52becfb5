"""The words of facts that a full-text search looks in."""

from __future__ import annotations

from functools import lru_cache

from bilatcli.index.stems import MAX_CACHED_TEXTS, Words, split_words, stem_words
from bilatcli.normalization import search_tokens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    SearchColumns = tuple[str, str, str, str, str]


class SearchText:
    """The search words of facts, given as records or as in a document: both give the same.

    `names` has the name of each country code, `titles` the title of each source id. What many
    facts share is tokenized once. `words` are the words of all texts so far, as they are written;
    the columns have their stems.
    """

    def __init__(self, names: Mapping[str, str], titles: Mapping[str, str]) -> None:
        self.words = Words()
        self._names = names
        self._titles = {
            id: self.words.stem_all(search_tokens(title)) for id, title in titles.items()
        }
        self._people: dict[tuple[str | None, ...], str] = {}
        self._subjects: dict[tuple[str | None, ...], str] = {}

    def columns(self, relation: str, fact: Mapping[str, Any]) -> SearchColumns:
        """Return the words of a fact: statement, subject, people, note, titles of its sources."""
        get = fact.get
        about = get("system"), get("measure"), get("issue"), get("event")
        subject = self._subjects.get(about)
        if subject is None:
            texts = (each for each in about if each)
            subject = self._subjects[about] = self.words.stem_all(
                _tokenize_with_designations(*texts)
            )
        others = *(get("partners") or ()), get("holder"), get("favours"), get("against")
        codes = relation, *fact["actors"], *fact["toward"], *others
        people = self._people.get(codes)
        if people is None:
            people = self._people[codes] = self._country_names(codes)
        text, position, note = fact["text"], get("position"), fact["note"]
        said = (text, position) if position else (text,)
        return (
            self.words.stem_all(_tokenize_with_designations(*said)),
            subject,
            people,
            self.words.stem_all(_tokenize(note)) if note else "",
            " ".join([self._titles[source] for source in fact["sources"]]),
        )

    def _country_names(self, codes: Sequence[str | None]) -> str:
        """Return the names of the countries of a relation, and of others, each once."""
        relation, *others = codes
        known = [*str(relation).upper().split("-"), *(code for code in others if code)]
        names = [self._names.get(code, code) for code in dict.fromkeys(known)]
        return self.words.stem_all([word for name in names for word in search_tokens(name)])


class CountryPhrases:
    """The names of countries as phrases of stems, to be found in the search text of facts."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._by_stem: dict[str, list[tuple[str, str]]] = {}
        """For the first stem of a name, the code of its country and all its stems."""
        for code, name in names.items():
            stems = stem_words(search_tokens(name))
            self._by_stem.setdefault(stems[0], []).append((code, f" {' '.join(stems)} "))
        self._find_in_repeated = lru_cache(MAX_CACHED_TEXTS)(self._find_in)

    def find(self, columns: SearchColumns) -> set[str]:
        """Return the countries in a fact's statement, its subject or its people.

        Notes and titles do not count.
        """
        statement, subject, people = columns[:3]
        found = self._find_in(statement) | self._find_in_repeated(people)
        return found | self._find_in_repeated(subject) if subject else found

    def _find_in(self, text: str) -> set[str]:
        return {
            code
            for stem in self._by_stem.keys() & text.split()
            for code, phrase in self._by_stem[stem]
            if phrase in f" {text} "
        }


def _tokenize(text: str) -> Sequence[str]:
    """Return the search tokens of a text, which a filter may have split before."""
    return split_words(text)[0] if text.isascii() else search_tokens(text)


def _tokenize_with_designations(*texts: str) -> list[str]:
    """Return the search tokens of texts, and their designations in one word too: `jf 17 jf17`."""
    words = [word for text in texts for word in _tokenize(text)]
    new = {word for text in texts for word in split_words(text)[1]}.difference(words)
    if not all(map(str.isascii, texts)):
        new = {word for word in new if len(search_tokens(word)) == 1}
    return [*words, *sorted(new)]
