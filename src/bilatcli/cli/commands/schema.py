"""The published JSON Schemas: of a pack, and of every document, each in a file of its own."""

from __future__ import annotations

import os

from bilatcli import resources
from bilatcli.errors import UsageError


def names() -> list[str]:
    """Return the names of all schemas: `pack`, and the views and `error` for their documents."""
    return sorted(
        name.removesuffix(".json")
        for name in os.listdir(resources.schema_folder())
        if name.endswith(".json")
    )


def text(name: str) -> str:
    """Return a schema as JSON; raises UsageError for a name that there is none of."""
    if name not in names():
        from bilatcli.fuzzy import nearest

        near = nearest(name, names())
        hint = f"did you mean `{near}`?" if near else f"there are {', '.join(names())}"
        raise UsageError(f"there is no schema `{name}`: {hint}")
    with open(os.path.join(resources.schema_folder(), f"{name}.json"), encoding="utf-8") as file:
        return file.read()
