"""Records by their ids: which ids a question names, and the sources that these records rest on."""

from __future__ import annotations

from bilatcli.errors import Ambiguous, Candidate, NoSuchRecord, UsageError
from bilatcli.query.request import Query
from bilatcli.text import json_string
from bilatcli.views.document import Document
from bilatcli.views.result import FACT_ID, JSON, SOURCES, Found

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bilatcli.index.store import Index
    from bilatcli.query.request import Request
    from bilatcli.views.document import Member
    from bilatcli.views.result import Row

AT_ONCE = 24
"""The statement has room for as many ids; more are asked for in turns."""
NO_RECORDS: dict[str, object] = dict.fromkeys(f"r{number + 1}" for number in range(AT_ONCE))

FROM_INPUT = ["-"]
"""The words that ask for the ids of standard input."""
_HEADER = "id"

_OF_IDS = "abcdefghijklmnopqrstuvwxyz0123456789-/"


def ids_in(lines: Iterable[str]) -> list[str]:
    """Return the ids that lines begin with, each once, without blank lines and a header."""
    begun = [line.partition("\t")[0].strip() for line in lines]
    return [each for each in dict.fromkeys(begun[1:] if begun[:1] == [_HEADER] else begun) if each]


def record_id(word: str, request: Request, index: Index) -> str | None:
    """Return the id of the fact or source that a word is, or None; raises Ambiguous where relations share it."""
    if not word or len(word.split()) != 1 or word.strip(_OF_IDS):
        return None
    asked = (word, word, word)
    found = index.rows(
        "SELECT id FROM fact WHERE id = ? OR slug = ? UNION SELECT id FROM source WHERE id = ? ORDER BY id",
        asked,
    )
    if len(found) < 2:
        return found[0][0] if found else None
    instead = [[id if each == word else each for each in request.words] for (id,) in found]
    commands = [
        request.command(words if word in request.words else [id])
        for words, (id,) in zip(instead, found, strict=True)
    ]
    raise Ambiguous(
        word,
        [
            Candidate(id, id, command=command)
            for (id,), command in zip(found, commands, strict=True)
        ],
    )


def _is_like_fact(word: str) -> bool:
    """Whether a word is meant as the id of a fact: `az-pk/…`."""
    return word[2:3] == "-" and word[5:6] == "/" and len(word) > 6


def asked_ids(request: Request, index: Index) -> list[str] | None:
    """Return the ids of the records that a question names, or None where its words are countries.

    Ids that nothing has are taken out, and told in `request.unknown`. Raises NoSuchRecord where nothing has any.
    """
    words = [word for each in request.words for word in each.split()]
    known = {}
    for word in dict.fromkeys(words):
        if (id := record_id(word, request, index)) is not None:
            known[word] = id
        elif not (request.has_ids or any(map(_is_like_fact, words))):
            return None
    if words and not known:
        raise no_such_record(words, request, index)
    request.unknown = [word for word in dict.fromkeys(words) if word not in known]
    return list(dict.fromkeys(known.values())) if words or request.has_ids else None


def no_such_record(words: Sequence[str], request: Request, index: Index) -> NoSuchRecord:
    """Return what is said where no record has an id, with the nearest ids of the first of them."""
    from bilatcli.fuzzy import ranked

    ids = index.rows(
        "SELECT slug FROM fact UNION SELECT id FROM source UNION SELECT event FROM fact"
    )
    near = ranked(words[0], [id for (id,) in ids if id], limit=3, cutoff=60.0)
    candidates = [
        Candidate(id, id, command=request.command([id]), score=score) for id, score, _ in near
    ]
    return NoSuchRecord("`, `".join(words), candidates)


def document(
    statement: str, ids: Sequence[str], request: Request, index: Index, nothing: dict[str, object]
) -> Document:
    """Return the sources of facts and the sources among the ids, numbered by first use, and the facts concerned.

    `nothing` are the parameters of the statement that stand for no country.
    """
    query = Query(request)
    found = Found(_rows(statement, ids, index, nothing), query)
    sources = {id for id in ids if "/" not in id}
    facts = _in_order(found.every_fact, ids)
    by_id = {row[FACT_ID]: row for row in facts}
    used = [
        used
        for id in ids
        for used in ([id] if id in sources else by_id[id][SOURCES].split() if id in by_id else [])
    ]
    members: dict[str, Member] = {
        "query": query.json(),
        "relation": "null",
        "sources": [found.source(id) for id in dict.fromkeys(used)],
        "facts": [row[JSON] for row in facts],
        "alone": [json_string(row[FACT_ID]) for row in facts if row[SOURCES] in sources],
        "unsourced": unsourced(facts),
    }
    notes = (
        [f"no fact or source has the id `{'`, `'.join(request.unknown)}`: left out"]
        if request.unknown
        else []
    )
    notes += [] if ids else ["no id on standard input: give one a line"]
    return Document(request.view, members, rows="sources", fields=request.fields, notes=notes)


def unsourced(facts: Iterable[Row]) -> list[str]:
    """Return the JSON of the ids of facts that no source is given for."""
    return [json_string(row[FACT_ID]) for row in facts if not row[SOURCES].strip()]


def _rows(
    statement: str, ids: Sequence[str], index: Index, nothing: dict[str, object]
) -> list[Row]:
    """The rows on all ids, each fact once."""
    found: dict[tuple[str, ...], Row] = {}
    for start in range(0, len(ids), AT_ONCE):
        asked = {f"r{number}": id for number, id in enumerate(ids[start : start + AT_ONCE], 1)}
        for row in index.rows(statement, {**nothing, **NO_RECORDS, **asked}):
            found.setdefault((row[0], row[1], row[FACT_ID] or ""), row)
    return list(found.values())


def _in_order(facts: Sequence[Row], ids: Sequence[str]) -> list[Row]:
    """The facts in the order of the ids that name them or a source of theirs."""
    place = {id: number for number, id in enumerate(ids)}
    behind = len(ids)

    def first(row: Row) -> int:
        return min(place.get(each, behind) for each in (row[FACT_ID], *row[SOURCES].split()))

    return sorted(facts, key=first)


def require_id(request: Request) -> None:
    """Raise UsageError where no id was given."""
    if not request.text.strip():
        raise UsageError(
            f"name a fact or a source, as in `bilatcli {request.view} az-pk/recognition-1991`"
        )
