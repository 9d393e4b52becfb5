"""Hostile content: text from strangers, in packs and arguments, does nothing to a terminal, a page or a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bilatcli import urls
from bilatcli.cli.main import run
from bilatcli.environment import Environment
from bilatcli.fields import ROWS
from bilatcli.text import make_printable
from bilatcli.views.catalog import VIEWS
from support import Result, Run

ATTACKS = (
    "\x1b[2J\x1b[1;1H\x1b[31mscreen",
    "\x1b]0;title\x07",
    "\x1b]2;title\x1b\\",
    "\x1b]8;;https://evil.example\x07link\x1b]8;;\x07",
    "\x1b]52;c;ZXZpbA==\x07clipboard",
    '\x1bP$q"p\x1b\\ device',
    "\x1bc\x1b(0\x0e reset and charset",
    "\x9b31m \x9d0;title\x9c \x90 eight bit",
    "back\x08\x08space \x7f delete \x07 bell \x0b\x0c feeds",
    "\u202eoverride\u202c \u2066isolate\u2069 \u200fmark \u061c",
    "zero\u200bwidth\ufeff\u2060\u00ad\u200d\u200c joiner",
    "tag\U000e0041\U000e007f variation\ufe0f\U000e0100",
    "[bold red]markup[/] [link=https://evil.example]here[/link] :boom: [/x]",
    "<script>alert(1)</script><img src=x onerror=alert(1)> &lt; {{ 7*7 }} {% raw %}",
    "a | b \\| c \n| --- | `d` *e* [f](javascript:alert(1)) ![g](https://evil.example/h)",
    "line\r\nbreak\u2028para\u2029next\x85tab\tend",
    '=HYPERLINK("https://evil.example","x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    '"=1+1"',
    "\uff1d1+1",
)
"""What each string of a pack is, in turn."""

FORMATS = ("table", "json", "ndjson", "csv", "tsv", "markdown")
QUESTIONS = {
    "summary": ("is", "mn"),
    "facts": ("is", "mn", "--all"),
    "military": ("is", "mn"),
    "stances": ("is", "mn"),
    "timeline": ("is", "mn", "--chart"),
    "cite": ("is", "mn"),
    "search": ("attack",),
    "show": ("is-mn/military-0",),
    "list": ("--country", "is"),
    "diff": ("is", "mn", "1900", "2030"),
    "resolve": ("is", *(attack for attack in ATTACKS if not attack.startswith("-"))),
}
"""A question for each view."""

SPACES = "\u00a0\u2007\u202f\u3000"
QUIET = {"draw", "linefeed", "carriage_return", "tab", "select_graphic_rendition"}
"""What a terminal may be made to do."""


def pack_of(strings: tuple[str, ...]) -> str:
    """A pack in which every free text is one of the strings in turn; ids and the words of lists cannot be."""

    def quoted(text: str) -> str:
        plain = (
            each if " " <= each <= "~" and each not in '"\\' else f"\\U{ord(each):08X}"
            for each in text
        )
        return f'"{"".join(plain)}"'

    head = f'[pack]\nname = "stranger"\ntitle = {quoted(" ".join(strings))}\nlicence = {quoted(strings[0] or "x")}\n'
    lines = [head + "updated = 2026-11-23\n"]
    for place, text in enumerate(strings):
        path = "".join(each for each in text if not each.isspace())
        lines.append(
            f'[[source]]\nid = "s-{place}"\ntype = "webpage"\ntitle = {quoted("attack " + text)}\n'
            f"authors = [{quoted(text + ', ' + text)}, {quoted('.' + text)}]\npublisher = {quoted(text + '.')}\n"
            f'issued = "2001"\nurl = {quoted("https://example.org/" + path)}\nreliability = "news"\n'
            f"archive_url = {quoted('https://example.org/' + path)}\n"
        )
    said = quoted(" ".join(strings))
    lines.append(
        f'[[relation]]\nid = "is-mn"\ncountries = ["IS", "MN"]\nstatus = {said}\noverview = {said}\n'
    )
    lines.append('sources = ["s-0"]\nstatus_sources = ["s-0"]\n')
    own = {
        "military": 'kind = "exercise"\nsystem = {0}\npartners = ["TR"]\nquantity = 3\nvalue_usd = 5000000\n',
        "stance": 'issue = "attack"\nholder = "IS"\nposition = {0}\nfavours = "MN"\n',
        "trade": 'measure = "exports"\nvalue_usd = 1234567\nas_of = "2001"\n',
    }
    for topic, more in own.items():
        for place, text in enumerate(strings):
            lines.append(
                f'[[relation.fact]]\nid = "{topic}-{place}"\ntopic = "{topic}"\ntext = {quoted(text + " attack.")}\n'
                f'date = "2002"\nstatus = "current"\nactors = ["IS", {quoted(text + ".")}]\nsources = ["s-{place}"]\n'
                f'verification = "single-source-claim"\nnote = {quoted(text + ".")}\nheadline = true\n'
                + more.format(quoted(text + "."))
            )
    return "".join(lines)


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack whose every string is hostile."""
    path = tmp_path_factory.mktemp("stranger") / "pack.toml"
    path.write_text(pack_of(ATTACKS), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home for all these tests, so that the pack is compiled once."""
    return tmp_path_factory.mktemp("home")


class Terminal:
    """A terminal, and what it was made to do."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(400, 50)
        self.done: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        """What the parser of sequences may ask for; once it does, that is noted."""
        method = getattr(self.screen, name)
        if name not in pyte.Stream.events:
            return method

        def noted(*arguments: Any, **more: Any) -> None:
            self.done.add(name)
            method(*arguments, **more)

        return noted


def assert_harmless(text: str, *, has_links: bool = False) -> None:
    """A terminal that is shown `text` draws letters, and links to addresses of the web whose host is read there."""
    links = re.findall("\x1b\\]8;;([^\x1b\x07]*)\x1b\\\\(.*?)(?=\x1b\\]8|$)", text, re.DOTALL)
    for address, label in links:
        assert re.fullmatch(r"(https?://[a-z0-9.-]+(/[!-~]*)?)?", address)
        shown = re.sub("\x1b\\[[0-9;]*m|\\s", "", label)
        assert not address or shown.startswith("/".join(address.split("/")[:3]))
    assert has_links or not links
    text = re.sub("\x1b\\]8;;[^\x1b\x07]*\x1b\\\\", "", text)
    terminal = Terminal()
    stream = pyte.Stream(terminal)  # type: ignore[arg-type]  # a screen that notes what it is told
    stream.feed(text)
    assert terminal.done <= QUIET
    assert (terminal.screen.title, terminal.screen.icon_name) == ("", "")
    assert terminal.screen.mode == {pyte.modes.DECAWM, pyte.modes.DECTCEM}
    plain = re.sub("\x1b\\[[0-9;]*m", "", text)
    assert {each for each in plain if not each.isprintable()} <= set("\n\r\t" + SPACES)


def assert_quiet(result: Result, *, has_links: bool = False) -> None:
    """Both streams of a command do nothing to a terminal, and tell of no fault of ours."""
    assert_harmless(result.out, has_links=has_links)
    assert_harmless(result.err)
    assert "Traceback" not in result.err


def test_pyte_sees_attacks() -> None:
    """The terminal of these tests does notice when something is done to it."""
    for attack in ATTACKS[:10]:
        with pytest.raises(AssertionError):
            assert_harmless(attack)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("view", QUESTIONS)
def test_hostile_pack(run: Run, stranger: Path, view: str, format: str) -> None:
    """A pack whose every string is hostile leaves a terminal as it was, in every view and format."""
    result = run(
        view, "--data", str(stranger), "--format", format, "--color", "always", *QUESTIONS[view]
    )
    assert result.code == 0, result.err
    assert result.out.count("\n") > 1 or format == "ndjson"
    assert_quiet(result, has_links=format == "table")
    if format == "json":
        assert json.loads(result.out)["schema"] == f"bilatcli/{view}@1"


def test_questions_are_of_every_view() -> None:
    """No view is left out of these tests."""
    assert set(QUESTIONS) == set(VIEWS)


def test_attacks_are_shown(run: Run, stranger: Path) -> None:
    """What cannot be shown is spelt out where it stood, never dropped."""
    out = run(
        "facts", "is", "mn", "--data", str(stranger), "--format", "tsv", "--raw", "--fields", "text"
    ).out
    told = set(out.splitlines()[1:])
    assert {make_printable(f"{attack} attack.") for attack in ATTACKS} <= told
    assert "\\x1b]52;c;ZXZpbA==\\x07clipboard attack." in told
    assert "<U+202E>override<U+202C> <U+2066>isolate<U+2069> <U+200F>mark <U+061C> attack." in told


@pytest.mark.parametrize(
    "command", ["map is mn", "check", "report is mn -o - --format markdown", "cite s-1 --style ris"]
)
def test_hostile_pack_in_commands(run: Run, stranger: Path, command: str) -> None:
    """Commands that are no views leave a terminal as it was, too."""
    assert_quiet(
        run(
            *command.split(),
            *(["--color", "always"] if "map" in command else []),
            "--data",
            str(stranger),
        )
    )


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.values: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag and its attributes."""
        self.tags.add(tag)
        self.values += [(name, value or "") for name, value in attrs]


@pytest.mark.parametrize("style", [(), ("--style", "apa")])
def test_hostile_report(run: Run, stranger: Path, style: tuple[str, ...]) -> None:
    """A page of HTML made of hostile strings runs nothing, loads nothing and leads to the web alone."""
    result = run("report", "is", "mn", "-o", "-", *style, "--data", str(stranger))
    assert result.code == 0, result.err
    page = _Page()
    page.feed(result.out)
    assert not page.tags & {"script", "img", "iframe", "object", "embed", "link", "form", "base"}
    assert not [
        name for name, _ in page.values if name.startswith("on") or name in ("src", "srcdoc")
    ]
    targets = {value for name, value in page.values if name.endswith("href")}
    assert {re.split("[:#]", target)[0] for target in targets} <= {"", "https", "http"}
    assert_harmless(result.out)
    assert "49" not in re.findall(r"\{\{ (\S+) \}\}|&lt; (49) ", result.out)


def test_markdown_table_stays_whole(run: Run, stranger: Path) -> None:
    """A cell of Markdown cannot break its table: every row has the cells of the header, one row a fact."""
    text = run("facts", "is", "mn", "--data", str(stranger), "--format", "markdown").out
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    rows = "".join(
        {"tr_open": "\n", "th_open": ".", "td_open": "."}.get(token.type, "") for token in tokens
    ).split()
    assert len(rows) == 1 + 3 * len(ATTACKS)
    assert len(set(rows)) == 1
    kinds = {child.type for token in tokens for child in token.children or []}
    assert not kinds & {"html_inline", "image"}
    assert "html_block" not in {token.type for token in tokens}


def cells_of(text: str, format: str) -> list[dict[str, str]]:
    """The rows as a spreadsheet reads them: it takes quotation marks off cells of TSV as well."""
    return list(
        csv.DictReader(io.StringIO(text, newline=""), delimiter="\t" if format == "tsv" else ",")
    )


@pytest.mark.parametrize("format", ["csv", "tsv"])
@pytest.mark.parametrize("view", QUESTIONS)
def test_spreadsheets_run_nothing(run: Run, stranger: Path, view: str, format: str) -> None:
    """No cell of CSV or TSV is one that a spreadsheet would run; `--raw` leaves them as they are."""
    asked = view, "--data", str(stranger), "--format", format, *QUESTIONS[view]
    rows = cells_of(run(*asked).out, format)
    assert rows
    assert not [
        cell
        for row in rows
        for cell in row.values()
        if cell[:1] in set("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
    ]
    raw = run(asked[0], "--raw", *asked[1:]).out
    assert "'=" not in raw.replace("\"'=", "")
    if view in ("facts", "resolve"):
        assert any(
            cell.startswith("=HYPERLINK") for row in cells_of(raw, format) for cell in row.values()
        )


def test_numbers_dates_and_ids_stay(run: Run, stranger: Path) -> None:
    """What is a number, a date or an id is in CSV and TSV what it is in JSON, with `--raw` and without."""
    fields = "id,date,quantity,value_usd,share,headline,sources"
    asked = ("facts", "is", "mn", "--data", str(stranger), "--fields", fields, "--format", "tsv")
    assert run(*asked).out == run(*asked, "--raw").out
    inert = {column.kind for columns in ROWS.values() for column in columns} & {
        "number",
        "money",
        "share",
        "date",
    }
    assert inert == {"number", "money", "share", "date"}


@pytest.mark.parametrize(
    ("address", "shown", "link"),
    [
        ("https://example.org/a?b#c", "https://example.org/a?b#c", "https://example.org/a?b#c"),
        ("HTTP://example.org", "http://example.org", "http://example.org"),
        (
            "https://example.org/\u00fc|<>",
            "https://example.org/\u00fc|<>",
            "https://example.org/%C3%BC%7C%3C%3E",
        ),
        ("javascript:alert(1)", "javascript:alert(1)", None),
        ("file:///etc/passwd", "file:///etc/passwd", None),
        ("https://bank.example@evil.example/", "https://bank.example@evil.example/", None),
        ("https://bank.example\\@evil.example/", "https://bank.example\\@evil.example/", None),
        ("https://example.org/\x1b]8;;x\x07", "https://example.org/\\x1b]8;;x\\x07", None),
        (
            "https://\u0430\u0440\u0440\u04cf\u0435.com",
            "https://xn--80ak6aa92e.com",
            "https://xn--80ak6aa92e.com",
        ),
        ("https://p\u0430ypal.com/", "https://xn--pypal-4ve.com/", "https://xn--pypal-4ve.com/"),
        ("https://fa\u00df.de", "https://xn--fa-hia.de", "https://xn--fa-hia.de"),
        (
            "https://\u043f\u0440\u0430\u0432\u0430.\u0440\u0444/",
            "https://\u043f\u0440\u0430\u0432\u0430.\u0440\u0444/",
            "https://xn--80aaf4cf.xn--p1ai/",
        ),
        ("https:///no-host", "https:///no-host", None),
        ("https://exa mple.org", "https://exa mple.org", None),
    ],
)
def test_addresses(address: str, shown: str, link: str | None) -> None:
    """A link leads to http or https, without a name or password; a host that could pass for another is in Punycode."""
    assert urls.display_url(address) == shown
    assert urls.to_link(address) == link


def test_credentials_are_refused(run: Run, tmp_path: Path) -> None:
    """A pack with an address that has a name or password before its host is refused, with the place."""
    pack = tmp_path / "pack.toml"
    pack.write_text(
        pack_of(("x",)).replace("https://example.org/x", "https://bank.example@evil.example/"),
        "utf-8",
    )
    result = run("check", str(pack))
    assert result.code == 1
    assert (
        f"{pack}:13:7: error BL001: `url`: `https://bank.example@evil.example/` has a name or password"
        in result.out
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", None),
        ("\u0915\u094d\u200d\u0937", None),
        ("a\u200cb", "a<U+200C>b"),
        ("\u0645\u200c", "\u0645<U+200C>"),
        ("\u0645\u200c\u200c\u0645", "\u0645<U+200C><U+200C>\u0645"),
        ("\U0001f468\u200d\U0001f469", "\U0001f468<U+200D>\U0001f469"),
    ],
)
def test_joiners(text: str, shown: str | None) -> None:
    """A joiner stays where it shapes letters of a word, in Persian or Hindi; anywhere else it is spelt out."""
    assert make_printable(text) == (shown or text)


@given(st.text(st.characters(), max_size=40))
@settings(max_examples=300)
def test_any_text_is_harmless(text: str) -> None:
    """Text of all of Unicode, lone surrogates included, only draws letters once it is printable."""
    assert_harmless(make_printable(text))


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), min_size=1, max_size=2)
)
@settings(max_examples=8, deadline=None)
def test_any_text_in_a_pack(tmp_path_factory: pytest.TempPathFactory, strings: list[str]) -> None:
    """A pack of any text of all of Unicode leaves a terminal as it was, in every format."""
    folder = tmp_path_factory.mktemp("any")
    pack = folder / "pack.toml"
    pack.write_text(pack_of(tuple(strings)), encoding="utf-8", newline="")
    for format in FORMATS:
        out, err = io.StringIO(), io.StringIO()
        environ = {"HOME": str(folder)}
        argv = ["facts", "is", "mn", "--data", str(pack), "--format", format]
        run(argv, Environment(stdout=out, stderr=err, environ=environ, platform="linux"))
        assert_harmless(out.getvalue(), has_links=False)
        assert_harmless(err.getvalue())
        assert out.getvalue() or "problem" in err.getvalue()


HEADS = (
    (),
    ("facts", "az", "pk"),
    ("check",),
    ("export",),
    ("map",),
    ("report", "--style"),
    ("facts", "--topic"),
)


@pytest.mark.parametrize("head", HEADS, ids=" ".join)
@pytest.mark.parametrize("dashes", ["", "--", "--format="])
def test_hostile_arguments(run: Run, head: tuple[str, ...], dashes: str, tmp_path: Path) -> None:
    """What is echoed of arguments, by Typer's errors or ours, does nothing to a terminal."""
    for attack in (ATTACKS[4] + ATTACKS[9], "".join(ATTACKS[:12])):
        folder = (
            tmp_path / "nowhere" / attack.replace("/", "")
            if head == ("export",) and not dashes
            else None
        )
        result = run(*head, str(folder) if folder else dashes + attack)
        assert result.code in (1, 2)
        assert result.err
        assert_quiet(result)


@pytest.mark.parametrize(
    "variable",
    "BILATCLI_DATA XDG_DATA_HOME XDG_CACHE_HOME COLUMNS LINES TERM LANG SOURCE_DATE_EPOCH".split(),
)
def test_hostile_environment(run: Run, variable: str) -> None:
    """What stands in the environment does nothing to a terminal, whether it is told of or passed over."""
    for arguments in (("facts", "az", "pk", "--format", "table"), ("facts", "--help")):
        assert_quiet(run(*arguments, env={variable: "/nowhere/\x1b]0;x\x07\u202e"}))
