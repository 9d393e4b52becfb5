"""The index: find the file that fits, or an engine, open it for reading, and make a file that is unfit again.

An index is fit when it has this version's format and was made from just the files that are asked for, unchanged. It
changes speed alone: an answer from a fresh, a kept or an in-memory index is the same.
"""

from __future__ import annotations

import os

from bilatcli import resources
from bilatcli.errors import EnvironmentFault, UsageError
from bilatcli.index import sqlite
from bilatcli.text import replace_surrogates
from bilatcli.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from bilatcli.environment import Environment
    from bilatcli.index.build import Inputs
    from bilatcli.index.name_keys import Spellings
    from bilatcli.index.postgres import Engine
    from bilatcli.index.statement import Row, Statement

FORMAT = 10
"""The number of the index's arrangement, kept in its header; any other is not read."""

CACHE_KIB = 65_536
"""Memory that SQLite may keep pages in: with its own 2 MiB, many questions would read most pages over and over."""

STREAM_KIB = 4_096
"""The same while rows are streamed."""

NO_ENGINES = "an index in a PostgreSQL needs psycopg: `pip install 'bilatcli[postgres]'`"

BESIDE = ("-journal", "-wal", "-shm")
"""What SQLite calls files of its own beside a database."""

DEFENSIVE = 1010
"""SQLite's code (SQLITE_DBCONFIG_DEFENSIVE) for a connection on which no statement can damage the file."""

NOT_UNDERSTOOD = 1
"""SQLite's code (SQLITE_ERROR) for a statement that is wrong, which no new index would mend."""


def open_index(
    environment: Environment, extra: Sequence[str] = (), *, engine: str | None = None
) -> Index:
    """Return the index of the bundled packs with the user's own laid over them, or the one published in an engine.

    Own packs come from `extra` (files, or folders of them), the variable BILATCLI_DATA, and the user data folder; the
    address of an engine from `engine` or the variable BILATCLI_INDEX. Raises PackError for what is wrong in a pack,
    EnvironmentFault for an engine that does not answer. A cache that cannot be written is no error.
    """
    address = environment.environ.get("BILATCLI_INDEX", "") if engine is None else engine
    if address or engine is not None:
        if extra:
            raise UsageError(
                "packs of --data are no part of a published index: `bilatcli publish` them there"
            )
        return Index(_engine(address))
    return local_index(environment, extra)


def local_index(environment: Environment, extra: Sequence[str] = ()) -> Index:
    """Return the index of the bundled packs with the user's own laid over them, whatever is published; as above."""
    if "" in extra:
        raise UsageError("--data names nothing: give the path of a pack, or of a folder of packs")
    folder = environment.data_folder
    given = [
        path for path in environment.environ.get("BILATCLI_DATA", "").split(os.pathsep) if path
    ]
    paths = [*([folder] if os.path.isdir(folder) else []), *given, *extra]
    own = dict.fromkeys(os.path.abspath(file) for path in paths for file in packs_in(path))
    files = _Files(list(own), environment, asked=list(map(os.path.abspath, paths)))
    return Index(files.fit(), files.made)


def _engine(address: str) -> Engine:
    try:
        from bilatcli.index.postgres import Engine
    except ImportError:
        raise EnvironmentFault(NO_ENGINES) from None
    return Engine(address, FORMAT)


def compile(packs: Sequence[str | Path], path: str | Path) -> None:
    """Compile the files `packs` into an index at `path`, which appears whole or not at all.

    Raises PackError with every problem of the packs, OSError or sqlite.Error where `path` cannot be written.
    """
    from bilatcli.index import build

    files = [os.fspath(pack) for pack in packs]
    build.write(
        os.fspath(path), build.Inputs(resources.data_folder(), files, stamps={}, version=FORMAT)
    )


def bundled_packs() -> list[str]:
    """Return the paths of the packs that come with the tool, in order."""
    folder = resources.data_folder()
    return [file for file in packs_in(folder) if file != os.path.join(folder, "countries.toml")]


