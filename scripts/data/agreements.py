"""Generate the pack `agreements`: trade agreements and other treaties of two countries.

Inputs: the data sets DESTA and GGO of the package manytreaties 1.0.0, as tables.

    python scripts/data/agreements.py FOLDER [--check]
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from bilatcli.normalization import normalize
from common import csv_bytes, main, pack_bytes, read_rows
from treaties import read_parties, read_treaties

if TYPE_CHECKING:
    from pathlib import Path

    from common import Countries, Files, Row
    from treaties import Treaty

INPUTS = {
    "agreements_DESTA.tsv.gz": "abaa8a5f8ca1164006d6a60de6529de796e5458da8c00f327a0145afc95638c9",
    "parties_DESTA.tsv.gz": "65024ef22f1d31384a0a8432269690dcf44ab681765dcbdaf4d13f6dd8d739e3",
    "agreements_GGO.tsv.gz": "3313e9666116aeb2bdbe64389ffe62d3324312e378c79dcb5abaedfe4ed3e76d",
    "parties_GGO_bilateral.tsv.gz": (
        "3e68a6a08b9e24f3897eac019a1cd62f832d1e9c6a75de79eca246aacbe23cb1"
    ),
}
REPOSITORY = "https://github.com/globalgov/manytreaties"
COMMIT = "4bf79f94c78a9f9016bd55b99135b45208500631"
UPDATED = dt.date(2026, 11, 28)
MAX_TITLE_WORDS = 25
MAX_TITLE_LENGTH = 145

COMMENT = f"""\
Treaties of two countries, generated from the package manytreaties 1.0.0 by
scripts/data/agreements.py. Do not edit.

Licence: CC-BY-4.0. James Hollway et al., manytreaties, {REPOSITORY}
at commit {COMMIT}: its data sets DESTA (Andreas Duer, Leonardo
Baccini, Manfred Elsig: trade agreements) and GGO (environment, trade and boundaries). Changed:
treaties of two countries only, as sentences; DESTA's years are made days where GGO has the day.

