"""Authors, titles, outlets and dates come back from every exchange format as they were."""

from __future__ import annotations

import json
import re
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilatcli.citations.bibtex_reader import parse_bibtex
from bilatcli.citations.bibtex_writer import format_bibtex
from bilatcli.citations.csl import parse_csl_json, source_to_csl
from bilatcli.citations.reader import draft_source
from bilatcli.citations.references import Reference
from bilatcli.citations.ris import format_ris, parse_ris
from bilatcli.packs.models import Source
from bilatcli.text import make_printable
from bilatcli.vocabulary import SOURCE_TYPES

MARKS = [
    *(r"\ { } $ % & # _ ~ ^ @ = | ; : / ' ` “ ” « » \" , . ! ? - – — ( ) [ ] < + *".split()),
    *("and", "And", "others", "Jr.", "III", "von", "de", "al-", "bin", "family=", "TY  - ", "%20"),
    *("--", "---", "``", "''", "?`", r"\'e", r"\alpha", "{a}", "{", "}", "$x$", "$5", "e\u0301"),
    *(
        "Əliyev",
        "İlham",
        "ığdır",  # noqa: RUF001
        "خان",
        "عمران",
        "王",
        "毅",
        "И",
        "Ö",
        "ß",
        "👨\u200d👩\u200d👧",
        "🇦🇿",
        "½",
        " ",
        "  ",
    ),
]
PIECES = st.lists(st.sampled_from(MARKS) | st.text(max_size=4), min_size=1, max_size=8)


def is_plain(text: str) -> bool:
    """Return True if a text is printed as it is, and has neither rich text nor entities."""
    is_rich = re.search(r"</?[a-z-]+[\s/>]|&[#\w]+;", text, re.IGNORECASE)
    return bool(text) and make_printable(text) == text and not is_rich


def tidy(text: str) -> str:
    """Return a text on one line, composed."""
    return normalize("NFC", " ".join(text.split()))


texts = PIECES.map(lambda pieces: tidy("".join(pieces))).filter(is_plain)
names = st.one_of(
    texts,
    st.builds("{}, {}".format, texts, texts),
    st.builds("{}, {}, {}".format, texts, texts, st.sampled_from(["Jr.", "III", "x"])),
    st.sampled_from(["King, Martin Luther, Jr.", "An Institute and Others", "van der Berg, Jan"]),
)
names = names.map(lambda name: tidy(re.sub(r"\s*,\s*", ", ", name))).filter(
    lambda name: all(any(map(str.isalnum, part)) for part in name.split(","))
)
dates = st.sampled_from(
    "2020 2020-05 2020-05-03 2020? 2020-05? 2019/2020 2020-05/2020-06 2020-05-03/2020-05-07 2020/.."
    " ../2020 2020/ /2020 201X 2020-XX 2020-21 2020-33 [2019,2020] {2019,2020} [..2020-03] 1950S2"
    " 2020?/2021~ 0985 2021-24/2022-21 156X-12-25 2020-12-30/2021-01-02".split()
)
sources = st.fixed_dictionaries(
    {
        "id": st.just("a"),
        "type": st.sampled_from(SOURCE_TYPES),
        "title": texts,
        "reliability": st.just("news"),
        "authors": st.lists(names, max_size=3, unique=True).map(tuple),
        "publisher": texts,
        "issued": dates,
    }
)


def exchange(style: str, source: Source) -> list[Reference]:
    """Return a source as it is read from an exchange format."""
    item = source_to_csl(source)
    if style == "csl-json":
        return parse_csl_json(json.dumps([item]))
    if style == "ris":
        return parse_ris(format_ris([item], {"a": "k"}))
    return parse_bibtex(format_bibtex([item], {"a": "k"}, is_biblatex=style == "biblatex"))


def stand_for_others(authors: tuple[str, ...]) -> bool:
    """Return True if an author is read as people who are not named."""
    is_last = len(authors) > 1 and authors[-1].lower() == "others"
    return is_last or any(re.search(r"\bet\.? al\.?$", name, re.IGNORECASE) for name in authors)


def has_several_names(author: str) -> bool:
    """Return True if an author of RIS is read as several, as in `Bo, Ann; Cy, Dan`."""
    return ";" in author and author.count(",") > 1


@pytest.mark.parametrize("style", ["bibtex", "biblatex", "ris", "csl-json"])
@settings(max_examples=100, deadline=None)
@given(values=sources)
def test_exchange(style: str, values: dict[str, object]) -> None:
    """A source is read as it was written, without a problem."""
    source = Source.model_validate(values)
    (found,) = exchange(style, source)
    assert found.item is not None
    draft = draft_source(found.item)
    assert draft.values["title"] == source.title
    assert draft.values["publisher"] == source.publisher
    assert draft.values["issued"] == source.issued
    if not stand_for_others(source.authors) and not any(map(has_several_names, source.authors)):
        assert tuple(draft.values.get("authors", ())) == source.authors
        assert (draft.lost, found.problems) == ([], ())
