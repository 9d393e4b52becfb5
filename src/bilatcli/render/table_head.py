"""The head of a table of facts: the title and a chart."""

from __future__ import annotations

from collections import Counter

from bilatcli.render import values
from bilatcli.render.names import format_slug
from bilatcli.render.periods import format_period
from bilatcli.render.terminal import DIM, HEADING, Text
from bilatcli.text import make_printable, plural

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from bilatcli.render.layout import Line

    Loaded = Mapping[str, Any]


def format_title(loaded: Loaded, what: str) -> Text:
    """Return the title: the subject of the question, what is shown, and the filter."""
    query = loaded["query"]
    names = dict.fromkeys(country["name"] for country in query["countries"])
    names |= dict.fromkeys(subject["name"] for subject in query.get("subjects", ()))
    words = query["filter"] or ("" if what == "latest" else query["text"])
    subject = "–".join(names) or words or "All packs"
    if loaded.get("relation"):
        subject = loaded["relation"]["name"]
    if what == "show":
        subject, what = format_slug(query["text"]), "event"
    parts = [make_printable(subject), what]
    if "between" in loaded:
        first, last = (format_period(loaded["between"][key]) for key in ("from", "to"))
        parts.append(f"{first} to {last}")
    parts += values.list_conditions(query)
    if query["filter"] and query["filter"] != subject:
        parts.append(make_printable(query["filter"]))
    return Text(" · ".join(parts), style=HEADING)


def count_changes(loaded: Loaded) -> Text:
    """Return how many facts were added, superseded and ended."""
    counts = Counter(each["change"] for each in loaded["changes"])
    return Text(", ".join(f"{count:,} {change}" for change, count in counts.most_common()))


def render_chart(loaded: Loaded, width: int) -> Iterator[Line]:
    """Yield a bar chart of facts per year, from the first year to the last, and its legend."""
    counts = {int(each["year"]): each["facts"] for each in loaded["years"]}
    first, last = (f"{year:04}" for year in (min(counts), max(counts)))
    bars, highest, span = values.draw_bars(counts, max(1, width - len(f"{first}  {last}")))
    yield Text(f"{first} {bars} {last}", no_wrap=True)
    period = "per year" if span == 1 else f"in {span} years"
    yield Text(f"{' ' * len(first)} █ {plural(highest, 'fact')} {period}", style=DIM)
    yield ""
