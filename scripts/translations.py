"""Owns `data/names/translations.toml` and `iso-codes.toml`: what countries are called in all the other languages.

In: the territories of all locales of CLDR (package `babel`), the countries and subdivisions of iso-codes with their
translations (package `pycountry`), `data/countries.toml`, `data/names/everyday.txt`, and our own decisions,
`scripts/names-own.toml`. Out: two files, the same bytes every time, and the licenses of CLDR and iso-codes beside them.
Nothing is fetched. Run it where `bilatcli` and both packages are installed, after `countries.py` and `words.py`:

    python scripts/translations.py             write the files
    python scripts/translations.py --check     exit 1 if a file on disk is not what would be written
    python scripts/translations.py --report    write nothing; print the counts, what was dropped and what is ambiguous
"""

from __future__ import annotations

import argparse
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

from bilatcli.text import fold
from countries import PINNED as OF_COUNTRIES
from countries import ROOT, TARGET, plain, quoted, require_packages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    # By country the texts that stay, by their folded form.
    Chosen = Mapping[str, Mapping[str, str]]

OWN = ROOT / "scripts" / "names-own.toml"
FOLDER = ROOT / "data" / "names"
PINNED = {"babel": OF_COUNTRIES["babel"], "pycountry": "26.2.16"}

# Names of another country that a translation may not be. It may be what another country was called, or a capital.
KINDS_OF_NAMES = {"name", "official", "alias", "native"}
# A text that one country has in so many times as many languages as all others is that country's alone.
OUTWEIGHS = 4
# Shorter names of subdivisions are too often something else.
SHORTEST_PLACE = 4


