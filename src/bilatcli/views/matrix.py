"""The matrix of stances: for each holder and issue whom the holder favours, and against whom, out of a view's facts."""

from __future__ import annotations

from bilatcli.text import json_string
from bilatcli.views.result import AGAINST, FAVOURS, HOLDER, ISSUE, STANCE_ID

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from bilatcli.views.result import Row


def member(rows: Iterable[Row]) -> dict[str, str | list[str]]:
    """Return the `matrix` of a document, out of the rows of stances: holders and issues by name, then the cells.

    There is a cell where a holder takes a position; it names each actor once.
    """
    cells: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        cells.setdefault((row[ISSUE], row[HOLDER]), []).append(row)
    return {
        "holders": _texts(sorted({holder for _, holder in cells})),
        "issues": _texts(sorted({issue for issue, _ in cells})),
        "cells": [_cell(holder, issue, cells[issue, holder]) for issue, holder in sorted(cells)],
    }


def _cell(holder: str, issue: str, rows: list[Row]) -> str:
    favours, against = (
        sorted({row[key] for row in rows if row[key]}) for key in (FAVOURS, AGAINST)
    )
    return (
        f'{{"holder":{json_string(holder)},"issue":{json_string(issue)},"favours":{_texts(favours)},'
        f'"against":{_texts(against)},"facts":{_texts([row[STANCE_ID] for row in rows])}}}'
    )


def _texts(texts: list[str]) -> str:
    return f"[{','.join(map(json_string, texts))}]"
