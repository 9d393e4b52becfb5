"""One value to text: the same in every format, with one spelling of what is not known."""

from __future__ import annotations

from bilatcli import urls
from bilatcli.citations import csl
from bilatcli.text import make_printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

UNKNOWN = "—"
"""What people read where nothing is known; in a format for machines the cell is empty."""

WORDS = {
    "single-source-claim": "single source",
    "citation-needed": "citation needed",
    "arms-transfer": "arms transfer",
}
"""Words of the pack format as people read them, where that is not the word itself."""

_UNITS = ((10**12, "tn"), (10**9, "bn"), (10**6, "m"))


def plain(value: Any, kind: str) -> str:
    """Return a value for machines: unknown is empty, numbers are whole, lists have a space or `; ` between."""
    if value is None:
        return ""
    if kind in _PLAIN:
        return _PLAIN[kind](value)
    return " ".join(value) if isinstance(value, list) else str(value)


def shown(value: Any, kind: str) -> str:
    """Return a value for people: unknown is `UNKNOWN`, money in words, lists with commas; safe on a terminal."""
    if value is None or value in ([], {}):
        return UNKNOWN
    if kind in _SHOWN:
        return _SHOWN[kind](value)
    if isinstance(value, list) and kind in ("actors", "ids"):
        return make_printable(", ".join(value))
    return make_printable(plain(value, kind))


def word(value: str) -> str:
    """Return a word of the pack format as people read it."""
    return WORDS.get(value, make_printable(value))


