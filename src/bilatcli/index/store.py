"""Open the index, and send statements to it."""

from __future__ import annotations

import os

from bilatcli import resources
from bilatcli.errors import EnvironmentFault, IndexDamaged, UsageError
from bilatcli.index import Statement, sqlite

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from bilatcli.environment import Environment
    from bilatcli.index import Row
    from bilatcli.index.name_keys import NameBlock, SubjectBlock
    from bilatcli.index.own_packs import OwnPacks

    Parameters = Mapping[str, object]

_COUNTRY_NAMES = Statement("country_names", "SELECT code, name FROM country")

_NO_PARAMETERS: Parameters = {}

POSTGRES_HINT = "install it with `pip install 'bilatcli[postgres]'`"


class Index:
    """The compiled packs, open for reading.

    `names`, `name_blocks` and `subject_blocks` remember what was looked up of names,
    `names_by_code` the names of countries or "", `question_words` the languages of words.
    """

    is_rebuildable = False
    """True if the packs can be compiled again, should the index be damaged."""

    def __init__(self) -> None:
        self.names: dict[str, list[tuple[str, str, str]]] = {}
        self.names_by_code: dict[str, str] = {}
        self.name_blocks: dict[tuple[str, int], NameBlock] = {}
        self.subject_blocks: dict[str, SubjectBlock] = {}
        self.question_words: dict[str, set[str]] = {}
        self._country_names: dict[str, str] = {}

    @property
    def country_names(self) -> Mapping[str, str]:
        """The names of all countries by their codes."""
        if not self._country_names:
            rows = self.rows(_COUNTRY_NAMES)
            self._country_names.update((row["code"], row["name"]) for row in rows)
        return self._country_names

    @property
    def location(self) -> str:
        """Where the index is: `bundled`, `cache`, `memory` or `engine`."""
        raise NotImplementedError

    def rows(self, statement: Statement, parameters: Parameters = _NO_PARAMETERS) -> list[Row]:
        """Return all rows of a statement. Values are read by name, as in `row["status"]`."""
        raise NotImplementedError

    def stream(
        self, statement: Statement, parameters: Parameters = _NO_PARAMETERS
    ) -> Iterator[Row]:
        """Yield the rows of a statement one by one. The statement must order them."""
        raise NotImplementedError

    def match_expression(self, words: Sequence[Sequence[str]], whole: Sequence[str] = ()) -> str:
        """Return the parameter for a full-text search in the language of the engine.

        A fact matches if it has, for each of the words, one of its patterns, or one of the patterns
        of the `whole`. Words of a pattern have letters and digits only.
        """
        raise NotImplementedError

    def begin(self) -> None:
        """Begin to read: until `end`, statements see one state of the index, if that is cheap."""

    def end(self) -> None:
        """End what `begin` began."""

    def rebuild(self) -> None:
        """Replace a damaged index by a new one, if `is_rebuildable`."""

    def close(self) -> None:
        """Close the file or the connection."""
        raise NotImplementedError


