"""The document of `compare` as text and as Markdown, grouped by relation."""

from __future__ import annotations

from bilatcli.render.markdown import escape_markdown, format_row
from bilatcli.render.values import UNKNOWN
from bilatcli.text import make_printable, plural, to_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    Document = Mapping[str, Any]
    Row = Mapping[str, Any]

MAX_INLINE_LENGTH = 80
"""Maximum characters of both values of a key for a place in the line of the change."""
MAX_IDS = 20
"""Maximum number of ids of sources or packs in a line."""

_WORSE = "!"
_CHANGE_WIDTH = len("superseded")
_LABELS = {"lowered": "less verified", "raised": "better verified"}
"""What a sentence calls a change of the verification."""
_GROUPS = {"source": "sources", "pack": "packs"}
"""The headings of the groups that are not relations; they come last."""


class Entry:
    """A line on changes: whether for the worse, the change, what has changed, and details.

    `long` are keys whose values are too long for the line, with a line for each value.
    """

    __slots__ = ("change", "details", "long", "subject", "worse")

    def __init__(
        self,
        change: str,
        subject: str,
        details: str,
        *,
        worse: bool,
        long: Sequence[tuple[str, list[str]]] = (),
    ) -> None:
        self.change = change
        self.subject = subject
        self.details = details
        self.worse = worse
        self.long = long


def render_text(document: Document) -> str:
    """Return the changes in lines, those for the worse marked; empty without any."""
    lines: list[str] = []
    for heading, entries in _group_entries(document):
        lines += ["", heading] if lines else [heading]
        for entry in entries:
            mark = _WORSE if entry.worse else " "
            details = f": {entry.details}" if entry.details else ""
            lines.append(f"{mark} {entry.change:<{_CHANGE_WIDTH}}  {entry.subject}{details}")
            for key, values in entry.long:
                lines += [f"      {line}" for line in (key, *values)]
    if _has_fewer_cited(document):
        lines += ["", f"{_WORSE} {_describe_cited(document)}"]
    return "".join(f"{make_printable(line)}\n" for line in lines)


def render_comparison_markdown(document: Document) -> str:
    """Return the changes as a comment for a review: a sentence, and a table for each relation."""
    parts = [f"**{_to_cell(summarize(document))}**\n"]
    for heading, entries in _group_entries(document):
        rows = [format_row(("Change", "Of", "What")), format_row(("---", "---", "---"))]
        rows += [format_row(_format_cells(entry)) for entry in entries]
        parts.append(f"### {_to_cell(heading)}\n\n" + "".join(f"{row}\n" for row in rows))
    return "\n".join(parts)


def summarize(document: Document) -> str:
    """Return the numbers of changes in a sentence, and whether something got worse."""
    if not document["changes"]:
        return "both editions say the same"
    described: list[str] = []
    for change, count in document["counts"].items():
        if count:
            number = f"{count:,}" if described else plural(count, "fact")
            described.append(f"{number} {_LABELS.get(change, change)}")
    worse = sum(row["worse"] for row in document["changes"])
    verdict = [f"{plural(worse, 'change')} for the worse"] if worse else []
    verdict += [_describe_cited(document)] if _has_fewer_cited(document) else []
    facts = ", ".join(described) or "no fact changed"
    return f"{facts}; {'; '.join(verdict) or 'nothing got worse'}"


def _has_fewer_cited(document: Document) -> bool:
    return bool(document["new"]["cited"] < document["old"]["cited"])


def _describe_cited(document: Document) -> str:
    return f"fewer cited facts: {document['old']['cited']:,} -> {document['new']['cited']:,}"


# --- entries


def _group_entries(document: Document) -> Iterator[tuple[str, list[Entry]]]:
    """Yield the entries of each relation, then those of tables, sources and packs."""
    order = list(document["counts"])
    rows = sorted(document["changes"], key=lambda row: order.index(row["change"]))
    relations: dict[str, list[Entry]] = {}
    tables: dict[str, list[Row]] = {}
    others: dict[str, list[Entry]] = {}
    for row in rows:
        if row["table"] is not None:
            tables.setdefault(row["table"], []).append(row)
        elif row["relation"] is not None:
            relations.setdefault(row["relation"], []).append(_make_entry(row))
        else:
            others.setdefault(_GROUPS[row["record"]], []).append(_make_entry(row))
    yield from sorted(relations.items())
    for table in sorted(tables):
        yield f"table {table}", list(_summarize_rows(tables[table]))
    for heading in _GROUPS.values():
        if heading in others:
            yield heading, list(_join_ids(others[heading]))


