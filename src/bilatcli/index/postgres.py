"""Engines: the index in a database that speaks PostgreSQL's language, asked by the statements of the local one.

Their parameters are spelt as psycopg wants them, and their types said. A search is found by the engine's own full-text
search, and ranked as FTS5 ranks, so that an answer is the same.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import lru_cache

import psycopg
from psycopg import conninfo, sql

from bilatcli.errors import EnvironmentFault, UsageError
from bilatcli.index.ranking import Ranking, Sought
from bilatcli.text import replace_surrogates
from bilatcli.urls import remove_password

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any, Self

    Parameters = Mapping[str, object] | Sequence[object]
    Row = tuple[Any, ...]

SCHEMES = ("postgresql://", "postgres://")
PATIENCE = 10
"""Seconds to wait for an engine that does not answer, unless its address says otherwise."""
AT_ONCE = 2000
"""So many rows are in memory while rows are streamed."""

_COMMENT = re.compile(r"--[^\n]*")
_NAMED = re.compile(r"(?<![:\w]):([a-z_][a-z0-9_]*)")
_MATCHED = re.compile(r"(?<=matched AS MATERIALIZED \()[^)]*\([^)]*\)[^)]*(?=\))")
_SCORED = "SELECT number, score FROM unnest(%(numbers)s::bigint[], %(scores)s::float8[]) AS t (number, score)"
_ASKED = "SELECT number, words, statement, subject, people, note, titles FROM fact_search WHERE places @@ %s::tsquery"
_HITS = "SELECT COUNT(*) FROM fact_search WHERE places @@ %s::tsquery"


class Engine:
    """A published index, open for reading; it stands in for a connection of SQLite.

    Raises UsageError for what is no address, EnvironmentFault where the engine does not answer or has no index of the
    format that is asked for.
    """

    def __init__(self, address: str, format: int) -> None:
        self.address = address
        self._schema = f"bilatcli_{format}"
        self._connection = self._opened()
        with self._told():
            found = self._connection.execute("SELECT to_regclass('edition') IS NOT NULL").fetchone()
        if found is None or not found[0]:
            self.close()
            raise EnvironmentFault(
                f"`{self.shown}` has no index of format {format}: put one there with `bilatcli publish {self.shown}`"
            )

    @property
    def shown(self) -> str:
        """The address without its password."""
        return remove_password(self.address)

    def execute(self, statement: str, parameters: Parameters = ()) -> _Answer:
        """Return the answer to a statement of the local index, which is asked once its rows are."""
        return _Answer(self, statement, parameters)

    def close(self) -> None:
        """Let go of the engine."""
        self._connection.close()

    def fetch(self, statement: str, parameters: Parameters) -> list[Row]:
        """Return all rows of a statement; where the connection was lost, make another one and ask once more."""
        with self._told():
            try:
                return self._fetch(statement, parameters)
            except psycopg.OperationalError:
                self.close()
                self._connection = self._opened()
                return self._fetch(statement, parameters)

    def stream(self, statement: str, parameters: Parameters) -> Iterator[Row]:
        """Yield the rows of a statement, of which few are in memory at a time."""
        text, given = _spelt(statement, ())[0].encode(), [_clean(value) for value in parameters]
        with (
            self._told(),
            self._connection.transaction(),
            self._connection.cursor("streamed") as cursor,
        ):
            cursor.itersize = AT_ONCE
            yield from cursor.execute(text, given)

    def _opened(self) -> psycopg.Connection[Row]:
        connection = connected(self.address)
        with self._told():
            connection.execute(
                sql.SQL("SET search_path TO {}").format(sql.Identifier(self._schema))
            )
        return connection

    def _fetch(self, statement: str, parameters: Parameters) -> list[Row]:
        given: Any = parameters
        if isinstance(parameters, dict):
            numbers = tuple(key for key, value in parameters.items() if isinstance(value, int))
            text, is_search = _spelt(statement, numbers)
            given = {key: _clean(value) for key, value in parameters.items()}
            if is_search:
                given["numbers"], given["scores"] = self._ranked(parameters["phrases"])
        else:
            text, _ = _spelt(statement, ())
            given = [_clean(value) for value in parameters]
        return self._connection.execute(text.encode(), given).fetchall()

    def _ranked(self, asked: tuple[list[list[str]], str]) -> tuple[list[int], list[float]]:
        """The facts that say the phrases, by their numbers, and how well: the less the number, the better."""
        ((facts, words),) = self._connection.execute("SELECT facts, words FROM edition").fetchall()
        sought = Sought(*asked)
        hits = [
            self._connection.execute(_HITS, [phrase.query]).fetchall()[0][0]
            for phrase in sought.phrases
        ]
        rows = self._connection.execute(_ASKED, [sought.query]).fetchall()
        ranking = Ranking(sought.phrases, hits, facts=facts, words=words)
        return [row[0] for row in rows], [ranking.score(row[1], row[2:]) for row in rows]

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell in one line what an engine does not do."""
        try:
            yield
        except psycopg.Error as error:
            raise EnvironmentFault(f"`{self.shown}` does not answer ({reason(error)})") from None