Titles are those of the data set, which leaves out punctuation. Left out: treaties without a day or
year of signature, those signed before 1945, those whose title does not name both parties and no
other country, and those of states that are gone, except the Soviet Union. Both end in 2020 or soon
after; neither says which treaties have ended since.
"""

SOURCES = [
    {
        "id": "desta",
        "type": "dataset",
        "title": "Design of Trade Agreements (DESTA), in manytreaties 1.0.0",
        "authors": ["Dür, Andreas", "Baccini, Leonardo", "Elsig, Manfred"],
        "publisher": "manytreaties",
        "issued": "2025-10-05",
        "url": f"{REPOSITORY}/blob/{COMMIT}/data/agreements.rda",
        "lang": "en",
        "reliability": "academic",
        "accessed": "2026-11-28",
    },
    {
        "id": "ggo",
        "type": "dataset",
        "title": "GGO agreements, in manytreaties 1.0.0",
        "authors": ["Hollway, James", "Sposito, Henrique"],
        "publisher": "manytreaties",
        "issued": "2025-10-05",
        "url": f"{REPOSITORY}/tree/{COMMIT}",
        "lang": "en",
        "reliability": "academic",
        "accessed": "2026-11-28",
    },
]
TABLES = {
    "treaty": ("treaties.csv", "diplomacy", 5),
    "boundary-treaty": ("boundary-treaties.csv", "geography", 4),
    "energy-treaty": ("energy-treaties.csv", "energy", 5),
}
"""The tables of treaties with their topics; `SUBJECTS` has those of the last two."""
SUBJECTS = {
    "Delimitation": "boundary-treaty",
    "Nuclear Energy": "energy-treaty",
    "Oil and Gas": "energy-treaty",
    "Water Energy": "energy-treaty",
}
KINDS = ("Agreement", "Amendment", "MOU", "Protocol")
ABOUT = {
    "Birds": "birds",
    "Crab": "crab fishing",
    "Delimitation": "a delimitation at sea",
    "Fishing": "fishing",
    "Hazardous Waste": "hazardous waste",
    "Nuclear Accidents": "nuclear accidents",
    "Nuclear Energy": "nuclear energy",
    "Nuclear Material": "nuclear material",
    "Oil and Gas": "oil and gas",
    "Salmon Fishing": "salmon fishing",
    "Tuna Fishing": "tuna fishing",
    "Whale Fishing": "whaling",
}
"""What a treaty with a long title is about, by the subject of the data set, where that is plain."""
ON_BOUNDARIES = re.compile(r"Boundar|Delimit|Frontier")
"""What a title says if the subject "Delimitation" is right."""
NOT_SIGNED = re.compile(r"\b(?:Communique|Minutes?|Resolution|Session)\b")
# In DESTA as trade agreements of 2019 of the United Kingdom with two parties: that with
# Liechtenstein has three, those with Australia and New Zealand are on mutual recognition.
NOT_TRADE = {"1018", "1028", "1030"}
TREATY_COLUMNS = ("a", "b", "signed", "no", "force", "title", "about", "other")
TRADE_COLUMNS = ("a", "b", "signed", "force", "source", "year")
# Words of a title that is only a list of countries, so of a trade agreement.
PLAIN_WORDS = set(
    "and agreement anzcerta area cepa free fta of patcra republic state the trade union".split()
)


# --- Trade agreements


def is_trade_agreement(treaty: Treaty) -> bool:
    """Return True if GGO lists a trade agreement, by its countries only."""
    is_agreement = treaty.row["TypeAgree"] == "Agreement"
    return is_agreement and set(treaty.named.words) <= PLAIN_WORDS


def trade_rows(desta: list[Treaty], ggo: list[Treaty]) -> list[tuple[object, ...]]:
    """Return the trade agreements once each: GGO's with its days, and the others of DESTA.

    The year of DESTA is given where it differs from GGO's by one.
    """
    days: dict[tuple[str, str], dict[str, Treaty]] = defaultdict(dict)
    for treaty in (each for each in ggo if not each.named.is_soviet):
        days[treaty.pair].setdefault(treaty.signed, treaty)
    found: dict[tuple[tuple[str, str], str], tuple[object, ...]] = {}
    for pair, treaties in days.items():
        for signed, treaty in treaties.items():
            found[pair, signed] = (*pair, signed, treaty.force, "ggo", None)
    for treaty in (each for each in desta if not each.named.is_soviet):
        near = [day for day in days[treaty.pair] if abs(years_apart(day, treaty.signed)) <= 1]
        if not near:
            key = (treaty.pair, treaty.signed)
            found.setdefault(key, (*key[0], treaty.signed, treaty.force, "desta", None))
        elif all(years_apart(day, treaty.signed) for day in near):
            row = found[treaty.pair, near[0]]
            found[treaty.pair, near[0]] = (*row[:-1], treaty.signed[:4])
    return list(found.values())


def years_apart(one: str, other: str) -> int:
    """Return the years from the second date to the first."""
    return int(one[:4]) - int(other[:4])


# --- Other treaties


def is_treaty(treaty: Treaty) -> bool:
    """Return True if GGO lists a treaty that is not a trade agreement, under a title of its own."""
    is_named_by_parties = treaty.row["treatyID"].endswith("O")
    is_kind = treaty.row["TypeAgree"] in KINDS
    return (
        is_kind
        and not is_named_by_parties
        and not is_trade_agreement(treaty)
        and NOT_SIGNED.search(treaty.row["Title"]) is None
    )


def description(row: Row) -> str | None:
    """Return what a treaty is, for one whose title is long: "a protocol on fishing"."""
    subject = ABOUT.get(row["TypeSubject"])
    if subject is None or (row["TypeSubject"] == "Delimitation" and not is_on_boundary(row)):
        return None
    kinds = {"Protocol": "a protocol", "Memorandum": "a memorandum of understanding"}
    return f"{kinds.get(row['Title'].split()[0], 'an agreement')} on {subject}"


def table_of(row: Row) -> str:
    """Return the table that a treaty belongs to."""
    is_listed = row["TypeSubject"] != "Delimitation" or is_on_boundary(row)
    return SUBJECTS.get(row["TypeSubject"], "treaty") if is_listed else "treaty"


def is_on_boundary(row: Row) -> bool:
    """Return True if the title of a treaty is on a boundary."""
    return ON_BOUNDARIES.search(row["Title"]) is not None


def treaty_rows(ggo: list[Treaty], countries: Countries) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of each table of treaties. Treaties of one pair and day are numbered."""
    numbers: Counter[tuple[str, tuple[str, str], str]] = Counter()
    seen: set[tuple[tuple[str, str], str, str]] = set()
    tables: dict[str, list[tuple[object, ...]]] = {table: [] for table in TABLES}
    for treaty in sorted(ggo, key=lambda each: (each.pair, each.signed, each.row["Title"])):
        title = treaty.row["Title"]
        is_short = len(title.split()) <= MAX_TITLE_WORDS and len(title) <= MAX_TITLE_LENGTH
        about = None if is_short else description(treaty.row)
        what = (treaty.pair, treaty.signed, about or normalize(title))
        if not is_short and about is None:
            countries.leave_out("long titles without a subject", f"{treaty.signed}: {title}")
        elif what in seen:
            countries.leave_out("treaties that are listed twice", f"{treaty.signed}: {title}")
        else:
            seen.add(what)
            table = table_of(treaty.row)
            numbers[table, treaty.pair, treaty.signed] += 1
            no = numbers[table, treaty.pair, treaty.signed]
            others = [code for code in treaty.pair if code != "RU"]
            other = others[0] if treaty.named.is_soviet else None
            shown = title if is_short else None
            tables[table].append(
                (*treaty.pair, treaty.signed, no, treaty.force, shown, about, other)
            )
    return tables


