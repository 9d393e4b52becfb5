"""The statement of a fact with its sources, its standing and what else is known, for a table."""

from __future__ import annotations

from bilatcli.render import values
from bilatcli.render.periods import format_fact_period
from bilatcli.render.standing import STYLES, find_standing
from bilatcli.render.terminal import DIM, HEADING, HIT, REGULAR, Text
from bilatcli.text import make_printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from bilatcli.fields import Field
    from bilatcli.render.names import Names
    from bilatcli.render.settings import Settings
    from bilatcli.render.sources import SourceNumbers

    Loaded = Mapping[str, Any]
    Spans = Iterable[Sequence[int]]

_ACTOR_KINDS = ("actor", "actors")


def format_date(fact: Loaded) -> Text:
    """Return when a fact was true, or the year as of which it was reported; dim."""
    return Text(make_printable(format_fact_period(fact)), style=DIM)


def format_standing(fact: Loaded) -> Text:
    """Return the words of what is uncertain about a fact; colour only repeats the words.

    If it was retracted, the reason is among them.
    """
    words = {word: word for word in find_standing(fact)}
    if "retracted" in words:
        words["retracted"] = f"retracted ({make_printable(fact['retracted'])})"
    return Text(", ").join(Text(text, style=STYLES[word]) for word, text in words.items())


def format_statement(
    fact: Loaded,
    numbers: SourceNumbers,
    settings: Settings,
    *,
    label: str = "",
    hits: Spans = (),
    is_short: bool = False,
) -> Text:
    """Return the statement of a fact, its sources and its standing, as one paragraph.

    If it `is_short` only the first source has a number, and the others are counted.

    It begins with a `label`, such as the topic. `hits` are the spans of words that a search found.
    The id is on a line of its own, if the settings have it.
    """
    text = Text(f"{make_printable(label)}: " if label else "", style=HEADING)
    text.append_text(highlight_hits(fact["text"], hits))
    marks = numbers.mark_first(fact["sources"]) if is_short else numbers.mark(fact["sources"])
    for part in (marks, format_standing(fact)):
        if part and not settings.is_brief:
            text.append(" ", style=REGULAR).append_text(part)
    if settings.has_ids:
        text.append(f"\n{make_printable(fact['id'])}", style=DIM)
    return text


def format_details(fact: Loaded, fields: Sequence[Field], names: Names) -> str:
    """Return the values of those fields that are known, on one line, each after its heading."""
    parts = (
        f"{field.heading.lower()} {format_value(fact, field, names)}"
        for field in fields
        if fact.get(field.key) not in (None, [], {})
    )
    return " · ".join(parts)


def format_value(fact: Loaded, field: Field, names: Names) -> str:
    """Return the value of a field for people, countries by their names; empty if unknown."""
    value = fact.get(field.key)
    if value in (None, [], {}):
        return ""
    if field.key == "issue":
        return names.issue(value)
    if field.kind in _ACTOR_KINDS:
        return names.countries([value] if isinstance(value, str) else value)
    return values.format_for_people(value, field.kind)


def highlight_hits(text: str, hits: Spans) -> Text:
    """Return a statement with the spans highlighted that a search found."""
    highlighted, done = Text(), 0
    for start, end in hits:
        highlighted.append(make_printable(text[done:start]), style=REGULAR)
        highlighted.append(make_printable(text[start:end]), style=HIT)
        done = end
    return highlighted.append(make_printable(text[done:]), style=REGULAR)
