"""Whatever a file of references has, it is read, or refused with a reason."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilatcli.citations.bibtex_reader import parse_bibtex
from bilatcli.citations.csl import parse_csl_json
from bilatcli.citations.reader import draft_source
from bilatcli.citations.references import Reference
from bilatcli.citations.ris import parse_ris
from bilatcli.packs.models import Source

BIBTEX_PARTS = [
    *'{}"=,#$%\\\0é\n',
    *("@book{", "@string{a = ", "@comment", "@preamble{", "key", "a", " and ", " von "),
    *("title = {", "author = {", "year = ", "date = {", "url = {", "month = ", "jan", "\\url{"),
    *("%20", "9" * 40, "https://a.b", "note={archived ", "2020-01/", ".."),
]
RIS_PARTS = [
    *("TY  - JOUR\n", "ER  - \n", "TI  - ", "AU  - ", "PY  - ", "DA  - ", "UR  - ", "KW  - "),
    *("N1  - ", "AV  - ", "ZZ  - ", "ty  - ", "M3  - ", "2020/1/", "https://a.b", "a\n", "\n"),
    *("\r", "\f", "\u2028", "/", ", "),
]
CSL_KEYS = (
    "id type title author issued accessed URL DOI note keyword custom publisher container-title"
    " language editor"
).split()
CSL_INNER_KEYS = "date-parts raw literal circa family given suffix reliability archived".split()
JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["2020", "weak"]),
    lambda each: (
        st.lists(each, max_size=3)
        | st.dictionaries(st.sampled_from(CSL_INNER_KEYS), each, max_size=3)
    ),
    max_leaves=6,
)
CSL_ITEMS = st.dictionaries(st.sampled_from(CSL_KEYS), JSON_VALUES, max_size=8)

FILES: dict[Callable[[str], list[Reference]], st.SearchStrategy[str]] = {
    parse_bibtex: st.lists(st.sampled_from(BIBTEX_PARTS), max_size=40).map(
        lambda parts: "@book{k, title={x}, " + "".join(parts)
    ),
    parse_ris: st.lists(st.sampled_from(RIS_PARTS), max_size=40).map(
        lambda parts: "TY  - JOUR\n" + "".join(parts)
    ),
    parse_csl_json: st.lists(CSL_ITEMS, max_size=3).map(json.dumps),
}
"""The texts for each parser."""


@pytest.mark.parametrize("parse", FILES, ids=lambda parse: parse.__name__)
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_any_references(parse: Callable[[str], list[Reference]], data: st.DataObject) -> None:
    """A parser raises ValueError, or each reference becomes a source with known keys only."""
    try:
        found = parse(data.draw(FILES[parse]))
    except ValueError:
        return
    for each in found:
        assert each.problems or each.item is not None
        assert set(draft_source(each.item or {}).values) <= set(Source.model_fields)