class Index:
    """The compiled packs, open for reading; `names` and `spellings` remember what was looked up of countries.

    They are behind a connection; `remade` makes another one where that turns out to be damaged.
    """

    def __init__(
        self,
        connection: sqlite.Connection | Engine,
        remade: Callable[[], sqlite.Connection] | None = None,
    ) -> None:
        self.names: dict[str, list[tuple[str, str, str]]] = {}
        self.spellings: dict[tuple[str, int], Spellings] = {}
        self._connection = connection
        self._remade = remade

    def rows(
        self, statement: Statement | str, parameters: Mapping[str, object] | Sequence[object] = ()
    ) -> list[Row]:
        """Return all rows of a statement; their values have names, as in `row["status"]`.

        An index file that turns out to be damaged is compiled again, and asked once more.
        """
        try:
            found: list[Row] = self._execute(statement, parameters).fetchall()
        except sqlite.DatabaseError as error:
            self._mend(error)
            found = self._execute(statement, parameters).fetchall()
        return found

    def stream(
        self, statement: Statement | str, parameters: Mapping[str, object] | Sequence[object] = ()
    ) -> Iterator[Row]:
        """Yield the rows of a statement as they are found.

        The statement must put rows into an order: if the index file turns out to be damaged, the
        new index goes on where the old one broke off.
        """
        done = 0
        try:
            if self._remade is not None:
                # Each page is read once, so that keeping it would only take memory.
                self._connection.execute(f"PRAGMA cache_size = -{STREAM_KIB}")
            for row in self._execute(statement, parameters):
                done += 1
                yield row
        except sqlite.DatabaseError as error:
            self._mend(error)
            for place, row in enumerate(self._execute(statement, parameters)):
                if place >= done:
                    yield row

    def _execute(
        self, statement: Statement | str, parameters: Mapping[str, object] | Sequence[object]
    ) -> Any:
        if isinstance(statement, str):
            # Of a statement that is not converted yet, rows are plain tuples.
            return self._connection.execute(statement, parameters)
        if self._remade is None:
            return self._connection.execute(statement.text, parameters)
        cursor: sqlite3.Cursor = self._connection.cursor()  # type: ignore[union-attr]
        cursor.row_factory = sqlite.Row
        return cursor.execute(statement.text, parameters)

    @property
    def place(self) -> str:
        """Where it is: `bundled` with the program, in the `cache`, in `memory` where that cannot be, in an `engine`."""
        if self._remade is None:
            return "engine"
        path = self.rows("PRAGMA database_list")[0][2]
        return (
            "memory"
            if not path
            else "bundled"
            if os.path.basename(path) == os.path.basename(resources.BUNDLED_INDEX)
            else "cache"
        )

    def close(self) -> None:
        """Let go of the file, or of the engine."""
        self._connection.close()

    @property
    def can_be_made(self) -> bool:
        """Whether the index is one of ours, which packs can be compiled into again."""
        return self._remade is not None

    def make_again(self) -> None:
        """Take a new index in the place of one that is damaged."""
        if self._remade is not None:
            self.close()
            self.names.clear()
            self.spellings.clear()
            self._connection = self._remade()

    def _mend(self, error: sqlite.DatabaseError) -> None:
        """Make the index again after an error; raises the error where that would not help."""
        if self._remade is None or getattr(error, "sqlite_errorcode", None) == NOT_UNDERSTOOD:
            raise error
        self.make_again()


class _Files:
    """The files that an index is in: the one that came with the tool, or one in the cache, made and kept true.

    `own` are the user's packs, found at the paths that were `asked` for: these name the file in the cache, so that a
    pack which comes to a folder, or goes, is compiled or taken out alone.
    """

    def __init__(
        self, own: Sequence[str], environment: Environment, *, asked: Sequence[str]
    ) -> None:
        self._own = own
        self._asked = asked
        self._environment = environment

    def fit(self) -> sqlite.Connection:
        """Open the index that fits, made now if need be."""
        return self._bundled() or self._kept() or self.made()

    def _bundled(self) -> sqlite.Connection | None:
        return (
            None
            if self._own or not os.path.exists(resources.BUNDLED_INDEX)
            else _opened(resources.BUNDLED_INDEX, is_immutable=True)
        )

    def _kept(self) -> sqlite.Connection | None:
        """The index in the cache, once it is true of what the files are now."""
        path = self._cache_path()
        for attempt in ("as it is", "brought up to date"):
            connection = _opened(path) if os.path.exists(path) and _is_ours(path) else None
            if connection is None:
                return None
            try:
                if not _is_as_compiled(connection):
                    connection.close()
                    return None
                stamps = {replace_surrogates(path): stamp for path, stamp in _stamps(self._inputs()).items()}
                if dict(connection.execute("SELECT path, stamp FROM input")) == stamps:
                    return connection
            except sqlite.DatabaseError:
                connection.close()
                return None
            connection.close()
            if attempt == "as it is" and not self._updated(path):
                return None
        return None

    def _updated(self, path: str) -> bool:
        from bilatcli.index import build

        try:
            return build.update(path, self._compiled(), self._environment.on_progress)
        except (OSError, sqlite.Error):
            return False

    def made(self) -> sqlite.Connection:
        """A new index: in the cache, or in memory where that cannot be."""
        from bilatcli.index import build

        path, inputs, watch = self._cache_path(), self._compiled(), self._environment.on_progress
        try:
            if _has_our_owner(os.path.dirname(path)):
                build.write(path, inputs, watch)
            connection = _opened(path) if _is_ours(path) else None
        except (OSError, sqlite.Error):
            connection = None
        return connection or build.in_memory(inputs, watch)

    def _compiled(self) -> Inputs:
        from bilatcli.index.build import Inputs

        files = [*bundled_packs(), *self._own]
        return Inputs(
            resources.data_folder(), files, stamps=_stamps(self._inputs()), version=FORMAT
        )

    def _inputs(self) -> list[str]:
        """Every file that the index depends on; in a checkout the code that makes it is one of them."""
        code = resources.compiling_sources() if resources.is_checkout() else []
        return [*bundled_packs(), *self._own, *_names(), *code]

    def _cache_path(self) -> str:
        from zlib import crc32

        about = "\n".join((resources.PACKAGE, *self._asked))
        name = f"{__version__}-{crc32(about.encode('utf-8', 'surrogateescape')):08x}.sqlite"
        return os.path.join(self._environment.cache_folder, name)