class SQLiteIndex(Index):
    """An index in an SQLite file or in memory. If it is damaged, `rebuild` returns a new one."""

    is_rebuildable = True

    def __init__(
        self, connection: sqlite.Connection, rebuild: Callable[[], sqlite.Connection]
    ) -> None:
        super().__init__()
        self._connection = connection
        self._rebuild = rebuild
        self._is_reading = False
        connection.row_factory = sqlite.Row

    @property
    def location(self) -> str:
        """Where the index is: `bundled`, `cache` or `memory`."""
        path = self._connection.execute("PRAGMA database_list").fetchone()[2]
        if not path:
            return "memory"
        bundled = os.path.basename(resources.BUNDLED_INDEX)
        return "bundled" if os.path.basename(path) == bundled else "cache"

    def rows(self, statement: Statement, parameters: Parameters = _NO_PARAMETERS) -> list[Row]:
        """Return all rows of a statement. Values are read by name, as in `row["status"]`.

        A damaged index is rebuilt first. Raises IndexDamaged if that does not help.
        """
        try:
            return self._connection.execute(statement.fit(parameters), parameters).fetchall()
        except sqlite.DatabaseError as error:
            self._recover(error)
        try:
            return self._connection.execute(statement.fit(parameters), parameters).fetchall()
        except sqlite.DatabaseError:
            raise IndexDamaged from None

    def stream(
        self, statement: Statement, parameters: Parameters = _NO_PARAMETERS
    ) -> Iterator[Row]:
        """Yield the rows of a statement one by one. The statement must order them.

        If the index turns out to be damaged, it is rebuilt, and the rows that follow are yielded.
        """
        done = 0
        try:
            # Each page is read once, so that keeping it would only take memory.
            self._connection.execute(f"PRAGMA cache_size = -{sqlite.STREAM_CACHE_KIB}")
            for row in self._connection.execute(statement.fit(parameters), parameters):
                done += 1
                yield row
        except sqlite.DatabaseError as error:
            self._recover(error)
            rows = self._connection.execute(statement.fit(parameters), parameters)
            yield from (row for place, row in enumerate(rows) if place >= done)

    def match_expression(self, words: Sequence[Sequence[str]], whole: Sequence[str] = ()) -> str:
        """Return an FTS5 query. A whole word counts twice, so it ranks before a longer word.

        >>> index = SQLiteIndex(sqlite.connect(":memory:"), lambda: sqlite.connect(":memory:"))
        >>> index.match_expression([["jf 17*", "jf17*"], ["embassi"]])
        '("jf 17" OR "jf 17" * OR "jf17" OR "jf17" *) AND ("embassi")'
        >>> index.close()
        """
        groups = " AND ".join(map(_fts5_group, words))
        return f"({groups}) OR {_fts5_group(whole)}" if whole else groups

    def begin(self) -> None:
        """Begin to read: until `end`, another process cannot update the file."""
        self._connection.execute("BEGIN")
        self._is_reading = True

    def end(self) -> None:
        """Let other processes update the file again."""
        if self._is_reading:
            self._is_reading = False
            self._connection.execute("COMMIT")

    def rebuild(self) -> None:
        """Replace a damaged index by a new one, and forget what was looked up."""
        self.names.clear()
        self.names_by_code.clear()
        self.name_blocks.clear()
        self.subject_blocks.clear()
        self.question_words.clear()
        self._country_names.clear()
        self._replace()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _recover(self, error: sqlite.DatabaseError) -> None:
        """Replace the index after an error; raises the error if the statement is incorrect.

        A statement is incorrect, too, if one of its parameters has no value.

        What was looked up before is kept: a question may be half answered.
        """
        is_incorrect = getattr(error, "sqlite_errorcode", None) == sqlite.SQLITE_ERROR
        if is_incorrect or isinstance(error, sqlite.ProgrammingError):
            raise error
        self._replace()

    def _replace(self) -> None:
        self._is_reading = False
        self.close()
        self._connection = self._rebuild()
        self._connection.row_factory = sqlite.Row


def _fts5_group(patterns: Sequence[str]) -> str:
    return f"({' OR '.join(map(_fts5_phrase, patterns))})"


def _fts5_phrase(pattern: str) -> str:
    from bilatcli.vocabulary import PREFIX_MARK

    words = pattern.removesuffix(PREFIX_MARK)
    return f'"{words}"' if words == pattern else f'"{words}" OR "{words}" *'


def open_index(
    environment: Environment, extra: Sequence[str] = (), *, engine: str | None = None
) -> Index:
    """Return the index of the bundled and the user's own packs, or one published to PostgreSQL.

    Own packs come from `extra` (files or folders), the variable BILATCLI_DATA and the user's data
    folder; the address of an engine from `engine` or the variable BILATCLI_INDEX. A pack in the
    data folder that has errors is left out with a warning. Raises PackError for errors in another
    pack, EnvironmentFault if an engine does not answer.
    """
    address = environment.environ.get("BILATCLI_INDEX", "") if engine is None else engine
    if not address and engine is None:
        return local_index(environment, extra)
    if extra:
        raise UsageError(
            "a published index cannot take packs of `data`",
            hint="publish them with `bilatcli publish`",
            options=("data",),
        )
    require_postgres()
    from bilatcli.index.postgres import PostgresIndex

    return PostgresIndex(address)


def require_postgres() -> None:
    """Raise EnvironmentFault if psycopg, which connects to PostgreSQL, is not installed."""
    try:
        import bilatcli.index.postgres  # noqa: F401 -- the import is the test
    except ImportError:
        raise EnvironmentFault("an index in PostgreSQL needs psycopg", hint=POSTGRES_HINT) from None


def local_index(environment: Environment, extra: Sequence[str] = ()) -> Index:
    """Return the index of the bundled and the user's own packs, as `open_index` does."""
    if "" in extra:
        raise UsageError(
            "`data` is empty", hint="give the path of a pack or of a folder", options=("data",)
        )
    variable = environment.environ.get("BILATCLI_DATA", "")
    if "://" in variable:
        # Its parts would be taken for files, and be shown.
        raise UsageError(
            "`BILATCLI_DATA` is an address", hint="put that of a database in `BILATCLI_INDEX`"
        )
    paths = (*filter(None, variable.split(os.pathsep)), *extra)
    named = [os.path.abspath(path) for path in paths]
    folder = environment.data_folder if environment.has_user_packs else ""

    def make_packs() -> OwnPacks:
        from bilatcli.index.own_packs import OwnPacks

        return OwnPacks(environment, folder, named)

    bundled = None if named or os.path.isdir(folder) else sqlite.open_bundled()
    if bundled is not None:
        return SQLiteIndex(bundled, lambda: make_packs().rebuild_index())
    packs = make_packs()
    return SQLiteIndex(packs.open_index(), packs.rebuild_index)
