"""Read the treaties of two countries from the data sets of manytreaties."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from bilatcli.packs.edtf import parse_date
from iso3 import read_alpha3
from treaty_titles import Titles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from common import Countries, Row
    from treaty_titles import Named

FIRST_DAY = "1945-01-01"
"""Older treaties are often those of empires."""
FOUNDED = {
    **dict.fromkeys("AM AZ BY EE GE KG KZ LT LV MD TJ TM UA UZ".split(), "1990"),
    **dict.fromkeys("BA HR MK SI".split(), "1991"),
    **dict.fromkeys(("CZ", "ER", "SK"), "1993"),
    **dict.fromkeys(("ME", "RS"), "2006-06-03"),
    "BD": "1971-12-16",
    "CN": "1949-10-01",
    "DE": "1949-05-23",
    "IN": "1947-08-15",
    "RU": "1991-12-26",
    "ZW": "1980-04-18",
}
"""Since when a state is that of today. Before, a title must name the Soviet Union for Russia."""


class Treaty(NamedTuple):
    """A treaty of two countries with the day, month or year of its signature."""

    pair: tuple[str, str]
    signed: str
    force: str | None
    row: Row
    named: Named


def date(text: str) -> str | None:
    """Return a plain date of a data set; None without one, or if it is in doubt."""
    if not re.fullmatch(r"\d{4}(?:-\d\d(?:-\d\d)?)?", text):
        return None
    try:
        return parse_date(text).text
    except ValueError:
        return None


def read_treaties(
    rows: Iterable[Row], parties: dict[str, set[str]], key: str, countries: Countries
) -> list[Treaty]:
    """Return the treaties of two countries of today whose titles name both and no other."""
    codes, titles = read_alpha3(), Titles()
    found = []
    for row in rows:
        both = parties.get(row[key], set())
        signed, force = date(row["Signature"]), date(row["Force"])
        if len(both) != 2 or not both <= codes.keys():
            countries.leave_out("treaties without two countries", key)
            continue
        pair = frozenset(codes[each] for each in both)
        named = titles.read(row["Title"], pair)
        # In GGO, the first of January stands for a year that is known alone, and often wrong.
        if signed is None or signed < FIRST_DAY or signed.endswith("-01-01"):
            countries.leave_out("treaties without a date, or before 1945", key)
        elif named is None or not names_both(named, pair, signed):
            countries.leave_out("titles that do not name both", f"{signed}: {row['Title']}")
        else:
            is_later = force is not None and force[: len(signed)] >= signed[: len(force)]
            ends = sorted(pair)
            treaty = Treaty((ends[0], ends[1]), signed, force if is_later else None, row, named)
            found.append(treaty)
    return found


def names_both(named: Named, pair: frozenset[str], signed: str) -> bool:
    """Return True if a title names both parties, as they were then, and no other country."""
    known = named.codes | {"RU"} if named.is_soviet else named.codes
    was_russia = signed >= FOUNDED["RU"]
    if "RU" in pair and (
        named.is_soviet == was_russia or (named.is_soviet and "RU" in named.codes)
    ):
        return False
    others = pair - {"RU"}
    return known == pair and all(signed >= FOUNDED.get(code, "") for code in others)


def read_parties(rows: Iterable[Row], key: str) -> dict[str, set[str]]:
    """Return the alpha-3 codes of the parties by treaty."""
    parties: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        parties[row[key]].add(row["stateID"])
    return parties
