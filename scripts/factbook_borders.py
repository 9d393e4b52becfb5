"""Generate facts on land borders and disputes from The World Factbook."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from factbook import Entry, capital_letter, check_quotation

if TYPE_CHECKING:
    from factbook import Work

# Paths in an entry: `Part/Section`.
BORDERS = "Geography/Land boundaries"

# A length in a list of borders: "Spain (Ceuta) 8 km", "Jordan 327 km (20 km are within …)".
LENGTH = re.compile(
    r"(?:^|[;,]| and )\s*([^\d;,()]+?)(?: \(([^()]*)\))? ([\d,]+(?:\.\d+)?) km"
    r"(?: \(([^()]*)\))?(?=[;,]| and |$)"
)


@dataclass(slots=True)
class Side:
    """A country's statements on its border with another: lengths with parts, and remarks."""

    entries: list[Entry] = field(default_factory=list)
    lengths: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def kilometres(self) -> str:
        """Return the lengths without the parts, sorted."""
        return " and ".join(f"{km} km" for km in sorted(km for km, _ in self.lengths))


def sides(work: Work) -> dict[tuple[str, str], Side]:
    """Return the statements on each border, by the country of the entry and its neighbour."""
    parts = {part["name"] for part in work.own["part"].values()}
    found: dict[tuple[str, str], Side] = defaultdict(Side)
    for entry in work.entries:
        for key in ("border countries", "regional borders", "border sovereign base areas"):
            text = entry.text(f"{BORDERS}/{key}")
            if LENGTH.sub("", text).strip():
                work.skip("unexpected lists of borders", f"{entry.code}: {text}")
            for name, where, printed, remark in LENGTH.findall(text):
                is_country = name not in work.own["border"]["left_out"]
                code = work.country(name, f"border of {entry.code}") if is_country else None
                if code is None:
                    work.skip("borders left out", f"{entry.code}: {name} {printed} km")
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
    """Return the sentence on a border if the entries agree on its lengths.

    If the border is disputed, the sentence attributes the length to the Factbook.
    """
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
                "The World Factbook gives two lengths for the land border of "
                f"{work.name(first)} and {work.name(second)}: {both}."
            )
            notes.insert(0, f"{capital_letter(work.whose(first))} entry has {there.kilometres}, ")
            notes[0] += f"{work.whose(second)} has {back.kilometres}."
            work.skip("borders with two lengths", f"{id}: {both}")
        else:
            fact["text"] = border_text(work, pair, there.lengths or back.lengths)
        if not (there.lengths and back.lengths):
            lister = first if there.lengths else second
            notes.append(f"Only the entry of {work.name(lister)} lists it.")
            work.skip("borders in one entry only", f"{id}: {lister}")
        fact["note"] = " ".join(filter(None, notes))
        work.add(pair, "land-border", ([*there.entries, *back.entries], BORDERS), fact)


def disputes(work: Work) -> None:
    """Add the disputes of our own list. Exit if one is not in the Factbook."""
    for dispute in work.own["dispute"]:
        entry = next(each for each in work.entries if each.code == dispute["entry"])
        check_quotation(dispute["quotation"], entry.text(dispute["field"]))
        pair = dispute["relation"].upper().split("-")
        fact = {"topic": "politics", "text": dispute["text"], "actors": pair, "toward": []}
        work.add(pair, dispute["id"], ([entry], dispute["field"].removesuffix("/note")), fact)
