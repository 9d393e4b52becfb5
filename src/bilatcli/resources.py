"""Bundled files: the packs, the JSON Schemas, the compiled index and the SQL statements."""

from __future__ import annotations

import os

PACKAGE = os.path.dirname(os.path.abspath(__file__))
"""The folder of the package."""

BUNDLED_INDEX = os.path.join(PACKAGE, "index.sqlite")
"""The compiled index of a wheel. A checkout has none."""

_CHECKOUT = os.path.normpath(os.path.join(PACKAGE, os.pardir, os.pardir))

_COMPILING_PACKAGES = ("citations", "index", "packs")
"""The subpackages whose code decides what an index contains, with the modules of PACKAGE itself."""


def is_checkout() -> bool:
    """Return True if the package runs from a checkout, not from an installed wheel."""
    return not os.path.isdir(os.path.join(PACKAGE, "data"))


def data_folder() -> str:
    """Return the folder of the bundled packs."""
    return os.path.join(_CHECKOUT if is_checkout() else PACKAGE, "data")


def schema_folder() -> str:
    """Return the folder of the published JSON Schemas."""
    return os.path.join(_CHECKOUT if is_checkout() else PACKAGE, "schema")


def package_path(*parts: str) -> str:
    """Return the path of a file in the package: `package_path("views", "sql", "facts.sql")`."""
    return os.path.join(PACKAGE, *parts)


def read_text(*parts: str) -> str:
    """Return the text of a file in the package."""
    # Half the cost of a file that is open as text; a lookup reads several.
    with open(package_path(*parts), "rb", buffering=0) as file:
        return file.read().decode()


def compiling_sources() -> list[str]:
    """Return the Python and SQL files that an index depends on when it is compiled in a checkout.

    These are the packages that compile it and those that they import, with all their subpackages.
    """
    found = _sources_in(PACKAGE, os.listdir(PACKAGE))
    for package in _COMPILING_PACKAGES:
        for folder, folders, names in os.walk(package_path(package)):
            folders.sort()
            found += _sources_in(folder, names)
    return found


def _sources_in(folder: str, names: list[str]) -> list[str]:
    return [os.path.join(folder, name) for name in sorted(names) if name.endswith((".py", ".sql"))]
