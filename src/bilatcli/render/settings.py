"""Settings of a renderer: the abilities of the terminal, and the options of the reader."""

from __future__ import annotations

MIN_HEIGHT = 10
"""Lines below which a screen is too low to hold an answer: the answer is then a little longer."""


class Settings:
    """The settings of a renderer.

    `width` is in columns. `height` is the number of lines of the terminal, or 0 if the output is
    not a terminal: the table then has all rows, in the order of the document. `limit` is the number
    of rows to show, and `has_all_rows` shows all of them. `has_ids` adds the ids of facts, and
    `is_brief` leaves out all but dates and statements. `sources` is one of
    `query.options.SOURCE_LISTS`. `is_raw` matters for csv and tsv: cells that a spreadsheet would
    treat as formulas are then not quote-protected.
    """

    __slots__ = (
        "has_all_rows",
        "has_colour",
        "has_ids",
        "height",
        "is_brief",
        "is_raw",
        "is_sorted",
        "limit",
        "sources",
        "width",
    )

    def __init__(  # noqa: PLR0913 -- one record of options, each by its name
        self,
        *,
        width: int = 0,
        height: int = 0,
        has_colour: bool = False,
        is_raw: bool = False,
        has_ids: bool = False,
        is_brief: bool = False,
        is_sorted: bool = False,
        sources: str = "short",
        limit: int | None = None,
        has_all_rows: bool = False,
    ) -> None:
        self.width = width
        self.height = height
        self.has_colour = has_colour
        self.is_raw = is_raw
        self.has_ids = has_ids
        self.is_brief = is_brief
        self.is_sorted = is_sorted
        self.sources = "none" if is_brief else sources
        self.limit = limit
        self.has_all_rows = has_all_rows

    @property
    def is_screen(self) -> bool:
        """True if a person reads the output on a terminal."""
        return self.height > 0

    @property
    def max_lines(self) -> int | None:
        """The lines that fit above the prompt, or None if all rows are shown."""
        if not self.is_screen or self.limit is not None or self.has_all_rows:
            return None
        return max(self.height, MIN_HEIGHT) - 1
