"""Bundled files: where the packs, the schemas, the compiled index and the statements are."""

from __future__ import annotations

import os

PACKAGE = os.path.dirname(os.path.abspath(__file__))
"""The folder of the package."""

BUNDLED_INDEX = os.path.join(PACKAGE, "index.sqlite")
"""The compiled index that a wheel carries; a checkout has none."""

_CHECKOUT = os.path.normpath(os.path.join(PACKAGE, os.pardir, os.pardir))


def is_checkout() -> bool:
    """Return True if the package is run from a checkout, not from an installed wheel."""
    return not os.path.isdir(os.path.join(PACKAGE, "data"))


def data_folder() -> str:
    """Return the folder of the bundled packs."""
    return os.path.join(_CHECKOUT if is_checkout() else PACKAGE, "data")


def schema_folder() -> str:
    """Return the folder of the published JSON Schemas."""
    return os.path.join(_CHECKOUT if is_checkout() else PACKAGE, "schema")


def package_path(*parts: str) -> str:
    """Return the path of a file inside the package, such as `package_path("views", "sql", "facts.sql")`."""
    return os.path.join(PACKAGE, *parts)


def read_text(*parts: str) -> str:
    """Return the text of a file inside the package."""
    with open(package_path(*parts), encoding="utf-8") as file:
        return file.read()


def source_files() -> list[str]:
    """Return the Python and SQL files of the package, which an index in a checkout depends on."""
    found = []
    for folder, folders, names in os.walk(PACKAGE):
        folders.sort()
        found += [
            os.path.join(folder, name) for name in sorted(names) if name.endswith((".py", ".sql"))
        ]
    return found
