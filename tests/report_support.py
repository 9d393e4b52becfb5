"""What tests of reports share: reading a page, and a pack of hostile texts."""

from __future__ import annotations

from html.parser import HTMLParser

HOSTILE_PACK = """
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
"""A pack in which each text tries to run code or to change the page."""


class PageElements(HTMLParser):
    """The elements of a page in order, as (tag, attributes)."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Add an element."""
        self.elements.append((tag, dict(attrs)))

    @property
    def tags(self) -> list[str]:
        """The tags in order."""
        return [tag for tag, _ in self.elements]

    def get_values(self, attribute: str) -> list[str]:
        """Return the values of an attribute, in order."""
        return [str(attrs[attribute]) for _, attrs in self.elements if attribute in attrs]
