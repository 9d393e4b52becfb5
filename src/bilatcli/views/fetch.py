"""Fetch relations, facts and sources from the index: most are read as they are today."""

from __future__ import annotations

from operator import itemgetter

from bilatcli.errors import IndexDamaged
from bilatcli.index import Statement
from bilatcli.text import to_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from bilatcli.index import Row
    from bilatcli.index.store import Index
    from bilatcli.query.interpret import Query
    from bilatcli.query.request import Request

RELATIONS = Statement("relations")
COUNTRY_RELATIONS = Statement("country_relations")
FACTS = Statement("facts")
PLAIN_MILITARY_FACTS = FACTS.select(
    "plain_military_facts",
    "f.relation, f.chain, f.status, f.is_retracted, f.group_key, f.json, f.source_ids, f.codes,"
    " f.verification, f.step_json",
)
"""The facts with what the view `military` reads if a question is plain: every column takes time."""
MILITARY_FACTS = FACTS.select(
    "military_facts",
    "f.relation, f.chain, f.status, f.is_retracted, f.group_key, f.json, f.source_ids, f.codes,"
    " f.verification, f.step_json, f.sort_key, f.filter_words, f.id, f.status_day, f.status_before,"
    " f.until_day, f.first_day, f.last_day",
)
TABLE_ROWS = Statement("table_rows")
NAMED_TABLE_ROWS = Statement("named_table_rows")
SOURCES = Statement(
    "sources",
    # A join with the list of ids takes two thirds of the time that IN takes.
    "SELECT s.id, s.json FROM (SELECT value AS id FROM json_each(:ids)) AS wanted"
    " JOIN source s ON s.id = wanted.id",
)


class damage_as_error:  # noqa: N801 -- used as a statement, like contextlib.suppress
    """Raise IndexDamaged if a value that is read within has another type than the index gives it.

    SQLite does not notice a flipped bit that turns a text into a number.
    """

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None and issubclass(kind, TypeError):
            raise IndexDamaged


def fetch_relations(query: Query, index: Index) -> list[Row]:
    """Return the relations among the countries of a query, or of its only country, by their ids."""
    if len(query.codes) == 1:
        found = fetch_of_country(query.codes[0], index)
    else:
        found = index.rows(RELATIONS, {"ids": to_json(query.pairs)})
    return sorted(found, key=itemgetter("id"))


def fetch_facts(
    request: Request,
    index: Index,
    *,
    relations: Sequence[str] = (),
    ids: Sequence[str] = (),
    choice: Mapping[str, object] | None = None,
    statement: Statement = FACTS,
) -> list[Row]:
    """Return the facts on some relations, or with some ids, that the options of a request include.

    `choice` are parameters of the statement in place of the options of the request.
    """
    parameters = {
        "relations": to_json(relations) if relations else None,
        "ids": to_json(ids) if ids else None,
        "pair": None,
        "topic": request.topic,
        "as_of": request.as_of,
        "since": request.since,
        "until": request.until,
        "is_summary": None,
        "is_curated": None,
        "is_figure": None,
        "measure": None,
    }
    chosen = {**parameters, **(choice or {})}
    facts = index.rows(statement, chosen)
    others = set(ids).difference([fact["id"] for fact in facts]) if ids else ()
    return facts + _fetch_table_facts(relations, others, chosen, index)


def fetch_of_country(code: str, index: Index) -> list[Row]:
    """Return the relations of a country."""
    return index.rows(COUNTRY_RELATIONS, {"country": code})


def _fetch_table_facts(
    relations: Sequence[str], ids: Collection[str], choice: Mapping[str, object], index: Index
) -> list[Row]:
    """Return the facts that rows of tables make, on some relations or with some ids."""
    rows = index.rows(TABLE_ROWS, choice) if relations else []
    named = index.rows(NAMED_TABLE_ROWS, {"ids": to_json(sorted(ids))}) if ids else []
    if not (rows or named):
        return []
    from bilatcli.views.table_facts import make_facts

    return make_facts(rows, choice, index) + make_facts(named, choice, index, ids=ids)


def is_hidden_today(fact: Row) -> bool:
    """Return True if answers for today leave out a fact: it was retracted, or is superseded."""
    return bool(fact["is_retracted"]) or fact["status"] == "superseded"


def drop_hidden(facts: Iterable[Row], day: str | None) -> list[Row]:
    """Return the facts that answers for a day do not leave out."""
    if day is None:
        return [fact for fact in facts if not is_hidden_today(fact)]
    from bilatcli.views.as_of import is_hidden

    return [fact for fact in facts if not is_hidden(fact, day)]


def to_relation_json(relation: Row, day: str | None) -> str:
    """Return the JSON of a relation as it was on a day."""
    json: str = relation["json"]
    if json and day is None:
        return json
    from bilatcli.views.as_of import relation_json_on

    return relation_json_on(relation, day)


def to_header_source_ids(relation: Row, day: str | None) -> list[str]:
    """Return the ids of the sources of a relation as it was on a day."""
    ids: str = relation["source_ids"]
    if day is not None:
        from bilatcli.views.as_of import relation_source_ids_on

        ids = relation_source_ids_on(relation, day)
    return ids.split()


def to_fact_jsons(
    facts: Iterable[Row], day: str | None = None, *, column: str = "json"
) -> list[str]:
    """Return the JSON of each fact, with its status on a day; `step_json` as a step of a chain."""
    if day is None:
        jsons = [fact[column] for fact in facts]
    else:
        from bilatcli.views.as_of import replace_status

        jsons = [replace_status(fact[column], fact, day) for fact in facts]
    with damage_as_error():
        "".join(jsons)
    return jsons


def to_source_ids(facts: Iterable[Row]) -> list[str]:
    """Return the ids of the sources of facts, in the order of use; some more than once."""
    with damage_as_error():
        return " ".join([fact["source_ids"] for fact in facts]).split()


def to_codes(facts: Iterable[Row]) -> set[str]:
    """Return the codes of the countries in the JSON of facts."""
    with damage_as_error():
        return set(" ".join([fact["codes"] for fact in facts]).split())


def fetch_sources(ids: Iterable[str], index: Index) -> list[str]:
    """Return the JSON of the sources with these ids, each once, in the order of the ids.

    Raises IndexDamaged if the index lacks one.
    """
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return []
    found = {row["id"]: row["json"] for row in index.rows(SOURCES, {"ids": to_json(wanted)})}
    if len(found) != len(wanted):
        raise IndexDamaged
    return [found[id] for id in wanted]


def is_generated(fact: Row) -> bool:
    """Return True if a fact was produced from a reference work or a table."""
    return bool(fact["sort_key"].startswith("1"))


def has_date(fact: Row) -> bool:
    """Return True if something happened or began on a date, not only a state as of one.

    Quotation marks inside texts are escaped, so only the key can match.
    """
    return '"date":null,' not in fact["json"]


def is_curated(relation: Row) -> bool:
    """Return True if an editor wrote a fact on a relation, whatever its topic and date."""
    return bool(relation["coverage"] == "curated")
