"""A pack of hostile texts does nothing to a terminal, a page or a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from bilatcli.fields import FIELDS
from bilatcli.text import make_printable
from bilatcli.views import VIEWS
from hostile import ATTACKS, FORMATS, assert_harmless, assert_harmless_result, make_pack
from support import Run

QUESTIONS = {
    "summary": ("is", "mn"),
    "facts": ("is", "mn", "--all"),
    "military": ("is", "mn"),
    "stances": ("is", "mn"),
    "figures": ("is", "mn"),
    "latest": ("--country", "is"),
    "events": (),
    "issues": (),
    "timeline": ("is", "mn", "--chart"),
    "cite": ("is", "mn"),
    "search": ("attack",),
    "show": ("is-mn/military-0",),
    "list": ("--country", "is"),
    "diff": ("is", "mn", "1900", "2030"),
    "resolve": ("is", *(attack for attack in ATTACKS if not attack.startswith("-"))),
}
"""A question for each view."""

FORMULA_STARTS = set("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
"""The first characters of what a spreadsheet takes for a formula."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return one home for these tests, so that the pack is compiled once."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def hostile_pack(home: Path) -> Path:
    """Return a pack in which each free text is hostile."""
    path = home / "pack.toml"
    path.write_text(make_pack(ATTACKS), encoding="utf-8")
    return path


def test_the_terminal_notices_attacks() -> None:
    """The terminal of these tests notices when a text controls it."""
    for attack in ATTACKS[:10]:
        with pytest.raises(AssertionError):
            assert_harmless(attack)


def test_questions_are_for_every_view() -> None:
    """Every view has a question here."""
    assert set(QUESTIONS) == set(VIEWS)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("view", QUESTIONS)
def test_views(run: Run, hostile_pack: Path, view: str, format: str) -> None:
    """Every view is harmless in every format."""
    options = ["--data", str(hostile_pack), "--format", format, "--color", "always"]
    result = run(view, *options, *QUESTIONS[view])
    assert result.code == (1 if view == "resolve" else 0), result.err
    assert result.out.count("\n") > 1 or format == "ndjson"
    assert_harmless_result(result, has_links=format == "table")
    if format == "json":
        assert json.loads(result.out)["schema"] == f"bilatcli/{view}@1"


def test_attacks_are_escaped(run: Run, hostile_pack: Path) -> None:
    """Characters that are not safe are escaped in their place, not dropped."""
    options = ["--data", str(hostile_pack), "--format", "tsv", "--raw", "--fields", "text"]
    texts = set(run("facts", "is", "mn", *options).out.splitlines()[1:])
    assert {make_printable(f"{attack} attack.") for attack in ATTACKS} <= texts
    assert "\\x1b]52;c;ZXZpbA==\\x07clipboard attack." in texts
    assert "<U+202E>override<U+202C> <U+2066>isolate<U+2069> <U+200F>mark <U+061C> attack." in texts


@pytest.mark.parametrize(
    "command",
    ["map is mn --color always", "check", "report is mn -o - --format markdown", "cite s-1"],
)
def test_other_commands(run: Run, hostile_pack: Path, command: str) -> None:
    """Commands that are not views are harmless too."""
    assert_harmless_result(run(*command.split(), "--data", str(hostile_pack)))


class Page(HTMLParser):
    """The tags of a page of HTML, and the names and values of their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Store a tag and its attributes."""
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


@pytest.mark.parametrize("style", [(), ("--style", "apa")])
def test_report(run: Run, hostile_pack: Path, style: tuple[str, ...]) -> None:
    """A page runs nothing, loads nothing, and has links to the web only."""
    result = run("report", "is", "mn", "-o", "-", *style, "--data", str(hostile_pack))
    assert result.code == 0, result.err
    page = Page()
    page.feed(result.out)
    assert not page.tags & {"script", "img", "iframe", "object", "embed", "link", "form", "base"}
    names = {name for name, _ in page.attributes}
    assert {name for name in names if name.startswith("on")} | names & {"src", "srcdoc"} == set()
    links = {value for name, value in page.attributes if name.endswith("href")}
    assert {re.split("[:#]", link)[0] for link in links} <= {"", "https", "http"}
    assert_harmless(result.out)
    # A template in a text is not evaluated: 7*7 is not 49.
    assert "&lt; {{ 7*7 }} {% raw %}" in result.out.replace("&amp;lt;", "&lt;")


def test_markdown_table_stays_whole(run: Run, hostile_pack: Path) -> None:
    """A Markdown table has one row per fact, and each row has the cells of the header."""
    text = run("facts", "is", "mn", "--data", str(hostile_pack), "--format", "markdown").out
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    marks = {"tr_open": "\n", "th_open": ".", "td_open": "."}
    rows = "".join(marks.get(token.type, "") for token in tokens).split()
    assert len(rows) == 1 + 3 * len(ATTACKS)
    assert len(set(rows)) == 1
    kinds = {child.type for token in tokens for child in token.children or []}
    assert not kinds & {"html_inline", "image"}
    assert "html_block" not in {token.type for token in tokens}


def read_cells(text: str, format: str) -> list[str]:
    """Return all cells as a spreadsheet reads them: it strips quotation marks in TSV as well."""
    delimiter = "\t" if format == "tsv" else ","
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [cell for row in rows for cell in row.values()]


@pytest.mark.parametrize("format", ["csv", "tsv"])
@pytest.mark.parametrize("view", QUESTIONS)
def test_spreadsheets_run_nothing(run: Run, hostile_pack: Path, view: str, format: str) -> None:
    """No cell of CSV or TSV is a formula, except with `--raw`, which changes no cell."""
    question = [view, "--data", str(hostile_pack), "--format", format, *QUESTIONS[view]]
    cells = read_cells(run(*question).out, format)
    assert cells
    assert [cell for cell in cells if cell[:1] in FORMULA_STARTS] == []
    raw = run(*question, "--raw").out
    assert "'=" not in raw.replace("\"'=", "")
    if view in ("facts", "resolve"):
        assert any(cell.startswith("=HYPERLINK") for cell in read_cells(raw, format))


def test_numbers_dates_and_ids_stay(run: Run, hostile_pack: Path) -> None:
    """Numbers, dates and ids in TSV are the same with and without `--raw`."""
    fields = "id,date,quantity,value_usd,share,headline,sources"
    options = ["--data", str(hostile_pack), "--fields", fields, "--format", "tsv"]
    question = ["facts", "is", "mn", *options]
    assert run(*question).out == run(*question, "--raw").out
    kinds = {column.kind for columns in FIELDS.values() for column in columns}
    assert {"number", "money", "share", "date"} <= kinds


def test_credentials_are_refused(run: Run, tmp_path: Path) -> None:
    """An address with a name or password before its host is a problem with its place."""
    pack = tmp_path / "pack.toml"
    text = make_pack(("x",))
    pack.write_text(text.replace("https://example.org/x", "https://bank.example@evil.example/"))
    result = run("check", str(pack))
    assert result.code == 1
    message = "`url`: `https://bank.example@evil.example/` contains a user name or password"
    assert f"{pack}:13:7: error BL001: {message}" in result.out
