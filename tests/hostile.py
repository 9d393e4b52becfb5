"""Hostile texts, a pack that is made of them, and a terminal that notices what they do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pyte

from support import Result

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
"""Texts that would control a terminal, a page or a spreadsheet. The first ten do it anywhere."""

FORMATS = ("table", "json", "ndjson", "csv", "tsv", "markdown")

SAFE_SPACES = "\u00a0\u2007\u202f\u3000"
HARMLESS_EVENTS = {"draw", "linefeed", "carriage_return", "tab", "select_graphic_rendition"}
"""What output may make a terminal do."""

PACK = """\
[pack]
name = "stranger"
title = {all}
licence = {first}
updated = 2026-11-23
"""

SOURCE = """\
[[source]]
id = "s-{number}"
type = "webpage"
title = {title}
authors = [{author}, {literal}]
publisher = {sentence}
issued = "2001"
url = {url}
reliability = "news"
archive_url = {url}
"""

RELATION = """\
[[relation]]
id = "is-mn"
countries = ["IS", "MN"]
status = {all}
overview = {all}
sources = ["s-0"]
status_sources = ["s-0"]
"""

FACT = """\
[[relation.fact]]
id = "{topic}-{number}"
topic = "{topic}"
text = {text}
date = "2002"
status = "current"
actors = ["IS", {sentence}]
sources = ["s-{number}"]
verification = "single-source-claim"
note = {sentence}
headline = true
"""

TOPIC_KEYS = {
    "military": (
        'kind = "exercise"\nsystem = {sentence}\npartners = ["TR"]\nquantity = 3\n'
        "value_usd = 5000000\n"
    ),
    "stance": 'issue = "attack"\nholder = "IS"\nposition = {sentence}\nfavours = "MN"\n',
    "trade": 'measure = "exports"\nvalue_usd = 1234567\nas_of = "2001"\n',
}
"""The keys that only facts of a topic have."""


def quote(text: str) -> str:
    """Return a TOML string."""
    characters = (
        each if " " <= each <= "~" and each not in '"\\' else f"\\U{ord(each):08X}" for each in text
    )
    return f'"{"".join(characters)}"'


def make_pack(texts: Sequence[str]) -> str:
    """Return a pack in which each free text is one of the given texts. Ids cannot be."""
    common = {"all": quote(" ".join(texts)), "first": quote(texts[0] or "x")}
    sources, facts = [], []
    for number, text in enumerate(texts):
        path = "".join(each for each in text if not each.isspace())
        values = {
            "number": number,
            "title": quote("attack " + text),
            "author": quote(f"{text}, {text}"),
            "literal": quote("." + text),
            "sentence": quote(text + "."),
            "text": quote(text + " attack."),
            "url": quote("https://example.org/" + path),
        }
        sources.append(SOURCE.format(**values))
        facts += [(FACT + more).format(topic=topic, **values) for topic, more in TOPIC_KEYS.items()]
    return "".join([PACK.format(**common), *sources, RELATION.format(**common), *facts])


class Terminal:
    """A terminal that stores what it was made to do."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(400, 50)
        self.events: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        """Return a method of the screen that stores its event."""
        method = getattr(self.screen, name)
        if name not in pyte.Stream.events:
            return method

        def store(*arguments: Any, **more: Any) -> None:
            self.events.add(name)
            method(*arguments, **more)

        return store


def assert_harmless(text: str, *, has_links: bool = False) -> None:
    """Require that a text only draws letters on a terminal, and links that show where they lead."""
    links = re.findall("\x1b\\]8;;([^\x1b\x07]*)\x1b\\\\(.*?)(?=\x1b\\]8|$)", text, re.DOTALL)
    for address, label in links:
        assert re.fullmatch(r"(https?://[a-z0-9.-]+(/[!-~]*)?)?", address)
        shown = re.sub("\x1b\\[[0-9;]*m|\\s", "", label)
        host = "/".join(address.split("/")[:3])
        # A number in brackets cannot pass for another address.
        assert not address or shown.startswith(host) or re.match(r"\[[0-9]+\]", shown)
    assert has_links or not links
    text = re.sub("\x1b\\]8;;[^\x1b\x07]*\x1b\\\\", "", text)
    terminal = Terminal()
    stream = pyte.Stream(terminal)  # type: ignore[arg-type]  # it has all methods of a screen
    stream.feed(text)
    assert terminal.events <= HARMLESS_EVENTS
    assert (terminal.screen.title, terminal.screen.icon_name) == ("", "")
    assert terminal.screen.mode == {pyte.modes.DECAWM, pyte.modes.DECTCEM}
    plain = re.sub("\x1b\\[[0-9;]*m", "", text)
    assert {each for each in plain if not each.isprintable()} <= set("\n\r\t" + SAFE_SPACES)


def assert_harmless_result(result: Result, *, has_links: bool = False) -> None:
    """Require both streams of a command to be harmless, without a traceback."""
    assert_harmless(result.out, has_links=has_links)
    assert_harmless(result.err)
    assert "Traceback" not in result.err
