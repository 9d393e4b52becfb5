"""What comes above a table of facts: the title and a chart."""

from __future__ import annotations

from bilatcli.render import values
from bilatcli.render.terminal import DIM, HEADING, Text
from bilatcli.text import make_printable, plural

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from bilatcli.render.layout import Line

    Loaded = Mapping[str, Any]


def format_title(loaded: Loaded, what: str) -> Text:
    """Return the title: whom or what the question is about, what is shown, and the filter."""
    query = loaded["query"]
    names = dict.fromkeys(country["name"] for country in query["countries"])
    subject = "–".join(names) or query["filter"] or query["text"] or "All packs"
    if loaded["relation"]:
        subject = loaded["relation"]["name"]
    parts = [make_printable(subject), what]
    if "between" in loaded:
        parts.append(f"{loaded['between']['from']} to {loaded['between']['to']}")
    if query["filter"] and query["filter"] != subject:
        parts.append(make_printable(query["filter"]))
    return Text(" · ".join(parts), style=HEADING)


def render_chart(loaded: Loaded, width: int) -> Iterator[Line]:
    """Yield a bar chart of facts per year, from the first year to the last, and its legend."""
    counts = {int(each["year"]): each["facts"] for each in loaded["years"]}
    first, last = (f"{year:04}" for year in (min(counts), max(counts)))
    bars, highest, span = values.draw_bars(counts, max(1, width - len(f"{first}  {last}")))
    yield Text(f"{first} {bars} {last}", no_wrap=True)
    period = "per year" if span == 1 else f"in {span} years"
    yield Text(f"{' ' * len(first)} █ {plural(highest, 'fact')} {period}", style=DIM)
    yield ""
