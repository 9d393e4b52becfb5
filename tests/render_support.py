"""Questions on the small pack, one for each kind of document, and how to ask and render them."""

from __future__ import annotations

from typing import Any

from bilatcli.index.store import Index
from bilatcli.query.request import Request
from bilatcli.render import render_document
from bilatcli.render.settings import Settings
from bilatcli.views import VIEWS, run
from bilatcli.views.document import Document
from support import DATA

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
"""The words of each question. The first word of a name is the view."""

FACT_QUESTIONS = ["facts", "military", "stances"]
WIDTHS = [*range(30, 60, 3), 59, *range(60, 201, 10), 76, 89, 111, 129]


def answer(index: Index, question: str, **options: object) -> Document:
    """Return the document of one of the questions."""
    view = question.split(maxsplit=1)[0]
    chosen = {"curated": True, **options} if view == "list" else options
    return run(VIEWS[view], Request(view, QUESTIONS[question], **chosen), index)


def table(document: Document, width: int, *, has_colour: bool = False, **options: Any) -> str:
    """Return a document as a terminal of a width shows it."""
    settings = Settings(width=width, has_colour=has_colour, **options)
    return render_document(document, "table", settings)


def load_rows(document: Document) -> list[dict[str, Any]]:
    """Return the rows of a document as data."""
    rows: list[dict[str, Any]] = document.load()[document.rows]
    return rows
