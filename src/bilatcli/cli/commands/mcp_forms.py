"""The forms of a document in a reply: with some of its rows only, and short."""

from __future__ import annotations

import re

from bilatcli.text import to_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from typing import Any

    Row = Mapping[str, Any]

FACT_KEYS = (
    *("id", "date", "until", "as_of", "topic", "text", "status", "verification", "note"),
    *("superseded_by", "retracted", "coverage", "sources"),
)
"""The keys of a fact in the short form. Its relation is in its id, most others are in its text."""
SOURCE_KEYS = ("id", "title", "container-title", "publisher", "issued", "URL")
RELATION_KEYS = ("id", "name", "status", "facts", "newest", "coverage")
MATCH_KEYS = ("input", "code", "name", "match", "id", "kind")
MEMBERSHIP_KEYS = ("organisation", "statuses")
MAX_SOURCES = 2
"""Maximum number of sources of a fact in the short form; `more_sources` counts the others."""
CLAIM_KEYS = ("text", "line", "verdict", "reason")
STEP_KEYS = ("id", "date", "stage", "quantity", "value_usd")

_SOURCE_LISTS = ("sources", "established_sources", "status_sources")
_COMMON_KEYS = ("relation", "profile", "outline", "years")
"""Members that do not depend on the rows shown."""
_CODES = re.compile(r'"([A-Z]{2})"|"([a-z]{2})-([a-z]{2})["/]')
"""The code of a country, or the id of a relation or a fact, in JSON."""


def keep_related(
    document: Mapping[str, Any], key: str, rows: Sequence[Row], *, has_common: bool
) -> dict[str, Any]:
    """Return a document with some of its rows, and what belongs to them.

    What belongs to all rows is left out unless it `has_common` members.
    """
    kept = dict(document)
    if has_common and len(rows) == _count(document, key):
        return {**kept, **({} if key == "cells" else {key: list(rows)})}
    if key == "cells":
        kept["matrix"] = _keep_cells(document["matrix"], rows)
        facts = {id for cell in rows for id in cell["facts"]}
        kept["facts"] = [fact for fact in document["facts"] if fact["id"] in facts]
    else:
        kept[key] = list(rows)
    _keep_members(kept, key)
    if not has_common:
        for member in list_common(document, key):
            del kept[member]
    if key != "sources" and "sources" in kept:
        used = _find_source_ids({**kept, "sources": []})
        named = set() if key != "facts" else _find_uncited(document)
        kept["sources"] = [each for each in kept["sources"] if each["id"] in used | named]
    if "countries" in kept:
        text = to_json({**kept, "countries": {}})
        codes = {part.upper() for found in _CODES.findall(text) for part in found if part}
        kept["countries"] = {c: name for c, name in document["countries"].items() if c in codes}
    return kept


def list_common(document: Mapping[str, Any], key: str) -> list[str]:
    """Return the members of a document that do not depend on its rows, which `key` has."""
    common = (*_COMMON_KEYS, "facts") if key == "relations" else _COMMON_KEYS
    return [member for member in common if document.get(member)]


def _count(document: Mapping[str, Any], key: str) -> int:
    return len(document["matrix"]["cells"] if key == "cells" else document[key])


def _find_uncited(document: Mapping[str, Any]) -> set[str]:
    """Return the ids of the sources that no part of a whole document cites: a question named them.

    They belong to every page.
    """
    used = _find_source_ids({**document, "sources": []})
    return {source["id"] for source in document["sources"]} - used


def _keep_cells(matrix: Row, cells: Sequence[Row]) -> dict[str, Any]:
    holders, issues = ({cell[key] for cell in cells} for key in ("holder", "issue"))
    return {
        "holders": [each for each in matrix["holders"] if each in holders],
        "issues": [each for each in matrix["issues"] if each in issues],
        "cells": list(cells),
    }


def _keep_members(kept: dict[str, Any], key: str) -> None:
    """Keep those elements of the other members of a document that belong to its facts."""
    facts = kept.get("facts", [])
    ids = {fact["id"] for fact in facts}
    for member in ("matches", "changes"):
        if member in kept:
            of_fact = {each["fact"]: each for each in kept[member]}
            kept[member] = [of_fact[fact["id"]] for fact in facts]
    for member in ("alone", "unsourced"):
        if member in kept and key == "facts":
            kept[member] = [id for id in kept[member] if id in ids]
    if "chains" in kept:
        kept["chains"] = [
            chain for chain in kept["chains"] if any(step["id"] in ids for step in chain["steps"])
        ]
    if "measures" in kept:
        series = (_keep_series(each, ids) for each in kept["measures"])
        kept["measures"] = [each for found in series for each in found]
    if "positions" in kept:
        kept["positions"] = [
            cell for cell in kept["positions"] if not ids.isdisjoint(cell["facts"])
        ]
        pairs = {(fact["holder"], fact["favours"]) for fact in facts}
        kept["support"] = [
            each for each in kept["support"] if (each["holder"], each["favours"]) in pairs
        ]
    if "chain" in kept and facts:
        linked = _find_linked(ids, kept["chain"])
        kept["chain"] = [fact for fact in kept["chain"] if fact["id"] in linked]