def _names() -> list[str]:
    """The files with what countries are known by."""
    folder = resources.data_folder()
    named = os.path.join(folder, "names")
    return [
        os.path.join(folder, "countries.toml"),
        *(os.path.join(named, file) for file in sorted(os.listdir(named))),
    ]


def packs_in(path: str) -> list[str]:
    """The packs that a path names: the file itself, or all packs of a folder in the order of their names."""
    try:
        names = sorted(os.listdir(path))
    except OSError:
        return [path]
    return [os.path.join(path, name) for name in names if name.endswith(".toml")]


def _stamps(paths: Sequence[str]) -> dict[str, str]:
    """What each file looks like from outside, to see later whether it has changed."""
    found = {}
    for path in paths:
        try:
            status = os.stat(path)
        except OSError:
            found[path] = "missing"
        else:
            found[path] = f"{status.st_size}:{status.st_mtime_ns}"
    return found


def _is_ours(path: str) -> bool:
    """Whether an index, its folder and what SQLite keeps beside it belong to who asks, and no link leads out.

    The name of the file can be guessed: where the cache lies in a folder that others can write in, they might have been
    there before.
    """
    files = (path, *(path + ending for ending in BESIDE))
    return _has_our_owner(os.path.dirname(path)) and all(
        _has_our_owner(file) and not os.path.islink(file) for file in files
    )


def _has_our_owner(path: str) -> bool:
    """Whether a path, itself if it is a link, is the user's own or root's; one that is missing is nobody else's."""
    try:
        return not hasattr(os, "geteuid") or os.lstat(path).st_uid in (os.geteuid(), 0)
    except OSError:
        return True


def _is_as_compiled(connection: sqlite.Connection) -> bool:
    """Whether a database has just what our schema makes, and no view, trigger or table that came from elsewhere."""
    texts = []
    for name in ("schema.sql", "indexes.sql"):
        with open(resources.package_path("index", name), encoding="utf-8") as file:
            texts.append(file.read())
    known = "\n".join(texts)
    found = connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
    return all(sql in known or sql.startswith(f"CREATE TABLE '{_SEARCHED}_") for (sql,) in found)


_SEARCHED = "fact_search"
"""The table of full-text search, which keeps tables of its own."""


def _opened(path: str, *, is_immutable: bool = False) -> sqlite.Connection | None:
    """The index in a file, read only; None where the file is no index of this format.

    One that never changes needs no locks.
    """
    mode = "mode=ro&immutable=1" if is_immutable else "mode=ro"
    escaped = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    try:
        connection = sqlite.connect(f"file:{escaped}?{mode}", uri=True, isolation_level=None)
    except sqlite.Error:
        return None
    try:
        # Whoever wrote the file, nothing in it gets to run or to write.
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA query_only = ON")
        if hasattr(connection, "setconfig"):
            # From Python 3.12 on.
            connection.setconfig(DEFENSIVE, True)  # noqa: FBT003 -- C code that takes no names
        if connection.execute("PRAGMA user_version").fetchone()[0] == FORMAT:
            connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
            return connection
    except sqlite.Error:
        pass
    connection.close()
    return None
