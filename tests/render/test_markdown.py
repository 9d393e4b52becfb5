"""Markdown: rows and cells, and that it reads back as one table with its sources."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from bilatcli.fields import FACT_FIELDS, FIELDS, SOURCE_FIELDS
from bilatcli.index.store import Index
from bilatcli.render import render_document, values
from bilatcli.render.markdown import (
    escape_markdown,
    format_cell,
    format_divider,
    format_row,
    format_source,
)
from bilatcli.render.settings import Settings
from bilatcli.text import json_string, make_printable
from bilatcli.views.document import Document
from render_support import QUESTIONS, answer, load_rows

if TYPE_CHECKING:
    from markdown_it.token import Token

COLUMNS = {field.key: field for field in (*SOURCE_FIELDS, *FACT_FIELDS)}

# --- one row


def test_row() -> None:
    """A row has a bar on either side of each cell."""
    assert format_row(["a", "b"]) == "| a | b |"


@pytest.mark.parametrize(("key", "divider"), [("text", "---"), ("quantity", "---:")])
def test_divider(key: str, divider: str) -> None:
    """Numbers are aligned to the right."""
    assert format_divider(COLUMNS[key]) == divider


@pytest.mark.parametrize(
    ("key", "value", "cell"),
    [
        ("text", "a|b *c*", "a\\|b \\*c\\*"),
        ("text", None, "—"),
        ("quantity", 1200, "1,200"),
        ("verification", "single-source-claim", "single source"),
        ("URL", "https://example.org/a_b", "<https://example.org/a_b>"),
        ("URL", "javascript:alert(1)", "javascript:alert(1)"),
    ],
)
def test_cell(key: str, value: Any, cell: str) -> None:
    """A cell is the value for people, escaped; a web address is a link."""
    assert format_cell(value, COLUMNS[key]) == cell


def test_escape() -> None:
    """Everything that Markdown gives a meaning to is escaped."""
    assert escape_markdown("<b>&[x](y)|`~@") == "\\<b\\>&amp;\\[x\\](y)\\|\\`\\~\\@"


SOURCE = {"id": "a", "title": "A title", "custom": {"reliability": "news"}}


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({}, "A title."),
        ({"issued": {"date-parts": [[2022]]}}, "A title. (2022)"),
        ({"publisher": "Brill"}, "A title. Brill."),
        (
            {"publisher": "Brill", "issued": {"literal": "[2022]"}},
            "A title. Brill (\\[2022\\]).",
        ),
        ({"URL": "https://example.org"}, "A title. <https://example.org>"),
        (
            {
                "archive_location": "https://archive.org/1",
                "custom": {"reliability": "news", "archived": "2023-01-02"},
            },
            "A title. (archived 2023-01-02: <https://archive.org/1>)",
        ),
    ],
)
def test_source(more: dict[str, Any], text: str) -> None:
    """A source has its title, outlet, date, address and archived copy, as far as known."""
    assert format_source({**SOURCE, **more}) == text


# --- documents


def parse(text: str) -> list[Token]:
    """Return the tokens of a text in GitHub's Markdown."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)


def read_text(token: Token) -> str:
    """Return the text of an inline token, which has only text and plain links."""
    children = token.children or []
    assert {child.type for child in children} <= {"text", "text_special", "link_open", "link_close"}
    return "".join(child.content for child in children)


def read_table(tokens: list[Token]) -> list[list[str]]:
    """Return the cells of the only table among tokens, row by row."""
    assert [token.type for token in tokens].count("table_open") == 1
    rows: list[list[str]] = []
    for position, token in enumerate(tokens):
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            rows[-1].append(read_text(tokens[position + 1]))
    return rows


@pytest.mark.parametrize(
    "question",
    [question for question in QUESTIONS if "source" not in question and question != "cite"],
)
def test_table(small_index: Index, question: str) -> None:
    """A document is one table with a row per fact; the cells are the values."""
    document = answer(small_index, question, all=True)
    header, *lines = read_table(parse(render_document(document, "markdown")))
    rows = load_rows(document)
    assert len(lines) == len(rows) > 0
    columns = {column.heading: column for column in FIELDS[document.rows]}
    for line, row in zip(lines, rows, strict=True):
        for heading, cell in zip(header, line, strict=True):
            column = columns[heading]
            if column.key != "sources" or document.rows != "facts":
                value = values.format_for_people(row.get(column.key), column.kind)
                assert cell == value.strip()


@pytest.mark.parametrize("question", ["cite", "cite of a source", "show of a source"])
def test_sources_are_a_list(small_index: Index, question: str) -> None:
    """Sources are a numbered list, each as in a bibliography."""
    document = answer(small_index, question, all=True)
    tokens = parse(render_document(document, "markdown"))
    assert [token.type for token in tokens].count("ordered_list_open") == 1
    entries = [read_text(token) for token in tokens if token.type == "inline"]
    if document.members.get("unsourced"):
        assert "no source" in entries.pop()
    sources = load_rows(document)
    assert len(entries) == len(sources) > 0
    for text, source in zip(entries, sources, strict=True):
        assert text.startswith(values.format_credit(source))


