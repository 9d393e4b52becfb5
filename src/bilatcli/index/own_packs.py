"""Open an index with the user's own packs; one in the data folder that has errors is left out."""

from __future__ import annotations

import os

from bilatcli.error_details import PackError
from bilatcli.index.cache import IndexCache, pack_files
from bilatcli.text import plural

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bilatcli.environment import Environment
    from bilatcli.index import sqlite


class OwnPacks:
    """The packs in the data folder of a user (empty for none), and those at absolute paths `named`.

    A pack in the folder that has errors is reported as a warning, and left out. A named one is an
    error, so that no answer lacks what a user asked for.
    """

    def __init__(self, environment: Environment, folder: str, named: Sequence[str]) -> None:
        self._environment = environment
        has_folder = os.path.isdir(folder)
        self._paths = [*([os.path.abspath(folder)] if has_folder else []), *named]
        self._in_folder = set(pack_files(self._paths[0])) if has_folder else set()
        self._in_folder -= {file for path in named for file in pack_files(path)}
        self._excluded: set[str] = set()

    def open_index(self) -> sqlite.Connection:
        """Return the index: bundled, cached, or built now. Raises PackError for a named pack."""
        return self._try(IndexCache.open)

    def rebuild_index(self) -> sqlite.Connection:
        """Compile all packs again, and return the new index. Raises PackError for a named pack."""
        return self._try(IndexCache.rebuild)

    def _try(self, open: Callable[[IndexCache], sqlite.Connection]) -> sqlite.Connection:
        """Return what `open` returns once all packs with errors are excluded."""
        while True:
            try:
                return open(IndexCache(self._environment, self._paths, self._excluded))
            except PackError as error:
                self._exclude(error)

    def _exclude(self, error: PackError) -> None:
        """Exclude the packs of an error; raises it unless all of them are in the data folder."""
        files = {error.pack or problem.file for problem in error.problems}
        if not files or not files <= self._in_folder - self._excluded:
            raise error
        self._excluded |= files
        for file in sorted(files):
            count = sum(file in (problem.file, error.pack) for problem in error.problems)
            self._warn(file, count)

    def _warn(self, file: str, problems: int) -> None:
        from shlex import quote

        if self._environment.on_warning is not None:
            problem = f"left out {file} ({plural(problems, 'problem')})"
            self._environment.on_warning(f"{problem}; see `bilatcli check {quote(file)}`")
