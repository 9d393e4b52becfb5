"""Generate facts on arms suppliers, and on the origins of military equipment, from the Factbook.

A country counts only where the grammar of the sentence supports it: in a list of suppliers or
origins, as the subject of a supply, or as an adjective of equipment in an inventory.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilatcli.query.countries import resolve_name
from factbook import check_quotation, dated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from factbook import Entry, Work

ARMS = "Military and Security/Military equipment inventories and acquisitions"

# Where one statement in a clause ends and another begins.
PARTS = re.compile(
    r"; |, although |, while |,? but in recent years |,? along(?:side|with| with) |"
    r",? with (?=smaller quantities)|,? and (?=a smaller |some newer acquisitions)"
)
# Statements about something else than what the armed forces have.
OTHER = re.compile(
    r"industr|defense sector|co-produc|jointly|joint |cooperat|agreement|captured|smuggled|"
    r"effort to acquire|to replace|^prior to|losses"
)
SUPPLY = re.compile(
    r"supplie[drs]|\bsources\b|acquisitions|acquir|provide[drs]?\b|import(?:ed|s)\b|purchases|"
    r"received"
)
LEADING = re.compile(r"\b(?:leading|largest|main) (?:supplier|provider)")
OLD = re.compile(r"older|dated|ageing|obsolescent|second-?hand|donat(?:ed|ions)")
NEW = re.compile(r"newer|modern|\bnew\b")
INVENTORY = re.compile(
    r"inventor|armaments|armed|equipped|equipment|weapons|\barms\b|systems|origin|material|vessels"
)

NAME = r"(?:[A-Z][\w'.]*(?: (?:and (?=Herz|Barb|Toba))?[A-Z][\w'.]*)*)"
# What introduces a list of suppliers or origins.
MARKER = re.compile(
    r"\b(?:including|included?s?|such as|such [a-z]+ as|from|provided by|besides|particularly|"
    r"especially|supplier (?:is|has been)|[Ss]uppliers [a-z ]*(?:include|included))\s+"
)
# An item of a list: words before a name, the name, and what follows it.
ITEM = re.compile(
    rf"(?:(?:and|or|but|also|both|mostly|largely|including|particularly|especially|from) )*"
    rf"(?:the )?({NAME})(.*)"
)
# An item that names no single country; the list goes on after it.
GENERIC = re.compile(
    r"countr|states|nations|suppliers?\b|partners|europe|asia|soviet|yugoslavia", re.IGNORECASE
)
# Countries as the subject of a supply: "China and the US have provided".
SUBJECT = re.compile(
    r"^(?:in recent years,? )?((?:(?:the )?[A-Z][\w'.]*[ ,]+(?:and )?)+)"
    r"(?:(?:has|have) (?:also )?(?:provided|supplied|been )|is |continues to be )"
)
# Adjectives that say where equipment comes from.
ADJECTIVE = re.compile(r"(?<![\w'])(the )?(?:ex-)?([A-Z][a-z]+(?: [A-Z][a-z]+)?|U[SK])(?=[-/, ])")
NOT_EQUIPMENT = re.compile(
    r" (?:Federation|Government|invasion|military|armed|forces|designs|Army)"
)
SOVIET = re.compile(r"Russian?(?:-)?(?:/| and | or |, and |, or |, )(?:former )?Soviet")

RANKS = ("leading", "supplier", "origin")
"""What the Factbook says of a country, the strongest first. Descriptions of old stock follow."""


def listed(work: Work, text: str) -> Iterator[str]:
    """Yield the countries of a list at the start of a text; the list ends at other words."""
    for item in re.split(r", (?:and )?| and (?!Herz|Barb|Toba)| or ", text):
        found = ITEM.fullmatch(item.strip(" ."))
        code = code_of(work, found[1], ("name", "official", "alias", "native")) if found else None
        if found and code:
            yield code
            if found[2] and not re.match(r"[/(]|-Union", found[2]):
                return
        elif not GENERIC.search(item):
            return


def code_of(work: Work, name: str, kinds: tuple[str, ...]) -> str | None:
    """Return the code of the country that a text names exactly and in one of these kinds."""
    if name in ("US", "UK"):
        return {"US": "US", "UK": "GB"}[name]
    match = resolve_name(name, work.index).match
    return match.code if match and match.match != "fuzzy" and match.kind in kinds else None


def named(work: Work, part: str) -> set[str]:
    """Return the countries that a part of a sentence names as suppliers or origins."""
    codes: set[str] = set()
    for marker in MARKER.finditer(part):
        if not marker[0].startswith("besides"):
            codes |= set(listed(work, part[marker.end() :]))
    if found := SUBJECT.match(part):
        codes |= set(listed(work, found[1].strip(" ,")))
    return codes


def described(work: Work, part: str) -> set[str]:
    """Return the countries whose adjective says where equipment in a part comes from."""
    if not INVENTORY.search(part):
        return set()
    codes = set()
    for found in ADJECTIVE.finditer(part):
        if not found[1] and not NOT_EQUIPMENT.match(part[found.end() :]):
            words = found[2] if found[2] in ("US", "UK") else found[2].removesuffix(" Navy")
            codes |= {code} if (code := code_of(work, words, ("demonym",))) else set()
    return codes


def description(part: str) -> str:
    """Return how a part describes the age of its equipment; empty if it does not."""
    words = list(dict.fromkeys(OLD.findall(part)))
    usual = {"donations": "donated", "second-hand": "secondhand"}
    listed = list(dict.fromkeys(usual.get(each, each) for each in words))
    if not listed:
        return ""
    joined = " or ".join(filter(None, (", ".join(listed[:-1]), listed[-1])))
    return f"partly {joined}" if NEW.search(part) else joined


def statements(work: Work, entry: Entry, text: str) -> Iterator[tuple[str, str]]:
    """Yield each country named and what the Factbook says of it: see `RANKS`."""
    for rank, names in work.own["arms"].get(entry.code, {}).items():
        for name in names:
            check_quotation(name, text)
            adjective = code_of(work, name, ("demonym",))
            if code := adjective or work.country(name, f"arms of {entry.code}"):
                yield code, rank
    for part in PARTS.split(text) if entry.code not in work.own["arms"] else ():
        if OTHER.search(part):
            continue
        codes = named(work, part)
        for code in codes:
            age = description(part)
            is_leading = bool(LEADING.search(part)) and (
                len(codes) == 1 or "leading suppliers" in part
            )
            supplies = "leading" if is_leading else "supplier" if SUPPLY.search(part) else "origin"
            yield code, age or supplies
        for code in described(work, part) - codes:
            yield code, description(part) or "origin"


def suppliers(work: Work, entry: Entry, text: str) -> dict[str, str]:
    """Map each country named to the strongest statement on it."""
    found: dict[str, str] = {}
    for code, rank in statements(work, entry, text):
        if code != entry.code and strength(rank) < strength(found.get(code, "")):
            found[code] = rank
    return found


def strength(rank: str) -> tuple[int, bool]:
    """Return a number that is smaller for a stronger statement."""
    known = RANKS.index(rank) if rank in RANKS else len(RANKS) + (not rank)
    return known, not rank.startswith("partly")


def sentence(work: Work, code: str, recipient: str, rank: str) -> str:
    """Return the sentence on a supplier, or on an origin with a description of the equipment."""
    one, other = work.name(code), work.whose(recipient)
    if rank in ("leading", "supplier"):
        among = "as a leading supplier" if rank == "leading" else "among the suppliers"
        return f"The World Factbook names {one} {among} of {other} military equipment."
    age = "" if rank == "origin" else f", described as {rank}"
    return f"The World Factbook names {one} among the origins of {other} military equipment{age}."


def arms(work: Work) -> None:
    """Add a fact for each supplier and origin of military equipment that an entry names."""
    for entry in work.entries:
        text, year = dated(entry.text(ARMS))
        found = suppliers(work, entry, text) if year else {}
        if entry.text(ARMS) and not found:
            work.skip("arms: no country named, or no year", f"{entry.code}: {entry.text(ARMS)}")
        for code, rank in found.items():
            is_supplier = rank in ("leading", "supplier")
            note = work.own["arms_note"].get(f"{code}-{entry.code}".lower(), "")
            if code == "RU" and not is_supplier and SOVIET.search(text) and not note:
                note = "The Factbook names Russian and Soviet equipment together."
            fact = {
                "topic": "military",
                "kind": "arms-transfer",
                "text": sentence(work, code, entry.code, rank),
                "as_of": year,
                "note": note,
            }
            id = f"arms-{'suppliers' if is_supplier else 'origins'}-{entry.code.lower()}"
            work.add((code, entry.code), id, ([entry], ARMS), fact)
