"""What was true on a day: the status of a fact, and what was known about a relation.

Every view uses these functions, so that all give the same answer. Whether a fact has the status
that a question asks for depends on the day, too. A day is `YYYY-MM-DD`, or None for today. Which
facts were known on a day is decided by the statements `facts` and `search`.
"""

from __future__ import annotations

from bilatcli.index.relation_json import get_relation_json, header_json
from bilatcli.views.fetch import is_hidden_today

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.index import Row
    from bilatcli.query.request import Request


def status_on(fact: Row, day: str | None) -> str:
    """Return the status that a fact has on a day.

    Before its `status_day` a fact has the status `status_before`. A fact that is historical today
    was current until the last day of its `until`.
    """
    status: str = fact["status"]
    if day is None:
        return status
    if (fact["status_day"] or "") > day:
        before: str = fact["status_before"]
        return before
    return "current" if status == "historical" and (fact["until_day"] or "") > day else status


def is_hidden(fact: Row, day: str | None) -> bool:
    """Return True if answers leave out a fact: it was retracted, or is superseded on a day."""
    if day is None:
        return is_hidden_today(fact)
    return bool(fact["is_retracted"]) or status_on(fact, day) == "superseded"


def is_current_on(fact: Row, day: str | None) -> bool:
    """Return True if what a fact says holds on a day, and was not retracted."""
    return not fact["is_retracted"] and status_on(fact, day) == "current"


def is_wanted(fact: Row, request: Request, day: str | None) -> bool:
    """Return True if a fact has the verification, and on a day the status, that is asked for.

    A retracted fact has no status that counts, unless all facts are asked for.
    """
    if request.wanted_verification not in (None, fact["verification"]):
        return False
    if request.status is None:
        return True
    is_counted = request.all or not fact["is_retracted"]
    return is_counted and request.status == status_on(fact, day)


def fact_json_on(fact: Row, day: str | None) -> str:
    """Return the JSON of a fact with its status on a day."""
    json: str = fact["json"]
    return json if day is None else replace_status(json, fact, day)


def replace_status(json: str, fact: Row, day: str) -> str:
    """Return JSON of a fact with its status on a day; only a superseded one has a successor.

    Quotation marks inside texts are escaped, so only a key can match.
    """
    status = status_on(fact, day)
    before, key, rest = json.partition('"status":"')
    if not key or rest.startswith(f'{status}"'):
        return json
    was, _, rest = rest.partition('"')
    successor = ',"superseded_by":"'
    if was == "superseded" and rest.startswith(successor):
        rest = ',"superseded_by":null' + rest.removeprefix(successor).partition('"')[2]
    return f'{before}{key}{status}"{rest}'


def relation_json_on(relation: Row, day: str | None) -> str:
    """Return the JSON of a relation as it was on a day.

    Its status and overview describe today, so they are left out for any other day. The date on
    which relations were established is left out for a day before it.
    """
    json = get_relation_json(relation)
    if day is None:
        return json
    countries = json.partition(',"established":')[0]
    is_established = _is_established(relation, day)
    return countries + header_json(
        relation["established"] if is_established else None,
        relation["established_source_ids"].split() if is_established else [],
    )


def relation_source_ids_on(relation: Row, day: str | None) -> str:
    """Return the ids of the sources of a relation as it was on a day, separated by spaces."""
    key = "source_ids" if day is None else "established_source_ids"
    ids: str = relation[key] if day is None or _is_established(relation, day) else ""
    return ids


def _is_established(relation: Row, day: str) -> bool:
    return relation["established"] is not None and relation["established_day"] <= day
