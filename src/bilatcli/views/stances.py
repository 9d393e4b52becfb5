"""The view `stances`: who takes which position on an issue, and whom it favours."""

from __future__ import annotations

from operator import itemgetter

from bilatcli.index import Statement
from bilatcli.query.errors import NothingRecorded
from bilatcli.query.interpret import interpret, require_country
from bilatcli.query.issues import (
    find_misspelt_issue,
    find_named_issues,
    find_related_issues,
    list_issues,
)
from bilatcli.text import json_object, to_json
from bilatcli.views import DETAIL_ONLY, FACT_OPTIONS, STATUS_COLUMNS, View
from bilatcli.views.as_of import is_current_on
from bilatcli.views.fetch import fetch_facts, fetch_relations
from bilatcli.views.result import ResultSet, find_facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bilatcli.index import Row
    from bilatcli.index.store import Index
    from bilatcli.query.interpret import Query
    from bilatcli.query.request import Request
    from bilatcli.views.document import Document

    Cells = dict[tuple[str, str], list[Row]]
    """Facts by issue and holder."""

STANCES_OF_HOLDERS = Statement(
    "stances_of_holders",
    """
    SELECT id FROM fact
    WHERE issue IN (SELECT value FROM json_each(:issues))
        AND holder IN (SELECT value FROM json_each(:holders))
    """,
)
STANCES_ON_ISSUES = Statement(
    "stances_on_issues",
    "SELECT id FROM fact WHERE issue IN (SELECT value FROM json_each(:issues))",
)

_BY_ISSUE = itemgetter("group_key")


def build(request: Request, index: Index) -> Document:
    """Return the stances, who supports whom, the positions, and with `matrix` those as a matrix."""
    query = interpret(request, index)
    found = _find_stances(query, index)
    support = _support_jsons(found)
    recorded = _fetch_on_cells(found, index)
    current = _group_cells(fact for fact in recorded if _is_current(fact, found))
    positions = _cell_jsons(current)
    if not request.matrix:
        return found.document(VIEW, support=support, positions=positions, matrix="null")
    cells = _group_cells(recorded) if request.all else current
    matrix = _matrix(cells)
    document = found.document(
        VIEW, rows="cells", support=support, positions=positions, matrix=matrix
    )
    if found.facts and not cells:
        document.notes.append(
            f"none of the stances is current ({len(found.facts)} in all): add `--all`"
        )
    return document


def _find_stances(query: Query, index: Index) -> ResultSet:
    """Return the stances of countries or on issues; a matrix without words has all of them."""
    if query.request.matrix and not query.request.text.strip():
        return _find_on_issues(query, list_issues(index), index)
    if issues := _read_issues(query, index):
        return _find_on_issues(query, issues, index)
    require_country(query, index, takes_subjects=True)
    related = [] if query.words else find_related_issues(query.request.text, index)
    try:
        found = find_facts(query, index, sort_by=_BY_ISSUE, topic=VIEW.topic)
    except NothingRecorded:
        if not related:
            raise
    else:
        if found.all_facts or not related:
            return found
    return _find_on_issues(query, _note_issues(query, related, index), index)


def _find_on_issues(query: Query, issues: Sequence[str], index: Index) -> ResultSet:
    """Return all stances on issues, whatever else the words of the query could mean."""
    query.words = []
    query.set_countries([])
    ids = [row["id"] for row in index.rows(STANCES_ON_ISSUES, {"issues": to_json(issues)})]
    facts = fetch_facts(query.request, index, ids=ids)
    return ResultSet(query, index, facts, day=query.request.as_of, sort_by=_BY_ISSUE)


def _read_issues(query: Query, index: Index) -> list[str]:
    """Return the issues that a query names, or that its subjects or its words lead to."""
    named = find_named_issues(query.request.text, index)
    if query.countries:
        return _note_issues(query, named, index) if named else []
    of_subjects = [issue for subject in query.subjects for issue in subject.main_issues]
    if not named and of_subjects and not query.plain_words:
        named = list(dict.fromkeys(of_subjects))
    return named or _find_issues_of_words(query, index)


def _find_issues_of_words(query: Query, index: Index) -> list[str]:
    """Return the issues whose names have the words of a query, or the one that they misspell."""
    if not query.words:
        return []
    if related := find_related_issues(query.filter or "", index):
        return related
    near = find_misspelt_issue(query.words, index)
    if near:
        query.readings.append(f"reading `{query.typed_filter}` as the issue `{near}`")
    return [near] if near else []


