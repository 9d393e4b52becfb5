"""The index: packs compiled into SQLite, or published to PostgreSQL; and the statements sent to it.

A statement is written once, in SQLite's dialect. `make postgres` translates all of them.
"""

from __future__ import annotations

from bilatcli import resources

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from typing import TypeAlias

    Row: TypeAlias = sqlite3.Row

SUBJECT = "subject"
"""The kind of a name that belongs to a subject, not to a country."""

STATEMENTS: list[Statement] = []
"""Every statement of the modules that are imported, for the script that translates them."""


class Statement:
    """One SQL statement under a name of its own.

    Parameters are named (`:topic`). A list is one parameter with a JSON array as its text, which
    the statement reads with `IN (SELECT value FROM json_each(:names))`. A statement without `text`
    is the file `views/sql/NAME.sql`, read on first use.
    """

    __slots__ = ("_columns", "_like", "_text", "name")

    def __init__(self, name: str, text: str = "") -> None:
        self.name = name
        self._text = text
        self._like: Statement | None = None
        self._columns = ""
        STATEMENTS.append(self)

    def __repr__(self) -> str:
        return f"Statement({self.name!r})"

    def select(self, name: str, columns: str) -> Statement:
        """Return a statement with the same conditions that selects other columns."""
        statement = Statement(name)
        statement._like, statement._columns = self, columns
        return statement

    @property
    def text(self) -> str:
        """The SQL for SQLite."""
        if self._like is not None and not self._text:
            comment, select, rest = self._like.text.partition("SELECT ")
            _, *end = rest.partition("\nFROM ")
            self._text = "".join((comment, select, self._columns, *end))
        elif not self._text:
            self._text = resources.read_text("views", "sql", f"{self.name}.sql")
        return self._text
