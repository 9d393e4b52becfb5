"""Compiles the bundled packs into the index that a wheel carries, so that an installed lookup never compiles."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class IndexHook(BuildHookInterface[Any]):
    """Adds `bilatcli/index.sqlite` to a wheel; an editable install compiles into the cache instead."""

    _folder: tempfile.TemporaryDirectory[str] | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile with the code that is being packed, which is why its folder goes on the path."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from bilatcli.index import store

        self._folder = tempfile.TemporaryDirectory(prefix="bilatcli-")
        target = Path(self._folder.name) / "index.sqlite"
        store.compile(store.bundled_packs(), target)
        build_data["force_include"][str(target)] = "bilatcli/index.sqlite"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 -- hatchling's
        """Leave nothing behind."""
        if self._folder is not None:
            self._folder.cleanup()