@dataclass(slots=True)
class Uses:
    """What the origins call countries: how a folded text of a country is written, and in which languages."""

    texts: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    languages: dict[str, dict[str, set[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )

    def add(self, code: str, text: str, locale: str) -> None:
        """Add that a country is called `text` in a locale."""
        folded = fold(text)
        self.texts[folded, code][text] += 1
        self.languages[folded][code].add(re.split("[_@]", locale)[0])

    def written(self, folded: str, code: str) -> str:
        """Return how a folded text of a country is written most."""
        found = self.texts[folded, code]
        return min(found, key=lambda text: (-found[text], text))


class Known:
    """What is settled before translations are: names and codes of `data/countries.toml`, everyday words."""

    def __init__(self, own: Mapping[str, Any]) -> None:
        self.countries = tomllib.loads(TARGET.read_text(encoding="utf-8"))["country"]
        self.everyday = {
            *(FOLDER / "everyday.txt").read_text(encoding="utf-8").splitlines(),
            *own["words"]["texts"],
        }

    @cached_property
    def codes(self) -> set[str]:
        """All codes of countries, in small letters."""
        return {
            each[key].lower()
            for each in self.countries
            for key in ("code", "alpha3", "numeric")
            if key in each
        }

    @cached_property
    def texts(self) -> dict[str, set[str]]:
        """Folded text to the countries that have it, of whatever kind."""
        return self._holders(KINDS_OF_NAMES | {"former", "demonym", "capital"})

    @cached_property
    def names(self) -> dict[str, set[str]]:
        """Folded text to the countries that have it as a name rather than as a capital, people or former name."""
        return self._holders(KINDS_OF_NAMES)

    def _holders(self, kinds: set[str]) -> dict[str, set[str]]:
        found = defaultdict(set)
        for each in self.countries:
            for name in each["names"]:
                if name["kind"] in kinds:
                    found[fold(name["text"])].add(each["code"])
        return found


# --- Origins


def cldr(codes: Iterable[str]) -> Uses:
    """Return what the locales of CLDR call the countries."""
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
    """Return what iso-codes calls the countries, in English and in all its translations."""
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
    """Yield the names in the name of a subdivision as iso-codes has it.

    >>> list(place_names("Catalunya [Cataluña]")), list(place_names("Ilocos (Region I)"))
    (['Catalunya', 'Cataluña'], ['Ilocos'])
    >>> list(place_names("Bristol, City of")), list(place_names("Newry, Mourne and Down"))
    (['Bristol'], ['Newry, Mourne and Down'])
    >>> list(place_names("Bridgend [Pen-y-bont ar Ogwr GB-POG]")), list(place_names("Uppsala län [SE-03]"))
    (['Bridgend', 'Pen-y-bont ar Ogwr'], ['Uppsala län'])
    """
    outside = re.sub(r"\s*[(\[].*", "", name)
    inside = re.search(r"\[(.*?) ?(?:[A-Z]{2}-[A-Z0-9]{1,3})?\]", name)
    # What follows a comma is the kind of subdivision, unless it ends a list of the parts that the subdivision has.
    head, _, rest = outside.partition(", ")
    texts = re.split(r" ?/+ ?", outside if re.search(" (?:and|y) ", rest) else head)
    yield from (plain(text) for text in [*texts, inside[1] if inside else ""] if text)


def places(own: Mapping[str, Any]) -> Uses:
    """Return what the subdivisions of the countries are called, without the contested ones."""
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
    """Chooses texts, and remembers which went and why."""

    def __init__(self, known: Known, own: Mapping[str, Any]) -> None:
        self.known = known
        self.belongs: Mapping[str, list[str]] = own["belongs"]
        self.idle = set(self.belongs)
        self.idle_words = set(own["words"]["texts"])
        self.dropped: dict[str, list[str]] = defaultdict(list)

    def reason(self, folded: str, code: str) -> str | None:
        """Return why a text is no translation of the name of a country, or None."""
        reasons = {
            "no letters": not re.search(r"[^\W\d_]", folded),
            "code": folded in self.known.codes,
            "two letters": re.fullmatch("[a-z]{1,2}", folded),
            "there already": code in self.known.texts.get(folded, ()),
            "everyday word": folded in self.known.everyday,
            "another's name": folded in self.known.names,
        }
        return next((reason for reason, holds in reasons.items() if holds), None)

    def keeping(self, folded: str, languages: Mapping[str, set[str]]) -> set[str]:
        """Return the countries that keep a text, of those that have it in some languages."""
        if folded in self.belongs:
            keeping = set(self.belongs[folded])
            if len(languages) > 1 or keeping.isdisjoint(languages):
                self.idle.discard(folded)
            return keeping
        total = sum(map(len, languages.values()))
        heavy = {
            code for code, used in languages.items() if len(used) >= OUTWEIGHS * (total - len(used))
        }
        return heavy or set(languages)

    def translations(self, uses: Uses, settled: Chosen, before: Uses) -> Chosen:
        """Return what stays and is not `settled`; `before` are the uses that what is settled has been chosen from."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for folded, by_code in uses.languages.items():
            languages = {
                code: set(used)
                for code, used in by_code.items()
                if not self._is_out(folded, code, uses)
            }
            own = set(languages)
            for code, used in before.languages.get(folded, {}).items():
                if folded in settled.get(code, {}):
                    languages.setdefault(code, set()).update(used)
            keeping = self.keeping(folded, languages)
            for code in sorted(own):
                if code not in keeping:
                    self._drop("another has it", folded, code, uses)
                elif folded not in settled.get(code, {}):
                    found[code][folded] = uses.written(folded, code)
        return found

    def _is_out(self, folded: str, code: str, uses: Uses) -> bool:
        reason = self.reason(folded, code)
        if reason is not None:
            self._drop(reason, folded, code, uses)
        return reason is not None

    def _drop(self, reason: str, folded: str, code: str, uses: Uses) -> None:
        self.idle_words.discard(folded)
        self.dropped[reason].append(f"{code} {uses.written(folded, code)}")

    def places(self, uses: Uses, taken: set[str]) -> Chosen:
        """Return the names of subdivisions that could be nothing else."""
        known = self.known
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for folded, by_code in uses.languages.items():
            words = [word for word in folded.split() if len(word) >= SHORTEST_PLACE]
            reasons = {
                "place: several countries'": len(by_code) > 1,
                "place: a country's name": folded in taken
                or folded in known.texts
                or folded in known.codes,
                "place: short": len(folded.replace(" ", "")) < SHORTEST_PLACE,
                "place: everyday words": folded in known.everyday
                or (words and known.everyday.issuperset(words)),
            }
            reason = next((reason for reason, holds in reasons.items() if holds), None)
            for code in by_code:
                if reason is None:
                    found[code][folded] = uses.written(folded, code)
                else:
                    self._drop(reason, folded, code, uses)
        return found


# --- All together


def rendered(head: str, columns: Mapping[str, Chosen], codes: Iterable[str]) -> bytes:
    """Return columns of texts by country as TOML under a head comment."""
    lines = [head.format_map(PINNED).strip(), ""]
    for code in codes:
        listed = {
            column: sorted(chosen[code].items())
            for column, chosen in columns.items()
            if code in chosen
        }
        lines += ["[[country]]", f'code = "{code}"'] if listed else []
        for column, texts in listed.items():
            lines += [f"{column} = [", *(f"  {quoted(text)}," for _, text in texts), "]"]
        lines += [""] if listed else []
    return "\n".join(lines).encode()


def report(choice: Choice, columns: Mapping[str, Chosen]) -> Iterator[str]:
    """Yield lines: counts, what each rule dropped, then the texts that several countries keep."""
    together: dict[str, set[str]] = defaultdict(set)
    for column, chosen in columns.items():
        folds = [folded for texts in chosen.values() for folded in texts]
        yield f"{column}: {len(folds)} texts, {len(set(folds))} different, of {len(chosen)} countries"
        for code, texts in chosen.items():
            for folded in texts:
                together[folded].add(code)
    for reason, listed in sorted(choice.dropped.items()):
        yield f"dropped, {reason}: {len(listed)}" + (
            f": {'; '.join(listed)}" if reason != "there already" else ""
        )
    for folded, codes in sorted(together.items()):
        everyone = codes | choice.known.texts.get(folded, set())
        if len(everyone) > 1:
            yield f"ambiguous: {folded}: {', '.join(sorted(everyone))}"


def license_text(package: str, name: str) -> bytes:
    """Return the text of a license as a package ships it."""
    files = distribution(package).files or []
    return next(file for file in files if file.name == name).read_binary()


def main() -> None:
    """Write, check or report."""
    parser = argparse.ArgumentParser(
        description="Generate data/names/translations.toml and iso-codes.toml."
    )
    parser.add_argument("--check", action="store_true", help="exit 1 if a file on disk differs")
    parser.add_argument(
        "--report", action="store_true", help="print counts, what was dropped and what is ambiguous"
    )
    options = parser.parse_args()
    require_packages(PINNED)
    own = tomllib.loads(OWN.read_text(encoding="utf-8"))
    known = Known(own)
    codes = [each["code"] for each in known.countries]
    choice, from_cldr = Choice(known, own), cldr(codes)
    translated = choice.translations(from_cldr, {}, Uses())
    more = choice.translations(iso_codes(), translated, from_cldr)
    taken = {
        folded for chosen in (translated, more) for texts in chosen.values() for folded in texts
    }
    parts = choice.places(places(own), taken)
    idle = choice.idle | choice.idle_words
    if idle:
        sys.exit(
            f"{OWN.name}: `belongs` or `words` has what changes nothing: {', '.join(sorted(idle))}"
        )
    if options.report:
        print(
            "\n".join(
                report(
                    choice,
                    {"translations.toml": translated, "iso-codes.toml": more, "places": parts},
                )
            )
        )
        return
    wanted = {
        "translations.toml": rendered(
            own["head"]["translations"], {"translations": translated}, codes
        ),
        "iso-codes.toml": rendered(
            own["head"]["iso_codes"], {"translations": more, "places": parts}, codes
        ),
        "LICENSE-LGPL-2.1": license_text("pycountry", "LICENSE.txt"),
        "LICENSE-UNICODE": license_text("babel", "LICENSE.unicode"),
    }
    for name, content in wanted.items():
        path = FOLDER / name
        if not options.check:
            path.write_bytes(content)
        elif not path.exists() or path.read_bytes() != content:
            sys.exit(f"{path.relative_to(ROOT)} is not what scripts/translations.py writes; run it")


if __name__ == "__main__":
    main()
