"""The document: JSON that is joined from JSON, and its rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bilatcli.error_details import Candidate, PackError, Problem
from bilatcli.errors import IndexDamaged, UsageError
from bilatcli.query.errors import Ambiguous
from bilatcli.views.document import Document, error_text
from view_support import load_validator

if TYPE_CHECKING:
    from bilatcli.views.document import Member

FACT = '{"id":"a","text":"b"}'


def make_document(**options: object) -> Document:
    """Return a document with one fact and a matrix with one cell."""
    members = {
        "query": "null",
        "empty": [],
        "facts": [FACT, FACT],
        "matrix": {"holders": '["IS"]', "cells": ['{"holder":"IS","issue":"x"}']},
    }
    return Document("facts", members, **{"rows": "facts", **options})  # type: ignore[arg-type]


def test_text() -> None:
    """Each member and each element of an array has a line of its own."""
    assert make_document().text(end="\n") == (
        '{"schema":"bilatcli/facts@1",\n"query":null,\n"empty":[],\n'
        f'"facts":[\n{FACT},\n{FACT}\n],\n'
        '"matrix":{"holders":["IS"],"cells":[\n{"holder":"IS","issue":"x"}\n]}}\n'
    )


def test_one_line() -> None:
    """Without line breaks the document is the same."""
    document = make_document()
    assert "\n" not in document.text(newline="")
    assert json.loads(document.text(newline="")) == document.load()


@pytest.mark.parametrize(("rows", "count"), [("facts", 2), ("cells", 1), ("empty", 0)])
def test_rows(rows: str, count: int) -> None:
    """Rows are elements of the document, or of one of its members."""
    document = make_document(rows=rows)
    assert len(document.elements) == count
    assert document.is_empty is (count == 0)
    assert make_document(rows=rows, is_empty=True).is_empty


def test_names_of_countries() -> None:
    """A document finds its codes in values and in ids of relations, not in texts and sources.

    Those of its facts are in the index, and given.
    """
    fact = (
        '{"id":"az-pk/x","relation":"az-pk","topic":"stance","text":"A \\"TR\\" it is",'
        '"actors":["AZ","IN"],"toward":[],"holder":"IN","note":"\\"US\\"","sources":["x"]}'
    )
    members: dict[str, Member] = {
        "query": '{"countries":[{"code":"FJ"}]}',
        "facts": [fact],
        "relations": ['{"id":"is-mn","countries":[{"code":"IS"}],"status":"KP"}'],
        "matrix": {"holders": '["CL"]', "cells": ['{"holder":"EU"}']},
        "sources": ['{"id":"x","publisher":"GB"}'],
    }
    document = Document("facts", members, rows="facts", codes=["AZ", "PK", "IN"])
    assert document.find_codes() == {"AZ", "PK", "IN", "FJ", "IS", "MN", "CL", "EU"}
    document.name_countries({"AZ": "Azerbaijan"})
    assert document.load()["countries"] == {"AZ": "Azerbaijan"}


def test_fields() -> None:
    """Only the fields that were chosen are kept, in their order; a missing one is null."""
    assert make_document(fields=["text", "note"]).elements == ['{"text":"b","note":null}'] * 2
    assert make_document(rows="cells", fields=["issue"]).elements == ['{"issue":"x"}']


@pytest.mark.parametrize(
    ("field", "hint"), [("txt", "did you mean `text`?"), ("xyzzyx", "fields are id, relation, ")]
)
def test_unknown_field(field: str, hint: str) -> None:
    """An unknown field is an error with the nearest field, or with all fields."""
    with pytest.raises(UsageError) as caught:
        make_document(fields=[field])
    assert caught.value.message.startswith(f"facts have no field `{field}`; {hint}")


def test_damaged_texts() -> None:
    """Texts that are not JSON are damage to the index."""
    with pytest.raises(IndexDamaged):
        Document("facts", {"facts": ['{"id":']}, rows="facts").load()
    with pytest.raises(IndexDamaged):
        Document("facts", {"facts": ['{"id":']}, rows="facts", fields=["id"])


def test_error_text() -> None:
    """An error is a document with its kind, message, line, candidates and problems."""
    candidate = Candidate("kp", "North Korea", command="bilatcli facts kp", score=50.0)
    text = error_text(Ambiguous("korea", [candidate, candidate]), line=3)
    assert text.startswith('{"schema":"bilatcli/error@1",\n"error":{"kind":"ambiguous",')
    error = json.loads(text)["error"]
    assert (error["line"], error["candidates"][0]["score"]) == (3, 50.0)
    problem = Problem("a\x1bb", "c", file="d.toml", line=1, column=2)
    broken = json.loads(error_text(PackError([problem]), newline=""))
    assert broken["error"]["problems"] == [
        {"file": "d.toml", "line": 1, "column": 2, "what": "a\x1bb", "remedy": "c"}
    ]
    for document in (json.loads(text), broken):
        assert list(load_validator("error").iter_errors(document)) == []
