"""Generate `translations.toml` and `iso-codes.toml` in `data/names/`: names in other languages.

Inputs:

- the territories of all CLDR locales (package `babel`);
- the countries and subdivisions of iso-codes, with translations (package `pycountry`);
- `data/countries.toml` and `data/names/everyday.txt`, so run `countries.py` and `words.py` first;
- our own decisions, `scripts/names-own.toml`.

The output is reproducible and includes the licences of CLDR and iso-codes. The script does not use
the network:

    python scripts/translations.py             write the files
    python scripts/translations.py --check     exit with 1 if a file is stale
"""

from __future__ import annotations

import gettext
import re
import sys
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bilatcli.normalization import normalize
from countries import TARGET, quoted, subject_names
from country_sources import PINNED as COUNTRY_PACKAGES
from country_sources import plain
from generated import ROOT, require_packages, write_or_check

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    # Country code -> normalized text -> text.
    Chosen = Mapping[str, Mapping[str, str]]

OWN = ROOT / "scripts" / "names-own.toml"
FOLDER = ROOT / "data" / "names"
PINNED = {"babel": COUNTRY_PACKAGES["babel"], "pycountry": "26.2.16"}

# A translation must not equal such a name of another country.
KINDS_OF_NAMES = {"name", "official", "alias", "native"}
# A country keeps a text alone if it has it in this many times as many languages as all others.
MIN_DOMINANCE = 4
# Minimum letters of the name of a subdivision; shorter names are often something else.
MIN_PLACE_LENGTH = 4


