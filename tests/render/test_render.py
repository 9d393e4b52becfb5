"""Renderers: nothing is cut, nothing is wider than the terminal, nothing hostile gets through, formats read back."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from rich.cells import cell_len

from bilatcli.environment import Environment
from bilatcli.fields import FIELDS
from bilatcli.index.store import Index, open_index
from bilatcli.query.request import Request
from bilatcli.render import render_document, values
from bilatcli.text import json_string, make_printable
from bilatcli.views.catalog import VIEWS, run
from bilatcli.views.document import Document
from support import DATA

if TYPE_CHECKING:
    from markdown_it.token import Token

SMALL = str(DATA / "small.toml")

QUESTIONS = {
    "summary": ["is-mn"],
    "summary of one country": ["iceland"],
    "facts": ["is-mn"],
    "military": ["is-mn"],
    "stances": ["is-mn"],
    "cite": ["is-mn"],
    "cite of a source": ["urdu-daily"],
    "show": ["is-mn/yak-1-delivery"],
    "show of hostile text": ["is-mn/hostile"],
    "show of a source": ["yearbook-2010"],
    "list": [],
}
WIDTHS = [*range(30, 60, 3), 59, *range(60, 201, 10), 76, 89, 111, 129]
FACTS = ["facts", "military", "stances"]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """The index of the bundled packs with the small one laid over them."""
    home = str(tmp_path_factory.mktemp("home"))
    opened = open_index(Environment(environ={"HOME": home}), [SMALL])
    yield opened
    opened.close()


def answer(index: Index, question: str, **options: object) -> Document:
    """The document of one of the questions."""
    view = question.split(maxsplit=1)[0]
    chosen = {"curated": True, **options} if view == "list" else options
    return run(VIEWS[view], Request(view, QUESTIONS[question], **chosen), index)


def table(document: Document, width: int, *, has_colour: bool = False) -> str:
    """A document as a terminal shows it."""
    return render_document(document, "table", width=width, has_colour=has_colour)


# --- the table


@pytest.mark.parametrize("question", QUESTIONS)
def test_width(index: Index, question: str) -> None:
    """No line is wider than the terminal, but for an address on a line of its own, which stays whole to be copied."""
    document = answer(index, question, all=True)
    for width in WIDTHS:
        for line in table(document, width).splitlines():
            assert cell_len(line) <= width or re.fullmatch(r" {6}https?://\S+", line), (width, line)


@pytest.mark.parametrize("question", FACTS)
def test_width_of_chosen_fields(index: Index, question: str) -> None:
    """However few or many fields are chosen, no line is wider than a terminal of 100 columns."""
    keys = [column.key for column in FIELDS["facts"]]
    for fields in (["id"], ["text", "id"], ["value_usd", "quantity", "date", "id"], keys[:6]):
        for line in table(answer(index, question, fields=",".join(fields)), 100).splitlines():
            assert cell_len(line) <= 100, line


def between(line: str, start: int, end: int) -> str:
    """The part of a line from one column of the terminal to another."""
    kept, at = "", 0
    for character in line:
        kept += character if start <= at < end else ""
        at += cell_len(character)
    return kept.strip()


def statements(shown: str, width: int) -> str:
    """What stands in the column of statements, folded lines joined again; all of it where there is no such column."""
    lines = shown.splitlines()
    header = next(
        (line for line in lines if re.search(r"\bStatement\b", line) and width >= 60), None
    )
    if header is None:
        return "".join(line.strip() for line in lines)
    start = cell_len(header[: header.index("Statement")])
    after = re.search(r"Statement\s+(?=\S)", header)
    end = start + cell_len(after[0]) if after else width
    return "".join(between(line, start, end) for line in lines)


@pytest.mark.parametrize("question", FACTS)
def test_ids_are_whole(index: Index, question: str) -> None:
    """In every width each fact has its id, whole: folded at most, never cut."""
    document = answer(index, question, all=True)
    for width in WIDTHS:
        told = statements(table(document, width), width)
        assert [fact["id"] for fact in document.load()["facts"] if fact["id"] not in told] == [], (
            width
        )


@pytest.mark.parametrize("question", FACTS)
def test_ids_stand_on_one_line(index: Index, question: str) -> None:
    """An id of a few letters is not even folded, although the column beside it is as wide as figures ever are."""
    document = answer(index, question, all=True)
    short = [fact["id"] for fact in document.load()["facts"] if len(fact["id"]) <= 18]
    assert short
    for width in WIDTHS:
        words = table(document, width).split()
        assert [id for id in short if id not in words] == [], width


@pytest.mark.parametrize("width", WIDTHS)
def test_figures_are_whole(index: Index, width: int) -> None:
    """In every width quantities, amounts and dates are whole."""
    shown = " ".join(table(answer(index, "military", all=True), width).split())
    for figure in (
        "1,000,000,000",
        "$1,234,567,890,123",
        "999,999,999",
        "$1,000 tn",
        "2006-03-04",
        "2008?",
    ):
        assert shown.count(figure) >= 2, figure  # once in the chain, once at its fact
    assert "$750,000" in " ".join(table(answer(index, "facts"), width).split())


@pytest.mark.parametrize("question", ["summary", "facts", "military", "stances", "show"])
@pytest.mark.parametrize("width", [30, 50, 60, 100, 200])
def test_verification_is_a_word(index: Index, question: str, width: int) -> None:
    """Status and verification of a fact are words, in every width and without colour."""
    document = answer(index, question, all=True)
    shown = " ".join(table(document, width).split())
    for fact in document.load()["facts"]:
        assert fact["status"] in shown
        assert values.format_word(fact["verification"]) in shown


@pytest.mark.parametrize("question", FACTS)
@pytest.mark.parametrize("width", [50, 100])
def test_sources_are_numbered(index: Index, question: str, width: int) -> None:
    """Every number in brackets has its source beneath, and every source of the facts shown has its number."""
    document = answer(index, question)
    loaded = document.load()
    shown = table(document, width)
    beneath = {int(number) for number in re.findall(r"^ +\[([0-9]+)\] ", shown, re.MULTILINE)}
    numbers = values.number_sources(loaded)
    assert beneath == {numbers[id] for fact in loaded["facts"] for id in fact["sources"]}


def test_columns_are_aligned(index: Index) -> None:
    """Wide characters and names from right to left do not push the columns behind them aside."""
    lines = table(answer(index, "facts"), 100).splitlines()
    header = next(line for line in lines if "Statement" in line)
    sources = cell_len(header[: header.index("Sources")])
    marks = [line for line in lines if re.search(r"\S.* \[[0-9]\]$", line)]
    assert {
        cell_len(re.sub(r"(\[[0-9]\] ?)+$", "", line)) for line in marks if line.count("[") < 3
    } == {sources}
    assert any("蒙古" in line for line in lines)
    assert any("آئس" in line for line in lines)


def test_markup_is_text(index: Index) -> None:
    """What Rich would read as markup is shown as it stands in the pack."""
    for width in (50, 100, 200):
        shown = " ".join(table(answer(index, "facts"), width).split())
        assert "[/x] [bold]loud[/bold]" in shown
        assert "\\x1b[31mred" in shown
        assert (
            "<U+202E>reversed<U+200B>\\ttab\\nline <U+2028> =1+1" in "".join(shown) or width == 50
        )


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_colour(index: Index, question: str) -> None:
    """Without colour a table has no escape sequence, and nothing else that a terminal would carry out."""
    for width in (30, 60, 100, 200):
        shown = table(answer(index, question, all=True), width)
        assert all(character.isprintable() or character in "\n\u00a0" for character in shown)


@pytest.mark.parametrize("question", QUESTIONS)
def test_colour(index: Index, question: str) -> None:
    """In colour a table has colours and links to web addresses, and reads the same without them."""
    style = r"\x1b\[[0-9;]*m"
    link = r"\x1b\]8;(?:id=[0-9]+)?;(?:https?://[!-~]+)?\x1b\\"
    for width in (30, 100):
        document = answer(index, question, all=True)
        coloured = table(document, width, has_colour=True)
        assert "\x1b[" in coloured
        bare = re.sub(f"{style}|{link}", "", coloured)
        assert "\x1b" not in bare
        assert [line.rstrip() for line in bare.splitlines()] == table(document, width).splitlines()


def test_links(index: Index) -> None:
    """Only an address of plain ASCII becomes a hyperlink; a hostile one is text."""
    shown = table(answer(index, "cite"), 100, has_colour=True)
    links = set(re.findall(r"\x1b\]8;[^;]*;([^\x1b]+)\x1b", shown))
    addresses = [source["URL"] for source in answer(index, "cite").load()["sources"]]
    assert links == {address for address in addresses if address.isprintable()}
    assert len(links) == len(addresses) - 1


def test_same_twice(index: Index) -> None:
    """The same document gives the same bytes, in colour too."""
    document = answer(index, "cite")
    assert table(document, 100, has_colour=True) == table(document, 100, has_colour=True)


# --- formats for machines


def rows(document: Document) -> list[dict[str, Any]]:
    """The rows of a document as data."""
    found: list[dict[str, Any]] = document.load()[document.rows]
    return found


@pytest.mark.parametrize("question", QUESTIONS)
def test_csv(index: Index, question: str) -> None:
    """CSV reads back to the values, what a terminal may act on spelt out; unknown is empty."""
    document = answer(index, question, all=True)
    kinds = {column.key: column.kind for column in FIELDS[document.rows]}
    read = list(csv.DictReader(io.StringIO(render_document(document, "csv", is_raw=True), newline="")))
    assert len(read) == len(rows(document)) > 0
    for line, row in zip(read, rows(document), strict=True):
        assert line == {key: make_printable(values.format_for_machines(row.get(key), kinds[key])) for key in line}
        assert {
            key for key, value in row.items() if value not in (None, []) and key not in line
        } == set()
        if "text" in row:
            assert line["text"] == make_printable(row["text"])


@pytest.mark.parametrize("question", QUESTIONS)
def test_tsv(index: Index, question: str) -> None:
    """Each line of TSV is one row, with as many tabs as the header, and nothing in it but text."""
    document = answer(index, question, all=True)
    text = render_document(document, "tsv", width=0, has_colour=False)
    header, *lines = text.removesuffix("\n").split("\n")
    assert len(lines) == len(rows(document))
    assert {line.count("\t") for line in lines} == {header.count("\t")}
    assert text.replace("\t", "").replace("\n", "").isprintable()


@pytest.mark.parametrize("question", QUESTIONS)
def test_ndjson(index: Index, question: str) -> None:
    """Each line of NDJSON is one row, whole."""
    document = answer(index, question, all=True)
    lines = render_document(document, "ndjson", width=0, has_colour=False).removesuffix("\n").split("\n")
    assert [json.loads(line) for line in lines] == rows(document)


@pytest.mark.parametrize("question", QUESTIONS)
def test_json(index: Index, question: str) -> None:
    """JSON is the document, a member a line, with no control character outside an escape."""
    document = answer(index, question, all=True)
    text = render_document(document, "json", width=0, has_colour=False)
    assert json.loads(text) == document.load()
    assert re.search(r"[\x00-\x09\x0b-\x1f]", text) is None


@pytest.mark.parametrize("format", ["json", "ndjson"])
def test_json_on_a_terminal(index: Index, format: str) -> None:
    """JSON does nothing to a terminal: what is no plain text is escaped, whatever the pack says."""
    text = render_document(answer(index, "show of hostile text"), format, width=0, has_colour=False)
    assert text.replace("\n", "").isprintable()


# --- Markdown


def parsed(text: str) -> list[Token]:
    """Markdown as GitHub would take it apart."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)


