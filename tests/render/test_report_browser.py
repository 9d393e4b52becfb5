"""Reports in a real browser: layout, accessibility, print, and hostile packs."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from support import Run

pytestmark = pytest.mark.slow

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
WIDTHS = (390, 820, 1280)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Yield a headless Chromium."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


class Events:
    """What a page reported and requested."""

    def __init__(self, page: Page) -> None:
        self.messages: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.messages.append(message.text))
        page.on("pageerror", lambda error: self.messages.append(str(error)))
        page.on("dialog", lambda dialog: self.messages.append(dialog.message))
        page.on("request", lambda request: self.requests.append(request.url))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Yield a page in a window of its own."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def unprotected_page(browser: Browser) -> Iterator[Page]:
    """Yield a page that ignores the security policy of reports, which forbids scripts."""
    context = browser.new_context(bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_layout(page: Page, az_pk_page: Path, width: int, scheme: str) -> None:
    """At each width, light and dark, nothing overflows and nothing is requested."""
    events = Events(page)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(az_pk_page.as_uri())
    assert events.requests == [az_pk_page.as_uri()]
    assert events.messages == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessibility(unprotected_page: Page, az_pk_page: Path, width: int, scheme: str) -> None:
    """At each width, light and dark, axe finds no violation."""
    unprotected_page.set_viewport_size({"width": width, "height": 900})
    unprotected_page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    unprotected_page.goto(az_pk_page.as_uri())
    found = Axe().run(unprotected_page)
    assert found.response["violations"] == [], found.generate_report()


def test_print(page: Page, az_pk_page: Path) -> None:
    """In print the page is on white, without its contents, on several sheets."""
    page.goto(az_pk_page.as_uri())
    page.emulate_media(media="print", color_scheme="dark")
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == "rgb(255, 255, 255)"
    assert not page.get_by_role("navigation").is_visible()
    printed = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) > 5


@pytest.mark.parametrize("style", [None, "apa"])
def test_hostile_page(
    run: Run, unprotected_page: Page, hostile_report_pack: str, tmp_path: Path, style: str | None
) -> None:
    """No script of a pack runs and nothing is requested, even without the security policy."""
    target = tmp_path / "hostile.html"
    options = [] if style is None else ["--style", style]
    command = ("report", "fj", "pe", "--data", hostile_report_pack, "-o", str(target), *options)
    assert run(*command).code == 0
    page, events = unprotected_page, Events(unprotected_page)
    page.goto(target.as_uri())
    assert events.messages == []
    assert events.requests == [target.as_uri()]
    text = page.inner_text("body")
    hostile = "</bdi><script>boom()</script> ${boom()} {% raw %} `code` **bold** [^bad] <!-- -->"
    assert hostile in text
    assert "<U+202E>turned round<U+202C>" in text
    assert page.is_visible("text=<style>*{display:none}</style>")


def test_right_to_left(run: Run, page: Page, hostile_report_pack: str, tmp_path: Path) -> None:
    """Arabic reads from the right on a page that reads from the left."""
    target = tmp_path / "rtl.html"
    run("report", "fj", "pe", "--data", hostile_report_pack, "-o", str(target))
    page.goto(target.as_uri())
    item = page.locator("#f-fj-pe-two bdi").first
    assert item.evaluate("element => getComputedStyle(element).unicodeBidi") == "isolate"
    assert item.evaluate("element => element.matches(':dir(rtl)')")
    assert page.evaluate("document.body.matches(':dir(ltr)')")
