"""The cache of index files: find the one for the given packs, update it, or build it.

An index is current if it has our schema and was made from the same files, unchanged. The cache
affects speed only: a bundled, a cached and an in-memory index give the same answers.
"""

from __future__ import annotations

import os

from bilatcli import resources
from bilatcli.index import sqlite
from bilatcli.text import replace_surrogates
from bilatcli.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from bilatcli.environment import Environment
    from bilatcli.index.build import Inputs


TABLE_EXTENSION = ".csv"
"""The extension of the files of tables beside packs."""


def bundled_packs() -> list[str]:
    """Return the paths of the bundled packs, in the order of their precedence."""
    folder = resources.data_folder()
    return [file for file in pack_files(folder) if os.path.basename(file) != "countries.toml"]


def pack_files(path: str) -> list[str]:
    """Return the packs at a path: the file itself, or the `.toml` files of a folder, sorted."""
    try:
        names = sorted(os.listdir(path))
    except OSError:
        return [path]
    return [os.path.join(path, name) for name in names if name.endswith(".toml")]


class IndexCache:
    """The index of the bundled packs and those at the absolute paths `given`, except `excluded`.

    The name of the file in the cache depends on these paths, not on the files in their folders. If
    a file is added to a folder or removed, only that pack is compiled or removed.
    """

    def __init__(
        self, environment: Environment, given: Sequence[str] = (), excluded: Container[str] = ()
    ) -> None:
        self._environment = environment
        self._given = given
        own = dict.fromkeys(file for path in given for file in pack_files(path))
        self._own = [file for file in own if file not in excluded]

    def open(self) -> sqlite.Connection:
        """Return the index: bundled, cached, or built now.

        Raises PackError if a pack has errors.
        """
        if not self._own:
            return sqlite.open_bundled() or self._open_cached() or self.rebuild()
        return self._open_cached() or self._build_on_bundled()

    def rebuild(self) -> sqlite.Connection:
        """Compile all packs again, for an index that is damaged, and return the new index."""
        return self._build(None)

    def _open_cached(self) -> sqlite.Connection | None:
        """Return the cached index once it is current; None if there is none or it must be built."""
        path = self._cache_path()
        for _ in range(2):
            is_usable = os.path.exists(path) and sqlite.is_trusted_file(path)
            connection = sqlite.open_read_only(path) if is_usable else None
            if connection is None:
                return None
            try:
                is_ours = sqlite.has_our_schema(connection)
                if is_ours and self._is_current(connection):
                    return connection
            except sqlite.DatabaseError:
                is_ours = False
            connection.close()
            if not is_ours or not self._update(path):
                return None
        return None

    def _is_current(self, connection: sqlite.Connection) -> bool:
        known = dict(connection.execute("SELECT path, file_stat FROM input"))
        # Which tables a pack has can only change with the pack.
        tables = [path for path in known if path.endswith(TABLE_EXTENSION)]
        return known == {
            replace_surrogates(path): stat
            for path, stat in file_stats([*self._files(), *tables]).items()
        }

    def _update(self, path: str) -> bool:
        from bilatcli.index import build

        self._require_files()
        try:
            return build.update(path, self._inputs(), self._environment.on_progress)
        except (OSError, sqlite.Error):
            return False

    def _build_on_bundled(self) -> sqlite.Connection:
        """Build the index from that of the bundled packs, which takes a tenth of the time."""
        self._require_files()
        base = IndexCache(self._environment).open()
        try:
            return self._build(base)
        except sqlite.DatabaseError:
            return self.rebuild()
        finally:
            base.close()

    def _build(self, base: sqlite.Connection | None) -> sqlite.Connection:
        """Build the index in the cache, or in memory if the cache cannot be written."""
        from bilatcli.index import build

        path, inputs = self._cache_path(), self._inputs()
        on_progress = self._environment.on_progress
        try:
            if sqlite.has_trusted_owner(os.path.dirname(path)):
                build.write(path, inputs, base=base, on_progress=on_progress)
            connection = sqlite.open_read_only(path) if sqlite.is_trusted_file(path) else None
        except (OSError, sqlite.Error):
            connection = None
        return connection or build.in_memory(inputs, base=base, on_progress=on_progress)

    def _require_files(self) -> None:
        """Raise PackError for a pack that does not exist, before anything is compiled."""
        for path in self._own:
            if not os.path.exists(path):
                from bilatcli.packs.loader import load_pack

                load_pack(path)

    def _inputs(self) -> Inputs:
        from bilatcli.index.build import Inputs

        return Inputs(
            resources.data_folder(), [*bundled_packs(), *self._own], file_stats(self._files())
        )

    def _files(self) -> list[str]:
        """Return every file that the index depends on; in a checkout also the code."""
        code = resources.compiling_sources() if resources.is_checkout() else []
        return [*bundled_packs(), *self._own, *_name_files(), *code]

    def _cache_path(self) -> str:
        from zlib import crc32

        key = "\n".join((resources.PACKAGE, *self._given))
        name = f"{__version__}-{crc32(key.encode('utf-8', 'surrogateescape')):08x}.sqlite"
        return os.path.join(self._environment.cache_folder, name)


def _name_files() -> list[str]:
    """Return the files with the names of countries and the lists of words."""
    folder = resources.data_folder()
    names = os.path.join(folder, "names")
    return [
        os.path.join(folder, "countries.toml"),
        *(os.path.join(names, file) for file in sorted(os.listdir(names))),
    ]


def file_stats(paths: Sequence[str]) -> dict[str, str]:
    """Return the size and modification time of each file, to notice changes later."""
    found = {}
    for path in paths:
        try:
            status = os.stat(path)
        except OSError:
            found[path] = "missing"
        else:
            found[path] = f"{status.st_size}:{status.st_mtime_ns}"
    return found