def _keep_series(series: Row, ids: Collection[str]) -> list[dict[str, Any]]:
    """Return a series of figures with the rows of some facts, as a list; empty if it has none."""
    rows = [row for row in series["rows"] if row["fact"] in ids]
    spread = [each for each in series["spread"] if not set(ids).isdisjoint(each["facts"])]
    return [{**series, "rows": rows, "spread": spread}] if rows else []


def _find_linked(ids: Collection[str], chain: Sequence[Row]) -> set[str]:
    """Return ids with those of all facts that one supersedes, or that supersede one."""
    linked, before = set(ids), 0
    while len(linked) > before:
        before = len(linked)
        for fact in chain:
            if fact["id"] in linked or fact["superseded_by"] in linked:
                linked.update(filter(None, (fact["id"], fact["superseded_by"])))
    return linked


def _find_source_ids(value: Any) -> set[str]:
    """Return the ids in all lists of sources of a value, at any depth."""
    found: set[str] = set()
    if isinstance(value, list):
        for each in value:
            found |= _find_source_ids(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key in _SOURCE_LISTS and isinstance(each, list):
                found.update(id for id in each if isinstance(id, str))
            else:
                found |= _find_source_ids(each)
    return found


# --- the short form


def shorten_document(document: Mapping[str, Any], *, has_whole_sources: bool) -> dict[str, Any]:
    """Return a document whose records have the keys that an answer needs, and only known values.

    The members of the document stay, also if they are empty.
    """
    short = dict(document)
    for member, shorten in _SHORTENERS.items():
        if member in short:
            short[member] = [shorten(row) for row in short[member]]
    if "sources" in short:
        short["sources"] = (
            [_keep_keys(source, ()) for source in short["sources"]]
            if has_whole_sources
            else _shorten_sources(document, short)
        )
    if "query" in short:
        short["query"] = _shorten_query(short["query"])
    for member in ("relation", "outline", "profile"):
        if short.get(member):
            short[member] = _drop_unknown(short[member])
    if short.get("matrix"):
        # Its cells are the positions.
        short.pop("positions", None)
    if "memberships" in (short.get("profile") or {}):
        memberships = short["profile"]["memberships"]
        short["profile"]["memberships"] = [_keep_keys(row, MEMBERSHIP_KEYS) for row in memberships]
    return short


def _shorten_sources(document: Row, short: Row) -> list[dict[str, Any]]:
    """Return the sources of a document without those that its short facts do not name any more."""
    dropped = _list_fact_sources(document) - _list_fact_sources(short)
    dropped -= _find_source_ids({**short, "sources": []})
    return [
        _keep_keys(source, SOURCE_KEYS)
        for source in document["sources"]
        if source["id"] not in dropped
    ]


def _list_fact_sources(document: Row) -> set[str]:
    facts = [*document.get("facts", ()), *document.get("chain", ())]
    facts += [fact for claim in document.get("claims", ()) for fact in claim["facts"]]
    return {id for fact in facts for id in fact.get("sources", ())}


def _shorten_fact(fact: Row) -> dict[str, Any]:
    """Return what an answer needs of a fact. A note that does not explain doubt is left out."""
    short = _keep_keys(fact, FACT_KEYS)
    if fact["verification"] == "cited":
        short.pop("note", None)
    more = len(fact["sources"]) - MAX_SOURCES
    if more > 0:
        short |= {"sources": fact["sources"][:MAX_SOURCES], "more_sources": more}
    return short


def _shorten_claim(claim: Row) -> dict[str, Any]:
    return {**_keep_keys(claim, CLAIM_KEYS), "facts": list(map(_shorten_fact, claim["facts"]))}


def _shorten_chain(chain: Row) -> dict[str, Any]:
    return {**chain, "steps": [_keep_keys(step, STEP_KEYS) for step in chain["steps"]]}


def _shorten_query(query: Row) -> dict[str, Any]:
    short = _keep_keys(query, ())
    for member in ("countries", "subjects"):
        if member in short:
            short[member] = [_keep_keys(match, MATCH_KEYS) for match in short[member]]
    return short


def _keep_keys(row: Row, keys: Sequence[str]) -> dict[str, Any]:
    """Return the known values of a row under some keys (default: all), without the usual ones."""
    return {
        key: value
        for key in (keys or row)
        if (value := row.get(key)) not in (None, False, [], {}, "")
        and not (key == "coverage" and value == "curated")
    }


def _drop_unknown(value: Any) -> Any:
    """Return a value without the unknown and the empty ones in it."""
    if isinstance(value, dict):
        kept = {key: _drop_unknown(each) for key, each in value.items()}
        return {key: each for key, each in kept.items() if each not in (None, [], {})}
    return [_drop_unknown(each) for each in value] if isinstance(value, list) else value


_SHORTENERS: dict[str, Callable[[Row], dict[str, Any]]] = {
    "facts": _shorten_fact,
    "chain": _shorten_fact,
    "chains": _shorten_chain,
    "claims": _shorten_claim,
    "relations": lambda row: _keep_keys(row, RELATION_KEYS),
}
"""What makes the rows of a member short."""


def shorten_values(value: Any, length: int) -> Any:
    """Return a value with texts of at most `length` characters, and lists of a tenth of that."""
    if isinstance(value, str):
        return value if len(value) <= length else f"{value[: length - 1]}…"
    if isinstance(value, dict):
        return {key: shorten_values(each, length) for key, each in value.items()}
    if isinstance(value, list):
        return [shorten_values(each, length) for each in value[: max(1, length // 10)]]
    return value
