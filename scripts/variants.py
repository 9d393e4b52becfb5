"""Generate `variants.toml` and `un-names.toml` in `data/names/`: further names of countries.

Inputs:

- the territories of all CLDR locales with their variants, such as `Kongo (DRC)` (npm package
  `cldr-localenames-full`, as a tarball);
- the names of the United Nations in its six languages: those of M49 and of UNTERM, in the data set
  `country-codes` (https://github.com/datasets/country-codes, `data/country-codes.csv`);
- what `translations.py` made, so run it first, and our own decisions, `scripts/names-own.toml`.

The output is reproducible. The script does not use the network:

    npm pack cldr-localenames-full@48.2.0
    python scripts/variants.py --cldr cldr-localenames-full-48.2.0.tgz --un country-codes.csv
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import tarfile
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from bilatcli.index.name_keys import spelling_of
from bilatcli.normalization import normalize
from country_sources import plain
from generated import require_packages, write_or_check
from translations import FOLDER, OWN, PINNED, Choice, Known, Uses, cldr, iso_codes, render

if TYPE_CHECKING:
    from collections.abc import Iterable

    from translations import Chosen

CLDR = "48.2.0"
UN_LANGUAGES = {"ar": "Arabic", "cn": "Chinese", "en": "English", "es": "Spanish"} | {
    "fr": "French",
    "ru": "Russian",
}
ARTICLES = "el|l'|la|las|le|les|los|the"


def cldr_variants(tarball: Path, codes: Iterable[str]) -> Uses:
    """Return the names of countries in all CLDR locales, with their variants and short forms."""
    uses, wanted = Uses(), set(codes)
    with tarfile.open(tarball) as package:
        for member in sorted(package.getmembers(), key=lambda each: each.name):
            if not (found := re.fullmatch(r"package/main/([^/]+)/territories.json", member.name)):
                continue
            file = package.extractfile(member)
            document = json.load(file) if file else {}
            names = document["main"][found[1]]["localeDisplayNames"]["territories"]
            for key, name in names.items():
                if (code := key.partition("-")[0]) in wanted and name != code:
                    uses.add(code, plain(name), found[1].replace("-", "_"))
    return uses


def un_names(path: Path, codes: Iterable[str]) -> Uses:
    """Return the names of the United Nations, without the marks of footnotes."""
    uses, wanted = Uses(), set(codes)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code = row["ISO3166-1-Alpha-2"]
            for short, language in UN_LANGUAGES.items() if code in wanted else ():
                keys = (
                    f"official_name_{short}",
                    *(f"UNTERM {language} {form}" for form in ("Short", "Formal")),
                )
                for name in filter(None, map(row.get, keys)):
                    uses.add(code, without_article(plain(name.rstrip(" *"))), short)
    return uses


def without_article(name: str) -> str:
    """Return a name without its article, which `resolve` ignores.

    >>> without_article("Belgique (la)"), without_article("les Tuvalu"), without_article("l'Inde")
    ('Belgique', 'Tuvalu', 'Inde')
    """
    bare = re.sub(rf" \((?:{ARTICLES})\)$", "", name)
    return re.sub(rf"^(?:(?:{ARTICLES}) |l')", "", bare)


def add_uses(uses: Uses, other: Uses) -> None:
    """Add the names of another origin."""
    for text, counted in other.texts.items():
        uses.texts[text].update(counted)
    for key, by_code in other.languages.items():
        for code, used in by_code.items():
            uses.languages[key][code] |= used


def merge(one: Chosen, other: Chosen) -> Chosen:
    """Return the texts of both by country."""
    return {code: {**one.get(code, {}), **other.get(code, {})} for code in one.keys() | other}


def find_spellings(uses: Uses, known: Known, settled: Chosen) -> Chosen:
    """Return the texts by country that mean it only with their accents and punctuation.

    `Suède` is Sweden; `suede` is an English word. `É.-U.` are the United States; `EU` is not.
    """
    holders: dict[str, set[str]] = defaultdict(set)
    texts: dict[tuple[str, str], str] = {}
    for (_, code), counted in uses.texts.items():
        for text in counted:
            holders[spelling_of(text)].add(code)
            texts.setdefault((spelling_of(text), code), text)
    kept: dict[str, dict[str, str]] = defaultdict(dict)
    for (spelling, code), text in texts.items():
        key = normalize(text)
        is_listed = key in settled.get(code, {}) or code in known.texts.get(key, ())
        if not is_listed and spelling != key and holders[spelling] == {code}:
            kept[code][spelling] = text
    return kept


def main() -> None:
    """Write or check the files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cldr", type=Path, required=True, metavar="TARBALL")
    parser.add_argument("--un", type=Path, required=True, metavar="CSV")
    parser.add_argument("--check", action="store_true", help="exit with 1 if a file is stale")
    asked = parser.parse_args()
    require_packages(PINNED)
    own = tomllib.loads(OWN.read_text("utf-8"))
    known = Known(own)
    codes = [each["code"] for each in known.countries]
    choice = Choice(known, own)
    before = cldr(codes)
    settled = choice.translations(before, {}, Uses())
    iso = iso_codes()
    settled = merge(settled, choice.translations(iso, settled, before))
    add_uses(before, iso)
    files, heads = {}, own["head"]
    for name, uses in (
        ("variants", cldr_variants(asked.cldr, codes)),
        ("un-names", un_names(asked.un, codes)),
    ):
        found = choice.translations(uses, settled, before)
        settled = merge(settled, found)
        add_uses(before, uses)
        columns = {"translations": found, "spellings": find_spellings(uses, known, settled)}
        head = heads[name.replace("-", "_")].replace("{cldr}", CLDR)
        files[FOLDER / f"{name}.toml"] = render(head, columns, codes)
    write_or_check(files, "python scripts/variants.py")


if __name__ == "__main__":
    main()