def _note_issues(query: Query, issues: list[str], index: Index) -> list[str]:
    """Return issues, and note how to ask for the stances of the countries of the query instead."""
    note = "stances on " + " and ".join(f"`{issue}`" for issue in issues)
    relations = [relation["id"] for relation in fetch_relations(query, index)]
    choice = {"topic": VIEW.topic}
    stances = fetch_facts(query.request, index, relations=relations, choice=choice)
    if any(fact["holder"] in query.codes for fact in stances):
        names = " and ".join(dict.fromkeys(match.name for match in query.countries))
        command = query.request.command([code.lower() for code in query.codes])
        note += f"; for the stances of {names}: `{command}`"
    query.readings.append(note)
    return issues


def _is_current(fact: Row, found: ResultSet) -> bool:
    return is_current_on(fact, found.day)


def _support_jsons(found: ResultSet) -> list[str]:
    """Return the JSON of who favours whom today, on which issues, and whether it is mutual."""
    issues: dict[tuple[str, str], list[str]] = {}
    for fact in found.facts:
        holder, favours = fact["holder"], fact["favours"]
        if favours and favours != holder and _is_current(fact, found):
            issues.setdefault((holder, favours), []).append(fact["issue"])
    return [
        json_object(
            holder=holder,
            favours=favours,
            issues=list(dict.fromkeys(on_issues)),
            mutual=(favours, holder) in issues,
        )
        for (holder, favours), on_issues in sorted(issues.items())
    ]


# --- positions, and the matrix


def _fetch_on_cells(found: ResultSet, index: Index) -> list[Row]:
    """Return the facts on the same holders and issues as the stances of a result, of all relations.

    So a holder has the same position on an issue, whatever pair is asked for.
    """
    request = found.query.request
    cells = {(fact["issue"], fact["holder"]) for fact in found.facts}
    parameters = {
        "issues": to_json(sorted({issue for issue, _ in cells})),
        "holders": to_json(sorted({holder for _, holder in cells})),
    }
    recorded = index.rows(STANCES_OF_HOLDERS, parameters) if cells else []
    # Rows of tables are among the stances of the result only.
    ids = dict.fromkeys(fact["id"] for fact in [*recorded, *found.facts])
    facts = fetch_facts(request, index, ids=list(ids)) if ids else []
    facts.sort(key=_BY_ISSUE)
    return [
        fact
        for fact in facts
        if (fact["issue"], fact["holder"]) in cells
        and (fact["verification"] == "cited" or not request.verified)
    ]


def _group_cells(facts: Iterable[Row]) -> Cells:
    """Return the facts on each issue and holder."""
    cells: Cells = {}
    for fact in facts:
        cells.setdefault((fact["issue"], fact["holder"]), []).append(fact)
    return cells


def _matrix(cells: Cells) -> dict[str, str | list[str]]:
    """Return the member `matrix`: holders and issues by name, and a cell for each position."""
    return {
        "holders": to_json(sorted({holder for _, holder in cells})),
        "issues": to_json(sorted({issue for issue, _ in cells})),
        "cells": _cell_jsons(cells),
    }


def _cell_jsons(cells: Cells) -> list[str]:
    """Return the JSON of what each holder thinks on an issue; each actor is named once."""
    return [
        json_object(
            holder=holder,
            issue=issue,
            favours=sorted({fact["favours"] for fact in facts if fact["favours"]}),
            against=sorted({fact["against"] for fact in facts if fact["against"]}),
            facts=[fact["id"] for fact in facts],
        )
        for (issue, holder), facts in sorted(cells.items())
    ]


VIEW = View(
    "stances",
    "List who takes which position on an issue, and for whom; by pair, country or issue.",
    build=build,
    examples=("bilatcli stances kashmir", "bilatcli stances az pk --matrix"),
    options=("matrix", "elsewhere", *FACT_OPTIONS),
    columns=(
        ("date", 0),
        ("holder", 60),
        ("favours", 90),
        ("position", 120),
        ("text", 0),
        *STATUS_COLUMNS,
        ("against", DETAIL_ONLY),
    ),
    group="issue",
    noun="stance",
    topic="stance",
)
