"""The foot of a table: sources, what words of doubt mean, and what was left out."""

from __future__ import annotations

from bilatcli.render.sources import list_sources
from bilatcli.render.standing import find_standing, format_counts, format_legend
from bilatcli.render.terminal import DIM, Text, flow_entries
from bilatcli.text import plural

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from bilatcli.render.layout import Line
    from bilatcli.render.settings import Settings
    from bilatcli.render.sources import SourceNumbers

    Loaded = Mapping[str, Any]


def list_foot(  # noqa: PLR0913 -- the parts of a page that the foot speaks of, by name
    shown: Sequence[Loaded],
    facts: Sequence[Loaded],
    noun: str,
    numbers: SourceNumbers,
    settings: Settings,
    *,
    facts_above: Sequence[Loaded] = (),
    is_newest_first: bool = False,
) -> list[Line]:
    """Return the foot of a table that shows some of the facts of a document.

    `facts_above` are facts above the table whose words of doubt are explained too.
    """
    lines: list[Line] = [""]
    lines += list_sources(numbers, settings)
    total, counts = plural(len(facts), noun), format_counts(facts)
    if len(shown) < len(facts):
        order = ", newest first" if is_newest_first else ""
        parts = [*_count_shown(shown, facts, noun, order), "more: --limit N or --all-rows"]
    else:
        parts = [total + (f": {counts}" if counts else "")]
    if not settings.is_brief:
        parts += list_meanings([*facts_above, *shown])
    lines += flow_words(parts, settings.width)
    return lines


def _count_shown(
    shown: Sequence[Loaded], facts: Sequence[Loaded], noun: str, order: str
) -> list[str]:
    """Return how many facts are shown; those that are generated are counted apart if none is."""
    generated = sum(map(_is_generated, facts))
    if not 0 < generated < len(facts) or any(map(_is_generated, shown)):
        return [f"{len(shown):,} of {plural(len(facts), noun)}{order}"]
    curated = plural(len(facts) - generated, f"curated {noun}")
    return [f"{len(shown):,} of {curated}{order}", plural(generated, f"generated {noun}")]


def _is_generated(fact: Loaded) -> bool:
    return fact.get("coverage") not in (None, "curated")


def list_meanings(shown: Iterable[Loaded]) -> list[str]:
    """Return what the words of doubt mean that the facts shown have, and where to read more."""
    legend = format_legend(word for fact in shown for word in find_standing(fact))
    return legend.split(" · ") if legend else []


def flow_words(parts: Iterable[str], width: int) -> Iterator[Text]:
    """Yield short texts, dim, as many on a line as fit, with a dot between them."""
    yield from flow_entries([Text(part, style=DIM) for part in parts], separator=" · ", width=width)
