"""Generate the pack `trade` from the editions of The World Factbook.

The pack has the share of each trade partner that an edition names, by year. The input is read from
the texts "Partner 12.3%, ... (year)" of the editions; where several give the same year, it has the
newest.

    python scripts/data/trade.py FOLDER [--check]
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from common import csv_bytes, main, pack_bytes, read_rows

if TYPE_CHECKING:
    from pathlib import Path

    from common import Countries, Files, Row

INPUTS = {
    "trade_partners.tsv.gz": "3dd48306dd8bb8c7791c0045518d78d5214fe6d8b475c247a6631ccae1d8c9cc"
}
REPOSITORY = "https://github.com/MilkMp/CIA-World-Factbooks-Archive-1990-2025"
COMMIT = "b998f60a91d7de6fde80f3d4d216fa0e591a099e"
UPDATED = dt.date(2026, 11, 28)
FIRST_YEAR, LAST_YEAR = 1997, 2023

MAX_SUM = 102.0
"""Per cent. Shares of the countries in one list that add up to more are not shares of one whole."""

COMMENT = f"""\
Shares of trade partners, generated from The World Factbook by scripts/data/trade.py. Do not edit.

Licence: CC0-1.0. The World Factbook is in the public domain. The texts of its editions are those of
{REPOSITORY}
at commit {COMMIT}.

An edition names the main partners only: a country that is not named may still be a partner. Left
out: the European Union and other groups, past states, shares that editions of a year give twice,
and lists whose shares add up to more than {MAX_SUM:g} per cent.
"""

FLOWS = {
    "exports": (
        "In {year} {to:the} took {share:g}% of {from:poss} exports.",
        "In {year} {to:the} took under 1% of {from:poss} exports.",
    ),
    "imports": (
        "In {year} {share:g}% of {from:poss} imports came from {to:the}.",
        "In {year} under 1% of {from:poss} imports came from {to:the}.",
    ),
}
COLUMNS = ("from", "to", "year", "share", "edition", "status", "later")
# Names of more or less than one country, though a name of a country is in them.
NOT_ONE = ("including", "excluding", "mainly", " and Puerto Rico")
# The Factbook's abbreviations, which are codes to the resolver, and a name without its apostrophe.
KNOWN = {
    "Cote dIvoire": "CI",
    "DRC": "CD",
    "GB": "GB",
    "NZ": "NZ",
    "UAE": "AE",
    "UK": "GB",
    "US": "US",
    "USA": "US",
}


def read_shares(folder: Path, countries: Countries) -> dict[tuple[str, str, str], list[Row]]:
    """Return the lists of partners by country, flow and year."""
    lists: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in read_rows(folder, "trade_partners.tsv.gz", INPUTS):
        if FIRST_YEAR <= int(row["year"]) <= LAST_YEAR and countries.check_code(row["country"]):
            lists[row["country"], row["flow"], row["year"]].append(row)
    return lists


def one_country(name: str, countries: Countries) -> str | None:
    """Return the code of a partner, or None for a group or a part of a country."""
    if any(part in name for part in NOT_ONE):
        countries.leave_out("names that are not those of one country", name)
        return None
    return KNOWN.get(name) or countries.code(name)


def read_list(key: tuple[str, str, str], rows: list[Row], countries: Countries) -> dict[str, Row]:
    """Return the partners in a list that are countries."""
    owner = key[0]
    codes = [one_country(row["partner_name"], countries) for row in rows]
    named = Counter(code for code in codes if code)
    for code, count in named.items():
        if code == owner or count > 1:
            reason = "partners of themselves" if code == owner else "partners with two shares"
            countries.leave_out(reason, f"{' '.join(key)} {code}")
    shares = {
        code: row
        for code, row in zip(codes, rows, strict=True)
        if code and code != owner and named[code] == 1
    }
    total = sum(float(row["share_percent"]) for row in shares.values())
    if total > MAX_SUM:
        countries.leave_out("lists of more than a whole", f"{' '.join(key)}: {total:.1f}%")
        return {}
    return shares


def trade_rows(
    flow: str, lists: dict[tuple[str, str, str], list[Row]], countries: Countries
) -> list[tuple[object, ...]]:
    """Return the rows of a flow. A share is current if it is in the newest list of its country."""
    read = {key: read_list(key, rows, countries) for key, rows in lists.items() if key[1] == flow}
    last: dict[str, str] = {}
    newest: dict[tuple[str, str], str] = {}
    for (owner, _, year), shares in read.items():
        last[owner] = max(year, last.get(owner, year))
        for code in shares:
            newest[owner, code] = max(year, newest.get((owner, code), year))
    found: list[tuple[object, ...]] = []
    for (owner, _, year), shares in read.items():
        for code, row in shares.items():
            is_current = year == last[owner]
            # A list with a group may count the country in it.
            is_gone = newest[owner, code] == year and not is_current
            says_so = is_gone and names_only_countries(owner, read, lists, (flow, last[owner]))
            share = float(row["share_percent"])
            status = "current" if is_current else "historical"
            later = last[owner] if says_so else None
            edition = f"factbook-{row['edition']}"
            found.append(
                (owner, code, year, f"{share:g}" if share else None, edition, status, later)
            )
    return found


def names_only_countries(
    owner: str,
    read: dict[tuple[str, str, str], dict[str, Row]],
    lists: dict[tuple[str, str, str], list[Row]],
    last: tuple[str, str],
) -> bool:
    """Return True if all partners in a list were read as countries."""
    key = (owner, *last)
    return len(read[key]) == len(lists[key])


def source(edition: str) -> dict[str, Any]:
    """Return the record of an edition."""
    year = edition.removeprefix("factbook-")
    return {
        "id": edition,
        "type": "book",
        "title": f"The World Factbook {year}",
        "publisher": "Central Intelligence Agency",
        "issued": year,
        "url": f"{REPOSITORY}/blob/{COMMIT}/data/fields/country_fields_{year}.sql.gz",
        "lang": "en",
        "reliability": "reference",
        "accessed": "2026-11-28",
    }


def table(flow: str, texts: tuple[str, ...]) -> dict[str, Any]:
    """Return the entry of a table in the pack."""
    return {
        "id": flow,
        "file": f"{flow}.csv",
        "pair": "directed",
        "columns": {
            "year": "year",
            "share": "number?",
            "edition": "source",
            "status": "text",
            "later": "year?",
        },
        "key": "{year}",
        "keep": "newest",
        "rank": 4,
        "topic": "trade",
        "text": list(texts),
        "as_of": "{year}",
        "status": "{status}",
        "sources": ["{edition}"],
        "verification": "cited",
        "note": "The Factbook's list for {later} does not name {to:the}.",
        "measure": flow,
        "share": "{share}",
    }


def generate(folder: Path, countries: Countries) -> Files:
    """Return the pack and its tables."""
    lists = read_shares(folder, countries)
    rows = {flow: trade_rows(flow, lists, countries) for flow in FLOWS}
    editions = {str(row[COLUMNS.index("edition")]) for each in rows.values() for row in each}
    pack = {
        "name": "trade",
        "title": "Trade partners by year",
        "licence": "CC0-1.0",
        "updated": UPDATED,
        "coverage": "generated",
    }
    tables = [table(flow, texts) for flow, texts in FLOWS.items()]
    return {
        "trade.toml": pack_bytes(COMMENT, pack, map(source, editions), tables),
        **{f"{flow}.csv": csv_bytes(COLUMNS, each) for flow, each in rows.items()},
    }


if __name__ == "__main__":
    main(generate)
