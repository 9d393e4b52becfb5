"""A reference as a file has it, before it becomes a source of a pack."""

from __future__ import annotations

from typing import Any, NamedTuple


class Reference(NamedTuple):
    """A CSL-JSON item, the line on which the reference starts, and what could not be read of it.

    `item` is None if nothing could be read; then `problems` says why. `line` is 0 if it is unknown.
    """

    item: dict[str, Any] | None
    line: int = 0
    problems: tuple[str, ...] = ()
