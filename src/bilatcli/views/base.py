"""One view: its name, what it takes, how it is shown, and the statement that it asks."""

from __future__ import annotations

import os

from bilatcli import resources
from bilatcli.query.options import FACT_OPTIONS, OUTPUT_OPTIONS, PRINTING
from bilatcli.query.request import MAX_COUNTRIES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bilatcli.index.store import Index
    from bilatcli.query.options import Option
    from bilatcli.query.request import Query, Request
    from bilatcli.views.document import Document

PAIRS = tuple(f"p{number + 1}" for number in range(MAX_COUNTRIES * (MAX_COUNTRIES - 1) // 2))
"""What the statements call the pairs among as many countries as a question may have."""

_FOLDER = resources.package_path("views", "sql")


class View:
    """One question about the corpus.

    `columns` are those of its table, each with the width of the screen from which it has a column of its own (0:
    always); below that its value joins the statement. `group` is the key whose values part a table into
    sections, `noun` what one of its facts is called, `topic` the one that all of them are of, if it is one. Where
    facts are ranked a table has no sections. A view without a statement is answered by `names`.
    """

    def __init__(  # noqa: PLR0913 -- a declaration, whose lines the catalogue gives by name
        self,
        name: str,
        help: str,
        *,
        build: Callable[[View, Request, Index], Document],
        words: str = "WORDS",
        options: Sequence[Option] = FACT_OPTIONS,
        columns: Sequence[tuple[str, int]] = (),
        group: str | None = None,
        noun: str = "fact",
        topic: str | None = None,
        has_statement: bool = True,
        is_ranked: bool = False,
    ) -> None:
        self.name = name
        self.help = help
        self.build = build
        self.words = words
        self.options = (*options, *OUTPUT_OPTIONS)
        self.columns = columns
        self.group = group
        self.noun = noun
        self.topic = topic
        self.has_statement = has_statement
        self.is_ranked = is_ranked
        self._statement = ""
        self._statement_of_one = ""

    @property
    def choosing(self) -> list[Option]:
        """The options that choose what the document says, whoever asks and however it is printed."""
        return [option for option in self.options if option not in PRINTING]

    @property
    def statement(self) -> str:
        """The view's one SQL statement."""
        if not self._statement:
            with open(os.path.join(_FOLDER, f"{self.name}.sql"), encoding="utf-8") as file:
                self._statement = file.read()
        return self._statement

    def statement_for(self, query: Query) -> str:
        """Return the statement, with room for one pair where none or one is asked for: a list of all takes time."""
        if len(query.pairs) > 1:
            return self.statement
        if not self._statement_of_one:
            self._statement_of_one = self.statement.replace(
                ", ".join(f":{pair}" for pair in PAIRS), ":p1"
            )
        return self._statement_of_one