def texts() -> list[str]:
    """Return the templates of a treaty: of the Soviet Union or not, with a title or not."""
    return [
        f"{who} signed {what} ({{signed:long}}{force})."
        for who in ("{other:The} and the Soviet Union", "{a:The} and {b:the}")
        for what in ("“{title}”", "{about}")
        for force in ("; in force {force:long}", "")
    ]


# --- The pack


def trade_table() -> dict[str, Any]:
    """Return the entry of the table of trade agreements."""
    return {
        "id": "trade-agreement",
        "file": "trade-agreements.csv",
        "pair": "undirected",
        "columns": {"signed": "date", "force": "date?", "source": "source", "year": "year?"},
        "rank": 5,
        "topic": "trade",
        "text": [
            "{a:The} and {b:the} signed a trade agreement ({signed:long}; in force {force:long}).",
            "{a:The} and {b:the} signed a trade agreement ({signed:long}).",
        ],
        "date": "{signed}",
        "status": "historical",
        "sources": ["{source}"],
        "verification": "single-source-claim",
        "note": "DESTA gives {year} as the year of signature.",
    }


def treaty_table(id: str) -> dict[str, Any]:
    """Return the entry of a table of treaties."""
    file, topic, rank = TABLES[id]
    return {
        "id": id,
        "file": file,
        "pair": "undirected",
        "columns": {
            "signed": "date",
            "no": "integer",
            "force": "date?",
            "title": "text?",
            "about": "text?",
            "other": "country?",
        },
        "key": "{signed}-{no}",
        "rank": rank,
        "topic": topic,
        "text": texts(),
        "date": "{signed}",
        "status": "historical",
        "sources": ["ggo"],
        "verification": "single-source-claim",
    }


def generate(folder: Path, countries: Countries) -> Files:
    """Return the pack and its tables."""
    desta_rows, desta_parties, ggo_rows, ggo_parties = (
        read_rows(folder, name, INPUTS) for name in INPUTS
    )
    parties = read_parties(desta_parties, "destaID")
    desta = read_treaties(
        (
            row
            for row in desta_rows
            if row["TypeAgree"] == "Agreement" and row["destaID"] not in NOT_TRADE
        ),
        parties, "destaID", countries,
    )  # fmt: skip
    ggo = read_treaties(ggo_rows, read_parties(ggo_parties, "treatyID"), "treatyID", countries)
    trade = trade_rows(desta, [each for each in ggo if is_trade_agreement(each)])
    treaties = treaty_rows([each for each in ggo if is_treaty(each)], countries)
    pack = {
        "name": "agreements",
        "title": "Treaties of two countries",
        "licence": "CC-BY-4.0",
        "updated": UPDATED,
        "coverage": "generated",
    }
    tables = [trade_table(), *map(treaty_table, TABLES)]
    return {
        "agreements.toml": pack_bytes(COMMENT, pack, SOURCES, tables),
        "trade-agreements.csv": csv_bytes(TRADE_COLUMNS, trade),
        **{TABLES[id][0]: csv_bytes(TREATY_COLUMNS, rows) for id, rows in treaties.items()},
    }


if __name__ == "__main__":
    main(generate)
