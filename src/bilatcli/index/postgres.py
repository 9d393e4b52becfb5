"""The index in a PostgreSQL database: read it, and write it.

The statements of the local index are translated when the package is built, into `postgres.sql`.
The tables are in a schema of their own for each format of the index.
"""

from __future__ import annotations

import re
from contextlib import contextmanager

import psycopg
from psycopg import conninfo, sql

from bilatcli import resources
from bilatcli.errors import EnvironmentFault, UsageError
from bilatcli.index.sqlite import FORMAT
from bilatcli.index.store import Index
from bilatcli.text import replace_surrogates
from bilatcli.urls import has_plain_password, hide_fragments, remove_password
from bilatcli.vocabulary import PREFIX_MARK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any, Self

    from bilatcli.index import Statement
    from bilatcli.index.store import Parameters

    Values = tuple[Any, ...]

SCHEMES = ("postgresql://", "postgres://")
SCHEMA = f"bilatcli_{FORMAT}"
CONNECT_TIMEOUT_S = 10
"""How long to wait for a server that does not answer (default: if the address does not say)."""
BATCH_SIZE = 2000
"""Rows in memory while rows are streamed."""
MAX_WORD_LENGTH = 500
"""Maximum letters of a search word: a `tsvector` takes no word of more than 2 KiB."""

_SECTION = "\n-- name: "
_EXISTS = f"SELECT to_regclass('{SCHEMA}.publication') IS NOT NULL"


def load_sections() -> dict[str, str]:
    """Return the sections of `postgres.sql`: `schema`, and the statements by their names."""
    _, *sections = resources.read_text("index", "postgres.sql").split(_SECTION)
    return {name: text for name, _, text in (section.partition("\n") for section in sections)}


def phrase_query(pattern: str) -> str:
    """Return a pattern in the language of `tsquery`.

    >>> phrase_query("jf 17*"), phrase_query("embassi")
    ("('jf' <-> '17':*)", "('embassi')")
    """
    phrase = pattern.removesuffix(PREFIX_MARK)
    words = " <-> ".join(f"'{word[:MAX_WORD_LENGTH]}'" for word in phrase.split())
    return f"({words})" if phrase == pattern else f"({words}:*)"


class Row:
    """A row whose values are read by name or by position, like those of SQLite."""

    __slots__ = ("_positions", "_values")

    def __init__(self, values: Sequence[Any], positions: Mapping[str, int]) -> None:
        self._values = tuple(values)
        self._positions = positions

    def __getitem__(self, key: str | int | slice) -> Any:
        return self._values[self._positions[key] if isinstance(key, str) else key]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def keys(self) -> list[str]:
        """Return the names of the columns."""
        return list(self._positions)


def _make_rows(cursor: psycopg.Cursor[Any]) -> Any:
    """Return what makes rows of values, for psycopg."""
    positions = {column.name: place for place, column in enumerate(cursor.description or ())}
    return lambda values: Row(values, positions)


