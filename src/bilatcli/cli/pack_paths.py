"""The packs that the words of a command name: files, or folders of them."""

from __future__ import annotations

import os

from bilatcli.errors import UsageError
from bilatcli.index.cache import pack_files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def find_packs(paths: Sequence[str], example: str) -> list[str]:
    """Return the packs at paths, each once; those of a folder sorted by name.

    Raises UsageError if there are no paths or no packs. `example` is a correct command line.
    """
    verb = example.split()[1]
    if not paths:
        raise UsageError(f"name the packs to {verb}", hint=f"as in `{example}`")
    if "" in paths:
        raise UsageError("a path is empty", hint="name a pack, or a folder of packs")
    found: dict[str, str] = {}
    for path in paths:
        for file in pack_files(path):
            found.setdefault(os.path.abspath(file), file)
    if not found:
        raise UsageError(
            f"no packs in `{paths[0]}`", hint="name a file, or a folder with .toml files"
        )
    return list(found.values())
