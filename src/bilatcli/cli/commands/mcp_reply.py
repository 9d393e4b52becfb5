"""The reply to a call of a tool: a page of a document that fits, with its most important rows."""

from __future__ import annotations

from functools import partial

from bilatcli.cli.commands.mcp_forms import (
    keep_related,
    list_common,
    shorten_document,
    shorten_values,
)
from bilatcli.errors import UsageError
from bilatcli.query.option_values import convert_value
from bilatcli.query.options import (
    DEFAULT_LIMIT,
    LIMIT,
    SORT,
    TOPIC,
    Option,
    parse_choice,
    parse_int,
)
from bilatcli.text import to_json
from bilatcli.vocabulary import OPEN_START

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from bilatcli.views import View
    from bilatcli.views.document import Document

    Row = Mapping[str, Any]

DEFAULT_CEILING = 40_000
"""Maximum characters of a reply: programs cut what is longer than about 50,000."""
MIN_CEILING = 8_000
"""The lowest ceiling that can be chosen: what frames the rows of an answer may take as much."""
ENVELOPE_LENGTH = 300
"""Characters of the message around the two copies of a document."""

SHORT, FULL = "short", "full"
FORM = Option(
    "form",
    "`full` adds all keys: parties, passages, details of sources (default: short).",
    metavar="FORM",
    choices=(SHORT, FULL),
)
OFFSET = Option("offset", "Leave out this many rows, the first ones.", metavar="N", is_number=True)
PAGE_OPTIONS = (LIMIT, OFFSET, FORM)
"""The arguments of every tool that choose a page of its answer."""

LIMITED_VIEWS = ("search", "latest")
"""Views that find no more facts than they return."""
DATED_VIEWS = ("timeline",)
"""Views whose facts stay in the order of their dates."""
MAX_NARROWER = 6
"""Maximum number of narrower calls of a reply."""
SHORTER_LENGTHS = (1_000, 300, 100, 30)
"""Maximum characters of each text of an answer that does not fit, tried one after the other."""
LIMIT_NOTE = "(`--limit "
"""What a note on facts beyond the limit has; `page` says the same."""


class Call:
    """A call of a tool: its arguments, and the page of the answer that they ask for.

    `options` are the arguments that the view takes. Raises UsageError for a page that cannot be.
    """

    def __init__(self, view: View, arguments: Mapping[str, object]) -> None:
        self.view = view
        self.arguments = {key: value for key, value in arguments.items() if value is not None}
        given = dict(self.arguments)
        page = {
            option.key: convert_value(option, given.pop(option.key))
            for option in PAGE_OPTIONS
            if option.key in given
        }
        self.form = parse_choice(FORM, page) or SHORT
        self.limit = parse_int(LIMIT, page)
        # The first page may be asked for as 0.
        self.offset = 0 if page.get(OFFSET.key) == "0" else parse_int(OFFSET, page) or 0
        self.sort = given.get(SORT.key)
        if view.name in LIMITED_VIEWS:
            self.limit = self.limit or DEFAULT_LIMIT
            given[LIMIT.key] = self.offset + self.limit
        if view.name == "latest":
            # The newest facts are chosen page by page; only the order within a page may differ.
            given.pop(SORT.key, None)
        self.options = given

    def to_json(self, **changes: object) -> dict[str, object]:
        """Return the call with other arguments, as an assistant makes it; None leaves one out."""
        arguments = {**self.arguments, **changes}
        given = {key: value for key, value in arguments.items() if value is not None}
        return {"tool": self.view.name, "arguments": given}


def make_reply(document: Document, call: Call, ceiling: int) -> dict[str, Any]:
    """Return the page of a document that a call asks for, with as many rows as fit.

    If not all rows are returned, the most important ones come first, and `page` counts the others
    and has the call for the next ones. Raises UsageError for an offset beyond the last row.
    """
    loaded = document.load()
    key = "facts" if document.rows == "sources" and loaded.get("facts") else document.rows
    rows = loaded["matrix"]["cells"] if key == "cells" else loaded[key]
    total = loaded.get("total", len(rows))
    if call.offset and call.offset >= total:
        raise UsageError(
            f"`{OFFSET.key}` is {call.offset}, but the answer has {total} {key}",
            hint="choose a lower one",
        )
    ordered = _rank(rows, call)
    wanted = ordered[call.offset :][: call.limit]

    def make(count: int, *, has_common: bool) -> dict[str, Any]:
        shown = _arrange(rows if count == len(rows) else wanted[:count], rows, call)
        related = keep_related(loaded, key, shown, has_common=has_common)
        is_noted = wants_common and not has_common
        left_out = list_common(loaded, key) if is_noted else []
        page = _describe_page(call, key, len(shown), total, ordered)
        page |= {"omitted": left_out} if left_out else {}
        return _assemble(document, call, key, related, page)

    wants_common = call.offset == 0 or call.form == FULL
    reply = _find_longest(partial(make, has_common=wants_common), len(wanted), ceiling)
    if measure(reply) > ceiling and wants_common:
        # What frames the rows is too long.
        reply = _find_longest(partial(make, has_common=False), len(wanted), ceiling)
    return fit_reply(reply, ceiling)


