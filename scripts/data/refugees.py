"""Generate the pack `refugees` from UNHCR's statistics at the end of one year.

Input: the numbers of all years, by origin and country of asylum, as a table.

    python scripts/data/refugees.py FOLDER [--check]
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from common import csv_bytes, main, pack_bytes, read_rows
from iso3 import read_alpha3

if TYPE_CHECKING:
    from pathlib import Path

    from common import Countries, Files, Row

INPUTS = {
    "population_pairs.csv.gz": "914c9312a7d557b88b1c61444431ee65897933085b32c182ebf5cdee05d127f4"
}
YEAR = 2025
UPDATED = dt.date(2026, 11, 28)
MIN_PEOPLE = 100
"""UNHCR rounds small numbers."""

COMMENT = f"""\
Refugees and asylum seekers at the end of {YEAR}, generated from UNHCR's statistics by
scripts/data/refugees.py. Do not edit.

Licence: CC-BY-4.0. UNHCR, Refugee Population Statistics Database, as of Global Trends {YEAR}: the
table `population` of the package refugees 2025.12.1, in
https://github.com/PopulationStatistics/refugees at commit
0c16a6d0c2f37d8578f9b9e3d1e4459efe850398. Changed: numbers from {MIN_PEOPLE} up only, as
sentences.

Left out: people whose origin is unknown or is not a country of ISO 3166-1. A pair that is not here
may have fewer than {MIN_PEOPLE} people.
"""

SOURCE = {
    "id": "unhcr-2025",
    "type": "dataset",
    "title": "Refugee Population Statistics Database: Global Trends 2025",
    "publisher": "UNHCR",
    "url": "https://www.unhcr.org/refugee-statistics/",
    "lang": "en",
    "reliability": "official",
    "accessed": "2026-11-28",
}
COLUMNS = ("from", "to", "refugees", "seekers", "others", "before")
# Pairs in which most refugees of the year before were counted as others in need of protection.
RECOUNTED = {("AF", "IR")}

HERE = "from {from:the} were in {to:the}, according to UNHCR."

TABLE: dict[str, Any] = {
    "id": "refugees",
    "file": "refugees.csv",
    "pair": "directed",
    "columns": {
        "refugees": "integer?",
        "seekers": "integer?",
        "others": "integer?",
        "before": "integer?",
    },
    "key": str(YEAR),
    "rank": 5,
    "topic": "humanitarian",
    "text": [
        f"At the end of {YEAR}, {{refugees:,}} refugees and {{seekers:,}} asylum seekers {HERE}",
        f"At the end of {YEAR}, {{refugees:,}} refugees {HERE}",
        f"At the end of {YEAR}, {{seekers:,}} asylum seekers {HERE}",
    ],
    "as_of": f"{YEAR}-12-31",
    "sources": ["unhcr-2025"],
    "verification": "cited",
    "note": [
        (
            f"A year before there were {{before:,}} refugees. For {YEAR} UNHCR counts {{others:,}} "
            "people as others in need of international protection instead: part of the fall is a "
            "change of category."
        ),
        "UNHCR counts another {others:,} people from {from:the} as in need of protection there.",
    ],
}


def people(row: Row, column: str) -> int | None:
    """Return a number of people, or None if it is small."""
    count = int(row[column])
    return count if count >= MIN_PEOPLE else None


def refugee_rows(rows: list[Row], countries: Countries) -> list[tuple[object, ...]]:
    """Return the rows of the pairs with enough refugees or asylum seekers."""
    codes = read_alpha3()
    before = {
        (row["coo_iso"], row["coa_iso"]): int(row["refugees"])
        for row in rows
        if row["year"] == str(YEAR - 1)
    }
    found: list[tuple[object, ...]] = []
    for row in (each for each in rows if each["year"] == str(YEAR)):
        refugees, seekers = people(row, "refugees"), people(row, "asylum_seekers")
        if refugees is None and seekers is None:
            continue
        ends = [row["coo_iso"], row["coa_iso"]]
        for code in (each for each in ends if each not in codes):
            countries.leave_out("codes that are not those of a country", code)
        if all(each in codes for each in ends):
            pair = (codes[ends[0]], codes[ends[1]])
            earlier = before[ends[0], ends[1]] if pair in RECOUNTED else None
            found.append((*pair, refugees, seekers, people(row, "oip"), earlier))
    return found


def generate(folder: Path, countries: Countries) -> Files:
    """Return the pack and its table."""
    rows = read_rows(folder, "population_pairs.csv.gz", INPUTS)
    pack = {
        "name": "refugees",
        "title": "Refugees and asylum seekers",
        "licence": "CC-BY-4.0",
        "updated": UPDATED,
        "coverage": "generated",
    }
    return {
        "refugees.toml": pack_bytes(COMMENT, pack, [SOURCE], [TABLE]),
        "refugees.csv": csv_bytes(COLUMNS, refugee_rows(rows, countries)),
    }


if __name__ == "__main__":
    main(generate)