@dataclass(slots=True)
class Uses:
    """The names in an origin: spellings and languages of each normalized text of a country."""

    texts: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    languages: dict[str, dict[str, set[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )

    def add(self, code: str, text: str, locale: str) -> None:
        """Add a name of a country in a locale."""
        key = normalize(text)
        self.texts[key, code][text] += 1
        self.languages[key][code].add(re.split("[_@]", locale)[0])

    def spelling(self, key: str, code: str) -> str:
        """Return the most frequent spelling of a normalized text of a country."""
        found = self.texts[key, code]
        return min(found, key=lambda text: (-found[text], text))


class Known:
    """What translations must not repeat: names and codes of countries, subjects, common words."""

    def __init__(self, own: Mapping[str, Any]) -> None:
        self.countries = tomllib.loads(TARGET.read_text(encoding="utf-8"))["country"]
        self.everyday = {
            *(FOLDER / "everyday.txt").read_text(encoding="utf-8").splitlines(),
            *own["words"]["texts"],
        }
        self.subjects: set[str] = set().union(*subject_names())

    @cached_property
    def codes(self) -> set[str]:
        """Return all codes of countries, in lower case."""
        kinds = ("code", "alpha3", "numeric")
        return {each[kind].lower() for each in self.countries for kind in kinds if kind in each}

    @cached_property
    def texts(self) -> dict[str, set[str]]:
        """Map each normalized text of any kind to its countries."""
        return self._holders(KINDS_OF_NAMES | {"former", "demonym", "capital"})

    @cached_property
    def names(self) -> dict[str, set[str]]:
        """Map each normalized name (not capital, demonym or former name) to its countries."""
        return self._holders(KINDS_OF_NAMES)

    def _holders(self, kinds: set[str]) -> dict[str, set[str]]:
        found = defaultdict(set)
        for each in self.countries:
            for name in each["names"]:
                if name["kind"] in kinds:
                    found[normalize(name["text"])].add(each["code"])
        return found


# --- Origins


def cldr(codes: Iterable[str]) -> Uses:
    """Return the names of countries in all CLDR locales."""
    from babel import Locale
    from babel.localedata import locale_identifiers

    uses, wanted = Uses(), list(codes)
    for locale in sorted(locale_identifiers()):
        territories = Locale.parse(locale).territories
        for code in wanted:
            if code in territories:
                uses.add(code, plain(territories[code]), locale)
    return uses


def iso_codes() -> Uses:
    """Return the names of countries in iso-codes: English and all translations."""
    import pycountry

    uses = Uses()
    english: list[tuple[str, str]] = []
    for each in pycountry.countries:
        found = (
            getattr(each, key, None)
            for key in ("name", "official_name", "common_name")
            if key in dir(each)
        )
        english += [(each.alpha_2, text) for text in found if text]
    for code, text in english:
        uses.add(code, plain(text), "en")
    for file in sorted(Path(pycountry.LOCALES_DIR).glob("*/LC_MESSAGES/iso3166-1.mo")):
        with file.open("rb") as opened:
            translations = gettext.GNUTranslations(opened)
        for code, text in english:
            translated = translations.gettext(text)
            if translated != text:
                uses.add(code, plain(translated), file.parts[-3])
    return uses


def place_names(name: str) -> Iterator[str]:
    """Yield the names within the name of a subdivision in iso-codes.

    >>> list(place_names("Catalunya [Cataluña]")), list(place_names("Ilocos (Region I)"))
    (['Catalunya', 'Cataluña'], ['Ilocos'])
    >>> list(place_names("Bristol, City of")), list(place_names("Newry, Mourne and Down"))
    (['Bristol'], ['Newry, Mourne and Down'])
    >>> list(place_names("Bridgend [Pen-y-bont ar Ogwr GB-POG]"))
    ['Bridgend', 'Pen-y-bont ar Ogwr']
    >>> list(place_names("Uppsala län [SE-03]"))
    ['Uppsala län']
    """
    outside = re.sub(r"\s*[(\[].*", "", name)
    inside = re.search(r"\[(.*?) ?(?:[A-Z]{2}-[A-Z0-9]{1,3})?\]", name)
    # The kind of subdivision follows a comma, unless the comma separates its parts.
    head, _, rest = outside.partition(", ")
    texts = re.split(r" ?/+ ?", outside if re.search(" (?:and|y) ", rest) else head)
    yield from (plain(text) for text in [*texts, inside[1] if inside else ""] if text)


def places(own: Mapping[str, Any]) -> Uses:
    """Return the names of subdivisions, except contested ones."""
    import pycountry

    contested = set(own["contested"]["codes"])
    idle = contested - {each.code for each in pycountry.subdivisions}
    if idle:
        sys.exit(f"{OWN.name}: no such subdivisions: {', '.join(sorted(idle))}")
    uses = Uses()
    for each in pycountry.subdivisions:
        for text in place_names(each.name) if each.code not in contested else ():
            uses.add(each.country_code, text, each.code)
    return uses


# --- Choosing


class Choice:
    """Selects texts, and records which decisions of `names-own.toml` had an effect."""

    def __init__(self, known: Known, own: Mapping[str, Any]) -> None:
        self.known = known
        self.belongs: Mapping[str, list[str]] = own["belongs"]
        self.idle = set(self.belongs)
        self.idle_words = set(own["words"]["texts"])

    def is_excluded(self, key: str, code: str) -> bool:
        """Return True if a text cannot be a translation of the name of a country."""
        return bool(
            not re.search(r"[^\W\d_]", key)
            or key in self.known.codes
            or re.fullmatch("[a-z]{1,2}|[a-z]( [a-z])+", key)
            or code in self.known.texts.get(key, ())
            or key in self.known.everyday
            or key in self.known.names
            or key in self.known.subjects
        )

    def owners(self, key: str, languages: Mapping[str, set[str]]) -> set[str]:
        """Return the countries that keep a text, given the languages in which each has it."""
        if key in self.belongs:
            kept = set(self.belongs[key])
            if len(languages) > 1 or kept.isdisjoint(languages):
                self.idle.discard(key)
            return kept
        total = sum(map(len, languages.values()))
        heavy = {
            code
            for code, used in languages.items()
            if len(used) >= MIN_DOMINANCE * (total - len(used))
        }
        return heavy or set(languages)

    def translations(self, uses: Uses, settled: Chosen, before: Uses) -> Chosen:
        """Return the selected texts except `settled`, which were selected from `before`."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for key, by_code in uses.languages.items():
            languages = {
                code: set(used) for code, used in by_code.items() if not self.is_excluded(key, code)
            }
            if len(languages) < len(by_code):
                self.idle_words.discard(key)
            own = set(languages)
            for code, used in before.languages.get(key, {}).items():
                if key in settled.get(code, {}):
                    languages.setdefault(code, set()).update(used)
            owners = self.owners(key, languages)
            for code in sorted(own):
                if code not in owners:
                    self.idle_words.discard(key)
                elif key not in settled.get(code, {}):
                    found[code][key] = uses.spelling(key, code)
        return found

    def places(self, uses: Uses, taken: set[str]) -> Chosen:
        """Return the unambiguous names of subdivisions; `taken` are normalized translations."""
        known = self.known
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for key, by_code in uses.languages.items():
            words = [word for word in key.split() if len(word) >= MIN_PLACE_LENGTH]
            is_excluded = (
                len(by_code) > 1
                or key in taken
                or key in known.texts
                or key in known.codes
                or len(key.replace(" ", "")) < MIN_PLACE_LENGTH
                or key in known.everyday
                or key in known.subjects
                or (words and known.everyday.issuperset(words))
            )
            if is_excluded:
                self.idle_words.discard(key)
                continue
            for code in by_code:
                found[code][key] = uses.spelling(key, code)
        return found


# --- All together


def render(head: str, columns: Mapping[str, Chosen], codes: Iterable[str]) -> bytes:
    """Return columns of texts by country as TOML, after a head comment."""
    lines = [head.format_map(PINNED).strip(), ""]
    for code in codes:
        listed = {name: chosen[code] for name, chosen in columns.items() if code in chosen}
        lines += ["[[country]]", f'code = "{code}"'] if listed else []
        for column, texts in listed.items():
            lines += [f"{column} = [", *(f"  {quoted(texts[key])}," for key in sorted(texts)), "]"]
        lines += [""] if listed else []
    return "\n".join(lines).encode()


def license_text(package: str, name: str) -> bytes:
    """Return the licence text in a package."""
    files = distribution(package).files or []
    return next(file for file in files if file.name == name).read_binary()


def main() -> None:
    """Write or check the files."""
    require_packages(PINNED)
    own = tomllib.loads(OWN.read_text(encoding="utf-8"))
    known = Known(own)
    codes = [each["code"] for each in known.countries]
    choice, from_cldr = Choice(known, own), cldr(codes)
    translated = choice.translations(from_cldr, {}, Uses())
    more = choice.translations(iso_codes(), translated, from_cldr)
    taken = {key for chosen in (translated, more) for texts in chosen.values() for key in texts}
    parts = choice.places(places(own), taken)
    idle = choice.idle | choice.idle_words
    if idle:
        sys.exit(f"{OWN.name}: no effect in `belongs` or `words`: {', '.join(sorted(idle))}")
    heads = own["head"]
    files = {
        "translations.toml": render(heads["translations"], {"translations": translated}, codes),
        "iso-codes.toml": render(
            heads["iso_codes"], {"translations": more, "places": parts}, codes
        ),
        "LICENSE-LGPL-2.1": license_text("pycountry", "LICENSE.txt"),
        "LICENSE-UNICODE": license_text("babel", "LICENSE.unicode"),
    }
    write_or_check({FOLDER / name: text for name, text in files.items()}, "make countries")


if __name__ == "__main__":
    main()