class PostgresIndex(Index):
    """A published index, open for reading.

    Raises UsageError for an invalid address, EnvironmentFault if the server does not answer or has
    no index of this format.
    """

    location = "engine"

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address
        self._statements = load_sections()
        self._connection = self._connect()
        with self._errors():
            exists = self._connection.execute(_EXISTS).fetchone()
        if not (exists and exists[0]):
            self.close()
            shown = remove_password(address)
            raise EnvironmentFault(
                f"`{shown}` has no index of format {FORMAT}",
                hint=f"publish one with `bilatcli publish {shown}`",
            )

    def rows(self, statement: Statement, parameters: Parameters | None = None) -> list[Any]:
        """Return all rows of a statement. If the connection is lost, connect once more."""
        text, values = self._statements[statement.name], _to_storable(parameters)
        with self._errors():
            try:
                return self._connection.execute(text.encode(), values).fetchall()
            except psycopg.OperationalError:
                self.close()
                self._connection = self._connect()
                return self._connection.execute(text.encode(), values).fetchall()

    def stream(self, statement: Statement, parameters: Parameters | None = None) -> Iterator[Any]:
        """Yield the rows of a statement one by one. At most BATCH_SIZE are in memory."""
        text, values = self._statements[statement.name], _to_storable(parameters)
        with (
            self._errors(),
            self._connection.transaction(),
            self._connection.cursor("stream") as cursor,
        ):
            cursor.itersize = BATCH_SIZE
            yield from cursor.execute(text.encode(), values)

    def match_expression(self, words: Sequence[Sequence[str]], whole: Sequence[str] = ()) -> str:
        """Return a `tsquery`: of each word one of the patterns, or one of the `whole`."""
        groups = (" | ".join(map(phrase_query, word)) for word in words)
        query = " & ".join(f"({group})" for group in groups)
        others = list(map(phrase_query, whole))
        return " | ".join([f"({query})", *others]) if whole else query

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _connect(self) -> psycopg.Connection[Any]:
        connection = connect(self._address)
        connection.row_factory = _make_rows
        return connection

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Turn the errors of psycopg into EnvironmentFault."""
        try:
            yield
        except psycopg.Error as error:
            shown = remove_password(self._address)
            reason = _name_reason(error, self._address)
            raise EnvironmentFault(f"`{shown}` does not answer ({reason})") from None


def connect(address: str) -> psycopg.Connection[Any]:
    """Return a connection in which each statement is a transaction of its own.

    It keeps nothing in its session, neither settings nor prepared statements, so that PgBouncer may
    pool transactions. Raises UsageError for an invalid address, EnvironmentFault if the server does
    not answer or denies access.
    """
    shown = remove_password(address)
    hint = "write postgresql://USER@HOST/DATABASE"
    if has_plain_password(address):
        raise UsageError(
            f"`{shown}` has special characters in its password",
            hint="write %40 for @, %2F for /, %20 for a blank, and %25 for %",
        )
    if not address.startswith(SCHEMES):
        raise UsageError(f"`{shown}` is not the address of a database", hint=hint)
    try:
        options = conninfo.conninfo_to_dict(address)
    except psycopg.ProgrammingError as error:
        problem = f"`{shown}` is not the address of a database"
        raise UsageError(f"{problem} ({_name_reason(error, address)})", hint=hint) from None
    timeout = int(options.get("connect_timeout") or CONNECT_TIMEOUT_S)
    try:
        return psycopg.connect(
            address, autocommit=True, connect_timeout=timeout, prepare_threshold=None
        )
    except psycopg.Error as error:
        reason = _name_reason(error, address)
        raise EnvironmentFault(f"`{shown}` does not answer ({reason})") from None


def error_reason(error: psycopg.Error) -> str:
    r"""Return the reason of an error in one line.

    >>> message = "connection failed: port 5432 failed: FATAL:  no such user\nDETAIL: none"
    >>> error_reason(psycopg.OperationalError(message))
    'no such user'
    """
    first = (str(error).strip() or "no reason given").splitlines()[0]
    return re.split(r"FATAL:  |failed: ", first)[-1].strip().rstrip(".")


def _name_reason(error: psycopg.Error, address: str) -> str:
    """Return the reason of an error without parts of the password in an address."""
    return hide_fragments(error_reason(error), address)


def _to_storable(parameters: Parameters | None) -> dict[str, object]:
    return {key: _storable(value) for key, value in (parameters or {}).items()}


def _storable(value: object) -> object:
    """Return a value without characters that PostgreSQL cannot store."""
    return replace_surrogates(value).replace("\0", "\ufffd") if isinstance(value, str) else value


class PostgresWriter:
    """A database open for publishing, as a context: one transaction, committed at the end.

    Raises UsageError for an invalid address, EnvironmentFault for any failure of the server.
    """

    def __init__(self, address: str) -> None:
        self.shown = remove_password(address)
        self._address = address
        self._statements = load_sections()
        self._connection = connect(address)

    def __enter__(self) -> Self:
        """Begin the transaction."""
        self._connection.autocommit = False
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: object
    ) -> None:
        """Commit the transaction, or roll it back after an error."""
        try:
            if error is None:
                self._connection.commit()
        except psycopg.Error as raised:
            error = raised
        finally:
            # Closing rolls back what is not committed.
            self._connection.close()
        if isinstance(error, psycopg.Error):
            reason = _name_reason(error, self._address)
            raise EnvironmentFault(f"`{self.shown}` is unchanged ({reason})") from None

    def prepare(self) -> None:
        """Create the tables if there are none. Wait for other writers; readers may go on."""
        schema = sql.Identifier(SCHEMA)
        exists = "SELECT to_regnamespace(%s) IS NOT NULL"
        if not self.rows(exists, [schema.as_string()])[0][0]:
            self._connection.execute(sql.SQL("CREATE SCHEMA {}").format(schema))
        # For this transaction only: a pool gives the session to others afterwards.
        self._connection.execute(sql.SQL("SET LOCAL search_path TO {}").format(schema))
        if not self.rows(_EXISTS)[0][0]:
            self._connection.execute(self._statements["schema"].encode())
        self.execute("LOCK TABLE publication IN SHARE ROW EXCLUSIVE MODE")

    def rows(self, text: str, parameters: Sequence[object] = ()) -> list[Values]:
        """Return the rows of a query in PostgreSQL's dialect."""
        return self._connection.execute(text.encode(), parameters or None).fetchall()

    def execute(self, text: str, parameters: Sequence[object] = ()) -> None:
        """Execute a statement in PostgreSQL's dialect."""
        self._connection.execute(text.encode(), parameters or None)

    def stream(self, statement: Statement) -> Iterator[Values]:
        """Yield the rows of a statement one by one. At most BATCH_SIZE are in memory."""
        with self._connection.cursor("stream") as cursor:
            cursor.itersize = BATCH_SIZE
            yield from cursor.execute(self._statements[statement.name].encode())

    def remove(self, table: str, keys: Sequence[str], values: Iterable[Values]) -> None:
        """Delete the rows whose columns `keys` have one of the values."""
        where = sql.SQL(" AND ").join(
            sql.SQL("{} = %s").format(sql.Identifier(key)) for key in keys
        )
        delete = sql.SQL("DELETE FROM {} WHERE ").format(sql.Identifier(table)) + where
        with self._connection.cursor() as cursor:
            cursor.executemany(delete, values)

    def copy(self, table: str, rows: Iterable[Sequence[object]]) -> None:
        """Insert rows into a table, as one stream."""
        into = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))
        with self._connection.cursor() as cursor, cursor.copy(into) as stream:
            for row in rows:
                stream.write_row([_storable(value) for value in row])
