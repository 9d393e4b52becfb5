"""What every view declares: its name, help and options, and how its table looks."""

from __future__ import annotations

from bilatcli.query.options import FACT_OPTIONS, OUTPUT_OPTIONS, PRESENTATION_OPTIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from bilatcli.index.store import Index
    from bilatcli.query.options import Option
    from bilatcli.query.request import Request
    from bilatcli.views.document import Document

    Build: TypeAlias = Callable[[Request, Index], Document]
    Columns: TypeAlias = Sequence[tuple[str, int]]

DETAIL_ONLY = 10**6
"""A minimum width, in characters, that no screen has: the value is always part of the statement."""

STATUS_COLUMNS = ("status", 90), ("sources", 76)

TOPIC_COLUMNS = tuple(
    (key, DETAIL_ONLY) for key in ("system", "stage", "quantity", "holder", "favours", "against")
)
"""The keys that only facts on some topics have."""

DATED_FACT_COLUMNS = (
    ("date", 0),
    ("topic", 110),
    ("measure", 130),
    ("value_usd", 130),
    ("text", 0),
    *STATUS_COLUMNS,
    *TOPIC_COLUMNS,
)
"""The columns of facts in the order of their dates, whatever their topics."""


class View:
    """One question about the corpus: its declaration, and `build`, which answers it.

    `words` names the words that it takes, and `examples` are command lines for its help. `columns`
    are the keys of its table, each with the width of the screen, in characters, from which it has a
    column of its own; on a narrower screen its value is part of the statement. A table has a
    section for each value of the key `group`, unless its facts are ranked. `noun` is what one of
    its facts is called. `topic` is the topic of all its facts, if there is only one.
    """

    def __init__(  # noqa: PLR0913 -- a declaration: every view names what it gives
        self,
        name: str,
        help: str,
        *,
        build: Build,
        examples: Sequence[str],
        words: str = "WORDS",
        options: Sequence[Option] = FACT_OPTIONS,
        columns: Columns = (),
        group: str | None = None,
        noun: str = "fact",
        topic: str | None = None,
        is_ranked: bool = False,
    ) -> None:
        self.name = name
        self.help = help
        self.build = build
        self.examples = examples
        self.words = words
        self.options = (*options, *OUTPUT_OPTIONS)
        self.columns = columns
        self.group = group
        self.noun = noun
        self.topic = topic
        self.is_ranked = is_ranked

    @property
    def select_options(self) -> list[Option]:
        """The options that decide what the document says, not how it is printed."""
        return [option for option in self.options if option not in PRESENTATION_OPTIONS]
