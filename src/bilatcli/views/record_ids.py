"""The ids of facts and sources that a question names."""

from __future__ import annotations

from bilatcli.error_details import Candidate
from bilatcli.index import Statement
from bilatcli.query.errors import Ambiguous, NoSuchRecord

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bilatcli.index.store import Index
    from bilatcli.query.request import Request

RECORDS = Statement(
    "records",
    """
    SELECT id FROM fact WHERE id = :word OR slug = :word
    UNION SELECT id FROM source WHERE id = :word
    UNION SELECT relation || '/' || data_table || '-' || key FROM table_row
    WHERE relation = SUBSTR(:word, 1, 5) AND relation || '/' || data_table || '-' || key = :word
    ORDER BY id
    """,
)
TABLE_SLUGS = Statement(
    "table_slugs",
    """
    SELECT r.relation || '/' || :word AS id
    FROM data_table t
    JOIN table_row r ON r.data_table = t.id AND t.id || '-' || r.key = :word
    WHERE SUBSTR(:word, 1, LENGTH(t.id) + 1) = t.id || '-'
    ORDER BY r.relation LIMIT :limit
    """,
)
TABLE_FACTS = Statement(
    "table_fact_ids",
    "SELECT relation || '/' || data_table || '-' || key AS id FROM table_row"
    " WHERE relation = SUBSTR(:word, 1, 5)",
)
ALL_FACTS = Statement("all_facts", "SELECT id FROM fact")
ALL_RECORDS = Statement(
    "all_records",
    "SELECT slug AS id FROM fact UNION SELECT id FROM source"
    " UNION SELECT event FROM fact WHERE event IS NOT NULL",
)

MAX_SUGGESTIONS = 3
MAX_CANDIDATES = 20
"""Maximum number of facts of a table that an error lists for an id without a relation."""

_HEADER = "id"
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-/"


def read_ids(lines: Iterable[str]) -> list[str]:
    """Return the first cell of each line of TSV, each once, without blanks and the header `id`."""
    cells = [line.partition("\t")[0].strip() for line in lines]
    ids = cells[1:] if cells[:1] == [_HEADER] else cells
    return [id for id in dict.fromkeys(ids) if id]


def find_record(word: str, request: Request, index: Index) -> str | None:
    """Return the id of the fact or source that a word names, or None.

    A fact may be named without its relation. Raises Ambiguous if several relations have it.
    """
    if not word or len(word.split()) != 1 or word.strip(_LETTERS):
        return None
    ids = [row["id"] for row in index.rows(RECORDS, {"word": word})]
    if not ids and "-" in word and "/" not in word:
        slugs = {"word": word, "limit": MAX_CANDIDATES}
        ids = [row["id"] for row in index.rows(TABLE_SLUGS, slugs)]
    if len(ids) < 2:
        return ids[0] if ids else None
    candidates = []
    for id in ids:
        words = [id if each == word else each for each in request.words]
        command = request.command(words if word in request.words else [id])
        candidates.append(Candidate(id, id, command=command))
    raise Ambiguous(word, candidates)


def find_records(request: Request, index: Index) -> list[str] | None:
    """Return the ids of the records that a request names, or None if its words are countries.

    Ids without a record are left out and become `request.unknown`. Raises NoSuchRecord if no id has
    a record.
    """
    words = list(dict.fromkeys(word for each in request.words for word in each.split()))
    has_ids = request.has_ids or any(map(_is_like_fact_id, words))
    found = {}
    for word in words:
        id = find_record(word, request, index)
        if id is not None:
            found[word] = id
        elif not has_ids:
            return None
    if words and not found:
        raise no_such_record(words, request, index)
    request.unknown = [word for word in words if word not in found]
    return list(dict.fromkeys(found.values())) if words or request.has_ids else None


def _is_like_fact_id(word: str) -> bool:
    """Return True for `az-pk/…`."""
    return word[2:3] == "-" and word[5:6] == "/" and len(word) > len("az-pk/")


def unknown_ids_note(ids: Sequence[str]) -> str:
    """Return the note on ids that no record has."""
    return f"left out `{'`, `'.join(ids)}`: no fact or source has this id"


def no_such_record(words: Sequence[str], request: Request, index: Index) -> NoSuchRecord:
    """Return the error for ids that no record has, with the records nearest to the first one."""
    from bilatcli.fuzzy import MIN_SUGGESTION_SCORE, best_matches

    word = words[0]
    if _is_like_fact_id(word):
        rows = [*index.rows(ALL_FACTS), *index.rows(TABLE_FACTS, {"word": word})]
    else:
        rows = index.rows(ALL_RECORDS)
    ids = [row["id"] for row in rows]
    near = best_matches(word, ids, limit=MAX_SUGGESTIONS, cutoff=MIN_SUGGESTION_SCORE)
    candidates = [
        Candidate(id, id, command=request.command([id]), score=score)
        for found, score, _ in near
        for id in _full_ids(found, index)
    ]
    return NoSuchRecord("`, `".join(words), candidates[:MAX_SUGGESTIONS])


def _full_ids(id: str, index: Index) -> list[str]:
    """Return an id, or the ids of the facts that it could mean if there are several."""
    facts = [row["id"] for row in index.rows(RECORDS, {"word": id})]
    return facts if len(facts) > 1 else [id]
