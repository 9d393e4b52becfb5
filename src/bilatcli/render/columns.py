"""The columns of a document as a table, for every format that has rows."""

from __future__ import annotations

from bilatcli.fields import CHANGE_FIELDS, FIELDS
from bilatcli.views import DETAIL_ONLY, VIEWS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bilatcli.fields import Field
    from bilatcli.views.document import Document

ANY_WIDTH = DETAIL_ONLY - 1
"""A width at which each value that can have a column has one."""

_LISTING_VIEWS = {"relations": "list", "names": "resolve"}
"""The view that declares the columns of rows that are not facts."""


def columns_for(document: Document, width: int = ANY_WIDTH) -> list[Field]:
    """Return the columns for people: the chosen fields, or those of the view on such a screen.

    `width` is in characters.
    """
    if document.fields is not None:
        return _select_fields(document.fields, document.rows)
    if document.rows in ("cells", "sources"):
        return list(FIELDS[document.rows])
    keys = [key for key, min_width in _declared_columns(document) if width >= min_width]
    return _select_fields(keys, document.rows)


def detail_columns_for(document: Document, columns: Sequence[Field]) -> list[Field]:
    """Return the declared fields of facts that have no column: they are part of the statement."""
    keys = [key for key, _ in _declared_columns(document)]
    return [field for field in _select_fields(keys, document.rows) if field not in columns]


def machine_columns_for(document: Document) -> list[Field]:
    """Return the columns for machines: the chosen fields, or all that rows of the view can have.

    They depend on the view alone, not on what was found.
    """
    if document.fields is not None:
        return _select_fields(document.fields, document.rows)
    view = VIEWS[document.view]
    columns = FIELDS[document.rows]
    if view.topic:
        return [each for each in columns if not each.topics or view.topic in each.topics]
    return [*CHANGE_FIELDS, *columns] if view.group == "change" else list(columns)


def _declared_columns(document: Document) -> Iterable[tuple[str, int]]:
    """Return the keys that the view declares, each with the width from which it has a column."""
    view = VIEWS[_LISTING_VIEWS.get(document.rows, document.view)]
    # A view without a table of its own, such as `cite`, may have facts too.
    return view.columns or VIEWS["facts"].columns


def _select_fields(keys: Iterable[str], rows: str) -> list[Field]:
    fields = {field.key: field for field in FIELDS[rows]}
    return [fields[key] for key in keys]
