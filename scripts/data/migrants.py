"""Generate the pack `migrants` from the migrant stocks of UN DESA for 2020.

Input: the migrant stocks of 1990 to 2020 as a table.

    python scripts/data/migrants.py FOLDER [--check]
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from common import csv_bytes, main, pack_bytes, read_rows

if TYPE_CHECKING:
    from pathlib import Path

    from common import Countries, Files, Row

INPUTS = {
    "stock_2020_edition.tsv.gz": "6348c022b064fc5c5a3f5ec87980836d5e82a765c8044d9b16b282e8bc074fe2"
}
REPOSITORY = "https://github.com/X80110/migration-visualization"
COMMIT = "cb840bd0b4a94cb70dcbb98c59290bb640182d2c"
YEAR = "2020"
UPDATED = dt.date(2026, 11, 29)
MIN_PEOPLE = 1_000
MIN_PEOPLE_G20 = 10
"""Between two states of the G20."""

COMMENT = f"""\
Migrants by origin in {YEAR}, generated from the estimates of UN DESA by scripts/data/migrants.py.
Do not edit.

Licence: CC-BY-3.0-IGO. United Nations, Department of Economic and Social Affairs, Population
Division: International Migrant Stock 2020 (POP/DB/MIG/Stock/Rev.2020), as in json/stock.json of
{REPOSITORY} at commit
{COMMIT}. Changed: numbers from {MIN_PEOPLE:,} up only, between two
states of the G20 from {MIN_PEOPLE_G20} up, as sentences.

Left out: the Channel Islands, which are two in ISO 3166-1. A pair that is not here may have fewer
migrants, or none may be known.
"""

SOURCE = {
    "id": "un-desa-migrants-2020",
    "type": "dataset",
    "title": "International Migrant Stock 2020 (POP/DB/MIG/Stock/Rev.2020)",
    "publisher": "United Nations, Department of Economic and Social Affairs, Population Division",
    "issued": "2020",
    "url": f"{REPOSITORY}/blob/{COMMIT}/json/stock.json",
    "lang": "en",
    "reliability": "official",
    "accessed": "2026-11-28",
}
COLUMNS = ("from", "to", "people")
# The data set has "DR Congo" too.
NAMED = {"Congo": "CG"}

TABLE: dict[str, Any] = {
    "id": "migrants",
    "file": "migrants.csv",
    "pair": "directed",
    "columns": {"people": "integer"},
    "key": YEAR,
    "rank": 7,
    "topic": "humanitarian",
    "text": f"In {YEAR}, {{people:,}} migrants from {{from:the}} lived in {{to:the}}, by the UN's "
    "estimate.",
    "as_of": YEAR,
    "sources": ["un-desa-migrants-2020"],
    "verification": "cited",
}


def code(row: Row, side: str, countries: Countries) -> str | None:
    """Return the code of the origin or the destination of migrants."""
    name = row[f"{side}_name"]
    if row[side]:
        return countries.check_code(row[side])
    return NAMED.get(name) or countries.code(name)


def generate(folder: Path, countries: Countries) -> Files:
    """Return the pack and its table."""
    found = []
    for row in read_rows(folder, "stock_2020_edition.tsv.gz", INPUTS):
        is_in_g20 = countries.g20.issuperset((row["origin"], row["destination"]))
        least = MIN_PEOPLE_G20 if is_in_g20 else MIN_PEOPLE
        if row["year"] == YEAR and int(row["stock"]) >= least:
            pair = [code(row, side, countries) for side in ("origin", "destination")]
            if None not in pair:
                found.append((*pair, row["stock"]))
    pack = {
        "name": "migrants",
        "title": "Migrants by origin",
        "licence": "CC-BY-3.0-IGO",
        "updated": UPDATED,
        "coverage": "generated",
    }
    return {
        "migrants.toml": pack_bytes(COMMENT, pack, [SOURCE], [TABLE]),
        "migrants.csv": csv_bytes(COLUMNS, found),
    }


if __name__ == "__main__":
    main(generate)
