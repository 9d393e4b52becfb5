"""Hatch build hook: compile the bundled packs into the index of the wheel."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class IndexHook(BuildHookInterface[Any]):
    """Add `bilatcli/index.sqlite` to a wheel. An editable install compiles into the cache."""

    _folder: tempfile.TemporaryDirectory[str] | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the packs with the code of this checkout."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from bilatcli.index import build, cache

        self._folder = tempfile.TemporaryDirectory(prefix="bilatcli-")
        target = Path(self._folder.name) / "index.sqlite"
        build.compile_packs(cache.bundled_packs(), target)
        build_data["force_include"][str(target)] = "bilatcli/index.sqlite"

    def finalize(
        self,
        version: str,  # noqa: ARG002 -- the interface of hatchling
        build_data: dict[str, Any],  # noqa: ARG002 -- see above
        artifact_path: str,  # noqa: ARG002 -- see above
    ) -> None:
        """Delete the temporary folder."""
        if self._folder is not None:
            self._folder.cleanup()
