"""The index: packs compiled into SQLite, or published to PostgreSQL; and the statements sent to it.

A statement is written once, in SQLite's dialect. `make postgres` translates all of them.
"""

from __future__ import annotations

from bilatcli import resources

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
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

    A parameter that is None may stand for a condition that is not asked for. Such a condition is a
    line that begins with `AND (:topic IS NULL OR`, or lines between `-- if :ids` and `-- end if`.
    """

    __slots__ = ("_columns", "_fitted", "_like", "_text", "name")

    def __init__(self, name: str, text: str = "") -> None:
        self.name = name
        self._text = text
        self._like: Statement | None = None
        self._columns = ""
        self._fitted: dict[frozenset[str], str] = {}
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

    def fit(self, parameters: Mapping[str, object]) -> str:
        """Return the SQL for SQLite without the conditions of parameters that are None.

        To prepare and test all of them would take as long as to read the rows of a pair.
        """
        missing = frozenset([key for key, value in parameters.items() if value is None])
        if missing not in self._fitted:
            self._fitted[missing] = _drop_conditions(self.text, missing) if missing else self.text
        return self._fitted[missing]


def _drop_conditions(text: str, missing: frozenset[str]) -> str:
    kept: list[str] = []
    is_kept = True
    for line in text.split("\n"):
        start = line.lstrip()
        if start.startswith("--"):
            is_kept = start.removeprefix("-- if :") not in missing
        elif is_kept:
            parameter, _, condition = start.partition(" IS NULL OR ")
            if not (condition and parameter.startswith("AND (:")):
                kept.append(line)
            elif parameter.removeprefix("AND (:") not in missing:
                kept.append(f"AND ({condition}")
    return "\n".join(kept)