def words(token: Token) -> str:
    """The text of an inline token, which must be nothing but text and plain links."""
    children = token.children or []
    assert {child.type for child in children} <= {"text", "text_special", "link_open", "link_close"}
    return "".join(child.content for child in children)


def grid(tokens: list[Token]) -> list[list[str]]:
    """The cells of the one table among tokens, row by row."""
    assert [token.type for token in tokens].count("table_open") == 1
    read: list[list[str]] = []
    for place, token in enumerate(tokens):
        if token.type == "tr_open":
            read.append([])
        elif token.type in ("th_open", "td_open"):
            read[-1].append(words(tokens[place + 1]))
    return read


@pytest.mark.parametrize(
    "question",
    [question for question in QUESTIONS if "source" not in question and question != "cite"],
)
def test_markdown(index: Index, question: str) -> None:
    """Markdown is one table with a row a fact, whose cells say what the values are."""
    document = answer(index, question, all=True)
    header, *lines = grid(parsed(render_document(document, "markdown", width=0, has_colour=False)))
    assert len(lines) == len(rows(document)) > 0
    columns = {column.heading: column for column in FIELDS[document.rows]}
    for line, row in zip(lines, rows(document), strict=True):
        for heading, told in zip(header, line, strict=True):
            column = columns[heading]
            if column.key == "sources" and document.rows == "facts":
                continue
            if column.key == "URL":
                continue  # a link, whose target is looked at below
            assert told == values.format_for_people(row.get(column.key), column.kind).strip()