def test_footnotes(small_index: Index) -> None:
    """Facts cite footnotes by the ids of their sources; each footnote follows the table."""
    document = answer(small_index, "facts", all=True)
    loaded = document.load()
    text = render_document(document, "markdown")
    tokens = MarkdownIt("commonmark").enable("table").use(footnote_plugin).parse(text)
    children = [child for token in tokens for child in token.children or []]
    cited = [child.meta["label"] for child in children if child.type == "footnote_ref"]
    assert cited == [id for fact in loaded["facts"] for id in fact["sources"]]
    starts = [place for place, token in enumerate(tokens) if token.type == "footnote_open"]
    footnotes = [tokens[start + 2] for start in starts]
    by_id = {source["id"]: source for source in loaded["sources"]}
    for token, id in zip(footnotes, dict.fromkeys(cited), strict=True):
        assert read_text(token).startswith(values.format_credit(by_id[id]))
    links = [
        each for token in footnotes for each in token.children or [] if each.type == "link_open"
    ]
    assert len(links) == len(footnotes) - 1
    assert {str(link.attrGet("href")).split("://")[0] for link in links} == {"https"}


def test_summary_has_a_head(small_index: Index) -> None:
    """A summary begins with the relation and its overview, with the sources of each."""
    document = answer(small_index, "summary")
    head, overview = render_document(document, "markdown").split("\n\n")[:2]
    relation = document.load()["relation"]
    assert head.startswith("**Iceland–Mongolia** · relations since ")
    assert overview.startswith(relation["overview"][:20])
    assert [f"[^{id}]" for id in relation["sources"]] == re.findall(r"\[\^[^]]*\]", overview)


def test_citation_keys(small_index: Index) -> None:
    """With citation keys, facts cite sources by them, and there are no footnotes."""
    document = answer(small_index, "facts", all=True)
    facts, sources = (document.load()[key] for key in ("facts", "sources"))
    document.keys = {source["id"]: f"key-{source['id']}" for source in sources}
    text = render_document(document, "markdown")
    header, *lines = read_table(parse(text))
    wanted = ["; ".join(f"@key-{id}" for id in fact["sources"]) for fact in facts]
    cells = [line[header.index("Sources")] for line in lines]
    assert cells == [f"[{each}]" if each else "—" for each in wanted]
    assert text.count("\n") == len(lines) + 2


def test_addresses_are_links(small_index: Index) -> None:
    """The addresses of a bibliography are links to these addresses, except a hostile one."""
    document = answer(small_index, "cite")
    tokens = parse(render_document(document, "markdown"))
    links = [
        child.attrGet("href")
        for token in tokens
        for child in token.children or []
        if child.type == "link_open"
    ]
    addresses = [source["URL"] for source in document.load()["sources"]]
    (other,) = set(addresses).difference(map(str, links))
    assert links == [address for address in addresses if address != other]
    assert other.startswith("https://example.org/\x1b")


# --- any text


def make_document(text: str) -> Document:
    """Return a document of two facts, the first with a given statement."""
    source = '{"id":"s","type":"book","title":"T","custom":{"reliability":"weak"}}'
    facts = [
        f'{{"id":"is-mn/{id}","text":{json_string(statement)},"date":null,"status":"current",'
        f'"verification":"cited","sources":["s"]}}'
        for id, statement in (("a", text), ("b", "plain"))
    ]
    return Document("facts", {"facts": facts, "sources": [source]}, rows="facts")


PIECES = [
    *"|\\`*_[]()<>!#~$&;:-+=.1\n\r\t \"'",
    "--",
    "```",
    "](",
    "<a",
    "&#124;",
    "http://x",
    "\u202e",
    "\x1b",
    "é",
]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(PIECES) | st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12
    ).map("".join)
)
def test_any_text(text: str) -> None:
    """Any text reads back from Markdown, CSV and TSV, in its own row."""
    document = make_document(text)
    lines = read_table(parse(render_document(document, "markdown")))
    assert {len(line) for line in lines} == {len(lines[0])}
    assert " ".join(lines[1][lines[0].index("Statement")].split()) == " ".join(
        values.format_for_people(text, "text").split()
    )
    read = csv.DictReader(
        io.StringIO(render_document(document, "csv", Settings(is_raw=True)), newline="")
    )
    assert [row["text"] for row in read] == [make_printable(text), "plain"]
    header, *tsv = render_document(document, "tsv").removesuffix("\n").split("\n")
    assert [line.count("\t") for line in tsv] == [header.count("\t")] * 2
