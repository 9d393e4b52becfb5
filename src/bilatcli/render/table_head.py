"""What comes above a table of facts: the title, a chart, who supports whom, chains of steps."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from bilatcli.render import values
from bilatcli.render.terminal import DIM, HEADING, REGULAR, Text, style_word
from bilatcli.text import make_printable, plural

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from bilatcli.render.terminal import RenderableType

    Loaded = Mapping[str, Any]

UNKNOWN_STAGE = "reported"
"""What a step of a chain is called if its stage is unknown."""


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
    return Text(f"{' · '.join(parts)}\n", style=HEADING)


def render_chart(loaded: Loaded, width: int) -> Iterator[RenderableType]:
    """Yield a bar chart of facts per year, from the first year to the last, and its legend."""
    counts = {int(each["year"]): each["facts"] for each in loaded["years"]}
    first, last = (f"{year:04}" for year in (min(counts), max(counts)))
    bars, highest, span = values.draw_bars(counts, max(1, width - len(f"{first}  {last}")))
    yield Text(f"{first} {bars} {last}", no_wrap=True)
    period = "per year" if span == 1 else f"in {span} years"
    yield Text(f"{' ' * len(first)} █ {plural(highest, 'fact')} {period}\n", style=DIM)


# --- support


def render_support(loaded: Loaded) -> Iterator[RenderableType]:
    """Yield who supports whom on which issues; mutual support is on one line."""
    relation = loaded["relation"] or {"countries": loaded["query"]["countries"]}
    names = {country["code"]: country["name"] for country in relation["countries"]}
    remaining = {(each["holder"], each["favours"]): each for each in loaded.get("support", ())}
    if not remaining:
        return
    while remaining:
        holder, favoured = next(iter(remaining))
        sides = [remaining.pop((holder, favoured)), remaining.pop((favoured, holder), None)]
        lines = (_format_support(side, names) for side in sides if side)
        yield Text("  ⇄  ", style=HEADING).join(lines)
    yield Text()


def _format_support(support: Loaded, names: Mapping[str, str]) -> Text:
    holder, favoured = (
        make_printable(names.get(code, code)) for code in (support["holder"], support["favours"])
    )
    return Text(f"{holder} supports {favoured} on {', '.join(support['issues'])}", style=REGULAR)


# --- chains


def render_chains(loaded: Loaded) -> Iterator[RenderableType]:
    """Yield each chain as one line from its first step to its last, then a blank line."""
    for chain in loaded.get("chains", ()):
        yield format_chain(chain)
        yield Text()


def format_chain(chain: Loaded) -> Text:
    """Return the steps of a chain in order; successive ones with the same figures are joined."""
    dated = [step for step in chain["steps"] if step["date"] is not None]
    runs = groupby(dated, key=lambda step: (step["stage"], _format_figures(step)))
    line = Text(f"{make_printable(chain['name'])}: ", style=HEADING)
    line.append_text(Text(" → ").join(_format_steps(list(run)) for _, run in runs))
    undated = Counter(
        values.format_word(step["stage"] or UNKNOWN_STAGE)
        for step in chain["steps"]
        if step["date"] is None
    )
    if undated:
        stages = (f"{each} ({count})" if count > 1 else each for each, count in undated.items())
        line.append(f" · undated: {', '.join(stages)}", style=REGULAR)
    return line


def _format_figures(step: Loaded) -> str:
    """Return the quantity and the value of a step, those that are known."""
    figures = [f"{step['quantity']:,}"] if step["quantity"] is not None else []
    figures += [values.format_money(step["value_usd"])] if step["value_usd"] is not None else []
    return ", ".join(figures)


def _format_steps(steps: Sequence[Loaded]) -> Text:
    """Return steps of one stage and the same figures: dates, figures, and what is uncertain."""
    first, last = (values.format_for_people(steps[end]["date"], "date") for end in (0, -1))
    dates = first if first == last else f"{first} to {last}"
    reports = plural(len(steps), "report") if len(steps) > 1 else ""
    brackets = "; ".join(each for each in (_format_figures(steps[0]), reports) if each)
    stage = values.format_word(steps[0]["stage"] or UNKNOWN_STAGE)
    text = Text(f"{stage} {dates}" + (f" ({brackets})" if brackets else ""), style=REGULAR)
    for word in _find_uncertain_words(steps):
        text.append(" ").append_text(style_word(values.format_word(word)))
    return text


def _find_uncertain_words(steps: Sequence[Loaded]) -> list[str]:
    """Return each word once for why steps are uncertain."""
    words = ("disputed" if step["status"] == "disputed" else step["verification"] for step in steps)
    return [word for word in dict.fromkeys(words) if word != "cited"]