@pytest.mark.parametrize("question", ["cite", "cite of a source", "show of a source"])
def test_markdown_of_sources(index: Index, question: str) -> None:
    """Sources alone are a numbered list, each as a bibliography has it."""
    document = answer(index, question, all=True)
    tokens = parsed(render_document(document, "markdown", width=0, has_colour=False))
    assert [token.type for token in tokens].count("ordered_list_open") == 1
    listed = [words(token) for token in tokens if token.type == "inline"]
    if document.members.get("unsourced"):
        assert "no source" in listed.pop()
    assert len(listed) == len(rows(document)) > 0
    for text, source in zip(listed, rows(document), strict=True):
        assert text.startswith(values.format_credit(source))


def test_markdown_sources(index: Index) -> None:
    """Facts call footnotes by the ids of their sources, each of which stands beneath; links lead to the web alone."""
    document = answer(index, "facts", all=True)
    loaded = document.load()
    text = render_document(document, "markdown", width=0, has_colour=False)
    tokens = MarkdownIt("commonmark").enable("table").use(footnote_plugin).parse(text)
    inline = [token for token in tokens if token.type == "inline"]
    called = [
        child.meta["label"]
        for token in inline
        for child in token.children or []
        if child.type == "footnote_ref"
    ]
    assert called == [id for fact in loaded["facts"] for id in fact["sources"]]
    told = [
        tokens[place + 2] for place, token in enumerate(tokens) if token.type == "footnote_open"
    ]
    used = {id: source for id in called for source in loaded["sources"] if source["id"] == id}
    for token, source in zip(told, used.values(), strict=True):
        assert words(token).startswith(values.format_credit(source))
    links = [child for token in told for child in token.children or [] if child.type == "link_open"]
    assert len(links) == len(told) - 1
    assert {str(link.attrGet("href")).split("://")[0] for link in links} == {"https"}