def _make_entry(row: Row) -> Entry:
    subject = "relation" if row["record"] == "relation" else row["id"].rpartition("/")[2]
    if row["change"] in ("added", "removed"):
        standing = "".join(f" ({value['new']})" for value in row["values"])
        return Entry(row["change"], subject, f"{row['text'] or ''}{standing}", worse=row["worse"])
    inline: list[str] = []
    long: list[tuple[str, list[str]]] = []
    for value in row["values"]:
        key, old, new = value["key"], value["old"], value["new"]
        if _is_long(old, new):
            long.append((key, _mark_values(old, new)))
        else:
            inline.append(f"{key}: {_describe_values(old, new)}")
    return Entry(row["change"], subject, "; ".join(inline), worse=row["worse"], long=long)


def _is_long(old: Any, new: Any) -> bool:
    """Return True if two values need lines of their own: long texts, and lists of tables."""
    if isinstance(old or new, list):
        return any(isinstance(each, dict) for each in (*(old or ()), *(new or ())))
    return len(_format_value(old)) + len(_format_value(new)) > MAX_INLINE_LENGTH


def _mark_values(old: Any, new: Any) -> list[str]:
    """Return a line for each value that is lost or gained; a list has several."""
    lost, gained = _to_elements(old), _to_elements(new)
    return [
        *(f"- {_format_value(each)}" for each in lost if each not in gained),
        *(f"+ {_format_value(each)}" for each in gained if each not in lost),
    ]


def _to_elements(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _describe_values(old: Any, new: Any) -> str:
    """Return two values in few words: what a list has gained and lost, or both values."""
    if isinstance(old or new, list) and (marked := _mark_values(old, new)):
        return ", ".join(marked)
    return _format_value(new) if old is None else f"{_format_value(old)} -> {_format_value(new)}"


def _format_value(value: Any) -> str:
    if value is None:
        return UNKNOWN
    if isinstance(value, list):
        return ", ".join(map(_format_value, value))
    if isinstance(value, dict) and "quote" in value:
        place = f", {value['locator']}" if value.get("locator") else ""
        return f"{value['source']}{place}: “{value['quote']}”"
    return value if isinstance(value, str) else to_json(value)


def _summarize_rows(rows: Sequence[Row]) -> Iterator[Entry]:
    """Yield one entry for each change of the facts that a table makes."""
    for change in dict.fromkeys(row["change"] for row in rows):
        same = [row for row in rows if row["change"] == change]
        keys = dict.fromkeys(value["key"] for row in same for value in row["values"])
        details = f"{', '.join(keys)}; such as {same[0]['id']}" if keys else same[0]["id"]
        worse = any(row["worse"] for row in same)
        yield Entry(change, plural(len(same), "fact"), details, worse=worse)


def _join_ids(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield entries with one for all that have nothing but an id: added and removed sources."""
    bare: dict[str, list[str]] = {}
    listed = list(entries)
    for entry in listed:
        if not entry.details and not entry.long:
            bare.setdefault(entry.change, []).append(entry.subject)
    for change, ids in bare.items():
        more = [f"{len(ids) - MAX_IDS:,} more"] if len(ids) > MAX_IDS else []
        yield Entry(change, ", ".join((*ids[:MAX_IDS], *more)), "", worse=False)
    yield from (entry for entry in listed if entry.details or entry.long)


# --- Markdown


def _format_cells(entry: Entry) -> list[str]:
    """Return the cells of an entry; a change for the worse is bold."""
    details = [entry.details] if entry.details else []
    for key, values in entry.long:
        details += [f"{key}:", *values]
    change = f"**{entry.change}** (worse)" if entry.worse else entry.change
    return [change, _to_cell(entry.subject), "<br>".join(map(_to_cell, details))]


def _to_cell(text: str) -> str:
    return escape_markdown(make_printable(text))


RENDERERS: dict[str, Callable[[Document], str]] = {
    "text": render_text,
    "markdown": render_comparison_markdown,
}
"""The function for each format for people."""
