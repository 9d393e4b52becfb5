"""Read JSON as plain data, without the standard module `json`, which takes longer to import."""

from __future__ import annotations

from _json import make_scanner

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class _Settings:
    """How the scanner reads: as `json.loads` does by default."""

    strict = True
    object_hook = None
    object_pairs_hook = None
    parse_float = float
    parse_int = int
    parse_constant = float


_scan: Callable[[str, int], tuple[Any, int]] = make_scanner(_Settings)  # type: ignore[arg-type]


def parse_json(text: str) -> Any:
    """Return a compact JSON text of the index as plain data.

    Raises ValueError if it is not JSON.

    >>> parse_json('{"share":12.5,"actors":["FJ"]}')
    {'share': 12.5, 'actors': ['FJ']}
    """
    try:
        value, end = _scan(text, 0)
    # Without `json.decoder` the scanner cannot raise the error that it means to raise.
    except (StopIteration, SystemError):
        end = -1
    if end != len(text):
        raise ValueError("not JSON")
    return value