def test_markdown_of_a_summary(index: Index) -> None:
    """A summary begins with what is said of the pair as a whole, with the sources of each statement."""
    document = answer(index, "summary")
    head, overview = render_document(document, "markdown", width=0, has_colour=False).split("\n\n")[:2]
    relation = document.load()["relation"]
    assert head.startswith("**Iceland–Mongolia** · relations since ")
    assert overview.startswith(relation["overview"][:20])
    assert [f"[^{id}]" for id in relation["sources"]] == re.findall(r"\[\^[^]]*\]", overview)


def test_markdown_with_keys(index: Index) -> None:
    """Where the document has citation keys, facts name their sources by them, and nothing stands beneath."""
    document = answer(index, "facts", all=True)
    document.keys = {source["id"]: f"key-{source['id']}" for source in document.load()["sources"]}
    text = render_document(document, "markdown", width=0, has_colour=False)
    header, *lines = grid(parsed(text))
    cited = [line[header.index("Sources")] for line in lines]
    wanted = [
        "; ".join(f"@key-{id}" for id in fact["sources"]) for fact in document.load()["facts"]
    ]
    assert cited == [f"[{each}]" if each else "—" for each in wanted]
    assert text.count("\n") == len(lines) + 2


def test_markdown_addresses(index: Index) -> None:
    """The addresses of a bibliography are links to just these addresses, but for one that had better be no link."""
    document = answer(index, "cite")
    tokens = parsed(render_document(document, "markdown", width=0, has_colour=False))
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


def document_of(text: str) -> Document:
    """A document of two facts, the first of which says `text`."""
    source = '{"id":"s","type":"book","title":"T","custom":{"reliability":"weak"}}'
    facts = [
        f'{{"id":"is-mn/{id}","text":{json_string(said)},"date":null,"status":"current","verification":"cited",'
        f'"sources":["s"]}}'
        for id, said in (("a", text), ("b", "plain"))
    ]
    return Document("facts", {"facts": facts, "sources": [source]}, rows="facts")


TOKENS = [
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
        st.sampled_from(TOKENS) | st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12
    ).map("".join)
)
def test_any_text(text: str) -> None:
    """Any text whatever comes back out of Markdown, CSV and TSV in the row where it went in."""
    document = document_of(text)
    lines = grid(parsed(render_document(document, "markdown", width=0, has_colour=False)))
    assert {len(line) for line in lines} == {len(lines[0])}
    assert " ".join(lines[1][lines[0].index("Statement")].split()) == " ".join(
        values.format_for_people(text, "text").split()
    )
    read = list(csv.DictReader(io.StringIO(render_document(document, "csv", is_raw=True), newline="")))
    assert [row["text"] for row in read] == [make_printable(text), "plain"]
    header, *tsv = render_document(document, "tsv", width=0, has_colour=False).removesuffix("\n").split("\n")
    assert [line.count("\t") for line in tsv] == [header.count("\t")] * 2
