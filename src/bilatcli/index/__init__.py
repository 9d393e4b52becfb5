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

STATEMENTS: list[Statement] = []
"""Every statement of the modules that are imported, for the script that translates them."""


class Statement:
    """One SQL statement under a name of its own.

    Parameters are named (`:topic`). A list is one parameter with a JSON array as its text, which
    the statement reads with `IN (SELECT value FROM json_each(:names))`. A statement without `text`
    is the file `views/sql/NAME.sql`, read on first use.
    """

    __slots__ = ("_text", "name")

    def __init__(self, name: str, text: str = "") -> None:
        self.name = name
        self._text = text
        STATEMENTS.append(self)

    def __repr__(self) -> str:
        return f"Statement({self.name!r})"

    @property
    def text(self) -> str:
        """The SQL for SQLite."""
        if not self._text:
            self._text = resources.read_text("views", "sql", f"{self.name}.sql")
        return self._text
