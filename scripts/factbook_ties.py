"""Generate facts on trade and embassies from The World Factbook."""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING, Any

from bilatcli.normalization import normalize
from factbook import capitals, check_quotation, dated
from generated import ROOT

if TYPE_CHECKING:
    from factbook import Entry, Work

# Paths in an entry: `Part/Section`.
TRADE = {"exports": "Economy/Exports - partners", "imports": "Economy/Imports - partners"}
FROM_US = "Government/Diplomatic representation from the US"
IN_US = "Government/Diplomatic representation in the US"

# A trade partner and its share: "Bahamas, The 5%".
SHARE = re.compile(r"(.+?) (\d+(?:\.\d+)?)%(?:, |$)")
WHOLLY = "almost entirely "
# Remarks that mean that there is no working US embassy.
NO_EMBASSY = re.compile(
    r"^(?:none|although)|not have an embassy|not maintain a presence|operations suspended|"
    r"suspended operations|embassy closed|no consular or diplomatic offices|affairs unit",
    re.IGNORECASE,
)


# --- Trade


def partners(listed: str) -> list[tuple[str, str]]:
    """Return partners with their shares in per cent.

    Without figures, the share is `all` or `some`. An unexpected form gives an empty list.

    >>> partners("Italy 37%, Bahamas, The 5%"), partners("almost entirely United Kingdom")
    ([('Italy', '37'), ('Bahamas, The', '5')], [('United Kingdom', 'all')])
    """
    if listed.startswith(WHOLLY):
        return [(listed.removeprefix(WHOLLY), "all")]
    if "%" not in listed:
        return [(name, "some") for name in listed.split(", ") if name]
    return [] if SHARE.sub("", listed) else SHARE.findall(listed)


def trade_text(owner: str, partner: str, share: str, measure: str) -> str:
    """Return the clause on a partner's share in the exports or imports of a country."""
    went, to = ("went", "to") if measure == "exports" else ("came", "from")
    if share == "some":
        return f"{owner} main partners in {measure} included {partner}"
    if share == "all":
        return f"{owner} {measure} {went} almost entirely {to} {partner}"
    much = "under 1%" if share == "0" else f"{share}%"
    return (
        f"{partner} took {much} of {owner} exports"
        if to == "to"
        else f"{much} of {owner} imports came from {partner}"
    )


def read_shares(measure: str) -> set[tuple[str, str, str]]:
    """Return the countries, partners and years of the shares in the pack `trade`."""
    with (ROOT / "data" / f"{measure}.csv").open(encoding="utf-8", newline="") as file:
        return {(row["from"], row["to"], row["year"]) for row in csv.DictReader(file)}


def trade(work: Work) -> None:
    """Add a fact for each trade partner that an entry lists and the pack `trade` does not have."""
    elsewhere = {measure: read_shares(measure) for measure in TRADE}
    for entry, (measure, path) in (
        (entry, each) for entry in work.entries for each in TRADE.items()
    ):
        listed, year = dated(entry.text(path))
        found = partners(listed) if year else []
        if not found and entry.text(path):
            work.skip(
                "unexpected lists of trade partners", f"{entry.code} {measure}: {entry.text(path)}"
            )
        for name, share in found:
            code = work.country(name, f"{measure} of {entry.code}")
            if code is None or code == entry.code:
                work.skip("trade partners left out", f"{entry.code} {measure}: {name} {share}")
                continue
            if (entry.code, code, year) in elsewhere[measure]:
                continue
            sentence = trade_text(work.whose(entry.code), work.name(code), share, measure)
            fact: dict[str, Any] = {
                "topic": "trade",
                "measure": measure,
                "text": f"In {year} {sentence}.",
                "as_of": year,
            }
            fact |= {"share": json.loads(share)} if share[0].isdigit() else {}
            fact |= {"note": "Printed there as 0%."} if share == "0" else {}
            work.add(
                (entry.code, code), f"{measure}-{entry.code.lower()}-{year}", ([entry], path), fact
            )


# --- Embassies with the United States


def embassies(work: Work) -> None:
    """Add a fact for the US embassy in each state, and for its embassy in the United States."""
    for entry in work.entries:
        if entry.code == "US" or entry.part is not None:
            continue
        if "Dependency status" in entry.raw["Government"]:
            work.skip("embassies: not a state", entry.code)
            continue
        pair = ("US", entry.code)
        for path, id, text in (
            (FROM_US, "embassy-us", us_embassy(work, entry)),
            (IN_US, f"embassy-{entry.code.lower()}", chancery(work, entry)),
        ):
            sentence = (
                work.own["embassy"]["text"].get("-".join(sorted(pair)).lower(), {}).get(id, text)
            )
            if text is not None:
                fact = {"topic": "diplomacy", "text": sentence}
                work.add(pair if path == FROM_US else pair[::-1], id, ([entry], path), fact)


def us_embassy(work: Work, entry: Entry) -> str | None:
    """Return the sentence on the US embassy in a country, with its city if known, or None."""
    own = work.own["embassy"]
    address, *around = (
        entry.text(f"{FROM_US}/{key}") for key in ("embassy", "text", "note", "chief of mission")
    )
    unclear = own["unclear"].get(entry.code)
    if unclear or not address or any(map(NO_EMBASSY.search, (address, *around))):
        sentence = unclear or " ".join(filter(None, (address, *around))) or "no text"
        work.skip("US embassies left out", f"{entry.code}: {sentence}")
        return None
    reading = own["city"].get(entry.code)
    if reading is not None:
        check_quotation(reading["text"], address)
    listed = [
        city
        for city in capitals(work, entry)
        if f" {normalize(city)} " in f" {normalize(address)} "
    ]
    city = reading["city"] if reading else next(iter(listed), None)
    if city is None:
        work.skip("US embassies without a city in the address", f"{entry.code}: {address}")
    return f"The United States has an embassy in {city or work.name(entry.code)}."


def chancery(work: Work, entry: Entry) -> str | None:
    """Return the sentence on a country's embassy in the United States, or None."""
    address, *around = (entry.text(f"{IN_US}/{key}") for key in ("chancery", "text", "note"))
    if "Washington" in address:
        return f"{work.name(entry.code)} has an embassy in Washington, DC."
    if "New York, NY" in address:
        work.skip("chanceries in New York", f"{entry.code}: {address}")
        return f"{work.whose(entry.code)} chancery in the United States is in New York."
    sentence = " ".join(filter(None, (address, *around))) or "no text"
    work.skip("embassies in the US left out", f"{entry.code}: {sentence}")
    return None
