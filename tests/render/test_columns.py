"""Which columns a document has: of its view, of a screen, or as chosen."""

from __future__ import annotations

import pytest

from bilatcli.fields import FIELDS
from bilatcli.render.columns import columns_for, detail_columns_for, machine_columns_for
from bilatcli.views import VIEWS
from bilatcli.views.document import Document


def document_of(view: str, rows: str = "facts", fields: list[str] | None = None) -> Document:
    """Return a document without rows."""
    return Document(view, {rows: []}, rows=rows, fields=fields)


@pytest.mark.parametrize(
    ("view", "width", "keys"),
    [
        ("search", 60, ["date", "text"]),
        ("search", 80, ["date", "text", "sources"]),
        ("search", 100, ["date", "relation", "text", "status", "sources"]),
    ],
)
def test_columns_of_a_screen(view: str, width: int, keys: list[str]) -> None:
    """The wider a screen, the more columns; the other fields are details."""
    document = document_of(view)
    columns = columns_for(document, width)
    details = detail_columns_for(document, columns)
    assert [column.key for column in columns] == keys
    assert {field.key for field in (*columns, *details)} == {key for key, _ in VIEWS[view].columns}


def test_columns_of_a_page() -> None:
    """Without a width, every field that can have a column has one."""
    keys = [column.key for column in columns_for(document_of("facts"))]
    assert {"date", "text", "status", "sources"} <= set(keys)
    assert "system" not in keys


@pytest.mark.parametrize(
    ("view", "rows"), [("list", "relations"), ("resolve", "names"), ("stances", "cells")]
)
def test_columns_of_other_rows(view: str, rows: str) -> None:
    """Rows that are not facts have columns of their own fields."""
    columns = columns_for(document_of(view, rows))
    assert columns
    assert set(columns) <= set(FIELDS[rows])


def test_chosen_fields() -> None:
    """Chosen fields are the columns everywhere, in their order."""
    document = document_of("facts", fields=["text", "id"])
    for columns in (
        columns_for(document),
        columns_for(document, 60),
        machine_columns_for(document),
    ):
        assert [column.key for column in columns] == ["text", "id"]


def test_columns_for_machines() -> None:
    """A view on a topic leaves out keys of other topics; a comparison adds the change."""
    keys = {
        view: [column.key for column in machine_columns_for(document_of(view))]
        for view in ("facts", "military", "stances", "diff")
    }
    assert keys["facts"] == [field.key for field in FIELDS["facts"]]
    assert "holder" not in keys["military"]
    assert "system" not in keys["stances"]
    assert keys["diff"] == ["change", "was", *keys["facts"]]
