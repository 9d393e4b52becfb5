"""Values as text, the same in every format."""

from __future__ import annotations

from bilatcli import urls
from bilatcli.citations import csl
from bilatcli.render.memberships import format_memberships
from bilatcli.text import make_printable, plural

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

UNKNOWN = "—"
"""What people read for an unknown value; in a format for machines the cell is empty."""

WORDS = {
    "single-source-claim": "single source",
    "citation-needed": "citation needed",
    "arms-transfer": "arms transfer",
}
"""Words of the pack format that people read in another form."""

_MONEY_UNITS = ((10**12, "tn"), (10**9, "bn"), (10**6, "m"))
_BARS = " ▁▂▃▄▅▆▇█"

# --- one value


def format_for_machines(value: Any, kind: str) -> str:
    """Return a value for machines: empty if unknown, numbers in digits, lists with spaces or `; `.

    `kind` is that of the `Field`.
    """
    if value is None:
        return ""
    if kind in _MACHINE_FORMATS:
        return _MACHINE_FORMATS[kind](value)
    return " ".join(value) if isinstance(value, list) else str(value)


def format_for_people(value: Any, kind: str) -> str:
    """Return a value for people, safe on a terminal: `UNKNOWN` if unknown, money with a unit.

    `kind` is that of the `Field`.
    """
    if value is None or value in ([], {}):
        return UNKNOWN
    if kind in _PEOPLE_FORMATS:
        return _PEOPLE_FORMATS[kind](value)
    if isinstance(value, list) and kind in ("actors", "ids"):
        return make_printable(", ".join(value))
    return make_printable(format_for_machines(value, kind))


def format_word(value: str) -> str:
    """Return a word of the pack format as people read it."""
    return WORDS.get(value, make_printable(value))