class _Answer:
    """The answer to a statement: all of it at once, or row by row."""

    def __init__(self, engine: Engine, statement: str, parameters: Parameters) -> None:
        self._engine = engine
        self._statement = statement
        self._parameters = parameters

    def fetchall(self) -> list[Row]:
        """Return all rows."""
        return self._engine.fetch(self._statement, self._parameters)

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows, of which few are in memory at a time."""
        return self._engine.stream(self._statement, self._parameters)


@lru_cache(maxsize=64)
def _spelt(statement: str, numbers: tuple[str, ...]) -> tuple[str, bool]:
    """A statement as psycopg reads it, and whether it searches; parameters are text, but for some that are numbers."""
    text, searches = _MATCHED.subn(
        _SCORED.replace("%", "%%"), _COMMENT.sub("", statement).replace("%", "%%")
    )
    text = _NAMED.sub(
        lambda found: f"%({found[1]})s::{'bigint' if found[1] in numbers else 'text'}", text
    )
    text = text.replace("?", "%s")
    return (text.replace("%%(", "%("), True) if searches else (text, False)


def _clean(value: object) -> object:
    """A value as an engine can carry it."""
    return replace_surrogates(value).replace("\0", "\ufffd") if isinstance(value, str) else value


def connected(address: str) -> psycopg.Connection[Row]:
    """Return a connection that takes each statement by itself.

    Raises UsageError for what is no address, EnvironmentFault where nobody answers or lets us in.
    """
    if not address.startswith(SCHEMES):
        raise UsageError(
            f"`{remove_password(address)}` is no address of an engine: write postgresql://USER@HOST/DATABASE"
        )
    try:
        given = conninfo.conninfo_to_dict(address)
    except psycopg.ProgrammingError as error:
        raise UsageError(
            f"`{remove_password(address)}` is no address of an engine ({reason(error)})"
        ) from None
    try:
        return psycopg.connect(
            address, autocommit=True, connect_timeout=int(given.get("connect_timeout") or PATIENCE)
        )
    except psycopg.Error as error:
        raise EnvironmentFault(
            f"`{remove_password(address)}` does not answer ({reason(error)})"
        ) from None


def reason(error: psycopg.Error) -> str:
    r"""Return what an engine says is wrong, in a line.

    >>> reason(psycopg.OperationalError("connection failed: port 5432 failed: FATAL:  no such user\nDETAIL: none"))
    'no such user'
    """
    first = (str(error).strip() or "no reason given").splitlines()[0]
    return re.split(r"FATAL:  |failed: ", first)[-1].strip().rstrip(".")


class Writer:
    """An engine open for publishing: one transaction, which holds once the block is through, or not at all."""

    def __init__(self, address: str, format: int) -> None:
        self.shown = remove_password(address)
        self._schema = sql.Identifier(f"bilatcli_{format}")
        self._connection = connected(address)

    def __enter__(self) -> Self:
        """Begin the transaction."""
        self._connection.autocommit = False
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: object
    ) -> None:
        """End it; raises EnvironmentFault with what the engine says is wrong."""
        try:
            if error is None:
                self._connection.commit()
        except psycopg.Error as raised:
            error = raised
        finally:
            # What is not committed is rolled back by that.
            self._connection.close()
        if isinstance(error, psycopg.Error):
            raise EnvironmentFault(f"`{self.shown}` was left as it was ({reason(error)})") from None

    def create(self, table: str, definitions: Iterable[str]) -> None:
        """Make the schema, unless it has a table already; readers of another format have a schema of their own."""
        ((there,),) = self.rows(
            "SELECT to_regnamespace(%s) IS NOT NULL", [self._schema.as_string()]
        )
        if not there:
            self._connection.execute(sql.SQL("CREATE SCHEMA {}").format(self._schema))
        self._connection.execute(sql.SQL("SET search_path TO {}").format(self._schema))
        ((there,),) = self.rows("SELECT to_regclass(%s) IS NOT NULL", [table])
        if not there:
            for definition in definitions:
                self._connection.execute(definition.encode())
            self._connection.execute(
                sql.SQL("INSERT INTO {} VALUES ('', 0, 0)").format(sql.Identifier(table))
            )

    def hold(self, table: str) -> None:
        """Wait until nobody else publishes, and let nobody until the end."""
        self._connection.execute(
            sql.SQL("SELECT * FROM {} FOR UPDATE").format(sql.Identifier(table))
        )

    def rows(self, statement: str, parameters: Sequence[object] = ()) -> list[Row]:
        """Return the rows of a statement."""
        return self._connection.execute(statement.encode(), parameters).fetchall()

    def stream(self, statement: str) -> Iterator[Row]:
        """Yield the rows of a statement, of which few are in memory at a time."""
        with self._connection.cursor("streamed") as cursor:
            cursor.itersize = AT_ONCE
            yield from cursor.execute(statement.encode())

    def columns(self, table: str) -> list[str]:
        """Return the names of the columns of a table, in order."""
        asked = sql.SQL("SELECT * FROM {} LIMIT 0").format(sql.Identifier(table))
        return [column.name for column in self._connection.execute(asked).description or ()]

    def execute(self, statement: str, parameters: Sequence[object] = ()) -> None:
        """Carry out a statement."""
        self._connection.execute(statement.encode(), parameters)

    def remove(self, table: str, keys: Sequence[str], values: Sequence[Row]) -> None:
        """Delete the rows that have one of the values under the keys."""
        where = sql.SQL(" AND ").join(
            sql.SQL("{} = %s").format(sql.Identifier(key)) for key in keys
        )
        with self._connection.cursor() as cursor:
            cursor.executemany(
                sql.SQL("DELETE FROM {} WHERE ").format(sql.Identifier(table)) + where, values
            )

    def copy(self, table: str, rows: Iterable[Row]) -> None:
        """Put rows into a table, as many as there are."""
        into = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))
        with self._connection.cursor() as cursor, cursor.copy(into) as stream:
            for row in rows:
                stream.write_row([_clean(value) for value in row])
