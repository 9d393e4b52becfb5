"""The rows of a table of facts: their sections, their labels, and their order on a screen."""

from __future__ import annotations

from bilatcli.render import values
from bilatcli.render.periods import get_first_day

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from bilatcli.render.names import Names
    from bilatcli.render.settings import Settings
    from bilatcli.views import View

    Loaded = Mapping[str, Any]


class Row:
    """A fact of a table, with the heading of its section.

    `label` is what the statement begins with in a section, and `full_label` without sections.
    """

    __slots__ = ("fact", "full_label", "label", "section")

    def __init__(self, fact: Loaded, section: str, full_label: str, label: str = "") -> None:
        self.fact = fact
        self.section = section
        self.full_label = full_label
        self.label = label


def list_rows(loaded: Loaded, view: View, names: Names) -> Iterator[Row]:
    """Yield the facts of a document as rows, in its order."""
    if view.group == "year":
        years = [each["year"] for each in loaded["years"] for _ in range(each["facts"])]
        for year, fact in zip(years, loaded["facts"], strict=True):
            label = _format_label(fact, loaded, names)
            yield Row(fact, year, label, label)
        return
    for fact in values.get_rows(loaded, "facts"):
        label = _format_label(fact, loaded, names)
        if view.group == "change":
            yield Row(fact, fact["change"], ", ".join(filter(None, (fact["change"], label))), label)
        elif view.is_ranked:
            yield Row(fact, "", label)
        elif view.group == "kind":
            pair = label.removesuffix(fact["topic"])
            section = pair + values.format_word(fact["kind"] or fact["topic"])
            yield Row(fact, section, section)
        elif view.group == "issue":
            holder, issue = names.country(fact["holder"]), names.issue(fact["issue"])
            where = "" if is_filed_here(fact, loaded) else f" ({names.relation(fact['relation'])})"
            where = where if loaded.get("relation") else ""
            yield Row(fact, issue, f"{holder} on {issue}{where}", f"{holder}{where}")
        else:
            yield Row(fact, label, label)


def is_filed_here(fact: Loaded, loaded: Loaded) -> bool:
    """Return True if a document is on one relation, and a fact is filed under it."""
    relation = loaded.get("relation")
    return relation is not None and fact["relation"] == relation.get("id", fact["relation"])


def _format_label(fact: Loaded, loaded: Loaded, names: Names) -> str:
    """Return the topic of a fact, after its relation unless all of the document is on it."""
    has_one_topic = (loaded.get("query") or {}).get("topic") is not None
    topic = "" if has_one_topic else values.format_word(fact["topic"])
    pair = "" if is_filed_here(fact, loaded) else names.relation(fact["relation"])
    return ", ".join(filter(None, (pair, topic)))


def sort_rows(rows: list[Row], view: View, settings: Settings) -> list[Row]:
    """Return rows as a screen shows them: the newest first, unless they are ranked or sorted.

    Generated facts come after curated ones. A comparison begins with the headlines. An output that
    is not a screen has the order of the document. At most `limit` rows are kept.
    """
    if settings.is_screen and not settings.is_sorted and not view.is_ranked:
        is_comparison = view.group == "change"
        rows = sorted(
            rows,
            key=lambda row: (
                row.fact.get("coverage") in (None, "curated"),
                is_comparison and bool(row.fact.get("headline")),
                get_first_day(row.fact),
            ),
            reverse=True,
        )
    return rows[: settings.limit]


def group_rows(rows: list[Row], order: list[Row]) -> list[Row]:
    """Return rows by section; sections are in the order in which they come in `order`."""
    places: dict[str, int] = {}
    for row in order:
        places.setdefault(row.section, len(places))
    return sorted(rows, key=lambda row: places[row.section])
