"""What the views `issues` and `events` share: facts by a slug, and the rows that words select."""

from __future__ import annotations

from bilatcli.normalization import normalize
from bilatcli.query.interpret import interpret
from bilatcli.query.issues import has_words
from bilatcli.text import to_json
from bilatcli.views.document import Document

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bilatcli.index import Row
    from bilatcli.index.store import Index
    from bilatcli.query.interpret import Query
    from bilatcli.query.request import Request
    from bilatcli.text import JsonValue
    from bilatcli.views import View
    from bilatcli.views.document import Member

    Describe = Callable[[list[Row]], dict[str, JsonValue]]


def list_slugs(
    view: View, request: Request, index: Index, *, rows: list[Row], describe: Describe
) -> Document:
    """Return a document with a line for each slug of the rows that the words select, sorted.

    `rows` are facts with their `slug`; `describe` returns the members of the line of its facts.
    """
    query = interpret(request, index)
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["slug"], []).append(row)
    lines = [
        to_json({"id": slug, **describe(facts)})
        for slug, facts in sorted(groups.items())
        if _is_selected(slug, facts, query)
    ]
    notes = query.notes()
    if not lines:
        notes.append(f"no such {view.noun}; `bilatcli {view.name}` lists all of them")
    members: dict[str, Member] = {"query": query.to_json(), view.name: lines}
    return Document(view.name, members, rows=view.name, fields=request.fields, notes=notes)


def _is_selected(slug: str, facts: Iterable[Row], query: Query) -> bool:
    """Return True if a slug has all words, or its facts are on what the words mean."""
    if has_words(slug, query.request.text):
        return True
    text = f" {normalize(slug)} "
    codes = {code for fact in facts for code in fact["relation"].upper().split("-")}
    return (
        bool(query.codes or query.subjects)
        and codes.issuperset(query.codes)
        and has_words(slug, " ".join(query.plain_words))
        and all(slug in subject.issues or subject.is_mentioned(text) for subject in query.subjects)
    )


def count_facts(facts: list[Row]) -> dict[str, JsonValue]:
    """Return how many facts there are, and the relations that have them."""
    return {"facts": len(facts), "relations": sorted({fact["relation"] for fact in facts})}


def find_newest_date(facts: list[Row]) -> str | None:
    """Return the date of the newest dated fact, plans left out, or None."""
    dated = [fact for fact in facts if fact["date"] and fact["status"] != "planned"]
    return max(dated, key=_day, default={"date": None})["date"]


def find_first_date(facts: list[Row]) -> str | None:
    """Return the date of the first dated fact, or None."""
    return min((fact for fact in facts if fact["date"]), key=_day, default={"date": None})["date"]


def _day(fact: Row) -> tuple[str, str]:
    return fact["first_day"], fact["last_day"]
