"""Markdown for docs/coverage.md."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

WIDTH = 98


def table(
    heads: Sequence[str], rows: Iterable[Sequence[object]], *, words: int = 1
) -> Iterator[str]:
    """Yield the lines of a Markdown table; all but the first `words` columns hold numbers."""
    yield f"| {' | '.join(heads)} |"
    yield f"| {' | '.join('---' if at < words else '---:' for at in range(len(heads)))} |"
    for row in rows:
        yield f"| {' | '.join('' if each is None else str(each) for each in row)} |"
    yield ""


def prose(text: str) -> Iterator[str]:
    """Yield the wrapped lines of a paragraph or of a list item."""
    indent = "  " if text.startswith("- ") else ""
    yield from textwrap.wrap(
        text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def share(part: int, whole: int) -> str:
    """Return a part as a percentage of the whole."""
    return f"{100 * part / whole:.0f}%" if whole else "–"
