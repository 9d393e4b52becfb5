"""The report: one page that says what the views say, in a real browser, with any style, and whatever a pack holds."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from playwright.sync_api import Browser, Page, sync_playwright

from bilatcli.citations.styles import split_entries
from support import Run

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
WIDTHS = (390, 820, 1280)

HOSTILE = """
[pack]
name = "hostile"
title = "<script>boom()</script>"
licence = "CC0-1.0"
updated = 2026-11-25

[[source]]
id = "bad"
type = "webpage"
title = "<img src=x onerror=boom()> [a](javascript:boom()) {{ 7 * 7 }} </li></ol>"
authors = ["<b onclick=boom()>Bold, B"]
publisher = '" onmouseover="boom()'
issued = "2025"
url = "https://example.org/\\">/<script>boom()</script>?a=1&b=<i>"
reliability = "weak"
lang = "ar"

[[relation]]
id = "fj-pe"
countries = ["FJ", "PE"]
status = "</p><script>boom()</script>"
overview = "\\u202eturned round\\u202c <iframe src=https://example.org></iframe> | a | table"
sources = ["bad"]

[[relation.fact]]
id = "one"
topic = "trade"
text = "</bdi><script>boom()</script> ${boom()} {% raw %} `code` **bold** [^bad] <!-- -->"
date = "2025"
status = "current"
actors = ["FJ"]
toward = ["PE"]
measure = "trade turnover"
value_usd = 1000
sources = ["bad"]
verification = "conflicting"
note = "<style>*{display:none}</style>"

[[relation.fact]]
id = "two"
topic = "culture"
text = "نص من اليمين إلى اليسار"
date = "2026"
status = "current"
actors = ["FJ"]
toward = ["PE"]
sources = ["bad"]
verification = "cited"
"""


class Outline(HTMLParser):
    """The elements of a page in order, the ids they have, and where its links go."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep each element that begins."""
        self.tags.append((tag, dict(attrs)))

    def values(self, key: str) -> list[str]:
        """The values of an attribute, in order."""
        return [str(attrs[key]) for _, attrs in self.tags if key in attrs]