def money(dollars: int) -> str:
    """Return US dollars with a unit, never rounded.

    >>> money(4_600_000_000), money(1_227_000_000), money(750_000)
    ('$4.6 bn', '$1.227 bn', '$750,000')
    """
    for size, unit in _UNITS:
        if dollars >= size and (dollars * 1000) % size == 0:
            whole, rest = divmod(dollars * 1000 // size, 1000)
            return f"${whole:,}" + (f".{rest:03}".rstrip("0") if rest else "") + f" {unit}"
    return f"${dollars:,}"


def archived_copy(source: Mapping[str, Any]) -> str:
    """Return where a copy of a source is archived, and when it was made; nothing where there is none."""
    if "archive_location" not in source:
        return ""
    when = source["custom"].get("archived")
    return (
        f"archived{f' {make_printable(when)}' if when else ''}: {urls.display_url(source['archive_location'])}"
    )


def short_source(source: Mapping[str, Any]) -> str:
    """Return a source in two words or so: where it appeared, or its title, and when."""
    name = csl.get_outlet(source) or source["title"]
    return make_printable(f"{name} {csl.get_date(source, 'issued')}" if "issued" in source else name)


def _actors(names: Sequence[str]) -> str:
    return ("; " if any(" " in name for name in names) else " ").join(names)


_PLAIN: dict[str, Callable[[Any], str]] = {
    "boolean": lambda value: "true" if value else "false",
    "counts": lambda value: " ".join(f"{name}={count}" for name, count in value.items()),
    "people": lambda value: "; ".join(map(csl.format_name, value)),
    "csl-date": csl.format_date,
    "custom": lambda value: str(value["reliability"]),
    "runner-up": lambda value: f"{value['code']} {value['score']}",
    "countries": lambda value: " ".join(country["code"] for country in value),
    "actors": _actors,
}


def _by_count(counted: tuple[str, int]) -> tuple[int, str]:
    """Sorts what is counted, the most first."""
    return -counted[1], counted[0]


_SHOWN: dict[str, Callable[[Any], str]] = {
    "money": money,
    "number": lambda value: f"{value:,}",
    "share": lambda value: f"{value:g}%",
    "word": word,
    "address": urls.display_url,
    "counts": lambda value: ", ".join(
        f"{name} {count:,}" for name, count in sorted(value.items(), key=_by_count)
    ),
}


def tally(facts: Sequence[Mapping[str, Any]], noun: str) -> str:
    """Return how many facts there are, and how many of them are less than cited.

    >>> tally([{"verification": "cited"}, {"verification": "conflicting"}], "stance")
    '2 stances: 1 conflicting'
    """
    kinds = ("single-source-claim", "citation-needed", "conflicting")
    counts = [(sum(fact["verification"] == kind for fact in facts), word(kind)) for kind in kinds]
    doubtful = ", ".join(f"{count} {name}" for count, name in counts if count) or "all cited"
    return f"{len(facts)} {noun}{'s' if len(facts) != 1 else ''}: {doubtful}"


def rows(document: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """Return the rows of a document under a key, each with the change that is told of it; a matrix has its inside."""
    found = document[key] if key in document else document["matrix"][key]
    changes = document.get("changes") or [{}] * len(found)
    return [{**change, **row} for change, row in zip(changes, found, strict=True)]


_BARS = " ▁▂▃▄▅▆▇█"


def bars(counts: Mapping[int, int], room: int) -> tuple[str, int, int]:
    """Return counts by year as bars of no more than `room` characters, what the full bar counts, and years a bar.

    >>> bars({1992: 1, 1993: 8, 1995: 4}, 40), bars({1992: 1, 1993: 8, 1995: 4}, 2)
    (('▁█ ▄', 8, 1), ('█▄', 9, 2))
    """
    first, last = min(counts), max(counts)
    span = -(-(last - first + 1) // room)
    sums = [
        sum(counts.get(year + i, 0) for i in range(span)) for year in range(first, last + 1, span)
    ]
    most = max(sums)
    return "".join(_BARS[-(-each * (len(_BARS) - 1) // most)] for each in sums), most, span


def numbers(document: Mapping[str, Any]) -> dict[str, int]:
    """Return the number that each source of a document is cited by, from 1."""
    return {source["id"]: number for number, source in enumerate(document.get("sources", ()), 1)}


def used(document: Mapping[str, Any]) -> list[tuple[int, Mapping[str, Any]]]:
    """Return the sources that the facts of a document rest on, with their numbers."""
    cited = {id for fact in document["facts"] for id in fact["sources"]}
    return [
        (number, each) for number, each in enumerate(document["sources"], 1) if each["id"] in cited
    ]


def credit(source: Mapping[str, Any]) -> str:
    """Return authors and title of a source as a bibliography begins, ended by a full stop."""
    said = [plain(source["author"], "people")] if "author" in source else []
    return make_printable("".join(f"{each.rstrip('.')}. " for each in (*said, source["title"])).rstrip())


def marks(sources: Sequence[str], numbered: Mapping[str, int], between: str = "") -> str:
    """Return the numbers of sources in brackets, as in `[1][2]`."""
    return between.join(f"[{numbered[id]}]" for id in sources)


def apart(outline: Mapping[str, Any]) -> str:
    """Return the capitals of an outline, how far they are apart, and what both countries are in."""
    names = "–".join(make_printable(each["name"] or UNKNOWN) for each in outline["capitals"])
    far = outline["distance_km"]
    shared = f"; both in {_shared(outline)}" if outline["shared"] else ""
    return f"Capitals {names}{f', {far:,} km apart' if far is not None else ''}{shared}"


FEWEST = 6
"""So many shared organisations are named in a summary: those with the fewest members say most of a pair."""


def _shared(outline: Mapping[str, Any]) -> str:
    """The smallest organisations that both are in; where one is no member, as what; and how many more there are."""
    said = []
    for each in sorted(outline["shared"], key=lambda each: each["members"])[:FEWEST]:
        others = [
            f"{code} {make_printable(status)}"
            for code, status in each["statuses"].items()
            if status != "member"
        ]
        said.append(make_printable(each["organisation"]) + (f" ({', '.join(others)})" if others else ""))
    more = len(outline["shared"]) - len(said)
    return ", ".join(said) + (f" and {more} larger organisations" if more else "")
