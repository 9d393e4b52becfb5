"""Facts from rows of tables: made when a pair, a country or an id is asked for."""

from __future__ import annotations

from bilatcli.index import Statement
from bilatcli.index.table_facts import make_table_facts
from bilatcli.text import plural, to_json
from bilatcli.views.as_of import is_hidden
from bilatcli.views.fetch import NAMED_TABLE_ROWS, TABLE_ROWS, has_date, is_generated
from bilatcli.vocabulary import FIGURE_TOPICS, UNDATED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from typing import Any

    from bilatcli.index import Row
    from bilatcli.index.store import Index

SOURCES_OF_TABLES = Statement(
    "sources_of_tables", "SELECT id, row_count, source_ids FROM data_table ORDER BY id"
)
ROWS_OF_TABLE = Statement(
    "rows_of_table",
    "SELECT relation, data_table, key, cells FROM table_row WHERE data_table = :table"
    " ORDER BY relation, key",
)

_NARROWING = ("as_of", "since", "until", "verification")
"""The parameters of the statement `latest` that leave out facts by more than their topic."""

MAX_LISTED_FACTS = 200
"""Maximum number of facts of a table that are listed for a source; of more, only the number is."""


def make_facts(
    rows: Sequence[Row], choice: Mapping[str, object], index: Index, *, ids: Collection[str] = ()
) -> list[Any]:
    """Return the facts of rows of tables that a choice includes, or those of them with some ids.

    `rows` are all rows of some relations in some tables, each with what decides for the whole
    table. `choice` has the parameters of the statement `facts`.
    """
    wanted = [tuple(row)[:4] for row in rows if _may_have_facts(row, choice)]
    if not wanted:
        return []
    facts = make_table_facts({row[1] for row in wanted}, index).make(wanted)
    return [fact for fact in facts if (not ids or fact["id"] in ids) and is_chosen(fact, choice)]


def _may_have_facts(row: Row, choice: Mapping[str, object]) -> bool:
    """Return True if the table of a row has facts of the kind that a choice includes."""
    if choice.get("is_figure") is not None and row["topic"] not in FIGURE_TOPICS:
        return False
    return choice.get("is_curated") is None or row["coverage"] == "curated"


def fetch_newest(
    relations: Sequence[str], parameters: Mapping[str, Any], index: Index
) -> tuple[list[Any], int]:
    """Return the newest dated facts of tables, and how many there are in all.

    `parameters` are those of the statement `latest`. The facts are not sorted, and more than
    `limit` if some have the same day.
    """
    choice = {"relations": to_json(relations), "topic": parameters["topic"]}
    rows = [tuple(row)[:4] for row in index.rows(TABLE_ROWS, choice)] if relations else []
    facts = make_table_facts({row[1] for row in rows}, index)
    tables = {id for id in {row[1] for row in rows} if facts.is_dated(id)}
    rows = [row for row in rows if row[1] in tables]
    days = [facts.find_day(row) for row in rows]
    newest = sorted((day for day in days if day != UNDATED), reverse=True)
    limit = parameters["limit"]
    is_whole = all(parameters[key] is None for key in _NARROWING)
    if is_whole and all(map(facts.is_settled, tables)) and len(newest) > limit:
        # Only the rows that are shown become facts, and those of their tables on their relations.
        oldest = newest[limit - 1]
        groups = {row[:2] for day, row in zip(days, rows, strict=True) if oldest <= day != UNDATED}
        made = facts.make(row for row in rows if row[:2] in groups)
        return [fact for fact in made if oldest <= fact["first_day"] != UNDATED], len(newest)
    found = [
        fact
        for fact in facts.make(rows)
        if is_chosen(fact, parameters) and _is_latest(fact, parameters)
    ]
    return found, len(found)


def _is_latest(fact: Any, parameters: Mapping[str, Any]) -> bool:
    """Return True if a fact meets the conditions of the statement `latest`."""
    day = parameters["as_of"]
    return (
        fact["first_day"] != UNDATED
        and (has_date(fact) or not is_generated(fact))
        and (parameters["has_plans"] == 1 or fact["status"] != "planned")
        and (day is None or fact["first_day"] <= day)
        and (parameters["all"] == 1 or not is_hidden(fact, day))
        and parameters["verification"] in (None, fact["verification"])
    )


def is_chosen(fact: Mapping[str, object], choice: Mapping[str, object]) -> bool:
    """Return True if a choice includes a fact, by the conditions of the statement `facts`."""

    def compare(column: str, parameter: str) -> int:
        """Return 1 if the fact's day is later, -1 if it is earlier, 0 if there is no parameter."""
        limit = choice.get(parameter)
        if limit is None:
            return 0
        value = str(fact[column])
        return (value > str(limit)) - (value < str(limit))

    return (
        compare("known_day", "as_of") <= 0
        and compare("last_day", "since") >= 0
        and compare("first_day", "until") <= 0
        and (
            choice.get("is_summary") is None
            or fact["is_headline"] == 1
            or fact["is_generated"] == 1
        )
        and (choice.get("is_curated") is None or fact["is_generated"] == 0)
        and (choice.get("is_figure") is None or fact["measure"] is not None)
        and choice.get("measure") in (None, fact["measure"])
    )


# --- by ids and sources


def find_history(id: str, index: Index) -> list[str]:
    """Return the ids of a fact of a table, of those that it superseded and that superseded it.

    The list is empty if no row makes the fact.
    """
    rows = index.rows(NAMED_TABLE_ROWS, {"ids": to_json([id])})
    successors = {fact["id"]: fact["superseded_by"] for fact in make_facts(rows, {}, index)}
    if id not in successors:
        return []
    found = [id]
    for each in found:
        found += [other for other, successor in successors.items() if successor == each]
    later = successors[id]
    while later is not None:
        found.append(later)
        later = successors[later]
    return found


def find_citing(sources: set[str], index: Index) -> tuple[list[str], list[str]]:
    """Return the ids of the facts of tables that rest on one of some sources, and notes.

    Of a large table, a note says how many facts it has instead.
    """
    ids: list[str] = []
    notes: list[str] = []
    for table in _find_tables(sources, index):
        id, count = table["id"], table["row_count"]
        if count > MAX_LISTED_FACTS:
            notes.append(_explain_table(id, count, is_whole=table["source_ids"] in sources))
            continue
        rows = index.rows(ROWS_OF_TABLE, {"table": id})
        facts = make_table_facts([id], index).make(tuple(row) for row in rows)
        ids += [fact["id"] for fact in facts if sources & set(fact["source_ids"].split())]
    return ids, notes


def explain_citing(sources: set[str], index: Index) -> list[str]:
    """Return notes on how many facts of each table rest on one of some sources."""
    return [
        _explain_table(table["id"], table["row_count"], is_whole=table["source_ids"] in sources)
        for table in _find_tables(sources, index)
    ]


def _find_tables(sources: set[str], index: Index) -> list[Row]:
    """Return the tables with facts that rest on one of some sources."""
    tables = index.rows(SOURCES_OF_TABLES)
    return [table for table in tables if not sources.isdisjoint(table["source_ids"].split())]


def _explain_table(id: str, count: int, *, is_whole: bool) -> str:
    """Return the note on the facts of a large table; `is_whole` if all rest on the same source."""
    facts = plural(count, "fact") if is_whole else f"some of {plural(count, 'fact')}"
    return f"{facts} of table `{id}`: `bilatcli facts COUNTRY {id}` lists those of a country"