@pytest.fixture(scope="module")
def az_pk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on Azerbaijan and Pakistan as it is written to a file."""
    folder = tmp_path_factory.mktemp("report")
    command = [
        str(Path(sys.executable).with_name("bilatcli")),
        "report",
        "az",
        "pk",
        "-o",
        str(folder / "az-pk.html"),
    ]
    done = subprocess.run(
        command, env={"HOME": str(folder)}, capture_output=True, text=True, check=True
    )
    assert done.stdout == ""
    return folder / "az-pk.html"


@pytest.fixture
def hostile(tmp_path: Path) -> str:
    """A pack whose every text would like to run."""
    pack = tmp_path / "hostile.toml"
    pack.write_text(HOSTILE, "utf-8")
    return str(pack)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    if CHROMIUM is None:
        pytest.skip("chromium is missing, in which pages are looked at")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


class Visit:
    """A page in the browser, with all that it said and asked for."""

    def __init__(self, browser: Browser, path: Path, *, width: int, scheme: str = "light") -> None:
        self.page: Page = browser.new_page(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
        )
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: self.said.append(dialog.message))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(path.as_uri())


# --- what it says


def test_page_has_all_that_the_views_say(run: Run, az_pk: Path) -> None:
    """Every fact, superseded ones too, stands in the page once as itself, with each of its sources, and back."""
    document = json.loads(run("facts", "az", "pk", "--all", "--json").out)
    outline = Outline(az_pk.read_text("utf-8"))
    ids = outline.values("id")
    facts = {f"f-{fact['id'].replace('/', '-')}" for fact in document["facts"]}
    assert facts == {id for id in ids if id.startswith("f-")}
    assert {f"s-{source['id']}" for source in document["sources"]} <= {
        id for id in ids if id.startswith("s-")
    }
    assert len(ids) == len(set(ids))
    links = outline.values("href")
    inside = {link[1:] for link in links if link.startswith("#")}
    assert inside <= set(ids)
    assert {
        f"f-{fact['id'].replace('/', '-')}" for fact in document["facts"] if fact["sources"]
    } <= inside
    assert {id for id in ids if id.startswith("s-")} <= inside


def test_page_parts_are_there(az_pk: Path) -> None:
    """The page has its parts in order, each with a heading, and no heading skips a level."""
    text = az_pk.read_text("utf-8")
    sections = re.findall(r'<section id="([a-z]+)"', text)
    assert sections == [
        "overview", "headlines", "chains", "stances", "figures", "timeline", "doubts", "facts", "sources"
    ]  # fmt: skip
    levels = [int(tag[1]) for tag, _ in Outline(text).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert text.count("<svg") >= 3


def test_page_needs_nothing_else(az_pk: Path) -> None:
    """No script, no picture, style or font from elsewhere: what the page links to is sources and itself."""
    text = az_pk.read_text("utf-8")
    outline = Outline(text)
    assert {tag for tag, _ in outline.tags} & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "embed",
        "form",
    } == set()
    assert outline.values("src") == []
    assert all(link.startswith(("#", "http://", "https://")) for link in outline.values("href"))
    assert "@import" not in text
    assert not [key for _, attrs in outline.tags for key in attrs if key.startswith("on")]


def test_report_of_a_day(run: Run) -> None:
    """A report of an earlier day says so, and has what was known then."""
    result = run("report", "az", "pk", "--as-of", "2016-12-31", "-o", "-")
    assert "As it stood and was known on 2016-12-31" in result.out
    known = json.loads(run("facts", "az", "pk", "--all", "--as-of", "2016-12-31", "--json").out)[
        "facts"
    ]
    assert result.out.count('<li id="f-') == len(known)


@pytest.mark.parametrize(
    "words", [("pakistan",), ("az", "pk", "tr"), ("az", "pk", "jf-17"), ("fr", "de")]
)
def test_report_on_other_questions(run: Run, words: tuple[str, ...]) -> None:
    """One country, three, a filter, or a pair in outline: each has a page with its facts."""
    result = run("report", *words, "-o", "-")
    assert (result.code, result.err) == (0, "")
    count = len(json.loads(run("facts", *words, "--all", "--json").out)["facts"])
    assert result.out.count('<li id="f-') == count


def test_nothing_found_writes_nothing(run: Run, tmp_path: Path) -> None:
    """Where no fact is left there is no page, and the exit code says so."""
    target = tmp_path / "none.html"
    result = run("report", "az", "pk", "jf-17", "--as-of", "1993", "--verified", "-o", str(target))
    assert (result.code, result.out) == (1, "")
    assert result.err
    assert not target.exists()


# --- where it goes


def test_output_is_named_and_kept(run: Run, tmp_path: Path) -> None:
    """The file's ending says what it is; what is there already stays unless --force is given."""
    target = tmp_path / "page.md"
    result = run("report", "az", "pk", "-o", str(target))
    assert (result.code, result.out) == (0, "")
    assert result.err == f"bilatcli: `{target}` has 279 facts on Azerbaijan–Pakistan\n"
    assert target.read_text("utf-8").startswith("# Azerbaijan–Pakistan\n")
    assert run("report", "az", "pk", "-o", str(target)).code == 2
    assert run("report", "az", "pk", "-o", str(target), "--force").code == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ("-o", "page.doc"),
            "`page.doc` ends in no format of a report: end it in .html or .md, or add --format",
        ),
        (
            ("-o", "a.md", "--format", "html"),
            "`a.md` is to be html by --format: end it so, or leave --format out",
        ),
        (
            ("-o", "-", "--style", "bibtex"),
            "`bibtex` is no style of a bibliography: take a CSL style, such as apa, ",
        ),
        (("-o", "-", "--style", "aap"), "there is no style `aap`: did you mean `"),
    ],
)
def test_bad_options_are_one_line(run: Run, options: tuple[str, ...], said: str) -> None:
    """What cannot be done is said in one line, and nothing is written."""
    result = run("report", "az", "pk", *options)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"bilatcli: {said}")
    assert result.err.count("\n") == 1


@pytest.mark.parametrize(("library", "name"), [("jinja2", "Jinja2"), ("vl_convert", "vl-convert")])
def test_without_the_extra(home: Path, library: str, name: str) -> None:
    """Without its libraries the command says in one line what to install."""
    start = f"import sys; sys.modules[{library!r}] = None; sys.argv[1:] = ['report', 'az', 'pk', '-o', '-']"
    code = f"{start}; from bilatcli.__main__ import main; main()"
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, env={"HOME": str(home)}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(
        rf"bilatcli: [^\n]*{name}[^\n]*`pip install 'bilatcli\[report\]'`\n", done.stderr
    )


# --- bibliographies


@pytest.mark.parametrize(
    "style", ["apa", "ieee", "mla", "chicago-author-date", "gost-r-7-0-5-2008"]
)
@pytest.mark.parametrize("format", ["html", "markdown"])
def test_bibliography_in_a_style(run: Run, style: str, format: str) -> None:
    """Each source has its own entry, numbered in the style's order: that of `cite` in the same style."""
    page = run("report", "az", "pk", "jf-17", "--style", style, "--format", format, "-o", "-")
    assert (page.code, page.err) == (0, "")
    cited = json.loads(run("cite", "az", "pk", "jf-17", "--all", "--json").out)["sources"]
    if format == "html":
        ids = re.findall(r'<li id="s-([^"]+)"', page.out)
        bibliography = run(
            "cite", "az", "pk", "jf-17", "--all", "--style", style, "--format", "html"
        ).out
        order = [id for id in split_entries(bibliography) if id in ids]
        if style == "ieee":  # which numbers sources as they are first called for
            order = re.findall(
                r'<li id="s-([^"]+)"', run("report", "az", "pk", "jf-17", "-o", "-").out
            )
    else:
        ids = re.findall(r"^\[\^([^\]]+)\]: ", page.out, re.MULTILINE)
        order = [id for id in ids if id in {source["id"] for source in cited}]
    assert {source["id"] for source in cited} <= set(ids)
    assert [id for id in ids if id in order] == order
    for source in cited:
        start = page.out.index(
            f'id="s-{source["id"]}"' if format == "html" else f"[^{source['id']}]: "
        )
        words = re.findall(r"[A-Za-z]{5,}", source["title"])[:2]
        assert all(word.lower() in page.out[start : start + 900].lower() for word in words), source[
            "id"
        ]


