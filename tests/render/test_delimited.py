"""CSV, TSV, JSON and NDJSON: they read back, and do nothing to a terminal or a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from bilatcli.fields import FIELDS
from bilatcli.index.store import Index
from bilatcli.render import render_document, values
from bilatcli.render.settings import Settings
from bilatcli.text import json_object, make_printable
from bilatcli.views.document import Document
from render_support import QUESTIONS, answer, load_rows


def name_document(name: str) -> Document:
    """Return a document of one resolved name."""
    row = json_object(input=name, code="IS", name="Iceland", score=-1.5)
    return Document("resolve", {"names": [row]}, rows="names")


@pytest.mark.parametrize("question", QUESTIONS)
def test_csv(small_index: Index, question: str) -> None:
    """CSV reads back to the values, control characters escaped; unknown is empty."""
    document = answer(small_index, question, all=True)
    kinds = {column.key: column.kind for column in FIELDS[document.rows]}
    text = render_document(document, "csv", Settings(is_raw=True))
    lines = list(csv.DictReader(io.StringIO(text, newline="")))
    rows = load_rows(document)
    assert len(lines) == len(rows) > 0
    for line, row in zip(lines, rows, strict=True):
        assert line == {
            key: make_printable(values.format_for_machines(row.get(key), kinds[key]))
            for key in line
        }
        known = {key for key, value in row.items() if value not in (None, [])}
        assert known <= line.keys()


@pytest.mark.parametrize("question", QUESTIONS)
def test_tsv(small_index: Index, question: str) -> None:
    """Each line of TSV is one row, with as many tabs as the header."""
    document = answer(small_index, question, all=True)
    text = render_document(document, "tsv")
    header, *lines = text.removesuffix("\n").split("\n")
    assert len(lines) == len(load_rows(document))
    assert {line.count("\t") for line in lines} == {header.count("\t")}
    assert text.replace("\t", "").replace("\n", "").isprintable()


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("=1+1", "'=1+1"),
        ('"=1+1', "'\"=1+1"),
        ("\uff1d1", "'\uff1d1"),
        ("Iceland", "Iceland"),
        ("'=1", "'=1"),
    ],
)
def test_formula(name: str, cell: str) -> None:
    """A text that a spreadsheet would run gets an apostrophe, unless raw cells are asked for."""
    document = name_document(name)
    assert render_document(document, "tsv").split("\n")[1].split("\t")[0] == cell
    assert (
        render_document(document, "tsv", Settings(is_raw=True)).split("\n")[1].split("\t")[0]
        == name
    )


def test_negative_number_is_not_protected() -> None:
    """A number stays a number for a spreadsheet, although it begins with a minus."""
    assert "\t-1.5\t" in render_document(name_document("Iceland"), "tsv")


@pytest.mark.parametrize("question", QUESTIONS)
def test_ndjson(small_index: Index, question: str) -> None:
    """Each line of NDJSON is one row."""
    document = answer(small_index, question, all=True)
    lines = render_document(document, "ndjson").removesuffix("\n").split("\n")
    assert [json.loads(line) for line in lines] == load_rows(document)


@pytest.mark.parametrize("question", QUESTIONS)
def test_json(small_index: Index, question: str) -> None:
    """JSON is the document, without control characters outside escapes."""
    document = answer(small_index, question, all=True)
    text = render_document(document, "json")
    assert json.loads(text) == document.load()
    assert re.search(r"[\x00-\x09\x0b-\x1f]", text) is None


@pytest.mark.parametrize("format", ["json", "ndjson"])
def test_json_on_a_terminal(small_index: Index, format: str) -> None:
    """JSON does nothing to a terminal, whatever a pack contains."""
    text = render_document(answer(small_index, "show of hostile text"), format)
    assert text.replace("\n", "").isprintable()