def format_money(dollars: int) -> str:
    """Return US dollars with a unit, never rounded.

    >>> format_money(4_600_000_000), format_money(1_227_000_000), format_money(750_000)
    ('$4.6 bn', '$1.227 bn', '$750,000')
    """
    for size, unit in _MONEY_UNITS:
        if dollars >= size and (dollars * 1000) % size == 0:
            whole, rest = divmod(dollars * 1000 // size, 1000)
            return f"${whole:,}" + (f".{rest:03}".rstrip("0") if rest else "") + f" {unit}"
    return f"${dollars:,}"


def _format_actors(names: Sequence[str]) -> str:
    return ("; " if any(" " in name for name in names) else " ").join(names)


def _format_counts(counts: Mapping[str, int]) -> str:
    """Return counts by name, the highest first."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{name} {count:,}" for name, count in ordered)


def format_passage(passage: Mapping[str, str | None]) -> str:
    """Return the words of a source in quotation marks, and where they are.

    >>> format_passage({"source": "gazette", "quote": "Ten yaks were sold.", "locator": "p. 4"})
    '“Ten yaks were sold.” (p. 4)'
    """
    where = f" ({passage['locator']})" if passage["locator"] else ""
    return make_printable(f"“{passage['quote']}”{where}")


def _format_passages(passages: Sequence[Mapping[str, str | None]]) -> str:
    return "; ".join(f"{each['source']}: {format_passage(each)}" for each in passages)


_MACHINE_FORMATS: dict[str, Callable[[Any], str]] = {
    "boolean": lambda value: "true" if value else "false",
    "counts": lambda value: " ".join(f"{name}={count}" for name, count in value.items()),
    "people": lambda value: "; ".join(map(csl.format_name, value)),
    "csl-date": csl.format_date,
    "custom": lambda value: str(value["reliability"]),
    "runner-up": lambda value: f"{value['code']} {value['score']}",
    "countries": lambda value: " ".join(country["code"] for country in value),
    "actors": _format_actors,
    "passages": _format_passages,
}

_PEOPLE_FORMATS: dict[str, Callable[[Any], str]] = {
    "boolean": lambda value: "yes" if value else "no",
    "money": format_money,
    "number": lambda value: f"{value:,}",
    "share": lambda value: f"{value:g}%",
    "word": format_word,
    "address": urls.display_url,
    "counts": _format_counts,
}

# --- sources


def number_sources(document: Mapping[str, Any]) -> dict[str, int]:
    """Return the number, from 1, that each source of a document is cited by."""
    return {source["id"]: number for number, source in enumerate(document.get("sources", ()), 1)}


def format_marks(sources: Sequence[str], numbers: Mapping[str, int], separator: str = "") -> str:
    """Return the numbers of sources in brackets, as in `[1][2]`."""
    return separator.join(f"[{numbers[id]}]" for id in sources)


def format_credit(source: Mapping[str, Any]) -> str:
    """Return the authors and title of a source, ended by a full stop."""
    authors = [format_for_machines(source["author"], "people")] if "author" in source else []
    parts = (f"{each.rstrip('.')}. " for each in (*authors, source["title"]))
    return make_printable("".join(parts).rstrip())


def format_archived_copy(source: Mapping[str, Any]) -> str:
    """Return the address of the archived copy of a source and its date; empty without a copy."""
    if "archive_location" not in source:
        return ""
    when = csl.get_archive_date(source)
    address = urls.display_url(source["archive_location"])
    return f"archived {when}: {address}" if when else f"archived: {address}"


# --- facts


def get_rows(document: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """Return the rows of a document under a key, each with its change in a comparison.

    The cells of a matrix are inside the member `matrix`.
    """
    found = document[key] if key in document else document["matrix"][key]
    changes = document.get("changes") or [{}] * len(found)
    return [{**change, **row} for change, row in zip(changes, found, strict=True)]


def format_tally(facts: Sequence[Mapping[str, Any]], noun: str) -> str:
    """Return the number of facts, and how many have each verification other than cited.

    >>> format_tally([{"verification": "cited"}, {"verification": "conflicting"}], "stance")
    '2 stances: 1 conflicting'
    """
    kinds = ("single-source-claim", "citation-needed", "conflicting")
    counts = [
        (sum(fact["verification"] == kind for fact in facts), format_word(kind)) for kind in kinds
    ]
    uncertain = ", ".join(f"{count:,} {word}" for count, word in counts if count)
    return f"{plural(len(facts), noun)}: {uncertain or 'all cited'}"


def draw_bars(counts: Mapping[int, int], max_bars: int) -> tuple[str, int, int]:
    """Return counts by year as bars, with the count of a full bar and the years that a bar covers.

    >>> draw_bars({1992: 1, 1993: 8, 1995: 4}, 40), draw_bars({1992: 1, 1993: 8, 1995: 4}, 2)
    (('▁█ ▄', 8, 1), ('█▄', 9, 2))
    """
    first, last = min(counts), max(counts)
    span = -(-(last - first + 1) // max_bars)
    sums = [
        sum(counts.get(year + i, 0) for i in range(span)) for year in range(first, last + 1, span)
    ]
    highest = max(sums)
    bars = "".join(_BARS[-(-each * (len(_BARS) - 1) // highest)] for each in sums)
    return bars, highest, span


# --- outlines


def list_conditions(query: Mapping[str, Any]) -> list[str]:
    """Return what the options of a question ask of facts, such as `trade` and `from Pakistan`."""
    kinds = [query[key] for key in ("topic", "status", "verification") if query.get(key)]
    named = (("from", "from"), ("to", "to"), ("mentioning", "mentions"))
    return kinds + [
        f"{word} {make_printable(query[key]['name'])}" for word, key in named if query.get(key)
    ]


def format_outline(outline: Mapping[str, Any]) -> str:
    """Return a generated outline in words: capitals, their distance, and shared organisations."""
    known = [each for each in outline["capitals"] if each["name"]]
    names = [make_printable(each["name"]) for each in known]
    parts = [f"Capitals {'–'.join(names)}{_format_distance(outline['distance_km'])}"]
    if len(known) < len(outline["capitals"]):
        parts = [
            f"Capital {name} ({each['code']})" for name, each in zip(names, known, strict=True)
        ]
    shared = format_memberships(outline["shared"])
    if shared:
        parts.append(f"{'both' if parts else 'Both'} in {shared}")
    return "; ".join(parts)


def _format_distance(kilometres: int | None) -> str:
    if kilometres is None:
        return ""
    # The distance is rounded to ten kilometres.
    return f", {kilometres:,} km apart" if kilometres else ", less than 5 km apart"