# --- Markdown


def test_markdown_has_its_footnotes(run: Run) -> None:
    """Every footnote that is called for is there, and all that is there is called for; no HTML comes of it."""
    text = run("report", "az", "pk", "--format", "markdown", "-o", "-").out
    called = set(re.findall(r"\[\^([a-z0-9-]+)\](?!:)", text))
    given = set(re.findall(r"^\[\^([a-z0-9-]+)\]:", text, re.MULTILINE))
    assert called == given
    html = MarkdownIt("gfm-like", {"linkify": False}).use(footnote_plugin).render(text)
    assert html.count('class="footnote-item"') == len(given)
    assert "[^" not in html
    assert html.count("<table>") == 4


def test_hostile_markdown(run: Run, hostile: str) -> None:
    """Texts of a pack are text: no element, link or table comes of them."""
    text = run("report", "fj", "pe", "--data", hostile, "--format", "markdown", "-o", "-").out
    html = (
        MarkdownIt("gfm-like", {"linkify": False, "html": True}).use(footnote_plugin).render(text)
    )
    tags = {tag for tag, _ in Outline(html).tags}
    assert tags & {"script", "img", "iframe", "style", "b", "i", "code"} == set()
    assert "javascript:" not in "".join(Outline(html).values("href"))
    assert "\u202e" not in text
    assert "&lt;script&gt;boom()&lt;/script&gt;" in html


# --- in a browser


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_in_a_browser(browser: Browser, az_pk: Path, width: int, scheme: str) -> None:
    """At each width, light and dark: nothing sticks out, is asked for or complains, and axe finds no fault."""
    visit = Visit(browser, az_pk, width=width, scheme=scheme)
    assert visit.asked == [az_pk.as_uri()]
    assert visit.page.evaluate("document.documentElement.scrollWidth") == width
    # The page itself forbids scripts; what the test brings is let in by the browser.
    context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(az_pk.as_uri())
    found = Axe().run(page)
    assert found.response["violations"] == [], found.generate_report()
    assert visit.said == []
    context.close()


def test_page_in_print(browser: Browser, az_pk: Path) -> None:
    """Printed, the page is ink on white without its contents, and is more than one sheet."""
    visit = Visit(browser, az_pk, width=1280, scheme="dark")
    visit.page.emulate_media(media="print")
    assert (
        visit.page.evaluate("getComputedStyle(document.body).backgroundColor")
        == "rgb(255, 255, 255)"
    )
    assert not visit.page.get_by_role("navigation").is_visible()
    printed = visit.page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) > 5


@pytest.mark.parametrize("style", [None, "apa"])
def test_hostile_page(
    run: Run, browser: Browser, hostile: str, tmp_path: Path, style: str | None
) -> None:
    """Whatever a pack says is read and not done: no script runs, nothing is asked for, no element comes of it."""
    target = tmp_path / "hostile.html"
    options = [] if style is None else ["--style", style]
    result = run("report", "fj", "pe", "--data", hostile, "-o", str(target), *options)
    assert result.code == 0
    tags = [tag for tag, _ in Outline(target.read_text("utf-8")).tags]
    assert set(tags) & {"script", "img", "iframe"} == set()
    assert tags.count("style") == 2
    # The rules of the page are taken away, so that escaping alone has to hold.
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    seen: list[Any] = []
    page.on("dialog", lambda dialog: seen.append(dialog.message))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on(
        "request",
        lambda request: seen.append(request.url) if not request.url.startswith("file:") else None,
    )
    page.goto(target.as_uri())
    assert seen == []
    text = page.inner_text("body")
    assert (
        "</bdi><script>boom()</script> ${boom()} {% raw %} `code` **bold** [^bad] <!-- -->" in text
    )
    assert "<U+202E>turned round<U+202C>" in text
    assert page.is_visible("text=<style>*{display:none}</style>")
    context.close()


def test_text_from_right_to_left(run: Run, browser: Browser, hostile: str, tmp_path: Path) -> None:
    """Arabic reads from the right within a page that reads from the left."""
    target = tmp_path / "rtl.html"
    run("report", "fj", "pe", "--data", hostile, "-o", str(target))
    visit = Visit(browser, target, width=820)
    item = visit.page.locator("#f-fj-pe-two bdi").first
    assert item.evaluate("element => getComputedStyle(element).unicodeBidi") == "isolate"
    assert item.evaluate("element => element.matches(':dir(rtl)')")
    assert visit.page.evaluate("document.body.matches(':dir(ltr)')")
