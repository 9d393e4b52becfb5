"""Generate `data/names/state-words.txt`: words for the form of a state, in many languages.

A word is one if the official names of several countries have it in a language, and the short names
of few: "republic", "kingdom", "islamic". Words that tell two countries of one name apart
("democratic"), or that are all of a name ("United States"), are marked or left out.

Inputs:

- the official names of iso-codes, with translations (package `pycountry`);
- our own words and exceptions, `scripts/names-own.toml`.

The output is reproducible. The script does not use the network:

    python scripts/state_words.py             write the file
    python scripts/state_words.py --check     exit with 1 if the file is stale
"""

from __future__ import annotations

import gettext
import re
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bilatcli.normalization import normalize
from generated import require_packages, write_or_check
from translations import FOLDER, OWN, PINNED

TARGET = FOLDER / "state-words.txt"

MIN_LANGUAGE_NAMES = 40
"""Minimum official names in a language: with fewer, a word of a country looks like one of many."""
MIN_COUNTRIES = 3
"""Minimum countries whose official names have a word."""
MIN_RATIO = 3
"""How many times as many official names as short names must have a word."""
MAX_OWN_COUNTRIES = 15
"""Maximum countries that share a word of these names; a rarer word belongs to one: "united"."""
OWN_WORDS = ("US", "GB", "AE", "KN")
DEMOCRATIC_MARK = "democratic"
_REPUBLICS, _KINGDOMS = ("AR", "GR", "PT"), ("BE", "ES", "NO", "SE")
FORMS = {
    "republic": (_REPUBLICS, ("BS", "DK", "GB", "LI", "MC")),
    "kingdom": (_KINGDOMS, ("BS", "FR", "IT", "LI", "MC")),
}
"""Some countries whose official names have a word in any language, and some that do not."""
DEMOCRATIC = (("DZ", "LA"), ("DZ", "KP"), ("KP", "LA"), ("CD", "TL"), ("CD", "ST"))
NOT_DEMOCRATIC = ("CN", "IT")
"""Countries whose official names share "democratic", and some that share their other words."""
FAMILIES = ({"CN", "HK", "MO", "TW"}, {"GN", "GW", "GQ", "PG"}, {"KP", "KR"}, {"CD", "CG"})
"""Countries with one name in common, which is no word for the form of a state."""


def read_names() -> Iterator[tuple[dict[str, set[str]], Counter[str]]]:
    """Yield for each language the words of official names by country, and those of short names."""
    import pycountry

    for file in sorted(Path(pycountry.LOCALES_DIR).glob("*/LC_MESSAGES/iso3166-1.mo")):
        with file.open("rb") as opened:
            translated = gettext.GNUTranslations(opened)
        official: dict[str, set[str]] = {}
        short: Counter[str] = Counter()
        for country in pycountry.countries:
            names = {str(getattr(country, key, "")) for key in ("name", "common_name")} - {""}
            short.update({word for name in names for word in split(translated.gettext(name))})
            name = getattr(country, "official_name", "")
            if name and translated.gettext(name) != name:
                official[country.alpha_2] = set(normalize(translated.gettext(name)).split())
        if len(official) >= MIN_LANGUAGE_NAMES:
            yield official, short


def split(name: str) -> set[str]:
    """Return the normalized words of a short name, without what is in brackets."""
    return set(normalize(re.split("[(,]", name)[0]).split())


def find_form(
    official: Mapping[str, set[str]], having: Iterable[str], lacking: Iterable[str]
) -> set[str]:
    """Return the words in a language that some official names have, and others do not have."""
    words = set.intersection(*(official.get(code, set()) for code in having))
    return words.difference(*(official.get(code, ()) for code in lacking))


def find_words(official: Mapping[str, set[str]], short: Mapping[str, int]) -> dict[str, bool]:
    """Return the words for the form of a state in a language; True marks "democratic"."""
    holders = defaultdict(set)
    for code, words in official.items():
        for word in words:
            holders[word].add(code)
    democratic: set[str] = set()
    for one, other in DEMOCRATIC:
        democratic |= official.get(one, set()) & official.get(other, set())
    democratic.difference_update(*(official.get(code, ()) for code in NOT_DEMOCRATIC))
    own = {word for code in OWN_WORDS for word in official.get(code, ())}
    return {
        word: word in democratic and len(codes) <= MAX_OWN_COUNTRIES
        for word, codes in holders.items()
        if len(codes) >= max(MIN_COUNTRIES, MIN_RATIO * short[word])
        and len(word) > 1
        and not (word in own and len(codes) <= MAX_OWN_COUNTRIES)
        and not any(codes <= family for family in FAMILIES)
    }


def read_own(lists: Mapping[str, str]) -> tuple[set[str], dict[str, str]]:
    """Return the words that are none, and our own with the mark of each."""
    marks = {"words": "", **{mark: mark for mark in (DEMOCRATIC_MARK, *FORMS, "popular", "part")}}
    words = {
        part: mark
        for key, mark in marks.items()
        for word in lists[key].split()
        for part in normalize(word).split()
    }
    return {normalize(word) for word in lists["excluded"].split()}, words


def main() -> None:
    """Write or check the file."""
    require_packages({"pycountry": PINNED["pycountry"]})
    own = tomllib.loads(OWN.read_text("utf-8"))
    listed: dict[str, str] = {}
    for official, short in read_names():
        for word, is_democratic in find_words(official, short).items():
            listed[word] = DEMOCRATIC_MARK if is_democratic else listed.get(word, "")
        for mark, (having, lacking) in FORMS.items():
            listed |= dict.fromkeys(find_form(official, having, lacking) & listed.keys(), mark)
    excluded, more = read_own(own["state_words"])
    if idle := excluded - listed.keys():
        sys.exit(f"{OWN.name}: no such state words: {', '.join(sorted(idle))}")
    if idle := {word for word, mark in more.items() if listed.get(word) == mark}:
        sys.exit(f"{OWN.name}: known state words: {', '.join(sorted(idle))}")
    words = {word: mark for word, mark in (listed | more).items() if word not in excluded}
    head = own["head"]["state_words"].strip().format_map(PINNED)
    lines = [f"{word} {mark}".strip() for word, mark in sorted(words.items())]
    write_or_check({TARGET: "\n".join([head, *lines, ""]).encode()}, "make countries")


if __name__ == "__main__":
    main()