def _find_longest(
    make: Callable[[int], dict[str, Any]], count: int, ceiling: int
) -> dict[str, Any]:
    """Return the reply with most rows, at most `count`, that fits; with one row if none fits."""
    reply = make(count)
    size = measure(reply)
    too_many = count + 1
    while size > ceiling and count > 1:
        too_many, count = count, max(1, min(count - 1, count * ceiling // size))
        reply = make(count)
        size = measure(reply)
    while too_many - count > 1 and size <= ceiling:
        middle = (count + too_many) // 2
        longer = make(middle)
        if measure(longer) > ceiling:
            too_many = middle
        else:
            reply, count = longer, middle
    return reply


def measure(reply: Mapping[str, Any]) -> int:
    """Return the characters of the message that carries a reply, as text and as data."""
    text = to_json(reply)
    return len(text) + len(to_json(text)) + ENVELOPE_LENGTH


def _rank(rows: Sequence[Row], call: Call) -> list[Row]:
    """Return the rows with the most important ones first; an order that was asked for stays."""
    is_ranked = call.view.name in LIMITED_VIEWS or call.sort is not None
    if is_ranked or not rows or "verification" not in rows[0] or "text" not in rows[0]:
        return list(rows)
    newest = sorted(rows, key=_get_day, reverse=True)
    return sorted(newest, key=_get_rank)


def _get_day(fact: Row) -> str:
    return fact["first"] or fact["last"] or OPEN_START


def _get_rank(fact: Row) -> tuple[bool, bool, bool]:
    """Return a sort key: facts that hold before former ones, then those an editor found telling."""
    is_former = fact["superseded_by"] is not None or fact["retracted"] is not None
    return is_former, fact["coverage"] != "curated", not fact["headline"]


def _arrange(shown: Sequence[Row], rows: Sequence[Row], call: Call) -> list[Row]:
    """Return the rows of a page in the order in which they are shown."""
    if call.view.name in DATED_VIEWS:
        chosen = {fact["id"] for fact in shown}
        return [fact for fact in rows if fact["id"] in chosen]
    is_reversed = call.view.name == "latest" and call.sort == "oldest"
    return list(reversed(shown)) if is_reversed else list(shown)


def _assemble(document: Document, call: Call, key: str, answer: Row, page: Row) -> dict[str, Any]:
    """Return the reply that has an answer in the form of a call, what it is, and its page."""
    members = dict(answer)
    if call.form == SHORT:
        members = shorten_document(members, has_whole_sources=key == "sources")
    is_answered = page["shown"] > 0 or not document.is_empty
    return {
        "schema": members.pop("schema"),
        "outcome": "answered" if is_answered else "nothing-recorded",
        "page": page,
        "notes": [to_tool_terms(note) for note in document.notes if LIMIT_NOTE not in note],
        **members,
    }


def _describe_page(
    call: Call, key: str, shown: int, total: int, ordered: Sequence[Row]
) -> dict[str, Any]:
    """Return which rows a reply has, how many follow, and the calls for those and for fewer."""
    end = call.offset + shown
    page: dict[str, Any] = {"form": call.form, "rows": key, "offset": call.offset, "shown": shown}
    page |= {"total": total, "left_out": total - end}
    if end < total:
        page["next"] = call.to_json(offset=end)
        narrower = _find_narrower(call, ordered) if len(ordered) == total else []
        page |= {"narrower": narrower} if narrower else {}
    return page


def _find_narrower(call: Call, ordered: Sequence[Row]) -> list[dict[str, Any]]:
    """Return the calls for the facts on one topic each, those with most facts first."""
    if TOPIC not in call.view.options or TOPIC.key in call.arguments:
        return []
    counts: dict[str, int] = {}
    for row in ordered:
        if "topic" in row:
            counts[row["topic"]] = counts.get(row["topic"], 0) + 1
    if len(counts) < 2:
        return []
    most = sorted(counts, key=lambda topic: -counts[topic])[:MAX_NARROWER]
    return [{"facts": counts[topic], **call.to_json(topic=topic, offset=None)} for topic in most]


def fit_reply(reply: dict[str, Any], ceiling: int) -> dict[str, Any]:
    """Return a reply as it is if it fits, else with its long texts cut, which `page` says.

    A reply that has one row only may not fit, nor one that repeats a question of many words.
    """
    if measure(reply) <= ceiling:
        return reply
    kept: dict[str, Any] = {"schema": reply["schema"], "outcome": reply["outcome"]}
    page = {**reply.get("page", {}), "shortened": True}
    for length in SHORTER_LENGTHS:
        shortened: dict[str, Any] = {**shorten_values(reply, length), **kept, "page": page}
        if measure(shortened) <= ceiling:
            return shortened
    # The arguments of the call itself are too long to be repeated.
    page = {key: value for key, value in page.items() if key not in ("next", "narrower")}
    return {**kept, "page": page}


def to_tool_terms(note: str) -> str:
    """Return a note of the command line with options by the names that tools give them.

    >>> to_tool_terms("29 more facts: add `--all` or `--as-of 2020`")
    '29 more facts: add `all` or `as_of` 2020'
    """
    pieces = note.split("`")
    for place in range(1, len(pieces) - 1, 2):
        if pieces[place].startswith("--"):
            flag, _, value = pieces[place].partition(" ")
            pieces[place] = flag[2:].replace("-", "_")
            pieces[place + 1] = (f" {value}" if value else "") + pieces[place + 1]
    return "`".join(pieces)
